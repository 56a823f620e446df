//! `<!-- crossfoot-ignore wrong-rate until YYYY-MM-DD: why -->` in the text of an article.

use std::ops::Range;

use jiff::civil::Date;
use memchr::{memchr_iter, memmem};

const OPENS: &str = "<!--";
const MARKER: &str = "crossfoot-ignore";

/// Whether a text has the word that comments are known by.
pub fn may_hold_comments(text: &str) -> bool {
    memmem::find(text.as_bytes(), MARKER.as_bytes()).is_some()
}
const CLOSES: &str = "-->";

/// A comment that is meant to silence something.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// Its bytes, both ends of it included.
    pub(super) range: Range<usize>,
    /// The bytes in which it silences: its own lines and the next line with text.
    pub(super) covers: Range<usize>,
    /// What it says.
    pub(super) says: Result<Says, Unusable>,
}

/// What a comment says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Says {
    /// Where each rule is named; at least one is.
    pub(super) rules: Vec<Range<usize>>,
    /// The last day on which it holds.
    pub(super) until: Option<Date>,
    /// Why the finding stands; not empty.
    pub(super) reason: Range<usize>,
}

/// Why a comment silences nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It does not end.
    Open,
    /// It gives no reason.
    NoReason,
    /// It names no rule.
    NoRule,
    /// What stands behind `until` is no day.
    NoDay(Range<usize>),
}

/// The comments of a text that are meant to silence something, in order. Takes linear time.
pub(super) fn comments(text: &str) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), MARKER) {
        let behind = at + MARKER.len();
        let within = comments.last().is_some_and(|last| at < last.range.end);
        let before = text[..at].trim_end();
        if within || !before.ends_with(OPENS) || !ends_word(&text[behind..]) {
            continue;
        }
        let start = before.len() - OPENS.len();
        let Some(length) = memmem::find(&text.as_bytes()[behind..], CLOSES.as_bytes()) else {
            // Whatever follows is within this comment.
            comments.push(Comment {
                range: start..behind,
                covers: start..start,
                says: Err(Unusable::Open),
            });
            break;
        };
        let content = behind..behind + length;
        comments.push(Comment {
            range: start..content.end + CLOSES.len(),
            covers: start..start,
            says: read(text, content),
        });
    }
    cover(text, &mut comments);
    comments
}

fn ends_word(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with([':', ','])
        || rest.starts_with(char::is_whitespace)
        || rest.starts_with(CLOSES)
}

/// Reads what stands between the marker and the end of a comment.
fn read(text: &str, content: Range<usize>) -> Result<Says, Unusable> {
    let colon = text[content.clone()].find(':').ok_or(Unusable::NoReason)?;
    let head = content.start..content.start + colon;
    let reason = trimmed(text, head.end + 1..content.end);
    if reason.is_empty() {
        return Err(Unusable::NoReason);
    }
    let (names, until) = split_until(text, head);
    let until = match until {
        None => None,
        Some(range) => match text[range.clone()].parse::<Date>() {
            Ok(day) if 1 <= day.year() => Some(day),
            _ => return Err(Unusable::NoDay(range)),
        },
    };
    let mut rules = Vec::new();
    let mut start = names.start;
    for name in text[names].split(',') {
        let range = start..start + name.len();
        start = range.end + 1;
        rules.push(trimmed(text, range));
    }
    rules.retain(|rule| !rule.is_empty());
    if rules.is_empty() { Err(Unusable::NoRule) } else { Ok(Says { rules, until, reason }) }
}

