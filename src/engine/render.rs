//! Figures and arithmetic in words: what a message, a step or a suggestion prints.

use crate::engine::judge::{Ask, Member, Prepared};
use crate::engine::{Operand, Relation};
use crate::rule::expression::{
    Comparison, Condition, Edge, Elapsed, Expression, Fold, Node, Operator, Type, check_expression,
    evaluate,
};
use crate::source::one_line;
use crate::value::{
    Amount, Base, DateValue, Days, Dimension, End, Interval, Kind, Rational, Style, Value, between,
    from_base, write_day,
};

/// A relation ready to be printed.
pub(super) struct Printer<'p> {
    pub(super) relation: &'p Relation<'p>,
    pub(super) prepared: &'p Prepared<'p>,
}

impl Printer<'_> {
    /// A role as written; a list with commas and "and".
    fn written(&self, index: usize) -> String {
        let members = self.prepared.claims.get(index).map_or(&[][..], Vec::as_slice);
        listed(members.iter().map(|(claim, _)| written(*claim)).collect())
    }

    /// The days that would fall on the weekday that a date does not: "that weekday is 4 or 11 March".
    pub(super) fn days_around(&self, date: &Expression) -> Option<String> {
        let Node::Role(index) = date.node else { return None };
        let off = self.off_weekday(index)?;
        let [before, after] = off.around()?;
        let weekday = format!("{:?}", off.weekday);
        Some(format!("the nearest {weekday}s are {} and {}", write_day(before), write_day(after)))
    }

    /// The value of an expression over the figures as stated.
    pub(super) fn computed(&self, expression: &Expression) -> String {
        let scope = self.prepared.scope(Ask::Stated, None);
        match evaluate(expression, &scope) {
            Some(interval) => self.print(&self.rounded(interval, expression), expression),
            None => "nothing that can be computed".to_owned(),
        }
    }

    /// Of the years between two dates, the only whole number of them, if there is one: between 1998 and 2010
    /// lie 12. Else in whole units of the length that is stated: from March 2016 to June 2024 are 8 years.
    fn rounded(&self, interval: Interval, expression: &Expression) -> Interval {
        let ends = [interval.low(), interval.high()].map(End::number);
        let ([Some(first), Some(last)], Node::Elapsed(Elapsed::Years, ..)) =
            (ends, &expression.node)
        else {
            return interval;
        };
        let year = Rational::from(12);
        let whole = (first / &year).floor() + Rational::ONE;
        let [only, next] = [whole.clone(), whole + Rational::ONE].map(|years| years * year.clone());
        if only < *last && *last <= next {
            return Interval::point(only);
        }
        if first == last {
            return interval;
        }
        let mut claims = self.prepared.claims.iter().flatten();
        let unit = claims.find_map(|(claim, _)| match &claim.value {
            Value::Amount(amount) if has_calendar(amount) => Some(&amount.unit.factor),
            _ => None,
        });
        let near = |end: &Rational| unit.map(|unit| end.round_to(unit));
        match (near(first), near(last)) {
            (Some(low), Some(high)) if !low.is_zero() => Interval::closed(low, high),
            _ => interval,
        }
    }

    /// An interval of an expression's values, in the style of a figure that measures the same.
    pub(super) fn print(&self, interval: &Interval, expression: &Expression) -> String {
        let types: Vec<Type> = self.prepared.claims.iter().map(|role| role_type(role)).collect();
        let Ok(measures) = check_expression(expression, &types) else { return String::new() };
        self.print_as(interval, expression, measures)
    }

    /// A bare figure's interval, in its own unit.
    pub(super) fn print_own(&self, interval: &Interval, expression: &Expression) -> String {
        let Node::Role(index) = expression.node else { return self.print(interval, expression) };
        match self.prepared.claims.get(index).map(Vec::as_slice) {
            Some([(claim, None)]) => match &claim.value {
                Value::Amount(amount) if is_share_in_words(amount, &claim.written) => {
                    Style::percent().write_between(&interval.scaled(&Rational::from(100)))
                }
                Value::Amount(amount) if !self.prepared.merges_time => {
                    let own = from_base(interval, &amount.unit);
                    amount.write_between(&own)
                }
                _ => self.print(interval, expression),
            },
            _ => self.print(interval, expression),
        }
    }

    fn print_as(&self, interval: &Interval, expression: &Expression, measures: Type) -> String {
        match measures {
            Type::Date => print_days(interval),
            Type::Amount { fixed, .. } => self.print_amount(interval, fixed, expression),
            Type::Temperature => {
                self.print_amount(interval, Dimension::of(Base::Temperature), expression)
            }
            _ => between(interval, &|x| Style::plain().write(x), ""),
        }
    }

    fn print_amount(&self, interval: &Interval, dimension: Dimension, of: &Expression) -> String {
        let mut computed_from = vec![false; self.prepared.claims.len()];
        of.walk(&mut |part| {
            if let Node::Role(index) = part.node {
                computed_from[index] = true;
            }
        });
        // What is computed from some figures stands for another one and is written like it: the
        // quotient of two counts like the share that is stated.
        let roles = self.prepared.claims.iter().zip(computed_from);
        let candidates = roles.flat_map(|(members, used)| members.iter().map(move |m| (m, used)));
        let fitting = candidates.filter_map(|((claim, exchange), used)| match &claim.value {
            Value::Amount(amount)
                if exchange.is_none()
                    && amount.unit.dimension.merged() == dimension
                    && !(self.prepared.merges_time && has_calendar(amount)) =>
            {
                Some((used, amount, &claim.written))
            }
            _ => None,
        });
        // A sum of counts is a count, whatever share stands beside it.
        let is_sum = of.is_sum() && dimension.is_number();
        let is_share = |amount: &Amount, written: &str| {
            amount.kind == Kind::Percent || is_share_in_words(amount, written)
        };
        let fitting = fitting
            .filter(|&(used, amount, written)| used || !is_sum || !is_share(amount, written));
        // A share is better printed as percent than as a plain number.
        let rank = |&(used, amount, _): &(bool, &Amount, &String)| {
            let kind = match amount.kind {
                Kind::Percent => 0,
                Kind::Multiple => 1,
                Kind::Ordinal => 3,
                _ => 2,
            };
            (used, kind)
        };
        match fitting.min_by_key(rank) {
            // "Half" beside a computed 0.4434 is no help.
            Some((false, amount, written)) if is_share_in_words(amount, written) => {
                Style::percent().write_between(&interval.scaled(&Rational::from(100)))
            }
            Some((_, amount, _)) => {
                let own = from_base(interval, &amount.unit);
                in_whole_units(&own, amount).unwrap_or_else(|| amount.write_between(&own))
            }
            None => self.print_plain(interval, dimension),
        }
    }

    /// An amount that no figure of the relation has the unit for.
    fn print_plain(&self, interval: &Interval, dimension: Dimension) -> String {
        let plain = Style::plain();
        let unit = |name: &str, factor: &Rational| {
            let (scaled, unit) = (interval.scaled(factor), format!(" {name}"));
            let is_one = scaled.as_point().is_some_and(|x| x.abs() == Rational::ONE);
            let unit = if is_one { unit.trim_end_matches('s') } else { &unit };
            between(&scaled, &|x| format!("{}{unit}", plain.write(x)), unit)
        };
        if dimension.exponent(Base::Clock) == -1 && self.prepared.merges_time {
            // A rate in seconds is one that nobody writes.
            let daily = interval.scaled(&Rational::from(86_400));
            let rest = dimension.times(Dimension::of(Base::Clock));
            return format!("{} a day", self.print_plain(&daily, rest));
        }
        if dimension == Dimension::of(Base::Money) {
            let code = self.prepared.currency.map_or("", |currency| match currency.as_str() {
                "USD" => "$",
                "EUR" => "€",
                "GBP" => "£",
                _ => "",
            });
            return between(interval, &|x| format!("{code}{}", plain.write(x)), "");
        }
        if dimension == Dimension::of(Base::Points) {
            return unit("percentage points", &Rational::from(100));
        }
        if dimension.is_duration() {
            return if self.prepared.merges_time || !self.has_calendar() {
                unit("days", &Rational::fraction(1, 86_400))
            } else {
                unit("years", &Rational::fraction(1, 12))
            };
        }
        between(interval, &|x| plain.write(x), "")
    }

    /// Whether the relation counts time by the calendar.
    fn has_calendar(&self) -> bool {
        let claims = self.prepared.claims.iter().flatten();
        let mut found = claims.into_iter().any(|(claim, _)| match &claim.value {
            Value::Amount(amount) => has_calendar(amount),
            other => other.length().is_some_and(has_calendar),
        });
        for expression in self.relation.condition().expressions() {
            expression.walk(&mut |part| {
                found |= matches!(part.node, Node::Elapsed(Elapsed::Years, ..));
            });
        }
        found
    }

    /// A condition with the figures in place of the names.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::And(a, b) => format!("{} and {}", self.condition(a), self.condition(b)),
            Condition::Or(a, b) => format!("{} or {}", self.condition(a), self.condition(b)),
            Condition::Compare(comparison, a, b) => {
                format!("{} {} {}", self.formula(a, 0), sign(*comparison, a, b), self.formula(b, 0))
            }
            Condition::Agree(list) => format!("{} are the same", self.formula(list, 0)),
            Condition::Weekday(date, day, equal) => {
                let is = if *equal { "is" } else { "is not" };
                format!("{} {is} a {day:?}", self.formula(date, 0))
            }
            Condition::Lasts(from, to, span) => format!(
                "from {} to {} it is {}",
                self.formula(from, 0),
                self.formula(to, 0),
                self.formula(span, 0)
            ),
            Condition::CountOf(share, whole) => {
                format!("a count out of {} is {}", self.formula(whole, 0), self.formula(share, 0))
            }
            Condition::NoFiner(a, b) => {
                format!("{} is no finer than {}", self.formula(a, 0), self.formula(b, 0))
            }
            Condition::OwnScale(range) => {
                format!("both ends of {} have their scale", self.formula(range, 0))
            }
            Condition::InPoints(change) => {
                format!("{} is in percentage points", self.formula(change, 0))
            }
            Condition::OneReading(date) => {
                format!("{} can be read in one way only", self.formula(date, 0))
            }
            Condition::OnItsWeekday(date) => {
                format!("{} falls on its weekday", self.formula(date, 0))
            }
            Condition::InCalendar(date) => {
                format!("{} is in the calendar", self.formula(date, 0))
            }
        }
    }

    /// An expression with the figures in place of the names.
    pub(super) fn formula(&self, expression: &Expression, outer: u8) -> String {
        match &expression.node {
            Node::Role(index) => self.written(*index),
            Node::Published => match &self.prepared.published {
                Some(day) => format!("publication on {}", print_days(day)),
                None => "publication".to_owned(),
            },
            Node::Literal(_) => {
                let text = self.relation.text().get(expression.range.clone());
                // `percent_change` brings a "1" of its own, which stands nowhere.
                let text = text.filter(|text| !text.contains('('));
                text.unwrap_or("1").trim_matches(['"', '\'']).to_owned()
            }
            Node::Negated(inner) => format!("−{}", self.formula(inner, 3)),
            Node::AsShare(inner) => self.formula(inner, outer),
            Node::Edge(edge, range) => {
                let edge = match edge {
                    Edge::Start => "start",
                    Edge::End => "end",
                };
                format!("the {edge} of {}", self.formula(range, 2))
            }
            Node::Points(a, b) => {
                format!("{} − {}", self.formula(b, 2), self.formula(a, 2))
            }
            Node::Elapsed(_, a, b) => {
                format!("from {} to {}", self.formula(a, 2), self.formula(b, 2))
            }
            Node::Fold(fold, all) => {
                let name = match fold {
                    Fold::Sum => {
                        let parts: Vec<_> = all.iter().flat_map(|part| self.parts(part)).collect();
                        let parts = cut(parts);
                        return parenthesised(parts.join(" + "), outer, 1, parts.len());
                    }
                    Fold::Count => "how many: ",
                    Fold::Min => "the least of ",
                    Fold::Max => "the greatest of ",
                };
                let parts = all.iter().flat_map(|part| self.parts(part)).collect();
                format!("{name}{}", listed(parts))
            }
            Node::Binary(operator, a, b) | Node::Moved(operator, a, b) => {
                let (level, right) = match operator {
                    Operator::Add => (1, 1),
                    Operator::Subtract => (1, 2),
                    Operator::Multiply => (2, 2),
                    Operator::Divide => (2, 3),
                };
                let (left, right) = (self.formula(a, level), self.formula(b, right));
                // A term that carries its sign along: "a + −b" is "a − b".
                let text = match (operator, right.strip_prefix('−')) {
                    (Operator::Add, Some(size)) => format!("{left} − {size}"),
                    _ => format!("{left} {} {right}", operator.as_str()),
                };
                parenthesised(text, outer, level, 2)
            }
        }
    }

    fn parts(&self, expression: &Expression) -> Vec<String> {
        match &expression.node {
            Node::Role(index) => {
                self.prepared.claims.get(*index).map_or(Vec::new(), |all| {
                    all.iter().map(|(claim, _)| written(*claim)).collect()
                })
            }
            _ => vec![self.formula(expression, 2)],
        }
    }
}

