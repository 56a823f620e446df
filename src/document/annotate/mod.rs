//! Findings written into a copy of their document, beside the words that they are about.

mod critic;
#[cfg(feature = "office")]
mod docx;
mod html;
mod note;

pub use note::Note;

use crate::document::Format;
use crate::source::Content;

/// Writes notes into a copy of a file: as comments of a Word document, in `CriticMarkup` in Markdown and
/// plain text, as `mark` elements in HTML. What an earlier run wrote is taken out first, and nothing else
/// is changed.
///
/// `content` is what was read of `file`, and `name` what it is called.
///
/// # Errors
/// Why it cannot be done.
pub fn annotate(
    file: &[u8],
    (content, name): (&Content, &str),
    notes: &[Note],
    author: &str,
) -> Result<Vec<u8>, String> {
    let known = "only .docx, .md, .txt and .html are annotated";
    if content.layout().is_some() {
        #[cfg(feature = "office")]
        if crate::document::office::is_zip(file) && Format::of(name) != Some(Format::Odt) {
            return docx::annotate(file, content, notes, author);
        }
        return Err(known.to_owned());
    }
    let text = std::str::from_utf8(file).ok().filter(|text| *text == content.text());
    let text = text.ok_or_else(|| "only texts in UTF-8 are annotated".to_owned())?;
    let annotated = match Format::of_text(name, text) {
        Format::Html => html::annotate(text, notes),
        Format::Markdown => critic::annotate(text, notes, author, true),
        _ => critic::annotate(text, notes, author, false),
    };
    Ok(annotated.into_bytes())
}

#[cfg(test)]
mod tests;
