//! A figure: a value that is written somewhere, whether an article's prose states it or a claim.

use crate::source::Span;
use crate::value::{Days, Value};

/// A value and where it is written.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it states.
    pub value: Value,
    /// The value as it was written.
    pub written: String,
    /// Whether it is written without the minus sign of its value, which a word has: "fell by 5 %".
    pub is_fall: bool,
    /// Whether it is computed from what is written, and no figure that could be put right.
    pub is_computed: bool,
    /// Where it is written: in an article, or in a claims file.
    pub span: Span,
    /// When it held, as written and as days.
    pub when: Option<(String, Days)>,
}

impl Figure {
    /// A figure of which no more is known than its value, as written at some place.
    pub fn new(value: Value, written: String, span: Span) -> Self {
        Self { value, written, is_fall: false, is_computed: false, span, when: None }
    }
}
