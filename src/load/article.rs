//! Articles as they are read from files, and the article that a claims file names.

use std::io;
use std::path::Path;

use toml::de::DeTable;

use crate::document::{Decoded, Encoding, Format};
use crate::load::files::{LARGEST_ARTICLE, Origin, is_stream, read, up_to};
use crate::load::seen::note_standard_input;

/// An article that was read: its text, and how the file was written.
#[derive(Clone, Debug)]
pub struct Article {
    /// The whole text.
    pub text: String,
    encoding: Encoding,
    format: Format,
}

impl Article {
    /// A plain text that stands in no file of its own.
    pub fn plain(text: String) -> Self {
        Self { text, encoding: Encoding::Utf8, format: Format::Plain }
    }

    /// The format in which it is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The encoding in which it is written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The name of the encoding, where it is not UTF-8 and the user should know.
    pub fn foreign_encoding(&self) -> Option<&'static str> {
        (self.encoding != Encoding::Utf8).then(|| self.encoding.name())
    }

    /// An article of this name as it was at another time. Where the name has no known ending, its beginning says
    /// whether it is HTML or plain text.
    ///
    /// # Errors
    /// Why it is no text.
    pub fn of(bytes: Vec<u8>, name: &str) -> Result<Self, String> {
        Self::decoded(bytes, name)
    }

    pub(super) fn decoded(bytes: Vec<u8>, name: &str) -> Result<Self, String> {
        let Decoded { text, encoding } = crate::document::decode(bytes)?;
        let format = Format::of_text(name, &text);
        Ok(Self { text, encoding, format })
    }
}

/// Reads an article in whatever encoding it is written. A pipe without a known ending
/// is plain text, or HTML by its beginning.
///
/// # Errors
/// Why it cannot be read: not there, of no known format, too large, no text.
pub fn read_article(path: &Path, origin: Origin) -> Result<Article, String> {
    let name = path.to_string_lossy();
    match Format::of(&name) {
        Some(_) => {}
        None if is_stream(path) => {}
        None if !path.exists() => return Err("there is no such file".to_owned()),
        None => {
            let other = || "this is no article (.md, .txt, .html)".to_owned();
            return Err(unread(path, "").unwrap_or_else(other));
        }
    }
    Article::decoded(read(path, LARGEST_ARTICLE, origin)?, &name)
}

/// Reads an article from standard input; the ending of its name says how it is written, else its
/// beginning.
///
/// # Errors
/// Why it cannot be read.
pub fn read_standard_input(name: &str) -> Result<Article, String> {
    note_standard_input();
    let bytes = up_to(io::stdin().lock(), LARGEST_ARTICLE)?;
    Article::decoded(bytes, name)
}

/// The article that the text of a claims file names, found without reading the rest of it as claims.
///
/// It stands above all tables, so the claims below are parsed only once, by the check itself.
pub(super) fn article_in(text: &str) -> Option<String> {
    let article = |text: &str| {
        let table = DeTable::parse(text).ok()?;
        Some(
            table
                .get_ref()
                .get("article")
                .and_then(|path| path.get_ref().as_str())
                .map(str::to_owned),
        )
    };
    let tables = text.find("\n[").map_or(text.len(), |at| at + 1);
    // What is cut within an array or a string of several lines is no TOML.
    article(&text[..tables]).or_else(|| article(text))?
}

/// Why a document of a known kind is no article, with the command that makes a text of it: one that
/// hands it on, or without one, that writes it to a file.
pub(super) fn unread(path: &Path, then: &str) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let (name, text) = (in_shell(path), in_shell(&path.with_extension("txt")));
    let (what, command) = match &*ending {
        "docx" | "odt" | "rtf" => {
            let to = if then.is_empty() { format!(" -o {text}") } else { String::new() };
            (&*ending, format!("pandoc -t plain{to} {name}{then}"))
        }
        "pdf" => {
            let to = if then.is_empty() { &*text } else { "-" };
            ("pdf", format!("pdftotext -layout {name} {to}{then}"))
        }
        "doc" => ("doc", format!("soffice --headless --convert-to txt {name}")),
        _ => return None,
    };
    let does = if then.is_empty() || what == "doc" { "writes" } else { "checks" };
    Some(format!(".{what} is not read, only .md, .txt and .html; `{command}` {does} its text"))
}

/// A path as a shell takes it for one word.
pub fn in_shell(path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,=:@%".contains(c);
    match () {
        () if text.starts_with('-') => in_shell(&Path::new(".").join(path)),
        () if text.chars().all(is_plain) => text.into_owned(),
        () => format!("'{}'", text.replace('\'', r"'\''")),
    }
}
