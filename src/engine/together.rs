//! All relations together: what comes of the network of a claims file and its article.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::engine::built::{At, Built, Layer, is_knotted, takes_part};
use crate::engine::clash::{Telling, attach};
use crate::engine::{Given, Verdict, explain};
use crate::finding::{self, Finding};
use crate::network::{Answer, Conflicts, Inquiry};
use crate::value::Mode;

/// What all relations came to together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Parts of the network that have nothing to do with one another.
    pub components: usize,
    /// Those of them that can stand, strictly or loosely.
    pub hold: usize,
    /// Those that can stand only loosely.
    pub hold_loosely: usize,
    /// Those that cannot.
    pub contradict: usize,
    /// Those that were given up.
    pub unknown: usize,
    /// Conflicts that were found.
    pub conflicts: usize,
}

impl Together {
    /// Counts those of another network too.
    pub fn add(&mut self, other: Self) {
        self.components += other.components;
        self.hold += other.hold;
        self.hold_loosely += other.hold_loosely;
        self.contradict += other.contradict;
        self.unknown += other.unknown;
        self.conflicts += other.conflicts;
    }

    /// The verdict on everything.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self { contradict: 1.., .. } => Verdict::Contradicts,
            Self { unknown: 1.., .. } => Verdict::Unknown,
            Self { hold_loosely: 1.., .. } => Verdict::HoldsLoosely,
            _ => Verdict::Holds,
        }
    }
}

/// Judges the relations of all layers together. What contradicts by itself has its finding already;
/// here it learns of the others, and what contradicts only with others is said.
pub fn together(layers: &mut [Layer<'_, '_>], given: Given<'_>) -> Together {
    if !is_tied(layers) {
        return Together::default();
    }
    let Judgment { sum, verdicts, said, attached, conflicts } = judge(layers, given);
    apply(layers, given, &verdicts, attached);
    if let Some(first) = layers.first_mut() {
        first.outcome.findings.extend(said);
        first.outcome.conflicts.extend(conflicts);
    }
    sum
}

/// What there is to say of a network.
#[derive(Default)]
struct Judgment {
    sum: Together,
    /// Relations whose verdict is another, given all that is claimed of their facts.
    verdicts: HashMap<At, Verdict, FixedState>,
    /// What is said beside the findings of relations.
    said: Vec<Finding>,
    /// What is known of the conflict of a relation that contradicts by itself.
    attached: Vec<(At, Arc<finding::Conflict>)>,
    conflicts: Vec<Arc<finding::Conflict>>,
}

fn judge(layers: &[Layer<'_, '_>], given: Given<'_>) -> Judgment {
    let built = Built::new(layers, given);
    let components = built.network.components();
    let inquiry = RefCell::new(Inquiry::new(&built.network, 0));
    let mut all = Judgment { verdicts: built.refined(&components), ..Judgment::default() };
    all.sum.components = components.len();
    for component in &components {
        match (component.strict, component.loose) {
            (Answer::Consistent, _) => all.sum.hold += 1,
            (_, Answer::Consistent) => {
                all.sum.hold += 1;
                all.sum.hold_loosely += 1;
            }
            (_, Answer::Unknown) => {
                all.sum.unknown += 1;
                all.said.extend(built.undecided(component));
            }
            (_, Answer::Inconsistent) => {
                all.sum.contradict += 1;
                let found = inquiry.borrow_mut().conflicts_of(component, Mode::Loose);
                all.sum.conflicts += found.conflicts.len();
                let telling = Telling::new(&built, component, &found, (&inquiry, given));
                let is_all = all.tell(&telling, &found) && !found.ran_out;
                all.said.extend((!is_all).then(|| built.unsearched(component, &found)).flatten());
            }
        }
    }
    all
}

