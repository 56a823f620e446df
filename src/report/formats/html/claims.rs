//! Claims as the page shows them.

use serde::Serialize;

use crate::claim::Claim;
use crate::report::formats::inert::clean;
use crate::source::one_line;

/// A claim in full.
#[derive(Serialize)]
pub(super) struct ClaimView {
    id: String,
    value: String,
    state: String,
    about: String,
    source: String,
    url: Option<String>,
    accessed: String,
    locator: String,
    status: &'static str,
    checker: String,
    note: String,
}

/// A claim in the list of sources.
#[derive(Serialize)]
pub(super) struct ClaimRow {
    pub(super) mark: usize,
    pub(super) claim: ClaimView,
}

/// What is shown of a claim.
pub(super) fn claim_view(claim: &Claim) -> ClaimView {
    let text = |text: &Option<String>| clean(text.as_deref().unwrap_or_default());
    let source = claim.source.clone().unwrap_or_default();
    let title = text(&source.title);
    let url = text(&source.url);
    let is_link = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let about = [&claim.subject, &claim.measure];
    let when = claim.figure.when.as_ref().map(|(when, _)| when.clone());
    let about: Vec<&str> = about.into_iter().flatten().chain(&when).map(String::as_str).collect();
    ClaimView {
        id: clean(&claim.id),
        value: clean(&one_line(&claim.figure.written)),
        state: match claim.state {
            _ if claim.is_gone => "gone".to_owned(),
            Some(state) => state.as_str().to_owned(),
            None => String::new(),
        },
        about: clean(&about.join(", ")),
        source: if title.is_empty() { url.clone() } else { title },
        url: is_link.then_some(url),
        accessed: text(&source.accessed),
        locator: text(&source.locator),
        status: claim.status.as_str(),
        checker: text(&claim.checker),
        note: text(&claim.note),
    }
}
