//! What an article states of a subject, a measure and a period, so plainly that another article's figure of the
//! same can be held against it.
//!
//! Words around a figure are mostly not enough to say what it is of. Here all of them are taken: the clause of
//! the figure, without the figure, its date and the words that hold it together, is what it is of. So two
//! articles state one fact only where they say so in the same words, and a figure is left alone wherever its
//! clause might not have all that tells it from others.

use std::cell::LazyCell;
use std::ops::Range;

use crate::document::{BlockKind, sentences};
use crate::draft::names::Names;
use crate::lexicon::{Abbreviations, Lexicon, bit, class, fold};
use crate::mention::Mention;
use crate::reading::Reading;
use crate::value::{Amount, Days, Kind, Value};

/// Bytes of a sentence that is read; a longer one has more to it than a fact.
const LONGEST: usize = 400;
/// Words of a clause.
const MOST_WORDS: usize = 14;
/// Words of a name.
const LONGEST_NAME: usize = 4;

/// A figure of an article with what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<'r> {
    /// Who or what it is about: a name, as it is written.
    pub subject: String,
    /// Which figure of it: the other words of its clause, in small letters.
    pub measure: String,
    /// When it held.
    pub period: Days,
    /// The figure.
    pub amount: &'r Amount,
    /// The bytes of the figure in the prose.
    pub range: Range<usize>,
}

/// The facts that an article states, in its order. Without a day of publication there are none: what is not
/// over by then is no fact yet.
pub fn facts<'r>(reading: &'r Reading<'_>) -> Vec<Fact<'r>> {
    let mut found = Vec::new();
    let (Some(published), prose) = (reading.published(), reading.prose()) else { return found };
    if reading.mentions().is_empty() {
        return found;
    }
    let lexicon = reading.lexicon();
    let mut all: Vec<Range<usize>> = Vec::new();
    for block in reading.document().blocks() {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. }) {
            let text = &prose[block.range.clone()];
            let begin = block.range.start;
            let sentences = sentences(text, Abbreviations::built_in());
            all.extend(sentences.map(|one| begin + one.start..begin + one.end));
        }
    }
    // Few articles come so far that their names are asked for.
    let names = LazyCell::new(|| Names::new(prose, &all, lexicon).without_common(prose));
    for sentence in all.iter().filter(|sentence| sentence.len() <= LONGEST).cloned() {
        let figures = reading.mentions_in(&sentence);
        let has_date = figures.iter().any(is_date);
        let has_amount = figures.iter().any(|figure| matches!(figure.value, Value::Amount(_)));
        if !(has_date && has_amount) {
            continue;
        }
        let line = Line::read(prose, sentence, figures);
        if line.is_open(lexicon) {
            continue;
        }
        let own = (0..line.items.len()).filter_map(|at| line.fact(at, &names, lexicon));
        found.extend(own.filter(|fact| fact.period.last() < published.day));
    }
    found
}

/// A part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item<'r> {
    Word(&'r str),
    Figure(&'r Mention),
    Mark(char),
}

/// A sentence as its parts.
struct Line<'r> {
    items: Vec<Item<'r>>,
}

/// How a figure is meant.
enum Meant<'r> {
    /// As a level: "rose to", "was".
    Level,
    /// As what a verb does something by, or to.
    By(&'r str),
}

/// The words of a clause, those before the figure and those behind it, and the days that are named in it.
#[derive(Default)]
struct Clause<'r> {
    before: Vec<&'r str>,
    behind: Vec<&'r str>,
    dates: Vec<&'r Mention>,
}

impl<'r> Line<'r> {
    fn read(prose: &'r str, sentence: Range<usize>, figures: &'r [Mention]) -> Self {
        let mut items = Vec::new();
        let mut at = sentence.start;
        for figure in figures {
            if figure.range.start < at {
                continue;
            }
            cut(&prose[at..figure.range.start], &mut items);
            items.push(Item::Figure(figure));
            at = figure.range.end;
        }
        cut(&prose[at..sentence.end.max(at)], &mut items);
        Self { items }
    }

    fn words(&self) -> impl Iterator<Item = &'r str> + '_ {
        self.items.iter().filter_map(|item| match item {
            Item::Word(word) => Some(*word),
            _ => None,
        })
    }

