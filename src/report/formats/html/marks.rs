//! The figures of a unit as the page marks them, each with its state.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use serde::Serialize;

use crate::claim::{Claim, ClaimsFile};
use crate::document::words_of;
use crate::finding::Severity;
use crate::report::FigureRead;
use crate::report::formats::html::units::Unit;
use crate::source::{Sources, Span, one_line};

/// What became of a figure; the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It takes part in something that cannot stand.
    Clash,
    /// It takes part in something that is worth a second look.
    Doubt,
    /// There is a remark on it.
    Note,
    /// It takes part in a finding that stands, for a reason that was given.
    LetStand,
    /// It agrees with others.
    Holds,
    /// It was checked by itself: against the calendar, or the day of publication.
    Checked,
    /// It is related to others, and nothing decides whether they agree.
    Undecided,
    /// A claim states it, nothing relates it.
    Claimed,
    /// It needs no checking.
    Exempt,
    /// It was read, and nothing is known that it has to agree with.
    Read,
}

impl Standing {
    /// All of them, for the legend.
    pub(super) const ALL: [Self; 10] = [
        Self::Clash,
        Self::Doubt,
        Self::Note,
        Self::LetStand,
        Self::Holds,
        Self::Checked,
        Self::Undecided,
        Self::Claimed,
        Self::Exempt,
        Self::Read,
    ];

    /// The name that the style knows it by.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Clash => "clash",
            Self::Doubt => "doubt",
            Self::Note => "note",
            Self::LetStand => "stands",
            Self::Holds => "holds",
            Self::Checked => "checked",
            Self::Undecided => "undecided",
            Self::Claimed => "claimed",
            Self::Exempt => "exempt",
            Self::Read => "read",
        }
    }

    /// What a reader is told.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Clash => "cannot stand",
            Self::Doubt => "worth a second look",
            Self::Note => "a remark",
            Self::LetStand => "let stand, for a reason",
            Self::Holds => "agrees with others",
            Self::Checked => "checked by itself",
            Self::Undecided => "related, but nothing decides it",
            Self::Claimed => "claimed, related to nothing",
            Self::Exempt => "needs no checking",
            Self::Read => "read, related to nothing",
        }
    }
}

/// A figure of a unit.
pub(super) struct Mark<'r> {
    pub(super) span: Span,
    /// What was read there, if it is a figure of the article's prose.
    pub(super) figure: Option<&'r FigureRead>,
    /// Claims that state it.
    pub(super) claims: Vec<&'r Claim>,
    /// Places of findings, by number in the unit.
    pub(super) findings: Vec<usize>,
    /// The same of findings that stand.
    pub(super) let_stand: Vec<usize>,
    /// Places of relations, by number in the unit.
    pub(super) relations: Vec<usize>,
    pub(super) standing: Standing,
    /// Whether it stands in the article.
    pub(super) in_article: bool,
}

/// The marks of a unit: those in the article in its order, then claims that stand in none.
pub(super) fn marks<'r>(unit: &Unit<'r>) -> Vec<Mark<'r>> {
    let mut marks: Vec<Mark<'r>> = Vec::new();
    let mark = |span, figure, in_article| Mark {
        span,
        figure,
        claims: Vec::new(),
        findings: Vec::new(),
        let_stand: Vec::new(),
        relations: Vec::new(),
        standing: Standing::Read,
        in_article,
    };
    if let Some(article) = unit.article {
        marks.extend(article.figures.iter().map(|figure| mark(figure.span, Some(figure), true)));
        // What is no figure by itself, but was taken for one.
        let claimed = unit.file.into_iter().flat_map(|file| file.claims.all());
        let claimed = claimed.filter_map(|claim| claim.place);
        let related = unit.relations.iter().flat_map(|relation| relation.places());
        let places = claimed.chain(related).filter(|span| span.source == article.source);
        let mut others: Vec<Span> =
            places.filter(|span| span.start < span.end && at(&marks, *span).is_empty()).collect();
        others.sort_unstable();
        // Of places that overlap, the first.
        let mut end = 0;
        others.retain(|span| {
            let is_free = end <= span.start;
            end = if is_free { span.end } else { end };
            is_free
        });
        marks.extend(others.into_iter().map(|span| mark(span, None, true)));
        marks.sort_by_key(|mark| mark.span);
    }
    let in_article = marks.len();
    for claim in unit.file.into_iter().flat_map(|file| file.claims.all()) {
        let place = claim.place.map_or(0..0, |place| at(&marks[..in_article], place));
        match { place }.next() {
            Some(at) => marks[at].claims.push(claim),
            None => {
                let mut own = mark(claim.figure.span, None, false);
                own.claims.push(claim);
                marks.push(own);
            }
        }
    }
    relate(&mut marks, in_article, unit);
    let exempt: Vec<Span> = unit.file.map_or_else(Vec::new, exempt);
    // How many figures each relation has.
    let mut sizes = vec![0_usize; unit.relations.len()];
    for mark in &marks {
        mark.relations.iter().for_each(|&relation| sizes[relation] += 1);
    }
    for mark in &mut marks {
        mark.standing = standing(mark, unit, &sizes, &exempt);
    }
    marks
}

