//! The elements of a text as a tree that lies flat: each node is followed by what is within it.
//!
//! Which end tags are implied, and what stray ones end, follows section 13.2.6 of the HTML standard, but for
//! what makes no difference to a reader: text between the cells of a table stays there, and formatting is
//! no part of the tree but goes on and off between its nodes.

use std::ops::Range;

use crate::document::html::element::{COUNT, Element};
use crate::document::html::token::{Tag, Token, Tokens};

use Element as E;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An element, from its start tag; one that the standard implies has no bytes.
    Element,
    /// Characters with their references.
    Text,
    /// Formatting begins.
    On,
    /// Formatting ends.
    Off,
    /// An element of raw text: its start tag.
    Raw,
}

/// A node of a tree; places are bytes of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) element: Element,
    start: u32,
    end: u32,
    /// The index of the first node that is not within it; of raw text, where that ends.
    last: u32,
}

impl Node {
    /// Its bytes: of an element those of its start tag.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The index of the first node that is not within it.
    pub(super) fn last(&self) -> usize {
        self.last as usize
    }

    /// Whether it is this element.
    pub(super) fn is(&self, element: Element) -> bool {
        self.kind == Kind::Element && self.element == element
    }
}

/// What a text holds.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// All nodes, in the order of the text.
    pub(super) nodes: Vec<Node>,
    /// The elements that no tag ends, the outermost first.
    pub(super) unclosed: Vec<usize>,
    /// The bytes of the names that end tags end nothing of.
    pub(super) stray: Vec<Range<usize>>,
}

/// An element that is open.
struct Open {
    element: Element,
    node: u32,
    /// Whether the formatting around it has ended, and it with that.
    has_ended: bool,
}

/// Formatting that is on, or what no end of formatting reaches beyond.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    /// It is a node where it makes a difference; `open` elements stand around it.
    On {
        element: Element,
        is_node: bool,
        open: u32,
    },
    Bound,
}

impl Format {
    fn is(self, element: Element) -> bool {
        matches!(self, Self::On { element: own, .. } if own == element)
    }
}

/// How often formatting of one kind can be on at once.
const MOST_ALIKE: usize = 3;

/// Elements of no known name among which an end tag looks for its own.
const MOST_OTHERS: usize = 64;

struct Builder<'t> {
    text: &'t str,
    tree: Tree,
    open: Vec<Open>,
    /// For each element, the places in `open` where it stands.
    places: Vec<Vec<u32>>,
    /// The places in `open` of what end tags do not reach beyond.
    scopes: Vec<u32>,
    specials: Vec<u32>,
    formats: Vec<Format>,
}

/// Reads the tree of a text of less than four gigabytes. Takes linear time.
pub(super) fn tree(text: &str) -> Tree {
    let mut builder = Builder {
        text,
        tree: Tree::default(),
        open: Vec::new(),
        places: (0..COUNT).map(|_| Vec::new()).collect(),
        scopes: Vec::new(),
        specials: Vec::new(),
        formats: Vec::new(),
    };
    let mut tokens = Tokens::new(text);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(range) => builder.text(range),
            Token::End(tag) => builder.end(&tag),
            Token::Start(tag) if builder.is_raw(&tag) => {
                let content = tokens.raw(tag.element, &text[tag.name.clone()]);
                builder.raw(&tag, content);
            }
            Token::Start(tag) => builder.start(&tag),
        }
    }
    builder.finish()
}

fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Builder<'_> {
    fn finish(mut self) -> Tree {
        self.tree.unclosed = self.open.iter().map(|open| open.node as usize).collect();
        self.close_to(0);
        self.tree
    }

    fn node(&mut self, kind: Kind, element: Element, range: Range<usize>) -> u32 {
        let index = small(self.tree.nodes.len());
        let (start, end) = (small(range.start), small(range.end));
        self.tree.nodes.push(Node { kind, element, start, end, last: index + 1 });
        index
    }

    fn text(&mut self, range: Range<usize>) {
        self.node(Kind::Text, E::Other, range);
    }

    /// Whether a tag begins raw text: not in a drawing, where its name means something else.
    fn is_raw(&self, tag: &Tag) -> bool {
        (tag.element.is_raw() || tag.element == E::Plaintext) && !self.is_in_drawing()
    }

    fn raw(&mut self, tag: &Tag, content: Range<usize>) {
        if tag.element.ends_paragraph() {
            self.close_paragraph();
        }
        if tag.element == E::Plaintext {
            self.push(E::Plaintext, tag.range.clone());
            return self.text(content);
        }
        let node = self.node(Kind::Raw, tag.element, tag.range.clone());
        self.tree.nodes[node as usize].last = small(content.end);
    }

    /// The innermost place in `open` of an element, if nothing that bounds scopes stands behind it.
    fn in_scope(&self, element: Element) -> Option<usize> {
        let place = *self.places[element as usize].last()?;
        let bound = self.scopes.last();
        // A table bounds the scope and is in it itself.
        (bound.is_none_or(|bound| *bound <= place)).then_some(place as usize)
    }

    /// The innermost place of an element, if no table stands behind it.
    fn in_table(&self, element: Element) -> Option<usize> {
        let place = *self.places[element as usize].last()?;
        let table =
            self.places[E::Table as usize].last().max(self.places[E::Template as usize].last());
        (table.is_none_or(|table| *table <= place)).then_some(place as usize)
    }

    fn behind(&self, place: usize, elements: &[Element]) -> bool {
        elements.iter().any(|element| {
            self.places[*element as usize].last().is_some_and(|other| place < *other as usize)
        })
    }

    fn top(&self) -> Option<Element> {
        self.open.last().map(|open| open.element)
    }

    fn is_in_drawing(&self) -> bool {
        let last = |element: Element| self.places[element as usize].last();
        let Some(drawing) = last(E::Svg).max(last(E::Math)) else { return false };
        !self.open[*drawing as usize..]
            .iter()
            .rev()
            .take(MOST_OTHERS)
            .any(|o| o.element.holds_html())
    }

    /// Ends the drawings and formulas around, up to where HTML is read.
    fn leave_drawing(&mut self) {
        let last =
            |builder: &Self, element: Element| builder.places[element as usize].last().copied();
        while self.is_in_drawing()
            && let Some(place) = last(self, E::Svg).max(last(self, E::Math))
        {
            self.close_to(place as usize);
        }
    }

    fn push(&mut self, element: Element, range: Range<usize>) {
        let place = small(self.open.len());
        let node = self.node(Kind::Element, element, range);
        self.open.push(Open { element, node, has_ended: false });
        self.places[element as usize].push(place);
        if element.bounds_scope() {
            self.scopes.push(place);
        }
        if element.is_special() {
            self.specials.push(place);
        }
        if element.bounds_formatting() {
            self.formats.push(Format::Bound);
        }
    }

    fn pop(&mut self) {
        let Some(Open { element, node, has_ended }) = self.open.pop() else { return };
        self.places[element as usize].pop();
        let place = small(self.open.len());
        self.scopes.pop_if(|bound| *bound == place);
        self.specials.pop_if(|special| *special == place);
        if element.bounds_formatting() {
            while let Some(Format::On { element, is_node, .. }) = self.formats.pop() {
                if is_node {
                    self.off(element);
                }
            }
        }
        // Formatting goes on behind the end of what it began in.
        for format in self.formats.iter_mut().rev() {
            match format {
                Format::On { open, .. } if place < *open => *open = place,
                _ => break,
            }
        }
        if !has_ended {
            self.tree.nodes[node as usize].last = small(self.tree.nodes.len());
        }
    }

    fn off(&mut self, element: Element) {
        let at = self.tree.nodes.last().map_or(0, |node| node.range().end);
        self.node(Kind::Off, element, at..at);
    }

    /// Ends all elements from a place in `open` on.
    fn close_to(&mut self, place: usize) {
        while place < self.open.len() {
            self.pop();
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(place) = self.in_scope(E::P)
            && !self.behind(place, &[E::Button])
        {
            self.close_to(place);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let (element, range) = (tag.element, tag.range.clone());
        if self.is_in_drawing() {
            if element.leaves_drawing() {
                self.leave_drawing();
            } else {
                let is_own = element.holds_html() || matches!(element, E::Svg | E::Math);
                self.push(if is_own { element } else { E::Other }, range);
                if tag.closes_itself {
                    self.pop();
                }
                return;
            }
        }
        if element.ends_paragraph() {
            self.close_paragraph();
        }
        match element {
            E::Html | E::Head | E::Body | E::Frameset => return,
            E::Li => self.close_item(&[E::Li]),
            E::Dd | E::Dt => self.close_item(&[E::Dd, E::Dt]),
            E::Option | E::Optgroup => {
                if self.top() == Some(E::Option) {
                    self.pop();
                }
                if element == E::Optgroup && self.top() == Some(E::Optgroup) {
                    self.pop();
                }
            }
            E::Button => {
                if let Some(place) = self.in_scope(E::Button) {
                    self.close_to(place);
                }
            }
            E::Rb | E::Rp | E::Rt | E::Rtc => {
                while self.top().is_some_and(Element::ends_implied) {
                    self.pop();
                }
            }
            E::Table if self.top().is_some_and(Element::is_rows) => {
                if let Some(place) = self.in_table(E::Table) {
                    self.close_to(place);
                }
            }
            E::Caption
            | E::Colgroup
            | E::Col
            | E::Tbody
            | E::Tfoot
            | E::Thead
            | E::Tr
            | E::Td
            | E::Th
                if !self.open_row(element, range.start) =>
            {
                return;
            }
            _ if element.level().is_some() && self.top().and_then(Element::level).is_some() => {
                self.pop();
            }
            _ => {}
        }
        match () {
            () if element.is_void() => {
                self.node(Kind::Element, element, range);
            }
            () if element.formats() => self.format(element, range),
            () => {
                let is_empty_drawing = matches!(element, E::Svg | E::Math) && tag.closes_itself;
                self.push(element, range);
                if is_empty_drawing {
                    self.pop();
                }
            }
        }
    }

    /// Ends an open item before the next one, unless a list or another block stands between.
    fn close_item(&mut self, items: &[Element]) {
        let Some(place) = items.iter().filter_map(|item| self.places[*item as usize].last()).max()
        else {
            return;
        };
        let place = *place as usize;
        let passes = |special: &&u32| {
            let element = self.open[**special as usize].element;
            matches!(element, E::Address | E::Div | E::P)
        };
        // Blocks that an item may be ended through.
        let mut others = self.specials.iter().rev().take(MOST_OTHERS).skip_while(passes);
        if others.next().is_some_and(|special| *special as usize == place) {
            self.close_to(place);
        }
        self.close_paragraph();
    }

    /// Makes the place in a table in which a part of it begins; false if there is no table.
    fn open_row(&mut self, element: Element, at: usize) -> bool {
        let Some(table) = self.in_table(E::Table) else { return false };
        let group =
            [E::Tbody, E::Tfoot, E::Thead].iter().filter_map(|part| self.in_table(*part)).max();
        match element {
            E::Td | E::Th => match self.in_table(E::Tr) {
                Some(row) => self.close_to(row + 1),
                None => {
                    self.close_to(group.unwrap_or(table) + 1);
                    self.push(E::Tr, at..at);
                }
            },
            E::Tr => self.close_to(group.unwrap_or(table) + 1),
            _ => self.close_to(table + 1),
        }
        true
    }

    fn format(&mut self, element: Element, range: Range<usize>) {
        let is_bound = |format: &Format| *format == Format::Bound;
        let bound = self.formats.iter().rposition(is_bound).map_or(0, |at| at + 1);
        let alike = self.formats[bound..].iter().filter(|format| format.is(element)).count();
        if 0 < alike && matches!(element, E::A | E::Nobr) {
            self.end_format(element, range.start..range.start);
        }
        if MOST_ALIKE <= alike
            && let Some(first) = self.formats[bound..].iter().position(|one| one.is(element))
        {
            self.forget(bound + first, range.start..range.start);
        }
        let has_attributes = self.text[range.clone()].contains(' ');
        let is_node = has_attributes || matches!(element, E::Code | E::S | E::Strike);
        let open = small(self.open.len());
        self.formats.push(Format::On { element, is_node, open });
        if is_node {
            self.node(Kind::On, element, range);
        }
    }

    /// Takes formatting off.
    fn forget(&mut self, at: usize, range: Range<usize>) {
        if let Format::On { element, is_node: true, .. } = self.formats.remove(at) {
            self.node(Kind::Off, element, range);
        }
    }

    /// Ends formatting, with the phrases that began within it; other formatting stays on.
    fn end_format(&mut self, element: Element, range: Range<usize>) {
        let here = self.formats.iter().rposition(|format| format.is(element));
        let bound = self.formats.iter().rposition(|format| *format == Format::Bound);
        let Some(at) = here.filter(|at| bound.is_none_or(|bound| bound < *at)) else { return };
        let Format::On { open, .. } = self.formats[at] else { return };
        if self.scopes.last().is_some_and(|scope| open <= *scope) {
            return;
        }
        let last_special = self.specials.last().filter(|special| open <= **special);
        let phrases = last_special.map_or(open, |special| special + 1) as usize;
        self.close_to(phrases);
        // Those that blocks stand in end where the block begins.
        let mut next = None;
        for Open { element, node, has_ended } in self.open[open as usize..].iter_mut().rev() {
            match next {
                _ if element.is_special() => next = Some(*node),
                Some(next) if !*has_ended => {
                    *has_ended = true;
                    self.tree.nodes[*node as usize].last = next;
                }
                _ => {}
            }
        }
        self.forget(at, range);
    }

    fn end(&mut self, tag: &Tag) {
        let (element, range) = (tag.element, tag.range.clone());
        if matches!(element, E::P | E::Br) && self.is_in_drawing() {
            self.leave_drawing();
        }
        if self.is_in_drawing() && self.end_other(tag) {
            return;
        }
        match element {
            E::Html | E::Head | E::Body | E::Frameset => {}
            E::P if self.in_scope(E::P).is_none_or(|place| self.behind(place, &[E::Button])) => {
                // It ends a paragraph that is not there: what stands around it is two.
                self.push(E::P, range);
                self.pop();
            }
            E::Br => {
                self.node(Kind::Element, E::Br, range);
            }
            _ if element.formats() => self.end_format(element, range),
            E::Caption | E::Table | E::Tbody | E::Td | E::Tfoot | E::Th | E::Thead | E::Tr => {
                match self.in_table(element) {
                    Some(place) => self.close_to(place),
                    None => self.tree.stray.push(tag.name.clone()),
                }
            }
            E::Math | E::Svg | E::Template => match self.places[element as usize].last() {
                Some(place) => self.close_to(*place as usize),
                None => self.tree.stray.push(tag.name.clone()),
            },
            E::Li => {
                let place =
                    self.in_scope(E::Li).filter(|place| !self.behind(*place, &[E::Ol, E::Ul]));
                match place {
                    Some(place) => self.close_to(place),
                    None => self.tree.stray.push(tag.name.clone()),
                }
            }
            _ if element.level().is_some() => {
                let levels = [E::H1, E::H2, E::H3, E::H4, E::H5, E::H6];
                if let Some(place) = levels.iter().filter_map(|level| self.in_scope(*level)).max() {
                    self.close_to(place);
                }
            }
            E::Other => {
                if !self.end_other(tag) {
                    self.tree.stray.push(tag.name.clone());
                }
            }
            _ if element.is_special() => match self.in_scope(element) {
                Some(place) => self.close_to(place),
                None => self.tree.stray.push(tag.name.clone()),
            },
            _ => {
                // An end tag of a phrase does not reach beyond the block that it stands in.
                let place = self.places[element as usize].last().copied();
                let special = self.specials.last().copied();
                if let Some(place) =
                    place.filter(|place| special.is_none_or(|other| other < *place))
                {
                    self.close_to(place as usize);
                    if matches!(element, E::Q | E::Sub | E::Sup) {
                        self.node(Kind::Off, element, range);
                    }
                } else if place.is_none() {
                    self.tree.stray.push(tag.name.clone());
                }
            }
        }
    }

    /// Ends an element of no known name, if one of this name is open.
    fn end_other(&mut self, tag: &Tag) -> bool {
        let name = &self.text[tag.name.clone()];
        let is_it = |open: &Open| {
            let start = self.tree.nodes[open.node as usize].range().start + 1;
            let end = start + name.len();
            let own = self.text.get(start..end);
            open.element == E::Other
                && own.is_some_and(|own| own.eq_ignore_ascii_case(name))
                && self.text[end..].starts_with([' ', '\t', '\n', '\r', '\x0c', '/', '>'])
        };
        let special = self.specials.last().map_or(0, |place| *place as usize + 1);
        let within = self.open.iter().enumerate().skip(special).rev().take(MOST_OTHERS);
        let place = within.into_iter().find(|(_, open)| is_it(open)).map(|(place, _)| place);
        if let Some(place) = place {
            self.close_to(place);
        }
        place.is_some()
    }
}
