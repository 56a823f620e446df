//! Two versions of a claims file side by side.

use std::collections::{HashMap, HashSet};

use crate::claim::{Claim, ClaimsFile, Otherwise, State};
use crate::engine::{Holds, Relation, Verdict};
use crate::finding::Severity;
use crate::mention::states_same;
use crate::source::{Span, one_line};
use crate::value::{Kind, Value};

/// A claims file whose relations are judged.
#[derive(Clone, Copy, Debug)]
pub struct Version<'v> {
    /// The claims, anchored where there is an article.
    pub file: &'v ClaimsFile,
    /// The relations.
    pub relations: &'v [Relation<'v>],
    /// For each claim, the sentence that it stands in, where that is known.
    pub sentences: &'v [Option<String>],
}

/// What became of a claim between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is there in the new one only.
    Added,
    /// It is there in the old one only.
    Gone,
    /// It states another figure.
    Changed,
    /// It quotes other words; its figure is the same.
    Reworded,
    /// It stands elsewhere.
    Moved,
}

impl Change {
    /// All of them, those that matter most first.
    pub const ALL: [Self; 5] =
        [Self::Changed, Self::Added, Self::Gone, Self::Reworded, Self::Moved];

    /// The word that reports use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Gone => "gone",
            Self::Changed => "changed",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
        }
    }
}

/// A claim that is not the same in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimChange {
    /// Its name.
    pub id: String,
    /// What became of it.
    pub change: Change,
    /// What a reader would call it: "the aid package".
    pub name: Option<String>,
    /// Whether its words count something, so that it is "the number of" them.
    pub is_count: bool,
    /// What the sentence says otherwise of its figure, beside the number.
    pub otherwise: Vec<Otherwise>,
    /// How it was.
    pub old: Option<Stated>,
    /// How it is.
    pub new: Option<Stated>,
}

/// A claim in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The value as written.
    pub value: String,
    /// The words that it quotes.
    pub quote: Option<String>,
    /// The sentence that it stands in, where that is known.
    pub sentence: Option<String>,
    /// Where it stands.
    pub at: Span,
}

/// A relation that has another verdict in the new version, or is in one of them only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationChange {
    /// The rule, or `assertion`.
    pub rule: String,
    /// Its claims.
    pub claims: Vec<String>,
    /// The figures in the new version, or in the old one where it is gone, as they are written.
    pub figures: Vec<String>,
    /// The verdict it had.
    pub old: Option<Verdict>,
    /// The verdict it has.
    pub new: Option<Verdict>,
    /// How much it matters that it does not hold.
    pub severity: Severity,
}

impl RelationChange {
    /// Whether it held, or was not there, and does not hold any more.
    pub fn broke(&self) -> bool {
        self.new == Some(Verdict::Contradicts) && self.old != Some(Verdict::Contradicts)
    }

    /// Whether it did not hold and does, or is not there any more.
    pub fn is_mended(&self) -> bool {
        self.old == Some(Verdict::Contradicts) && self.new != Some(Verdict::Contradicts)
    }
}

/// Words of a sentence that no claim is about, in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// What it said.
    pub old: Stated,
    /// What it says.
    pub new: Stated,
}

/// What differs between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Claims, in the order of the new version, what is gone where it was.
    pub claims: Vec<ClaimChange>,
    /// What no claim states and is another: a time of day, a weekday, the number of a label.
    pub unclaimed: Vec<Rewritten>,
    /// Relations: those that broke, those that were mended, then the others.
    pub relations: Vec<RelationChange>,
    /// How many claims are the same.
    pub same: usize,
}

