//! Prose as it is put together from the words of a text with markup: its blocks, links, raised text, images.

use std::ops::Range;

use crate::document::block::{Block, BlockKind, REMOVED, trimmed};
use crate::document::html::{ends_ordinal, power, raised};
use crate::document::map::Prose;
use crate::document::mark::{self, Label};

/// A link whose text is read.
struct Link {
    source: Range<usize>,
    /// Where its text begins in the prose.
    start: usize,
    /// Whether it is written as its text alone: "[1]".
    is_short: bool,
}

/// Prose and blocks in the making.
pub(super) struct Writer<'t> {
    text: &'t str,
    pub(super) prose: Prose,
    pub(super) blocks: Vec<Block>,
    /// What words outside of any block begin.
    pub(super) kind: BlockKind,
    /// The block that is being read, and its first byte of prose.
    open: Option<(BlockKind, usize)>,
    /// Markup that leaves nothing in prose unless it stands between two words.
    pub(super) gap: Option<Range<usize>>,
    /// The link that is being read, or was read last.
    link: Option<Link>,
    /// Where a link begins or ends: digits on its two sides are two numbers.
    pub(super) seam: Option<Range<usize>>,
    /// Where the raised text around begins, in the prose and in the source.
    raised: Option<(usize, usize)>,
    /// Where in the source the image around ends, and which caption its text is.
    image: Option<(usize, usize)>,
    /// What stands for the images of the open block, until that block ends.
    captions: Vec<Prose>,
    /// Lists so far.
    pub(super) lists: u32,
    /// Tables so far.
    pub(super) tables: u32,
}

impl<'t> Writer<'t> {
    /// Nothing yet of a text.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let mut prose = Prose::default();
        prose.text.reserve(text.len() - start);
        Self {
            text,
            prose,
            blocks: Vec::new(),
            kind: BlockKind::Paragraph,
            open: None,
            gap: None,
            link: None,
            seam: None,
            raised: None,
            image: None,
            captions: Vec::new(),
            lists: 0,
            tables: 0,
        }
    }

    /// Whether nothing stands in the block that is being read.
    pub(super) fn is_at_start(&self) -> bool {
        self.open.is_none_or(|(_, start)| start == self.prose.text.len())
    }

    /// Begins a block.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.prose.separate();
        self.open = Some((kind, self.prose.text.len()));
    }

    /// Begins a block if none is being read.
    fn ensure(&mut self) {
        if self.open.is_none() {
            self.begin(self.kind);
        }
    }

    /// Ends the open block and writes the captions of its images behind it.
    pub(super) fn close(&mut self) {
        self.end_link();
        self.gap = None;
        self.seam = None;
        self.raised = None;
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

    /// Says that what follows stands at a byte of the source or behind it.
    pub(super) fn reach(&mut self, at: usize) {
        if self.image.is_some_and(|(end, _)| end <= at) {
            self.image = None;
        }
        if self.link.as_ref().is_some_and(|link| link.source.end <= at) {
            self.end_link();
        }
    }

    /// Writes words; verbatim if they are the bytes of the source.
    pub(super) fn words(&mut self, words: &str, range: Range<usize>, verbatim: bool) {
        if let Some((_, caption)) = self.image {
            return self.captions[caption].push(words, range, verbatim);
        }
        // The text of a list item without empty lines is in no paragraph.
        self.ensure();
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

    /// Begins a link; its bytes as far as they are known.
    pub(super) fn start_link(&mut self, source: Range<usize>, is_short: bool) {
        if self.image.is_some() {
            return;
        }
        self.seam = Some(source.start..source.start + 1);
        self.link = Some(Link { source, start: self.prose.text.len(), is_short });
    }

    /// Says where the link around ends.
    pub(super) fn end_link_at(&mut self, end: usize) {
        if let Some(link) = &mut self.link {
            link.source.end = end;
        }
        self.end_link();
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
    pub(super) fn remove(&mut self, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        self.ensure();
        self.gap = None;
        self.prose.push(REMOVED.encode_utf8(&mut [0; 4]), range, false);
    }

    /// Leaves a sign for what is shown among the words, unless it stands where a mark would: right
    /// behind a word.
    pub(super) fn show(&mut self, range: Range<usize>) {
        let from = self.open.as_ref().map_or(self.prose.text.len(), |&(_, open)| open);
        let is_mark = mark::joins(self.prose.text[from..].chars().next_back());
        if is_mark && self.image.is_none() {
            self.gap = Some(range);
        } else {
            self.remove(range);
        }
    }

    /// Begins an image, whose text becomes a caption until its end is reached; false within another.
    pub(super) fn image(&mut self, range: Range<usize>) -> bool {
        if self.image.is_some() {
            return false;
        }
        self.show(range.clone());
        self.image = Some((range.end, self.captions.len()));
        self.captions.push(Prose::default());
        true
    }

    /// Adds what stands for the image beside its text.
    pub(super) fn caption(&mut self, caption: Prose) {
        self.captions.push(caption);
    }

    /// Reads a tag that raises text. "50<sup>1</sup>" bears a mark, "5<sup>th</sup>" is one word, and
    /// "10<sup>6</sup>" is a power.
    pub(super) fn raise(&mut self, closes: bool, range: Range<usize>) {
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
        if text.trim().is_empty() {
            // What was raised is not read.
            self.prose.truncate(start);
            self.gap = Some(source);
        } else if word == "10"
            && inner == text
            && let Some(power) = raised(inner)
        {
            self.prose.truncate(start);
            self.prose.push(&power, source, false);
        } else if let Some(power) = power(word, &text) {
            self.prose.truncate(start);
            self.prose.push(power, source, false);
        } else if ends_ordinal(&text) {
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

    /// Takes a caption back that says what the one before it says: an image and the words below it.
    pub(super) fn drop_repeated_caption(&mut self) {
        let [.., first, second] = &*self.blocks else { return };
        let is_caption = |block: &Block| block.kind == BlockKind::Caption;
        let words = |block: &Block| self.prose.text[block.range.clone()].split_whitespace();
        if is_caption(first) && is_caption(second) && words(first).eq(words(second)) {
            self.prose.truncate(second.range.start);
            self.blocks.pop();
        }
    }
}
