//! What belongs together on the page: an article with its claims file, or either without the other.

use std::collections::HashSet;

use crate::claim::ClaimsFile;
use crate::finding::Finding;
use crate::report::{ArticleRead, Judged, Report};
use crate::source::{SourceId, Span};

/// An article, its claims file, or both.
pub(super) struct Unit<'r> {
    pub(super) article: Option<&'r ArticleRead>,
    pub(super) file: Option<&'r ClaimsFile>,
    /// What is said of it, with its number in the report.
    pub(super) findings: Vec<&'r Finding>,
    /// What was related in it, with its number in the report.
    pub(super) relations: Vec<(usize, &'r Judged)>,
}

impl Unit<'_> {
    fn sources(&self) -> impl Iterator<Item = SourceId> {
        let article = self.article.map(|article| article.source);
        article.into_iter().chain(self.file.map(|file| file.span.source))
    }

    fn holds(&self, span: Span) -> bool {
        self.sources().any(|source| source == span.source)
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
    let unit = |article, file| Unit { article, file, findings: Vec::new(), relations: Vec::new() };
    for file in &report.files {
        let article = report.articles.iter().find(|one| Some(one.source) == file.anchored_in);
        named.extend(article.map(|article| article.source));
        units.push(unit(article, Some(file)));
    }
    let alone = report.articles.iter().filter(|article| !named.contains(&article.source));
    units.extend(alone.map(|article| unit(Some(article), None)));
    let mut others = Vec::new();
    for finding in &report.findings {
        let spans = std::iter::once(&finding.primary).chain(&finding.related).map(|l| l.span);
        let spans: Vec<Span> = spans.collect();
        match units.iter_mut().find(|unit| spans.iter().any(|&span| unit.holds(span))) {
            Some(unit) => unit.findings.push(finding),
            None => others.push(finding),
        }
    }
    for (number, relation) in report.relations.iter().enumerate() {
        let of = |unit: &&mut Unit<'_>| relation.places().any(|span| unit.holds(span));
        if let Some(unit) = units.iter_mut().find(of) {
            unit.relations.push((number, relation));
        }
    }
    (units, others)
}
