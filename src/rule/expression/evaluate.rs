//! Expressions over intervals: every value they may take, and whether a condition may hold.

use std::borrow::Cow;

use jiff::civil::Weekday;

use crate::rule::expression::check::uses;
use crate::rule::expression::{
    Comparison, Condition, Edge, Elapsed, Expression, Fold, Node, Operator,
};
use crate::value::{
    Base, Days, Dimension, End, Interval, Rational, Value, elapsed_months, months_after, weekday_of,
};

/// Days, in seconds.
const DAY: i64 = 86_400;

/// What one role stands for: an interval in base units, or several.
#[derive(Clone, Debug)]
pub enum Setting {
    /// One value.
    One(Interval),
    /// A list of values.
    List(Vec<Interval>),
}

/// What the names of an expression stand for.
#[derive(Clone, Debug)]
pub struct Scope {
    /// By role index.
    pub roles: Vec<Setting>,
    /// The day of publication, if known.
    pub published: Option<Interval>,
    /// Whether calendar time is counted as clock time, because the relation mixes the two.
    pub merge_time: bool,
    /// Whether the loose intervals are asked for.
    pub is_loose: bool,
    /// For each role of one amount that counts whole units, one of them in base units.
    pub unit_sizes: Vec<Option<Interval>>,
    /// Whether there are durations, all by the clock.
    pub counts_by_clock: bool,
    /// Roles that count time by the calendar.
    pub uses_calendar: Vec<bool>,
    /// Roles that were written in percentage points.
    pub in_points: Vec<bool>,
    /// Roles that are dates with more than one reading.
    pub many_readings: Vec<bool>,
    /// Roles that are dates on the weekdays beside them, where that is known.
    pub on_weekdays: Vec<Option<bool>>,
    /// Roles that are dates of no calendar.
    pub impossible: Vec<bool>,
    /// For each role of one date that is so long before publication, that time in base units.
    pub lengths: Vec<Option<Interval>>,
    /// Roles that are ranges of which one end has no scale word of its own.
    pub shares_scale: Vec<bool>,
    /// For each role of one amount, how many digits it was written with.
    pub digits: Vec<Option<i32>>,
}

/// Whether a condition mixes calendar and clock time, given the dimensions of its roles.
pub fn mixes_time<'e>(
    expressions: impl IntoIterator<Item = &'e Expression>,
    dimensions: impl IntoIterator<Item = Dimension>,
) -> bool {
    let (mut calendar, mut clock) = (false, false);
    for dimension in dimensions {
        calendar |= dimension.exponent(Base::Calendar) != 0;
        clock |= dimension.exponent(Base::Clock) != 0;
    }
    for expression in expressions {
        calendar |= uses(expression, Base::Calendar);
        clock |= uses(expression, Base::Clock);
    }
    calendar && clock
}

/// An interval in the base of its dimension, with months turned into seconds.
///
/// A month is no exact number of days: a whole number of years is 365 to 366 days each, any other
/// number of months may differ from that by three days, and a rate per month is an average.
pub fn merge_time(interval: &Interval, dimension: Dimension) -> Interval {
    let month =
        Interval::closed(Rational::fraction(365 * DAY, 12), Rational::fraction(366 * DAY, 12));
    let exponent = dimension.exponent(Base::Calendar);
    let mut merged = interval.clone();
    for _ in 0..exponent.unsigned_abs().min(4) {
        merged = if 0 < exponent {
            merged.times(&month)
        } else {
            merged.divided_by(&month).unwrap_or(Interval::ALL)
        };
    }
    let year = Rational::from(12);
    let whole = |x: &Rational| (x / &year).is_whole();
    let is_years =
        interval.low().number().is_none_or(whole) && interval.high().number().is_none_or(whole);
    if exponent == 1 && !is_years {
        let slack = Rational::from(3 * DAY);
        merged = merged.plus(&Interval::closed(-slack.clone(), slack));
    }
    merged
}

