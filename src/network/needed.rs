//! Whether all of a clashing set is needed for the clash, in two passes, where it is sums without cycles.
//!
//! Each relation tells each of its facts what the others leave it, and each fact tells each relation what
//! is left of it without that one: from the leaves to a root, and back (Pearl's propagation in a tree).
//! What is left out cuts the tree into parts, and whether these stand can be read off what was told. So a
//! chain of thousands takes thousands of steps, not thousands for each relation that may be left out.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::network::facts::Network;
use crate::network::form::{Fact, Form};
use crate::network::search::Element;
use crate::value::{Interval, Mode};

/// A fact of a relation: the relation, and which of its facts.
type Edge = (usize, usize);

#[derive(Clone, Copy)]
enum Node {
    /// A fact, and the relation on the way to the root.
    Fact(usize, Option<Edge>),
    /// A relation, and which of its facts is on the way to the root.
    Relation(usize, usize),
}

/// What is told; `None` where what tells it clashes by itself.
type Told = Option<Interval>;

struct Tree<'t, 'n> {
    forms: Vec<&'t Form<'n>>,
    /// The facts of each relation.
    facts_of: Vec<Vec<usize>>,
    /// The relations of each fact.
    edges_of: Vec<Vec<Edge>>,
    /// What is claimed of each fact.
    claims_of: Vec<Vec<&'t Interval>>,
    /// From the root to the leaves.
    order: Vec<Node>,
    to_relation: Vec<Vec<Told>>,
    to_fact: Vec<Vec<Told>>,
    mode: Mode,
    steps: u64,
}

impl Network<'_> {
    /// Whether of a set that clashes none can be left out, with the steps that it took; `None` where that
    /// takes more than two passes.
    pub(super) fn is_needed(&self, which: &[Element], mode: Mode) -> Option<(bool, u64)> {
        let mut tree = Tree::new(self, which, mode)?;
        tree.pass();
        Some((tree.is_needed(), tree.steps))
    }
}

impl<'t, 'n> Tree<'t, 'n> {
    fn new(network: &'t Network<'n>, which: &[Element], mode: Mode) -> Option<Self> {
        let mut places: HashMap<Fact, usize, FixedState> = HashMap::default();
        let mut tree = Self {
            forms: Vec::new(),
            facts_of: Vec::new(),
            edges_of: Vec::new(),
            claims_of: Vec::new(),
            order: Vec::new(),
            to_relation: Vec::new(),
            to_fact: Vec::new(),
            mode,
            steps: which.len() as u64,
        };
        for element in which {
            let Element::Relation(relation) = element else { continue };
            let mut constraints = network.constraints_of(*relation);
            let (Some(only), None) = (constraints.next(), constraints.next()) else { return None };
            let form = &network.constraints[only as usize].form;
            // What a product leaves its factors may be wider than it need be, so that it matters which way
            // it is asked.
            if !matches!(form, Form::Linear(_)) {
                return None;
            }
            let number = tree.forms.len();
            let mut facts = Vec::new();
            for fact in form.facts() {
                let place = *places.entry(fact).or_insert_with(|| {
                    tree.edges_of.push(Vec::new());
                    tree.claims_of.push(Vec::new());
                    tree.edges_of.len() - 1
                });
                tree.edges_of[place].push((number, facts.len()));
                facts.push(place);
            }
            let none = vec![None; facts.len()];
            tree.to_relation.push(none.clone());
            tree.to_fact.push(none);
            tree.facts_of.push(facts);
            tree.forms.push(form);
        }
        for element in which {
            let Element::Claim(_, claim) = element else { continue };
            let stated = &network.claims[*claim as usize];
            tree.claims_of[*places.get(&stated.fact)?].push(stated.interval(mode));
        }
        tree.is_laid_out().then_some(tree)
    }

