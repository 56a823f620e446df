//! Articles as they are read from files, and the article that a claims file names.

use std::io;
use std::path::Path;

use toml::de::DeTable;

use crate::document::{Encoding, Format, Opened, States, open};
use crate::load::files::{LARGEST_ARTICLE, LARGEST_OFFICE, Origin, is_stream, read, up_to};
use crate::load::seen::note_standard_input;
use crate::source::Content;

/// An article that was read: its text, and how the file was written.
#[derive(Clone, Debug)]
pub struct Article {
    /// The whole text, with where it stood if the file is no text.
    pub text: Content,
    /// The same before the changes that are tracked in it, where that was asked for.
    pub original: Option<Content>,
    encoding: Encoding,
    format: Format,
}

impl Article {
    /// A plain text that stands in no file of its own.
    pub fn plain(text: String) -> Self {
        Self { text: text.into(), original: None, encoding: Encoding::Utf8, format: Format::Plain }
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
    pub fn of(bytes: Vec<u8>, name: &str, states: States) -> Result<Self, String> {
        Self::opened(bytes, Format::of(name), states)
    }

    /// The same, in a known format; else its bytes and its beginning tell.
    pub(super) fn opened(
        bytes: Vec<u8>,
        known: Option<Format>,
        states: States,
    ) -> Result<Self, String> {
        let Opened { content, original, encoding, format } = open(bytes, known, states)?;
        Ok(Self { text: content, original, encoding, format })
    }
}

/// The endings of articles, for messages.
pub(super) const ARTICLES: &str = ".md, .txt, .html, .docx, .odt";

/// The most bytes of a file of a format that are read: a document may have pictures.
pub(super) fn largest(format: Option<Format>) -> u64 {
    match format {
        Some(Format::Docx | Format::Odt) => LARGEST_OFFICE,
        _ => LARGEST_ARTICLE,
    }
}

/// Reads an article in whatever encoding it is written. A pipe without a known ending
/// is plain text, or HTML by its beginning.
///
/// # Errors
/// Why it cannot be read: not there, of no known format, too large, no text.
pub fn read_article(path: &Path, origin: Origin, states: States) -> Result<Article, String> {
    let format = Format::of(&path.to_string_lossy());
    if format.is_none() && !is_stream(path) {
        if !path.exists() {
            return Err("there is no such file".to_owned());
        }
        let other = || format!("this is no article ({ARTICLES})");
        return Err(unread(path, "").unwrap_or_else(other));
    }
    Article::opened(read(path, largest(format), origin)?, format, states)
}

/// The bytes of an article that was read, to be written with notes.
///
/// # Errors
/// Why it cannot be read.
pub fn read_again(path: &Path) -> Result<Vec<u8>, String> {
    read(path, LARGEST_OFFICE, Origin::Found)
}

/// Reads an article from standard input; the ending of its name says how it is written, else its
/// beginning.
///
/// # Errors
/// Why it cannot be read.
pub fn read_standard_input(name: &str, states: States) -> Result<Article, String> {
    note_standard_input();
    let format = Format::of(name);
    let bytes = up_to(io::stdin().lock(), largest(format))?;
    Article::opened(bytes, format, states)
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
    let docx = in_shell(&path.with_extension("docx"));
    let (command, does) = match &*ending {
        "pdf" => {
            let to = if then.is_empty() { &*text } else { "-" };
            let does = if then.is_empty() { "writes its text" } else { "checks its text" };
            (format!("pdftotext -layout {name} {to}{then}"), does.to_owned())
        }
        "doc" | "rtf" => {
            (format!("soffice --headless --convert-to docx {name}"), format!("writes {docx}"))
        }
        "pages" => {
            return Some(format!(
                ".pages is not read, only {ARTICLES}; export it as Word from Pages"
            ));
        }
        _ => return None,
    };
    Some(format!(".{ending} is not read, only {ARTICLES}; `{command}` {does}"))
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
