//! What belongs together on the page: an article with its claims file, or either without the other.

use std::collections::{HashMap, HashSet};

use crate::claim::ClaimsFile;
use crate::finding::Finding;
use crate::report::{ArticleRead, Judged, Report};
use crate::source::{SourceId, Span};
use crate::suppress::Silenced;

/// An article, its claims file, or both.
pub(super) struct Unit<'r> {
    pub(super) article: Option<&'r ArticleRead>,
    pub(super) file: Option<&'r ClaimsFile>,
    /// What is said of it.
    pub(super) findings: Vec<&'r Finding>,
    /// Findings that stand.
    pub(super) let_stand: Vec<&'r Silenced>,
    /// What was related in it.
    pub(super) relations: Vec<&'r Judged>,
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
    let articles: HashMap<SourceId, &ArticleRead> =
        report.articles.iter().map(|article| (article.source, article)).collect();
    for file in &report.files {
        let article = file.anchored_in.and_then(|source| articles.get(&source).copied());
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
        match unit_of(&mut finding.places()) {
            Some(unit) => units[unit].findings.push(finding),
            None => others.push(finding),
        }
    }
    for one in &report.let_stand {
        if let Some(unit) = unit_of(&mut one.finding.places()) {
            units[unit].let_stand.push(one);
        }
    }
    for relation in &report.relations {
        if let Some(unit) = unit_of(&mut relation.places()) {
            units[unit].relations.push(relation);
        }
    }
    (units, others)
}