/// Compares two versions, claim by claim.
///
/// `fate_of` says of a claim of the old version what became of it in the new article.
pub fn diff(old: Version<'_>, new: Version<'_>, fate_of: &dyn Fn(&str) -> Option<Fate>) -> Diff {
    let mut all: Vec<ClaimChange> = Vec::new();
    let mut same = 0;
    let is_there = |claim: &&Claim| !claim.is_gone;
    for claim in new.file.claims.all().iter().filter(is_there) {
        let before = old.file.claims.find(&claim.id).map(|at| old.file.claims.get(at));
        let change = match before.filter(is_there) {
            None => Some(Change::Added),
            Some(before) => changed(before, claim, fate_of(&claim.id).as_ref()),
        };
        match change {
            Some(change) => {
                let otherwise = fate_of(&claim.id).map_or_else(Vec::new, |fate| fate.otherwise);
                let sides = [before.filter(is_there).zip(Some(old)), Some((claim, new))];
                all.push(ClaimChange { otherwise, ..told(change, sides) });
            }
            None => same += 1,
        }
    }
    let all = with_gone(all, old, new);
    let relations = relations(old, new);
    Diff { claims: all, unclaimed: Vec::new(), relations, same }
}

/// The changes with the claims that only the old version has, each behind the claim that stood before it.
fn with_gone(all: Vec<ClaimChange>, old: Version<'_>, new: Version<'_>) -> Vec<ClaimChange> {
    let is_there = |claim: &Claim| !claim.is_gone;
    let place_of: HashMap<String, usize> =
        all.iter().zip(0..).map(|(change, at)| (change.id.clone(), at)).collect();
    // Those at the beginning, then those behind each change.
    let mut behind: Vec<Vec<ClaimChange>> = vec![Vec::new(); all.len() + 1];
    let mut last = 0;
    for claim in old.file.claims.all() {
        let stays = new.file.claims.find(&claim.id).map(|at| new.file.claims.get(at));
        if is_there(claim) && !stays.is_some_and(is_there) {
            behind[last].push(told(Change::Gone, [Some((claim, old)), None]));
        } else if let Some(&at) = place_of.get(&claim.id) {
            last = at + 1;
        }
    }
    let mut behind = behind.into_iter();
    let mut ordered = behind.next().unwrap_or_default();
    for (change, gone) in all.into_iter().zip(behind) {
        ordered.push(change);
        ordered.extend(gone);
    }
    ordered
}

/// What became of a claim in the next version of its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// What became of its words.
    pub state: State,
    /// What is said otherwise of its figure.
    pub otherwise: Vec<Otherwise>,
}

fn changed(old: &Claim, new: &Claim, fate: Option<&Fate>) -> Option<Change> {
    let quote = |claim: &Claim| claim.quote.as_ref().map(|quote| one_line(&quote.text));
    let is_same = match (&old.figure.value, &new.figure.value) {
        (Value::Unstated, Value::Unstated) => true,
        (a, b) => states_same(a, b) && is_hedged_alike(a, b),
    };
    match fate.map(|fate| fate.state) {
        // A time of day is no part of a claim's value, but of what it quotes.
        Some(State::Changed) => Some(Change::Changed),
        _ if !is_same => Some(Change::Changed),
        _ if quote(old) != quote(new) => Some(Change::Reworded),
        Some(State::Moved) => Some(Change::Moved),
        Some(State::Reworded) => Some(Change::Reworded),
        _ => None,
    }
}

fn is_hedged_alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => {
            a.hedge == b.hedge && a.to.is_negative() == b.to.is_negative()
        }
        (Value::Date(a), Value::Date(b)) => a.hedge == b.hedge && a.bound == b.bound,
        _ => true,
    }
}

