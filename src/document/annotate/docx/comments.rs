//! The part with the comments: those of an earlier run are known by their initials, which have a digest of
//! what they say, so that one that somebody has changed is somebody's.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

use crate::document::office::{Namespace, Node, Xml};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// The namespace of Word.
pub(super) fn namespace(strict: bool) -> &'static str {
    if strict { STRICT } else { TRANSITIONAL }
}

/// How the initials begin that a comment of Crossfoot has.
const INITIALS: &str = "CF-";

struct Comment {
    id: String,
    /// Its bytes of the part.
    range: Range<usize>,
    text: String,
    is_own: bool,
    has_answers: bool,
}

/// The comments that a document has.
pub(super) struct Comments {
    part: Option<String>,
    all: Vec<Comment>,
    strict: bool,
}

impl Comments {
    /// Reads the part, and that which says what answers what (`commentsExtended`).
    pub(super) fn read(part: Option<String>, extended: &str, strict: bool) -> Result<Self, String> {
        let answered = answered(extended)?;
        let text = part.as_deref().unwrap_or_default();
        let mut all: Vec<Comment> = Vec::new();
        let mut xml = Xml::new(text);
        let (mut depth, mut is_text, mut initials) = (usize::MAX, false, String::new());
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    is_text = element.name == (Namespace::Word, &b"t"[..]);
                    if element.name == (Namespace::Word, b"comment") {
                        depth = xml.depth();
                        initials = element.attribute("initials").unwrap_or_default().into_owned();
                        all.push(Comment {
                            id: element.attribute("id").unwrap_or_default().into_owned(),
                            range: element.range.clone(),
                            text: String::new(),
                            is_own: false,
                            has_answers: false,
                        });
                    } else if element.name == (Namespace::Word, b"p")
                        && depth < xml.depth()
                        && let Some(comment) = all.last_mut()
                    {
                        if !comment.text.is_empty() {
                            comment.text.push('\n');
                        }
                        let id = element.attribute("paraId");
                        comment.has_answers |= id.is_some_and(|id| answered.contains(&*id));
                    }
                }
                Node::Close => {
                    is_text = false;
                    if depth != usize::MAX
                        && xml.depth() < depth
                        && let Some(comment) = all.last_mut()
                    {
                        comment.range.end = xml.position();
                        comment.is_own = initials == signed(&comment.text);
                        depth = usize::MAX;
                    }
                }
                Node::Text(range) if is_text && depth != usize::MAX => {
                    if let Some(comment) = all.last_mut() {
                        comment.text.push_str(&text[range]);
                    }
                }
                Node::Character(c, _) if is_text && depth != usize::MAX => {
                    if let Some(comment) = all.last_mut() {
                        comment.text.push(c);
                    }
                }
                Node::Text(_) | Node::Character(..) => {}
                Node::End => break,
            }
        }
        Ok(Self { part, all, strict })
    }

    /// The ids of the comments of an earlier run, but for those that somebody has answered.
    pub(super) fn own(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|one| one.is_own && !one.has_answers).map(|one| &*one.id)
    }

    /// Whether somebody has answered a comment of an earlier run that says this.
    pub(super) fn has_answered(&self, lines: &[String]) -> bool {
        let said = lines.join("\n");
        self.all.iter().any(|one| one.is_own && one.has_answers && one.text == said)
    }

    /// A number that no comment has that stays, nor any behind it.
    pub(super) fn first_free(&self) -> u64 {
        let stay = self.all.iter().filter(|one| !one.is_own || one.has_answers);
        stay.filter_map(|one| one.id.parse::<u64>().ok()).max().map_or(0, |most| most + 1)
    }

    /// The part without what an earlier run wrote, open for more.
    pub(super) fn kept(&self) -> Written {
        let Some(part) = &self.part else {
            let namespace = namespace(self.strict);
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
            let before = format!("{head}<w:comments xmlns:w=\"{namespace}\">");
            return Written { before, after: "</w:comments>".to_owned(), strict: self.strict };
        };
        let mut before = String::with_capacity(part.len());
        let mut at = 0;
        for one in self.all.iter().filter(|one| one.is_own && !one.has_answers) {
            before.push_str(&part[at..one.range.start]);
            at = one.range.end;
        }
        before.push_str(&part[at..]);
        // An empty element is opened.
        if !before.contains("</")
            && let Some(end) = before.rfind("/>")
        {
            let start = before.rfind('<').unwrap_or_default() + 1;
            let name: String =
                before[start..].chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
            before.replace_range(end..end + 2, ">");
            return Written { before, after: format!("</{name}>"), strict: self.strict };
        }
        let end = before.rfind("</").unwrap_or(before.len());
        let after = before.split_off(end);
        Written { before, after, strict: self.strict }
    }
}

/// The ids of paragraphs to which others are answers.
fn answered(extended: &str) -> Result<HashSet<String>, String> {
    let mut all = HashSet::new();
    let mut xml = Xml::new(extended);
    loop {
        match xml.next()? {
            Node::Open(element) => {
                all.extend(element.attribute("paraIdParent").map(Cow::into_owned));
            }
            Node::End => return Ok(all),
            _ => {}
        }
    }
}

/// The initials of a comment that says this: FNV-1a of its text.
fn signed(text: &str) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    format!("{INITIALS}{hash:08x}")
}

/// The part of comments as it is written.
pub(super) struct Written {
    before: String,
    after: String,
    strict: bool,
}

impl Written {
    /// Adds a comment, a paragraph a line.
    pub(super) fn add(&mut self, id: u64, author: &str, lines: &[String]) {
        let out = &mut self.before;
        let namespace = namespace(self.strict);
        let _ = write!(
            out,
            "<w:comment xmlns:w=\"{namespace}\" w:id=\"{id}\" w:author=\"{}\" w:initials=\"{}\">",
            escaped(author),
            signed(&lines.join("\n")),
        );
        for line in lines {
            let line = escaped(line);
            let _ = write!(out, "<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>");
        }
        out.push_str("</w:comment>");
    }

    pub(super) fn finish(self) -> String {
        self.before + &self.after
    }
}

/// Text that is no markup, without characters that XML has not.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The relations of the document with one to its comments.
pub(super) fn related(old: Option<String>, strict: bool) -> String {
    let base = if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    };
    let space = "http://schemas.openxmlformats.org/package/2006/relationships";
    let own = format!(
        "<Relationship xmlns=\"{space}\" Id=\"crossfootComments\" Type=\"{base}/comments\" Target=\"comments.xml\"/>"
    );
    let old = old.unwrap_or_else(|| format!("<Relationships xmlns=\"{space}\"></Relationships>"));
    within(&old, &own)
}

/// The types of parts with that of the comments.
pub(super) fn typed(old: &str, part: &str) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    let space = "http://schemas.openxmlformats.org/package/2006/content-types";
    if old.contains(&format!("\"/{part}\"")) {
        return old.to_owned();
    }
    let own = format!("<Override xmlns=\"{space}\" PartName=\"/{part}\" ContentType=\"{kind}\"/>");
    within(old, &own)
}

/// A part with one more element at the end of its root.
fn within(part: &str, element: &str) -> String {
    let end = part.rfind("</").unwrap_or(part.len());
    format!("{}{element}{}", &part[..end], &part[end..])
}
