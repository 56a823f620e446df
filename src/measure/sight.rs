//! The relations of one unaltered text.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::engine::{Checked, Figures, Given, Holds, Relation, Verdict, check_prose};
use crate::finding::{Finding, Severity};
use crate::reading::Reading;
use crate::report::Fingerprints;
use crate::source::{Sources, one_line, shortened};
use crate::value::Strain;

/// A relation of an unaltered text.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The rule.
    pub rule: String,
    /// The rule whose slip explains a contradiction.
    pub slip: Option<String>,
    /// The name under which what relates its figures is measured apart.
    pub apart: Option<String>,
    /// A digest of its figures.
    pub figures: u64,
    /// How far its figures are stretched; `None` where it contradicts.
    pub strain: Option<Strain>,
    /// Whether the rule or the words say how far they may be, so that no measure does.
    pub states_strain: bool,
    /// What somebody has to read, where it contradicts or holds only loosely.
    pub told: Option<Told>,
}

/// A contradiction for somebody to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is known by in its text.
    pub fingerprint: String,
    /// What a finding says.
    pub says: String,
    /// The words around its figures.
    pub passage: String,
}

/// Every relation that the prose of a text states, but for what is a note at most.
pub fn sights(reading: &Reading<'_>, sources: &Sources, given: Given<'_>) -> Vec<Sight> {
    let mut checked: Checked<'_> = check_prose(reading, Given { measures: true, ..given });
    let (figures, outcome) = checked.parts();
    let mut known = Fingerprints::default();
    let mut told: Vec<Option<Told>> = vec![None; outcome.relations.len()];
    for (at, finding) in &outcome.said {
        told[*at] = Some(Told {
            fingerprint: known.finding(finding, sources),
            says: one_line(&finding.message),
            passage: passage(finding, sources),
        });
    }
    let seen = outcome.relations.iter().zip(told);
    seen.filter_map(|(relation, told)| sight(relation, figures, told)).collect()
}

fn sight(relation: &Relation<'_>, figures: Figures<'_>, told: Option<Told>) -> Option<Sight> {
    let (Holds::Rule(rule), Some(way)) = (&relation.holds, relation.way) else { return None };
    if relation.severity == Severity::Note && relation.slip.is_none()
        || relation.verdict == Verdict::Unknown
    {
        return None;
    }
    let mut digest = DefaultHasher::new();
    for role in &relation.roles {
        role.claims.len().hash(&mut digest);
        for &claim in &role.claims {
            figures.get(claim).written.hash(&mut digest);
        }
    }
    Some(Sight {
        rule: rule.id.to_string(),
        slip: relation.slip.map(|slip| slip.id.to_string()),
        apart: way.apart.map(str::to_owned),
        figures: digest.finish(),
        strain: relation.strain.filter(|_| relation.verdict.holds()),
        states_strain: way.states_strain,
        told,
    })
}

/// Bytes that are shown before and behind the figures of a contradiction.
const AROUND: usize = 200;
/// Bytes that are shown at most.
const MOST_SHOWN: usize = 1500;

/// The words around the figures of a finding.
fn passage(finding: &Finding, sources: &Sources) -> String {
    let text = sources.get(finding.primary.span.source).text();
    let (first, last) = finding.places().fold((text.len(), 0), |(first, last), place| {
        (first.min(place.start), last.max(place.end))
    });
    let around = |range: Range<usize>| {
        let mut start = range.start.saturating_sub(AROUND);
        let mut end = range.end.saturating_add(AROUND).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        one_line(&text[start..end])
    };
    if last.saturating_sub(first) <= MOST_SHOWN {
        return shortened(&around(first..last), MOST_SHOWN + 2 * AROUND).into_owned();
    }
    let all: Vec<String> = finding.places().take(4).map(|place| around(place.range())).collect();
    all.join(" … ")
}
