//! Claims that follow their article from draft to draft: the pipelines of `record`, `diff` and `review`.
//!
//! Like [`crate::check()`], they are functions of the texts they are given.

use std::collections::{HashMap, HashSet};

use crate::check::Options;
use crate::claim::{self, Claim, ClaimsFile};
use crate::document::Document;
use crate::draft::{
    self, Article, Decision, Diff, Drift, Fate, Recorded, Touched, Unwritable, Version, decided,
    drifts, unwritable,
};
use crate::engine::{self, Given, Relation};
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::mention::UNSTATED;
use crate::published::{Dated, Publication};
use crate::reading::Reading;
use crate::report::Report;
use crate::rule::Registry;
use crate::source::{Content, SourceId, Sources, Span};

/// How often a claims file is gone through until nothing changes; two or three rounds are enough.
const MOST_ROUNDS: usize = 8;

/// What all of them are told.
#[derive(Clone, Copy)]
pub struct Desk<'d> {
    /// The rules; their own sources are among those of the texts.
    pub rules: &'d Registry,
    /// The lexicon, the day of publication.
    pub options: &'d Options,
}

/// A claims file brought up to its article.
#[derive(Debug)]
pub struct Recording {
    /// The whole text of the claims file.
    pub text: String,
    /// The claims of the file as it was, each with what became of it.
    pub claims: ClaimsFile,
    /// What was added.
    pub added: Recorded,
}

/// What became of the claims of a file in its article.
#[derive(Debug)]
pub struct Followed {
    /// The file, anchored.
    pub file: ClaimsFile,
    /// The claims that are not what or where they were.
    pub drifts: Vec<Drift>,
}

