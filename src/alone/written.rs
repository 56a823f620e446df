//! What is written of a document: notes beside its words, and its claims.

use crate::alone::{CLAIMS, Document};
use crate::check::Options;
use crate::checks::Check;
use crate::document::Note;
use crate::finding::Finding;
use crate::follow::Desk;
use crate::report::{Report, said_beside};
use crate::rule::Registry;
use crate::source::{SourceId, Sources};

impl Document {
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
    use crate::checks::Check;

    const DRAFT: &str =
        "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";

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
