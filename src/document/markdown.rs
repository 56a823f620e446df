//! The prose of Markdown: its words without markup, code, links' targets and HTML.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::block::{Block, BlockKind};
use crate::document::dialect::{Made, Swallowed, begins_figure, formula, number_of_item};
use crate::document::html;
use crate::document::map::Prose;
use crate::document::write::Writer;

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

/// The prose and blocks of a text from a byte on, and figures of which dialects make something else.
pub(super) fn read(text: &str, start: usize) -> (Prose, Vec<Block>, Vec<Swallowed>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut reader = Reader::new(text, start);
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        reader.read(event, range.start + start..range.end + start);
    }
    reader.close();
    (reader.writer.prose, reader.writer.blocks, reader.swallowed)
}

struct Reader<'t> {
    text: &'t str,
    writer: Writer<'t>,
    /// What a paragraph is within each of the containers around it, the innermost last.
    containers: Vec<BlockKind>,
    /// The lists around, the innermost last: which it is, and the number of its next item.
    lists: Vec<(u32, u32)>,
    /// Where in the source prose goes on after an element that is none.
    hidden_until: usize,
    /// The HTML element around that is no prose, and how many of its name are open within it.
    hidden_by: Option<(&'t str, usize)>,
    /// The lines of the block of HTML that is being read.
    html: Vec<Range<usize>>,
    /// The name of an element of block HTML around that is not shown or stands apart, and how many of that
    /// name are open.
    apart: Option<(String, i32)>,
    row: u32,
    column: u32,
    header: bool,
    /// Bytes that are markup and are to be read, before the next words.
    before: Option<(Range<usize>, Made)>,
    /// For each emphasis around, whether its stars are read.
    stars: Vec<bool>,
    swallowed: Vec<Swallowed>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        Self {
            text,
            writer: Writer::new(text, start),
            containers: Vec::new(),
            lists: Vec::new(),
            hidden_until: 0,
            hidden_by: None,
            html: Vec::new(),
            apart: None,
            row: 0,
            column: 0,
            header: false,
            before: None,
            stars: Vec::new(),
            swallowed: Vec::new(),
        }
    }

    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        // The end of an element has the range of the whole, so it is hidden with its start.
        if range.start < self.hidden_until {
            return;
        }
        self.writer.reach(range.start);
        let is_html = matches!(
            event,
            Event::Html(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)
        );
        if self.apart.is_some() && !is_html {
            return self.pass(&event);
        }
        let is_block = |tag: &Tag<'_>| {
            !matches!(
                tag,
                Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::Superscript
                    | Tag::Subscript
            )
        };
        match &event {
            Event::Start(tag) if is_block(tag) => {}
            Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
            _ => self.say_before(range.start),
        }
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::InlineHtml(_) => self.html(range),
            Event::Html(_) => self.html.push(range),
            Event::Rule | Event::TaskListMarker(_) => {}
            _ if self.hidden_by.is_some() => {}
            Event::Text(words) => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.words("\n", range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.writer.remove(range);
            }
            Event::FootnoteReference(_) => self.writer.gap = Some(range),
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        let verbatim = self.text.get(range.clone()) == Some(words);
        self.writer.words(words, range, verbatim);
    }

    /// Reads what is markup as the figure that its author meant, before what stands at a byte.
    fn say_before(&mut self, at: usize) {
        let Some((range, made)) = self.before.take() else { return };
        self.writer.words(&self.text[range.clone()], range.clone(), true);
        if made == Made::Item && range.end < at {
            self.writer.words(" ", range.end..at, false);
        }
        self.swallowed.push(Swallowed { range, made });
    }

    /// A sign of markup that is read as itself.
    fn sign(&mut self, range: Range<usize>) {
        self.words(&self.text[range.clone()], range);
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        use LinkType::{Collapsed, CollapsedUnknown, Shortcut, ShortcutUnknown};
        match tag {
            Tag::Emphasis => {
                let digit =
                    |at: usize| self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
                let is_read = self.hidden_by.is_none()
                    && self.text[range.start..].starts_with('*')
                    && range.start != 0
                    && digit(range.start - 1)
                    && digit(range.start + 1);
                self.stars.push(is_read);
                if is_read {
                    self.swallowed.push(Swallowed { range: range.clone(), made: Made::Slanted });
                    self.sign(range.start..range.start + 1);
                }
            }
            Tag::Strong | Tag::Superscript | Tag::Subscript => {}
            Tag::Strikethrough
                if !self.text[range.clone()].starts_with("~~")
                    && begins_figure(&self.text[range.start + 1..]) =>
            {
                if self.hidden_by.is_none() {
                    self.swallowed.push(Swallowed { range: range.clone(), made: Made::Struck });
                    self.sign(range.start..range.start + 1);
                }
            }
            // What the writer has struck out is not what the article says.
            Tag::Strikethrough => {
                self.hidden_until = range.end;
                if self.hidden_by.is_none() {
                    self.writer.remove(range);
                }
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.hidden_until = range.end;
                if self.hidden_by.is_none() {
                    self.writer.show(range);
                }
            }
            Tag::Link { .. } | Tag::Image { .. } if self.hidden_by.is_some() => {}
            Tag::Link { link_type, .. } => {
                let is_short =
                    matches!(link_type, Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown);
                self.writer.start_link(range, is_short);
            }
            Tag::Image { title, .. } => self.image(title, range),
            _ => {
                self.close();
                self.start_block(tag, range);
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.formulas(&range);
                self.writer.begin(self.writer.kind);
            }
            Tag::Heading { .. } if self.is_over_rule(&range) => {
                self.writer.begin(self.writer.kind);
            }
            Tag::Heading { level, .. } => self.writer.begin(BlockKind::Heading(*level as u8)),
            Tag::BlockQuote(_) => {
                let quote = self.text.get(range.clone()).unwrap_or_default();
                let is_sign = quote.strip_prefix('>').is_some_and(begins_figure)
                    && !quote.trim_end().contains('\n');
                if is_sign {
                    self.before = Some((range.start..range.start + 1, Made::Quotation));
                }
                self.enter(if is_sign { BlockKind::Paragraph } else { BlockKind::Quote });
            }
            Tag::List(start) => {
                let first = start.map_or(1, |number| u32::try_from(number).unwrap_or(0));
                self.lists.push((self.writer.lists, first));
                self.writer.lists += 1;
            }
            Tag::Item => {
                let item = self.item();
                match number_of_item(self.text.get(range.clone()).unwrap_or_default()) {
                    Some(digits) => {
                        self.before = Some((range.start..range.start + digits, Made::Item));
                        self.enter(BlockKind::Paragraph);
                    }
                    None => self.enter(item),
                }
            }
            Tag::FootnoteDefinition(_) => self.enter(BlockKind::Paragraph),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => self.hidden_until = range.end,
            Tag::HtmlBlock => self.html.clear(),
            Tag::Table(_) => self.row = 0,
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                self.header = matches!(tag, Tag::TableHead);
            }
            Tag::TableCell => {
                let (table, row, column) = (self.writer.tables, self.row, self.column);
                self.writer.begin(BlockKind::TableCell { table, row, column, header: self.header });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => {
                if self.stars.pop() == Some(true) {
                    self.sign(range.end - 1..range.end);
                }
                return;
            }
            TagEnd::Strikethrough if !self.text[range.clone()].starts_with("~~") => {
                if self.hidden_by.is_none() {
                    self.sign(range.end - 1..range.end);
                }
                return;
            }
            TagEnd::Item if self.before.is_some() => {
                // The number is all that there is.
                self.say_before(0);
                self.close();
            }
            TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => return,
            _ => self.close(),
        }
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.containers.pop();
                self.writer.kind = self.paragraph();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Table => self.writer.tables += 1,
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::TableCell => self.column += 1,
            _ => {}
        }
    }

    /// Notes the first formula that dialects see in a paragraph.
    fn formulas(&mut self, range: &Range<usize>) {
        let text = &self.text[range.clone()];
        if text.contains('`') {
            return;
        }
        if let Some(found) = formula(text, 0) {
            let range = range.start + found.start..range.start + found.end;
            self.swallowed.push(Swallowed { range, made: Made::Formula });
        }
    }

    /// Whether a heading is a paragraph above a rule across the page: sentences, or several lines.
    fn is_over_rule(&self, range: &Range<usize>) -> bool {
        let text = self.text[range.clone()].trim_end();
        let Some((words, rule)) = text.rsplit_once('\n') else { return false };
        let words = words.trim();
        rule.trim().bytes().all(|byte| byte == b'-')
            && (words.contains('\n') || words.ends_with(['.', '!', '?', '…', '”']))
    }

    /// Follows the containers of what is not read.
    fn pass(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(
                Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_),
            ) => {
                let Event::Start(tag) = event else { return };
                self.start_block(tag, 0..0);
            }
            Event::End(
                tag @ (TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition),
            ) => self.end(*tag, &(0..0)),
            _ => {}
        }
    }

    /// Reads a block of HTML, of whose lines what stands before them is no part: "> <p>five".
    fn html_block(&mut self) {
        let lines = std::mem::take(&mut self.html);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let range = first.start..last.end;
        let mut html = Cow::Borrowed(&self.text[range.clone()]);
        if lines.windows(2).any(|two| two[0].end != two[1].start) {
            let mut masked = " ".repeat(range.len()).into_bytes();
            for line in &lines {
                let place = line.start - range.start..line.end - range.start;
                masked[place].copy_from_slice(&self.text.as_bytes()[line.clone()]);
            }
            html = Cow::Owned(String::from_utf8(masked).unwrap_or_default());
        }
        let around = match self.apart {
            Some(_) => html::pass_part(&html),
            None => html::read_part(&html, range.start, &mut self.writer),
        };
        if self.apart.is_none() {
            self.apart = around.hiding.map(|name| (name, 0));
        }
        if let Some((name, depth)) = &mut self.apart {
            let own = around.open.iter().filter(|(other, _)| other == name);
            *depth += own.map(|(_, count)| count).sum::<i32>();
            if *depth <= 0 {
                self.apart = None;
            }
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

    fn enter(&mut self, kind: BlockKind) {
        self.containers.push(kind);
        self.writer.kind = kind;
    }

    fn paragraph(&self) -> BlockKind {
        self.containers.last().copied().unwrap_or(BlockKind::Paragraph)
    }

    /// Ends the open block.
    fn close(&mut self) {
        self.writer.close();
        self.hidden_by = None;
    }

    fn image(&mut self, title: &str, range: Range<usize>) {
        if self.writer.image(range.clone()) && !title.is_empty() {
            let at = self.text[range.clone()].rfind(title).map(|at| range.start + at);
            let source = at.map_or(range, |at| at..at + title.len());
            let mut caption = Prose::default();
            caption.push(title, source, at.is_some());
            self.writer.caption(caption);
        }
    }

    fn html(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let tag = html::Tag::of(text);
        let is_void = text.ends_with("/>") || tag.is_void();
        if let Some((name, depth)) = &mut self.hidden_by {
            if tag.name.eq_ignore_ascii_case(name) && !is_void {
                *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.hidden_by = None;
                }
            }
            return;
        }
        match () {
            () if tag.raises() => self.writer.raise(tag.closes, range),
            () if tag.hides() => {
                self.writer.remove(range);
                self.hidden_by = Some((tag.name, 1));
            }
            () if !tag.closes && !is_void && html::hides(text) => {
                self.writer.gap = Some(range);
                self.hidden_by = Some((tag.name, 1));
            }
            () if tag.leaves_nothing() => self.writer.gap = Some(range),
            () => self.writer.remove(range),
        }
    }
}

#[cfg(test)]
mod tests;
