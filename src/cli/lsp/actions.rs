//! What an editor offers to do at a place: what figures would have to read, a comment that lets a finding
//! stand, a claim of a figure, a claim that follows its article.

use std::ops::Range;

use ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, Command, Diagnostic, NumberOrString, TextEdit,
};
use serde_json::json;

use crate::Check;
use crate::claim::{Claim, ClaimsFile, State};
use crate::cli::lsp::client::Client;
use crate::cli::lsp::desk::{Desk, Seen};
use crate::cli::lsp::diagnostics::Places;
use crate::cli::lsp::edits::{between, changes, new_file};
use crate::cli::lsp::kind::Kind;
use crate::cli::lsp::position::Lines;
use crate::cli::lsp::silence::{Comment, comment};
use crate::cli::lsp::texts::{Open, Text};
use crate::draft::{Decision, Drift, decided};
use crate::finding::Finding;
use crate::follow::Desk as Following;
use crate::load::{canonical, claims_folders, relative_to};
use crate::report::clean;
use crate::source::{SourceId, Span, one_line, shortened};

/// Actions of one sort that are offered at a place.
const MOST: usize = 20;

/// Characters of words that a title repeats.
const REPEATED: usize = 60;

/// What is said of such comments themselves, which none silences.
const ABOUT_SILENCE: [Check; 5] = [
    Check::ExpiredIgnore,
    Check::MissingReason,
    Check::UnknownIgnore,
    Check::UnreadableIgnore,
    Check::UnusedIgnore,
];

/// What the actions of a text are made from.
pub(super) struct Asked<'a> {
    pub(super) desk: &'a Desk,
    pub(super) client: &'a Client,
    pub(super) open: &'a Open,
    pub(super) text: &'a Text,
    pub(super) seen: &'a Seen,
    /// The bytes of the text that are selected.
    pub(super) range: Range<usize>,
    pub(super) context: &'a CodeActionContext,
}

