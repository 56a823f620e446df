//! `crossfoot.toml`: what to check and how, where the command line does not say.

mod settings;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

pub use settings::{Level, Named, Settings, home_currency};

use crate::checks::Check;
use crate::config::settings::{day, whole};
use crate::finding::Finding;
use crate::home::{DateOrder, Imperial};
use crate::shape::{Document, Fields, Holds, Key, Shape, quoted};
use crate::source::{SourceId, Sources, Span};
use crate::suppress::Suppression;

/// The name of the file.
pub const FILE_NAME: &str = "crossfoot.toml";

/// The name that what `--config` says is reported under.
pub const COMMAND_LINE: &str = "--config";

const BUDGET: Key = Key::optional(
    "budget",
    Holds::Number,
    "how many steps figures that hang together may take to be decided together",
);
const CURRENCY: Key = Key::optional(
    "currency",
    Holds::Text,
    "the currency that `$`, \"dollar\" and other signs and words of money stand for that several share: AUD",
);
const DATE_ORDER: Key = Key::optional(
    "date-order",
    Holds::Word(&DateOrder::WORDS),
    "which comes first in a date in digits: day-first or month-first",
);
const DENY_WARNINGS: Key =
    Key::optional("deny-warnings", Holds::Flag, "whether warnings fail the run too");
const IGNORE: Key = Key::optional("ignore", Holds::Texts, "rules not to report");
const IMPERIAL: Key = Key::optional(
    "imperial",
    Holds::Word(&Imperial::WORDS),
    "whose gallons, pints and tons are meant: uk or us",
);
const LEVELS: Key = Key::optional(
    "levels",
    Holds::Table(&RULE_LEVELS, false),
    "how much what a rule finds matters, by rule: error, warning, note or off",
);
const MIN_COVERAGE: Key = Key::optional(
    "min-coverage",
    Holds::Number,
    "the least share of an article's figures that claims must cover, of a hundred",
);
const PREVIEW: Key = Key::optional(
    "preview",
    Holds::Flag,
    "whether links and rules speak that are still being tried",
);
const PUBLISHED: Key = Key::optional(
    "published",
    Holds::Date,
    "the day of publication, where neither a claims file nor the article states it",
);
const REQUIRE_SOURCE: Key =
    Key::optional("require-source", Holds::Flag, "whether every claim must have a source");
const SELECT: Key = Key::optional("select", Holds::Texts, "the only rules to report");

/// A configuration file.
pub static CONFIG: Shape = Shape {
    what: "the configuration",
    keys: &[
        Key::optional(
            "annotate-author",
            Holds::Text,
            "who the comments are from that `check --annotate` writes; Crossfoot where left out",
        ),
        Key::optional(
            "baseline",
            Holds::Text,
            "the file with the findings that are known, as `check --write-baseline` writes it",
        ),
        BUDGET,
        Key::optional(
            "claims",
            Holds::Texts,
            "folders where the claims files of articles are looked for; `record` writes to the first",
        ),
        CURRENCY,
        DATE_ORDER,
        DENY_WARNINGS,
        Key::optional(
            "exclude",
            Holds::Texts,
            "what is not read in folders; patterns as in .gitignore, from this file's folder",
        ),
        IGNORE,
        IMPERIAL,
        Key::optional(
            "jobs",
            Holds::Number,
            "how many articles to read at once; as many as there are cores where left out",
        ),
        LEVELS,
        MIN_COVERAGE,
        Key::optional("paths", Holds::Texts, "what to check where no path is given"),
        Key::optional(
            "per-path",
            Holds::Tables(&PER_PATH),
            "settings for some files, one table each; of several that fit, the later goes first",
        ),
        PREVIEW,
        PUBLISHED,
        REQUIRE_SOURCE,
        Key::optional("rules", Holds::Texts, "folders with rule files of your own"),
        SELECT,
        Key::optional(
            "suppress",
            Holds::Tables(&SUPPRESS),
            "findings that stand, one table each; what it names must all be so of a finding",
        ),
    ],
    others: None,
};

static PER_PATH: Shape = Shape {
    what: "a table `[[per-path]]`",
    keys: &[
        Key::required(
            "paths",
            Holds::Texts,
            "the articles or claims files; patterns as in .gitignore, from this file's folder",
        ),
        BUDGET,
        CURRENCY,
        DATE_ORDER,
        DENY_WARNINGS,
        Key::optional("ignore", Holds::Texts, "rules not to report of them, beside the others"),
        IMPERIAL,
        LEVELS,
        MIN_COVERAGE,
        PREVIEW,
        PUBLISHED,
        REQUIRE_SOURCE,
        SELECT,
    ],
    others: None,
};

