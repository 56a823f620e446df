//! What styles say of text: whether it is hidden or raised, a caption, a quotation.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::office::{Level, Namespace, Node, Xml};

/// Styles that are based on each other at most.
const LONGEST_CHAIN: usize = 64;

#[derive(Clone, Debug, Default)]
struct Raw {
    parent: Option<String>,
    hidden: Option<bool>,
    level: Option<Level>,
}

/// What holds for text of a style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub(super) hidden: bool,
    pub(super) level: Option<Level>,
    pub(super) role: Role,
}

/// What a paragraph is by the name of its style, or of one that it is based on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Text,
    Title,
    Caption,
    Quote,
}

impl Role {
    /// Names of common styles are English in every language of `LibreOffice`.
    fn of(name: &str) -> Self {
        match name {
            "Title" => Self::Title,
            "Caption" | "Illustration" | "Table" | "Figure" | "Drawing" => Self::Caption,
            "Quotations" => Self::Quote,
            _ => Self::Text,
        }
    }
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Raw>,
    /// Whether the items of a level of a list bear numbers.
    numbered: HashMap<(String, u8), bool>,
}

impl Styles {
    /// Reads the styles of a part.
    pub(super) fn read(&mut self, text: &str) -> Result<(), String> {
        let mut xml = Xml::new(text);
        let (mut open, mut list): (Option<String>, Option<String>) = (None, None);
        loop {
            match xml.next()? {
                Node::Open(element) => match element.name {
                    (Namespace::Office, b"body") => return Ok(()),
                    (Namespace::Style, b"style") => {
                        let name = element.attribute("name").unwrap_or_default().into_owned();
                        let family = element.attribute("family").unwrap_or_default();
                        let raw = Raw {
                            parent: element.attribute("parent-style-name").map(Cow::into_owned),
                            ..Raw::default()
                        };
                        let key = keyed(&family, &name);
                        self.by_name.insert(key.clone(), raw);
                        open = Some(key);
                    }
                    (Namespace::Style, b"text-properties") => {
                        let Some(raw) = open.as_ref().and_then(|key| self.by_name.get_mut(key))
                        else {
                            continue;
                        };
                        // 20.388 (text:display) and 20.401 (style:text-position).
                        if let Some(display) = element.attribute("display") {
                            raw.hidden = Some(display == "none");
                        }
                        if let Some(position) = element.attribute("text-position") {
                            raw.level = Some(level(&position));
                        }
                    }
                    (Namespace::Text, b"list-style") => {
                        list = Some(element.attribute("name").unwrap_or_default().into_owned());
                    }
                    (Namespace::Text, b"list-level-style-number" | b"list-level-style-bullet") => {
                        let is_number = element.name.1.ends_with(b"number")
                            && element
                                .attribute("num-format")
                                .is_some_and(|format| !format.is_empty());
                        let at = element.number("level").and_then(|level| u8::try_from(level).ok());
                        if let (Some(list), Some(at)) = (&list, at) {
                            self.numbered.insert((list.clone(), at), is_number);
                        }
                    }
                    _ => {}
                },
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// The style of text or of a paragraph.
    pub(super) fn of(&self, family: &str, name: &str) -> Style {
        let mut style = Style::default();
        let mut hidden = None;
        let mut next = Some(name);
        for _ in 0..LONGEST_CHAIN {
            let Some(name) = next else { break };
            if style.role == Role::Text {
                style.role = Role::of(name);
            }
            let Some(raw) = self.by_name.get(&keyed(family, name)) else { break };
            hidden = hidden.or(raw.hidden);
            style.level = style.level.or(raw.level);
            next = raw.parent.as_deref();
        }
        style.hidden = hidden.unwrap_or_default();
        style
    }

    /// Whether the items of a level of a list, from 1, bear numbers.
    pub(super) fn has_numbers(&self, list: &str, level: u8) -> bool {
        self.numbered.get(&(list.to_owned(), level)).copied().unwrap_or_default()
    }
}

fn keyed(family: &str, name: &str) -> String {
    format!("{family}/{name}")
}

/// "super 58%", "-33% 100%".
fn level(position: &str) -> Level {
    let first = position.split_whitespace().next().unwrap_or_default();
    match first {
        "super" => Level::Raised,
        "sub" => Level::Lowered,
        first => match first.trim_end_matches('%').bytes().next() {
            Some(b'-') => Level::Lowered,
            Some(b'1'..=b'9') => Level::Raised,
            _ => Level::Line,
        },
    }
}
