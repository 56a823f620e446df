//! Relations from rules and claims, judged one by one, and what there is to say about them.

mod account;
mod article;
mod built;
mod clash;
mod compile;
mod example;
mod exchange;
mod explain;
mod judge;
mod message;
mod operand;
mod outcome;
mod relate;
mod relation;
mod render;
mod slips;
mod together;
mod trust;

#[cfg(feature = "internals")]
pub use {article::judged, judge::left};

pub use account::{Account, Bar, Side, account};
pub use article::{Checked, QUOTED, Silent, Weighed, check_prose, weigh_prose};
pub use built::Layer;
pub use example::test_example;
pub use judge::NO_PUBLICATION;
pub use operand::{Figures, Operand};
pub use outcome::{Given, Outcome, Stale};
pub use relation::{Filled, Holds, Relation, Verdict, Way};
pub use together::{Together, together};

use crate::checks::Check;
use crate::claim::{Claim, ClaimsFile, State};
use crate::finding::Finding;

/// Relates the claims of a file and judges every relation.
pub fn check<'r>(file: &ClaimsFile, given: Given<'r>) -> Outcome<'r> {
    let mut findings = Vec::new();
    let mut used = vec![false; file.claims.all().len()];
    let facts = file.claims.same_facts();
    let mut relations = relate::relations(file, given, &facts, &mut used, &mut findings);
    let figures = Figures::claimed(file);
    for relation in &mut relations {
        judge::judge(relation, figures, given);
    }
    let stale = set_aside(&mut relations, file);
    // A check of one claim by itself is worth a line only where it fails: it relates nothing.
    relations
        .retain(|relation| !relation.is_about_one_claim() || relation.verdict != Verdict::Holds);
    let said = explain::findings(&relations, figures, given.rates);
    // A quote has its use without a relation: the claim is watched in the article.
    let idle = file
        .claims
        .all()
        .iter()
        .zip(&used)
        .filter(|(claim, used)| !**used && claim.quote.is_none());
    findings.extend(idle.map(|(claim, _)| unused(claim)));
    Outcome { relations, said, findings, facts, conflicts: Vec::new(), stale }
}

/// What is remarked of an assert over claims of which the article says something else now.
pub const STALE: &str = "stale: the article says something else of these figures now";

/// Leaves undecided what is asserted of claims that the article states otherwise now, and leaves out what
/// nobody asserts of them: what it states now is judged by itself.
fn set_aside(relations: &mut Vec<Relation<'_>>, file: &ClaimsFile) -> Vec<Stale> {
    let mut all = Vec::new();
    relations.retain_mut(|relation| {
        let claims = || relation.roles.iter().flat_map(|role| &role.claims).copied();
        let is_changed = |at: &usize| file.claims.get(*at).state == Some(State::Changed);
        // That a claim says another day than its quote is said already.
        let is_misquoted = |at: usize| file.claims.get(at).is_misquoted;
        if relation.is_about_one_claim() && claims().any(is_misquoted) {
            return false;
        }
        let claims: Vec<usize> = claims().filter(is_changed).collect();
        if claims.is_empty() {
            return true;
        }
        let contradicted = relation.verdict == Verdict::Contradicts;
        let rule = match &relation.holds {
            Holds::Rule(rule) => Some(rule.id.clone()),
            Holds::That(..) => None,
        };
        all.push(Stale { rule, asserted: relation.asserted, claims, contradicted });
        relation.verdict = Verdict::Unknown;
        relation.remarks = vec![STALE.to_owned()];
        relation.asserted.is_some()
    });
    all
}

fn unused(claim: &Claim) -> Finding {
    let message = format!("nothing uses the claim `{}`", claim.id);
    Finding::of(Check::UnusedClaim, message, claim.id_span)
        .labelled("no assert names it, and no other claim states the same fact")
        .helped("a figure is checked by what it has to do with others: an `[[assert]]` says what")
}
