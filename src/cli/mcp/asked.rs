//! What the tools are asked, with its schema.

use schemars::JsonSchema;
use serde::Deserialize;

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    #[default]
    Markdown,
    Plain,
    Html,
}

impl Format {
    /// The name of a text that is written so.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Markdown => "text.md",
            Self::Plain => "text.txt",
            Self::Html => "text.html",
        }
    }
}

/// A text, for `check_text` and `extract_figures`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TextAsked {
    /// The text, at most 1 MB.
    pub(super) text: String,
    /// How it is written.
    #[serde(default)]
    pub(super) format: Format,
    /// The day of publication, as 2025-08-07; it settles "last year" and "on Tuesday".
    #[serde(default)]
    pub(super) published: Option<String>,
}

/// A line of a text.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LineAsked {
    /// The text, at most 1 MB.
    pub(super) text: String,
    /// The line, from 1.
    pub(super) line: u32,
    /// How it is written.
    #[serde(default)]
    pub(super) format: Format,
    /// The day of publication, as 2025-08-07.
    #[serde(default)]
    pub(super) published: Option<String>,
}

/// Claims with their article: as texts, or as a file of the folder that the server was given.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimsAsked {
    /// A claims file, as TOML; at most 1 MB.
    #[serde(default)]
    pub(super) claims: Option<String>,
    /// The article that the claims are of; at most 1 MB.
    #[serde(default)]
    pub(super) article: Option<String>,
    /// How the article is written.
    #[serde(default)]
    pub(super) format: Format,
    /// Instead of both: the path of a claims file in the folder, which names its article.
    #[serde(default)]
    pub(super) path: Option<String>,
}