/// Every value an expression may take; `None` where nothing can be said.
pub fn evaluate(expression: &Expression, scope: &Scope) -> Option<Interval> {
    match &expression.node {
        Node::Role(index) => match scope.roles.get(*index)? {
            Setting::One(interval) => Some(interval.clone()),
            Setting::List(_) => None,
        },
        Node::Published => scope.published.clone(),
        Node::Literal(value) => literal(value, scope.merge_time),
        Node::Negated(inner) => Some(evaluate(inner, scope)?.negated()),
        Node::AsShare(inner) => evaluate(inner, scope),
        Node::Edge(edge, range) => {
            let range = evaluate(range, scope)?;
            Days::from_interval(&range).and_then(|days| edge_of(days, *edge)).map(Days::interval)
        }
        Node::Moved(operator, date, by) => {
            let (date, mut time) = (evaluate(date, scope)?, evaluate(by, scope)?);
            if *operator == Operator::Subtract {
                time = time.negated();
            }
            Some(later(&date, &time, counts_by_calendar(by, scope)))
        }
        Node::Points(a, b) => Some(evaluate(b, scope)?.minus(&evaluate(a, scope)?)),
        Node::Elapsed(elapsed, a, b) => {
            let (from, to) = (evaluate(a, scope)?, evaluate(b, scope)?);
            // Where durations are counted by the clock only, so is this: in days, not in years.
            let by_clock = scope.counts_by_clock && !scope.merge_time;
            let elapsed = if by_clock { Elapsed::Days } else { *elapsed };
            Some(time_between(elapsed, &from, &to, scope.merge_time))
        }
        Node::Fold(fold, all) => evaluate_fold(*fold, all, scope),
        Node::Binary(operator, a, b) => {
            let (left, right) = (evaluate(a, scope)?, evaluate(b, scope)?);
            match operator {
                Operator::Add => Some(left.plus(&right)),
                Operator::Subtract => Some(left.minus(&right)),
                Operator::Multiply => Some(left.times(&right)),
                Operator::Divide => left.divided_by(&right),
            }
        }
    }
}

/// The days that lie some time after a date, in months or in seconds.
pub(super) fn later(date: &Interval, time: &Interval, by_calendar: bool) -> Interval {
    if by_calendar {
        months_after(date, time)
    } else {
        date.plus(&time.scaled(&Rational::fraction(1, 86_400)))
    }
}

/// Whether a length of time is counted in months.
pub fn counts_by_calendar(expression: &Expression, scope: &Scope) -> bool {
    let mut found = false;
    expression.walk(&mut |part| {
        found |= match &part.node {
            Node::Role(index) => scope.uses_calendar.get(*index) == Some(&true),
            Node::Elapsed(Elapsed::Years, ..) => !scope.counts_by_clock,
            Node::Literal(value) => match &**value {
                Value::Amount(amount) => amount.unit.dimension.exponent(Base::Calendar) != 0,
                _ => false,
            },
            _ => false,
        };
    });
    found && !scope.merge_time
}

/// A literal means exactly the number it states; a date, every day it may mean.
pub fn literal(value: &Value, merge: bool) -> Option<Interval> {
    match value {
        Value::Amount(amount) => {
            let exact = amount.stated_in_base();
            Some(if merge { merge_time(&exact, amount.unit.dimension) } else { exact })
        }
        Value::Date(date) => Some(date.hull()),
        Value::Unstated => None,
    }
}

/// The first or the last part of some days, which is a year where they are whole years, a month where
/// they are whole months, and else a day.
fn edge_of(days: Days, edge: Edge) -> Option<Days> {
    let (first, last) = (days.first(), days.last());
    let by_month = first.day() == 1 && last == last.last_of_month();
    let by_year = by_month && first.month() == 1 && last.month() == 12;
    let day = match edge {
        Edge::Start => first,
        Edge::End => last,
    };
    match () {
        () if by_year => Days::year(day.year()),
        () if by_month => Days::months(day.year(), day.month(), day.month()),
        () => Some(Days::day(day)),
    }
}

