//! Messages over a pipe: framed as the protocol has it, no larger than a limit, and answered with an error
//! where they are none.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, RequestId};
use serde_json::{Value, json};

/// Bytes of a message that are read; what is larger is passed over and answered with an error.
pub(super) const LARGEST: u64 = 192 << 20;

/// Bytes of the headers of a message.
const LARGEST_HEADERS: u64 = 8 << 10;

/// What came in.
#[derive(Debug)]
pub(super) enum Heard {
    /// A message.
    Message(Message),
    /// What is no message, and what its sender is told.
    Malformed(Malformed),
    /// Files were changed by something else; it wakes whoever waits.
    FilesChanged,
    /// Nothing comes any more.
    End,
}

/// What is no message of the protocol.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The request that it was meant to be, where it says so.
    pub(super) id: Option<RequestId>,
    pub(super) code: i32,
    pub(super) reason: String,
    /// Whether it is not known any more where the next message begins.
    pub(super) is_lost: bool,
}

impl Malformed {
    fn new(code: ErrorCode, reason: impl Into<String>) -> Self {
        Self { id: None, code: code as i32, reason: reason.into(), is_lost: false }
    }

    /// The answer; JSON-RPC has it without a name where none is known.
    pub(super) fn answer(&self) -> Value {
        json!({
            "jsonrpc": "2.0",
            "id": self.id,
            "error": { "code": self.code, "message": self.reason },
        })
    }
}

/// What the headers of a message say.
enum Headed {
    Length(u64),
    End,
    /// Where a message begins is not known any more.
    Lost(Malformed),
}

/// Reads the next message. Behind [`Heard::End`], and what [`Malformed::is_lost`], nothing is to be read.
pub(super) fn heard(input: &mut impl BufRead) -> Heard {
    let length = match headed(input) {
        Headed::Length(length) => length,
        Headed::End => return Heard::End,
        Headed::Lost(malformed) => return Heard::Malformed(malformed),
    };
    let mut content = input.take(length);
    if LARGEST < length {
        let _ = io::copy(&mut content, &mut io::sink());
        let most = LARGEST >> 20;
        let reason = format!("a message of {length} bytes; no more than {most} MB are read");
        return Heard::Malformed(Malformed::new(ErrorCode::InvalidRequest, reason));
    }
    let mut bytes = Vec::new();
    match content.read_to_end(&mut bytes) {
        Ok(read) if read as u64 == length => read_message(&bytes),
        _ => Heard::End,
    }
}

/// Reads a message.
fn read_message(bytes: &[u8]) -> Heard {
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => {
            let reason = format!("this is not JSON: {error}");
            return Heard::Malformed(Malformed::new(ErrorCode::ParseError, reason));
        }
    };
    let id = value.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
    match serde_json::from_value(value) {
        Ok(message) => Heard::Message(message),
        Err(_) => Heard::Malformed(Malformed {
            id,
            ..Malformed::new(ErrorCode::InvalidRequest, "this is no message of the protocol")
        }),
    }
}

/// Reads the headers of a message.
fn headed(input: &mut impl BufRead) -> Headed {
    let mut head = input.take(LARGEST_HEADERS);
    let mut length = None;
    loop {
        let mut line = Vec::new();
        match head.read_until(b'\n', &mut line) {
            Ok(0) | Err(_) if head.limit() != 0 => return Headed::End,
            Ok(_) if line.ends_with(b"\n") => {}
            _ => return lost("headers without an end"),
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return match length {
                Some(length) => Headed::Length(length),
                None => lost("headers without `Content-Length`"),
            };
        }
        let Some((name, value)) = line.split_once(':') else {
            return lost("a line that is no header");
        };
        if name.trim().eq_ignore_ascii_case("content-length") {
            let Ok(number) = value.trim().parse() else {
                return lost("`Content-Length` is to be a number");
            };
            length = Some(number);
        }
    }
}

fn lost(reason: &str) -> Headed {
    let malformed = Malformed::new(ErrorCode::ParseError, reason);
    Headed::Lost(Malformed { is_lost: true, ..malformed })
}

/// Writes what is no message of the protocol's library: an answer without a name.
///
/// # Errors
/// If nobody reads it.
pub(super) fn write_value(out: &mut impl Write, value: &Value) -> io::Result<()> {
    let text = value.to_string();
    write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Heard> {
        let mut input = bytes;
        let mut all = Vec::new();
        for _ in 0..9 {
            all.push(heard(&mut input));
            if matches!(all.last(), Some(Heard::End)) {
                break;
            }
        }
        all
    }

    fn framed(text: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
    }

    #[test]
    fn what_is_no_message_is_told_and_the_next_one_is_read() {
        let mut bytes = framed("{");
        bytes.extend(framed("[]"));
        bytes.extend(framed(r#"{"jsonrpc":"2.0","id":7}"#));
        bytes.extend(framed(r#"{"jsonrpc":"2.0","id":8,"method":"shutdown"}"#));
        let all = all(&bytes);
        let codes = |at: usize| match &all[at] {
            Heard::Malformed(one) => (one.code, one.id.clone()),
            other => panic!("{other:?}"),
        };
        assert_eq!(codes(0), (-32700, None));
        assert_eq!(codes(1), (-32600, None));
        assert_eq!(codes(2), (-32600, Some(7.into())));
        assert!(
            matches!(&all[3], Heard::Message(Message::Request(one)) if one.method == "shutdown")
        );
        assert!(matches!(all[4], Heard::End));
    }

    #[test]
    fn headers_are_bounded_and_said_to_be_wrong() {
        for head in ["no header\r\n\r\n", "Content-Length: x\r\n\r\n", "A: b\r\n\r\n"] {
            assert!(
                matches!(&all(head.as_bytes())[0], Heard::Malformed(one) if one.code == -32700)
            );
        }
        let long = format!("A: {}\r\n\r\n", "b".repeat(1 << 20));
        assert!(matches!(&all(long.as_bytes())[0], Heard::Malformed(_)));
        assert!(matches!(all(b"Content-Length: 5\r\n\r\nab")[0], Heard::End));
    }

    #[test]
    fn a_message_that_is_too_large_takes_no_memory() {
        let input = "Content-Length: 999999999999\r\n\r\n".as_bytes();
        let mut input = io::BufReader::new(input.chain(io::repeat(b' ').take(9)));
        assert!(
            matches!(heard(&mut input), Heard::Malformed(one) if one.reason.contains("192 MB"))
        );
    }
}
