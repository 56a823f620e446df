//! The words of a finding: a rule's message with the figures of a relation in it.

use jiff::civil::Date as Day;

use crate::engine::Operand;
use crate::engine::judge::{Ask, in_own_unit};
use crate::engine::render::{Printer, in_whole_units, listed, print_days, written};
use crate::lexicon::{Lexicon, Sense, WordId};
use crate::rule::expression::{Condition, Expression, Setting, evaluate};
use crate::rule::{OffWeekday, Part, Template};
use crate::value::{
    Amount, Days, Direction, End, Interval, Mode, OnWeekday, Rational, Style, Value, write_day,
};

/// A message in the making.
#[derive(Default)]
struct Words {
    text: String,
    /// Which way the last change went that was told.
    rises: Option<bool>,
}

impl Printer<'_> {
    /// A message with the figures of the relation.
    pub(super) fn message(&self, template: &Template) -> String {
        let mut words = Words::default();
        for part in &template.0 {
            match part {
                Part::Text(text) => words.text.push_str(text),
                Part::Role(index) => {
                    let starts_low = !words.text.is_empty() && !words.text.ends_with('"');
                    let figures = self.members(*index).map(|claim| {
                        let text = without_stress(claim, written(claim));
                        if starts_low { in_sentence(claim, text) } else { text }
                    });
                    words.push_once(&listed(figures.collect()));
                }
                Part::Bare(index) => {
                    words.text.push_str(&listed(self.members(*index).map(bare).collect()));
                }
                Part::Number(index) => {
                    words.text.push_str(&listed(self.members(*index).map(number).collect()));
                }
                Part::As(index, like) => words.text.push_str(&self.as_like(*index, *like)),
                Part::Fits(index) => words.text.push_str(&self.fitting(*index)),
                Part::Readings(index) => {
                    words.text.push_str(&listed(self.members(*index).map(readings).collect()));
                }
                Part::Computed(expression) => words.text.push_str(&self.computed(expression)),
                Part::Size(expression) => {
                    words.text.push_str(&self.unsigned(expression).unwrap_or_default().1);
                }
                Part::Completed(expression) => {
                    words.text.push_str(&self.completed(expression));
                }
                Part::Moved(expression) => words.moved(self.unsigned(expression)),
                Part::Cue => match self.relation.cue.as_deref() {
                    Some(cue) => words.text.extend(["\"", cue, "\""]),
                    None => words.text.push_str("the wording"),
                },
                Part::OffWeekday(index, what) => {
                    let off = self.off_weekday(*index);
                    words.text.extend(off.map(|off| write_off(off, *what)));
                }
            }
        }
        words.text
    }

    /// The figures of a role.
    fn members(&self, index: usize) -> impl Iterator<Item = Operand<'_>> {
        self.prepared.claims.get(index).into_iter().flatten().map(|(claim, _)| *claim)
    }

    /// Something computed, without its sign, and whether that is below zero; `None` of zero. A role keeps
    /// its words.
    fn unsigned(&self, expression: &Expression) -> Option<(bool, String)> {
        let scope = self.prepared.scope(Ask::Stated, None);
        let value = evaluate(expression, &scope)?;
        let falls = value.high().number().is_some_and(Rational::is_negative)
            || value.low().number().is_some_and(Rational::is_negative)
                && value.high().number().is_some_and(Rational::is_zero);
        if value.as_point().is_some_and(Rational::is_zero) {
            return None;
        }
        let text = if expression.is_atom() {
            self.formula(expression, 0)
        } else {
            self.print(&if falls { value.negated() } else { value }, expression)
        };
        Some((falls, text.trim_start_matches(['-', '−', '+']).to_owned()))
    }

    /// What the only figure of a role would read if the rest stands; of several ways to hold, in the one that
    /// takes least of it.
    fn fitting(&self, index: usize) -> String {
        let Some(claim) = self.members(index).next() else { return String::new() };
        let ways = alternatives(self.relation.condition());
        let left = |ask| {
            let left = ways.iter().filter_map(|way| {
                self.prepared.left(way, ask).into_iter().nth(index)?.pop().flatten()
            });
            left.filter(|interval| interval.low().number().is_none_or(|low| !low.is_negative()))
                .min_by(|a, b| a.low().number().cmp(&b.low().number()))
        };
        let strictly = left(Ask::Allowed(Mode::Strict));
        match (&claim.value, strictly.or_else(|| left(self.relation.widest()))) {
            (Value::Amount(amount), Some(interval)) => {
                in_whole_units(&interval, amount).unwrap_or_else(|| fitting(amount, &interval))
            }
            (_, Some(interval)) => print_days(&interval),
            (_, None) => "nothing that can be computed".to_owned(),
        }
    }

    /// The only figure of a role, as it would be in the unit and currency of another's.
    fn as_like(&self, index: usize, like: usize) -> String {
        let scope = self.prepared.scope(Ask::Stated, None);
        let Some(Setting::One(stated)) = scope.roles.get(index) else { return String::new() };
        let like = self.prepared.claims.get(like).and_then(|members| members.first());
        match like.map(|(claim, exchange)| (claim, exchange, &claim.value)) {
            Some((claim, exchange, Value::Amount(amount))) => {
                let own = self.prepared.convert_back(claim, exchange.as_ref(), stated.clone());
                amount.write_between(&in_own_unit(claim, &own))
            }
            _ => String::new(),
        }
    }

    /// Years between two dates that are complete: "73 or 74".
    fn completed(&self, expression: &Expression) -> String {
        let months = evaluate(expression, &self.prepared.scope(Ask::Stated, None));
        let year = Rational::from(12);
        let ends = months.as_ref().map(|months| [months.low(), months.high()].map(End::number));
        match ends {
            Some([Some(low), Some(high)]) => {
                let (low, high) = ((low / &year).floor(), (high / &year).floor());
                whole(&low, &high, &|years| Style::plain().write(years))
            }
            _ => "nothing that can be computed".to_owned(),
        }
    }

    /// The weekday beside a date of a role that the date does not fall on.
    pub(super) fn off_weekday(&self, index: usize) -> Option<&OnWeekday> {
        let members = self.prepared.claims.get(index)?;
        members.iter().find_map(|(claim, _)| match &claim.value {
            Value::Date(date) => date.on_weekdays.iter().find(|on| on.fits() == Some(false)),
            _ => None,
        })
    }
}

