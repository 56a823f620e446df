//! What was made of the sentences at a place, for people.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::report::formats::inert::{plain, plain_name};
use crate::report::formats::mentions::{allowed, in_words};
use crate::report::formats::told::by_role;
use crate::report::{
    ChangeTold, Explained, FigureTold, Judged, RelationTold, Report, SentenceTold, Silence,
    TriedTold, plural,
};
use crate::source::{Span, one_line, same_places, shortened};
use crate::value::{Direction, Value};

/// What was tried in vain that is shown unless all of it is asked for.
const SHOWN: usize = 10;

/// What of it is shown at least, though no words speak for it.
const LEAST: usize = 3;

/// Bytes of a sentence or a clause that are shown.
const LONGEST: usize = 2000;

/// What was made of the sentences, folded at a width; with `all`, everything that was tried.
pub fn explained_human(report: &Report, told: &Explained, width: usize, all: bool) -> String {
    let mut page = Page { out: String::new(), width };
    for (number, sentence) in told.sentences.iter().enumerate() {
        if number != 0 {
            page.out.push('\n');
        }
        page.sentence(report, sentence, all);
    }
    page.out
}

/// What came of a relation in the report.
pub(super) enum Came<'r> {
    /// It is told.
    Said(&'r Finding),
    /// It stands, for this reason.
    Stands(&'r str),
    /// There is nothing to say of it.
    Silent,
    /// Its rule is not reported.
    Left,
}

impl<'r> Came<'r> {
    /// What came of a relation.
    pub(super) fn of(report: &'r Report, relation: &RelationTold) -> Self {
        let judged = &relation.judged;
        let is_own = |finding: &Finding| finding.rule == judged.rule && is_about(finding, judged);
        if let Some(finding) = report.findings.iter().find(|finding| is_own(finding)) {
            return Self::Said(finding);
        }
        if let Some(one) = report.let_stand.iter().find(|one| is_own(&one.finding)) {
            return Self::Stands(&one.reason);
        }
        let is_left = judged.verdict == Verdict::Contradicts && relation.silence.is_none();
        if is_left { Self::Left } else { Self::Silent }
    }
}

/// Whether a finding marks the figures of a relation.
fn is_about(finding: &Finding, judged: &Judged) -> bool {
    let marked: Vec<Span> = finding.places().collect();
    same_places(&marked, &judged.places().collect::<Vec<_>>())
}

/// A text that is written line by line, each folded.
struct Page {
    out: String,
    width: usize,
}

impl Page {
    /// A line that begins behind so many blanks; what is too long goes on a little further in.
    fn line(&mut self, indent: usize, text: &str) {
        let mut column = indent;
        let _ = write!(self.out, "{:indent$}", "");
        for (number, word) in plain(text).split(' ').enumerate() {
            let length = word.chars().count();
            if number != 0 && self.width < column + 1 + length {
                let _ = write!(self.out, "\n{:1$}", "", indent + 2);
                column = indent + 2;
            } else if number != 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += length;
        }
        self.out.push('\n');
    }

    fn title(&mut self, title: &str) {
        let _ = writeln!(self.out, "\n{title}");
    }

    fn sentence(&mut self, report: &Report, sentence: &SentenceTold, all: bool) {
        let source = report.sources.get(sentence.span.source);
        let name = plain_name(source.name());
        let _ = writeln!(self.out, "{}", source.told(&name, sentence.span.start));
        let slice = |span: Span| {
            let text = one_line(report.sources.slice(span).trim());
            shortened(&text, LONGEST).into_owned()
        };
        self.line(2, &slice(sentence.span));
        self.title("Figures:");
        for figure in &sentence.figures {
            self.figure(&slice(figure.span), figure);
        }
        if 1 < sentence.clauses.len() {
            self.title("Clauses:");
            for (number, clause) in sentence.clauses.iter().enumerate() {
                self.line(2, &format!("{}. {}", number + 1, slice(*clause)));
            }
        }
        let is_quiet = |one: &&RelationTold| all || one.silence != Some(Silence::Quiet);
        let relations: Vec<&RelationTold> = sentence.relations.iter().filter(is_quiet).collect();
        self.title("Relations:");
        for relation in &relations {
            self.relation(report, relation);
        }
        if relations.is_empty() {
            self.line(2, "none");
        }
        if !sentence.changes.is_empty() {
            self.title("Changes that were read:");
            for change in &sentence.changes {
                self.change(change);
            }
        }
        self.tried(sentence, all);
    }

    fn figure(&mut self, written: &str, figure: &FigureTold) {
        let mut told = match &figure.mention.value {
            Value::Amount(amount) => {
                let mut told = vec![amount.kind.as_str().to_owned()];
                told.push(in_words(&figure.mention, figure.counted.as_deref()));
                if let Some(noun) = &figure.counted {
                    told.push(format!("counts {noun}"));
                }
                if let Some(per) = &amount.unit.per {
                    told.push(format!("for each {per}"));
                }
                if amount.hedge != Direction::Exact {
                    told.push(format!("hedged: {}", amount.hedge.as_str()));
                }
                told
            }
            Value::Date(date) => {
                let mut told = vec![date.kind.as_str().to_owned(), in_words(&figure.mention, None)];
                told.extend(date.bound.map(|bound| bound.as_str().to_owned()));
                if date.hedge != Direction::Exact {
                    told.push(format!("hedged: {}", date.hedge.as_str()));
                }
                told
            }
            Value::Unstated => vec!["not given".to_owned()],
        };
        told.extend(allowed(&figure.mention.value).map(|[strict, loose]| {
            if strict == loose {
                format!("stands for {strict}")
            } else {
                format!("stands for {strict}, loosely for {loose}")
            }
        }));
        self.line(2, &format!("\"{written}\": {}", told.join("; ")));
    }

    fn relation(&mut self, report: &Report, relation: &RelationTold) {
        let judged = &relation.judged;
        let figures = by_role(judged, &str::to_owned);
        self.line(2, &format!("{}: {}: {figures}", judged.rule, judged.verdict.as_str()));
        if let Some(account) = &judged.account {
            for step in &account.steps {
                self.line(6, step);
            }
        } else {
            for remark in &judged.remarks {
                self.line(6, remark);
            }
        }
        if let Some(strain) = judged.strain {
            self.line(
                6,
                &format!(
                    "it holds if every figure is stretched by {strain} of its rounding; beyond {} it \
                     would contradict",
                    relation.limit
                ),
            );
        }
        self.line(6, &came(Came::of(report, relation), relation));
    }

    fn change(&mut self, change: &ChangeTold) {
        let quoted = |words: &String| format!("\"{words}\"");
        let or_none = |words: &Option<String>| words.as_ref().map_or("none".to_owned(), quoted);
        let by: Vec<String> = change.by.iter().map(quoted).collect();
        let by = if by.is_empty() { "none".to_owned() } else { by.join(", ") };
        let way = match change.rises {
            Some(true) => "up",
            Some(false) => "down",
            None => "not told",
        };
        let (from, to) = (or_none(&change.from), or_none(&change.to));
        self.line(2, &format!("first level {from}; last level {to}; change {by}; direction {way}"));
        match &change.lost {
            None => self.line(6, "a change, for the rules to take"),
            Some((_, reasons)) => {
                for (number, reason) in reasons.iter().enumerate() {
                    let start = if number == 0 { "no change: " } else { "" };
                    self.line(6, &format!("{start}{reason}"));
                }
            }
        }
    }

    fn tried(&mut self, sentence: &SentenceTold, all: bool) {
        if sentence.tried.is_empty() && sentence.links.is_empty() {
            return;
        }
        self.title("Tried in vain, the nearest first:");
        // Of several frames of a rule that fail alike, one is enough.
        let mut known = HashSet::new();
        let mut seen: Vec<&TriedTold> = Vec::new();
        for tried in &sentence.tried {
            if all || known.insert((&tried.rule, &tried.reason, &tried.filled)) {
                seen.push(tried);
            }
        }
        let shown = if all {
            seen.len()
        } else {
            seen.iter().filter(|tried| !tried.is_faint).count().clamp(LEAST, SHOWN)
        };
        for tried in seen.iter().take(shown) {
            self.line(2, &format!("{}, {}: {}", tried.rule, way(tried.way), tried.reason));
            let filled: Vec<String> = tried
                .filled
                .iter()
                .map(|(role, words)| format!("{} \"{words}\"", role.replace('_', " ")))
                .collect();
            if !filled.is_empty() {
                self.line(6, &format!("has {}", filled.join(", ")));
            }
            for open in &tried.open {
                self.line(6, &format!("as it would be written: {}", open.written));
            }
        }
        let left = seen.len().saturating_sub(shown);
        if left != 0 {
            self.line(2, &format!("and {left} more; `--all` shows them"));
        }
        let links: Vec<String> = sentence
            .links
            .iter()
            .map(|(rule, count)| format!("{} of {rule}", plural(*count, "link", "links")))
            .collect();
        if !links.is_empty() {
            self.line(
                2,
                &format!(
                    "Words and figures are there, and the order of words does not fit: {}",
                    links.join(", ")
                ),
            );
        }
    }
}

/// What was tried, in words.
fn way(way: &str) -> &'static str {
    match way {
        "slots" => "a frame of slots",
        "change" => "a frame of a change",
        "whole" => "a frame of a whole and its parts",
        _ => "a link",
    }
}

