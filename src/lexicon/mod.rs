//! The words that figures are made of: number words, units, currencies, hedges, the calendar.
//!
//! All of it is data in `rules/lexicon/*.toml`, compiled in.

mod abbreviations;
mod abroad;
mod built_in;
pub(crate) mod class;
mod filter;
mod home;
mod index;
mod made;
mod part;
mod phrase_class;
mod rates;
mod read;
mod sense;
mod short;
mod stated;
mod table;
mod word;
mod words;

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

pub use abbreviations::{Abbreviation, Abbreviations};
pub(crate) use filter::Filter;
pub use index::Index;
pub use made::Sense;
pub use part::{Part, behind_phrase, fold, folded, mark, parts};
pub use phrase_class::{PhraseClass, phrases};
pub use rates::Rates;
pub use sense::{Holiday, bit};
pub(crate) use short::{ShortWords, as_number, as_small_number, letters};
pub use word::{Known, WordId};
pub(crate) use words::TextTable;

use crate::checks::Check;
use crate::finding::Finding;
use crate::home::Home;
use crate::lexicon::read::Draft;
use crate::source::{SourceId, Sources};

/// The lexicon where an article is at home. What is shared is the index; to be at home elsewhere costs
/// nothing.
#[derive(Clone, Debug)]
pub struct Lexicon {
    index: Arc<Index>,
    home: Home,
}

impl Deref for Lexicon {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

/// The digests of the tables that are compiled in.
#[allow(clippy::unreadable_literal, reason = "generated")]
const DIGESTS: &[u64] = include!(concat!(env!("OUT_DIR"), "/lexicon_digests.rs"));

static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(Index::built_in().expect("the built-in lexicon is read by the tests"))
});

impl Lexicon {
    fn of(index: Index) -> Self {
        Self { index: Arc::new(index), home: Home::default() }
    }

    /// The lexicon that is compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Whether it is the built-in one, at home nowhere.
    pub(crate) fn is_plain(&self) -> bool {
        self.home.is_empty() && Arc::ptr_eq(&self.index, &BUILT_IN.index)
    }

    /// The built-in lexicon with the tables of a project, files of the same names in its folder
    /// `rules/lexicon/`. What a project says of a word goes before what is built in.
    ///
    /// `None` where there is nothing to add; the built-in files themselves add nothing.
    ///
    /// Findings: a file of another name, one that does not parse.
    pub fn with(
        sources: &Sources,
        files: &[SourceId],
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let is_own =
            |&&file: &&SourceId| DIGESTS.contains(&table::digest(sources.get(file).text()));
        let files: Vec<SourceId> = files.iter().filter(|file| !is_own(file)).copied().collect();
        if files.is_empty() {
            return None;
        }
        let mut lexicon = Draft::read().ok()?;
        for file in files {
            let source = sources.get(file);
            let name = source.name().rsplit('/').next().unwrap_or_default();
            let stem = name.trim_end_matches(".toml");
            if let Err(mistake) = lexicon.add_file(stem, source.text()) {
                let whole = sources.whole(file);
                let range = mistake.range.unwrap_or(0..0);
                let end = range.end.min(whole.end);
                let span = whole.with_range(range.start.min(end)..end);
                let finding = Finding::broken(Check::InvalidLexicon, mistake.message, span)
                    .labelled("this table cannot be used");
                findings.push(match mistake.help {
                    Some(help) => finding.helped(help),
                    None => finding,
                });
            }
        }
        Some(Self::of(lexicon.finished()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::index::LONGEST_FOLDED;

    #[test]
    fn classes_care_for_stops_and_not_for_case() {
        let lexicon = Lexicon::built_in();
        for (word, class, is) in [
            ("in", class::IN, true),
            ("IN", class::IN, true),
            ("i.n", class::IN, false),
            ("I.N.", class::IN, false),
            ("in.", class::IN, false),
            ("P.M.", class::AFTERNOON, true),
            ("p.m", class::AFTERNOON, true),
            ("pm", class::AFTERNOON, true),
            ("p.m", class::BEHIND_HOUR, false),
            ("Approximately", class::BEFORE_COUNT, true),
            ("approximatel", class::BEFORE_COUNT, false),
            ("&", class::LIST_JOINT, true),
            // The sign of the kelvin.
            ("wee\u{212a}", class::WEEK, false),
            ("week", class::WEEK, true),
            ("", class::WEEK, false),
        ] {
            assert_eq!(lexicon.is(word, class), is, "{word} {class:?}");
        }
    }

    #[test]
    fn a_word_that_is_in_classes_only_stays_unknown() {
        let lexicon = Lexicon::built_in();
        for (word, class) in [("fled", class::PAST_VERB), ("commencing", class::WEEK_EDGE)] {
            let known = lexicon.look_up(word);
            assert!(lexicon.is(word, class), "{word}");
            assert_eq!((known.id, known.senses), (WordId::UNKNOWN, 0), "{word}");
        }
    }

    #[test]
    fn the_built_in_lexicon_reads() {
        let lexicon = Lexicon::built_in();
        assert!(lexicon.phrases(lexicon.word("Per")).any(|(rest, _)| rest.len() == 1));
        assert!(lexicon.words.longest <= LONGEST_FOLDED);
        assert!(matches!(lexicon.symbol("US$"), [Sense::Money(_)]));
    }
}
