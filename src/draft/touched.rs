//! What an edit touched, and the findings and relations that have to do with it.

use std::collections::{HashMap, HashSet};

use crate::claim::{Assert, Asserted, Claim, ClaimsFile};
use crate::document::{Document, sentences};
use crate::lexicon::Abbreviations;
use crate::source::{SourceId, Span, one_line};

/// The bytes of articles and claims files that an edit touched, while they are gathered.
#[derive(Clone, Debug, Default)]
pub struct Touched(Vec<Span>);

/// The same in order and disjoint, to be searched.
#[derive(Clone, Debug)]
pub struct Merged(Vec<Span>);

impl Touched {
    /// Adds some bytes.
    pub fn add(&mut self, span: Span) {
        self.0.push(span);
    }

    /// Adds the sentences of an article that it did not have before.
    pub fn add_article(&mut self, source: SourceId, new: &Document<'_>, old: &Document<'_>) {
        let mut known: HashMap<String, usize> = HashMap::new();
        each_sentence(old, &mut |text, _| *known.entry(text).or_default() += 1);
        each_sentence(new, &mut |text, prose| match known.get_mut(&text) {
            Some(left @ 1..) => *left -= 1,
            _ => {
                let place = new.source_range(prose);
                self.add(Span { source, start: place.start, end: place.end });
            }
        });
    }

    /// Adds the claims and asserts of a file that it did not have before, or had otherwise.
    pub fn add_claims(&mut self, new: &ClaimsFile, old: &ClaimsFile) {
        for claim in new.claims.all() {
            let before = old.claims.find(&claim.id).map(|at| old.claims.get(at));
            if before.is_none_or(|before| said(before) != said(claim)) {
                self.add_claim(claim);
            }
        }
        let known: HashSet<String> = old.asserts.iter().map(asserted).collect();
        for assert in new.asserts.iter().filter(|assert| !known.contains(&asserted(assert))) {
            self.add(assert.span);
            let Asserted::Rule { roles, .. } = &assert.relation else { continue };
            for (id, _) in roles.iter().flat_map(|role| &role.ids) {
                if let Some(at) = new.claims.find(id) {
                    self.add_claim(new.claims.get(at));
                }
            }
        }
    }

    /// Adds the claims whose words an edited article says otherwise than it did: `old` are the same
    /// claims in the article as it was.
    pub fn add_drifts(&mut self, new: &ClaimsFile, old: &ClaimsFile) {
        for (claim, before) in new.claims.all().iter().zip(old.claims.all()) {
            if claim.state != before.state {
                self.add_claim(claim);
            }
        }
    }

    fn add_claim(&mut self, claim: &Claim) {
        let quote = claim.quote.as_ref().map(|quote| quote.span);
        let own = [Some(claim.id_span), Some(claim.figure.span), quote, claim.place];
        own.into_iter().flatten().for_each(|span| self.add(span));
        claim.found.iter().for_each(|found| self.add(found.span));
    }

    /// All of it, to be searched.
    pub fn merged(mut self) -> Merged {
        self.0.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(self.0.len());
        for span in self.0 {
            match merged.last_mut() {
                Some(last) if last.source == span.source && span.start <= last.end => {
                    last.end = last.end.max(span.end);
                }
                _ => merged.push(span),
            }
        }
        Merged(merged)
    }
}

impl Merged {
    /// Whether a place has anything of what was touched.
    pub fn meets(&self, span: Span) -> bool {
        let end = (span.source, span.end.max(span.start + 1));
        let behind = self.0.partition_point(|own| (own.source, own.start) < end);
        let before = behind.checked_sub(1).map(|at| self.0[at]);
        before.is_some_and(|own| own.source == span.source && span.start < own.end)
    }
}

fn each_sentence(document: &Document<'_>, each: &mut dyn FnMut(String, std::ops::Range<usize>)) {
    for block in document.blocks() {
        let text = &document.prose()[block.range.clone()];
        for sentence in sentences(text, Abbreviations::built_in()) {
            let start = block.range.start;
            each(one_line(&text[sentence.clone()]), start + sentence.start..start + sentence.end);
        }
    }
}

/// What a claim says, as far as a relation may depend on it.
fn said(claim: &Claim) -> impl PartialEq {
    let quote = claim.quote.as_ref();
    let quote = quote.map(|quote| (quote.text.clone(), quote.prefix.clone(), quote.suffix.clone()));
    let when = claim.figure.when.as_ref().map(|(_, days)| *days);
    let fact = (claim.subject.clone(), claim.measure.clone(), when);
    (
        claim.figure.written.clone(),
        claim.figure.value.clone(),
        quote,
        fact,
        claim.is_gone,
        claim.status,
    )
}

/// What an assert says.
fn asserted(assert: &Assert) -> String {
    match &assert.relation {
        Asserted::That { text, .. } => format!("{:?} {text}", assert.severity),
        Asserted::Rule { rule: (rule, _), roles } => {
            let ids = |ids: &[(String, Span)]| {
                ids.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" ")
            };
            let roles: Vec<String> =
                roles.iter().map(|role| format!("{}={}", role.name, ids(&role.ids))).collect();
            format!("{:?} {rule} {}", assert.severity, roles.join(";"))
        }
    }
}
