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
    /// A role as it was written, from its first digit or capital on: "31 June" of "by 31 June".
    Bare(usize),
    /// The digits of a role: "78" of "78-year-old".
    Number(usize),
    /// What a role would read if the rest stands.
    Fits(usize),
    /// A role as it would be in the unit or currency of another.
    As(usize, usize),
    /// The days that a date may mean.
    Readings(usize),
    /// Something computed as a rise or a fall.
    Moved(Expression),
    /// Something computed, without its sign.
    Size(Expression),
    /// Years that are computed, as ages are counted: those that are complete.
    Completed(Expression),
    /// The words that say which way a figure goes.
    Cue,
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
            let inner = part(&text[start..open + length], roles, lexicon);
            parts.push(inner.map_err(|error| shifted(error, start))?);
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
    if let Some(part) = off_weekday(text, roles).or_else(|| of_role(text, roles)) {
        return Ok(part);
    }
    let computed = |text: &str, offset: usize| {
        let expression = parse_expression(text, &mut |name| index_of(name, roles), lexicon);
        let types: Vec<Type> = roles.iter().map(|&(_, measures)| measures).collect();
        expression
            .and_then(|it| settled_expression(it, &types))
            .map_err(|error| shifted(error, offset))
    };
    for (name, make) in OF_EXPRESSION {
        if let Some(inner) = inside(text, name) {
            let offset = text.find('(').map_or(0, |at| at + 1);
            return computed(inner, offset).map(make);
        }
    }
    computed(text, 0).map(Part::Computed)
}

/// A mistake in a piece of a text that begins at an offset, by its place in the text.
fn shifted(mut error: ExpressionError, offset: usize) -> ExpressionError {
    error.range = offset + error.range.start..offset + error.range.end;
    error
}

/// Makes a part of an expression.
type MakePart = fn(Expression) -> Part;

/// What prints an expression otherwise than as its value.
const OF_EXPRESSION: [(&str, MakePart); 3] =
    [("moved", Part::Moved), ("size", Part::Size), ("completed", Part::Completed)];

/// What stands between the brackets behind a name.
fn inside<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.trim().strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

/// `bare(date)`, `number(age)`, `fits(span)`, `readings(date)`, `as(original, converted)`; `cue`.
fn of_role(text: &str, roles: &[(&str, Type)]) -> Option<Part> {
    if text.trim() == "cue" {
        return Some(Part::Cue);
    }
    let (name, _) = text.trim().split_once('(')?;
    let index = |role: &str| roles.iter().position(|&(known, _)| known == role.trim());
    let role = inside(text, name)?;
    if let ("as", Some((role, like))) = (name, role.split_once(',')) {
        return Some(Part::As(index(role)?, index(like)?));
    }
    let index = index(role)?;
    Some(match name {
        "bare" => Part::Bare(index),
        "number" => Part::Number(index),
        "fits" => Part::Fits(index),
        "readings" => Part::Readings(index),
        _ => return None,
    })
}

/// What a rule says.
#[derive(Clone, Debug)]
pub struct Message {
    /// Of a contradiction.
    pub contradicts: Template,
    /// Of a contradiction where a list has one figure only.
    pub single: Option<Template>,
    /// Of a relation that holds only loosely.
    pub loosely: Option<Template>,
    /// The arithmetic, a line each, where the condition itself does not show it best.
    pub steps: Option<Vec<Template>>,
}

impl Message {
    /// Whether it names the word that says which way a figure goes.
    pub fn has_cue(&self) -> bool {
        self.contradicts.0.iter().any(|part| matches!(part, Part::Cue))
    }
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
