//! What the roles of rules take, and what expressions over them measure.
//!
//! The build script compiles the links of the built-in rules with this file too.

use crate::value::{Base, Dimension};

/// What an expression stands for.
///
/// `variable` is the exponent of the dimension that a rule's `quantity` stands for: a rule that
/// says `quantity` works for dollars as for kilometers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A number of some dimension; calendar time counts as clock time here.
    Amount {
        /// Dimension apart from the variable.
        fixed: Dimension,
        /// Exponent of the variable.
        variable: i8,
    },
    /// A temperature on a scale.
    Temperature,
    /// A date.
    Date,
    /// Several amounts of one dimension.
    List {
        /// Dimension apart from the variable.
        fixed: Dimension,
        /// Exponent of the variable.
        variable: i8,
    },
    /// Several values of any one sort, only to be compared with one another.
    Anything,
    /// A figure that is not stated; it fits everywhere.
    Unstated,
}

impl Type {
    /// An amount of a known dimension.
    pub fn amount(dimension: Dimension) -> Self {
        Self::Amount { fixed: dimension.merged(), variable: 0 }
    }
}

/// A part in a relation.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// What may fill it.
    pub kind: RoleKind,
    /// The kind as the rule file writes it.
    pub written: String,
}

/// What may fill a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleKind {
    /// What it measures, with `quantity` standing for any dimension that all roles share.
    pub measures: Type,
    /// Whether it takes several claims.
    pub is_list: bool,
    /// Whether it takes shares only, and no other plain numbers.
    pub is_share: bool,
}

impl RoleKind {
    /// Reads "quantity per duration", "list of money", "date", with the dimensions of a lexicon.
    ///
    /// # Errors
    /// What is none.
    pub(crate) fn parse(
        text: &str,
        dimension: &dyn Fn(&str) -> Option<Dimension>,
    ) -> Result<Self, String> {
        let (is_list, rest) = match text.strip_prefix("list of ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (above, below) = match rest.split_once(" per ") {
            Some((above, below)) => (above, Some(below)),
            None => (rest, None),
        };
        let above = word(above.trim(), dimension)?;
        let measures = match below {
            None => above,
            Some(below) => ratio(above, word(below.trim(), dimension)?).ok_or(rest.to_owned())?,
        };
        Ok(Self { measures: as_list(measures, is_list), is_list, is_share: rest == "percent" })
    }

    /// What one of its members measures.
    pub fn member(self) -> Type {
        match self.measures {
            Type::List { fixed, variable } => Type::Amount { fixed, variable },
            other => other,
        }
    }
}

fn as_list(measures: Type, is_list: bool) -> Type {
    match measures {
        Type::Amount { fixed, variable } if is_list => Type::List { fixed, variable },
        other if is_list => {
            debug_assert!(!matches!(other, Type::List { .. }));
            Type::Anything
        }
        other => other,
    }
}

fn word(word: &str, dimension: &dyn Fn(&str) -> Option<Dimension>) -> Result<Type, String> {
    let number = Dimension::NUMBER;
    match word {
        "any" => Ok(Type::Anything),
        "date" => Ok(Type::Date),
        "temperature" => Ok(Type::Temperature),
        "quantity" => Ok(Type::Amount { fixed: number, variable: 1 }),
        "multiple" | "number" | "percent" | "rank" => Ok(Type::amount(number)),
        "points" => Ok(Type::amount(Dimension::of(Base::Points))),
        "duration" => Ok(Type::amount(Dimension::of(Base::Clock))),
        other => dimension(other).map(Type::amount).ok_or_else(|| other.to_owned()),
    }
}

fn ratio(above: Type, below: Type) -> Option<Type> {
    match (above, below) {
        (Type::Amount { fixed: f1, variable: v1 }, Type::Amount { fixed: f2, variable: v2 }) => {
            Some(Type::Amount { fixed: f1.over(f2), variable: v1 - v2 })
        }
        _ => None,
    }
}
