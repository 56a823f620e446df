//! HTML cut into tags and text, each with its bytes (section 13.2.5 of the HTML standard).

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use crate::document::html::element::Element;
use crate::document::html::reference::decoded;

/// One token; ranges are of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters, with their references.
    Text(Range<usize>),
    /// A start tag.
    Start(Tag),
    /// An end tag.
    End(Tag),
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The element that it names.
    pub(super) element: Element,
    /// Its bytes, brackets included.
    pub(super) range: Range<usize>,
    /// Its name, in the case that it is written in.
    pub(super) name: Range<usize>,
    /// Whether it ends in `/>`.
    pub(super) closes_itself: bool,
}

/// The tokens of a text. Comments, declarations and what ends within a tag leave none. Takes linear time.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    /// The tokens of a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The content of an element of raw text, up to its end tag or the end of all, which is read too.
    pub(super) fn raw(&mut self, element: Element, name: &str) -> Range<usize> {
        let start = self.at;
        let end = match element {
            Element::Script => end_of_script(self.text, start),
            Element::Plaintext => self.text.len(),
            _ => end_tag(self.text, start, name).unwrap_or(self.text.len()),
        };
        self.at = end;
        if end < self.text.len() {
            self.next();
        }
        start..end
    }

    /// What begins with `<` at a byte: a token, or only where it ends.
    fn markup(&mut self, start: usize) -> Option<Token> {
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        let (is_end, name_at) = if bytes.get(1) == Some(&b'/') { (true, 2) } else { (false, 1) };
        match bytes.get(name_at) {
            Some(byte) if byte.is_ascii_alphabetic() => {
                let tag = self.tag(start, start + name_at)?;
                Some(if is_end { Token::End(tag) } else { Token::Start(tag) })
            }
            _ => {
                self.at = start + end_of_declaration(rest);
                None
            }
        }
    }

    fn tag(&mut self, start: usize, name_at: usize) -> Option<Tag> {
        let bytes = self.text.as_bytes();
        let in_name =
            |byte: &&u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>');
        let length = bytes[name_at..].iter().take_while(in_name).count();
        let name = name_at..name_at + length;
        let mut attributes = Attributes { text: self.text, at: name.end, is_closed: false };
        if bytes.get(name.end) == Some(&b'>') {
            attributes.is_closed = true;
            attributes.at += 1;
        } else {
            while attributes.next().is_some() {}
        }
        self.at = attributes.at;
        if !attributes.is_closed {
            // The text ends within the tag, which is then none.
            self.at = self.text.len();
            return None;
        }
        Some(Tag {
            element: Element::of(&self.text[name.clone()]),
            closes_itself: bytes[self.at - 2] == b'/',
            range: start..self.at,
            name,
        })
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while self.at < self.text.len() {
            let start = self.at;
            let mut from = start;
            loop {
                let Some(length) = memchr(b'<', &self.text.as_bytes()[from..]) else {
                    self.at = self.text.len();
                    return Some(Token::Text(start..self.at));
                };
                let open = from + length;
                if begins_markup(&self.text.as_bytes()[open..]) {
                    if start < open {
                        self.at = open;
                        return Some(Token::Text(start..open));
                    }
                    break;
                }
                from = open + 1;
            }
            if let Some(token) = self.markup(start) {
                return Some(token);
            }
        }
        None
    }
}

/// Whether a `<` begins a tag, a comment or a declaration rather than being itself.
fn begins_markup(bytes: &[u8]) -> bool {
    match bytes.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => 2 < bytes.len(),
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    }
}

