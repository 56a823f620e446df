//! What a text is to Crossfoot.

use std::path::Path;

use crate::cli::lsp::texts::Text;
use crate::config::FILE_NAME;
use crate::document::Format;
use crate::load::{is_toml, names_claims};
use crate::rule::MEASURED_FILE;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Prose.
    Article,
    /// Claims, with or without their article.
    Claims,
    /// A rule.
    Rule,
    /// `crossfoot.toml`.
    Config,
}

impl Kind {
    /// By its name, and of TOML by where it lies and what it says; `None` of what is not read.
    pub(super) fn of(text: &Text) -> Option<Self> {
        let path = &*text.path;
        if !is_toml(path) {
            let format = Format::of(&path.to_string_lossy())?;
            return format.is_text().then_some(Self::Article);
        }
        let below = |name: &str| path.parent().is_some_and(|parent| is_below(parent, name));
        let is_table = path.file_name().is_some_and(|name| name == MEASURED_FILE);
        let has_table = |name: &str| text.content.lines().any(|line| line.trim_end() == name);
        Some(match () {
            () if path.file_name().is_some_and(|name| name == FILE_NAME) => Self::Config,
            () if names_claims(&text.content) => Self::Claims,
            () if has_table("[roles]") && has_table("[holds]") => Self::Rule,
            () if below("claims") => Self::Claims,
            () if below("rules") && !below("lexicon") && !is_table => Self::Rule,
            () => return None,
        })
    }
}

/// Whether a folder, or one above it, has a name.
fn is_below(folder: &Path, name: &str) -> bool {
    folder.iter().any(|part| part == name)
}
