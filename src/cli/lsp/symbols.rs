//! The claims and relations of a claims file, for an editor's outline.

use ls_types::{DocumentSymbol, SymbolKind};

use crate::claim::{Assert, Asserted, Claim};
use crate::cli::lsp::desk::Seen;
use crate::cli::lsp::diagnostics::Places;
use crate::cli::lsp::texts::Text;
use crate::report::clean;
use crate::source::Span;

/// What a claims file has, in its order.
pub(super) fn symbols(seen: &Seen, text: &Text, places: &mut Places<'_>) -> Vec<DocumentSymbol> {
    let own = seen.sources_at(&text.place);
    let mut all = Vec::new();
    for file in seen.report.files.iter().filter(|file| own.contains(&file.span.source)) {
        let claims = file.claims.all().iter().map(|claim| of_claim(claim, places));
        all.extend(claims.collect::<Vec<_>>());
        all.extend(file.asserts.iter().map(|assert| of_assert(assert, places)));
    }
    all.sort_by_key(|symbol| symbol.range.start);
    all
}

fn of_claim(claim: &Claim, places: &mut Places<'_>) -> DocumentSymbol {
    let quote = claim.quote.as_ref().map(|quote| quote.span);
    let parts = [Some(claim.id_span), Some(claim.figure.span), quote];
    let parts = || parts.iter().flatten().filter(|part| part.source == claim.id_span.source);
    let start = parts().map(|part| part.start).min().unwrap_or(claim.id_span.start);
    let end = parts().map(|part| part.end).max().unwrap_or(claim.id_span.end);
    let whole = claim.id_span.with_range(start..end);
    let kind = SymbolKind::CONSTANT;
    symbol((&claim.id, &claim.figure.written), kind, (whole, claim.id_span), places)
}

fn of_assert(assert: &Assert, places: &mut Places<'_>) -> DocumentSymbol {
    let (name, detail, at) = match &assert.relation {
        Asserted::Rule { rule: (rule, at), roles } => {
            let ids = roles.iter().flat_map(|role| &role.ids).map(|(id, _)| &**id);
            (rule, ids.collect::<Vec<_>>().join(", "), *at)
        }
        Asserted::That { text, span, .. } => (text, String::new(), *span),
    };
    let (start, end) = (assert.span.start.min(at.start), assert.span.end.max(at.end));
    symbol((name, &detail), SymbolKind::OPERATOR, (at.with_range(start..end), at), places)
}

fn symbol(
    (name, detail): (&str, &str),
    kind: SymbolKind,
    (whole, own): (Span, Span),
    places: &mut Places<'_>,
) -> DocumentSymbol {
    let name = if name.trim().is_empty() { "?" } else { name };
    #[expect(deprecated, reason = "a field that has to be filled")]
    DocumentSymbol {
        name: clean(name),
        detail: (!detail.is_empty()).then(|| clean(detail)),
        kind,
        tags: None,
        deprecated: None,
        range: places.region(whole),
        selection_range: places.region(own),
        children: None,
    }
}
