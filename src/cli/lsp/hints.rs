//! What figures would have to read, beside them; shown only where that is asked for.

use std::collections::HashSet;

use ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip};

use crate::cli::lsp::desk::Seen;
use crate::cli::lsp::diagnostics::Places;
use crate::cli::lsp::texts::Text;
use crate::report::clean;

/// Hints that are shown of a text.
const MOST: usize = 1000;

/// The hints of the findings whose figures stand in some bytes of a text.
pub(super) fn hints(
    seen: &Seen,
    text: &Text,
    range: &std::ops::Range<usize>,
    places: &mut Places<'_>,
) -> Vec<InlayHint> {
    let own = seen.sources_at(&text.place);
    let mut hints: Vec<InlayHint> = Vec::new();
    let mut known = HashSet::new();
    for finding in &seen.report.findings {
        for one in &finding.suggestions {
            let is_here = own.contains(&one.span.source)
                && one.span.start <= range.end
                && range.start <= one.span.end;
            if !is_here || MOST <= hints.len() {
                continue;
            }
            if !known.insert((one.span, &*one.text)) {
                continue;
            }
            hints.push(InlayHint {
                position: places.region(one.span).end,
                label: InlayHintLabel::String(format!("→ {}", clean(&one.text))),
                kind: None,
                text_edits: None,
                tooltip: Some(InlayHintTooltip::String(clean(&finding.message))),
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
        }
    }
    hints
}
