//! Which claims and asserts an article's prose would have in a claims file, beside those it has.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::claim::{self, Claim, ClaimsFile, Found, State, quotes};
use crate::document::sentences;
use crate::draft::coverage::Places;
use crate::draft::names::{Ids, Named, Names, Place, named};
use crate::draft::quote::{Quoted, around, lead, told_apart};
use crate::draft::value::{means_same, written};
use crate::engine::{Checked, Figures, Filled, Holds, Operand, Relation, Verdict};
use crate::figure::Figure;
use crate::finding::Severity;
use crate::lexicon::{Abbreviations, Lexicon};
use crate::mention::Mention;
use crate::reading::Reading;
use crate::rule::Join;
use crate::source::{SourceId, Span, one_line, same_places};
use crate::value::Value;

/// An article that was read, with what its prose states.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// Its words and figures.
    pub reading: &'a Reading<'a>,
    /// The relations between them.
    pub checked: &'a Checked<'a>,
}

/// A claim that is to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClaim {
    /// Where its figure stands in the article.
    pub figure: Span,
    /// A free name.
    pub id: String,
    /// The article's words, and those around them where they stand more than once.
    pub quote: String,
    /// The words before.
    pub prefix: Option<String>,
    /// The words behind.
    pub suffix: Option<String>,
    /// The sentence that it stands in, where that says more.
    pub sentence: Option<String>,
    /// The value, in words that are read as it.
    pub value: String,
    /// Who or what it seems to be about.
    pub subject: Option<String>,
    /// Which figure of it.
    pub measure: Option<String>,
    /// When it held.
    pub when: Option<String>,
    /// Where its sentence leads, if that is one place.
    pub url: Option<String>,
    /// What somebody has remarked on its figure.
    pub note: Option<String>,
    /// The paragraph that it stands in, from 1.
    pub paragraph: usize,
    /// The claim of the file that stands before it in the article, by its index.
    pub after: Option<usize>,
}

/// A relation that is to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAssert {
    /// The rule.
    pub rule: String,
    /// The ids in each role; whether the role takes a list.
    pub roles: Vec<(String, bool, Vec<String>)>,
    /// How much it matters, where it is not what the rule says.
    pub severity: Option<Severity>,
}

/// What is to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Claims, in the order of the article.
    pub claims: Vec<NewClaim>,
    /// Relations between them and those that were there.
    pub asserts: Vec<NewAssert>,
    /// Figures whose words alone do not say what they state.
    pub left_out: Vec<Span>,
    /// Claims whose figure is the same in a sentence that is worded otherwise elsewhere: the id of each, and
    /// the sentence.
    pub sentences: Vec<(String, String)>,
}

