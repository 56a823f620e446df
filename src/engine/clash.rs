//! A conflict in words: what clashes, how it comes about, what each figure would have to read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::checks::Check;
use crate::engine::built::{At, Built};
use crate::engine::explain::reading;
use crate::engine::judge::{exchanged, in_own_unit, prepare};
use crate::engine::render::{Printer, listed, print_days, written};
use crate::engine::slips::{Slip, slips};
use crate::engine::{Given, Holds, Operand};
use crate::figure::Figure;
use crate::finding::{Conflict, Finding, Label, Suggestion, Suspect};
use crate::network::{
    self, Certificate, Component, Conflicts, Explanation, Fact, Inquiry, Ranked, Step,
};
use crate::source::{Span, one_line};
use crate::value::{
    Days, End, Interval, Mode, Rational, Value, between, from_base, from_day_number,
};

/// Digits of the intervals in an explanation, so that what does not meet does not look the same.
const DIGITS: i32 = 8;
/// Relations that a message names.
const NAMED: usize = 3;
/// Names of a relation of which each two are exchanged to see whether it would hold then.
const MOST_EXCHANGED: usize = 24;
/// Relations among which a figure's room is looked for, beyond those of its conflict.
const ROOM: usize = 120;

/// What there is to tell of the conflicts of a component.
pub(super) struct Telling<'t, 'i, 'b, 'l, 'r> {
    pub(super) built: &'t Built<'b, 'l, 'r>,
    component: &'t Component,
    found: &'t Conflicts,
    /// For each conflict, its cluster.
    cluster: Vec<Option<usize>>,
    /// What is known of each claim of a conflict: the claim in its cluster.
    ranked: HashMap<(usize, usize), Ranked, FixedState>,
    inquiry: &'t RefCell<Inquiry<'i, 'b>>,
    given: Given<'t>,
}

impl<'t, 'i, 'b, 'l, 'r> Telling<'t, 'i, 'b, 'l, 'r> {
    pub(super) fn new(
        built: &'t Built<'b, 'l, 'r>,
        component: &'t Component,
        found: &'t Conflicts,
        (inquiry, given): (&'t RefCell<Inquiry<'i, 'b>>, Given<'t>),
    ) -> Self {
        let mut cluster = vec![None; found.conflicts.len()];
        let mut ranked = HashMap::default();
        for (number, of) in found.clusters.iter().enumerate() {
            of.conflicts.iter().for_each(|&conflict| cluster[conflict] = Some(number));
            ranked.extend(of.ranking.iter().map(|&one| ((number, one.claim), one)));
        }
        let size = component.claims.len() + component.relations.len();
        // A quarter of what it may take to decide whether they clash.
        inquiry.borrow_mut().grant(built.network.steps_for(size) / 4);
        Self { built, component, found, cluster, ranked, inquiry, given }
    }

    /// Whether there was more to tell than the steps allowed.
    pub(super) fn is_spent(&self) -> bool {
        self.inquiry.borrow().is_spent()
    }

