//! From the tree of a text to its prose and blocks.

use std::ops::Range;

use crate::document::block::BlockKind;
use crate::document::html::element::Element;
use crate::document::html::page::Page;
use crate::document::html::table::{self, Place};
use crate::document::html::token::Attributes;
use crate::document::html::traits::Traits;
use crate::document::html::tree::{Kind, Node};
use crate::document::map::Prose;
use crate::document::write::Writer;

use Element as E;

/// What is done where an element ends.
#[derive(Clone, Copy)]
pub(super) enum Exit {
    /// Nothing: a phrase.
    Phrase,
    /// The same, of one whose words are not read.
    Hidden,
    /// What follows stands in lines of its own, as does what stood before.
    Block(BlockKind),
    /// The same behind a list.
    List(BlockKind),
    /// The same behind a caption, which may say what an image says.
    Caption(BlockKind),
    /// The same behind a cell of a table that has figures.
    Cell(BlockKind),
    /// The same behind such a table.
    Table(BlockKind),
    /// The same behind preformatted text.
    Lines(BlockKind),
}

pub(super) struct Frame {
    element: Element,
    last: usize,
    pub(super) exit: Exit,
}

/// A table whose cells are known.
pub(super) struct Table {
    number: u32,
    cells: Vec<Place>,
    next: usize,
    /// Texts that stand in no cell.
    pub(super) strays: Vec<usize>,
}

/// Formatting that is on.
struct On {
    element: Element,
    hides: bool,
}

/// Writes the prose of a text, or of a part of one.
pub(super) struct Walk<'a, 'w, 't> {
    pub(super) page: &'a Page<'a>,
    /// Where the text of the page begins in the source.
    base: usize,
    pub(super) writer: &'w mut Writer<'t>,
    pub(super) frames: Vec<Frame>,
    formats: Vec<On>,
    /// How much of the formatting hides what it is on.
    hiding: usize,
    /// Lists around: which it is, and the number of its next item.
    lists: Vec<(u32, u32)>,
    pub(super) tables: Vec<Table>,
    /// Whether words stand in a cell whose blocks are lines.
    pub(super) in_cell: bool,
    /// The tag at which a line ends before the next words.
    pub(super) line_end: Option<Range<usize>>,
    /// The tags of line breaks since the last words.
    pub(super) breaks: u32,
    /// Whether a phrase has ended since the last words.
    pub(super) phrase_ended: bool,
    /// Elements of preformatted text around.
    pub(super) lines: u32,
}

impl<'a, 'w, 't> Walk<'a, 'w, 't> {
    pub(super) fn new(page: &'a Page<'a>, base: usize, writer: &'w mut Writer<'t>) -> Self {
        Self {
            page,
            base,
            writer,
            frames: Vec::new(),
            formats: Vec::new(),
            hiding: 0,
            lists: Vec::new(),
            tables: Vec::new(),
            in_cell: false,
            line_end: None,
            breaks: 0,
            phrase_ended: false,
            lines: 0,
        }
    }

    /// Writes some nodes.
    pub(super) fn write(&mut self, nodes: Range<usize>) {
        self.pass(0..nodes.start);
        let mut at = nodes.start;
        while at < nodes.end {
            self.leave(at);
            at = self.node(at);
        }
        self.leave(usize::MAX);
        self.writer.close();
    }

    /// Leaves the elements that end before a node.
    fn leave(&mut self, at: usize) {
        while let Some(frame) = self.frames.pop_if(|frame| frame.last <= at) {
            self.exit(&frame);
        }
    }

    /// Follows the formatting of nodes that are not read.
    fn pass(&mut self, nodes: Range<usize>) {
        for at in nodes {
            let node = &self.page.tree.nodes[at];
            match node.kind {
                Kind::On => self.on(at, node.element),
                Kind::Off => {
                    self.off(node.element);
                }
                _ => {}
            }
        }
    }

