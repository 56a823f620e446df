//! A client of the language server, by its own reading of the protocol.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A server and the way to it.
pub(super) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i64,
    /// What was said last of each file.
    published: HashMap<String, Value>,
    /// What the server asked for.
    pub(super) asked: Vec<String>,
}

/// What a modern editor can do.
pub(super) fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "inlayHint": { "refreshSupport": true },
        },
    })
}

impl Client {
    /// A server that was only started.
    pub(super) fn started(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output, next: 0, published: HashMap::new(), asked: Vec::new() }
    }

    /// A server in a folder, with what the client can do and wants.
    pub(super) fn of(folder: &Path, capabilities: &Value, wishes: &Value) -> Self {
        let mut client = Self::started(folder);
        let answer = client.request(
            "initialize",
            json!({
                "processId": null, "capabilities": capabilities, "initializationOptions": wishes,
                "workspaceFolders": [{ "uri": uri(folder), "name": "desk" }],
            }),
        );
        assert_eq!(answer["serverInfo"]["name"], "crossfoot", "{answer}");
        client.notify("initialized", json!({}));
        client
    }

    /// Bytes as they are.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).and_then(|()| input.flush()).unwrap();
    }

    pub(super) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) {
        let mut note = json!({ "jsonrpc": "2.0", "method": method });
        note["params"] = params;
        self.send(&note);
    }

    /// The next message.
    pub(super) fn message(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the server is gone");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut content = vec![0; length];
        self.output.read_exact(&mut content).unwrap();
        let message: Value = serde_json::from_slice(&content).unwrap();
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        message
    }

    /// The next message that is no diagnostics and no wish of the server's.
    pub(super) fn answer(&mut self) -> Value {
        loop {
            let message = self.message();
            match message["method"].as_str() {
                None => return message,
                Some("textDocument/publishDiagnostics") => {
                    let params = message["params"].clone();
                    self.published.insert(params["uri"].as_str().unwrap().to_owned(), params);
                }
                Some(method) => {
                    self.asked.push(method.to_owned());
                    let id = message["id"].clone();
                    self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
                }
            }
        }
    }

    /// What a request comes to: its result, or its error.
    pub(super) fn request(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut request = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        request["params"] = params;
        self.send(&request);
        let answer = self.answer();
        assert_eq!(answer["id"], id, "{answer}");
        answer.get("error").or(answer.get("result")).unwrap().clone()
    }

    /// What is said of a file once all that was sent is done; nothing where nothing was said.
    pub(super) fn said(&mut self, uri: &str) -> Vec<Value> {
        // Before anything is answered, what was changed is checked.
        self.request("crossfoot/nothing", Value::Null);
        let said = self.published.get(uri);
        said.map_or_else(Vec::new, |one| one["diagnostics"].as_array().unwrap().clone())
    }

    /// The version of a text of which something was said last.
    pub(super) fn version(&self, uri: &str) -> &Value {
        &self.published[uri]["version"]
    }

    /// Opens a text, and what is said of it.
    pub(super) fn open(&mut self, uri: &str, text: &str) -> Vec<Value> {
        let language = if uri.rsplit('.').next() == Some("md") { "markdown" } else { "toml" };
        let document = json!({ "uri": uri, "languageId": language, "version": 0, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        self.said(uri)
    }

    /// Puts another text in the place of one, and what is said of it then.
    pub(super) fn replace(&mut self, uri: &str, version: i32, text: &str) -> Vec<Value> {
        self.change(uri, version, &json!({ "text": text }));
        self.said(uri)
    }

    pub(super) fn change(&mut self, uri: &str, version: i32, change: &Value) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.notify("textDocument/didChange", params);
    }

    /// What is asked about a place.
    pub(super) fn at(&mut self, method: &str, uri: &str, place: &Value) -> Value {
        let mut params = json!({ "textDocument": { "uri": uri }, "position": place });
        if method == "textDocument/references" {
            params["context"] = json!({ "includeDeclaration": true });
        }
        self.request(method, params)
    }

    /// What is offered at a place.
    pub(super) fn actions(&mut self, uri: &str, place: &Value) -> Vec<Value> {
        let params = json!({
            "textDocument": { "uri": uri }, "range": { "start": place, "end": place },
            "context": { "diagnostics": [] },
        });
        self.request("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Says goodbye; the code that the server ends with.
    pub(super) fn end(mut self) -> i32 {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.code()
    }

    /// Ends the connection without a word; the code that the server ends with.
    pub(super) fn code(mut self) -> i32 {
        drop(self.input.take());
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a file or a folder whose name needs no escapes.
pub(super) fn uri(path: &Path) -> String {
    format!("file://{}", path.canonicalize().unwrap().display())
}

/// The place of a byte, with columns in UTF-16 units or in bytes.
pub(super) fn place(text: &str, at: usize, in_bytes: bool) -> Value {
    let before = &text[..at];
    // A line ends at \n, \r\n or \r.
    let joined = before.ends_with('\r') && text[at..].starts_with('\n');
    let ends = before.replace("\r\n", "\n").matches(['\n', '\r']).count() - usize::from(joined);
    let whole = if joined { &before[..before.len() - 1] } else { before };
    let line = whole.rsplit(['\n', '\r']).next().unwrap();
    let line = if joined { format!("{line}\r") } else { line.to_owned() };
    let column = if in_bytes { line.len() } else { line.encode_utf16().count() };
    json!({ "line": ends, "character": column })
}

/// The byte of a place, with columns in UTF-16 units.
pub(super) fn offset(text: &str, place: &Value) -> usize {
    let all = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    { all }.find(|&at| self::place(text, at, false) == *place).unwrap()
}

/// A text after what an action changes in it.
pub(super) fn done(text: &str, action: &Value, uri: &str) -> String {
    let changes = action["edit"]["documentChanges"].as_array().unwrap();
    let mut text = text.to_owned();
    for change in changes.iter().filter(|change| change["textDocument"]["uri"] == *uri) {
        let [edit] = &change["edits"].as_array().unwrap()[..] else { panic!("{action}") };
        let range = &edit["range"];
        let (start, end) = (offset(&text, &range["start"]), offset(&text, &range["end"]));
        text.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    text
}
