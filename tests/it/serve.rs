//! `crossfoot serve` over its protocol: many connections, requests that are too large, broken or from elsewhere.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::support::{read, root};

/// A server of its own, ended with its test.
pub(crate) struct Server {
    process: Child,
    /// Its address: "127.0.0.1:40123".
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        Self { process, address: address.expect("its address").to_owned() }
    }

    /// Memory that it holds, in kilobytes.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.address).unwrap();
        Connection { stream: BufReader::new(stream), host: self.address.clone() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A connection that is kept.
struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    /// Sends a request; the status and the body of the answer. What is not read any more is no error.
    fn ask(&mut self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, String) {
        let host = ("host", self.host.clone());
        let has_host = headers.iter().any(|(name, _)| *name == "host");
        let own = headers.iter().map(|&(name, value)| (name, value.to_owned()));
        let length = ("content-length", body.len().to_string());
        let all = own.chain((!has_host).then_some(host)).chain([length]);
        let all: Vec<String> = all.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!("{line} HTTP/1.1\r\n{}\r\n", all.concat());
        let _ = self.stream.get_mut().write_all(head.as_bytes());
        let _ = self.stream.get_mut().write_all(body);
        self.answer()
    }

    fn answer(&mut self) -> (u16, String) {
        let mut status = String::new();
        self.stream.read_line(&mut status).unwrap();
        let status = status.split(' ').nth(1).unwrap_or_else(|| panic!("{status:?}"));
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = told.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        (status.parse().unwrap(), String::from_utf8_lossy(&body).into_owned())
    }

    fn check(&mut self, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let json = [("content-type", "application/json")];
        let (status, answer) = self.ask("POST /v1/check", &json, body.as_bytes());
        (status, serde_json::from_str(&answer).unwrap())
    }
}

const FORM: [(&str, &str); 1] = [("content-type", "multipart/form-data; boundary=XX")];

/// A form with these fields: name, name of the file, bytes.
fn form(fields: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        body.extend(
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                .bytes(),
        );
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--XX--\r\n");
    body
}

#[test]
fn a_thousand_requests_on_fifty_connections_are_answered_and_leave_nothing() {
    let server = Server::start();
    let article = read("fixtures/newsroom/draft-4.md");
    let asked =
        serde_json::json!({ "text": article, "name": "draft.md", "published": "2026-01-20" });
    let (status, wanted) = server.connect().check(&asked);
    assert_eq!(status, 200);
    let round = || {
        thread::scope(|scope| {
            for _ in 0..50 {
                scope.spawn(|| {
                    let mut connection = server.connect();
                    for _ in 0..10 {
                        assert_eq!(connection.check(&asked), (200, wanted.clone()));
                    }
                });
            }
        });
    };
    round();
    let before = server.memory();
    round();
    let after = server.memory();
    // What threads keep for themselves differs from round to round, by far less than one body each.
    assert!(after < before + 16 * 1024, "{before} and then {after} kilobytes");
    eprintln!("{before} kilobytes after 500 requests on 50 connections, {after} after 500 more");
}

#[test]
fn documents_are_posted_as_a_form() {
    let server = Server::start();
    let bytes = fs::read(root().join("fixtures/documents/changes-pandoc.docx")).unwrap();
    let claims = "[[claim]]\nid = \"a\"\nvalue = \"5 km\"\n".as_bytes();
    let body = form(&[("file", Some("C:\\desk\\a.docx"), &bytes), ("claims", None, claims)]);
    let (status, report) = server.connect().ask("POST /v1/check", &FORM, &body);
    assert_eq!(status, 200, "{report}");
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["version"], 1);
    assert!(!report.to_string().contains("desk"), "the name is no path");
    let body = form(&[("file", Some("a.pdf"), b"%PDF-1.7")]);
    let (status, reason) = server.connect().ask("POST /v1/check", &FORM, &body);
    assert_eq!(status, 422);
    assert!(reason.contains("PDF"), "{reason}");
}

