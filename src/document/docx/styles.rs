//! What styles say of text: whether it is hidden or raised, a heading, an item of a list, a caption.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::docx::properties::{Numbered, RunProperties};
use crate::document::office::{Level, Namespace, Node, Xml};

/// Styles that are based on each other at most.
const LONGEST_CHAIN: usize = 64;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Text,
    Caption,
    Quote,
    /// A list of the headings, the figures or the like, which repeats what stands elsewhere.
    Contents,
}

/// A style, with what it takes over from those that it is based on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// Whether text is hidden, which a further style may turn over.
    pub(super) hidden: bool,
    pub(super) level: Level,
    /// The level of a heading, from 0.
    pub(super) outline: Option<u8>,
    pub(super) numbered: Numbered,
    pub(super) role: Role,
}

#[derive(Default)]
struct Raw {
    based_on: Option<String>,
    hidden: Option<bool>,
    level: Option<Level>,
    outline: Option<u8>,
    numbered: Numbered,
    role: Option<Role>,
}

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Style,
}

impl Styles {
    pub(super) fn read(text: Option<&str>) -> Result<Self, String> {
        let mut raw: HashMap<String, Raw> = HashMap::new();
        let mut default = None;
        let mut xml = Xml::new(text.unwrap_or_default());
        let mut open: Option<String> = None;
        loop {
            match xml.next().map_err(|reason| format!("word/styles.xml: {reason}"))? {
                Node::Open(element) => {
                    let (Namespace::Word, name) = element.name else { continue };
                    if name == b"style" {
                        let id = element.attribute("styleId").unwrap_or_default().into_owned();
                        let is_default = matches!(
                            element.attribute("default").as_deref(),
                            Some("1" | "true" | "on")
                        );
                        if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                            default = Some(id.clone());
                        }
                        raw.insert(id.clone(), Raw::default());
                        open = Some(id);
                        continue;
                    }
                    // What a style says of parts of tables is no property of the style itself.
                    if matches!(name, b"tblStylePr" | b"docDefaults" | b"latentStyles") {
                        xml.skip().map_err(|reason| format!("word/styles.xml: {reason}"))?;
                        continue;
                    }
                    let Some(style) = open.as_ref().and_then(|id| raw.get_mut(id)) else {
                        continue;
                    };
                    match name {
                        b"name" => style.name(&element.value().unwrap_or_default()),
                        b"basedOn" => style.based_on = element.value().map(Cow::into_owned),
                        b"outlineLvl" => style.outline = outline(element.number("val")),
                        b"numId" => style.numbered.id = element.number("val"),
                        b"ilvl" => style.numbered.set_level(element.number("val")),
                        name => {
                            let mut run = RunProperties::default();
                            run.take(name, &element);
                            style.hidden = run.hidden.or(style.hidden);
                            style.level = run.level.or(style.level);
                        }
                    }
                }
                Node::End => break,
                _ => {}
            }
        }
        let by_id: HashMap<String, Style> =
            raw.keys().map(|id| (id.clone(), resolved(&raw, id))).collect();
        let default = default.and_then(|id| by_id.get(&id)).copied().unwrap_or_default();
        Ok(Self { by_id, default })
    }

    /// The style of a paragraph.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Style {
        id.and_then(|id| self.by_id.get(id)).copied().unwrap_or(self.default)
    }

    /// The style of characters, if they have one.
    pub(super) fn of_characters(&self, id: &str) -> Option<Style> {
        self.by_id.get(id).copied()
    }
}

/// The level of a heading; 9 is body text (17.3.1.20).
pub(super) fn outline(value: Option<u32>) -> Option<u8> {
    value.and_then(|value| u8::try_from(value).ok())
}

impl Raw {
    /// Names of built-in styles are English in every language of Word (17.7.4.9).
    fn name(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        match &*name {
            "caption" => self.role = Some(Role::Caption),
            "quote" | "intense quote" | "block text" => self.role = Some(Role::Quote),
            "title" => self.outline = self.outline.or(Some(0)),
            "toc heading" | "table of figures" => self.role = Some(Role::Contents),
            name => {
                let number = |name: &str| name.parse::<u8>().ok().filter(|n| (1..=9).contains(n));
                if let Some(level) = name.strip_prefix("heading ").and_then(number) {
                    self.outline = self.outline.or(Some(level - 1));
                } else if name.strip_prefix("toc ").and_then(number).is_some() {
                    self.role = Some(Role::Contents);
                }
            }
        }
    }
}

fn resolved(raw: &HashMap<String, Raw>, id: &str) -> Style {
    let mut style = Style::default();
    let (mut level, mut role, mut hidden) = (None, None, None);
    let mut next = raw.get(id);
    for _ in 0..LONGEST_CHAIN {
        let Some(one) = next else { break };
        hidden = hidden.or(one.hidden);
        level = level.or(one.level);
        role = role.or(one.role);
        style.outline = style.outline.or(one.outline);
        style.numbered.id = style.numbered.id.or(one.numbered.id);
        style.numbered.level = style.numbered.level.or(one.numbered.level);
        next = one.based_on.as_ref().and_then(|id| raw.get(id));
    }
    style.level = level.unwrap_or_default();
    style.role = role.unwrap_or_default();
    style.hidden = hidden.unwrap_or_default();
    style
}
