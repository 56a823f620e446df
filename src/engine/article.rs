//! Relations that an article's prose states, judged.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::engine::{
    Figures, Filled, Given, Holds, Outcome, Relation, Verdict, Way, explain, judge, trust,
};
use crate::figure::Figure;
use crate::prose::{Article, Candidate, Found, Less, Reader, Taken};
use crate::published::Publication;
use crate::reading::Reading;
use crate::rule::Join;
use crate::rule::link::Aspect;
use crate::value::{Days, Rational, Value};

/// An article's figures that take part in relations, and what came of them.
#[derive(Debug)]
pub struct Checked<'r> {
    /// The figures.
    pub figures: Vec<Figure>,
    /// The day of publication, as far as it is known.
    pub published: Option<Publication>,
    /// The relations with their verdicts, and the findings.
    pub outcome: Outcome<'r>,
}

impl<'r> Checked<'r> {
    /// What the relations are over.
    pub fn figures(&self) -> Figures<'_> {
        Figures::read(&self.figures, self.published)
    }

    /// What the relations are over, and what came of them, to be changed.
    pub fn parts(&mut self) -> (Figures<'_>, &mut Outcome<'r>) {
        (Figures::read(&self.figures, self.published), &mut self.outcome)
    }
}

/// What is remarked of a relation in quotation marks, which is a level lower.
pub const QUOTED: &str = "quoted from somebody";

/// What is told of a relation that its words alone do not make.
const TENTATIVE: &str =
    "taken because it holds: its words alone do not tell that the figures belong together";

/// Why a relation that was found in prose is not handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silent {
    /// It is there only to excuse other readings of its figures.
    Excuses,
    /// Its rule, or the words that relate it, were measured to be wrong too often.
    Preview,
    /// Its rule says nothing of what holds.
    Quiet,
    /// Another relation, by its index, is the better reading of its figures.
    Another(usize),
    /// Its figures are not meant together, by what the rule says of them.
    NotMeant,
}

/// The relations of an article with their verdicts, those that are not handed on too.
#[derive(Debug)]
pub struct Weighed<'r> {
    /// The figures.
    pub figures: Vec<Figure>,
    /// The relations.
    pub relations: Vec<Relation<'r>>,
    /// Why each of them is not handed on, where it is not.
    pub silent: Vec<Option<Silent>>,
}

/// Relates the figures of an article as its prose does, and judges what comes of it.
pub fn check_prose<'r>(reading: &Reading<'_>, given: Given<'r>) -> Checked<'r> {
    let article = Article::of(reading);
    let found = Reader::new(given.rules, given.preview).read(article);
    judged(reading, found, given)
}

/// Judges what was found in an article.
pub fn judged<'r>(reading: &Reading<'_>, found: Found<'r>, given: Given<'r>) -> Checked<'r> {
    let published = reading.published();
    let Weighed { figures: taken_in, mut relations, silent } = weighed(reading, found, given);
    let mut silent = silent.iter();
    relations.retain(|_| silent.next().is_none_or(Option::is_none));
    let said = explain::findings(&relations, Figures::read(&taken_in, published), given.rates);
    let outcome = Outcome { relations, said, ..Outcome::default() };
    Checked { figures: taken_in, published, outcome }
}

/// Relates the figures of an article, and judges every relation, those that are not handed on too.
pub fn weigh_prose<'r>(reading: &Reading<'_>, given: Given<'r>) -> Weighed<'r> {
    let found = Reader::new(given.rules, given.preview).read(Article::of(reading));
    weighed(reading, found, given)
}

fn weighed<'r>(reading: &Reading<'_>, found: Found<'r>, given: Given<'r>) -> Weighed<'r> {
    let Found { candidates, further } = found;
    let published = reading.published();
    let mut taking = Taking {
        article: Article { further: &further, ..Article::of(reading) },
        reading,
        figures: Vec::new(),
        known: HashMap::new(),
        given,
        years: OnceCell::new(),
    };
    let mut relations: Vec<Relation<'r>> = Vec::with_capacity(candidates.len());
    let mut taken: Vec<Vec<usize>> = Vec::with_capacity(candidates.len());
    let mut excuses = Vec::with_capacity(candidates.len());
    let mut mute = Vec::with_capacity(candidates.len());
    let mut tried = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        taken.push(candidate.mentions());
        excuses.push(candidate.excuses);
        mute.push(trust::is_mute(&candidate, given));
        tried.push(candidate.tried);
        relations.push(taking.relation(candidate));
    }
    let taken_in = taking.figures;
    let figures = Figures::read(&taken_in, published);
    for relation in &mut relations {
        judge::judge(relation, figures, given);
        trust::after(relation, given);
    }
    let holds = |relation: &Relation<'_>| {
        relation.verdict == Verdict::Holds && !judge::is_implausible(relation, figures, given.rates)
    };
    if tried.iter().any(Option::is_some) {
        let is_meant = meant(&relations, &taken, &tried, holds);
        only(&is_meant, &mut relations);
        only(&is_meant, &mut taken);
        only(&is_meant, &mut excuses);
        only(&is_meant, &mut mute);
    }
    let readings = Readings::new(&relations, &taken, &excuses);
    let silent = |i: usize| {
        let relation = &relations[i];
        let is_quiet = relation.is_quiet() && relation.verdict == Verdict::Holds;
        // An excuse is no relation of its own.
        if excuses[i] {
            return Some(Silent::Excuses);
        }
        if mute[i] {
            return Some(Silent::Preview);
        }
        if is_quiet && !given.measures {
            return Some(Silent::Quiet);
        }
        let better = readings.better(i).map(Silent::Another);
        let not_meant = || judge::is_implausible(relation, figures, given.rates);
        better.or_else(|| not_meant().then_some(Silent::NotMeant))
    };
    let silent = (0..relations.len()).map(silent).collect();
    Weighed { figures: taken_in, relations, silent }
}