impl<'d> Desk<'d> {
    fn lexicon(&self) -> &'d Lexicon {
        self.options.lexicon()
    }

    fn given(&self) -> Given<'d> {
        Given { preview: self.options.preview, ..Given::new(self.rules, self.lexicon()) }
    }

    /// Reads a claims file that has no mistakes.
    ///
    /// # Errors
    /// The findings, if it has.
    pub fn read(&self, sources: &Sources, id: SourceId) -> Result<ClaimsFile, Vec<Finding>> {
        let mut findings = Vec::new();
        let file = claim::read(sources, id, self.lexicon(), &mut findings);
        findings.retain(|finding| finding.broken_input);
        file.filter(|_| findings.is_empty()).ok_or(findings)
    }

    /// Reads an article whose claims file states the day of publication, or does not.
    fn reading<'t>(
        &self,
        sources: &'t Sources,
        article: SourceId,
        stated: Option<Publication>,
    ) -> Reading<'t> {
        Reading::new(sources, article, self.options.dated(stated), self.lexicon())
    }

    /// Writes down what an article states, beside what its claims file has already. `name` is the
    /// article as the file is to name it.
    ///
    /// New claims take their figures, so that old ones may be found elsewhere or not at all; it is done
    /// again until nothing changes.
    ///
    /// # Errors
    /// The findings, if the claims file cannot be understood or changed.
    pub fn record(
        &self,
        sources: &Sources,
        (article, name): (SourceId, &str),
        claims: Option<SourceId>,
    ) -> Result<Recording, Vec<Finding>> {
        self.written_down(sources, (article, Some(name)), claims)
    }

    /// The same; without a name for one article only among the versions that are compared, each of which
    /// has its own day of publication.
    fn written_down(
        &self,
        sources: &Sources,
        (article, name): (SourceId, Option<&str>),
        claims: Option<SourceId>,
    ) -> Result<Recording, Vec<Finding>> {
        let mut file = match claims {
            Some(id) => self.read(sources, id)?,
            None => ClaimsFile::empty(sources.whole(article)),
        };
        let reading = self.reading(sources, article, file.published);
        let checked = engine::check_prose(&reading, self.given());
        let article = Article { reading: &reading, checked: &checked };
        let Some(original) = claims else {
            let added = draft::record(article, None, reading.lexicon());
            let day = reading.published().filter(|_| name.is_some()).map(|known| known.day);
            let text = draft::new_file(name.unwrap_or_default(), day, &added);
            return Ok(Recording { text, claims: file, added });
        };
        let refused = |reason: &Unwritable| vec![unwritable(reason, sources.whole(original))];
        let mut rounds = sources.clone();
        let mut id = original;
        let (mut first, mut added) = (None, Recorded::default());
        for _ in 0..MOST_ROUNDS {
            claim::anchor(&mut file, &reading, &rounds, &mut Vec::new());
            let relations = engine::check(&file, self.given()).relations;
            let new = draft::record(article, Some((&file, &relations)), reading.lexicon());
            let old = rounds.get(id);
            let text =
                draft::updated(old.text(), &file, &new).map_err(|reason| refused(&reason))?;
            added.claims.extend(new.claims);
            added.asserts.extend(new.asserts);
            added.left_out = new.left_out;
            if text == old.text() {
                break;
            }
            let name = old.name().to_owned();
            id = rounds.add(name, text);
            let unread = |_| refused(&Unwritable("what was added cannot be read back".to_owned()));
            let next = self.read(&rounds, id).map_err(unread)?;
            first.get_or_insert(std::mem::replace(&mut file, next));
        }
        Ok(Recording {
            text: rounds.get(id).text().to_owned(),
            claims: first.unwrap_or(file),
            added,
        })
    }

    /// Writes down one figure of an article as [`Desk::record`] does all of them, and leaves everything else
    /// in the claims file as it is; `None` where the figure makes no claim of its own.
    ///
    /// # Errors
    /// The findings, if the claims file cannot be understood or changed.
    #[cfg(feature = "lsp")]
    pub fn record_one(
        &self,
        sources: &Sources,
        (article, name): (SourceId, &str),
        claims: Option<SourceId>,
        figure: Span,
    ) -> Result<Option<String>, Vec<Finding>> {
        let mut file = claims.map(|id| self.read(sources, id)).transpose()?;
        let stated = file.as_ref().and_then(|file| file.published);
        let reading = self.reading(sources, article, stated);
        let checked = engine::check_prose(&reading, self.given());
        let article = Article { reading: &reading, checked: &checked };
        if let Some(file) = &mut file {
            claim::anchor(file, &reading, sources, &mut Vec::new());
        }
        let relations = file.as_ref().map(|file| engine::check(file, self.given()).relations);
        let existing = file.as_ref().zip(relations.as_deref());
        let Some(new) = draft::record(article, existing, reading.lexicon()).only(figure) else {
            return Ok(None);
        };
        let Some(id) = claims else {
            let day = reading.published().map(|known| known.day);
            return Ok(Some(draft::new_file(name, day, &new)));
        };
        // Of claims that nobody has looked for, nothing is changed.
        let untouched = self.read(sources, id)?;
        draft::updated(sources.get(id).text(), &untouched, &new)
            .map(Some)
            .map_err(|reason| vec![unwritable(&reason, sources.whole(id))])
    }

    /// Says what became of the claims of a file in its article.
    ///
    /// # Errors
    /// The findings, if the claims file cannot be understood.
    pub fn follow(
        &self,
        sources: &Sources,
        article: SourceId,
        claims: SourceId,
    ) -> Result<Followed, Vec<Finding>> {
        let mut file = self.read(sources, claims)?;
        let reading = self.reading(sources, article, file.published);
        claim::anchor(&mut file, &reading, sources, &mut Vec::new());
        let is_turned = |claim: &Claim| {
            claim.otherwise.iter().any(|one| one.aspect == claim::Aspect::Direction)
        };
        // Whether a figure is a fall is for the prose to say, where it turned.
        let taken = if file.claims.all().iter().any(is_turned) {
            engine::check_prose(&reading, self.given()).figures
        } else {
            Vec::new()
        };
        let drifts = drifts(&file, &reading, &taken);
        Ok(Followed { file, drifts })
    }

    /// A claims file that takes over everything that became of its claims in an article. A figure that
    /// its words alone do not state is not known then.
    fn caught_up(
        &self,
        sources: &Sources,
        article: SourceId,
        claims: SourceId,
    ) -> Result<(String, HashMap<String, Fate>), Vec<Finding>> {
        let Followed { file, drifts } = self.follow(sources, article, claims)?;
        let decision = |drift: &Drift| match drift.acceptable(0) {
            Ok(()) => Decision::Accept(0),
            Err(_) => Decision::Edit(UNSTATED.to_owned()),
        };
        let decisions: Vec<(&Drift, Decision)> =
            drifts.iter().map(|drift| (drift, decision(drift))).collect();
        let text = decided(sources.get(claims).text(), &file, &decisions)
            .map_err(|reason| vec![unwritable(&reason, sources.whole(claims))])?;
        let fate = |claim: &Claim| {
            let fate = Fate { state: claim.state?, otherwise: claim.otherwise.clone() };
            Some((claim.id.clone(), fate))
        };
        let fates = file.claims.all().iter().filter_map(fate).collect();
        Ok((text, fates))
    }

    /// Compares two versions of an article: the claims of the old one, those of its claims file first,
    /// are followed into the new one. The claims files of both are added to the sources.
    ///
    /// # Errors
    /// The findings, if the claims file cannot be understood.
    pub fn compare_articles(
        &self,
        sources: &mut Sources,
        [old, new]: [SourceId; 2],
        claims: Option<SourceId>,
    ) -> Result<Diff, Vec<Finding>> {
        let name = claims.map_or("claims", |id| sources.get(id).name()).to_owned();
        // The file may be of the new version, or of one between.
        let claims = match claims {
            Some(id) => {
                let (text, _) = self.caught_up(sources, old, id)?;
                Some(sources.add(&*name, text))
            }
            None => None,
        };
        let recorded = self.written_down(sources, (old, None), claims)?.text;
        let before = sources.add(&*name, recorded);
        let (text, fates) = self.caught_up(sources, new, before)?;
        let caught_up = sources.add(&*name, text);
        let after = self.written_down(sources, (new, None), Some(caught_up))?.text;
        let after = sources.add(name, after);
        self.compared(sources, [(Some(old), before), (Some(new), after)], &fates)
    }

    /// Compares two versions of a claims file, claim by claim.
    ///
    /// # Errors
    /// The findings, if one of them cannot be understood.
    pub fn compare_claims(
        &self,
        sources: &Sources,
        [old, new]: [SourceId; 2],
    ) -> Result<Diff, Vec<Finding>> {
        self.compared(sources, [(None, old), (None, new)], &HashMap::new())
    }

    fn compared(
        &self,
        sources: &Sources,
        [old, new]: [(Option<SourceId>, SourceId); 2],
        fates: &HashMap<String, Fate>,
    ) -> Result<Diff, Vec<Finding>> {
        let (old, new) = (self.side(sources, old)?, self.side(sources, new)?);
        let fate_of = |id: &str| fates.get(id).cloned();
        let mut diff = draft::diff(old.version(), new.version(), &fate_of);
        if let (Some(before), Some(after)) = (&old.reading, &new.reading) {
            let claimed = [&old.file, &new.file].map(places);
            diff.unclaimed = draft::unclaimed([before, after], [&claimed[0], &claimed[1]]);
        }
        Ok(diff)
    }

    /// Reads one of two versions.
    fn side<'s>(
        &self,
        sources: &'s Sources,
        (article, claims): (Option<SourceId>, SourceId),
    ) -> Result<Side<'s, 'd>, Vec<Finding>> {
        let mut file = self.read(sources, claims)?;
        let reading = article.map(|article| self.reading(sources, article, file.published));
        let mut sentences = Vec::new();
        match &reading {
            Some(reading) => {
                claim::anchor(&mut file, reading, sources, &mut Vec::new());
                let all = claim::Sentences::new(reading.document());
                let sentence =
                    |claim: &Claim| all.text(reading.document(), claim.found.last()?.prose.start);
                sentences.extend(file.claims.all().iter().map(sentence));
            }
            None => {
                file.published = self.options.dated(file.published).publication(|| None);
            }
        }
        let relations = engine::check(&file, self.given()).relations;
        Ok(Side { file, relations, sentences, reading })
    }
}

