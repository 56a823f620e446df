//! What the sentences of a paragraph state in frames, as the rules take it.

use std::ops::Range;

use crate::prose::article::Article;
use crate::prose::candidate::{self, Candidate, Less, Taken};
use crate::prose::change::{self, Change, Derived};
use crate::prose::clause::{RATIO, Text};
use crate::prose::fit::{counts_alike, fits};
use crate::prose::paragraph::{bytes, places};
use crate::prose::parts::{self, Whole};
use crate::prose::tried::Why;
use crate::prose::{Reader, add};
use crate::rule::link::{ADDED_UP, CompiledFrame, Moves, Program, Slot, Sorts, Takes};

/// How the figures of a frame are told.
#[derive(Clone, Copy)]
struct Told<'t> {
    /// The tokens of their clause.
    clause: &'t Range<usize>,
    /// Whether they may count different things.
    mixed: bool,
    /// The name under which they are measured, where it is not the frame's.
    apart: Option<&'static str>,
    /// The one that is put to the test.
    tried: Option<usize>,
}

impl<'r> Reader<'r> {
    /// Finds the frames of a sentence.
    pub(super) fn find_frames(&mut self, items: Range<usize>, article: Article<'_>) {
        let (paragraph, cues) = (&self.paragraph, self.links.cues());
        if self.links.frames().is_empty() {
            return;
        }
        let is_alone = paragraph.figures().len() < 2 && self.change_before.is_none();
        if is_alone {
            return;
        }
        let text = Text {
            tape: paragraph.tape(),
            cues,
            mentions: &article.mentions[paragraph.first..],
            prose: article.document.prose(),
        };
        let first = self.changes.len();
        let is_told_twice = 2 < paragraph.figures().len()
            && paragraph.all_sorts.meets(RATIO)
            && paragraph.has_any_of(&self.ends);
        if is_told_twice
            || paragraph.has_any_of(&self.levels)
            || paragraph.all_sorts.meets(Sorts::MULTIPLE)
        {
            let lost = self.trace.as_deref_mut().map(|trace| &mut trace.lost);
            change::read(text, items.clone(), &mut self.changes, lost);
        }
        if let Some(before) = self.change_before.take()
            && let Some(result) = change::result(text, items.clone(), &before)
        {
            self.changes.push(result);
        } else {
            let last = self.changes.get(first..).and_then(|new| new.last().cloned());
            let is_pair = last.is_none() && 3 < paragraph.figures().len();
            let pair = || change::pair(text, items.clone());
            self.change_before = last.or_else(|| is_pair.then(pair).flatten());
        }
        if 2 < paragraph.figures().len() {
            parts::read(text, items, &mut self.wholes);
        }
    }

    /// The relations that the frames of a paragraph are, by the rules that take them.
    pub(super) fn relate_frames(&mut self, article: Article<'_>, found: &mut Vec<Candidate<'r>>) {
        let links = self.links;
        for change in self.changes.split_off(0) {
            for frame in links.frames() {
                let Takes::Change { rise, fall } = self.frame(frame) else { continue };
                let moves = if change.rises { *rise } else { *fall };
                let before = found.len();
                let tried = change.is_tentative.then(|| self.mention(change.from));
                let told = Told {
                    clause: &change.clause,
                    mixed: false,
                    apart: candidate::apart(None, tried),
                    tried,
                };
                let related = self
                    .moves(&change, moves)
                    .and_then(|roles| self.relate(frame, roles, told, article, found));
                if let Some(new) = found.get_mut(before)
                    && new.rule.message.has_cue()
                {
                    new.cue = change.against.and_then(|at| self.place_of(at, article));
                }
                if let (Err(why), Some(_)) = (related, &self.trace) {
                    self.gave_up_change(frame, &change, why);
                }
            }
            if let Some(trace) = &mut self.trace {
                trace.changes.push(change);
            }
        }
        for whole in self.wholes.split_off(0) {
            for frame in links.frames() {
                let Takes::Whole { whole: slot, parts } = self.frame(frame) else { continue };
                // What is taken only where it holds measures nothing.
                let apart = whole.adds_up.then_some(ADDED_UP);
                let told = Told { clause: &whole.clause, mixed: true, apart, tried: None };
                let related = self
                    .whole(&whole, *slot, *parts)
                    .and_then(|roles| self.relate(frame, roles, told, article, found));
                if let (Err(why), Some(_)) = (related, &self.trace) {
                    self.gave_up_whole(frame, &whole, why);
                }
            }
        }
    }

