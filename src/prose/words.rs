//! Words of prose compared with the phrases of a class of the lexicon.

use crate::lexicon::class::Class;
use crate::lexicon::{Lexicon, PhraseClass, bit, fold, phrases};

/// Whether folded words are, begin with, end with or hold a phrase of a class.
#[derive(Clone, Copy)]
pub(super) enum Where {
    Whole,
    Start,
    End,
    Anywhere,
}

/// Whether a phrase of a class stands in folded words.
pub(super) fn has(lexicon: &Lexicon, class: PhraseClass, words: &str, place: Where) -> bool {
    lexicon.phrases_of(class).iter().any(|phrase| match place {
        Where::Whole => words == phrase,
        Where::Start => words.starts_with(phrase),
        Where::End => words.ends_with(phrase),
        Where::Anywhere => words.contains(phrase.as_str()),
    })
}

/// Whether a word is one of those that hold a sentence together.
pub(super) fn is_function(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.look_up(word).senses & bit::FUNCTION != 0
}

/// Whether a word in small letters is of a class.
pub(super) fn is_small(lexicon: &Lexicon, word: &str, class: Class) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase()) && lexicon.is(word, class)
}

/// A word in the form in which two of them are compared: small letters, without the s of a plural.
pub(super) fn stem(word: &str) -> String {
    let mut folded = String::new();
    fold(word, &mut folded);
    // "Flies", but not "ties".
    if let Some(stem) = folded.strip_suffix("ies").filter(|stem| 1 < stem.len()) {
        return format!("{stem}y");
    }
    let plain = folded.strip_suffix('s').filter(|stem| 1 < stem.len() && !stem.ends_with('s'));
    plain.map_or(folded.clone(), ToOwned::to_owned)
}

/// Whether two nouns are one, in the singular or the plural; of several words the last one counts.
pub(super) fn same_noun(a: &str, b: &str) -> bool {
    last_stem(a) == last_stem(b)
}

/// The stem of the last word of a noun.
fn last_stem(noun: &str) -> String {
    stem(noun.rsplit([' ', '-']).next().unwrap_or(noun))
}

/// Whether two nouns count the same things, though they may be other words: "residents" are "people".
pub(super) fn count_alike(lexicon: &Lexicon, a: &str, b: &str) -> bool {
    let (a, b) = (last_stem(a), last_stem(b));
    if a == b {
        return true;
    }
    let groups = lexicon.phrases_of(phrases::COUNTED_ALIKE);
    let in_group = |group: &str, noun: &str| group.split(' ').any(|own| stem(own) == noun);
    let is_human =
        |noun: &str| lexicon.phrases_of(phrases::HUMAN).iter().any(|own| stem(own.trim()) == noun);
    // People, whoever they are.
    let people = groups.iter().find(|group| in_group(group, "people"));
    let is_anyone = |noun: &str| people.is_some_and(|group| in_group(group, noun));
    groups.iter().any(|group| in_group(group, &a) && in_group(group, &b))
        || is_anyone(&a) && is_human(&b)
        || is_human(&a) && is_anyone(&b)
}

/// The digits of a text in their order of size: those of "25" and of "52" are the same.
pub(super) fn sorted_digits(text: &str) -> Vec<u8> {
    let mut digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

#[cfg(test)]
mod tests {
    use super::same_noun;

    #[test]
    fn singular_and_plural() {
        for (one, several) in
            [("job", "Jobs"), ("city", "cities"), ("tie", "ties"), ("fly", "flies"), ("MP", "MPs")]
        {
            assert!(same_noun(one, several), "{one} {several}");
        }
        assert!(same_noun("bus drivers", "driver"));
        assert!(!same_noun("cities", "citizens"));
    }
}
