//! What the page shows, as the template takes it: every text as it is to be read, escaped by the template.

use serde::Serialize;

use crate::claim::{Claim, Status};
use crate::document::{BlockKind, Document, Format};
use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::report::html::bar::{BarView, bar};
use crate::report::html::marks::{Mark, Piece, Standing, at, marks, places, written};
use crate::report::html::timeline::{TimelineView, timeline};
use crate::report::html::units::{Unit, units};
use crate::report::short::is_active;
use crate::report::told::{about, lines};
use crate::report::{Judged, Report, plural};
use crate::source::{SourceId, Sources, Span, one_line};
use crate::value::{Rational, write_day};

/// Text without characters that do something to those around them, but for line breaks.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if is_active(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// The whole page.
#[derive(Serialize)]
pub(super) struct Page {
    title: String,
    version: &'static str,
    summary: String,
    verdict: &'static str,
    units: Vec<UnitView>,
    /// Findings that belong to no article and no claims file.
    others: Vec<FindingView>,
    legend: Vec<[&'static str; 2]>,
}

/// An article with its claims.
#[derive(Serialize)]
struct UnitView {
    /// What the names of its parts begin with.
    id: String,
    name: String,
    /// What the article is called by itself, where it says so.
    headline: String,
    claims_file: Option<String>,
    published: Option<String>,
    counts: Vec<CountView>,
    figures: usize,
    blocks: Vec<BlockView>,
    /// Whether there are claims that do not stand in the text.
    loose: bool,
    details: Vec<DetailView>,
    findings: Vec<FindingView>,
    relations: Vec<RelationView>,
    /// Relations that nothing decides.
    unknown: Vec<RelationView>,
    timeline: Option<TimelineView>,
    coverage: Option<CoverageView>,
    claims: Vec<ClaimRow>,
    sourceless: Vec<LinkView>,
}

#[derive(Serialize)]
struct CountView {
    class: &'static str,
    words: &'static str,
    count: usize,
}

/// A paragraph or a table.
#[derive(Serialize)]
struct BlockView {
    tag: &'static str,
    pieces: Vec<Piece>,
    /// The rows of a table.
    rows: Vec<Vec<CellView>>,
}

#[derive(Serialize)]
struct CellView {
    header: bool,
    pieces: Vec<Piece>,
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
    relations: Vec<RelationView>,
}

/// A claim in full.
#[derive(Serialize)]
struct ClaimView {
    id: String,
    value: String,
    state: String,
    about: String,
    source: String,
    url: Option<String>,
    accessed: String,
    locator: String,
    status: &'static str,
    checker: String,
    note: String,
}

/// A claim in the list of sources.
#[derive(Serialize)]
struct ClaimRow {
    mark: usize,
    claim: ClaimView,
}

#[derive(Serialize)]
struct FindingView {
    rule: String,
    level: &'static str,
    message: String,
    lines: Vec<String>,
    why: String,
    places: Vec<LinkView>,
}

#[derive(Serialize)]
struct RelationView {
    number: usize,
    rule: String,
    verdict: &'static str,
    class: &'static str,
    is_against: bool,
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
    pub(super) fn of(report: &Report) -> Self {
        let (units, others) = units(report);
        let views: Vec<UnitView> =
            units.iter().enumerate().map(|(at, unit)| Maker::new(report, unit).unit(at)).collect();
        let title = match &*views {
            [only] if !only.headline.is_empty() => only.headline.clone(),
            [only] => only.name.clone(),
            all => plural(all.len(), "article", "articles"),
        };
        let none = Unit { article: None, file: None, findings: Vec::new(), relations: Vec::new() };
        let maker = Maker::new(report, &none);
        let others = others.iter().map(|finding| maker.finding(finding));
        let level = report.findings.iter().map(|finding| finding.severity).max();
        Self {
            title,
            version: env!("CARGO_PKG_VERSION"),
            summary: clean(&report.summary()),
            verdict: level.map_or("clean", Severity::as_str),
            units: views,
            others: others.collect(),
            legend: Standing::ALL.iter().map(|one| [one.class(), one.words()]).collect(),
        }
    }
}

/// Makes the view of one unit.
struct Maker<'r> {
    report: &'r Report,
    unit: &'r Unit<'r>,
    marks: Vec<Mark<'r>>,
}

