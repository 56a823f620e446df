//! What the client asks, and what it is answered.

use ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability,
    CompletionOptions, CompletionParams, DeclarationCapability, DocumentLinkOptions,
    DocumentLinkParams, DocumentSymbolParams, GotoDefinitionParams, HoverParams,
    HoverProviderCapability, InitializeResult, InlayHintParams, OneOf, ReferenceParams,
    SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cli::lsp::actions::Asked;
use crate::cli::lsp::client::Client;
use crate::cli::lsp::completion::proposals;
use crate::cli::lsp::desk::{Desk, Seen};
use crate::cli::lsp::diagnostics::Places;
use crate::cli::lsp::kind::Kind;
use crate::cli::lsp::position::Encoding;
use crate::cli::lsp::texts::{Open, Text};
use crate::cli::lsp::{goto, hints, hover, symbols};
use crate::rule::Registry;

/// Why a request is not answered.
pub(super) struct Refused {
    pub(super) code: i32,
    pub(super) reason: String,
}

impl Refused {
    pub(super) fn new(code: ErrorCode, reason: impl Into<String>) -> Self {
        Self { code: code as i32, reason: reason.into() }
    }
}

/// What a request says.
pub(super) fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refused> {
    serde_json::from_value(params)
        .map_err(|error| Refused::new(ErrorCode::InvalidParams, error.to_string()))
}

/// An answer as it is sent.
pub(super) fn written(answer: impl Serialize) -> Result<Value, Refused> {
    serde_json::to_value(answer)
        .map_err(|error| Refused::new(ErrorCode::InternalError, error.to_string()))
}

/// What the server can do.
pub(super) fn initialized(encoding: Encoding) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions::default())),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR]),
        ..CodeActionOptions::default()
    };
    let completion = CompletionOptions {
        trigger_characters: Some(vec!["\"".to_owned(), "{".to_owned()]),
        ..CompletionOptions::default()
    };
    let links = DocumentLinkOptions {
        resolve_provider: Some(false),
        work_done_progress_options: ls_types::WorkDoneProgressOptions::default(),
    };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(completion),
            declaration_provider: Some(DeclarationCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(links),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            inlay_hint_provider: Some(OneOf::Left(true)),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: "crossfoot".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        ..InitializeResult::default()
    }
}

/// What answers are made from.
pub(super) struct State<'s> {
    pub(super) desk: &'s mut Desk,
    pub(super) client: &'s Client,
    pub(super) open: &'s Open,
    /// What the last check of a text came to.
    pub(super) seen: &'s dyn Fn(&Uri) -> Option<&'s Seen>,
}

impl<'s> State<'s> {
    /// Answers a request about a text.
    pub(super) fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refused> {
        match method {
            "textDocument/hover" => self.hover(&read(params)?),
            "textDocument/codeAction" => self.actions(&read(params)?),
            "textDocument/inlayHint" => self.hints(&read(params)?),
            "textDocument/definition" => self.definition(&read(params)?),
            "textDocument/declaration" => self.declaration(&read(params)?),
            "textDocument/references" => self.references(&read(params)?),
            "textDocument/documentSymbol" => self.symbols(&read(params)?),
            "textDocument/documentLink" => self.links(&read(params)?),
            "textDocument/completion" => self.completion(&read(params)?),
            other => {
                let reason = format!("`{other}` is not answered");
                Err(Refused::new(ErrorCode::MethodNotFound, reason))
            }
        }
    }

    /// A text that is open.
    fn text(&self, uri: &Uri) -> Result<&'s Text, Refused> {
        let reason = || format!("{} is not open", uri.as_str());
        let text = self.open.get(uri);
        text.ok_or_else(|| Refused::new(ErrorCode::InvalidParams, reason()))
    }

    /// A text that is open with what its check came to, and a way to places.
    fn checked(&self, uri: &Uri) -> Result<Option<(&'s Text, &'s Seen, Places<'s>)>, Refused> {
        let text = self.text(uri)?;
        let seen = (self.seen)(uri);
        Ok(seen.map(|seen| (text, seen, Places::new(seen, self.open, self.client.encoding))))
    }

    fn hover(&mut self, params: &HoverParams) -> Result<Value, Refused> {
        let at = &params.text_document_position_params;
        let text = self.text(&at.text_document.uri)?;
        let offset = text.lines.offset(&text.content, at.position);
        let encoding = self.client.encoding;
        written(hover::hover(self.desk, (text, self.open), offset, encoding))
    }

    fn actions(&mut self, params: &CodeActionParams) -> Result<Value, Refused> {
        let uri = &params.text_document.uri;
        let Some((text, seen, _)) = self.checked(uri)? else { return written(Value::Null) };
        let asked = Asked {
            desk: self.desk,
            client: self.client,
            open: self.open,
            text,
            seen,
            range: text.lines.range(&text.content, params.range),
            context: &params.context,
        };
        written(asked.actions())
    }

    fn hints(&mut self, params: &InlayHintParams) -> Result<Value, Refused> {
        let uri = &params.text_document.uri;
        match self.checked(uri)?.filter(|_| self.client.shows_hints()) {
            Some((text, seen, mut places)) => {
                let range = text.lines.range(&text.content, params.range);
                written(hints::hints(seen, text, &range, &mut places))
            }
            None => written(Value::Null),
        }
    }

    fn definition(&mut self, params: &GotoDefinitionParams) -> Result<Value, Refused> {
        let at = &params.text_document_position_params;
        let Some((text, seen, mut places)) = self.checked(&at.text_document.uri)? else {
            return written(Value::Null);
        };
        let offset = text.lines.offset(&text.content, at.position);
        written(goto::definition(seen, text, offset, &mut places))
    }

    fn declaration(&mut self, params: &GotoDefinitionParams) -> Result<Value, Refused> {
        let at = &params.text_document_position_params;
        let Some((text, seen, mut places)) = self.checked(&at.text_document.uri)? else {
            return written(Value::Null);
        };
        let offset = text.lines.offset(&text.content, at.position);
        written(goto::declaration(seen, text, offset, &mut places))
    }

    fn references(&mut self, params: &ReferenceParams) -> Result<Value, Refused> {
        let at = &params.text_document_position;
        let Some((text, seen, mut places)) = self.checked(&at.text_document.uri)? else {
            return written(Value::Null);
        };
        let offset = text.lines.offset(&text.content, at.position);
        written(goto::references(seen, text, offset, &mut places))
    }

    fn symbols(&mut self, params: &DocumentSymbolParams) -> Result<Value, Refused> {
        match self.checked(&params.text_document.uri)? {
            Some((text, seen, mut places)) => written(symbols::symbols(seen, text, &mut places)),
            None => written(Value::Null),
        }
    }

    fn links(&mut self, params: &DocumentLinkParams) -> Result<Value, Refused> {
        match self.checked(&params.text_document.uri)? {
            Some((text, seen, mut places)) => written(goto::links(seen, text, &mut places)),
            None => written(Value::Null),
        }
    }

    fn completion(&mut self, params: &CompletionParams) -> Result<Value, Refused> {
        let at = &params.text_document_position;
        let text = self.text(&at.text_document.uri)?;
        let Some(kind) = Kind::of(text) else { return written(Value::Null) };
        let offset = text.lines.offset(&text.content, at.position);
        let rules = match (self.seen)(&at.text_document.uri) {
            Some(seen) => self.desk.rules(text, seen),
            None => Registry::built_in(),
        };
        written(proposals(kind, &text.content, offset, rules))
    }
}
