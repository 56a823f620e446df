//! One text checked by itself: a claims file, its article, or both.

use std::sync::Arc;

use crate::check::decided::decided;
use crate::check::explain::explain;
use crate::check::options::Options;
use crate::checks::Check;
use crate::claim::{self, Claim, ClaimsFile};
use crate::document::Swallowed;
use crate::draft::{self, Coverage};
use crate::engine::{
    self, Checked, Figures, Given, Holds, Layer, Operand, Outcome, Relation, Together, Verdict,
};
use crate::finding::{Conflict, Finding, RuleId};
use crate::mention::Mention;
use crate::reading::Reading;
use crate::report::{self, ArticleRead, Explained, FactRead, FigureRead, HomeRead, Judged};
use crate::source::{SourceId, Sources, Span};

/// What is checked by itself: a claims file, an article, or a claims file with its article.
#[derive(Default)]
pub(super) struct Text {
    /// The claims file, if it could be understood.
    pub(super) file: Option<Box<ClaimsFile>>,
    /// The article.
    pub(super) article: Option<SourceId>,
    /// What is wrong with the claims file so far.
    pub(super) findings: Vec<Finding>,
}

/// What texts came to.
#[derive(Default)]
pub(super) struct CameTo {
    pub(super) figures: usize,
    pub(super) uncovered: usize,
    pub(super) undated: usize,
    pub(super) files: Vec<ClaimsFile>,
    pub(super) coverage: Vec<Coverage>,
    pub(super) together: Together,
    pub(super) homes: Vec<HomeRead>,
    pub(super) articles: Vec<ArticleRead>,
    pub(super) explained: Vec<Explained>,
    pub(super) facts: Vec<FactRead>,
    pub(super) relations: Vec<Judged>,
    pub(super) findings: Vec<Finding>,
    pub(super) conflicts: Vec<Arc<Conflict>>,
}

impl Text {
    /// An article that no claims file names.
    pub(super) fn alone(article: SourceId) -> Self {
        Self { article: Some(article), ..Self::default() }
    }

    /// A claims file that cannot be understood.
    pub(super) fn broken(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }

    /// The text that a fault of the program is reported at.
    pub(super) fn source(&self) -> Option<SourceId> {
        self.file.as_ref().map(|file| file.span.source).or(self.article)
    }

    /// Reads, follows, relates, judges, tells.
    pub(super) fn check(self, sources: &Sources, given: Given<'_>, options: &Options) -> CameTo {
        let Self { mut file, article, findings } = self;
        let mut came_to = CameTo { findings, ..CameTo::default() };
        let dated = options.dated(file.as_ref().and_then(|file| file.published));
        let reading = article.map(|article| options.read(sources, article, dated));
        match (&mut file, &reading) {
            (Some(file), Some(reading)) => {
                claim::anchor(file, reading, sources, &mut came_to.findings);
            }
            (Some(file), None) => file.published = dated.publication(|| None),
            (None, _) => {}
        }
        let mut claimed = file.as_ref().map(|file| engine::check(file, given));
        let mut stated = reading.as_ref().map(|reading| engine::check_prose(reading, given));
        if let (Some(file), Some(claimed)) = (&file, &mut claimed) {
            came_to.leave_out_echoes(claimed);
            if let Some(stated) = &mut stated {
                leave_to(stated, file, claimed);
            }
            came_to.tell_stale(file, claimed, stated.as_ref());
        }
        if let (Some(spot), Some(reading)) = (options.explain, &reading) {
            let claimed = file.as_deref().zip(claimed.as_ref());
            let decided = claimed.map_or_else(Vec::new, |(file, all)| decided(file, all));
            let source = sources.get(reading.source());
            let mut told = explain(reading, source, spot, given, &decided);
            told.leave_out(|rule| options.reports(rule));
            came_to.explained.push(told);
        }
        let mut layers = Vec::with_capacity(2);
        layers.extend(file.as_ref().zip(claimed.as_mut()).map(|(file, outcome)| Layer {
            figures: Figures::claimed(file),
            outcome,
            is_prose: false,
        }));
        layers.extend(stated.as_mut().map(|stated| {
            let (figures, outcome) = stated.parts();
            Layer { figures, outcome, is_prose: true }
        }));
        came_to.together = engine::together(&mut layers, given);
        if let (Some(file), Some(outcome)) = (&file, claimed) {
            came_to.tell(Figures::claimed(file), outcome, (given, options));
        }
        if let Some(Checked { figures, published, outcome }) = stated {
            came_to.tell(Figures::read(&figures, published), outcome, (given, options));
        }
        came_to.count(file.as_deref(), reading.as_ref(), options);
        came_to.files.extend(file.map(|file| *file));
        came_to
    }
}