    fn on(&mut self, at: usize, element: Element) {
        let is_struck = matches!(element, E::Code | E::S | E::Strike);
        let hides = is_struck || self.page.is_hidden(at) || self.page.traits(at).has(Traits::NOTE);
        self.hiding += usize::from(hides);
        self.formats.push(On { element, hides });
    }

    fn off(&mut self, element: Element) -> bool {
        let Some(at) = self.formats.iter().rposition(|on| on.element == element) else {
            return false;
        };
        self.hiding -= usize::from(self.formats.remove(at).hides);
        true
    }

    /// The bytes of the source of some bytes of the text.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        self.base + range.start..self.base + range.end
    }

    /// Writes a node, and says which one is next.
    fn node(&mut self, at: usize) -> usize {
        let node = self.page.tree.nodes[at];
        let range = self.source(node.range());
        match node.kind {
            Kind::Text => {
                if self.hiding == 0 {
                    self.text(at, node.range());
                }
                at + 1
            }
            Kind::Raw => {
                if self.hiding == 0 && matches!(node.element, E::Iframe | E::Textarea | E::Xmp) {
                    self.show(range);
                }
                at + 1
            }
            Kind::On => {
                let was_hiding = self.hiding;
                self.on(at, node.element);
                let is_link = node.element == E::A && self.page.traits(at).has(Traits::LINK);
                match () {
                    () if was_hiding != 0 => {}
                    () if self.page.is_hidden(at) => self.writer.gap = Some(range),
                    () if self.hiding != 0 && node.element != E::Code => {
                        self.writer.gap = Some(range);
                    }
                    () if self.hiding != 0 => self.remove(range),
                    () if is_link => self.writer.start_link(range, false),
                    () => self.begin_phrase(range),
                }
                at + 1
            }
            Kind::Off => {
                match node.element {
                    E::Q if self.hiding == 0 => self.words("”", range, false),
                    E::Sup if self.hiding == 0 => self.raise(true, range),
                    E::A if self.hiding == 0 => {
                        self.writer.end_link_at(range.end);
                        self.phrase_ended = true;
                    }
                    _ => self.phrase_ended = true,
                }
                if !matches!(node.element, E::Q | E::Sub | E::Sup) {
                    self.off(node.element);
                }
                at + 1
            }
            Kind::Element => self.element(at, &node, range),
        }
    }

    /// Passes an element by with all that is within it.
    fn skip(&mut self, at: usize) -> usize {
        let last = self.page.tree.nodes[at].last();
        self.pass(at..last);
        last
    }

    fn element(&mut self, at: usize, node: &Node, range: Range<usize>) -> usize {
        let traits = self.page.traits(at);
        let is_block = node.element.is_block() || traits.has(Traits::BLOCK);
        if self.page.is_hidden(at) {
            if !is_block && !range.is_empty() {
                self.writer.gap = Some(range);
            }
            return self.skip(at);
        }
        let within = self.frames.iter().map(|frame| frame.element);
        if self.page.is_apart(at, within) {
            self.line(&range);
            return self.skip(at);
        }
        match node.element {
            E::Br => self.line_break(range),
            E::Hr => self.line(&range),
            E::Img | E::Image if self.page.is_decoration(at) => {}
            E::Img | E::Image => self.image(node, range),
            E::Wbr => {}
            E::Del | E::Kbd | E::Samp => {
                if self.hiding == 0 && node.element == E::Del {
                    self.writer.gap = Some(range);
                } else if self.hiding == 0 {
                    self.remove(range);
                }
                self.hiding += 1;
                self.enter(node, Exit::Hidden);
            }
            E::Audio
            | E::Button
            | E::Canvas
            | E::Embed
            | E::Input
            | E::Math
            | E::Meter
            | E::Object
            | E::Progress
            | E::Select
            | E::Svg
            | E::Video => {
                if self.hiding == 0 {
                    self.show(range);
                }
                return self.skip(at);
            }
            E::Sup if self.hiding == 0 => self.raise(false, range),
            E::Sub if self.hiding == 0 => return self.lower(at, node, range),
            E::Q if self.hiding == 0 => self.words("“", range, false),
            E::Table => self.table(at, node, &range),
            E::Td | E::Th => self.cell(at, node, &range),
            _ if node.element.is_rows() || matches!(node.element, E::Caption) || is_block => {
                self.block(node, traits, &range);
            }
            _ => {
                self.begin_phrase(range);
                self.enter(node, Exit::Phrase);
            }
        }
        at + 1
    }

    fn enter(&mut self, node: &Node, exit: Exit) {
        self.frames.push(Frame { element: node.element, last: node.last(), exit });
    }

    /// Begins a phrase: digits of one that has ended and of this one are two figures.
    fn begin_phrase(&mut self, range: Range<usize>) {
        if std::mem::take(&mut self.phrase_ended) && !range.is_empty() {
            self.writer.seam = Some(range);
        }
    }

    fn block(&mut self, node: &Node, traits: Traits, range: &Range<usize>) {
        self.line(range);
        let before = self.writer.kind;
        let exit = match node.element {
            E::Ol | E::Ul | E::Menu | E::Dir => {
                self.lists.push((self.writer.lists, self.number(node, "start").unwrap_or(1)));
                self.writer.lists += 1;
                Exit::List(before)
            }
            E::Caption | E::Figcaption => Exit::Caption(before),
            E::Pre | E::Listing => {
                self.lines += 1;
                Exit::Lines(before)
            }
            _ => Exit::Block(before),
        };
        if !self.in_cell {
            self.writer.kind = match node.element {
                E::Blockquote => BlockKind::Quote,
                E::Caption | E::Figcaption => BlockKind::Caption,
                E::Li if traits.has(Traits::ENDNOTE) => BlockKind::Paragraph,
                E::Li => self.item(node),
                _ if traits.has(Traits::DECK) && node.element != E::H1 => BlockKind::Deck,
                E::P if self.frames.last().is_some_and(|frame| frame.element == E::Hgroup) => {
                    BlockKind::Deck
                }
                element => element.level().map_or(before, BlockKind::Heading),
            };
        }
        self.enter(node, exit);
    }

    fn exit(&mut self, frame: &Frame) {
        let before = match frame.exit {
            Exit::Phrase => {
                self.phrase_ended = true;
                return;
            }
            Exit::Hidden => {
                self.hiding -= 1;
                return;
            }
            Exit::Block(kind) => kind,
            Exit::List(kind) => {
                self.lists.pop();
                kind
            }
            Exit::Caption(kind) => {
                self.writer.close();
                self.writer.drop_repeated_caption();
                kind
            }
            Exit::Lines(kind) => {
                self.lines -= 1;
                kind
            }
            Exit::Cell(kind) => {
                self.in_cell = false;
                self.line_end = None;
                kind
            }
            Exit::Table(kind) => {
                self.writer.close();
                self.writer.kind = kind;
                if let Some(table) = self.tables.pop() {
                    for stray in table.strays {
                        self.text(stray, self.page.tree.nodes[stray].range());
                        self.writer.close();
                    }
                }
                kind
            }
        };
        self.line(&(0..0));
        self.writer.kind = before;
    }

    /// What follows stands in lines of its own.
    fn line(&mut self, range: &Range<usize>) {
        self.breaks = 0;
        self.phrase_ended = false;
        if self.in_cell {
            if !self.writer.is_at_start() && self.line_end.is_none() {
                // An end has no tag of its own here; the tag that comes next has.
                self.line_end = Some(range.clone());
            } else if self.line_end.as_ref().is_some_and(Range::is_empty) {
                self.line_end = Some(range.clone());
            }
        } else {
            self.writer.close();
        }
    }

    /// One line break is white space, two of them part paragraphs.
    fn line_break(&mut self, range: Range<usize>) {
        self.breaks += 1;
        self.phrase_ended = false;
        if 1 < self.breaks {
            self.line(&range);
        } else if !self.writer.is_at_start() && self.hiding == 0 {
            self.line_end = Some(range);
        }
    }

    /// The number that an attribute states.
    fn number(&self, node: &Node, name: &str) -> Option<u32> {
        let range = node.range();
        if !self.page.text[range.clone()].contains(' ') {
            return None;
        }
        Attributes::of(self.page.text, range.start).value(name)?.0.trim().parse().ok()
    }

    /// The next item of the innermost list.
    fn item(&mut self, node: &Node) -> BlockKind {
        let stated = self.number(node, "value");
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let Some((list, next)) = self.lists.last_mut() else {
            // An item outside of any list.
            let list = self.writer.lists;
            self.writer.lists += 1;
            return BlockKind::ListItem { list, number: stated.unwrap_or(1), depth };
        };
        let number = stated.unwrap_or(*next);
        *next = number.saturating_add(1);
        BlockKind::ListItem { list: *list, number, depth }
    }

    fn image(&mut self, node: &Node, range: Range<usize>) {
        if self.hiding != 0 {
            return;
        }
        self.show(range);
        for name in ["alt", "title"] {
            let value = Attributes::of(self.page.text, node.range().start).value(name);
            let Some((_, value)) = value.filter(|(text, _)| !text.trim().is_empty()) else {
                continue;
            };
            let mut caption = Prose::default();
            self.push_to(&mut caption, value, true);
            self.writer.caption(caption);
        }
    }

    /// Reads lowered text: "CO<sub>2</sub>" is "CO₂", and no figure.
    fn lower(&mut self, at: usize, node: &Node, range: Range<usize>) -> usize {
        let nodes = &self.page.tree.nodes;
        let last = node.last();
        if let [only] = &nodes[at + 1..last]
            && only.kind == Kind::Text
        {
            let text = self.page.text[only.range()].trim();
            let lowered: Option<String> =
                text.chars().map(|c| char::from_u32(u32::from('₀') + c.to_digit(10)?)).collect();
            if let Some(lowered) = lowered.filter(|_| !text.is_empty()) {
                let end = self.page.tree.nodes.get(last).filter(|node| node.kind == Kind::Off);
                let end = end.map_or(only.range().end, |node| node.range().end);
                let source = range.start..self.base + end;
                self.words(&lowered, source, false);
                return last;
            }
        }
        self.remove(range);
        self.enter(node, Exit::Phrase);
        at + 1
    }

    fn table(&mut self, at: usize, node: &Node, range: &Range<usize>) {
        let before = self.writer.kind;
        let cells = if self.in_cell { None } else { table::cells(self.page, at) };
        self.line(range);
        let Some(cells) = cells else { return self.enter(node, Exit::Block(before)) };
        self.writer.kind = BlockKind::Paragraph;
        let number = self.writer.tables;
        self.writer.tables += 1;
        self.tables.push(Table { number, cells, next: 0, strays: Vec::new() });
        self.enter(node, Exit::Table(before));
    }

    fn cell(&mut self, at: usize, node: &Node, range: &Range<usize>) {
        self.line(range);
        let before = self.writer.kind;
        let place = self.tables.last_mut().and_then(|table| {
            let place = table.cells.get(table.next).copied().filter(|place| place.node == at)?;
            table.next += 1;
            Some((table.number, place))
        });
        let Some((table, place)) = place else { return self.enter(node, Exit::Block(before)) };
        let Place { row, column, header, spans, .. } = place;
        self.writer.begin(BlockKind::TableCell { table, row, column, header });
        if spans && !header && column != 0 {
            // A figure that stands for several rows or columns is that of none of them.
            self.remove(range.clone());
        }
        self.in_cell = true;
        self.line_end = None;
        self.enter(node, Exit::Cell(before));
    }
}
