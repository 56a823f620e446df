//! What an HTML tag within a line of Markdown does to the words around it.

use crate::document::html::element::Element;

/// A tag, or what looks like one: a comment has no name.
pub(in crate::document) struct Tag<'t> {
    /// Its name in the case it is written in.
    pub(in crate::document) name: &'t str,
    /// Whether it ends an element.
    pub(in crate::document) closes: bool,
}

/// Elements whose words are code, or struck out, or not shown.
const HIDING: [&str; 10] =
    ["code", "del", "kbd", "pre", "s", "samp", "script", "strike", "style", "template"];

/// Elements that change how words look and not how they stand.
const PHRASING: [&str; 21] = [
    "a", "abbr", "b", "bdi", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "mark",
    "nobr", "q", "small", "span", "strong", "time", "u", "wbr",
];

impl<'t> Tag<'t> {
    /// Reads a tag as it stands, with its brackets.
    pub(in crate::document) fn of(html: &'t str) -> Self {
        let inner = html.strip_prefix('<').unwrap_or(html);
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        Self { name: &name[..length], closes: inner.starts_with('/') }
    }

    /// Whether what follows is no prose until the element ends.
    pub(in crate::document) fn hides(&self) -> bool {
        !self.closes && self.is_one_of(&HIDING)
    }

    /// Whether it has no end tag.
    pub(in crate::document) fn is_void(&self) -> bool {
        Element::of(self.name).is_void()
    }

    /// Whether its words are raised: `5,000<sup>1</sup>` is not 5,0001.
    pub(in crate::document) fn raises(&self) -> bool {
        self.is_one_of(&["sup"])
    }

    /// Whether the words on its two sides stand side by side: `<b>$5</b> million`.
    ///
    /// What stands before a `<br>` ends there.
    pub(in crate::document) fn leaves_nothing(&self) -> bool {
        self.name.is_empty() || self.is_one_of(&PHRASING)
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// Units of length, of which a raised 2 or 3 makes others.
const LENGTHS: [&str; 9] = ["cm", "dm", "ft", "in", "km", "m", "mi", "mm", "yd"];

/// The power that raised text makes of the unit before it: `km<sup>2</sup>`.
pub(in crate::document) fn power(word: &str, raised: &str) -> Option<&'static str> {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    match raised {
        "2" if LENGTHS.contains(&unit) => Some("²"),
        "3" if LENGTHS.contains(&unit) => Some("³"),
        _ => None,
    }
}

/// Raised digits as characters of their own: "⁻⁶" of "-6"; `None` for anything else.
pub(in crate::document) fn raised(digits: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let one = |c: char| match c {
        '-' | '−' => Some('⁻'),
        c => RAISED.get(usize::try_from(c.to_digit(10)?).ok()?).copied(),
    };
    digits.chars().map(one).collect()
}

/// Whether raised text ends a number that ranks: `5<sup>th</sup>`.
pub(in crate::document) fn ends_ordinal(raised: &str) -> bool {
    matches!(raised, "st" | "nd" | "rd" | "th")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_its_name_in_any_case() {
        assert!(Tag::of("<DEL datetime='2024'>").hides());
        assert!(!Tag::of("</del>").hides());
        assert!(Tag::of("</del>").closes);
        assert!(Tag::of("<span class=\"code\">").leaves_nothing());
        assert!(Tag::of("<!-- del -->").leaves_nothing());
        assert!(!Tag::of("<br/>").leaves_nothing());
        assert!(!Tag::of("<section>").hides());
    }
}
