//! One text checked by itself: a claims file with its article, or an article that no claims file names.

use std::ops::Range;

use crate::check::options::Options;
use crate::claim::{self, ClaimsFile};
use crate::document::{Document, Format, Quotable};
use crate::draft::Coverage;
use crate::engine::{
    self, Checked, Figures, Given, Layer, Outcome, ReadArticle, Together, Verdict,
};
use crate::finding::{Conflict, Finding, RuleId, Severity};
use crate::mention::Mention;
use crate::published::{self, Publication};
use crate::report::{self, ArticleRead, Judged};
use crate::source::{SourceId, Sources, Span};

/// What relations came to.
#[derive(Default)]
pub(super) struct Told {
    pub(super) relations: Vec<Judged>,
    pub(super) findings: Vec<Finding>,
    pub(super) conflicts: Vec<Conflict>,
}

/// Adds what a file's relations came to, to what a report says.
fn tell(
    figures: Figures<'_>,
    outcome: Outcome<'_>,
    (given, options): (Given<'_>, &Options),
    told: &mut Told,
) {
    let judged = |relation| {
        let account = || engine::account(relation, figures, given.rates);
        let account = if options.at_length { account() } else { None };
        Judged { account: account.map(Box::new), ..report::judged(relation, figures) }
    };
    told.relations.extend(outcome.relations.iter().map(judged));
    told.findings.extend(outcome.said.into_iter().map(|(_, finding)| finding));
    told.findings.extend(outcome.findings);
    told.conflicts.extend(outcome.conflicts);
}

/// What is checked by itself.
pub(super) enum Text {
    /// A claims file, with its article if it can be read, and what is wrong with it so far.
    Claimed { file: Box<ClaimsFile>, article: Option<SourceId>, findings: Vec<Finding> },
    /// An article that no claims file names.
    Alone(SourceId),
    /// A claims file that cannot be understood.
    Broken(Vec<Finding>),
}

/// What texts came to.
#[derive(Default)]
pub(super) struct CameTo {
    pub(super) figures: usize,
    pub(super) uncovered: usize,
    pub(super) files: Vec<ClaimsFile>,
    pub(super) coverage: Vec<Coverage>,
    pub(super) together: Together,
    pub(super) articles: Vec<ArticleRead>,
    pub(super) told: Told,
}

impl CameTo {
    /// Only findings.
    pub(super) fn of(findings: Vec<Finding>) -> Self {
        Self { told: Told { findings, ..Told::default() }, ..Self::default() }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.figures += other.figures;
        self.uncovered += other.uncovered;
        self.files.extend(other.files);
        self.coverage.extend(other.coverage);
        self.together.add(other.together);
        self.articles.extend(other.articles);
        self.told.findings.extend(other.told.findings);
        self.told.relations.extend(other.told.relations);
        self.told.conflicts.extend(other.told.conflicts);
    }
}

impl Text {
    /// The text that a fault of the program is reported at.
    pub(super) fn source(&self) -> Option<SourceId> {
        match self {
            Self::Claimed { file, .. } => Some(file.span.source),
            Self::Alone(id) => Some(*id),
            Self::Broken(_) => None,
        }
    }

    pub(super) fn check(self, sources: &Sources, given: Given<'_>, options: &Options) -> CameTo {
        match self {
            Self::Claimed { file, article, findings } => {
                check_claims(*file, article, findings, sources, (given, options))
            }
            Self::Alone(id) => check_alone(id, sources, given, options),
            Self::Broken(findings) => CameTo::of(findings),
        }
    }
}

/// Checks a claims file with its article.
fn check_claims(
    mut file: ClaimsFile,
    article: Option<SourceId>,
    mut findings: Vec<Finding>,
    sources: &Sources,
    (given, options): (Given<'_>, &Options),
) -> CameTo {
    let mut came_to = CameTo::default();
    let document = article.map(|article| document(sources, article));
    let article = article.zip(document.as_ref());
    let read = article.map(|(id, document)| (document, sources.get(id).text()));
    file.published = published_on(read, file.published, options);
    if let Some((id, document)) = article {
        let article = Quotable::new(document, id);
        claim::anchor(&mut file, &article, sources, given.lexicon, &mut findings);
    }
    came_to.figures = file.claims.all().len();
    let mut outcome = engine::check(&file, given);
    // Where an assert could not be read, that nothing uses a claim is only its echo.
    if findings.iter().chain(&outcome.findings).any(|finding| finding.broken_input) {
        outcome.findings.retain(|finding| finding.rule.as_str() != "unused-claim");
    }
    let mut prose =
        article.map(|(id, document)| read_article(document, sources, id, given, file.published));
    if let Some(prose) = &mut prose {
        findings.extend(prose.unread.take());
        let covered = Coverage::new(prose.source, &prose.figures, Some(&file));
        came_to.figures += prose.figures.len() - covered.claimed;
        came_to.coverage.push(covered);
        prose.leave_to(&file, &outcome);
        came_to.articles.extend(options.at_length.then(|| prose.read()));
    }
    let mut layers =
        vec![Layer { figures: Figures::claimed(&file), outcome: &mut outcome, is_prose: false }];
    layers.extend(prose.as_mut().map(Prose::layer));
    came_to.together = engine::together(&mut layers, given);
    tell(Figures::claimed(&file), outcome, (given, options), &mut came_to.told);
    if let Some(prose) = prose {
        let Checked { figures, published, outcome } = prose.checked;
        let figures = Figures::read(&figures, published);
        tell(figures, outcome, (given, options), &mut came_to.told);
    }
    if options.require_source {
        findings.extend(file.claims.all().iter().filter_map(claim::sourceless));
    }
    came_to.told.findings.extend(findings);
    came_to.files.push(file);
    came_to
}

/// Checks an article that no claims file names.
fn check_alone(id: SourceId, sources: &Sources, given: Given<'_>, options: &Options) -> CameTo {
    let mut came_to = CameTo::default();
    let document = document(sources, id);
    let published = published_on(Some((&document, sources.get(id).text())), None, options);
    let mut prose = read_article(&document, sources, id, given, published);
    came_to.figures = prose.figures.len();
    came_to.together = engine::together(&mut [prose.layer()], given);
    came_to.articles.extend(options.at_length.then(|| prose.read()));
    if options.lists_coverage || options.min_coverage.is_some() {
        came_to.coverage.push(Coverage::new(id, &prose.figures, None));
    } else {
        came_to.uncovered = prose.figures.len();
    }
    came_to.told.findings.extend(prose.unread.take());
    let Checked { figures, published, outcome } = prose.checked;
    let figures = Figures::read(&figures, published);
    tell(figures, outcome, (given, options), &mut came_to.told);
    came_to
}

/// What an article's prose came to.
struct Prose<'r> {
    source: SourceId,
    /// Where its figures stand in the source.
    figures: Vec<Range<usize>>,
    /// The figures.
    mentions: Vec<Mention>,
    checked: Checked<'r>,
    /// What there is to say of words that are not read.
    unread: Option<Finding>,
}

impl<'r> Prose<'r> {
    /// Leaves out what an assert over the same figures has decided already.
    fn leave_to(&mut self, file: &ClaimsFile, asserted: &Outcome<'_>) {
        let decided = asserted.relations.iter().filter(|one| one.verdict != Verdict::Unknown);
        let asserted: Vec<Judged> =
            decided.map(|one| report::judged(one, Figures::claimed(file))).collect();
        let Checked { figures, published, outcome } = &mut self.checked;
        let figures = Figures::read(figures, *published);
        outcome.retain(|relation| {
            let judged = report::judged(relation, figures);
            !asserted.iter().any(|other| other.is_same(&judged))
        });
    }

    /// The article and its figures for a report at length.
    fn read(&self) -> ArticleRead {
        let source = self.source;
        let figures = self.figures.iter().zip(&self.mentions);
        let figures = figures.map(|(place, mention)| {
            let span = Span { source, start: place.start, end: place.end };
            report::figure_read(mention, span)
        });
        let published = self.checked.published;
        ArticleRead { source, published, figures: figures.collect() }
    }

    fn layer(&mut self) -> Layer<'_, 'r> {
        let Checked { figures, published, outcome } = &mut self.checked;
        Layer { figures: Figures::read(figures, *published), outcome, is_prose: true }
    }
}

/// Reads an article's prose: its figures, the relations between them, and what there is to say.
fn read_article<'r>(
    document: &Document<'_>,
    sources: &Sources,
    source: SourceId,
    given: Given<'r>,
    published: Option<Publication>,
) -> Prose<'r> {
    let text = sources.get(source).text();
    let read = engine::read_article(document, text, source, given, published);
    let ReadArticle { figures, mentions, checked } = read;
    let unread = unread(document, source, figures.len());
    Prose { source, figures, mentions, checked, unread }
}

