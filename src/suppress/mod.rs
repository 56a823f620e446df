//! Findings that stand: silenced in the text or in the configuration, with a reason, for as long as
//! the reason holds.
//!
//! Nothing is silenced without a trace: what silences nothing, has no reason or is past its day is a
//! finding itself.

mod comment;

pub use comment::may_hold_comments;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;

use crate::checks::Check;
use crate::finding::{Finding, MOST_SAID};
use crate::shape::closest;
use crate::source::{SourceId, Sources, Span, shortened};
use crate::suppress::comment::{Comment, Unusable, comments};
use crate::value::write_day;

/// A `[[suppress]]` of the configuration: what it names must all be so of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Where it stands.
    pub span: Span,
    /// The rule that speaks, and where it is named.
    pub rule: Option<(String, Span)>,
    /// The id of a claim that takes part, and where it is named.
    pub claim: Option<(String, Span)>,
    /// The last parts of the path of an article or claims file that is marked.
    pub file: Option<String>,
    /// Why the findings stand.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// What decides which findings are silenced, beside the findings themselves.
pub struct Scope<'s> {
    /// The sources whose comments count. One that was read twice is listed twice.
    pub articles: &'s [SourceId],
    /// What the configuration silences.
    pub configured: &'s [Suppression],
    /// The ids of all rules and checks.
    pub known: &'s HashSet<String>,
    /// Whether a rule is reported in this run.
    pub reported: &'s dyn Fn(&str) -> bool,
    /// All places that belong to the claims of an id.
    pub claim_spans: &'s dyn Fn(&str) -> Vec<Span>,
    /// Whether the run is over everything that the configuration is about. Only then can be said that
    /// a [`Suppression`] silences nothing.
    pub is_whole: bool,
    /// The day that decides what is over; nothing is where it is not given.
    pub today: Option<Date>,
}

/// A finding that stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// The finding.
    pub finding: Finding,
    /// The reason that was given.
    pub reason: String,
    /// Whether it stands in a comment of the text.
    pub in_text: bool,
}

/// Takes the silenced findings out and puts in what there is to say about the silencing itself.
///
/// A file that could not be understood is never silent. The caller sorts.
pub fn apply(findings: &mut Vec<Finding>, sources: &Sources, scope: &Scope<'_>) -> Vec<Silenced> {
    let mut own = Vec::new();
    let mut inline = Inline::read(sources, scope, &mut own);
    let mut configured = Configured::read(sources, scope, &mut own);
    let broken = findings.iter().any(|finding| finding.broken_input);
    let mut silenced = Vec::new();
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        // Both are asked, so that neither is called unused because of the other.
        let by = if finding.broken_input {
            [None, None]
        } else {
            [inline.silences(&finding), configured.silences(&finding)]
        };
        let in_text = by[0].is_some();
        match by.into_iter().flatten().next() {
            Some(reason) => {
                let reason = shortened(reason, MOST_SAID).into_owned();
                silenced.push(Silenced { finding, reason, in_text });
            }
            None => kept.push(finding),
        }
    }
    // What could not be read might have been found, and silenced.
    if !broken {
        own.extend(inline.unused(scope));
        own.extend(configured.unused(scope));
    }
    own.retain(|finding| (scope.reported)(finding.rule.as_str()));
    kept.append(&mut own);
    *findings = kept;
    silenced
}

/// A rule that a comment names.
struct Ignore<'s> {
    /// Where it is named, in the first of the article's sources.
    place: Span,
    rule: &'s str,
    reason: &'s str,
    /// The bytes it is about.
    covers: Range<usize>,
    used: bool,
}

/// The comments of all articles.
struct Inline<'s> {
    all: Vec<Ignore<'s>>,
    /// By rule and source; each list grows at both ends of what is covered.
    index: HashMap<(&'s str, SourceId), Vec<usize>>,
}

impl<'s> Inline<'s> {
    fn read(sources: &'s Sources, scope: &Scope<'_>, own: &mut Vec<Finding>) -> Self {
        let mut inline = Self { all: Vec::new(), index: HashMap::new() };
        // Most articles have no comment, and need no second look.
        let marked: Vec<SourceId> = scope
            .articles
            .iter()
            .copied()
            .filter(|&article| may_hold_comments(sources.get(article).text()))
            .collect();
        for copies in same_articles(sources, &marked) {
            for comment in comments(sources.get(copies[0]).text()) {
                inline.add(comment, &copies, sources, scope, own);
            }
        }
        inline
    }

