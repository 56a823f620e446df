//! The ways between prose and claims, and to where a claim says its figure is from.

use ls_types::{DocumentLink, Location};

use crate::claim::{Asserted, Claim, ClaimsFile};
use crate::cli::lsp::desk::Seen;
use crate::cli::lsp::diagnostics::Places;
use crate::cli::lsp::texts::Text;
use crate::source::Span;

/// Addresses of a claims file that can be followed.
const MOST_LINKS: usize = 5000;

/// Where the figure at a byte of an article is claimed; where the claim at a byte of a claims file stands in
/// the article; and where the claim is that an assert names there.
pub(super) fn definition(
    seen: &Seen,
    text: &Text,
    at: usize,
    places: &mut Places<'_>,
) -> Vec<Location> {
    let here = Here::new(seen, text, at);
    let mut spans: Vec<Span> = Vec::new();
    for file in &seen.report.files {
        for claim in file.claims.all() {
            if here.is_in(in_article(claim)) {
                spans.push(claim.id_span);
            } else if here.is_in(in_file(claim)) {
                spans.extend(in_article(claim));
            }
        }
        let named = named(file).filter(|(_, span)| here.is_in([*span]));
        let claims = named.filter_map(|(id, _)| file.claims.find(id));
        spans.extend(claims.map(|index| file.claims.get(index).id_span));
    }
    located(spans, places)
}

/// Where the claims file says what the figure at a byte, of an article or of a claims file, is from.
pub(super) fn declaration(
    seen: &Seen,
    text: &Text,
    at: usize,
    places: &mut Places<'_>,
) -> Vec<Location> {
    let here = Here::new(seen, text, at);
    let claims = seen.report.files.iter().flat_map(|file| file.claims.all());
    let own = claims.filter(|claim| here.is_of(claim));
    let sources = own.filter_map(|claim| {
        let source = claim.source.as_ref()?;
        named_behind(seen, claim, source.url.as_deref().or(source.title.as_deref())?)
    });
    let spans = sources.collect();
    located(spans, places)
}

/// Where words that a claim holds stand in its file, behind its name.
fn named_behind(seen: &Seen, claim: &Claim, words: &str) -> Option<Span> {
    let whole = seen.report.sources.get(claim.id_span.source).text();
    let start = claim.id_span.end + whole[claim.id_span.end..].find(words)?;
    Some(claim.id_span.with_range(start..start + words.len()))
}

/// Everywhere that the claim at a byte, of an article or of a claims file, takes part.
pub(super) fn references(
    seen: &Seen,
    text: &Text,
    at: usize,
    places: &mut Places<'_>,
) -> Vec<Location> {
    let here = Here::new(seen, text, at);
    let mut spans: Vec<Span> = Vec::new();
    for file in &seen.report.files {
        let asked: Vec<&str> = named(file)
            .filter(|(_, span)| here.is_in([*span]))
            .map(|(id, _)| id)
            .chain(
                file.claims
                    .all()
                    .iter()
                    .filter_map(|claim| here.is_of(claim).then_some(&*claim.id)),
            )
            .collect();
        for id in asked {
            let claim = file.claims.find(id).map(|index| file.claims.get(index));
            spans.extend(claim.into_iter().flat_map(|claim| {
                in_article(claim).into_iter().chain(std::iter::once(claim.id_span))
            }));
            spans.extend(named(file).filter(|(other, _)| *other == id).map(|(_, span)| span));
        }
    }
    located(spans, places)
}

/// The addresses of the sources of a claims file.
pub(super) fn links(seen: &Seen, text: &Text, places: &mut Places<'_>) -> Vec<DocumentLink> {
    let own = seen.sources_at(&text.place);
    let mut links = Vec::new();
    for file in seen.report.files.iter().filter(|file| own.contains(&file.span.source)) {
        // Claims stand in the order of the file, so each address is looked for behind its claim.
        for claim in file.claims.all().iter().take(MOST_LINKS) {
            let Some(url) = claim.source.as_ref().and_then(|source| source.url.as_deref()) else {
                continue;
            };
            let Ok(target) = url.parse() else { continue };
            let Some(span) = named_behind(seen, claim, url) else { continue };
            let range = places.region(span);
            links.push(DocumentLink { range, target: Some(target), tooltip: None, data: None });
        }
    }
    links
}

/// A byte of a text.
struct Here {
    sources: Vec<crate::SourceId>,
    at: usize,
}

impl Here {
    fn new(seen: &Seen, text: &Text, at: usize) -> Self {
        Self { sources: seen.sources_at(&text.place), at }
    }

    /// Whether it is in a claim, in its article or in its file.
    fn is_of(&self, claim: &Claim) -> bool {
        self.is_in(in_article(claim)) || self.is_in(in_file(claim))
    }

    /// Whether it is in one of some places.
    fn is_in(&self, spans: impl IntoIterator<Item = Span>) -> bool {
        let mut here = spans.into_iter().filter(|span| self.sources.contains(&span.source));
        here.any(|span| span.start <= self.at && self.at <= span.end)
    }
}

/// Where a claim stands in its article, or where its words may.
fn in_article(claim: &Claim) -> Vec<Span> {
    match claim.place {
        Some(place) => vec![place],
        None => claim.found.iter().map(|found| found.span).collect(),
    }
}

/// Where a claim stands in its file.
fn in_file(claim: &Claim) -> impl Iterator<Item = Span> {
    let quote = claim.quote.as_ref().map(|quote| quote.span);
    [Some(claim.id_span), Some(claim.figure.span), quote].into_iter().flatten()
}

/// The claims that asserts of a file name, with where they do.
fn named(file: &ClaimsFile) -> impl Iterator<Item = (&str, Span)> {
    let roles = file.asserts.iter().flat_map(|assert| match &assert.relation {
        Asserted::Rule { roles, .. } => &**roles,
        Asserted::That { .. } => &[],
    });
    roles.flat_map(|role| &role.ids).map(|(id, span)| (&**id, *span))
}

/// Places as an editor has them, each once.
fn located(spans: Vec<Span>, places: &mut Places<'_>) -> Vec<Location> {
    let mut all: Vec<Location> = Vec::new();
    for location in spans.into_iter().filter_map(|span| places.location(span)) {
        if !all.contains(&location) {
            all.push(location);
        }
    }
    all
}
