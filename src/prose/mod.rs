//! Relations that prose states: an article's paragraphs read by the links of the rules.
//!
//! What comes out are candidates: a rule, and for each role the figures that the words put there.
//! Whether they can all be true is for the engine to say.

mod article;
mod aspect;
mod candidate;
mod change;
mod clause;
mod exchange;
mod explain;
mod fit;
mod frames;
mod headline;
mod list;
mod paragraph;
mod parts;
mod repeated;
mod slots;
mod structure;
mod table;
mod title;
mod toll;
mod trace;
mod tried;
mod words;

use std::ops::Range;

pub use article::Article;
pub use candidate::{Candidate, Found, Less, Taken};
pub use tried::{ChangeRead, End, Ended, Misfit, NoChange, Sentence, Tried, Why};

use crate::lexicon::Abbreviations;
use crate::prose::change::Change;
use crate::prose::fit::{converts, counts_alike, fits, goes_with};
use crate::prose::paragraph::Paragraph;
use crate::prose::parts::Whole;
use crate::prose::structure::Structure;
use crate::prose::trace::Trace;
use crate::rule::link::{Compiled, Found as Matched, Link, Links, Machine, Met, Triggers};
use crate::rule::{Registry, Rule};

/// Finds the relations of articles, in the room that the ones before took.
pub struct Reader<'r> {
    rules: &'r Registry,
    links: &'r Links,
    machine: Machine,
    paragraph: Paragraph,
    /// The words without one of which no change states both its levels, and those without one of which none
    /// follows from a change told in two ways.
    levels: Vec<u64>,
    ends: Vec<u64>,
    changes: Vec<Change>,
    /// The last change of the sentence before.
    change_before: Option<Change>,
    wholes: Vec<Whole>,
    /// The links, or the frames of slots, that some tokens bring up.
    met: Met,
    preview: bool,
    /// What came to nothing, where that is asked for.
    trace: Option<Box<Trace<'r>>>,
}

/// Candidates that are looked back at for one that is the same.
const MOST_ALIKE: usize = 64;

/// Leaves out what a more special rule says of the same figures, and hands over each with that rule.
fn give_way<'r>(
    found: &mut Vec<Candidate<'r>>,
    start: usize,
    mut gone: impl FnMut(Candidate<'r>, &'r Rule),
) {
    let over: Vec<(Vec<usize>, &'r Rule)> = found[start..]
        .iter()
        .filter(|candidate| !candidate.rule.over.is_empty())
        .filter(|candidate| !candidate.excuses && candidate.tried.is_none())
        .map(|candidate| (candidate.mentions(), candidate.rule))
        .collect();
    if over.is_empty() {
        return;
    }
    let gives_way = |candidate: &Candidate<'_>| {
        over.iter().find(|(others, special)| {
            special.over.iter().any(|rule| rule == candidate.rule.id.as_str())
                && *others == candidate.mentions()
        })
    };
    for candidate in found.extract_if(start.., |candidate| gives_way(candidate).is_some()) {
        if let Some(&(_, special)) = gives_way(&candidate) {
            gone(candidate, special);
        }
    }
}

impl<'r> Reader<'r> {
    /// A reader with the rules of a run; with `preview`, also of the links that are still being tried.
    pub fn new(rules: &'r Registry, preview: bool) -> Self {
        let links = rules.links();
        let (cues, numbers) = (links.cues(), links.words().numbers());
        Self {
            rules,
            links,
            machine: Machine::default(),
            paragraph: Paragraph::default(),
            levels: Paragraph::set_of(cues.levels(), numbers),
            ends: Paragraph::set_of(cues.ends(), numbers),
            changes: Vec::new(),
            change_before: None,
            wholes: Vec::new(),
            met: Met::default(),
            preview,
            trace: None,
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
        let mut structure = Structure::new(article, self.rules);
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
        self.change_before = None;
        for sentence in 0..self.paragraph.sentences.len() {
            let items = self.paragraph.sentences[sentence].clone();
            if !self.paragraph.narrow(items.clone(), self.links.words()) {
                continue;
            }
            self.look_at_all(self.links.about_one(), &items, article, found);
            if 1 < self.paragraph.figures().len() {
                self.look_at_all(self.links.within(), &items, article, found);
                self.find_slots(self.links.slots_within(), &items, article, found);
            }
            self.find_frames(items, article);
        }
        self.relate_frames(article, found);
        let all = 0..self.paragraph.items.len();
        if 1 < self.paragraph.sentences.len() {
            self.paragraph.narrow(all.clone(), self.links.words());
        }
        if 1 < self.paragraph.figures().len() {
            self.look_at_all(self.links.across(), &all, article, found);
        }
        let may_be_across = self.may_hold_across();
        for pair in (1..self.paragraph.sentences.len()).filter(|_| may_be_across) {
            let sentences = &self.paragraph.sentences;
            let items = sentences[pair - 1].start..sentences[pair].end;
            if self.paragraph.narrow(items.clone(), self.links.words())
                && 1 < self.paragraph.figures().len()
            {
                self.find_slots(self.links.slots_across(), &items, article, found);
            }
        }
        let trace = &mut self.trace;
        give_way(found, start, |candidate, special| {
            if let Some(trace) = trace {
                trace.gave_way(&candidate, special);
            }
        });
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
        let paragraph = &self.paragraph;
        triggers.met(&paragraph.words, paragraph.all_sorts, &mut self.met);
        let mut next = 0;
        while let Some(link) = self.met.get(next) {
            self.look(link, items, article, found);
            next += 1;
        }
    }

    /// Runs a link over some tokens, if it can match at all.
    fn look(
        &mut self,
        index: u16,
        items: &Range<usize>,
        article: Article<'_>,
        found: &mut Vec<Candidate<'r>>,
    ) {
        let compiled = self.links.get(index);
        let Some(latest) = self.latest_start(compiled) else { return };
        let Self { rules, paragraph, machine, .. } = self;
        let mut known = None;
        for at in starts(compiled, paragraph, items, latest) {
            if let Some(matched) = machine.run(&compiled.program, paragraph.tape(), at)
                && let Ok(candidate) =
                    linked(rules, compiled, (paragraph, machine), &matched, &mut known, article)
            {
                add(found, candidate);
            }
        }
    }

    /// The last token that a link may begin at in the part that is looked at, if it can match there at all.
    fn latest_start(&self, compiled: &Compiled) -> Option<usize> {
        let link = &self.rules.all()[compiled.rule].links[compiled.link];
        let latest = self.paragraph.latest_start(&compiled.program)?;
        (!link.preview || self.preview).then_some(latest)
    }
}

/// The tokens that a link may begin at, up to the last one.
fn starts<'p>(
    compiled: &'p Compiled,
    paragraph: &'p Paragraph,
    items: &Range<usize>,
    latest: usize,
) -> impl Iterator<Item = usize> + 'p {
    let (program, tape) = (&compiled.program, paragraph.tape());
    // Most links begin with a figure, and figures are few.
    let only_figures = program.begins_with_figure();
    let figures = if only_figures { paragraph.figure_tokens() } else { &[] };
    let all = if only_figures { 0..0 } else { items.start..items.end.min(latest + 1) };
    let may_begin = move |&at: &usize| program.may_begin(tape.items[at], tape.sorts);
    let figures = figures.iter().copied().take_while(move |at| *at <= latest);
    figures.chain(all).filter(may_begin)
}

