//! Messages with the figures of a relation in them: "{total} over {span} comes to {total / span}".

use crate::lexicon::Lexicon;
use crate::rule::expression::{
    Expression, ExpressionError, Type, parse_expression, settled_expression,
};

/// A piece of a message.
#[derive(Clone, Debug)]
pub enum Part {
    /// Words.
    Text(String),
    /// A role as it was written; a list with commas.
    Role(usize),
    /// Something computed.
    Computed(Expression),
    /// Of a date with a weekday beside it, the first that does not fall on its weekday.
    OffWeekday(usize, OffWeekday),
}

/// What to print of a date that does not fall on the weekday beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffWeekday {
    /// The date: "7 March 2025".
    Date,
    /// The weekday it falls on.
    True,
    /// The weekday beside it.
    Stated,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Template(pub Vec<Part>);

impl Template {
    /// Reads a message over named roles.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place in the text.
    pub(super) fn read(
        text: &str,
        roles: &[(&str, Type)],
        lexicon: &Lexicon,
    ) -> Result<Self, ExpressionError> {
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find('{').map(|i| at + i) {
            if at < open {
                parts.push(Part::Text(text[at..open].to_owned()));
            }
            let Some(length) = text[open..].find('}') else {
                return Err(ExpressionError::new("this brace is not closed", open..text.len()));
            };
            let start = open + 1;
            let shifted = |mut error: ExpressionError| {
                error.range = start + error.range.start..start + error.range.end;
                error
            };
            parts.push(part(&text[start..open + length], roles, lexicon).map_err(shifted)?);
            at = open + length + 1;
        }
        if at < text.len() {
            parts.push(Part::Text(text[at..].to_owned()));
        }
        Ok(Self(parts))
    }
}

fn part(text: &str, roles: &[(&str, Type)], lexicon: &Lexicon) -> Result<Part, ExpressionError> {
    if let Some(index) = roles.iter().position(|(name, _)| *name == text.trim()) {
        return Ok(Part::Role(index));
    }
    if let Some(part) = off_weekday(text, roles) {
        return Ok(part);
    }
    let expression = parse_expression(text, &mut |name| index_of(name, roles), lexicon)?;
    let types: Vec<Type> = roles.iter().map(|&(_, measures)| measures).collect();
    let expression = settled_expression(expression, &types)?;
    Ok(Part::Computed(expression))
}

/// `weekday(date)`, `stated_weekday(date)`, `dated(date)`.
fn off_weekday(text: &str, roles: &[(&str, Type)]) -> Option<Part> {
    let (name, rest) = text.trim().split_once('(')?;
    let what = match name {
        "dated" => OffWeekday::Date,
        "weekday" => OffWeekday::True,
        "stated_weekday" => OffWeekday::Stated,
        _ => return None,
    };
    let role = rest.strip_suffix(')')?.trim();
    let index = roles.iter().position(|&(name, measures)| name == role && measures == Type::Date);
    Some(Part::OffWeekday(index?, what))
}

/// The index of a role's name, or a suggestion.
pub(super) fn index_of(name: &str, roles: &[(&str, Type)]) -> Result<usize, Option<String>> {
    let names = || roles.iter().map(|&(name, _)| name);
    names().position(|known| known == name).ok_or_else(|| {
        Some(match crate::shape::closest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("roles: {}", names().collect::<Vec<_>>().join(", ")),
        })
    })
}
