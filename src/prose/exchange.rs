//! Amounts in two currencies across an article: each pair of them implies a rate.

use crate::prose::article::Article;
use crate::prose::candidate::{Candidate, Taken};
use crate::rule::{Join, Rule};
use crate::value::{Currency, Rational, Value};

/// An amount with what it comes to in another currency.
struct Pair {
    original: Taken,
    converted: Taken,
    currencies: (Currency, Currency),
    /// How much of the second currency one of the first is, as stated.
    rate: Rational,
    quoted: bool,
}

/// Takes the pairs out of what the links found, and relates each of a currency's pairs to the one
/// whose rate lies in the middle.
pub(super) fn relate(found: &mut Vec<Candidate<'_>>, article: Article<'_>) {
    let mut rules: Vec<(&Rule, Vec<Pair>)> = Vec::new();
    for candidate in found.extract_if(.., |found| found.rule.join == Some(Join::OneRate)) {
        let rule = candidate.rule;
        let Some(pair) = pair(&candidate, article) else { continue };
        match rules.iter_mut().find(|(known, _)| known.id == rule.id) {
            Some((_, pairs)) => pairs.push(pair),
            None => rules.push((rule, vec![pair])),
        }
    }
    for (rule, pairs) in rules {
        related(rule, pairs, found);
    }
}

fn pair(candidate: &Candidate<'_>, article: Article<'_>) -> Option<Pair> {
    let [original, converted] =
        [0, 1].map(|role| candidate.roles.get(role).and_then(|filled| filled.first().copied()));
    let (original, converted) = (original?, converted?);
    let money = |taken: Taken| match &article.mentions[taken.mention].value {
        Value::Amount(amount) => {
            let middle = (&amount.from + &amount.to) * Rational::fraction(1, 2);
            Some((amount.unit.currency?, &middle * &amount.unit.factor))
        }
        _ => None,
    };
    let (from, amount) = money(original)?;
    let (to, worth) = money(converted)?;
    // Pairs in both directions imply one rate.
    let (original, converted, currencies, amount, worth) = if to < from {
        (converted, original, (to, from), worth, amount)
    } else {
        (original, converted, (from, to), amount, worth)
    };
    let rate = &worth * &amount.recip()?;
    Some(Pair { original, converted, currencies, rate, quoted: candidate.quoted })
}

fn related<'r>(rule: &'r Rule, mut pairs: Vec<Pair>, found: &mut Vec<Candidate<'r>>) {
    pairs.sort_by(|a, b| (a.currencies, &a.rate).cmp(&(b.currencies, &b.rate)));
    for of_currency in pairs.chunk_by(|a, b| a.currencies == b.currencies) {
        let middle = (of_currency.len() - 1) / 2;
        let reference = &of_currency[middle];
        let others = of_currency.iter().enumerate().filter(|(at, _)| *at != middle);
        for (_, pair) in others {
            // What stands first in the text is the reference to the reader.
            let (one, other) = if pair.original.mention < reference.original.mention {
                (reference, pair)
            } else {
                (pair, reference)
            };
            found.push(Candidate {
                rule,
                roles: [one.original, one.converted, other.original, other.converted]
                    .map(|taken| vec![taken])
                    .into(),
                severity: rule.severity,
                quoted: pair.quoted || reference.quoted,
                apart: None,
                strain: rule.strain,
                cue: None,
                excuses: false,
                tried: None,
            });
        }
    }
}
