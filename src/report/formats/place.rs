//! Places as other programs want them: lines and columns of both ends, paths from the repository's root.

use crate::source::{Place, Sources, Span};

/// Where the working directory lies in the repository, for formats whose reader stands at its root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The path from the root to the working directory, with a slash at its end; empty at the root.
    pub prefix: String,
}

impl Root {
    /// A file's path from the root. What is no path below the working directory stays as it is.
    pub(super) fn path(&self, name: &str) -> String {
        if name.starts_with(['/', '<']) || name.contains(':') {
            return name.to_owned();
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in self.prefix.split('/').chain(name.split('/')) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

/// Both ends of a span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) start: Place,
    /// One past the last character.
    pub(super) end: Place,
    /// The columns in bytes, from 1.
    pub(super) bytes: [usize; 2],
}

impl Region {
    pub(super) fn of(sources: &Sources, span: Span) -> Self {
        let source = sources.get(span.source);
        let column = |offset: usize| {
            let offset = offset.min(source.text().len());
            offset - source.line(offset).start + 1
        };
        Self {
            start: source.place(span.start),
            end: source.place(span.end),
            bytes: [column(span.start), column(span.end)],
        }
    }
}

/// A path as a relative reference (RFC 3986): what may not stand there is encoded.
pub(super) fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*'
            | b'+' | b',' | b';' | b'=' | b'@' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    if out.starts_with('/') { format!("file://{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_the_root() {
        let root = Root { prefix: "desk/news/".to_owned() };
        assert_eq!(root.path("a.md"), "desk/news/a.md");
        assert_eq!(root.path("../b.md"), "desk/b.md");
        assert_eq!(root.path("/tmp/c.md"), "/tmp/c.md");
        assert_eq!(root.path("<stdin>"), "<stdin>");
        assert_eq!(Root::default().path("./a.md"), "a.md");
        assert_eq!(Root::default().path("../a.md"), "../a.md");
    }

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("drafts/a b.md"), "drafts/a%20b.md");
        assert_eq!(uri("ä:1.md"), "%C3%A4%3A1.md");
        assert_eq!(uri("/tmp/a.md"), "file:///tmp/a.md");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