impl CameTo {
    pub(super) fn add(&mut self, other: Self) {
        self.figures += other.figures;
        self.uncovered += other.uncovered;
        self.undated += other.undated;
        self.files.extend(other.files);
        self.coverage.extend(other.coverage);
        self.together.add(other.together);
        self.homes.extend(other.homes);
        self.articles.extend(other.articles);
        self.explained.extend(other.explained);
        self.facts.extend(other.facts);
        self.findings.extend(other.findings);
        self.relations.extend(other.relations);
        self.conflicts.extend(other.conflicts);
    }

    /// Where an assert could not be read, that nothing uses a claim is only its echo.
    fn leave_out_echoes(&self, claimed: &mut Outcome<'_>) {
        if self.findings.iter().chain(&claimed.findings).any(|finding| finding.broken_input) {
            claimed.findings.retain(|finding| finding.rule != Check::UnusedClaim);
        }
    }

    /// Says of asserts that the article says something else of their figures now; and of figures that did
    /// not agree as they were recorded, and do now, that they are mended.
    fn tell_stale(
        &mut self,
        file: &ClaimsFile,
        claimed: &Outcome<'_>,
        stated: Option<&Checked<'_>>,
    ) {
        // What did not hold and is not wrong by the same rule any more.
        let is_wrong = |claim: &Claim, rule: Option<&RuleId>| {
            let Some(stated) = stated else { return false };
            let own = |relation: &&Relation<'_>| match (&relation.holds, rule) {
                (Holds::Rule(known), Some(rule)) => known.id == *rule,
                _ => true,
            };
            let relations = stated.outcome.relations.iter();
            let wrong = relations.filter(|one| one.verdict == Verdict::Contradicts).filter(own);
            let mut places =
                wrong.flat_map(|one| one.claims(stated.figures()).map(Operand::shown_at));
            places.any(|place| claim.found.iter().any(|found| found.span.meets(place)))
        };
        let is_mended = |at: usize, claim: &Claim| {
            let stale = claimed.stale.iter().filter(|stale| stale.claims.contains(&at));
            let mut was_wrong = stale.filter(|stale| stale.contradicted).peekable();
            was_wrong.peek().is_some()
                && was_wrong.all(|stale| !is_wrong(claim, stale.rule.as_ref()))
        };
        let mended: Vec<bool> =
            file.claims.all().iter().enumerate().map(|(at, claim)| is_mended(at, claim)).collect();
        for (claim, _) in file.claims.all().iter().zip(&mended).filter(|(_, mended)| **mended) {
            claim::mend(claim, &mut self.findings);
        }
        for stale in &claimed.stale {
            let claims = || stale.claims.iter().map(|&at| (file.claims.get(at), mended[at]));
            if let Some(asserted) = stale.asserted
                && claims().any(|(_, mended)| !mended)
            {
                let claims: Vec<&Claim> = claims().map(|(claim, _)| claim).collect();
                self.findings.push(claim::stale(asserted, &claims));
            }
        }
    }

    /// Adds what relations came to.
    fn tell(
        &mut self,
        figures: Figures<'_>,
        outcome: Outcome<'_>,
        (given, options): (Given<'_>, &Options),
    ) {
        let judged = |relation| {
            let account = || engine::account(relation, figures, given.rates);
            let account = if options.at_length { account() } else { None };
            Judged { account: account.map(Box::new), ..report::judged(relation, figures) }
        };
        self.relations.extend(outcome.relations.iter().map(judged));
        self.findings.extend(outcome.said.into_iter().map(|(_, finding)| finding));
        self.findings.extend(outcome.findings);
        self.conflicts.extend(outcome.conflicts);
    }

    /// Adds how many figures there are, and how many of them are claimed.
    fn count(
        &mut self,
        file: Option<&ClaimsFile>,
        reading: Option<&Reading<'_>>,
        options: &Options,
    ) {
        let claims = file.map_or(&[][..], |file| file.claims.all());
        self.figures += claims.len();
        if options.require_source {
            self.findings.extend(claims.iter().filter_map(claim::sourceless));
        }
        let Some(reading) = reading else { return };
        let mentions = reading.mentions().len();
        self.undated += reading.undated();
        self.findings.extend(swallowed(reading));
        self.findings.extend(foreign(reading));
        self.homes.extend(home(reading, &self.findings));
        self.articles.extend(options.at_length.then(|| read(reading)));
        if options.lists_facts {
            let facts = draft::facts(reading).into_iter();
            self.facts.extend(facts.map(|fact| FactRead::of(fact, reading)));
        }
        if file.is_some() || options.lists_coverage || options.min_coverage.is_some() {
            let covered = Coverage::new(reading, file);
            self.figures += mentions - covered.claimed;
            self.coverage.push(covered);
        } else {
            self.figures += mentions;
            self.uncovered = mentions;
        }
    }
}

