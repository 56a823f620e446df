//! What may differ from file to file.

use std::fmt::{self, Write as _};

use jiff::civil::Date;

use crate::checks::Check;
use crate::finding::{Finding, Severity};
use crate::home::{DateOrder, Home, Imperial, Origin};
use crate::lexicon::Lexicon;
use crate::shape::{Fields, quoted};
use crate::source::Span;
use crate::value::Currency;

/// A name, and where it stands.
pub type Named = (String, Span);

/// How much what a rule finds matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not reported.
    Off,
    /// It is reported at this level.
    On(Severity),
}

impl Level {
    /// The words that stand for levels.
    pub const WORDS: [&'static str; 4] = ["error", "warning", "note", "off"];

    /// The level that a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Self::Off),
            word => Severity::parse(word).map(Self::On),
        }
    }

    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On(severity) => severity.as_str(),
        }
    }
}

/// Why an option is no level of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelError(String);

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LevelError {}

impl Level {
    /// Reads `RULE=LEVEL`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of_rule(text: &str) -> Result<(String, Self), LevelError> {
        let (rule, word) = text
            .split_once('=')
            .ok_or_else(|| LevelError("it is to be RULE=LEVEL: wrong-rate=warning".to_owned()))?;
        let level = Self::parse(word).ok_or_else(|| {
            LevelError(format!("`{word}` is no level; there are {}", Self::WORDS.join(", ")))
        })?;
        Ok((rule.to_owned(), level))
    }
}

/// What a configuration says of files, or of some of them; `None` is what it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The day of publication, where neither a claims file nor the article states it.
    pub published: Option<Date>,
    /// Where the articles are at home.
    pub home: Home,
    /// The only rules to report.
    pub select: Option<Vec<Named>>,
    /// Rules not to report.
    pub ignore: Vec<Named>,
    /// The levels of rules; of several for one rule, the last counts.
    pub levels: Vec<(Named, Level)>,
    /// Whether warnings fail the run.
    pub deny_warnings: Option<bool>,
    /// Whether links run that are still being tried.
    pub preview: Option<bool>,
    /// The least share of an article's figures that claims must cover, of a hundred.
    pub min_coverage: Option<u8>,
    /// Whether every claim must have a source.
    pub require_source: Option<bool>,
    /// Steps that figures which hang together may take to be decided together.
    pub budget: Option<u64>,
}

impl Settings {
    /// Reads the keys of a table that are settings.
    pub(super) fn read(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Self {
        let named = |key: &str| {
            let texts = fields.texts(key).into_iter();
            texts.map(|text| (text.text.to_owned(), text.span)).collect::<Vec<_>>()
        };
        let levels = fields.table("levels", findings).map_or_else(Vec::new, |table| {
            let level = |(rule, span): (&str, Span)| {
                let level = Level::parse(table.text(rule)?.text)?;
                Some(((rule.to_owned(), span), level))
            };
            table.other_keys().into_iter().filter_map(level).collect()
        });
        Self {
            published: day(fields, "published", findings),
            home: home(fields, findings),
            select: fields.has("select").then(|| named("select")),
            ignore: named("ignore"),
            levels,
            deny_warnings: fields.flag("deny-warnings"),
            preview: fields.flag("preview"),
            min_coverage: percent(fields, "min-coverage", findings),
            require_source: fields.flag("require-source"),
            budget: whole(fields, "budget", 0, findings),
        }
    }

    /// These settings, and where they say nothing, those. Rules that are not reported add up.
    #[must_use]
    pub fn over(self, mut under: Self) -> Self {
        under.ignore.extend(self.ignore);
        under.levels.extend(self.levels);
        Self {
            published: self.published.or(under.published),
            home: self.home.over(under.home),
            select: self.select.or(under.select),
            ignore: under.ignore,
            levels: under.levels,
            deny_warnings: self.deny_warnings.or(under.deny_warnings),
            preview: self.preview.or(under.preview),
            min_coverage: self.min_coverage.or(under.min_coverage),
            require_source: self.require_source.or(under.require_source),
            budget: self.budget.or(under.budget),
        }
    }

    /// These settings with what the command line says instead: the one place where it goes first.
    #[must_use]
    pub fn replaced_by(mut self, command_line: &Self) -> Self {
        if command_line.select.is_some() {
            self.select.clone_from(&command_line.select);
        }
        if !command_line.ignore.is_empty() {
            self.ignore.clone_from(&command_line.ignore);
        }
        for ((rule, at), level) in &command_line.levels {
            // What is given a level there was perhaps ignored in the configuration.
            if !command_line.ignore.iter().any(|(ignored, _)| ignored == rule) {
                self.ignore.retain(|(ignored, _)| ignored != rule);
            }
            self.levels.push(((rule.clone(), *at), *level));
        }
        Self {
            published: command_line.published.or(self.published),
            home: command_line.home.over(self.home),
            deny_warnings: command_line.deny_warnings.or(self.deny_warnings),
            preview: command_line.preview.or(self.preview),
            min_coverage: command_line.min_coverage.or(self.min_coverage),
            require_source: command_line.require_source.or(self.require_source),
            budget: command_line.budget.or(self.budget),
            ..self
        }
    }

    /// The rules that they name, and where.
    pub fn named_rules(&self) -> impl Iterator<Item = &Named> {
        let levels = self.levels.iter().map(|(rule, _)| rule);
        self.select.iter().flatten().chain(&self.ignore).chain(levels)
    }

    /// The settings as TOML.
    pub fn written(&self) -> String {
        let mut out = String::new();
        let list = |all: &[Named]| {
            let all: Vec<String> = all.iter().map(|(name, _)| quoted(name)).collect();
            format!("[{}]", all.join(", "))
        };
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {value}");
            }
        };
        line("published", self.published.map(|day| day.to_string()));
        for (key, value, _) in self.home.said() {
            line(key, Some(quoted(value)));
        }
        line("select", self.select.as_deref().map(list));
        line("ignore", (!self.ignore.is_empty()).then(|| list(&self.ignore)));
        line("deny-warnings", self.deny_warnings.map(|yes| yes.to_string()));
        line("preview", self.preview.map(|yes| yes.to_string()));
        line("min-coverage", self.min_coverage.map(|percent| percent.to_string()));
        line("require-source", self.require_source.map(|yes| yes.to_string()));
        line("budget", self.budget.map(|steps| steps.to_string()));
        let mut levels: Vec<(&str, Level)> = Vec::new();
        for ((rule, _), level) in &self.levels {
            levels.retain(|(known, _)| known != rule);
            levels.push((rule, *level));
        }
        if !levels.is_empty() {
            out.push_str("\n[levels]\n");
            for (rule, level) in levels {
                let _ = writeln!(out, "{rule} = \"{}\"", level.as_str());
            }
        }
        out
    }
}

