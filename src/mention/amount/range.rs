//! Two amounts as one: "$26–31 million", "between 10 and 20 percent", "$3m to $5m".

use crate::lexicon::{Lexicon, bit, class};
use crate::mention::amount::quantity::read_amount;
use crate::mention::amount::read_amount::{ReadAmount, with_unit};
use crate::mention::cursor::Cursor;
use crate::mention::date::year;
use crate::mention::number::{self, Abbreviations};
use crate::mention::token::TokenKind;
use crate::value::{Allowed, Amount, Direction, End, Interval, Kind, Rational};

/// What one or two amounts are together.
pub(in crate::mention) enum Amounts {
    One(Box<ReadAmount>),
    Range(Box<ReadAmount>, Box<ReadAmount>),
    /// A figure and how far it may be off to either side.
    Within(Box<ReadAmount>, Box<ReadAmount>),
    /// The first of two figures that share a unit or a scale word: "rose from $5 to $6 million". The
    /// second is read by itself.
    Shared(Box<ReadAmount>),
}

/// How far before a range the word stands that makes it two figures.
const REACH: usize = 8;

/// The amount or the range that starts at a token.
pub(in crate::mention) fn read(cursor: Cursor<'_>, i: usize) -> Option<(Amounts, usize)> {
    let opener = cursor.may(i, bit::OPENER);
    let between = opener && cursor.is(i, class::BETWEEN);
    let from = opener && cursor.is(i, class::FROM);
    let start = if between || from { i + 1 } else { i };
    let (first, next) = read_amount(cursor, start)?;
    if !between
        && !from
        && let Some(within) = within(cursor, &first, next)
    {
        return Some(within);
    }
    let may_join = cursor.tokens.get(next).is_some_and(|token| {
        matches!(
            token.kind,
            TokenKind::Word | TokenKind::Dash | TokenKind::Sign('~' | '～' | '〜' | '/')
        )
    });
    if !may_join {
        return (!between && !from).then(|| (Amounts::One(first.into()), next));
    }
    // "8- to 16-meter", "0-to-60-mph".
    let hanging = cursor.tokens.is(next, TokenKind::Dash)
        && cursor.tokens.adjacent(next).is_some()
        && cursor.is(next + 1, class::OR_TO);
    let next = if hanging { next + 1 } else { next };
    let dash = cursor.tokens.is(next, TokenKind::Dash)
        || ['~', '～', '〜'].iter().any(|&tilde| cursor.tokens.is_sign(next, tilde))
            && cursor.tokens.adjacent(next).is_some();
    let joined = match () {
        () if is_year_before(cursor, start, next) => false,
        () if between => cursor.is(next, class::AND),
        () if dash => {
            (joins(cursor, next) || first.kind == Kind::Percent && leans_right(cursor, next))
                && !is_score(cursor, &first, i, next)
        }
        () if cursor.tokens.is_sign(next, '/') => is_spread(cursor, &first, next),
        () if cursor.is(next, class::OR) => !from && follows_closely(cursor, &first, next),
        () => cursor.is(next, class::TO_THROUGH) || (from && cursor.is(next, class::UNTIL_UP)),
    };
    let second_at = if from && cursor.is(next, class::UP) { next + 2 } else { next + 1 };
    let second_at = if hanging { cursor.behind_hyphen(second_at) } else { second_at };
    let second = joined.then(|| second(cursor, &first, second_at)).flatten();
    if let Some((second, end)) = second
        && !(cursor.tokens.is(second_at, TokenKind::Number)
            && is_year_behind(cursor, &first, second_at, end))
    {
        // "Rose from 5 to 6 million" states two figures, and so does "from 6 to 5 million".
        let rises = first.numeral.numeral.number < second.numeral.numeral.number;
        let changed = cursor.any_before(i, REACH, bit::CHANGE);
        // "From 2016 to 2012" is two years.
        if from && !changed && [start, second_at].iter().all(|&at| year::likely(cursor, at)) {
            return None;
        }
        let far = !hanging && cursor.any_before(i, 3, bit::CHANGE) && is_far(&first, &second, 4)
            || is_far(&first, &second, FARTHEST);
        let is_change = from && (!rises || changed) || !between && !from && far;
        let unchanged = first.clone();
        return match shared(first, second) {
            Some((first, _)) if is_change => Some((Amounts::Shared(first.into()), next)),
            Some((first, second))
                if first.numeral.numeral.number < second.numeral.numeral.number =>
            {
                Some((Amounts::Range(first.into(), second.into()), end))
            }
            _ if between || from => None,
            _ => Some((Amounts::One(unchanged.into()), if hanging { next - 1 } else { next })),
        };
    }
    if between || from {
        return None;
    }
    Some((Amounts::One(first.into()), if hanging { next - 1 } else { next }))
}

