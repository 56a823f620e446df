//! A figure of prose as it is taken in a role: as it stands, the other way round, in another unit.

use std::borrow::Cow;

use crate::lexicon::Lexicon;
use crate::prose::article::Article;
use crate::prose::candidate::Taken;
use crate::rule::link::Aspect;
use crate::value::{
    Allowed, Amount, DateValue, Direction, Interval, Kind, Rational, Style, Unit, Value, day_number,
};

impl Taken {
    /// The value as it is taken.
    pub fn value(self, article: Article<'_>) -> Cow<'_, Value> {
        let value = &article.mention(self.mention).value;
        if let (Some(less), Value::Amount(level)) = (self.less, value)
            && let Value::Amount(change) = &article.mention(less.mention).value
        {
            return Cow::Owned(Value::Amount(before_change(level, change, less.rises)));
        }
        if let (Some(other), Value::Amount(own)) = (self.unit_of, value)
            && let Value::Amount(other) = &article.mention(other).value
        {
            let (kind, unit) = (other.kind, other.unit.clone());
            return Cow::Owned(Value::Amount(Amount { kind, unit, ..own.clone() }));
        }
        match in_aspect(self.aspect, value) {
            Some(amount) => Cow::Owned(Value::Amount(amount)),
            None => Cow::Borrowed(value),
        }
    }
}

/// What a value is in an aspect, where that is not what it states.
fn in_aspect(aspect: Aspect, value: &Value) -> Option<Amount> {
    let amount = match value {
        Value::Amount(amount) => amount,
        Value::Date(date) => {
            return match aspect {
                Aspect::Clock => since_midnight(date),
                Aspect::Length => length(date),
                _ => None,
            };
        }
        Value::Unstated => return None,
    };
    Some(match aspect {
        Aspect::Stated | Aspect::Clock | Aspect::Length => return None,
        // "Fell from 118 to 31 (-74 %)" has its sign already.
        Aspect::Negated if amount.to < Rational::ZERO => return None,
        Aspect::Negated => amount.clone().negated(),
        Aspect::Difference => Amount { unit: amount.unit.without_zero(), ..amount.clone() },
        Aspect::Points => in_points(amount),
        Aspect::PointsDown => in_points(amount).negated(),
        Aspect::Percent => Amount { unit: Unit::percent(), kind: Kind::Percent, ..amount.clone() },
        Aspect::Years => {
            let unit = Lexicon::built_in().unit("year")?.clone();
            Amount { unit, kind: Kind::Duration, ..amount.clone() }
        }
        Aspect::Unrated => {
            let unit = amount.unit.unrated().unwrap_or_else(|| amount.unit.clone());
            Amount { unit, ..amount.clone() }
        }
        Aspect::Number => Amount { unit: Unit::none(), kind: Kind::Number, ..amount.clone() },
        Aspect::Low => amount.at_end(&amount.from),
        Aspect::High => amount.at_end(&amount.to),
    })
}

/// A length of time between two bounds, in a unit.
fn duration(unit: &str, least: Rational, most: Rational) -> Option<Amount> {
    let all = Interval::closed(least, most.clone());
    Some(Amount {
        kind: Kind::Duration,
        from: most.clone(),
        to: most,
        allowed: Allowed { strict: all.clone(), loose: all },
        unit: Lexicon::built_in().unit(unit)?.clone(),
        hedge: Direction::Exact,
        style: Style::plain(),
    })
}

/// A time of day as the time since midnight, to the minute; a rounded one is meant as it stands.
fn since_midnight(date: &DateValue) -> Option<Amount> {
    let (hour, minute) = date.time?;
    let since = Rational::fraction(60 * i64::from(hour) + i64::from(minute), 60);
    duration("hour", since.clone(), since)
}

/// How long a date lasts: a year 365 or 366 days, "between 1990 and 2000" ten years or eleven.
fn length(date: &DateValue) -> Option<Amount> {
    let [days] = &*date.readings else { return None };
    let (first, last) = (days.first(), days.last());
    let all = &(&day_number(last) - &day_number(first)) + &Rational::ONE;
    let last_part = match date.kind {
        Kind::DateRange if first.day() == 1 && last == last.last_of_month() => {
            let in_years = first.month() == 1 && last.month() == 12;
            if in_years { i64::from(last.days_in_year()) } else { i64::from(last.day()) }
        }
        Kind::DateRange => 1,
        _ => 0,
    };
    duration("day", &all - &Rational::from(last_part), all)
}

/// The level that one began with which rose or fell by a change in its own unit.
fn before_change(level: &Amount, change: &Amount, rises: bool) -> Amount {
    // "Up 40 cents to 18.82 dollars a barrel": the rate of the change is that of the level.
    let ratio = if change.unit.per == level.unit.per {
        &change.unit.factor / &level.unit.factor
    } else {
        let worth = |unit: &Unit| unit.minor.clone().unwrap_or(Rational::ONE);
        &worth(&change.unit) / &worth(&level.unit)
    };
    let sign = if rises { -ratio } else { ratio };
    let moved = |number: &Rational, by: &Rational| number + &(by * &sign);
    let within = |level: &Interval, by: &Interval| level.plus(&by.scaled(&sign));
    Amount {
        from: moved(&level.from, &change.from),
        to: moved(&level.to, &change.to),
        allowed: Allowed {
            strict: within(&level.allowed.strict, &change.allowed.strict),
            loose: within(&level.allowed.loose, &change.allowed.loose),
        },
        ..level.clone()
    }
}

/// A bare number with the word "points" behind it, between percentages.
fn in_points(amount: &Amount) -> Amount {
    Amount { unit: Unit::percentage_point(), kind: Kind::Percent, ..amount.clone() }
}
