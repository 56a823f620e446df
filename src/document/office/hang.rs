//! On which words comments and links stand.

use std::collections::HashMap;

use crate::document::office::{Flow, Hung};
use crate::source::{Layout, Remark};

/// A comment.
#[derive(Debug, Default)]
pub(in crate::document) struct Comment {
    /// Who wrote it.
    pub(in crate::document) author: String,
    /// What it says.
    pub(in crate::document) text: String,
}

/// Says on which words comments, which are told by their ids, and links stand.
pub(in crate::document) fn hang(
    flow: &Flow,
    comments: &HashMap<String, Comment>,
    layout: &mut Layout,
) {
    let mut open: HashMap<&str, usize> = HashMap::new();
    let mut links: Vec<(usize, &str)> = Vec::new();
    for (at, hung) in &flow.hung {
        match hung {
            Hung::Comment(id) => {
                open.insert(id, *at);
            }
            Hung::CommentEnd(id) => {
                if let (Some(start), Some(comment)) = (open.remove(&**id), comments.get(id)) {
                    layout.remarks.push(Remark {
                        range: start..(*at).max(start),
                        author: comment.author.clone(),
                        text: comment.text.clone(),
                    });
                }
            }
            Hung::Link(address) => links.push((*at, address)),
            Hung::LinkEnd => {
                if let Some((start, address)) = links.pop()
                    && start < *at
                    && !address.is_empty()
                {
                    layout.links.push((start..*at, address.to_owned()));
                }
            }
            Hung::Note { .. } => {}
        }
    }
}
