//! The text of a document: its paragraphs, tables and notes, in one of two states.

mod change;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::Revision;
use crate::document::odt::styles::{Role, Styles};
use crate::document::office::{Comment, Element, Flow, Hung, Level, Namespace, Node, Xml};
use crate::source::BlockKind;

/// Columns and rows that are counted at most.
const WIDEST: u32 = 1 << 16;

/// Deletions within deletions, which no program writes, are read this deep.
const DEEPEST: usize = 8;

/// An element that is open.
enum Tag {
    /// One whose own text is none.
    Through,
    Hidden,
    Paragraph,
    /// Text, with a style or as a field shows it.
    Span,
    Link,
    List,
    Item,
    Table,
    Header,
    Row(u32),
    Cell {
        is_covered: bool,
        repeated: u32,
    },
    Note(usize),
    TextBox,
}

/// What is done with an element that was opened.
enum Then {
    Enter(Tag),
    Skip,
    Done,
}

use Then::{Done, Enter, Skip};

/// What stands around a paragraph.
enum Around {
    List(List),
    Table(Table),
    TextBox,
}

struct List {
    number: u32,
    style: String,
    depth: u8,
    /// The number of the item that is open.
    item: u32,
    /// Whether the paragraph belongs to an item, and not to what stands above the list.
    in_item: bool,
    /// The table whose cell it stands in, if it does, among what stands around.
    table: Option<usize>,
}

#[derive(Default)]
struct Table {
    number: u32,
    row: u32,
    column: u32,
    /// Whether rows of headers are said, and whether one is open.
    has_headers: bool,
    in_headers: bool,
}

impl Table {
    /// The cell that is open. Without rows of headers the first row is one.
    fn cell(&self) -> BlockKind {
        BlockKind::TableCell {
            table: self.number,
            row: self.row,
            column: self.column,
            header: self.in_headers || self.row == 0 && !self.has_headers,
        }
    }
}

/// How text is shown.
#[derive(Clone, Copy, Default)]
struct Look {
    is_hidden: bool,
    level: Level,
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    heading: Option<u8>,
    role: Role,
    /// Whether what was last is white space, of which one character in a row counts (6.1.2).
    ends_blank: bool,
}

/// A document that is read.
pub(super) struct Body<'x, 's> {
    xml: Xml<'x>,
    text: &'x str,
    styles: &'s Styles,
    revision: Revision,
    pub(super) flow: Flow,
    /// The flow that waits while another is written: the notes, or within a note the text.
    other: Flow,
    stack: Vec<Tag>,
    hidden: usize,
    looks: Vec<Look>,
    paragraphs: Vec<Paragraph>,
    around: Vec<Around>,
    lists: u32,
    tables: u32,
    /// The numbers of lists that may go on.
    counted: HashMap<String, u32>,
    /// What was deleted: its bytes, by id.
    deleted: HashMap<String, Range<usize>>,
    insertions: HashSet<String>,
    /// Insertions that are open and not there.
    absent: HashSet<String>,
    /// Deletions that are put back, one within the other.
    put_back: usize,
    /// Paragraphs of the one that is put back within another paragraph, if it is.
    inline: Option<usize>,
    in_note: bool,
    notes: Vec<(Range<usize>, usize)>,
    pub(super) comments: HashMap<String, Comment>,
    pub(super) has_changes: bool,
}

impl<'x, 's> Body<'x, 's> {
    pub(super) fn new(text: &'x str, styles: &'s Styles, revision: Revision) -> Self {
        Self {
            xml: Xml::new(text),
            text,
            styles,
            revision,
            flow: Flow::of(0),
            other: Flow::of(0),
            stack: Vec::new(),
            hidden: 0,
            looks: Vec::new(),
            paragraphs: Vec::new(),
            around: Vec::new(),
            lists: 0,
            tables: 0,
            counted: HashMap::new(),
            deleted: HashMap::new(),
            insertions: HashSet::new(),
            absent: HashSet::new(),
            put_back: 0,
            inline: None,
            in_note: false,
            notes: Vec::new(),
            comments: HashMap::new(),
            has_changes: false,
        }
    }

    /// Reads the whole. Returns the notes behind the text, each with the byte of its mark.
    pub(super) fn all(&mut self) -> Result<Vec<(Range<usize>, usize)>, String> {
        self.nodes()?;
        self.flow.part_here();
        let base = self.flow.text.len();
        let whole = 0..self.other.text.len();
        self.flow.append(&self.other, whole);
        let moved =
            |(range, at): &(Range<usize>, usize)| (range.start + base..range.end + base, *at);
        Ok(self.notes.iter().map(moved).collect())
    }

