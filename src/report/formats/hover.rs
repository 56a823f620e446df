//! What is known of one figure, as Markdown for an editor that shows it over the text.

use std::fmt::Write as _;

use crate::claim::Claim;
use crate::document::words_of;
use crate::report::formats::diff::in_markdown;
use crate::report::formats::explained::{Came, came, stated};
use crate::report::formats::told::by_role;
use crate::report::{
    Explained, FigureTold, RelationTold, Report, SentenceTold, Silence, TriedTold,
};
use crate::source::{Span, one_line};

/// Relations of a figure that are told.
const MOST_RELATIONS: usize = 12;

/// What was tried in vain that is told where nothing relates a figure.
const MOST_TRIED: usize = 3;

/// What is known of the figure at a byte of an article: what it states, what relates it with the
/// arithmetic, which claim states it; and where nothing relates it, what was tried. With its place.
pub fn hover(report: &Report, told: &Explained, at: usize) -> Option<(Span, String)> {
    let is_here = |figure: &&FigureTold| figure.span.start <= at && at <= figure.span.end;
    let of = |sentence: &'_ SentenceTold| sentence.figures.iter().position(|one| is_here(&one));
    let (sentence, index) =
        told.sentences.iter().find_map(|sentence| Some((sentence, of(sentence)?)))?;
    let figure = &sentence.figures[index];
    let written = words_of(report.sources.get(told.source), figure.span.range());
    let mut out = format!("**{}**: {}\n", in_markdown(&written), words(&stated(figure)));
    let is_own = |relation: &&RelationTold| {
        relation.silence != Some(Silence::Quiet)
            && relation.judged.places().any(|place| place.meets(figure.span))
    };
    let relations: Vec<&RelationTold> = sentence.relations.iter().filter(is_own).collect();
    for relation in relations.iter().take(MOST_RELATIONS) {
        tell_relation(&mut out, report, relation);
    }
    if MOST_RELATIONS < relations.len() {
        let _ = writeln!(out, "\n{} more relations", relations.len() - MOST_RELATIONS);
    }
    if relations.is_empty() {
        tell_tried(&mut out, sentence, &one_line(&written));
    }
    for claim in report.files.iter().flat_map(|file| file.claims.all()) {
        if claim.place.is_some_and(|place| place.meets(figure.span)) {
            let _ = write!(out, "\n{}", claim_told(claim));
        }
    }
    Some((figure.span, out))
}

fn words(told: &[String]) -> String {
    in_markdown(&told.join("; "))
}

fn tell_relation(out: &mut String, report: &Report, relation: &RelationTold) {
    let judged = &relation.judged;
    let figures = by_role(judged, &in_markdown);
    let _ = writeln!(out, "\n- `{}` {}: {figures}", judged.rule, judged.verdict.as_str());
    let steps = judged.account.as_ref().map_or(&judged.remarks, |account| &account.steps);
    for step in steps {
        let _ = writeln!(out, "  - {}", in_markdown(step));
    }
    let _ = writeln!(out, "  - {}", in_markdown(&came(Came::of(report, relation), relation)));
}

/// What was tried with a figure, the nearest first.
fn tell_tried(out: &mut String, sentence: &SentenceTold, written: &str) {
    out.push_str("\nNothing relates it to another figure.\n");
    let takes = |tried: &&TriedTold| tried.filled.iter().any(|(_, figure)| figure == written);
    for tried in sentence.tried.iter().filter(takes).take(MOST_TRIED) {
        let _ = writeln!(out, "- `{}` was tried: {}", tried.rule, in_markdown(&tried.reason));
    }
}

/// What a claim states and how far it was checked, in a line.
pub fn claim_told(claim: &Claim) -> String {
    let status = claim.status.as_str();
    let mut out = format!("Claim `{}`: {}, {status}", claim.id, in_markdown(&claim.figure.written));
    if let Some(checker) = &claim.checker {
        let _ = write!(out, " by {}", in_markdown(checker));
    }
    if let Some(state) = claim.state {
        let _ = write!(out, "; in the article: {}", state.as_str());
    }
    if let Some(source) = &claim.source {
        let parts = [&source.title, &source.url, &source.locator];
        let told: Vec<String> = parts.into_iter().flatten().map(|part| in_markdown(part)).collect();
        let _ = write!(out, "; source: {}", told.join(", "));
    }
    out.push('\n');
    out
}
