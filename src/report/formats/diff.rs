//! What differs between two versions: for people, for programs, for a pull request, and as the notice
//! that stands under a corrected article.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::claim::Otherwise;
use crate::draft::{Change, ClaimChange, Diff, RelationChange, Rewritten, Stated};
use crate::engine::Verdict;
use crate::finding::MOST_SAID;
use crate::lexicon::{Lexicon, bit};
use crate::report::formats::inert::{Syntax, inert, plain};
use crate::report::formats::json::{JsonLocation, location};
use crate::report::plural;
use crate::source::{Sources, one_line, shortened};

/// A diff for people.
pub fn diff_human(diff: &Diff, sources: &Sources) -> String {
    let mut out = String::new();
    for change in Change::ALL {
        let mut all = diff.claims.iter().filter(|claim| claim.change == change).peekable();
        if all.peek().is_some() {
            let _ = writeln!(out, "{}", change.as_str());
        }
        for claim in all {
            let _ = writeln!(out, "  {}", plain(&line(claim, sources)));
        }
    }
    if !diff.unclaimed.is_empty() {
        out.push_str("changed without a claim\n");
    }
    for Rewritten { old, new } in &diff.unclaimed {
        let (was, is) = (at(old, sources), at(new, sources));
        let line = format!("{} -> {} ({was} -> {is})", old.value, new.value);
        let _ = writeln!(out, "  {}", plain(&line));
    }
    for (title, all) in by_fate(diff) {
        if !all.is_empty() {
            let _ = writeln!(out, "{title}");
        }
        for relation in all {
            let _ = writeln!(out, "  {}", plain(&relation_line(relation)));
        }
    }
    let _ = writeln!(out, "{}", summary(diff));
    inert(out, Syntax::Text).into_owned()
}

/// The last line of a diff.
fn summary(diff: &Diff) -> String {
    let counts: Vec<String> = Change::ALL
        .into_iter()
        .filter_map(|change| {
            let n = diff.claims.iter().filter(|claim| claim.change == change).count();
            (n != 0).then(|| format!("{n} {}", change.as_str()))
        })
        .collect();
    let same = format!("{} the same", diff.same);
    let unclaimed = match diff.unclaimed.len() {
        0 => None,
        n => Some(format!("{n} changed without a claim")),
    };
    let claims = counts.into_iter().chain([same]).chain(unclaimed).collect::<Vec<_>>().join(", ");
    let broke = diff.relations.iter().filter(|relation| relation.broke()).count();
    let mended = diff.relations.iter().filter(|relation| relation.is_mended()).count();
    let relations = |n: usize| plural(n, "relation", "relations");
    match (broke, mended) {
        (0, 0) => format!("claims: {claims}"),
        (broke, 0) => format!("claims: {claims}; {} broke", relations(broke)),
        (0, mended) => format!("claims: {claims}; {} mended", relations(mended)),
        (broke, mended) => format!("claims: {claims}; {} broke, {mended} mended", relations(broke)),
    }
}

/// Where something stands: the file and the line.
fn at(stated: &Stated, sources: &Sources) -> String {
    let source = sources.get(stated.at.source);
    source.told_line(source.name(), stated.at.start)
}

/// What is said otherwise of a figure, with its aspect: "direction: fell -> rose".
fn otherwise(claim: &ClaimChange) -> Vec<String> {
    let words = |words: &str| match one_line(words) {
        nothing if nothing.is_empty() => "nothing".to_owned(),
        words => words,
    };
    let told = |one: &Otherwise| {
        format!("{}: {} -> {}", one.aspect.as_str(), words(&one.was), words(&one.is))
    };
    claim.otherwise.iter().map(told).collect()
}

fn line(claim: &ClaimChange, sources: &Sources) -> String {
    let id = &claim.id;
    let at = |stated: &Stated| at(stated, sources);
    let quoted = |stated: &Stated| {
        stated.quote.clone().map_or_else(|| stated.value.clone(), |quote| format!("\"{quote}\""))
    };
    match (&claim.old, &claim.new) {
        (None, Some(new)) => format!("{id}: {} ({}, {})", new.value, quoted(new), at(new)),
        (Some(old), None) => format!("{id}: {} ({}, {})", old.value, quoted(old), at(old)),
        (Some(old), Some(new)) => match claim.change {
            Change::Reworded => {
                format!("{id}: {} -> {} ({})", quoted(old), quoted(new), at(new))
            }
            Change::Moved => format!("{id}: {} ({} -> {})", new.value, at(old), at(new)),
            Change::Changed if !claim.otherwise.is_empty() => {
                let what = otherwise(claim).join(", ");
                let values = if old.value == new.value {
                    new.value.clone()
                } else {
                    format!("{} -> {}", old.value, new.value)
                };
                format!("{id}: {values}; {what} ({} -> {})", at(old), at(new))
            }
            _ if old.value == new.value => {
                format!("{id}: {} -> {} ({} -> {})", quoted(old), quoted(new), at(old), at(new))
            }
            _ => format!("{id}: {} -> {} ({} -> {})", old.value, new.value, at(old), at(new)),
        },
        (None, None) => id.clone(),
    }
}

