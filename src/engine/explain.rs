//! From a verdict to a finding: both figures, their places, the arithmetic, what each would have
//! to read.

use std::collections::HashSet;

use crate::engine::judge::{Ask, prepare};
use crate::engine::render::{Printer, is_share_in_words, print_dates};
use crate::engine::{Figures, Holds, Operand, Relation, Verdict};
use crate::figure::Figure;
use crate::finding::{Finding, Label, Suggestion};
use crate::lexicon::Rates;
use crate::rule::expression::{Comparison, Condition, evaluate};
use crate::rule::{Part, Rule, Template};
use crate::source::one_line;
use crate::value::{Amount, Direction, End, Interval, Mode, Rational, Reading, Style, Value};

/// What there is to say of judged relations, each by its place.
pub(super) fn findings(
    relations: &[Relation<'_>],
    figures: Figures<'_>,
    rates: &Rates,
) -> Vec<(usize, Finding)> {
    let said = |(at, relation)| Some((at, finding(relation, figures, rates)?));
    relations.iter().enumerate().filter_map(said).collect()
}

/// What there is to say of a judged relation, if anything.
pub(super) fn finding(
    relation: &Relation<'_>,
    figures: Figures<'_>,
    rates: &Rates,
) -> Option<Finding> {
    let severity = match relation.verdict {
        Verdict::Contradicts => relation.severity,
        Verdict::HoldsLoosely => relation.loosely.severity()?.min(relation.severity),
        Verdict::Holds | Verdict::Unknown => return None,
    };
    let prepared = prepare(relation, figures, rates).ok()?;
    let printer = Printer { relation, prepared: &prepared };
    let message = message(&printer);
    let primary = primary(relation);
    // A condition without a claim has no other place than its assert.
    let place = primary.map(|index| figures.get(index).shown_at()).or(relation.asserted)?;
    let mut finding = Finding::new(relation.rule(), severity, message, place);
    label(&mut finding, relation, figures, primary);
    finding.steps = steps(&printer);
    finding.steps.extend(relation.remarks.iter().cloned());
    finding.computed = computed(&printer);
    finding.suggestions = suggestions(&printer, figures);
    Some(match &relation.because {
        Some(because) => finding.helped(format!("asserted because {because}")),
        None => finding,
    })
}

/// The claim to look at first: the one in the last role, which mostly states what follows from the
/// others.
fn primary(relation: &Relation<'_>) -> Option<usize> {
    let role = relation.roles.iter().rev().find(|role| !role.claims.is_empty())?;
    role.claims.first().copied()
}

fn label(
    finding: &mut Finding,
    relation: &Relation<'_>,
    figures: Figures<'_>,
    primary: Option<usize>,
) {
    let mut in_claims_file = Vec::new();
    for role in &relation.roles {
        for &index in &role.claims {
            let figure = figures.get(index);
            let text = match &relation.holds {
                Holds::Rule(_) => role.name.replace('_', " "),
                Holds::That(..) => figure.name(),
            };
            if primary == Some(index) {
                finding.primary = Label::new(finding.primary.span, text);
            } else {
                finding.related.push(Label::new(figure.shown_at(), text));
            }
            if figure.shown_at() != figure.span {
                in_claims_file.push(Label::new(figure.span, figure.name()));
            }
        }
    }
    finding.related.append(&mut in_claims_file);
    let asserted = relation
        .asserted
        .filter(|_| primary.is_some())
        .map(|span| Label::new(span, "asserted here"));
    finding.related.extend(asserted);
}

fn message(printer: &Printer<'_>) -> String {
    match &printer.relation.holds {
        Holds::Rule(rule) => {
            let rule = printer.relation.slip.unwrap_or(rule);
            printer.message(template(rule, printer.relation))
        }
        Holds::That(condition, _) => format!("{} does not hold", printer.condition(condition)),
    }
}

/// What a rule says of a relation.
fn template<'r>(rule: &'r Rule, relation: &Relation<'_>) -> &'r Template {
    let message = &rule.message;
    let mut lists = relation.roles.iter().filter(|role| role.is_list);
    let other = match relation.verdict {
        Verdict::HoldsLoosely => message.loosely.as_ref(),
        _ if lists.any(|role| role.claims.len() == 1) => message.single.as_ref(),
        _ => None,
    };
    other.unwrap_or(&message.contradicts)
}

/// The arithmetic: what each side comes to, and what rounding allows.
pub(super) fn steps(printer: &Printer<'_>) -> Vec<String> {
    if let Holds::Rule(rule) = &printer.relation.holds
        && let Some(steps) = &rule.message.steps
    {
        return steps.iter().map(|step| printer.message(step)).collect();
    }
    let mut steps = of_condition(printer);
    let mut said = HashSet::new();
    steps.retain(|step| said.insert(step.clone()));
    steps
}

/// The steps that a condition itself shows.
fn of_condition(printer: &Printer<'_>) -> Vec<String> {
    let mut steps = Vec::new();
    for condition in comparisons(printer.relation.condition()) {
        if let Condition::OnItsWeekday(date) = condition {
            steps.extend(printer.days_around(date));
        }
        let Condition::Compare(_, a, b) = condition else { continue };
        for side in [a, b] {
            let (formula, computed) = (printer.formula(side, 0), printer.computed(side));
            if !side.is_atom() && formula != computed {
                steps.push(format!("{formula} = {computed}"));
            }
        }
        let printed = |ask: Ask| {
            let scope = printer.prepared.scope(ask, None);
            let (left, right) = (evaluate(a, &scope)?, evaluate(b, &scope)?);
            // Two bare figures are compared in the unit of the first.
            let right = if a.is_atom() || !b.is_atom() {
                printer.print(&right, b)
            } else {
                printer.print_own(&right, b)
            };
            let left =
                if a.is_atom() { printer.print_own(&left, a) } else { printer.print(&left, a) };
            (!left.is_empty() && !right.is_empty()).then_some((left, right))
        };
        // Where rounding allows nothing, as of days, there is nothing to say of it.
        if let Some((left, right)) = printed(printer.relation.widest())
            && printed(Ask::Stated) != Some((left.clone(), right.clone()))
        {
            steps.push(format!("allowing for rounding: {left} against {right}"));
        }
    }
    steps
}

pub(super) fn comparisons(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::And(a, b) | Condition::Or(a, b) => {
            let mut all = comparisons(a);
            all.extend(comparisons(b));
            all
        }
        other => vec![other],
    }
}

