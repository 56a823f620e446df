//! An amount that was read, before it is hedged or joined to another.

use crate::lexicon::Lexicon;
use crate::mention::amount::rate;
use crate::mention::cursor::Cursor;
use crate::mention::number::ReadNumeral;
use crate::source::one_line;
use crate::value::{Allowed, Amount, Direction, Interval, Kind, Rational, Style, Unit, as_written};

/// An amount that was read, with its parts still apart, so that a range can share them.
#[derive(Clone, Debug)]
pub(in crate::mention) struct ReadAmount {
    pub(in crate::mention) numeral: ReadNumeral,
    pub(in crate::mention) unit: Unit,
    pub(in crate::mention) kind: Kind,
    /// What stands before the numeral: a currency sign.
    pub(in crate::mention) before: Box<str>,
    /// What stands behind the scale word: unit and rate.
    pub(in crate::mention) after: Box<str>,
    /// A smaller part of the same quantity: the inches of "6 feet 2 inches".
    pub(in crate::mention) smaller: Vec<(ReadNumeral, Unit)>,
    /// From the first rank to this one: "top ten".
    pub(in crate::mention) top: bool,
    /// Whether its unit stands elsewhere: the first of "5 and 6 mg".
    pub(in crate::mention) borrowed: bool,
}

impl ReadAmount {
    /// Whether a unit stands beside the number.
    pub(in crate::mention) fn has_unit(&self) -> bool {
        self.kind != Kind::Number
    }

    /// The amount without a hedge.
    pub(in crate::mention) fn finish(self, lexicon: &Lexicon) -> Amount {
        let numeral = &self.numeral.numeral;
        let mut allowed = as_written(numeral, self.unit.counting, lexicon.in_words());
        let mut stated = numeral.number.clone();
        for (part, unit) in &self.smaller {
            let ratio = &unit.factor / &self.unit.factor;
            let part_allowed = as_written(&part.numeral, unit.counting, lexicon.in_words());
            // Only the last part is rounded.
            let whole = Interval::point(stated.clone());
            allowed.strict = whole.plus(&part_allowed.strict.scaled(&ratio));
            allowed.loose = whole.plus(&part_allowed.loose.scaled(&ratio));
            stated = &stated + &(&part.numeral.number * &ratio);
        }
        // 3 hours, 12 minutes and 40 seconds are 11,560 seconds, and no number of hours with decimals.
        let mut unit = self.unit.clone();
        if let [_, .., (_, last)] = &*self.smaller
            && stated.decimals(MOST_DECIMALS).is_none()
        {
            let ratio = &unit.factor / &last.factor;
            stated = &stated * &ratio;
            allowed.strict = allowed.strict.scaled(&ratio);
            allowed.loose = allowed.loose.scaled(&ratio);
            unit = last.clone();
        }
        let from = if self.top { Rational::ONE } else { stated.clone() };
        if self.kind == Kind::Ordinal {
            // The 20th is not the 21st: a rank is never a round number.
            allowed = Allowed::exactly(stated.clone());
        }
        if self.top {
            let ranks = Interval::closed(Rational::ONE, stated.clone());
            allowed.strict.clone_from(&ranks);
            allowed.loose = ranks;
        }
        if let Some(end) = &self.numeral.up_to {
            // "Thousands": any number of that size.
            let size = Interval::closed(stated.clone(), end.clone());
            let style = self.style();
            return Amount {
                kind: self.kind,
                from: stated,
                to: end.clone(),
                allowed: Allowed { strict: size.clone(), loose: size },
                unit: self.unit,
                hedge: Direction::About,
                style,
            };
        }
        let style = self.style();
        Amount { kind: self.kind, from, to: stated, allowed, unit, hedge: Direction::Exact, style }
    }

    fn style(&self) -> Style {
        let smaller = !self.smaller.is_empty();
        Style {
            before: unbroken(&self.before),
            scale: self.numeral.scale.as_ref().map(|(word, power)| (unbroken(word), *power)),
            after: if smaller {
                format!(" {}", self.unit.name).into()
            } else {
                unbroken(&self.after)
            },
            decimals: if self.numeral.numeral.in_words || smaller {
                self.numeral.decimals.max(2)
            } else {
                self.numeral.decimals
            },
            // Of a number below a thousand nobody can tell: most texts do.
            grouped: self.numeral.grouped || is_below_thousand(&self.numeral.numeral.number),
        }
    }
}

/// Words without the ends of lines that they run over, for a figure that is written like them.
fn unbroken(words: &str) -> Box<str> {
    if !words.contains(['\n', '\r']) {
        return words.into();
    }
    let blank = |is_there: bool| if is_there { " " } else { "" };
    let inner = one_line(words);
    let (lead, end) =
        (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    format!("{}{inner}{}", blank(lead), blank(end && !inner.is_empty())).into()
}

fn is_below_thousand(number: &Rational) -> bool {
    number.magnitude().is_none_or(|magnitude| magnitude < 3)
}

/// Decimals that a figure in a larger and a smaller unit is written with at most.
const MOST_DECIMALS: u32 = 6;

pub(super) fn bare(numeral: ReadNumeral, kind: Kind, before: &str, after: &str) -> ReadAmount {
    ReadAmount {
        numeral,
        unit: Unit::none(),
        kind,
        before: before.into(),
        after: after.into(),
        smaller: Vec::new(),
        top: false,
        borrowed: false,
    }
}

/// The number with its unit, and the rate behind it.
pub(super) fn with_unit(
    cursor: Cursor<'_>,
    numeral: ReadNumeral,
    unit: &Unit,
    kind: Kind,
    next: usize,
    end: usize,
) -> (ReadAmount, usize) {
    let (unit, behind) = rate::read(cursor, unit, end);
    let after =
        &cursor.tokens.text[cursor.tokens.end_before(next)..cursor.tokens.end_before(behind)];
    let mut amount = bare(numeral, kind, "", after);
    amount.unit = unit;
    (amount, behind)
}