static RULE_LEVELS: Shape =
    Shape { what: "the levels", keys: &[], others: Some(Holds::Word(&Level::WORDS)) };

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

/// What a configuration says. Paths are below its folder.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder that paths are relative to: the file's, or the working directory.
    pub folder: PathBuf,
    /// The file, where there is one.
    pub file: Option<PathBuf>,
    /// What to check where no path is given, and where it is named.
    pub paths: Vec<(PathBuf, Span)>,
    /// Folders with claims files, and where they are named.
    pub claims: Vec<(PathBuf, Span)>,
    /// Folders with rule files, and where they are named.
    pub rules: Vec<(PathBuf, Span)>,
    /// The file with the findings that are known, and where it is named.
    pub baseline: Option<(PathBuf, Span)>,
    /// Who the comments of annotated documents are from.
    pub author: Option<String>,
    /// How many articles to read at once.
    pub jobs: Option<usize>,
    /// What holds for all files.
    pub settings: Settings,
    /// What holds for some, in the order of the file.
    pub per_path: Vec<PerPath>,
    /// Findings that stand.
    pub suppress: Vec<Suppression>,
    /// What is not read in folders.
    exclude: Patterns,
}

/// Settings for some files.
#[derive(Clone, Debug)]
pub struct PerPath {
    paths: Patterns,
    /// What holds for them.
    pub settings: Settings,
}

impl PerPath {
    /// Whether it is about a file.
    pub fn fits(&self, path: &Path) -> bool {
        self.paths.fit(path)
    }
}

/// Paths as `.gitignore` files have them, relative to a folder.
#[derive(Clone, Debug)]
struct Patterns {
    folder: PathBuf,
    written: Vec<String>,
    matcher: Gitignore,
}

impl Patterns {
    fn none(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), written: Vec::new(), matcher: Gitignore::empty() }
    }

    fn read(fields: &Fields<'_>, key: &str, folder: &Path, findings: &mut Vec<Finding>) -> Self {
        let mut builder = GitignoreBuilder::new(folder);
        let mut written = Vec::new();
        for text in fields.texts(key) {
            match builder.add_line(None, text.text) {
                Ok(_) => written.push(text.text.to_owned()),
                Err(error) => {
                    let message = format!("this is no pattern of paths: {error}");
                    let finding = Finding::broken(Check::InvalidPath, message, text.span);
                    findings.push(finding.labelled("patterns are as in .gitignore"));
                }
            }
        }
        let matcher = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Self { folder: folder.to_owned(), written, matcher }
    }

    fn fit(&self, path: &Path) -> bool {
        let path = path.strip_prefix(&self.folder).unwrap_or(path);
        !self.written.is_empty()
            && path.is_relative()
            && self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }
}

