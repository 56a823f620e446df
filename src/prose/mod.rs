//! Relations that prose states: an article's paragraphs read by the links of the rules.
//!
//! What comes out are candidates: a rule, and for each role the figures that the words put there.
//! Whether they can all be true is for the engine to say.

mod article;
mod candidate;
mod change;
mod exchange;
mod fit;
mod headline;
mod list;
mod paragraph;
mod repeated;
mod structure;
mod table;
mod words;

use std::ops::Range;

pub use article::Article;
pub use candidate::{Candidate, Found, Less, Taken};

use crate::lexicon::{Abbreviations, Lexicon};
use crate::prose::change::Change;
use crate::prose::fit::{converts, counts_alike, fits, goes_with};
use crate::prose::paragraph::Paragraph;
use crate::prose::structure::Structure;
use crate::rule::Registry;
use crate::rule::Rule;
use crate::rule::link::{Filled, Links, Machine, Moves, Sorts, Triggers};

/// Finds the relations of articles, in the room that the ones before took.
pub struct Reader<'r> {
    rules: &'r Registry,
    lexicon: &'r Lexicon,
    links: &'r Links,
    machine: Machine,
    paragraph: Paragraph,
    changes: Vec<Change>,
    /// When each link was last looked at.
    looked: Vec<u32>,
    round: u32,
    preview: bool,
}

/// Candidates that are looked back at for one that is the same.
const MOST_ALIKE: usize = 64;

/// Leaves out what a more special rule says of the same figures.
fn give_way(found: &mut Vec<Candidate<'_>>, start: usize) {
    let over: Vec<(Vec<usize>, &[String])> = found[start..]
        .iter()
        .filter(|candidate| !candidate.rule.over.is_empty() && !candidate.excuses)
        .map(|candidate| (candidate.mentions(), &*candidate.rule.over))
        .collect();
    if over.is_empty() {
        return;
    }
    let gives_way = |candidate: &mut Candidate<'_>| {
        over.iter().any(|(others, rules)| {
            rules.iter().any(|rule| rule == candidate.rule.id.as_str())
                && *others == candidate.mentions()
        })
    };
    found.extract_if(start.., gives_way).for_each(drop);
}

impl<'r> Reader<'r> {
    /// A reader with the rules and the lexicon of a run; with `preview`, also of the links that are
    /// still being tried.
    pub fn new(rules: &'r Registry, lexicon: &'r Lexicon, preview: bool) -> Self {
        let links = rules.links();
        Self {
            rules,
            lexicon,
            links,
            machine: Machine::default(),
            paragraph: Paragraph::default(),
            changes: Vec::new(),
            looked: vec![0; links.len()],
            round: 0,
            preview,
        }
    }

