//! From the bytes of a file to text, and from places in the text back to bytes of the file.

use memchr::memchr;

/// How a file's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// One byte a character, as Windows wrote western European text.
    Windows1252,
}

impl Encoding {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; a byte order mark stays in it as a character.
    pub text: String,
    /// How it was written.
    pub encoding: Encoding,
}

/// Reads the bytes of a file as text: UTF-8 if they are that, else UTF-16, else Windows-1252.
///
/// Text that is UTF-8 but for a few bytes is no Windows-1252: it would turn into other characters
/// unnoticed.
///
/// # Errors
/// Why the bytes are no text, in words for people.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, String> {
    let holds_nul = memchr(0, &bytes).is_some();
    if let Some(encoding) = utf16(&bytes, holds_nul) {
        return decode_utf16(&bytes, encoding).map(|text| Decoded { text, encoding });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, encoding: Encoding::Utf8 }),
        Err(error) => error.into_bytes(),
    };
    if holds_nul || is_broken_utf8(&bytes) {
        let at = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        return Err(format!("not UTF-8 text: byte {at} is no character"));
    }
    let text = bytes.iter().map(|&byte| windows_1252(byte)).collect();
    Ok(Decoded { text, encoding: Encoding::Windows1252 })
}

/// Whether bytes are UTF-16: by the byte order mark, or because one byte of most pairs is zero
/// and the other never is.
fn utf16(bytes: &[u8], holds_nul: bool) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return None,
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ if !holds_nul => return None,
        _ => {}
    }
    let sample = bytes[..bytes.len().min(4096)].chunks_exact(2);
    let pairs = sample.len();
    let (mut first, mut second) = (0, 0);
    for pair in sample {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    match (first, second) {
        (0, zeros) if pairs <= zeros * 2 && 0 < zeros => Some(Encoding::Utf16Le),
        (zeros, 0) if pairs <= zeros * 2 && 0 < zeros => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn decode_utf16(bytes: &[u8], encoding: Encoding) -> Result<String, String> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err("UTF-16 text that ends within a character".to_owned());
    }
    let units = pairs.map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    // Half a surrogate pair and its replacement character are one unit both, so offsets stay true.
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    Ok(text)
}

/// Whether more characters beyond ASCII are good UTF-8 than bytes are bad.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // A character beyond ASCII has one first byte, of 0b11xx_xxxx.
        good += chunk.valid().bytes().filter(|&byte| 0xC0 <= byte).count();
        bad += chunk.invalid().len();
    }
    bad < good
}

/// Windows-1252 from 0x80 to 0x9F; the rest is Latin-1. The index `windows-1252` of the WHATWG
/// Encoding Standard, <https://encoding.spec.whatwg.org/#index-windows-1252>.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The way from bytes of a decoded text back to bytes of the file.
///
/// Each answer continues from the one before, so rising offsets cost one pass over the text in
/// all; an offset before the last one starts over.
///
/// ```
/// use crossfoot::document::{Offsets, decode};
///
/// let decoded = decode(b"\x80270 million".to_vec()).unwrap();
/// assert_eq!(decoded.text, "€270 million");
/// let mut offsets = Offsets::new(&decoded.text, decoded.encoding);
/// assert_eq!(offsets.to_file("€".len()), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    encoding: Encoding,
    /// A character boundary of the text, and the same place in the file.
    at: usize,
    file: usize,
}

impl<'t> Offsets<'t> {
    /// From the start of a text that was decoded so.
    pub fn new(text: &'t str, encoding: Encoding) -> Self {
        Self { text, encoding, at: 0, file: 0 }
    }

    /// The byte of the file where a byte of the text was read; within a character its first, past
    /// the end of the text the end.
    pub fn to_file(&mut self, offset: usize) -> usize {
        if self.encoding == Encoding::Utf8 {
            return offset.min(self.text.len());
        }
        if offset < self.at {
            *self = Self::new(self.text, self.encoding);
        }
        for c in self.text[self.at..].chars() {
            if offset < self.at + c.len_utf8() {
                break;
            }
            self.at += c.len_utf8();
            self.file += match self.encoding {
                Encoding::Windows1252 => 1,
                _ => 2 * c.len_utf16(),
            };
        }
        self.file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        let decoded = decode(bytes.to_vec());
        assert_eq!(decoded, Ok(Decoded { text: text.to_owned(), encoding }));
    }

    #[test]
    fn utf_8_is_itself() {
        check("€5 “million”".as_bytes(), "€5 “million”", Encoding::Utf8);
        check(b"\xEF\xBB\xBF5", "\u{feff}5", Encoding::Utf8);
        check(b"", "", Encoding::Utf8);
    }

    #[test]
    fn windows_quotation_marks_are_read() {
        check(
            b"\x93\x80\x35 million\x94 \x96 caf\xE9",
            "“€5 million” – café",
            Encoding::Windows1252,
        );
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_by_its_zeros() {
        let low: Vec<u8> = "€5 𝟓".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = "€5 𝟓".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&[b"\xFF\xFE", &*low].concat(), "\u{feff}€5 𝟓", Encoding::Utf16Le);
        check(&[b"\xFE\xFF", &*high].concat(), "\u{feff}€5 𝟓", Encoding::Utf16Be);
        check(b"5\0 \0m\0", "5 m", Encoding::Utf16Le);
        check(b"\x005\0 \0m", "5 m", Encoding::Utf16Be);
    }

    #[test]
    fn what_is_no_text_says_so() {
        let reason = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err();
        assert_eq!(reason(b"\x89PNG\0\0\0"), "not UTF-8 text: byte 0 is no character");
        assert_eq!(reason(b"\xFF\xFE5"), "UTF-16 text that ends within a character");
        assert_eq!(reason(b"\xFF\xFE\0\0"), "not UTF-8 text: byte 0 is no character");
    }

    #[test]
    fn broken_utf_8_is_not_turned_into_other_characters() {
        let reason = decode("“five” \u{20ac}".as_bytes()[..12].to_vec()).unwrap_err();
        assert_eq!(reason, "not UTF-8 text: byte 11 is no character");
    }

    #[test]
    fn offsets_lead_back_to_the_file() {
        let decoded = decode(b"\x93caf\xE9\x94 5".to_vec()).unwrap();
        let mut offsets = Offsets::new(&decoded.text, decoded.encoding);
        let five = decoded.text.find('5').unwrap();
        assert_eq!(offsets.to_file("“".len()), 1);
        assert_eq!(offsets.to_file(five), 7);
        assert_eq!(offsets.to_file(five + 99), 8);
        assert_eq!(offsets.to_file(0), 0);

        let mut offsets = Offsets::new("\u{feff}€𝟓 5", Encoding::Utf16Be);
        assert_eq!(offsets.to_file(3), 2);
        assert_eq!(offsets.to_file(11), 10);
    }
}
