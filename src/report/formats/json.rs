//! The JSON report: frozen, versioned, described by its schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Verdict;
use crate::finding::{Severity, Suspect};
use crate::report::formats::conflict::{by_conflict, fingerprints};
use crate::report::formats::fingerprint::Fingerprints;
use crate::report::formats::inert::{Syntax, inert};
use crate::report::formats::mentions::HomeLine;
use crate::report::formats::told::steps;
use crate::report::{HomeRead, JudgedRole, Report};
use crate::source::{Revision, Sources, Span};

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// The report as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Crossfoot report")]
pub(super) struct JsonReport {
    /// The version of this format.
    pub(super) version: u32,
    /// What there is to say, in the order of places.
    pub(super) findings: Vec<JsonFinding>,
    /// Findings that stand: for a reason that was given, or because they are known.
    pub(super) let_stand: Vec<JsonStanding>,
    /// Every relation that was looked at.
    pub(super) relations: Vec<JsonRelation>,
    /// The smallest sets of figures and relations that cannot stand together, as many as were looked for.
    pub(super) conflicts: Vec<JsonConflict>,
    /// What the relations came to, all together.
    pub(super) together: JsonTogether,
    /// The claims that quote their article.
    pub(super) claims: Vec<JsonClaim>,
    /// Where the articles are at home of which something says so.
    pub(super) homes: Vec<JsonHome>,
    /// How much of the articles is claimed.
    pub(super) coverage: JsonCoverage,
    /// How much was checked, and how many findings there are of each level.
    pub(super) summary: JsonSummary,
}

/// Where an article is at home.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonHome {
    /// The article's name.
    file: String,
    #[serde(flatten)]
    home: HomeLine,
}

/// Something to tell the user.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonFinding {
    /// The rule or check that speaks.
    pub(super) rule: String,
    /// `error`, `warning` or `note`.
    pub(super) severity: &'static str,
    /// One line with both sides of the mismatch.
    pub(super) message: String,
    /// The same for the same finding, wherever in the file it stands.
    pub(super) fingerprint: String,
    /// Where to look first.
    pub(super) location: JsonLocation,
    /// `accepted` or `original`: the only state of a document with tracked changes that has it, where both
    /// were checked and differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<&'static str>,
    /// The other figures that take part, and where they are stated.
    pub(super) related: Vec<JsonLabel>,
    /// The arithmetic, a step a line.
    pub(super) steps: Vec<String>,
    /// The value that the other figures come to.
    pub(super) computed: Option<String>,
    /// What each figure would have to read for the others to stand.
    pub(super) suggestions: Vec<JsonSuggestion>,
    /// One way on.
    pub(super) help: Option<String>,
    /// The fingerprint of the conflict that it tells of.
    pub(super) conflict: Option<String>,
}

/// A finding that stands.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonStanding {
    /// The rule or check that spoke.
    rule: String,
    /// What it said.
    message: String,
    /// Where.
    location: JsonLocation,
    /// Why it stands.
    reason: String,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonLocation {
    /// The file's name.
    pub(super) file: String,
    /// First byte of the text as UTF-8; the byte of the file where it is in UTF-8.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Line, from 1; not there where the file has no lines, as a Word document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<usize>,
    /// Column in characters, from 1; not there where the file has no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<usize>,
    /// Paragraph, from 1, of a file without lines; `start` and `end` count its text, a paragraph a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paragraph: Option<usize>,
    /// The part of such a file that the words stand in: `word/document.xml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) part: Option<String>,
    /// The byte of that part at which they begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offset: Option<usize>,
}

/// A place with words.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonLabel {
    #[serde(flatten)]
    pub(super) location: JsonLocation,
    /// The part it plays, or the figure as written.
    pub(super) text: String,
}

/// What a place would have to read.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonSuggestion {
    /// The place.
    pub(super) location: JsonLocation,
    /// What it would have to read.
    pub(super) text: String,
}

/// A relation with its verdict.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonRelation {
    /// The rule, or `assertion`.
    rule: String,
    /// `holds`, `holds loosely`, `contradicts` or `unknown`.
    #[schemars(with = "VerdictName")]
    verdict: &'static str,
    /// How far the figures have to be stretched for it to hold, from 1, the ends of what their digits
    /// allow, to 2, the ends of careless rounding; where it holds only loosely.
    #[serde(skip_serializing_if = "Option::is_none")]
    strain: Option<String>,
    /// Each role's place, or places where it takes a list.
    roles: BTreeMap<String, JsonRole>,
    /// Why it is unknown, or what a conversion rests on.
    remarks: Vec<String>,
}

