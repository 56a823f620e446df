//! W3C Web Annotations (Web Annotation Data Model, 2017), for a CMS that places marks in its own text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use serde_json::{Value, json};

use crate::document::{Document, Format, REMOVED};
use crate::finding::Finding;
use crate::report::Report;
use crate::report::formats::fingerprint::{Fingerprints, fingerprint_of};
use crate::report::formats::inert::{Syntax, inert};
use crate::report::formats::place::{Root, uri};
use crate::report::formats::told::whole;
use crate::source::{Source, SourceId, Sources, Span};

/// Characters before and behind the words of a mark that tell it from the same words elsewhere.
const AROUND: usize = 32;

/// Bytes of the words of a mark that are repeated; a mark of more has its position only.
const LONGEST: usize = 2000;

/// The findings as a page of annotations in JSON-LD, one each, with a target for each place that it marks.
///
/// A place is told by its words and by its characters in the text of the file. HTML and documents have the
/// words only, as a reader sees them, for what counts as their text differs from program to program.
pub fn web_annotation(report: &Report, root: &Root) -> String {
    let (mut known, mut texts) = (Fingerprints::default(), Texts::default());
    let sources = &report.sources;
    let items: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let id = iri(&known.finding(finding, sources));
            annotation(finding, &id, (sources, root), &mut texts)
        })
        .collect();
    let ids = items.iter().filter_map(|item| item["id"].as_str());
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": iri(&fingerprint_of(ids)),
        "type": "AnnotationPage",
        "items": items,
    });
    let out = serde_json::to_string_pretty(&page).unwrap_or_default() + "\n";
    inert(out, Syntax::Json).into_owned()
}

/// A fingerprint as a UUID of the form that is left to its maker (RFC 9562, version 8), so that an annotation keeps its name while text is added elsewhere.
fn iri(fingerprint: &str) -> String {
    let part = |range: Range<usize>| fingerprint.get(range).unwrap_or_default();
    let (first, second, third, last) = (part(0..8), part(8..12), part(12..15), part(15..16));
    format!("urn:uuid:{first}-{second}-8{third}-8{last}00-000000000000")
}

fn annotation(
    finding: &Finding,
    id: &str,
    (sources, root): (&Sources, &Root),
    texts: &mut Texts,
) -> Value {
    let tag = |value: &str| json!({ "type": "TextualBody", "purpose": "tagging", "value": value });
    let mut targets: Vec<Value> = Vec::new();
    for span in finding.places() {
        let target = target(span, sources, root, texts);
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    json!({
        "id": id,
        "type": "Annotation",
        "motivation": "assessing",
        "generator": { "type": "Software", "name": "Crossfoot" },
        "body": [
            {
                "type": "TextualBody",
                "purpose": "assessing",
                "format": "text/plain",
                "language": "en",
                "value": whole(finding, sources),
            },
            tag(finding.rule.as_str()),
            tag(finding.severity.as_str()),
        ],
        "target": targets,
    })
}

/// A place: the file, and two ways to the same words in it.
fn target(span: Span, sources: &Sources, root: &Root, texts: &mut Texts) -> Value {
    let source = sources.get(span.source);
    let mut target = json!({
        "type": "SpecificResource",
        "source": uri(&root.path(source.name())),
    });
    let mut selectors = Vec::new();
    if span.start < span.end {
        if span.end - span.start <= LONGEST {
            selectors.extend(texts.quote(source, span));
        }
        selectors.extend(position(source, span));
    }
    if !selectors.is_empty() {
        target["selector"] = json!(selectors);
    }
    target
}

/// Whether the characters of a file are those of its text.
fn is_as_written(source: &Source) -> bool {
    source.layout().is_none() && Format::of_text(source.name(), source.text()) != Format::Html
}

/// The place in characters of the text, from 0; a byte order mark is none.
fn position(source: &Source, span: Span) -> Option<Value> {
    let mark = usize::from(source.text().starts_with('\u{feff}'));
    let at = |offset: usize| source.characters_before(offset).saturating_sub(mark);
    is_as_written(source).then(
        || json!({ "type": "TextPositionSelector", "start": at(span.start), "end": at(span.end) }),
    )
}

/// Texts of HTML as a reader sees them, each made when it is first asked for.
#[derive(Default)]
struct Texts(HashMap<SourceId, OnceCell<Shown>>);

/// Prose, with the first byte of the source behind each of its characters.
struct Shown {
    prose: String,
    /// For each character its byte of the prose, and the bytes of the source that it stands for.
    at: Vec<(usize, Range<usize>)>,
    blocks: Vec<Range<usize>>,
}

impl Texts {
    /// The words of a place and those around them; `None` where no words of HTML stand there.
    fn quote(&mut self, source: &Source, span: Span) -> Option<Value> {
        if is_as_written(source) || source.layout().is_some() {
            let text = source.text();
            let start = text.len() - text.trim_start_matches('\u{feff}').len();
            return Some(selector(text, span.range(), start..text.len()));
        }
        let shown = self.0.entry(span.source).or_default().get_or_init(|| Shown::of(source));
        let words = shown.words(&span.range())?;
        let block = shown.blocks.partition_point(|block| block.end <= words.start);
        let room = shown.blocks.get(block).cloned().unwrap_or_else(|| words.clone());
        Some(selector(&shown.prose, words, room))
    }
}

impl Shown {
    fn of(source: &Source) -> Self {
        let document = Document::of_source(source);
        let prose = document.prose();
        let at =
            |(start, c): (usize, char)| (start, document.source_range(start..start + c.len_utf8()));
        Self {
            at: prose.char_indices().map(at).collect(),
            blocks: document.blocks().iter().map(|block| block.range.clone()).collect(),
            prose: prose.to_owned(),
        }
    }

    /// The bytes of the prose that stand for bytes of the source.
    fn words(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let first = self.at.partition_point(|(_, own)| own.start < source.start);
        let last = self.at.partition_point(|(_, own)| own.start < source.end);
        let start = self.at.get(first).filter(|_| first < last)?.0;
        let end = self.at.get(last).map_or(self.prose.len(), |(at, _)| *at);
        Some(start..end)
    }
}

/// A selector by words: some bytes of a text, with those around them within its room.
fn selector(text: &str, words: Range<usize>, room: Range<usize>) -> Value {
    let is_gap = |c: char| c == REMOVED;
    let before = &text[room.start.min(words.start)..words.start];
    let before = before.rsplit(is_gap).next().unwrap_or_default();
    let behind = &text[words.end..room.end.max(words.end)];
    let behind = behind.split(is_gap).next().unwrap_or_default();
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
    json!({
        "type": "TextQuoteSelector",
        "exact": &text[words],
        "prefix": &before[from..],
        "suffix": &behind[..to],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_a_uuid_that_its_maker_fills() {
        assert_eq!(iri("0123456789abcdef"), "urn:uuid:01234567-89ab-8cde-8f00-000000000000");
    }
}