/// What there is to say of an article of whose numbers as many stand in block HTML as are read, or more.
fn unread(document: &Document<'_>, source: SourceId, figures: usize) -> Option<Finding> {
    let unread = document.unread().filter(|unread| figures <= unread.numbers)?;
    let numbers = report::plural(unread.numbers, "number", "numbers");
    let message = format!("text in block HTML is not read, and {numbers} in it");
    let span = Span { source, start: unread.first.start, end: unread.first.end };
    let finding = Finding::new(&RuleId::new("unread-html"), Severity::Note, message, span);
    Some(finding.labelled("not read").helped(
        "what stands between empty lines is Markdown, and read, though there are tags around it",
    ))
}

/// The day of publication that counts for an article and its claims, as far as it is known; `stated` is
/// what the claims file says.
pub(crate) fn published_on(
    article: Option<(&Document<'_>, &str)>,
    stated: Option<Publication>,
    options: &Options,
) -> Option<Publication> {
    let says = || {
        let (document, text) = article?;
        published::published(document, text, options.lexicon())
    };
    published::publication(stated, options.published, says, options.published_else)
}

/// An article of a run; what has no known ending is plain text.
pub(crate) fn document(sources: &Sources, article: SourceId) -> Document<'_> {
    let format = Format::of(sources.get(article).name()).unwrap_or(Format::Plain);
    Document::parse(sources.get(article).text(), format)
}
