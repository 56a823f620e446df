//! How far what relates figures in prose is trusted, by what was measured of it.

use crate::engine::{Given, Holds, Relation, Verdict};
use crate::finding::Severity;
use crate::prose::Candidate;
use crate::rule::{Loosely, Measure, Rule};
use crate::value::Strain;

/// Whether what was measured has a say: not where it is measured now, nor where somebody gives the rule a
/// level.
fn decides(rule: &Rule, given: Given<'_>) -> bool {
    let is_given = given.levels.is_some_and(|levels| levels.contains_key(rule.id.as_str()));
    !given.measures && !is_given
}

/// Whether a relation says nothing: it was so often wrong that it is still being tried.
pub(super) fn is_mute(candidate: &Candidate<'_>, given: Given<'_>) -> bool {
    let rule = candidate.rule;
    decides(rule, given)
        && !given.preview
        && rule.level_in_prose(candidate.apart, candidate.severity).is_none()
}

/// The level of a contradiction, its own being another.
pub(super) fn level(rule: &Rule, apart: Option<&str>, own: Severity, given: Given<'_>) -> Severity {
    if !decides(rule, given) {
        return own;
    }
    rule.level_in_prose(apart, own).unwrap_or(own.min(Severity::Warning))
}

/// The level of a contradiction that a slip explains: what is quoted from somebody stays a level lower, and
/// what relates the figures in prose is trusted no more for the explanation.
pub(super) fn of_slip(relation: &Relation<'_>, slip: &Rule, given: Given<'_>) -> Severity {
    let Holds::Rule(rule) = relation.holds else { return slip.severity };
    let in_prose = |own: Severity| match relation.way {
        Some(way) => level(rule, way.apart, own, given),
        None => own,
    };
    let own = match relation.way {
        Some(_) => level(slip, None, in_prose(slip.severity), given),
        None => slip.severity,
    };
    if relation.severity < in_prose(rule.severity) { own.lower() } else { own }
}

/// Beyond which strain figures contradict: what the rule or the words that relate them say, else what was
/// measured, else the ends of careless rounding.
pub(super) fn limit(rule: &Rule, apart: Option<&str>, stated: Option<Strain>) -> Strain {
    let measured = || rule.measure(apart).and_then(Measure::limit);
    stated.or_else(measured).unwrap_or(Strain::LOOSE)
}

/// What there is to say of a relation that is judged: one that holds by more strain than nearly all of its
/// kind is a note.
pub(super) fn after(relation: &mut Relation<'_>, given: Given<'_>) {
    let (Holds::Rule(rule), Some(way)) = (&relation.holds, relation.way) else { return };
    if relation.verdict != Verdict::HoldsLoosely {
        return;
    }
    if given.measures {
        // Whoever measures reads it too.
        relation.loosely = Loosely::Note;
        return;
    }
    let Some(strain) = relation.strain.filter(|_| !way.states_strain) else { return };
    let usual = rule.measure(way.apart).and_then(Measure::usual);
    if relation.loosely == Loosely::Allow
        && let Some(usual) = usual.filter(|&usual| usual < strain)
    {
        relation.loosely = Loosely::Note;
        let remark = format!(
            "it holds if every figure is stretched by {strain} of its rounding; 99 of 100 such \
             relations need no more than {usual}"
        );
        relation.remarks.push(remark);
    }
}
