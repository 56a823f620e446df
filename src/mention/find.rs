//! From a text to its mentions, in one pass.

use std::ops::Range;

use jiff::civil::Date as Day;

use crate::document::Document;
use crate::lexicon::{Lexicon, Sense, bit, class};
use crate::mention::amount::{counted, hanging, rate};
use crate::mention::brackets::is_same_in_brackets;
use crate::mention::cursor::Cursor;
use crate::mention::date::{self, year};
use crate::mention::partner::{self, Partners};
use crate::mention::read::{ReadValue, read_value};
use crate::mention::story::Story;
use crate::mention::token::{Token, TokenKind, Tokens};
use crate::mention::{hedge, names, number};
use crate::value::{Amount, Currency, DateValue, Days, Kind, Rational, Unit, UnitData, Value};

/// A span of text that states a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What they state.
    pub value: Value,
    /// The bytes of the noun that a bare number counts: "Armenians".
    pub counted: Option<Range<usize>>,
    /// Whether words outside the span had a say: a unit or a scale word that is shared ("from 5 to 6
    /// million"), a tense that points a weekday to the future, a "since" that makes a number a year.
    pub leans: bool,
}

/// What may start a figure, beside digits and signs.
const STARTS: u64 = bit::CARDINAL
    | bit::SCALE_PLURAL
    | bit::FRACTION
    | bit::ORDINAL
    | bit::MULTIPLE
    | bit::SIGN
    | bit::SHARE
    | bit::HEDGE;

/// What may start a figure or a date, beside these.
const LEADS: u64 = STARTS | date::NAMES | bit::BOUND;

/// Tokens behind a date within which "a year earlier" is counted from that date.
const NEAR_DATE: usize = 30;

/// Tokens of a heading that is a year: "2001", "The year 2001".
const LONGEST_HEADING: usize = 3;

/// Finds the mentions of one text after another, in the room that the ones before took.
pub struct Finder<'l> {
    lexicon: &'l Lexicon,
    published: Option<Day>,
    room: Vec<Token>,
    /// The figures of the text that later ones may be set against.
    partners: Partners,
    /// The currency that cents are of: the last one named whose hundredth is the cent.
    cents_of: Option<Currency>,
    /// What money the texts before are about.
    story: Story,
    /// The year that was named last in the texts before.
    year_before: Option<i16>,
    /// The last year that was a text of its own.
    year_above: Option<i16>,
}

impl<'l> Finder<'l> {
    /// A finder for one article, with its day of publication where it is known.
    pub fn new(lexicon: &'l Lexicon, published: Option<Day>) -> Self {
        Self {
            lexicon,
            published,
            room: Vec::new(),
            partners: Partners::default(),
            cents_of: None,
            story: Story::default(),
            year_before: None,
            year_above: None,
        }
    }

    /// Hands every figure and date of a document over, in order; ranges are of its prose.
    pub fn find_in(&mut self, document: &Document<'_>, each: &mut impl FnMut(Mention)) {
        for block in document.blocks() {
            let start = block.range.start;
            self.find(&document.prose()[block.range.clone()], &mut |mut mention: Mention| {
                mention.range = moved(&mention.range, start);
                mention.counted = mention.counted.map(|noun| moved(&noun, start));
                each(mention);
            });
        }
    }

