//! What an article shows of its home: which dollar is its own, whether the day or the month comes first,
//! whose gallons it counts.
//!
//! Only what is certain is taken. Each is asked where something of the article depends on it, so that most
//! articles are passed by at a glance.

use std::ops::Range;

use crate::document::Document;
use crate::home::{DateOrder, Home, Imperial, Origin};
use crate::lexicon::Lexicon;
use crate::mention::cursor::Cursor;
use crate::mention::date::numeric_date;
use crate::mention::token::Tokens;
use crate::mention::{Mention, place};
use crate::value::{Amount, Base, Currency, Kind, Rational, Unit, Value};

/// What an article shows of its home, as far as the lexicon's says nothing; `mentions` are those of its
/// prose, read with that lexicon.
pub fn shown(document: &Document<'_>, mentions: &[Mention], lexicon: &Lexicon) -> Home {
    let home = lexicon.home();
    let article = Article { document, mentions, lexicon };
    Home::of(
        Origin::Article,
        if home.currency.is_none() { article.currency() } else { None },
        if home.date_order.is_none() { article.date_order() } else { None },
        if home.imperial.is_none() { article.imperial() } else { None },
    )
}

/// What of a home some mentions of a text rest on, which would mean something else elsewhere.
pub fn rests_on<'m>(
    prose: &str,
    mentions: impl Iterator<Item = &'m Mention>,
    lexicon: &Lexicon,
) -> Home {
    let home = lexicon.home();
    let mut rests = Home::default();
    if home.is_empty() {
        return rests;
    }
    let nowhere = lexicon.at(Home::default());
    for mention in mentions {
        let tokens = Tokens::new(&prose[mention.range.clone()], lexicon);
        let cursor = Cursor::new(&tokens, &nowhere);
        for i in 0..tokens.len() {
            let words = |end: usize| tokens.text_of(i..end);
            let is_money = cursor
                .money(i)
                .is_some_and(|(_, end)| !cursor.is_told(i) && lexicon.homes(words(end)).is_some());
            let is_unit =
                cursor.unit(i).is_some_and(|(_, end)| lexicon.by_country(words(end)).is_some());
            let is_date =
                numeric_date::read(cursor, i).is_some_and(|(readings, _)| 1 < readings.len());
            rests = rests.over(Home {
                currency: home.currency.filter(|_| is_money),
                date_order: home.date_order.filter(|_| is_date),
                imperial: home.imperial.filter(|_| is_unit),
            });
        }
    }
    rests
}

#[derive(Clone, Copy)]
struct Article<'a> {
    document: &'a Document<'a>,
    mentions: &'a [Mention],
    lexicon: &'a Lexicon,
}

/// How money is written: with a word or a sign that says whose it is, or with one that several share.
struct Written {
    mention: usize,
    currency: Currency,
    /// What it may be of, where that is not said.
    homes: Option<Vec<Currency>>,
    /// Whether it is written in words, and not by a sign or a code.
    in_words: bool,
}

