//! The verdict of one relation, and what it leaves each figure.

use crate::engine::exchange::{Exchange, currencies, exchange};
use crate::engine::{Figures, Given, Holds, Operand, Relation, Verdict, trust};
use crate::figure::Figure;
use crate::lexicon::Rates;
use crate::rule::Rule;
use crate::rule::expression::{
    Condition, Expression, Node, Scope, Setting, Type, merge_time, mixes_time, narrow, satisfiable,
};
use crate::value::{Base, Currency, Days, Dimension, Interval, Mode, Strain, Value, from_base};

/// Dates that can be read two ways are tried together up to this many; beyond, all readings count
/// at once, which can only make a relation hold.
const MOST_READINGS: usize = 4;

/// Why a relation that needs the day of publication is unknown without it.
pub const NO_PUBLICATION: &str = "the publication date is not known";

/// A relation's claims brought to one currency and one kind of time.
pub(super) struct Prepared<'f> {
    pub(super) claims: Vec<Vec<Member<'f>>>,
    pub(super) currency: Option<Currency>,
    pub(super) merges_time: bool,
    pub(super) published: Option<Interval>,
    is_list: Vec<bool>,
}

/// Which interval of a value is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// What its digits and hedge allow.
    Allowed(Mode),
    /// What it allows so far stretched.
    Stretched(Strain),
    /// The figure it states.
    Stated,
}

/// Judges a relation: its verdict and its remarks.
pub(super) fn judge<'r>(relation: &mut Relation<'r>, figures: Figures<'_>, given: Given<'r>) {
    let unstated = relation
        .claims(figures)
        .find(|claim| matches!(claim.value, Value::Unstated))
        .map(|claim| format!("{} is not stated", claim.name()));
    let prepared = match prepare(relation, figures, given.rates) {
        Ok(prepared) => prepared,
        Err(reason) => {
            relation.remarks.push(reason);
            return;
        }
    };
    for (_, exchange) in prepared.claims.iter().flatten() {
        let remark = exchange.iter().map(|exchange| exchange.remark.clone());
        let new: Vec<_> = remark.filter(|remark| !relation.remarks.contains(remark)).collect();
        relation.remarks.extend(new);
    }
    if let Some(reason) = unstated {
        relation.remarks.push(reason);
        return;
    }
    if prepared.published.is_none() && needs_publication(relation) {
        relation.remarks.push(NO_PUBLICATION.to_owned());
        return;
    }
    (relation.verdict, relation.strain) =
        strained_verdict(relation.condition(), &prepared, relation.limit, given.measures);
    if relation.verdict == Verdict::Unknown {
        let reason = if prepared.published.is_none() && has_open_date(&prepared) {
            NO_PUBLICATION
        } else {
            "nothing can be computed from these figures"
        };
        relation.remarks.push(reason.to_owned());
    }
    if relation.verdict == Verdict::Contradicts
        && let Some(slip) = slip(relation, &prepared, given)
    {
        relation.slip = Some(slip);
        if !relation.is_severity_stated {
            relation.severity = trust::of_slip(relation, slip, given);
        }
    }
}

/// Whether a date has a part in it that only the day of publication would tell.
fn has_open_date(prepared: &Prepared<'_>) -> bool {
    prepared.claims.iter().flatten().any(|(claim, _)| match &claim.value {
        Value::Date(date) => date.readings.is_empty() && !date.is_impossible,
        _ => false,
    })
}

/// The slip that explains why a relation contradicts, if one does.
fn slip<'r>(
    relation: &Relation<'r>,
    prepared: &Prepared<'_>,
    given: Given<'r>,
) -> Option<&'r Rule> {
    let Holds::Rule(rule) = relation.holds else { return None };
    // Points are of percentages: of amounts in euros there are none.
    let takes = |slip: &Rule| {
        slip.roles
            .iter()
            .zip(&prepared.claims)
            .all(|(role, members)| members.iter().all(|(claim, _)| role.kind.takes(&claim.value)))
    };
    given.rules.slips_of(rule.id.as_str()).find(|rule| {
        takes(rule) && rule.slip.as_ref().is_some_and(|slip| explains(&slip.holds, prepared))
    })
}