impl<'r> Maker<'r> {
    fn new(report: &'r Report, unit: &'r Unit<'r>) -> Self {
        Self { report, unit, marks: marks(unit) }
    }

    fn sources(&self) -> &'r Sources {
        &self.report.sources
    }

    fn unit(&self, number: usize) -> UnitView {
        let unit = self.unit;
        let name = |source| clean(self.sources().get(source).name());
        let own = unit.file.map(|file| name(file.span.source));
        let published = unit.article.and_then(|article| article.published);
        let published = published.or(unit.file.and_then(|file| file.published));
        let counts = Standing::ALL.iter().map(|standing| CountView {
            class: standing.class(),
            words: standing.words(),
            count: self.marks.iter().filter(|mark| mark.standing == *standing).count(),
        });
        let decided = |relation: &&(usize, &Judged)| relation.1.verdict != Verdict::Unknown;
        let relations = |wanted: bool| {
            let all = unit.relations.iter().enumerate();
            let all = all.filter(move |(_, one)| decided(one) == wanted);
            all.map(|(at, (_, relation))| self.relation(at, relation, true)).collect::<Vec<_>>()
        };
        let blocks = unit.article.map_or_else(Vec::new, |article| self.blocks(article.source));
        let mut findings: Vec<&Finding> = unit.findings.clone();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        UnitView {
            id: format!("a{}", number + 1),
            name: unit.source().map_or_else(String::new, name),
            headline: headline(&blocks),
            claims_file: own.filter(|_| unit.article.is_some()),
            published: published.map(write_day),
            counts: counts.filter(|count| count.count != 0).collect(),
            figures: self.marks.len(),
            blocks,
            loose: self.marks.iter().any(|mark| !mark.in_article),
            details: (0..self.marks.len()).map(|at| self.detail(at)).collect(),
            findings: findings.iter().map(|finding| self.finding(finding)).collect(),
            relations: relations(true),
            unknown: relations(false),
            timeline: timeline(&self.marks, self.sources(), published),
            coverage: self.coverage(),
            claims: self.claims(),
            sourceless: self.sourceless(),
        }
    }

    /// The article's blocks, its tables put together.
    fn blocks(&self, source: SourceId) -> Vec<BlockView> {
        let text = self.sources().get(source);
        let format = Format::of(text.name()).unwrap_or(Format::Plain);
        let document = Document::parse(text.text(), format);
        let mut views: Vec<BlockView> = Vec::new();
        let mut last: Option<(u32, u32)> = None;
        for block in document.blocks() {
            let pieces = self.pieces(&document, block.range.clone());
            if let BlockKind::TableCell { table, row, header, .. } = block.kind {
                let cell = CellView { header, pieces };
                match (views.last_mut(), last) {
                    (Some(view), Some((known, at))) if known == table => {
                        if at != row {
                            view.rows.push(Vec::new());
                        }
                        view.rows.last_mut().expect("a table has a row").push(cell);
                    }
                    _ => views.push(BlockView {
                        tag: "table",
                        pieces: Vec::new(),
                        rows: vec![vec![cell]],
                    }),
                }
                last = Some((table, row));
                continue;
            }
            last = None;
            let tag = match block.kind {
                BlockKind::Heading(1) => "h3",
                BlockKind::Heading(2) => "h4",
                BlockKind::Heading(_) => "h5",
                BlockKind::ListItem { .. } => "item",
                BlockKind::Quote => "blockquote",
                BlockKind::Caption => "caption",
                _ => "p",
            };
            views.push(BlockView { tag, pieces, rows: Vec::new() });
        }
        views
    }

    /// A block cut into words and figures.
    fn pieces(&self, document: &Document<'_>, range: std::ops::Range<usize>) -> Vec<Piece> {
        let prose = &document.prose()[range.clone()];
        let source = self.unit.article.map(|article| article.source);
        let whole = document.source_range(range.clone());
        let words = |text: &str| Piece { text: clean(text), mark: 0, class: "", words: "" };
        let Some(source) = source else { return vec![words(prose)] };
        let place = Span { source, start: whole.start, end: whole.end };
        let in_article = self.marks.iter().filter(|mark| mark.in_article).count();
        let mut pieces = Vec::new();
        let mut from = 0;
        // The characters of the prose, each with where its source begins and ends.
        let starts: Vec<usize> = prose.char_indices().map(|(at, _)| at).collect();
        let source_of = |at: usize| {
            let length = prose[at..].chars().next().map_or(0, char::len_utf8);
            document.source_range(range.start + at..range.start + at + length)
        };
        for number in at(&self.marks[..in_article], place) {
            let mark = &self.marks[number];
            let first = starts.partition_point(|&at| source_of(at).end <= mark.span.start);
            let last = starts.partition_point(|&at| source_of(at).start < mark.span.end);
            let start = starts.get(first).copied().unwrap_or(prose.len()).max(from);
            let end = starts.get(last).copied().unwrap_or(prose.len());
            if end <= start {
                continue;
            }
            if from < start {
                pieces.push(words(&prose[from..start]));
            }
            pieces.push(Piece {
                text: clean(&prose[start..end]),
                mark: number + 1,
                class: mark.standing.class(),
                words: mark.standing.words(),
            });
            from = end;
        }
        if from < prose.len() {
            pieces.push(words(&prose[from..]));
        }
        pieces
    }

    fn detail(&self, number: usize) -> DetailView {
        let mark = &self.marks[number];
        let figure = mark.figure;
        let allows = figure.and_then(|figure| figure.allows.clone()).unwrap_or_default();
        let [strict, loose] = allows.map(|words| clean(&words));
        let findings = mark.findings.iter();
        let relations = mark.relations.iter();
        DetailView {
            number: number + 1,
            text: clean(&written(mark, self.sources())),
            class: mark.standing.class(),
            words: mark.standing.words(),
            states: figure.map_or_else(String::new, |figure| clean(&figure.states)),
            strict,
            loose,
            in_article: mark.in_article,
            claims: mark.claims.iter().map(|claim| claim_view(claim)).collect(),
            findings: findings.map(|&at| self.finding(self.unit.findings[at])).collect(),
            relations: relations
                .map(|&at| self.relation(at, self.unit.relations[at].1, false))
                .collect(),
        }
    }

    fn finding(&self, finding: &Finding) -> FindingView {
        let about = about(self.report, finding.rule.as_str());
        let why = if about.why.is_empty() { about.summary } else { about.why };
        FindingView {
            rule: clean(finding.rule.as_str()),
            level: finding.severity.as_str(),
            message: clean(&finding.message),
            lines: lines(finding, self.sources()).iter().map(|line| clean(line)).collect(),
            why: clean(why.trim()),
            places: self.links(places(finding).map(|span| (span, String::new()))),
        }
    }

    fn relation(&self, number: usize, relation: &Judged, draws: bool) -> RelationView {
        let account = relation.account.as_deref().cloned().unwrap_or_default();
        let roles = relation.roles.iter();
        let figures = roles.flat_map(|role| {
            let name = role.name.replace('_', " ");
            role.places.iter().map(move |(span, _)| (*span, name.clone()))
        });
        let bars = account.bars.iter().filter(|_| draws);
        RelationView {
            number: number + 1,
            rule: clean(relation.rule.as_str()),
            verdict: match (relation.verdict, relation.severity) {
                (Verdict::Contradicts, Severity::Note) => "remark",
                (verdict, _) => verdict.as_str(),
            },
            class: match (relation.verdict, relation.severity) {
                (Verdict::Holds, _) => "holds",
                (Verdict::HoldsLoosely, _) => "loose",
                (Verdict::Contradicts, Severity::Error) => "clash",
                (Verdict::Contradicts, Severity::Warning) => "warning",
                (Verdict::Contradicts, Severity::Note) => "note",
                (Verdict::Unknown, _) => "unknown",
            },
            is_against: relation.verdict == Verdict::Contradicts,
            holds: clean(&account.holds),
            because: clean(&account.because.unwrap_or_default()),
            steps: if account.steps.is_empty() { relation.remarks.clone() } else { account.steps }
                .iter()
                .map(|step| clean(step))
                .collect(),
            figures: self.links(figures),
            bars: bars.filter_map(bar).collect(),
        }
    }

    /// The figures at some places, each once.
    fn links(&self, places: impl Iterator<Item = (Span, String)>) -> Vec<LinkView> {
        let mut all: Vec<LinkView> = Vec::new();
        for (span, what) in places {
            let mark = self.mark_at(span);
            let number = mark.map_or(0, |at| at + 1);
            if number != 0 && all.iter().any(|link| link.mark == number && link.what == what) {
                continue;
            }
            let source = self.sources().get(span.source);
            let line = source.place(span.start).line;
            let text = match mark {
                Some(at) => written(&self.marks[at], self.sources()),
                None => format!("{}:{line}", source.name()),
            };
            all.push(LinkView { mark: number, text: clean(&one_line(&text)), what: clean(&what) });
        }
        all
    }

    fn mark_at(&self, span: Span) -> Option<usize> {
        let in_article = self.marks.iter().filter(|mark| mark.in_article).count();
        let by_place = at(&self.marks[..in_article], span).next();
        let states = |mark: &Mark<'_>| {
            mark.claims.iter().any(|claim| {
                let quote = claim.quote.as_ref().map(|quote| quote.span);
                [Some(claim.value_span), Some(claim.id_span), quote].contains(&Some(span))
            })
        };
        by_place.or_else(|| self.marks.iter().position(states))
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
            missing: self.links(one.unclaimed.iter().map(|&span| (span, String::new()))),
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
        self.marks.iter().position(|mark| mark.claims.iter().any(|one| one.id == claim.id))
    }

    fn sourceless(&self) -> Vec<LinkView> {
        let all = self.unit.file.into_iter().flat_map(|file| file.claims.all());
        all.filter(|claim| crate::claim::sourceless(claim).is_some())
            .map(|claim| LinkView {
                mark: self.mark_of(claim).map_or(0, |at| at + 1),
                text: clean(&claim.id),
                what: clean(&one_line(&claim.written)),
            })
            .collect()
    }
}

