//! A document by itself, as a page, a server or an editor is given it: checked as the command checks a file
//! in a folder without configuration.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::check::{Article, Checker, Error, Inputs, NoArticles, Options, Rules};
use crate::checks::Check;
use crate::document::Note;
use crate::finding::{self, Finding};
use crate::follow::Desk;
use crate::report::{Report, said_beside};
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

    /// The findings of a report as they are written beside the words of the document.
    pub fn notes(&self, report: &Report) -> Vec<Note> {
        let own: Vec<SourceId> = self.sources_of(&report.sources).collect();
        let note = |finding: &Finding| {
            let place = finding.places().find(|place| own.contains(&place.source))?;
            Some(Note {
                range: place.range(),
                rule: finding.rule.to_string(),
                lines: said_beside(finding, &report.sources),
                is_of_markup: finding.rule == Check::SwallowedFigure,
            })
        };
        report.findings.iter().filter_map(note).collect()
    }

    /// The text of a claims file with everything that the document states, beside what its claims file has
    /// already.
    ///
    /// # Errors
    /// Why the claims file cannot be understood or changed, a line each.
    pub fn record(&self, options: &Options) -> Result<String, Vec<String>> {
        let mut texts = Sources::new();
        let article = texts.add(self.name.clone(), self.content.clone());
        let claims = self.claims.as_ref().map(|text| texts.add(CLAIMS, text.clone()));
        let desk = Desk { rules: Registry::built_in(), options };
        let told = |finding: &Finding| {
            let span = finding.primary.span;
            let source = texts.get(span.source);
            format!("{}: {}", source.told(source.name(), span.start), finding.message)
        };
        let recording = desk.record(&texts, (article, &*self.name), claims);
        let recording =
            recording.map_err(|findings| findings.iter().map(told).collect::<Vec<_>>())?;
        Ok(recording.text)
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

    #[test]
    fn claims_that_were_recorded_are_those_of_the_document() {
        let mut draft = Document::new("a.md", DRAFT);
        let claims = draft.record(&Options::new()).unwrap();
        assert!(claims.contains("146,000"), "{claims}");
        draft.claims = Some(claims);
        draft.content = DRAFT.replace("146,000", "150,000").into();
        let report = draft.check(&Options::new());
        let found = &report.findings;
        assert!(found.iter().any(|one| one.rule == Check::ChangedFigure), "{found:?}");
        // Claims that name no article are checked beside it.
        draft.claims = Some("[[claim]]\nid = \"a\"\nvalue = \"31 %\"\n".to_owned());
        let report = draft.check(&Options::new());
        assert_eq!(report.articles.len() + report.texts.len(), 2);
        draft.claims = Some("[[claim]\n".to_owned());
        assert!(draft.record(&Options::new()).is_err());
    }

    #[test]
    fn notes_stand_at_their_words() {
        let draft = Document::new("a.md", DRAFT);
        let notes = draft.notes(&draft.check(&Options::new()));
        assert_eq!(notes.len(), 1);
        assert_eq!(&DRAFT[notes[0].range.clone()], "50 percent");
    }
}