    pub(super) fn frame(&self, compiled: &CompiledFrame) -> &'r Takes {
        &self.rules.all()[compiled.rule].frames[compiled.frame].takes
    }

    /// Adds a relation, unless its clause or its figures do not allow it.
    fn relate(
        &mut self,
        compiled: &CompiledFrame,
        filled: Vec<(usize, Taken)>,
        told: Told<'_>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) -> Result<(), Why> {
        let rule = &self.rules.all()[compiled.rule];
        let frame = &rule.frames[compiled.frame];
        let tape = self.paragraph.tape();
        let Told { clause, mixed, apart, tried } = told;
        let mut stands =
            |program: &Program| clause.clone().find_map(|at| self.machine.run(program, tape, at));
        if let Some(words) = compiled.unless.iter().find_map(&mut stands) {
            return Err(Why::Excluded(words.items));
        }
        let mut roles = vec![Vec::new(); rule.roles.len()];
        let mut quoted = false;
        for (role, taken) in filled {
            quoted |= self.paragraph.quoted[taken.mention - self.paragraph.first];
            roles[role].push(taken);
        }
        fits(rule, &roles, article, mixed)
            .and_then(|()| counts_alike(rule, &roles, article, mixed))
            .map_err(Why::Misfit)?;
        let severity = frame.severity.unwrap_or(rule.severity);
        let (apart, strain) = (apart.or(frame.apart.as_deref()), frame.strain.or(rule.strain));
        let (cue, excuses) = (None, false);
        add(found, Candidate { rule, roles, severity, apart, strain, cue, quoted, excuses, tried });
        Ok(())
    }

    /// The bytes of a token.
    fn place_of(&self, token: usize, article: Article<'_>) -> Option<Range<usize>> {
        let first = self.paragraph.first;
        let start = article.mentions.get(first)?.range.start;
        let block = article.document.blocks().get(article.document.block_at(start))?;
        let mentions = first..first + self.paragraph.sorts.len();
        bytes(&places(article, block.range.clone(), mentions), &(token..token + 1))
    }

    /// The figures of a change in the roles of a rule.
    ///
    /// # Errors
    /// Which of them it does not have.
    fn moves(&self, change: &Change, moves: Moves) -> Result<Vec<(usize, Taken)>, Why> {
        let (mut from, mut to) =
            (self.fill(moves.from, change.from)?, self.fill(moves.to, change.to)?);
        let less = |by: u32, rises| Some(Less { mention: self.mention(by), rises });
        match change.derived {
            Some(Derived::From(by)) => from.1.less = less(by, change.rises),
            Some(Derived::To(by)) => to.1.less = less(by, !change.rises),
            None => {}
        }
        let mut filled = vec![from, to];
        match moves.by {
            Some(slot) => {
                let by = change.by.iter().find_map(|&by| self.fill(slot, by).ok());
                filled.push(by.ok_or_else(|| Why::NoAmount(slot.role.unwrap_or_default()))?);
            }
            // Of what the figures alone tell, and of what is only compared, no direction is told.
            None if !change.is_told || change.is_compared || change.derived.is_some() => {
                return Err(Why::NoDirection);
            }
            None => {}
        }
        Ok(filled)
    }

    fn whole(&self, whole: &Whole, slot: Slot, parts: Slot) -> Result<Vec<(usize, Taken)>, Why> {
        let mut filled = vec![self.fill(slot, whole.total)?];
        for &part in &whole.parts {
            filled.push(self.fill(parts, part)?);
        }
        Ok(filled)
    }

    /// A figure of the paragraph in a role.
    ///
    /// # Errors
    /// That it is of no sort that the role takes.
    fn fill(&self, slot: Slot, figure: u32) -> Result<(usize, Taken), Why> {
        let mention = self.mention(figure);
        let taken = Taken { aspect: slot.aspect, ..Taken::stated(mention) };
        match slot.role {
            Some(role) if slot.takes(self.paragraph.sorts[figure as usize]) => Ok((role, taken)),
            role => Err(Why::NotTaken(role.unwrap_or_default(), mention)),
        }
    }

    pub(super) fn mention(&self, figure: u32) -> usize {
        self.paragraph.first + figure as usize
    }
}
