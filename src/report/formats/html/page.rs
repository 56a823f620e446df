//! What the page shows, as the template takes it: every text as it is to be read, escaped by the template.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use serde::Serialize;

use crate::claim::Claim;
use crate::document::Format;
use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::published::Publication;
use crate::report::formats::html::bar::{BarView, bar};
use crate::report::formats::html::claims::{ClaimRow, ClaimView, claim_view};
use crate::report::formats::html::marks::{Mark, Standing, at, marks, written};
use crate::report::formats::html::room::{MOST, Room, take};
use crate::report::formats::html::text::{BlockView, Text, headline};
use crate::report::formats::html::timeline::{TimelineView, timeline};
use crate::report::formats::html::units::{Unit, units};
use crate::report::formats::inert::clean;
use crate::report::formats::mentions::{allowed, in_words};
use crate::report::formats::told::{about, lines};
use crate::report::{ArticleRead, FigureRead, Judged, Report, home_lines, plural};
use crate::source::{Sources, Span, one_line};
use crate::suppress::Silenced;
use crate::value::{Rational, write_day};

/// The whole page.
#[derive(Serialize)]
pub(super) struct Page {
    title: String,
    version: &'static str,
    summary: String,
    verdict: &'static str,
    units: Vec<UnitView>,
    /// How many of them have findings.
    found: usize,
    /// Findings that belong to no article and no claims file.
    others: Vec<FindingView>,
    legend: Vec<[&'static str; 2]>,
    /// What the page leaves out for its size.
    left_out: Vec<String>,
}

/// An article with its claims.
#[derive(Serialize)]
pub(super) struct UnitView {
    /// What the names of its parts begin with.
    id: String,
    name: String,
    /// Whether there is an article, and not only a claims file.
    has_article: bool,
    /// What the article is called by itself, where it says so.
    headline: String,
    claims_file: Option<String>,
    published: Option<String>,
    /// Who says so.
    says: Option<&'static str>,
    /// Where the article is at home.
    home: Vec<String>,
    counts: Vec<CountView>,
    figures: usize,
    /// How many findings there are, shown or not.
    found: usize,
    blocks: Vec<BlockView>,
    /// Whether there are claims that do not stand in the text.
    loose: bool,
    /// Whether what is no prose was left out of it.
    is_markdown: bool,
    details: Vec<DetailView>,
    findings: Vec<FindingView>,
    let_stand: Vec<StandingView>,
    relations: Vec<RelationView>,
    /// How many relations there are, shown or not.
    related: usize,
    /// Relations that nothing decides.
    unknown: Vec<RelationView>,
    timeline: Option<TimelineView>,
    coverage: Option<CoverageView>,
    claims: Vec<ClaimRow>,
    sourceless: Vec<LinkView>,
}

#[derive(Clone, Serialize)]
struct CountView {
    class: &'static str,
    words: &'static str,
    count: usize,
}

/// Everything there is to say of a figure.
#[derive(Serialize)]
struct DetailView {
    number: usize,
    text: String,
    class: &'static str,
    words: &'static str,
    states: String,
    strict: String,
    loose: String,
    in_article: bool,
    claims: Vec<ClaimView>,
    findings: Vec<FindingView>,
    let_stand: Vec<StandingView>,
    relations: Vec<RelationView>,
}

/// A finding that stands.
#[derive(Serialize)]
struct StandingView {
    finding: FindingView,
    reason: String,
}

#[derive(Serialize)]
struct FindingView {
    rule: String,
    level: &'static str,
    message: String,
    lines: Vec<String>,
    why: String,
    measured: Vec<String>,
    places: Vec<LinkView>,
    /// Whether it stands beside the text too.
    is_beside: bool,
}

#[derive(Serialize)]
struct RelationView {
    number: usize,
    rule: String,
    verdict: &'static str,
    class: &'static str,
    is_against: bool,
    /// What is said of it, or what holds.
    title: String,
    holds: String,
    because: String,
    steps: Vec<String>,
    figures: Vec<LinkView>,
    bars: Vec<BarView>,
}

/// A figure that can be gone to.
#[derive(Clone, Serialize)]
struct LinkView {
    /// The number of its mark, or 0.
    mark: usize,
    text: String,
    what: String,
}

#[derive(Serialize)]
struct CoverageView {
    claimed: usize,
    exempt: usize,
    unclaimed: usize,
    percent: usize,
    wanted: usize,
    /// Widths of a hundred: claimed, exempt.
    widths: [String; 3],
    missing: Vec<LinkView>,
}

impl Page {
    /// The page of a report, with what is told of each unit, which is known by its number.
    pub(super) fn of(report: &Report, told: fn(Maker<'_>, usize) -> UnitView) -> Self {
        let (units, others) = units(report);
        let mut room = MOST;
        // How much of everything there is.
        let mut all = Room { findings: 0, relations: 0, marks: 0 };
        let mut view = |(at, unit)| {
            let maker = Maker::new(report, unit, &mut room);
            all.findings += unit.findings.len() + unit.let_stand.len();
            all.relations += unit.relations.len();
            all.marks += maker.all_marks;
            told(maker, at)
        };
        let views: Vec<UnitView> = units.iter().enumerate().map(&mut view).collect();
        let title = match &*views {
            [only] if !only.headline.is_empty() => only.headline.clone(),
            [only] => only.name.clone(),
            all => plural(all.len(), "article", "articles"),
        };
        let none = Unit::new(None, None);
        all.findings += others.len();
        let shown = &others[..others.len().min(room.findings)];
        let maker = Maker::new(report, &none, &mut room);
        let others = shown.iter().map(|finding| maker.finding(finding, true));
        let level = report.findings.iter().map(|finding| finding.severity).max();
        let decided = report.compared() != 0;
        // Nothing is well of which nothing could be compared, or only because something stands.
        let otherwise = match (report.let_stand.is_empty(), decided) {
            (true, true) => "clean",
            (true, false) => "nothing",
            (false, _) => "note",
        };
        let mut summary = report.summary();
        if decided && report.figures != 0 {
            let share = 100 * report.figures_compared().min(report.figures) / report.figures;
            _ = write!(summary, "; {share} % of the figures are compared");
        }
        match report.let_stand.len() {
            0 => {}
            1 => summary.push_str("; 1 finding stands for a reason"),
            n => _ = write!(summary, "; {n} findings stand for reasons"),
        }
        Self {
            title,
            version: env!("CARGO_PKG_VERSION"),
            summary: clean(&summary),
            verdict: level.map_or(otherwise, Severity::as_str),
            found: views.iter().filter(|unit| unit.found != 0).count(),
            units: views,
            others: others.collect(),
            legend: Standing::ALL.iter().map(|one| [one.class(), one.words()]).collect(),
            left_out: all.beyond(),
        }
    }
}

/// Makes the view of one unit.
pub(super) struct Maker<'r> {
    report: &'r Report,
    unit: &'r Unit<'r>,
    marks: Vec<Mark<'r>>,
    /// How many there are of all that could be marked, and what became of them.
    all_marks: usize,
    counts: Vec<CountView>,
    figures: usize,
    /// How many of the marks stand in the article.
    in_article: usize,
    /// The mark of each place that belongs to a claim in its file.
    of_claims: HashMap<Span, usize>,
    /// The findings that are shown, worst first.
    shown: Vec<&'r Finding>,
    /// Findings that stand for a reason, and relations, of which so many are shown.
    stand: usize,
    relations: usize,
    /// Findings by their places.
    found_at: HashMap<Span, Vec<usize>>,
}

impl<'r> Maker<'r> {
    fn new(report: &'r Report, unit: &'r Unit<'r>, room: &mut Room) -> Self {
        let mut marks = marks(unit);
        // Items that a number announces are marked too, and are no figures.
        let is_figure = |mark: &&Mark<'_>| mark.figure.is_some() || !mark.claims.is_empty();
        let figures = marks.iter().filter(is_figure).count();
        let counts = Standing::ALL.iter().map(|standing| CountView {
            class: standing.class(),
            words: standing.words(),
            count: marks.iter().filter(is_figure).filter(|m| m.standing == *standing).count(),
        });
        let counts = counts.filter(|count| count.count != 0).collect();
        let all_marks = marks.len();
        let mut order: Vec<usize> = (0..unit.findings.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(unit.findings[at].severity));
        order.truncate(take(&mut room.findings, order.len()));
        let mut is_shown = vec![false; unit.findings.len()];
        for &at in &order {
            is_shown[at] = true;
        }
        let shown = order.iter().map(|&at| unit.findings[at]).collect();
        let stand = take(&mut room.findings, unit.let_stand.len());
        let relations = take(&mut room.relations, unit.relations.len());
        marks.truncate(take(&mut room.marks, marks.len()));
        for mark in &mut marks {
            mark.findings.retain(|&at| is_shown[at]);
            mark.let_stand.retain(|&at| at < stand);
            mark.relations.retain(|&at| at < relations);
        }
        let mut found_at: HashMap<Span, Vec<usize>> = HashMap::new();
        for (at, finding) in unit.findings.iter().enumerate() {
            finding.places().for_each(|span| found_at.entry(span).or_default().push(at));
        }
        let places = marks.iter().enumerate().flat_map(|(number, mark)| {
            mark.claims.iter().flat_map(move |claim| {
                let quote = claim.quote.as_ref().map(|quote| quote.span);
                let places = [Some(claim.figure.span), Some(claim.id_span), quote];
                places.into_iter().flatten().map(move |span| (span, number))
            })
        });
        let of_claims = places.collect();
        let in_article = marks.iter().filter(|mark| mark.in_article).count();
        Self {
            report,
            unit,
            marks,
            all_marks,
            counts,
            figures,
            in_article,
            of_claims,
            shown,
            stand,
            relations,
            found_at,
        }
    }