impl Asked<'_> {
    /// What is offered.
    pub(super) fn actions(&self) -> Vec<CodeAction> {
        let own = self.seen.sources_at(&self.text.place);
        let is_here = |span: Span| own.contains(&span.source) && self.meets(span.range());
        let mut all = Vec::new();
        let findings = self.seen.report.findings.iter();
        for finding in findings.filter(|finding| finding.places().any(is_here)).take(MOST) {
            all.extend(self.readings(finding));
            if Kind::of(self.text) == Some(Kind::Article) {
                all.extend(self.silence(finding, &own));
            }
        }
        all.extend(self.take_over(&own));
        all.extend(self.record(&own));
        let mut known: Vec<CodeAction> = Vec::new();
        for action in all {
            if !known.iter().any(|one| one.title == action.title && one.edit == action.edit) {
                known.push(action);
            }
        }
        let is_wanted = |action: &CodeAction| match (&self.context.only, &action.kind) {
            (Some(only), Some(kind)) => only.iter().any(|one| covers(one, kind)),
            _ => true,
        };
        known.retain(is_wanted);
        known
    }

    /// Whether some bytes are selected, or the cursor stands at them.
    fn meets(&self, range: Range<usize>) -> bool {
        range.start <= self.range.end && self.range.start <= range.end
    }

    /// The diagnostics of a finding among those that the client names.
    fn diagnostics(&self, finding: &Finding) -> Option<Vec<Diagnostic>> {
        let code = NumberOrString::String(finding.rule.to_string());
        let is_own = |one: &&Diagnostic| one.code.as_ref() == Some(&code);
        let all: Vec<Diagnostic> =
            self.context.diagnostics.iter().filter(is_own).cloned().collect();
        (!all.is_empty()).then_some(all)
    }

    /// What each figure would have to read, where that is one figure.
    fn readings(&self, finding: &Finding) -> Vec<CodeAction> {
        let mut places = Places::new(self.seen, self.open, self.client.encoding);
        let sources = &self.seen.report.sources;
        let exact = finding.suggestions.iter().filter(|one| one.is_exact);
        let action = |one: &crate::Suggestion| {
            let at = places.location(one.span)?;
            let (was, is) = (titled(sources.slice(one.span)), titled(&one.text));
            let edit = TextEdit::new(at.range, one.text.clone());
            Some(CodeAction {
                title: format!("Write \"{is}\" instead of \"{was}\""),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: self.diagnostics(finding),
                edit: Some(changes(self.client, self.open, at.uri, vec![edit])),
                ..CodeAction::default()
            })
        };
        exact.filter_map(action).take(MOST).collect()
    }

    /// The comment that lets a finding stand. The client asks for the reason, or it is left to be written.
    fn silence(&self, finding: &Finding, own: &[SourceId]) -> Option<CodeAction> {
        let at = finding.places().find(|span| own.contains(&span.source))?;
        let is_about_silence = ABOUT_SILENCE.iter().any(|&check| finding.rule == check);
        let is_silent = !finding.broken_input && !is_about_silence;
        let text = &*self.text.content;
        let Comment { at, before, behind } =
            is_silent.then(|| comment(text, at.start, finding.rule.as_str()))?;
        let position = self.text.lines.position(text, at);
        let mut action = CodeAction {
            title: format!("Let it stand, for a reason ({})", finding.rule),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: self.diagnostics(finding),
            ..CodeAction::default()
        };
        match &self.client.wishes.silence_command {
            Some(command) => {
                let place = json!({
                    "uri": self.text.uri, "version": self.text.version, "position": position,
                    "before": before, "behind": behind,
                });
                let title = action.title.clone();
                action.command =
                    Some(Command { title, command: command.clone(), arguments: Some(vec![place]) });
            }
            None => {
                let range = ls_types::Range { start: position, end: position };
                let edit = TextEdit::new(range, before + &behind);
                let uri = self.text.uri.clone();
                action.edit = Some(changes(self.client, self.open, uri, vec![edit]));
            }
        }
        Some(action)
    }

    /// The claims files that are about the text, each with its article.
    fn files<'s>(
        &'s self,
        own: &'s [SourceId],
    ) -> impl Iterator<Item = (&'s ClaimsFile, SourceId)> + 's {
        let files = self.seen.report.files.iter();
        let with_article = files.filter_map(|file| Some((file, file.anchored_in?)));
        with_article
            .filter(|(file, article)| own.contains(article) || own.contains(&file.span.source))
    }

    /// What the pipelines of drafts are told.
    fn following(&self) -> Following<'_> {
        let rules = self.desk.rules(self.text, self.seen);
        Following { rules, options: &self.seen.options }
    }

    /// The claims at the place whose words or figure are others now, as they would follow them.
    fn take_over(&self, own: &[SourceId]) -> Vec<CodeAction> {
        let mut all = Vec::new();
        for (file, article) in self.files(own) {
            let is_here = |claim: &Claim| {
                let quoted = claim.quote.iter().map(|quote| quote.span).chain([claim.id_span]);
                let mut places = claim.found.iter().map(|found| found.span).chain(quoted);
                places.any(|span| own.contains(&span.source) && self.meets(span.range()))
            };
            let drifted = |claim: &&Claim| {
                claim.state.is_some_and(|state| state != State::Same) && is_here(claim)
            };
            let ids: Vec<&str> =
                file.claims.all().iter().filter(drifted).map(|claim| &*claim.id).collect();
            if ids.is_empty() {
                continue;
            }
            let sources = &self.seen.report.sources;
            let Ok(followed) = self.following().follow(sources, article, file.span.source) else {
                continue;
            };
            for drift in followed.drifts.iter().filter(|one| ids.contains(&&*one.id)) {
                for at in 0..drift.now.len().clamp(1, MOST) {
                    all.extend(self.taken_over(&followed.file, drift, at));
                }
            }
        }
        all.truncate(MOST);
        all
    }

    /// A claim that drifted as it would be at one of its places.
    fn taken_over(&self, file: &ClaimsFile, drift: &Drift, at: usize) -> Option<CodeAction> {
        drift.acceptable(at).ok()?;
        let old = self.seen.report.sources.get(file.span.source).text();
        let new = decided(old, file, &[(drift, Decision::Accept(at))]).ok()?;
        let title = match (drift.now.get(at), drift.state) {
            (_, State::Gone) => format!("Mark the claim `{}` as gone", drift.id),
            (Some(now), State::Changed) => {
                let value = now.value.as_deref().unwrap_or(&now.quote);
                format!("Take over \"{}\" into the claim `{}`", titled(value), drift.id)
            }
            (Some(now), _) => {
                format!("Let the claim `{}` quote \"{}\"", drift.id, titled(&now.quote))
            }
            (None, _) => return None,
        };
        self.rewritten(file.span.source, old, &new, title)
    }

    /// An action that makes another text of a claims file.
    fn rewritten(&self, id: SourceId, old: &str, new: &str, title: String) -> Option<CodeAction> {
        let uri = self.open.uri_of(&self.seen.place(id))?;
        let edit = between(old, new, &Lines::of(old, self.client.encoding));
        let kind = Some(CodeActionKind::REFACTOR);
        let edit = Some(changes(self.client, self.open, uri, vec![edit]));
        (old != new).then(|| CodeAction { title, kind, edit, ..CodeAction::default() })
    }

    /// The figure at the place as a claim, if none states it yet.
    fn record(&self, own: &[SourceId]) -> Option<CodeAction> {
        let &article = own.first().filter(|_| Kind::of(self.text) == Some(Kind::Article))?;
        let figure = self.figure(article)?;
        let words = titled(self.seen.report.sources.slice(figure));
        let mut files = self.files(own);
        if let Some((file, article)) = files.next() {
            let id = file.span.source;
            let name = file.article.as_ref().map_or("", |(name, _)| name);
            let sources = &self.seen.report.sources;
            let old = sources.get(id).text();
            let figure = Span { source: article, ..figure };
            let following = self.following();
            let new = following.record_one(sources, (article, name), Some(id), figure).ok()??;
            return self.rewritten(id, old, &new, format!("Record \"{words}\" as a claim"));
        }
        self.first_claim(article, figure, &words)
    }

    /// A new claims file with the claim of a figure.
    fn first_claim(&self, article: SourceId, figure: Span, words: &str) -> Option<CodeAction> {
        let ready = self.desk.ready(&self.text.uri).filter(|_| self.client.makes_files)?;
        let request = self.desk.request(self.text);
        let project = ready.loaded.projects.get(self.seen.project)?;
        let folders = claims_folders(&request, std::slice::from_ref(project));
        let folder = canonical(folders.first()?);
        let stem = self.text.place.file_stem()?.to_string_lossy().into_owned();
        let path = folder.join(format!("{stem}.toml"));
        if path.exists() || !self.text.place.is_file() {
            return None;
        }
        let name = relative_to(&self.text.place, &folder);
        let sources = &self.seen.report.sources;
        let new = self.following().record_one(sources, (article, &name), None, figure).ok()??;
        Some(CodeAction {
            title: format!("Record \"{words}\" as the first claim of {stem}.toml"),
            kind: Some(CodeActionKind::REFACTOR),
            edit: Some(new_file(ls_types::Uri::from_file_path(&path)?, new)),
            ..CodeAction::default()
        })
    }

    /// The figure at the place.
    fn figure(&self, article: SourceId) -> Option<Span> {
        let reading = crate::Reading::new(
            &self.seen.report.sources,
            article,
            self.seen.options.dated(None),
            self.seen.options.lexicon(),
        );
        let places = reading.mentions().iter().map(|mention| reading.place(mention.range.clone()));
        { places }.find(|place| self.meets(place.range()))
    }
}

/// Words as a title repeats them.
fn titled(words: &str) -> String {
    clean(&shortened(&one_line(words), REPEATED))
}

/// Whether a kind of actions is another, or above it.
fn covers(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty())
}
