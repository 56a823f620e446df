//! Date arithmetic, made of sums and differences where names turn out to be dates.

use crate::rule::expression::check::{check_condition, check_expression};
use crate::rule::expression::{Condition, Elapsed, Expression, ExpressionError, Node, Operator};
use crate::rule::kind::Type;
use crate::value::{Base, Dimension, Value};

/// Checks a condition, and makes date arithmetic of what is it by its names.
///
/// # Errors
/// The first mismatch, with its place in the text.
pub fn settled(mut condition: Condition, roles: &[Type]) -> Result<Condition, ExpressionError> {
    check_condition(&condition, roles)?;
    if condition.expressions().into_iter().any(|side| side.has_date(roles)) {
        condition.with_dates(roles);
    }
    Ok(condition)
}

/// The same for an expression.
///
/// # Errors
/// The first mismatch, with its place in the text.
pub fn settled_expression(
    mut expression: Expression,
    roles: &[Type],
) -> Result<Expression, ExpressionError> {
    check_expression(&expression, roles)?;
    if expression.has_date(roles) {
        expression.with_dates(roles, Type::Unstated);
    }
    Ok(expression)
}

impl Condition {
    fn with_dates(&mut self, roles: &[Type]) {
        let of = |side: &Expression| check_expression(side, roles).unwrap_or(Type::Unstated);
        match self {
            Self::Compare(_, a, b) => {
                let (left, right) = (of(a), of(b));
                a.with_dates(roles, right);
                b.with_dates(roles, left);
            }
            Self::Lasts(a, b, _) => {
                a.with_dates(roles, Type::Date);
                b.with_dates(roles, Type::Date);
            }
            Self::Weekday(a, _, _) => a.with_dates(roles, Type::Date),
            Self::And(a, b) | Self::Or(a, b) => {
                a.with_dates(roles);
                b.with_dates(roles);
            }
            // These take names, or shares.
            Self::CountOf(..)
            | Self::NoFiner(..)
            | Self::Agree(_)
            | Self::InPoints(_)
            | Self::OneReading(_)
            | Self::OnItsWeekday(_)
            | Self::InCalendar(_)
            | Self::OwnScale(_) => {}
        }
    }
}

impl Expression {
    fn has_date(&self, roles: &[Type]) -> bool {
        let mut found = false;
        self.walk(&mut |part| {
            found |= match &part.node {
                Node::Role(index) => roles.get(*index) == Some(&Type::Date),
                Node::Published => true,
                Node::Literal(value) => matches!(**value, Value::Date(_)),
                _ => false,
            };
        });
        found
    }

    /// Makes date arithmetic of sums and differences in which dates take part: the parser does not
    /// know what a name measures. To be called once all of it is checked. What is `beside` it, in a
    /// comparison, tells what a figure that is not stated must be.
    fn with_dates(&mut self, roles: &[Type], beside: Type) {
        match &mut self.node {
            Node::Role(_) | Node::Published | Node::Literal(_) => {}
            Node::Negated(a) | Node::AsShare(a) | Node::Edge(_, a) => a.with_dates(roles, beside),
            Node::Binary(_, a, b)
            | Node::Moved(_, a, b)
            | Node::Elapsed(_, a, b)
            | Node::Points(a, b) => {
                a.with_dates(roles, Type::Unstated);
                b.with_dates(roles, Type::Unstated);
            }
            Node::Fold(_, all) => {
                for part in all {
                    part.with_dates(roles, Type::Unstated);
                }
            }
        }
        let Node::Binary(operator, a, b) = &self.node else { return };
        let of = |part| check_expression(part, roles).unwrap_or(Type::Unstated);
        let duration = Type::amount(Dimension::of(Base::Clock));
        let takes_away = *operator == Operator::Subtract;
        let is_time = match (of(a), of(b)) {
            (Type::Date, Type::Date) => true,
            (Type::Date, Type::Unstated) => takes_away && beside != Type::Date,
            (Type::Unstated, Type::Date) if takes_away => true,
            (Type::Date, _) => false,
            (Type::Unstated, other) if other == duration && beside == Type::Date => false,
            _ => return,
        };
        let (operator, a, b) = (*operator, a.clone(), b.clone());
        self.node =
            if is_time { Node::Elapsed(Elapsed::Days, b, a) } else { Node::Moved(operator, a, b) };
    }
}
