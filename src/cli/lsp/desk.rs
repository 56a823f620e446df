//! The texts that are open, checked under the configurations that hold for their files.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ls_types::Uri;

use crate::Options;
use crate::cli::baseline::{self, Wish};
use crate::cli::lsp::kind::Kind;
use crate::cli::lsp::texts::{Open, Text};
use crate::cli::run::{Ready, tell_unknown_rules, unknown, words_of};
use crate::cli::wanted::Wanted;
use crate::config::{self, Settings};
use crate::finding::{self, Finding};
use crate::load::{Configured, Input, Loaded, Request, canonical, load, load_rules_for, shown};
use crate::report::{Report, Spot};
use crate::rule::{Examples, Registry};
use crate::source::{SourceId, Sources};

/// Bytes of a text that is checked while it is edited.
pub(super) const LARGEST: usize = 8 << 20;

/// What a check of a text came to.
pub(super) struct Seen {
    pub(super) report: Report,
    /// Where each text of the report lies, as far as it is asked for.
    places: HashMap<SourceId, PathBuf>,
    /// The options under which the text was checked.
    pub(super) options: Options,
    /// The number of its project.
    pub(super) project: usize,
}

impl Seen {
    /// Where a text lies.
    pub(super) fn place(&self, source: SourceId) -> PathBuf {
        let other = || canonical(Path::new(self.report.sources.get(source).name()));
        self.places.get(&source).cloned().unwrap_or_else(other)
    }

    /// The sources that were read of a file: one, or one for each claims file that names it.
    pub(super) fn sources_at(&self, place: &Path) -> Vec<SourceId> {
        let here = self.places.iter().filter(|(_, other)| *other == place);
        let mut all: Vec<SourceId> = here.map(|(id, _)| *id).collect();
        all.sort_unstable();
        all
    }

    /// Whether a file took part.
    pub(super) fn has(&self, place: &Path) -> bool {
        self.places.values().any(|other| other == place)
    }
}

/// What was read for the texts that are open, until something in the folders changes.
#[derive(Default)]
pub(super) struct Desk {
    ready: HashMap<Uri, Ready>,
    /// The folders of the workspace.
    pub(super) folders: Vec<PathBuf>,
}

impl Desk {
    /// Forgets what was read: files changed.
    pub(super) fn forget(&mut self) {
        self.ready.clear();
    }

    /// Forgets what was read for one text.
    pub(super) fn forget_of(&mut self, uri: &Uri) {
        self.ready.remove(uri);
    }

    /// What was read for a text that was checked.
    pub(super) fn ready(&self, uri: &Uri) -> Option<&Ready> {
        self.ready.get(uri)
    }

    /// The folder from which a file is checked: that of the workspace, else its own.
    fn folder(&self, path: &Path) -> PathBuf {
        let above = self.folders.iter().filter(|folder| path.starts_with(folder));
        let own = || path.parent().unwrap_or(Path::new("/")).to_owned();
        above.max_by_key(|folder| folder.as_os_str().len()).cloned().unwrap_or_else(own)
    }

    /// What is read for a text.
    pub(super) fn request(&self, text: &Text) -> Request {
        Request {
            paths: vec![text.path.clone()],
            configured: Configured { excludes_named: true, ..Configured::default() },
            directory: self.folder(&text.path),
            ..Request::default()
        }
    }

    /// Checks a text as it is now, with a place to explain if one is wanted; `None` of what Crossfoot
    /// does not read.
    pub(super) fn check(&mut self, text: &Text, open: &Open, spot: Option<Spot>) -> Option<Seen> {
        if LARGEST < text.content.len() {
            return None;
        }
        match Kind::of(text)? {
            kind @ (Kind::Article | Kind::Claims) => Some(self.check_text(text, kind, open, spot)),
            Kind::Rule => Some(self.check_rule(text)),
            Kind::Config => Some(self.check_config(text)),
        }
    }

