//! A rule's examples as tests.

use crate::document::{Document, Format};
use crate::engine::{Figures, Filled, Given, Holds, Relation, Verdict, check_prose, judge};
use crate::figure::Figure;
use crate::finding::Severity;
use crate::published::{Dated, Publication};
use crate::reading::Reading;
use crate::rule::{Case, Example, Expected, Loosely, Quantity, Rule, Slip};
use crate::value::{Strain, Value};

/// Whether a rule says of an example what the example expects.
///
/// Of a text that must pass, no rule may say more than a note, and unless it is a trap, this rule
/// must find a relation in it that holds.
///
/// # Errors
/// What the rule says instead.
pub fn test_example(rule: &Rule, example: &Example, given: Given<'_>) -> Result<(), String> {
    match &example.case {
        Case::Roles(roles) => test_roles(rule, example, roles, given),
        Case::Text { text, trap } => test_text(rule, example, text, *trap, given),
    }
}

fn test_text(
    rule: &Rule,
    example: &Example,
    text: &str,
    trap: bool,
    given: Given<'_>,
) -> Result<(), String> {
    let document = Document::parse(text, Format::Markdown);
    // Links that are being tried have examples too.
    let given = Given { preview: true, ..given };
    let dated = Dated::settled(example.published.map(Publication::stated));
    let reading = Reading::of(document, (rule.span.source, text), dated, given.lexicon);
    let outcome = check_prose(&reading, given).outcome;
    let said: Vec<String> = outcome
        .all_findings()
        .map(|finding| format!("{}[{}] {}", finding.severity, finding.rule, finding.message))
        .collect();
    let own = outcome.all_findings().any(|finding| finding.rule == rule.id);
    let grave = outcome.all_findings().any(|finding| finding.severity != Severity::Note);
    let mut relations = outcome.relations.iter().filter(|relation| relation.rule() == rule.id);
    let holds = relations.any(|found| found.verdict.holds());
    match example.expected {
        Expected::Fail if own => Ok(()),
        Expected::Fail => Err(format!("nothing is said of \"{text}\"; {}", said.join("; "))),
        Expected::Pass if own || grave => Err(format!("\"{text}\": {}", said.join("; "))),
        // What a quiet rule looks at and finds well is not listed.
        Expected::Pass if trap == holds && !rule.is_quiet => Err(if trap {
            format!("\"{text}\" is no trap: a relation is found in it, and holds")
        } else {
            format!("no relation is found in \"{text}\"")
        }),
        Expected::Pass => Ok(()),
    }
}

fn test_roles(
    rule: &Rule,
    example: &Example,
    roles: &[Vec<(String, Value)>],
    given: Given<'_>,
) -> Result<(), String> {
    let mut quantity = Quantity::open(&rule.holds);
    for (role, values) in rule.roles.iter().zip(roles) {
        for (written, value) in values {
            if !role.kind.takes(value) || !quantity.admit(role.kind.member(), value) {
                return Err(format!("`{}` takes a {}, not {written}", role.name, role.written));
            }
        }
    }
    let (figures, mut relation) = related(rule, example, roles);
    let published = example.published.map(Publication::stated);
    let figures = Figures::read(&figures, published);
    judge::judge(&mut relation, figures, given);
    let explained = |slip: &Slip| {
        judge::prepare(&relation, figures, given.rates)
            .is_ok_and(|prepared| judge::explains(&slip.holds, &prepared))
    };
    let speaks = match relation.verdict {
        // Where no slip was made, the rule that it would explain speaks.
        Verdict::Contradicts => rule.slip.as_ref().is_none_or(explained),
        Verdict::HoldsLoosely => rule.loosely != Loosely::Allow,
        Verdict::Holds | Verdict::Unknown => false,
    };
    let expected = example.expected == Expected::Fail;
    // What cannot be decided is no example of anything.
    if speaks == expected && relation.verdict != Verdict::Unknown {
        return Ok(());
    }
    let remarks = relation.remarks.join("; ");
    let because = if remarks.is_empty() { String::new() } else { format!(" ({remarks})") };
    Err(format!("{}{because}", relation.verdict.as_str()))
}

/// The figures of an example, and the relation that it gives them.
fn related<'r>(
    rule: &'r Rule,
    example: &Example,
    values: &[Vec<(String, Value)>],
) -> (Vec<Figure>, Relation<'r>) {
    let mut figures = Vec::new();
    let mut roles = Vec::new();
    for (role, values) in rule.roles.iter().zip(values) {
        let first = figures.len();
        figures.extend(values.iter().map(|(written, value)| {
            let when = example.when.map(|days| (days.to_string(), days));
            Figure { when, ..Figure::new(value.clone(), written.clone(), rule.span) }
        }));
        let claims = (first..figures.len()).collect();
        roles.push(Filled { name: role.name.clone(), is_list: role.kind.is_list, claims });
    }
    let relation = Relation {
        holds: Holds::Rule(rule),
        roles,
        asserted: None,
        because: None,
        severity: rule.severity,
        is_severity_stated: false,
        loosely: rule.loosely,
        way: None,
        limit: Strain::LOOSE,
        strain: None,
        cue: None,
        verdict: Verdict::Unknown,
        slip: None,
        remarks: Vec::new(),
    };
    (figures, relation)
}
