//! The numbers that items of lists bear, which are no text (ECMA-376 Part 1, 17.9).

use std::collections::{HashMap, HashSet};

use crate::document::docx::properties::Numbered;
use crate::document::office::{Namespace, Node, Xml};
use crate::source::BlockKind;

/// A level of a list.
#[derive(Clone, Copy)]
struct Level {
    start: u32,
    has_number: bool,
    is_none: bool,
}

/// What Word has where nothing is said: numbers from 1.
const PLAIN: Level = Level { start: 1, has_number: false, is_none: false };

/// The lists that a document defines.
#[derive(Default)]
pub(super) struct Numbering {
    /// By the number of an instance: the definition, and where its levels start instead.
    instances: HashMap<u32, (u32, HashMap<u8, u32>)>,
    /// By the number of a definition and the level.
    levels: HashMap<(u32, u8), Level>,
}

impl Numbering {
    pub(super) fn read(text: Option<&str>) -> Result<Self, String> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text.unwrap_or_default());
        let (mut definition, mut instance, mut level) = (None, None, 0);
        loop {
            match xml.next().map_err(|reason| format!("word/numbering.xml: {reason}"))? {
                Node::Open(element) => {
                    let (Namespace::Word, name) = element.name else { continue };
                    let number = || element.number("val").unwrap_or_default();
                    let of_level = || element.number("ilvl").and_then(|n| u8::try_from(n).ok());
                    match name {
                        b"abstractNum" => {
                            (definition, instance) = (element.number("abstractNumId"), None);
                        }
                        b"num" => (definition, instance) = (None, element.number("numId")),
                        b"lvl" | b"lvlOverride" => level = of_level().unwrap_or_default(),
                        b"abstractNumId" => {
                            if let Some(id) = instance {
                                numbering.instances.entry(id).or_default().0 = number();
                            }
                        }
                        b"startOverride" => {
                            if let Some(id) = instance {
                                numbering
                                    .instances
                                    .entry(id)
                                    .or_default()
                                    .1
                                    .insert(level, number());
                            }
                        }
                        b"start" | b"numFmt" => {
                            let Some(id) = definition else { continue };
                            let known = numbering.levels.entry((id, level)).or_insert(PLAIN);
                            if name == b"start" {
                                known.start = number();
                            } else {
                                let format = element.value().unwrap_or_default();
                                known.has_number = !matches!(&*format, "bullet" | "none");
                                known.is_none = format == "none";
                            }
                        }
                        _ => {}
                    }
                }
                Node::End => return Ok(numbering),
                _ => {}
            }
        }
    }
}

/// A list that is open.
struct Open {
    id: u32,
    level: u8,
    list: u32,
    /// The number of the last item.
    number: u32,
    has_number: bool,
}

/// Counts the items of lists.
#[derive(Default)]
pub(super) struct Counter {
    /// What was counted last, by definition and level.
    counts: HashMap<(u32, u8), u32>,
    /// Instances whose own starts were taken.
    begun: HashSet<(u32, u8)>,
    open: Vec<Open>,
    lists: u32,
}

impl Counter {
    /// A paragraph that is no item ends all lists, but for those whose numbers count on.
    pub(super) fn interrupt(&mut self, numbering: &Numbering) {
        self.open.retain(|open| {
            let instance = numbering.instances.get(&open.id);
            let level = instance.and_then(|(id, _)| numbering.levels.get(&(*id, open.level)));
            level.is_some_and(|level| level.has_number)
        });
    }

    /// The next item of a list; `None` if it bears neither number nor bullet.
    pub(super) fn item(&mut self, numbered: Numbered, numbering: &Numbering) -> Option<BlockKind> {
        let id = numbered.id.filter(|id| *id != 0)?;
        let depth = numbered.level.unwrap_or_default().min(8);
        let (definition, starts) = numbering.instances.get(&id)?;
        let level = *numbering.levels.get(&(*definition, depth)).unwrap_or(&PLAIN);
        if level.is_none {
            return None;
        }
        // A list within an item ends where the list around it goes on.
        self.open.retain(|open| open.level <= depth);
        self.counts.retain(|(known, deeper), _| known != definition || *deeper <= depth);
        let own = starts.get(&depth).filter(|_| self.begun.insert((id, depth)));
        let before = self.counts.get(&(*definition, depth));
        let count = match (own, before) {
            (Some(start), _) => *start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => level.start,
        };
        self.counts.insert((*definition, depth), count);
        // Some programs give each item a list of its own, whose numbers go on.
        let follows = |open: &Open| {
            open.id == id
                || level.has_number && open.has_number && open.number.checked_add(1) == Some(count)
        };
        let at = self.open.iter().position(|open| open.level == depth && follows(open));
        let at = at.unwrap_or_else(|| {
            self.open.retain(|open| open.level < depth);
            let (list, has_number) = (self.lists, level.has_number);
            self.open.push(Open { id, level: depth, list, number: 0, has_number });
            self.lists += 1;
            self.open.len() - 1
        });
        let open = &mut self.open[at];
        let number = if level.has_number { count } else { open.number.saturating_add(1) };
        (open.id, open.number) = (id, number);
        Some(BlockKind::ListItem { list: open.list, number, depth })
    }
}
