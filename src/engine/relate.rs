//! From asserts and joins to relations: names resolved, roles filled, dimensions checked.

use std::collections::HashMap;

use crate::checks::Check;
use crate::claim::{Assert, Asserted, ClaimsFile, FilledRole, Store};
use crate::engine::{Filled, Given, Holds, Relation, Verdict};
use crate::finding::{Finding, Severity};
use crate::rule::expression::{Condition, ExpressionError, Type, parse_condition, settled};
use crate::rule::{Join, Loosely, Quantity, Role, Rule};
use crate::shape::closest;
use crate::source::Span;
use crate::value::{Strain, Value};

/// Every relation of a file, asserts first, in the order of the file.
pub(super) fn relations<'r>(
    file: &ClaimsFile,
    given: Given<'r>,
    facts: &[Vec<usize>],
    used: &mut [bool],
    findings: &mut Vec<Finding>,
) -> Vec<Relation<'r>> {
    let mut relations = Vec::new();
    for assert in &file.asserts {
        let relation = match &assert.relation {
            Asserted::Rule { rule, roles } => {
                mark(&file.claims, roles.iter().flat_map(|role| &role.ids), used);
                by_rule(assert, rule, roles, &file.claims, given, findings)
            }
            Asserted::That { text, span, verbatim } => {
                let relation =
                    by_condition(assert, text, (*span, *verbatim), file, given, findings);
                let claims = relation.iter().flat_map(|relation| &relation.roles);
                claims.flat_map(|role| &role.claims).for_each(|&claim| used[claim] = true);
                relation
            }
        };
        relations.extend(relation);
    }
    for group in facts {
        for &claim in group {
            used[claim] = true;
        }
        findings.extend(unlike(group, &file.claims));
    }
    for rule in given.rules.all() {
        match rule.join {
            Some(Join::EachClaim) => relations.extend(each_claim(rule, &file.claims)),
            Some(Join::SameFact) => {
                relations
                    .extend(facts.iter().filter_map(|group| joined(rule, group, &file.claims)));
            }
            // What the structure of an article relates.
            _ => {}
        }
    }
    relations
}

/// A claim that a broken assert names is used all the same: one mistake, one finding.
fn mark<'a>(claims: &Store, ids: impl Iterator<Item = &'a (String, Span)>, used: &mut [bool]) {
    for (id, _) in ids {
        if let Some(index) = claims.find(id) {
            used[index] = true;
        }
    }
}

fn relation<'r>(rule: &'r Rule, roles: Vec<Filled>, assert: Option<&Assert>) -> Relation<'r> {
    Relation {
        holds: Holds::Rule(rule),
        roles,
        asserted: assert.map(|assert| assert.span),
        because: assert.and_then(|assert| assert.because.clone()),
        severity: assert.and_then(|assert| assert.severity).unwrap_or(rule.severity),
        is_severity_stated: assert.is_some_and(|assert| assert.severity.is_some()),
        loosely: rule.loosely,
        way: None,
        limit: Strain::LOOSE,
        strain: None,
        cue: None,
        slip: None,
        verdict: Verdict::Unknown,
        remarks: Vec::new(),
    }
}

fn each_claim<'r>(rule: &'r Rule, claims: &Store) -> Vec<Relation<'r>> {
    let [role] = &*rule.roles else { return Vec::new() };
    // A date without a weekday has none to fall on.
    let applies = |index: &usize| match (&*rule.holds, &claims.get(*index).figure.value) {
        (Condition::OnItsWeekday(_), Value::Date(date)) => !date.on_weekdays.is_empty(),
        (Condition::InCalendar(_), Value::Date(date)) => date.is_impossible,
        _ => true,
    };
    let fits = |index: &usize| {
        applies(index)
            && Quantity::Open.admit(role.kind.member(), &claims.get(*index).figure.value)
            && !matches!(Type::of(&claims.get(*index).figure.value), Type::Unstated)
    };
    let filled = |index| Filled { name: role.name.clone(), is_list: false, claims: vec![index] };
    (0..claims.all().len())
        .filter(fits)
        .map(|index| relation(rule, vec![filled(index)], None))
        .collect()
}

/// Claims that state the same fact, but measure different things.
fn unlike(group: &[usize], claims: &Store) -> Option<Finding> {
    let first = claims.get(*group.first()?);
    let other = group
        .iter()
        .map(|&index| claims.get(index))
        .find(|c| !is_alike(&first.figure.value, &c.figure.value))?;
    let message = format!(
        "`{}` and `{}` state the same fact, but one is {} and the other {}",
        first.id,
        other.id,
        first.figure.value.measures(),
        other.figure.value.measures()
    );
    Some(
        Finding::broken(Check::DimensionMismatch, message, other.figure.span)
            .labelled("the same subject, measure and time")
            .with(first.figure.span, "stated first here"),
    )
}