/// Whether figures that contradict cannot be meant together at all: a part that is more than its whole.
pub(super) fn is_implausible(relation: &Relation<'_>, figures: Figures<'_>, rates: &Rates) -> bool {
    let Holds::Rule(Rule { plausible: Some(condition), .. }) = relation.holds else { return false };
    relation.verdict == Verdict::Contradicts
        && prepare(relation, figures, rates)
            .is_ok_and(|prepared| verdict(condition, &prepared) == Verdict::Contradicts)
}

/// Whether a condition holds of the figures as they are written.
pub(super) fn explains(condition: &Condition, prepared: &Prepared<'_>) -> bool {
    verdict(condition, prepared) == Verdict::Holds
}

/// Pairs of roles of one claim each that would hold if they were exchanged.
pub(super) fn exchanged(condition: &Condition, mut prepared: Prepared<'_>) -> Vec<(usize, usize)> {
    let sort = |members: &[Member<'_>]| match members {
        [(claim, _)] => Some(Type::of(&claim.value)),
        _ => None,
    };
    let sorts: Vec<Option<Type>> = prepared.claims.iter().map(|members| sort(members)).collect();
    let mut pairs = Vec::new();
    for one in 0..sorts.len() {
        for other in one + 1..sorts.len() {
            if sorts[one].is_none() || sorts[one] != sorts[other] {
                continue;
            }
            prepared.claims.swap(one, other);
            if verdict(condition, &prepared) == Verdict::Holds {
                pairs.push((one, other));
            }
            prepared.claims.swap(one, other);
        }
    }
    pairs
}

/// For each role and each of its claims, the loose interval that the others leave it, in the claim's
/// own unit or in day numbers; `None` where they leave nothing.
#[cfg(feature = "internals")]
pub fn left(
    relation: &Relation<'_>,
    figures: Figures<'_>,
    rates: &Rates,
) -> Vec<Vec<Option<Interval>>> {
    prepare(relation, figures, rates).map_or_else(
        |_| Vec::new(),
        |prepared| prepared.left(relation.condition(), relation.widest()),
    )
}

impl Relation<'_> {
    /// The widest that its figures may be taken.
    pub(super) fn widest(&self) -> Ask {
        match self.limit {
            Strain::LOOSE => Ask::Allowed(Mode::Loose),
            limit => Ask::Stretched(limit),
        }
    }
}

/// The verdict where figures may be stretched so far and no further, and how far they have to be where
/// they hold only loosely, or in any case where that is measured.
fn strained_verdict(
    condition: &Condition,
    prepared: &Prepared<'_>,
    limit: Strain,
    measures: bool,
) -> (Verdict, Option<Strain>) {
    let holds = |strain: Strain| {
        prepared.readings().iter().any(|reading| {
            let scope = prepared.scope(Ask::Stretched(strain), Some(reading));
            satisfiable(condition, &scope) == Some(true)
        })
    };
    match verdict(condition, prepared) {
        Verdict::Holds if limit < Strain::STRICT && !holds(limit) => (Verdict::Contradicts, None),
        Verdict::HoldsLoosely if limit < Strain::LOOSE && !holds(limit) => {
            (Verdict::Contradicts, None)
        }
        Verdict::HoldsLoosely => {
            let strain = Strain::least(Strain::STRICT, Strain::LOOSE, holds);
            (Verdict::HoldsLoosely, Some(strain))
        }
        Verdict::Holds if measures => {
            let least = || Strain::least(Strain::NONE, Strain::STRICT, holds);
            (Verdict::Holds, Some(if holds(Strain::NONE) { Strain::NONE } else { least() }))
        }
        verdict => (verdict, None),
    }
}

