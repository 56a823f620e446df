//! What was made of the sentences at a place, for people.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::document::words_of;
use crate::engine::Verdict;
use crate::finding::{Finding, Severity};
use crate::report::formats::inert::{plain, plain_name};
use crate::report::formats::mentions::{allowed, in_words};
use crate::report::formats::told::by_role;
use crate::report::{
    ChangeTold, Explained, FigureTold, Judged, OutOfOrder, RelationTold, Report, SentenceTold,
    Silence, TriedTold, plural,
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
        // Another reading of the same figures is what is told, where that one is the better.
        let is_beaten = matches!(relation.silence, Some(Silence::Another(..)));
        let is_own = |finding: &Finding| {
            !is_beaten && finding.rule == judged.rule && is_about(finding, judged)
        };
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

/// What a figure states, counts and stands for.
pub(super) fn stated(figure: &FigureTold) -> Vec<String> {
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
    told
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
            let text = one_line(words_of(source, span.range()).trim());
            shortened(&text, LONGEST).into_owned()
        };
        self.line(2, &slice(sentence.span));
        let is_quiet = |one: &&RelationTold| all || one.silence != Some(Silence::Quiet);
        let relations: Vec<&RelationTold> = sentence.relations.iter().filter(is_quiet).collect();
        self.out.push('\n');
        self.line(0, &in_short(report, &relations));
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
        self.line(2, &format!("\"{written}\": {}", stated(figure).join("; ")));
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
            None => {
                let ended =
                    change.ended.as_ref().map_or_else(String::new, |why| format!("; {why}"));
                self.line(6, &format!("a change, for the rules to take{ended}"));
            }
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
        // A rule that relates these figures was not tried in vain.
        let found: HashSet<&str> =
            sentence.relations.iter().map(|one| one.judged.rule.as_str()).collect();
        let is_vain = |rule: &str| all || !found.contains(rule);
        for tried in sentence.tried.iter().filter(|tried| is_vain(tried.rule.as_str())) {
            if all || known.insert((&tried.rule, &tried.reason, &tried.filled)) {
                seen.push(tried);
            }
        }
        // What lacks nothing but the order of its words is nearer than what lacks a figure.
        let (near, far): (Vec<&TriedTold>, Vec<&TriedTold>) =
            seen.into_iter().partition(|tried| tried.open.is_empty());
        let count = if all { near.len() } else { near.len().min(SHOWN) };
        let room = SHOWN - count.min(SHOWN);
        let likely = far.iter().filter(|tried| !tried.is_faint).count();
        let further = if all { far.len() } else { likely.max(LEAST).min(room).min(far.len()) };
        for tried in &near[..count] {
            self.attempt(tried, all);
        }
        let links: Vec<&OutOfOrder> =
            sentence.links.iter().filter(|one| is_vain(one.rule.as_str())).collect();
        self.out_of_order(&links, all);
        for tried in &far[..further] {
            self.attempt(tried, all);
        }
        let left = near.len() + far.len() - count - further;
        if left != 0 {
            self.line(2, &format!("and {left} more; `--all` shows them"));
        }
        if sentence.has_neighbours {
            self.out.push('\n');
            self.line(
                0,
                "Figures of other sentences of this paragraph were tried only where a rule looks beyond a \
                 sentence.",
            );
        }
    }

    /// Something that was tried, with what has a place in it.
    fn attempt(&mut self, tried: &TriedTold, all: bool) {
        self.line(2, &format!("{}, {}: {}", tried.rule, way(tried.way), tried.reason));
        let filled: Vec<String> = tried
            .filled
            .iter()
            .map(|(role, words)| format!("{} \"{words}\"", role.replace('_', " ")))
            .collect();
        if !filled.is_empty() {
            self.line(6, &format!("has {}", filled.join(", ")));
        }
        if let Some(example) = tried.example.as_ref().filter(|_| !tried.open.is_empty()) {
            self.line(6, &format!("it finds, for example: {example}"));
        }
        for open in tried.open.iter().filter(|_| all) {
            self.line(6, &format!("as the rule writes it: {}", open.written));
        }
    }

    /// The rules whose words and figures are all there.
    fn out_of_order(&mut self, links: &[&OutOfOrder], all: bool) {
        let shown = if all { links.len() } else { links.len().min(LEAST) };
        for one in &links[..shown] {
            self.line(
                2,
                &format!(
                    "{}, {}: words and figures are there, and their order does not fit",
                    one.rule,
                    plural(one.links, "link", "links")
                ),
            );
            if let Some(example) = &one.example {
                self.line(6, &format!("it finds, for example: {example}"));
            }
        }
        let left: Vec<&str> = links[shown..].iter().map(|one| one.rule.as_str()).collect();
        if !left.is_empty() {
            self.line(2, &format!("the order does not fit either for {}", left.join(", ")));
        }
    }
}

/// What is reported of a sentence, and why nothing is.
fn in_short(report: &Report, relations: &[&RelationTold]) -> String {
    let said: Vec<String> = relations
        .iter()
        .filter_map(|relation| match Came::of(report, relation) {
            Came::Said(finding) => Some(format!("{} ({})", finding.rule, finding.severity)),
            _ => None,
        })
        .collect();
    let holding = |one: &&&RelationTold| one.judged.verdict.holds() && one.silence.is_none();
    let held = relations.iter().filter(holding).count();
    match (said.is_empty(), relations.len(), held) {
        (false, ..) => format!("Reported: {}.", said.join(", ")),
        (true, 0, _) => "Nothing is reported: no rule relates these figures.".to_owned(),
        (true, all, held) if all == held => {
            let relations = plural(all, "relation holds", "relations hold");
            format!("Nothing is reported: {relations}, and no rule relates the other figures.")
        }
        _ => "Nothing is reported of the relations that were found.".to_owned(),
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
