//! What was made of the sentences at a place, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::formats::explained::{Came, came};
use crate::report::formats::inert::{Syntax, inert};
use crate::report::formats::json::{JsonLocation, location};
use crate::report::formats::mentions::MentionLine;
use crate::report::{
    ChangeTold, Explained, FigureTold, RelationTold, Report, SentenceTold, TriedTold,
};
use crate::source::Sources;

/// What was made of the sentences at a place.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Crossfoot explanation of a place")]
struct JsonExplained<'a> {
    /// The version of this format.
    version: u32,
    /// The sentences there in which figures stand.
    sentences: Vec<JsonSentence<'a>>,
}

/// A sentence.
#[derive(Serialize, JsonSchema)]
struct JsonSentence<'a> {
    /// Where it stands.
    location: JsonLocation,
    /// Its words.
    text: &'a str,
    /// Its figures and dates, as `extract` prints them.
    figures: Vec<MentionLine<'a>>,
    /// Its clauses.
    clauses: Vec<JsonLocation>,
    /// The relations that take figures of it.
    relations: Vec<JsonTold>,
    /// The changes that were read in it, and those that came to nothing.
    changes: Vec<JsonChange<'a>>,
    /// What made no relation, the nearest first.
    tried: Vec<JsonTried<'a>>,
    /// Links that did not match, though their words and sorts of figures are there.
    links: Vec<JsonLinks<'a>>,
}

/// A relation.
#[derive(Serialize, JsonSchema)]
struct JsonTold {
    /// Its rule.
    rule: String,
    /// `holds`, `holds loosely`, `contradicts` or `unknown`.
    verdict: &'static str,
    /// Its figures by role.
    roles: Vec<JsonFilled>,
    /// The arithmetic, a step each.
    steps: Vec<String>,
    /// How far its figures have to be stretched, where it holds only loosely.
    #[serde(skip_serializing_if = "Option::is_none")]
    strain: Option<String>,
    /// Beyond which strain they contradict.
    limit: String,
    /// Its level, where it is reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    reported: Option<&'static str>,
    /// What came of it, in words.
    outcome: String,
}

/// A figure in a role.
#[derive(Serialize, JsonSchema)]
struct JsonFilled {
    /// The role.
    role: String,
    /// The figure as written.
    figure: String,
}

/// A change as it was read.
#[derive(Serialize, JsonSchema)]
struct JsonChange<'a> {
    /// Its clause.
    location: JsonLocation,
    /// The level that it began with.
    from: Option<&'a str>,
    /// The level that it ended with.
    to: Option<&'a str>,
    /// By how much.
    by: &'a [String],
    /// Whether it goes up, where words say so.
    rises: Option<bool>,
    /// What sort of reason there is why it is no change; null where it is one.
    kind: Option<&'static str>,
    /// The reasons in words.
    reasons: &'a [String],
}

/// Something that was tried and made no relation.
#[derive(Serialize, JsonSchema)]
struct JsonTried<'a> {
    /// The rule.
    rule: String,
    /// `slots`, `change`, `whole` or `link`.
    way: &'static str,
    /// The figures that have a place in it.
    filled: Vec<JsonFilled>,
    /// The slots that nothing fills.
    open: Vec<JsonOpen<'a>>,
    /// Whether no words beside a figure speak for it, only its sort.
    faint: bool,
    /// What sort of reason there is: `unfilled`, `between`, `no-partner`.
    kind: &'static str,
    /// The reason in words.
    reason: &'a str,
    /// What the rule finds, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a str>,
}

/// A slot that nothing fills.
#[derive(Serialize, JsonSchema)]
struct JsonOpen<'a> {
    /// Its roles.
    roles: Vec<JsonRole<'a>>,
    /// The slot as the rule writes it.
    written: &'a str,
}

/// A role.
#[derive(Serialize, JsonSchema)]
struct JsonRole<'a> {
    /// Its name.
    name: &'a str,
    /// What may fill it.
    kind: &'a str,
}

