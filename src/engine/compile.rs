//! From a relation's condition to what a network can work with: sums, products, and what is left.

use std::cell::OnceCell;
use std::fmt;

use crate::engine::judge::{Ask, Member, Prepared, needs_publication};
use crate::engine::render::role_type;
use crate::engine::{Relation, Verdict};
use crate::network::{Fact, Form, Linear, Nonlinear, Product};
use crate::rule::expression::{
    Comparison, Condition, Elapsed, Expression, Fold, Node, Operator, Scope, Setting, Type,
    check_expression, counting_error, counts_by_calendar, literal, narrow, satisfiable,
};
use crate::value::{Base, Interval, Mode, Rational, Value};

/// What a relation demands of the facts that its claims state. `facts` gives each role's, in order.
///
/// Nothing is said of how a figure was written: that it is in points, or has one reading, is no
/// matter of numbers.
pub(super) fn forms<'f>(
    relation: &'f Relation<'_>,
    prepared: Prepared<'f>,
    facts: Vec<Vec<Fact>>,
) -> Vec<Form<'f>> {
    let condition = relation.condition();
    if prepared.published.is_none() && needs_publication(relation) || !is_sound(condition) {
        return Vec::new();
    }
    let types = prepared.claims.iter().map(|role| role_type(role)).collect();
    let stage = Stage { prepared, facts, types, stated: OnceCell::new() };
    if let Some(sums) = stage.sums(condition, &|_| None) {
        let says_something =
            |sum: &Linear| !sum.terms().is_empty() || relation.verdict != Verdict::Unknown;
        return sums.into_iter().filter(says_something).map(Form::from).collect();
    }
    if let Some(product) = stage.product(condition) {
        return vec![product.into()];
    }
    let mut all: Vec<Fact> = stage.facts.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    if all.is_empty() {
        return Vec::new();
    }
    let scopes = [OnceCell::new(), OnceCell::new()];
    vec![Form::Other(Box::new(Evaluated { condition, stage, all, scopes }))]
}

/// Whether a condition is about numbers of which each may lie anywhere in its interval. The start
/// and the end of a date are those of the date as written, however much of it is left.
fn is_sound(condition: &Condition) -> bool {
    let mut has_edge = false;
    for expression in condition.expressions() {
        expression.walk(&mut |part| has_edge |= matches!(part.node, Node::Edge(..)));
    }
    !has_edge && says_numbers(condition)
}

fn says_numbers(condition: &Condition) -> bool {
    match condition {
        Condition::And(a, b) => says_numbers(a) || says_numbers(b),
        Condition::Or(a, b) => says_numbers(a) && says_numbers(b),
        Condition::Compare(..)
        | Condition::Agree(_)
        | Condition::Lasts(..)
        | Condition::CountOf(..)
        | Condition::Weekday(..) => true,
        Condition::InPoints(_)
        | Condition::OneReading(_)
        | Condition::OnItsWeekday(_)
        | Condition::InCalendar(_)
        | Condition::NoFiner(..)
        | Condition::OwnScale(_) => false,
    }
}

/// A relation's claims ready to be computed with, and the facts they state.
struct Stage<'f> {
    prepared: Prepared<'f>,
    facts: Vec<Vec<Fact>>,
    /// What each role is.
    types: Vec<Type>,
    /// What the names stand for as they are stated, once somebody asks.
    stated: OnceCell<Scope>,
}

/// Multiples of facts and what is added to them.
#[derive(Clone)]
struct Sum {
    terms: Vec<(Fact, Rational)>,
    rest: Interval,
}

impl Sum {
    fn rest(rest: Interval) -> Self {
        Self { terms: Vec::new(), rest }
    }

    fn fact(fact: Fact) -> Self {
        Self { terms: vec![(fact, Rational::ONE)], rest: Interval::point(Rational::ZERO) }
    }

    fn plus(mut self, other: Self, factor: &Rational) -> Self {
        self.terms.extend(other.terms.into_iter().map(|(fact, own)| (fact, &own * factor)));
        self.rest.add_multiple(&other.rest, factor);
        self
    }

    fn times(self, factor: &Rational) -> Self {
        Self::rest(Interval::point(Rational::ZERO)).plus(self, factor)
    }

