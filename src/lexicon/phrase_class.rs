//! Classes of phrases: what links, tables and cues name by what it has in common.

/// A class of phrases of the built-in lexicon, by its number.
#[derive(Clone, Copy, Debug)]
pub struct PhraseClass(pub(super) usize);

/// The classes of `rules/lexicon/phrases.toml` under their names.
#[allow(dead_code, reason = "most are named by rule files only")]
pub mod phrases {
    use super::PhraseClass;

    include!(concat!(env!("OUT_DIR"), "/phrase_classes.rs"));
}

/// The number of a class of phrases.
pub(super) fn class_number(classes: &[(String, Vec<String>)], name: &str) -> Option<usize> {
    let built_in = &classes[..phrases::COUNT.min(classes.len())];
    let known = built_in.binary_search_by(|(class, _)| class.as_str().cmp(name));
    known.ok().or_else(|| classes.iter().position(|(class, _)| class == name))
}
