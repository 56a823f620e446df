//! What a phrase can mean where a figure stands.
//!
//! The build script writes down the senses of the built-in lexicon with this file too, so it depends on
//! nothing: numbers, units and dates stand in it as texts there.

/// What a phrase can mean where a figure stands.
///
/// What units, numbers, bounds, holidays and the words that stand near are depends on whether it was read or is
/// still as written.
#[derive(Clone, Debug)]
pub enum SenseOf<Unit, Number, Bound, Day, Words> {
    /// A whole number word: "sixty".
    Cardinal(i64),
    /// A power of ten that multiplies: "million" is 6.
    Scale(i32),
    /// A scale word in the plural, which may stand alone: "thousands".
    ScalePlural(i64),
    /// A counted group: "dozen".
    Group(i64),
    /// One part of so many: "third".
    Fraction(u64),
    /// A rank: "third".
    Ordinal(i64),
    /// A factor in a word: "doubled".
    Multiple(Number),
    /// What makes the following number a rise or a fall: "down by" is -1.
    Direction(i8),
    /// What makes the share before it a rise or a fall: "less" is -1.
    DirectionBehind(i8),
    /// What makes the number behind it negative: "minus".
    Sign(i8),
    /// A share named by a word, above the first and up to the second: "majority".
    Share(Number, Number),
    /// "percent", "percentage points".
    Percent(Unit),
    /// "times".
    Factor(Unit),
    /// A month, from 1.
    Month(i8),
    /// A weekday, Monday is 1.
    Weekday(i8),
    /// A part of a year, by its first and last month.
    Part(i8, i8),
    /// "since", "by".
    Bound(Bound),
    /// A day by its distance from the day of publication: "yesterday" is -1.
    Day(i8),
    /// A part of a day: "morning".
    DayPart,
    /// A decade in a word: "nineties" is 90.
    Decade(i16),
    /// A part of a date without an edge: "early", "the end of".
    Edge,
    /// What makes a length of time behind it a date: "ago" is -1.
    Elapsed(i8),
    /// Which year, month or week, counted from this one: "last" is -1.
    Relative(i8),
    /// A season.
    Season,
    /// An hour with a name: "noon" is 12.
    TimeOfDay(i8),
    /// A time zone.
    Zone,
    /// A unit of measurement.
    Unit(Unit),
    /// A unit where one of these words stands near, and something else elsewhere: "kt".
    UnitNear(Unit, Words),
    /// A currency, or the smaller unit of one.
    Money(Unit),
    /// A currency behind a scale word only: "won".
    MoneyScaled(Unit),
    /// "annually": per this unit.
    Rate(Unit),
    /// A hedge before the figure, as an index for `Lexicon::hedge`.
    Hedge(usize),
    /// A hedge behind the figure: "or more".
    HedgeBehind(usize),
    /// A phrase that is a name, its numbers included: "9/11".
    Name,
    /// What makes the number behind it a name: "Article".
    Label,
    /// What makes the year behind it part of a name: "Act".
    YearLabel,
    /// A model that is known by its number: "767".
    Model,
    /// What announces a telephone number: "call".
    Telephone,
    /// What a thing is like: "big".
    Adjective,
    /// A change between two levels: "rose".
    Change,
    /// A contest with a score: "won".
    Contest,
    /// What no number counts: "of".
    Function,
    /// What points to the time to come: "will".
    Future,
    /// A plural that does not end in s: "people".
    Plural,
    /// What a price is for: "share".
    Thing,
    /// What ends the name of a street: "Road".
    Street,
    /// A small word that a figure or a date may start with: "the", "from".
    Opener,
    /// A holiday.
    Holiday(Day),
    /// What tells that a sentence speaks of what has been: "said".
    Past,
    /// What starts an address of the web: "https".
    Address,
}

/// On which day of a year a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// A day of a month.
    Day(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i16),
    /// The n-th weekday of a month, Monday is 1; the last where n is -1.
    Weekday(i8, i8, i8),
    /// So many days after such a weekday: Black Friday is one after the fourth Thursday of November.
    After(i8, i8, i8, i8),
}

impl Holiday {
    /// Reads "12-25", "easter-2", "11-thu-4", "11-thu-4+1".
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Self::Easter(if days.is_empty() { 0 } else { days.parse().ok()? }));
        }
        let parts: Vec<&str> = text.splitn(3, '-').collect();
        match &*parts {
            [month, day] => Some(Self::Day(month.parse().ok()?, day.parse().ok()?)),
            [month, weekday, nth] => {
                let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                let weekday = days.iter().position(|day| day == weekday)? + 1;
                let (month, weekday) = (month.parse().ok()?, i8::try_from(weekday).ok()?);
                Some(match nth.split_once('+') {
                    Some((nth, days)) => {
                        Self::After(month, weekday, nth.parse().ok()?, days.parse().ok()?)
                    }
                    None => Self::Weekday(month, weekday, nth.parse().ok()?),
                })
            }
            _ => None,
        }
    }
}

