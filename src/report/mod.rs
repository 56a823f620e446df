//! Reports: what a run has to say, as data; and rendered for a reader in `formats`.

mod across;
mod characters;
mod explained;
#[cfg(feature = "report")]
mod formats;
mod judged;
mod reasons;
mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checks::Check;
use crate::claim::ClaimsFile;
use crate::draft::Coverage;
use crate::engine::{NO_PUBLICATION, Together, Verdict};
use crate::finding::{Conflict, Finding, Severity};
use crate::home::{Home, Origin};
use crate::mention::Mention;
use crate::published::Publication;
use crate::rule::Rule;
use crate::source::{SourceId, Sources, Span};
use crate::suppress::Silenced;
use crate::value::{Days, Value};

pub use across::{Differences, Differing, FactRead, FactRow};
pub use explained::{
    ChangeTold, Explained, FigureTold, OutOfOrder, RelationTold, SentenceTold, Silence, Spot,
    TriedTold,
};
#[cfg(feature = "report")]
pub use formats::*;
pub use judged::{Judged, JudgedRole, judged};
pub use rows::{FindingRow, differing_row, fact_rows, rows};

/// Everything that a run has to say.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// The texts that spans point into.
    pub sources: Sources,
    /// What there is to say, in the order of places.
    pub findings: Vec<Finding>,
    /// Every relation that was looked at.
    pub relations: Vec<Judged>,
    /// What cannot stand together: the smallest sets, those that no finding of its own is made of too.
    pub conflicts: Vec<Arc<Conflict>>,
    /// How many figures there are: claims, and what stands in articles beside them.
    pub figures: usize,
    /// What was checked: claims files by their articles, or by themselves where they have none, and the
    /// other articles.
    pub texts: Vec<SourceId>,
    /// The claims files that were read, their claims anchored.
    pub files: Vec<ClaimsFile>,
    /// How much of each article is claimed. Of articles without claims only where that is asked for.
    pub coverage: Vec<Coverage>,
    /// Figures and dates of the articles that are not among these.
    pub uncovered: usize,
    /// Dates of the articles that only their day of publication would tell, where it is not known.
    pub undated: usize,
    /// What the relations came to together.
    pub together: Together,
    /// Where the articles are at home of which something says so.
    pub homes: Vec<HomeRead>,
    /// The articles with their figures, where that was asked for.
    pub articles: Vec<ArticleRead>,
    /// What was made of the sentences at a place, where that was asked for.
    pub explained: Vec<Explained>,
    /// What the articles state so plainly that others can be held against it, where that was asked for.
    pub facts: Vec<FactRead>,
    /// What the rules are about that have spoken.
    pub rules: BTreeMap<String, About>,
    /// Findings that stand, for a reason that was given or because they are known.
    pub let_stand: Vec<Silenced>,
}

/// What a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The mistake, in a few words.
    pub summary: String,
    /// Why it matters.
    pub why: String,
    /// What must hold, as the rule writes it.
    pub that: Option<String>,
    /// What was measured of it in prose, a measure each.
    pub measured: Vec<String>,
    /// Its level.
    pub severity: Severity,
    /// Whether it speaks once in a file, and only counts the other places.
    pub is_said_once: bool,
}

impl About {
    /// What a rule is about.
    pub fn rule(rule: &Rule) -> Self {
        Self {
            summary: rule.summary.clone(),
            why: rule.why.clone(),
            that: Some(rule.that.trim().to_owned()),
            measured: rule.measures_told(),
            severity: rule.severity,
            is_said_once: rule.is_said_once,
        }
    }
}

/// An article as it was read, for a report that shows all of it.
#[derive(Clone, Debug)]
pub struct ArticleRead {
    /// Its source.
    pub source: SourceId,
    /// The day it was published, as far as that is known.
    pub published: Option<Publication>,
    /// Where it is at home.
    pub home: Home,
    /// Its figures and dates, in order.
    pub figures: Vec<FigureRead>,
}

/// Where an article is at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeRead {
    /// Its source.
    pub source: SourceId,
    /// What holds for it, and who says so.
    pub home: Home,
    /// What of that the figures rest on of which there is something to say.
    pub matters: Home,
}

/// A figure or date of an article.
#[derive(Clone, Debug)]
pub struct FigureRead {
    /// Where it stands.
    pub span: Span,
    /// What it states.
    pub mention: Mention,
}

impl FigureRead {
    /// The days that it stands for, if it is a date that can be read in one way only.
    pub fn days(&self) -> Option<Days> {
        match &self.mention.value {
            Value::Date(date) if date.readings.len() == 1 => date.readings.first().copied(),
            _ => None,
        }
    }
}

/// A number of things: "1 claim", "2 claims".
pub fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What a home says, a line each: "dates in digits are day-first, says the article".
pub fn home_lines(home: Home) -> Vec<String> {
    let line = |(key, value, origin): (&str, &str, Origin)| {
        let what = match (key, value) {
            ("currency", "QML") => "dollars are of a country that is not named".to_owned(),
            ("currency", code) => {
                format!("words and signs of money that several currencies share mean {code}")
            }
            ("date-order", order) => format!("dates in digits are {order}"),
            (_, country) => {
                format!("gallons, pints and tons are those of the {}", country.to_uppercase())
            }
        };
        format!("{what}, says the {}", origin.as_str())
    };
    home.said().map(line).collect()
}

