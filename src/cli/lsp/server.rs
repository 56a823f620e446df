//! The state of the server, and what it does with what comes in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

use ls_types::{
    Diagnostic, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesRegistrationOptions, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher, GlobPattern,
    InitializeParams, PublishDiagnosticsParams, Registration, RegistrationParams, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cli::exit::Exit;
use crate::cli::lsp::answers::{self, Refused};
use crate::cli::lsp::client::{Client, wished};
use crate::cli::lsp::desk::{Desk, Seen};
use crate::cli::lsp::diagnostics::{diagnostics, unchecked};
use crate::cli::lsp::texts::{Open, Text, path_of};
use crate::cli::lsp::watch::Watch;
use crate::cli::lsp::wire::{Heard, write_value};
use crate::finding;

/// Where the protocol is: what may be asked depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Before `initialize`.
    New,
    Running,
    /// Behind `shutdown`.
    Done,
}

/// A text that is open, as it was when it was checked last.
struct Last {
    seen: Option<Seen>,
    /// What was said of each file.
    said: BTreeMap<Uri, Vec<Diagnostic>>,
}

/// The server.
pub(super) struct Server<W> {
    out: W,
    changed: SyncSender<Heard>,
    watch: Option<Watch>,
    phase: Phase,
    client: Client,
    desk: Desk,
    open: Open,
    /// The texts that are to be checked.
    due: BTreeSet<Uri>,
    last: BTreeMap<Uri, Last>,
    /// What the client shows of files that are not open.
    shown: BTreeMap<Uri, Vec<Diagnostic>>,
    /// Whether nobody reads what is written.
    is_deaf: bool,
}

impl<W: Write> Server<W> {
    pub(super) fn new(out: W, changed: SyncSender<Heard>) -> Self {
        Self {
            out,
            changed,
            watch: None,
            phase: Phase::New,
            client: Client::default(),
            desk: Desk::default(),
            open: Open::default(),
            due: BTreeSet::new(),
            last: BTreeMap::new(),
            shown: BTreeMap::new(),
            is_deaf: false,
        }
    }

    /// Does what comes in. Returns how the process ends, once it does.
    pub(super) fn take(&mut self, heard: Heard) -> Option<Exit> {
        match heard {
            Heard::Message(Message::Request(request)) => self.answer(request),
            Heard::Message(Message::Notification(note)) if note.method == "exit" => {
                return Some(self.exit());
            }
            Heard::Message(Message::Notification(note)) => {
                if self.phase == Phase::Running {
                    // A notification has no answer; what is wrong with one is a fault of the client.
                    let _ = finding::guarded(|| self.hear(note));
                }
            }
            Heard::Message(Message::Response(_)) => {}
            Heard::Malformed(malformed) => {
                self.is_deaf |= write_value(&mut self.out, &malformed.answer()).is_err();
            }
            // It is seen before the next check.
            Heard::FilesChanged => {}
            Heard::End => return Some(self.exit()),
        }
        self.is_deaf.then_some(Exit::Findings)
    }

    /// As the protocol has it: an end that was not announced is an error.
    fn exit(&self) -> Exit {
        if self.phase == Phase::Done { Exit::Clean } else { Exit::Findings }
    }

    fn send(&mut self, message: impl Into<Message>) {
        self.is_deaf |= message.into().write(&mut self.out).is_err();
    }

