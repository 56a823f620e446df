//! A rule's examples as tests.

use crate::claim::{Claim, ClaimsFile, Status, Store};
use crate::engine::{Filled, Holds, Relation, Verdict, judge};
use crate::lexicon::Rates;
use crate::rule::{Example, Expected, Loosely, Quantity, Rule};
use crate::source::Span;

/// Whether a rule says of an example what the example expects.
///
/// # Errors
/// What the rule says instead.
pub fn test_example(rule: &Rule, example: &Example) -> Result<(), String> {
    let mut quantity = Quantity::open(&rule.holds);
    for (role, values) in rule.roles.iter().zip(&example.roles) {
        for (written, value) in values {
            if !role.kind.takes(value) || !quantity.admit(role.kind.member(), value) {
                return Err(format!("`{}` takes a {}, not {written}", role.name, role.written));
            }
        }
    }
    let (file, mut relation) = related(rule, example, rule.span);
    judge::judge(&mut relation, &file, Rates::built_in(), example.published);
    let speaks = match relation.verdict {
        Verdict::Contradicts => true,
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

/// An example as a claims file with one relation.
fn related<'r>(rule: &'r Rule, example: &Example, span: Span) -> (ClaimsFile, Relation<'r>) {
    let mut claims = Store::default();
    let mut roles = Vec::new();
    for (role, values) in rule.roles.iter().zip(&example.roles) {
        let mut indices = Vec::new();
        for (number, (written, value)) in values.iter().enumerate() {
            let claim = Claim {
                id: format!("{}_{number}", role.name),
                id_span: span,
                value: value.clone(),
                written: written.clone(),
                value_span: span,
                quote: None,
                place: None,
                subject: None,
                measure: None,
                when: example.when.map(|days| (days.to_string(), days)),
                source: None,
                status: Status::Unchecked,
                note: None,
            };
            indices.extend(claims.add(claim).ok());
        }
        roles.push(Filled { name: role.name.clone(), is_list: role.kind.is_list, claims: indices });
    }
    let file = ClaimsFile { span, article: None, published: None, claims, asserts: Vec::new() };
    let relation = Relation {
        holds: Holds::Rule(rule),
        roles,
        asserted: None,
        because: None,
        severity: rule.severity,
        loosely: rule.loosely,
        verdict: Verdict::Unknown,
        remarks: Vec::new(),
    };
    (file, relation)
}
