//! What is known of the figure or the claim under the cursor.

use ls_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use crate::claim::Claim;
use crate::cli::lsp::desk::{Desk, Seen};
use crate::cli::lsp::diagnostics::Places;
use crate::cli::lsp::position::Encoding;
use crate::cli::lsp::texts::{Open, Text};
use crate::report::{Spot, claim_told, hover as told};
use crate::source::Span;

/// What there is to show at a byte of a text.
pub(super) fn hover(
    desk: &mut Desk,
    (text, open): (&Text, &Open),
    at: usize,
    encoding: Encoding,
) -> Option<Hover> {
    let seen = desk.check(text, open, Some(spot(text, at)))?;
    let (span, value) = of_figure(&seen, text, at).or_else(|| of_claim(&seen, text, at))?;
    let range = Places::new(&seen, open, encoding).region(span);
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(range) })
}

/// The place of a byte as it is asked for.
fn spot(text: &Text, at: usize) -> Spot {
    let mut sources = crate::Sources::new();
    let id = sources.add("", &*text.content);
    Spot { line: sources.get(id).place(at).line, column: None }
}

fn of_figure(seen: &Seen, text: &Text, at: usize) -> Option<(Span, String)> {
    let own = seen.sources_at(&text.place);
    let told_of = seen.report.explained.iter().filter(|one| own.contains(&one.source));
    { told_of }.find_map(|one| told(&seen.report, one, at))
}

/// A claim in its own file.
fn of_claim(seen: &Seen, text: &Text, at: usize) -> Option<(Span, String)> {
    let own = seen.sources_at(&text.place);
    let span = |claim: &Claim| {
        let spans =
            [Some(claim.id_span), Some(claim.figure.span), claim.quote.as_ref().map(|q| q.span)];
        let mut here = spans.into_iter().flatten().filter(|span| own.contains(&span.source));
        here.find(|span| span.start <= at && at <= span.end)
    };
    let claims = seen.report.files.iter().flat_map(|file| file.claims.all());
    { claims }.find_map(|claim| Some((span(claim)?, claim_told(claim))))
}
