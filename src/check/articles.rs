//! Where the articles come from that claims files name.

use crate::check::Error;
use crate::source::{Content, SourceId};

/// Finds the articles that claims files name: in a folder, in the tabs of an editor, in a request.
///
/// A closure will do:
///
/// ```
/// use crossfoot::{Article, Checker, Error, Inputs, Rules, SourceId, Sources};
///
/// let mut texts = Sources::new();
/// let claims = texts.add("claims/draft.toml", r#"
///     article = "draft.md"
///     [[claim]]
///     id = "fee"
///     value = "$12"
///     quote = "costs $12"
/// "#);
/// let mut desk = |_: SourceId, name: &str| match name {
///     "draft.md" => Ok(Article::new(name, "Entry costs $14 now.")),
///     _ => Err(Error::missing(name)),
/// };
/// let inputs = Inputs { claims: &[claims], ..Inputs::default() };
/// let report = Checker::new(&Rules::built_in()).check(&texts, inputs, &mut desk);
/// assert_eq!(report.findings[0].rule.as_str(), "changed-figure");
/// ```
pub trait Articles {
    /// The article that a claims file calls so.
    ///
    /// # Errors
    /// Why it cannot be read; it becomes a finding at the name.
    fn find(&mut self, claims: SourceId, name: &str) -> Result<Article, Error>;
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Article {
    /// The name to report it under; its ending says how it is written.
    pub name: String,
    /// The whole of its text, with where it stood if the file is no text.
    pub text: Content,
}

impl Article {
    /// An article with the name to report it under, whose ending says how it is written.
    pub fn new(name: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// No articles: of claims files that name none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoArticles;

impl Articles for NoArticles {
    fn find(&mut self, _: SourceId, name: &str) -> Result<Article, Error> {
        Err(Error::missing(name))
    }
}

impl<F: FnMut(SourceId, &str) -> Result<Article, Error>> Articles for F {
    fn find(&mut self, claims: SourceId, name: &str) -> Result<Article, Error> {
        self(claims, name)
    }
}