    /// Whether it is somebody's words, a heading, speaks of what is not so yet or perhaps, or of what only the
    /// sentences around it say.
    fn is_open(&self, lexicon: &Lexicon) -> bool {
        let quotes = |item: &Item<'_>| matches!(item, Item::Mark('"' | '“' | '”' | '?' | '‘'));
        let is_open = |word: &str| {
            lexicon.is(word, class::NOT_SO_YET) || lexicon.is(word, class::HANGS_ON_CONTEXT)
        };
        let long = || self.words().filter(|word| 3 < word.len());
        let capital = long().filter(|word| word.starts_with(char::is_uppercase)).count();
        self.items.iter().any(quotes) || self.words().any(is_open) || long().count() < 2 * capital
    }

    /// What the figure at a place states.
    fn fact(&self, at: usize, names: &Names<'_>, lexicon: &Lexicon) -> Option<Fact<'r>> {
        let Item::Figure(own) = *self.items.get(at)? else { return None };
        let Value::Amount(amount) = &own.value else { return None };
        let is_measured = match amount.kind {
            Kind::Money | Kind::Percent | Kind::Quantity => true,
            Kind::Number => own.counted.is_some(),
            _ => false,
        };
        if !is_measured || amount.from != amount.to {
            return None;
        }
        let mut clause = Clause::default();
        self.before(at, lexicon, &mut clause)?;
        self.behind(at, lexicon, &mut clause)?;
        let period = clause.period()?;
        let measured = clause.measured(lexicon)?;
        let (subject, rest) = clause.subject(names, lexicon)?;
        let verb = match measured {
            Meant::Level => None,
            Meant::By(verb) => Some(verb),
        };
        let behind = clause.behind.iter().copied();
        let mut words: Vec<String> = Vec::new();
        let mut says = false;
        for word in rest.into_iter().chain(verb).chain(behind) {
            if lexicon.is(word, class::DETERMINER) {
                continue;
            }
            says |= 2 < word.len() && lexicon.look_up(word).senses & bit::FUNCTION == 0;
            let mut small = String::new();
            fold(word, &mut small);
            words.push(small);
        }
        let is_whole = says && words.len() <= MOST_WORDS;
        let range = own.range.clone();
        is_whole.then(|| Fact { subject, measure: words.join(" "), period, amount, range })
    }

    /// Takes what stands before a figure in its clause; `None` where that cannot be told.
    fn before(&self, at: usize, lexicon: &Lexicon, clause: &mut Clause<'r>) -> Option<()> {
        let mut from = at;
        while let Some(item) = from.checked_sub(1).and_then(|at| self.items.get(at)) {
            match *item {
                Item::Word(word) if lexicon.is(word, class::REPORTS) => break,
                Item::Word(word) => clause.before.push(word),
                Item::Figure(figure) if is_date(figure) => {
                    clause.dates.push(figure);
                    // What leads to a date is none of the words.
                    while from.checked_sub(2).is_some_and(|at| self.leads_to_date(at, lexicon)) {
                        from -= 1;
                    }
                }
                // What the figures share cannot be told.
                Item::Figure(_) => return None,
                Item::Mark('.') => {}
                Item::Mark(',') if self.is_date_only(from - 1, lexicon) => {
                    clause.dates.extend(self.items[..from - 1].iter().filter_map(
                        |item| match item {
                            Item::Figure(figure) => Some(*figure),
                            _ => None,
                        },
                    ));
                    break;
                }
                // "However,", "he said,", but not "in the north," or "excluding oil,".
                Item::Mark(',') if !self.narrows(lexicon) => break,
                Item::Mark(_) => return None,
            }
            from -= 1;
        }
        clause.before.reverse();
        // "Kim said that".
        if clause.before.first().is_some_and(|word| lexicon.is(word, class::THAT)) {
            clause.before.remove(0);
        }
        Some(())
    }

    /// Whether nothing but a date stands before a comma: "In 2004,".
    fn is_date_only(&self, comma: usize, lexicon: &Lexicon) -> bool {
        let is_dates = |item: &Item<'_>| match item {
            Item::Figure(figure) => is_date(figure),
            Item::Word(word) => {
                lexicon.is(word, class::PREPOSITION) || lexicon.is(word, class::DETERMINER)
            }
            Item::Mark(_) => false,
        };
        self.items[..comma].iter().all(is_dates)
    }

    fn leads_to_date(&self, at: usize, lexicon: &Lexicon) -> bool {
        matches!(self.items.get(at), Some(Item::Word(word)) if leads_to_date(word, lexicon))
    }

    /// Whether a sentence begins with what its clauses are said of.
    fn narrows(&self, lexicon: &Lexicon) -> bool {
        match self.items.first() {
            Some(Item::Word(word)) => {
                let mut small = String::new();
                fold(word, &mut small);
                lexicon.is(&small, class::PREPOSITION) || lexicon.is(&small, class::NARROWS)
            }
            _ => true,
        }
    }

