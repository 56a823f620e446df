//! A document by itself, as a page, a server or an editor is given it: checked as the command checks a file
//! in a folder without configuration.

#[cfg(feature = "internals")]
mod written;

use std::collections::HashSet;

use jiff::civil::Date;

use crate::check::{Article, Checker, Error, Inputs, NoArticles, Options, Rules};
use crate::checks::Check;
use crate::finding;
use crate::report::Report;
use crate::rule::Registry;
use crate::source::{Content, SourceId, Sources};
use crate::suppress::{self, Scope};

/// What claims files are called that have no name of their own.
const CLAIMS: &str = "claims.toml";

/// A document, with its claims if it has any.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called; the ending says how it is written.
    pub name: String,
    /// What it says.
    pub content: Content,
    /// The text of its claims file.
    pub claims: Option<String>,
    /// The day that decides whether a finding stands no longer; none is over where it is not given.
    pub today: Option<Date>,
}

impl Document {
    /// A document without claims.
    pub fn new(name: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { name: name.into(), content: content.into(), claims: None, today: None }
    }

    /// What there is to say of it. The claims file is taken for the document's, whatever name it gives it.
    pub fn check(&self, options: &Options) -> Report {
        let checker = Checker::new(&Rules::built_in()).options(options.clone());
        let mut sources = Sources::new();
        let claims: Vec<SourceId> =
            self.claims.iter().map(|text| sources.add(CLAIMS, text.clone())).collect();
        let mut is_named = false;
        let mut find = |_: SourceId, _: &str| -> Result<Article, Error> {
            is_named = true;
            Ok(Article::new(self.name.clone(), self.content.clone()))
        };
        let inputs = Inputs { claims: &claims, ..Inputs::default() };
        let mut report = checker.check(&sources, inputs, &mut find);
        if !is_named {
            let article = sources.add(self.name.clone(), self.content.clone());
            let inputs = Inputs { articles: &[article], ..Inputs::default() };
            report.absorb(checker.check(&sources, inputs, &mut NoArticles));
        }
        self.silence(&mut report, options);
        finding::sort(&mut report.findings);
        report.say_once();
        report
    }

    /// Takes out of the findings what a comment of the document lets stand.
    fn silence(&self, report: &mut Report, options: &Options) {
        let ids = Registry::built_in().all().iter().map(|rule| rule.id.to_string());
        let known: HashSet<String> =
            ids.chain(Check::ALL.iter().map(|check| check.id().to_owned())).collect();
        let articles: Vec<SourceId> = self.sources_of(&report.sources).collect();
        let scope = Scope {
            articles: &articles,
            configured: &[],
            known: &known,
            reported: &|rule| options.reports(rule),
            claim_spans: &|_| Vec::new(),
            is_whole: true,
            today: self.today,
        };
        let silenced = suppress::apply(&mut report.findings, &report.sources, &scope);
        report.let_stand.extend(silenced);
    }

    /// Its sources in a report.
    fn sources_of<'s>(&self, sources: &'s Sources) -> impl Iterator<Item = SourceId> + use<'s, '_> {
        sources.ids().filter(|&id| sources.get(id).name() == self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: &str =
        "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";

    #[test]
    fn a_document_is_checked_with_what_its_comments_let_stand() {
        let report = Document::new("a.md", DRAFT).check(&Options::new());
        assert_eq!(report.findings.len(), 1);
        let silent =
            format!("<!-- crossfoot-ignore wrong-percent-change: his own sum -->\n{DRAFT}");
        let report = Document::new("a.md", silent).check(&Options::new());
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        assert_eq!(report.let_stand.len(), 1);
    }
}