/// The first heading of an article.
fn headline(blocks: &[BlockView]) -> String {
    let heading = blocks.iter().find(|block| ["h3", "h4"].contains(&block.tag));
    let pieces = heading.into_iter().flat_map(|block| &block.pieces);
    pieces.map(|piece| piece.text.as_str()).collect()
}

fn claim_view(claim: &Claim) -> ClaimView {
    let text = |text: &Option<String>| clean(text.as_deref().unwrap_or_default());
    let source = claim.source.clone().unwrap_or_default();
    let title = text(&source.title);
    let url = text(&source.url);
    let is_link = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let about = [&claim.subject, &claim.measure];
    let when = claim.when.as_ref().map(|(when, _)| when.clone());
    let about: Vec<&str> = about.into_iter().flatten().chain(&when).map(String::as_str).collect();
    ClaimView {
        id: clean(&claim.id),
        value: clean(&one_line(&claim.written)),
        state: match claim.state {
            _ if claim.is_gone => "gone".to_owned(),
            Some(state) => state.as_str().to_owned(),
            None => String::new(),
        },
        about: clean(&about.join(", ")),
        source: if title.is_empty() { url.clone() } else { title },
        url: is_link.then_some(url),
        accessed: text(&source.accessed),
        locator: text(&source.locator),
        status: match claim.status {
            Status::Unchecked => "unchecked",
            Status::Verified => "verified",
            Status::Disputed => "disputed",
        },
        checker: text(&claim.checker),
        note: text(&claim.note),
    }
}
