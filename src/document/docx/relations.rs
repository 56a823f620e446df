//! Which part of an archive is the document, and what it refers to (ECMA-376 Part 2, 6.5).

use std::collections::HashMap;

use crate::document::office::{Namespace, Node, Package, Xml};

/// The parts and addresses that a part refers to.
#[derive(Default)]
pub(in crate::document) struct Relations {
    /// By id: the last word of the type, the target, and whether it lies outside.
    by_id: HashMap<String, (String, String, bool)>,
    /// The folder of the part.
    folder: String,
}

impl Relations {
    /// Reads the relations of a part; of the archive itself, if it has no name.
    pub(in crate::document) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, String> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{slash}_rels/{file}.rels");
        let mut relations = Self { by_id: HashMap::new(), folder: folder.to_owned() };
        let Some(text) = package.text(&name)? else { return Ok(relations) };
        let mut xml = Xml::new(&text);
        loop {
            match xml.next().map_err(|reason| format!("{name}: {reason}"))? {
                Node::Open(element)
                    if element.name == (Namespace::Relationships, &b"Relationship"[..]) =>
                {
                    let Some(id) = element.attribute("Id") else { continue };
                    let kind = element.attribute("Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let target = element.attribute("Target").unwrap_or_default().into_owned();
                    let is_outside = element.attribute("TargetMode").as_deref() == Some("External");
                    relations.by_id.insert(id.into_owned(), (kind, target, is_outside));
                }
                Node::End => return Ok(relations),
                _ => {}
            }
        }
    }

    /// The part of a kind, if there is one within the archive.
    pub(in crate::document) fn part(&self, kind: &str) -> Option<String> {
        let mut all: Vec<(&String, &(String, String, bool))> = self.by_id.iter().collect();
        all.sort_unstable();
        let (_, (_, target, _)) =
            all.into_iter().find(|(_, (known, _, is_outside))| known == kind && !is_outside)?;
        self.resolved(target)
    }

    /// The address outside that a relation leads to.
    pub(super) fn address(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).filter(|(.., is_outside)| *is_outside).map(|(_, target, _)| &**target)
    }

    /// The name of a part as another one refers to it; `None` for one that leaves the archive.
    fn resolved(&self, target: &str) -> Option<String> {
        let from = if target.starts_with('/') { "" } else { &*self.folder };
        let mut parts: Vec<&str> = Vec::new();
        for part in from.split('/').chain(target.split('/')) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

/// The name of the part that is the document.
pub(in crate::document) fn main_part(package: &mut Package<'_>) -> Result<String, String> {
    let usual = "word/document.xml";
    let relations = Relations::read(package, "")?;
    let named = relations.part("officeDocument").filter(|part| package.has(part));
    Ok(named.unwrap_or_else(|| usual.to_owned()))
}
