//! The text of a part: the document itself, its footnotes, its endnotes.

mod table;

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Revision;
use crate::document::docx::field::{Fields, repeats};
use crate::document::docx::numbering::Counter;
use crate::document::docx::properties::{ParagraphProperties, RunProperties, each};
use crate::document::docx::shared::Shared;
use crate::document::docx::styles::{Role, Style, outline};
use crate::document::docx::symbol::symbol;
use crate::document::office::{Element, Flow, Hung, Level, Namespace, Node, Xml};
use crate::source::BlockKind;

/// What was read of a part.
pub(super) struct Story {
    pub(super) flow: Flow,
    /// Notes by id, each with its bytes of the flow's text.
    pub(super) notes: Vec<(String, Range<usize>)>,
    pub(super) has_changes: bool,
}

/// An element that is open.
enum Tag {
    /// One that does nothing to its text.
    Through,
    /// One whose text is not shown.
    Hidden,
    Paragraph,
    Run,
    Text(Preserved),
    Instruction,
    /// A field in one element, or a link that a relation names.
    Link,
    Table,
    Row,
    Cell {
        is_gone: bool,
        span: u32,
    },
    TextBox,
    /// Whether one of its choices was taken.
    Alternate(bool),
    Note {
        id: String,
        start: usize,
    },
}

/// What is done with an element that was opened.
enum Then {
    /// What stands in it is read.
    Enter(Tag),
    /// What stands in it is passed over.
    Skip,
    /// It was read with its end.
    Done,
}

use Then::{Done, Enter, Skip};

/// Whether white space at the ends of text counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preserved {
    Yes,
    No,
}

#[derive(Default)]
struct Paragraph<'x> {
    properties: ParagraphProperties<'x>,
    style: Style,
    is_contents: bool,
}

#[derive(Clone, Copy, Default)]
struct Run {
    is_hidden: bool,
    level: Level,
}

#[derive(Default)]
struct Table {
    number: u32,
    row: u32,
    column: u32,
    has_header: bool,
}

/// What decides whether a paragraph stands in a cell.
enum Around {
    Table(Table),
    Row { is_gone: bool, is_header: bool },
    TextBox,
}

/// Columns that a cell takes at most, and rows of a table: beyond that a table is none.
const WIDEST: u32 = 1 << 16;

/// A part that is read.
pub(super) struct Body<'x, 'r> {
    xml: Xml<'x>,
    text: &'x str,
    shared: &'r Shared,
    flow: Flow,
    stack: Vec<Tag>,
    /// Paragraphs that are open, the innermost last.
    paragraphs: Vec<Paragraph<'x>>,
    /// For each of them the run that is open in it, or none, and runs within runs.
    runs: Vec<Run>,
    /// Tables, rows and text boxes that are open.
    around: Vec<Around>,
    /// Elements that are open and hide their text.
    hidden: usize,
    fields: Fields,
    /// Whether fields are told from text at all: not where they do not end.
    has_fields: bool,
    counter: Counter,
    tables: u32,
    notes: Vec<(String, Range<usize>)>,
    has_changes: bool,
    /// The text of the `w:t` that is open: what it reads, its bytes, whether they are the same.
    pieces: Vec<(Cow<'x, str>, Range<usize>)>,
}

impl<'x, 'r> Body<'x, 'r> {
    /// Reads a part, which has a name and a number.
    ///
    /// # Errors
    /// Where it is no XML.
    pub(super) fn read(
        text: &'x str,
        (name, number): (&str, usize),
        shared: &'r Shared,
    ) -> Result<Story, String> {
        let read = |has_fields: bool| -> Result<(Story, bool), String> {
            let mut body = Self {
                xml: Xml::new(text),
                text,
                shared,
                flow: Flow::of(number),
                stack: Vec::new(),
                paragraphs: Vec::new(),
                runs: Vec::new(),
                around: Vec::new(),
                hidden: 0,
                fields: Fields::default(),
                has_fields,
                counter: Counter::default(),
                tables: 0,
                notes: Vec::new(),
                has_changes: false,
                pieces: Vec::new(),
            };
            body.all()?;
            let Self { flow, notes, has_changes, .. } = body;
            Ok((Story { flow, notes, has_changes }, body.fields.are_closed()))
        };
        let named = |reason: String| format!("{name}: {reason}");
        let (story, is_closed) = read(true).map_err(named)?;
        // A field without an end would hide all that follows.
        if is_closed { Ok(story) } else { Ok(read(false).map_err(named)?.0) }
    }

    fn all(&mut self) -> Result<(), String> {
        loop {
            match self.xml.next()? {
                Node::Open(element) => self.open(&element)?,
                Node::Close => self.close(),
                Node::Text(range) => self.take(Cow::Borrowed(&self.text[range.clone()]), range),
                Node::Character(c, range) => self.take(Cow::Owned(c.to_string()), range),
                Node::End => break,
            }
        }
        self.flow.part_here();
        Ok(())
    }