/// The figure that the message computes, or the side of the comparison that is not a bare figure.
fn computed(printer: &Printer<'_>) -> Option<String> {
    let from_message = |template: &Template| {
        template.0.iter().find_map(|part| match part {
            Part::Computed(expression)
            | Part::Moved(expression)
            | Part::Size(expression)
            | Part::Completed(expression) => Some(printer.computed(expression)),
            _ => None,
        })
    };
    if let Holds::Rule(rule) = &printer.relation.holds
        && let Some(computed) = from_message(&rule.message.contradicts)
    {
        return Some(computed);
    }
    comparisons(printer.relation.condition()).into_iter().find_map(|condition| match condition {
        Condition::Compare(_, a, b) => {
            [b, a].into_iter().find(|side| !side.is_atom()).map(|side| printer.computed(side))
        }
        _ => None,
    })
}

/// What each claim would have to read for the others to stand.
fn suggestions(printer: &Printer<'_>, figures: Figures<'_>) -> Vec<Suggestion> {
    let relation = printer.relation;
    if relation.verdict != Verdict::Contradicts {
        return Vec::new();
    }
    let mut suggestions = Vec::new();
    let left = |ask| printer.prepared.left(relation.condition(), ask);
    let (widest, strictly) = (left(relation.widest()), left(Ask::Allowed(Mode::Strict)));
    let is_one = is_one_fact(relation.condition()) && relation.claims(figures).all(is_unhedged);
    let stated = is_one.then(|| left(Ask::Stated));
    for (at, role) in relation.roles.iter().enumerate() {
        for (member, &index) in role.claims.iter().enumerate() {
            let claim = figures.get(index);
            if claim.is_computed {
                continue;
            }
            let interval = |left: &[Vec<Option<Interval>>]| left.get(at)?.get(member)?.clone();
            let read = |left: &[Vec<Option<Interval>>]| reading(&claim, &interval(left)?);
            let Some(widest) = read(&widest) else { continue };
            let is_exact = widest.is_one_figure && is_all_figure(claim);
            // Figures that are as exact as their digits may leave one answer, and one fact stated twice has one.
            let one = |reading: &Reading| reading.is_one_figure;
            let other = || read(stated.as_ref()?).filter(one);
            let text = read(&strictly).filter(one).or_else(other).unwrap_or(widest).text;
            suggestions.push(Suggestion { span: claim.shown_at(), text, is_exact });
        }
    }
    suggestions
}

fn is_unhedged(claim: Operand<'_>) -> bool {
    matches!(&claim.value, Value::Amount(amount) if amount.hedge == Direction::Exact)
}

/// Whether a condition says of figures that they are the same.
fn is_one_fact(condition: &Condition) -> bool {
    match condition {
        Condition::Agree(_) => true,
        Condition::Compare(Comparison::Equal | Comparison::Within, a, b) => {
            a.is_atom() && b.is_atom()
        }
        _ => false,
    }
}

/// Whether the words of a claim are its figure and nothing else, so that another figure of the same style
/// can take their place: not where a fall is stated without its sign, or the thing that is counted is named.
fn is_all_figure(claim: Operand<'_>) -> bool {
    let Value::Amount(amount) = &claim.value else { return false };
    let place = claim.shown_at();
    let is_whole = place == claim.span || place.end - place.start == claim.written.len();
    is_whole && !claim.is_fall && amount.style.write(&amount.to) == one_line(&claim.written)
}

/// An interval in a claim's own style.
pub(super) fn reading(claim: &Figure, interval: &Interval) -> Option<Reading> {
    if *interval == Interval::ALL {
        return None;
    }
    let interval = &if claim.is_fall { interval.negated() } else { interval.clone() };
    match &claim.value {
        Value::Amount(amount) if is_share_in_words(amount, &claim.written) => {
            Style::percent().reading(&interval.scaled(&Rational::from(100)), false)
        }
        // There are no fewer than no men.
        Value::Amount(amount) if amount.is_counted() && !amount.from.is_negative() => {
            let counts = Interval::point(Rational::ZERO).and_above(true);
            amount.reading(&interval.intersect(&counts)?)
        }
        // "Between -0.13 and 0.13 euros" is no price.
        Value::Amount(amount) if is_around_none(amount, interval) => None,
        Value::Amount(amount) => amount.reading(interval),
        Value::Date(date) => {
            Some(Reading { text: print_dates(date, interval), is_one_figure: false })
        }
        Value::Unstated => None,
    }
    .filter(|reading| reading.text != one_line(&claim.written))
}

/// Whether an interval reaches from below zero to above, and the amount is not of a sort that does.
fn is_around_none(amount: &Amount, interval: &Interval) -> bool {
    let [low, high] = [interval.low(), interval.high()].map(End::number);
    low.is_some_and(Rational::is_negative)
        && high.is_some_and(|high| Rational::ZERO < *high)
        && !amount.unit.is_temperature()
}