/// What an article states that a claims file does not have yet. `existing` is the file with its claims
/// anchored in the article, and its relations.
pub fn record(
    article: Article<'_>,
    existing: Option<(&ClaimsFile, &[Relation<'_>])>,
    lexicon: &Lexicon,
) -> Recorded {
    let known = Known { file: existing.map(|(file, _)| file) };
    let mut entries = Entries::default();
    let mut left_out = Vec::new();
    let mut covered = known.covered(article.reading.source());
    for (index, mention) in article.reading.mentions().iter().enumerate() {
        let place = article.reading.place(mention.range.clone());
        entries.mention_at.insert(place, index);
        if covered.cover(&place.range()) {
            continue;
        }
        let text = &article.reading.prose()[mention.range.clone()];
        match written(&mention.value, text, lexicon) {
            // A date that depends on the day of publication is none of its own.
            Some(value) if !is_relative(mention, &value, text) => {
                entries.add(Entry::new(index, place, mention.value.clone(), value));
            }
            None if matches!(mention.value, Value::Amount(_)) => left_out.push(place),
            _ => {}
        }
    }
    let mut asserts: Vec<(Vec<Taker>, &Relation<'_>)> = Vec::new();
    for relation in article.checked.outcome.relations.iter().filter(|relation| is_kept(relation)) {
        if existing.is_some_and(|(file, all)| is_known(relation, article.checked, file, all)) {
            continue;
        }
        let roles = relation.roles.iter().flat_map(|role| &role.claims);
        let figures = roles.map(|&at| &article.checked.figures[at]);
        let plans: Option<Vec<Plan<'_>>> =
            figures.map(|figure| entries.plan(article, figure, known, lexicon)).collect();
        if let Some(plans) = plans {
            asserts
                .push((plans.into_iter().map(|plan| entries.carry_out(plan)).collect(), relation));
        }
    }
    let entries = entries.all;
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&at| (entries[at].place, at));
    let sentences = Sentences::new(article);
    let mut quotes: Vec<Option<Range<usize>>> = vec![None; entries.len()];
    for &at in &order {
        quotes[at] = sentences.quote(article, &entries[at], lexicon);
    }
    let quoted: Vec<usize> = order.iter().copied().filter(|&at| quotes[at].is_some()).collect();
    left_out.extend(order.iter().filter(|&&at| quotes[at].is_none()).map(|&at| entries[at].place));
    left_out.sort_unstable();
    left_out.dedup();
    let texts: Vec<Range<usize>> = quoted.iter().filter_map(|&at| quotes[at].clone()).collect();
    let prose = article.reading.prose();
    let blocks = article.reading.document().blocks();
    let leads: Vec<Option<Range<usize>>> = texts
        .iter()
        .map(|text| {
            let block = &blocks.get(article.reading.document().block_at(text.start))?.range;
            lead(prose, text, block, lexicon)
        })
        .collect();
    let texts = told_apart(article.reading, &texts, &leads);
    // What is written down already, and is not found for its garbled text, is not written again.
    let (quoted, texts): (Vec<usize>, Vec<Quoted>) = quoted
        .into_iter()
        .zip(texts)
        .filter(|(at, text)| !known.quotes(prose, text, &entries[*at].written))
        .unzip();
    let mut writer = Writer::new(article, known, lexicon, &sentences);
    let claims: Vec<NewClaim> =
        quoted.iter().zip(texts).map(|(&at, text)| writer.claim(&entries[at], &text)).collect();
    let ids: HashMap<usize, &str> =
        quoted.iter().zip(&claims).map(|(&at, claim)| (at, &*claim.id)).collect();
    let id = |taker: &Taker| match taker {
        Taker::Known(id) => Some(id.clone()),
        Taker::New(at) => ids.get(at).map(|&id| id.to_owned()),
    };
    let asserts = asserts.iter().filter_map(|(takers, relation)| {
        let ids: Option<Vec<String>> = takers.iter().map(id).collect();
        assert(relation, ids?)
    });
    let mut seen = HashSet::new();
    let asserts: Vec<NewAssert> =
        asserts.filter(|assert| seen.insert((assert.rule.clone(), assert.roles.clone()))).collect();
    let sentences = known.sentences(article, &writer.rows);
    Recorded { claims: apart(claims, known), asserts, left_out, sentences }
}

/// A figure that is to become a claim.
struct Entry {
    /// Its mention.
    mention: usize,
    place: Span,
    value: Value,
    written: String,
    /// When it held, where a relation needs that.
    when: Option<String>,
    /// Whether a relation takes it.
    is_taken: bool,
}

impl Entry {
    fn new(mention: usize, place: Span, value: Value, written: String) -> Self {
        Self { mention, place, value, written, when: None, is_taken: false }
    }
}

/// The figures that are to become claims, found by their places.
#[derive(Default)]
struct Entries {
    all: Vec<Entry>,
    at: HashMap<Span, Vec<usize>>,
    mention_at: HashMap<Span, usize>,
}

/// How a role is to be filled.
enum Plan<'p> {
    Known(&'p str),
    /// By an entry for this place and value.
    Entry(Box<Entry>),
}

impl Entries {
    fn add(&mut self, entry: Entry) -> usize {
        self.at.entry(entry.place).or_default().push(self.all.len());
        self.all.push(entry);
        self.all.len() - 1
    }

    /// How a role can be filled with a figure of the prose: by a claim that states it, or by an entry.
    fn plan<'p>(
        &self,
        article: Article<'_>,
        figure: &Figure,
        known: Known<'p>,
        lexicon: &Lexicon,
    ) -> Option<Plan<'p>> {
        let when = figure.when.as_ref().map(|(written, _)| written.clone());
        if let Some(stating) = known.stating(figure.span, &figure.value) {
            let has_when = when.is_none() || stating.figure.when.is_some();
            return has_when.then_some(Plan::Known(&stating.id));
        }
        // Whether the figure of a claim is another one is for a person to say first.
        if known.is_open(figure.span) {
            return None;
        }
        let mention = *self.mention_at.get(&figure.span)?;
        let text = &article.reading.prose()[article.reading.mentions()[mention].range.clone()];
        let words = written(&figure.value, text, lexicon)?;
        let entry = Entry::new(mention, figure.span, figure.value.clone(), words);
        Some(Plan::Entry(Box::new(Entry { when, is_taken: true, ..entry })))
    }

    fn carry_out(&mut self, plan: Plan<'_>) -> Taker {
        let entry = match plan {
            Plan::Known(id) => return Taker::Known(id.to_owned()),
            Plan::Entry(entry) => *entry,
        };
        let here = self.at.get(&entry.place).map_or(&[][..], Vec::as_slice);
        let same = here.iter().find(|&&at| means_same(&self.all[at].value, &entry.value));
        // "Fell by 5 %" is -5 % if nothing takes it otherwise.
        let idle = here.iter().find(|&&at| !self.all[at].is_taken);
        match (same, idle) {
            (Some(&at), _) => {
                let known = &mut self.all[at];
                known.is_taken = true;
                known.when = entry.when.or(known.when.take());
                Taker::New(at)
            }
            (None, Some(&at)) => {
                self.all[at] = entry;
                Taker::New(at)
            }
            (None, None) => Taker::New(self.add(entry)),
        }
    }
}

