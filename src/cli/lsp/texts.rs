//! The texts that the editor has open, as they are in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ls_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use crate::cli::lsp::position::{Encoding, Lines};
use crate::load::canonical;

/// A text that is open.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) uri: Uri,
    /// Its path, or one that it could have, where it is no file yet.
    pub(super) path: PathBuf,
    /// Where that leads.
    pub(super) place: PathBuf,
    pub(super) version: i32,
    pub(super) content: String,
    pub(super) lines: Lines,
}

impl Text {
    /// A text that was opened; `folder` is where one lies that is no file yet.
    pub(super) fn new(item: TextDocumentItem, folder: &Path, encoding: Encoding) -> Self {
        let path = path_of(&item.uri).unwrap_or_else(|| unsaved(&item, folder));
        let lines = Lines::of(&item.text, encoding);
        let place = canonical(&path);
        Self { uri: item.uri, path, place, version: item.version, content: item.text, lines }
    }

    /// Does what was typed.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        for change in changes {
            match change.range {
                Some(region) => {
                    let range = self.lines.range(&self.content, region);
                    self.content.replace_range(range, &change.text);
                }
                None => self.content = change.text,
            }
            self.lines = Lines::of(&self.content, encoding);
        }
        self.version = version;
    }
}

/// The texts that are open, by their addresses.
#[derive(Clone, Debug, Default)]
pub(super) struct Open(BTreeMap<Uri, Text>);

impl Open {
    pub(super) fn get(&self, uri: &Uri) -> Option<&Text> {
        self.0.get(uri)
    }

    pub(super) fn get_mut(&mut self, uri: &Uri) -> Option<&mut Text> {
        self.0.get_mut(uri)
    }

    pub(super) fn insert(&mut self, text: Text) {
        self.0.insert(text.uri.clone(), text);
    }

    pub(super) fn remove(&mut self, uri: &Uri) -> Option<Text> {
        self.0.remove(uri)
    }

    /// The text that is open of a file.
    pub(super) fn at(&self, place: &Path) -> Option<&Text> {
        self.0.values().find(|text| text.place == place)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Text> {
        self.0.values()
    }

    /// The address of a file: the one that the editor has for it, where it is open.
    pub(super) fn uri_of(&self, place: &Path) -> Option<Uri> {
        match self.at(place) {
            Some(text) => Some(text.uri.clone()),
            None => Uri::from_file_path(place),
        }
    }
}

/// The file at an address, if it is one of a file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    uri.to_file_path().filter(|_| is_file).map(Cow::into_owned)
}

/// A path for a text that is no file yet, with an ending for its language.
fn unsaved(item: &TextDocumentItem, folder: &Path) -> PathBuf {
    let address = item.uri.as_str();
    let last = address.rsplit(['/', ':']).next().unwrap_or_default();
    let ending = match &*item.language_id {
        "markdown" => ".md",
        "html" => ".html",
        "toml" => ".toml",
        "plaintext" | "text" => ".txt",
        _ => "",
    };
    let has_ending = Path::new(last).extension().is_some();
    folder.join(if has_ending { last.to_owned() } else { format!("{last}{ending}") })
}
