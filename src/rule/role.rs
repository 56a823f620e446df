//! The parts that claims play in a relation, and what they may be.

use crate::checks::Check;
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::rule::expression::{Condition, Type};
use crate::rule::kind::RoleKind;
use crate::shape::{Text, closest};
use crate::value::{Base, Dimension, Kind, Rational, Value};

/// Kinds of role that are no dimension of the lexicon.
pub(crate) const KINDS: [&str; 9] =
    ["any", "date", "duration", "multiple", "number", "percent", "points", "quantity", "rank"];

impl RoleKind {
    /// Reads "quantity per duration", "list of money", "date".
    pub(super) fn read(
        text: &Text<'_>,
        lexicon: &Lexicon,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        match Self::parse(text.text, &|name| lexicon.dimension(name)) {
            Ok(kind) => Some(kind),
            Err(unknown) => {
                let names = KINDS.into_iter().chain(lexicon.dimension_names());
                let hint = match closest(&unknown, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("a dimension, or one of {}", KINDS.join(", ")),
                };
                findings.push(
                    Finding::broken(
                        Check::InvalidRole,
                        format!("`{unknown}` is no kind of role"),
                        text.span,
                    )
                    .labelled("not known")
                    .helped(hint),
                );
                None
            }
        }
    }

    /// Whether a value is of the sort that the role takes, its dimension aside: 5 people are no
    /// share of anything, though both are plain numbers.
    pub fn takes(self, value: &Value) -> bool {
        match value {
            Value::Amount(amount) if self.is_share => match amount.kind {
                Kind::Percent => true,
                Kind::Number => amount.to.abs() <= Rational::ONE,
                _ => false,
            },
            _ => true,
        }
    }
}

/// What `quantity` stands for in one relation: nothing yet, a dimension, or temperatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// No role has settled it.
    Open,
    /// No role has settled it, and something is computed from it, so that it is no temperature.
    OpenForArithmetic,
    /// A dimension.
    Is(Dimension),
    /// Temperatures on a scale.
    Temperature,
}

impl Quantity {
    /// Not settled yet, for a rule with this condition: 30 °C less 20 °C is no temperature, and 30
    /// °C is not twice 15 °C, so a rule that computes takes no temperatures on a scale.
    pub fn open(condition: &Condition) -> Self {
        let only_compares = condition.expressions().iter().all(|side| side.is_atom());
        if only_compares { Self::Open } else { Self::OpenForArithmetic }
    }

    /// Settles, or checks, what `quantity` is by a value in a role. `false` if it does not fit.
    pub fn admit(&mut self, role: Type, value: &Value) -> bool {
        let found = Type::of(value);
        match (role, found) {
            (_, Type::Unstated) | (Type::Anything, _) => true,
            (Type::Date, Type::Date) | (Type::Temperature, Type::Temperature) => true,
            // "Three years ago" is a date that states a length of time.
            (Type::Amount { variable: 0, fixed }, Type::Date) => {
                fixed == Dimension::of(Base::Clock) && value.length().is_some()
            }
            (Type::Amount { variable: 0, fixed }, Type::Amount { fixed: found, .. }) => {
                fixed == found
            }
            (Type::Amount { variable: 1, fixed }, Type::Temperature) if fixed.is_number() => {
                self.settle(Self::Temperature)
            }
            (Type::Amount { variable, fixed }, Type::Amount { fixed: found, .. }) => {
                let rest = found.over(fixed);
                match variable {
                    1 => self.settle(Self::Is(rest)),
                    -1 => self.settle(Self::Is(rest.inverse())),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn settle(&mut self, found: Self) -> bool {
        match (*self, found) {
            (Self::Open, _) => *self = found,
            (Self::OpenForArithmetic, Self::Is(_)) => *self = found,
            _ => {}
        }
        *self == found
    }
}
