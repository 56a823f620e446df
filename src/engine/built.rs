//! The network of a claims file and its article, with where everything in it comes from.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::checks::Check;
use crate::claim::Status;
use crate::engine::compile::forms;
use crate::engine::judge::prepare;
use crate::engine::operand::{Figures, Operand};
use crate::engine::outcome::{Given, Outcome};
use crate::engine::relation::{Holds, Relation, Verdict};
use crate::finding::{Finding, Severity};
use crate::network::{Answer, Component, Conflict, Conflicts, Fact, Inquiry, Network};
use crate::rule::Join;
use crate::rule::expression::{Condition, Node, Type};
use crate::source::Span;
use crate::value::{Base, Currency, Dimension, Direction, Interval, Mode, Value};

/// Claims with the relations between them: those of a claims file, or those that prose states.
#[derive(Debug)]
pub struct Layer<'l, 'r> {
    /// The figures.
    pub figures: Figures<'l>,
    /// The relations, and what is said of them so far.
    pub outcome: &'l mut Outcome<'r>,
    /// Whether the relations were read from prose.
    pub is_prose: bool,
}

/// A claim or a relation: its layer, and its place there.
pub(super) type At = (usize, usize);

/// Whether a relation says something of its figures that counts: not a remark on one of them, and
/// not what cannot be decided for other reasons than a figure that is not stated.
pub(super) fn takes_part(relation: &Relation<'_>) -> bool {
    let is_remark = relation.severity == Severity::Note && relation.asserted.is_none();
    // What is taken because it holds bears nothing out.
    !relation.is_about_one_claim() && !relation.is_quiet() && !is_remark && !relation.is_tentative()
}

/// A network with where its claims and relations come from.
pub(super) struct Built<'b, 'l, 'r> {
    pub(super) layers: &'b [Layer<'l, 'r>],
    pub(super) network: Network<'b>,
    /// For each claim of the network, the claim it is.
    pub(super) claims: Vec<At>,
    /// For each relation of the network, the relation it is.
    pub(super) relations: Vec<At>,
    /// A claim that states each fact, for its unit and style.
    pub(super) stated_by: Vec<At>,
    claims_of: HashMap<Fact, Vec<u32>, FixedState>,
    /// For claims of one fact, the relation that says they are.
    joined_by: HashMap<At, At, FixedState>,
}

/// What claims must share to state one fact: all that decides what their numbers mean.
type Sort = (Type, Option<Currency>, Option<Dimension>);

impl<'b, 'l, 'r> Built<'b, 'l, 'r> {
    pub(super) fn new(layers: &'b [Layer<'l, 'r>], given: Given<'b>) -> Self {
        let network = match given.budget {
            Some(steps) => Network::new().with_budget(steps),
            None => Network::new(),
        };
        let mut built = Self {
            layers,
            network,
            claims: Vec::new(),
            relations: Vec::new(),
            stated_by: Vec::new(),
            claims_of: HashMap::default(),
            joined_by: HashMap::default(),
        };
        let mut known: HashMap<At, Fact, FixedState> = HashMap::default();
        for (number, layer) in layers.iter().enumerate() {
            built.same_facts(number, layer, &mut known);
        }
        built.quoted(&mut known);
        for (number, layer) in layers.iter().enumerate() {
            for (at, relation) in layer.outcome.relations.iter().enumerate() {
                if matches!(relation.holds, Holds::Rule(rule) if rule.join == Some(Join::SameFact))
                {
                    let claims = relation.roles.iter().flat_map(|role| &role.claims);
                    built.joined_by.extend(claims.map(|&claim| ((number, claim), (number, at))));
                }
                if takes_part(relation) && may_be_decided(relation, layer.figures) {
                    built.relate((number, at), relation, given, &mut known);
                }
            }
        }
        built
    }

    fn new_fact(&mut self, at: At) -> Fact {
        self.stated_by.push(at);
        self.network.fact()
    }

