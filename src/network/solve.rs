//! Whether a part of a network can stand.
//!
//! Relations that hang on the rest by one fact are taken off one after another, each narrowing the
//! fact it hangs on: for a network without cycles that decides it, in one pass. What is left, the
//! cycles, is narrowed by the relations in turn for a while; then the simplex decides its sums.

use std::collections::VecDeque;

use crate::network::facts::{Answer, NONE, Network};
use crate::network::form::{Fact, Form, Linear};
use crate::network::simplex::{Outcome, Simplex};
use crate::value::{Interval, Mode, Rational};

/// Some claims and constraints of a network, by their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'p> {
    pub(super) claims: &'p [u32],
    pub(super) constraints: &'p [u32],
}

/// How often each constraint of a cycle is looked at before the simplex takes over.
const ROUNDS: u32 = 3;
/// The same where there is more than sums, of which the simplex knows nothing.
const MORE_ROUNDS: u32 = 24;

/// How a fact came to be narrowed.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The fact, by its place in the part.
    pub(super) fact: usize,
    /// The constraint that narrowed it, by its number in the network.
    pub(super) constraint: u32,
    /// What it was narrowed to.
    pub(super) domain: Interval,
    /// The facts of the constraint and what they had been narrowed to by then.
    pub(super) inputs: Vec<(usize, Option<usize>)>,
}

/// Where it clashed.
#[derive(Clone, Debug)]
pub(super) enum Clash {
    /// The claims of one fact have nothing in common.
    Claims(usize),
    /// A constraint cannot be met.
    Constraint(u32, Vec<(usize, Option<usize>)>),
    /// Sums of bounds do not fit: each fact with its bound, each constraint, and how many times.
    Sums {
        facts: Vec<(usize, Option<usize>, Rational)>,
        /// With the interval in which the sum lies.
        constraints: Vec<(u32, Rational, Interval)>,
        /// Facts that were taken for numbers.
        fixed: Vec<(usize, Option<usize>)>,
    },
}

/// Everything that was narrowed on the way to an answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    pub(super) entries: Vec<Entry>,
    /// For each fact of the part, its last entry.
    last: Vec<Option<usize>>,
    /// Where it clashed: once, or as often as it did where all are asked for. A constraint that clashed
    /// narrows nothing then.
    pub(super) clashes: Vec<Clash>,
    all: bool,
}

impl Trail {
    /// A trail that goes on after a clash.
    pub(super) fn of_all_clashes() -> Self {
        Self { all: true, ..Self::default() }
    }

    fn clash(&mut self, constraint: u32, inputs: Vec<(usize, Option<usize>)>) {
        self.clashes.push(Clash::Constraint(constraint, inputs));
    }

    fn inputs(&self, facts: &[usize]) -> Vec<(usize, Option<usize>)> {
        facts.iter().map(|&fact| (fact, self.last[fact])).collect()
    }
}

/// Solves parts of one network, one after another, with the same memory.
#[derive(Debug)]
pub(super) struct Solver<'s, 'n> {
    network: &'s Network<'n>,
    /// For each fact of the network, its place in the part.
    place: Vec<u32>,
    /// The facts of the part.
    pub(super) facts: Vec<Fact>,
    pub(super) domains: Vec<Interval>,
    /// For facts of cycles, the middles of their domains.
    middles: Vec<Option<Interval>>,
    /// The places of each constraint's facts, one after another.
    places: Vec<usize>,
    first: Vec<usize>,
    /// How many constraints that are still there have a fact, and all their numbers by `xor`.
    degree: Vec<u32>,
    with: Vec<u32>,
    /// How many of a constraint's facts others have too.
    shared: Vec<u32>,
    is_done: Vec<bool>,
    waiting: Vec<u32>,
    /// Steps taken by this part, and how many it may take.
    steps: u64,
    most_steps: u64,
    /// How many any part may take, whatever its budget.
    allowed: u64,
}

