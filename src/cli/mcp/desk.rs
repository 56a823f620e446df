//! What the tools do: each is a function of what it is asked, and reads no file but in its folder.

use std::path::{Path, PathBuf};

use crate::alone::Document;
use crate::check::{Article, Articles, Error};
use crate::cli::asked::day;
use crate::cli::mcp::asked::{ClaimsAsked, Format, LineAsked, TextAsked};
use crate::cli::mcp::told::{CheckTold, ClaimsTold, FiguresTold, LineTold};
use crate::document::States;
use crate::load::{Origin, beside, canonical, is_toml, read_article, read_found};
use crate::report::{Spot, clean, explained_human};
use crate::{Checker, Inputs, NoArticles, Options, Report, Rules, SourceId, Sources};

/// Bytes of a text that is checked.
const LARGEST: usize = 1 << 20;

/// Columns of an explanation.
const WIDTH: usize = 100;

/// Bytes of an explanation that are told.
const EXPLAINED: usize = 64 << 10;

/// The rules, and the folder that may be read.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    rules: Rules,
    folder: Option<PathBuf>,
}

impl Desk {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { rules: Rules::built_in(), folder }
    }

    fn checker(&self, published: Option<&str>) -> Result<Checker, String> {
        Ok(Checker::new(&self.rules).options(options(published)?))
    }

    /// What cannot be true together in a text.
    pub(super) fn check_text(asked: &TextAsked) -> Result<CheckTold, String> {
        bounded("text", &asked.text)?;
        let mut document = Document::new(asked.format.name(), &*asked.text);
        document.today = Some(jiff::Zoned::now().date());
        Ok(CheckTold::new(&document.check(&options(asked.published.as_deref())?)))
    }

    /// The figures of a text.
    pub(super) fn extract_figures(&self, asked: &TextAsked) -> Result<FiguresTold, String> {
        bounded("text", &asked.text)?;
        let checker = self.checker(asked.published.as_deref())?;
        let mut texts = Sources::new();
        let id = texts.add(asked.format.name(), &*asked.text);
        Ok(FiguresTold::new(&checker.read(&texts, id), texts.get(id)))
    }

    /// What was made of a line.
    pub(super) fn explain_line(&self, asked: &LineAsked) -> Result<LineTold, String> {
        bounded("text", &asked.text)?;
        let line = usize::try_from(asked.line).unwrap_or(usize::MAX);
        let spot = Some(Spot { line, column: None });
        let options = Options { explain: spot, ..options(asked.published.as_deref())? };
        let checker = Checker::new(&self.rules).options(options);
        let report = checker.article(asked.format.name(), &*asked.text);
        let told = report.explained.first().ok_or("the text could not be read")?;
        let source = report.sources.get(told.source);
        if source.numbered(line).is_none() {
            let count = source.count_lines();
            return Err(format!("there is no line {line}; the text has {count}"));
        }
        if told.sentences.is_empty() {
            let nearest = told.nearest.map(|span| source.place(span.start).line);
            let nearest = nearest.map_or_else(String::new, |line| {
                format!("; the nearest line with figures is {line}")
            });
            return Err(format!("no figure is read in line {line}{nearest}"));
        }
        let mut explanation = clean(&explained_human(&report, told, WIDTH, false));
        if EXPLAINED < explanation.len() {
            let cut = (0..=EXPLAINED).rev().find(|&at| explanation.is_char_boundary(at));
            explanation.truncate(cut.unwrap_or(0));
            explanation.push_str("…\n");
        }
        Ok(LineTold { explanation })
    }

    /// What becomes of claims in their article.
    pub(super) fn check_claims(&self, asked: &ClaimsAsked) -> Result<ClaimsTold, String> {
        let report = match (&asked.path, &asked.claims, &asked.article) {
            (Some(path), None, None) => self.check_file(path)?,
            (None, Some(claims), article) => {
                bounded("claims", claims)?;
                bounded("article", article.as_deref().unwrap_or_default())?;
                let article = article.as_deref().map(|text| (asked.format, text));
                self.check_claims_of("claims.toml", claims, &mut Given(article))
            }
            (None, None, _) => return Err("either `claims` or `path` is needed".to_owned()),
            (Some(_), ..) => {
                return Err("with `path`, neither `claims` nor `article` is taken".to_owned());
            }
        };
        Ok(ClaimsTold::new(&report))
    }

    fn check_claims_of(&self, name: &str, claims: &str, articles: &mut dyn Articles) -> Report {
        let mut texts = Sources::new();
        let id = texts.add(name, claims);
        let inputs = Inputs { claims: &[id], ..Inputs::default() };
        let mut report = Checker::new(&self.rules).check(&texts, inputs, articles);
        report.say_once();
        report
    }

    /// Checks a claims file of the folder, with the article that it names there.
    fn check_file(&self, path: &str) -> Result<Report, String> {
        let folder = self.folder.as_deref();
        let folder = folder.ok_or("the server was given no folder, so it reads no file")?;
        let place = within(folder, &folder.join(path))
            .ok_or_else(|| format!("{path} is not in the folder, or is hidden"))?;
        if !is_toml(&place) {
            return Err(format!("{path} is no claims file, which ends in .toml"));
        }
        let claims = read_found(&place).map_err(|reason| format!("{path}: {reason}"))?;
        bounded(path, &claims)?;
        Ok(self.check_claims_of(path, &claims, &mut Beside { folder, claims: &place }))
    }
}

/// What is asked for, with the day of publication if it is given.
fn options(published: Option<&str>) -> Result<Options, String> {
    let day = published.map(day).transpose();
    Ok(Options::new().published(day.map_err(|reason| format!("`published`: {reason}"))?))
}

/// A place in a folder, no part of the way to which is hidden; `None` of any other.
fn within(folder: &Path, path: &Path) -> Option<PathBuf> {
    let place = canonical(path);
    let way = place.strip_prefix(folder).ok()?;
    let is_hidden = way.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
    (!is_hidden).then_some(place)
}

/// The text that was given as the article, by whatever name claims call it.
struct Given<'a>(Option<(Format, &'a str)>);

impl Articles for Given<'_> {
    fn find(&mut self, claims: SourceId, name: &str) -> Result<Article, Error> {
        match self.0 {
            Some((format, text)) => Ok(Article::new(format.name(), text)),
            None => NoArticles.find(claims, name),
        }
    }
}

/// The articles that a claims file of a folder names there.
struct Beside<'f> {
    folder: &'f Path,
    claims: &'f Path,
}

impl Articles for Beside<'_> {
    fn find(&mut self, _: SourceId, name: &str) -> Result<Article, Error> {
        let missing = || Error::missing(name);
        let place = within(self.folder, &beside(self.claims, name)).ok_or_else(missing)?;
        let article = read_article(&place, Origin::Found, States::default());
        let article = article.map_err(|_| missing())?;
        if LARGEST < article.text.text().len() {
            return Err(missing());
        }
        Ok(Article::new(name, article.text))
    }
}

/// Whether a text is one that is checked.
fn bounded(what: &str, text: &str) -> Result<(), String> {
    if text.len() <= LARGEST {
        return Ok(());
    }
    Err(format!("{what} has {} bytes; no more than {LARGEST} are checked", text.len()))
}
