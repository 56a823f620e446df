//! From the bytes of a file to what it says, whatever kind of file it is.

#[cfg(feature = "office")]
use crate::document::docx;
#[cfg(feature = "office")]
use crate::document::office::{Package, is_zip};
use crate::document::{Decoded, Encoding, Format, Revision, decode};
use crate::source::Content;

/// What a file says.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The text, with where it stood.
    pub content: Content,
    /// How a text is written.
    pub encoding: Encoding,
    /// The format of the file: what its bytes are, where its name says something else.
    pub format: Format,
}

/// Reads the bytes of a file. What is an archive is read as a document whatever its name is; of a text the
/// name decides.
///
/// # Errors
/// Why it cannot be read, in words for people, with the way out where there is one.
pub fn open(bytes: Vec<u8>, format: Format, revision: Revision) -> Result<Opened, String> {
    if let Some(reason) = foreign(&bytes, format) {
        return Err(reason);
    }
    #[cfg(feature = "office")]
    if is_zip(&bytes) {
        let (content, format) = document(&bytes, revision)?;
        return Ok(Opened { content, encoding: Encoding::Utf8, format });
    }
    let _ = revision;
    match format {
        Format::Docx => return Err("this is no Word document: it is no zip archive".to_owned()),
        Format::Odt => return Err("this is no OpenDocument text: it is no zip archive".to_owned()),
        _ => {}
    }
    let Decoded { text, encoding } = decode(bytes)?;
    Ok(Opened { content: text.into(), encoding, format })
}

/// What is known by its first bytes and is not read.
fn foreign(bytes: &[u8], format: Format) -> Option<String> {
    let reason = match () {
        // A compound file, which is what Word wrote before 2007, and what it locks documents in.
        () if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) => {
            if format == Format::Docx {
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
fn document(bytes: &[u8], revision: Revision) -> Result<(Content, Format), String> {
    let mut package = Package::open(bytes)?;
    match kind(&mut package)? {
        Kind::Word => Ok((docx::read(&mut package, revision)?, Format::Docx)),
        Kind::Other(what) => {
            Err(format!("this is {what}, which is not read, only .docx and .odt are"))
        }
    }
}

/// What an archive is.
#[cfg(feature = "office")]
enum Kind {
    Word,
    Other(&'static str),
}

#[cfg(feature = "office")]
fn kind(package: &mut Package<'_>) -> Result<Kind, String> {
    let mime = if package.has("mimetype") { package.text("mimetype")? } else { None };
    let mime = mime.unwrap_or_default();
    Ok(match () {
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
