//! A sentence as frames see it: its tokens, the cues among them, and what each figure is.

use std::ops::Range;

use crate::mention::Mention;
use crate::prose::words::same_noun;
use crate::rule::link::{Cue, Cues, Item, Sorts, Tape};
use crate::value::{Kind, Rational, Value, day_number};

/// A paragraph in which frames are looked for.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub(super) tape: Tape<'t>,
    pub(super) cues: &'t Cues,
    /// The mentions of its figures.
    pub(super) mentions: &'t [Mention],
    /// The prose that they lie in.
    pub(super) prose: &'t str,
}

/// Figures that are the change itself.
pub(super) const RATIO: Sorts = Sorts::PERCENT.or(Sorts::FRACTION).or(Sorts::POINTS);

/// Figures that are levels.
pub(super) const LEVEL: Sorts = Sorts::MONEY.or(Sorts::BARE).or(Sorts::QUANTITY).or(Sorts::COUNT);

/// Figures that stand between others without meaning.
pub(super) const BESIDE: Sorts =
    Sorts::DATE.or(Sorts::IMPOSSIBLE).or(Sorts::RANK).or(Sorts::TEMPERATURE);

/// Tokens of a bracket that is passed over.
pub(super) const LONGEST_BRACKET: usize = 20;

/// The token that closes a bracket which opens at one before an end.
pub(super) fn closing(items: &[Item], open: usize, end: usize) -> Option<usize> {
    let inside = items[..end].iter().skip(open).take(LONGEST_BRACKET);
    let close = inside.into_iter().position(|item| matches!(item, Item::Mark(')') | Item::Stop))?;
    (items[open + close] == Item::Mark(')')).then_some(open + close)
}

/// The clauses of some tokens: what stands in a bracket ends none.
pub(super) fn clauses(
    items: &[Item],
    all: Range<usize>,
    ends: impl Fn(usize) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut start = all.start;
    std::iter::from_fn(move || {
        if all.end < start {
            return None;
        }
        let mut at = start;
        while at < all.end && !ends(at) {
            let is_open = items[at] == Item::Mark('(');
            let close = is_open.then(|| closing(items, at, all.end)).flatten();
            at = close.unwrap_or(at) + 1;
        }
        let clause = start..at;
        start = at + 1;
        Some(clause)
    })
}

/// Whether a clause ends at a token.
pub(super) fn ends_clause(items: &[Item], cues: &Cues, at: usize) -> bool {
    match items[at] {
        Item::Mark(mark) => mark == ';',
        Item::Stop => true,
        Item::Word(0) | Item::Figure(_) => false,
        // "As" turns, "as against" does not.
        Item::Word(_) => cues.at(items, at).next().is_some_and(|(cue, _)| cue == Cue::Turn),
    }
}

impl<'t> Text<'t> {
    pub(super) fn ends_clause(self, at: usize) -> bool {
        ends_clause(self.tape.items, self.cues, at)
    }

    /// The longest cue at a token that is wanted, with the token behind it.
    pub(super) fn cue(self, at: usize, wanted: impl Fn(Cue) -> bool) -> Option<(Cue, usize)> {
        let mut cues = self.cues.at(self.tape.items, at);
        cues.find(|&(cue, _)| wanted(cue)).map(|(cue, length)| (cue, at + length))
    }

