//! What checks texts, as often as is asked.

use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Articles, Error, Inputs, NoArticles, Options, check};
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::report::Report;
use crate::rule::{Examples, MEASURED_FILE, Registry};
use crate::source::{Content, SourceId, Sources};

/// Rules that were read.
///
/// ```
/// let house = crossfoot::Rules::with([("over-budget.toml", r#"
///     id       = "over-budget"
///     summary  = "a cost above its budget"
///     severity = "error"
///     why      = "What was granted is all that may be spent."
///     [roles]
///     cost   = "money"
///     budget = "money"
///     [holds]
///     that = "cost <= budget"
///     [message]
///     contradicts = "{cost} is more than the budget of {budget}"
///     [[pass]]
///     cost   = "$4 million"
///     budget = "$5 million"
///     [[fail]]
///     cost   = "$6 million"
///     budget = "$5 million"
/// "#)]).unwrap();
/// assert!(house.ids().any(|id| id == "over-budget"));
/// ```
#[derive(Clone, Debug)]
pub struct Rules(Arc<Registry>);

impl Rules {
    /// The rules that are compiled in. They are read once, when they are first asked for.
    pub fn built_in() -> Self {
        Self(Arc::clone(Registry::built_in()))
    }

    /// The rules that are compiled in, and those of further files: the name and the text of each. A file
    /// `measured.toml` has what was measured of rules.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub fn with<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, Error> {
        let (mut sources, mut findings) = (Sources::new(), Vec::new());
        let is_measure = |name: &str| name.rsplit(['/', '\\']).next() == Some(MEASURED_FILE);
        let (mut rules, mut measures) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let of = if is_measure(name) { &mut measures } else { &mut rules };
            of.push(sources.add(name, text));
        }
        let lexicon = Lexicon::built_in();
        let mut registry =
            Registry::new(&mut sources, &rules, lexicon, Examples::Skip, &mut findings);
        for id in measures {
            registry.add_measured(&sources, id, &mut findings);
        }
        match findings.first() {
            None => Ok(Self(Arc::new(registry))),
            Some(first) => Err(Error::of(first, &sources)),
        }
    }

    /// The names of the rules.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.all().iter().map(|rule| rule.id.as_str())
    }
}

/// Rules and options, with which texts are checked as often as is asked.
///
/// ```
/// use crossfoot::{Checker, Rules};
///
/// let checker = Checker::new(&Rules::built_in());
/// let report = checker.article(
///     "aid.md",
///     "The grant is $290 million over four years, or $82.5 million a year.",
/// );
/// assert_eq!(
///     report.findings[0].message,
///     "$290 million over four years comes to $72.5 million a year, not $82.5 million a year",
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Checker {
    rules: Rules,
    options: Options,
}

impl Checker {
    /// A checker with these rules, and no options.
    pub fn new(rules: &Rules) -> Self {
        Self { rules: rules.clone(), options: Options::default() }
    }

    /// The same with other options.
    #[must_use]
    pub fn options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// The same with the day of publication of texts whose claims files do not state it.
    #[must_use]
    pub fn published(mut self, day: Date) -> Self {
        self.options.published = Some(day);
        self
    }

    /// Reads a text: its prose, its day of publication, its figures. The name of the source says how it is
    /// written; what has no known ending is plain text.
    ///
    /// ```
    /// use crossfoot::{Checker, Rules, Sources};
    ///
    /// let mut texts = Sources::new();
    /// let id = texts.add("a.txt", "Rents rose 4 per cent to $510 a week.");
    /// let reading = Checker::new(&Rules::built_in()).read(&texts, id);
    /// let words = |at: usize| &reading.prose()[reading.mentions()[at].range.clone()];
    /// assert_eq!([words(0), words(1)], ["4 per cent", "$510 a week"]);
    /// ```
    pub fn read<'t>(&self, texts: &'t Sources, text: SourceId) -> Reading<'t> {
        self.options.read(texts, text, self.options.dated(None))
    }

    /// Checks texts. The report shares them, and has those of the articles that `articles` finds beside
    /// them. The same texts and options give the same report.
    pub fn check(
        &self,
        texts: &Sources,
        inputs: Inputs<'_>,
        articles: &mut dyn Articles,
    ) -> Report {
        check(texts.clone(), &self.rules.0, inputs, &self.options, articles)
    }

    /// Checks one article that no claims file names.
    pub fn article(&self, name: impl Into<String>, text: impl Into<Content>) -> Report {
        let mut texts = Sources::new();
        let id = texts.add(name, text);
        self.check(&texts, Inputs { articles: &[id], ..Inputs::default() }, &mut NoArticles)
    }
}
