//! What a reader tried on the figures of some sentences, and what each came to.
//!
//! Frames of slots and links are tried anew, each where the engine tries it; of changes and wholes is put
//! down what the engine gives up.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::prose::article::Article;
use crate::prose::change::{Change, Derived};
use crate::prose::paragraph::{bytes, places};
use crate::prose::parts::Whole;
use crate::prose::slots::ways;
use crate::prose::trace::Trace;
use crate::prose::tried::{ChangeRead, Sentence, Tried, Why};
use crate::prose::{Reader, linked, starts};
use crate::rule::Rule;
use crate::rule::link::{CompiledFrame, CompiledSlots, Item, Scope, Slot, Takes};

/// Figures of a scope in which slots are tried; among more, every slot fits too often.
const MOST_FIGURES: usize = 400;

impl<'r> Reader<'r> {
    /// What is made of the sentences in which figures stand and that are wanted, by their bytes.
    pub fn explain(
        &mut self,
        article: Article<'_>,
        wanted: &dyn Fn(&Range<usize>) -> bool,
    ) -> Vec<Sentence<'r>> {
        let mut told = Vec::new();
        for (_, block, mentions) in article.blocks().filter(|(_, block, _)| wanted(&block.range)) {
            self.trace = Some(Box::default());
            self.read_block(article, block.range.clone(), mentions.clone(), &mut Vec::new());
            let trace = self.trace.take().unwrap_or_default();
            let places = places(article, block.range.clone(), mentions);
            for number in 0..self.paragraph.sentences.len() {
                let items = self.paragraph.sentences[number].clone();
                let Some(range) = bytes(&places, &items).filter(wanted) else { continue };
                let mut sentence = self.sentence(&items, range, &places);
                if !self.paragraph.narrow(items.clone(), self.links.words()) {
                    continue;
                }
                self.tell_changes(&trace, &items, &places, &mut sentence);
                self.try_links(&items, article, &mut sentence);
                self.try_slots(number, article, &mut sentence);
                for tried in &mut sentence.tried {
                    if let Why::Excluded(items) = &mut tried.why {
                        *items = bytes(&places, items).unwrap_or_default();
                    }
                }
                sentence.tried.sort_by_key(Tried::distance);
                told.push(sentence);
            }
        }
        told
    }

    fn sentence(
        &self,
        items: &Range<usize>,
        range: Range<usize>,
        places: &[Range<usize>],
    ) -> Sentence<'r> {
        let figures = self.paragraph.items[items.clone()].iter().filter_map(|item| match item {
            Item::Figure(figure) => Some(self.mention(*figure)),
            _ => None,
        });
        let figures = match (figures.clone().min(), figures.max()) {
            (Some(first), Some(last)) => first..last + 1,
            _ => 0..0,
        };
        let clauses =
            self.clauses(items).iter().filter_map(|clause| bytes(places, clause)).collect();
        Sentence {
            range,
            figures,
            clauses,
            changes: Vec::new(),
            tried: Vec::new(),
            links: Vec::new(),
        }
    }

    /// What was read of changes in a sentence.
    fn tell_changes(
        &self,
        trace: &Trace<'r>,
        items: &Range<usize>,
        places: &[Range<usize>],
        sentence: &mut Sentence<'r>,
    ) {
        let is_here = |clause: &Range<usize>| items.contains(&clause.start);
        let place = |clause: &Range<usize>| bytes(places, clause).unwrap_or_default();
        let mention = |figure: u32| self.mention(figure);
        for change in trace.changes.iter().filter(|change| is_here(&change.clause)) {
            let is_from = matches!(change.derived, Some(Derived::From(_)));
            let is_to = matches!(change.derived, Some(Derived::To(_)));
            sentence.changes.push(ChangeRead {
                clause: place(&change.clause),
                from: (!is_from).then(|| mention(change.from)),
                to: (!is_to).then(|| mention(change.to)),
                by: change.by.iter().copied().map(mention).collect(),
                rises: change.is_told.then_some(change.rises),
                lost: None,
                ended: change.ended.map(|ended| ended.map(mention)),
                expected: None,
            });
        }
        for lost in trace.lost.iter().filter(|lost| is_here(&lost.clause)) {
            let read = ChangeRead {
                clause: place(&lost.clause),
                from: lost.from.map(mention),
                to: lost.to.map(mention),
                by: lost.by.iter().copied().map(mention).collect(),
                rises: lost.rises,
                lost: Some(lost.why),
                ended: lost.ended.map(|ended| ended.map(mention)),
                expected: lost.expected.map(mention),
            };
            // What follows from a change that was read leaves the same figures behind.
            let is_known = |known: &ChangeRead| {
                let levels = read.from.is_none_or(|from| known.from == Some(from))
                    && read.to.is_none_or(|to| known.to == Some(to));
                levels && read.by.iter().all(|by| known.by.contains(by))
            };
            if !sentence.changes.iter().any(is_known) {
                sentence.changes.push(read);
            }
        }
        let here = trace.tried.iter().filter(|(first, _)| sentence.figures.contains(first));
        sentence.tried.extend(here.map(|(_, tried)| tried.clone()));
    }

    /// Tries the links of one sentence, and those of several that meet it.
    fn try_links(
        &mut self,
        items: &Range<usize>,
        article: Article<'_>,
        sentence: &mut Sentence<'r>,
    ) {
        let mut idle: BTreeMap<&str, (&'r Rule, usize)> = BTreeMap::new();
        let all = 0..self.paragraph.items.len();
        for is_across in [false, true] {
            let items = if is_across { &all } else { items };
            self.paragraph.narrow(items.clone(), self.links.words());
            for index in 0..self.links.count() {
                let compiled = self.links.get(u16::try_from(index).unwrap_or(u16::MAX));
                if is_across != (1 < compiled.program.sentences) {
                    continue;
                }
                let Some(latest) = self.latest_start(compiled) else { continue };
                let Self { rules, paragraph, machine, .. } = self;
                let rule = &rules.all()[compiled.rule];
                let mut has_matched = false;
                for at in starts(compiled, paragraph, items, latest) {
                    let tape = paragraph.tape();
                    let Some(matched) = machine.run(&compiled.program, tape, at) else { continue };
                    has_matched = true;
                    let filled = matched.filled.iter();
                    let filled: Vec<(usize, usize)> = filled
                        .map(|filled| (filled.role, paragraph.first + filled.figure as usize))
                        .collect();
                    let is_here = filled.iter().any(|(_, one)| sentence.figures.contains(one));
                    let found =
                        linked(rules, compiled, (paragraph, machine), &matched, &mut None, article);
                    if let (Err(why), true) = (found, is_here) {
                        let (frame, open, is_faint) = (None, Vec::new(), false);
                        sentence.tried.push(Tried { rule, frame, filled, open, is_faint, why });
                    }
                }
                if !has_matched && !is_across && !compiled.program.needs().is_empty() {
                    idle.entry(rule.id.as_str()).or_insert((rule, 0)).1 += 1;
                }
            }
        }
        sentence.links = idle.into_values().collect();
    }

    /// Tries the frames of slots in a sentence, by its number, and together with those beside it.
    fn try_slots(&mut self, number: usize, article: Article<'_>, sentence: &mut Sentence<'r>) {
        let all = self.paragraph.sentences.clone();
        let own = all[number].clone();
        let before = number.checked_sub(1).and_then(|before| all.get(before));
        let mut pairs: Vec<Range<usize>> =
            before.map(|one| one.start..own.end).into_iter().collect();
        pairs.extend(all.get(number + 1).map(|one| own.start..one.end));
        for index in 0..self.links.slot_frames() {
            let slots = self.links.slots(u16::try_from(index).unwrap_or(u16::MAX));
            let scopes = match slots.scope {
                Scope::Clause => self.clauses(&own),
                Scope::Sentence => vec![own.clone()],
                Scope::TwoSentences => std::iter::once(own.clone()).chain(pairs.clone()).collect(),
            };
            let mut nearest: Option<Tried<'r>> = None;
            let mut is_there = false;
            for scope in scopes {
                match self.try_frame(slots, scope, article) {
                    Ok(()) => is_there = true,
                    Err(tried) => {
                        let is_nearer = |known: &Tried<'_>| tried.distance() < known.distance();
                        if nearest.as_ref().is_none_or(is_nearer) {
                            nearest = Some(tried);
                        }
                    }
                }
            }
            let is_near = |tried: &Tried<'_>| tried.open.len() < slots.needed.len();
            sentence.tried.extend(nearest.filter(|tried| !is_there && is_near(tried)));
        }
    }

    /// Tries a frame in a scope.
    fn try_frame(
        &mut self,
        slots: &'r CompiledSlots,
        scope: Range<usize>,
        article: Article<'_>,
    ) -> Result<(), Tried<'r>> {
        let rule = &self.rules.all()[slots.frame.rule];
        let frame = Some(&rule.frames[slots.frame.frame]);
        let mut filled: Vec<(usize, usize)> = Vec::new();
        let (mut open, mut is_faint) = (Vec::new(), true);
        let has_figure = self.paragraph.narrow(scope.clone(), self.links.words());
        let is_tried = self.paragraph.figures().len() <= MOST_FIGURES;
        for (slot, program) in slots.needed.iter().enumerate().filter(|_| is_tried) {
            let first = self.paragraph.first;
            let ways = ways(program, &self.paragraph, &mut self.machine, scope.clone());
            is_faint &= ways.is_empty() || program.needs().is_empty();
            match &*ways {
                [] => open.push(slot),
                [only] => {
                    let own = only.iter().map(|one| (one.role, first + one.figure as usize));
                    let is_free =
                        |&(_, one): &(usize, usize)| filled.iter().all(|&(_, other)| other != one);
                    let free: Vec<(usize, usize)> = own.filter(is_free).collect();
                    filled.extend(free);
                }
                _ => {}
            }
        }
        let why = if !is_tried {
            Why::Crowded(0)
        } else if has_figure && open.is_empty() {
            match self.fill_slots(slots, scope, article, &mut Vec::new()) {
                Ok(()) => return Ok(()),
                Err(why) => why,
            }
        } else {
            Why::Unfilled
        };
        Err(Tried { rule, frame, filled, open, is_faint, why })
    }

    /// Puts down why a frame takes nothing of a change.
    pub(super) fn gave_up_change(&mut self, frame: &CompiledFrame, change: &Change, why: Why) {
        let Takes::Change { rise, fall } = self.frame(frame) else { return };
        let moves = if change.rises { rise } else { fall };
        let mut figures = vec![(moves.from, change.from), (moves.to, change.to)];
        if let (Some(slot), Some(&by)) = (moves.by, change.by.first()) {
            figures.push((slot, by));
        }
        self.gave_up(frame, &figures, why);
    }

    /// Puts down why a frame takes nothing of a whole and its parts.
    pub(super) fn gave_up_whole(&mut self, frame: &CompiledFrame, found: &Whole, why: Why) {
        let Takes::Whole { whole, parts } = *self.frame(frame) else { return };
        let mut figures = vec![(whole, found.total)];
        figures.extend(found.parts.iter().map(|&part| (parts, part)));
        self.gave_up(frame, &figures, why);
    }

    fn gave_up(&mut self, frame: &CompiledFrame, figures: &[(Slot, u32)], why: Why) {
        let rule = &self.rules.all()[frame.rule];
        let sorts = |figure: u32| self.paragraph.sorts[figure as usize];
        let taken = figures.iter().filter(|(slot, figure)| slot.takes(sorts(*figure)));
        let filled =
            taken.filter_map(|&(slot, figure)| Some((slot.role?, self.mention(figure)))).collect();
        let (frame, open, is_faint) = (Some(&rule.frames[frame.frame]), Vec::new(), false);
        let first = figures.iter().map(|&(_, figure)| self.mention(figure)).min();
        if let (Some(trace), Some(first)) = (&mut self.trace, first) {
            trace.tried.push((first, Tried { rule, frame, filled, open, is_faint, why }));
        }
    }
}

impl Tried<'_> {
    /// How far it is from a relation: what words speak for before what they do not, then by how many slots
    /// are open, then by how few are filled.
    fn distance(&self) -> (bool, usize, Reverse<usize>) {
        let lacks = matches!(self.why, Why::NotTaken(..) | Why::NoAmount(_) | Why::NoDirection);
        let is_faint = self.is_faint && !self.open.is_empty();
        (is_faint, self.open.len() + usize::from(lacks), Reverse(self.filled.len()))
    }
}
