//! What a figure of prose may be, in the words by which links tell figures apart.

use crate::rule::kind::{RoleKind, Type};
use crate::value::{Base, Dimension};

/// A set of sorts of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts(pub(super) u64);

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