/// Where a comment or declaration at the start of a text ends.
fn end_of_declaration(text: &str) -> usize {
    if let Some(inner) = text.strip_prefix("<!--") {
        if let Some(dashes) = [">", "->"].iter().find(|end| inner.starts_with(**end)) {
            return "<!--".len() + dashes.len();
        }
        let mut at = "<!--".len();
        while let Some(length) = memmem::find(&text.as_bytes()[at..], b"--") {
            let behind = &text[at + length + 2..];
            match () {
                () if behind.starts_with('>') => return at + length + 3,
                () if behind.starts_with("!>") => return at + length + 4,
                () => at += length + 1,
            }
        }
        return text.len();
    }
    memchr(b'>', text.as_bytes()).map_or(text.len(), |length| length + 1)
}

/// Where the end tag of a name begins.
fn end_tag(text: &str, from: usize, name: &str) -> Option<usize> {
    memmem::find_iter(&text.as_bytes()[from..], b"</")
        .map(|at| from + at)
        .find(|&at| is_tag(text, at + 2, name))
}

/// Whether a name stands at a byte, in any case, and what ends it.
fn is_tag(text: &str, at: usize, name: &str) -> bool {
    let bytes = &text.as_bytes()[at..];
    bytes.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && matches!(
            bytes.get(name.len()),
            Some(b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>')
        )
}

/// Where the end tag of a script begins: none within a comment that holds another script.
fn end_of_script(text: &str, from: usize) -> usize {
    #[derive(PartialEq)]
    enum In {
        Script,
        Comment,
        ScriptOfComment,
    }
    let (mut at, mut place) = (from, In::Script);
    let bytes = text.as_bytes();
    while let Some(length) = memchr2(b'<', b'-', &bytes[at..]) {
        let here = at + length;
        let rest = &bytes[here..];
        at = here + 1;
        match place {
            In::Script if rest.starts_with(b"<!--") => {
                place = In::Comment;
                // The dashes may be those of the end.
                at = here + 2;
            }
            In::Comment | In::ScriptOfComment if rest.starts_with(b"-->") => place = In::Script,
            In::Script | In::Comment
                if rest.starts_with(b"</") && is_tag(text, here + 2, "script") =>
            {
                return here;
            }
            In::ScriptOfComment if rest.starts_with(b"</") && is_tag(text, here + 2, "script") => {
                place = In::Comment;
            }
            In::Comment if rest.starts_with(b"<") && is_tag(text, here + 1, "script") => {
                place = In::ScriptOfComment;
            }
            _ => {}
        }
    }
    text.len()
}

/// An attribute: its name, and the bytes of its value without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) name: Range<usize>,
    /// `None` where it has no value.
    pub(super) value: Option<Range<usize>>,
}

/// The attributes of a tag, from the byte behind its name on.
pub(super) struct Attributes<'t> {
    text: &'t str,
    at: usize,
    is_closed: bool,
}

impl<'t> Attributes<'t> {
    /// Those of a start tag that is at a byte.
    pub(super) fn of(text: &'t str, start: usize) -> Self {
        let bytes = text.as_bytes();
        let in_name =
            |byte: &&u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>');
        let length = bytes[start + 1..].iter().take_while(in_name).count();
        Self { text, at: start + 1 + length, is_closed: false }
    }