/// What fills a role: a claim of the file, or an entry.
enum Taker {
    Known(String),
    New(usize),
}

/// "Last year", "three days ago": a date without a day, month or year of its own. "March 26" has them,
/// and gets its year from the day of publication.
fn is_relative(mention: &Mention, written: &str, text: &str) -> bool {
    match &mention.value {
        Value::Date(date) => {
            let is_named = text.bytes().any(|byte| byte.is_ascii_digit()) && date.ago.is_none();
            !is_named && written != one_line(text)
        }
        _ => false,
    }
}

/// Whether a relation is worth an assert: it relates figures and can be decided.
fn is_kept(relation: &Relation<'_>) -> bool {
    let Holds::Rule(rule) = &relation.holds else { return false };
    // What is taken because it holds may hold by chance.
    rule.join != Some(Join::EachClaim)
        && relation.verdict != Verdict::Unknown
        && !relation.is_tentative()
}

/// Whether a claims file has a relation already, of the same figures.
fn is_known(
    relation: &Relation<'_>,
    checked: &Checked<'_>,
    file: &ClaimsFile,
    all: &[Relation<'_>],
) -> bool {
    let places = |relation: &Relation<'_>, figures: Figures<'_>| -> Vec<Span> {
        relation.claims(figures).map(Operand::shown_at).collect()
    };
    let own = places(relation, checked.figures());
    all.iter()
        .filter(|other| other.rule() == relation.rule())
        .any(|other| same_places(&own, &places(other, Figures::claimed(file))))
}

/// The claims that a file has.
#[derive(Clone, Copy)]
struct Known<'a> {
    file: Option<&'a ClaimsFile>,
}

impl<'a> Known<'a> {
    fn claims(self) -> &'a [Claim] {
        self.file.map_or(&[], |file| file.claims.all())
    }

    /// The places where a claim stands, or did and says another figure now, and those that are exempt.
    fn covered(self, article: SourceId) -> Places {
        let exempt = self.file.into_iter().flat_map(|file| &file.exempt);
        let exempt = exempt.flat_map(|exempt| exempt.places.iter().copied());
        let claims = self.claims().iter().flat_map(|claim| match claim.place {
            Some(own) => vec![own],
            None => claim.found.iter().map(|found| found.span).collect(),
        });
        Places::new(claims.chain(exempt).filter(|place| place.source == article))
    }

    /// Whether a claim stands at a place whose figure is another one now, or that may stand elsewhere.
    fn is_open(self, place: Span) -> bool {
        let meets = |found: &Found| found.span.meets(place);
        let open = |claim: &&Claim| claim.place.is_none();
        self.claims().iter().filter(open).any(|claim| claim.found.iter().any(meets))
    }

    /// The claim that states a value at a place.
    fn stating(self, place: Span, value: &Value) -> Option<&'a Claim> {
        self.claims().iter().find(|claim| {
            claim.place.is_some_and(|own| own.meets(place))
                && means_same(&claim.figure.value, value)
        })
    }

    /// Whether a claim has these words and this value already.
    fn quotes(self, prose: &str, text: &Quoted, value: &str) -> bool {
        let words = |range: &Range<usize>| one_line(&prose[range.clone()]);
        let is_same = |a: &Option<String>, b: &Option<Range<usize>>| {
            a.as_deref().map(one_line) == b.as_ref().map(words)
        };
        self.claims().iter().filter(|claim| claim.figure.written == value).any(|claim| {
            claim.quote.as_ref().is_some_and(|quote| {
                one_line(&quote.text) == words(&text.text)
                    && is_same(&quote.prefix, &text.prefix)
                    && is_same(&quote.suffix, &text.suffix)
            })
        })
    }

    /// The sentences of claims that stand as they did, where these read otherwise now.
    fn sentences(self, article: Article<'_>, rows: &claim::Sentences) -> Vec<(String, String)> {
        let stands = |claim: &&Claim| matches!(claim.state, Some(State::Same | State::Moved));
        let now = |claim: &Claim| {
            let was = claim.quote.as_ref()?.sentence.as_ref()?;
            let at = claim.found.first()?.prose.start;
            let is = rows.text(article.reading.document(), at)?;
            (is != *was).then(|| (claim.id.clone(), is))
        };
        self.claims().iter().filter(stands).filter_map(now).collect()
    }

    /// The index of the claim that stands last before a place.
    fn before(self, place: Span) -> Option<usize> {
        let all = self.claims().iter().enumerate();
        let before = all.filter_map(|(at, claim)| {
            let own = claim.place.or_else(|| claim.found.first().map(|found| found.span))?;
            (own.source == place.source && own.start < place.start).then_some((own.start, at))
        });
        before.max().map(|(_, at)| at)
    }
}