/// Figures and relations that cannot stand together, none of which can be left out.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonConflict {
    /// The same for the same conflict, wherever in the file it stands.
    fingerprint: String,
    /// What relates the figures, each with its rule.
    relations: Vec<String>,
    /// From the figures as written to the clash, a step a line.
    steps: Vec<String>,
    /// The figures, those that sit in most conflicts first.
    figures: Vec<JsonSuspect>,
    /// How many conflicts share figures with this one, itself included.
    among: usize,
    /// Whether there may be more of them than were looked for.
    may_be_more: bool,
}

/// A figure of a conflict.
#[derive(Serialize, JsonSchema)]
struct JsonSuspect {
    /// Where it stands, with the figure as written.
    #[serde(flatten)]
    label: JsonLabel,
    /// In how many of the conflicts it sits.
    conflicts: usize,
    /// Whether all the other figures agree once it is left out.
    mends_all: bool,
    /// What it would have to read for the rest to stand, in its own style.
    reading: Option<String>,
    /// The least number that lets the rest stand, in its own unit, or the first day; null without end.
    low: Option<String>,
    /// The greatest, or the last day; null without end.
    high: Option<String>,
    /// Slips that would explain it.
    slips: Vec<JsonSlip>,
}

/// A slip of the pen that would explain a figure.
#[derive(Serialize, JsonSchema)]
struct JsonSlip {
    /// Which.
    slip: String,
    /// What would then have been meant.
    meant: String,
}

/// What the relations came to, all together.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonTogether {
    /// The verdict on all of them: `holds`, `holds loosely`, `contradicts` or `unknown`.
    #[schemars(with = "VerdictName")]
    verdict: &'static str,
    /// Sets of figures that hang together by relations.
    components: usize,
    /// Those that can stand.
    hold: usize,
    /// Those of them that can stand only loosely.
    hold_loosely: usize,
    /// Those that cannot.
    contradict: usize,
    /// Those that would have taken more steps than are allowed.
    unknown: usize,
}

/// One place or several.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum JsonRole {
    One(JsonLabel),
    List(Vec<JsonLabel>),
}

#[derive(JsonSchema)]
#[allow(dead_code, reason = "names the four words for the schema")]
enum VerdictName {
    #[serde(rename = "holds")]
    Holds,
    #[serde(rename = "holds loosely")]
    HoldsLoosely,
    #[serde(rename = "contradicts")]
    Contradicts,
    #[serde(rename = "unknown")]
    Unknown,
}

/// A claim that quotes its article.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonClaim {
    /// Its name.
    id: String,
    /// What became of its quote: `same`, `moved`, `reworded`, `figure changed`, `gone` or `ambiguous`.
    state: &'static str,
    /// Where it is named in the claims file.
    claim: JsonLocation,
    /// Where its words stand in the article: one place; before it the other figure, where that changed;
    /// several where none is plain.
    places: Vec<JsonLocation>,
}

/// How much of the articles is claimed.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonCoverage {
    /// Figures and dates that stand in the articles.
    mentions: usize,
    /// Those of them that a claim quotes.
    claimed: usize,
    /// Those that need no checking.
    exempt: usize,
    /// Where the others stand, of articles with a claims file and where coverage is asked for.
    unclaimed: Vec<JsonLabel>,
}

/// How much was checked, and the findings by level.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonSummary {
    /// Figures and dates, of claims and of articles beside them.
    figures: usize,
    /// Relations that were decided by themselves. Where there are none, it means nothing that nothing was
    /// found.
    compared: usize,
    /// How many figures take part in them.
    figures_compared: usize,
    /// Errors.
    errors: usize,
    /// Warnings.
    warnings: usize,
    /// Notes.
    notes: usize,
}

/// The report as JSON, indented, with a line break at its end.
pub fn json(report: &Report) -> String {
    let text = serde_json::to_string_pretty(&whole(report)).unwrap_or_default();
    inert(text + "\n", Syntax::Json).into_owned()
}