/// Which relations are meant: of those with a figure that was looked for or put to the test, the first that
/// holds, if any does.
fn meant<'r>(
    relations: &[Relation<'r>],
    taken: &[Vec<usize>],
    tried: &[Option<usize>],
    holds: impl Fn(&Relation<'r>) -> bool,
) -> Vec<bool> {
    let others = |i: usize| taken[i].iter().filter(move |&&own| Some(own) != tried[i]);
    let holds = |i: usize| holds(&relations[i]);
    let is_same = |i: usize, other: usize| {
        relations[i].rule() == relations[other].rule() && others(i).eq(others(other))
    };
    let is_meant = |i: usize| {
        // Those of the same figures were found one behind the other.
        let is_earlier = |other: &usize| tried[*other].is_some() && is_same(i, *other);
        let earlier = || (0..i).rev().take_while(is_earlier);
        tried[i].is_none() || holds(i) && !earlier().any(holds)
    };
    (0..relations.len()).map(is_meant).collect()
}

/// Leaves of some things those that are meant.
fn only<T>(is_meant: &[bool], all: &mut Vec<T>) {
    let mut meant = is_meant.iter();
    all.retain(|_| meant.next().is_none_or(|&meant| meant));
}

/// The relations of an article, found by the figures that they take.
struct Readings<'a, 'r> {
    relations: &'a [Relation<'r>],
    taken: &'a [Vec<usize>],
    excuses: &'a [bool],
    /// Each mention with each relation that takes it, sorted.
    by_mention: Vec<(usize, usize)>,
}

impl<'a, 'r> Readings<'a, 'r> {
    fn new(relations: &'a [Relation<'r>], taken: &'a [Vec<usize>], excuses: &'a [bool]) -> Self {
        let mut by_mention: Vec<(usize, usize)> = taken
            .iter()
            .enumerate()
            .flat_map(|(relation, all)| all.iter().map(move |&mention| (mention, relation)))
            .collect();
        by_mention.sort_unstable();
        Self { relations, taken, excuses, by_mention }
    }

    /// The relations that take a figure of this one, itself included.
    fn around(&self, index: usize) -> impl Iterator<Item = usize> {
        self.taken[index].iter().flat_map(|&mention| {
            let first = self.by_mention.partition_point(|&(other, _)| other < mention);
            let from = self.by_mention[first..].iter();
            from.take_while(move |&&(other, _)| other == mention).map(|&(_, relation)| relation)
        })
    }

    /// The better reading of the same figures, where there is one and a relation is not kept.
    ///
    /// Prose can be read in more than one way, and a reading in which the figures agree is the one
    /// that was meant. Of two that contradict, the first is enough.
    fn better(&self, index: usize) -> Option<usize> {
        let relation = &self.relations[index];
        let own = &self.taken[index];
        let good = |relation: &Relation<'_>| relation.verdict.holds();
        // A part of one whole may have parts itself: that is no other reading.
        let alike_in_roles = |other: &Relation<'_>| {
            let roles = relation.roles.iter().zip(&other.roles);
            let shared = |(a, b): (&Filled, &Filled)| {
                a.claims.iter().filter(|claim| b.claims.contains(claim)).count()
            };
            roles.map(shared).sum::<usize>()
        };
        // Two conversions that imply another rate are compared with one that both share.
        let is_pair =
            matches!(relation.holds, Holds::Rule(rule) if rule.join == Some(Join::OneRate));
        let enough = if is_pair { own.len() } else { own.len().saturating_sub(1).clamp(1, 2) };
        self.around(index).find(|&at| {
            let (other, others) = (&self.relations[at], &self.taken[at]);
            let same_rule = other.rule() == relation.rule();
            // What a quiet rule looks at is no reading of the figures.
            let apart = !same_rule && good(other) && (other.is_quiet() || relation.is_quiet());
            // What is taken because it holds is no better reading than one that words tell.
            let (weak, other_weak) = (relation.is_tentative(), other.is_tentative());
            if at == index || apart || other_weak && !weak {
                return false;
            }
            if weak && !other_weak && own.iter().all(|mention| others.contains(mention)) {
                return other.verdict != Verdict::Unknown;
            }
            match (good(relation), good(other)) {
                (true, _) => at < index && same_rule && own == others,
                (false, true) => {
                    // What a rule says of a single figure, no other rule reads in another way.
                    let within = 1 < own.len() && own.iter().all(|m| others.contains(m));
                    // The lower ends of two ranges are no other reading of the upper ones.
                    let apart = same_rule && alike_in_roles(other) == 0;
                    within && !apart || same_rule && enough <= alike_in_roles(other)
                }
                (false, false) => {
                    let first = (other.severity, index) > (relation.severity, at);
                    let alike = own == others || same_rule && enough <= alike_in_roles(other);
                    first && !self.excuses[at] && alike && other.verdict == Verdict::Contradicts
                }
            }
        })
    }
}

