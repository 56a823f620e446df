//! Where the slots of a frame stand.

/// Where the slots of a frame stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// A clause: no semicolon and no word that turns stands between them.
    #[default]
    Clause,
    /// A sentence.
    Sentence,
    /// A sentence and the next.
    TwoSentences,
}

impl Scope {
    /// Each scope with its word in rule files.
    pub const ALL: [(&'static str, Self); 3] = [
        ("clause", Self::Clause),
        ("sentence", Self::Sentence),
        ("two sentences", Self::TwoSentences),
    ];
}
