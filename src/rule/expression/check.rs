//! Dimensions of expressions, checked when a file is loaded and not when it runs.

use std::fmt;

use crate::rule::expression::{
    Comparison, Condition, Elapsed, Expression, ExpressionError, Fold, Node, Operator,
};
use crate::rule::kind::Type;
use crate::value::{Base, Dimension, Value};

impl Type {
    /// What a value stands for.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Amount(amount) if amount.unit.is_temperature() => Self::Temperature,
            Value::Amount(amount) => Self::amount(amount.unit.dimension),
            Value::Date(_) => Self::Date,
            Value::Unstated => Self::Unstated,
        }
    }

    fn element(self) -> Self {
        match self {
            Self::List { fixed, variable } => Self::Amount { fixed, variable },
            other => other,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = |f: &mut fmt::Formatter<'_>, fixed: &Dimension, variable: i8| match variable {
            0 => write!(f, "{fixed}"),
            1 if fixed.is_number() => f.write_str("quantity"),
            1 => match fixed.to_string().strip_prefix("number per ") {
                Some(below) => write!(f, "quantity per {below}"),
                None => write!(f, "quantity × {fixed}"),
            },
            n => write!(f, "quantity^{n} × {fixed}"),
        };
        match self {
            Self::Amount { fixed, variable } => amount(f, fixed, *variable),
            Self::List { fixed, variable } => {
                f.write_str("list of ")?;
                amount(f, fixed, *variable)
            }
            Self::Temperature => f.write_str("temperature"),
            Self::Date => f.write_str("date"),
            Self::Anything => f.write_str("any"),
            Self::Unstated => f.write_str("unknown"),
        }
    }
}

/// Checks that what a condition compares can be compared.
///
/// # Errors
/// The first mismatch, with its place in the text.
pub(crate) fn check_condition(
    condition: &Condition,
    roles: &[Type],
) -> Result<(), ExpressionError> {
    match condition {
        Condition::And(a, b) | Condition::Or(a, b) => {
            check_condition(a, roles)?;
            check_condition(b, roles)
        }
        Condition::Agree(list) => match &list.node {
            Node::Role(_) => Ok(()),
            _ => error("`agree` takes the name of a list", list),
        },
        Condition::Weekday(date, _, _) => expect_date(date, roles),
        Condition::OneReading(date)
        | Condition::OnItsWeekday(date)
        | Condition::InCalendar(date) => match date.node {
            Node::Role(_) => expect_date(date, roles),
            _ => error("the name of a date is needed here", date),
        },
        Condition::Lasts(from, to, span) => {
            expect_date(from, roles)?;
            expect_date(to, roles)?;
            let duration = Type::amount(Dimension::of(Base::Clock));
            let found = check_expression(span, roles)?;
            if !matches!(span.node, Node::Role(_)) || unify(found, duration).is_none() {
                return error("`lasts` takes two dates and the name of a duration", span);
            }
            Ok(())
        }
        Condition::CountOf(share, whole) => {
            let number = Type::amount(Dimension::NUMBER);
            for side in [share, whole] {
                if unify(check_expression(side, roles)?, number).is_none() {
                    return error("`count_of` takes a share and a number", side);
                }
            }
            Ok(())
        }
        Condition::NoFiner(a, b) => match (&a.node, &b.node) {
            (Node::Role(_), Node::Role(_)) => Ok(()),
            _ => error("`no_finer` takes the names of two figures", a),
        },
        Condition::InPoints(change) | Condition::OwnScale(change) => match &change.node {
            Node::Role(_) => Ok(()),
            _ => error("this takes the name of a figure", change),
        },
        Condition::Compare(comparison, a, b) => {
            let (left, right) = (check_expression(a, roles)?, check_expression(b, roles)?);
            if *comparison == Comparison::Within {
                expect_date(a, roles)?;
                return expect_date(b, roles);
            }
            if matches!(left, Type::List { .. } | Type::Anything) {
                return error("a list is not compared; say `sum`, `min`, `max` or `agree`", a);
            }
            if matches!(right, Type::List { .. } | Type::Anything) {
                return error("a list is not compared; say `sum`, `min`, `max` or `agree`", b);
            }
            if unify(left, right).is_none() {
                return Err(ExpressionError {
                    message: format!("these cannot be compared: {left} and {right}"),
                    range: a.range.start.min(b.range.start)..a.range.end.max(b.range.end),
                    hint: points_hint(left, right),
                    is_mismatch: true,
                });
            }
            Ok(())
        }
    }
}

fn points_hint(left: Type, right: Type) -> Option<String> {
    let points = Type::amount(Dimension::of(Base::Points));
    let share = Type::amount(Dimension::NUMBER);
    ([left, right] == [points, share] || [left, right] == [share, points])
        .then(|| "a difference of two percentages is in percentage points, not percent".to_owned())
}

fn expect_date(expression: &Expression, roles: &[Type]) -> Result<(), ExpressionError> {
    match check_expression(expression, roles)? {
        Type::Date | Type::Unstated => Ok(()),
        other => error(format!("a date is needed here, this is {other}"), expression),
    }
}

fn error<T>(message: impl Into<String>, at: &Expression) -> Result<T, ExpressionError> {
    Err(ExpressionError::new(message, at.range.clone()))
}

/// The common type of two that are added or compared; `None` if there is none.
fn unify(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        (Type::Unstated, other) | (other, Type::Unstated) => Some(other),
        _ => (a == b).then_some(a),
    }
}