impl Config {
    /// What holds where there is no configuration.
    pub fn none(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            file: None,
            paths: Vec::new(),
            claims: Vec::new(),
            rules: Vec::new(),
            baseline: None,
            author: None,
            jobs: None,
            settings: Settings::default(),
            per_path: Vec::new(),
            suppress: Vec::new(),
            exclude: Patterns::none(folder),
        }
    }

    /// Whether a file is left out where it is found in a folder. The path is absolute.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.fit(path)
    }

    /// The numbers of the tables that are about one of some files, whose paths are absolute.
    pub fn fitting(&self, paths: &[&Path]) -> Vec<usize> {
        let fits = |table: &PerPath| paths.iter().any(|path| table.fits(path));
        (0..self.per_path.len()).filter(|&at| fits(&self.per_path[at])).collect()
    }

    /// What holds for files that some tables are about.
    pub fn settings_with(&self, tables: &[usize]) -> Settings {
        let mut settings = self.settings.clone();
        for &at in tables {
            settings = self.per_path[at].settings.clone().over(settings);
        }
        settings
    }

    /// The rules that it names, and where.
    pub fn named_rules(&self) -> impl Iterator<Item = &Named> {
        let tables = self.per_path.iter().map(|table| &table.settings);
        let settings = std::iter::once(&self.settings).chain(tables);
        let suppressed = self.suppress.iter().filter_map(|entry| entry.rule.as_ref());
        settings.flat_map(Settings::named_rules).chain(suppressed)
    }

    /// The keys that differ from what holds without it, as TOML.
    pub fn written(&self) -> String {
        let mut out = String::new();
        let mut list = |key: &str, all: Vec<String>| {
            if !all.is_empty() {
                let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
                let _ = writeln!(out, "{key} = [{}]", all.join(", "));
            }
        };
        let shown = |path: &PathBuf| {
            let path = path.strip_prefix(&self.folder).unwrap_or(path);
            let text = path.to_string_lossy().replace('\\', "/");
            if text.is_empty() { ".".to_owned() } else { text }
        };
        list("paths", self.paths.iter().map(|(path, _)| shown(path)).collect());
        list("claims", self.claims.iter().map(|(path, _)| shown(path)).collect());
        list("rules", self.rules.iter().map(|(path, _)| shown(path)).collect());
        list("exclude", self.exclude.written.clone());
        if let Some((baseline, _)) = &self.baseline {
            let _ = writeln!(out, "baseline = {}", quoted(&shown(baseline)));
        }
        if let Some(author) = &self.author {
            let _ = writeln!(out, "annotate-author = {}", quoted(author));
        }
        if let Some(jobs) = self.jobs {
            let _ = writeln!(out, "jobs = {jobs}");
        }
        out
    }
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
    let below = |path: &str| if path == "-" { PathBuf::from(path) } else { folder.join(path) };
    let paths = |key: &str| -> Vec<(PathBuf, Span)> {
        root.texts(key).iter().map(|path| (below(path.text), path.span)).collect()
    };
    Some(Config {
        folder: folder.to_owned(),
        file: None,
        paths: paths("paths"),
        claims: paths("claims"),
        rules: paths("rules"),
        baseline: root.text("baseline").map(|path| (below(path.text), path.span)),
        author: root.text("annotate-author").map(|text| text.text.to_owned()),
        jobs: whole(&root, "jobs", 1, findings).and_then(|jobs| usize::try_from(jobs).ok()),
        settings: Settings::read(&root, findings),
        per_path: root
            .tables("per-path", findings)
            .iter()
            .map(|table| per_path(table, folder, findings))
            .collect(),
        suppress: root
            .tables("suppress", findings)
            .iter()
            .filter_map(|fields| suppression(fields, findings))
            .collect(),
        exclude: Patterns::read(&root, "exclude", folder, findings),
    })
}

impl Config {
    /// Takes over what another says, which goes first.
    pub fn take(&mut self, other: Self) {
        let Self {
            folder: _,
            file: _,
            paths,
            claims,
            rules,
            baseline,
            author,
            jobs,
            settings,
            per_path,
            suppress,
            exclude,
        } = other;
        if !paths.is_empty() {
            self.paths = paths;
        }
        let take = |own: &mut Vec<(PathBuf, Span)>, other: Vec<(PathBuf, Span)>| {
            if !other.is_empty() {
                *own = other;
            }
        };
        take(&mut self.claims, claims);
        take(&mut self.rules, rules);
        self.baseline = baseline.or(self.baseline.take());
        self.author = author.or(self.author.take());
        self.jobs = jobs.or(self.jobs);
        // What is said for all files there goes before what is said for some here.
        for table in &mut self.per_path {
            table.settings = settings.clone().over(std::mem::take(&mut table.settings));
        }
        self.settings = settings.over(std::mem::take(&mut self.settings));
        self.per_path.extend(per_path);
        self.suppress.extend(suppress);
        if !exclude.written.is_empty() {
            self.exclude = exclude;
        }
    }
}

fn per_path(fields: &Fields<'_>, folder: &Path, findings: &mut Vec<Finding>) -> PerPath {
    if let Some(at) = fields.value_span("paths")
        && fields.texts("paths").is_empty()
    {
        let message = "settings for some files name no file";
        findings.push(Finding::broken(Check::MissingKey, message, at).labelled("which files?"));
    }
    PerPath {
        paths: Patterns::read(fields, "paths", folder, findings),
        settings: Settings::read(fields, findings),
    }
}

fn suppression(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Suppression> {
    let spanned = |key: &str| fields.text(key).map(|text| (text.text.to_owned(), text.span));
    if !["rule", "claim", "file"].iter().any(|key| fields.has(key)) {
        findings.push(
            Finding::broken(
                Check::MissingKey,
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