    /// Hands every figure and date of a text over, in order, none within another.
    pub fn find(&mut self, text: &str, each: &mut impl FnMut(Mention)) {
        let tokens = Tokens::cut(text, self.lexicon, std::mem::take(&mut self.room));
        let mut cursor = Cursor {
            tokens: &tokens,
            lexicon: self.lexicon,
            published: self.published,
            dated: None,
            year_before: self.year_before,
            year_above: self.year_above,
        };
        let mut last_date = None;
        let mut last_day = None;
        let mut last_hedge: Option<(usize, usize, Unit)> = None;
        // The bracket behind a figure for each of something.
        let mut rated = None;
        let mut partners = std::mem::take(&mut self.partners);
        partners.clear();
        let mut i = list_number(cursor);
        while i < tokens.len() {
            if starts_nothing(cursor, i) {
                i += 1;
                continue;
            }
            if let Some(next) = names::skip(cursor, i) {
                i = next.max(i + 1);
                continue;
            }
            if !may_start(cursor, i) {
                i += 1;
                continue;
            }
            if is_garbled(cursor, i) {
                i += 3;
                continue;
            }
            cursor.dated = last_date.filter(|&(at, _)| i - at < NEAR_DATE).map(|(_, days)| days);
            // "($4.3 billion) a year": the year belongs to the figures before it.
            if rated == i.checked_sub(1)
                && tokens.is_sign(i.saturating_sub(1), ')')
                && let Some((_, next)) = rate::per_time(cursor, i)
            {
                i = next;
                continue;
            }
            let Some(read) = read_value(cursor, i).filter(|read| read.start < read.next) else {
                i += 1;
                continue;
            };
            if let Some(next) = is_code(cursor, &read) {
                i = next;
                continue;
            }
            let mut read = read;
            let before = last_hedge.take();
            if let Value::Amount(amount) = &read.value {
                match before {
                    Some((end, hedge, unit))
                        if is_same_in_brackets(cursor, i, end, amount, &unit) =>
                    {
                        if let Some(again) = hedge::read_with(cursor, i, hedge)
                            .filter(|again| again.next == read.next)
                        {
                            read.value = Value::Amount(again.amount);
                            read.leans = true;
                        }
                    }
                    _ => {
                        last_hedge =
                            read.hedge.map(|hedge| (read.next, hedge, amount.unit.clone()));
                    }
                }
            }
            if let Value::Date(date) = &mut read.value {
                read.leans |= given_a_day(date, last_day.filter(|_| cursor.dated.is_some()));
                last_date = date.readings.first().map(|&days| (read.next, days)).or(last_date);
                last_day = single_day(date).or(last_day);
                let year = year_named(cursor, read.start..read.next);
                self.year_before = year.or(self.year_before);
                if tokens.len() <= LONGEST_HEADING {
                    self.year_above = year.or(self.year_above);
                }
            }
            let (mention, next) = self.mention(cursor, read, &mut partners);
            let has_rate = |amount: &Amount| amount.unit.per.is_some();
            rated =
                matches!(&mention.value, Value::Amount(amount) if has_rate(amount)).then_some(next);
            i = next;
            each(mention);
        }
        self.room = tokens.into_room();
        self.partners = partners;
    }

    /// The currency that cents are of, which the home would tell too, but a sign before them does first.
    fn cents_before(
        &self,
        cursor: Cursor<'_>,
        tokens: Range<usize>,
        unit: &Unit,
    ) -> Option<Currency> {
        let home = self.lexicon.home().currency?.value;
        let word = tokens.end.checked_sub(1).filter(|&word| tokens.start < word)?;
        let is_bare = || self.lexicon.homes(cursor.tokens.str(word)).is_some();
        let told = self.cents_of.or_else(|| named_in(cursor.tokens.text, self.lexicon));
        told.filter(|&currency| {
            unit.minor.is_some() && unit.currency == Some(home) && currency != home && is_bare()
        })
    }

