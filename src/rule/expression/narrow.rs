//! What the others leave each role: a condition's intervals pushed back down to its names.
//!
//! One backward pass of HC4-revise (Benhamou, Goualard, Granvilliers, Puget, "Revising hull and
//! box consistency", ICLP 1999), exact.

use crate::rule::expression::evaluate::{
    counted_time, counting_error, counts_by_calendar, evaluate, later, length_of_date, members,
};
use crate::rule::expression::{
    Comparison, Condition, Elapsed, Expression, Fold, Node, Operator, Scope, Setting,
};
use crate::value::{Interval, Rational, elapsed_months, months_after, months_before};

/// For each role, for each of its values, the interval that satisfies the condition given the
/// others; [`Interval::ALL`] where the condition says nothing. Empty sets are reported as `None`.
pub fn narrow(condition: &Condition, scope: &Scope) -> Vec<Vec<Option<Interval>>> {
    let mut left: Vec<Vec<Option<Interval>>> = scope
        .roles
        .iter()
        .map(|role| match role {
            Setting::One(_) => vec![Some(Interval::ALL)],
            Setting::List(list) => vec![Some(Interval::ALL); list.len()],
        })
        .collect();
    revise(condition, scope, &mut left);
    left
}

fn revise(condition: &Condition, scope: &Scope, left: &mut [Vec<Option<Interval>>]) {
    match condition {
        Condition::And(a, b) => {
            revise(a, scope, left);
            revise(b, scope, left);
        }
        // Either side may be the one that holds, so neither binds.
        Condition::Or(..) => {}
        Condition::Weekday(..)
        | Condition::InPoints(_)
        | Condition::OneReading(_)
        | Condition::OnItsWeekday(_)
        | Condition::InCalendar(_)
        | Condition::CountOf(..)
        | Condition::NoFiner(..)
        | Condition::OwnScale(_) => {}
        Condition::Lasts(from, to, span) => {
            // "Three years ago" is a date, and what is left to it would be no length of time.
            let length = length_of_date(span, scope);
            if length.is_none()
                && let Some(time) = counted_time(from, to, span, scope)
            {
                push(span, &time, scope, left);
            }
            let length = length.cloned().or_else(|| evaluate(span, scope));
            let error = counting_error(span, scope);
            if let (Node::Role(index), Some(length), Some(error)) = (&span.node, length, error) {
                let by_calendar = scope.uses_calendar.get(*index) == Some(&true);
                push_dates((from, to), &length.minus(&error), by_calendar, scope, left);
            }
        }
        Condition::Agree(list) => agree(list, scope, left),
        Condition::Compare(comparison, a, b) => {
            let (Some(low), Some(high)) = (evaluate(a, scope), evaluate(b, scope)) else {
                return;
            };
            match comparison {
                Comparison::Equal | Comparison::Within => {
                    push(a, &high, scope, left);
                    push(b, &low, scope, left);
                }
                Comparison::NotEqual => {}
                Comparison::Less | Comparison::AtMost => {
                    let or_equal = *comparison == Comparison::AtMost;
                    push(a, &high.and_below(or_equal), scope, left);
                    push(b, &low.and_above(or_equal), scope, left);
                }
                Comparison::More | Comparison::AtLeast => {
                    let or_equal = *comparison == Comparison::AtLeast;
                    push(a, &high.and_above(or_equal), scope, left);
                    push(b, &low.and_below(or_equal), scope, left);
                }
            }
        }
    }
}

/// Each value of the list is left what all the others share.
fn agree(list: &Expression, scope: &Scope, left: &mut [Vec<Option<Interval>>]) {
    let Node::Role(index) = list.node else { return };
    let Some(Setting::List(values)) = scope.roles.get(index) else { return };
    let common = |a: &Option<Interval>, b: &Interval| a.as_ref().and_then(|a| a.intersect(b));
    let others = around(values, Some(Interval::ALL), common, |a, b| match (a, b) {
        (Some(a), Some(b)) => a.intersect(&b),
        _ => None,
    });
    for (slot, other) in left[index].iter_mut().zip(others) {
        *slot = slot.take().zip(other).and_then(|(slot, other)| slot.intersect(&other));
    }
}

