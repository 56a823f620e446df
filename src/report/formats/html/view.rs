//! What the page shows, as data for a program that draws it itself: an editor's pane, a page that checks.

use serde::Serialize;

use crate::report::Report;
use crate::report::formats::html::marks::marks;
use crate::report::formats::html::page::{Maker, Page, UnitView};
use crate::report::formats::html::units::units;
use crate::report::formats::inert::{Syntax, inert};
use crate::source::Source;

/// The page with the places of its figures.
#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    page: Page,
    /// For each unit the figures of its article, in their order: where each begins and ends, in UTF-16 as
    /// scripts count. The number of a figure, from 1, is that of its part in `details`.
    places: Vec<Vec<[usize; 2]>>,
    /// How each of them stands, as the style knows it: "clash".
    standings: Vec<Vec<&'static str>>,
}

/// What the page of a report shows, as JSON, for a report that was made at length. It is no format for
/// exchange: it changes with any version.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method itself is of one lifetime"
)]
pub fn view(report: &Report) -> String {
    written(report, |maker, at| maker.unit(at))
}

/// The same with the findings, the claims and how each figure stands, and without what is known of figures and
/// relations: what has to be there after every key that is pressed.
pub fn brief_view(report: &Report) -> String {
    written(report, |maker, at| maker.brief(at))
}

fn written(report: &Report, told: fn(Maker<'_>, usize) -> UnitView) -> String {
    let (units, _) = units(report);
    let (mut places, mut standings) = (Vec::new(), Vec::new());
    for unit in &units {
        let marks = marks(unit);
        let own = marks.iter().take_while(|mark| mark.in_article);
        standings.push(own.clone().map(|mark| mark.standing.class()).collect());
        places.push(unit.article.map_or_else(Vec::new, |article| {
            let source = report.sources.get(article.source);
            let mut counter = Counter { source, byte: 0, units: 0 };
            own.map(|mark| [counter.reach(mark.span.start), counter.reach(mark.span.end)]).collect()
        }));
    }
    let view = View { page: Page::of(report, told), places, standings };
    let text = serde_json::to_string(&view).unwrap_or_default();
    inert(text, Syntax::Json).into_owned()
}

/// Counts along a text, forwards only.
struct Counter<'s> {
    source: &'s Source,
    byte: usize,
    units: usize,
}

impl Counter<'_> {
    /// How many units of UTF-16 stand before a byte. Places are in order and disjoint; one that is not is
    /// counted from the start.
    fn reach(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.units) = (0, 0);
        }
        let text = self.source.text();
        let between = text.get(self.byte..byte).unwrap_or_default();
        self.units += between.encode_utf16().count();
        self.byte = byte;
        self.units
    }
}
