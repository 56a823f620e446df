//! Whether the figures that words bring together can be figures of one relation at all.

use crate::mention::Mention;
use crate::prose::article::Article;
use crate::prose::candidate::Taken;
use crate::prose::tried::Misfit;
use crate::prose::words::{count_alike, same_noun};
use crate::rule::expression::Type;
use crate::rule::link::Aspect;
use crate::rule::{Join, Quantity, Rule};
use crate::value::{Amount, Base, Currency, Dimension, Kind, Rational, Value};

/// Sees whether every role is filled, by figures that measure what it needs.
///
/// `mixed` lets one figure be for each of something and another be no rate.
///
/// # Errors
/// Why they do not fit.
pub(super) fn fits(
    rule: &Rule,
    roles: &[Vec<Taken>],
    article: Article<'_>,
    mixed: bool,
) -> Result<(), Misfit> {
    let mut quantity = Quantity::open(&rule.holds);
    let mut seen = Vec::new();
    // The first figure that settles what is measured, and whether it is a percentage.
    let mut first = None;
    let mut percents = None;
    let mut factor: Option<(Rational, usize)> = None;
    let mut per = None;
    for (index, (role, filled)) in rule.roles.iter().zip(roles).enumerate() {
        // The links of a rule about pairs find one pair after the other.
        if filled.is_empty() && rule.join == Some(Join::OneRate) {
            continue;
        }
        if filled.is_empty() {
            return Err(Misfit::Empty(index));
        }
        if !role.kind.is_list && 1 < filled.len() {
            return Err(Misfit::Several(index));
        }
        for taken in filled {
            let own = taken.mention;
            if taken.less.is_none() {
                if seen.contains(&own) {
                    return Err(Misfit::Twice(own));
                }
                seen.push(own);
            }
            let value = taken.value(article);
            let is_open =
                matches!(role.kind.member(), Type::Amount { variable, .. } if variable != 0);
            if !quantity.admit(role.kind.member(), &value) || !role.kind.takes(&value) {
                let other = first.filter(|_| is_open);
                return Err(match other {
                    Some(other) => Misfit::Measures(other, own),
                    None => Misfit::Kind(index, own),
                });
            }
            if is_open {
                first = first.or(Some(own));
            }
            // A percentage and a count are both numbers, and no part of one another.
            if let (Type::Amount { variable: 1, fixed }, Value::Amount(amount)) =
                (role.kind.member(), &*value)
                && fixed.is_number()
            {
                let percent = amount.kind == Kind::Percent;
                let differs = |&(known, _): &(bool, usize)| known != percent;
                if let Some((_, other)) = percents.filter(differs) {
                    return Err(Misfit::Percent(other, own));
                }
                // "74 parts per billion" and "five" are not compared.
                let is_other = |(known, _): &&(Rational, usize)| *known != amount.unit.factor;
                let is_number = !percent && amount.unit.dimension.is_number();
                if let Some((_, other)) = factor.as_ref().filter(is_other)
                    && is_number
                {
                    return Err(Misfit::Measures(*other, own));
                }
                factor = is_number.then(|| (amount.unit.factor.clone(), own));
                percents = Some((percent, own));
                let differs = |(known, _): &&(Option<Box<str>>, usize)| *known != amount.unit.per;
                if let Some((_, other)) = per.as_ref().filter(differs)
                    && !mixed
                {
                    return Err(Misfit::Rates(*other, own));
                }
                per = Some((amount.unit.per.clone(), own));
            }
        }
    }
    Ok(())
}

/// Sees whether a price for one thing stands beside a number of such things: "$90 a night" goes with
/// nights, and not with 120 rooms. What is for each, or for each person, goes with anything.
///
/// # Errors
/// That it does not.
pub(super) fn goes_with(roles: &[Vec<Taken>], article: Article<'_>) -> Result<(), Misfit> {
    let mentions = || roles.iter().flatten().map(|taken| article.mention(taken.mention));
    let things = mentions().filter_map(|mention| match &mention.value {
        Value::Amount(amount) if !is_each(amount) && is_of_things(amount) => {
            amount.unit.per.as_deref()
        }
        _ => None,
    });
    let counted = || mentions().filter_map(|mention| mention.counted.clone());
    let prose = article.document.prose();
    let mut things = things.into_iter();
    let goes = things.all(|thing| {
        counted().next().is_none() || counted().any(|noun| same_noun(thing, &prose[noun]))
    });
    if goes { Ok(()) } else { Err(Misfit::Price) }
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
    // "18 dollars a barrel (43 cents a gallon)" tells no rate of exchange.
    let unrated = roles.iter().flatten().any(|taken| taken.aspect == Aspect::Unrated);
    if unrated && (a.per != b.per || a.currency == b.currency) {
        return false;
    }
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
    if let (Some(one), Some(other)) = (&a.per, &b.per)
        && one != other
    {
        return true;
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

/// Sees whether the figures are in one currency, and those that count things count the same things.
///
/// Where the figures are `mixed`, a list may count anything, and so may what is a plain number to
/// the rule: twelve matches beside the goals that they brought.
///
/// # Errors
/// Which two do not.
pub(super) fn counts_alike(
    rule: &Rule,
    roles: &[Vec<Taken>],
    article: Article<'_>,
    mixed: bool,
) -> Result<(), Misfit> {
    let mut noun: Option<(&str, usize)> = None;
    let mut money: Option<(Currency, usize)> = None;
    for (role, filled) in rule.roles.iter().zip(roles) {
        let is_plain = !matches!(role.kind.member(), Type::Amount { variable: 1, .. });
        if mixed && (role.kind.is_list || is_plain) {
            continue;
        }
        for &Taken { mention: own, .. } in filled {
            let mention = article.mention(own);
            if let Some(found) = currency(mention) {
                if let Some((_, other)) = money.filter(|&(known, _)| known != found) {
                    return Err(Misfit::Currencies(other, own));
                }
                money = Some((found, own));
            }
            let Some(counted) = mention.counted.clone().filter(|_| !role.kind.is_share) else {
                continue;
            };
            let counted = &article.document.prose()[counted];
            if let Some((_, other)) =
                noun.filter(|(known, _)| !count_alike(article.lexicon, known, counted))
            {
                return Err(Misfit::Counts(other, own));
            }
            noun = Some((counted, own));
        }
    }
    Ok(())
}
