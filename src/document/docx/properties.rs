//! What is said of text, paragraphs, rows and cells before their text (ECMA-376 Part 1, 17.3 and 17.4).

use std::borrow::Cow;

use crate::document::Revision;
use crate::document::office::{Element, Level, Namespace, Node, Xml};

/// Which list a paragraph is an item of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The number of the instance; 0 is no list (17.9.18).
    pub(super) id: Option<u32>,
    /// How many lists are around this one.
    pub(super) level: Option<u8>,
}

impl Numbered {
    pub(super) fn set_level(&mut self, level: Option<u32>) {
        self.level = level.and_then(|level| u8::try_from(level).ok());
    }
}

/// What is said of a run of text.
#[derive(Clone, Debug, Default)]
pub(super) struct RunProperties<'x> {
    /// 17.3.2.41.
    pub(super) hidden: Option<bool>,
    /// 17.3.2.42.
    pub(super) level: Option<Level>,
    /// 17.3.2.29.
    pub(super) style: Option<Cow<'x, str>>,
}

impl<'x> RunProperties<'x> {
    /// Takes what an element says.
    pub(super) fn take(&mut self, name: &[u8], element: &Element<'x>) {
        match name {
            b"vanish" => self.hidden = Some(element.is_on()),
            b"vertAlign" => {
                self.level = Some(match element.value().as_deref() {
                    Some("superscript") => Level::Raised,
                    Some("subscript") => Level::Lowered,
                    _ => Level::Line,
                });
            }
            b"rStyle" => self.style = element.value(),
            _ => {}
        }
    }

    /// Reads what stands within `w:rPr`, which is open.
    pub(super) fn read(xml: &mut Xml<'x>, revision: Revision) -> Result<(Self, bool), String> {
        let mut properties = Self::default();
        let mut has_changes = false;
        each(xml, |xml, element, name| {
            if name == b"rPrChange" {
                has_changes = true;
                if revision == Revision::Accepted {
                    return xml.skip();
                }
                properties = Self::default();
            } else {
                properties.take(name, element);
            }
            Ok(())
        })?;
        Ok((properties, has_changes))
    }
}

/// What is said of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphProperties<'x> {
    pub(super) style: Option<Cow<'x, str>>,
    pub(super) outline: Option<u32>,
    pub(super) numbered: Numbered,
    /// Whether its end is not there, so that the next paragraph goes on with it.
    pub(super) is_joined: bool,
    /// Whether changes are tracked in it.
    pub(super) has_changes: bool,
}

impl<'x> ParagraphProperties<'x> {
    /// Reads what stands within `w:pPr`, which is open.
    pub(super) fn read(xml: &mut Xml<'x>, revision: Revision) -> Result<Self, String> {
        let mut properties = Self::default();
        // The depth of the properties of the paragraph's mark (17.3.1.29).
        let mut mark = usize::MAX;
        let (mut is_hidden, mut parts_style) = (false, false);
        let own = xml.depth();
        each(xml, |xml, element, name| {
            let in_mark = mark < xml.depth() && own < mark;
            match name {
                b"rPr" => mark = xml.depth(),
                b"pPrChange" | b"rPrChange" => {
                    properties.has_changes = true;
                    if revision == Revision::Accepted || name == b"rPrChange" {
                        return xml.skip();
                    }
                    properties.style = None;
                    properties.outline = None;
                    properties.numbered = Numbered::default();
                }
                b"sectPr" => return xml.skip(),
                b"pStyle" => properties.style = element.value(),
                b"outlineLvl" => properties.outline = element.number("val"),
                b"numId" => properties.numbered.id = element.number("val"),
                b"ilvl" => properties.numbered.set_level(element.number("val")),
                b"del" | b"moveFrom" if in_mark => {
                    properties.has_changes = true;
                    properties.is_joined |= revision == Revision::Accepted;
                }
                b"ins" | b"moveTo" if in_mark => {
                    properties.has_changes = true;
                    properties.is_joined |= revision == Revision::Original;
                }
                b"vanish" if in_mark => is_hidden = element.is_on(),
                // A heading that stands on one line with what follows is a paragraph all the same.
                b"specVanish" if in_mark => parts_style = element.is_on(),
                _ => {}
            }
            if xml.depth() <= mark && name != b"rPr" {
                mark = usize::MAX;
            }
            Ok(())
        })?;
        properties.is_joined |= is_hidden && !parts_style;
        Ok(properties)
    }
}

/// What is said of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RowProperties {
    /// 17.4.49.
    pub(super) is_header: bool,
    /// Columns that it leaves out at its start (17.4.14).
    pub(super) before: u32,
    /// Whether it is not there.
    pub(super) is_gone: bool,
    pub(super) has_changes: bool,
}

impl RowProperties {
    /// Reads what stands within `w:trPr`, which is open.
    pub(super) fn read(xml: &mut Xml<'_>, revision: Revision) -> Result<Self, String> {
        let mut properties = Self::default();
        each(xml, |xml, element, name| {
            match name {
                b"tblHeader" => properties.is_header = element.is_on(),
                b"gridBefore" => properties.before = element.number("val").unwrap_or_default(),
                b"trPrChange" => return xml.skip(),
                b"del" | b"ins" => {
                    properties.has_changes = true;
                    let gone = if name == b"del" { Revision::Accepted } else { Revision::Original };
                    properties.is_gone |= revision == gone;
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(properties)
    }
}

/// What is said of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellProperties {
    /// Columns that it takes (17.4.17).
    pub(super) span: Option<u32>,
    /// Whether it is not there, or goes on with the cell above it or before it (17.4.84).
    pub(super) is_gone: bool,
    pub(super) has_changes: bool,
}

impl CellProperties {
    /// Reads what stands within `w:tcPr`, which is open.
    pub(super) fn read(xml: &mut Xml<'_>, revision: Revision) -> Result<Self, String> {
        let mut properties = Self::default();
        each(xml, |xml, element, name| {
            match name {
                b"gridSpan" => properties.span = element.number("val"),
                b"vMerge" | b"hMerge" => {
                    properties.is_gone |= element.value().as_deref() != Some("restart");
                }
                b"cellDel" | b"cellIns" => {
                    properties.has_changes = true;
                    let gone =
                        if name == b"cellDel" { Revision::Accepted } else { Revision::Original };
                    properties.is_gone |= revision == gone;
                }
                b"tcPrChange" => return xml.skip(),
                _ => {}
            }
            Ok(())
        })?;
        Ok(properties)
    }
}

/// Does something for each Word element within the element that was opened last, up to its end.
pub(super) fn each<'x>(
    xml: &mut Xml<'x>,
    mut what: impl FnMut(&mut Xml<'x>, &Element<'x>, &'x [u8]) -> Result<(), String>,
) -> Result<(), String> {
    let depth = xml.depth();
    loop {
        match xml.next()? {
            Node::Open(element) => {
                if let (Namespace::Word, name) = element.name {
                    what(xml, &element, name)?;
                }
            }
            Node::Close if xml.depth() < depth => return Ok(()),
            Node::End => return Ok(()),
            _ => {}
        }
    }
}