    /// The finding of a conflict of several relations.
    pub(super) fn finding(&self, at: usize, told: Arc<Conflict>) -> Option<Finding> {
        let conflict = &self.found.conflicts[at];
        let asserted: Vec<Span> = conflict
            .relations
            .iter()
            .filter_map(|&relation| self.built.relation_at(relation).asserted)
            .collect();
        // An order that runs in a circle needs no figure to clash.
        let place = told.figures.first().map(|figure| figure.span).or(asserted.first().copied())?;
        let severity = self.built.severity(conflict.relations.iter().copied());
        let named = conflict.relations.iter().take(NAMED);
        let named: Vec<String> = named.map(|&relation| self.condition(relation)).collect();
        let more = match conflict.relations.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!("; and {n} more"),
        };
        let message = format!("these cannot all hold: {}{more}", named.join("; "));
        let mut finding = Finding::new(Check::ClashingFigures, severity, message, place);
        let labelled = |span: Span| Label::new(span, self.part(&conflict.relations, span));
        let mut labels = told.figures.iter().map(|figure| labelled(figure.span));
        let here = |span| Label::new(span, "asserted here");
        finding.primary = labels.next().unwrap_or_else(|| here(place));
        finding.related.extend(labels);
        for (_, at) in self.built.claims_in(conflict) {
            let claim = self.built.claim_at(at);
            let is_quoted = claim.shown_at() != claim.span;
            finding.related.extend(is_quoted.then(|| Label::new(claim.span, claim.name())));
        }
        let more = asserted.into_iter().filter(|&span| span != place);
        finding.related.extend(more.map(here));
        finding.steps.clone_from(&told.steps);
        for figure in &told.figures {
            finding.suggestions.extend(figure.reading.clone().map(|text| Suggestion {
                span: figure.span,
                text,
                is_exact: false,
            }));
        }
        attach(&mut finding, told);
        Some(finding)
    }

    /// The part that a figure plays, by the roles it has in the relations of a conflict.
    fn part(&self, relations: &[usize], span: Span) -> String {
        let mut names: Vec<String> = Vec::new();
        for &relation in relations {
            let (layer, _) = self.built.relations[relation];
            let judged = self.built.relation_at(relation);
            for role in &judged.roles {
                let claims = role.claims.iter().map(|&claim| self.built.claim_at((layer, claim)));
                for claim in claims.filter(|claim| claim.shown_at() == span) {
                    let name = match &judged.holds {
                        Holds::Rule(_) => role.name.replace('_', " "),
                        Holds::That(..) => claim.name(),
                    };
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
        }
        listed(names)
    }

    fn condition(&self, relation: usize) -> String {
        let judged = self.built.relation_at(relation);
        let layer = &self.built.layers[self.built.relations[relation].0];
        match prepare(judged, layer.figures, self.given.rates) {
            Ok(prepared) => {
                let printer = Printer { relation: judged, prepared: &prepared };
                printer.condition(judged.condition())
            }
            Err(_) => judged.text().to_owned(),
        }
    }

    /// Everything there is to say of a conflict.
    pub(super) fn told(&self, at: usize) -> Conflict {
        let conflict = &self.found.conflicts[at];
        let cluster = self.cluster[at];
        let exchanged = self.exchanged_in(conflict);
        let relations = conflict.relations.iter().map(|&relation| {
            let rule = self.built.relation_at(relation).rule();
            format!("{} [{rule}]", self.condition(relation))
        });
        let mut figures: Vec<Suspect> = self
            .built
            .claims_in(conflict)
            .into_iter()
            .map(|(claim, at)| self.suspect(claim, at, conflict, (cluster, &exchanged)))
            .collect();
        // A slip that explains it speaks for a figure that others do not speak for more.
        figures.sort_by_key(|figure| {
            std::cmp::Reverse((figure.conflicts, figure.mends_all, !figure.slips.is_empty()))
        });
        Conflict {
            relations: relations.collect(),
            steps: self.steps(conflict),
            figures,
            among: cluster.map_or(1, |number| self.found.clusters[number].conflicts.len()),
            may_be_more: self.found.may_be_more,
        }
    }

    fn suspect(
        &self,
        number: usize,
        at: At,
        conflict: &network::Conflict,
        (cluster, exchanged): (Option<usize>, &[(usize, usize)]),
    ) -> Suspect {
        let claim = self.built.claim_at(at);
        let ranked = cluster.and_then(|cluster| self.ranked.get(&(cluster, number)));
        let mends_all = ranked.is_some_and(|ranked| ranked.mends_all);
        let fact = self.built.network.fact_of(number);
        let own = |all: &[usize]| -> Vec<usize> {
            all.iter().copied().filter(|&claim| self.built.claims[claim] != at).collect()
        };
        let room = |claims: &[usize], relations: &[usize]| {
            let mut inquiry = self.inquiry.borrow_mut();
            if inquiry.is_spent() {
                return None;
            }
            inquiry.room(fact, &own(claims), relations, Mode::Loose)
        };
        // Where the rest of the component agrees, all of it has a say.
        let of_all = || {
            let is_small = self.component.relations.len() <= ROOM;
            let widen = |all: &[u32]| all.iter().map(|&n| n as usize).collect::<Vec<_>>();
            (mends_all && is_small)
                .then(|| room(&widen(&self.component.claims), &widen(&self.component.relations)))
                .flatten()
        };
        let left = of_all().or_else(|| room(&conflict.claims, &conflict.relations));
        let in_own =
            left.map(|left| in_own_unit(&claim, &left)).filter(|left| *left != Interval::ALL);
        let own: Vec<Slip> = in_own.iter().flat_map(|left| slips(&claim, left)).collect();
        let ways = own.first().map_or(1, |slip| slip.ways);
        let mut slips: Vec<(String, String)> =
            own.into_iter().map(|slip| (slip.name.to_owned(), slip.meant)).collect();
        slips.extend(self.slips_of_relation(at, conflict, exchanged));
        Suspect {
            span: claim.shown_at(),
            written: one_line(&claim.written),
            conflicts: ranked.map_or(1, |ranked| ranked.conflicts),
            mends_all,
            reading: in_own.as_ref().and_then(|left| Some(reading(&claim, left)?.text)),
            room: in_own.map(|left| ends(&claim, &left)),
            slips,
            ways,
        }
    }

    /// Slips of a relation as a whole: one kind of change for another, two figures exchanged.
    fn slips_of_relation(
        &self,
        (layer, at): At,
        conflict: &network::Conflict,
        exchanged: &[(usize, usize)],
    ) -> Vec<(String, String)> {
        let [only] = &*conflict.relations else { return Vec::new() };
        if self.built.relations[*only].0 != layer {
            return Vec::new();
        }
        let relation = self.built.relation_at(*only);
        let of = &self.built.layers[layer];
        let written = |role: usize| {
            let claims = relation.roles[role].claims.iter();
            listed(claims.map(|&claim| one_line(&of.figures.get(claim).written)).collect())
        };
        let mut all = Vec::new();
        let is_last = relation.roles.last().is_some_and(|role| role.claims.contains(&at));
        if is_last && let Some(slip) = relation.slip {
            all.push((slip.id.to_string().replace('-', " "), slip.summary.clone()));
        }
        for &(one, other) in exchanged {
            let with = [(one, other), (other, one)].into_iter();
            let mut mine = with.filter(|(role, _)| relation.roles[*role].claims.contains(&at));
            if let Some((_, other)) = mine.next() {
                all.push(("two figures exchanged".to_owned(), written(other)));
            }
        }
        all
    }

    /// The figures of a relation that contradicts by itself that would hold if they were exchanged.
    fn exchanged_in(&self, conflict: &network::Conflict) -> Vec<(usize, usize)> {
        let [only] = &*conflict.relations else { return Vec::new() };
        let relation = self.built.relation_at(*only);
        if MOST_EXCHANGED < relation.roles.len() {
            return Vec::new();
        }
        let layer = &self.built.layers[self.built.relations[*only].0];
        let prepared = prepare(relation, layer.figures, self.given.rates);
        prepared.map_or_else(|_| Vec::new(), |prepared| exchanged(relation.condition(), prepared))
    }

    fn steps(&self, conflict: &network::Conflict) -> Vec<String> {
        let explanation = self.inquiry.borrow_mut().explain(conflict, Mode::Loose);
        match explanation {
            None => Vec::new(),
            Some(Explanation::Claims(_)) => {
                let claims = self.built.claims_in(conflict);
                let written =
                    claims.iter().map(|&(_, at)| one_line(&self.built.claim_at(at).written));
                vec![format!("{} are given for one fact", listed(written.collect()))]
            }
            Some(Explanation::Steps { steps, relation, facts }) => {
                let mut lines = self.narrowed(&steps, conflict);
                let facts: Vec<String> = facts
                    .iter()
                    .map(|(fact, left)| {
                        let (name, said) = (self.name(*fact), self.say(*fact, left, conflict));
                        if name == said { name } else { format!("{name} at {said}") }
                    })
                    .collect();
                let facts = listed(facts);
                lines.push(format!("{} cannot hold with {facts}", self.condition(relation)));
                lines
            }
            Some(Explanation::Sums(steps, certificate)) => {
                let mut lines = self.narrowed(&steps, conflict);
                lines.extend(self.summed(&certificate, conflict));
                lines
            }
        }
    }

    fn narrowed(&self, steps: &[Step], conflict: &network::Conflict) -> Vec<String> {
        let line = |step: &Step| {
            let (fact, left) = (self.name(step.fact), self.say(step.fact, &step.left, conflict));
            format!("{} leaves {fact} {left}", self.condition(step.relation))
        };
        steps.iter().map(line).collect()
    }

    /// The multiples of the relations that add up to an absurdity.
    fn summed(&self, certificate: &Certificate, conflict: &network::Conflict) -> Vec<String> {
        let mut lines: Vec<String> = certificate
            .times
            .iter()
            .map(|(relation, times)| format!("{} × ({})", signed(times), self.condition(*relation)))
            .collect();
        let mut sum = String::new();
        let mut terms: Vec<_> = certificate.terms.iter().collect();
        terms.sort_by_key(|(_, factor)| factor.is_negative());
        for (fact, factor) in terms {
            let size = factor.abs();
            let times = if size == Rational::ONE {
                String::new()
            } else {
                format!("{} × ", signed(&size))
            };
            let sign = match (sum.is_empty(), factor.is_negative()) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            let _ = write!(sum, "{sign}{times}{}", self.name(*fact));
        }
        let Some((fact, _)) = certificate.terms.first() else {
            let needed = say_number(&certificate.needed);
            lines.push(format!("together they say that 0 is {needed}"));
            return lines;
        };
        let (needed, stated) = (
            self.say(*fact, &certificate.needed, conflict),
            self.say(*fact, &certificate.stated, conflict),
        );
        lines.push(format!("together they make {sum} {needed}"));
        lines.push(format!("the figures make it {stated}"));
        lines
    }

    /// The figure that states a fact, as written; the name of a claim that states none.
    fn name(&self, fact: Fact) -> String {
        written(self.built.claim_at(self.built.stated_by[fact as usize]))
    }

    /// A claim in whose unit and style a fact is printed: one that states it, or one that is added to
    /// it or compared with it.
    fn like(&self, fact: Fact, conflict: &network::Conflict) -> Operand<'b> {
        let claim = self.built.claim_at(self.built.stated_by[fact as usize]);
        if !matches!(claim.value, Value::Unstated) {
            return claim;
        }
        let beside = self.built.network.added_to(fact, &conflict.relations);
        let mut stated = beside
            .into_iter()
            .map(|other| self.built.claim_at(self.built.stated_by[other as usize]));
        stated.find(|other| !matches!(other.value, Value::Unstated)).unwrap_or(claim)
    }

    /// An interval of a fact, in the unit and style of a figure that states it.
    fn say(&self, fact: Fact, interval: &Interval, conflict: &network::Conflict) -> String {
        let claim = self.like(fact, conflict);
        match &claim.value {
            Value::Amount(amount) => {
                let own = from_base(interval, &amount.unit);
                between(&own, &|x| amount.style.write_to(x, DIGITS), &amount.style.after)
            }
            Value::Date(_) if is_dated(interval) => print_days(interval),
            _ => say_number(interval),
        }
    }
}