    fn notify(&mut self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Asks the client for something; its answer changes nothing.
    fn ask(&mut self, method: &str, params: impl Serialize) {
        let id = RequestId::from(format!("crossfoot: {method}"));
        self.send(Request::new(id, method.to_owned(), params));
    }

    fn answer(&mut self, request: Request) {
        let id = request.id.clone();
        let answer = match (self.phase, &*request.method) {
            (Phase::New, "initialize") => self.initialize(request.params),
            (Phase::New, _) => {
                let reason = "`initialize` comes first";
                Err(Refused::new(ErrorCode::ServerNotInitialized, reason))
            }
            (Phase::Done, _) => {
                Err(Refused::new(ErrorCode::InvalidRequest, "the server is shut down"))
            }
            (_, "initialize") => {
                Err(Refused::new(ErrorCode::InvalidRequest, "`initialize` comes once"))
            }
            (_, "shutdown") => {
                self.phase = Phase::Done;
                Ok(Value::Null)
            }
            _ => self.guarded_answer(request),
        };
        self.send(match answer {
            Ok(result) => Response::new_ok(id, result),
            Err(Refused { code, reason }) => Response::new_err(id, code, reason),
        });
    }

    /// Answers a request about a text; a fault of the program in it is an error there.
    fn guarded_answer(&mut self, request: Request) -> Result<Value, Refused> {
        self.settle();
        let seen = |uri: &Uri| self.last.get(uri).and_then(|last| last.seen.as_ref());
        let mut state = answers::State {
            desk: &mut self.desk,
            client: &self.client,
            open: &self.open,
            seen: &seen,
        };
        let answer = finding::guarded(|| state.answer(&request.method, request.params));
        answer.unwrap_or_else(|fault| Err(Refused::new(ErrorCode::InternalError, fault)))
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refused> {
        let params: InitializeParams = answers::read(params)?;
        self.client = Client::of(&params.capabilities, params.initialization_options);
        let folders = params.workspace_folders.unwrap_or_default();
        self.desk.folders = folders.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        if self.desk.folders.is_empty() {
            #[expect(deprecated, reason = "older clients have nothing else")]
            let root = params.root_uri.as_ref().and_then(path_of);
            self.desk.folders.extend(root);
        }
        self.phase = Phase::Running;
        answers::written(answers::initialized(self.client.encoding))
    }

    fn hear(&mut self, note: Notification) {
        let Notification { method, params } = note;
        match &*method {
            "initialized" => self.begin(),
            "textDocument/didOpen" => heard(params, |one| self.opened(one)),
            "textDocument/didChange" => heard(params, |one| self.edited(one)),
            "textDocument/didClose" => heard(params, |one| self.closed(one)),
            "textDocument/didSave" => heard(params, |one| self.saved(&one)),
            "workspace/didChangeWatchedFiles" => self.reread(),
            "workspace/didChangeConfiguration" => heard(params, |one| self.wish(one)),
            _ => {}
        }
    }

    /// Asks to be told of files that others change, or looks after them itself.
    fn begin(&mut self) {
        if !self.client.watches {
            self.watch = Watch::new(self.changed.clone());
            return;
        }
        let watchers = ["**/*.toml", "**/*.{md,markdown,txt,text,html,htm,docx,odt}"];
        let watchers = watchers.map(|pattern| FileSystemWatcher {
            glob_pattern: GlobPattern::String(pattern.to_owned()),
            kind: None,
        });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.into() };
        let registration = Registration {
            id: "files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let registrations = RegistrationParams { registrations: vec![registration] };
        self.ask("client/registerCapability", registrations);
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let folder = self.desk.folders.first().cloned().unwrap_or_else(|| PathBuf::from("/"));
        let text = Text::new(params.text_document, &folder, self.client.encoding);
        let (uri, place) = (text.uri.clone(), text.place.clone());
        self.shown.remove(&uri);
        self.open.insert(text);
        self.is_due(&uri, &place);
    }

    fn edited(&mut self, params: DidChangeTextDocumentParams) {
        let encoding = self.client.encoding;
        let uri = params.text_document.uri;
        let Some(text) = self.open.get_mut(&uri) else { return };
        text.change(params.text_document.version, params.content_changes, encoding);
        let place = text.place.clone();
        self.is_due(&uri, &place);
    }

    fn closed(&mut self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(text) = self.open.remove(&uri) else { return };
        self.last.remove(&uri);
        self.due.remove(&uri);
        self.desk.forget_of(&uri);
        self.publish(&uri, Vec::new(), None);
        self.is_due(&uri, &text.place);
        self.show_others();
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let uri = &params.text_document.uri;
        match self.open.get(uri).map(|text| crate::load::is_toml(&text.path)) {
            Some(true) => self.reread(),
            Some(false) => {
                self.desk.forget_of(uri);
                self.due.insert(uri.clone());
            }
            None => {}
        }
    }

    /// Takes over the settings of the client.
    fn wish(&mut self, params: DidChangeConfigurationParams) {
        let showed = self.client.shows_hints();
        let before = std::mem::take(&mut self.client.wishes);
        self.client.wishes = wished(params.settings).over(before);
        let shows = showed != self.client.shows_hints();
        if shows && self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
    }

    /// Reads everything anew.
    fn reread(&mut self) {
        self.desk.forget();
        self.due.extend(self.open.all().map(|text| text.uri.clone()));
    }

    /// A text is to be checked, and so are those that its file took part in.
    fn is_due(&mut self, uri: &Uri, place: &Path) {
        if self.open.get(uri).is_some() {
            self.due.insert(uri.clone());
        }
        let with = |last: &Last| last.seen.as_ref().is_some_and(|seen| seen.has(place));
        let others = self.last.iter().filter(|(_, last)| with(last));
        self.due.extend(others.map(|(uri, _)| uri.clone()));
    }

    /// Checks what is to be checked, and says what there is to say.
    pub(super) fn settle(&mut self) {
        if self.watch.as_ref().is_some_and(Watch::has_changed) {
            self.reread();
        }
        while let Some(uri) = self.due.pop_first() {
            if let Some(text) = self.open.get(&uri).cloned() {
                self.check(&text);
            }
        }
    }

    fn check(&mut self, text: &Text) {
        let uri = text.uri.clone();
        let (desk, open, encoding) = (&mut self.desk, &self.open, self.client.encoding);
        // A fault in a check is told in the text by the check itself; of one around it nothing is shown.
        let done = finding::guarded(|| {
            let seen = desk.check(text, open, None)?;
            let said = diagnostics(&seen, text, open, encoding);
            Some((seen, said))
        });
        let (seen, mut said) = match done.unwrap_or(None) {
            Some((seen, said)) => (Some(seen), said),
            None => (None, BTreeMap::from([(uri.clone(), unchecked(text).into_iter().collect())])),
        };
        if !self.client.has_related {
            said.values_mut().flatten().for_each(|one| one.related_information = None);
        }
        if let (Some(watch), Some(ready)) = (&mut self.watch, self.desk.ready(&uri)) {
            let folder = self.desk.request(text).directory;
            watch.follow(&ready.loaded, &folder);
        }
        let own = said.get(&uri).cloned().unwrap_or_default();
        self.last.insert(uri.clone(), Last { seen, said });
        self.publish(&uri, own, Some(text.version));
        self.show_others();
    }

    /// Says of files that are not open what the checks of those that are have found in them.
    fn show_others(&mut self) {
        let mut all: BTreeMap<Uri, Vec<Diagnostic>> = BTreeMap::new();
        for (uri, said) in self.last.values().flat_map(|last| &last.said) {
            if self.open.get(uri).is_none() {
                let own = all.entry(uri.clone()).or_default();
                for one in said {
                    if !own.contains(one) {
                        own.push(one.clone());
                    }
                }
            }
        }
        all.retain(|_, said| !said.is_empty());
        let gone: Vec<Uri> =
            self.shown.keys().filter(|uri| !all.contains_key(*uri)).cloned().collect();
        for uri in gone {
            self.shown.remove(&uri);
            if self.open.get(&uri).is_none() {
                self.publish(&uri, Vec::new(), None);
            }
        }
        for (uri, said) in all {
            if self.shown.get(&uri) != Some(&said) {
                self.publish(&uri, said.clone(), None);
                self.shown.insert(uri, said);
            }
        }
    }

    fn publish(&mut self, uri: &Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams { uri: uri.clone(), diagnostics, version };
        self.notify("textDocument/publishDiagnostics", params);
    }
}

/// Does something with what a notification says, if that can be read.
fn heard<P: DeserializeOwned>(params: Value, act: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(params) {
        act(params);
    }
}
