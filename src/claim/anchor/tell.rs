//! What there is to say of a claim whose article was edited.

use crate::checks::Check;
use crate::claim::anchor::wanted::MOST_AMBIGUOUS;
use crate::claim::{Aspect, Claim, Exempt, Otherwise, Quote, State};
use crate::document::words_of;
use crate::finding::{Finding, Severity};
use crate::source::{Sources, Span, one_line};

/// Places of a quote that a finding shows.
const MOST_PLACES: usize = 3;

/// What there is to say of a claim's quote; `misquoted` is the figure of it that the claim does not
/// state. Told apart are whether it stands elsewhere, and whether its number is another.
pub(super) fn tell(
    claim: &Claim,
    misquoted: Option<Span>,
    (has_moved, is_other): (bool, bool),
    sources: &Sources,
) -> Option<Finding> {
    let quote = claim.quote.as_ref()?;
    match claim.state? {
        State::Same if claim.is_gone => Some(back(claim, quote)),
        _ if misquoted.is_some() => misquoted.map(|figure| misquotes(claim, figure, sources)),
        State::Same => None,
        State::Moved => Some(moved(claim, quote)),
        State::Reworded => Some(reworded(claim, quote, has_moved, sources)),
        State::Changed => Some(changed(claim, quote, (has_moved, is_other), sources)),
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
    let says = one_line(&words_of(sources.get(now.source), now.range()));
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

/// What the sentence of a claim says otherwise of its figure, in words.
fn says_otherwise(claim: &Claim, one: &Otherwise) -> String {
    let Otherwise { aspect, was, is, .. } = one;
    let (was, is, figure) = (one_line(was), one_line(is), &claim.figure.written);
    match aspect {
        Aspect::Denial if is.is_empty() => {
            format!("the article does not say \"{was}\" of {figure} any more")
        }
        Aspect::Denial if was.is_empty() => format!("the article says \"{is}\" of {figure} now"),
        Aspect::Counted => format!("the article counts {is} now, the claim {was}"),
        Aspect::Sign | Aspect::Hedge | Aspect::Per => {
            format!("the article says {is} now, the claim {was}")
        }
        Aspect::Direction | Aspect::Denial | Aspect::Weekday | Aspect::Sort => {
            format!("the article says \"{is}\" of {figure} now, it said \"{was}\"")
        }
    }
}

fn changed(
    claim: &Claim,
    quote: &Quote,
    (has_moved, is_other): (bool, bool),
    sources: &Sources,
) -> Finding {
    let now = claim.found.first().map_or(claim.shown_at(), |found| found.span);
    let elsewhere = if has_moved { ", in another place" } else { "" };
    let says = one_line(&words_of(sources.get(now.source), now.range()));
    // "Fell by 50 percent" states -50 percent, and no sign is read.
    let written = &claim.figure.written;
    let has_sign = one_line(&quote.text).contains(['-', '−']);
    let was = if has_sign { written } else { written.trim_start_matches(['-', '−']) };
    let message = if let Some(first) = claim.otherwise.first().filter(|_| !is_other) {
        format!("{}{elsewhere}", says_otherwise(claim, first))
    } else if says.contains(was) && !was.is_empty() {
        format!("the words around {was} say {says} now{elsewhere}")
    } else {
        format!("the article says {says} now{elsewhere}, the claim {was}")
    };
    let help =
        "mend the article if the claim is right; else `crossfoot review` takes the new figure over";
    let mut finding =
        Finding::of(Check::ChangedFigure, message, now).labelled("the article says this");
    for one in &claim.otherwise {
        let label = match &*one.was {
            "" => format!("{}: nothing before", one.aspect.as_str()),
            was => format!("{}: \"{}\" before", one.aspect.as_str(), one_line(was)),
        };
        match one.at.filter(|at| *at != now) {
            Some(at) => finding = finding.with(at, label),
            None => finding = finding.labelled(format!("the article says this; {label}")),
        }
    }
    finding
        .with(claim.figure.span, format!("`{}`", claim.id))
        .with(quote.span, "quoted from the article as it was")
        .helped(help)
}

/// Says of a changed figure that it was wrong and is mended: then it is no error any more.
pub fn mend(claim: &Claim, findings: &mut [Finding]) {
    let is_own = |finding: &&mut Finding| {
        finding.rule == Check::ChangedFigure
            && finding.places().any(|place| place == claim.figure.span)
    };
    for finding in findings.iter_mut().filter(is_own) {
        finding.message.push_str("; mended: take it over with `crossfoot review`");
        finding.severity = Severity::Warning;
        finding.help =
            Some("the figures did not agree as they were recorded, and do now".to_owned());
    }
}

/// That an assert relates figures of which the article says something else now.
pub fn stale(asserted: Span, claims: &[&Claim]) -> Finding {
    let ids: Vec<String> = claims.iter().map(|claim| format!("`{}`", claim.id)).collect();
    let message =
        format!("this assert is stale: the article states {} otherwise now", ids.join(", "));
    Finding::of(Check::StaleAssert, message, asserted)
        .labelled("it relates the figures as they were recorded, and is not decided")
        .helped(
            "what the article states now is checked by itself; `crossfoot review` takes it over",
        )
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
    let stated = one_line(&words_of(sources.get(figure.source), figure.range()));
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
