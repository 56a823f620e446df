//! The archive that a document is: its parts by name, none larger than a run can bear.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::document::{Decoded, Encoding, decode};

/// The most bytes of a part that are read, unpacked.
const LARGEST_PART: u64 = 64 << 20;
/// The most entries of an archive.
const MOST_ENTRIES: usize = 65_536;

/// Whether bytes begin as a zip archive does.
pub(in crate::document) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// An archive that is open.
pub(in crate::document) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Why it is none.
    pub(in crate::document) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("this zip archive cannot be read: {}", told(&error)))?;
        if MOST_ENTRIES < archive.len() {
            return Err(format!(
                "this zip archive has {} entries, too many for a document",
                archive.len()
            ));
        }
        Ok(Self { archive, left: 2 * LARGEST_PART })
    }

    /// Whether there is a part of a name.
    pub(in crate::document) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part; `None` where there is none.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(in crate::document) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let failed = |reason: &str| format!("{name}: {reason}");
        let part = self.archive.by_index(index).map_err(|error| failed(&told(&error)))?;
        let most = LARGEST_PART.min(self.left);
        let too_large = || failed(&format!("it is larger than {} MiB unpacked", most >> 20));
        if most < part.size() {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        // What an archive says of the size of its parts need not be so.
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(&format!("it cannot be unpacked: {error}")))?;
        if most < bytes.len() as u64 {
            return Err(too_large());
        }
        self.left -= bytes.len() as u64;
        match decode(bytes) {
            Ok(Decoded {
                text,
                encoding: Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be,
            }) => Ok(Some(text)),
            Ok(_) => Err(failed("it is neither UTF-8 nor UTF-16")),
            Err(reason) => Err(failed(&reason)),
        }
    }
}

/// What is wrong with an archive, in words.
fn told(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(reason) if reason.to_lowercase().contains("password") => {
            "it is locked with a password".to_owned()
        }
        error => error.to_string(),
    }
}
