//! From the bytes of a file to what it says, whatever kind of file it is.

#[cfg(feature = "office")]
use crate::document::docx;
#[cfg(feature = "office")]
use crate::document::odt;
#[cfg(feature = "office")]
use crate::document::office::{Package, is_zip};
use crate::document::{Decoded, Encoding, Format, Revision, decode};
use crate::source::Content;

/// Which states of a document with tracked changes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum States {
    /// One of them.
    One(Revision),
    /// The accepted one, and the original beside it.
    Both,
}

impl Default for States {
    fn default() -> Self {
        Self::One(Revision::default())
    }
}

impl States {
    /// The state that is read first.
    #[cfg(feature = "office")]
    fn first(self) -> Revision {
        match self {
            Self::One(state) => state,
            Self::Both => Revision::Accepted,
        }
    }
}

/// What a file says.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The text, with where it stood.
    pub content: Content,
    /// The same before the changes that are tracked in it, where that is asked for and there are any.
    pub original: Option<Content>,
    /// How a text is written.
    pub encoding: Encoding,
    /// The format of the file: what its bytes are, where its name says something else.
    pub format: Format,
}

impl Content {
    /// Reads the bytes of a file of this name: text, a Word document or an `OpenDocument` text, of which
    /// tracked changes are taken as accepted. Without the feature `office` only text is read.
    ///
    /// ```
    /// use crossfoot::{Checker, Content, Rules};
    ///
    /// let bytes = b"It rose from 5 to 6 million, or 90 per cent.".to_vec();
    /// let content = Content::read(bytes, "a.txt").unwrap();
    /// let report = Checker::new(&Rules::built_in()).article("a.txt", content);
    /// assert_eq!(report.findings.len(), 1);
    /// ```
    ///
    /// # Errors
    /// Why it cannot be read, in words for people.
    pub fn read(bytes: Vec<u8>, name: &str) -> Result<Self, String> {
        open(bytes, Format::of(name), States::default()).map(|opened| opened.content)
    }
}

/// Reads the bytes of a file. What is an archive is read as a document whatever its name is; of a text the
/// format that is known, or else its beginning, decides.
///
/// # Errors
/// Why it cannot be read, in words for people, with the way out where there is one.
pub fn open(bytes: Vec<u8>, known: Option<Format>, wanted: States) -> Result<Opened, String> {
    if let Some(reason) = foreign(&bytes, known) {
        return Err(reason);
    }
    #[cfg(feature = "office")]
    if is_zip(&bytes) {
        let (content, original, format) = document(&bytes, wanted)?;
        return Ok(Opened { content, original, encoding: Encoding::Utf8, format });
    }
    let _ = wanted;
    match known {
        Some(Format::Docx) => {
            return Err("this is no Word document: it is no zip archive".to_owned());
        }
        Some(Format::Odt) => {
            return Err("this is no OpenDocument text: it is no zip archive".to_owned());
        }
        _ => {}
    }
    let Decoded { text, encoding } = decode(bytes)?;
    let format = known.unwrap_or_else(|| Format::of_text("", &text));
    Ok(Opened { content: text.into(), original: None, encoding, format })
}

/// What is known by its first bytes and is not read.
fn foreign(bytes: &[u8], known: Option<Format>) -> Option<String> {
    let reason = match () {
        // A compound file, which is what Word wrote before 2007, and what it locks documents in.
        () if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => {
            if known == Some(Format::Docx) {
                "this is locked with a password, or in the format of Word before 2007; save it without \
                 a password, or as .docx"
            } else {
                "this is a Word document of before 2007 or one with a password; save it as .docx without \
                 a password"
            }
        }
        () if bytes.starts_with(b"%PDF-") => {
            "this is a PDF, which is not read; `pdftotext -layout FILE - | crossfoot check -` checks its text"
        }
        () if bytes.starts_with(b"{\\rtf") => {
            "this is RTF, which is not read; `soffice --headless --convert-to docx FILE` makes a Word \
             document of it"
        }
        () => return None,
    };
    Some(reason.to_owned())
}

#[cfg(feature = "office")]
fn document(bytes: &[u8], wanted: States) -> Result<(Content, Option<Content>, Format), String> {
    let mut package = Package::open(bytes)?;
    let kind = kind(&mut package)?;
    let mut read = |state: Revision| match kind {
        Kind::Word => docx::read(&mut package, state),
        Kind::OpenDocument => odt::read(&mut package, state),
        Kind::Other(what) => {
            Err(format!("this is {what}, which is not read, only .docx and .odt are"))
        }
    };
    let content = read(wanted.first())?;
    let has_changes = content.layout().is_some_and(|layout| layout.has_changes);
    let original = match wanted {
        States::Both if has_changes => Some(read(Revision::Original)?),
        _ => None,
    };
    let format = if matches!(kind, Kind::OpenDocument) { Format::Odt } else { Format::Docx };
    Ok((content, original, format))
}

/// What an archive is.
#[cfg(feature = "office")]
enum Kind {
    Word,
    OpenDocument,
    Other(&'static str),
}

#[cfg(feature = "office")]
fn kind(package: &mut Package<'_>) -> Result<Kind, String> {
    let mime = if package.has("mimetype") { package.text("mimetype")? } else { None };
    let mime = mime.unwrap_or_default();
    let text = "application/vnd.oasis.opendocument.text";
    Ok(match () {
        () if mime.trim() == text
            || mime.trim() == "application/vnd.oasis.opendocument.text-template" =>
        {
            Kind::OpenDocument
        }
        () if mime.trim().starts_with("application/vnd.oasis.opendocument.") => {
            Kind::Other("an OpenDocument that is no text")
        }
        () if mime.trim() == "application/epub+zip" => Kind::Other("an EPUB book"),
        () if package.has("word/document.xml") => Kind::Word,
        () if package.has("xl/workbook.xml") => Kind::Other("an Excel workbook"),
        () if package.has("ppt/presentation.xml") => Kind::Other("a PowerPoint presentation"),
        () if package.has("index.xml") || package.has("Index/Document.iwa") => {
            Kind::Other("a document of Pages (export it as Word)")
        }
        () if package.has("[Content_Types].xml") => Kind::Word,
        () => Kind::Other("a zip archive of other files"),
    })
}