impl<'s, 'n> Solver<'s, 'n> {
    pub(super) fn new(network: &'s Network<'n>) -> Self {
        Self { place: vec![NONE; network.facts as usize], ..Self::unused(network) }
    }

    /// One without memory, to stand where another is lent.
    pub(super) fn unused(network: &'s Network<'n>) -> Self {
        Self {
            network,
            place: Vec::new(),
            facts: Vec::new(),
            domains: Vec::new(),
            middles: Vec::new(),
            places: Vec::new(),
            first: Vec::new(),
            degree: Vec::new(),
            with: Vec::new(),
            shared: Vec::new(),
            is_done: Vec::new(),
            waiting: Vec::new(),
            steps: 0,
            most_steps: 0,
            allowed: u64::MAX,
        }
    }

    /// Bounds the steps of each part from here on, where its budget is more.
    pub(super) fn allow(&mut self, steps: u64) {
        self.allowed = steps;
    }

    /// Whether a part can stand. Where a trail is given, it tells how the answer came about.
    pub(super) fn run(&mut self, part: Part<'_>, mode: Mode, trail: Option<&mut Trail>) -> Answer {
        self.lay_out(part);
        let mut none = None;
        let trail = match trail {
            Some(trail) => {
                let last = vec![None; self.facts.len()];
                *trail = Trail { last, all: trail.all, ..Trail::default() };
                &mut Some(trail)
            }
            None => &mut none,
        };
        if let Some(fact) = self.claim(part, mode) {
            if let Some(trail) = trail {
                trail.clashes.push(Clash::Claims(fact));
            }
            return Answer::Inconsistent;
        }
        if !self.take_off(part, mode, trail) {
            return Answer::Inconsistent;
        }
        let cycles: Vec<usize> =
            (0..part.constraints.len()).filter(|&at| !self.is_done[at]).collect();
        let has_clashed =
            |trail: &Option<&mut Trail>| trail.as_ref().is_some_and(|t| !t.clashes.is_empty());
        if cycles.is_empty() || self.is_witnessed(part, &cycles, mode) {
            return if has_clashed(trail) { Answer::Inconsistent } else { self.answer() };
        }
        if !self.narrow(part, &cycles, mode, trail) || has_clashed(trail) {
            return Answer::Inconsistent;
        }
        self.add_up(part, &cycles, mode, trail)
    }

    /// The domains of a part that can stand, narrowed as far as the relations do it in turn.
    pub(super) fn narrowed(&mut self, part: Part<'_>, mode: Mode) -> bool {
        self.lay_out(part);
        let all: Vec<usize> = (0..part.constraints.len()).collect();
        self.claim(part, mode).is_none() && self.narrow(part, &all, mode, &mut None)
    }

    /// What a fact can be by the sums of a part that was narrowed, all of them together.
    pub(super) fn range(&mut self, part: Part<'_>, fact: Fact, mode: Mode) -> Option<Interval> {
        let place = self.place_of(fact)?;
        let all: Vec<usize> = (0..part.constraints.len()).collect();
        let (mut simplex, _) = self.simplex(part, &all, mode);
        let range = match simplex.solve() {
            Outcome::Feasible => simplex.range(place),
            _ => None,
        };
        self.steps += simplex.steps();
        range
    }

    /// The place of a fact in the part.
    pub(super) fn place_of(&self, fact: Fact) -> Option<usize> {
        let place = *self.place.get(fact as usize)?;
        (place != NONE).then_some(place as usize)
    }

    /// What the claims alone say of each fact of the part.
    pub(super) fn claimed(&self, part: Part<'_>, mode: Mode) -> Vec<Interval> {
        let mut all = vec![Interval::ALL; self.facts.len()];
        for &claim in part.claims {
            let stated = &self.network.claims[claim as usize];
            let domain = &mut all[self.place[stated.fact as usize] as usize];
            if let Some(both) = domain.intersect(stated.interval(mode)) {
                *domain = both;
            }
        }
        all
    }