/// The other end of a range, which has the sign of money in common with the first: "£10-15m".
fn second(cursor: Cursor<'_>, first: &ReadAmount, at: usize) -> Option<(ReadAmount, usize)> {
    if first.kind == Kind::Money
        && !first.before.is_empty()
        && cursor.tokens.is(at, TokenKind::Number)
        && let Some((numeral, end)) = number::read(cursor, at, Abbreviations::Money)
        && (numeral.scale.is_some() || cursor.tokens.is_sign(at - 1, '/'))
    {
        let (amount, end) = with_unit(cursor, numeral, &first.unit, Kind::Money, end, end);
        return Some((amount, end));
    }
    read_amount(cursor, at)
}

/// "5±2 percent", "5 percent ± 2": so much to either side.
fn within(cursor: Cursor<'_>, first: &ReadAmount, next: usize) -> Option<(Amounts, usize)> {
    let slash = cursor.tokens.is_sign(next, '+')
        && cursor.tokens.is_sign(next + 1, '/')
        && cursor.tokens.is(next + 2, TokenKind::Dash);
    let at = match () {
        () if cursor.tokens.is_sign(next, '±') => next + 1,
        () if slash => next + 3,
        () => return None,
    };
    let (room, end) = read_amount(cursor, at)?;
    let (first, room) = shared(first.clone(), room)?;
    Some((Amounts::Within(first.into(), room.into()), end))
}

/// "10 % -20 %": a dash with a space before it only.
fn leans_right(cursor: Cursor<'_>, dash: usize) -> bool {
    let spaced = |i: usize| cursor.tokens.get(i).is_some_and(|token| token.spaced);
    spaced(dash)
        && !spaced(dash + 1)
        && read_amount(cursor, dash + 1).is_some_and(|(second, _)| second.kind == Kind::Percent)
}

/// Whether a dash stands between two numbers: "10-12" and "10 - 12", not "10 -12"; a long one with
/// space around it parts what is said: "$5 million — $9 million less".
fn joins(cursor: Cursor<'_>, dash: usize) -> bool {
    let spaced = |i: usize| cursor.tokens.get(i).is_some_and(|token| token.spaced);
    // "Three-nought-four" is spelt out.
    let spelt = dash
        .checked_sub(2)
        .is_some_and(|i| cursor.tokens.is(i, TokenKind::Dash) && !spaced(i) && !spaced(i + 1));
    let parts = cursor.tokens.str(dash) == "—" && spaced(dash);
    !spelt && !parts && spaced(dash) == spaced(dash + 1)
}

/// The ends of a range in two scale words are so many times apart at most.
const FARTHEST: i64 = 20;

/// Whether two figures behind a change are by how much and to what: "fell 69 to 4,041", "rose 360 million to
/// 27.7 billion".
fn is_far(first: &ReadAmount, second: &ReadAmount, least: i64) -> bool {
    let (from, to) = (&first.numeral.numeral.number, &second.numeral.numeral.number);
    let is_exact = |number: &Rational| !(number / &Rational::from(5)).is_whole();
    let times = |factor: i64| &(from * &Rational::from(factor)) < to;
    match (&first.numeral.scale, &second.numeral.scale) {
        (Some(_), Some(_)) => times(least),
        (None, None) if least < FARTHEST => {
            // "By 69 to 241" is no guess.
            let is_count = first.kind == Kind::Number && second.kind == Kind::Number;
            times(least) || is_count && is_exact(from) && is_exact(to) && times(2)
        }
        _ => false,
    }
}

/// Whether two joined numbers are the result of a contest: "won 2-3", "a 5-9 record".
fn is_score(cursor: Cursor<'_>, first: &ReadAmount, i: usize, dash: usize) -> bool {
    // "A margin of 11.5-12 percent".
    let is_measured = cursor.is_measure(dash + 2) || cursor.tokens.is_sign(dash + 2, '%');
    first.kind == Kind::Number
        && !is_measured
        && cursor.tokens.is(i, TokenKind::Number)
        && (cursor.any_before(i, 4, bit::CONTEST)
            || cursor.may(dash + 2, bit::CONTEST)
            || is_next_set(cursor, i))
}

/// The second result of "6-4, 3-6".
fn is_next_set(cursor: Cursor<'_>, i: usize) -> bool {
    let number = |at: usize| cursor.tokens.is(at, TokenKind::Number);
    4 <= i
        && cursor.tokens.is_sign(i - 1, ',')
        && number(i - 2)
        && cursor.tokens.is(i - 3, TokenKind::Dash)
        && number(i - 4)
}

