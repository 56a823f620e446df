//! The language of a text, as far as it matters: whether it is English, which alone is read.

use whatlang::Lang;

use crate::lexicon::{Lexicon, WordId, bit};

/// A language other than English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign(Lang);

impl Foreign {
    /// Its English name: "German".
    pub fn name(self) -> &'static str {
        self.0.eng_name()
    }
}

/// Bytes of each of the three samples of a longer text.
const SAMPLE: usize = 1024;

/// Fewer words in small letters leave no opinion: a table of results, a list of names.
const FEWEST_WORDS: usize = 8;

/// English has a word such as "the" or "of" at least this often, one in so many; 33 to 55 of 100
/// words of news are such words.
const FUNCTION: usize = 6;

/// Tables of results have few of them, but many words that figures are made of: "shr 41 cts vs 36 cts".
const KNOWN: usize = 2;

/// The language of a text that is surely not English.
///
/// English shows by the words that hold its sentences together, which other languages rarely share. Only
/// a text with few of them is given to a detector, and only what that is sure of counts.
pub fn foreign(prose: &str, lexicon: &Lexicon) -> Option<Foreign> {
    let samples = samples(prose);
    let (mut words, mut known, mut function) = (0, 0, 0);
    for word in samples.iter().flat_map(|sample| sample.split(|c: char| !c.is_alphabetic())) {
        // Names and headlines tell little.
        if word.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()) {
            let found = lexicon.look_up(word);
            words += 1;
            known += usize::from(found.id != WordId::UNKNOWN);
            function += usize::from(found.senses & bit::FUNCTION != 0);
        }
    }
    if words < FEWEST_WORDS || words < function * FUNCTION || words < known * KNOWN {
        return None;
    }
    let info = whatlang::detect(&samples.concat())?;
    (info.lang() != Lang::Eng && info.is_reliable()).then(|| Foreign(info.lang()))
}

/// A short text itself, else its start, middle and end.
fn samples(text: &str) -> Vec<&str> {
    if text.len() <= 3 * SAMPLE {
        return vec![text];
    }
    let floor = |at: usize| (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let sample = |at: usize| &text[floor(at)..floor(at + SAMPLE)];
    vec![sample(0), sample((text.len() - SAMPLE) / 2), sample(text.len() - SAMPLE)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        foreign(text, Lexicon::built_in()).map(Foreign::name)
    }

    #[test]
    fn other_languages_are_told_by_their_names() {
        let german = "Der Umsatz des Unternehmens stieg im vergangenen Jahr um 12 Prozent auf 3,4 \
                      Milliarden Euro, wie der Vorstand am Dienstag mitteilte.";
        let french = "Le chiffre d'affaires a progressé de 12 pour cent l'année dernière, à 3,4 \
                      milliards d'euros, a annoncé mardi la direction du groupe.";
        let spanish = "El presupuesto subió un 5 por ciento hasta los 3.000 millones de euros, según \
                       informó el martes el portavoz del gobierno.";
        let russian = "Выручка компании выросла за прошлый год на 12 процентов и составила 3,4 \
                       миллиарда евро, сообщили во вторник в правлении.";
        assert_eq!(name(german), Some("German"));
        assert_eq!(name(french), Some("French"));
        assert_eq!(name(spanish), Some("Spanish"));
        assert_eq!(name(russian), Some("Russian"));
        assert_eq!(name(&format!("{german}\n\n").repeat(50)), Some("German"));
    }

    #[test]
    fn english_is_english_whatever_stands_in_it() {
        let english =
            "The minister said that the budget would rise by 5 percent to 3 billion euros.";
        assert_eq!(name(english), None);
        assert_eq!(
            name(&format!("{english} \"Das ist ein gutes Ergebnis\", said the chancellor.")),
            None
        );
        // What is too short, or no sentence, leaves no opinion.
        for text in
            ["", "Der Umsatz stieg.", "shr 41 cts vs 36 cts net 4.2 mln vs 3.9 mln", "1 2 3"]
        {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