impl Words {
    /// Adds a figure; a word that both the text ends and the figure begins with stands once: "over" and "Over
    /// five years".
    fn push_once(&mut self, figure: &str) {
        let last = self.text.strip_suffix(' ').and_then(|text| text.rsplit(' ').next());
        let (first, rest) = figure.split_once(' ').unwrap_or((figure, ""));
        let is_twice =
            last.is_some_and(|last| last.eq_ignore_ascii_case(first)) && !rest.is_empty();
        self.text.push_str(if is_twice { rest } else { figure });
    }

    /// Adds a change. The same way twice is said once: "a fall of 32 percent, not of 50 percent".
    fn moved(&mut self, change: Option<(bool, String)>) {
        let Some((falls, size)) = change else {
            self.text.push_str("no change");
            return;
        };
        let which = match self.rises.replace(!falls) {
            Some(before) if before != falls => "of",
            _ if falls => "a fall of",
            _ => "a rise of",
        };
        self.text.extend([which, " ", &*size]);
    }
}

/// A figure from its first digit or capital letter on, without what stands before it in small letters.
fn bare(claim: Operand<'_>) -> String {
    let text = written(claim);
    let at = text.find(|c: char| c.is_ascii_digit() || c.is_uppercase()).unwrap_or(0);
    text[at..].to_owned()
}