    /// The mention with what it counts, and the token behind it.
    fn mention(
        &mut self,
        cursor: Cursor<'_>,
        mut read: ReadValue,
        partners: &mut Partners,
    ) -> (Mention, usize) {
        let (start, mut next, mut leans) = (read.start, read.next, read.leans);
        let mut value = std::mem::replace(&mut read.value, Value::Unstated);
        let mut counted = None;
        if let Value::Amount(amount) = &mut value {
            let continues = partners.continues_list(cursor, &read, amount);
            if amount.kind == Kind::Number
                && !continues
                && amount.unit.per.is_none()
                && let Some(noun) = noun_of(cursor, amount, next)
            {
                let behind = cursor.tokens.end_before(noun.end);
                counted = Some(cursor.tokens.start(noun.start)..behind);
                // "2025 votes": the number alone is a year.
                leans |= next == start + 1 && year::likely(cursor, start);
                let (unit, end) = rate::read(cursor, &amount.unit, noun.end);
                if noun.end < end && !is_below_one(amount) {
                    amount.unit = unit;
                    next = end;
                }
            }
            if amount.kind == Kind::Money {
                if let Some(currency) = self.cents_before(cursor, start..next, &amount.unit) {
                    amount.unit = cents(&amount.unit, currency);
                    leans = true;
                }
                match amount.unit.currency {
                    Some(currency) if self.lexicon.has_cents(currency) => {
                        self.cents_of = Some(currency);
                    }
                    None => {
                        let text = cursor.tokens.text;
                        let told = self.cents_of.or_else(|| named_in(text, self.lexicon));
                        if let Some(currency) = told {
                            amount.unit = cents(&amount.unit, currency);
                            leans = true;
                        }
                    }
                    Some(_) => {}
                }
            }
            let is_bare = amount.kind == Kind::Number
                && counted.is_none()
                && amount.unit.name.is_empty()
                && amount.unit.per.is_none();
            leans |= is_bare && partners.complete(cursor, &read, amount, &mut counted);
            leans |= !is_bare && partners.complete_rate(cursor, &read, amount);
            leans |= !is_bare
                && counted.is_none()
                && partners.complete_number_of_rate(cursor, &read, amount);
            if amount.kind == Kind::Number
                && counted.is_none()
                && amount.unit.name.is_empty()
                && amount.unit.per.is_none()
                && let Some(unit) = self.story.unit_of(cursor, &read, amount)
            {
                if amount.from == amount.to {
                    partner::measure(cursor, &read, amount, Kind::Money, unit.clone());
                } else {
                    (amount.kind, amount.unit) = (Kind::Money, unit.clone());
                }
                leans = true;
            } else {
                self.story.keep(cursor, start, amount);
            }
            partners.keep(cursor, &read, amount, counted.as_ref(), next);
        }
        let range = cursor.tokens.start(start)..cursor.tokens.end_before(next);
        (Mention { range, value, counted, leans }, next)
    }
}

/// Gives a time of day that names no day the day that stands before it; tells whether it did.
fn given_a_day(date: &mut DateValue, day: Option<Days>) -> bool {
    let Some(day) = day.filter(|_| date.kind == Kind::Time && date.readings.is_empty()) else {
        return false;
    };
    date.readings.push(day);
    true
}

/// The year that a date names.
fn year_named(cursor: Cursor<'_>, mut tokens: Range<usize>) -> Option<i16> {
    tokens.find_map(|at| Some(year::four_digits(cursor, at)?.0))
}

fn single_day(date: &DateValue) -> Option<Days> {
    match &*date.readings {
        [days] if days.first() == days.last() => Some(*days),
        _ => None,
    }
}

