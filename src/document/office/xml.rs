//! XML as elements and text, each with its bytes, and namespaces told whatever their prefix is.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::document::office::Namespace;

/// Elements within elements beyond this are no document.
const DEEPEST: usize = 20_000;

/// A part of a document, read from its start to its end.
pub(in crate::document) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    bytes: &'x [u8],
    /// Prefixes with what they stand for and the depth at which they were declared, the last first found.
    prefixes: Vec<(&'x [u8], Namespace, usize)>,
    depth: usize,
    /// The byte of the part at which what is read begins.
    base: usize,
}

/// What comes next.
pub(in crate::document) enum Node<'x> {
    /// An element begins; its end comes too, if it is empty.
    Open(Element<'x>),
    /// An element ends.
    Close,
    /// Text that is itself.
    Text(Range<usize>),
    /// A character that is written as a reference.
    Character(char, Range<usize>),
    /// The part ends.
    End,
}

/// The beginning of an element.
pub(in crate::document) struct Element<'x> {
    /// Its namespace and its name without prefix.
    pub(in crate::document) name: (Namespace, &'x [u8]),
    /// The bytes of its start tag.
    pub(in crate::document) range: Range<usize>,
    tag: &'x [u8],
    /// The length of its name with the prefix.
    named: usize,
}

impl<'x> Element<'x> {
    /// The value of the attribute of a local name, whatever its prefix.
    pub(in crate::document) fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        let mut rest = self.tag.get(self.named..)?;
        loop {
            let start = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
            rest = &rest[start..];
            let sign = memchr::memchr(b'=', rest)?;
            let key = rest[..sign].trim_ascii_end();
            let value = rest[sign + 1..].trim_ascii_start();
            let quote = *value.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
            let length = memchr::memchr(quote, &value[1..])?;
            let local = memchr::memrchr(b':', key).map_or(key, |colon| &key[colon + 1..]);
            if local == name.as_bytes() && !key.starts_with(b"xmlns") {
                let text = std::str::from_utf8(&value[1..=length]).ok()?;
                return Some(unescaped(text));
            }
            rest = &value[length + 2..];
        }
    }

    /// The same as a number.
    pub(in crate::document) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether a property that is on or off is on: it is where it has no value (ECMA-376 Part 1,
    /// 17.17.4).
    pub(in crate::document) fn is_on(&self) -> bool {
        let value = self.attribute("val");
        !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// The value of `val`.
    pub(in crate::document) fn value(&self) -> Option<Cow<'x, str>> {
        self.attribute("val")
    }
}

/// Text without the references that stand for its characters.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        match behind.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest))) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that a reference stands for; `None` for an entity that a file declares itself, which no
/// document may.
fn character(name: &str) -> Option<char> {
    let number =
        |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix("#x") {
            Some(digits) => number(digits, 16),
            None => number(name.strip_prefix('#')?, 10),
        },
    }
}

