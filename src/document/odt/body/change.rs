//! Comments, and changes that are tracked: what was deleted stands before the text, and is put back where
//! it stood (`OpenDocument` 1.3, Part 3, 5.5).

use std::ops::Range;

use crate::document::odt::body::Then::{self, Done};
use crate::document::odt::body::{Body, DEEPEST};
use crate::document::office::{Comment, Element, Hung, Namespace, Node};

impl<'x> Body<'x, '_> {
    /// What somebody has remarked (14.1) is no text.
    pub(super) fn annotation(&mut self, element: &Element<'x>) -> Result<Then, String> {
        let name = element.attribute("name").unwrap_or_default().into_owned();
        let (depth, mut comment) = (self.xml.depth(), Comment::default());
        let mut of_author = false;
        loop {
            match self.xml.next()? {
                Node::Open(inner) => {
                    if inner.name == (Namespace::Dublin, b"date") {
                        self.xml.skip()?;
                        continue;
                    }
                    of_author = inner.name == (Namespace::Dublin, b"creator");
                    if inner.name == (Namespace::Text, b"p") && !comment.text.is_empty() {
                        comment.text.push(' ');
                    }
                }
                Node::Close if self.xml.depth() < depth => break,
                Node::Close => of_author = false,
                Node::Text(range) => {
                    let said = if of_author { &mut comment.author } else { &mut comment.text };
                    said.push_str(&self.text[range]);
                }
                Node::Character(c, _) => {
                    let said = if of_author { &mut comment.author } else { &mut comment.text };
                    said.push(c);
                }
                Node::End => break,
            }
        }
        if !name.is_empty() {
            self.flow.hang(Hung::Comment(name.clone()));
            self.comments.insert(name, comment);
        }
        Ok(Done)
    }

    /// Reads which changes there are (5.5).
    pub(super) fn changes(&mut self) -> Result<(), String> {
        let depth = self.xml.depth();
        let mut id = String::new();
        loop {
            match self.xml.next()? {
                Node::Open(element) => match element.name {
                    (Namespace::Text, b"changed-region") => {
                        id = element.attribute("id").unwrap_or_default().into_owned();
                    }
                    (Namespace::Text, b"insertion") => {
                        self.insertions.insert(id.clone());
                        self.xml.skip()?;
                    }
                    (Namespace::Text, b"deletion") => {
                        let start = element.range.end;
                        let end = self.end_of_deletion()?;
                        self.deleted.insert(id.clone(), start..end);
                    }
                    _ => {}
                },
                Node::Close if self.xml.depth() < depth => return Ok(()),
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// Passes over what was deleted; where its elements end.
    fn end_of_deletion(&mut self) -> Result<usize, String> {
        let depth = self.xml.depth();
        loop {
            let end = self.xml.position();
            match self.xml.next()? {
                Node::Close if self.xml.depth() < depth => return Ok(end),
                Node::End => return Ok(end),
                _ => {}
            }
        }
    }

    /// Reads what was deleted where it stood (5.5.4).
    pub(super) fn put_back(&mut self, range: Range<usize>) -> Result<(), String> {
        if DEEPEST <= self.put_back {
            return Ok(());
        }
        let inner = self.xml.within(self.text, range);
        let outer = std::mem::replace(&mut self.xml, inner);
        let inline = self.flow.is_open().then_some(0);
        let before = std::mem::replace(&mut self.inline, inline);
        let stack = std::mem::take(&mut self.stack);
        self.put_back += 1;
        let read = self.nodes();
        self.put_back -= 1;
        self.stack = stack;
        self.inline = before;
        self.xml = outer;
        read
    }
}
