//! Relations that an article's prose states, judged.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::claim::{Claim, ClaimsFile, Status, Store};
use crate::engine::{Filled, Given, Holds, Outcome, Relation, Verdict, explain, judge};
use crate::document::{Document, Format};
use crate::finding::Severity;
use crate::mention::Finder;
use crate::prose::{Article, Candidate, Reader, Taken};
use crate::source::{SourceId, Span};
use crate::value::Value;

/// An article's figures that take part in relations, as claims, and what came of them.
#[derive(Debug)]
pub struct Checked<'r> {
    /// The figures as claims.
    pub file: ClaimsFile,
    /// The relations with their verdicts, and the findings.
    pub outcome: Outcome<'r>,
}

/// An article that was read and checked.
#[derive(Debug)]
pub struct ReadArticle<'r> {
    /// Where its figures stand in the source.
    pub figures: Vec<Range<usize>>,
    /// What they came to.
    pub checked: Checked<'r>,
}

/// Reads an article's prose and checks what it states.
pub fn read_article<'r>(
    text: &str,
    source: SourceId,
    format: Format,
    given: Given<'r>,
    published: Option<Date>,
) -> ReadArticle<'r> {
    let document = Document::parse(text, format);
    let mut mentions = Vec::new();
    Finder::new(given.lexicon, published).find_in(&document, &mut |mention| mentions.push(mention));
    let article = Article { document: &document, mentions: &mentions };
    let found = Reader::new(given.rules, given.lexicon).read(article);
    let figures = mentions.iter().map(|m| document.source_range(m.range.clone())).collect();
    mentions.extend(found.further);
    let article = Article { document: &document, mentions: &mentions };
    let candidates = found.candidates;
    ReadArticle { figures, checked: judged(article, source, text, candidates, given, published) }
}

/// Judges what the links found in an article.
fn judged<'r>(
    article: Article<'_>,
    source: SourceId,
    text: &str,
    candidates: Vec<Candidate<'r>>,
    given: Given<'r>,
    published: Option<Date>,
) -> Checked<'r> {
    let whole = Span { source, start: 0, end: 0 };
    let mut claims = Claims { article, whole, text, store: Store::default(), known: HashMap::new() };
    let mut relations: Vec<Relation<'r>> = Vec::with_capacity(candidates.len());
    let mut taken: Vec<Vec<usize>> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        taken.push(mentions(&candidate));
        relations.push(claims.relation(candidate));
    }
    let claims = claims.store;
    let file = ClaimsFile { span: whole, article: None, published, claims, asserts: Vec::new() };
    for relation in &mut relations {
        judge::judge(relation, &file, given.rates, published);
    }
    let keep: Vec<bool> = (0..relations.len()).map(|i| stands(i, &relations, &taken)).collect();
    let mut kept = keep.into_iter();
    relations.retain(|_| kept.next().unwrap_or(true));
    let findings = relations
        .iter()
        .filter_map(|relation| explain::finding(relation, &file, given.rates, published))
        .collect();
    Checked { file, outcome: Outcome { relations, findings } }
}

/// The mentions that take part, sorted.
fn mentions(candidate: &Candidate<'_>) -> Vec<usize> {
    let mut all: Vec<usize> =
        candidate.roles.iter().flatten().map(|taken| taken.mention).collect();
    all.sort_unstable();
    all
}

/// Whether a relation is kept: not where a better reading of the same figures is there.
///
/// Prose can be read in more than one way, and a reading in which the figures agree is the one that
/// was meant. Of two that contradict, the first is enough.
fn stands(index: usize, relations: &[Relation<'_>], taken: &[Vec<usize>]) -> bool {
    let relation = &relations[index];
    let own = &taken[index];
    let good = |relation: &Relation<'_>| {
        matches!(relation.verdict, Verdict::Holds | Verdict::HoldsLoosely)
    };
    let shared = |other: &[usize]| own.iter().filter(|m| other.contains(m)).count();
    let enough = own.len().saturating_sub(1).clamp(1, 2);
    !relations.iter().zip(taken).enumerate().any(|(at, (other, others))| {
        if at == index || shared(others) == 0 {
            return false;
        }
        let same_rule = other.rule() == relation.rule();
        match (good(relation), good(other)) {
            (true, _) => at < index && same_rule && own == others,
            (false, true) => {
                let within = shared(others) == own.len();
                within || same_rule && enough <= shared(others)
            }
            (false, false) => {
                at < index && (own == others || same_rule && enough <= shared(others))
            }
        }
    })
}

/// The figures of an article that have become claims.
struct Claims<'a> {
    article: Article<'a>,
    whole: Span,
    text: &'a str,
    store: Store,
    known: HashMap<Taken, usize>,
}

impl Claims<'_> {
    fn relation<'r>(&mut self, candidate: Candidate<'r>) -> Relation<'r> {
        let rule = candidate.rule;
        let roles = rule
            .roles
            .iter()
            .zip(candidate.roles)
            .map(|(role, taken)| Filled {
                name: role.name.clone(),
                is_list: role.kind.is_list,
                claims: taken.into_iter().filter_map(|taken| self.claim(taken)).collect(),
            })
            .collect();
        Relation {
            holds: Holds::Rule(rule),
            roles,
            asserted: None,
            because: None,
            severity: if candidate.quoted { lower(candidate.severity) } else { candidate.severity },
            loosely: rule.loosely,
            verdict: Verdict::Unknown,
            remarks: if candidate.quoted {
                vec!["quoted from somebody".to_owned()]
            } else {
                Vec::new()
            },
        }
    }

    fn claim(&mut self, taken: Taken) -> Option<usize> {
        if let Some(&known) = self.known.get(&taken) {
            return Some(known);
        }
        let mention = &self.article.mentions[taken.mention];
        let place = self.article.document.source_range(mention.range.clone());
        let span = self.whole.with_range(place);
        let written = &self.text[span.range()];
        let (value, written) = match &mention.value {
            Value::Amount(amount) if taken.negated => {
                (Value::Amount(amount.clone().negated()), format!("-{written}"))
            }
            other => (other.clone(), written.to_owned()),
        };
        let claim = Claim {
            id: format!("figure_{}{}", taken.mention + 1, if taken.negated { "_down" } else { "" }),
            id_span: span,
            value,
            written,
            value_span: span,
            quote: None,
            place: None,
            subject: None,
            measure: None,
            when: None,
            source: None,
            status: Status::Unchecked,
            note: None,
        };
        let index = self.store.add(claim).ok()?;
        self.known.insert(taken, index);
        Some(index)
    }
}

fn lower(severity: Severity) -> Severity {
    match severity {
        Severity::Error => Severity::Warning,
        Severity::Warning | Severity::Note => Severity::Note,
    }
}
