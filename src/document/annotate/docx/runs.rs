//! Where in the part of a document marks of comments may stand: between runs, which are parted for it.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::annotate::docx::comments::namespace;
use crate::document::annotate::note::Edit;
use crate::document::office::{Namespace, Node, Xml};

/// A comment and the bytes of the part that it is about.
pub(super) struct Anchor {
    pub(super) place: Range<usize>,
    pub(super) id: u64,
}

/// An element of a run.
struct Child {
    range: Range<usize>,
    /// Of text, its bytes without tags, and whether white space at its ends is said to count.
    text: Option<(Range<usize>, Option<bool>)>,
}

/// A run, or what stands in a line as one does.
struct Run {
    range: Range<usize>,
    /// Its start tag; `None` of what cannot be parted.
    tag: Option<Range<usize>>,
    properties: Option<Range<usize>>,
    children: Vec<Child>,
}

/// What marks a comment.
struct Mark {
    id: String,
    /// Its bytes, or those of the run that holds nothing else.
    range: Range<usize>,
}

/// The runs of a part, in order and disjoint, and the marks of the comments that it has.
pub(super) struct Runs<'t> {
    text: &'t str,
    own: Vec<Run>,
    marks: Vec<Mark>,
}

impl<'t> Runs<'t> {
    /// Reads a part.
    pub(super) fn read(text: &'t str) -> Result<Self, String> {
        let mut xml = Xml::new(text);
        let mut all = Self { text, own: Vec::new(), marks: Vec::new() };
        // The depth of the outermost run that is open, and of its child.
        let (mut outer, mut child) = (usize::MAX, usize::MAX);
        let mut reference: Option<Mark> = None;
        loop {
            match xml.next()? {
                Node::Open(element) => {
                    let (space, name) = element.name;
                    let (depth, range) = (xml.depth(), element.range.clone());
                    if space == Namespace::Word
                        && matches!(
                            name,
                            b"commentRangeStart" | b"commentRangeEnd" | b"commentReference"
                        )
                    {
                        let id = element.attribute("id").unwrap_or_default().into_owned();
                        xml.skip()?;
                        let mark = Mark { id, range: range.start..xml.position() };
                        if name == b"commentReference" && outer != usize::MAX {
                            if let Some(run) = all.own.last_mut() {
                                run.children.push(Child { range: mark.range.clone(), text: None });
                            }
                            reference = Some(mark);
                        } else {
                            all.marks.push(mark);
                        }
                        continue;
                    }
                    if outer == usize::MAX {
                        let is_run = (space, name) == (Namespace::Word, b"r");
                        if is_run || (space, name) == (Namespace::Math, b"oMath") {
                            outer = depth;
                            all.own.push(Run {
                                range: range.clone(),
                                tag: is_run.then_some(range),
                                properties: None,
                                children: Vec::new(),
                            });
                        }
                    } else if depth == outer + 1
                        && let Some(run) = all.own.last_mut()
                    {
                        let is_word = space == Namespace::Word;
                        if is_word && name == b"rPr" {
                            xml.skip()?;
                            run.properties = Some(range.start..xml.position());
                        } else {
                            child = depth;
                            let is_text = is_word && matches!(name, b"t" | b"delText");
                            let keeps = element.attribute("space").map(|space| space == "preserve");
                            let text = is_text.then_some((range.end..range.end, keeps));
                            run.children.push(Child { range, text });
                        }
                    }
                }
                Node::Close => {
                    let (depth, end) = (xml.depth(), xml.position());
                    let Some(run) = all.own.last_mut().filter(|_| outer != usize::MAX) else {
                        continue;
                    };
                    if depth < outer {
                        run.range.end = end;
                        outer = usize::MAX;
                        if let Some(mut mark) = reference.take() {
                            if run.children.len() == 1 {
                                mark.range = run.range.clone();
                            }
                            all.marks.push(mark);
                        }
                    } else if depth < child && depth == outer {
                        if let Some(open) = run.children.last_mut() {
                            open.range.end = end;
                            if let Some((inner, _)) = &mut open.text {
                                // An empty element has no end tag.
                                let tag = text[..end].rfind("</").unwrap_or(end);
                                inner.end = tag.max(inner.start).min(end);
                            }
                        }
                        child = usize::MAX;
                    }
                }
                Node::Text(_) | Node::Character(..) => {}
                Node::End => return Ok(all),
            }
        }
    }

    /// What takes out the marks of some comments.
    pub(super) fn without(&self, ids: &HashSet<String>) -> Vec<Edit> {
        let gone = self.marks.iter().filter(|mark| ids.contains(&mark.id));
        gone.map(|mark| (mark.range.clone(), String::new())).collect()
    }

