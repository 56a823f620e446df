//! The dated figures of a unit in the order of time.

use jiff::civil::Date;
use serde::Serialize;

use crate::claim::Claim;
use crate::report::FigureRead;
use crate::report::formats::html::bar::Scale;
use crate::report::formats::html::marks::{Mark, written};
use crate::report::formats::inert::clean;
use crate::source::Sources;
use crate::value::{Days, Rational, Value, day_number, write_day};

/// Dates on one scale.
#[derive(Serialize)]
pub(super) struct TimelineView {
    pub(super) rows: Vec<RowView>,
    /// The first and the last day of the scale, in words.
    pub(super) from: String,
    pub(super) to: String,
    /// Where the day of publication is.
    pub(super) published: Option<String>,
}

/// A date.
#[derive(Serialize)]
pub(super) struct RowView {
    /// The number of its mark.
    pub(super) mark: usize,
    pub(super) class: &'static str,
    pub(super) text: String,
    /// The days, in words.
    pub(super) days: String,
    /// From and how wide.
    pub(super) span: [String; 2],
    /// What is dated, where a claim says it.
    pub(super) what: String,
    /// Whether it lies after publication.
    pub(super) is_ahead: bool,
}

/// The timeline of some marks; `None` where fewer than two have a date.
pub(super) fn timeline(
    marks: &[Mark<'_>],
    sources: &Sources,
    published: Option<Date>,
) -> Option<TimelineView> {
    let dated = marks.iter().enumerate().filter_map(|(at, mark)| Some((at, mark, days(mark)?)));
    let mut dated: Vec<(usize, &Mark<'_>, Days)> = dated.collect();
    if dated.len() < 2 {
        return None;
    }
    dated.sort_by_key(|(at, _, days)| (days.first(), days.last(), *at));
    let ends = dated.iter().flat_map(|(_, _, days)| [days.first(), days.last()]);
    let numbers: Vec<Rational> = ends.chain(published).map(day_number).collect();
    let scale = Scale::over(numbers.iter())?;
    let first = dated.iter().map(|(_, _, days)| days.first()).min()?;
    let last = dated.iter().map(|(_, _, days)| days.last()).max()?;
    let rows = dated.iter().map(|(at, mark, days)| RowView {
        mark: at + 1,
        class: mark.standing.class(),
        text: clean(&written(mark, sources)),
        days: days.to_string(),
        span: scale.span(&days.interval()),
        what: what(mark),
        is_ahead: published.is_some_and(|day| day < days.first()),
    });
    Some(TimelineView {
        rows: rows.collect(),
        from: write_day(first),
        to: write_day(last),
        published: published.map(|day| scale.place(&day_number(day)).to_fixed(2)),
    })
}

/// The days of a mark: those it states, or those that its claim is about.
fn days(mark: &Mark<'_>) -> Option<Days> {
    let claimed = |claim: &&Claim| match &claim.figure.value {
        Value::Date(date) if date.readings.len() == 1 => date.readings.first().copied(),
        _ => claim.figure.when.as_ref().map(|(_, days)| *days),
    };
    mark.figure.and_then(FigureRead::days).or_else(|| mark.claims.iter().find_map(claimed))
}

fn what(mark: &Mark<'_>) -> String {
    let claim = mark.claims.first();
    let parts = claim.map(|claim| [claim.subject.as_deref(), claim.measure.as_deref()]);
    let parts: Vec<&str> = parts.into_iter().flatten().flatten().collect();
    clean(&parts.join(", "))
}