fn time_between(elapsed: Elapsed, from: &Interval, to: &Interval, merge: bool) -> Interval {
    match elapsed {
        Elapsed::Days => to.minus(from).scaled(&Rational::from(DAY)),
        Elapsed::Years => {
            let months = elapsed_months(from, to);
            if merge { merge_time(&months, Dimension::of(Base::Calendar)) } else { months }
        }
    }
}

/// The members of a function's arguments: a list role stands for each of its values.
pub(super) fn members<'s>(all: &[Expression], scope: &'s Scope) -> Option<Cow<'s, [Interval]>> {
    if let [Expression { node: Node::Role(index), .. }] = all
        && let Setting::List(list) = scope.roles.get(*index)?
    {
        return Some(Cow::Borrowed(list));
    }
    let mut members = Vec::new();
    for part in all {
        match &part.node {
            Node::Role(index) => match scope.roles.get(*index)? {
                Setting::One(interval) => members.push(interval.clone()),
                Setting::List(list) => members.extend_from_slice(list),
            },
            _ => members.push(evaluate(part, scope)?),
        }
    }
    Some(Cow::Owned(members))
}

fn evaluate_fold(fold: Fold, all: &[Expression], scope: &Scope) -> Option<Interval> {
    let members = members(all, scope)?;
    let (first, rest) = members.split_first()?;
    let combine = |with: fn(&Interval, &Interval) -> Interval| {
        Some(rest.iter().fold(first.clone(), |so_far, next| with(&so_far, next)))
    };
    match fold {
        Fold::Sum => combine(Interval::plus),
        Fold::Min => combine(Interval::min),
        Fold::Max => combine(Interval::max),
        Fold::Count => Some(Interval::point(Rational::from(i64::try_from(members.len()).ok()?))),
    }
}

