//! Fingerprints: what a finding or a conflict is known by, wherever in the file it stands.

use std::collections::HashMap;

use crate::finding::{Conflict, Finding, FindingId};
use crate::source::Sources;

/// Findings are numbered where they are the same but for their place.
#[derive(Default)]
pub struct Fingerprints(HashMap<u64, u64>);

impl Fingerprints {
    /// A finding's: its rule, its file, and the words it marks.
    pub fn finding(&mut self, finding: &Finding, sources: &Sources) -> String {
        let mut hash = Fnv::new();
        hash.write(finding.rule.as_str());
        hash.write(sources.get(finding.primary.span.source).name());
        hash.write_words(finding, sources);
        self.numbered(hash)
    }

    /// A conflict's: what relates its figures, and the figures in their files.
    pub(super) fn conflict(&mut self, conflict: &Conflict, sources: &Sources) -> String {
        let mut hash = Fnv::new();
        hash.write("conflict");
        conflict.relations.iter().for_each(|relation| hash.write(relation));
        // Their order is that of the ranking, which hangs on what is looked for elsewhere.
        let mut figures: Vec<(&str, &str)> = conflict
            .figures
            .iter()
            .map(|figure| (sources.get(figure.span.source).name(), &*figure.written))
            .collect();
        figures.sort_unstable();
        for (file, written) in figures {
            hash.write(file);
            hash.write(written);
        }
        self.numbered(hash)
    }

    fn numbered(&mut self, mut hash: Fnv) -> String {
        let count = self.0.entry(hash.0).or_insert(0);
        *count += 1;
        if 1 < *count {
            hash.write(&count.to_string());
        }
        format!("{:016x}", hash.0)
    }
}

/// What a finding is known by in a baseline: its rule and the words that it marks, the same wherever they
/// stand and however the rule words it. What a check says counts too: a lower coverage is another finding.
pub fn fingerprint(finding: &Finding, sources: &Sources) -> String {
    let mut hash = Fnv::new();
    hash.write(finding.rule.as_str());
    if matches!(finding.rule, FindingId::Check(_)) {
        hash.write(&finding.message);
    }
    hash.write_words(finding, sources);
    format!("{CURRENT}{:016x}", hash.0)
}

/// What begins a fingerprint that does not hang on the message.
const CURRENT: &str = "2:";

/// Whether a fingerprint is one of those that the message was part of, as they were written up to version 0.1.
pub fn hangs_on_message(fingerprint: &str) -> bool {
    !fingerprint.starts_with(CURRENT)
}

/// What a finding was known by when it was worded so.
pub fn fingerprint_worded(finding: &Finding, message: &str, sources: &Sources) -> String {
    let mut hash = Fnv::new();
    hash.write(finding.rule.as_str());
    hash.write(message);
    hash.write_words(finding, sources);
    format!("{:016x}", hash.0)
}

/// What some texts together are known by.
pub(super) fn fingerprint_of<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut hash = Fnv::new();
    texts.for_each(|text| hash.write(text));
    format!("{:016x}", hash.0)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write_words(&mut self, finding: &Finding, sources: &Sources) {
        for place in finding.places() {
            self.write(sources.slice(place));
        }
    }

    fn write(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