/// Some sentences, and the words in them that must not stand there, if they do.
type Excluded = Option<(Range<usize>, Option<Range<usize>>)>;

/// What a link relates where it matched; what must not stand in its sentences is looked for once.
///
/// # Errors
/// Why that is no relation.
fn linked<'r>(
    rules: &'r Registry,
    compiled: &Compiled,
    (paragraph, machine): (&Paragraph, &mut Machine),
    matched: &Matched,
    known: &mut Excluded,
    article: Article<'_>,
) -> Result<Candidate<'r>, Why> {
    let rule = &rules.all()[compiled.rule];
    let link = &rule.links[compiled.link];
    let tape = paragraph.tape();
    let sentences = paragraph.sentences_of(&matched.items);
    if known.as_ref().is_none_or(|(of, _)| *of != sentences) {
        let words = compiled
            .unless
            .iter()
            .find_map(|program| sentences.clone().find_map(|at| machine.run(program, tape, at)));
        *known = Some((sentences, words.map(|words| words.items)));
    }
    if let Some((_, Some(words))) = known {
        return Err(Why::Excluded(words.clone()));
    }
    let mut roles = vec![Vec::new(); rule.roles.len()];
    for filled in &matched.filled {
        roles[filled.role].push(Taken {
            aspect: filled.aspect,
            ..Taken::stated(paragraph.first + filled.figure as usize)
        });
    }
    belong(rule, link, &roles, article).map_err(Why::Misfit)?;
    let quoted = matched.filled.iter().any(|filled| paragraph.quoted[filled.figure as usize]);
    let severity = link.severity.unwrap_or(rule.severity);
    let strain = link.strain.or(rule.strain);
    let excuses = link.excuses;
    let tried = candidate::tested(&roles, link.tentative);
    let apart = candidate::apart(link.apart.as_deref(), tried);
    let cue = None;
    Ok(Candidate { rule, roles, severity, apart, strain, cue, quoted, excuses, tried })
}

/// Sees whether the figures of a link belong in one relation.
///
/// # Errors
/// Why they do not.
fn belong(
    rule: &Rule,
    link: &Link,
    roles: &[Vec<Taken>],
    article: Article<'_>,
) -> Result<(), Misfit> {
    fits(rule, roles, article, link.mixed || link.converts)?;
    if !link.converts {
        counts_alike(rule, roles, article, link.mixed)?;
    }
    if link.mixed {
        goes_with(roles, article)?;
    }
    if link.converts && !converts(roles, article) {
        return Err(Misfit::NoConversion);
    }
    Ok(())
}

/// Adds a relation that is not there yet.
fn add<'r>(found: &mut Vec<Candidate<'r>>, candidate: Candidate<'r>) {
    let alike = |known: &&mut Candidate<'_>| {
        known.rule.id == candidate.rule.id && known.roles == candidate.roles
    };
    match found.iter_mut().rev().take(MOST_ALIKE).find(alike) {
        // What is sure is not put to the test.
        Some(known) if known.tried.is_some() && candidate.tried.is_none() => *known = candidate,
        Some(known) => known.excuses &= candidate.excuses,
        None => found.push(candidate),
    }
}