fn moved(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Whether a number is a share of what stands behind it, and does not count it.
fn is_below_one(amount: &Amount) -> bool {
    !(amount.from.is_whole() || amount.to.is_whole() || Rational::ONE < amount.from)
}

/// The tokens of what a number counts, or of what it is a share of.
fn noun_of(cursor: Cursor<'_>, amount: &Amount, next: usize) -> Option<Range<usize>> {
    let (from, to) = (&amount.from, &amount.to);
    if is_below_one(amount) {
        // "0.7 of a percent" is no share of anything.
        let is_decimal = cursor.tokens.str(next - 1).contains('.');
        // "0.8 points".
        let is_plural = || is_decimal && !cursor.is(next, class::OF) && cursor.is_plural(next);
        let noun = if is_plural() { counted::noun(cursor, next) } else { None };
        return noun.or_else(|| (!is_decimal).then(|| counted::whole(cursor, next)).flatten());
    }
    // "Two- and three-bedroom flats".
    if let Some(last) = hanging::last(cursor, next) {
        return Some(last.word..last.word + 1);
    }
    let one = *to == Rational::ONE && *from == Rational::ONE;
    // "One plan calls for more".
    let single = one.then(|| counted::single(cursor, next)).flatten();
    single
        .or_else(|| counted::noun(cursor, next))
        .or_else(|| noun_of_next(cursor, next))
        .or_else(|| counted::attribute(cursor, next))
        .or_else(|| noun_of_whole(cursor, next))
}

/// Words between a number and the one that it shares its noun with.
const OF_ONE_KIND: usize = 4;

/// The noun that the next number counts too: "1,200 full-time and 340 part-time staff".
fn noun_of_next(cursor: Cursor<'_>, next: usize) -> Option<Range<usize>> {
    let and = (next + 1..=next + OF_ONE_KIND).find(|&at| cursor.is(at, class::LIST_JOINT))?;
    let describes = |at: usize| {
        let word = cursor.tokens.str(at);
        cursor.may(at, bit::ADJECTIVE)
            || cursor.tokens.is(at, TokenKind::Dash)
            || cursor.tokens.is(at, TokenKind::Word)
                && (word.ends_with("ed")
                    || cursor.behind_hyphen(at + 1) != at + 1
                    || cursor.tokens.is(at - 1, TokenKind::Dash))
    };
    let is_described = (next..and).all(describes) && cursor.tokens.is(and + 1, TokenKind::Number);
    let (_, end) = is_described
        .then(|| number::read(cursor, and + 1, number::Abbreviations::Careful))
        .flatten()?;
    counted::noun(cursor, end)
}

/// What is counted by the whole that a number is a part of: "four of the five largest banks".
fn noun_of_whole(cursor: Cursor<'_>, next: usize) -> Option<Range<usize>> {
    // "The majority of these devices".
    let points = cursor.is(next + 1, class::DEFINITE) && !cursor.is(next + 1, class::THE);
    if points && cursor.is(next, class::OF) {
        return counted::whole(cursor, next);
    }
    let of = cursor.is(next, class::OF)
        && (cursor.is(next + 1, class::DEFINITE) || cursor.is(next + 1, class::POSSESSIVE));
    let (whole, end) =
        of.then(|| number::read(cursor, next + 2, number::Abbreviations::Careful)).flatten()?;
    // "30 of the 42 kilometres" are kilometres, and count nothing.
    let counts = Rational::ONE < whole.numeral.number
        && cursor.unit(end).is_none()
        && cursor.money(end).is_none();
    counts.then(|| counted::noun(cursor, end)).flatten()
}

/// The currency with cents whose sign stands in a text.
fn named_in(text: &str, lexicon: &Lexicon) -> Option<Currency> {
    let sign = text.chars().find(|c| matches!(c, '$' | '€'))?;
    let mut bytes = [0; 4];
    let sign = sign.encode_utf8(&mut bytes);
    match lexicon.symbol(sign).first()? {
        Sense::Money(unit) => lexicon.meant(unit, sign).currency,
        _ => None,
    }
}

/// The cent of a currency, at the same rate.
fn cents(unit: &Unit, currency: Currency) -> Unit {
    Unit::new(UnitData {
        name: currency.as_str().into(),
        currency: Some(currency),
        offset: None,
        ..(**unit).clone()
    })
}

/// Finds every figure and date of a text, in order, none within another.
pub fn find_mentions(text: &str, lexicon: &Lexicon) -> Vec<Mention> {
    let mut mentions = Vec::new();
    Finder::new(lexicon, None).find(text, &mut |mention| mentions.push(mention));
    mentions
}

/// The token behind the number of a list item at the very start: "1. ", "2) ".
fn list_number(cursor: Cursor<'_>) -> usize {
    let tokens = cursor.tokens;
    let marked = tokens.is_digits(0, &[1, 2])
        && tokens.adjacent(1).is_some_and(|token| matches!(token.kind, TokenKind::Sign('.' | ')')))
        && tokens.get(2).is_some_and(|token| token.spaced);
    if marked { 2 } else { 0 }
}

/// What says something of a figure, and is no part of one.
const PROSE: u64 = bit::FUNCTION
    | bit::ADJECTIVE
    | bit::CHANGE
    | bit::CONTEST
    | bit::FUTURE
    | bit::PAST
    | bit::PLURAL
    | bit::THING
    | bit::STREET;

/// What stands beside a figure, but starts neither a figure nor a name.
const BESIDE: u64 = PROSE | bit::SCALE | bit::UNIT | bit::RATE | bit::FACTOR;

/// Whether a token is a word of prose with nothing joined to it and no number behind it: most are.
fn starts_nothing(cursor: Cursor<'_>, i: usize) -> bool {
    let Some(token) = cursor.tokens.get(i) else { return true };
    token.kind == TokenKind::Word
        && token.senses & !BESIDE == 0
        && cursor.tokens.get(i + 1).is_none_or(|next| {
            next.kind == TokenKind::Word
                || (next.spaced && !matches!(next.kind, TokenKind::Number | TokenKind::Sign('$')))
                || matches!(next.kind, TokenKind::Sign(',' | ';' | ')'))
                || next.kind == TokenKind::Sign('.')
                    && cursor.tokens.adjacent(i + 2).is_none_or(|t| t.kind != TokenKind::Number)
        })
}

/// Whether a figure or a date may start at a token: what keeps most words from a second look.
fn may_start(cursor: Cursor<'_>, i: usize) -> bool {
    let Some(token) = cursor.tokens.get(i) else { return false };
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Dash => cursor.tokens.adjacent(i + 1).is_some(),
        TokenKind::Sign('\'' | '’' | '‘') => {
            cursor.tokens.adjacent(i + 1).is_some_and(|next| next.kind == TokenKind::Number)
        }
        TokenKind::Sign('.' | ',' | '"' | ';' | '“' | '”' | ')' | '!' | '?' | ':' | '(') => {
            false
        }
        TokenKind::Sign(c) => {
            let first = cursor.tokens.str(i).as_bytes().first().copied().unwrap_or(0);
            token.senses & STARTS != 0 || c.is_numeric() || cursor.lexicon.starts_symbol(first)
        }
        TokenKind::Word => {
            // "The" may open "the day before yesterday", and mostly does not; a scale word stands for itself.
            if token.senses & LEADS != 0 && (cursor.may(i, bit::SCALE) || cursor.leads(i, LEADS)) {
                return true;
            }
            if token.senses & bit::OPENER != 0 {
                return follows_opener(cursor, i);
            }
            // "In 2019" begins with its year: codes of currencies are not in small letters.
            if token.senses & bit::FUNCTION != 0 && !cursor.tokens.is_capital(i) {
                return false;
            }
            is_code_before_number(cursor, i)
        }
    }
}