fn sign(comparison: Comparison, a: &Expression, b: &Expression) -> &'static str {
    let dated = [a, b].iter().any(|side| matches!(side.node, Node::Published));
    match comparison {
        Comparison::Less if dated => "is before",
        Comparison::AtMost if dated => "is not after",
        Comparison::More if dated => "is after",
        Comparison::AtLeast if dated => "is not before",
        other => other.as_str(),
    }
}

fn parenthesised(text: String, outer: u8, level: u8, parts: usize) -> String {
    if level < outer && 1 < parts { format!("({text})") } else { text }
}

/// A length of time in smaller units, where it is no whole number of its own: "13 days" for 1.857 weeks, "2 hours
/// and 45 minutes".
pub(super) fn in_whole_units(own: &Interval, amount: &Amount) -> Option<String> {
    let dimension = amount.unit.dimension;
    let length = own.as_point().filter(|own| !own.is_whole() && !own.is_negative())?;
    if !dimension.merged().is_duration() {
        return None;
    }
    let of = |unit: i64| &(length * &amount.unit.factor) / &Rational::from(unit);
    let some = |number: &Rational, unit: &str| {
        let plural = if *number == Rational::ONE { "" } else { "s" };
        format!("{} {unit}{plural}", Style::plain().write(number))
    };
    let is_calendar = dimension.exponent(Base::Calendar) != 0;
    let (whole, unit) = if is_calendar { (of(12), "year") } else { (of(86_400), "day") };
    if whole.is_whole() {
        return Some(some(&whole, unit));
    }
    let (hours, minutes) = (of(3_600).floor(), of(60));
    if is_calendar || !minutes.is_whole() || Rational::ONE < whole || hours.is_zero() {
        return None;
    }
    let minutes = minutes - &hours * &Rational::from(60);
    Some(format!("{} and {}", some(&hours, "hour"), some(&minutes, "minute")))
}

