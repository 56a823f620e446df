//! Which figures of an article a claim covers, and which none does.

use std::ops::Range;

use crate::checks::Check;
use crate::claim::ClaimsFile;
use crate::finding::Finding;
use crate::reading::Reading;
use crate::source::{SourceId, Span};

/// Figures that a finding marks.
const MOST_MARKED: usize = 5;

/// How much of an article is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The article.
    pub article: SourceId,
    /// Its figures and dates.
    pub mentions: usize,
    /// Those that a claim states.
    pub claimed: usize,
    /// Those that need no checking.
    pub exempt: usize,
    /// Where the others stand.
    pub unclaimed: Vec<Span>,
}

impl Coverage {
    /// Sorts an article's figures by the claims of a file that quote them. A figure that is not the one that
    /// was claimed is not covered.
    pub fn new(article: &Reading<'_>, file: Option<&ClaimsFile>) -> Self {
        let mentions = article.mentions();
        let claims = file.into_iter().flat_map(|file| file.claims.all());
        let claims = claims.filter_map(|claim| claim.place);
        let exempt = file.into_iter().flat_map(|file| &file.exempt);
        let exempt = exempt.flat_map(|exempt| exempt.places.iter().copied());
        let (mut claims, mut exempt) = (Places::new(claims), Places::new(exempt));
        let mut coverage = Self {
            article: article.source(),
            mentions: mentions.len(),
            claimed: 0,
            exempt: 0,
            unclaimed: Vec::new(),
        };
        for mention in mentions {
            let place = article.place(mention.range.clone());
            match (claims.cover(&place.range()), exempt.cover(&place.range())) {
                (true, _) => coverage.claimed += 1,
                (false, true) => coverage.exempt += 1,
                (false, false) => coverage.unclaimed.push(place),
            }
        }
        coverage
    }

    /// The figures that need a claim.
    pub fn wanted(&self) -> usize {
        self.mentions - self.exempt
    }

    /// How many of a hundred figures are claimed, cut off; all of them where none needs to be.
    pub fn percent(&self) -> usize {
        (self.claimed * 100).checked_div(self.wanted()).unwrap_or(100)
    }

    /// The finding that says that too few are.
    pub fn too_low(&self, least: u8) -> Option<Finding> {
        let (first, rest) = self.unclaimed.split_first()?;
        if self.wanted() * usize::from(least) <= self.claimed * 100 {
            return None;
        }
        let message = format!(
            "claims cover {} of {} figures, {} %, and {least} % are asked for",
            self.claimed,
            self.wanted(),
            self.percent(),
        );
        let finding = Finding::of(Check::LowCoverage, message, *first)
            .labelled("no claim covers this")
            .helped(
                "`crossfoot record` adds claims for the rest, `crossfoot report` lists it; \
                     `[[exempt]]` in the claims file is for figures that need no checking",
            );
        let marked = rest.iter().take(MOST_MARKED - 1);
        Some(marked.fold(finding, |finding, &place| finding.with(place, "nor this")))
    }
}

/// Places in order, to be asked for one figure after another.
pub(super) struct Places {
    next: std::iter::Peekable<std::vec::IntoIter<(usize, usize)>>,
    reach: usize,
}

impl Places {
    pub(super) fn new(places: impl Iterator<Item = Span>) -> Self {
        let mut places: Vec<(usize, usize)> = places.map(|span| (span.start, span.end)).collect();
        places.sort_unstable();
        Self { next: places.into_iter().peekable(), reach: 0 }
    }

    /// Whether a place overlaps a figure; figures come in order.
    pub(super) fn cover(&mut self, figure: &Range<usize>) -> bool {
        while let Some((_, end)) = self.next.next_if(|&(start, _)| start < figure.end) {
            self.reach = self.reach.max(end);
        }
        figure.start < self.reach
    }
}