/// What came of a relation, in words.
pub(super) fn came(came: Came<'_>, relation: &RelationTold) -> String {
    match (&relation.silence, came) {
        (_, Came::Said(finding)) => {
            let mut told = format!("reported, as {} {}", article(finding), finding.severity);
            if relation.is_doubtful {
                told.push_str("; its rule was wrong too often for an error");
            }
            if relation.is_quoted {
                told.push_str("; a level lower, for it stands in quotation marks");
            }
            told
        }
        (_, Came::Stands(reason)) => format!("not reported, for it is to stand: {reason}"),
        (Some(silence), _) => silent(silence),
        (None, Came::Left) => "not reported, for its rule is left out".to_owned(),
        (None, Came::Silent) => match relation.judged.verdict {
            Verdict::Unknown => "not reported, for it cannot be decided".to_owned(),
            _ => "not reported, for it holds".to_owned(),
        },
    }
}

fn article(finding: &Finding) -> &'static str {
    if finding.severity == Severity::Error { "an" } else { "a" }
}

fn silent(silence: &Silence) -> String {
    match silence {
        Silence::Excuses => "not reported, for it is read only to excuse other readings of its \
                             figures"
            .to_owned(),
        Silence::Preview => "not reported, for this rule was measured to be wrong too often; \
                             `--preview` lets it speak"
            .to_owned(),
        Silence::Quiet => {
            "not reported: a figure by itself, of which there is nothing to say".to_owned()
        }
        Silence::Another(rule, holds, figures) => {
            let why = if *holds { "that reading holds" } else { "one contradiction is enough" };
            let figures = figures.join(", ");
            format!("not reported, for {rule} reads its figures too ({figures}), and {why}")
        }
        Silence::NotMeant => {
            "not reported, for by the `if` of its rule these figures are not meant \
                              together"
                .to_owned()
        }
        Silence::Asserted => "not reported, for an assert of the claims file decides it".to_owned(),
    }
}
