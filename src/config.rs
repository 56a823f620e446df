//! `crossfoot.toml`: what to check and how, where the command line does not say.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::finding::Finding;
use crate::shape::{Document, Fields, Holds, Key, Shape};
use crate::source::{SourceId, Sources, Span};
use crate::suppress::Suppression;

/// The name of the file.
pub const FILE_NAME: &str = "crossfoot.toml";

/// A configuration file.
pub static CONFIG: Shape = Shape {
    what: "the configuration",
    keys: &[
        Key::optional("deny-warnings", Holds::Flag, "whether warnings fail the run too"),
        Key::optional("ignore", Holds::Texts, "rules not to report"),
        Key::optional(
            "min-coverage",
            Holds::Number,
            "the least share of an article's figures that claims must cover, of a hundred",
        ),
        Key::optional("paths", Holds::Texts, "what to check where no path is given"),
        Key::optional(
            "published",
            Holds::Date,
            "the day of publication, where a claims file does not state it",
        ),
        Key::optional("require-source", Holds::Flag, "whether every claim must have a source"),
        Key::optional("rules", Holds::Texts, "folders with rule files of your own"),
        Key::optional("select", Holds::Texts, "the only rules to report"),
        Key::optional(
            "suppress",
            Holds::Tables(&SUPPRESS),
            "findings that stand, one table each; what it names must all be so of a finding",
        ),
    ],
    others: None,
};

static SUPPRESS: Shape = Shape {
    what: "a suppression",
    keys: &[
        Key::optional("rule", Holds::Text, "the rule that finds them"),
        Key::optional("claim", Holds::Text, "the id of a claim that takes part in them"),
        Key::optional(
            "file",
            Holds::Text,
            "the article or claims file they are in, or the last parts of its path",
        ),
        Key::required("reason", Holds::Text, "why they stand"),
        Key::optional("until", Holds::Date, "the last day on which they are silenced"),
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
    /// Findings that stand.
    pub suppress: Vec<Suppression>,
    /// Whether warnings fail the run.
    pub deny_warnings: bool,
    /// The least share of an article's figures that claims must cover, of a hundred.
    pub min_coverage: Option<u8>,
    /// Whether every claim must have a source.
    pub require_source: bool,
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
        published: day(&root, "published", findings),
        select: spanned("select"),
        ignore: spanned("ignore"),
        suppress: root
            .tables("suppress", findings)
            .iter()
            .filter_map(|fields| suppression(fields, findings))
            .collect(),
        deny_warnings: root.flag("deny-warnings").unwrap_or(false),
        min_coverage: percent(&root, "min-coverage", findings),
        require_source: root.flag("require-source").unwrap_or(false),
    })
}

fn suppression(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Suppression> {
    let spanned = |key: &str| fields.text(key).map(|text| (text.text.to_owned(), text.span));
    if !["rule", "claim", "file"].iter().any(|key| fields.has(key)) {
        findings.push(
            Finding::broken(
                "missing-key",
                "a suppression does not say what it silences",
                fields.span,
            )
            .labelled("silences what?")
            .helped("a `rule`, a `claim`, a `file`, or several of them"),
        );
        return None;
    }
    let until = day(fields, "until", findings);
    // What cannot be read must not silence more than was meant.
    let lost = |key: &str, read: bool| fields.has(key) && !read;
    let (rule, claim, file) = (spanned("rule"), spanned("claim"), spanned("file"));
    if lost("rule", rule.is_some())
        || lost("claim", claim.is_some())
        || lost("file", file.is_some())
        || lost("until", until.is_some())
    {
        return None;
    }
    let (reason, _) = spanned("reason")?;
    let file = file.map(|(file, _)| file);
    Some(Suppression { span: fields.span, rule, claim, file, reason, until })
}

fn percent(fields: &Fields<'_>, key: &str, findings: &mut Vec<Finding>) -> Option<u8> {
    let text = fields.scalar(key)?;
    let percent = text.text.parse::<u8>().ok().filter(|&percent| percent <= 100);
    if percent.is_none() {
        let message = format!("`{key}` is to be a whole number from 0 to 100");
        findings.push(
            Finding::broken("wrong-type", message, text.span).labelled("of a hundred figures"),
        );
    }
    percent
}

fn day(fields: &Fields<'_>, key: &str, findings: &mut Vec<Finding>) -> Option<Date> {
    let text = fields.scalar(key)?;
    let day = text.text.parse::<Date>().ok();
    if day.is_none() {
        let message = format!("`{key}` is to be a day: 2025-08-07");
        findings.push(
            Finding::broken("invalid-date", message, text.span)
                .labelled("not a day of the calendar"),
        );
    }
    day
}