    fn sources(&self) -> &'r Sources {
        &self.report.sources
    }

    /// The findings of the unit, its claims, and what is quickly told.
    pub(super) fn brief(&self, number: usize) -> UnitView {
        let unit = self.unit;
        let name = |source| clean(self.sources().get(source).name());
        let own = unit.file.map(|file| name(file.span.source));
        let published = self.published();
        UnitView {
            id: format!("a{}", number + 1),
            name: unit.source().map_or_else(String::new, name),
            has_article: unit.article.is_some(),
            headline: String::new(),
            claims_file: own.filter(|_| unit.article.is_some()),
            published: published.map(|known| write_day(known.day)),
            says: published.map(|known| known.origin.as_str()),
            home: unit.article.map_or_else(Vec::new, |article| home_lines(article.home)),
            counts: self.counts.clone(),
            figures: self.figures,
            found: unit.findings.len(),
            blocks: Vec::new(),
            is_markdown: unit.article.is_some_and(|article| {
                Format::of(self.sources().get(article.source).name()) == Some(Format::Markdown)
            }),
            loose: self.marks.iter().any(|mark| !mark.in_article),
            details: Vec::new(),
            findings: self.shown.iter().map(|finding| self.finding(finding, true)).collect(),
            let_stand: Vec::new(),
            relations: Vec::new(),
            related: unit.relations.len(),
            unknown: Vec::new(),
            timeline: None,
            coverage: None,
            claims: self.claims(),
            sourceless: Vec::new(),
        }
    }