    fn add(
        &mut self,
        comment: Comment,
        copies: &[SourceId],
        sources: &'s Sources,
        scope: &Scope<'_>,
        own: &mut Vec<Finding>,
    ) {
        let text = sources.get(copies[0]).text();
        let at =
            |range: Range<usize>| Span { source: copies[0], start: range.start, end: range.end };
        let place = at(comment.range);
        let says = match comment.says {
            Ok(says) => says,
            Err(why) => return own.push(unusable(place, why, at)),
        };
        if let Some(day) = over(says.until, scope.today) {
            return own.push(expired(place, day));
        }
        for range in says.rules {
            let (rule, place) = (&text[range.clone()], at(range));
            if !scope.known.contains(rule) {
                own.push(unknown(rule, place, scope.known));
                continue;
            }
            for &copy in copies {
                self.index.entry((rule, copy)).or_default().push(self.all.len());
            }
            let reason = &text[says.reason.clone()];
            self.all.push(Ignore {
                place,
                rule,
                reason,
                covers: comment.covers.clone(),
                used: false,
            });
        }
    }

    /// The reason to silence a finding, if a comment beside one of its places gives one.
    fn silences(&mut self, finding: &Finding) -> Option<&'s str> {
        let rule = finding.rule.as_str();
        let found = finding.places().find_map(|span| {
            let ignores = self.index.get(&(rule, span.source))?;
            let first = ignores.partition_point(|&i| self.all[i].covers.end < span.start);
            let &found = ignores.get(first)?;
            let starts_before = self.all[found].covers.start < span.end.max(span.start + 1);
            starts_before.then_some(found)
        })?;
        self.all[found].used = true;
        Some(self.all[found].reason)
    }

    fn unused(&self, scope: &Scope<'_>) -> Vec<Finding> {
        let unused = self.all.iter().filter(|ignore| !ignore.used && (scope.reported)(ignore.rule));
        unused
            .map(|ignore| {
                let message = format!("`{}` has nothing to say here", ignore.rule);
                Finding::of(Check::UnusedIgnore, message, ignore.place)
                    .labelled("silences nothing")
                    .helped("take it out, or move it to the line of the figure or the line before")
            })
            .collect()
    }
}

/// What the configuration silences.
struct Configured<'s> {
    all: Vec<Entry<'s>>,
}

/// A [`Suppression`] in force, with what it names looked up.
struct Entry<'s> {
    written: &'s Suppression,
    claim: Option<HashSet<Span>>,
    file: Option<HashSet<SourceId>>,
    used: bool,
}

impl<'s> Configured<'s> {
    fn read(sources: &Sources, scope: &Scope<'s>, own: &mut Vec<Finding>) -> Self {
        let mut all = Vec::new();
        for written in scope.configured {
            if written.reason.trim().is_empty() {
                own.push(no_reason(written.span, "reason = \"why the findings stand\""));
            } else if let Some(day) = over(written.until, scope.today) {
                own.push(expired(written.span, day));
            } else {
                let spans =
                    |(id, _): &(String, Span)| (scope.claim_spans)(id).into_iter().collect();
                let files = |file: &String| named(sources, file);
                all.push(Entry {
                    written,
                    claim: written.claim.as_ref().map(spans),
                    file: written.file.as_ref().map(files),
                    used: false,
                });
            }
        }
        Self { all }
    }

    /// The reason of the first entry that silences a finding.
    fn silences(&mut self, finding: &Finding) -> Option<&'s str> {
        let mut reason = None;
        for entry in self.all.iter_mut().filter(|entry| entry.silences(finding)) {
            entry.used = true;
            reason = reason.or(Some(&*entry.written.reason));
        }
        reason
    }

    fn unused(&self, scope: &Scope<'_>) -> Vec<Finding> {
        let unused = self.all.iter().filter(|entry| !entry.used && scope.is_whole);
        let reported = |entry: &&Entry<'_>| {
            entry.written.rule.as_ref().is_none_or(|(rule, _)| (scope.reported)(rule))
        };
        unused.filter(reported).map(Entry::unused).collect()
    }
}