/// All of it.
pub(super) fn whole(report: &Report) -> JsonReport {
    let (together, coverage, summary) = Totals::of(report).told();
    JsonReport {
        version: VERSION,
        findings: findings(report),
        let_stand: let_stand(report),
        relations: relations(report),
        conflicts: conflicts(report),
        together,
        claims: claims(report),
        homes: homes(report),
        coverage: JsonCoverage { unclaimed: unclaimed(report), ..coverage },
        summary,
    }
}

fn homes(report: &Report) -> Vec<JsonHome> {
    let home = |read: &HomeRead| JsonHome {
        file: report.sources.get(read.source).name().to_owned(),
        home: HomeLine::new(read.home),
    };
    report.homes.iter().map(home).collect()
}

fn findings(report: &Report) -> Vec<JsonFinding> {
    let sources = &report.sources;
    let mut known = Fingerprints::default();
    let fingerprints = by_conflict(report);
    report
        .findings
        .iter()
        .map(|finding| JsonFinding {
            rule: finding.rule.to_string(),
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            fingerprint: known.finding(finding, sources),
            location: location(sources, finding.primary.span),
            revision: finding.revision.map(Revision::as_str),
            related: finding.related.iter().map(|l| label(sources, l.span, &l.text)).collect(),
            steps: steps(finding),
            computed: finding.computed.clone(),
            suggestions: finding
                .suggestions
                .iter()
                .map(|s| JsonSuggestion {
                    location: location(sources, s.span),
                    text: s.text.clone(),
                })
                .collect(),
            help: finding.help.clone(),
            conflict: finding.conflict.as_deref().and_then(|one| fingerprints.get(one).cloned()),
        })
        .collect()
}

fn let_stand(report: &Report) -> Vec<JsonStanding> {
    let sources = &report.sources;
    report
        .let_stand
        .iter()
        .map(|one| JsonStanding {
            rule: one.finding.rule.to_string(),
            message: one.finding.message.clone(),
            location: location(sources, one.finding.primary.span),
            reason: one.reason.clone(),
        })
        .collect()
}

fn relations(report: &Report) -> Vec<JsonRelation> {
    let sources = &report.sources;
    report
        .relations
        .iter()
        .map(|relation| JsonRelation {
            rule: relation.rule.to_string(),
            verdict: Verdict::as_str(relation.verdict),
            strain: relation.strain.map(|strain| strain.to_string()),
            roles: relation
                .roles
                .iter()
                .map(|role| (role.name.clone(), json_role(sources, role)))
                .collect(),
            remarks: relation.remarks.clone(),
        })
        .collect()
}

/// The figures that no claim covers.
fn unclaimed(report: &Report) -> Vec<JsonLabel> {
    let sources = &report.sources;
    let place = |&span: &Span| label(sources, span, sources.slice(span));
    report.coverage.iter().flat_map(|one| &one.unclaimed).map(place).collect()
}

fn claims(report: &Report) -> Vec<JsonClaim> {
    let sources = &report.sources;
    let all = report.files.iter().flat_map(|file| file.claims.all());
    let quoted = all.filter_map(|claim| {
        Some(JsonClaim {
            id: claim.id.clone(),
            state: claim.state?.as_str(),
            claim: location(sources, claim.id_span),
            places: claim.found.iter().map(|found| location(sources, found.span)).collect(),
        })
    });
    quoted.collect()
}

fn conflicts(report: &Report) -> Vec<JsonConflict> {
    let sources = &report.sources;
    let suspect = |figure: &Suspect| {
        let (low, high) = figure.room.clone().unwrap_or_default();
        let slips = figure.slips.iter();
        let slips =
            slips.map(|(slip, meant)| JsonSlip { slip: slip.clone(), meant: meant.clone() });
        JsonSuspect {
            label: label(sources, figure.span, &figure.written),
            conflicts: figure.conflicts,
            mends_all: figure.mends_all,
            reading: figure.reading.clone(),
            low,
            high,
            slips: slips.collect(),
        }
    };
    let all = report.conflicts.iter().zip(fingerprints(report));
    all.map(|(conflict, fingerprint)| JsonConflict {
        fingerprint,
        relations: conflict.relations.clone(),
        steps: conflict.steps.clone(),
        figures: conflict.figures.iter().map(suspect).collect(),
        among: conflict.among,
        may_be_more: conflict.may_be_more,
    })
    .collect()
}

