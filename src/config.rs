//! `crossfoot.toml`: what to check and how, where the command line does not say.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::finding::Finding;
use crate::shape::{Document, Fields, Holds, Key, Shape};
use crate::source::{SourceId, Sources, Span};

/// The name of the file.
pub const FILE_NAME: &str = "crossfoot.toml";

/// A configuration file.
pub static CONFIG: Shape = Shape {
    what: "the configuration",
    keys: &[
        Key::optional("deny-warnings", Holds::Flag, "whether warnings fail the run too"),
        Key::optional("ignore", Holds::Texts, "rules not to report"),
        Key::optional("paths", Holds::Texts, "what to check where no path is given"),
        Key::optional(
            "published",
            Holds::Date,
            "the day of publication, where a claims file does not state it",
        ),
        Key::optional("rules", Holds::Texts, "folders with rule files of your own"),
        Key::optional("select", Holds::Texts, "the only rules to report"),
    ],
    others: None,
};

/// What a configuration file says. Paths are relative to its folder.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder the file lies in.
    pub folder: PathBuf,
    /// What to check where no path is given.
    pub paths: Vec<PathBuf>,
    /// Folders with rule files.
    pub rules: Vec<(PathBuf, Span)>,
    /// The day of publication, where a claims file does not state it.
    pub published: Option<Date>,
    /// The only rules to report, and where they are named.
    pub select: Vec<(String, Span)>,
    /// Rules not to report, and where they are named.
    pub ignore: Vec<(String, Span)>,
    /// Whether warnings fail the run.
    pub deny_warnings: bool,
}

/// Reads a configuration; every mistake is a finding.
pub fn read(
    sources: &Sources,
    id: SourceId,
    folder: &Path,
    findings: &mut Vec<Finding>,
) -> Option<Config> {
    let document = Document::parse(sources, id, findings)?;
    let root = document.root(&CONFIG, findings);
    let spanned = |key: &str| {
        root.texts(key)
            .into_iter()
            .map(|text| (text.text.to_owned(), text.span))
            .collect::<Vec<_>>()
    };
    let below = |path: &str| folder.join(path);
    Some(Config {
        folder: folder.to_owned(),
        paths: spanned("paths").iter().map(|(path, _)| below(path)).collect(),
        rules: spanned("rules").into_iter().map(|(path, span)| (below(&path), span)).collect(),
        published: published(&root, findings),
        select: spanned("select"),
        ignore: spanned("ignore"),
        deny_warnings: root.flag("deny-warnings").unwrap_or(false),
    })
}

fn published(root: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Date> {
    let text = root.scalar("published")?;
    let day = text.text.parse::<Date>().ok();
    if day.is_none() {
        findings.push(
            Finding::broken("invalid-date", "`published` is to be a day: 2025-08-07", text.span)
                .labelled("not a day of the calendar"),
        );
    }
    day
}