    /// All there is to tell of the unit.
    pub(super) fn unit(self, number: usize) -> UnitView {
        let unit = self.unit;
        let relations = |is_decided: bool| {
            let all = unit.relations[..self.relations].iter().enumerate();
            let all = all.filter(|(_, one)| (one.verdict != Verdict::Unknown) == is_decided);
            all.map(|(at, relation)| self.relation(at, relation, true)).collect::<Vec<_>>()
        };
        let mut blocks = unit.article.map_or_else(Vec::new, |article| self.blocks(article));
        let mut brief = self.brief(number);
        put_beside(&mut brief.findings, &mut blocks);
        let stand = &unit.let_stand[..self.stand];
        let day = self.published().map(|known| known.day);
        UnitView {
            headline: headline(&blocks),
            blocks,
            details: (0..self.marks.len()).map(|at| self.detail(at)).collect(),
            let_stand: stand.iter().map(|one| self.stands(one, true)).collect(),
            relations: relations(true),
            unknown: relations(false),
            timeline: timeline(&self.marks, self.sources(), day),
            coverage: self.coverage(),
            sourceless: self.sourceless(),
            ..brief
        }
    }

    /// The day of publication, as the article or its claims file has it.
    fn published(&self) -> Option<Publication> {
        let published = self.unit.article.and_then(|article| article.published);
        published.or(self.unit.file.and_then(|file| file.published))
    }

    fn blocks(&self, article: &ArticleRead) -> Vec<BlockView> {
        let marks = &self.marks[..self.in_article];
        Text { source: self.sources().get(article.source), article, marks }.blocks()
    }