/// The figures of an article that take part in relations, each once for each way that it is taken.
struct Taking<'a> {
    article: Article<'a>,
    reading: &'a Reading<'a>,
    figures: Vec<Figure>,
    known: HashMap<(Taken, bool), usize>,
    given: Given<'a>,
    /// When money of the article is converted; found out when first needed.
    years: OnceCell<Option<(String, Days)>>,
}

impl Taking<'_> {
    fn relation<'r>(&mut self, candidate: Candidate<'r>) -> Relation<'r> {
        let rule = candidate.rule;
        let is_exchanged = !rule.keeps_currencies && {
            let mut currencies = candidate.roles.iter().flatten().filter_map(|taken| {
                match &self.article.mention(taken.mention).value {
                    Value::Amount(amount) => amount.unit.currency,
                    _ => None,
                }
            });
            let first = currencies.next();
            currencies.any(|other| Some(other) != first)
        };
        let roles = rule
            .roles
            .iter()
            .zip(candidate.roles)
            .map(|(role, taken)| Filled {
                name: role.name.clone(),
                is_list: role.kind.is_list,
                claims: taken.into_iter().map(|taken| self.figure(taken, is_exchanged)).collect(),
            })
            .collect();
        let cue = candidate.cue.map(|words| self.reading.prose()[words].into());
        let level = trust::level(rule, candidate.apart, candidate.severity, self.given);
        let is_lowered = candidate.quoted && !self.given.measures;
        let tentative = candidate.tried.map(|_| TENTATIVE);
        let remarks = candidate.quoted.then_some(QUOTED).into_iter().chain(tentative);
        Relation {
            holds: Holds::Rule(rule),
            roles,
            asserted: None,
            because: None,
            severity: if is_lowered { level.lower() } else { level },
            is_severity_stated: false,
            loosely: rule.loosely,
            way: Some(Way {
                apart: candidate.apart,
                states_strain: candidate.strain.is_some(),
                is_tentative: candidate.tried.is_some(),
            }),
            limit: trust::limit(rule, candidate.apart, candidate.strain),
            strain: None,
            cue,
            slip: None,
            verdict: Verdict::Unknown,
            remarks: remarks.map(str::to_owned).collect(),
        }
    }

    /// The year of publication and the one before, as far as the table of rates goes.
    fn years(&self) -> Option<(String, Days)> {
        let years = self.years.get_or_init(|| {
            let year = self.reading.published()?.day.year();
            let last = year.min(self.given.rates.last_year());
            // The rates of long ago say little of those of the day.
            (year - last <= 1)
                .then(|| Some((format!("{} to {last}", last - 1), Days::years(last - 1, last)?)))?
        });
        years.clone()
    }

    fn figure(&mut self, taken: Taken, is_exchanged: bool) -> usize {
        if let Some(&known) = self.known.get(&(taken, is_exchanged)) {
            return known;
        }
        let span = self.reading.place(self.article.mention(taken.mention).range.clone());
        let value = taken.value(self.article).into_owned();
        let is_fall = matches!(taken.aspect, Aspect::Negated | Aspect::PointsDown);
        let is_signed = matches!(
            &self.article.mention(taken.mention).value,
            Value::Amount(amount) if amount.to < Rational::ZERO
        );
        let sign = if is_fall && !is_signed { "-" } else { "" };
        let words = |mention: usize| {
            let range = self.article.mention(mention).range.clone();
            &self.reading.prose()[range]
        };
        let end = match (taken.aspect, &value) {
            (Aspect::Low | Aspect::High, Value::Amount(amount)) => Some(amount.write(&amount.to)),
            _ => None,
        };
        let written = match taken.less {
            None => end.unwrap_or_else(|| format!("{sign}{}", words(taken.mention))),
            Some(Less { mention, rises }) => {
                let sign = if rises { "less" } else { "and" };
                let before = match &value {
                    Value::Amount(amount) => amount.write(&amount.to),
                    _ => String::new(),
                };
                format!("{before} ({} {sign} {})", words(taken.mention), words(mention))
            }
        };
        let when = if is_exchanged { self.years() } else { None };
        let number = self.figures.len();
        let is_computed = taken.less.is_some();
        self.figures.push(Figure { value, written, is_fall, is_computed, span, when });
        self.known.insert((taken, is_exchanged), number);
        number
    }
}