    pub(super) fn mention(self, figure: u32) -> &'t Mention {
        &self.mentions[figure as usize]
    }

    pub(super) fn words(self, figure: u32) -> &'t str {
        &self.prose[self.mention(figure).range.clone()]
    }

    /// Whether a date that begins with "from" stands at a token: "from last year's 13 billion".
    pub(super) fn is_dated_base(self, at: usize) -> bool {
        let Some(Item::Figure(figure)) = self.tape.items.get(at) else { return false };
        let words = self.words(*figure).get(..5);
        self.sorts(*figure).meets(Sorts::DATE)
            && words.is_some_and(|words| words.eq_ignore_ascii_case("from "))
    }

    /// Whether a date is years before publication: "a decade ago", not "a year ago".
    pub(super) fn is_far_back(self, figure: u32) -> bool {
        let Value::Date(date) = &self.mention(figure).value else { return false };
        date.ago.as_ref().is_some_and(|ago| {
            let years = matches!(&*ago.unit.name, "year" | "decade" | "century");
            years && (Rational::ONE < ago.to || &*ago.unit.name != "year")
        })
    }

    /// The first day of a date that has one reading.
    pub(super) fn day(self, figure: u32) -> Option<Rational> {
        match &self.mention(figure).value {
            Value::Date(date) => match &*date.readings {
                [days] => Some(day_number(days.first())),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn sorts(self, figure: u32) -> Sorts {
        self.tape.sorts[figure as usize]
    }

    /// Whether a figure of one of these sorts stands at a token.
    pub(super) fn is_of(self, at: usize, sorts: Sorts) -> bool {
        let item = self.tape.items.get(at);
        matches!(item, Some(Item::Figure(figure)) if self.sorts(*figure).meets(sorts))
    }

    /// Whether a figure that may have a place in a change stands at a token.
    pub(super) fn is_amount(self, at: usize) -> bool {
        match self.tape.items.get(at) {
            Some(Item::Figure(figure)) => !self.sorts(*figure).meets(BESIDE),
            _ => false,
        }
    }

    /// Whether two figures measure the same, so that one may have become the other.
    pub(super) fn are_alike(self, first: u32, second: u32) -> bool {
        let (a, b) = (self.mention(first), self.mention(second));
        let (Value::Amount(one), Value::Amount(other)) = (&a.value, &b.value) else { return false };
        let noun = |mention: &Mention| mention.counted.clone().map(|noun| &self.prose[noun]);
        let nouns = match (noun(a), noun(b)) {
            (Some(a), Some(b)) => same_noun(a, b),
            _ => true,
        };
        let is_percent = |kind: Kind| kind == Kind::Percent;
        // "From 21 cents to every 100 dollars".
        let is_far = one.unit.factor != other.unit.factor && !self.are_near(first, second);
        nouns
            && !is_far
            && one.unit.dimension == other.unit.dimension
            && one.unit.per == other.unit.per
            && one.unit.currency == other.unit.currency
            && is_percent(one.kind) == is_percent(other.kind)
    }

    /// Whether two figures measure the same, though they may count different things.
    pub(super) fn are_of_one_sort(self, first: u32, second: u32) -> bool {
        let is_count = |figure: u32| self.sorts(figure).meets(Sorts::BARE);
        self.are_alike(first, second) || is_count(first) && is_count(second)
    }

    /// Whether a change is in the unit of a level, though the rate may be left out: "92 cents to $81.08 a
    /// barrel".
    pub(super) fn is_part_of(self, change: u32, level: u32) -> bool {
        let (Value::Amount(one), Value::Amount(other)) =
            (&self.mention(change).value, &self.mention(level).value)
        else {
            return false;
        };
        let is_money = one.unit.currency.is_some() && one.unit.currency == other.unit.currency;
        self.are_alike(change, level) || is_money && one.unit.per.is_none()
    }

    /// Whether neither of two levels is ten times the other.
    pub(super) fn are_near(self, a: u32, b: u32) -> bool {
        self.stated(a).is_near(&self.stated(b))
    }

    pub(super) fn stated(self, figure: u32) -> Rational {
        match &self.mention(figure).value {
            Value::Amount(amount) => &amount.to * &amount.unit.factor,
            _ => Rational::ZERO,
        }
    }

    /// How the later of two levels lies to the earlier one.
    pub(super) fn order(self, from: u32, to: u32) -> std::cmp::Ordering {
        self.stated(to).cmp(&self.stated(from))
    }
}
