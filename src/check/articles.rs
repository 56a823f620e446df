//! Where the articles come from that claims files name.

use std::fmt;

use crate::source::SourceId;

/// Finds the articles that claims files name: in a folder, in the tabs of an editor, in a request.
///
/// A closure will do: `|claims: SourceId, name: &str| …`.
pub trait Articles {
    /// The article that a claims file calls so.
    ///
    /// # Errors
    /// Why it cannot be read; it becomes a finding at the name.
    fn find(&mut self, claims: SourceId, name: &str) -> Result<Article, Unread>;
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The name to report it under; its ending says how it is written.
    pub name: String,
    /// The whole of its text.
    pub text: String,
}

/// No articles: of claims files that name none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoArticles;

impl Articles for NoArticles {
    fn find(&mut self, _: SourceId, name: &str) -> Result<Article, Unread> {
        Err(Unread::missing(name))
    }
}

impl<F: FnMut(SourceId, &str) -> Result<Article, Unread>> Articles for F {
    fn find(&mut self, claims: SourceId, name: &str) -> Result<Article, Unread> {
        self(claims, name)
    }
}

/// Why the article that a claims file names is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// What is the matter.
    pub message: String,
    /// The same in a few words, for the place where it is named.
    pub label: String,
    /// What can be done.
    pub help: String,
}

impl Unread {
    /// That the article of this name is not there, or no text.
    pub fn missing(name: &str) -> Self {
        Self {
            message: format!("the article {name} cannot be read"),
            label: "no such file, or no text".to_owned(),
            help: "the path is relative to the claims file".to_owned(),
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for Unread {}