/// For each element, the fold of all the others, in linear time.
fn around<T: Clone>(
    values: &[Interval],
    start: T,
    add: impl Fn(&T, &Interval) -> T,
    join: impl Fn(T, T) -> T,
) -> Vec<T> {
    let mut after = vec![start.clone()];
    for value in values.iter().rev() {
        let next = add(&after[after.len() - 1], value);
        after.push(next);
    }
    let mut before = start;
    let mut all = Vec::with_capacity(values.len());
    for (i, value) in values.iter().enumerate() {
        all.push(join(before.clone(), after[values.len() - 1 - i].clone()));
        before = add(&before, value);
    }
    all
}

/// Tells an expression what it has to be.
fn push(
    expression: &Expression,
    target: &Interval,
    scope: &Scope,
    left: &mut [Vec<Option<Interval>>],
) {
    match &expression.node {
        Node::Role(index) => {
            if let Some(slot) = left.get_mut(*index).and_then(|slots| slots.first_mut()) {
                *slot = slot.take().and_then(|slot| slot.intersect(target));
            }
        }
        Node::Published | Node::Literal(_) => {}
        Node::Negated(inner) => push(inner, &target.negated(), scope, left),
        Node::AsShare(inner) => push(inner, target, scope, left),
        Node::Points(a, b) => {
            let (Some(from), Some(to)) = (evaluate(a, scope), evaluate(b, scope)) else { return };
            push(a, &to.minus(target), scope, left);
            push(b, &from.plus(target), scope, left);
        }
        Node::Elapsed(elapsed, a, b) => {
            let by_clock = scope.counts_by_clock && !scope.merge_time;
            let by_calendar = *elapsed == Elapsed::Years && !by_clock;
            push_dates((a, b), target, by_calendar, scope, left);
        }
        Node::Moved(operator, date, by) => {
            let (Some(from), Some(mut time)) = (evaluate(date, scope), evaluate(by, scope)) else {
                return;
            };
            let is_back = *operator == Operator::Subtract;
            if is_back {
                time = time.negated();
            }
            let by_calendar = counts_by_calendar(by, scope);
            let back = if by_calendar {
                months_before(target, &time)
            } else {
                later(target, &time.negated(), false)
            };
            push(date, &back, scope, left);
            let between = if by_calendar {
                elapsed_months(&from, target)
            } else {
                target.minus(&from).scaled(&Rational::from(86_400))
            };
            push(by, &if is_back { between.negated() } else { between }, scope, left);
        }
        Node::Edge(..) => {}
        // A square, whose sides are one and the same.
        Node::Binary(Operator::Multiply, a, b) if role(a).is_some() && role(a) == role(b) => {
            let zero = Interval::point(Rational::ZERO);
            let is_negative = evaluate(a, scope).is_none_or(|side| side.may_be_below(&zero));
            if let Some(root) = target.root().filter(|_| !is_negative) {
                push(a, &root, scope, left);
            }
        }
        Node::Fold(fold, all) => push_fold(*fold, all, target, scope, left),
        Node::Binary(operator, a, b) => {
            let (Some(first), Some(second)) = (evaluate(a, scope), evaluate(b, scope)) else {
                return;
            };
            let (for_a, for_b) = match operator {
                Operator::Add => (Some(target.minus(&second)), Some(target.minus(&first))),
                Operator::Subtract => (Some(target.plus(&second)), Some(first.minus(target))),
                Operator::Multiply => (quotient(target, &second), quotient(target, &first)),
                Operator::Divide => (Some(target.times(&second)), quotient(&first, target)),
            };
            if let Some(for_a) = for_a {
                push(a, &for_a, scope, left);
            }
            if let Some(for_b) = for_b {
                push(b, &for_b, scope, left);
            }
        }
    }
}