fn assert(relation: &Relation<'_>, ids: Vec<String>) -> Option<NewAssert> {
    let Holds::Rule(rule) = &relation.holds else { return None };
    let mut ids = ids.into_iter();
    let mut role = |role: &Filled| {
        let own: Vec<String> = ids.by_ref().take(role.claims.len()).collect();
        (role.name.clone(), role.is_list, own)
    };
    let roles: Vec<_> = relation.roles.iter().map(&mut role).collect();
    // A role that nothing fills, or twice the same figure, is no relation to be asserted.
    let is_whole = roles.iter().all(|(_, is_list, ids)| *is_list || ids.len() == 1)
        && roles.iter().all(|(_, _, ids)| !ids.is_empty());
    // Without a level of its own, an assert has that of its rule, or of the slip that explains it.
    let own = relation.slip.unwrap_or(rule).severity;
    let severity = (relation.severity != own).then_some(relation.severity);
    is_whole.then(|| NewAssert { rule: rule.id.as_str().to_owned(), roles, severity })
}

/// The sentences of an article, and the figures in them.
struct Sentences {
    /// In order.
    all: Vec<Range<usize>>,
}

impl Sentences {
    fn new(article: Article<'_>) -> Self {
        let document = article.reading.document();
        let mut all = Vec::new();
        let mut next = 0;
        for block in document.blocks() {
            let start = next;
            while article
                .reading
                .mentions()
                .get(next)
                .is_some_and(|m| m.range.start < block.range.end)
            {
                next += 1;
            }
            if start == next {
                continue;
            }
            let text = &document.prose()[block.range.clone()];
            all.extend(sentences(text, Abbreviations::built_in()).map(|sentence| {
                block.range.start + sentence.start..block.range.start + sentence.end
            }));
        }
        Self { all }
    }

    /// The sentence that a figure stands in, and the indices of its figures.
    fn of(&self, article: Article<'_>, mention: usize) -> (Range<usize>, Range<usize>) {
        let own = &article.reading.mentions()[mention].range;
        let at = self.all.partition_point(|sentence| sentence.end <= own.start);
        let sentence = self.all.get(at).cloned().unwrap_or_else(|| own.clone());
        let sentence = sentence.start.min(own.start)..sentence.end.max(own.end);
        let first = article.reading.mentions().partition_point(|m| m.range.start < sentence.start);
        let last = article.reading.mentions().partition_point(|m| m.range.start < sentence.end);
        (sentence, first..last.max(mention + 1))
    }

    /// The words that a claim of an entry quotes; `None` if they would say something else.
    fn quote(
        &self,
        article: Article<'_>,
        entry: &Entry,
        lexicon: &Lexicon,
    ) -> Option<Range<usize>> {
        let prose = article.reading.prose();
        let (sentence, figures) = self.of(article, entry.mention);
        let own = &article.reading.mentions()[entry.mention].range;
        let end_of = |at: usize| article.reading.mentions()[at].range.end;
        let mut first = entry.mention;
        let mut last = entry.mention;
        // A figure that shares its unit with the next one is quoted together with it.
        loop {
            let low = first
                .checked_sub(1)
                .filter(|at| figures.start <= *at)
                .map_or(sentence.start, end_of);
            let high = if last + 1 < figures.end {
                article.reading.mentions()[last + 1].range.start
            } else {
                sentence.end
            };
            let from = article.reading.mentions()[first].range.start.min(own.start);
            let to = end_of(last).max(own.end);
            let room = low.min(from)..high.max(to);
            let range = around(prose, from..to, room, lexicon);
            if quotes(prose, range.clone(), own, &entry.value, lexicon) {
                return Some(range);
            }
            if last + 1 < figures.end {
                last += 1;
            } else if figures.start < first {
                first -= 1;
            } else {
                return None;
            }
        }
    }
}