/// Whether some choice of values satisfies a condition; `None` where nothing can be said.
///
/// Never `Some(false)` for what can be satisfied. Where a name stands more than once, intervals
/// may make it `Some(true)` for what cannot.
pub fn satisfiable(condition: &Condition, scope: &Scope) -> Option<bool> {
    match condition {
        Condition::And(a, b) => match (satisfiable(a, scope), satisfiable(b, scope)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Condition::Or(a, b) => match (satisfiable(a, scope), satisfiable(b, scope)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Condition::Agree(list) => {
            let members = members(std::slice::from_ref(list), scope)?;
            let (first, rest) = members.split_first()?;
            let mut common = Some(first.clone());
            for next in rest {
                common = common.and_then(|common| common.intersect(next));
            }
            Some(common.is_some())
        }
        Condition::Weekday(date, day, wanted) => {
            Some(may_fall_on(&evaluate(date, scope)?, *day, *wanted))
        }
        Condition::Lasts(from, to, span) => {
            let length = length_of_date(span, scope).cloned();
            let length = length.or_else(|| evaluate(span, scope))?;
            Some(counted_time(from, to, span, scope)?.meets(&length))
        }
        Condition::InPoints(change) => flag(change, &scope.in_points),
        Condition::OwnScale(range) => flag(range, &scope.shares_scale).map(|shares| !shares),
        Condition::CountOf(share, whole) => {
            Some(may_be_count(&evaluate(share, scope)?, &evaluate(whole, scope)?))
        }
        Condition::NoFiner(a, b) => {
            let digits = |side: &Expression| match side.node {
                Node::Role(index) => scope.digits.get(index).copied().flatten(),
                _ => None,
            };
            Some(digits(a)? <= digits(b)?.max(2) + 1)
        }
        Condition::OneReading(date) => flag(date, &scope.many_readings).map(|many| !many),
        Condition::OnItsWeekday(date) => flag(date, &scope.on_weekdays)?,
        Condition::InCalendar(date) => flag(date, &scope.impossible).map(|impossible| !impossible),
        Condition::Compare(comparison, a, b) => {
            let (left, right) = (evaluate(a, scope)?, evaluate(b, scope)?);
            Some(match comparison {
                Comparison::Equal | Comparison::Within => left.meets(&right),
                Comparison::NotEqual => left.as_point().is_none() || left != right,
                Comparison::Less => left.may_be_below(&right),
                Comparison::AtMost => left.may_be_at_most(&right),
                Comparison::More => right.may_be_below(&left),
                Comparison::AtLeast => right.may_be_at_most(&left),
            })
        }
    }
}

/// What people may call the time from one date to another, in the unit of `span`.
///
/// Strictly, the whole units that have passed, or the nearest number of them: 28.2 years are 28,
/// 5.9 years are 5 or 6. Loosely, anything less than a unit away: the year that has begun counts
/// too. A duration that is not counted ("nearly six years", "2.5 years") allows what it allows.
pub(super) fn counted_time(
    from: &Expression,
    to: &Expression,
    span: &Expression,
    scope: &Scope,
) -> Option<Interval> {
    let Node::Role(index) = span.node else { return None };
    let (from, to) = (evaluate(from, scope)?, evaluate(to, scope)?);
    let days = to.minus(&from).scaled(&Rational::from(DAY));
    let months = elapsed_months(&from, &to);
    let by_calendar = scope.uses_calendar.get(index).copied().unwrap_or(false);
    let time = match (by_calendar, scope.merge_time) {
        (true, false) => months,
        _ => days,
    };
    Some(time.plus(&counting_error(span, scope)?))
}

/// How far a counted time may be from the time itself: not at all where it is not counted.
pub fn counting_error(span: &Expression, scope: &Scope) -> Option<Interval> {
    let Node::Role(index) = span.node else { return None };
    let unit = scope.unit_sizes.get(index)?.as_ref();
    let Some(size) = unit.and_then(|unit| unit.high().number()).cloned() else {
        return Some(Interval::point(Rational::ZERO));
    };
    let half = &size * &Rational::fraction(1, 2);
    let (below, above) = if scope.is_loose { (size.clone(), size) } else { (size, half) };
    // From the 5th to the 25th is 20 days, or 21 with both ends counted.
    let by_calendar = scope.uses_calendar.get(index).copied().unwrap_or(false);
    let is_closed = !scope.is_loose || !by_calendar;
    let above = if is_closed { End::Closed(above) } else { End::Open(above) };
    Interval::new(End::Open(-below), above)
}

/// Whether some whole number out of so many is a share of them that an interval allows.
fn may_be_count(share: &Interval, whole: &Interval) -> bool {
    let Some(whole) = whole.as_point().filter(|whole| whole.is_whole()) else { return true };
    let counts = share.scaled(whole);
    match (counts.low().number(), counts.high().number()) {
        (Some(low), Some(high)) => {
            let first =
                if counts.low().is_closed() { low.ceil() } else { low.floor() + Rational::ONE };
            &first < high || (&first == high && counts.high().is_closed())
        }
        _ => true,
    }
}

fn flag<T: Copy>(expression: &Expression, flags: &[T]) -> Option<T> {
    match expression.node {
        Node::Role(index) => flags.get(index).copied(),
        _ => None,
    }
}

/// The length of time that a role states as a date: "three years ago".
pub(super) fn length_of_date<'s>(
    expression: &Expression,
    scope: &'s Scope,
) -> Option<&'s Interval> {
    match expression.node {
        Node::Role(index) => scope.lengths.get(index)?.as_ref(),
        _ => None,
    }
}

/// Whether some day of an interval falls on a weekday (or on another one).
fn may_fall_on(days: &Interval, weekday: Weekday, wanted: bool) -> bool {
    let ends = days.low().number().zip(days.high().number());
    let Some((first, last)) = ends.map(|(first, last)| (first.floor(), last.floor())) else {
        return true;
    };
    (0..7)
        .map(|later| &first + &Rational::from(later))
        .take_while(|day| day <= &last)
        .filter_map(|day| weekday_of(&day))
        .any(|found| (found == weekday) == wanted)
}
