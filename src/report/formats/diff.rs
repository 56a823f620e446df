//! What differs between two versions: for people, for programs, for a pull request, and as the notice
//! that stands under a corrected article.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::draft::{Change, ClaimChange, Diff, RelationChange, Stated};
use crate::engine::Verdict;
use crate::finding::MOST_SAID;
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
    let claims = counts.into_iter().chain([same]).collect::<Vec<_>>().join(", ");
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

fn line(claim: &ClaimChange, sources: &Sources) -> String {
    let id = &claim.id;
    let at = |stated: &Stated| {
        let source = sources.get(stated.at.source);
        source.told_line(source.name(), stated.at.start)
    };
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
    if !diff.claims.is_empty() {
        out.push_str("\n| claim | | before | after |\n|---|---|---|---|\n");
    }
    for change in Change::ALL {
        for claim in diff.claims.iter().filter(|claim| claim.change == change) {
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

/// The notice under a corrected article; empty where no figure changed.
pub fn diff_notice(diff: &Diff) -> String {
    let changed = diff.claims.iter().filter(|claim| claim.change == Change::Changed);
    let lines: Vec<String> = changed.filter_map(corrected).collect();
    match &*lines {
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
        (None, Some(was), Some(is)) => {
            format!("An earlier version said \"{}\"; it should say \"{}\".", plain(was), plain(is))
        }
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
}

/// A claim in one version.
#[derive(Serialize, JsonSchema)]
struct JsonStated {
    /// The value as written.
    value: String,
    /// The words that it quotes.
    quote: Option<String>,
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
            })
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