/// A request, and the status that it is answered with: the first line, headers, a body.
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c [u8], u16);

#[test]
fn what_cannot_be_taken_is_refused_in_words() {
    let server = Server::start();
    let json = [("content-type", "application/json")];
    let big = vec![b' '; (16 << 20) + 1];
    let twice = form(&[("file", Some("a.md"), b"5"), ("file", Some("a.md"), b"5")]);
    let none = form(&[("name", None, b"a.md")]);
    let open = form(&[("file", Some("a.md"), b"5")]);
    let blank = vec![b' '; 1 << 20];
    let cases: [Case<'_>; 17] = [
        ("POST /v1/check", &json, &big, 413),
        ("POST /v1/check", &FORM, &big, 413),
        ("POST /v1/check", &FORM, &blank, 400),
        ("POST /v1/check", &json, b"{", 400),
        ("POST /v1/check", &json, b"\xff", 400),
        ("POST /v1/check", &json, b"{}", 422),
        ("POST /v1/check", &json, br#"{"text":5}"#, 422),
        ("POST /v1/check", &json, br#"{"text":"","path":"/etc/passwd"}"#, 422),
        ("POST /v1/check", &json, br#"{"text":"","published":"soon"}"#, 422),
        ("POST /v1/check", &json, br#"{"text":"","name":"a\u0000.md"}"#, 422),
        ("POST /v1/check", &[("content-type", "text/plain")], b"5", 415),
        ("POST /v1/check", &FORM, &twice, 422),
        ("POST /v1/check", &FORM, &none, 422),
        ("POST /v1/check", &FORM, &open[..open.len() - 8], 400),
        ("GET /v1/check", &[], b"", 405),
        ("GET /etc/passwd", &[], b"", 404),
        ("POST /v1/check", &[("host", "evil.example"), json[0]], b"{}", 403),
    ];
    for (number, (line, headers, body, wanted)) in cases.into_iter().enumerate() {
        let (status, reason) = server.connect().ask(line, headers, body);
        assert_eq!(status, wanted, "case {number}: {reason}");
        assert!(serde_json::from_str::<Value>(&reason).unwrap()["error"].is_string(), "{reason}");
    }
    let elsewhere = [("origin", "http://evil.example"), json[0]];
    assert_eq!(server.connect().ask("POST /v1/check", &elsewhere, br#"{"text":""}"#).0, 403);
    // It goes on.
    assert_eq!(server.connect().check(&serde_json::json!({ "text": "5 km" })).0, 200);
}

#[test]
fn requests_and_reports_fit_the_schemas_that_are_published() {
    let server = Server::start();
    let schema = |name: &str| {
        let (status, text) = server.connect().ask(&format!("GET /v1/schema/{name}"), &[], b"");
        assert_eq!(status, 200);
        jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
    };
    let (request, report) = (schema("request"), schema("report"));
    let asked =
        serde_json::json!({ "text": "From 5 to 6 million, or 90 per cent.", "name": "a.txt" });
    assert!(request.is_valid(&asked));
    assert!(!request.is_valid(&serde_json::json!({ "text": "", "path": "a" })));
    let (_, told) = server.connect().check(&asked);
    assert!(report.is_valid(&told));
}

#[test]
fn the_page_is_served_packed_or_plain() {
    let server = Server::start();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!("GET / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).unwrap();
    let mut plain = Vec::new();
    stream.read_to_end(&mut plain).unwrap();
    let text = String::from_utf8_lossy(&plain);
    assert!(text.contains("\r\n\r\n<!doctype html>") && text.ends_with("</html>\n"));
    assert!(text.to_ascii_lowercase().contains("x-frame-options: deny"));
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = head.replace("connection", "accept-encoding: gzip\r\nconnection");
    stream.write_all(head.as_bytes()).unwrap();
    let mut packed = Vec::new();
    stream.read_to_end(&mut packed).unwrap();
    assert!(packed.len() < plain.len());
    assert!(String::from_utf8_lossy(&packed).contains("content-encoding: gzip"));
}