    fn detail(&self, number: usize) -> DetailView {
        let mark = &self.marks[number];
        let figure = mark.figure;
        let allows = figure.and_then(|figure| allowed(&figure.mention.value)).unwrap_or_default();
        let [strict, loose] = allows.map(|words| clean(&words));
        // Nothing but what it states.
        let is_plain =
            figure.is_some_and(|figure| in_words(&figure.mention, None).starts_with(&loose));
        let findings = mark.findings.iter();
        let relations = mark.relations.iter();
        DetailView {
            number: number + 1,
            text: clean(&written(mark, self.sources())),
            class: mark.standing.class(),
            words: mark.standing.words(),
            states: figure.map_or_else(String::new, states),
            strict: if strict == loose { String::new() } else { strict },
            loose: if is_plain { String::new() } else { loose },
            in_article: mark.in_article,
            claims: mark.claims.iter().map(|claim| claim_view(claim)).collect(),
            findings: findings.map(|&at| self.finding(self.unit.findings[at], false)).collect(),
            let_stand: mark
                .let_stand
                .iter()
                .map(|&at| self.stands(self.unit.let_stand[at], false))
                .collect(),
            relations: relations
                .map(|&at| self.relation(at, self.unit.relations[at], false))
                .collect(),
        }
    }

    /// A finding; on a card of its own with why it matters and where its figures are.
    fn finding(&self, finding: &Finding, is_card: bool) -> FindingView {
        let about = about(self.report, &finding.rule);
        let why = || if about.why.is_empty() { &about.summary } else { &about.why };
        let links = || self.links(finding.places().map(|span| (span, String::new())));
        FindingView {
            rule: clean(finding.rule.as_str()),
            level: finding.severity.as_str(),
            message: clean(&finding.message),
            lines: lines(finding, self.sources()).iter().map(|line| clean(line)).collect(),
            why: if is_card { clean(why().trim()) } else { String::new() },
            measured: about.measured.iter().map(|line| clean(line)).collect(),
            places: if is_card { links() } else { Vec::new() },
            is_beside: false,
        }
    }

    fn stands(&self, one: &Silenced, is_card: bool) -> StandingView {
        let finding = self.finding(&one.finding, is_card);
        StandingView { finding, reason: clean(&one.reason) }
    }

    /// What is said of a relation that contradicts, and whether that stands.
    fn said(&self, relation: &Judged) -> Option<(&'r str, bool)> {
        let about: Vec<Span> = relation.places().collect();
        let is_it = |finding: &Finding| {
            finding.rule == relation.rule
                && about.iter().all(|span| finding.places().any(|marked| marked == *span))
        };
        let at_first = about.first().and_then(|span| self.found_at.get(span));
        let mut there = at_first.into_iter().flatten().map(|&at| self.unit.findings[at]);
        let told = there.find(|finding| is_it(finding));
        let told = told.map(|finding| (&*finding.message, false));
        told.or_else(|| {
            let stands = self.unit.let_stand.iter().find(|one| is_it(&one.finding));
            stands.map(|one| (&*one.finding.message, true))
        })
    }

    /// A relation; on a card of its own with its figures and bars, and under what is said of it.
    fn relation(&self, number: usize, relation: &Judged, is_card: bool) -> RelationView {
        let account = relation.account.as_deref().cloned().unwrap_or_default();
        let roles = relation.roles.iter();
        let figures = roles.flat_map(|role| {
            let name = role.name.replace('_', " ");
            role.places.iter().map(move |(span, _)| (*span, name.clone()))
        });
        let bars = account.bars.iter().filter(|_| is_card);
        let is_against = relation.verdict == Verdict::Contradicts;
        let said = if is_against && is_card { self.said(relation) } else { None };
        let stands = said.is_some_and(|(_, stands)| stands);
        let holds = clean(&account.holds);
        RelationView {
            number: number + 1,
            rule: clean(relation.rule.as_str()),
            title: match said {
                Some((message, _)) => clean(message),
                None if holds.is_empty() => clean(relation.rule.as_str()),
                None => holds.clone(),
            },
            verdict: match (relation.verdict, relation.severity) {
                _ if stands => "let stand",
                (Verdict::Contradicts, Severity::Note) => "remark",
                (verdict, _) => verdict.as_str(),
            },
            class: match (relation.verdict, relation.severity) {
                _ if stands => "stands",
                (Verdict::Holds, _) => "holds",
                (Verdict::HoldsLoosely, _) => "loose",
                (Verdict::Contradicts, Severity::Error) => "clash",
                (Verdict::Contradicts, Severity::Warning) => "warning",
                (Verdict::Contradicts, Severity::Note) => "note",
                (Verdict::Unknown, _) => "unknown",
            },
            is_against,
            holds: if said.is_some() { holds } else { String::new() },
            because: clean(&account.because.unwrap_or_default()),
            steps: if account.steps.is_empty() { relation.remarks.clone() } else { account.steps }
                .iter()
                .map(|step| clean(step))
                .collect(),
            figures: if is_card { self.links(figures) } else { Vec::new() },
            bars: bars.filter_map(bar).collect(),
        }
    }

