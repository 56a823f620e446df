//! Relations that the structure of a document states rather than the words of a sentence.

use std::ops::Range;

use crate::finding::Severity;
use crate::lexicon::Lexicon;
use crate::mention::Mention;
use crate::prose::article::Article;
use crate::prose::candidate::{self, Candidate, Taken};
use crate::rule::{Join, Registry};
use crate::value::Value;

/// What the structure of an article relates.
pub(super) struct Structure<'a, 'r> {
    pub(super) article: Article<'a>,
    pub(super) lexicon: &'a Lexicon,
    rules: &'r Registry,
    pub(super) found: Vec<Candidate<'r>>,
    /// Figures beside the article's own: cells read by their column, items that are counted. Their
    /// indices follow on those of the article.
    pub(super) further: Vec<Mention>,
}

impl<'a, 'r> Structure<'a, 'r> {
    /// Nothing yet.
    pub(super) fn new(article: Article<'a>, rules: &'r Registry) -> Structure<'a, 'r> {
        Self { article, lexicon: article.lexicon, rules, found: Vec::new(), further: Vec::new() }
    }

    /// Whether a rule asks for relations of this sort.
    pub(super) fn wants(&self, join: Join) -> bool {
        self.rules.all().iter().any(|rule| rule.join == Some(join))
    }

    /// A figure that is none of the article's own.
    pub(super) fn figure(&mut self, value: Value, range: Range<usize>) -> Taken {
        self.further.push(Mention { range, value, counted: None, leans: true });
        Taken::stated(self.article.mentions.len() + self.further.len() - 1)
    }

    /// A relation for every rule that asks for relations of this sort. Its severity is at most the
    /// rule's; without one it is tentative.
    pub(super) fn relate(&mut self, join: Join, roles: &[Vec<Taken>], severity: Option<Severity>) {
        let tried = candidate::tested(roles, severity.is_none());
        for rule in self.rules.all().iter().filter(|rule| rule.join == Some(join)) {
            self.found.push(Candidate {
                rule,
                roles: roles.to_vec(),
                severity: severity.map_or(rule.severity, |own| own.min(rule.severity)),
                quoted: false,
                apart: candidate::apart(None, tried),
                strain: rule.strain,
                cue: None,
                excuses: false,
                tried,
            });
        }
    }
}