impl Judgment {
    /// Says what there is to say of a component; whether nothing is left out for want of steps.
    fn tell(&mut self, telling: &Telling<'_, '_, '_, '_, '_>, found: &Conflicts) -> bool {
        let built = telling.built;
        let speaks = speaking(found);
        for (at, conflict) in found.conflicts.iter().enumerate() {
            let told = Arc::new(telling.told(at));
            self.conflicts.push(told.clone());
            match &*conflict.relations {
                // That two claims are the same fact is a relation too, and has its finding.
                [] => {
                    let same = built.same_fact(conflict);
                    self.attached.extend(same.map(|relation| (relation, told)));
                }
                [only] => {
                    let relation = built.relations[*only];
                    self.verdicts.insert(relation, Verdict::Contradicts);
                    self.attached.push((relation, told));
                }
                _ if speaks[at] => self.said.extend(telling.finding(at, told)),
                _ => {}
            }
        }
        !telling.is_spent()
    }
}

/// Which conflicts are worth a finding of their own: not those that a figure explains which explains
/// one that is said already, nor those that share a relation with it.
fn speaking(found: &Conflicts) -> Vec<bool> {
    let mut speaks = vec![false; found.conflicts.len()];
    for cluster in &found.clusters {
        let mends = |claim: usize| {
            cluster.ranking.iter().any(|ranked| ranked.claim == claim && ranked.mends_all)
        };
        let mut said: Vec<usize> = Vec::new();
        for &at in &cluster.conflicts {
            let conflict = &found.conflicts[at];
            let is_explained = || {
                said.iter().any(|&other| {
                    let other = &found.conflicts[other];
                    let shares = |a: &[usize], b: &[usize]| a.iter().any(|one| b.contains(one));
                    shares(&conflict.relations, &other.relations)
                        || conflict.claims.iter().any(|&c| mends(c) && other.claims.contains(&c))
                })
            };
            if conflict.relations.len() <= 1 || !is_explained() {
                speaks[at] = true;
                said.push(at);
            }
        }
    }
    speaks
}

/// Gives relations the verdicts that they have with all that is claimed of their facts, and their
/// findings what is known of the conflict.
fn apply(
    layers: &mut [Layer<'_, '_>],
    given: Given<'_>,
    verdicts: &HashMap<At, Verdict, FixedState>,
    attached: Vec<(At, Arc<finding::Conflict>)>,
) {
    for (number, Layer { figures, outcome, .. }) in layers.iter_mut().enumerate() {
        let mut changed: Vec<usize> = verdicts
            .iter()
            .filter(|&(&(layer, at), &verdict)| {
                layer == number && outcome.relations[at].verdict != verdict
            })
            .map(|(&(_, at), _)| at)
            .collect();
        changed.sort_unstable();
        outcome.said.retain(|(at, _)| changed.binary_search(at).is_err());
        for &at in &changed {
            let relation = &mut outcome.relations[at];
            relation.verdict = verdicts[&(number, at)];
            let finding = explain::finding(relation, *figures, given.rates);
            outcome.said.extend(finding.map(|finding| (at, finding)));
        }
        outcome.said.sort_by_key(|(at, _)| *at);
    }
    for ((layer, at), conflict) in attached {
        let said = &mut layers[layer].outcome.said;
        if let Ok(place) = said.binary_search_by_key(&at, |(known, _)| *known) {
            attach(&mut said[place].1, conflict);
        }
    }
}

/// Whether anything can come of looking at relations together: a claim that takes part in two, two
/// claims of one fact, a condition in which one thing stands twice.
fn is_tied(layers: &[Layer<'_, '_>]) -> bool {
    layers.iter().any(|layer| {
        let mut uses = vec![0_u8; layer.figures.count()];
        for relation in layer.outcome.relations.iter().filter(|relation| takes_part(relation)) {
            if is_knotted(relation.condition()) {
                return true;
            }
            for &claim in relation.roles.iter().flat_map(|role| &role.claims) {
                uses[claim] = uses[claim].saturating_add(1);
            }
        }
        uses.iter().any(|&uses| 1 < uses) || !layer.outcome.facts.is_empty()
    }) || 1 < layers.len()
}