    /// Steps that the last answer took.
    pub(super) fn steps(&self) -> u64 {
        self.steps
    }

    fn answer(&self) -> Answer {
        if self.most_steps < self.steps { Answer::Unknown } else { Answer::Consistent }
    }

    fn local(&mut self, fact: Fact) -> usize {
        let slot = &mut self.place[fact as usize];
        if *slot == NONE {
            *slot = u32::try_from(self.facts.len()).unwrap_or(NONE);
            self.facts.push(fact);
        }
        *slot as usize
    }

    /// Gives the facts of a part their places.
    fn lay_out(&mut self, part: Part<'_>) {
        for &fact in &self.facts {
            self.place[fact as usize] = NONE;
        }
        self.facts.clear();
        self.places.clear();
        self.first.clear();
        self.steps = 0;
        let network = self.network;
        let size = part.claims.len() + part.constraints.len();
        self.most_steps = network.steps_for(size).min(self.allowed);
        for &constraint in part.constraints {
            self.first.push(self.places.len());
            for fact in network.constraints[constraint as usize].form.facts() {
                let place = self.local(fact);
                self.places.push(place);
            }
        }
        self.first.push(self.places.len());
        for &claim in part.claims {
            self.local(network.claims[claim as usize].fact);
        }
    }

    /// Puts what the claims say into the domains; a fact about which they disagree.
    fn claim(&mut self, part: Part<'_>, mode: Mode) -> Option<usize> {
        self.domains.clear();
        self.domains.resize(self.facts.len(), Interval::ALL);
        for &claim in part.claims {
            let stated = &self.network.claims[claim as usize];
            let place = self.place[stated.fact as usize] as usize;
            let domain = &mut self.domains[place];
            let interval = stated.interval(mode);
            if *domain == Interval::ALL {
                domain.clone_from(interval);
            } else {
                match domain.intersect(interval) {
                    Some(both) => *domain = both,
                    None => return Some(place),
                }
            }
        }
        None
    }

    fn facts_of(&self, at: usize) -> &[usize] {
        &self.places[self.first[at]..self.first[at + 1]]
    }

    /// Takes off, one after another, the constraints that share no more than one fact with those
    /// that are still there. Whether none clashes.
    fn take_off(&mut self, part: Part<'_>, mode: Mode, trail: &mut Option<&mut Trail>) -> bool {
        let size = part.constraints.len();
        self.degree.clear();
        self.degree.resize(self.facts.len(), 0);
        self.with.clear();
        self.with.resize(self.facts.len(), 0);
        self.is_done.clear();
        self.is_done.resize(size, false);
        self.shared.clear();
        self.waiting.clear();
        for at in 0..size {
            for i in self.first[at]..self.first[at + 1] {
                let fact = self.places[i];
                self.degree[fact] += 1;
                self.with[fact] ^= u32::try_from(at).unwrap_or(NONE);
            }
        }
        for at in 0..size {
            let shared = self.facts_of(at).iter().filter(|&&fact| 1 < self.degree[fact]).count();
            let shared = u32::try_from(shared).unwrap_or(NONE);
            self.shared.push(shared);
            if shared <= 1 {
                self.waiting.push(u32::try_from(at).unwrap_or(NONE));
            }
        }
        while let Some(at) = self.waiting.pop() {
            let at = at as usize;
            if self.is_done[at] {
                continue;
            }
            self.is_done[at] = true;
            if !self.narrow_shared(part, at, mode, trail) {
                return false;
            }
            for i in self.first[at]..self.first[at + 1] {
                let fact = self.places[i];
                self.degree[fact] -= 1;
                self.with[fact] ^= u32::try_from(at).unwrap_or(NONE);
                if self.degree[fact] == 1 {
                    let other = self.with[fact];
                    self.shared[other as usize] -= 1;
                    if self.shared[other as usize] <= 1 {
                        self.waiting.push(other);
                    }
                }
            }
        }
        true
    }