/// The best verdict over all readings of ambiguous dates.
fn verdict(condition: &Condition, prepared: &Prepared<'_>) -> Verdict {
    let judged = prepared.readings().into_iter().map(|reading| {
        let holds =
            |mode| satisfiable(condition, &prepared.scope(Ask::Allowed(mode), Some(&reading)));
        match holds(Mode::Strict) {
            None => Verdict::Unknown,
            Some(true) => Verdict::Holds,
            Some(false) => match holds(Mode::Loose) {
                Some(false) => Verdict::Contradicts,
                Some(true) => Verdict::HoldsLoosely,
                None => Verdict::Unknown,
            },
        }
    });
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Holds => 0,
        Verdict::HoldsLoosely => 1,
        Verdict::Unknown => 2,
        Verdict::Contradicts => 3,
    };
    judged.min_by_key(rank).unwrap_or(Verdict::Unknown)
}

pub(super) fn needs_publication(relation: &Relation<'_>) -> bool {
    let mut found = false;
    for expression in relation.condition().expressions() {
        expression.walk(&mut |part: &Expression| found |= matches!(part.node, Node::Published));
    }
    found
}

/// Brings the claims of a relation together.
///
/// # Errors
/// Why they cannot be: no exchange rate.
pub(super) fn prepare<'f>(
    relation: &Relation<'_>,
    figures: Figures<'f>,
    rates: &Rates,
) -> Result<Prepared<'f>, String> {
    let all = figures;
    let currencies = match relation.holds {
        Holds::Rule(rule) if rule.keeps_currencies => Vec::new(),
        _ => currencies(relation.claims(all)),
    };
    // A conversion may lack its rate in one direction only: $290 million over coming years stays as
    // it is, and the euros of one year are what is converted.
    let mut attempts = currencies.iter().map(|&target| {
        converted(relation, all, Some(target), rates).map(|claims| (claims, Some(target)))
    });
    let (claims, currency) = match attempts.next() {
        None => (converted(relation, all, None, rates)?, None),
        Some(Ok(found)) => found,
        Some(Err(reason)) => attempts.find_map(Result::ok).ok_or(reason)?,
    };
    let dimensions = relation.claims(all).filter_map(|claim| dimension(&claim));
    Ok(Prepared {
        merges_time: mixes_time(relation.condition().expressions(), dimensions),
        claims,
        currency,
        published: figures.published.map(|known| Days::day(known.day).interval()),
        is_list: relation.roles.iter().map(|role| role.is_list).collect(),
    })
}

/// Whether all dates of a role are on the weekdays beside them.
fn on_weekdays(members: &[Member<'_>]) -> Option<bool> {
    members
        .iter()
        .map(|(claim, _)| match &claim.value {
            Value::Date(date) => date.is_on_its_weekdays(),
            _ => None,
        })
        .reduce(|a, b| if a == Some(true) { b } else { a })
        .flatten()
}

/// A claim with how its money becomes the relation's.
pub(super) type Member<'f> = (Operand<'f>, Option<Exchange>);

/// Each role's claims in one currency.
fn converted<'f>(
    relation: &Relation<'_>,
    all: Figures<'f>,
    currency: Option<Currency>,
    rates: &Rates,
) -> Result<Vec<Vec<Member<'f>>>, String> {
    let member = |&index: &usize| {
        let claim = all.get(index);
        let exchange = match currency {
            Some(target) => exchange(claim, target, rates)?,
            None => None,
        };
        Ok((claim, exchange))
    };
    relation.roles.iter().map(|role| role.claims.iter().map(member).collect()).collect()
}

fn dimension(claim: &Figure) -> Option<Dimension> {
    match &claim.value {
        Value::Amount(amount) => Some(amount.unit.dimension),
        _ => None,
    }
}

/// Whether a range was written with one scale word for both ends: "between $26 and $31 million".
fn shares_scale(claim: &Figure) -> bool {
    let Value::Amount(amount) = &claim.value else { return false };
    let Some((word, _)) = &amount.style.scale else { return false };
    let signs = claim.written.matches(amount.style.before.trim()).count();
    amount.from != amount.to
        && !amount.style.before.trim().is_empty()
        && signs == 2
        && claim.written.matches(word.trim()).count() == 1
}

/// An interval in base units, in a claim's own; of days, as it is.
pub(super) fn in_own_unit(claim: &Figure, interval: &Interval) -> Interval {
    match &claim.value {
        Value::Amount(amount) => from_base(interval, &amount.unit),
        _ => interval.clone(),
    }
}

