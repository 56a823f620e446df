//! The prose of Markdown: its words without markup, code, links' targets and HTML.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::block::{Block, BlockKind, REMOVED, Unread, trimmed};
use crate::document::html;
use crate::document::map::Prose;
use crate::document::mark::{self, Label};

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

/// A link whose text is read.
struct Link {
    source: Range<usize>,
    /// Where its text begins in the prose.
    start: usize,
    /// Whether it is written as its text alone: "[1]".
    is_short: bool,
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
    /// The link that is being read, or was read last.
    link: Option<Link>,
    /// Where a link begins or ends: digits on its two sides are two numbers.
    seam: Option<Range<usize>>,
    /// Where the raised text around begins, in the prose and in the source.
    raised: Option<(usize, usize)>,
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
            link: None,
            seam: None,
            raised: None,
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
        if self.link.as_ref().is_some_and(|link| link.source.end <= range.start) {
            self.end_link();
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
            Tag::Strikethrough => {
                self.hidden_until = range.end;
                self.remove(range);
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.hide(range),
            Tag::Link { link_type, .. } => self.start_link(*link_type, range),
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
        self.end_link();
        self.gap = None;
        self.seam = None;
        self.raised = None;
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
        let captions = std::mem::take(&mut self.captions);
        // An image that stands for a mark shows no more than the mark.
        for caption in captions.into_iter().filter(|caption| Label::of(&caption.text).is_none()) {
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
        if let Some(seam) = self.seam.take() {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            if digit(self.prose.text.chars().next_back()) && digit(words.chars().next()) {
                self.remove(seam);
            }
        }
        self.prose.push(words, range, verbatim);
    }

    fn start_link(&mut self, link_type: LinkType, source: Range<usize>) {
        use LinkType::{Collapsed, CollapsedUnknown, Shortcut, ShortcutUnknown};
        if self.hidden_by.is_some() || self.image.is_some() {
            return;
        }
        let is_short =
            matches!(link_type, Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown);
        self.seam = Some(source.start..source.start + 1);
        self.link = Some(Link { source, start: self.prose.text.len(), is_short });
    }

    /// Makes the text of a link the mark that it is, if it is one: "50[1](url)" is 50.
    fn end_link(&mut self) {
        let Some(Link { source, start, is_short }) = self.link.take() else { return };
        self.seam = Some(source.end - 1..source.end);
        let Some(open) = self.open.as_ref().map(|&(_, open)| open) else { return };
        let start = start.max(open);
        let text = self.prose.text.get(start..).unwrap_or_default();
        let text = text.trim_start_matches(REMOVED);
        let before = self.prose.text.get(open..start).and_then(|text| text.chars().next_back());
        let stands_alone = is_short && mark::are_numbers(text) && !mark::opens_figure(before);
        let is_mark = Label::of(text.trim_matches(['(', ')'])).is_some()
            && (mark::joins(before) || stands_alone);
        if is_mark {
            self.mark(start, source);
        }
    }

    /// Puts a mark in the place of all prose from a byte on.
    fn mark(&mut self, start: usize, source: Range<usize>) {
        self.prose.truncate(start);
        self.seam = None;
        self.prose.push("[*]", source, false);
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
        self.show(range);
    }

    /// Leaves a sign for what is shown among the words, unless it stands where a mark would: right
    /// behind a word.
    fn show(&mut self, range: Range<usize>) {
        let from = self.open.as_ref().map_or(self.prose.text.len(), |&(_, open)| open);
        let is_mark = mark::joins(self.prose.text[from..].chars().next_back());
        if is_mark && self.hidden_by.is_none() && self.image.is_none() {
            self.gap = Some(range);
        } else {
            self.remove(range);
        }
    }

    fn image(&mut self, title: &str, range: Range<usize>) {
        if self.image.is_some() || self.hidden_by.is_some() {
            return;
        }
        self.show(range.clone());
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

    /// Reads a tag that raises text. "50<sup>1</sup>" bears a mark, "5<sup>th</sup>" is one word, and
    /// "10<sup>6</sup>" is a power.
    fn raise(&mut self, closes: bool, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        if !closes {
            self.remove(range.clone());
            let start = self.prose.text.len() - REMOVED.len_utf8();
            self.raised = Some((start, range.start));
            return;
        }
        let Some((start, from)) = self.raised.take() else { return self.remove(range) };
        let text = self.prose.text.get(start..).unwrap_or_default();
        let text = text.trim_start_matches(REMOVED).to_owned();
        let source = from..range.end;
        let open = self.open.as_ref().map_or(start, |&(_, open)| open.min(start));
        let before = self.prose.text.get(open..start).unwrap_or_default();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let inner = text.trim_matches(['[', ']', '(', ')']);
        if word == "10"
            && inner == text
            && let Some(power) = html::raised(inner)
        {
            self.prose.truncate(start);
            self.prose.push(&power, source, false);
        } else if let Some(power) = html::power(word, &text) {
            self.prose.truncate(start);
            self.prose.push(power, source, false);
        } else if html::ends_ordinal(&text) {
            let end = self.prose.text.len();
            let source = self.prose.map.source(end - text.len()..end);
            self.prose.truncate(start);
            let verbatim = self.text.get(source.clone()) == Some(&text);
            self.prose.push(&text, source, verbatim);
        } else if Label::of(inner).is_some() && mark::joins(before.chars().next_back()) {
            self.mark(start, source);
        } else {
            self.remove(range);
        }
    }

    fn html(&mut self, range: Range<usize>) {
        let tag = html::Tag::of(&self.text[range.clone()]);
        match self.hidden_by {
            Some(name) if tag.closes && tag.name.eq_ignore_ascii_case(name) => {
                self.hidden_by = None;
            }
            Some(_) => {}
            None if tag.raises() => self.raise(tag.closes, range),
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
