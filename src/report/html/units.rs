//! What belongs together on the page: an article with its claims file, or either without the other.

use std::collections::{HashMap, HashSet};

use crate::claim::ClaimsFile;
use crate::finding::Finding;
use crate::report::{ArticleRead, Judged, LetStand, Report};
use crate::source::{SourceId, Span};

/// An article, its claims file, or both.
pub(super) struct Unit<'r> {
    pub(super) article: Option<&'r ArticleRead>,
    pub(super) file: Option<&'r ClaimsFile>,
    /// What is said of it, with its number in the report.
    pub(super) findings: Vec<&'r Finding>,
    /// Findings that stand.
    pub(super) let_stand: Vec<&'r LetStand>,
    /// What was related in it, with its number in the report.
    pub(super) relations: Vec<(usize, &'r Judged)>,
}

impl<'r> Unit<'r> {
    /// One of which nothing is said yet.
    pub(super) fn new(article: Option<&'r ArticleRead>, file: Option<&'r ClaimsFile>) -> Self {
        Self { article, file, findings: Vec::new(), let_stand: Vec::new(), relations: Vec::new() }
    }

    fn sources(&self) -> impl Iterator<Item = SourceId> + use<> {
        let article = self.article.map(|article| article.source);
        article.into_iter().chain(self.file.map(|file| file.span.source))
    }

    /// The source that it is called by.
    pub(super) fn source(&self) -> Option<SourceId> {
        self.sources().next()
    }
}

/// The units of a report, in its order, and the findings that belong to none.
pub(super) fn units(report: &Report) -> (Vec<Unit<'_>>, Vec<&Finding>) {
    let mut units: Vec<Unit<'_>> = Vec::new();
    let mut named: HashSet<SourceId> = HashSet::new();
    for file in &report.files {
        let article = report.articles.iter().find(|one| Some(one.source) == file.anchored_in);
        named.extend(article.map(|article| article.source));
        units.push(Unit::new(article, Some(file)));
    }
    let alone = report.articles.iter().filter(|article| !named.contains(&article.source));
    units.extend(alone.map(|article| Unit::new(Some(article), None)));
    let of: HashMap<SourceId, usize> = units
        .iter()
        .enumerate()
        .flat_map(|(number, unit)| unit.sources().map(move |source| (source, number)))
        .collect();
    let unit_of = |spans: &mut dyn Iterator<Item = Span>| {
        let mut units = spans.filter_map(|span| of.get(&span.source));
        units.next().copied()
    };
    let mut others = Vec::new();
    for finding in &report.findings {
        match unit_of(&mut places(finding)) {
            Some(unit) => units[unit].findings.push(finding),
            None => others.push(finding),
        }
    }
    for one in &report.let_stand {
        if let Some(unit) = unit_of(&mut places(&one.finding)) {
            units[unit].let_stand.push(one);
        }
    }
    for (number, relation) in report.relations.iter().enumerate() {
        if let Some(unit) = unit_of(&mut relation.places()) {
            units[unit].relations.push((number, relation));
        }
    }
    (units, others)
}

/// Everything that a finding marks.
pub(super) fn places(finding: &Finding) -> impl Iterator<Item = Span> {
    std::iter::once(&finding.primary).chain(&finding.related).map(|label| label.span)
}