/// The relations of each fate, with its name.
fn by_fate(diff: &Diff) -> [(&'static str, Vec<&RelationChange>); 5] {
    let of = |fate: Fate| diff.relations.iter().filter(|one| Fate::of(one) == fate).collect();
    Fate::ALL.map(|fate| (fate.title(), of(fate)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Broke,
    Mended,
    Added,
    Gone,
    Other,
}

impl Fate {
    const ALL: [Self; 5] = [Self::Broke, Self::Mended, Self::Added, Self::Gone, Self::Other];

    fn of(relation: &RelationChange) -> Self {
        match relation {
            _ if relation.broke() => Self::Broke,
            _ if relation.is_mended() => Self::Mended,
            RelationChange { old: None, .. } => Self::Added,
            RelationChange { new: None, .. } => Self::Gone,
            _ => Self::Other,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Broke => "broke",
            Self::Mended => "mended",
            Self::Added => "added",
            Self::Gone => "gone",
            Self::Other => "other",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Broke => "relations that broke",
            Self::Mended => "relations that were mended",
            Self::Added => "relations that are new",
            Self::Gone => "relations that are gone",
            Self::Other => "relations with another verdict",
        }
    }
}

fn relation_line(relation: &RelationChange) -> String {
    let verdict = |verdict: Option<Verdict>| verdict.map_or("not there", Verdict::as_str);
    format!(
        "{}: {} ({}), {} -> {}",
        relation.rule,
        relation.figures.join(", "),
        relation.claims.join(", "),
        verdict(relation.old),
        verdict(relation.new)
    )
}

/// A diff as a Markdown page.
pub fn diff_markdown(diff: &Diff, sources: &Sources) -> String {
    let mut out = format!("**{}**\n", in_markdown(&summary(diff)));
    if !diff.claims.is_empty() || !diff.unclaimed.is_empty() {
        out.push_str("\n| claim | | before | after |\n|---|---|---|---|\n");
    }
    for change in Change::ALL {
        for claim in diff.claims.iter().filter(|claim| claim.change == change) {
            let value =
                |stated: &Option<Stated>| stated.as_ref().map(|stated| stated.value.clone());
            let is_quoted = !claim.otherwise.is_empty() || value(&claim.old) == value(&claim.new);
            let side = |stated: &Option<Stated>| match (stated, change) {
                (None, _) => String::new(),
                (Some(stated), Change::Moved) => {
                    let source = sources.get(stated.at.source);
                    let place = source.place(stated.at.start);
                    format!("{} {}: {}", source.unit(), place.line, in_markdown(&stated.value))
                }
                (Some(stated), Change::Reworded) => {
                    in_markdown(stated.quote.as_deref().unwrap_or(&stated.value))
                }
                // The number may be the same.
                (Some(stated), Change::Changed) if is_quoted => {
                    in_markdown(stated.quote.as_deref().unwrap_or(&stated.value))
                }
                (Some(stated), _) => in_markdown(&stated.value),
            };
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                in_markdown(&claim.id),
                change.as_str(),
                side(&claim.old),
                side(&claim.new)
            );
        }
    }
    for Rewritten { old, new } in &diff.unclaimed {
        let side = |stated: &Stated| in_markdown(&stated.value);
        let _ = writeln!(out, "| | changed | {} | {} |", side(old), side(new));
    }
    for (title, all) in by_fate(diff) {
        if all.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n**{title}**\n");
        for relation in all {
            let _ = writeln!(out, "- {}", in_markdown(&relation_line(relation)));
        }
    }
    inert(out, Syntax::Markup).into_owned()
}

/// Text that Markdown and HTML leave alone, on one line, and not without end.
pub(super) fn in_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(&shortened(&one_line(text), MOST_SAID)).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '!' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// The notice under a corrected article; empty where nothing changed that a reader must be told.
pub fn diff_notice(diff: &Diff) -> String {
    match &*corrections(diff) {
        [] => String::new(),
        [only] => format!("Correction: {only}\n"),
        several => {
            let mut out = String::from("Corrections:\n");
            for line in several {
                let _ = writeln!(out, "- {line}");
            }
            out
        }
    }
}

/// The corrections of an article as JSON-LD, a schema.org `CorrectionComment` each; empty where there is none.
pub fn diff_json_ld(diff: &Diff) -> String {
    let all = corrections(diff);
    if all.is_empty() {
        return String::new();
    }
    let correction = all.iter().map(|text| JsonCorrection { kind: "CorrectionComment", text });
    let json = JsonCorrected {
        context: "https://schema.org",
        kind: "NewsArticle",
        correction: correction.collect(),
    };
    let out = serde_json::to_string_pretty(&json).unwrap_or_default() + "\n";
    inert(out, Syntax::Json).into_owned()
}

/// An article with its corrections, as schema.org has it.
#[derive(Serialize)]
struct JsonCorrected<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    correction: Vec<JsonCorrection<'a>>,
}

/// One correction.
#[derive(Serialize)]
struct JsonCorrection<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: &'a str,
}