/// Whether what stands behind a small word may be the rest of a figure or a date that it opens.
fn follows_opener(cursor: Cursor<'_>, opener: usize) -> bool {
    let i = opener + 1;
    let Some(token) = cursor.tokens.get(i) else { return false };
    match token.kind {
        TokenKind::Number | TokenKind::Dash => true,
        TokenKind::Sign(c) => !matches!(c, '.' | ',' | '"'),
        // "The week of 5 May", but not "the council".
        TokenKind::Word if cursor.is(opener, class::ANY_ARTICLE) => {
            token.senses & !PROSE != 0
                || cursor.is(i, class::WEEKEND)
                || is_code_before_number(cursor, i)
        }
        TokenKind::Word => token.senses != 0 || token.range().len() <= 4,
    }
}

/// A currency in letters: "US$5", "EUR 5", "A$4.5m", "rupees 5".
fn is_code_before_number(cursor: Cursor<'_>, i: usize) -> bool {
    let Some(token) = cursor.tokens.get(i) else { return false };
    let length = token.range().len();
    cursor.tokens.get(i + 1).is_some_and(|next| match next.kind {
        TokenKind::Number => length <= 6 || token.senses & bit::MONEY != 0,
        TokenKind::Sign(c) => length <= 6 && (!next.spaced || c == '$'),
        _ => false,
    })
}

