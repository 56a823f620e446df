//! What was made of a sentence, as data: its figures, what relates them, and what was tried in vain.

use crate::finding::RuleId;
use crate::mention::Mention;
use crate::prose::{Article, ChangeRead, Sentence, Tried};
use crate::report::judged::Judged;
use crate::report::reasons::{self, words};
use crate::rule::link::{Takes, fills};
use crate::rule::{Case, Role, Rule};
use crate::source::{SourceId, Span, one_line};
use crate::value::Strain;

/// A place of an article, as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; without one, the whole line is meant.
    pub column: Option<usize>,
}

/// What was made of the sentences at a place of an article.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The article.
    pub source: SourceId,
    /// Its sentences there in which figures stand.
    pub sentences: Vec<SentenceTold>,
    /// The figure nearest to the place.
    pub nearest: Option<Span>,
    /// The language of the article, if that is why nothing is read.
    pub foreign: Option<&'static str>,
}

/// A sentence, and what was made of it.
#[derive(Clone, Debug)]
pub struct SentenceTold {
    /// Where it stands.
    pub span: Span,
    /// Its figures.
    pub figures: Vec<FigureTold>,
    /// Its clauses.
    pub clauses: Vec<Span>,
    /// The relations that take figures of it.
    pub relations: Vec<RelationTold>,
    /// The changes that were read in it, and those that came to nothing.
    pub changes: Vec<ChangeTold>,
    /// What made no relation, the nearest first.
    pub tried: Vec<TriedTold>,
    /// Rules of which links did not match, though their words and sorts of figures are there.
    pub links: Vec<OutOfOrder>,
    /// Whether figures stand in other sentences of its paragraph.
    pub has_neighbours: bool,
}

/// A rule of which only the order of words does not fit.
#[derive(Clone, Debug)]
pub struct OutOfOrder {
    /// The rule.
    pub rule: RuleId,
    /// How many links.
    pub links: usize,
    /// What the rule finds, in a sentence.
    pub example: Option<String>,
}

/// A figure of a sentence.
#[derive(Clone, Debug)]
pub struct FigureTold {
    /// Where it stands.
    pub span: Span,
    /// What it states.
    pub mention: Mention,
    /// What it counts.
    pub counted: Option<String>,
}

/// A relation, handed on or not.
#[derive(Clone, Debug)]
pub struct RelationTold {
    /// The relation, with its arithmetic.
    pub judged: Judged,
    /// Beyond which strain its figures contradict.
    pub limit: Strain,
    /// Whether its level is lower for it stands in quotation marks.
    pub is_quoted: bool,
    /// Whether its level is lower by what was measured of its rule.
    pub is_doubtful: bool,
    /// Why it is not handed on, if it is not.
    pub silence: Option<Silence>,
}

/// Why a relation is not handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It is there only to excuse other readings.
    Excuses,
    /// It speaks with `--preview` only.
    Preview,
    /// Its rule says nothing of what holds.
    Quiet,
    /// Another relation is the better reading: its rule, whether it holds, its figures.
    Another(String, bool, Vec<String>),
    /// Its figures are not meant together.
    NotMeant,
    /// An assert of the claims file decides it.
    Asserted,
}

