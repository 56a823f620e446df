//! What a figure of prose is, in the words by which links tell figures apart.

use crate::lexicon::{Lexicon, class};
use crate::mention::Mention;
use crate::rule::RoleKind;
use crate::rule::expression::Type;
use crate::value::{Amount, Base, DateBound, DateValue, Dimension, Kind, Rational, Value};

/// A set of sorts of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts(u64);

macro_rules! sorts {
    ($($(#[$doc:meta])* $name:ident = $place:literal, $word:literal;)*) => {
        impl Sorts {
            $($(#[$doc])* pub const $name: Self = Self(1 << $place);)*
        }
        /// The words that links use.
        const WORDS: &[(&str, Sorts)] = &[$(($word, Sorts::$name),)*];
    };
}

sorts! {
    /// An amount of money.
    MONEY = 0, "money";
    /// A percentage, in digits or words.
    PERCENT = 1, "percent";
    /// A share in words: "a third", "half".
    FRACTION = 2, "fraction";
    /// So many out of so many: "one in five".
    ODDS = 3, "odds";
    /// A difference of two percentages.
    POINTS = 4, "points";
    /// A number that counts nothing named.
    NUMBER = 5, "number";
    /// A number with what it counts.
    COUNT = 6, "count";
    /// A measure with a physical unit.
    QUANTITY = 7, "measure";
    /// A temperature on a scale.
    TEMPERATURE = 8, "temperature";
    /// A length of time.
    DURATION = 9, "duration";
    /// A factor: "doubled".
    MULTIPLE = 10, "multiple";
    /// A rank: "8th", "top ten".
    RANK = 11, "rank";
    /// A date.
    DATE = 12, "date";
    /// A date with "since".
    SINCE = 13, "since";
    /// A date with "by".
    BY = 14, "by";
    /// A date with "until".
    UNTIL = 15, "until";
    /// A date with "before".
    BEFORE = 16, "before";
    /// A date with "after".
    AFTER = 17, "after";
    /// Something per something.
    RATE = 18, "rate";
    /// A range of two ends.
    RANGE = 19, "range";
    /// A year or several of them.
    YEARS = 20, "years";
    /// One day.
    DAY = 21, "day";
    /// A bare number without a unit, be there something it counts or not.
    BARE = 22, "bare";
    /// A figure with a hedge.
    HEDGED = 23, "hedged";
    /// A figure with a scale word, or with decimals.
    SCALED = 24, "scaled";
    /// A figure without one.
    UNSCALED = 25, "unscaled";
    /// A count below 32, in one word or in digits.
    SMALL = 26, "small";
    /// A date that a length of time before publication makes: "three years ago".
    AGO = 27, "ago";
    /// A date with the weekday beside it.
    ON_WEEKDAY = 28, "on-weekday";
    /// A date that states its year in four digits.
    STATED = 29, "stated";
    /// A day that its month does not have; no date.
    IMPOSSIBLE = 30, "impossible";
    /// A date with two readings.
    TWO_READINGS = 31, "two-readings";
    /// A year that is split between two: "2020-21".
    SPLIT_YEAR = 32, "split-year";
    /// An amount for each of something, or for each person.
    EACH = 41, "each";
    /// Money that is worth a hundred-thousandth of a dollar or less.
    WEAK = 42, "weak";
    /// An amount that may be another altogether: "perhaps 5 million".
    GUESSED = 36, "guessed";
    /// A date that is not over: "this year".
    RUNNING = 37, "running";
    /// A number in words.
    WORDED = 38, "worded";
    /// A time of day.
    TIME = 39, "time";
    /// A share that a word names: "a majority of".
    MAJORITY = 40, "majority";
}

impl Sorts {
    /// None at all.
    pub const NONE: Self = Self(0);

    /// What a figure of any sort may be besides.
    pub const ATTRIBUTES: Self = Self::SINCE
        .or(Self::BY)
        .or(Self::UNTIL)
        .or(Self::BEFORE)
        .or(Self::AFTER)
        .or(Self::RATE)
        .or(Self::RANGE)
        .or(Self::YEARS)
        .or(Self::DAY)
        .or(Self::HEDGED)
        .or(Self::SCALED)
        .or(Self::UNSCALED)
        .or(Self::SMALL)
        .or(Self::STATED)
        .or(Self::SPLIT_YEAR)
        .or(Self::WORDED)
        .or(Self::RUNNING)
        .or(Self::GUESSED)
        .or(Self::EACH)
        .or(Self::WEAK);

    /// The sorts of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every sort of the other is among these.
    pub const fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The sort of a word, as a link names it.
    pub fn of_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(known, _)| *known == word).map(|&(_, sort)| sort)
    }

    /// All words, for messages.
    pub fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().map(|&(word, _)| word)
    }

    /// What a mention is.
    pub fn of(mention: &Mention, text: &str) -> Self {
        match &mention.value {
            Value::Amount(amount) => of_amount(amount, mention.counted.is_some(), text),
            Value::Date(date) => of_date(date, text),
            Value::Unstated => Self::NONE,
        }
    }

    /// What may fill a role of this kind.
    pub fn of_role(kind: RoleKind, written: &str) -> Self {
        let written = written.strip_prefix("list of ").unwrap_or(written);
        match written {
            "percent" => return Self::PERCENT.or(Self::FRACTION).or(Self::ODDS),
            "multiple" => return Self::MULTIPLE,
            "rank" => return Self::RANK,
            "number" => return Self::BARE,
            _ => {}
        }
        // Lengths of time stand beside other figures far more often than they are meant; a link
        // that wants them says so.
        let plain =
            Self::MONEY.or(Self::PERCENT).or(Self::POINTS).or(Self::BARE).or(Self::QUANTITY);
        match kind.member() {
            Type::Date => Self::DATE,
            Type::Temperature => Self::TEMPERATURE,
            Type::Anything => plain.or(Self::TEMPERATURE).or(Self::DATE),
            Type::Unstated | Type::List { .. } => Self::NONE,
            Type::Amount { fixed, variable } => match variable {
                1 if fixed.is_number() => plain.or(Self::TEMPERATURE),
                0 if fixed == Dimension::of(Base::Points) => Self::POINTS,
                0 if fixed == Dimension::of(Base::Clock) => Self::DURATION,
                0 if fixed == Dimension::of(Base::Money) => Self::MONEY,
                0 if fixed.is_number() => Self::BARE,
                0 => Self::QUANTITY,
                _ => Self::RATE,
            },
        }
    }
}

/// Currencies in which a hundred thousand are no sum at all.
const WEAK: [&str; 5] = ["IRR", "LBP", "VES", "VEF", "ZWL"];

fn of_amount(amount: &Amount, counts: bool, text: &str) -> Sorts {
    let dimension = amount.unit.dimension;
    let below_one = amount.to.abs() < Rational::ONE && !amount.to.is_zero();
    let in_digits = text.bytes().any(|b| b.is_ascii_digit());
    let own = match amount.kind {
        Kind::Money => Sorts::MONEY,
        Kind::Percent if dimension == Dimension::of(Base::Points) => Sorts::POINTS,
        Kind::Percent => Sorts::PERCENT,
        Kind::Multiple => Sorts::MULTIPLE,
        Kind::Ordinal => Sorts::RANK,
        Kind::Duration => Sorts::DURATION,
        Kind::Number if !dimension.is_number() && amount.unit.per.is_some() => Sorts::COUNT,
        Kind::Number if below_one && !in_digits && is_odds(text) => Sorts::ODDS,
        Kind::Number if below_one && !text.contains('.') => Sorts::FRACTION,
        Kind::Number if !in_digits && amount.to == Rational::ONE && amount.from < amount.to => {
            Sorts::MAJORITY
        }
        Kind::Number if amount.unit.name.is_empty() => {
            let bare = if counts { Sorts::COUNT } else { Sorts::NUMBER };
            bare.or(Sorts::BARE)
        }
        Kind::Quantity if amount.unit.is_temperature() => Sorts::TEMPERATURE,
        _ => Sorts::QUANTITY,
    };
    let mut all = if in_digits { own } else { own.or(Sorts::WORDED) };
    if amount.unit.per.is_some() {
        all = all.or(Sorts::RATE);
    }
    if matches!(amount.unit.per.as_deref(), Some("each" | "person" | "unit" | "piece")) {
        all = all.or(Sorts::EACH);
    }
    if amount.from != amount.to {
        all = all.or(Sorts::RANGE);
    }
    if amount.hedge != crate::value::Direction::Exact {
        all = all.or(Sorts::HEDGED);
        let first = text.split_whitespace().next().unwrap_or_default();
        if Lexicon::built_in().is(&first.to_lowercase(), class::GUESS) {
            all = all.or(Sorts::GUESSED);
        }
    }
    if amount.unit.currency.is_some_and(|currency| WEAK.contains(&currency.as_str())) {
        all = all.or(Sorts::WEAK);
    }
    let scaled = amount.style.scale.is_some();
    // "A couple of" is no count.
    let is_word = !text.contains(char::is_whitespace);
    if own.meets(Sorts::BARE)
        && is_word
        && !scaled
        && amount.to.is_whole()
        && amount.to < Rational::from(32)
    {
        all = all.or(Sorts::SMALL);
    }
    all.or(if scaled { Sorts::SCALED } else { Sorts::UNSCALED })
}

fn is_odds(text: &str) -> bool {
    text.split_whitespace().any(|word| matches!(word, "in" | "out"))
}

fn of_date(date: &DateValue, text: &str) -> Sorts {
    if date.is_impossible {
        return Sorts::IMPOSSIBLE;
    }
    let mut all = Sorts::DATE;
    if text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("this")) {
        all = all.or(Sorts::RUNNING);
    }
    // "2:28:42" is how long somebody ran.
    if date.time.is_some() && text.matches(':').count() < 2 {
        all = all.or(Sorts::TIME);
    }
    if date.ago.is_some() {
        all = all.or(Sorts::AGO);
    }
    if !date.on_weekdays.is_empty() {
        all = all.or(Sorts::ON_WEEKDAY);
    }
    if 1 < date.readings.len() {
        all = all.or(Sorts::TWO_READINGS);
    }
    let digits: Vec<usize> = digits(text).collect();
    if digits.contains(&4) {
        all = all.or(Sorts::STATED);
    }
    // "From January 2000 to June 2001" is none.
    let is_joined = || {
        let years = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        !years.contains(char::is_alphabetic)
    };
    let is_turn = || digits == [4, 2] || digits == [4, 4] && is_turn(date) && is_joined();
    if date.kind == Kind::DateRange && is_turn() {
        all = all.or(Sorts::SPLIT_YEAR);
    }
    all = all.or(match date.bound {
        Some(DateBound::Since) => Sorts::SINCE,
        Some(DateBound::By) => Sorts::BY,
        Some(DateBound::Until) => Sorts::UNTIL,
        Some(DateBound::Before) => Sorts::BEFORE,
        Some(DateBound::After) => Sorts::AFTER,
        None => Sorts::NONE,
    });
    if date.kind == Kind::DateRange {
        all = all.or(Sorts::RANGE);
    }
    if let [days] = &*date.readings {
        let (first, last) = (days.first(), days.last());
        if first == last {
            all = all.or(Sorts::DAY);
        }
        let whole = first.day_of_year() == 1 && last.month() == 12 && last.day() == 31;
        if whole {
            all = all.or(Sorts::YEARS);
        }
    }
    all
}

/// Whether a range is of two years that follow each other: "2000-2001" may be one financial year.
fn is_turn(date: &DateValue) -> bool {
    date.readings.first().is_some_and(|days| days.last().year() - days.first().year() == 1)
}

/// The lengths of the numbers in a text.
fn digits(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|&length| length != 0)
}