impl Entry<'_> {
    fn silences(&self, finding: &Finding) -> bool {
        let rule = self.written.rule.as_ref();
        rule.is_none_or(|(rule, _)| finding.rule.as_str() == rule)
            && self.claim.as_ref().is_none_or(|of| finding.places().any(|span| of.contains(&span)))
            && self
                .file
                .as_ref()
                .is_none_or(|of| finding.places().any(|at| of.contains(&at.source)))
    }

    /// The finding that it silences nothing, at the name that is to blame if one is.
    fn unused(&self) -> Finding {
        let finding = |place| {
            Finding::of(Check::UnusedIgnore, "nothing is found that this would silence", place)
                .helped("take it out, or mend what it names")
        };
        match (&self.written.claim, &self.claim, &self.file) {
            (Some((_, place)), Some(spans), _) if spans.is_empty() => {
                finding(*place).labelled("no claim of this name was read")
            }
            (_, _, Some(files)) if files.is_empty() => {
                finding(self.written.span).labelled("no file of this name was read")
            }
            _ => finding(self.written.span).labelled("silences nothing"),
        }
    }
}

/// Articles grouped by name and text: the same one is read once for each claims file that names it.
fn same_articles(sources: &Sources, articles: &[SourceId]) -> Vec<Vec<SourceId>> {
    let mut groups: Vec<Vec<SourceId>> = Vec::new();
    let mut seen = HashMap::new();
    for &id in articles {
        let source = sources.get(id);
        let group = *seen.entry((source.name(), source.text())).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(id),
            None => groups.push(vec![id]),
        }
    }
    groups
}

/// The sources whose path ends with this one: `draft.md` names `articles/draft.md`.
fn named(sources: &Sources, file: &str) -> HashSet<SourceId> {
    let parts = |path: &str| -> Vec<String> {
        let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."));
        parts.map(ToOwned::to_owned).collect()
    };
    let file = parts(file);
    let is_named = |id: &SourceId| parts(sources.get(*id).name()).ends_with(&file);
    sources.ids().filter(|id| !file.is_empty() && is_named(id)).collect()
}

/// The last day of what is over.
fn over(until: Option<Date>, today: Option<Date>) -> Option<Date> {
    until.filter(|&until| today.is_some_and(|today| until < today))
}

fn unusable(place: Span, why: Unusable, at: impl Fn(Range<usize>) -> Span) -> Finding {
    let form = "`<!-- crossfoot-ignore wrong-rate: why it stands -->`";
    let unreadable = |message: &str, place: Span| {
        Finding::of(Check::UnreadableIgnore, message, place).helped(form)
    };
    match why {
        Unusable::NoReason => no_reason(place, form),
        Unusable::Open => unreadable("this comment has no end", place).labelled("`-->` is missing"),
        Unusable::NoRule => {
            unreadable("this comment names no rule", place).labelled("silences what?")
        }
        Unusable::NoDay(range) => {
            let place = if range.is_empty() { place } else { at(range) };
            Finding::of(
                Check::UnreadableIgnore,
                "`until` is to be followed by a day: 2026-03-01",
                place,
            )
            .labelled("not a day of the calendar")
        }
    }
}

fn no_reason(place: Span, form: &str) -> Finding {
    Finding::of(Check::MissingReason, "nothing is silenced without a reason", place)
        .labelled("why does it stand?")
        .helped(form)
}

fn expired(place: Span, day: Date) -> Finding {
    let message = format!("this held until {} and silences nothing any more", write_day(day));
    Finding::of(Check::ExpiredIgnore, message, place)
        .labelled("over")
        .helped("see whether the reason still holds; then give a later day, or take it out")
}

fn unknown(rule: &str, place: Span, known: &HashSet<String>) -> Finding {
    let finding = Finding::of(Check::UnknownIgnore, format!("there is no rule `{rule}`"), place);
    let finding = finding.labelled("not a rule");
    match closest(rule, known.iter().map(String::as_str)) {
        Some(near) => finding.helped(format!("did you mean `{near}`?")),
        None if rule.contains(char::is_whitespace) => {
            finding.helped("commas between the rules, then a colon and the reason")
        }
        None => finding.helped("`crossfoot rules` lists them"),
    }
}

#[cfg(test)]
mod tests;