/// "Two or three", "10 or 12": two numbers side by side are a range, others are two figures.
fn follows_closely(cursor: Cursor<'_>, first: &ReadAmount, or: usize) -> bool {
    let Some((second, _)) = read_amount(cursor, or + 1) else { return false };
    let step = &second.numeral.numeral.number - &first.numeral.numeral.number;
    first.kind == Kind::Number && (step == Rational::ONE || step == Rational::from(2))
}

/// "$17/$19 an hour", "$318/320 a tonne": two prices on either side of a slash that lie close together.
fn is_spread(cursor: Cursor<'_>, first: &ReadAmount, slash: usize) -> bool {
    let joined = |at: usize| cursor.tokens.adjacent(at).is_some();
    let number = &first.numeral.numeral.number;
    first.kind == Kind::Money
        && first.unit.per.is_none()
        && joined(slash)
        && joined(slash + 1)
        && read_amount(cursor, slash + 1).is_some_and(|(second, _)| {
            let other = &second.numeral.numeral.number;
            number < other && *other < number * &Rational::from(2)
        })
}

/// "From 146,000 in 2019 to 100,000": the number behind "in" is a year and begins nothing.
fn is_year_before(cursor: Cursor<'_>, start: usize, next: usize) -> bool {
    let four = |at: usize| {
        cursor.tokens.is_digits(at, &[4]) && cursor.tokens.str(at).starts_with(['1', '2'])
    };
    next == start + 1
        && four(start)
        && cursor.is(next, class::TO)
        && !four(next + 1)
        && cursor.before(start, |cursor, before| cursor.is(before, class::BEFORE_PLAIN_YEAR))
}

/// "5 to 2024": the second number is a year and ends nothing.
fn is_year_behind(cursor: Cursor<'_>, first: &ReadAmount, at: usize, end: usize) -> bool {
    let is_year = end == at + 1
        && cursor.tokens.is_digits(at, &[4])
        && cursor.tokens.str(at).starts_with(['1', '2']);
    is_year && (first.has_unit() || first.numeral.numeral.number < Rational::from(100))
}

/// The two ends with the unit and the scale word that only one of them carries; `None` if they are
/// not two ends of one range.
fn shared(mut low: ReadAmount, mut high: ReadAmount) -> Option<(ReadAmount, ReadAmount)> {
    let alone = |amount: &ReadAmount| {
        amount.top
            || !amount.smaller.is_empty()
            || amount.kind == Kind::Ordinal
            || amount.numeral.up_to.is_some()
    };
    // "Fell by a third to $81" is a share and a level.
    let is_share = low.numeral.numeral.in_words && !high.numeral.numeral.in_words;
    if alone(&low) || alone(&high) || is_share {
        return None;
    }
    match (low.has_unit(), high.has_unit()) {
        (true, false) if low.after.is_empty() => {
            (high.unit, high.kind) = (low.unit.clone(), low.kind);
        }
        (false, true) if low.unit.per.is_none() => {
            (low.unit, low.kind) = (high.unit.clone(), high.kind);
        }
        _ => {}
    }
    // "$1 million a year" beside "$1 million": the rate belongs to both.
    if low.unit.per.is_none() && high.unit.per.is_some() && low.unit.name == high.unit.name {
        low.unit = high.unit.clone();
    }
    if low.numeral.scale.is_none()
        && let Some((word, power)) = high.numeral.scale.clone()
        && low.numeral.numeral.number < Rational::from(1000)
    {
        low.numeral = low.numeral.scaled(&word, power);
    }
    let same = low.unit == high.unit && low.kind == high.kind;
    same.then_some((low, high))
}

impl Amounts {
    /// The amount without a hedge. A range has its own ends strictly, and loosely what its ends
    /// allow.
    pub(in crate::mention) fn finish(self, lexicon: &Lexicon) -> Amount {
        match self {
            Self::One(amount) | Self::Shared(amount) => amount.finish(lexicon),
            Self::Within(amount, room) => {
                let room = room.numeral.numeral.number.abs();
                let mut amount = amount.finish(lexicon);
                let around = Interval::closed(&amount.from - &room, &amount.to + &room);
                amount.allowed = Allowed { strict: around.clone(), loose: around };
                amount.hedge = Direction::About;
                amount
            }
            Self::Range(low, high) => {
                let before = low.before.clone();
                let (low, high) = (low.finish(lexicon), high.finish(lexicon));
                let strict = Interval::closed(low.from.clone(), high.to.clone());
                let end = |end: &End| end.clone();
                let loose =
                    Interval::new(end(low.allowed.loose.low()), end(high.allowed.loose.high()));
                let mut amount = high;
                amount.from = low.from;
                amount.allowed = Allowed {
                    loose: loose.unwrap_or_else(|| strict.clone()).hull(&strict),
                    strict,
                };
                amount.style.before = before;
                amount
            }
        }
    }
}