/// A change as it was read.
#[derive(Clone, Debug)]
pub struct ChangeTold {
    /// Its clause.
    pub clause: Span,
    /// The level that it began with.
    pub from: Option<String>,
    /// The level that it ended with.
    pub to: Option<String>,
    /// By how much.
    pub by: Vec<String>,
    /// Whether it goes up, where words say so.
    pub rises: Option<bool>,
    /// What sort of reason there is against it, and the reasons in words; none where it is a change.
    pub lost: Option<(&'static str, Vec<String>)>,
    /// What ended it before its clause did.
    pub ended: Option<String>,
}

/// Something that was tried and made no relation.
#[derive(Clone, Debug)]
pub struct TriedTold {
    /// The rule.
    pub rule: RuleId,
    /// What was tried: `slots`, `change`, `whole`, `link`.
    pub way: &'static str,
    /// The figures with a place in it, each with its role.
    pub filled: Vec<(String, String)>,
    /// The slots that nothing fills.
    pub open: Vec<OpenSlot>,
    /// Whether no words beside a figure speak for it, only its sort.
    pub is_faint: bool,
    /// What sort of reason there is.
    pub kind: &'static str,
    /// The reason in words.
    pub reason: String,
    /// What the rule finds, in a sentence.
    pub example: Option<String>,
}

/// A slot that nothing fills.
#[derive(Clone, Debug)]
pub struct OpenSlot {
    /// Its roles, each with its kind.
    pub roles: Vec<(String, String)>,
    /// The slot as the rule writes it.
    pub written: String,
}

impl Explained {
    /// Leaves out what was tried for rules that are not wanted.
    pub fn leave_out(&mut self, is_wanted: impl Fn(&str) -> bool) {
        for sentence in &mut self.sentences {
            sentence.tried.retain(|tried| is_wanted(tried.rule.as_str()));
            sentence.links.retain(|one| is_wanted(one.rule.as_str()));
        }
    }
}

impl SentenceTold {
    /// What was made of a sentence; `place` leads from its prose to the source.
    pub fn new(
        sentence: &Sentence<'_>,
        article: Article<'_>,
        place: &dyn Fn(std::ops::Range<usize>) -> Span,
    ) -> Self {
        let figure = |mention: &Mention| FigureTold {
            span: place(mention.range.clone()),
            mention: mention.clone(),
            counted: mention.counted.clone().map(|noun| article.document.prose()[noun].to_owned()),
        };
        let change = |change: &ChangeRead| ChangeTold {
            clause: place(change.clause.clone()),
            from: change.from.map(|one| words(article, one)),
            to: change.to.map(|one| words(article, one)),
            by: change.by.iter().map(|&one| words(article, one)).collect(),
            rises: change.rises,
            lost: reasons::of_change(change, article),
            ended: reasons::ended(change, article),
        };
        let idle = sentence.links.iter().map(|&(rule, links)| OutOfOrder {
            rule: rule.id.clone(),
            links,
            example: example(rule),
        });
        let around = article.document.block_at(sentence.range.start);
        let block = article.document.blocks().get(around).map(|block| block.range.clone());
        let is_beside = |mention: &Mention| {
            let at = &mention.range;
            let is_here = sentence.range.start <= at.start && at.end <= sentence.range.end;
            block.as_ref().is_some_and(|block| block.start <= at.start && at.end <= block.end)
                && !is_here
        };
        Self {
            span: place(sentence.range.clone()),
            figures: article.mentions[sentence.figures.clone()].iter().map(figure).collect(),
            clauses: sentence.clauses.iter().cloned().map(place).collect(),
            relations: Vec::new(),
            changes: sentence.changes.iter().map(change).collect(),
            tried: sentence.tried.iter().map(|tried| TriedTold::new(tried, article)).collect(),
            links: idle.collect(),
            has_neighbours: article.mentions.iter().any(is_beside),
        }
    }
}

impl TriedTold {
    fn new(tried: &Tried<'_>, article: Article<'_>) -> Self {
        let takes = tried.frame.map(|frame| &frame.takes);
        let filled = tried.filled.iter();
        let open = match takes {
            Some(Takes::Slots(slots)) => tried
                .open
                .iter()
                .map(|&slot| OpenSlot {
                    roles: roles_of(tried.rule, |role| fills(&slots.needed[slot], role)),
                    written: slots.written[slot].clone(),
                })
                .collect(),
            _ => Vec::new(),
        };
        Self {
            rule: tried.rule.id.clone(),
            way: match takes {
                None => "link",
                Some(Takes::Change { .. }) => "change",
                Some(Takes::Whole { .. }) => "whole",
                Some(Takes::Slots(_)) => "slots",
            },
            filled: filled
                .map(|&(role, one)| (tried.rule.roles[role].name.clone(), words(article, one)))
                .collect(),
            is_faint: tried.is_faint && !open.is_empty(),
            open,
            kind: reasons::kind(&tried.why),
            reason: reasons::told(tried, article),
            example: example(tried.rule),
        }
    }
}

/// The first sentence of a rule's examples in which it finds something.
fn example(rule: &Rule) -> Option<String> {
    rule.examples.iter().find_map(|example| match &example.case {
        Case::Text { text, trap: false } => Some(one_line(text)),
        _ => None,
    })
}

fn roles_of(rule: &Rule, wanted: impl Fn(usize) -> bool) -> Vec<(String, String)> {
    let all = rule.roles.iter().enumerate().filter(|(index, _)| wanted(*index));
    all.map(|(_, Role { name, written, .. })| (name.clone(), written.clone())).collect()
}