impl Report {
    /// A report of findings and nothing else.
    pub fn of(sources: Sources, findings: Vec<Finding>) -> Self {
        Self {
            sources,
            findings,
            relations: Vec::new(),
            conflicts: Vec::new(),
            figures: 0,
            texts: Vec::new(),
            files: Vec::new(),
            coverage: Vec::new(),
            uncovered: 0,
            undated: 0,
            together: Together::default(),
            homes: Vec::new(),
            articles: Vec::new(),
            explained: Vec::new(),
            facts: Vec::new(),
            rules: BTreeMap::new(),
            let_stand: Vec::new(),
        }
    }

    /// Takes over what another run over the same sources came to, and its sources, which are more.
    pub fn absorb(&mut self, other: Self) {
        let Self {
            sources,
            findings,
            relations,
            conflicts,
            figures,
            texts,
            files,
            coverage,
            uncovered,
            undated,
            together,
            homes,
            articles,
            explained,
            facts,
            rules,
            let_stand,
        } = other;
        self.sources = sources;
        self.findings.extend(findings);
        self.relations.extend(relations);
        self.conflicts.extend(conflicts);
        self.figures += figures;
        self.texts.extend(texts);
        self.files.extend(files);
        self.coverage.extend(coverage);
        self.uncovered += uncovered;
        self.undated += undated;
        self.together.add(together);
        self.homes.extend(homes);
        self.articles.extend(articles);
        self.explained.extend(explained);
        self.facts.extend(facts);
        self.rules.extend(rules);
        self.let_stand.extend(let_stand);
    }

    /// Leaves of the findings of rules that speak once a file the first in each, with how many there are more.
    ///
    /// Findings are in the order of their places, and those that are let stand taken out before.
    pub fn say_once(&mut self) {
        let mut firsts: BTreeMap<(String, SourceId), usize> = BTreeMap::new();
        let mut left: Vec<Finding> = Vec::with_capacity(self.findings.len());
        let mut more: Vec<usize> = Vec::new();
        for finding in std::mem::take(&mut self.findings) {
            let rule = finding.rule.as_str();
            if self.rules.get(rule).is_some_and(|about| about.is_said_once) {
                let place = (rule.to_owned(), finding.primary.span.source);
                if let Some(&first) = firsts.get(&place) {
                    more[first] += 1;
                    continue;
                }
                firsts.insert(place, left.len());
            }
            left.push(finding);
            more.push(0);
        }
        for (finding, more) in left.iter_mut().zip(more).filter(|(_, more)| 0 < *more) {
            let places = plural(more, "more place", "more places");
            finding.steps.push(format!("the same in {places} of this text"));
        }
        self.findings = left;
    }

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

    /// How many relations were decided by themselves. Where there are none, it means nothing that nothing
    /// was found.
    pub fn compared(&self) -> usize {
        self.relations.len() - self.verdicts(Verdict::Unknown)
    }

    /// Whether a relation counts as a contradiction: remarks on one figure do not.
    fn contradicts(relation: &Judged) -> bool {
        let is_remark = relation.severity == Severity::Note && relation.rule != Check::Assertion;
        relation.verdict == Verdict::Contradicts && !is_remark
    }

    /// How many figures take part in relations that were decided.
    pub fn figures_compared(&self) -> usize {
        let decided = self.relations.iter().filter(|one| one.verdict != Verdict::Unknown);
        let mut places: Vec<Span> = decided.flat_map(Judged::places).collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    }

    /// What was seen, and what not: "57 figures: 21 compared in 14 relations, 3 hold only loosely, 2 contradict;
    /// 36 stand alone".
    pub fn seen(&self) -> String {
        let figures = plural(self.figures, "figure", "figures");
        if self.figures == 0 && self.compared() == 0 {
            return format!("{figures}, nothing was checked");
        }
        let clashes = |finding: &&Finding| finding.rule == Check::ClashingFigures;
        let clashes = self.findings.iter().filter(clashes).count();
        let against = self.relations.iter().filter(|r| Self::contradicts(r)).count() + clashes;
        let compared = self.figures_compared();
        let mut said = match self.compared() {
            0 => Vec::new(),
            relations => vec![format!(
                "{compared} compared in {}",
                plural(relations, "relation", "relations")
            )],
        };
        match self.verdicts(Verdict::HoldsLoosely) {
            0 => {}
            n => said.push(format!("{} only loosely", plural(n, "holds", "hold"))),
        }
        match self.verdicts(Verdict::Unknown) {
            0 => {}
            n => said.push(format!("{n} undecided")),
        }
        match against {
            0 if said.is_empty() => said.push("nothing was compared".to_owned()),
            0 if 0 < self.compared() => said.push("no contradiction".to_owned()),
            0 => {}
            n => said.push(plural(n, "contradicts", "contradict")),
        }
        let said = said.join(", ");
        match self.figures.saturating_sub(compared) {
            alone if 0 < alone && 0 < self.compared() => {
                format!("{figures}: {said}; {}", plural(alone, "stands alone", "stand alone"))
            }
            _ => format!("{figures}: {said}"),
        }
    }

    /// The last line of a run: what was seen, how many findings there are of each level, what is missing.
    pub fn summary(&self) -> String {
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
        let mut line = self.seen();
        if !levels.is_empty() {
            line = format!("{line}. {}", levels.join(", "));
        }
        let undated =
            |relation: &&Judged| relation.remarks.iter().any(|remark| remark == NO_PUBLICATION);
        let needing = match (self.relations.iter().filter(undated).count(), self.undated) {
            (0, 0) => return line,
            (0, dates) => plural(dates, "date needs", "dates need"),
            (relations, _) => plural(relations, "relation needs", "relations need"),
        };
        format!("{line}; {needing} the day of publication: say `--published DATE`")
    }
}