/// Slips of the hand, which a message names: they leave little doubt.
const KEYED: [&str; 2] = ["two digits exchanged", "factor of"];

/// Gives a finding what is known of its conflict, and a line on the figure that the others agree
/// against, if there is one.
pub(super) fn attach(finding: &mut Finding, conflict: Arc<Conflict>) {
    if finding.conflict.is_some() {
        return;
    }
    if let Some(only) = conflict.agreed_against() {
        finding.steps.push(format!(
            "the others agree against {}, which sits in all of {} conflicts",
            only.written, conflict.among
        ));
    }
    // A slip is worth a word where it is the only one that explains it all, and does not leave everything open.
    let explained: Vec<&Suspect> = conflict
        .figures
        .iter()
        .filter(|figure| (figure.mends_all || conflict.among == 1) && !figure.slips.is_empty())
        .collect();
    if let [only] = &*explained
        && only.ways < 3
        && let Some((name, meant)) = only.slips.first()
    {
        let is_said = finding.rule.as_str().replace('-', " ") == *name;
        if only.span == finding.primary.span && KEYED.iter().any(|keyed| name.starts_with(keyed)) {
            finding.message.extend([" (", name, ")"]);
        } else if !is_said {
            finding.steps.push(format!("\"{}\" may be a slip for {meant}: {name}", only.written));
        }
    }
    finding.conflict = Some(conflict);
}

fn is_dated(interval: &Interval) -> bool {
    interval.low().number().is_some() || interval.high().number().is_some()
}

fn signed(number: &Rational) -> String {
    number.to_decimal().replace('-', "−")
}

fn say_number(interval: &Interval) -> String {
    between(interval, &|x| signed(x), "")
}

/// The ends of a room as decimal strings or dates.
fn ends(claim: &Figure, left: &Interval) -> (Option<String>, Option<String>) {
    if matches!(claim.value, Value::Date(_)) {
        let day = |end: &End, up: bool| {
            let number = end.number()?;
            let whole = if up { number.ceil() } else { number.floor() };
            from_day_number(whole.to_i64()?).map(|day| day.to_string())
        };
        return match Days::from_interval(left) {
            Some(days) => (Some(days.first().to_string()), Some(days.last().to_string())),
            None => (day(left.low(), true), day(left.high(), false)),
        };
    }
    let end = |end: &End| end.number().map(Rational::to_decimal);
    (end(left.low()), end(left.high()))
}
