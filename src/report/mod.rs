//! Findings and relations rendered for a reader: one file per format.

mod human;
mod json;
mod mentions;
mod short;

pub use human::{Look, human};
pub use json::{json, report_schema};
pub use mentions::{InputLine, MentionLine, in_words, mentions_schema};
pub use short::{plain, short};

use crate::claim::ClaimsFile;
use crate::engine::{Relation, Verdict};
use crate::finding::{Finding, RuleId, Severity};
use crate::mention::Mention;
use crate::source::{Sources, Span};

/// Everything that a run has to say.
#[derive(Debug)]
pub struct Report {
    /// The texts that spans point into.
    pub sources: Sources,
    /// What there is to say, in the order of places.
    pub findings: Vec<Finding>,
    /// Every relation that was looked at.
    pub relations: Vec<Judged>,
    /// How much of the articles is claimed.
    pub coverage: Coverage,
}

/// A relation with its verdict, as a reader wants it: places, not indices.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The rule, or `assertion`.
    pub rule: RuleId,
    /// The verdict.
    pub verdict: Verdict,
    /// How much a contradiction matters.
    pub severity: Severity,
    /// Why it is unknown, or what a conversion rests on.
    pub remarks: Vec<String>,
    /// Its roles.
    pub roles: Vec<JudgedRole>,
}

/// A role with the places of its claims.
#[derive(Clone, Debug)]
pub struct JudgedRole {
    /// The role's name.
    pub name: String,
    /// Whether it takes a list.
    pub is_list: bool,
    /// Where each claim stands, with the figure as written.
    pub places: Vec<(Span, String)>,
}

/// How much of the articles is claimed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Claims that were read.
    pub figures: usize,
    /// Figures and dates that stand in the articles.
    pub mentions: usize,
    /// Those of them that a claim quotes.
    pub claimed: usize,
}

impl Coverage {
    /// Counts an article's mentions, and those that a claim's place overlaps.
    pub fn add(&mut self, file: &ClaimsFile, mentions: &[Mention]) {
        let mut places: Vec<(usize, usize)> = file
            .claims
            .all()
            .iter()
            .filter_map(|claim| claim.place.map(|span| (span.start, span.end)))
            .collect();
        places.sort_unstable();
        // Mentions are in order and disjoint, so one pass over both will do.
        let mut reach = 0;
        let mut next = places.into_iter().peekable();
        for mention in mentions {
            while let Some(&(start, end)) = next.peek()
                && start < mention.range.end
            {
                reach = reach.max(end);
                next.next();
            }
            self.claimed += usize::from(mention.range.start < reach);
        }
        self.mentions += mentions.len();
    }
}

/// A relation with its claims turned into places.
pub fn judged(relation: &Relation<'_>, file: &ClaimsFile) -> Judged {
    let place = |&index: &usize| {
        let claim = file.claims.get(index);
        (claim.shown_at(), claim.written.clone())
    };
    Judged {
        rule: relation.rule(),
        verdict: relation.verdict,
        severity: relation.severity,
        remarks: relation.remarks.clone(),
        roles: relation
            .roles
            .iter()
            .map(|role| JudgedRole {
                name: role.name.clone(),
                is_list: role.is_list,
                places: role.claims.iter().map(place).collect(),
            })
            .collect(),
    }
}

impl Report {
    /// How many findings there are of a level.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether a file could not be understood.
    pub fn has_broken_input(&self) -> bool {
        self.findings.iter().any(|finding| finding.broken_input)
    }

    /// How many relations got a verdict.
    pub fn verdicts(&self, verdict: Verdict) -> usize {
        self.relations.iter().filter(|relation| relation.verdict == verdict).count()
    }

    /// The last line of a run: "41 figures, 9 relations hold, none contradicts".
    pub fn summary(&self) -> String {
        let plural = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        let figures = plural(self.coverage.figures, "figure", "figures");
        let hold = self.verdicts(Verdict::Holds) + self.verdicts(Verdict::HoldsLoosely);
        let hold = plural(hold, "relation holds", "relations hold");
        let grave = |relation: &&Judged| {
            let is_remark =
                relation.severity == Severity::Note && relation.rule.as_str() != "assertion";
            relation.verdict == Verdict::Contradicts && !is_remark
        };
        let against = match self.relations.iter().filter(grave).count() {
            0 => "none contradicts".to_owned(),
            1 => "1 contradicts".to_owned(),
            n => format!("{n} contradict"),
        };
        let levels: Vec<String> = [
            (Severity::Error, "error", "errors"),
            (Severity::Warning, "warning", "warnings"),
            (Severity::Note, "note", "notes"),
        ]
        .into_iter()
        .map(|(level, one, many)| (self.count(level), one, many))
        .filter(|&(n, _, _)| n != 0)
        .map(|(n, one, many)| plural(n, one, many))
        .collect();
        let line = format!("{figures}, {hold}, {against}");
        if levels.is_empty() { line } else { format!("{line}: {}", levels.join(", ")) }
    }
}