impl<'a> Article<'a> {
    fn text(self, range: Range<usize>) -> &'a str {
        &self.document.prose()[range]
    }

    fn amount(self, mention: usize) -> Option<&'a Amount> {
        match &self.mentions.get(mention)?.value {
            Value::Amount(amount) => Some(amount),
            _ => None,
        }
    }

    /// What stands between a mention and the next, if it sets the second beside the first: in brackets, or as
    /// the same in other terms.
    fn are_one(self, first: usize) -> bool {
        let Some([a, b]) = self.mentions.get(first..first + 2) else { return false };
        let behind = self.document.prose()[b.range.end..].trim_start();
        match self.text(a.range.end..b.range.start).trim() {
            "(" | "[" => behind.starts_with([')', ']', ',', ';']),
            between => between == "=",
        }
    }

    /// Whether two mentions stand in one block.
    fn beside(self, a: usize, b: usize) -> bool {
        let block = |mention: usize| self.document.block_at(self.mentions[mention].range.start);
        block(a) == block(b)
    }

    /// The order of dates that are possible in one order only, if all of them agree and others are possible
    /// in both.
    fn date_order(self) -> Option<DateOrder> {
        let dates = || {
            self.mentions.iter().filter_map(|mention| match &mention.value {
                Value::Date(date) => Some((date, mention)),
                _ => None,
            })
        };
        if !dates().any(|(date, _)| 1 < date.readings.len()) {
            return None;
        }
        let mut found = None;
        for (_, mention) in dates() {
            let tokens = Tokens::new(self.text(mention.range.clone()), self.lexicon);
            let cursor = Cursor::new(&tokens, self.lexicon);
            for order in (0..tokens.len()).filter_map(|i| numeric_date::order(cursor, i)) {
                if found.is_some_and(|found| found != order) {
                    return None;
                }
                found = Some(order);
            }
        }
        found
    }

    /// The currency that the article's own sign for money stands for.
    fn currency(self) -> Option<Currency> {
        self.currency_of_money().or_else(|| self.currency_of_place())
    }

    /// The currency of the country that the article's addresses, telephone numbers or date line show, where it
    /// names none of those that its word for money may stand for.
    fn currency_of_place(self) -> Option<Currency> {
        let is_money = |at: usize| self.amount(at).is_some_and(|a| a.kind == Kind::Money);
        if !(0..self.mentions.len()).any(is_money) {
            return None;
        }
        let place = place::Place { prose: self.document.prose(), lexicon: self.lexicon };
        let of_contact = place.of_contact();
        let of_report = || {
            let begins = |range: Range<usize>| place.of_report(&self.document.prose()[range]);
            self.document.blocks().iter().find_map(|block| begins(block.range.clone()))
        };
        let found = of_contact.or_else(of_report)?;
        let written: Vec<Written> =
            (0..self.mentions.len()).filter_map(|at| self.written(at)).collect();
        let is_meant = |one: &Written| {
            one.homes.as_ref().is_some_and(|homes| homes.contains(&found))
                && (of_contact.is_some() || one.in_words)
        };
        let homes = written.iter().find(|one| is_meant(one))?.homes.as_deref()?;
        let is_named = |one: &Written| one.homes.is_none() && homes.contains(&one.currency);
        (!written.iter().any(is_named)).then_some(found)
    }

    /// The currency that money which is told twice, or in two ways, shows.
    fn currency_of_money(self) -> Option<Currency> {
        if !self.may_show_currency() {
            return None;
        }
        let written: Vec<Written> =
            (0..self.mentions.len()).filter_map(|at| self.written(at)).collect();
        let mut seen: Vec<Currency> = Vec::new();
        for one in written.iter().filter(|one| one.homes.is_some()) {
            if seen.contains(&one.currency) {
                continue;
            }
            seen.push(one.currency);
            if let Some(found) = self.currency_of(&written, one.currency) {
                return Some(found);
            }
        }
        None
    }

    /// Whether there is money of two currencies, or money that is said twice in brackets.
    fn may_show_currency(self) -> bool {
        let currency = |at: usize| {
            let money = self.amount(at).filter(|amount| amount.kind == Kind::Money);
            money.and_then(|amount| amount.unit.currency)
        };
        let all = || (0..self.mentions.len()).filter_map(|at| Some((at, currency(at)?)));
        let Some((_, first)) = all().next() else { return false };
        all().any(|(at, other)| other != first || currency(at + 1).is_some() && self.are_one(at))
    }

    /// How a mention of money is written.
    fn written(self, mention: usize) -> Option<Written> {
        let amount = self.amount(mention).filter(|amount| amount.kind == Kind::Money)?;
        let currency = amount.unit.currency?;
        let range = self.mentions[mention].range.clone();
        let text = self.text(range.clone());
        let tokens = Tokens::new(text, self.lexicon);
        let cursor = Cursor::new(&tokens, self.lexicon);
        let (unit, words) = (0..tokens.len()).find_map(|i| {
            let (unit, end) = cursor.money(i)?;
            Some((unit, i..end))
        })?;
        let is_own = unit.currency == Some(currency) && unit.minor.is_none();
        let words_of_it = tokens.text_of(words.clone());
        let is_sign = |c: char| !c.is_alphabetic() && !c.is_whitespace() && c != '.';
        let in_words = !words_of_it.contains(is_sign) && words_of_it != currency.as_str();
        let homes = self.lexicon.homes(words_of_it);
        let homes = homes.filter(|_| !cursor.is_told(words.start) && !self.is_told(&range));
        let homes = homes.map(Iterator::collect);
        is_own.then_some(Written { mention, currency, homes, in_words })
    }

    /// Whether letters stand right before some bytes, or capitals in brackets behind them: "B$5", "6 mln dlrs
    /// (U.S.)". The money is then of a country that only these tell.
    fn is_told(self, range: &Range<usize>) -> bool {
        let prose = self.document.prose();
        let behind = prose[range.end..].trim_start().strip_prefix('(');
        let told = behind.and_then(|behind| behind.split_once(')')).map(|(told, _)| told);
        let is_capitals = |told: &str| {
            !told.is_empty() && told.bytes().all(|b| b.is_ascii_uppercase() || b == b'.')
        };
        prose[..range.start].ends_with(char::is_alphabetic) || told.is_some_and(is_capitals)
    }

    /// What the words stand for that mean one currency where nothing is known.
    fn currency_of(self, written: &[Written], usual: Currency) -> Option<Currency> {
        let bare = |one: &&Written| one.homes.is_some() && one.currency == usual;
        let homes: &[Currency] = written.iter().find(bare)?.homes.as_deref()?;
        let named = |one: &&Written| one.homes.is_none() && homes.contains(&one.currency);
        let mut others: Vec<Currency> =
            written.iter().filter(named).map(|one| one.currency).collect();
        others.sort_unstable();
        others.dedup();
        // What the words are not: what they are converted into.
        let mut not = Vec::new();
        for pair in written.windows(2) {
            let [a, b] = pair else { continue };
            let other = match (bare(&a), bare(&b)) {
                (true, false) => b.currency,
                (false, true) => a.currency,
                _ => continue,
            };
            let is_pair = a.mention + 1 == b.mention && self.are_one(a.mention);
            if is_pair && homes.contains(&other) && self.differ(a, b) {
                not.push(other);
            }
        }
        let left: Vec<Currency> =
            others.iter().copied().filter(|one| *one != usual && !not.contains(one)).collect();
        if not.contains(&usual) {
            // Of which country, only one that is named says.
            let unnamed = || homes.iter().copied().find(|&home| self.lexicon.is_unnamed(home));
            return if let [only] = *left { Some(only) } else { unnamed() };
        }
        let [only] = *left else { return None };
        let is_clear = others == [only] && not.is_empty();
        (is_clear && self.is_own(written, only, usual)).then_some(only)
    }

    /// Whether two amounts differ, as those of two currencies do.
    fn differ(self, a: &Written, b: &Written) -> bool {
        match (self.amount(a.mention), self.amount(b.mention)) {
            (Some(a), Some(b)) => {
                a.stated_in_base() != b.stated_in_base() && a.unit.per == b.unit.per
            }
            _ => false,
        }
    }

    /// Whether an article names its own currency in full at first and with the bare word from then on, or one
    /// amount both ways; never both beside each other, as in a conversion.
    ///
    /// A sign that names its country does not tell what the bare sign is: "HK$176" stands beside "$57.99 a
    /// barrel" because they differ.
    fn is_own(self, written: &[Written], named: Currency, usual: Currency) -> bool {
        let in_full: Vec<&Written> =
            written.iter().filter(|one| one.homes.is_none() && one.currency == named).collect();
        let bare: Vec<&Written> =
            written.iter().filter(|one| one.homes.is_some() && one.currency == usual).collect();
        let mut pairs = in_full
            .iter()
            .flat_map(|full| bare.iter().map(move |bare| (full.mention, bare.mention)));
        if pairs.clone().any(|(full, bare)| self.beside(full, bare)) {
            return false;
        }
        let in_words = || in_full.iter().chain(&bare).all(|one| one.in_words);
        pairs.clone().all(|(full, bare)| full < bare) && in_words()
            || pairs.any(|(full, bare)| self.is_same(full, bare))
    }

    /// Whether two amounts are one figure of several digits.
    fn is_same(self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.amount(a), self.amount(b)) else { return false };
        let digits = a.style.decimals != 0
            || a.to.magnitude().is_some_and(|magnitude| 2 <= magnitude) && !is_round(a);
        digits && a.from == b.from && a.to == b.to
    }

    /// Whether the gallons, pints or tons of the article are shown to be imperial.
    fn imperial(self) -> Option<Imperial> {
        let units: Vec<(usize, Imperial)> = (0..self.mentions.len())
            .filter_map(|at| Some((at, self.lexicon.country_of(&self.amount(at)?.unit)?)))
            .collect();
        let bare: Vec<usize> = units
            .iter()
            .filter(|(at, _)| self.by_country(*at).is_some())
            .map(|(at, _)| *at)
            .collect();
        if bare.is_empty() {
            return None;
        }
        let mut found: Option<Imperial> = None;
        for whose in bare.iter().filter_map(|&at| self.converted(at)) {
            if found.is_some_and(|found| found != whose) {
                return None;
            }
            found = Some(whose);
        }
        if found.is_some() {
            return found.filter(|whose| *whose == Imperial::Uk);
        }
        let in_full = || units.iter().filter(|(at, _)| !bare.contains(at));
        let is_uk = in_full().next().is_some()
            && in_full().all(|&(at, whose)| {
                whose == Imperial::Uk
                    && bare.iter().all(|&bare| at < bare && !self.beside(at, bare))
            });
        is_uk.then_some(Imperial::Uk)
    }

    /// The units of both countries that a mention's own word stands for.
    fn by_country(self, mention: usize) -> Option<&'a [Unit; 2]> {
        let tokens = Tokens::new(self.text(self.mentions[mention].range.clone()), self.lexicon);
        let cursor = Cursor::new(&tokens, self.lexicon);
        (0..tokens.len()).find_map(|i| {
            let (_, end) = cursor.unit(i)?;
            Some(self.lexicon.by_country(tokens.text_of(i..end)))
        })?
    }

    /// Whose unit a mention has, as far as three parts in two hundred tell, as the metric amount that it is set beside shows.
    fn converted(self, mention: usize) -> Option<Imperial> {
        let amount = self.amount(mention)?;
        let [uk, us] = self.by_country(mention)?;
        let before = mention.checked_sub(1).filter(|&before| self.are_one(before));
        let other = before.or_else(|| self.are_one(mention).then_some(mention + 1))?;
        let other = self.amount(other)?;
        let is_measure = other.unit.dimension == amount.unit.dimension
            && other.unit.dimension.exponent(Base::Money) == 0
            && [amount, other].iter().all(|one| one.from == one.to && one.unit.per.is_none())
            && self.lexicon.country_of(&other.unit).is_none();
        if !is_measure {
            return None;
        }
        let metric = &other.to * &other.unit.factor;
        let fits = |unit: &Unit| {
            let off = &metric - &(&amount.to * &unit.factor);
            off.abs() <= &metric.abs() * &Rational::fraction(3, 200)
        };
        match (fits(uk), fits(us)) {
            (true, false) => Some(Imperial::Uk),
            (false, true) => Some(Imperial::Us),
            _ => None,
        }
    }
}

/// Whether a number has one digit and zeros.
fn is_round(amount: &Amount) -> bool {
    let zeros = amount.to.magnitude().unwrap_or(0);
    let power = Rational::power_of_ten(-zeros);
    (&amount.to * &power).is_whole()
}
