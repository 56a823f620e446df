//! What the client can do, and what it wants.

use ls_types::{ClientCapabilities, ResourceOperationKind};
use serde::Deserialize;
use serde_json::Value;

use crate::cli::lsp::position::Encoding;

/// What the client can do.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether a diagnostic may name other places.
    pub(super) has_related: bool,
    /// Whether edits may name the version of what they change.
    pub(super) has_versions: bool,
    /// Whether edits may make files.
    pub(super) makes_files: bool,
    /// Whether it can be asked to watch files.
    pub(super) watches: bool,
    /// Whether it can be asked to ask for hints again.
    pub(super) refreshes_hints: bool,
    pub(super) wishes: Wishes,
}

/// What the client wants, by `initializationOptions` or the settings of `crossfoot`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Wishes {
    /// Whether it is shown beside figures what they would have to read; not where it does not say.
    pub(super) inlay_hints: Option<bool>,
    /// The command of the client that asks for the reason why a finding stands; without one, the reason is to
    /// be written into the comment.
    pub(super) silence_command: Option<String>,
}

impl Wishes {
    /// These, and what they leave out as it was.
    #[must_use]
    pub(super) fn over(self, before: Self) -> Self {
        Self {
            inlay_hints: self.inlay_hints.or(before.inlay_hints),
            silence_command: self.silence_command.or(before.silence_command),
        }
    }
}

impl Client {
    /// Whether hints are shown.
    pub(super) fn shows_hints(&self) -> bool {
        self.wishes.inlay_hints == Some(true)
    }

    pub(super) fn of(all: &ClientCapabilities, wishes: Option<Value>) -> Self {
        let offered = all.general.as_ref().and_then(|one| one.position_encodings.as_deref());
        let workspace = all.workspace.as_ref();
        let edits = workspace.and_then(|one| one.workspace_edit.as_ref());
        let files = edits.and_then(|one| one.resource_operations.as_ref());
        let shown = all.text_document.as_ref().and_then(|one| one.publish_diagnostics.as_ref());
        let watched = workspace.and_then(|one| one.did_change_watched_files.as_ref());
        let hints = workspace.and_then(|one| one.inlay_hint.as_ref());
        let has_versions = edits.and_then(|one| one.document_changes).unwrap_or(false);
        Self {
            encoding: Encoding::of(offered),
            has_related: shown.and_then(|one| one.related_information).unwrap_or(false),
            has_versions,
            makes_files: has_versions
                && files.is_some_and(|all| all.contains(&ResourceOperationKind::Create)),
            watches: watched.and_then(|one| one.dynamic_registration).unwrap_or(false),
            refreshes_hints: hints.and_then(|one| one.refresh_support).unwrap_or(false),
            wishes: wishes.map(wished).unwrap_or_default(),
        }
    }
}

/// What is wanted; what is not understood is not.
pub(super) fn wished(wishes: Value) -> Wishes {
    let own = wishes.get("crossfoot").cloned().unwrap_or(wishes);
    serde_json::from_value(own).unwrap_or_default()
}