    /// Gives a claim its place in the network, where it states a figure.
    fn state(&mut self, fact: Fact, at: At) {
        let claim = self.claim_at(at);
        let [strict, loose] = match &claim.value {
            Value::Amount(amount) => [amount.in_base(Mode::Strict), amount.in_base(Mode::Loose)],
            Value::Date(date) => [date.hull(), date.hull()],
            Value::Unstated => return,
        };
        if loose == Interval::ALL {
            return;
        }
        let number = self.network.doubted_claim(fact, strict, loose, doubt(claim));
        self.claims.push(at);
        self.claims_of.entry(fact).or_default().push(u32::try_from(number).unwrap_or(u32::MAX));
    }

    pub(super) fn claim_at(&self, (layer, at): At) -> Operand<'b> {
        self.layers[layer].figures.get(at)
    }

    /// Claims with the same subject, measure and time are one fact, where their numbers mean the same.
    fn same_facts(
        &mut self,
        number: usize,
        layer: &Layer<'_, '_>,
        known: &mut HashMap<At, Fact, FixedState>,
    ) {
        for group in &layer.outcome.facts {
            let mut facts: Vec<(Sort, Fact)> = Vec::new();
            for &claim in group {
                let at = (number, claim);
                let Some(sort) = sort(&self.claim_at(at).value) else { continue };
                let fact = match facts.iter().find(|(known, _)| *known == sort) {
                    Some((_, fact)) => *fact,
                    None => {
                        let fact = self.new_fact(at);
                        facts.push((sort, fact));
                        fact
                    }
                };
                known.insert(at, fact);
                self.state(fact, at);
            }
        }
    }

    /// A figure of the article that a claim quotes is that claim.
    fn quoted(&mut self, known: &mut HashMap<At, Fact, FixedState>) {
        let [file, prose] = self.layers else { return };
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        for (at, claim) in file.figures.iter().enumerate() {
            let place = claim.claim().and_then(|claim| claim.place);
            places.extend(place.map(|place| (place.start, place.end, at)));
        }
        places.sort_unstable();
        for (at, claim) in prose.figures.iter().enumerate() {
            let span = claim.span;
            let behind = places.partition_point(|&(start, ..)| start < span.end);
            // Quotes that begin long before the figure are rare; a few are looked at.
            let before = places[behind.saturating_sub(8)..behind].iter().rev();
            let quotes = before.filter(|&&(start, end, _)| start < span.end && span.start < end);
            let same = quotes.map(|&(.., quoted)| quoted).find(|&quoted| {
                let stated = &file.figures.get(quoted).value;
                sort(stated) == sort(&claim.value) && states_same(stated, &claim.value)
            });
            let Some(quoted) = same else { continue };
            let fact = match known.get(&(0, quoted)) {
                Some(&fact) => fact,
                None => {
                    let fact = self.new_fact((0, quoted));
                    known.insert((0, quoted), fact);
                    self.state(fact, (0, quoted));
                    fact
                }
            };
            known.insert((1, at), fact);
            self.state(fact, (1, at));
        }
    }

    fn fact(&mut self, at: At, known: &mut HashMap<At, Fact, FixedState>) -> Fact {
        // In prose, a year or a month is mostly no day, but the time in which something went on.
        let is_period = self.layers[at.0].is_prose
            && match &self.claim_at(at).value {
                Value::Date(date) => date.hull().as_point().is_none(),
                _ => false,
            };
        if let Some(&fact) = known.get(&at)
            && !is_period
        {
            return fact;
        }
        let fact = self.new_fact(at);
        if !is_period {
            known.insert(at, fact);
        }
        self.state(fact, at);
        fact
    }

    fn relate(
        &mut self,
        at: At,
        relation: &'b Relation<'r>,
        given: Given<'b>,
        known: &mut HashMap<At, Fact, FixedState>,
    ) {
        let layer = &self.layers[at.0];
        let Ok(prepared) = prepare(relation, layer.figures, given.rates) else {
            return;
        };
        let facts: Vec<Vec<Fact>> = relation
            .roles
            .iter()
            .map(|role| role.claims.iter().map(|&claim| self.fact((at.0, claim), known)).collect())
            .collect();
        let forms = forms(relation, prepared, facts);
        if !forms.is_empty() {
            self.network.relation(forms);
            self.relations.push(at);
        }
    }

    pub(super) fn relation_at(&self, relation: usize) -> &'b Relation<'r> {
        let (layer, at) = self.relations[relation];
        &self.layers[layer].outcome.relations[at]
    }

    /// The verdicts of relations that the intervals of their claims alone do not decide: where one
    /// name stands twice, or another claim states one of the facts.
    pub(super) fn refined(&self, components: &[Component]) -> HashMap<At, Verdict, FixedState> {
        let mut verdicts = HashMap::default();
        let mut inquiry = Inquiry::new(&self.network, u64::MAX);
        let mut binding: HashMap<Fact, Option<Vec<u32>>, FixedState> = HashMap::default();
        let relations = components.iter().flat_map(|component| &component.relations);
        for relation in relations.map(|&relation| relation as usize) {
            let judged = self.relation_at(relation);
            let mut facts: Vec<Fact> = self.network.facts_of_relation(relation);
            facts.sort_unstable();
            facts.dedup();
            let of = |fact: &Fact| self.claims_of.get(fact).map_or(&[][..], Vec::as_slice);
            let shares = facts.iter().any(|fact| 1 < of(fact).len());
            let decided = !judged.verdict.holds();
            if decided || !(shares || is_knotted(judged.condition())) {
                continue;
            }
            // Claims of one fact that have nothing in common are a conflict of their own.
            let mut claims: Vec<u32> = Vec::new();
            let common = facts.iter().all(|fact| {
                let all = of(fact);
                let few = binding.entry(*fact).or_insert_with(|| self.binding(all));
                claims.extend(few.iter().flatten());
                few.is_some()
            });
            if !common {
                continue;
            }
            let mut can = |mode| inquiry.alone(relation, &claims, mode) != Answer::Inconsistent;
            let verdict = match () {
                () if can(Mode::Strict) => judged.verdict,
                () if can(Mode::Loose) => Verdict::HoldsLoosely,
                () => Verdict::Contradicts,
            };
            if verdict != judged.verdict {
                verdicts.insert(self.relations[relation], verdict);
            }
        }
        verdicts
    }

    /// Those of the claims of one fact that bound it, strictly or loosely: each narrows what those before
    /// it left. `None` if they have nothing in common loosely.
    fn binding(&self, claims: &[u32]) -> Option<Vec<u32>> {
        let mut few = Vec::new();
        for mode in [Mode::Loose, Mode::Strict] {
            let mut common = Interval::ALL;
            for &claim in claims {
                match common.intersect(self.network.interval(claim, mode)) {
                    Some(left) if left == common => {}
                    Some(left) => {
                        common = left;
                        few.push(claim);
                    }
                    None if mode == Mode::Loose => return None,
                    None => {
                        few.push(claim);
                        break;
                    }
                }
            }
        }
        few.sort_unstable();
        few.dedup();
        Some(few)
    }

    pub(super) fn undecided(&self, component: &Component) -> Option<Finding> {
        let place = self.place_of(component)?;
        let message = format!(
            "{} figures in {} relations would take more steps to decide together than are allowed",
            component.claims.len(),
            component.relations.len()
        );
        Some(
            Finding::of(Check::UndecidedFigures, message, place)
                .labelled("one of them")
                .helped("each relation was checked by itself; `--budget STEPS` allows more"),
        )
    }

    /// Where the first figure of a component stands, or the first of its relations where no figure is stated.
    fn place_of(&self, component: &Component) -> Option<Span> {
        let claim =
            component.claims.first().map(|&claim| self.claim_at(self.claims[claim as usize]));
        let mut relations = component.relations.iter();
        let asserted = || relations.find_map(|&one| self.relation_at(one as usize).asserted);
        claim.map(Operand::shown_at).or_else(asserted)
    }

    /// That not all was looked for that clashes, or not all told. Where nothing was found, it is at the
    /// level of what clashes, for it does.
    pub(super) fn unsearched(&self, component: &Component, found: &Conflicts) -> Option<Finding> {
        let place = self.place_of(component)?;
        let (figures, relations) = (component.claims.len(), component.relations.len());
        let found_some = !found.conflicts.is_empty();
        let message = if found_some {
            format!(
                "{figures} figures in {relations} relations clash in more ways than could be looked for \
                 in the steps that are allowed"
            )
        } else {
            format!(
                "{figures} figures in {relations} relations cannot all hold; to find which of them clash \
                 would take more steps than are allowed"
            )
        };
        let mut finding = Finding::of(Check::UndecidedFigures, message, place)
            .labelled("one of them")
            .helped("each relation was checked by itself; `--budget STEPS` allows more");
        if !found_some {
            finding.severity =
                self.severity(component.relations.iter().map(|&relation| relation as usize));
        }
        Some(finding)
    }

    /// How much it matters that some relations cannot all hold: as much as the least of them.
    pub(super) fn severity(&self, relations: impl Iterator<Item = usize> + Clone) -> Severity {
        let all = relations.map(|relation| self.relation_at(relation));
        let severity = all.clone().map(|relation| relation.severity).min();
        let severity = severity.unwrap_or(Severity::Error);
        // A relation that was read in prose may have been misread, and so more easily may several.
        let is_read = all.map(|relation| relation.asserted).all(|asserted| asserted.is_none());
        if is_read { severity.lower() } else { severity }
    }

    /// The relation that says of the claims of a conflict that they are the same fact.
    pub(super) fn same_fact(&self, conflict: &Conflict) -> Option<At> {
        let claims = self.claims_in(conflict);
        let mut joins = claims.iter().map(|(_, at)| self.joined_by.get(at));
        let first = *joins.next()??;
        joins.all(|join| join == Some(&first)).then_some(first)
    }

    /// The claims of a conflict, each once.
    pub(super) fn claims_in(&self, conflict: &Conflict) -> Vec<(usize, At)> {
        let mut known: HashSet<At, FixedState> = HashSet::default();
        let all = conflict.claims.iter().map(|&claim| (claim, self.claims[claim]));
        all.filter(|(_, at)| known.insert(*at)).collect()
    }
}