/// The names of the rules, and what stands behind the word `until`, if it is there.
fn split_until(text: &str, head: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    const UNTIL: &str = "until";
    let words = &text[head.clone()];
    let is_word = |at: usize| {
        let (before, behind) = (&words[..at], &words[at + UNTIL.len()..]);
        before.ends_with(char::is_whitespace)
            && (behind.is_empty() || behind.starts_with(char::is_whitespace))
    };
    match words.rfind(UNTIL).filter(|&at| is_word(at)) {
        Some(at) => {
            let behind = head.start + at + UNTIL.len();
            (head.start..head.start + at, Some(trimmed(text, behind..head.end)))
        }
        None => (head, None),
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let end = range.start + part.trim_end().len();
    end - text[range.start..end].trim_start().len()..end
}

/// Says of every comment which lines it is about.
///
/// It is about its own lines and the line behind it. One that stands on a line of its own skips
/// empty lines and other such comments. Both ends grow from comment to comment.
fn cover(text: &str, comments: &mut [Comment]) {
    let breaks: Vec<usize> = memchr_iter(b'\n', text.as_bytes()).collect();
    let line_start = |at: usize| {
        let line = breaks.partition_point(|&end| end < at);
        line.checked_sub(1).map_or(0, |line| breaks[line] + 1)
    };
    let line_end = |at: usize| {
        let line = breaks.partition_point(|&end| end < at);
        breaks.get(line).copied().unwrap_or(text.len())
    };
    let mut behind: Option<(usize, usize)> = None;
    for comment in comments.iter_mut().rev() {
        let start = line_start(comment.range.start);
        let before = text[start..comment.range.start].trim_end();
        let opens_line = before.is_empty() || before.ends_with(CLOSES);
        let rest = &text[comment.range.end..];
        let next = text.len() - rest.trim_start().len();
        let closes_line = next == text.len() || text[comment.range.end..next].contains('\n');
        let end = match behind {
            Some((at, end)) if at == next && opens_line => end,
            _ if opens_line && closes_line => line_end(next),
            _ => line_end((line_end(comment.range.end) + 1).min(text.len())),
        };
        comment.covers = start..end;
        behind = Some((comment.range.start, end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules, end and reason of the only comment.
    fn only(text: &str) -> (Vec<&str>, Option<String>, &str) {
        let comments = comments(text);
        assert_eq!(comments.len(), 1, "{comments:?}");
        let says = comments[0].says.as_ref().unwrap();
        let rules = says.rules.iter().map(|rule| &text[rule.clone()]).collect();
        (rules, says.until.map(|day| day.to_string()), &text[says.reason.clone()])
    }

    fn unusable(text: &str) -> Unusable {
        comments(text).remove(0).says.unwrap_err()
    }

    /// The lines that each comment is about, the comments themselves left out.
    fn covered(text: &str) -> Vec<&str> {
        comments(text).into_iter().map(|comment| &text[comment.covers]).collect()
    }

    #[test]
    fn what_a_comment_says() {
        assert_eq!(
            only("<!-- crossfoot-ignore wrong-rate: so the minister -->"),
            (vec!["wrong-rate"], None, "so the minister")
        );
        assert_eq!(
            only("<!--crossfoot-ignore wrong-rate ,wrong-total until 2026-03-01 : a: b\nc-->"),
            (vec!["wrong-rate", "wrong-total"], Some("2026-03-01".to_owned()), "a: b\nc")
        );
        assert_eq!(only("<!--\n crossfoot-ignore\nuntil-now: x -->").0, ["until-now"]);
    }

    #[test]
    fn what_silences_nothing() {
        assert_eq!(unusable("<!-- crossfoot-ignore wrong-rate -->"), Unusable::NoReason);
        assert_eq!(unusable("<!-- crossfoot-ignore wrong-rate: -->"), Unusable::NoReason);
        assert_eq!(unusable("<!-- crossfoot-ignore-->"), Unusable::NoReason);
        assert_eq!(unusable("<!-- crossfoot-ignore , : why -->"), Unusable::NoRule);
        assert_eq!(unusable("<!-- crossfoot-ignore until 2026-03-01: why -->"), Unusable::NoRule);
        assert_eq!(unusable("<!-- crossfoot-ignore a: b\n\nc"), Unusable::Open);
        for day in ["", "March", "2026-02-30", "2026"] {
            let text = format!("<!-- crossfoot-ignore a until {day}: why -->");
            let Unusable::NoDay(range) = unusable(&text) else { panic!("{text}") };
            assert_eq!(&text[range], day);
        }
    }

    #[test]
    fn what_is_no_such_comment() {
        for text in [
            "crossfoot-ignore a: b -->",
            "<!-- crossfoot-ignored a: b -->",
            "<!-- note: crossfoot-ignore a: b -->",
            "<!-- Crossfoot-ignore a: b -->",
        ] {
            assert_eq!(comments(text), [], "{text}");
        }
        let twice = "<!-- crossfoot-ignore a: not <!-- crossfoot-ignore b: c -->";
        assert_eq!(comments(twice).len(), 1);
    }

    #[test]
    fn a_comment_is_about_its_line_and_the_next() {
        let comment = "<!-- crossfoot-ignore a: b -->";
        let text = format!("one\ntwo {comment} two\nthree\nfour");
        assert_eq!(covered(&text), [format!("two {comment} two\nthree")]);
        let text = format!("one {comment}\n\nthree");
        assert_eq!(covered(&text), [format!("one {comment}\n")]);
        let text = format!("one {comment}");
        assert_eq!(covered(&text), [text.as_str()]);
        let text = format!("{comment} one\ntwo\nthree");
        assert_eq!(covered(&text), [format!("{comment} one\ntwo")]);
    }

    #[test]
    fn on_a_line_of_its_own_it_skips_empty_lines_and_its_like() {
        let comment = "<!-- crossfoot-ignore a: b -->";
        let text = format!("one\n  {comment}\r\n\r\n  \nthree\nfour");
        assert_eq!(covered(&text), [format!("  {comment}\r\n\r\n  \nthree")]);
        let text = format!("{comment}\n\n{comment}\n{comment} {comment}\none\ntwo");
        let all = covered(&text);
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|lines| lines.ends_with("\none")), "{all:?}");
        let text = format!("one\n{comment}\n\n");
        assert_eq!(covered(&text), [format!("{comment}\n\n")]);
    }
}
