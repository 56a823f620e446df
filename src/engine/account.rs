//! A relation accounted for at length: what must hold over its figures, the arithmetic, and each side of
//! it as an interval, whatever the verdict.

use crate::engine::explain::{comparisons, steps};
use crate::engine::judge::{Ask, Prepared, prepare};
use crate::engine::render::{Printer, print_days, written};
use crate::engine::{Figures, Holds, Relation};
use crate::figure::Figure;
use crate::lexicon::Rates;
use crate::rule::expression::{Condition, Expression, Node, Scope, Setting, evaluate};
use crate::source::one_line;
use crate::value::{Interval, Mode, Value};

/// A relation at length.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Account {
    /// What must hold, with the figures in place of the names.
    pub holds: String,
    /// The arithmetic, a step a line.
    pub steps: Vec<String>,
    /// Why it should hold, in the writer's words.
    pub because: Option<String>,
    /// What is compared with what, each on a scale of its own.
    pub bars: Vec<Bar>,
}

/// Intervals that must have a number in common, or an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// How they are compared, as a sign.
    pub sign: &'static str,
    /// Two of them, or more that must all be the same.
    pub sides: Vec<Side>,
}

/// What one side of a comparison may be, in one unit for all sides of a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The figure, or what is computed from others.
    pub words: String,
    /// Whether it is computed from others.
    pub is_implied: bool,
    /// What the figures state.
    pub stated: Interval,
    /// What they strictly allow.
    pub strict: Interval,
    /// What they loosely allow.
    pub loose: Interval,
    /// What they state, in words.
    pub stated_in_words: String,
    /// What they loosely allow, in words.
    pub allowed_in_words: String,
}

/// Accounts for a judged relation; `None` where its figures cannot be brought together.
pub fn account(relation: &Relation<'_>, figures: Figures<'_>, rates: &Rates) -> Option<Account> {
    let prepared = prepare(relation, figures, rates).ok()?;
    let printer = Printer { relation, prepared: &prepared };
    let mut steps = steps(&printer);
    steps.extend(relation.remarks.iter().cloned());
    let mut bars: Vec<Bar> =
        comparisons(relation.condition()).into_iter().filter_map(|c| bar(&printer, c)).collect();
    if bars.is_empty() {
        bars.extend(left_to_the_last(relation, figures, &prepared));
    }
    Some(Account {
        holds: printer.condition(relation.condition()),
        steps,
        because: relation.because.clone(),
        bars,
    })
}

/// The three ways to look at the figures.
struct Scopes([Scope; 3]);

impl Scopes {
    fn new(prepared: &Prepared<'_>) -> Self {
        let asks = [Ask::Stated, Ask::Allowed(Mode::Strict), Ask::Allowed(Mode::Loose)];
        Self(asks.map(|ask| prepared.scope(ask, None)))
    }

    fn evaluate(&self, expression: &Expression) -> Option<[Interval; 3]> {
        let [stated, strict, loose] = &self.0;
        let strict = evaluate(expression, strict)?;
        let stated = evaluate(expression, stated).unwrap_or_else(|| strict.clone());
        Some([stated, strict, evaluate(expression, loose)?])
    }
}

fn bar(printer: &Printer<'_>, condition: &Condition) -> Option<Bar> {
    let scopes = Scopes::new(printer.prepared);
    match condition {
        Condition::Compare(comparison, a, b) => {
            let side = |expression: &Expression| {
                let [stated, strict, loose] = scopes.evaluate(expression)?;
                let print = |interval: &Interval| {
                    if expression.is_atom() {
                        printer.print_own(interval, expression)
                    } else {
                        printer.print(interval, expression)
                    }
                };
                let words = printer.formula(expression, 0);
                let stated_in_words = print(&stated);
                Some(Side {
                    // A sum of one figure is that figure.
                    is_implied: !expression.is_atom() && words != stated_in_words,
                    words,
                    stated_in_words,
                    allowed_in_words: print(&loose),
                    stated,
                    strict,
                    loose,
                })
            };
            Some(Bar { sign: comparison.as_str(), sides: vec![side(a)?, side(b)?] })
        }
        Condition::Agree(list) => {
            let Node::Role(index) = list.node else { return None };
            let members = printer.prepared.claims.get(index)?;
            let [stated, strict, loose] = scopes.0.map(|scope| match scope.roles.get(index) {
                Some(Setting::List(all)) => all.clone(),
                _ => Vec::new(),
            });
            let all = members.iter().zip(stated).zip(strict).zip(loose);
            let sides: Vec<Side> = all
                .map(|((((claim, _), stated), strict), loose)| Side {
                    words: written(*claim),
                    is_implied: false,
                    stated_in_words: printer.print(&stated, list),
                    allowed_in_words: printer.print(&loose, list),
                    stated,
                    strict,
                    loose,
                })
                .collect();
            (1 < sides.len()).then_some(Bar { sign: "=", sides })
        }
        _ => None,
    }
}

/// The last figure, against what the others leave it.
fn left_to_the_last(
    relation: &Relation<'_>,
    figures: Figures<'_>,
    prepared: &Prepared<'_>,
) -> Option<Bar> {
    let left = prepared.left(relation.condition(), relation.widest());
    let (role, left) = relation.roles.iter().zip(left).rfind(|(role, _)| role.claims.len() == 1)?;
    let claim = figures.get(*role.claims.first()?);
    let left = left.into_iter().next()??;
    if left == Interval::ALL || relation.roles.len() < 2 {
        return None;
    }
    let [stated, strict, loose] = own(&claim)?;
    let side = |words: String, is_implied: bool, [stated, strict, loose]: [Interval; 3]| Side {
        words,
        is_implied,
        stated_in_words: in_words(&claim, &stated),
        allowed_in_words: in_words(&claim, &loose),
        stated,
        strict,
        loose,
    };
    let others = match relation.holds {
        Holds::Rule(_) => "what the other figures leave".to_owned(),
        Holds::That(..) => "what the condition leaves".to_owned(),
    };
    let sides = vec![
        side(one_line(&claim.written), false, [stated, strict, loose]),
        side(others, true, [left.clone(), left.clone(), left]),
    ];
    Some(Bar { sign: "=", sides })
}

/// What a claim states and allows, in its own unit or in day numbers.
fn own(claim: &Figure) -> Option<[Interval; 3]> {
    match &claim.value {
        Value::Amount(amount) => Some([
            Interval::closed(amount.from.clone(), amount.to.clone()),
            amount.interval(Mode::Strict).clone(),
            amount.interval(Mode::Loose).clone(),
        ]),
        Value::Date(date) => Some([date.hull(), date.hull(), date.hull()]),
        Value::Unstated => None,
    }
}

fn in_words(claim: &Figure, interval: &Interval) -> String {
    match &claim.value {
        Value::Amount(amount) => amount.write_between(interval),
        _ => print_days(interval),
    }
}