/// Links of a rule.
#[derive(Serialize, JsonSchema)]
struct JsonLinks<'a> {
    /// The rule.
    rule: String,
    /// How many.
    count: usize,
    /// What the rule finds, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a str>,
}

/// What was made of the sentences at a place, as JSON.
pub fn explained_json(report: &Report, told: &Explained) -> String {
    let sentences = told.sentences.iter().map(|one| sentence(report, one)).collect();
    let json = JsonExplained { version: 1, sentences };
    let out = serde_json::to_string_pretty(&json).unwrap_or_default() + "\n";
    inert(out, Syntax::Json).into_owned()
}

/// The JSON Schema of [`explained_json`].
pub fn explained_schema() -> serde_json::Value {
    schemars::schema_for!(JsonExplained<'_>).to_value()
}

fn sentence<'a>(report: &'a Report, told: &'a SentenceTold) -> JsonSentence<'a> {
    let sources = &report.sources;
    let figure = |figure: &'a FigureTold| {
        let text = sources.slice(figure.span);
        MentionLine::new(&figure.mention, figure.span.range(), text, figure.counted.as_deref())
    };
    let links = told.links.iter();
    JsonSentence {
        location: location(sources, told.span),
        text: sources.slice(told.span),
        figures: told.figures.iter().filter_map(figure).collect(),
        clauses: told.clauses.iter().map(|&clause| location(sources, clause)).collect(),
        relations: told.relations.iter().map(|one| relation(report, one)).collect(),
        changes: told.changes.iter().map(|one| change(sources, one)).collect(),
        tried: told.tried.iter().map(tried).collect(),
        links: links
            .map(|one| JsonLinks {
                rule: one.rule.to_string(),
                count: one.links,
                example: one.example.as_deref(),
            })
            .collect(),
    }
}

fn relation(report: &Report, told: &RelationTold) -> JsonTold {
    let judged = &told.judged;
    let filled = judged.roles.iter().flat_map(|role| {
        role.places
            .iter()
            .map(|(_, figure)| JsonFilled { role: role.name.clone(), figure: figure.clone() })
    });
    let account = judged.account.as_ref();
    let reported = match Came::of(report, told) {
        Came::Said(finding) => Some(finding.severity.as_str()),
        _ => None,
    };
    JsonTold {
        rule: judged.rule.to_string(),
        verdict: judged.verdict.as_str(),
        roles: filled.collect(),
        steps: account.map_or_else(|| judged.remarks.clone(), |account| account.steps.clone()),
        strain: judged.strain.map(|strain| strain.to_string()),
        limit: told.limit.to_string(),
        reported,
        outcome: came(Came::of(report, told), told),
    }
}

fn change<'a>(sources: &Sources, told: &'a ChangeTold) -> JsonChange<'a> {
    JsonChange {
        location: location(sources, told.clause),
        from: told.from.as_deref(),
        to: told.to.as_deref(),
        by: &told.by,
        rises: told.rises,
        kind: told.lost.as_ref().map(|(kind, _)| *kind),
        reasons: told.lost.as_ref().map_or(&[], |(_, reasons)| reasons),
    }
}

fn tried(told: &TriedTold) -> JsonTried<'_> {
    let filled = told.filled.iter();
    let open = told.open.iter().map(|open| JsonOpen {
        roles: open.roles.iter().map(|(name, kind)| JsonRole { name, kind }).collect(),
        written: &open.written,
    });
    JsonTried {
        rule: told.rule.to_string(),
        way: told.way,
        filled: filled
            .map(|(role, figure)| JsonFilled { role: role.clone(), figure: figure.clone() })
            .collect(),
        open: open.collect(),
        faint: told.is_faint,
        kind: told.kind,
        reason: &told.reason,
        example: told.example.as_deref(),
    }
}
