//! Any bytes as an article of any day: every mention stands where words are and states something.
#![no_main]

#[path = "../../tests/it/mentions/invariants.rs"]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| invariants::assert_sound_input(input));