/// The type of an expression.
///
/// # Errors
/// The first mismatch, with its place in the text.
pub fn check_expression(expression: &Expression, roles: &[Type]) -> Result<Type, ExpressionError> {
    let duration = Type::amount(Dimension::of(Base::Clock));
    match &expression.node {
        Node::Role(index) => Ok(roles.get(*index).copied().unwrap_or(Type::Unstated)),
        Node::Published => Ok(Type::Date),
        Node::Literal(value) => Ok(Type::of(value)),
        Node::Negated(inner) => match check_expression(inner, roles)? {
            Type::Date | Type::Temperature => error("this has no negative", inner),
            other => Ok(other),
        },
        Node::Elapsed(_, a, b) => {
            expect_date(a, roles)?;
            expect_date(b, roles)?;
            Ok(duration)
        }
        Node::Edge(_, range) => expect_date(range, roles).map(|()| Type::Date),
        Node::Moved(_, date, by) => {
            expect_date(date, roles)?;
            check_expression(by, roles).map(|_| Type::Date)
        }
        Node::Points(a, b) => {
            for part in [a, b] {
                match check_expression(part, roles)? {
                    Type::Unstated => {}
                    found if found == Type::amount(Dimension::NUMBER) => {}
                    found => {
                        return error(
                            format!("a percentage is needed here, this is {found}"),
                            part,
                        );
                    }
                }
            }
            Ok(Type::amount(Dimension::of(Base::Points)))
        }
        Node::AsShare(inner) => {
            let number = Type::amount(Dimension::NUMBER);
            let points = Type::amount(Dimension::of(Base::Points));
            match check_expression(inner, roles)? {
                found if found == number || found == points => Ok(number),
                Type::Unstated => Ok(number),
                found => {
                    error(format!("percent or points are needed here, this is {found}"), inner)
                }
            }
        }
        Node::Fold(fold, all) => check_fold(*fold, all, roles),
        Node::Binary(operator, a, b) => check_binary(*operator, a, b, roles),
    }
}

fn check_fold(fold: Fold, all: &[Expression], roles: &[Type]) -> Result<Type, ExpressionError> {
    let mut common = Type::Unstated;
    for part in all {
        let found = check_expression(part, roles)?.element();
        if fold == Fold::Sum && matches!(found, Type::Date | Type::Temperature | Type::Anything) {
            let message = format!("a {found} cannot be added up");
            let error = ExpressionError::new(message, part.range.clone());
            return Err(ExpressionError { is_mismatch: true, ..error });
        }
        match unify(common, found) {
            Some(unified) => common = unified,
            None => return error(format!("this is {found}, the others are {common}"), part),
        }
    }
    Ok(if fold == Fold::Count { Type::amount(Dimension::NUMBER) } else { common })
}

fn check_binary(
    operator: Operator,
    a: &Expression,
    b: &Expression,
    roles: &[Type],
) -> Result<Type, ExpressionError> {
    let (left, right) = (check_expression(a, roles)?, check_expression(b, roles)?);
    let duration = Type::amount(Dimension::of(Base::Clock));
    let range = a.range.start..b.range.end;
    let mismatch = |verb: &str| {
        Err(ExpressionError {
            message: format!("these cannot be {verb}: {left} and {right}"),
            range: range.clone(),
            hint: points_hint(left, right),
            // What is no factor at all is a mistake of the expression.
            is_mismatch: matches!(operator, Operator::Add | Operator::Subtract),
        })
    };
    match operator {
        Operator::Add | Operator::Subtract => match (left, right) {
            (Type::Unstated, _) | (_, Type::Unstated) => Ok(Type::Unstated),
            (Type::Date, other) if other == duration => Ok(Type::Date),
            (Type::Date, Type::Date) if operator == Operator::Subtract => Ok(duration),
            (Type::Temperature, Type::Temperature) if operator == Operator::Subtract => {
                Ok(Type::amount(Dimension::of(Base::Temperature)))
            }
            (Type::Amount { .. }, Type::Amount { .. }) if left == right => Ok(left),
            _ => mismatch(if operator == Operator::Add { "added" } else { "subtracted" }),
        },
        Operator::Multiply | Operator::Divide => match (left, right) {
            (Type::Unstated, _) | (_, Type::Unstated) => Ok(Type::Unstated),
            (
                Type::Amount { fixed: f1, variable: v1 },
                Type::Amount { fixed: f2, variable: v2 },
            ) => Ok(if operator == Operator::Multiply {
                Type::Amount { fixed: f1.times(f2), variable: v1.saturating_add(v2) }
            } else {
                Type::Amount { fixed: f1.over(f2), variable: v1.saturating_sub(v2) }
            }),
            _ => mismatch(if operator == Operator::Multiply { "multiplied" } else { "divided" }),
        },
    }
}

/// Whether time by the calendar is part of it: `years(…)`, or a literal in months or years.
pub(super) fn uses(expression: &Expression, base: Base) -> bool {
    let mut found = false;
    expression.walk(&mut |part| {
        found |= match &part.node {
            Node::Elapsed(Elapsed::Days, ..) => base == Base::Clock,
            Node::Elapsed(Elapsed::Years, ..) => base == Base::Calendar,
            Node::Literal(value) => match &**value {
                Value::Amount(amount) => amount.unit.dimension.exponent(base) != 0,
                _ => false,
            },
            _ => false,
        };
    });
    found
}