fn exempt(file: &ClaimsFile) -> Vec<Span> {
    file.exempt.iter().flat_map(|exempt| exempt.places.iter().copied()).collect()
}

/// Tells each mark of the findings and relations that it takes part in.
fn relate(marks: &mut [Mark<'_>], in_article: usize, unit: &Unit<'_>) {
    let claims = marks.iter().enumerate().flat_map(|(number, mark)| {
        mark.claims.iter().map(move |claim| (claim.figure.span, number))
    });
    let claims: HashMap<Span, usize> = claims.collect();
    let meant = |marks: &[Mark<'_>], places: &mut dyn Iterator<Item = Span>| {
        let mut all = BTreeSet::new();
        for place in places {
            match claims.get(&place) {
                Some(&number) => _ = all.insert(number),
                None => all.extend(at(&marks[..in_article], place)),
            }
        }
        all
    };
    for (number, finding) in unit.findings.iter().enumerate() {
        for mark in meant(marks, &mut finding.places()) {
            marks[mark].findings.push(number);
        }
    }
    for (number, one) in unit.let_stand.iter().enumerate() {
        for mark in meant(marks, &mut one.finding.places()) {
            marks[mark].let_stand.push(number);
        }
    }
    for (number, relation) in unit.relations.iter().enumerate() {
        for mark in meant(marks, &mut relation.places()) {
            marks[mark].relations.push(number);
        }
    }
}

/// The numbers of the marks that share a byte with a place; the marks are in order and disjoint.
pub(super) fn at(marks: &[Mark<'_>], place: Span) -> Range<usize> {
    let first = marks.partition_point(|mark| mark.span.end <= place.start);
    let count = marks[first..]
        .iter()
        .take_while(|mark| mark.span.source == place.source && mark.span.start < place.end)
        .count();
    first..first + count
}

fn standing(mark: &Mark<'_>, unit: &Unit<'_>, sizes: &[usize], exempt: &[Span]) -> Standing {
    let worst = mark.findings.iter().map(|&at| unit.findings[at].severity).max();
    let holds = |&at: &usize| unit.relations[at].verdict.holds();
    match worst {
        Some(Severity::Error) => Standing::Clash,
        Some(Severity::Warning) => Standing::Doubt,
        Some(Severity::Note) => Standing::Note,
        None if !mark.let_stand.is_empty() => Standing::LetStand,
        None if mark.relations.iter().any(|at| holds(at) && 1 < sizes[*at]) => Standing::Holds,
        None if mark.relations.iter().any(holds) => Standing::Checked,
        None if !mark.relations.is_empty() => Standing::Undecided,
        None if !mark.claims.is_empty() => Standing::Claimed,
        None if exempt.iter().any(|span| span.meets(mark.span)) => Standing::Exempt,
        None => Standing::Read,
    }
}

/// A piece of a block: words, or a figure.
#[derive(Serialize)]
pub(super) struct Piece {
    pub(super) text: String,
    /// The number of its mark, from 1; 0 for words.
    pub(super) mark: usize,
    pub(super) class: &'static str,
    pub(super) words: &'static str,
}

/// The words of a source that a mark has, on one line.
pub(super) fn written(mark: &Mark<'_>, sources: &Sources) -> String {
    let words = one_line(&words_of(sources.get(mark.span.source), mark.span.range()));
    match mark.claims.first() {
        Some(claim) if !mark.in_article => claim.figure.written.clone(),
        _ => words,
    }
}