    /// Whether it is a whole number wherever its facts are.
    fn is_in_whole_numbers(&self) -> bool {
        let ends = [self.rest.low().number(), self.rest.high().number()];
        self.terms.iter().all(|(_, factor)| factor.is_whole())
            && ends.iter().all(|end| end.is_some_and(Rational::is_whole))
    }

    /// The number, if it is one.
    fn number(&self) -> Option<&Rational> {
        if self.terms.is_empty() { self.rest.as_point() } else { None }
    }

    /// The fact and what is added to it, if it is no more than that.
    fn shifted_fact(&self) -> Option<(Fact, &Rational)> {
        match &*self.terms {
            [(fact, factor)] if *factor == Rational::ONE => Some((*fact, self.rest.as_point()?)),
            _ => None,
        }
    }

    fn only_fact(&self) -> Option<Fact> {
        self.shifted_fact().filter(|(_, shift)| shift.is_zero()).map(|(fact, _)| fact)
    }
}

type Fixed<'c> = dyn Fn(Fact) -> Option<Rational> + 'c;

impl Stage<'_> {
    /// The condition as sums; `None` if it is more than that.
    fn sums(&self, condition: &Condition, fixed: &Fixed<'_>) -> Option<Vec<Linear>> {
        match condition {
            Condition::And(a, b) => {
                let mut all = self.sums(a, fixed)?;
                all.extend(self.sums(b, fixed)?);
                Some(all)
            }
            Condition::Compare(comparison, a, b) => {
                let difference = self.sum(a, fixed)?.plus(self.sum(b, fixed)?, &-Rational::ONE);
                // A date before another is a day before it at least.
                let in_days = self.is_date(a) && difference.is_in_whole_numbers();
                let zero = Interval::point(Rational::ZERO);
                let range = match comparison {
                    Comparison::Equal | Comparison::Within => zero,
                    Comparison::NotEqual => return None,
                    Comparison::Less if in_days => zero.shifted(&-Rational::ONE).and_below(true),
                    Comparison::More if in_days => zero.shifted(&Rational::ONE).and_above(true),
                    Comparison::Less => zero.and_below(false),
                    Comparison::AtMost => zero.and_below(true),
                    Comparison::More => zero.and_above(false),
                    Comparison::AtLeast => zero.and_above(true),
                };
                let range = range.minus(&difference.rest);
                Some(vec![Linear::new(difference.terms, range)])
            }
            Condition::Agree(list) => {
                let Node::Role(role) = list.node else { return None };
                let members: Option<Vec<Sum>> =
                    (0..self.facts.get(role)?.len()).map(|n| self.member(role, n, fixed)).collect();
                let (first, others) =
                    members?.split_first().map(|(a, b)| (a.clone(), b.to_vec()))?;
                let zero = Interval::point(Rational::ZERO);
                let same = |other: Sum| {
                    let difference = first.clone().plus(other, &-Rational::ONE);
                    Linear::new(difference.terms, zero.minus(&difference.rest))
                };
                Some(others.into_iter().map(same).collect())
            }
            Condition::Lasts(from, to, span) => self.lasts(from, to, span, fixed),
            _ => None,
        }
    }

    /// A counted time between two dates, where it is counted by the clock.
    fn lasts(
        &self,
        from: &Expression,
        to: &Expression,
        span: &Expression,
        fixed: &Fixed<'_>,
    ) -> Option<Vec<Linear>> {
        let Node::Role(role) = span.node else { return None };
        let [claim] = self.prepared.claims.get(role)?.as_slice() else { return None };
        let Value::Amount(amount) = &claim.0.value else { return None };
        if amount.unit.dimension.exponent(Base::Calendar) != 0 {
            return None;
        }
        let days = self.sum(to, fixed)?.plus(self.sum(from, fixed)?, &-Rational::ONE);
        let time = days.times(&Rational::from(86_400));
        let over = self.sum(span, fixed)?.plus(time, &-Rational::ONE);
        let ends = |mode| {
            let scope = self.prepared.scope(Ask::Allowed(mode), None);
            counting_error(span, &scope)
        };
        let [strict, loose] = [ends(Mode::Strict)?, ends(Mode::Loose)?];
        let linear = Linear::new(over.terms, strict.minus(&over.rest));
        Some(vec![linear.or_loosely(loose.minus(&over.rest))])
    }

    fn uses_calendar(&self, expression: &Expression) -> bool {
        let scope = self.stated.get_or_init(|| self.prepared.scope(Ask::Stated, None));
        counts_by_calendar(expression, scope)
    }

    fn is_date(&self, expression: &Expression) -> bool {
        matches!(check_expression(expression, &self.types), Ok(Type::Date))
    }

    /// One claim of a role; `None` where its figure is converted before it is used.
    fn member(&self, role: usize, nth: usize, fixed: &Fixed<'_>) -> Option<Sum> {
        let (claim, exchange) = self.prepared.claims.get(role)?.get(nth)?;
        let fact = *self.facts.get(role)?.get(nth)?;
        let by_calendar = match &claim.value {
            Value::Amount(amount) => amount.unit.dimension.exponent(Base::Calendar) != 0,
            _ => false,
        };
        let is_converted = exchange.is_some() || (self.prepared.merges_time && by_calendar);
        match fixed(fact) {
            Some(number) => {
                let own = Interval::point(number);
                Some(Sum::rest(self.prepared.convert(claim, exchange.as_ref(), own)))
            }
            None if is_converted => None,
            None => Some(Sum::fact(fact)),
        }
    }

    fn sum(&self, expression: &Expression, fixed: &Fixed<'_>) -> Option<Sum> {
        let minus = -Rational::ONE;
        let zero = || Sum::rest(Interval::point(Rational::ZERO));
        match &expression.node {
            Node::Role(role) => match self.facts.get(*role)?.len() {
                1 => self.member(*role, 0, fixed),
                _ => None,
            },
            Node::Published => self.prepared.published.clone().map(Sum::rest),
            Node::Literal(value) => literal(value, self.prepared.merges_time).map(Sum::rest),
            Node::Negated(inner) => Some(self.sum(inner, fixed)?.times(&minus)),
            Node::AsShare(inner) => self.sum(inner, fixed),
            Node::Points(a, b) => Some(self.sum(b, fixed)?.plus(self.sum(a, fixed)?, &minus)),
            Node::Elapsed(elapsed, a, b) => {
                let by_clock = self.prepared.counts_by_clock() && !self.prepared.merges_time;
                if *elapsed == Elapsed::Years && !by_clock {
                    return None;
                }
                let days = self.sum(b, fixed)?.plus(self.sum(a, fixed)?, &minus);
                Some(days.times(&Rational::from(86_400)))
            }
            Node::Edge(..) => None,
            Node::Moved(operator, date, by) => {
                let by_calendar = self.uses_calendar(by) && !self.prepared.merges_time;
                if by_calendar {
                    return None;
                }
                let in_days = Rational::fraction(1, 86_400);
                let factor = if *operator == Operator::Subtract { -in_days } else { in_days };
                Some(self.sum(date, fixed)?.plus(self.sum(by, fixed)?, &factor))
            }
            Node::Fold(Fold::Sum, all) => {
                let mut sum = zero();
                for part in all {
                    match part.node {
                        Node::Role(role) => {
                            for nth in 0..self.facts.get(role)?.len() {
                                sum = sum.plus(self.member(role, nth, fixed)?, &Rational::ONE);
                            }
                        }
                        _ => sum = sum.plus(self.sum(part, fixed)?, &Rational::ONE),
                    }
                }
                Some(sum)
            }
            Node::Fold(Fold::Count, all) => {
                let count = all.iter().map(|part| match part.node {
                    Node::Role(role) => self.facts.get(role).map_or(1, Vec::len),
                    _ => 1,
                });
                let count = i64::try_from(count.sum::<usize>()).ok()?;
                Some(Sum::rest(Interval::point(Rational::from(count))))
            }
            Node::Fold(..) => None,
            Node::Binary(operator, a, b) => {
                let (left, right) = (self.sum(a, fixed)?, self.sum(b, fixed)?);
                match operator {
                    Operator::Add => Some(left.plus(right, &Rational::ONE)),
                    Operator::Subtract => Some(left.plus(right, &minus)),
                    Operator::Multiply => match (left.number(), right.number()) {
                        (Some(factor), _) => Some(right.clone().times(factor)),
                        (_, Some(factor)) => Some(left.clone().times(factor)),
                        _ => None,
                    },
                    Operator::Divide => {
                        let inverse = right.number()?.recip()?;
                        Some(left.times(&inverse))
                    }
                }
            }
        }
    }

    /// The condition as one fact times another, if it is that: `part = share × whole`, or
    /// `change = after ÷ before − 1`.
    fn product(&self, condition: &Condition) -> Option<Product> {
        let Condition::Compare(Comparison::Equal, a, b) = condition else { return None };
        self.product_of(a, b).or_else(|| self.product_of(b, a))
    }

    fn product_of(&self, stated: &Expression, made: &Expression) -> Option<Product> {
        let free: &Fixed<'_> = &|_| None;
        let stated = self.sum(stated, free)?.only_fact()?;
        let (made, shift) = match &made.node {
            Node::Binary(operator @ (Operator::Add | Operator::Subtract), inner, by) => {
                let by = self.sum(by, free)?.number()?.clone();
                (&**inner, if *operator == Operator::Add { -by } else { by })
            }
            _ => (made, Rational::ZERO),
        };
        let Node::Binary(operator, a, b) = &made.node else { return None };
        let (a, b) = (self.sum(a, free)?, self.sum(b, free)?);
        let facts = |x: Fact, y: Fact, z: Fact| x != y && y != z && x != z;
        match operator {
            Operator::Multiply if shift.is_zero() => {
                let (with, plain) = if b.only_fact().is_some() { (&a, &b) } else { (&b, &a) };
                let (x, shift) = with.shifted_fact()?;
                let y = plain.only_fact()?;
                facts(x, y, stated).then(|| Product::new(x, shift.clone(), y, stated))
            }
            // stated = a ÷ b − shift, so (stated + shift) × b = a.
            Operator::Divide => {
                let (whole, part) = (b.only_fact()?, a.only_fact()?);
                facts(stated, whole, part).then(|| Product::new(stated, shift, whole, part))
            }
            _ => None,
        }
    }
}