/// What reports come to, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Figures and dates.
    figures: usize,
    /// Those of them that take part in relations that were decided.
    figures_compared: usize,
    /// Relations that were decided by themselves.
    compared: usize,
    /// Findings at the level of errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    notes: usize,
    /// Whether a relation contradicts.
    contradicts: bool,
    /// Whether one holds only loosely.
    holds_loosely: bool,
    /// Whether something could not be read or done.
    pub is_broken: bool,
    /// Parts of networks: all, those that can stand, those of them that can only loosely, those that
    /// cannot, those that were given up.
    parts: [usize; 5],
    /// Figures and dates that stand in articles, those that a claim quotes, those that need no checking.
    covered: [usize; 3],
}

impl Totals {
    /// What a report comes to.
    pub fn of(report: &Report) -> Self {
        let all = || report.coverage.iter();
        let together = &report.together;
        Self {
            figures: report.figures,
            figures_compared: report.figures_compared(),
            compared: report.compared(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            contradicts: report.relations.iter().any(Report::contradicts),
            holds_loosely: 0 < report.verdicts(Verdict::HoldsLoosely),
            is_broken: report.has_broken_input(),
            parts: [
                together.components,
                together.hold,
                together.hold_loosely,
                together.contradict,
                together.unknown,
            ],
            covered: [
                report.uncovered + all().map(|one| one.mentions).sum::<usize>(),
                all().map(|one| one.claimed).sum(),
                all().map(|one| one.exempt).sum(),
            ],
        }
    }

    /// Counts a finding that is none of a text alone.
    pub fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// Adds what others come to.
    pub fn add(&mut self, other: &Self) {
        self.figures += other.figures;
        self.figures_compared += other.figures_compared;
        self.compared += other.compared;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.contradicts |= other.contradicts;
        self.holds_loosely |= other.holds_loosely;
        self.is_broken |= other.is_broken;
        for (own, other) in self.parts.iter_mut().zip(other.parts) {
            *own += other;
        }
        for (own, other) in self.covered.iter_mut().zip(other.covered) {
            *own += other;
        }
    }

    /// The worst of what the relations came to, by themselves and together.
    fn verdict(&self) -> Verdict {
        let [_, _, loosely, contradict, unknown] = self.parts;
        match () {
            () if self.contradicts || 0 < contradict => Verdict::Contradicts,
            () if 0 < unknown => Verdict::Unknown,
            () if 0 < loosely => Verdict::HoldsLoosely,
            // That nothing was found means nothing.
            () if self.compared == 0 => Verdict::Unknown,
            () if self.holds_loosely => Verdict::HoldsLoosely,
            () => Verdict::Holds,
        }
    }

    /// The same in JSON.
    pub(super) fn told(&self) -> (JsonTogether, JsonCoverage, JsonSummary) {
        let [components, hold, hold_loosely, contradict, unknown] = self.parts;
        let verdict = self.verdict().as_str();
        let [mentions, claimed, exempt] = self.covered;
        let &Self { figures, figures_compared, compared, errors, warnings, notes, .. } = self;
        (
            JsonTogether { verdict, components, hold, hold_loosely, contradict, unknown },
            JsonCoverage { mentions, claimed, exempt, unclaimed: Vec::new() },
            JsonSummary { figures, compared, figures_compared, errors, warnings, notes },
        )
    }
}

/// The JSON Schema of the report.
pub fn report_schema() -> serde_json::Value {
    schemars::schema_for!(JsonReport).to_value()
}

fn json_role(sources: &Sources, role: &JudgedRole) -> JsonRole {
    let mut labels = role.places.iter().map(|(span, text)| label(sources, *span, text));
    match (role.is_list, role.places.len()) {
        (false, 1) => labels.next().map_or(JsonRole::List(Vec::new()), JsonRole::One),
        _ => JsonRole::List(labels.collect()),
    }
}

pub(super) fn location(sources: &Sources, span: Span) -> JsonLocation {
    let source = sources.get(span.source);
    let place = source.place(span.start);
    let has_lines = source.layout().is_none();
    let spot = source.layout().and_then(|layout| layout.spot(span.start));
    JsonLocation {
        file: source.name().to_owned(),
        start: span.start,
        end: span.end,
        line: has_lines.then_some(place.line),
        column: has_lines.then_some(place.column),
        paragraph: (!has_lines).then_some(place.line),
        part: spot.map(|spot| spot.part.to_owned()),
        offset: spot.map(|spot| spot.offset),
    }
}

fn label(sources: &Sources, span: Span, text: &str) -> JsonLabel {
    JsonLabel { location: location(sources, span), text: text.to_owned() }
}