/// The digits of a figure.
fn number(claim: Operand<'_>) -> String {
    match &claim.value {
        Value::Amount(amount) => Style::plain().write(&amount.to),
        _ => written(claim),
    }
}

/// The days that a date may mean: "3 April or 4 March 2025".
fn readings(claim: Operand<'_>) -> String {
    let Value::Date(date) = &claim.value else { return written(claim) };
    let days: Vec<String> = date.readings.iter().map(Days::to_string).collect();
    days.join(" or ")
}

/// A figure that begins a sentence, as it stands within one: "more than 120 %".
fn in_sentence(claim: Operand<'_>, text: String) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let mut letters = word.chars();
    let is_capital = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    let is_word = is_capital && letters.all(|c| c.is_ascii_lowercase() || c == '-');
    // "Rs 500" stays, and so does "March".
    let is_name = match &claim.value {
        Value::Amount(amount) => {
            !amount.style.before.is_empty() && amount.style.before.starts_with(word)
        }
        Value::Date(date) => date.ago.is_none(),
        Value::Unstated => true,
    };
    if !is_word || is_name {
        return text;
    }
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_ascii_lowercase())
}

/// A figure without a word before it that changes nothing: "1,900" of "only 1,900", for "not only 1,900" says
/// something else.
fn without_stress(claim: Operand<'_>, text: String) -> String {
    let lexicon = Lexicon::built_in();
    let is_exact = |hedge: &usize| matches!(lexicon.hedge(*hedge).direction, Direction::Exact);
    let mut words = text.match_indices(' ').map(|(at, _)| at);
    let (Value::Amount(amount), Some(end)) = (&claim.value, words.next()) else { return text };
    if amount.hedge != Direction::Exact {
        return text;
    }
    let second = words.next().map(|next| lexicon.word(&text[end + 1..next]));
    let length = |rest: &[WordId]| match rest {
        [] => Some(end),
        [word] if Some(*word) == second => text[end + 1..].find(' ').map(|length| end + 1 + length),
        _ => None,
    };
    let found = lexicon.phrases(lexicon.word(&text[..end])).find_map(|(rest, sense)| match sense {
        Sense::Hedge(hedge) if is_exact(hedge) => length(rest),
        _ => None,
    });
    found.map_or_else(|| text.clone(), |end| text[end + 1..].to_owned())
}

/// The ways in which a condition may hold.
fn alternatives(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Or(a, b) => [alternatives(a), alternatives(b)].concat(),
        other => vec![other],
    }
}

/// An interval in the unit of an amount: of a counted one the whole numbers in it, "4 or 5 days".
fn fitting(amount: &Amount, interval: &Interval) -> String {
    let counted = interval.whole().filter(|_| amount.is_counted());
    match counted.as_ref().map(|counted| [counted.low(), counted.high()].map(End::number)) {
        Some([Some(low), Some(high)]) => whole(low, high, &|number| amount.write(number)),
        _ if interval.as_point().is_none() => amount.write_roughly(interval),
        _ => amount.write_between(interval),
    }
}

/// Whole numbers from one to another, the last of them with its unit: "73", "73 or 74", "70 to 74 years".
fn whole(low: &Rational, high: &Rational, write: &dyn Fn(&Rational) -> String) -> String {
    let (first, last) = (Style::plain().write(low), write(high));
    match high - low {
        same if same.is_zero() => last,
        step if step == Rational::ONE => format!("{first} or {last}"),
        _ => format!("{first} to {last}"),
    }
}

fn write_off(off: &OnWeekday, what: OffWeekday) -> String {
    let weekday =
        |day: Option<&Day>| day.map_or_else(String::new, |d| format!("{:?}", d.weekday()));
    match what {
        OffWeekday::Date => off.days.first().map_or_else(String::new, |&day| write_day(day)),
        OffWeekday::True => weekday(off.days.first()),
        OffWeekday::Stated => format!("{:?}", off.weekday),
    }
}