/// Leaves out of what an article states what an assert over the same figures says already.
fn leave_to(stated: &mut Checked<'_>, file: &ClaimsFile, claimed: &Outcome<'_>) {
    let decided = decided(file, claimed);
    let (figures, outcome) = stated.parts();
    outcome.retain(|relation| {
        let judged = report::judged(relation, figures);
        !decided.iter().any(|other| other.settles(&judged))
    });
}

/// Where an article is at home, if something says so, and what of it findings rest on.
fn home(reading: &Reading<'_>, findings: &[Finding]) -> Option<HomeRead> {
    let home = reading.lexicon().home();
    let is_told = |mention: &&Mention| {
        let place = reading.place(mention.range.clone());
        findings.iter().flat_map(Finding::places).any(|told| told.meets(place))
    };
    let told = || reading.mentions().iter().filter(is_told);
    (!home.is_empty()).then(|| HomeRead {
        source: reading.source(),
        home,
        matters: reading.home_of(told()),
    })
}

/// An article and its figures for a report at length.
fn read(reading: &Reading<'_>) -> ArticleRead {
    let figure = |mention: &Mention| FigureRead {
        span: reading.place(mention.range.clone()),
        mention: mention.clone(),
    };
    let figures = reading.mentions().iter().map(figure).collect();
    ArticleRead {
        source: reading.source(),
        published: reading.published(),
        home: reading.lexicon().home(),
        figures,
    }
}

/// The finding on an article in another language than English.
fn foreign(reading: &Reading<'_>) -> Option<Finding> {
    let language = reading.foreign()?;
    let block = reading.document().blocks().iter().find(|block| !block.range.is_empty())?;
    let message = format!("this looks like {}; only English is read", language.name());
    let finding = Finding::of(Check::ForeignLanguage, message, reading.place(block.range.clone()));
    Some(finding.labelled("none of its figures is read"))
}

/// The findings on figures of which a dialect of Markdown makes something else.
fn swallowed<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Finding> + 'r {
    reading.document().swallowed().iter().map(|Swallowed { range, made }| {
        let span = Span { source: reading.source(), start: range.start, end: range.end };
        Finding::of(Check::SwallowedFigure, made.in_words(), span)
            .labelled("read as it is written")
            .helped("a backslash before the sign keeps it")
    })
}