    /// Every relation that the links find in an article, in the order of its paragraphs, and those
    /// that its structure states.
    pub fn read(&mut self, article: Article<'_>) -> Found<'r> {
        let mut found = Vec::new();
        for (_, block, mentions) in article.blocks() {
            self.read_block(article, block.range.clone(), mentions, &mut found);
        }
        exchange::relate(&mut found, article);
        let mut structure = Structure::new(article, self.lexicon, self.rules);
        table::read(&mut structure);
        list::read(&mut structure);
        headline::read(&mut structure);
        repeated::read(&mut structure);
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
        let start = found.len();
        for sentence in 0..self.paragraph.sentences.len() {
            let items = self.paragraph.sentences[sentence].clone();
            if !self.paragraph.narrow(items.clone(), self.links.words()) {
                continue;
            }
            self.look_at_all(self.links.about_one(), &items, article, found);
            if 1 < self.paragraph.figures().len() {
                self.look_at_all(self.links.within(), &items, article, found);
                self.find_changes(items, article);
            }
        }
        self.relate_changes(article, found);
        let all = 0..self.paragraph.items.len();
        if 1 < self.paragraph.sentences.len() {
            self.paragraph.narrow(all.clone(), self.links.words());
        }
        if 1 < self.paragraph.figures().len() {
            self.look_at_all(self.links.across(), &all, article, found);
        }
        give_way(found, start);
        // In the order of the text, whatever word brought a link up.
        found[start..].sort_by(|a, b| {
            (a.roles.iter().flatten().min(), &a.rule.id)
                .cmp(&(b.roles.iter().flatten().min(), &b.rule.id))
        });
    }

    /// Looks for the links that some tokens bring up, the words of which are known.
    fn look_at_all(
        &mut self,
        triggers: &Triggers,
        items: &Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        self.round = self.round.wrapping_add(1);
        for &link in triggers.anywhere() {
            self.look(link, items, article, found);
        }
        for at in 0..self.paragraph.words.len() {
            let word = self.paragraph.words[at];
            for &link in triggers.at_word(word) {
                self.look(link, items, article, found);
            }
        }
    }

    /// Runs a link over some tokens, if it has not been and can match at all.
    fn look(
        &mut self,
        index: u16,
        items: &Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        let looked = &mut self.looked[usize::from(index)];
        if *looked == self.round {
            return;
        }
        *looked = self.round;
        let compiled = self.links.get(index);
        let paragraph = &self.paragraph;
        let program = &compiled.program;
        let rule = &self.rules.all()[compiled.rule];
        let link = &rule.links[compiled.link];
        if link.preview && !self.preview
            || !program.may_hold(paragraph.figures(), paragraph.all_sorts)
            || !program.needs().iter().all(|words| paragraph.has_any(words))
        {
            return;
        }
        let tape = paragraph.tape();
        for at in items.clone() {
            if !program.may_begin(tape.items[at], tape.sorts) {
                continue;
            }
            let Some(matched) = self.machine.run(program, tape, at) else { continue };
            let sentences = paragraph.sentences_of(&matched.items);
            let unless = compiled.unless.iter().any(|program| {
                sentences.clone().any(|at| self.machine.run(program, tape, at).is_some())
            });
            if unless {
                continue;
            }
            let roles = self.roles(rule, &matched.filled);
            if !fits(rule, &roles, article, link.mixed)
                || !(link.converts || counts_alike(rule, &roles, article, link.mixed))
                || (link.mixed && !goes_with(&roles, article))
                || (link.converts && !converts(&roles, article))
            {
                continue;
            }
            let quoted =
                matched.filled.iter().any(|filled| paragraph.quoted[filled.figure as usize]);
            let severity = link.severity.unwrap_or(rule.severity);
            add(found, Candidate { rule, roles, severity, quoted, excuses: link.excuses });
        }
    }

    /// Finds the changes of a sentence.
    fn find_changes(&mut self, items: Range<usize>, article: Article<'_>) {
        let (paragraph, cues) = (&self.paragraph, self.links.cues());
        let may_change = paragraph.has_any(cues.levels()) || paragraph.all_sorts.meets(Sorts::MULTIPLE);
        if self.links.frames().is_empty() || !may_change {
            return;
        }
        let text = change::Text {
            tape: paragraph.tape(),
            cues,
            mentions: &article.mentions[paragraph.first..],
            prose: article.document.prose(),
        };
        change::read(text, items, &mut self.changes);
    }

    /// The relations that the changes of a paragraph are, by the frames of the rules.
    fn relate_changes(&mut self, article: Article<'_>, found: &mut Vec<Candidate<'r>>) {
        for change in std::mem::take(&mut self.changes) {
            for compiled in self.links.frames() {
                let rule = &self.rules.all()[compiled.rule];
                let frame = &rule.frames[compiled.frame];
                let moves = if change.rises { frame.rise } else { frame.fall };
                let Some(filled) = self.filled(&change, moves) else { continue };
                let tape = self.paragraph.tape();
                let machine = &mut self.machine;
                let unless = compiled.unless.iter().any(|program| {
                    change.clause.clone().any(|at| machine.run(program, tape, at).is_some())
                });
                if unless {
                    continue;
                }
                let mut roles = self.roles(rule, &filled);
                if let (Some(role), Some(less)) = (moves.from.role, change.less) {
                    let mention = self.paragraph.first + less as usize;
                    let rises = change.rises;
                    roles[role].iter_mut().for_each(|taken| {
                        taken.less = Some(Less { mention, rises });
                    });
                }
                if !fits(rule, &roles, article, false) || !counts_alike(rule, &roles, article, false)
                {
                    continue;
                }
                let quoted =
                    filled.iter().any(|filled| self.paragraph.quoted[filled.figure as usize]);
                let severity = frame.severity.unwrap_or(rule.severity);
                add(found, Candidate { rule, roles, severity, quoted, excuses: false });
            }
        }
    }

    /// The figures of a change in the roles of a frame, if it has them all.
    fn filled(&self, change: &Change, moves: Moves) -> Option<Vec<Filled>> {
        let takes = |slot: crate::rule::link::Slot, figure: u32| {
            slot.takes(self.paragraph.sorts[figure as usize])
        };
        let fill = |slot: crate::rule::link::Slot, figure: u32| {
            Some(Filled { role: slot.role?, aspect: slot.aspect, figure })
        };
        if !takes(moves.from, change.from) || !takes(moves.to, change.to) {
            return None;
        }
        let mut filled = vec![fill(moves.from, change.from)?, fill(moves.to, change.to)?];
        match moves.by {
            Some(slot) => {
                let by = change.by.iter().copied().find(|&by| takes(slot, by))?;
                filled.push(fill(slot, by)?);
            }
            // Of what the figures alone tell, and of what is only compared, no direction is told.
            None if !change.is_told || change.is_compared || change.less.is_some() => return None,
            None => {}
        }
        Some(filled)
    }

    fn roles(&self, rule: &Rule, filled: &[Filled]) -> Vec<Vec<Taken>> {
        let mut roles = vec![Vec::new(); rule.roles.len()];
        for filled in filled {
            roles[filled.role].push(Taken {
                mention: self.paragraph.first + filled.figure as usize,
                aspect: filled.aspect,
                less: None,
            });
        }
        roles
    }
}

/// Adds a relation that is not there yet.
fn add<'r>(found: &mut Vec<Candidate<'r>>, candidate: Candidate<'r>) {
    let alike = |known: &&mut Candidate<'_>| {
        known.rule.id == candidate.rule.id && known.roles == candidate.roles
    };
    match found.iter_mut().rev().take(MOST_ALIKE).find(alike) {
        Some(known) => known.excuses &= candidate.excuses,
        None => found.push(candidate),
    }
}