/// "To 155, 625 a year": a space got into the number behind its comma, and neither half is one. In
/// a list more follows, or stood before.
fn is_garbled(cursor: Cursor<'_>, i: usize) -> bool {
    let tokens = cursor.tokens;
    let in_list = |at: usize| tokens.is_sign(at, ',') || cursor.is(at, class::LIST_JOINT);
    tokens.is_digits(i, &[1, 2, 3])
        && tokens.is_sign(i + 1, ',')
        && tokens.adjacent(i + 1).is_some()
        && tokens.is_digits(i + 2, &[3])
        && tokens.get(i + 2).is_some_and(|token| token.spaced)
        && !in_list(i + 3)
        && !cursor
            .before(i, |cursor, at| cursor.tokens.is_sign(at, ',') || cursor.may(at, bit::MONTH))
}

/// "A half-baked plan", "half-brother": half of nothing that is counted or measured.
fn is_half_of_word(cursor: Cursor<'_>, read: &ReadValue) -> bool {
    let at = cursor.behind_hyphen(read.next);
    let measures = bit::UNIT | bit::MONEY | bit::SCALE | bit::SCALE_PLURAL | bit::FUNCTION;
    read.next < at
        && cursor.is(read.next - 1, class::HALF)
        && cursor.tokens.is(at, TokenKind::Word)
        && !cursor.may(at, measures)
}

/// A bare number that what follows it makes a code or a ratio: "3D", "2:1", "5th-gen", "20s".
fn is_code(cursor: Cursor<'_>, read: &ReadValue) -> Option<usize> {
    let tokens = cursor.tokens;
    let Value::Amount(amount) = &read.value else { return None };
    if amount.kind == Kind::Number && is_half_of_word(cursor, read) {
        return Some(read.next + 2);
    }
    if amount.kind != Kind::Number || !tokens.is(read.next - 1, TokenKind::Number) {
        return None;
    }
    let after = tokens.adjacent(read.next)?;
    let digit = tokens.adjacent(read.next + 1).is_some_and(|token| token.kind == TokenKind::Number);
    let parenthesized = after.kind == TokenKind::Sign(')')
        && read.next == read.start + 1
        && read.start.checked_sub(1).is_some_and(|before| {
            tokens.is_sign(before, '(') && tokens.adjacent(read.start).is_some()
        })
        && tokens.is_digits(read.start, &[1, 2])
        // "Within thirty (30) days".
        && !(2 <= read.start && cursor.may(read.start - 2, bit::CARDINAL));
    let is_marker = after.kind == TokenKind::Sign(')')
        && read.next == read.start + 1
        && tokens.is_digits(read.start, &[1, 2])
        && !is_bracketed(cursor, read.start);
    match after.kind {
        TokenKind::Word => Some(names::chain_end(cursor, read.next - 1)),
        TokenKind::Sign(':' | '/') if digit => Some(read.next + 2),
        _ if parenthesized || is_marker => Some(read.next),
        _ => None,
    }
}

/// Tokens from a bracket to a figure in it, at most.
const LONGEST_BRACKET: usize = 60;

/// Whether a bracket is open before a token: it closes behind "(a rise of 12)", but not behind "for: 1) cost".
fn is_bracketed(cursor: Cursor<'_>, i: usize) -> bool {
    (i.saturating_sub(LONGEST_BRACKET)..i)
        .rev()
        .find(|&at| cursor.tokens.is_sign(at, '(') || cursor.tokens.is_sign(at, ')'))
        .is_some_and(|at| cursor.tokens.is_sign(at, '('))
}
