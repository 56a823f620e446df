//! The prose of Markdown: its words without markup, code, links' targets and HTML.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::map::Prose;
use crate::document::{Block, BlockKind, REMOVED, Unread, html, trimmed};

/// The bytes between the fences of front matter that starts at a byte, and where the body starts.
///
/// Looked for at the top alone, and its first line must look like a key: elsewhere "---" is a rule
/// across the page, with prose behind.
pub(super) fn front_matter(text: &str, start: usize) -> (Option<Range<usize>>, usize) {
    let mut lines = text[start..].split_inclusive('\n');
    let fence = lines.next().unwrap_or_default();
    let (sign, ends): (_, &[&str]) = match fence.trim_end() {
        "---" => (':', &["---", "..."]),
        "+++" => ('=', &["+++"]),
        _ => return (None, start),
    };
    let first = start + fence.len();
    let mut at = first;
    for line in lines {
        if ends.contains(&line.trim_end()) {
            return (Some(first..at), at + line.len());
        }
        if at == first && !line.contains(sign) && !line.starts_with(['#', '[']) {
            break;
        }
        at += line.len();
    }
    (None, start)
}

/// The prose and blocks of a text from a byte on, and what is not read of it.
pub(super) fn read(text: &str, start: usize) -> (Prose, Vec<Block>, Option<Unread>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut reader = Reader::new(text);
    reader.prose.text.reserve(text.len() - start);
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        reader.read(event, range.start + start..range.end + start);
    }
    reader.close();
    (reader.prose, reader.blocks, reader.unread)
}

