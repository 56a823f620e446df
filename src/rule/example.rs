//! Cases that a rule file carries, which are its documentation and its tests.

use jiff::civil::Date;

use crate::checks::Check;
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::mention::parse_value;
use crate::rule::Role;
use crate::shape::Fields;
use crate::value::{Days, Value};

/// What a rule must say of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing.
    Pass,
    /// A finding.
    Fail,
}

/// A case: values for the roles or a text, and what is expected.
#[derive(Clone, Debug)]
pub struct Example {
    /// What the rule must say.
    pub expected: Expected,
    /// What it is about.
    pub case: Case,
    /// When the figures held.
    pub when: Option<Days>,
    /// The day of publication.
    pub published: Option<Date>,
    /// What the example shows.
    pub note: Option<String>,
}

/// What an example is about.
#[derive(Clone, Debug)]
pub enum Case {
    /// For each role, its values as written.
    Roles(Vec<Vec<(String, Value)>>),
    /// Prose, in Markdown.
    Text {
        /// The prose.
        text: String,
        /// Whether it holds no relation of the rule at all: it only looks like one.
        trap: bool,
    },
}

/// The values of an example as one line: "total: $290 million; span: four years".
pub fn by_role(roles: &[Role], all: &[Vec<(String, Value)>]) -> String {
    let written = roles.iter().zip(all).map(|(role, values)| {
        let values: Vec<&str> = values.iter().map(|(text, _)| &**text).collect();
        format!("{}: {}", role.name.replace('_', " "), values.join(" + "))
    });
    written.collect::<Vec<_>>().join("; ")
}

/// Reads a `[[pass]]` or `[[fail]]` table.
pub(super) fn read(
    fields: &Fields<'_>,
    expected: Expected,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Example> {
    let case = match fields.text("text") {
        Some(text) => {
            Case::Text { text: text.text.to_owned(), trap: fields.flag("trap").unwrap_or(false) }
        }
        None => Case::Roles(read_roles(fields, roles, lexicon, findings)?),
    };
    let date = |key: &str| match parse_value(fields.scalar(key)?.text, lexicon) {
        Ok(Value::Date(date)) => date.readings.first().map(|&days| date.allowed(days)),
        _ => None,
    };
    Some(Example {
        expected,
        case,
        when: date("when"),
        published: date("published").map(Days::first),
        note: fields.text("note").map(|text| text.text.to_owned()),
    })
}

/// Values for all roles.
fn read_roles(
    fields: &Fields<'_>,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Vec<(String, Value)>>> {
    for (key, span) in fields.other_keys() {
        if !roles.iter().any(|role| role.name == key) {
            findings.push(
                Finding::broken(Check::UnknownRole, format!("this rule has no role `{key}`"), span)
                    .labelled("not a role of this rule"),
            );
            return None;
        }
    }
    let mut values = Vec::new();
    for role in roles {
        let texts = fields.texts(&role.name);
        if texts.is_empty() {
            findings.push(
                Finding::broken(
                    Check::MissingRole,
                    format!("this example leaves out `{}`", role.name),
                    fields.span,
                )
                .labelled("an example fills every role"),
            );
            return None;
        }
        let mut filled = Vec::new();
        for text in texts {
            match parse_value(text.text, lexicon) {
                Ok(value) => filled.push((text.text.to_owned(), value)),
                Err(error) => {
                    let message = format!("\"{}\" is not understood: {}", text.text, error.reason);
                    let at = text.part(error.range.clone());
                    findings.push(
                        Finding::broken(Check::UnreadableValue, message, at)
                            .labelled("not understood"),
                    );
                    return None;
                }
            }
        }
        values.push(filled);
    }
    Some(values)
}