    /// Takes what stands behind a figure in its clause; `None` where that cannot be told.
    fn behind(&self, at: usize, lexicon: &Lexicon, clause: &mut Clause<'r>) -> Option<()> {
        let mut next = at + 1;
        while let Some(item) = self.items.get(next) {
            match *item {
                Item::Word(word) if lexicon.is(word, class::AND_BUT) => break,
                Item::Word(word) => clause.behind.push(word),
                Item::Figure(figure) if is_date(figure) => {
                    clause.dates.push(figure);
                    let leads = |word: &&str| leads_to_date(word, lexicon);
                    while clause.behind.last().is_some_and(leads) {
                        clause.behind.pop();
                    }
                }
                // "From 4.3 billion", which it is held against.
                Item::Figure(_) => {
                    let before = clause.behind.pop()?;
                    if !lexicon.is(before, class::SETS_AGAINST) || lexicon.is(before, class::TO) {
                        return None;
                    }
                    break;
                }
                Item::Mark('.') => {}
                Item::Mark(',') => {
                    let narrows = |word: &str| {
                        lexicon.is(word, class::PREPOSITION)
                            && !lexicon.is(word, class::SETS_AGAINST)
                            || lexicon.is(word, class::NARROWS)
                    };
                    match self.items.get(next + 1) {
                        Some(Item::Word(word)) if narrows(word) => return None,
                        _ => break,
                    }
                }
                Item::Mark(_) => break,
            }
            next += 1;
        }
        Some(())
    }
}

fn is_date(figure: &Mention) -> bool {
    matches!(figure.value, Value::Date(_))
}

/// Whether a word leads to a date: "in", "the".
fn leads_to_date(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.is(word, class::PREPOSITION) || lexicon.is(word, class::ARTICLE)
}

impl<'r> Clause<'r> {
    /// The days of its only date.
    fn period(&self) -> Option<Days> {
        let mut all = self.dates.iter().map(|figure| match &figure.value {
            Value::Date(date) if date.bound.is_none() && date.kind != Kind::Time => {
                match &*date.readings {
                    // Of one day, much is true at one hour and not at another.
                    [days] if days.first() != days.last() => Some(*days),
                    _ => None,
                }
            }
            _ => None,
        });
        let first = all.next()??;
        all.all(|other| other == Some(first)).then_some(first)
    }

    /// The words that are left of those between the subject and the figure, as far as they say how the figure
    /// is meant; `None` where they do not. What is left of `before` is the subject's.
    fn measured(&mut self, lexicon: &Lexicon) -> Option<Meant<'r>> {
        let last = self.before.pop()?;
        let is_change = |word: &str| lexicon.look_up(word).senses & bit::CHANGE != 0;
        let is_state = |word: &str| lexicon.is(word, class::STATE_VERB);
        if lexicon.is(last, class::FROM) {
            return None;
        }
        // A level: "rose to", "stood at", "was", "exports of".
        if lexicon.is(last, class::LEVEL_EDGE) {
            let verb = self.before.pop()?;
            return (is_change(verb) || is_state(verb)).then_some(Meant::Level);
        }
        if is_state(last) || lexicon.is(last, class::OF) {
            return Some(Meant::Level);
        }
        // A change: "rose by", "rose".
        let by = lexicon.is(last, class::BEFORE_SHARE);
        let verb = if by { self.before.pop()? } else { last };
        if by && !is_change(verb)
            || lexicon.look_up(verb).senses & bit::FUNCTION != 0 && !is_change(verb)
        {
            return None;
        }
        Some(Meant::By(verb))
    }

    /// The first name among its words, and the other words.
    fn subject(&self, names: &Names<'_>, lexicon: &Lexicon) -> Option<(String, Vec<&'r str>)> {
        let words = &self.before;
        let is_capital = |word: &&&str| {
            let senses = lexicon.look_up(word).senses;
            word.starts_with(char::is_uppercase) && senses & bit::FUNCTION == 0
        };
        let mut first = words.iter().position(|word| is_capital(&word))?;
        let mut length = words[first..].iter().take_while(is_capital).count();
        // "Exports of Oakfield": a word that has a capital for the place where it stands.
        if (first, length) == (0, 1) && !names.has(words[0]) {
            first = 1 + words[1..].iter().position(|word| is_capital(&word))?;
            length = words[first..].iter().take_while(is_capital).count();
        }
        let own = &words[first..first + length];
        let led = first.checked_sub(1).map(|at| words[at]);
        let is_led = led.is_some_and(|word| lexicon.is(word, class::DETERMINER));
        let is_plain =
            |word: &&str| word.chars().skip(1).any(char::is_lowercase) && names.has(word);
        let is_name = match own {
            [one] => is_plain(one) && !is_led,
            several => several.len() <= LONGEST_NAME && several.iter().any(is_plain),
        };
        let bare = |word: &&str| word.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        let subject = own.iter().map(bare).collect::<Vec<_>>().join(" ");
        let rest = words[..first].iter().chain(&words[first + length..]).copied().collect();
        is_name.then_some((subject, rest))
    }
}