/// The kinds of senses as bits, so that a word without the wanted one is passed by at once.
pub mod bit {
    /// The bit of a sense, in the order of [`SenseOf`](super::SenseOf).
    macro_rules! bits {
        ($($name:ident = $place:expr),* $(,)?) => {
            $(#[allow(missing_docs, reason = "the sense of that name says it")]
            pub const $name: u64 = 1 << $place;)*
        };
    }
    bits! {
        CARDINAL = 0, SCALE = 1, SCALE_PLURAL = 2, GROUP = 3, FRACTION = 4, ORDINAL = 5,
        MULTIPLE = 6, DIRECTION = 7, DIRECTION_BEHIND = 8, SIGN = 9, SHARE = 10, PERCENT = 11,
        FACTOR = 12, MONTH = 13, WEEKDAY = 14, PART = 15, BOUND = 16, DAY = 17, DAY_PART = 18,
        DECADE = 19, EDGE = 20, ELAPSED = 21, RELATIVE = 22, SEASON = 23, TIME_OF_DAY = 24,
        ZONE = 25, UNIT = 26, MONEY = 27, RATE = 28, HEDGE = 29, HEDGE_BEHIND = 30, NAME = 31,
        LABEL = 32, YEAR_LABEL = 33, TELEPHONE = 34, CHANGE = 35, CONTEST = 36, FUNCTION = 37,
        FUTURE = 38, PLURAL = 39, THING = 40, ADDRESS = 41, MONEY_SCALED = 42, STREET = 43, OPENER = 44, HOLIDAY = 45, PAST = 46, ADJECTIVE = 47, MODEL = 48,
    }
}

impl<Unit, Number, Bound, Day, Words> SenseOf<Unit, Number, Bound, Day, Words> {
    /// The bit of its kind.
    pub fn bit(&self) -> u64 {
        match self {
            Self::Cardinal(_) => bit::CARDINAL,
            Self::Scale(_) => bit::SCALE,
            Self::ScalePlural(_) => bit::SCALE_PLURAL,
            Self::Group(_) => bit::GROUP,
            Self::Fraction(_) => bit::FRACTION,
            Self::Ordinal(_) => bit::ORDINAL,
            Self::Multiple(_) => bit::MULTIPLE,
            Self::Direction(_) => bit::DIRECTION,
            Self::DirectionBehind(_) => bit::DIRECTION_BEHIND,
            Self::Sign(_) => bit::SIGN,
            Self::Share(..) => bit::SHARE,
            Self::Percent(_) => bit::PERCENT,
            Self::Factor(_) => bit::FACTOR,
            Self::Month(_) => bit::MONTH,
            Self::Weekday(_) => bit::WEEKDAY,
            Self::Part(..) => bit::PART,
            Self::Bound(_) => bit::BOUND,
            Self::Day(_) => bit::DAY,
            Self::DayPart => bit::DAY_PART,
            Self::Decade(_) => bit::DECADE,
            Self::Edge => bit::EDGE,
            Self::Elapsed(_) => bit::ELAPSED,
            Self::Relative(_) => bit::RELATIVE,
            Self::Season => bit::SEASON,
            Self::TimeOfDay(_) => bit::TIME_OF_DAY,
            Self::Zone => bit::ZONE,
            Self::Unit(_) | Self::UnitNear(..) => bit::UNIT,
            Self::Money(_) => bit::MONEY,
            Self::Rate(_) => bit::RATE,
            Self::Hedge(_) => bit::HEDGE,
            Self::HedgeBehind(_) => bit::HEDGE_BEHIND,
            Self::Name => bit::NAME,
            Self::Label => bit::LABEL,
            Self::YearLabel => bit::YEAR_LABEL,
            Self::Telephone => bit::TELEPHONE,
            Self::Adjective => bit::ADJECTIVE,
            Self::Model => bit::MODEL,
            Self::Change => bit::CHANGE,
            Self::Contest => bit::CONTEST,
            Self::Function => bit::FUNCTION,
            Self::Future => bit::FUTURE,
            Self::Plural => bit::PLURAL,
            Self::Thing => bit::THING,
            Self::Holiday(_) => bit::HOLIDAY,
            Self::Past => bit::PAST,
            Self::Opener => bit::OPENER,
            Self::Street => bit::STREET,
            Self::Address => bit::ADDRESS,
            Self::MoneyScaled(_) => bit::MONEY_SCALED,
        }
    }
}
