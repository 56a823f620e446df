//! Text that acts on nothing: not on the words around it, nor on the terminal or the runner that it is
//! printed to.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How an output is written, which says what breaks up a runner's command in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Lines for people: a blank.
    Text,
    /// JSON: an escape, and one for every character that is not seen.
    Json,
    /// XML, HTML and Markdown: a character reference.
    Markup,
    /// CSV: an apostrophe.
    Cells,
}

/// An output in which no runner finds a command, and a parser of its syntax the same as before.
///
/// A command is `::` at the start of a line, behind blanks too (GitHub and its kin), or `##` with a word
/// or none and `[`, anywhere in a line (GitHub of old, Azure, `TeamCity`). GitLab's need control
/// characters, which no format lets through.
pub fn inert<'t>(text: impl Into<Cow<'t, str>>, syntax: Syntax) -> Cow<'t, str> {
    let text = text.into();
    let is_escaped = |c: char| syntax == Syntax::Json && c != '\n' && is_unseen(c);
    let is_quiet = syntax != Syntax::Json || is_ascii_shown(&text) || !text.contains(is_escaped);
    if is_quiet && !has_double(&text) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut line_begins = true;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let is_command = match c {
            ':' => line_begins && characters.peek() == Some(&':'),
            '[' => opens_command(&out),
            _ => false,
        };
        line_begins =
            matches!(c, '\n' | '\r') || (line_begins && (c.is_whitespace() || is_unseen(c)));
        match (syntax, c) {
            (Syntax::Json, c) if is_command || is_escaped(c) => escape(c, &mut out),
            (Syntax::Text, ':') if is_command => out.push_str(": "),
            (Syntax::Text, c) if is_command => out.extend([' ', c]),
            (Syntax::Markup, c) if is_command => _ = write!(out, "&#{};", u32::from(c)),
            (Syntax::Cells, c) if is_command => out.extend(['\'', c]),
            (_, c) => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A text without control characters, which would speak to the terminal: each becomes as many
/// question marks as it has bytes, so that every label stays in its place.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    // What is copied so far.
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| may_speak(*byte)) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        let length = c.len_utf8();
        let replaced = match c {
            '\r' => " ",
            // A line break within a paragraph, by a sign of as many bytes.
            '\u{2028}' => "↵",
            '[' if opens_command(&text[..at]) => "?",
            c if is_active(c) => &"????"[..length],
            _ => "",
        };
        if !replaced.is_empty() {
            out.push_str(&text[copied..at]);
            out.push_str(replaced);
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Whether a character that begins with this byte may do something on a terminal.
fn may_speak(byte: u8) -> bool {
    !matches!(byte, b'\n' | b'\t' | b' '..=b'Z' | b'\\'..=b'~')
}

/// Whether a text is ASCII and nothing in it acts, as most are. All bytes are looked at, and so many at
/// once: a way out of the loop would forbid that.
fn is_ascii_shown(text: &str) -> bool {
    let acts = |b: u8| u8::from(!(b' '..=b'~').contains(&b)) & u8::from(b != b'\n');
    text.bytes().fold(0, |any, b| any | acts(b)) == 0
}

/// Whether two colons or two hashes stand beside each other, without which there is no command.
fn has_double(text: &str) -> bool {
    let (bytes, behind) = (text.as_bytes(), text.as_bytes().get(1..).unwrap_or_default());
    let pairs = bytes.iter().zip(behind);
    let opens = |b: u8| u8::from(b == b':') | u8::from(b == b'#');
    pairs.fold(0, |any, (a, b)| any | u8::from(a == b) & opens(*a)) != 0
}

/// Whether a `[` behind this text would make a command of it.
pub(super) fn opens_command(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with("##")
}

fn escape(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// Text on one line in which no character acts, so that nothing in an article can pass for another line or
/// for the terminal's own language, stand in another order than it is read, or be a command to the runner
/// whose log it comes into.
pub fn plain(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'Z' | b'\\'..=b'~')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '[' && opens_command(&out) {
            out.push(' ');
        }
        out.push(if is_active(c) { '\u{fffd}' } else { c });
    }
    out
}

/// The same of each of its lines.
pub(super) fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// The name of a file at the start of a line, where two colons would begin a command.
pub(super) fn plain_name(name: &str) -> String {
    let before = if name.starts_with(':') { "./" } else { "" };
    format!("{before}{}", plain(name))
}

/// Text without characters that act, but for its line breaks and tabs.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            c if is_active(c) && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character does something to those around it: a control character, a line break, a mark of
/// the direction of writing (Unicode's `Bidi_Control` and those it has given up), of an annotation.
pub(super) fn is_active(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    let directs = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
    );
    c.is_control() || directs || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a character is not seen: one that acts, or one that is drawn as nothing (Unicode's
/// `Default_Ignorable_Code_Point`). Letters are joined by some of them, and emoji made.
pub(super) fn is_unseen(c: char) -> bool {
    '\u{7f}' <= c
        && matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200d}'
                | '\u{2060}'..='\u{2065}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
        || is_active(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_broken_up_as_its_syntax_has_it() {
        let bait = "a\n \u{a0}::error::b\r##[c]##vso[d]##teamcity[e]x::y ###[f] ## [g]";
        for (syntax, expected) in [
            (
                Syntax::Text,
                "a\n \u{a0}: :error::b\r## [c]##vso [d]##teamcity [e]x::y ### [f] ## [g]",
            ),
            (
                Syntax::Markup,
                "a\n \u{a0}&#58;:error::b\r##&#91;c]##vso&#91;d]##teamcity&#91;e]x::y ###&#91;f] ## [g]",
            ),
            (
                Syntax::Cells,
                "a\n \u{a0}'::error::b\r##'[c]##vso'[d]##teamcity'[e]x::y ###'[f] ## [g]",
            ),
        ] {
            let broken = inert(bait, syntax);
            assert_eq!(broken, expected);
            assert_eq!(inert(&*broken, syntax), expected, "once is enough");
            assert_eq!(
                inert(&*broken, Syntax::Text),
                expected,
                "lines for people have none either"
            );
        }
    }

    #[test]
    fn json_is_the_same_value_without_what_is_not_seen() {
        let text = "##[e]\u{9b}\u{202e}\u{2028}\u{7f}\u{feff}\u{e0041}ä€\u{1b}\u{200d}";
        let json = inert(serde_json::to_string_pretty(&[text]).unwrap(), Syntax::Json);
        assert!(!json.contains("##[") && json.contains("ä€"), "{json}");
        assert_eq!(json.chars().find(|&c| c != '\n' && is_unseen(c)), None, "{json}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).unwrap(), [text]);
    }

    #[test]
    fn what_acts_is_replaced() {
        assert_eq!(plain("a\nb\u{1b}[31m\u{202e}##[x]"), "a\u{fffd}b\u{fffd}[31m\u{fffd}## [x]");
        assert_eq!(clean("a\r\n\tb\u{9b}\r"), "a\n\tb\u{fffd}\u{fffd}");
    }
}