fn joined<'r>(rule: &'r Rule, group: &[usize], claims: &Store) -> Option<Relation<'r>> {
    let [role] = &*rule.roles else { return None };
    let first = Type::of(&claims.get(*group.first()?).figure.value);
    // What measures differently is not the same fact, whatever it is called.
    let alike = |&index: &usize| Type::of(&claims.get(index).figure.value) == first;
    let members: Vec<usize> = group.iter().copied().filter(alike).collect();
    let filled = Filled { name: role.name.clone(), is_list: true, claims: members };
    (1 < filled.claims.len()).then(|| relation(rule, vec![filled], None))
}

fn by_rule<'r>(
    assert: &Assert,
    (name, name_span): &(String, Span),
    stated: &[FilledRole],
    claims: &Store,
    given: Given<'r>,
    findings: &mut Vec<Finding>,
) -> Option<Relation<'r>> {
    let Some(rule) = given.rules.get(name) else {
        let hint = match given.rules.closest(name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`crossfoot rules` lists them".to_owned(),
        };
        findings.push(
            Finding::broken(Check::UnknownRule, format!("there is no rule `{name}`"), *name_span)
                .labelled("not a rule")
                .helped(hint),
        );
        return None;
    };
    let before = findings.len();
    for FilledRole { name, span, .. } in stated {
        if !rule.roles.iter().any(|known| known.name == *name) {
            findings.push(unknown_role(rule, name, *span));
        }
    }
    let mut filled = Vec::new();
    let mut unread = false;
    for role in &rule.roles {
        match stated.iter().find(|stated| stated.name == role.name) {
            None => findings.push(missing_role(rule, role, assert.span)),
            Some(FilledRole { span, ids, .. }) => {
                unread |= ids.iter().any(|(id, _)| claims.is_unread(id));
                let indices = fill(role, *span, ids, claims, findings);
                filled.push(Filled {
                    name: role.name.clone(),
                    is_list: role.kind.is_list,
                    claims: indices,
                });
            }
        }
    }
    if unread || findings.len() != before {
        return None;
    }
    check_dimensions(rule, &filled, stated, claims, findings)?;
    Some(relation(rule, filled, Some(assert)))
}

