//! The elements that a reader of HTML has to know by name.

/// Makes the elements of one list, sorted by name.
macro_rules! elements {
    ($($variant:ident $name:literal,)+) => {
        /// An element by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Element {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
            /// Any other.
            Other,
        }

        const ALL: &[(&str, Element)] = &[$(($name, Element::$variant),)+];
    };
}

elements! {
    A "a", Address "address", Applet "applet", Area "area", Article "article", Aside "aside",
    Audio "audio", B "b", Base "base", Big "big", Blockquote "blockquote", Body "body", Br "br",
    Button "button", Canvas "canvas", Caption "caption", Center "center", Code "code", Col "col",
    Colgroup "colgroup", Datalist "datalist", Dd "dd", Del "del", Desc "desc", Details "details",
    Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed",
    Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer",
    ForeignObject "foreignobject", Form "form", Frameset "frameset", H1 "h1", H2 "h2", H3 "h3",
    H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header", Hgroup "hgroup", Hr "hr", Html "html",
    I "i", Iframe "iframe", Image "image", Img "img", Input "input", Ins "ins", Kbd "kbd",
    Legend "legend", Li "li", Link "link", Listing "listing", Main "main", Marquee "marquee",
    Math "math", Menu "menu", Meta "meta", Meter "meter", Mi "mi", Mn "mn", Mo "mo", Ms "ms",
    Mtext "mtext", Nav "nav", Nobr "nobr", Noembed "noembed", Noframes "noframes",
    Noscript "noscript", Object "object", Ol "ol", Optgroup "optgroup", Option "option", P "p",
    Param "param", Plaintext "plaintext", Pre "pre", Progress "progress", Q "q", Rb "rb", Rp "rp",
    Rt "rt", Rtc "rtc", Ruby "ruby", S "s", Samp "samp", Script "script", Search "search",
    Section "section", Select "select", Small "small", Source "source", Span "span",
    Strike "strike", Strong "strong", Style "style", Sub "sub", Summary "summary", Sup "sup",
    Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea",
    Tfoot "tfoot", Th "th", Thead "thead", Time "time", Title "title", Tr "tr", Track "track",
    Tt "tt", U "u", Ul "ul", Var "var", Video "video", Wbr "wbr", Xmp "xmp",
}

/// How many elements there are, [`Element::Other`] included.
pub(super) const COUNT: usize = ALL.len() + 1;

/// Bytes of the longest name that is known.
const LONGEST: usize = 13;

use Element as E;

