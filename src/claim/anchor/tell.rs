//! What there is to say of a claim whose article was edited.

use crate::checks::Check;
use crate::claim::anchor::wanted::MOST_AMBIGUOUS;
use crate::claim::{Claim, Exempt, Quote, State};
use crate::finding::Finding;
use crate::source::{Sources, Span, one_line};

/// Places of a quote that a finding shows.
const MOST_PLACES: usize = 3;

/// What there is to say of a claim's quote; `misquoted` is the figure of it that the claim does not
/// state.
pub(super) fn tell(
    claim: &Claim,
    misquoted: Option<Span>,
    has_moved: bool,
    sources: &Sources,
) -> Option<Finding> {
    let quote = claim.quote.as_ref()?;
    match claim.state? {
        State::Same if claim.is_gone => Some(back(claim, quote)),
        _ if misquoted.is_some() => misquoted.map(|figure| misquotes(claim, figure, sources)),
        State::Same => None,
        State::Moved => Some(moved(claim, quote)),
        State::Reworded => Some(reworded(claim, quote, has_moved, sources)),
        State::Changed => Some(changed(claim, quote, has_moved, sources)),
        State::Gone if claim.is_gone => None,
        State::Gone => Some(gone(claim, quote)),
        State::Ambiguous => Some(ambiguous(claim, quote)),
    }
}

const REVIEW: &str = "`crossfoot review` shows both and takes the article's words over";

fn moved(claim: &Claim, quote: &Quote) -> Finding {
    let message = format!("`{}` stands elsewhere now", claim.id);
    stands_here(Check::MovedQuote, message, claim, quote).helped(REVIEW)
}

fn stands_here(check: Check, message: String, claim: &Claim, quote: &Quote) -> Finding {
    Finding::of(check, message, claim.shown_at())
        .labelled("it stands here")
        .with(quote.span, "in the words that are quoted")
}

fn reworded(claim: &Claim, quote: &Quote, has_moved: bool, sources: &Sources) -> Finding {
    let now = claim.found.first().map_or(claim.shown_at(), |found| found.span);
    let elsewhere = if has_moved { ", in another place" } else { "" };
    let says = one_line(sources.slice(now));
    let message = if says == one_line(&quote.text) {
        format!("other words stand around \"{says}\" now{elsewhere}")
    } else {
        format!("`{}` is worded otherwise now{elsewhere}; its figure is the same", claim.id)
    };
    Finding::of(Check::RewordedQuote, message, now)
        .labelled("the article says this")
        .with(quote.span, "the claim quotes this")
        .helped(REVIEW)
}

fn changed(claim: &Claim, quote: &Quote, has_moved: bool, sources: &Sources) -> Finding {
    let now = claim.found.first().map_or(claim.shown_at(), |found| found.span);
    let elsewhere = if has_moved { ", in another place" } else { "" };
    let says = one_line(sources.slice(now));
    let message = if says.contains(&claim.figure.written) && !claim.figure.written.is_empty() {
        format!("the words around {} say {says} now{elsewhere}", claim.figure.written)
    } else {
        format!("the article says {says} now{elsewhere}, the claim {}", claim.figure.written)
    };
    let help =
        "mend the article if the claim is right; else `crossfoot review` takes the new figure over";
    Finding::of(Check::ChangedFigure, message, now)
        .labelled("the article says this")
        .with(claim.figure.span, format!("`{}`", claim.id))
        .with(quote.span, "quoted from the article as it was")
        .helped(help)
}

fn gone(claim: &Claim, quote: &Quote) -> Finding {
    let with = if quote.prefix.is_some() || quote.suffix.is_some() {
        " with these words around it"
    } else {
        ""
    };
    let message = format!("the article does not say \"{}\"{with}", quote.text);
    Finding::of(Check::GoneQuote, message, quote.span)
        .labelled(format!("the quote of `{}`, and nothing like it, is there", claim.id))
        .helped(
            "a quote is the article's exact words; if the passage was cut, \
             `crossfoot review` marks the claim as gone",
        )
}

fn back(claim: &Claim, quote: &Quote) -> Finding {
    let message = format!("`{}` is marked as gone, and the article says it", claim.id);
    stands_here(Check::GoneQuote, message, claim, quote)
        .helped("`crossfoot record` takes the mark away, or take `gone = true` out")
}

fn ambiguous(claim: &Claim, quote: &Quote) -> Finding {
    let times = match claim.found.len() {
        few if few <= MOST_AMBIGUOUS => few.to_string(),
        _ => format!("more than {MOST_AMBIGUOUS}"),
    };
    let message = format!("the article says \"{}\" {times} times", quote.text);
    let finding = Finding::of(Check::AmbiguousQuote, message, quote.span)
        .labelled("which one is meant?")
        .helped("add a `prefix` or a `suffix`: the words that stand before or behind it");
    let places = claim.found.iter().take(MOST_PLACES);
    places.fold(finding, |finding, place| finding.with(place.span, "it stands here"))
}

fn misquotes(claim: &Claim, figure: Span, sources: &Sources) -> Finding {
    let stated = one_line(sources.slice(figure));
    let message = format!("the claim says {}, its quote says {stated}", claim.figure.written);
    Finding::of(Check::MisquotedValue, message, figure)
        .labelled("the article says this")
        .with(claim.figure.span, "the claim says this")
        .helped("one of the two was changed without the other")
}

/// An exemption whose words stand nowhere.
pub(super) fn unused_exempt(exempt: &Exempt) -> Finding {
    let message = format!("the article does not say \"{}\", which is exempt", exempt.quote.text);
    Finding::of(Check::UnusedExempt, message, exempt.quote.span)
        .labelled("nothing is exempt by this")
        .helped("take the table out, or quote the article's exact words")
}