    fn nodes(&mut self) -> Result<(), String> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => {
                    let then = self.open(&element)?;
                    match then {
                        Enter(tag) => {
                            self.hidden += usize::from(matches!(tag, Tag::Hidden));
                            self.stack.push(tag);
                        }
                        Skip => self.xml.skip()?,
                        Done => {}
                    }
                }
                Node::Close => self.close(),
                Node::Text(range) => {
                    if self.takes() {
                        self.written(range);
                    }
                }
                Node::Character(c, range) => {
                    if self.takes() {
                        self.sign(c, range);
                    }
                }
                Node::End => return Ok(()),
            }
        }
    }

    fn takes(&self) -> bool {
        matches!(self.stack.last(), Some(Tag::Paragraph | Tag::Span | Tag::Link)) && self.shows()
    }

    fn look(&self) -> Look {
        self.looks.last().copied().unwrap_or_default()
    }

    fn shows(&self) -> bool {
        self.hidden == 0 && self.absent.is_empty() && !self.look().is_hidden && self.flow.is_open()
    }

    /// Writes text, in which white space in a row is one space (6.1.2).
    fn written(&mut self, range: Range<usize>) {
        self.flow.set_level(self.look().level);
        let text = &self.text[range.clone()];
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let words = rest.find(is_blank).unwrap_or(rest.len());
            let ends_blank = self.paragraphs.last().is_some_and(|one| one.ends_blank);
            if 0 < words {
                let from = range.start + at;
                self.flow.push(&rest[..words], from..from + words, true);
                self.set_blank(false);
                at += words;
            } else {
                let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
                if !ends_blank {
                    let from = range.start + at;
                    let verbatim = rest.starts_with(' ');
                    self.flow.push(" ", from..from + 1, verbatim);
                    self.set_blank(true);
                }
                at += blanks;
            }
        }
    }

    fn set_blank(&mut self, ends_blank: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.ends_blank = ends_blank;
        }
    }

    fn sign(&mut self, c: char, source: Range<usize>) {
        self.flow.set_level(self.look().level);
        self.flow.push_character(c, source);
        self.set_blank(false);
    }

    fn open(&mut self, element: &Element<'x>) -> Result<Then, String> {
        let named = |name: &str| element.attribute(name).unwrap_or_default();
        let source = element.range.clone();
        Ok(match element.name {
            (Namespace::Text, name) => return self.text_element(name, element),
            (Namespace::Table, name) => self.table(name, element),
            (Namespace::Office, b"annotation") => return self.annotation(element),
            (Namespace::Office, b"annotation-end") => {
                self.flow.hang(Hung::CommentEnd(named("name").into_owned()));
                Skip
            }
            (
                Namespace::Office,
                b"automatic-styles" | b"font-face-decls" | b"forms" | b"scripts",
            ) => Skip,
            (
                Namespace::Draw,
                b"text-box" | b"custom-shape" | b"rect" | b"ellipse" | b"caption",
            ) => {
                self.flow.part_here();
                self.around.push(Around::TextBox);
                Enter(Tag::TextBox)
            }
            (Namespace::Draw, b"object") => {
                if self.shows() {
                    self.flow.remove(source);
                    self.set_blank(false);
                }
                Skip
            }
            (Namespace::Draw, _) => {
                if self.shows() {
                    self.flow.gap();
                }
                Enter(Tag::Through)
            }
            _ => Enter(Tag::Through),
        })
    }

    fn text_element(&mut self, name: &[u8], element: &Element<'x>) -> Result<Then, String> {
        let source = element.range.clone();
        let named = |name: &str| element.attribute(name).unwrap_or_default();
        Ok(match name {
            b"p" | b"h" => self.paragraph(name, element),
            b"span" => {
                let style = self.styles.of("text", &named("style-name"));
                let around = self.look();
                self.looks.push(Look {
                    is_hidden: around.is_hidden || style.hidden,
                    level: style.level.unwrap_or(around.level),
                });
                Enter(Tag::Span)
            }
            b"s" => {
                // However many there are, they part two words.
                if self.shows() {
                    self.sign(' ', source);
                }
                Skip
            }
            b"tab" => {
                if self.shows() {
                    self.sign('\t', source);
                }
                Skip
            }
            b"line-break" => {
                if self.shows() {
                    self.flow.break_line(source);
                    self.set_blank(true);
                }
                Skip
            }
            b"a" => {
                self.flow.hang(Hung::Link(named("href").into_owned()));
                Enter(Tag::Link)
            }
            b"note" => {
                if self.shows() {
                    self.flow.gap();
                    Enter(Tag::Through)
                } else {
                    Skip
                }
            }
            b"note-body" => self.note(&source),
            b"note-citation" | b"ruby-text" | b"placeholder" | b"hidden-text" | b"script" => Skip,
            // Lists of what stands elsewhere.
            b"table-of-content"
            | b"alphabetical-index"
            | b"illustration-index"
            | b"table-index"
            | b"object-index"
            | b"user-index"
            | b"bibliography"
            | b"sequence-decls"
            | b"variable-decls"
            | b"user-field-decls" => Skip,
            b"section" if named("display") == "none" => Enter(Tag::Hidden),
            b"list" => self.list(element),
            b"list-item" | b"list-header" => self.item(name == b"list-item", element),
            b"tracked-changes" if 0 < self.put_back => Skip,
            b"tracked-changes" => return self.changes().map(|()| Done),
            b"change-start" => {
                let id = named("change-id").into_owned();
                self.has_changes = true;
                if self.revision == Revision::Original && self.insertions.contains(&id) {
                    self.absent.insert(id);
                }
                Skip
            }
            b"change-end" => {
                self.absent.remove(&*named("change-id"));
                Skip
            }
            b"change" => {
                self.has_changes = true;
                let range = self.deleted.remove(&*named("change-id"));
                self.xml.skip()?;
                if let (Revision::Original, Some(range)) = (self.revision, range) {
                    self.put_back(range)?;
                }
                Done
            }
            _ if self.flow.is_open() => {
                let look = self.look();
                self.looks.push(look);
                Enter(Tag::Span)
            }
            _ => Enter(Tag::Through),
        })
    }

    fn paragraph(&mut self, name: &[u8], element: &Element<'x>) -> Then {
        if let Some(count) = &mut self.inline {
            // What was deleted goes on with the paragraph around it, and the paragraph with it.
            *count += 1;
            if 1 < *count {
                let kind = self.kind();
                self.flow.close(kind, false);
                self.flow.open();
                self.set_blank(true);
            }
            let look = self.look();
            self.looks.push(look);
            return Enter(Tag::Span);
        }
        let style =
            self.styles.of("paragraph", &element.attribute("style-name").unwrap_or_default());
        let outline = element.number("outline-level").and_then(|level| u8::try_from(level).ok());
        let heading = match name {
            b"h" => Some(outline.unwrap_or(1).clamp(1, 9)),
            _ if style.role == Role::Title => Some(1),
            _ => None,
        };
        self.flow.open();
        self.paragraphs.push(Paragraph { heading, role: style.role, ends_blank: true });
        let level = style.level.unwrap_or_default();
        self.looks.push(Look { is_hidden: style.hidden, level });
        Enter(Tag::Paragraph)
    }

    /// What the paragraph that is open is.
    fn kind(&self) -> BlockKind {
        let paragraph = self.paragraphs.last();
        let is_text = paragraph.is_some_and(|one| one.heading.is_none());
        match self.around.last() {
            Some(Around::Table(table)) => return table.cell(),
            Some(Around::List(list)) => {
                // A list in a cell is of the cell.
                let table = list.table.and_then(|at| self.around.get(at));
                if let Some(Around::Table(table)) = table {
                    return table.cell();
                }
                if list.in_item && is_text {
                    let (list, number, depth) = (list.number, list.item, list.depth);
                    return BlockKind::ListItem { list, number, depth };
                }
            }
            _ => {}
        }
        match paragraph {
            Some(Paragraph { heading: Some(level), .. }) => BlockKind::Heading(*level),
            Some(Paragraph { role: Role::Caption, .. }) => BlockKind::Caption,
            Some(Paragraph { role: Role::Quote, .. }) => BlockKind::Quote,
            _ => BlockKind::Paragraph,
        }
    }

    fn list(&mut self, element: &Element<'x>) -> Then {
        let (style, depth, table) = match self.around.last() {
            Some(Around::List(outer)) => {
                (outer.style.clone(), outer.depth.saturating_add(1), outer.table)
            }
            Some(Around::Table(_)) => (String::new(), 0, Some(self.around.len() - 1)),
            _ => (String::new(), 0, None),
        };
        let own = element.attribute("style-name").map(Cow::into_owned);
        let style = own.unwrap_or(style);
        let goes_on = element.attribute("continue-numbering").as_deref() == Some("true")
            || element.attribute("continue-list").is_some();
        let has_numbers = self.styles.has_numbers(&style, depth.saturating_add(1));
        let before = self.counted.get(&style).copied().filter(|_| goes_on && has_numbers);
        self.lists = self.lists.saturating_add(1);
        self.around.push(Around::List(List {
            number: self.lists - 1,
            style,
            depth,
            item: before.unwrap_or_default(),
            in_item: false,
            table,
        }));
        Enter(Tag::List)
    }

    fn item(&mut self, is_item: bool, element: &Element<'x>) -> Then {
        if let Some(Around::List(list)) = self.around.last_mut() {
            list.in_item = is_item;
            if is_item {
                let next = list.item.saturating_add(1);
                list.item = element.number("start-value").unwrap_or(next);
            }
        }
        Enter(Tag::Item)
    }

    fn table(&mut self, name: &[u8], element: &Element<'x>) -> Then {
        let repeated = |name: &str| element.number(name).unwrap_or(1).clamp(1, WIDEST);
        match name {
            b"table" => {
                self.flow.part_here();
                self.tables = self.tables.saturating_add(1);
                let table = Table { number: self.tables - 1, ..Table::default() };
                self.around.push(Around::Table(table));
                Enter(Tag::Table)
            }
            b"table-header-rows" => {
                if let Some(Around::Table(table)) = self.around.last_mut() {
                    (table.has_headers, table.in_headers) = (true, true);
                }
                Enter(Tag::Header)
            }
            b"table-row" => {
                if let Some(Around::Table(table)) = self.around.last_mut() {
                    table.column = 0;
                }
                Enter(Tag::Row(repeated("number-rows-repeated")))
            }
            b"table-cell" | b"covered-table-cell" => {
                let is_covered = name == b"covered-table-cell";
                self.hidden += usize::from(is_covered);
                Enter(Tag::Cell { is_covered, repeated: repeated("number-columns-repeated") })
            }
            _ => Enter(Tag::Through),
        }
    }

    fn close(&mut self) {
        let Some(tag) = self.stack.pop() else { return };
        match tag {
            Tag::Through => {}
            Tag::Hidden => self.hidden -= 1,
            Tag::Span => _ = self.looks.pop(),
            Tag::Link => self.flow.hang(Hung::LinkEnd),
            Tag::Paragraph => {
                let kind = self.kind();
                self.looks.pop();
                self.paragraphs.pop();
                self.flow.close(kind, !self.absent.is_empty());
            }
            Tag::List => {
                if let Some(Around::List(list)) = self.around.pop() {
                    self.counted.insert(list.style, list.item);
                }
            }
            Tag::Item => {
                if let Some(Around::List(list)) = self.around.last_mut() {
                    list.in_item = false;
                }
            }
            Tag::Table | Tag::TextBox => {
                self.flow.part_here();
                self.around.pop();
            }
            Tag::Header => {
                if let Some(Around::Table(table)) = self.around.last_mut() {
                    table.in_headers = false;
                }
            }
            Tag::Row(repeated) => {
                if let Some(Around::Table(table)) = self.around.last_mut() {
                    table.row = table.row.saturating_add(repeated);
                }
            }
            Tag::Cell { is_covered, repeated } => {
                self.hidden -= usize::from(is_covered);
                self.flow.part_here();
                if let Some(Around::Table(table)) = self.around.last_mut() {
                    table.column = table.column.saturating_add(repeated);
                }
            }
            Tag::Note(at) => {
                self.flow.part_here();
                let end = self.flow.text.len();
                let start = self.notes.last().map_or(0, |(range, _)| range.end);
                self.notes.push((start..end, at));
                std::mem::swap(&mut self.flow, &mut self.other);
                self.in_note = false;
            }
        }
    }

    /// The paragraphs of a note (6.3) stand behind the text.
    fn note(&mut self, source: &Range<usize>) -> Then {
        if self.in_note {
            return Skip;
        }
        self.in_note = true;
        std::mem::swap(&mut self.flow, &mut self.other);
        Enter(Tag::Note(source.start))
    }
}