impl Element {
    /// The element of a name, in any case.
    pub(super) fn of(name: &str) -> Self {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Other };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        let found = ALL.binary_search_by(|(known, _)| known.as_bytes().cmp(lower));
        found.map_or(Self::Other, |at| ALL[at].1)
    }

    /// Its level, of a heading.
    pub(super) fn level(self) -> Option<u8> {
        let level = (self as u8).checked_sub(E::H1 as u8)? + 1;
        (level <= 6).then_some(level)
    }

    /// Whether it has no content and no end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            E::Area
                | E::Base
                | E::Br
                | E::Col
                | E::Embed
                | E::Hr
                | E::Image
                | E::Img
                | E::Input
                | E::Link
                | E::Meta
                | E::Param
                | E::Source
                | E::Track
                | E::Wbr
        )
    }

    /// Whether its content is text up to its end tag, whatever tags it seems to hold. Scripts are taken
    /// for on, as in a browser, so `noscript` is one of them.
    pub(super) fn is_raw(self) -> bool {
        matches!(
            self,
            E::Iframe
                | E::Noembed
                | E::Noframes
                | E::Noscript
                | E::Script
                | E::Style
                | E::Textarea
                | E::Title
                | E::Xmp
        )
    }

    /// Whether an open paragraph ends where it begins.
    pub(super) fn ends_paragraph(self) -> bool {
        self.level().is_some()
            || matches!(
                self,
                E::Address
                    | E::Article
                    | E::Aside
                    | E::Blockquote
                    | E::Center
                    | E::Dd
                    | E::Details
                    | E::Dialog
                    | E::Dir
                    | E::Div
                    | E::Dl
                    | E::Dt
                    | E::Fieldset
                    | E::Figcaption
                    | E::Figure
                    | E::Footer
                    | E::Form
                    | E::Header
                    | E::Hgroup
                    | E::Hr
                    | E::Li
                    | E::Listing
                    | E::Main
                    | E::Menu
                    | E::Nav
                    | E::Ol
                    | E::P
                    | E::Plaintext
                    | E::Pre
                    | E::Search
                    | E::Section
                    | E::Summary
                    | E::Table
                    | E::Ul
                    | E::Xmp
            )
    }

    /// Whether no end tag behind it reaches what was open before it ("scope" of the standard).
    pub(super) fn bounds_scope(self) -> bool {
        matches!(
            self,
            E::Applet
                | E::Caption
                | E::Desc
                | E::ForeignObject
                | E::Html
                | E::Marquee
                | E::Mi
                | E::Mn
                | E::Mo
                | E::Ms
                | E::Mtext
                | E::Object
                | E::Table
                | E::Td
                | E::Template
                | E::Th
        )
    }

    /// Whether formatting that was on before it is not ended within it.
    pub(super) fn bounds_formatting(self) -> bool {
        matches!(
            self,
            E::Applet | E::Caption | E::Marquee | E::Object | E::Td | E::Template | E::Th
        )
    }

    /// Whether the end tag of an element of no special kind reaches no further than it.
    pub(super) fn is_special(self) -> bool {
        self.bounds_scope()
            || self.ends_paragraph()
            || self.is_void() && self != E::Image
            || self.is_raw()
            || matches!(
                self,
                E::Body
                    | E::Button
                    | E::Colgroup
                    | E::Frameset
                    | E::Head
                    | E::Select
                    | E::Tbody
                    | E::Tfoot
                    | E::Thead
                    | E::Tr
            )
    }

    /// Whether it goes on behind the end of the block that it began in, until its own end tag.
    pub(super) fn formats(self) -> bool {
        matches!(
            self,
            E::A | E::B
                | E::Big
                | E::Code
                | E::Em
                | E::Font
                | E::I
                | E::Nobr
                | E::S
                | E::Small
                | E::Strike
                | E::Strong
                | E::Tt
                | E::U
        )
    }

    /// Whether its end is implied by that of an element around it.
    pub(super) fn ends_implied(self) -> bool {
        matches!(
            self,
            E::Dd | E::Dt | E::Li | E::Optgroup | E::Option | E::P | E::Rb | E::Rp | E::Rt | E::Rtc
        )
    }

    /// Whether it ends a drawing or formula that it stands in.
    pub(super) fn leaves_drawing(self) -> bool {
        self.level().is_some()
            || matches!(
                self,
                E::B | E::Big
                    | E::Blockquote
                    | E::Body
                    | E::Br
                    | E::Center
                    | E::Code
                    | E::Dd
                    | E::Div
                    | E::Dl
                    | E::Dt
                    | E::Em
                    | E::Embed
                    | E::Head
                    | E::Hr
                    | E::I
                    | E::Img
                    | E::Li
                    | E::Listing
                    | E::Menu
                    | E::Meta
                    | E::Nobr
                    | E::Ol
                    | E::P
                    | E::Pre
                    | E::Ruby
                    | E::S
                    | E::Small
                    | E::Span
                    | E::Strong
                    | E::Strike
                    | E::Sub
                    | E::Sup
                    | E::Table
                    | E::Tt
                    | E::U
                    | E::Ul
                    | E::Var
            )
    }

    /// Whether HTML is read within it though it stands in a drawing or formula.
    pub(super) fn holds_html(self) -> bool {
        matches!(
            self,
            E::Desc | E::ForeignObject | E::Mi | E::Mn | E::Mo | E::Ms | E::Mtext | E::Title
        )
    }

    /// Whether it stands in lines of its own.
    pub(super) fn is_block(self) -> bool {
        self.ends_paragraph() || matches!(self, E::Legend | E::Optgroup | E::Option)
    }

    /// A part of a table, but for its cells and caption.
    pub(super) fn is_rows(self) -> bool {
        matches!(self, E::Table | E::Tbody | E::Tfoot | E::Thead | E::Tr)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_known_in_any_case() {
        assert!(ALL.is_sorted_by(|(a, _), (b, _)| a < b));
        assert_eq!(ALL.iter().map(|(name, _)| name.len()).max(), Some(LONGEST));
        assert_eq!(Element::of("FigCaption"), E::Figcaption);
        assert_eq!(Element::of("my-element-of-a-page"), E::Other);
        assert_eq!(Element::of("h7"), E::Other);
        assert_eq!(E::H6.level(), Some(6));
        assert_eq!((E::Head.level(), E::Frameset.level()), (None, None));
    }
}
