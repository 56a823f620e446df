//! What goes wrong before anything can be checked.

use std::fmt;

use crate::finding::Finding;
use crate::source::Sources;

/// Why an article or a rule cannot be used. What is wrong *in* a text that is checked is a finding of the
/// report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// What is the matter.
    pub message: String,
    /// The same in a few words, for the place where it is named.
    pub label: String,
    /// What can be done; empty where nobody knows.
    pub help: String,
}

impl Error {
    /// An error with its message, its label and what can be done.
    pub fn new(
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { message: message.into(), label: label.into(), help: help.into() }
    }

    /// That the article of this name is not there, or no text.
    pub fn missing(name: &str) -> Self {
        Self::new(
            format!("the article {name} cannot be read"),
            "no such file, or no text",
            "the path is relative to the claims file",
        )
    }

    /// What a finding says, with its place.
    pub(super) fn of(finding: &Finding, sources: &Sources) -> Self {
        let span = finding.primary.span;
        let source = sources.get(span.source);
        let place = source.place(span.start);
        let message =
            format!("{}:{}:{}: {}", source.name(), place.line, place.column, finding.message);
        Self::new(message, &*finding.primary.text, finding.help.as_deref().unwrap_or_default())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.help {
            "" => out.write_str(&self.message),
            help => write!(out, "{}; {help}", self.message),
        }
    }
}

impl std::error::Error for Error {}