/// Cuts a text without figures into words and marks.
fn cut<'r>(text: &'r str, items: &mut Vec<Item<'r>>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '&');
            rest.find(|c: char| !goes_on(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (part, behind) = rest.split_at(length);
        if first.is_alphanumeric() {
            items.push(Item::Word(part.trim_end_matches(['\'', '’', '-', '&'])));
        } else if !first.is_whitespace() {
            items.push(Item::Mark(first));
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::published::Dated;
    use crate::source::Sources;

    /// The facts of a sentence in an article that names Oakfield and Anna Birch elsewhere too.
    fn stated(sentence: &str) -> Vec<String> {
        let text = format!("{sentence} Many people in Oakfield have heard of Anna Birch by now.");
        let mut sources = Sources::new();
        let id = sources.add("article.txt", text);
        let dated =
            Dated { stated: None, given: Some(Date::constant(2022, 3, 4)), otherwise: None };
        let reading = Reading::new(&sources, id, dated, Lexicon::built_in());
        let all = facts(&reading);
        all.iter()
            .map(|fact| {
                let figure = &reading.prose()[fact.range.clone()];
                format!("{} | {} | {} | {figure}", fact.subject, fact.measure, fact.period)
            })
            .collect()
    }

    #[test]
    fn a_fact_is_all_that_its_clause_says() {
        for (sentence, fact) in [
            (
                "Oakfield's exports grew to $5 million in 2020.",
                "Oakfield | exports | 2020 | $5 million",
            ),
            (
                "In 2020, the exports of Oakfield reached $5 million.",
                "Oakfield | exports of | 2020 | $5 million",
            ),
            (
                "The mayor said that Oakfield's exports were $5 million last year.",
                "Oakfield | exports | 2021 | $5 million",
            ),
            (
                "However, exports of wool from Oakfield rose by 5 percent in 2020.",
                "Oakfield | exports of wool from rose | 2020 | 5 percent",
            ),
            (
                "Oakfield sold 5,000 tonnes of wheat in 2020, up from 4,000 tonnes a year before.",
                "Oakfield | sold of wheat | 2020 | 5,000 tonnes",
            ),
            (
                "Anna Birch raised $5 million for the school in May 2020.",
                "Anna Birch | raised for school | May 2020 | $5 million",
            ),
        ] {
            assert_eq!(stated(sentence), [fact], "{sentence}");
        }
    }

    #[test]
    fn what_might_be_something_else_is_left_alone() {
        for sentence in [
            // Not so yet, or somebody's wish or words.
            "Oakfield's exports will grow to $5 million in 2020.",
            "Oakfield's exports grew to an expected $5 million in 2020.",
            "\"Oakfield's exports grew to $5 million in 2020,\" the mayor said.",
            // Not over, or without a period of its own, or of one day.
            "Oakfield's exports grew to $5 million in 2022.",
            "Oakfield's exports grew to $5 million, more than in 2020.",
            "Oakfield's exports were $5 million on 1 May 2020.",
            "Oakfield's exports grew to $5 million.",
            // Of less than the clause says.
            "In the north, Oakfield's exports grew to $5 million in 2020.",
            "Oakfield's exports grew to $5 million in 2020, excluding wool.",
            "Oakfield's exports grew to $5 million in 2020, for the most part by rail.",
            // Of what stands in another sentence.
            "There its exports grew to $5 million in 2020.",
            "Oakfield's other exports grew to $5 million in 2020.",
            "Revenue grew to $5 million in 2020.",
            // Where it began, or beside another figure.
            "Oakfield's exports fell from $5 million in 2020.",
            "Oakfield's 12 firms had exports of $5 million in 2020.",
            "Oakfield's exports and imports were $5 million and $6 million in 2020.",
            "OAKFIELD EXPORTS ROSE TO $5 MILLION IN 2020.",
        ] {
            assert_eq!(stated(sentence), [""; 0], "{sentence}");
        }
    }
}
