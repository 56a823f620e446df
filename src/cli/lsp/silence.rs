//! Where the comment goes that lets a finding stand, without changing how the prose around it is read.

use std::ops::Range;

/// A place in a text, and what stands before and behind the reason there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// The byte at which it is put in.
    pub(super) at: usize,
    pub(super) before: String,
    pub(super) behind: String,
}

/// The comment for a finding of a rule at a byte of an article. At the start of a paragraph it gets a line of
/// its own above; within one it stands at the end of the line, so that the paragraph stays whole, and in a
/// row of a table within the last cell.
pub(super) fn comment(text: &str, at: usize, rule: &str) -> Comment {
    let line = line_at(text, at);
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let opened = format!("<!-- crossfoot-ignore {rule}: ");
    let is_first = line.start == 0 || {
        let before = line_at(text, line.start - 1);
        text[before].trim().is_empty()
    };
    if is_first {
        // A byte order mark stays at the top.
        let mark = text[line.clone()].strip_prefix('\u{feff}').map_or(0, |_| '\u{feff}'.len_utf8());
        return Comment { at: line.start + mark, before: opened, behind: format!(" -->{end}") };
    }
    let shown = text[line.clone()].trim_end();
    let cut = match shown.strip_suffix('|') {
        Some(cells) if shown.trim_start().starts_with('|') => cells.trim_end(),
        _ => shown,
    };
    Comment { at: line.start + cut.len(), before: format!(" {opened}"), behind: " -->".to_owned() }
}

/// The line of a byte, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(text: &str, words: &str) -> String {
        let Comment { at, before, behind } = comment(text, text.find(words).unwrap(), "a");
        format!("{}{before}why{behind}{}", &text[..at], &text[at..])
    }

    #[test]
    fn a_paragraph_stays_whole() {
        let why = "<!-- crossfoot-ignore a: why -->";
        assert_eq!(put("One 5.\nTwo 6.\n", "5"), format!("{why}\nOne 5.\nTwo 6.\n"));
        assert_eq!(put("One 5.\nTwo 6.\n", "6"), format!("One 5.\nTwo 6. {why}\n"));
        assert_eq!(put("One.\r\n\r\nTwo 6.", "6"), format!("One.\r\n\r\n{why}\r\nTwo 6."));
        assert_eq!(put("One.\r\nTwo 6.\r\n", "6"), format!("One.\r\nTwo 6. {why}\r\n"));
        assert_eq!(put("| a |\n|---|\n| 6 |\n", "6"), format!("| a |\n|---|\n| 6 {why} |\n"));
        assert_eq!(put("\u{feff}One 5.", "5"), format!("\u{feff}{why}\nOne 5."));
    }
}
