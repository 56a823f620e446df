//! Files as they are opened: what has an end, and no more of it than a run can bear.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use crate::load::seen::note;

/// The most bytes of an article that are read, and of a line of many documents.
pub const LARGEST_ARTICLE: u64 = 64 << 20;
/// The most bytes of a document that are read, pictures and all.
pub(super) const LARGEST_OFFICE: u64 = 256 << 20;
/// The most bytes of a TOML file that are read: claims, rules, a configuration, known findings.
pub(super) const LARGEST_TOML: u64 = 128 << 20;

/// What the head of the report's page says of who has made it.
const OWN_PAGE: &str = "<meta name=\"generator\" content=\"Crossfoot ";
/// Bytes in which it says so.
const HEAD_OF_PAGE: u64 = 2048;

/// Why a file could not be read, in words.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads what has perhaps no end, but no more than so many bytes.
///
/// # Errors
/// If there are more, or it cannot be read.
pub fn up_to(reader: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 <= most { Ok(bytes) } else { Err(too_large(most)) }
}

/// Whether a file is a page that this program has written: a report is no article. It does not count as
/// read, for the next report may go there again.
pub(super) fn is_own_page(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD_OF_PAGE).read_to_end(&mut head));
    read.is_ok() && memchr::memmem::find(&head, OWN_PAGE.as_bytes()).is_some()
}

/// Says that a file has more bytes than are read.
pub fn too_large(most: u64) -> String {
    format!("this is larger than {} MiB, the most that is read", most >> 20)
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line names it: it may be a pipe or a device.
    Given,
    /// It was found in a folder, or another file names it: it must be a regular file.
    Found,
}

/// Reads a file of no more than so many bytes.
pub(super) fn read(path: &Path, most: u64, origin: Origin) -> Result<Vec<u8>, String> {
    let checked = |known: io::Result<Metadata>| match known {
        Ok(known) if known.is_file() => Ok(()),
        Ok(known) if origin == Origin::Given && !known.is_dir() => Ok(()),
        Ok(known) => Err(format!("this is a {}, not a file", kind(known.file_type()))),
        Err(error) => Err(reason(&error)),
    };
    // To open a pipe is to wait for whoever writes into it, so it is looked at before; and again when
    // it is open, for it may be another by then.
    checked(std::fs::metadata(path))?;
    note(path);
    let file = File::open(path).map_err(|error| reason(&error))?;
    checked(file.metadata())?;
    up_to(file, most)
}

/// Whether a path leads to what is read once, from its beginning: a pipe or a device.
pub(super) fn is_stream(path: &Path) -> bool {
    let is_special = |known: Metadata| !known.is_file() && !known.is_dir();
    ["/dev", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder))
        || std::fs::metadata(path).is_ok_and(is_special)
}

/// What a file is that is no regular file.
pub(super) fn kind(file: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file.is_fifo() {
            return "pipe";
        }
        if file.is_socket() {
            return "socket";
        }
        if file.is_block_device() || file.is_char_device() {
            return "device";
        }
    }
    match () {
        () if file.is_dir() => "folder",
        () if file.is_symlink() => "link",
        () => "special file",
    }
}

/// Reads a file in TOML that the command line names.
///
/// # Errors
/// Why it cannot be read: not there, not text.
pub fn read_text(path: &Path) -> Result<String, String> {
    decode(read(path, LARGEST_TOML, Origin::Given)?)
}

/// Reads a file in TOML that was found, or that another file names.
///
/// # Errors
/// Why it cannot be read: not there, no file, not text.
pub fn read_found(path: &Path) -> Result<String, String> {
    decode(read(path, LARGEST_TOML, Origin::Found)?)
}

pub(super) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        format!("not UTF-8 text: byte {} is no character", error.utf8_error().valid_up_to())
    })
}

/// What is in the place of a file in a folder and cannot be read as one: a pipe, a device, a link that
/// leads nowhere, to a folder, or out of the repository. `None` for a file.
pub(super) fn oddity(path: &Path, leads_out: impl Fn(&Path) -> bool) -> Option<&'static str> {
    let own = std::fs::symlink_metadata(path).ok()?.file_type();
    match () {
        () if own.is_file() => None,
        () if !own.is_symlink() => Some(kind(own)),
        () => match std::fs::metadata(path) {
            Ok(known) if known.is_file() && !leads_out(path) => None,
            Ok(known) if !known.is_file() && !known.is_dir() => Some(kind(known.file_type())),
            _ => Some("link"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_most_is_read() {
        assert_eq!(up_to(&b"four"[..], 4).unwrap(), b"four");
        assert!(up_to(&b"fives"[..], 4).unwrap_err().contains("larger than"));
        let endless = io::repeat(b'a');
        assert_eq!(up_to(endless, 1 << 20).unwrap_err(), too_large(1 << 20));
    }
}