/// The role that an expression is, as a share or as it stands.
fn role(expression: &Expression) -> Option<usize> {
    match &expression.node {
        Node::Role(index) => Some(*index),
        Node::AsShare(inner) => role(inner),
        _ => None,
    }
}

/// What a number may be of which a multiple is known; anything, where both may be zero.
fn quotient(of: &Interval, by: &Interval) -> Option<Interval> {
    let may_be_zero = |interval: &Interval| interval.contains(&Rational::ZERO);
    if may_be_zero(of) && may_be_zero(by) {
        return Some(Interval::ALL);
    }
    of.divided_by(by).or(Some(Interval::ALL))
}

/// Tells two dates what the time between them has to be, in months or in seconds.
fn push_dates(
    (a, b): (&Expression, &Expression),
    time: &Interval,
    by_calendar: bool,
    scope: &Scope,
    left: &mut [Vec<Option<Interval>>],
) {
    let (Some(from), Some(to)) = (evaluate(a, scope), evaluate(b, scope)) else { return };
    if !by_calendar {
        let days = time.scaled(&Rational::fraction(1, 86_400));
        push(a, &to.minus(&days), scope, left);
        push(b, &from.plus(&days), scope, left);
    } else if !scope.merge_time {
        // Months that were made seconds have no day of their own.
        push(a, &months_before(&to, time), scope, left);
        push(b, &months_after(&from, time), scope, left);
    }
}

fn push_fold(
    fold: Fold,
    all: &[Expression],
    target: &Interval,
    scope: &Scope,
    left: &mut [Vec<Option<Interval>>],
) {
    let Some(values) = members(all, scope) else { return };
    match fold {
        Fold::Sum => {}
        Fold::Min | Fold::Max => return push_extreme(fold, all, target, &values, scope, left),
        Fold::Count => return,
    }
    let zero = Interval::point(Rational::ZERO);
    let others = around(&values, zero, Interval::plus, |a, b| a.plus(&b));
    let mut others = others.into_iter();
    for part in all {
        let count = match &part.node {
            Node::Role(index) => match scope.roles.get(*index) {
                Some(Setting::List(list)) => list.len(),
                _ => 1,
            },
            _ => 1,
        };
        if let (Node::Role(index), true) = (&part.node, count != 1 || is_list(part, scope)) {
            for slot in &mut left[*index] {
                let Some(other) = others.next() else { return };
                let allowed = target.minus(&other);
                *slot = slot.take().and_then(|slot| slot.intersect(&allowed));
            }
        } else {
            let Some(other) = others.next() else { return };
            push(part, &target.minus(&other), scope, left);
        }
    }
}

/// No member is beyond the least or the greatest; and where only one can be it, it is.
fn push_extreme(
    fold: Fold,
    all: &[Expression],
    target: &Interval,
    values: &[Interval],
    scope: &Scope,
    left: &mut [Vec<Option<Interval>>],
) {
    let bound = if fold == Fold::Max { target.and_below(true) } else { target.and_above(true) };
    let reaches: Vec<bool> = values.iter().map(|value| value.meets(target)).collect();
    let only = reaches.iter().filter(|&&reaches| reaches).count() == 1;
    let mut reaches = reaches.into_iter();
    for part in all {
        let mut allowed = || {
            let is_it = only && reaches.next().unwrap_or(false);
            if is_it { target.clone() } else { bound.clone() }
        };
        match part.node {
            Node::Role(index) if is_list(part, scope) => {
                for slot in &mut left[index] {
                    *slot = slot.take().and_then(|slot| slot.intersect(&allowed()));
                }
            }
            _ => push(part, &allowed(), scope, left),
        }
    }
}

fn is_list(part: &Expression, scope: &Scope) -> bool {
    let Node::Role(index) = part.node else { return false };
    matches!(scope.roles.get(index), Some(Setting::List(_)))
}