impl<'x> Xml<'x> {
    /// Reads a part from its start.
    pub(in crate::document) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let xml = (&b"xml"[..], Namespace::Xml, 0);
        Self { reader, bytes: text.as_bytes(), prefixes: vec![xml], depth: 0, base: 0 }
    }

    /// Reads some bytes of the same part, which are whole elements.
    pub(in crate::document) fn within(&self, text: &'x str, range: Range<usize>) -> Self {
        let prefixes = self.prefixes.iter().map(|(prefix, of, _)| (*prefix, *of, 0)).collect();
        let inner = Self::new(&text[range.clone()]);
        Self { prefixes, bytes: text.as_bytes(), base: range.start, ..inner }
    }

    /// How many elements are open.
    pub(in crate::document) fn depth(&self) -> usize {
        self.depth
    }

    /// What comes next.
    ///
    /// # Errors
    /// What is no XML, or none that a document may have, with its byte.
    pub(in crate::document) fn next(&mut self) -> Result<Node<'x>, String> {
        loop {
            let start = self.position();
            let event = self.reader.read_event();
            let end = self.position();
            let event = event.map_err(|error| {
                let at = usize::try_from(self.reader.error_position()).unwrap_or_default();
                format!("byte {}: {error}", self.base + at)
            })?;
            return Ok(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if DEEPEST < self.depth {
                        return Err(format!(
                            "byte {start}: elements are nested deeper than {DEEPEST}"
                        ));
                    }
                    Node::Open(self.element(&tag, start..end))
                }
                Event::End(_) => {
                    let depth = self.depth;
                    while self.prefixes.pop_if(|(_, _, at)| *at == depth).is_some() {}
                    self.depth = depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(_) => Node::Text(start..end),
                Event::CData(text) => {
                    let inner = start + "<![CDATA[".len();
                    Node::Text(inner..inner + text.len())
                }
                Event::GeneralRef(reference) => {
                    let name = std::str::from_utf8(&reference).unwrap_or_default();
                    match character(name) {
                        Some(c) => Node::Character(c, start..end),
                        None => return Err(format!("byte {start}: there is no entity `{name}`")),
                    }
                }
                Event::DocType(_) => {
                    return Err(format!("byte {start}: a document may not declare its own markup"));
                }
                Event::Eof if self.depth != 0 => {
                    return Err(format!("byte {end}: it ends within an element"));
                }
                Event::Eof => Node::End,
                // An empty element comes as a start and an end.
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Whether a prefix stands for a namespace that is read.
    pub(in crate::document) fn knows(&self, prefix: &str) -> bool {
        let known = self.prefixes.iter().rev().find(|(known, ..)| *known == prefix.as_bytes());
        known.is_some_and(|(_, namespace, _)| *namespace != Namespace::Other)
    }

    /// Passes over what is left of the element that was opened last, with its end.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(in crate::document) fn skip(&mut self) -> Result<(), String> {
        let depth = self.depth;
        while depth <= self.depth {
            if matches!(self.next()?, Node::End) {
                break;
            }
        }
        Ok(())
    }

    /// The byte of the part that comes next.
    pub(in crate::document) fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or_default()
    }

    fn element(&mut self, tag: &BytesStart<'_>, range: Range<usize>) -> Element<'x> {
        let (bytes, named) = (self.bytes, tag.name().as_ref().len());
        let inner = &bytes[range.start + 1..range.start + 1 + tag.len()];
        if memmem::find(inner, b"xmlns").is_some() {
            self.declare(&inner[named..]);
        }
        let whole = &inner[..named];
        let (prefix, local) = match memchr::memchr(b':', whole) {
            Some(colon) => (&whole[..colon], &whole[colon + 1..]),
            None => (&whole[..0], whole),
        };
        let known = self.prefixes.iter().rev().find(|(known, ..)| *known == prefix);
        let namespace = known.map_or(Namespace::Other, |(_, namespace, _)| *namespace);
        Element { name: (namespace, local), range, tag: inner, named }
    }

    fn declare(&mut self, mut rest: &'x [u8]) {
        while let Some(at) = memmem::find(rest, b"xmlns") {
            rest = &rest[at + b"xmlns".len()..];
            let Some(sign) = memchr::memchr(b'=', rest) else { return };
            let prefix = rest[..sign].trim_ascii();
            let prefix = prefix.strip_prefix(b":").unwrap_or(prefix);
            let value = rest[sign + 1..].trim_ascii_start();
            let Some(&quote @ (b'"' | b'\'')) = value.first() else { return };
            let Some(length) = memchr::memchr(quote, &value[1..]) else { return };
            self.prefixes.push((prefix, Namespace::of(&value[1..=length]), self.depth));
            rest = &value[length + 2..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_namespace_and_texts_by_their_bytes() {
        let text = "<?xml version='1.0'?><a:p xmlns:a='http://purl.oclc.org/ooxml/wordprocessingml/main' \
                    a:val = \"1 &lt; 2\"><b/>x&amp;y&#x20AC;<![CDATA[<z>]]></a:p>";
        let mut xml = Xml::new(text);
        let Ok(Node::Open(p)) = xml.next() else { panic!() };
        assert_eq!(p.name, (Namespace::Word, &b"p"[..]));
        assert_eq!(p.value().as_deref(), Some("1 < 2"));
        assert!(text[p.range].starts_with("<a:p "));
        let Ok(Node::Open(b)) = xml.next() else { panic!() };
        assert_eq!(b.name, (Namespace::Other, &b"b"[..]));
        assert!(matches!(xml.next(), Ok(Node::Close)));
        let mut told = String::new();
        loop {
            match xml.next().unwrap() {
                Node::Text(range) => told.push_str(&text[range]),
                Node::Character(c, range) => {
                    assert!(text[range].starts_with('&'));
                    told.push(c);
                }
                Node::End => break,
                _ => told.push('|'),
            }
        }
        assert_eq!(told, "x&y€<z>|");
    }

    #[test]
    fn what_is_no_document_has_its_byte() {
        let error = |text: &str| {
            let mut xml = Xml::new(text);
            loop {
                match xml.next() {
                    Ok(Node::End) => return String::new(),
                    Ok(_) => {}
                    Err(reason) => return reason,
                }
            }
        };
        assert_eq!(error("<a>&lol;</a>"), "byte 3: there is no entity `lol`");
        assert!(error("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>").contains("its own markup"));
        assert!(error("<a><b></a>").starts_with("byte "));
        assert!(error("<a>").starts_with("byte 3"));
        assert!(error(&"<a>".repeat(30_000)).contains("nested deeper"));
        assert_eq!(error(&format!("{}{}", "<a>".repeat(9_000), "</a>".repeat(9_000))), "");
    }
}