fn told(change: Change, [old, new]: [Option<(&Claim, Version<'_>)>; 2]) -> ClaimChange {
    let stated = |(claim, version): (&Claim, Version<'_>)| Stated {
        value: in_a_sentence(claim),
        quote: claim.quote.as_ref().map(|quote| quote.text.clone()),
        sentence: version
            .file
            .claims
            .find(&claim.id)
            .and_then(|at| version.sentences.get(at)?.clone()),
        at: claim.shown_at(),
    };
    let named = new.or(old).map(|(claim, _)| claim);
    let is_count = named.is_some_and(is_count);
    ClaimChange {
        id: named.map(|claim| claim.id.clone()).unwrap_or_default(),
        change,
        name: named.and_then(name),
        is_count,
        otherwise: Vec::new(),
        old: old.map(stated),
        new: new.map(stated),
    }
}

/// The value as written, without the capital that began a sentence.
fn in_a_sentence(claim: &Claim) -> String {
    let mut characters = claim.figure.written.chars();
    let first = characters.next().filter(|c| c.is_uppercase());
    let is_word = characters.next().is_some_and(char::is_lowercase);
    match (first, &claim.figure.value) {
        (Some(first), Value::Amount(_)) if is_word => {
            first.to_lowercase().chain(claim.figure.written.chars().skip(1)).collect()
        }
        _ => claim.figure.written.clone(),
    }
}

/// Whether a claim counts what its measure names: "the number of volunteers".
fn is_count(claim: &Claim) -> bool {
    let is_number =
        matches!(&claim.figure.value, Value::Amount(amount) if amount.kind == Kind::Number);
    let is_plural = claim.measure.as_ref().is_some_and(|noun| {
        noun.ends_with('s') || ["people", "men", "women", "children"].contains(&noun.as_str())
    });
    is_number && is_plural
}

/// What a reader would call a claim. Words that were only read off those around the figure name it where
/// they count ("volunteers") or have an "of" behind them ("aid package"), else the quote says more.
fn name(claim: &Claim) -> Option<String> {
    let measure = claim.measure.as_ref()?;
    let quote = claim.quote.as_ref().map_or("", |quote| &quote.text);
    let is_read_off = quote.contains(measure.as_str());
    let names_it = quote.contains(&format!("{measure} of")) || is_count(claim);
    if is_read_off && !names_it {
        return None;
    }
    // "Armenian population, over 100,000": what is counted may stand behind the quote.
    let says_it_all = |subject: &str| is_read_off || is_count(claim) || measure.contains(subject);
    match &claim.subject {
        Some(subject) if !says_it_all(subject) => Some(format!("{measure} of {subject}")),
        _ => Some(measure.clone()),
    }
}

/// What makes a relation of one version that of the other: the rule or condition, and the claims.
type Identity = (String, Vec<(String, Vec<String>)>);

fn relations(old: Version<'_>, new: Version<'_>) -> Vec<RelationChange> {
    let identity = |relation: &Relation<'_>, version: Version<'_>| -> Identity {
        let what = match &relation.holds {
            Holds::Rule(rule) => rule.id.as_str().to_owned(),
            Holds::That(_, text) => text.clone(),
        };
        let id = |&at: &usize| version.file.claims.get(at).id.clone();
        let roles = relation
            .roles
            .iter()
            .map(|role| (role.name.clone(), role.claims.iter().map(id).collect()));
        (what, roles.collect())
    };
    let change = |relation: &Relation<'_>, version: Version<'_>| {
        let numbers = relation.roles.iter().flat_map(|role| &role.claims);
        let claims: Vec<&Claim> = numbers.map(|&at| version.file.claims.get(at)).collect();
        RelationChange {
            rule: relation.rule().as_str().to_owned(),
            claims: claims.iter().map(|claim| claim.id.clone()).collect(),
            figures: claims.iter().map(|claim| claim.figure.written.clone()).collect(),
            old: None,
            new: None,
            severity: relation.severity,
        }
    };
    let mut known: HashMap<Identity, &Relation<'_>> = HashMap::new();
    for relation in old.relations {
        known.entry(identity(relation, old)).or_insert(relation);
    }
    let mut all = Vec::new();
    let mut seen: HashSet<Identity> = HashSet::new();
    for relation in new.relations {
        let key = identity(relation, new);
        let before = known.get(&key).map(|before| before.verdict);
        if before != Some(relation.verdict) {
            all.push(RelationChange {
                old: before,
                new: Some(relation.verdict),
                ..change(relation, new)
            });
        }
        seen.insert(key);
    }
    for relation in old.relations {
        if !seen.contains(&identity(relation, old)) {
            all.push(RelationChange { old: Some(relation.verdict), ..change(relation, old) });
        }
    }
    all.sort_by_key(|change| (!change.broke(), !change.is_mended()));
    all
}
