//! Whether the figures that words bring together can be figures of one relation at all.

use crate::mention::Mention;
use crate::prose::article::Article;
use crate::prose::candidate::Taken;
use crate::prose::words::same_noun;
use crate::rule::expression::Type;
use crate::rule::{Join, Quantity, Rule};
use crate::value::{Amount, Base, Currency, Dimension, Kind, Rational, Value};

/// Whether every role is filled, by figures that measure what it needs, in one currency.
///
/// `mixed` lets one figure be for each of something and another be no rate.
pub(super) fn fits(rule: &Rule, roles: &[Vec<Taken>], article: Article<'_>, mixed: bool) -> bool {
    let mut quantity = Quantity::open(&rule.holds);
    let mut seen = Vec::new();
    let mut percents = None;
    let mut factor: Option<Rational> = None;
    let mut per = None;
    for (role, filled) in rule.roles.iter().zip(roles) {
        // The links of a rule about pairs find one pair after the other.
        if filled.is_empty() && rule.join == Some(Join::OneRate) {
            continue;
        }
        if filled.is_empty() || (!role.kind.is_list && 1 < filled.len()) {
            return false;
        }
        for taken in filled {
            if taken.less.is_none() {
                if seen.contains(&taken.mention) {
                    return false;
                }
                seen.push(taken.mention);
            }
            let value = taken.value(article);
            if !quantity.admit(role.kind.member(), &value) || !role.kind.takes(&value) {
                return false;
            }
            // A percentage and a count are both numbers, and no part of one another.
            if let (Type::Amount { variable: 1, fixed }, Value::Amount(amount)) =
                (role.kind.member(), &*value)
                && fixed.is_number()
            {
                let percent = amount.kind == Kind::Percent;
                if percents.is_some_and(|known| known != percent) {
                    return false;
                }
                percents = Some(percent);
                // "74 parts per billion" and "five" are not compared.
                let is_other = |known: &Rational| *known != amount.unit.factor;
                let is_number = !percent && amount.unit.dimension.is_number();
                if is_number && factor.as_ref().is_some_and(is_other) {
                    return false;
                }
                factor = is_number.then(|| amount.unit.factor.clone());
                let differs = |known: &Option<Box<str>>| *known != amount.unit.per;
                if !mixed && per.as_ref().is_some_and(differs) {
                    return false;
                }
                per = Some(amount.unit.per.clone());
            }
        }
    }
    true
}

/// Whether a price for one thing stands beside a number of such things: "$90 a night" goes with
/// nights, and not with 120 rooms. What is for each, or for each person, goes with anything.
pub(super) fn goes_with(roles: &[Vec<Taken>], article: Article<'_>) -> bool {
    let mentions = || roles.iter().flatten().map(|taken| article.mention(taken.mention));
    let things = mentions().filter_map(|mention| match &mention.value {
        Value::Amount(amount) if !is_each(amount) && is_of_things(amount) => {
            amount.unit.per.as_deref()
        }
        _ => None,
    });
    let counted = || mentions().filter_map(|mention| mention.counted.clone());
    let prose = article.document.prose();
    things.into_iter().all(|thing| {
        counted().next().is_none() || counted().any(|noun| same_noun(thing, &prose[noun]))
    })
}

/// Whether a rate is money or a number for a thing, and for no measure of length, mass or time.
fn is_of_things(amount: &Amount) -> bool {
    let dimension = amount.unit.dimension;
    dimension.is_number() || dimension == Dimension::of(Base::Money)
}

/// Whether an amount is for each of something that it does not name.
fn is_each(amount: &Amount) -> bool {
    matches!(amount.unit.per.as_deref(), Some("each" | "person" | "unit" | "piece"))
}

/// Whether the figures are in units of different systems, or in different currencies: a conversion
/// of one into the other, and no detail of it.
///
/// Units of one system are whole multiples or powers of ten of one another.
pub(super) fn converts(roles: &[Vec<Taken>], article: Article<'_>) -> bool {
    let mut amounts =
        roles.iter().flatten().filter_map(|taken| match &article.mention(taken.mention).value {
            Value::Amount(amount) => Some(amount),
            _ => None,
        });
    let (Some(one), Some(other)) = (amounts.next(), amounts.next()) else { return false };
    let (a, b) = (&one.unit, &other.unit);
    // A price for a car is none for a bus.
    if a.per != b.per && (is_of_things(one) || is_of_things(other)) {
        return false;
    }
    if a.currency != b.currency {
        return a.currency.is_some() && b.currency.is_some();
    }
    if a.offset != b.offset {
        return true;
    }
    if let (Some(one), Some(other)) = (&a.per, &b.per) {
        return one != other;
    }
    let ratio = &a.factor / &b.factor;
    let is_plain = |ratio: &Rational| {
        ratio.is_whole()
            || (ratio * &Rational::power_of_ten(12)).recip().is_some_and(|r| r.is_whole())
    };
    !(is_plain(&ratio) || ratio.recip().is_some_and(|ratio| is_plain(&ratio)))
}

fn currency(mention: &Mention) -> Option<Currency> {
    match &mention.value {
        Value::Amount(amount) => amount.unit.currency,
        _ => None,
    }
}

/// Whether the figures are in one currency, and those that count things count the same things.
///
/// Where the figures are `mixed`, a list may count anything, and so may what is a plain number to
/// the rule: twelve matches beside the goals that they brought.
pub(super) fn counts_alike(
    rule: &Rule,
    roles: &[Vec<Taken>],
    article: Article<'_>,
    mixed: bool,
) -> bool {
    let mut noun: Option<&str> = None;
    let mut money: Option<Currency> = None;
    for (role, filled) in rule.roles.iter().zip(roles) {
        let is_plain = !matches!(role.kind.member(), Type::Amount { variable: 1, .. });
        if mixed && (role.kind.is_list || is_plain) {
            continue;
        }
        for taken in filled {
            let mention = article.mention(taken.mention);
            if let Some(found) = currency(mention) {
                if money.is_some_and(|known| known != found) {
                    return false;
                }
                money = Some(found);
            }
            let Some(counted) = mention.counted.clone().filter(|_| !role.kind.is_share) else {
                continue;
            };
            let counted = &article.document.prose()[counted];
            if noun.is_some_and(|known| !same_noun(known, counted)) {
                return false;
            }
            noun = Some(counted);
        }
    }
    true
}
