//! Which part of a page is the article, and what in it stands apart: navigation, footers, related stories.

use crate::document::html::element::Element;
use crate::document::html::traits::{self, Traits};
use crate::document::html::tree::{Kind, Node, Tree};

use Element as E;

/// A tree with what is known of its elements.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree,
    traits: Vec<Traits>,
    /// The headings of the first level that are shown.
    titles: Vec<usize>,
    /// Bytes of text before each node, and of text in links; counted where they are asked for.
    bytes: Vec<(u32, u32)>,
    /// Whether it is a page rather than a part of a text in Markdown.
    is_whole: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str, tree: &'a Tree, is_whole: bool) -> Self {
        let traits: Vec<Traits> = tree.nodes.iter().map(|node| traits::of(text, node)).collect();
        let mut page = Self { text, tree, traits, titles: Vec::new(), bytes: Vec::new(), is_whole };
        page.titles = page.shown(|_, node| node.is(E::H1)).collect();
        let counts = |(_, node): (usize, &Node)| {
            node.is(E::Aside) || node.is(E::Article) || node.is(E::Main)
        };
        if tree.nodes.iter().enumerate().any(counts)
            || page.traits.iter().any(|all| all.has(Traits::ASIDE) || all.has(Traits::MAIN))
        {
            page.bytes = bytes(text, tree);
        }
        page
    }

    pub(super) fn traits(&self, at: usize) -> Traits {
        self.traits[at]
    }

    /// Whether an image only decorates.
    pub(super) fn is_decoration(&self, at: usize) -> bool {
        self.traits[at].has(Traits::LAYOUT)
    }

    /// The nodes of a sort that stand in nothing hidden.
    fn shown<'p>(
        &'p self,
        is: impl Fn(usize, &Node) -> bool + 'p,
    ) -> impl Iterator<Item = usize> + 'p {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(node) = self.tree.nodes.get(at) {
                let here = at;
                if node.kind == Kind::Element && (self.is_hidden(here) || node.is(E::Template)) {
                    at = node.last();
                    continue;
                }
                at += 1;
                if is(here, node) {
                    return Some(here);
                }
            }
            None
        })
    }

    /// Whether an element is not shown.
    pub(super) fn is_hidden(&self, at: usize) -> bool {
        let (node, traits) = (&self.tree.nodes[at], self.traits[at]);
        traits.has(Traits::HIDDEN)
            || matches!(node.element, E::Datalist | E::Rp | E::Rt | E::Template)
            || node.is(E::Dialog) && !traits.has(Traits::OPEN)
    }

    fn titles_in(&self, at: usize) -> usize {
        let end = self.tree.nodes[at].last();
        let before = |at: usize| self.titles.partition_point(|title| *title < at);
        before(end) - before(at)
    }

    /// Bytes of text within a node, and how many of them stand in links.
    fn bytes_in(&self, at: usize) -> (u32, u32) {
        let count =
            |at: usize| self.bytes.get(at).or(self.bytes.last()).copied().unwrap_or_default();
        let ((all, linked), (before, before_linked)) =
            (count(self.tree.nodes[at].last()), count(at));
        (all - before, linked - before_linked)
    }

    /// The nodes of the article: those of the one `article` with a title, else of the one `main`, else of
    /// the one `article` if no title stands outside of it, else all.
    pub(super) fn article(&self) -> std::ops::Range<usize> {
        let all = 0..self.tree.nodes.len();
        if !self.is_whole {
            return all;
        }
        let mut end = 0;
        // Of articles within articles the outermost; what stands apart has none.
        let outermost: Vec<usize> = self
            .shown(|at, node| node.is(E::Article) || self.stands_apart(at, node))
            .filter(|at| {
                let is_outer = end <= *at;
                end = end.max(self.tree.nodes[*at].last());
                is_outer && self.tree.nodes[*at].is(E::Article)
            })
            .collect();
        let is_main = |at: usize, node: &Node| {
            node.is(E::Main) || node.kind == Kind::Element && self.traits[at].has(Traits::MAIN)
        };
        let mains: Vec<usize> = self.shown(is_main).collect();
        let titled: Vec<usize> =
            outermost.iter().copied().filter(|at| self.titles_in(*at) != 0).collect();
        let root = match (&*titled, &*mains, &*outermost) {
            ([only], _, _) => *only,
            (_, [only], _) => *only,
            (_, _, [only]) if self.titles.is_empty() => *only,
            _ => return all,
        };
        // Where nothing stands in it, scripts were to fill it.
        if self.bytes_in(root).0 == 0 { all } else { root..self.tree.nodes[root].last() }
    }

    /// Whether an element stands apart wherever it is.
    fn stands_apart(&self, at: usize, node: &Node) -> bool {
        if node.kind != Kind::Element {
            return false;
        }
        let traits = self.traits[at];
        match node.element {
            E::Dialog | E::Footer | E::Nav | E::Search => true,
            _ if traits.has(Traits::APART) => node.element.is_block() || node.element == E::Span,
            E::Aside => self.is_links(at),
            _ if traits.has(Traits::ASIDE) => self.is_links(at),
            _ => false,
        }
    }

    /// Whether most of the text within a node stands in links.
    fn is_links(&self, at: usize) -> bool {
        let (all, linked) = self.bytes_in(at);
        all < linked.saturating_mul(2)
    }

    /// Whether an element is no part of the article; `within` are the elements around it.
    pub(super) fn is_apart(&self, at: usize, mut within: impl Iterator<Item = Element>) -> bool {
        let node = &self.tree.nodes[at];
        if node.is(E::Footer) {
            return !within.any(|element| matches!(element, E::Blockquote | E::Figure | E::Table));
        }
        let is_head = node.is(E::Header) || self.traits[at].has(Traits::BANNER);
        if is_head && self.is_whole && !self.titles.is_empty() && self.titles_in(at) == 0 {
            // The head of the page, not that of a part of it.
            return !within.any(|element| matches!(element, E::Article | E::Main | E::Section));
        }
        // A title does not stand apart, whatever its class.
        self.stands_apart(at, node) && (self.titles_in(at) == 0 || node.is(E::Nav))
    }
}

/// Bytes of text before each node, and of text in links.
fn bytes(text: &str, tree: &Tree) -> Vec<(u32, u32)> {
    let (mut all, mut linked, mut links) = (0, 0, 0_u32);
    let mut counts = Vec::with_capacity(tree.nodes.len() + 1);
    for node in &tree.nodes {
        counts.push((all, linked));
        match node.kind {
            Kind::Text => {
                let bytes = text[node.range()].trim().len();
                let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
                all += bytes;
                linked += if links == 0 { 0 } else { bytes };
            }
            Kind::On if node.element == E::A => links += 1,
            Kind::Off if node.element == E::A => links = links.saturating_sub(1),
            _ => {}
        }
    }
    counts.push((all, linked));
    counts
}