/// Reads a currency by which articles may be at home: "AUD".
///
/// # Errors
/// Which currencies there are.
pub fn home_currency(code: &str) -> Result<Currency, String> {
    Lexicon::built_in().home_currency(code).map_err(|known| {
        format!("no word or sign for money is shared by `{code}`; there are {known}")
    })
}

/// Where articles are at home.
fn home(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Home {
    let currency = fields.text("currency").and_then(|text| match home_currency(text.text) {
        Ok(currency) => Some(currency),
        Err(message) => {
            let finding = Finding::broken(Check::WrongType, message, text.span);
            findings.push(finding.labelled("not such a currency"));
            None
        }
    });
    let word = |key: &str| fields.text(key).map(|text| text.text);
    let date_order = word("date-order").and_then(DateOrder::parse);
    Home::of(
        Origin::Configuration,
        currency,
        date_order,
        word("imperial").and_then(Imperial::parse),
    )
}

/// A whole number that is at least so much.
pub(super) fn whole(
    fields: &Fields<'_>,
    key: &str,
    least: u64,
    findings: &mut Vec<Finding>,
) -> Option<u64> {
    let text = fields.scalar(key)?;
    let number = text.text.replace('_', "").parse::<u64>().ok().filter(|&number| least <= number);
    if number.is_none() {
        let message = format!("`{key}` is to be a whole number from {least} on");
        findings.push(Finding::broken(Check::WrongType, message, text.span).labelled("how many?"));
    }
    number
}

fn percent(fields: &Fields<'_>, key: &str, findings: &mut Vec<Finding>) -> Option<u8> {
    let text = fields.scalar(key)?;
    let percent = text.text.parse::<u8>().ok().filter(|&percent| percent <= 100);
    if percent.is_none() {
        let message = format!("`{key}` is to be a whole number from 0 to 100");
        findings.push(
            Finding::broken(Check::WrongType, message, text.span).labelled("of a hundred figures"),
        );
    }
    percent
}

pub(super) fn day(fields: &Fields<'_>, key: &str, findings: &mut Vec<Finding>) -> Option<Date> {
    let text = fields.scalar(key)?;
    let day = text.text.parse::<Date>().ok();
    if day.is_none() {
        let message = format!("`{key}` is to be a day: 2025-08-07");
        findings.push(
            Finding::broken(Check::InvalidDate, message, text.span)
                .labelled("not a day of the calendar"),
        );
    }
    day
}
