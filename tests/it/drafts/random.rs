//! Random edits of the project's articles.

use std::collections::BTreeMap;

use crossfoot::claim::State;

use super::{anchored, recorded};
use crate::support::root;

fn articles() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = std::fs::read_dir(root().join("fixtures/articles"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn experiment() {
    let mut outcome: BTreeMap<State, usize> = BTreeMap::new();
    for (name, text) in articles() {
        let claims = recorded(&text, None).text;
        let base = anchored(&text, &claims);
        for claim in base.file.claims.all() {
            assert_eq!(claim.state, Some(State::Same), "{name} {}", claim.id);
            let place = claim.found[0];
            let digits: Vec<usize> =
                (place.start..place.end).filter(|&at| text.as_bytes()[at].is_ascii_digit()).collect();
            let Some(&at) = digits.last() else { continue };
            let digit = if text.as_bytes()[at] == b'9' { '8' } else { (text.as_bytes()[at] + 1) as char };
            let edited = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
            let after = anchored(&edited, &claims);
            let state = after.state(&claim.id);
            *outcome.entry(state).or_default() += 1;
            if state != State::Changed {
                println!("{name} {}: {:?} {state:?}: {:?}", claim.id, claim.quote.as_ref().map(|q| (&q.prefix, &q.text, &q.suffix)), &edited[place.start..place.end]);
            }
        }
    }
    println!("{outcome:?}");
}