/// One of two versions that are compared.
struct Side<'s, 'r> {
    file: ClaimsFile,
    relations: Vec<Relation<'r>>,
    sentences: Vec<Option<String>>,
    reading: Option<Reading<'s>>,
}

impl Side<'_, '_> {
    fn version(&self) -> Version<'_> {
        Version { file: &self.file, relations: &self.relations, sentences: &self.sentences }
    }
}

/// Where the claims of a file stand in their article, in order.
fn places(file: &ClaimsFile) -> Vec<Span> {
    let mut places: Vec<Span> = file.claims.all().iter().filter_map(|claim| claim.place).collect();
    places.sort_unstable();
    places
}

/// A text of a report as it was before an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// It was not there, or nobody knows: all of it counts as touched.
    Unknown,
    /// It read so.
    Text(Content),
}

/// Leaves in a report what an edit touched: claims whose text changed, and every relation that they
/// take part in. `before` says how a text was.
///
/// # Errors
/// What `before` could not find out.
pub fn narrow(
    report: &mut Report,
    lexicon: &Lexicon,
    before: &mut dyn FnMut(SourceId) -> Result<Before, String>,
) -> Result<(), String> {
    let claims: HashSet<SourceId> = report.files.iter().map(|file| file.span.source).collect();
    let mut sources = report.sources.clone();
    let mut touched = Touched::default();
    let mut old: HashMap<SourceId, SourceId> = HashMap::new();
    for id in report.sources.ids() {
        match before(id)? {
            Before::Unknown => touched.add(sources.whole(id)),
            Before::Text(text) => {
                let name = sources.get(id).name().to_owned();
                old.insert(id, sources.add(name, text));
            }
        }
    }
    for (&id, &was) in old.iter().filter(|(id, _)| !claims.contains(id)) {
        touched.add_article(
            id,
            &Document::of_source(sources.get(id)),
            &Document::of_source(sources.get(was)),
        );
    }
    for file in &report.files {
        let id = file.span.source;
        let lexicon = &lexicon.at(file.home);
        if let Some(&was) = old.get(&id)
            && let Some(was) = claim::read(&sources, was, lexicon, &mut Vec::new())
        {
            touched.add_claims(file, &was);
        }
        // The same claims in the article as it was.
        if let Some(&was) = file.anchored_in.and_then(|article| old.get(&article))
            && let Some(mut again) = claim::read(&sources, id, lexicon, &mut Vec::new())
        {
            let reading = Reading::new(&sources, was, Dated::settled(file.published), lexicon);
            claim::anchor(&mut again, &reading, &sources, &mut Vec::new());
            touched.add_drifts(file, &again);
        }
    }
    let touched = touched.merged();
    let is_touched = |finding: &Finding| {
        finding.broken_input || finding.places().any(|place| touched.meets(place))
    };
    report.findings.retain(is_touched);
    report.let_stand.retain(|one| is_touched(&one.finding));
    report.relations.retain(|relation| relation.places().any(|place| touched.meets(place)));
    report
        .conflicts
        .retain(|conflict| conflict.figures.iter().any(|figure| touched.meets(figure.span)));
    Ok(())
}