    fn take(&mut self, text: Cow<'x, str>, range: Range<usize>) {
        match self.stack.last() {
            Some(Tag::Text(_)) => self.pieces.push((text, range)),
            Some(Tag::Instruction) => self.fields.instruct(&text),
            _ => {}
        }
    }

    /// Whether text is shown here.
    fn shows(&self) -> bool {
        self.hidden == 0
            && self.fields.show()
            && self.flow.is_open()
            && !self.run().is_hidden
            && !self.paragraph().is_some_and(|paragraph| paragraph.is_contents)
    }

    fn run(&self) -> Run {
        self.runs.last().copied().unwrap_or_default()
    }

    fn paragraph(&self) -> Option<&Paragraph<'x>> {
        self.paragraphs.last()
    }

    fn open(&mut self, element: &Element<'x>) -> Result<(), String> {
        let then = match element.name {
            (Namespace::Word, name) => self.word(name, element)?,
            (Namespace::Math, b"oMath") => {
                if self.shows() {
                    self.flow.remove(element.range.clone());
                }
                Skip
            }
            (Namespace::Compatibility, b"AlternateContent") => Enter(Tag::Alternate(false)),
            (Namespace::Compatibility, b"Choice" | b"Fallback") => self.choice(element),
            _ => Enter(Tag::Through),
        };
        match then {
            Enter(tag) => {
                self.hidden += usize::from(matches!(tag, Tag::Hidden));
                self.stack.push(tag);
                Ok(())
            }
            Skip => self.xml.skip(),
            Done => Ok(()),
        }
    }