/// How many digits a role's only amount was written with.
fn digits(members: &[Member<'_>]) -> Option<i32> {
    let [(claim, _)] = members else { return None };
    let Value::Amount(amount) = &claim.value else { return None };
    let decimals = i32::try_from(amount.style.decimals).ok()?;
    let power = amount.style.scale.as_ref().map_or(0, |(_, power)| *power);
    Some((amount.to.magnitude()? - power + decimals + 1).max(1))
}

impl Prepared<'_> {
    /// What the names of the condition stand for. `reading` picks one reading of each ambiguous
    /// date; without it, dates stand for all their readings.
    pub(super) fn scope(&self, ask: Ask, reading: Option<&[usize]>) -> Scope {
        let mut ambiguous = 0;
        let roles = self.claims.iter().zip(&self.is_list).map(|(members, &is_list)| {
            let mut intervals = members.iter().map(|(claim, exchange)| {
                let picked = match &claim.value {
                    Value::Date(date) if 1 < date.readings.len() => {
                        ambiguous += 1;
                        reading.and_then(|reading| reading.get(ambiguous - 1).copied())
                    }
                    _ => None,
                };
                self.interval(claim, exchange.as_ref(), ask, picked)
            });
            if is_list {
                Setting::List(intervals.collect())
            } else {
                Setting::One(intervals.next().unwrap_or(Interval::ALL))
            }
        });
        let roles = roles.collect();
        let flag = |test: &dyn Fn(&Value) -> bool| {
            let has = |members: &Vec<(Operand<'_>, _)>| {
                members.iter().any(|(claim, _)| test(&claim.value))
            };
            self.claims.iter().map(has).collect()
        };
        Scope {
            roles,
            published: self.published.clone(),
            merge_time: self.merges_time,
            is_loose: match ask {
                Ask::Allowed(mode) => mode == Mode::Loose,
                Ask::Stretched(strain) => Strain::STRICT < strain,
                Ask::Stated => false,
            },
            unit_sizes: self.claims.iter().map(|members| self.unit_size(members)).collect(),
            counts_by_clock: self.counts_by_clock(),
            uses_calendar: flag(&|value| match (value, value.length()) {
                (Value::Amount(amount), _) | (_, Some(amount)) => {
                    amount.unit.dimension.exponent(Base::Calendar) != 0
                }
                _ => false,
            }),
            in_points: flag(&|value| match value {
                Value::Amount(amount) => amount.unit.dimension.exponent(Base::Points) != 0,
                _ => false,
            }),
            shares_scale: self
                .claims
                .iter()
                .map(|members| members.iter().any(|(claim, _)| shares_scale(claim)))
                .collect(),
            digits: self.claims.iter().map(|members| digits(members)).collect(),
            many_readings: flag(&|value| match value {
                Value::Date(date) => 1 < date.readings.len(),
                _ => false,
            }),
            on_weekdays: self.claims.iter().map(|members| on_weekdays(members)).collect(),
            impossible: flag(&|value| match value {
                Value::Date(date) => date.is_impossible,
                _ => false,
            }),
            lengths: self.claims.iter().map(|members| self.length(members, ask)).collect(),
        }
    }

    /// The time before publication that a role's only date states, in base units.
    fn length(&self, members: &[Member<'_>], ask: Ask) -> Option<Interval> {
        let [(claim, _)] = members else { return None };
        let Value::Date(date) = &claim.value else { return None };
        let ago = date.ago.as_ref()?;
        let own = match ask {
            Ask::Allowed(mode) => ago.in_base(mode),
            Ask::Stretched(strain) => ago.stretched(strain),
            Ask::Stated => ago.stated_in_base(),
        };
        Some(if self.merges_time { merge_time(&own, ago.unit.dimension) } else { own })
    }

    /// One unit of a role's only amount, in base units, where whole units are counted: a year is
    /// 12 months.
    fn unit_size(&self, members: &[Member<'_>]) -> Option<Interval> {
        let [(claim, _)] = members else { return None };
        let amount = match &claim.value {
            Value::Amount(amount) => amount,
            other => other.length()?,
        };
        if !amount.is_counted() {
            return None;
        }
        let one = Interval::point(amount.unit.factor.clone());
        Some(if self.merges_time { merge_time(&one, amount.unit.dimension) } else { one })
    }

    pub(super) fn counts_by_clock(&self) -> bool {
        let claims = self.claims.iter().flatten();
        let mut durations = claims
            .filter_map(|(claim, _)| dimension(claim))
            .filter(|dimension| dimension.is_duration())
            .peekable();
        durations.peek().is_some() && durations.all(|d| d.exponent(Base::Calendar) == 0)
    }

    fn interval(
        &self,
        claim: &Figure,
        exchange: Option<&Exchange>,
        ask: Ask,
        reading: Option<usize>,
    ) -> Interval {
        match &claim.value {
            Value::Unstated => Interval::ALL,
            Value::Date(date) => match reading.and_then(|reading| date.readings.get(reading)) {
                Some(&days) => date.allowed(days).interval(),
                None => date.hull(),
            },
            Value::Amount(amount) => {
                let own = match ask {
                    Ask::Allowed(mode) => amount.in_base(mode),
                    Ask::Stretched(strain) => amount.stretched(strain),
                    Ask::Stated => amount.stated_in_base(),
                };
                self.convert(claim, exchange, own)
            }
        }
    }

    /// An interval of a claim's fact, in base units, in the relation's currency and time.
    pub(super) fn convert(
        &self,
        claim: &Figure,
        exchange: Option<&Exchange>,
        own: Interval,
    ) -> Interval {
        let own = match exchange {
            Some(exchange) => exchange.convert(&own),
            None => own,
        };
        match dimension(claim) {
            Some(dimension) if self.merges_time => merge_time(&own, dimension),
            _ => own,
        }
    }

    /// The other way round.
    pub(super) fn convert_back(
        &self,
        claim: &Figure,
        exchange: Option<&Exchange>,
        left: Interval,
    ) -> Interval {
        // Months made seconds cannot be made months again without widening; nothing is said.
        let is_merged =
            self.merges_time && dimension(claim).is_some_and(|of| of.exponent(Base::Calendar) != 0);
        match exchange {
            _ if is_merged => Interval::ALL,
            Some(exchange) => exchange.convert_back(&left),
            None => left,
        }
    }

    /// Every way to read the ambiguous dates.
    fn readings(&self) -> Vec<Vec<usize>> {
        let counts: Vec<usize> = self
            .claims
            .iter()
            .flatten()
            .filter_map(|(claim, _)| match &claim.value {
                Value::Date(date) if 1 < date.readings.len() => Some(date.readings.len()),
                _ => None,
            })
            .collect();
        if counts.is_empty() || MOST_READINGS < counts.len() {
            return vec![Vec::new()];
        }
        let mut all = vec![Vec::new()];
        for count in counts {
            all = all
                .into_iter()
                .flat_map(|so_far: Vec<usize>| {
                    (0..count).map(move |next| [&*so_far, &[next]].concat())
                })
                .collect();
        }
        all
    }

    /// What [`left`] says, for a relation that is prepared already.
    pub(super) fn left(&self, condition: &Condition, ask: Ask) -> Vec<Vec<Option<Interval>>> {
        let widest = self.scope(ask, None);
        self.in_own_units(narrow(condition, &widest))
    }

    /// What is left to each claim, back in its own unit and currency.
    fn in_own_units(&self, left: Vec<Vec<Option<Interval>>>) -> Vec<Vec<Option<Interval>>> {
        let own = |interval: Interval, claim: Operand<'_>, exchange: Option<&Exchange>| {
            let left = self.convert_back(&claim, exchange, interval);
            in_own_unit(&claim, &left)
        };
        left.into_iter()
            .zip(&self.claims)
            .map(|(role, members)| {
                role.into_iter()
                    .zip(members)
                    .map(|(interval, (claim, exchange))| {
                        interval.map(|interval| own(interval, *claim, exchange.as_ref()))
                    })
                    .collect()
            })
            .collect()
    }
}