/// Whether an amount is a share in words: "a third".
pub(super) fn is_share_in_words(amount: &Amount, written: &str) -> bool {
    amount.kind == Kind::Number
        && amount.to.abs() < Rational::ONE
        && !amount.to.is_zero()
        && !written.bytes().any(|byte| byte.is_ascii_digit())
}

/// What the claims of a role measure.
pub(super) fn role_type(role: &[Member<'_>]) -> Type {
    match role {
        [] => Type::Unstated,
        [(only, _)] => Type::of(&only.value),
        [(first, _), ..] => match Type::of(&first.value) {
            Type::Amount { fixed, variable } => Type::List { fixed, variable },
            other => other,
        },
    }
}

fn has_calendar(amount: &Amount) -> bool {
    amount.unit.dimension.exponent(Base::Calendar) != 0
}

/// A claim's figure as written; its name, where it states none.
pub(super) fn written(claim: Operand<'_>) -> String {
    match claim.value {
        Value::Unstated => claim.name(),
        _ => one_line(&claim.written),
    }
}

/// The first dozen of a list, and how many more there are.
fn cut(mut all: Vec<String>) -> Vec<String> {
    const MOST: usize = 12;
    let more = all.len().saturating_sub(MOST);
    if 1 < more {
        all.truncate(MOST);
        all.push(format!("{more} more"));
    }
    all
}

/// "a", "a and b", "a, b and c"; long lists are cut.
pub(super) fn listed(all: Vec<String>) -> String {
    match cut(all).split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// An interval of day numbers as dates that are as exact as a given one: "1939 or 1940" beside "born in 1950".
pub(super) fn print_dates(like: &DateValue, interval: &Interval) -> String {
    let months = like.readings.first().and_then(|days| days.whole_months());
    match Days::from_interval(interval).zip(months) {
        Some((days, months)) => days.in_steps_of(months),
        None => print_days(interval),
    }
}

/// An interval of day numbers as dates.
pub(super) fn print_days(interval: &Interval) -> String {
    if let Some(days) = Days::from_interval(interval) {
        return days.to_string();
    }
    let [first, last] = [Days::year(1), Days::year(9999)].map(|year| year.map(Days::interval));
    if first.is_some_and(|first| interval.may_be_below(&first) && !first.may_be_at_most(interval)) {
        return "before the year 1".to_owned();
    }
    if last.is_some_and(|last| last.may_be_below(interval) && !interval.may_be_at_most(&last)) {
        return "after the year 9999".to_owned();
    }
    let day = |x: Option<&Rational>, up: bool| {
        let whole = x.map(|x| if up { x.ceil() } else { x.floor() });
        whole.and_then(|x| x.to_i64()).and_then(crate::value::from_day_number)
    };
    let step = i64::from(!interval.low().is_closed());
    match (day(interval.low().number(), true), day(interval.high().number(), false)) {
        (Some(first), None) => {
            let first = crate::value::day_number(first) + Rational::from(step);
            let first = first.to_i64().and_then(crate::value::from_day_number);
            first.map_or_else(String::new, |first| format!("{} or later", write_day(first)))
        }
        (None, Some(last)) => {
            let step = Rational::from(i64::from(!interval.high().is_closed()));
            let last = crate::value::day_number(last) - step;
            let last = last.to_i64().and_then(crate::value::from_day_number);
            last.map_or_else(String::new, |last| format!("{} or earlier", write_day(last)))
        }
        _ => "any day".to_owned(),
    }
}
