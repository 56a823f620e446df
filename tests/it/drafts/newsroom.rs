//! One article in twelve drafts, with claims written against the first: what becomes of each of them.

use std::collections::BTreeMap;

use crossfoot::claim::State;

use super::anchored;
use crate::support::read;

/// The findings that say what became of a claim.
const OF_DRIFT: [&str; 5] =
    ["changed-figure", "reworded-quote", "moved-quote", "gone-quote", "ambiguous-quote"];

fn draft(number: usize) -> String {
    read(format!("fixtures/newsroom/draft-{number}.md"))
}

/// The states that `states.toml` expects, by draft and claim.
fn expected() -> BTreeMap<String, BTreeMap<String, String>> {
    toml::from_str(&read("fixtures/newsroom/states.toml")).unwrap()
}

#[test]
fn every_claim_is_followed_through_twelve_drafts() {
    let claims = read("fixtures/newsroom/claims.toml");
    let expected = expected();
    assert_eq!(expected.len(), 12);
    let mut wrong = Vec::new();
    for number in 1..=12 {
        let after = anchored(&draft(number), &claims);
        let others = after.findings.iter().map(|finding| finding.rule.as_str());
        let others: Vec<&str> = others.filter(|rule| !OF_DRIFT.contains(rule)).collect();
        assert!(others.is_empty(), "draft {number}: {others:?}");
        let states = &expected[&format!("draft-{number}")];
        for id in states.keys() {
            assert!(after.file.claims.find(id).is_some(), "there is no claim {id}");
        }
        for claim in after.file.claims.all().iter().filter(|claim| claim.quote.is_some()) {
            let expected = states.get(&claim.id).map_or("same", String::as_str);
            let state = claim.state.map_or("none", State::as_str);
            if state != expected {
                wrong.push(format!("draft {number}: {} is {state}, not {expected}", claim.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