/// Whether a condition has several parts, or one name twice: then intervals alone do not decide it.
pub(super) fn is_knotted(condition: &Condition) -> bool {
    if matches!(condition, Condition::And(..)) {
        return true;
    }
    let mut roles: Vec<usize> = Vec::new();
    for expression in condition.expressions() {
        expression.walk(&mut |part| {
            if let Node::Role(role) = part.node {
                roles.push(role);
            }
        });
    }
    roles.sort_unstable();
    roles.windows(2).any(|pair| pair[0] == pair[1])
}

/// Whether what a relation lacks is nothing but figures that are not stated.
fn may_be_decided(relation: &Relation<'_>, figures: Figures<'_>) -> bool {
    let is_unstated = |claim: Operand<'_>| matches!(claim.value, Value::Unstated);
    relation.verdict != Verdict::Unknown || relation.claims(figures).any(is_unstated)
}

/// How gladly a claim is left out of a conflict: what is hedged before what is not, and what somebody
/// verified last.
fn doubt(claim: Operand<'_>) -> u8 {
    let is_hedged = match &claim.value {
        Value::Amount(amount) => amount.hedge != Direction::Exact,
        Value::Date(date) => date.hedge != Direction::Exact,
        Value::Unstated => false,
    };
    match claim.status() {
        Status::Verified => 0,
        Status::Unchecked if !is_hedged => 1,
        Status::Unchecked => 2,
        Status::Disputed => 3,
    }
}

/// What decides what a value's numbers mean; `None` for one that is not stated.
fn sort(value: &Value) -> Option<Sort> {
    let (currency, time) = match value {
        Value::Amount(amount) => {
            let time = Dimension::NUMBER
                .with(Base::Calendar, amount.unit.dimension.exponent(Base::Calendar));
            (amount.unit.currency, Some(time))
        }
        Value::Date(_) => (None, None),
        Value::Unstated => return None,
    };
    Some((Type::of(value), currency, time))
}

/// Whether two values of a sort are the same figure.
fn states_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Amount(a), Value::Amount(b)) => a.stated_in_base() == b.stated_in_base(),
        (Value::Date(a), Value::Date(b)) => a.hull() == b.hull(),
        _ => false,
    }
}