fn unknown_role(rule: &Rule, role: &str, span: Span) -> Finding {
    let names = || rule.roles.iter().map(|role| &*role.name);
    let hint = match closest(role, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its roles are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Finding::broken(
        Check::UnknownRole,
        format!("the rule `{}` has no role `{role}`", rule.id),
        span,
    )
    .labelled("not a role of this rule")
    .helped(hint)
}

fn missing_role(rule: &Rule, role: &Role, span: Span) -> Finding {
    let message = format!("the rule `{}` needs its role `{}`", rule.id, role.name);
    Finding::broken(Check::MissingRole, message, span)
        .labelled(format!("`{}` ({}) is left out here", role.name, role.written))
        .helped(format!("{}: {}", rule.id, rule.that))
}

fn fill(
    role: &Role,
    span: Span,
    ids: &[(String, Span)],
    claims: &Store,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    if ids.is_empty() || (!role.kind.is_list && 1 < ids.len()) {
        let wanted = if role.kind.is_list { "at least one claim" } else { "one claim" };
        let message = format!("the role `{}` takes {wanted}, not {}", role.name, ids.len());
        findings.push(Finding::broken(Check::WrongType, message, span).labelled("here"));
    }
    ids.iter()
        .filter_map(|(id, span)| {
            let found = claims.find(id);
            if found.is_none() && !claims.is_unread(id) {
                findings.push(unknown_claim(id, *span, claims));
            }
            found
        })
        .collect()
}

fn unknown_claim(id: &str, span: Span, claims: &Store) -> Finding {
    let finding = Finding::broken(Check::UnknownClaim, format!("there is no claim `{id}`"), span)
        .labelled("no claim of this file has this id");
    match near_claim(id, claims) {
        Some(hint) => finding.helped(hint),
        None => finding,
    }
}

fn near_claim(id: &str, claims: &Store) -> Option<String> {
    closest(id, claims.all().iter().map(|claim| &*claim.id))
        .map(|near| format!("did you mean `{near}`?"))
}

/// `None`, and a finding, if a claim does not measure what its role needs.
fn check_dimensions(
    rule: &Rule,
    filled: &[Filled],
    stated: &[FilledRole],
    claims: &Store,
    findings: &mut Vec<Finding>,
) -> Option<()> {
    let mut quantity = Quantity::open(&rule.holds);
    for (role, filled) in rule.roles.iter().zip(filled) {
        for (nth, &index) in filled.claims.iter().enumerate() {
            let claim = claims.get(index);
            let first = claims.get(filled.claims[0]);
            let alike = role.kind.measures != Type::Anything
                || is_alike(&first.figure.value, &claim.figure.value);
            let fits = alike && role.kind.takes(&claim.figure.value);
            if fits && quantity.admit(role.kind.member(), &claim.figure.value) {
                continue;
            }
            let at = stated
                .iter()
                .find(|stated| stated.name == role.name)
                .and_then(|stated| stated.ids.get(nth))
                .map_or(claim.figure.span, |(_, span)| *span);
            let wanted = role.written.trim_start_matches("list of ");
            let needed = match quantity {
                _ if !alike => {
                    format!(
                        "list of one sort, and `{}` is {}",
                        first.id,
                        first.figure.value.measures()
                    )
                }
                Quantity::Is(dimension) if wanted.contains("quantity") => {
                    format!("{wanted}, where the quantity is {dimension}")
                }
                _ => wanted.to_owned(),
            };
            let message = format!(
                "the role `{}` of `{}` takes a {needed}; `{}` is {} ({})",
                role.name,
                rule.id,
                claim.id,
                claim.figure.value.measures(),
                claim.figure.written
            );
            findings.push(
                Finding::broken(Check::DimensionMismatch, message, at)
                    .labelled("does not fit this role")
                    .with(claim.figure.span, "it states this"),
            );
            return None;
        }
    }
    Some(())
}

/// Whether two values measure the same, so that they can be compared at all.
fn is_alike(a: &Value, b: &Value) -> bool {
    let (a, b) = (Type::of(a), Type::of(b));
    a == b || a == Type::Unstated || b == Type::Unstated
}

fn by_condition<'r>(
    assert: &Assert,
    text: &str,
    (span, verbatim): (Span, bool),
    file: &ClaimsFile,
    given: Given<'r>,
    findings: &mut Vec<Finding>,
) -> Option<Relation<'r>> {
    let claims = &file.claims;
    let mut indices: Vec<usize> = Vec::new();
    let mut slots: HashMap<usize, usize> = HashMap::new();
    let mut names = |name: &str| {
        let index = claims.find(name).ok_or_else(|| near_claim(name, claims))?;
        Ok(*slots.entry(index).or_insert_with(|| {
            indices.push(index);
            indices.len() - 1
        }))
    };
    let parsed = parse_condition(text, &mut names, &given.lexicon.at(file.home));
    let types: Vec<Type> = indices.iter().map(|&i| Type::of(&claims.get(i).figure.value)).collect();
    let checked = parsed.and_then(|condition| settled(condition, &types));
    let condition = match checked {
        Ok(condition) => condition,
        Err(error) => {
            let names_unread =
                text.get(error.range.clone()).is_some_and(|name| claims.is_unread(name));
            if !names_unread {
                findings.push(broken_condition(&error, span, verbatim));
            }
            return None;
        }
    };
    let filled = indices
        .into_iter()
        .map(|index| Filled {
            name: claims.get(index).id.clone(),
            is_list: false,
            claims: vec![index],
        })
        .collect();
    Some(Relation {
        holds: Holds::That(Box::new(condition), text.to_owned()),
        roles: filled,
        asserted: Some(assert.span),
        because: assert.because.clone(),
        severity: assert.severity.unwrap_or(Severity::Error),
        is_severity_stated: assert.severity.is_some(),
        loosely: Loosely::Allow,
        way: None,
        limit: Strain::LOOSE,
        strain: None,
        cue: None,
        slip: None,
        verdict: Verdict::Unknown,
        remarks: Vec::new(),
    })
}

fn broken_condition(error: &ExpressionError, span: Span, verbatim: bool) -> Finding {
    let at = if verbatim {
        span.with_range(span.start + error.range.start..span.start + error.range.end)
    } else {
        span
    };
    let check = if error.is_mismatch { Check::DimensionMismatch } else { Check::InvalidExpression };
    let message = format!("this expression cannot be used: {}", error.message);
    let finding = Finding::broken(check, message, at).labelled("here");
    match &error.hint {
        Some(hint) => finding.helped(hint.clone()),
        None => finding,
    }
}
