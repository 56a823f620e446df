//! Whether the figures that words bring together can be figures of one relation at all.

use crate::mention::Mention;
use crate::prose::{Article, Taken};
use crate::rule::{Quantity, Rule};
use crate::value::{Currency, Value};

/// Whether every role is filled, by figures that measure what it needs, in one currency.
pub(super) fn fits(rule: &Rule, roles: &[Vec<Taken>], article: Article<'_>) -> bool {
    let mut quantity = Quantity::open(&rule.holds);
    let mut seen = Vec::new();
    for (role, filled) in rule.roles.iter().zip(roles) {
        if filled.is_empty() || (!role.kind.is_list && 1 < filled.len()) {
            return false;
        }
        for taken in filled {
            if seen.contains(&taken.mention) {
                return false;
            }
            seen.push(taken.mention);
            let value = &article.mentions[taken.mention].value;
            if !quantity.admit(role.kind.member(), value) {
                return false;
            }
        }
    }
    true
}

fn currency(mention: &Mention) -> Option<Currency> {
    match &mention.value {
        Value::Amount(amount) => amount.unit.currency,
        _ => None,
    }
}

/// Whether the figures are in one currency, and those that count things count the same things.
pub(super) fn counts_alike(rule: &Rule, roles: &[Vec<Taken>], article: Article<'_>) -> bool {
    let mut noun: Option<&str> = None;
    let mut money: Option<Currency> = None;
    for (role, filled) in rule.roles.iter().zip(roles) {
        for taken in filled {
            let mention = &article.mentions[taken.mention];
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

/// Whether two nouns are one, in the singular or the plural.
pub(super) fn same_noun(a: &str, b: &str) -> bool {
    let stem = |word: &str| {
        let word = word.rsplit([' ', '-']).next().unwrap_or(word).to_lowercase();
        let word = word.strip_suffix("ies").map_or(word.clone(), |stem| format!("{stem}y"));
        word.strip_suffix('s').map_or(word.clone(), ToOwned::to_owned)
    };
    stem(a) == stem(b)
}