/// A condition that is evaluated as the judge evaluates it, over what is left of the facts.
struct Evaluated<'f> {
    condition: &'f Condition,
    stage: Stage<'f>,
    /// The facts, each once, sorted.
    all: Vec<Fact>,
    /// What the names stand for at first, strictly and loosely.
    scopes: [OnceCell<Scope>; 2],
}

impl fmt::Debug for Evaluated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluated").field("facts", &self.all).finish_non_exhaustive()
    }
}

impl Evaluated<'_> {
    fn scope(&self, domains: &[&Interval], mode: Mode) -> Scope {
        let slot = &self.scopes[usize::from(mode == Mode::Loose)];
        let at_first = || self.stage.prepared.scope(Ask::Allowed(mode), None);
        let mut scope = slot.get_or_init(at_first).clone();
        let roles = self.stage.prepared.claims.iter().zip(&self.stage.facts);
        for (setting, (members, facts)) in scope.roles.iter_mut().zip(roles) {
            let own = |(fact, (claim, exchange)): (&Fact, &Member<'_>)| {
                let domain = self.all.binary_search(fact).map_or(&Interval::ALL, |at| domains[at]);
                self.stage.prepared.convert(claim, exchange.as_ref(), domain.clone())
            };
            let mut values = facts.iter().zip(members).map(own);
            match setting {
                Setting::One(one) => *one = values.next().unwrap_or(Interval::ALL),
                Setting::List(list) => *list = values.collect(),
            }
        }
        scope
    }
}

impl Nonlinear for Evaluated<'_> {
    fn facts(&self) -> &[Fact] {
        &self.all
    }

    fn narrow(&self, domains: &[&Interval], mode: Mode) -> Option<Vec<Interval>> {
        let scope = self.scope(domains, mode);
        if satisfiable(self.condition, &scope) == Some(false) {
            return None;
        }
        let mut left = vec![Interval::ALL; self.all.len()];
        let prepared = &self.stage.prepared;
        let roles = narrow(self.condition, &scope).into_iter().zip(&prepared.claims);
        for ((role, members), facts) in roles.zip(&self.stage.facts) {
            for ((allowed, (claim, exchange)), fact) in role.into_iter().zip(members).zip(facts) {
                let allowed = prepared.convert_back(claim, exchange.as_ref(), allowed?);
                if let Ok(at) = self.all.binary_search(fact) {
                    left[at] = left[at].intersect(&allowed)?;
                }
            }
        }
        Some(left)
    }

    fn linear(&self, fixed: &Fixed<'_>) -> Option<Vec<Linear>> {
        self.stage.sums(self.condition, fixed)
    }
}
