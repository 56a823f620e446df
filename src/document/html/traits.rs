//! What the attributes of a tag say of its element: whether it is shown, and what part of a page it is.

use crate::document::html::element::Element;
use crate::document::html::token::Attributes;
use crate::document::html::tree::{Kind, Node};

/// What is known of an element, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl Traits {
    /// It is not shown.
    pub(super) const HIDDEN: Self = Self(1);
    /// It stands in lines of its own.
    pub(super) const BLOCK: Self = Self(1 << 1);
    /// It is no part of the article that it stands in.
    pub(super) const APART: Self = Self(1 << 2);
    /// It stands below the title, and says in a sentence what the article says.
    pub(super) const DECK: Self = Self(1 << 3);
    /// It stands beside the article.
    pub(super) const ASIDE: Self = Self(1 << 4);
    /// It is the head of the page.
    pub(super) const BANNER: Self = Self(1 << 5);
    /// It is the main part of the page.
    pub(super) const MAIN: Self = Self(1 << 6);
    /// It leads somewhere.
    pub(super) const LINK: Self = Self(1 << 7);
    /// It leads to a note.
    pub(super) const NOTE: Self = Self(1 << 8);
    /// A table that is none, but stands for the look of the page.
    pub(super) const LAYOUT: Self = Self(1 << 9);
    /// A dialogue that is open.
    pub(super) const OPEN: Self = Self(1 << 10);

    /// The text of a note.
    pub(super) const ENDNOTE: Self = Self(1 << 11);

    /// Whether one of some bits is set.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Classes that pages give to a deck.
const DECK: &[&str] = &[
    "deck",
    "dek",
    "standfirst",
    "subheadline",
    "sub-headline",
    "subtitle",
    "article-deck",
    "article-dek",
    "article-standfirst",
    "article-subtitle",
    "entry-subtitle",
    "post-subtitle",
];

/// Classes that pages give to what is no part of an article.
const APART: &[&str] = &[
    "ad-slot",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "comment-list",
    "cookie-banner",
    "cookie-consent",
    "cookie-notice",
    "more-stories",
    "most-read",
    "newsletter",
    "newsletter-signup",
    "read-more",
    "recommendations",
    "recommended",
    "related",
    "related-articles",
    "related-content",
    "related-links",
    "related-posts",
    "related-stories",
    "share-buttons",
    "share-tools",
    "skip-link",
    "social-share",
    "tag-list",
    "trending",
];

/// Classes of what only a screen reader reads out.
const UNSEEN: &[&str] = &["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden"];

/// Reads the attributes of an element.
pub(super) fn of(text: &str, node: &Node) -> Traits {
    let mut traits = Traits::default();
    let range = node.range();
    // Most tags are a name in brackets.
    if node.kind == Kind::Text
        || node.kind == Kind::Off
        || !text[range.clone()].contains([' ', '\n', '\t'])
    {
        return traits;
    }
    for attribute in Attributes::of(text, range.start) {
        let value = attribute.value.map_or("", |value| &text[value]);
        let own = &text[attribute.name];
        let is = |name: &str| own.eq_ignore_ascii_case(name);
        match own.len() {
            2 if is("id") => class(value, &mut traits),
            4 if is("role") => role(value, &mut traits),
            4 if is("href") => traits.add(Traits::LINK),
            4 if is("open") => traits.add(Traits::OPEN),
            5 if is("class") => {
                for one in value.split_ascii_whitespace() {
                    class(one, &mut traits);
                }
            }
            5 if is("style") => style(value, &mut traits),
            6 if is("hidden") => traits.add(Traits::HIDDEN),
            8 if is("itemprop") && is_one(value, &["alternativeheadline"]) => {
                traits.add(Traits::DECK);
            }
            9 if is("epub:type") && is_one(value, &["noteref"]) => traits.add(Traits::NOTE),
            _ => {}
        }
    }
    if node.element == Element::Input {
        let hidden = Attributes::of(text, range.start).value("type");
        if hidden.is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("hidden")) {
            traits.add(Traits::HIDDEN);
        }
    }
    traits
}

fn is_one(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The last part of a name in parts counts: "`article__deck`" is a deck too.
fn class(name: &str, traits: &mut Traits) {
    let last = name.rsplit("__").next().unwrap_or(name);
    match () {
        () if is_one(last, DECK) => traits.add(Traits::DECK),
        () if is_one(last, APART) => traits.add(Traits::APART),
        () if is_one(last, UNSEEN) => traits.add(Traits::HIDDEN),
        () => {}
    }
}

/// The first role that means something, as browsers take it.
fn role(value: &str, traits: &mut Traits) {
    for word in value.split_ascii_whitespace() {
        let is = |known: &[&str]| is_one(word, known);
        match () {
            () if is(&[
                "alertdialog",
                "contentinfo",
                "dialog",
                "menu",
                "menubar",
                "navigation",
                "search",
                "tablist",
                "toolbar",
                "tooltip",
            ]) =>
            {
                traits.add(Traits::APART);
            }
            () if is(&["complementary"]) => traits.add(Traits::ASIDE),
            () if is(&["banner"]) => traits.add(Traits::BANNER),
            () if is(&["main"]) => traits.add(Traits::MAIN),
            () if is(&["doc-subtitle"]) => traits.add(Traits::DECK),
            () if is(&["doc-noteref", "doc-backlink"]) => traits.add(Traits::NOTE),
            () if is(&["doc-endnote", "doc-footnote"]) => traits.add(Traits::ENDNOTE),
            () if is(&["none", "presentation"]) => traits.add(Traits::LAYOUT),
            () => continue,
        }
        return;
    }
}

fn style(value: &str, traits: &mut Traits) {
    for declaration in value.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim(), value.split('!').next().unwrap_or_default().trim());
        let is_name = |known: &str| name.eq_ignore_ascii_case(known);
        match () {
            () if is_name("display") && is_one(value, &["none"]) => traits.add(Traits::HIDDEN),
            () if is_name("display") && is_one(value, &["block", "flex", "grid", "list-item"]) => {
                traits.add(Traits::BLOCK);
            }
            () if is_name("visibility") && is_one(value, &["hidden", "collapse"]) => {
                traits.add(Traits::HIDDEN);
            }
            // What Word hides.
            () if is_name("mso-hide") && is_one(value, &["all"]) => traits.add(Traits::HIDDEN),
            () => {}
        }
    }
}