    /// What puts in the marks of comments.
    pub(super) fn anchored(&self, anchors: &[Anchor], strict: bool) -> Vec<Edit> {
        let space = namespace(strict);
        let mut cuts: Vec<(Cut, bool, String)> = Vec::new();
        for Anchor { place, id } in anchors {
            let (Some(start), Some(end)) =
                (self.cut(place.start, false), self.cut(place.end, true))
            else {
                continue;
            };
            let declared =
                if self.declares() { String::new() } else { format!(" xmlns:w=\"{space}\"") };
            let begins = format!("<w:commentRangeStart{declared} w:id=\"{id}\"/>");
            let ends = format!(
                "<w:commentRangeEnd{declared} w:id=\"{id}\"/><w:r{declared}><w:commentReference w:id=\"{id}\"/></w:r>"
            );
            cuts.push((start, false, begins));
            cuts.push((end, true, ends));
        }
        // At one place what ends stands before what begins.
        cuts.sort_by(|a, b| (&a.0, !a.1).cmp(&(&b.0, !b.1)));
        let mut edits: Vec<Edit> = Vec::new();
        let mut at = 0;
        while at < cuts.len() {
            let cut = cuts[at].0;
            let same = cuts[at..].iter().take_while(|(other, ..)| *other == cut).count();
            let marks: String =
                cuts[at..at + same].iter().map(|(.., mark)| mark.as_str()).collect();
            edits.push((cut.at..cut.at, self.parted(cut, &marks)));
            at += same;
        }
        edits.extend(self.preserved(&cuts));
        edits
    }

    /// What lets white space count at the end of text that is cut behind it.
    fn preserved(&self, cuts: &[(Cut, bool, String)]) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        let mut last = None;
        for (cut, ..) in cuts {
            let child = self.own[cut.run].children.get(cut.child);
            let Some((text, None)) = child.and_then(|child| child.text.clone()) else { continue };
            let ends_blank = self.text[text.start..cut.at].ends_with(char::is_whitespace);
            // The tag ends where the text begins.
            if ends_blank && last.replace(text.start) != Some(text.start) {
                edits.push((text.start - 1..text.start - 1, " xml:space=\"preserve\"".to_owned()));
            }
        }
        edits
    }

    /// Whether the usual prefix stands for the namespace of Word in the whole part.
    fn declares(&self) -> bool {
        let root = self.text.find("document").unwrap_or_default();
        let end = self.text[root..].find('>').map_or(self.text.len(), |length| root + length);
        self.text[root..end].contains("xmlns:w=")
    }

    /// Where a mark may stand that is to stand at a byte.
    fn cut(&self, at: usize, ends: bool) -> Option<Cut> {
        // The run that holds the byte, or for an end the byte before it.
        let probe = if ends { at.checked_sub(1)? } else { at };
        let number = self.own.partition_point(|run| run.range.start <= probe).checked_sub(1)?;
        let run = self.own.get(number).filter(|run| probe < run.range.end)?;
        let whole = |at: usize| Cut { at, run: number, child: usize::MAX };
        let outside = whole(if ends { run.range.end } else { run.range.start });
        if run.tag.is_none() {
            return Some(outside);
        }
        let child = run.children.iter().position(|child| probe < child.range.end)?;
        let found = &run.children[child];
        if let Some((text, keeps)) = &found.text
            && text.contains(&probe)
        {
            // White space at the ends that does not count would count in a part of the text, so such text
            // is not parted; any other is let count from here on.
            let inner = &self.text[text.clone()];
            let is_bare = keeps.is_none() && inner.trim().len() == inner.len();
            let is_whole = *keeps != Some(true) && !is_bare;
            let at = match (is_whole, ends) {
                (true, true) => text.end,
                (true, false) => text.start,
                (false, _) => at.min(text.end),
            };
            if text.start < at && at < text.end {
                return Some(Cut { at, run: number, child });
            }
            let is_first = child == 0;
            let is_last = child + 1 == run.children.len();
            return Some(match (at <= text.start, is_first, is_last) {
                (true, true, _) => whole(run.range.start),
                (true, false, _) => {
                    Cut { at: found.range.start, run: number, child: usize::MAX - 1 }
                }
                (false, _, true) => whole(run.range.end),
                (false, ..) => Cut { at: found.range.end, run: number, child: usize::MAX - 1 },
            });
        }
        let at = if ends { found.range.end } else { found.range.start };
        let is_edge = if ends { child + 1 == run.children.len() } else { child == 0 };
        Some(if is_edge { outside } else { Cut { at, run: number, child: usize::MAX - 1 } })
    }

    /// Marks, and around them what parts the run where they stand in one.
    fn parted(&self, cut: Cut, marks: &str) -> String {
        let run = &self.own[cut.run];
        if cut.child == usize::MAX {
            return marks.to_owned();
        }
        let tag = run.tag.clone().map_or("", |range| &self.text[range]);
        let name = tag[1..].split([' ', '>', '/', '\t', '\n', '\r']).next().unwrap_or_default();
        let properties = run.properties.clone().map_or("", |range| &self.text[range]);
        let Some(child) = run.children.get(cut.child) else {
            return format!("</{name}>{marks}{tag}{properties}");
        };
        let inner = &self.text[child.range.start + 1..];
        let text = inner.split([' ', '>', '/', '\t', '\n', '\r']).next().unwrap_or_default();
        format!("</{text}></{name}>{marks}{tag}{properties}<{text} xml:space=\"preserve\">")
    }
}

/// A place at which marks may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    at: usize,
    run: usize,
    /// The text that is parted there; `MAX - 1` where the run is parted between its elements, `MAX` where
    /// nothing is.
    child: usize,
}