    /// Narrows the one fact that a constraint shares with others, or sees whether it can be met.
    fn narrow_shared(
        &mut self,
        part: Part<'_>,
        at: usize,
        mode: Mode,
        trail: &mut Option<&mut Trail>,
    ) -> bool {
        let number = part.constraints[at];
        let form = &self.network.constraints[number as usize].form;
        let facts = &self.places[self.first[at]..self.first[at + 1]];
        self.steps += facts.len() as u64;
        let domains = |place: usize| &self.domains[facts[place]];
        let shared = facts.iter().position(|&fact| 1 < self.degree[fact]);
        // Whether to go on all the same.
        let clashes = |trail: &mut Option<&mut Trail>| match trail {
            Some(trail) => {
                let inputs = trail.inputs(facts);
                trail.clash(number, inputs);
                trail.all
            }
            None => false,
        };
        let Some(place) = shared else {
            return form.meets(&domains, mode) || clashes(trail);
        };
        let fact = facts[place];
        let allowed = form.narrow_one(place, &domains, mode);
        let allowed = allowed.map(Interval::shortened);
        let Some(left) = allowed.and_then(|allowed| self.domains[fact].intersect(&allowed)) else {
            return clashes(trail);
        };
        if left != self.domains[fact] {
            if let Some(trail) = trail {
                let inputs = trail.inputs(facts);
                trail.last[fact] = Some(trail.entries.len());
                let domain = left.clone();
                trail.entries.push(Entry { fact, constraint: number, domain, inputs });
            }
            self.domains[fact] = left;
        }
        true
    }

    /// Whether the middles of the facts' intervals satisfy all of the cycles, the facts that one
    /// constraint has for itself taken as they are. Figures that were not altered mostly do.
    fn is_witnessed(&mut self, part: Part<'_>, cycles: &[usize], mode: Mode) -> bool {
        self.middles.clear();
        self.middles.resize(self.facts.len(), None);
        for &at in cycles {
            for i in self.first[at]..self.first[at + 1] {
                let fact = self.places[i];
                if 1 < self.degree[fact] && self.middles[fact].is_none() {
                    self.middles[fact] = Some(Interval::point(self.domains[fact].middle()));
                }
            }
            self.steps += (self.first[at + 1] - self.first[at]) as u64;
        }
        cycles.iter().all(|&at| {
            let facts = self.facts_of(at);
            let domains = |place: usize| {
                let fact = facts[place];
                self.middles[fact].as_ref().unwrap_or(&self.domains[fact])
            };
            self.network.constraints[part.constraints[at] as usize].form.meets(&domains, mode)
        })
    }

    /// Lets constraints narrow their facts in turn, until nothing changes or each has had its
    /// rounds. Whether none clashes.
    fn narrow(
        &mut self,
        part: Part<'_>,
        which: &[usize],
        mode: Mode,
        trail: &mut Option<&mut Trail>,
    ) -> bool {
        let network = self.network;
        let form = |at: usize| &network.constraints[part.constraints[at] as usize].form;
        let all_sums = which.iter().all(|&at| matches!(form(at), Form::Linear(_)));
        let rounds = if all_sums { ROUNDS } else { MORE_ROUNDS };
        let mut by_fact: Vec<Vec<u32>> = vec![Vec::new(); self.facts.len()];
        for (slot, &at) in which.iter().enumerate() {
            for &fact in self.facts_of(at) {
                by_fact[fact].push(u32::try_from(slot).unwrap_or(NONE));
            }
        }
        let mut seen = vec![0_u32; which.len()];
        let mut is_waiting = vec![true; which.len()];
        let mut queue: VecDeque<usize> = (0..which.len()).collect();
        while let Some(slot) = queue.pop_front() {
            is_waiting[slot] = false;
            if seen[slot] == rounds || self.most_steps < self.steps {
                continue;
            }
            seen[slot] += 1;
            let at = which[slot];
            let number = part.constraints[at];
            let facts = &self.places[self.first[at]..self.first[at + 1]];
            self.steps += facts.len() as u64;
            let domains = |place: usize| &self.domains[facts[place]];
            let inputs = trail.as_ref().map(|trail| trail.inputs(facts));
            let Some(left) = form(at).narrow_all(&domains, mode) else {
                let goes_on = trail.as_mut().is_some_and(|trail| {
                    trail.clash(number, inputs.unwrap_or_default());
                    trail.all
                });
                if !goes_on {
                    return false;
                }
                seen[slot] = rounds;
                continue;
            };
            for (&fact, left) in facts.iter().zip(left) {
                let left = left.shortened();
                if left == self.domains[fact] {
                    continue;
                }
                if let (Some(trail), Some(inputs)) = (trail.as_mut(), &inputs) {
                    trail.last[fact] = Some(trail.entries.len());
                    let (domain, inputs) = (left.clone(), inputs.clone());
                    trail.entries.push(Entry { fact, constraint: number, domain, inputs });
                }
                self.domains[fact] = left;
                for &other in &by_fact[fact] {
                    let other = other as usize;
                    if other != slot && !is_waiting[other] {
                        is_waiting[other] = true;
                        queue.push_back(other);
                    }
                }
            }
        }
        true
    }

