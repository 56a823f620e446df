//! Articles as they are read from files.

use std::io::{self, Read};
use std::path::Path;

use crate::document::{Decoded, Document, Encoding, Format, Offsets};
use crate::load::{note, note_standard_input, reason};

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

    /// Its prose.
    pub fn document(&self) -> Document<'_> {
        Document::parse(&self.text, self.format)
    }

    /// From offsets of the text to bytes of the file.
    pub fn offsets(&self) -> Offsets<'_> {
        Offsets::new(&self.text, self.encoding)
    }

    /// The name of the encoding, where it is not UTF-8 and the user should know.
    pub fn foreign_encoding(&self) -> Option<&'static str> {
        (self.encoding != Encoding::Utf8).then(|| self.encoding.name())
    }

    /// An article of this name as it was at another time: plain text where the name has no known ending.
    ///
    /// # Errors
    /// Why it is no text.
    pub fn of(bytes: Vec<u8>, name: &str) -> Result<Self, String> {
        Self::decoded(bytes, Format::of(name).unwrap_or(Format::Plain))
    }

    pub(super) fn decoded(bytes: Vec<u8>, format: Format) -> Result<Self, String> {
        let Decoded { text, encoding } = crate::document::decode(bytes)?;
        Ok(Self { text, encoding, format })
    }
}

/// Reads an article, in whatever encoding it is written.
///
/// # Errors
/// Why it cannot be read: not there, of no known format, no text.
pub fn read_article(path: &Path) -> Result<Article, String> {
    let format = Format::of(&path.to_string_lossy())
        .ok_or_else(|| "this is no article (.md, .txt)".to_owned())?;
    read_as(path, format)
}

/// Reads the article that a claims file names, whatever its name: without a known ending it is
/// plain text.
///
/// # Errors
/// Why it cannot be read: not there, no text.
pub fn read_named_article(path: &Path) -> Result<Article, String> {
    read_as(path, Format::of(&path.to_string_lossy()).unwrap_or(Format::Plain))
}

fn read_as(path: &Path, format: Format) -> Result<Article, String> {
    note(path);
    let bytes = std::fs::read(path).map_err(|error| reason(&error))?;
    Article::decoded(bytes, format)
}

/// Reads an article from standard input; the ending of its name says how it is written, and plain
/// text is what has none.
///
/// # Errors
/// Why it cannot be read.
pub fn read_standard_input(name: &str) -> Result<Article, String> {
    note_standard_input();
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Article::decoded(bytes, Format::of(name).unwrap_or(Format::Plain))
}
