//! What was made of the sentences at a place of an article, for whoever asks why nothing is said there.

use std::ops::Range;

use crate::check::decided::Decided;
use crate::engine::{self, Figures, Given, Holds, Relation, Silent, Weighed};
use crate::language::Foreign;
use crate::prose::{Article, Reader};
use crate::reading::Reading;
use crate::report::{self, Explained, RelationTold, SentenceTold, Silence, Spot};
use crate::source::{Source, Span};

/// What was made of the sentences at a place; `decided` is what asserts over the same figures decide.
pub(super) fn explain(
    reading: &Reading<'_>,
    source: &Source,
    spot: Spot,
    given: Given<'_>,
    decided: &[Decided],
) -> Explained {
    let article = Article::of(reading);
    let asked = range(source, spot);
    let place = |range: Range<usize>| reading.place(range);
    let wanted = |range: &Range<usize>| {
        let own = place(range.clone()).range();
        asked.as_ref().is_some_and(|asked| own.start < asked.end && asked.start < own.end)
    };
    let sentences = Reader::new(given.rules, given.preview).explain(article, &wanted);
    let mut told: Vec<SentenceTold> =
        sentences.iter().map(|one| SentenceTold::new(one, article, &place)).collect();
    if !told.is_empty() {
        let weighed = engine::weigh_prose(reading, given);
        for sentence in &mut told {
            sentence.relations = relations(sentence.span, &weighed, reading, given, decided);
        }
    }
    let near = |span: &Span| source.place(span.start).line.abs_diff(spot.line);
    let figures = reading.mentions().iter().map(|mention| place(mention.range.clone()));
    Explained {
        source: reading.source(),
        sentences: told,
        nearest: figures.min_by_key(near),
        foreign: reading.foreign().map(Foreign::name),
    }
}

/// The bytes of a place; `None` where the text has no such place.
fn range(source: &Source, spot: Spot) -> Option<Range<usize>> {
    let line = source.numbered(spot.line)?;
    let Some(column) = spot.column else { return Some(line) };
    let mut characters = source.text()[line.clone()].char_indices();
    let (at, character) = characters.nth(column.checked_sub(1)?)?;
    Some(line.start + at..line.start + at + character.len_utf8())
}

/// The relations that take a figure of a sentence.
fn relations(
    sentence: Span,
    weighed: &Weighed<'_>,
    reading: &Reading<'_>,
    given: Given<'_>,
    decided: &[Decided],
) -> Vec<RelationTold> {
    let figures = Figures::read(&weighed.figures, reading.published());
    let all = weighed.relations.iter().zip(&weighed.silent);
    let told = all.filter_map(|(relation, silent)| {
        let mut judged = report::judged(relation, figures);
        if !judged.places().any(|place| place.meets(sentence)) {
            return None;
        }
        let is_decided = || decided.iter().any(|other| other.settles(&judged));
        let silence = match silent {
            Some(Silent::Excuses) => Some(Silence::Excuses),
            Some(Silent::Preview) => Some(Silence::Preview),
            Some(Silent::Quiet) => Some(Silence::Quiet),
            Some(Silent::NotMeant) => Some(Silence::NotMeant),
            Some(Silent::Another(at)) => {
                let other = report::judged(&weighed.relations[*at], figures);
                let written = other.roles.iter().flat_map(|role| &role.places);
                let written = written.map(|(_, written)| written.clone()).collect();
                let rule = weighed.relations[*at].rule();
                Some(Silence::Another(rule.to_string(), other.verdict.holds(), written))
            }
            None => is_decided().then_some(Silence::Asserted),
        };
        judged.account = engine::account(relation, figures, given.rates).map(Box::new);
        let is_quoted = judged.remarks.iter().any(|remark| remark == engine::QUOTED);
        let (limit, is_doubtful) = (relation.limit, is_doubtful(relation, given));
        Some(RelationTold { judged, limit, is_quoted, is_doubtful, silence })
    });
    told.collect()
}

/// Whether the level of a relation is lower than its rule's by what was measured.
fn is_doubtful(relation: &Relation<'_>, given: Given<'_>) -> bool {
    let (Holds::Rule(rule), Some(way)) = (&relation.holds, relation.way) else { return false };
    let is_given = given.levels.is_some_and(|levels| levels.contains_key(rule.id.as_str()));
    let level = rule.level_in_prose(way.apart, rule.severity);
    !is_given && level.is_some_and(|level| level < rule.severity)
}