    fn check_text(&mut self, text: &Text, kind: Kind, open: &Open, spot: Option<Spot>) -> Seen {
        let wanted = Wanted {
            request: self.request(text),
            settings: Settings::default(),
            jobs: None,
            options: Options { explain: spot, ..Options::default() },
            explains: false,
            is_quiet: true,
        };
        let read = || Ready::of(loaded(&wanted.request, text, kind), &wanted);
        let ready = self.ready.entry(text.uri.clone()).or_insert_with(read);
        let mut sources = ready.loaded.sources.clone();
        for input in ready.loaded.claims.iter().chain(&ready.loaded.articles) {
            if let Some(text) = open.at(&canonical(&input.path)) {
                sources.replace(input.source, &*text.content);
            }
        }
        let as_open = |place: &Path| open.at(place).map(|text| text.content.clone());
        let mut checked = ready.check(&wanted, sources, &Arc::default(), &as_open);
        // A file of known findings that cannot be read hides none.
        let _ = baseline::consider(&Wish::default(), &mut checked);
        checked.report.say_once();
        let places: HashMap<SourceId, PathBuf> =
            checked.texts.iter().map(|(id, path)| (*id, canonical(path))).collect();
        let own = places.iter().find(|(_, place)| **place == text.place).map(|(id, _)| *id);
        let number = own.and_then(|own| checked.under.get(&own)).copied().unwrap_or(0);
        let options = checked.options.get(number).cloned().unwrap_or_default();
        let inputs = ready.loaded.claims.iter().chain(&ready.loaded.articles);
        let project = inputs.map(|input| input.project).next().unwrap_or(0);
        Seen { report: checked.report, places, options, project }
    }

    /// Reads a rule file among the others of its project.
    fn check_rule(&self, text: &Text) -> Seen {
        let (mut loaded, number) = load_rules_for(&self.request(text), &text.path);
        let project = &mut loaded.projects[number];
        let sources = &mut loaded.sources;
        let is_own = |id: &&SourceId| canonical(Path::new(sources.get(**id).name())) == text.place;
        let own = match project.rules.iter().find(is_own).copied() {
            Some(id) => {
                sources.replace(id, &*text.content);
                id
            }
            None => {
                let id = sources.add(shown(&text.path), &*text.content);
                project.rules.push(id);
                id
            }
        };
        let home = project.config.settings.home;
        let findings = words_of(project, sources, Examples::Skip, home).findings;
        told(loaded.sources, findings, own, text)
    }

    /// Reads a configuration.
    fn check_config(&self, text: &Text) -> Seen {
        let (mut loaded, number) = load_rules_for(&self.request(text), &text.path);
        let known = tell_unknown_rules(&mut loaded);
        let own = loaded.sources.add(shown(&text.path), &*text.content);
        let folder = text.place.parent().unwrap_or(Path::new("/"));
        let mut findings = Vec::new();
        if let Some(config) = config::read(&loaded.sources, own, folder, &mut findings) {
            let named = config.named_rules().filter(|(name, _)| !known[number].contains(name));
            findings.extend(named.map(|(name, span)| unknown(name, *span, &known[number])));
        }
        told(loaded.sources, findings, own, text)
    }

    /// The rules that hold for a text.
    pub(super) fn rules(&self, text: &Text, seen: &Seen) -> &Registry {
        match self.ready.get(&text.uri) {
            Some(ready) => &ready.words[seen.project].registry,
            None => Registry::built_in(),
        }
    }
}

/// What is to be said of one file that was read by itself.
fn told(sources: Sources, mut findings: Vec<Finding>, own: SourceId, text: &Text) -> Seen {
    findings.retain(|finding| finding.primary.span.source == own);
    finding::sort(&mut findings);
    Seen {
        report: Report::of(sources, findings),
        places: HashMap::from([(own, text.place.clone())]),
        options: Options::default(),
        project: 0,
    }
}

/// Reads what is checked with a text. One that cannot be read from its file, or is none, is added as it is.
fn loaded(request: &Request, text: &Text, kind: Kind) -> Loaded {
    let mut loaded = load(request);
    let is_own = |path: &Path| canonical(path) == text.place;
    let inputs = loaded.claims.iter().chain(&loaded.articles);
    let is_named =
        |claims: &Input| loaded.article_of(claims).is_some_and(|article| is_own(&article));
    if { inputs }.any(|input| is_own(&input.path)) || loaded.claims.iter().any(is_named) {
        return loaded;
    }
    let number;
    (loaded, number) = load_rules_for(request, &text.path);
    if !loaded.projects[number].config.excludes(&text.place) {
        let source = loaded.sources.add(shown(&text.path), &*text.content);
        let inputs = if kind == Kind::Claims { &mut loaded.claims } else { &mut loaded.articles };
        inputs.push(Input { source, path: text.path.clone(), project: number });
    }
    loaded
}
