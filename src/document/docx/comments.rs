//! The comments of a document (ECMA-376 Part 1, 17.13.4).

use std::collections::HashMap;

use crate::document::office::{Comment, Namespace, Node, Xml};

/// Reads the part of comments; by id.
pub(super) fn read(text: &str) -> Result<HashMap<String, Comment>, String> {
    let mut all: HashMap<String, Comment> = HashMap::new();
    let mut xml = Xml::new(text);
    let mut open: Option<(String, Comment)> = None;
    let (mut ends, mut is_text) = (0, false);
    loop {
        match xml.next().map_err(|reason| format!("word/comments.xml: {reason}"))? {
            Node::Open(element) => {
                let (Namespace::Word, name) = element.name else { continue };
                match name {
                    // What an annotated copy says is no remark of a person.
                    b"comment"
                        if element
                            .attribute("initials")
                            .is_some_and(|who| who.starts_with("CF-")) => {}
                    b"comment" => {
                        let id = element.attribute("id").unwrap_or_default().into_owned();
                        let author = element.attribute("author").unwrap_or_default().into_owned();
                        ends = xml.depth();
                        open = Some((id, Comment { author, text: String::new() }));
                    }
                    b"t" => is_text = true,
                    b"p" | b"tab" | b"br" => {
                        if let Some((_, comment)) = &mut open
                            && !comment.text.is_empty()
                        {
                            comment.text.push(' ');
                        }
                    }
                    b"del" | b"moveFrom" => {
                        xml.skip().map_err(|reason| format!("word/comments.xml: {reason}"))?;
                    }
                    _ => {}
                }
            }
            Node::Close => {
                is_text = false;
                if xml.depth() < ends
                    && let Some((id, comment)) = open.take()
                {
                    all.insert(id, comment);
                }
            }
            Node::Text(range) if is_text => {
                if let Some((_, comment)) = &mut open {
                    comment.text.push_str(&text[range]);
                }
            }
            Node::Character(c, _) if is_text => {
                if let Some((_, comment)) = &mut open {
                    comment.text.push(c);
                }
            }
            Node::Text(_) | Node::Character(..) => {}
            Node::End => return Ok(all),
        }
    }
}