struct Reader<'t> {
    text: &'t str,
    prose: Prose,
    blocks: Vec<Block>,
    /// The block that is being read, and its first byte of prose.
    open: Option<(BlockKind, usize)>,
    /// What a paragraph is within each of the containers around it, the innermost last.
    containers: Vec<BlockKind>,
    /// The lists around, the innermost last: which it is, and the number of its next item.
    lists: Vec<(u32, u32)>,
    /// Lists so far.
    list: u32,
    /// Where in the source prose goes on after an element that is none.
    hidden_until: usize,
    /// The HTML element around that is no prose.
    hidden_by: Option<&'t str>,
    /// Markup that leaves nothing in prose unless it stands between two words.
    gap: Option<Range<usize>>,
    /// Where in the source the image around ends, and which caption its text is.
    image: Option<(usize, usize)>,
    /// What stands for the images of the open block, until that block ends.
    captions: Vec<Prose>,
    tables: u32,
    row: u32,
    column: u32,
    header: bool,
    unread: Option<Unread>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            prose: Prose::default(),
            blocks: Vec::new(),
            open: None,
            containers: Vec::new(),
            lists: Vec::new(),
            list: 0,
            hidden_until: 0,
            hidden_by: None,
            gap: None,
            image: None,
            captions: Vec::new(),
            tables: 0,
            row: 0,
            column: 0,
            header: false,
            unread: None,
        }
    }

    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        // The end of an element has the range of the whole, so it is hidden with its start.
        if range.start < self.hidden_until {
            return;
        }
        if self.image.is_some_and(|(end, _)| end <= range.start) {
            self.image = None;
        }
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.words("\n", range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.remove(range),
            Event::InlineHtml(_) => self.html(range),
            Event::FootnoteReference(_) => self.gap = Some(range),
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript => {}
            // What the writer has struck out is not what the article says.
            Tag::Strikethrough => self.hide(range),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.hide(range),
            Tag::Link { .. } => {}
            Tag::Image { title, .. } => self.image(title, range),
            _ => {
                self.close();
                self.start_block(tag, range);
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(self.paragraph()),
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(*level as u8)),
            Tag::BlockQuote(_) => self.containers.push(BlockKind::Quote),
            Tag::List(start) => {
                let first = start.map_or(1, |number| u32::try_from(number).unwrap_or(0));
                self.lists.push((self.list, first));
                self.list += 1;
            }
            Tag::Item => {
                let item = self.item();
                self.containers.push(item);
            }
            Tag::FootnoteDefinition(_) => self.containers.push(BlockKind::Paragraph),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => self.hidden_until = range.end,
            Tag::HtmlBlock => self.skip_html(range),
            Tag::Table(_) => self.row = 0,
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                self.header = matches!(tag, Tag::TableHead);
            }
            Tag::TableCell => {
                let (table, row, column) = (self.tables, self.row, self.column);
                self.begin(BlockKind::TableCell { table, row, column, header: self.header });
            }
            _ => {}
        }
    }

    /// Passes a block of HTML by, and counts what is not read.
    fn skip_html(&mut self, range: Range<usize>) {
        self.hidden_until = range.end;
        let block = &self.text[range.clone()];
        let numbers = html::numbers(block);
        if numbers != 0 {
            let line = range.start + block.find('\n').unwrap_or(block.len());
            let first = range.start..line;
            self.unread.get_or_insert(Unread { first, numbers: 0 }).numbers += numbers;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => return,
            _ => self.close(),
        }
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.containers.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Table => self.tables += 1,
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::TableCell => self.column += 1,
            _ => {}
        }
    }

    /// The next item of the innermost list.
    fn item(&mut self) -> BlockKind {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let Some((list, next)) = self.lists.last_mut() else { return BlockKind::Paragraph };
        let item = BlockKind::ListItem { list: *list, number: *next, depth };
        *next = next.saturating_add(1);
        item
    }

    fn paragraph(&self) -> BlockKind {
        self.containers.last().copied().unwrap_or(BlockKind::Paragraph)
    }

    fn begin(&mut self, kind: BlockKind) {
        self.prose.separate();
        self.open = Some((kind, self.prose.text.len()));
    }

    /// Ends the open block and writes the captions of its images behind it.
    fn close(&mut self) {
        self.gap = None;
        self.hidden_by = None;
        self.image = None;
        if let Some((kind, start)) = self.open.take() {
            let range = trimmed(&self.prose.text, start..self.prose.text.len());
            if self.prose.text[range.clone()].chars().all(|c| c == REMOVED || c.is_whitespace()) {
                self.prose.truncate(start);
            } else {
                self.blocks.push(Block { kind, range });
            }
        }
        for caption in std::mem::take(&mut self.captions) {
            self.begin(BlockKind::Caption);
            self.prose.append(&caption);
            self.close();
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.hidden_by.is_some() {
            return;
        }
        let verbatim = self.text.get(range.clone()) == Some(words);
        if let Some((_, caption)) = self.image {
            return self.captions[caption].push(words, range, verbatim);
        }
        if self.open.is_none() {
            // The text of a list item without empty lines is in no paragraph.
            self.begin(self.paragraph());
        }
        if let Some(gap) = self.gap.take() {
            let before = self.prose.text.chars().next_back();
            let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if joins(before) && joins(words.chars().next()) {
                self.remove(gap);
            }
        }
        self.prose.push(words, range, verbatim);
    }

    /// Leaves a sign for what is no prose.
    fn remove(&mut self, range: Range<usize>) {
        if self.hidden_by.is_some() || self.image.is_some() {
            return;
        }
        if self.open.is_none() {
            self.begin(self.paragraph());
        }
        self.gap = None;
        self.prose.push(REMOVED.encode_utf8(&mut [0; 4]), range, false);
    }

    fn hide(&mut self, range: Range<usize>) {
        self.hidden_until = range.end;
        self.remove(range);
    }

    fn image(&mut self, title: &str, range: Range<usize>) {
        if self.image.is_some() || self.hidden_by.is_some() {
            return;
        }
        self.remove(range.clone());
        self.image = Some((range.end, self.captions.len()));
        self.captions.push(Prose::default());
        if !title.is_empty() {
            let at = self.text[range.clone()].rfind(title).map(|at| range.start + at);
            let source = at.map_or(range, |at| at..at + title.len());
            let mut caption = Prose::default();
            caption.push(title, source, at.is_some());
            self.captions.push(caption);
        }
    }

    fn html(&mut self, range: Range<usize>) {
        let tag = html::Tag::of(&self.text[range.clone()]);
        match self.hidden_by {
            Some(name) if tag.closes && tag.name.eq_ignore_ascii_case(name) => {
                self.hidden_by = None;
            }
            Some(_) => {}
            None if tag.hides() => {
                self.remove(range);
                self.hidden_by = Some(tag.name);
            }
            None if tag.leaves_nothing() => self.gap = Some(range),
            None => self.remove(range),
        }
    }
}

#[cfg(test)]
mod tests;
