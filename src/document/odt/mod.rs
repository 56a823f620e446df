//! `OpenDocument` texts: what a reader of one sees, with the byte of `content.xml` that each byte of it
//! stood at.
//!
//! OASIS `OpenDocument` 1.3, Part 3, decides what is read; the tests name its section beside each construct.

mod body;
mod styles;
#[cfg(test)]
mod tests;

use crate::document::Revision;
use crate::document::odt::body::Body;
use crate::document::odt::styles::Styles;
use crate::document::office::{Package, hang};
use crate::source::{Content, Layout};

/// Reads a document.
///
/// # Errors
/// Why it is none, with the part and the byte.
pub(super) fn read(package: &mut Package<'_>, revision: Revision) -> Result<Content, String> {
    let part = "content.xml";
    if package.has("META-INF/manifest.xml")
        && package
            .text("META-INF/manifest.xml")?
            .is_some_and(|text| text.contains("encryption-data"))
    {
        return Err("this is locked with a password; save it without one".to_owned());
    }
    let Some(text) = package.text(part)? else {
        return Err(format!("the archive has no part `{part}`"));
    };
    let mut styles = Styles::default();
    if let Some(common) = package.text("styles.xml")? {
        styles.read(&common).map_err(|reason| format!("styles.xml: {reason}"))?;
    }
    let named = |reason: String| format!("{part}: {reason}");
    styles.read(&text).map_err(named)?;
    let mut body = Body::new(&text, &styles, revision);
    let notes = body.all().map_err(named)?;
    let Body { flow, comments, has_changes, .. } = body;
    let mut layout =
        Layout { parts: vec![part.to_owned()], notes, has_changes, ..Layout::default() };
    hang(&flow, &comments, &mut layout);
    layout.pieces = flow.pieces;
    layout.blocks = flow.blocks;
    Ok(Content::laid_out(flow.text, layout))
}