    /// Finds the order; whether it is one tree.
    fn is_laid_out(&mut self) -> bool {
        let edges: usize = self.facts_of.iter().map(Vec::len).sum();
        let nodes = self.facts_of.len() + self.edges_of.len();
        if self.edges_of.is_empty() || edges + 1 != nodes {
            return false;
        }
        // With one edge less than nodes, what is connected has no cycle.
        let mut seen = vec![false; self.facts_of.len()];
        self.order.push(Node::Fact(0, None));
        let mut at = 0;
        while let Some(&node) = self.order.get(at)
            && self.order.len() <= nodes
        {
            at += 1;
            match node {
                Node::Fact(fact, _) => {
                    for &(relation, slot) in &self.edges_of[fact] {
                        if !std::mem::replace(&mut seen[relation], true) {
                            self.order.push(Node::Relation(relation, slot));
                        }
                    }
                }
                Node::Relation(relation, parent) => {
                    let facts = self.facts_of[relation].iter().enumerate();
                    let below = facts.filter(|&(slot, _)| slot != parent);
                    let below = below.map(|(slot, &fact)| Node::Fact(fact, Some((relation, slot))));
                    self.order.extend(below);
                }
            }
        }
        self.order.len() == nodes
    }

    fn pass(&mut self) {
        let order = std::mem::take(&mut self.order);
        for &node in order.iter().rev() {
            match node {
                Node::Fact(_, None) => {}
                Node::Fact(fact, Some((relation, slot))) => {
                    let all = self.told(fact, Some((relation, slot)));
                    let left = all.iter().try_fold(Interval::ALL, meet);
                    self.to_relation[relation][slot] = left;
                }
                Node::Relation(relation, slot) => self.tell(relation, slot),
            }
        }
        for &node in &order {
            match node {
                Node::Fact(fact, parent) => {
                    let all = self.told(fact, None);
                    let first = self.claims_of[fact].len();
                    for ((relation, slot), left) in
                        self.edges_of[fact].iter().zip(without_each(&all).skip(first))
                    {
                        if Some((*relation, *slot)) != parent {
                            self.to_relation[*relation][*slot] = left;
                        }
                    }
                }
                Node::Relation(relation, parent) => {
                    for slot in 0..self.facts_of[relation].len() {
                        if slot != parent {
                            self.tell(relation, slot);
                        }
                    }
                }
            }
        }
    }

    /// All that is said of a fact, the claims first, without what one relation tells it.
    fn told(&self, fact: usize, without: Option<Edge>) -> Vec<Told> {
        let claims = self.claims_of[fact].iter().map(|&interval| Some(interval.clone()));
        let edges = self.edges_of[fact].iter().filter(|edge| Some(**edge) != without);
        claims.chain(edges.map(|&(relation, slot)| self.to_fact[relation][slot].clone())).collect()
    }

    fn tell(&mut self, relation: usize, slot: usize) {
        let told = &self.to_relation[relation];
        self.steps += told.len() as u64;
        let mut others = told.iter().enumerate().filter(|&(other, _)| other != slot);
        self.to_fact[relation][slot] = if others.all(|(_, told)| told.is_some()) {
            let domains = |place: usize| told[place].as_ref().unwrap_or(&Interval::ALL);
            self.forms[relation].narrow_one(slot, &domains, self.mode).map(Interval::shortened)
        } else {
            None
        };
    }

    fn is_needed(&self) -> bool {
        // Without a relation, each of its facts is the root of a part.
        let relations = self.to_relation.iter().flatten().all(Option::is_some);
        relations
            && (0..self.claims_of.len()).all(|fact| {
                let all = self.told(fact, None);
                without_each(&all).take(self.claims_of[fact].len()).all(|left| left.is_some())
            })
    }
}

#[allow(clippy::needless_pass_by_value)]
fn meet(all: Interval, next: &Told) -> Told {
    all.intersect(next.as_ref()?)
}

/// For each of some intervals, what the others have in common.
fn without_each(all: &[Told]) -> impl Iterator<Item = Told> {
    let mut behind: Vec<Told> = vec![Some(Interval::ALL)];
    for one in all.iter().rev() {
        let last = behind.last().cloned().flatten();
        behind.push(last.and_then(|last| meet(last, one)));
    }
    behind.pop();
    let mut before: Told = Some(Interval::ALL);
    all.iter().map(move |one| {
        let others = before.clone().zip(behind.pop().flatten());
        before = before.take().and_then(|before| meet(before, one));
        others.and_then(|(a, b)| a.intersect(&b))
    })
}
