//! Changes of files as a client is handed them.

use std::collections::HashMap;
use std::ops::Range;

use ls_types::{
    CreateFile, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range as Region, ResourceOp,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use crate::cli::lsp::client::Client;
use crate::cli::lsp::position::Lines;
use crate::cli::lsp::texts::Open;

/// Changes of one file.
pub(super) fn changes(
    client: &Client,
    open: &Open,
    uri: Uri,
    edits: Vec<TextEdit>,
) -> WorkspaceEdit {
    if !client.has_versions {
        let changes = Some(HashMap::from([(uri, edits)]));
        return WorkspaceEdit { changes, ..WorkspaceEdit::default() };
    }
    let version = open.get(&uri).map(|text| text.version);
    let edit = of_file(uri, version, edits);
    let document_changes = Some(DocumentChanges::Edits(vec![edit]));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}

/// A new file.
pub(super) fn new_file(uri: Uri, text: String) -> WorkspaceEdit {
    let top = Region { start: Position::new(0, 0), end: Position::new(0, 0) };
    let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
    let operations = vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(of_file(uri, None, vec![TextEdit::new(top, text)])),
    ];
    let document_changes = Some(DocumentChanges::Operations(operations));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}

fn of_file(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

/// The one change that makes a text of another: all between what both begin and end with.
pub(super) fn between(old: &str, new: &str, lines: &Lines) -> TextEdit {
    let (range, text) = difference(old, new);
    TextEdit::new(lines.region(old, range), text.to_owned())
}

fn difference<'n>(old: &str, new: &'n str) -> (Range<usize>, &'n str) {
    let same = |(a, b): &(char, char)| a == b;
    let length = |(c, _): (char, char)| c.len_utf8();
    let first: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
    let ends = old[first..].chars().rev().zip(new[first..].chars().rev());
    let last: usize = ends.take_while(same).map(length).sum();
    (first..old.len() - last, &new[first..new.len() - last])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_as_small_as_what_differs() {
        for (old, new, range, text) in [
            ("a€b", "a€€b", 4..4, "€"),
            ("abab", "ab", 2..4, ""),
            ("", "x", 0..0, "x"),
            ("same", "same", 4..4, ""),
            ("é1", "è1", 0..2, "è"),
        ] {
            assert_eq!(difference(old, new), (range, text), "{old} {new}");
        }
    }
}