/// What a reader must be told, in the order of the new version: what was said and what is right. Of a sentence in
/// which several things changed, or something beside a number, the words are quoted once.
fn corrections(diff: &Diff) -> Vec<String> {
    let changed = || diff.claims.iter().filter(|claim| claim.change == Change::Changed);
    let mut all: Vec<(usize, Spoken<'_>)> = Vec::new();
    let claims = changed().filter_map(|claim| {
        let (old, new) = (claim.old.as_ref()?, claim.new.as_ref()?);
        Some(Spoken { claim: Some(claim), old, new })
    });
    let unclaimed =
        diff.unclaimed.iter().map(|Rewritten { old, new }| Spoken { claim: None, old, new });
    all.extend(claims.chain(unclaimed).map(|one| (one.new.at.start, one)));
    all.sort_by_key(|(at, _)| *at);
    let mut groups: Vec<Vec<Spoken<'_>>> = Vec::new();
    for (_, one) in all {
        let is_known = one.new.sentence.is_some() && one.old.sentence.is_some();
        let same = groups.iter_mut().rev().take(MOST_OPEN).find(|group| {
            is_known
                && group[0].new.sentence == one.new.sentence
                && group[0].old.sentence == one.old.sentence
        });
        match same {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups.iter().filter_map(|group| corrected_together(group)).collect()
}

/// Sentences that are looked at for one that changed in more than one place.
const MOST_OPEN: usize = 4;

/// Something that a reader must be told, with its claim if it has one.
struct Spoken<'a> {
    claim: Option<&'a ClaimChange>,
    old: &'a Stated,
    new: &'a Stated,
}

fn corrected_together(group: &[Spoken<'_>]) -> Option<String> {
    let first = group.first()?;
    let is_plain = group.len() == 1
        && first.old.value != first.new.value
        && first.claim.is_some_and(|one| one.otherwise.is_empty());
    if is_plain {
        return first.claim.and_then(corrected);
    }
    let sentences = first.old.sentence.as_ref().zip(first.new.sentence.as_ref());
    let (was, is) = match sentences {
        Some((was, is)) if was != is => differing(was, is),
        _ => (first.old.quote.clone()?, first.new.quote.clone()?),
    };
    Some(said(&was, &is))
}

fn said(was: &str, is: &str) -> String {
    format!("An earlier version said \"{}\"; it should say \"{}\".", plain(was), plain(is))
}

/// Words that are told on either side of what differs.
const BESIDE: usize = 3;

/// Whether a word holds others together: "in", "the".
fn is_joint(word: &str) -> bool {
    Lexicon::built_in().look_up(word).senses & bit::FUNCTION != 0
}

/// Whether the stop at the end of a word is its own: "p.m."
fn is_abbreviated(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|word| word.contains('.'))
}

/// The words of two sentences that differ, from the first to the last, with a few on either side.
fn differing(was: &str, is: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.split(' ').collect(), is.split(' ').collect());
    let same =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let front = same(&mut old.iter().zip(&new));
    let shorter = old.len().min(new.len()) - front;
    let back = same(&mut old.iter().rev().zip(new.iter().rev())).min(shorter);
    let words = |all: &[&str]| {
        let mut end = (all.len() - back + BESIDE).min(all.len());
        // Nobody quotes "did not pay $3 million in".
        while 0 < end && end < all.len() && is_joint(all[end - 1]) {
            end += 1;
        }
        let words = all[front.saturating_sub(BESIDE)..end].join(" ");
        let is_cut_short = words.rsplit(' ').next().is_some_and(is_abbreviated);
        let marks: &[char] = if is_cut_short { &[',', ';', ':'] } else { &['.', ',', ';', ':'] };
        words.trim_end_matches(marks).to_owned()
    };
    (words(&old), words(&new))
}

fn corrected(claim: &ClaimChange) -> Option<String> {
    let (old, new) = (claim.old.as_ref()?, claim.new.as_ref()?);
    let value = |stated: &Stated| plain(&stated.value);
    Some(match (&claim.name, &old.quote, &new.quote) {
        (Some(name), ..) => {
            let name = plain(name);
            let first = name.split(' ').next().unwrap_or_default();
            let has_article = ["the", "a", "an", "its", "their", "his", "her"]
                .contains(&first.to_lowercase().as_str());
            let article = if has_article { "" } else { "the " };
            let of = if claim.is_count { "number of " } else { "" };
            let article = if claim.is_count { "the " } else { article };
            format!(
                "An earlier version gave {article}{of}{name} as {}; it is {}.",
                value(old),
                value(new)
            )
        }
        (None, Some(was), Some(is)) => said(was, is),
        (None, ..) => {
            format!("An earlier version gave a figure as {}; it is {}.", value(old), value(new))
        }
    })
}

/// A diff as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Crossfoot diff")]
struct JsonDiff {
    /// The version of this format.
    version: u32,
    /// Claims that are not the same.
    claims: Vec<JsonClaimChange>,
    /// What no claim states and is another: times of day, weekdays, the numbers of labels.
    unclaimed: Vec<JsonRewritten>,
    /// Relations that have another verdict, or are in one version only.
    relations: Vec<JsonRelationChange>,
    /// How many claims are the same.
    same: usize,
}

/// A claim that is not the same.
#[derive(Serialize, JsonSchema)]
struct JsonClaimChange {
    /// Its name.
    id: String,
    /// `added`, `gone`, `changed`, `reworded` or `moved`.
    change: &'static str,
    /// How it was.
    old: Option<JsonStated>,
    /// How it is.
    new: Option<JsonStated>,
    /// What the sentence says otherwise of its figure, beside the number.
    otherwise: Vec<JsonOtherwise>,
}

/// What a sentence says otherwise of a figure.
#[derive(Serialize, JsonSchema)]
struct JsonOtherwise {
    /// `sign`, `direction`, `denial`, `hedge`, `per`, `weekday`, `counted` or `sort`.
    aspect: &'static str,
    /// The words that said so; empty where nothing did.
    was: String,
    /// The words that say so; empty where nothing does.
    is: String,
}

/// What no claim states and is another.
#[derive(Serialize, JsonSchema)]
struct JsonRewritten {
    /// How it was.
    old: JsonStated,
    /// How it is.
    new: JsonStated,
}

/// A claim in one version.
#[derive(Serialize, JsonSchema)]
struct JsonStated {
    /// The value as written.
    value: String,
    /// The words that it quotes.
    quote: Option<String>,
    /// The sentence that it stands in, where that is known.
    sentence: Option<String>,
    /// Where it stands.
    location: JsonLocation,
}

/// A relation that is not the same.
#[derive(Serialize, JsonSchema)]
struct JsonRelationChange {
    /// The rule, or `assertion`.
    rule: String,
    /// Its claims.
    claims: Vec<String>,
    /// `broke`, `mended`, `added`, `gone` or `other`.
    change: &'static str,
    /// The verdict it had; null if it was not there.
    old: Option<&'static str>,
    /// The verdict it has; null if it is not there.
    new: Option<&'static str>,
    /// How much it matters if it does not hold.
    severity: &'static str,
}

/// A diff for programs.
pub fn diff_json(diff: &Diff, sources: &Sources) -> String {
    let stated = |stated: &Stated| JsonStated {
        value: stated.value.clone(),
        quote: stated.quote.clone(),
        sentence: stated.sentence.clone(),
        location: location(sources, stated.at),
    };
    let json = JsonDiff {
        version: 1,
        claims: diff
            .claims
            .iter()
            .map(|claim| JsonClaimChange {
                id: claim.id.clone(),
                change: claim.change.as_str(),
                old: claim.old.as_ref().map(stated),
                new: claim.new.as_ref().map(stated),
                otherwise: claim
                    .otherwise
                    .iter()
                    .map(|one| JsonOtherwise {
                        aspect: one.aspect.as_str(),
                        was: one_line(&one.was),
                        is: one_line(&one.is),
                    })
                    .collect(),
            })
            .collect(),
        unclaimed: diff
            .unclaimed
            .iter()
            .map(|Rewritten { old, new }| JsonRewritten { old: stated(old), new: stated(new) })
            .collect(),
        relations: diff
            .relations
            .iter()
            .map(|relation| JsonRelationChange {
                rule: relation.rule.clone(),
                claims: relation.claims.clone(),
                change: Fate::of(relation).as_str(),
                old: relation.old.map(Verdict::as_str),
                new: relation.new.map(Verdict::as_str),
                severity: relation.severity.as_str(),
            })
            .collect(),
        same: diff.same,
    };
    let out = serde_json::to_string_pretty(&json).unwrap_or_default() + "\n";
    inert(out, Syntax::Json).into_owned()
}

/// The JSON Schema of [`diff_json`].
pub fn diff_schema() -> serde_json::Value {
    schemars::schema_for!(JsonDiff).to_value()
}
