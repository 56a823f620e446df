//! Relations that prose states: an article's paragraphs read by the links of the rules.
//!
//! What comes out are candidates: a rule, and for each role the figures that the words put there.
//! Whether they can all be true is for the engine to say.

mod change;
mod fit;
mod headline;
mod list;
mod paragraph;
mod repeated;
mod structure;
mod table;
mod total;
mod words;

use std::ops::Range;

use crate::document::Document;
use crate::lexicon::{Abbreviations, Lexicon};
use crate::mention::Mention;
use crate::prose::fit::{counts_alike, fits};
use crate::prose::paragraph::Paragraph;
use crate::prose::structure::Structure;
use crate::rule::link::{Links, Machine};
use crate::rule::{Registry, Rule};
use crate::finding::Severity;

/// An article that was read: its prose, and the figures that stand in it.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The prose.
    pub document: &'a Document<'a>,
    /// The figures, in order; ranges are of the prose.
    pub mentions: &'a [Mention],
}

impl<'a> Article<'a> {
    /// The words of a mention.
    pub fn words(&self, mention: &Mention) -> &'a str {
        &self.document.prose()[mention.range.clone()]
    }
}

/// What was found in an article.
#[derive(Clone, Debug)]
pub struct Found<'r> {
    /// The relations.
    pub candidates: Vec<Candidate<'r>>,
    /// Figures beside the article's own that take part in them: cells read by their column, items
    /// of a list. Their indices follow on those of the article's.
    pub further: Vec<Mention>,
}

/// A figure of the prose in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taken {
    /// The mention, by its index in the article, or behind those among the further ones.
    pub mention: usize,
    /// Whether it is taken with the other sign: a fall.
    pub negated: bool,
}

/// A relation that prose states, to be judged.
#[derive(Clone, Debug)]
pub struct Candidate<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// For each role, the figures that fill it.
    pub roles: Vec<Vec<Taken>>,
    /// How much a contradiction matters.
    pub severity: Severity,
    /// Whether a figure is quoted from somebody, who may be quoted wrong.
    pub quoted: bool,
}

/// Finds the relations of articles, in the room that the ones before took.
pub struct Reader<'r> {
    rules: &'r Registry,
    lexicon: &'r Lexicon,
    links: &'r Links,
    machine: Machine,
    paragraph: Paragraph,
    /// Links of the paragraph that were looked at.
    looked: Vec<u32>,
    round: u32,
}

impl<'r> Reader<'r> {
    /// A reader with the rules and the lexicon of a run.
    pub fn new(rules: &'r Registry, lexicon: &'r Lexicon) -> Self {
        let links = rules.links();
        Self {
            rules,
            lexicon,
            links,
            machine: Machine::default(),
            paragraph: Paragraph::default(),
            looked: vec![0; links.len()],
            round: 0,
        }
    }

    /// Every relation that the links find in an article, in the order of its paragraphs, and those
    /// that its structure states.
    pub fn read(&mut self, article: Article<'_>) -> Found<'r> {
        let mut found = Vec::new();
        let mut next = 0;
        for block in article.document.blocks() {
            let first = next;
            while article.mentions.get(next).is_some_and(|m| m.range.start < block.range.end) {
                next += 1;
            }
            if first < next {
                self.read_block(article, block.range.clone(), first..next, &mut found);
            }
        }
        let structure = Structure::read(article, self.lexicon, self.rules);
        found.extend(structure.found);
        Found { candidates: found, further: structure.further }
    }

    fn read_block(
        &mut self,
        article: Article<'_>,
        range: Range<usize>,
        mentions: Range<usize>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        let words = self.links.words();
        self.paragraph.fill(article, range, mentions, words, Abbreviations::built_in());
        self.round = self.round.wrapping_add(1);
        let links = self.links;
        let start = found.len();
        for &link in links.anywhere() {
            self.look(link, article, found);
        }
        for at in 0..self.paragraph.words.len() {
            let word = self.paragraph.words[at];
            for &link in links.at_word(word) {
                self.look(link, article, found);
            }
        }
        // In the order of the rules, whatever word brought a link up.
        found[start..].sort_by(|a, b| {
            (a.roles.iter().flatten().min(), &a.rule.id).cmp(&(b.roles.iter().flatten().min(), &b.rule.id))
        });
    }

    /// Runs a link over the paragraph, if it has not been and can match at all.
    fn look(&mut self, index: u16, article: Article<'_>, found: &mut Vec<Candidate<'r>>) {
        let looked = &mut self.looked[usize::from(index)];
        if *looked == self.round {
            return;
        }
        *looked = self.round;
        let compiled = self.links.get(index);
        let paragraph = &self.paragraph;
        let program = &compiled.program;
        if !program.may_hold(paragraph.all_sorts, paragraph.sorts.len())
            || !program.needs().iter().all(|words| paragraph.has_any(words))
        {
            return;
        }
        let rule = &self.rules.all()[compiled.rule];
        let link = &rule.links[compiled.link];
        let tape = paragraph.tape();
        let mut at = 0;
        while at < paragraph.items.len() {
            let Some(matched) = self.machine.run(program, tape, at) else {
                at += 1;
                continue;
            };
            at += 1;
            let sentences = paragraph.sentences(&matched.items);
            let unless = compiled.unless.iter().any(|program| {
                sentences.clone().any(|at| self.machine.run(program, tape, at).is_some())
            });
            if unless {
                continue;
            }
            let mut roles = vec![Vec::new(); rule.roles.len()];
            for filled in &matched.filled {
                roles[filled.role].push(Taken {
                    mention: paragraph.first + filled.figure as usize,
                    negated: filled.negated,
                });
            }
            if !fits(rule, &roles, article)
                || !(link.mixed || counts_alike(rule, &roles, article))
                || found.iter().any(|other| other.rule.id == rule.id && other.roles == roles)
            {
                continue;
            }
            let quoted = matched
                .filled
                .iter()
                .any(|filled| paragraph.quoted[filled.figure as usize]);
            found.push(Candidate {
                rule,
                roles,
                severity: link.severity.unwrap_or(rule.severity),
                quoted,
            });
        }
    }
}