    /// The sums of some constraints over the domains as they are, and the constraint of each.
    fn simplex(
        &self,
        part: Part<'_>,
        which: &[usize],
        mode: Mode,
    ) -> (Simplex, Vec<(usize, Interval)>) {
        let budget = self.most_steps.saturating_sub(self.steps);
        let mut simplex = Simplex::new(self.domains.iter(), budget);
        let mut of = Vec::new();
        for &at in which {
            for linear in self.sums(part, at) {
                let terms: Vec<(usize, Rational)> = linear
                    .terms()
                    .iter()
                    .filter_map(|(fact, factor)| Some((self.place_of(*fact)?, factor.clone())))
                    .collect();
                simplex.sum(&terms, linear.range(mode));
                of.push((at, linear.range(mode).clone()));
            }
        }
        (simplex, of)
    }

    fn sums(&self, part: Part<'_>, at: usize) -> Vec<Linear> {
        let domain = |fact: Fact| Some(self.domains[self.place_of(fact)?].clone());
        self.network.constraints[part.constraints[at] as usize].form.linear(&domain)
    }

    /// Lets the simplex decide the sums of the cycles.
    fn add_up(
        &mut self,
        part: Part<'_>,
        cycles: &[usize],
        mode: Mode,
        trail: &mut Option<&mut Trail>,
    ) -> Answer {
        let (mut simplex, of) = self.simplex(part, cycles, mode);
        let outcome = simplex.solve();
        self.steps += simplex.steps();
        match outcome {
            Outcome::Feasible => self.answer(),
            Outcome::Unknown => Answer::Unknown,
            Outcome::Infeasible(certificate) => {
                if let Some(trail) = trail {
                    let clash = self.certified(part, &certificate, &of, trail);
                    trail.clashes.push(clash);
                }
                Answer::Inconsistent
            }
        }
    }

    fn certified(
        &self,
        part: Part<'_>,
        certificate: &[(usize, Rational)],
        of: &[(usize, Interval)],
        trail: &Trail,
    ) -> Clash {
        let size = self.facts.len();
        let mut facts = Vec::new();
        let mut constraints = Vec::new();
        let mut fixed = Vec::new();
        for (variable, factor) in certificate {
            if *variable < size {
                facts.push((*variable, trail.last[*variable], factor.clone()));
                continue;
            }
            let (at, range) = &of[variable - size];
            let number = part.constraints[*at];
            constraints.push((number, factor.clone(), range.clone()));
            if !self.network.is_sum(number) {
                fixed.extend(trail.inputs(self.facts_of(*at)));
            }
        }
        Clash::Sums { facts, constraints, fixed }
    }
}
