//! One currency for a relation: money in others becomes an interval by its year's rates.

use crate::engine::Operand;
use crate::figure::Figure;
use crate::lexicon::Rates;
use crate::value::{Amount, Base, Currency, Interval, Value};

/// What a claim's money is multiplied by to be in the relation's currency.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    /// The factor, and how often it applies: once for money, minus once for something per money.
    pub(super) rate: Interval,
    exponent: i8,
    /// What it rests on, in words.
    pub(super) remark: String,
}

impl Exchange {
    /// An interval of the claim's money, in the relation's currency.
    pub(super) fn convert(&self, interval: &Interval) -> Interval {
        if 0 < self.exponent {
            interval.times(&self.rate)
        } else {
            interval.divided_by(&self.rate).unwrap_or(Interval::ALL)
        }
    }

    /// The other way round.
    pub(super) fn convert_back(&self, interval: &Interval) -> Interval {
        if 0 < self.exponent {
            interval.divided_by(&self.rate).unwrap_or(Interval::ALL)
        } else {
            interval.times(&self.rate)
        }
    }
}

/// The currencies of a relation's claims, the one that most of them are in first.
pub(super) fn currencies<'c>(claims: impl Iterator<Item = Operand<'c>>) -> Vec<Currency> {
    let mut counts: Vec<(Currency, usize)> = Vec::new();
    for (_, currency) in claims.filter_map(|claim| money(claim.figure())) {
        match counts.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, count)) => *count += 1,
            None => counts.push((currency, 1)),
        }
    }
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    counts.into_iter().map(|(currency, _)| currency).collect()
}

/// How a claim's money becomes the relation's; `None` if it is that already, or is no money.
///
/// # Errors
/// Why the rates table cannot say.
pub(super) fn exchange(
    claim: Operand<'_>,
    target: Currency,
    rates: &Rates,
) -> Result<Option<Exchange>, String> {
    let Some((amount, currency)) = money(claim.figure()) else { return Ok(None) };
    if currency == target {
        return Ok(None);
    }
    let (from, to) = (currency.as_str(), target.as_str());
    let Some((written, when)) = &claim.when else {
        let written = &claim.written;
        let hint = claim.claim().map(|claim| format!(": `{}` has no `when`", claim.id));
        let hint = hint.unwrap_or_default();
        return Err(format!("{written} cannot be compared with {to} without a year{hint}"));
    };
    let years = (when.first().year(), when.last().year());
    let Some(rate) = rates.between(currency, target, years.0, years.1) else {
        return Err(format!("the table has no rate from {from} to {to} for {written}"));
    };
    let digits = |end: &crate::value::End| {
        end.number().map_or_else(String::new, |rate| {
            let decimals = 4 - rate.magnitude().unwrap_or(0).clamp(-4, 4);
            rate.to_fixed(u32::try_from(decimals).unwrap_or(4))
        })
    };
    let remark = format!(
        "1 {from} was {} to {} {to} in {written} ({})",
        digits(rate.low()),
        digits(rate.high()),
        rates.source()
    );
    Ok(Some(Exchange { rate, exponent: amount.unit.dimension.exponent(Base::Money), remark }))
}

fn money(figure: &Figure) -> Option<(&Amount, Currency)> {
    match &figure.value {
        Value::Amount(amount) if amount.unit.dimension.exponent(Base::Money) != 0 => {
            amount.unit.currency.map(|currency| (amount, currency))
        }
        _ => None,
    }
}
