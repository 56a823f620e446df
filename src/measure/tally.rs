//! Sights and judgements, added up.

use std::collections::{BTreeMap, HashSet};

use crate::measure::judgements::{Judgement, Judgements};
use crate::measure::sight::Sight;
use crate::rule::{Measure, Measured, OfRule, Percentiles};
use crate::value::Strain;

/// The sights of all texts, by rule and by the name under which they are measured apart.
#[derive(Debug, Default)]
pub struct Tally {
    texts: u64,
    kinds: BTreeMap<(String, Option<String>), Vec<Seen>>,
}

/// A sight with its text.
#[derive(Debug)]
struct Seen {
    text: String,
    sight: Sight,
}

impl Seen {
    /// The rule that speaks where it contradicts.
    fn speaker(&self) -> &str {
        self.sight.slip.as_deref().unwrap_or(&self.sight.rule)
    }

    fn judged(&self, judgements: &Judgements) -> Option<Judgement> {
        judgements.of(&self.text, self.speaker(), self.sight.told.as_ref()?)
    }
}

impl Tally {
    /// Adds what a text came to.
    pub fn add(&mut self, text: &str, sights: Vec<Sight>) {
        self.texts += 1;
        for sight in sights {
            let kind = (sight.rule.clone(), sight.apart.clone());
            let slip = sight.slip.clone();
            let seen = |sight| Seen { text: text.to_owned(), sight };
            // What a slip explains is a sight of the rule that explains it, too.
            if let Some(slip) = slip {
                self.kinds.entry((slip, None)).or_default().push(seen(sight.clone()));
            }
            self.kinds.entry(kind).or_default().push(seen(sight));
        }
    }

    /// What was measured; contradictions that have to be read are added to the judgements.
    pub fn measured(&self, judgements: &mut Judgements) -> Measured {
        let mut rules: BTreeMap<String, OfRule> = BTreeMap::new();
        for ((rule, apart), all) in &self.kinds {
            let measure = measure(all, judgements);
            let of = rules.entry(rule.clone()).or_default();
            match apart {
                None => of.rest = measure,
                Some(name) => _ = of.apart.insert(name.clone(), measure),
            }
        }
        Measured { texts: self.texts, rules }
    }
}

fn measure(all: &[Seen], judgements: &mut Judgements) -> Measure {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let figures: HashSet<u64> = all.iter().map(|seen| seen.sight.figures).collect();
    let mut measure = Measure {
        seen: count(all.len()),
        different: count(figures.len()),
        strain: percentiles(all, judgements),
        ..Measure::default()
    };
    let (limit, usual) = (measure.limit(), measure.usual());
    for seen in all {
        let Sight { strain, states_strain, told, .. } = &seen.sight;
        let above = |bound: Option<Strain>| match (strain, bound) {
            (Some(strain), Some(bound)) => !states_strain && bound < *strain,
            _ => false,
        };
        let contradicts = strain.is_none() || above(limit);
        if let Some(told) = told
            && (contradicts || above(usual))
        {
            judgements.add(&seen.text, seen.speaker(), told, strain.is_some());
        }
        if !contradicts {
            measure.held += 1;
            continue;
        }
        match seen.judged(judgements) {
            Some(Judgement::True) => {
                measure.held += 1;
                measure.read.rightly += 1;
            }
            Some(Judgement::Arguable) => measure.read.arguably += 1,
            Some(Judgement::False) => measure.read.falsely += 1,
            None => measure.unread += 1,
        }
    }
    measure
}