/// Makes claims of entries.
struct Writer<'a> {
    article: Article<'a>,
    known: Known<'a>,
    lexicon: &'a Lexicon,
    sentences: &'a Sentences,
    /// Sentences as claims keep them: the row of a table is one.
    rows: claim::Sentences,
    names: Names<'a>,
    ids: Ids,
}

impl<'a> Writer<'a> {
    fn new(
        article: Article<'a>,
        known: Known<'a>,
        lexicon: &'a Lexicon,
        sentences: &'a Sentences,
    ) -> Self {
        let ids = Ids::new(known.claims().iter().map(|claim| claim.id.clone()));
        let rows = claim::Sentences::new(article.reading.document());
        let names = Names::new(article.reading.prose(), &sentences.all, lexicon);
        Self { article, known, lexicon, sentences, rows, names, ids }
    }

    fn claim(&mut self, entry: &Entry, quoted: &Quoted) -> NewClaim {
        let prose = self.article.reading.prose();
        let (sentence, figures) = self.sentences.of(self.article, entry.mention);
        let own = entry.mention - figures.start;
        let place = Place {
            prose,
            sentence: &sentence,
            figures: &self.article.reading.mentions()[figures],
            own,
        };
        let Named { subject, measure, when, id } = named(place, &self.names, self.lexicon);
        let when = entry.when.clone().or(when);
        let year = when.as_deref().filter(|when| when.len() == 4);
        let kind = entry.value.kind().map_or("figure", |kind| kind.as_str());
        let words = |range: &Range<usize>| one_line(&prose[range.clone()]);
        let quote = words(&quoted.text);
        let text = self.rows.text(self.article.reading.document(), quoted.text.start);
        NewClaim {
            figure: entry.place,
            id: self.ids.free(id.as_deref(), year, kind),
            sentence: text.filter(|text| *text != quote),
            quote,
            prefix: quoted.prefix.as_ref().map(words),
            suffix: quoted.suffix.as_ref().map(words),
            value: entry.written.clone(),
            subject,
            measure,
            when,
            url: self.link(&sentence),
            note: self.remarked(entry.place),
            paragraph: self.article.reading.paragraph(quoted.text.start),
            after: self.known.before(entry.place),
        }
    }
}

impl Writer<'_> {
    /// The address that a sentence leads to, if it is one: what leads to several says of none which figure
    /// it is for.
    fn link(&self, sentence: &Range<usize>) -> Option<String> {
        let document = self.article.reading.document();
        let mut all = document.links(&document.source_range(sentence.clone()));
        let first = all.next()?;
        all.all(|other| other == first).then(|| first.to_owned())
    }

    /// What somebody has remarked on a place.
    fn remarked(&self, place: Span) -> Option<String> {
        let remarks = self.article.reading.document().remarks(&place.range());
        let said = remarks.map(|remark| match &*remark.author {
            "" => one_line(&remark.text),
            author => format!("{author}: {}", one_line(&remark.text)),
        });
        let said = said.collect::<Vec<_>>().join(" / ");
        (!said.is_empty()).then_some(said)
    }
}

/// Leaves out when a claim held where another seems to state the same fact: words around figures are
/// not enough to say that two of them must agree.
fn apart(mut claims: Vec<NewClaim>, known: Known<'_>) -> Vec<NewClaim> {
    type Fact = (Option<String>, Option<String>, Option<String>);
    let mut seen: HashSet<Fact> = known
        .claims()
        .iter()
        .map(|claim| {
            let when = claim.figure.when.as_ref().map(|(_, days)| days.to_string());
            (claim.subject.clone(), claim.measure.clone(), when)
        })
        .collect();
    for claim in &mut claims {
        let fact = (claim.subject.clone(), claim.measure.clone(), claim.when.clone());
        if !seen.insert(fact) && claim.subject.is_some() && claim.measure.is_some() {
            claim.subject = None;
        }
    }
    claims
}