    fn close(&mut self) {
        let Some(tag) = self.stack.pop() else { return };
        match tag {
            Tag::Through | Tag::Instruction | Tag::Alternate(_) => {}
            Tag::Run => _ = self.runs.pop(),
            Tag::Hidden => self.hidden -= 1,
            Tag::Text(preserved) => {
                self.stack.push(Tag::Through);
                self.written(preserved);
                self.stack.pop();
            }
            Tag::Link => self.flow.hang(Hung::LinkEnd),
            Tag::Paragraph => {
                self.runs.pop();
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.end_paragraph(&paragraph);
                }
            }
            Tag::Table | Tag::TextBox => {
                self.flow.part_here();
                self.around.pop();
            }
            Tag::Row => {
                let row = self.around.pop();
                let is_gone = matches!(row, Some(Around::Row { is_gone: true, .. }));
                self.hidden -= usize::from(is_gone);
                if let Some(table) = self.innermost_table()
                    && !is_gone
                {
                    table.row = table.row.saturating_add(1);
                }
            }
            Tag::Cell { is_gone, span } => {
                self.flow.part_here();
                self.hidden -= usize::from(is_gone);
                if let Some(table) = self.innermost_table() {
                    table.column = table.column.saturating_add(span);
                }
            }
            Tag::Note { id, start } => {
                self.flow.part_here();
                self.notes.push((id, start..self.flow.text.len()));
            }
        }
    }

    /// Of several ways to say something the first that is understood is taken (Part 3, 7.5).
    fn choice(&mut self, element: &Element<'x>) -> Then {
        let required = element.attribute("Requires").unwrap_or_default();
        let is_known = required.split_whitespace().all(|prefix| self.xml.knows(prefix));
        let Some(Tag::Alternate(taken)) = self.stack.last_mut() else { return Enter(Tag::Through) };
        if *taken || !is_known {
            return Skip;
        }
        *taken = true;
        Enter(Tag::Through)
    }

    /// What is gone in one of the two states.
    fn change(&mut self, gone: Revision) -> Then {
        self.has_changes = true;
        Enter(if self.shared.revision == gone { Tag::Hidden } else { Tag::Through })
    }

    /// Reads an element of Word.
    fn word(&mut self, name: &'x [u8], element: &Element<'x>) -> Result<Then, String> {
        let source = element.range.clone();
        Ok(match name {
            b"p" => {
                self.flow.open();
                let style = self.shared.styles.of_paragraph(None);
                self.paragraphs.push(Paragraph { style, ..Paragraph::default() });
                self.runs.push(Run::default());
                Enter(Tag::Paragraph)
            }
            b"r" => {
                self.runs.push(self.run_of(&RunProperties::default()));
                Enter(Tag::Run)
            }
            b"pPr" => return self.paragraph_properties(),
            b"rPr" => return self.run_properties(),
            b"t" | b"delText" => Enter(match element.attribute("space").as_deref() {
                Some("preserve") => Tag::Text(Preserved::Yes),
                _ => Tag::Text(Preserved::No),
            }),
            b"instrText" if self.hidden == 0 => Enter(Tag::Instruction),
            b"tab" | b"ptab" => self.sign('\t', source),
            b"br" | b"cr" => {
                if self.shows() {
                    self.flow.break_line(source);
                }
                Skip
            }
            b"noBreakHyphen" => self.sign('\u{2011}', source),
            b"softHyphen" => self.sign('\u{ad}', source),
            b"sym" => match symbol(element) {
                Some(c) => self.sign(c, source),
                None => self.nothing(),
            },
            b"drawing" | b"pict" | b"object" => {
                self.nothing();
                Enter(Tag::Through)
            }
            b"footnoteReference" | b"endnoteReference" => self.reference(name, element),
            b"footnoteRef" | b"endnoteRef" | b"annotationRef" | b"pgNum" => self.nothing(),
            b"dayShort" | b"dayLong" | b"monthShort" | b"monthLong" | b"yearShort"
            | b"yearLong" => self.nothing(),
            b"ins" | b"moveTo" => self.change(Revision::Original),
            b"del" | b"moveFrom" => self.change(Revision::Accepted),
            b"fldChar" => self.field(element),
            b"fldSimple" if repeats(&element.attribute("instr").unwrap_or_default()) => {
                Enter(Tag::Hidden)
            }
            b"hyperlink" => {
                let address = element.attribute("id");
                let address = address.and_then(|id| self.shared.relations.address(&id));
                self.flow.hang(Hung::Link(address.unwrap_or_default().to_owned()));
                Enter(Tag::Link)
            }
            b"commentRangeStart" | b"commentRangeEnd" => {
                let id = element.attribute("id").unwrap_or_default().into_owned();
                let starts = name == b"commentRangeStart";
                self.flow.hang(if starts { Hung::Comment(id) } else { Hung::CommentEnd(id) });
                Skip
            }
            b"sdtPr" => return self.control(),
            // Among them the words that say how others are pronounced (17.3.3.24).
            b"rt" | b"rubyPr" | b"sectPr" | b"sdtEndPr" | b"customXmlPr" | b"smartTagPr"
            | b"tblGrid" | b"tblPrEx" | b"instrText" => Skip,
            b"txbxContent" => {
                self.flow.part_here();
                self.around.push(Around::TextBox);
                Enter(Tag::TextBox)
            }
            b"footnote" | b"endnote" => self.note(element),
            b"tbl" | b"tblPr" | b"tr" | b"trPr" | b"tc" | b"tcPr" => {
                return self.table(name);
            }
            _ => Enter(Tag::Through),
        })
    }

    fn sign(&mut self, c: char, source: Range<usize>) -> Then {
        if self.shows() {
            self.flow.set_level(self.run().level);
            self.flow.push_character(c, source);
        }
        Skip
    }

    fn nothing(&mut self) -> Then {
        if self.shows() {
            self.flow.gap();
        }
        Skip
    }

    /// Writes the text of the `w:t` that ends here. Without `xml:space` white space at its ends does not
    /// count (17.3.3.31).
    fn written(&mut self, preserved: Preserved) {
        let mut pieces = std::mem::take(&mut self.pieces);
        if self.shows() {
            let blank = [' ', '\t', '\n', '\r'];
            if preserved == Preserved::No {
                if let Some((text, range)) = pieces.first_mut() {
                    let kept = text.trim_start_matches(blank).len();
                    let cut = text.len() - kept;
                    // A character that is written as a reference is one, whatever it is.
                    if cut < text.len() && range.len() == text.len() {
                        *text = Cow::Owned(text[cut..].to_owned());
                        range.start += cut;
                    } else if range.len() == text.len() {
                        *text = Cow::Borrowed("");
                    }
                }
                if let Some((text, range)) = pieces.last_mut()
                    && range.len() == text.len()
                {
                    let kept = text.trim_end_matches(blank).len();
                    range.end -= text.len() - kept;
                    *text = Cow::Owned(text[..kept].to_owned());
                }
            }
            self.flow.set_level(self.run().level);
            for (text, range) in &pieces {
                self.piece(text, range.clone());
            }
        }
        pieces.clear();
        self.pieces = pieces;
    }

    /// Writes text, in which a line break is a space like any other.
    fn piece(&mut self, text: &str, source: Range<usize>) {
        if source.len() != text.len() {
            return self.flow.push(text, source, false);
        }
        let mut at = 0;
        for (stop, sign) in text.match_indices(['\t', '\n', '\r']) {
            self.flow.push(&text[at..stop], source.start + at..source.start + stop, true);
            at = stop + sign.len();
            self.flow.push(" ", source.start + stop..source.start + at, false);
        }
        self.flow.push(&text[at..], source.start + at..source.end, true);
    }

    fn run_of(&self, properties: &RunProperties<'_>) -> Run {
        let paragraph = self.paragraph().map(|paragraph| paragraph.style).unwrap_or_default();
        let style = properties.style.as_deref();
        let style = style.and_then(|id| self.shared.styles.of_characters(id)).unwrap_or_default();
        Run {
            // Two styles that both hide show again (17.7.3).
            is_hidden: properties.hidden.unwrap_or(paragraph.hidden != style.hidden),
            level: properties.level.unwrap_or(match style.level {
                Level::Line => paragraph.level,
                level => level,
            }),
        }
    }

    fn run_properties(&mut self) -> Result<Then, String> {
        if !matches!(self.stack.last(), Some(Tag::Run)) {
            return Ok(Skip);
        }
        let (properties, has_changes) = RunProperties::read(&mut self.xml, self.shared.revision)?;
        self.has_changes |= has_changes;
        let own = self.run_of(&properties);
        if let Some(run) = self.runs.last_mut() {
            *run = own;
        }
        Ok(Done)
    }

    fn paragraph_properties(&mut self) -> Result<Then, String> {
        let properties = ParagraphProperties::read(&mut self.xml, self.shared.revision)?;
        self.has_changes |= properties.has_changes;
        let style = self.shared.styles.of_paragraph(properties.style.as_deref());
        if let (Some(Tag::Paragraph), Some(paragraph)) =
            (self.stack.last(), self.paragraphs.last_mut())
        {
            let is_contents = style.role == Role::Contents;
            *paragraph = Paragraph { properties, style, is_contents };
        }
        Ok(Done)
    }

    fn end_paragraph(&mut self, paragraph: &Paragraph<'x>) {
        let Paragraph { properties, style, .. } = paragraph;
        let kind = match self.cell() {
            Some(cell) => cell,
            None => {
                let outline = outline(properties.outline).or(style.outline).filter(|at| *at < 9);
                let mut numbered = properties.numbered;
                numbered.id = numbered.id.or(style.numbered.id);
                numbered.level = numbered.level.or(style.numbered.level);
                let numbering = &self.shared.numbering;
                let item =
                    if self.hidden == 0 { self.counter.item(numbered, numbering) } else { None };
                match (outline, item, style.role) {
                    (_, _, Role::Caption) => BlockKind::Caption,
                    (Some(level), ..) => BlockKind::Heading(level + 1),
                    (None, Some(item), _) => item,
                    (None, None, role) => {
                        self.counter.interrupt(numbering);
                        match role {
                            Role::Quote => BlockKind::Quote,
                            _ => BlockKind::Paragraph,
                        }
                    }
                }
            }
        };
        self.flow.close(kind, properties.is_joined);
    }

    /// The mark of a note (17.11.14, 17.11.7), which is no text; nor is what stands for it.
    fn reference(&mut self, name: &[u8], element: &Element<'x>) -> Then {
        if !self.shows() {
            return Skip;
        }
        let kind = u8::from(name == b"endnoteReference");
        let id = element.attribute("id").unwrap_or_default().into_owned();
        self.flow.gap();
        self.flow.hang(Hung::Note { kind, id, at: element.range.start });
        let own = element.attribute("customMarkFollows");
        if matches!(own.as_deref(), Some("1" | "true" | "on"))
            && let Some(run) = self.runs.last_mut()
        {
            run.is_hidden = true;
        }
        Skip
    }

    fn note(&mut self, element: &Element<'x>) -> Then {
        // Lines between text and notes, and what says that a note goes on (17.18.33).
        let kind = element.attribute("type");
        if kind.is_some_and(|kind| kind != "normal") {
            return Skip;
        }
        let id = element.attribute("id").unwrap_or_default().into_owned();
        Enter(Tag::Note { id, start: self.flow.text.len() })
    }

    fn field(&mut self, element: &Element<'x>) -> Then {
        if self.hidden == 0 && self.has_fields {
            match element.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.begin(),
                Some("separate") => {
                    if let Some(address) = self.fields.separate() {
                        self.flow.hang(Hung::Link(address));
                    }
                }
                Some("end") if self.fields.end() => self.flow.hang(Hung::LinkEnd),
                _ => {}
            }
        }
        Skip
    }

    /// Reads what is said of a content control: whether it holds contents, or words that stand for what
    /// nobody has written yet (17.5.2.39).
    fn control(&mut self) -> Result<Then, String> {
        let mut hides = false;
        each(&mut self.xml, |_, element, name| {
            hides |= match name {
                b"docPartGallery" => {
                    element.value().is_some_and(|value| value.contains("Table of"))
                }
                b"showingPlcHdr" => element.is_on(),
                _ => false,
            };
            Ok(())
        })?;
        if hides && let Some(tag @ Tag::Through) = self.stack.last_mut() {
            *tag = Tag::Hidden;
            self.hidden += 1;
        }
        Ok(Done)
    }
}