/// The strains that right texts need, of those that no rule or link limits itself. What somebody has read
/// and found wrong needs none.
fn percentiles(all: &[Seen], judgements: &Judgements) -> Option<Percentiles> {
    let needs = |seen: &&Seen| {
        let judged = seen.judged(judgements);
        !seen.sight.states_strain && matches!(judged, None | Some(Judgement::False))
    };
    let mut strains: Vec<Strain> =
        all.iter().filter(needs).filter_map(|seen| seen.sight.strain).collect();
    strains.sort_unstable();
    let at = |percent: usize| {
        let place = (strains.len() * percent).div_ceil(100);
        strains.get(place.saturating_sub(1)).copied()
    };
    Some(Percentiles { p95: at(95)?, p99: at(99)?, max: at(100)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::sight::Told;

    fn sight(number: u64, strain: Option<&str>) -> Sight {
        let strain = strain.map(|text| Strain::parse(text).unwrap());
        let is_told = strain.is_none_or(|strain| Strain::STRICT < strain);
        Sight {
            rule: "wrong-rate".to_owned(),
            slip: None,
            apart: None,
            figures: number / 2,
            strain,
            states_strain: false,
            told: is_told.then(|| Told {
                fingerprint: number.to_string(),
                says: "this is not that".to_owned(),
                passage: "around it".to_owned(),
            }),
        }
    }

    fn tally(strains: &[(usize, Option<&str>)]) -> Tally {
        let mut tally = Tally::default();
        let mut number = 0;
        for &(times, strain) in strains {
            for _ in 0..times {
                tally.add(&format!("text {number}"), vec![sight(number, strain)]);
                number += 1;
            }
        }
        tally
    }

    fn judged(judgements: &Judgements, word: &str) -> Judgements {
        let text =
            judgements.written().replace("judged      = \"\"", &format!("judged = \"{word}\""));
        let mut sources = crate::source::Sources::new();
        let id = sources.add("judged.toml", text);
        Judgements::read(&sources, id, &mut Vec::new()).unwrap()
    }

    #[test]
    fn what_holds_is_counted_and_what_does_not_is_to_be_read() {
        let tally = tally(&[(90, Some("0")), (8, Some("0.5")), (2, None)]);
        let mut judgements = Judgements::default();
        let first = tally.measured(&mut judgements);
        let rest = &first.rules["wrong-rate"].rest;
        assert_eq!((first.texts, rest.seen, rest.held, rest.unread), (100, 100, 98, 2));
        assert_eq!(rest.different, 50);
        assert_eq!(judgements.unread(), 2);
        let mut read = judged(&judgements, "true");
        let second = tally.measured(&mut read);
        let rest = &second.rules["wrong-rate"].rest;
        assert_eq!((rest.held, rest.read.rightly, rest.unread), (100, 2, 0));
        let third = tally.measured(&mut judged(&judgements, "arguable"));
        let rest = &third.rules["wrong-rate"].rest;
        assert_eq!((rest.held, rest.read.arguably, rest.unread), (98, 2, 0));
    }

    #[test]
    fn the_limit_is_what_right_texts_need_and_a_little_more() {
        let tally = tally(&[(95, Some("0.25")), (4, Some("1.125")), (1, Some("1.75"))]);
        let mut judgements = Judgements::default();
        let measured = tally.measured(&mut judgements);
        let rest = &measured.rules["wrong-rate"].rest;
        let strain = rest.strain.unwrap();
        let all = [strain.p95, strain.p99, strain.max].map(|strain| strain.to_string());
        assert_eq!(all, ["0.25", "1.125", "1.75"]);
        assert_eq!(rest.limit().unwrap().to_string(), "1.8125");
        assert_eq!(judgements.unread(), 1, "one is unusual");
        // Where the text is wrong, it shows nothing of what right ones need.
        let measured = tally.measured(&mut judged(&judgements, "true"));
        let rest = &measured.rules["wrong-rate"].rest;
        assert_eq!(rest.limit().unwrap().to_string(), "1.1875");
        assert_eq!((rest.held, rest.read.rightly), (100, 1));
        let measured = tally.measured(&mut judged(&judgements, "false"));
        assert_eq!(measured.rules["wrong-rate"].rest.limit().unwrap().to_string(), "1.8125");
    }

    #[test]
    fn few_sights_set_no_limit() {
        let measured = tally(&[(49, Some("0.25"))]).measured(&mut Judgements::default());
        let rest = &measured.rules["wrong-rate"].rest;
        assert_eq!((rest.seen, rest.limit(), rest.usual()), (49, None, None));
    }

    #[test]
    fn what_is_judged_keeps_no_words_of_its_text() {
        let tally = tally(&[(1, None)]);
        let mut judgements = Judgements::default();
        tally.measured(&mut judgements);
        assert!(judgements.written().contains("around it"));
        let mut read = judged(&judgements, "false");
        tally.measured(&mut read);
        let written = read.written();
        assert!(!written.contains("around it") && !written.contains("not that"), "{written}");
        assert!(written.contains("\"false\""), "{written}");
    }
}
