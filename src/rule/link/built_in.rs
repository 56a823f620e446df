//! The links and frames of the built-in rules, as the build script compiled them. They run where they lie.

#![allow(
    clippy::enum_glob_use,
    clippy::unicode_not_nfc,
    reason = "what is generated names variants alone"
)]

use std::borrow::Cow;
use std::collections::HashMap;

use crate::lexicon::{Filter, ShortWords, TextTable};
use crate::rule::link::cue::{Cue, Phrase};
use crate::rule::link::item::Item;
use crate::rule::link::links::{Compiled, CompiledFrame, CompiledSlots, Links};
use crate::rule::link::pattern::{Aspect::*, Slot};
use crate::rule::link::program::{First, Op::*, Program, Vocabulary};
use crate::rule::link::{Cues, Scope, Sorts, Triggers};

include!(concat!(env!("OUT_DIR"), "/links.rs"));

impl Links {
    /// Those of the built-in rules over the words that are built in.
    pub fn built_in() -> Self {
        Self {
            all: Cow::Borrowed(&ALL),
            frames: Cow::Borrowed(&FRAMES),
            slots: Cow::Borrowed(&SLOTS),
            cues: Cues {
                phrases: Cow::Borrowed(&CUES),
                starts: Cow::Borrowed(&CUE_STARTS),
                levels: Cow::Borrowed(&LEVELS),
                ends: Cow::Borrowed(&ENDS),
            },
            words: Vocabulary {
                numbers: WORDS.clone(),
                longest: LONGEST,
                short: ShortWords { places: Cow::Borrowed(&SHORT), count: SHORT_COUNT },
                filter: Filter(Cow::Borrowed(&FILTER)),
                marks: Cow::Borrowed(&MARKS),
                classes: HashMap::new(),
            },
            about_one: ABOUT_ONE.clone(),
            within: WITHIN.clone(),
            across: ACROSS.clone(),
            slots_within: SLOTS_WITHIN.clone(),
            slots_across: SLOTS_ACROSS.clone(),
        }
    }
}