    /// The figures at some places, each once.
    fn links(&self, places: impl Iterator<Item = (Span, String)>) -> Vec<LinkView> {
        let mut all: Vec<LinkView> = Vec::new();
        let mut known = HashSet::new();
        for (span, what) in places {
            let mark = self.mark_at(span);
            let number = mark.map_or(0, |at| at + 1);
            if number != 0 && !known.insert((number, what.clone())) {
                continue;
            }
            let source = self.sources().get(span.source);
            let text = match mark {
                Some(at) => written(&self.marks[at], self.sources()),
                None => source.told_line(source.name(), span.start),
            };
            all.push(LinkView { mark: number, text: clean(&one_line(&text)), what: clean(&what) });
        }
        all
    }

    fn mark_at(&self, span: Span) -> Option<usize> {
        let by_place = at(&self.marks[..self.in_article], span).next();
        by_place.or_else(|| self.of_claims.get(&span).copied())
    }

    fn coverage(&self) -> Option<CoverageView> {
        let article = self.unit.article?;
        self.unit.file?;
        let one = self.report.coverage.iter().find(|one| one.article == article.source)?;
        let width = |part: usize| {
            let whole = i64::try_from(one.mentions.max(1)).unwrap_or(i64::MAX);
            let part = i64::try_from(part).unwrap_or(i64::MAX);
            (Rational::from(part) * Rational::from(100) / Rational::from(whole)).to_fixed(2)
        };
        Some(CoverageView {
            claimed: one.claimed,
            exempt: one.exempt,
            unclaimed: one.unclaimed.len(),
            percent: one.percent(),
            wanted: one.wanted(),
            widths: [width(one.claimed), width(one.exempt), width(one.claimed + one.exempt)],
            missing: self
                .links(one.unclaimed.iter().take(MOST.marks).map(|&span| (span, String::new()))),
        })
    }

    fn claims(&self) -> Vec<ClaimRow> {
        let all = self.unit.file.into_iter().flat_map(|file| file.claims.all());
        all.map(|claim| ClaimRow {
            mark: self.mark_of(claim).map_or(0, |at| at + 1),
            claim: claim_view(claim),
        })
        .collect()
    }

    fn mark_of(&self, claim: &Claim) -> Option<usize> {
        self.of_claims.get(&claim.id_span).copied()
    }

    fn sourceless(&self) -> Vec<LinkView> {
        let all = self.unit.file.into_iter().flat_map(|file| file.claims.all());
        all.filter(|claim| crate::claim::sourceless(claim).is_some())
            .map(|claim| LinkView {
                mark: self.mark_of(claim).map_or(0, |at| at + 1),
                text: clean(&claim.id),
                what: clean(&one_line(&claim.figure.written)),
            })
            .collect()
    }
}

/// Puts findings beside the block that the first of their figures stands in.
fn put_beside(findings: &mut [FindingView], blocks: &mut [BlockView]) {
    let marks = |(at, block): (usize, &BlockView)| -> Vec<_> {
        block.marks().map(|mark| (mark, at)).collect()
    };
    let block_of: HashMap<usize, usize> = blocks.iter().enumerate().flat_map(marks).collect();
    for (number, finding) in findings.iter_mut().enumerate() {
        let first = finding.places.iter().map(|place| place.mark).filter(|&mark| mark != 0).min();
        if let Some(&at) = first.and_then(|mark| block_of.get(&mark)) {
            blocks[at].notes.push(number);
            finding.is_beside = true;
        }
    }
}

/// What a figure states, dates as they are written.
fn states(figure: &FigureRead) -> String {
    figure.days().map_or_else(|| clean(&in_words(&figure.mention, None)), |days| days.to_string())
}