    /// The value of the first attribute of a name, its references read; empty where it has none.
    pub(super) fn value(self, name: &str) -> Option<(String, Range<usize>)> {
        let text = self.text;
        let mut all = self;
        let found =
            all.find(|attribute| text[attribute.name.clone()].eq_ignore_ascii_case(name))?;
        let range = found.value.unwrap_or(0..0);
        Some((decoded(&text[range.clone()], true), range))
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')) {
            self.at += 1;
        }
    }

    fn skip_until(&mut self, ends: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        let bytes = &self.text.as_bytes()[start..];
        self.at += bytes.iter().position(|byte| ends(*byte)).unwrap_or(bytes.len());
        start..self.at
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        loop {
            self.skip_blanks();
            match self.byte()? {
                b'/' => self.at += 1,
                b'>' => {
                    self.at += 1;
                    self.is_closed = true;
                    return None;
                }
                _ => break,
            }
        }
        let start = self.at;
        // A sign of equality that a name begins with is a part of it.
        self.at += 1;
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.skip_until(|byte| is_blank(byte) || matches!(byte, b'/' | b'>' | b'='));
        let name = start..self.at;
        self.skip_blanks();
        if self.byte() != Some(b'=') {
            return Some(Attribute { name, value: None });
        }
        self.at += 1;
        self.skip_blanks();
        let value = match self.byte()? {
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                let length = memchr(quote, &self.text.as_bytes()[start..]);
                let Some(length) = length else {
                    self.at = self.text.len();
                    return None;
                };
                self.at = start + length + 1;
                start..start + length
            }
            b'>' => return Some(Attribute { name, value: None }),
            _ => self.skip_until(|byte| is_blank(byte) || byte == b'>'),
        };
        Some(Attribute { name, value: Some(value) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, tags without their attributes.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Tokens::new(text);
        let mut found = Vec::new();
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(range) => found.push(text[range].to_owned()),
                Token::Start(tag) => {
                    found.push(format!("<{}>", &text[tag.name.clone()]));
                    if tag.element.is_raw() {
                        let raw = tokens.raw(tag.element, &text[tag.name]);
                        found.push(text[raw].to_owned());
                    }
                }
                Token::End(tag) => found.push(format!("</{}>", &text[tag.name])),
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn tags_and_text() {
        check("a<b>c</b >d", &["a", "<b>", "c", "</b>", "d"]);
        check("<p title='>' class=a/b data-x=\"<i>\">x", &["<p>", "x"]);
        check("3 < 5 <5 a<", &["3 < 5 <5 a<"]);
        check("a</>b</5>c</", &["a", "b", "c</"]);
        check("<br/><br / ><p/a=1>", &["<br>", "<br>", "<p>"]);
        check("<p =a>x<p a =\n'b'>", &["<p>", "x", "<p>"]);
    }

    #[test]
    fn what_ends_within_a_tag_is_none() {
        check("a<p title=\"b>c", &["a"]);
        check("a<p", &["a"]);
        check("a<p b", &["a"]);
        check("a<p b=", &["a"]);
        check("a<!-- b", &["a"]);
    }

    #[test]
    fn comments_end_as_browsers_end_them() {
        check("<!-->a<!--->b<!-- c --!>d<!-- - -- -->e<!----->f", &["a", "b", "d", "e", "f"]);
        check("<!doctype html>a<?xml b?>c<![CDATA[d]]>e", &["a", "c", "e"]);
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        check("<style>a</p>b</STYLE >c", &["<style>", "a</p>b", "c"]);
        check("<title>a<b>&amp;</titles></title>c", &["<title>", "a<b>&amp;</titles>", "c"]);
        check("<script>if (a </b) x</script>c", &["<script>", "if (a </b) x", "c"]);
        check(
            "<script><!-- <script> </script> --> </script>c",
            &["<script>", "<!-- <script> </script> --> ", "c"],
        );
        check("<script><!-- </script>c", &["<script>", "<!-- ", "c"]);
        check("<script><!--> </script>c", &["<script>", "<!--> ", "c"]);
        check("<textarea><p></textarea>c", &["<textarea>", "<p>", "c"]);
        check("<noscript>a", &["<noscript>", "a"]);
    }

    #[test]
    fn attributes_have_their_bytes() {
        let text = "<a href=x&amp;y Title = 'A &quot;b' hidden data-é=\"ß\"/>";
        let value = |name| Attributes::of(text, 0).value(name);
        assert_eq!(value("HREF"), Some(("x&y".to_owned(), 8..15)));
        let (title, range) = value("title").unwrap();
        assert_eq!((title.as_str(), &text[range]), ("A \"b", "A &quot;b"));
        assert_eq!(value("hidden"), Some((String::new(), 0..0)));
        assert_eq!(value("data-é").unwrap().0, "ß");
        assert_eq!(value("alt"), None);
    }
}
