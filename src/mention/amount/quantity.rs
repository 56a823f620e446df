//! Amounts: a numeral with money, percent, a unit, a factor, a rank, and what it is a rate of.

use crate::lexicon::{Sense, bit, class};
use crate::mention::amount::read_amount::{ReadAmount, bare, with_unit};
use crate::mention::amount::{age, feet, hanging, level, money, percent};
use crate::mention::cursor::Cursor;
use crate::mention::date::year;
use crate::mention::number::{self, Abbreviations, ReadNumeral};
use crate::mention::token::TokenKind;
use crate::value::{Base, Dimension, Kind, Rational, Unit};

/// The amount that starts at a token.
pub(in crate::mention) fn read_amount(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let opener = cursor.may(i, bit::OPENER);
    let joined = cursor.tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Number);
    if opener
        && !joined
        && cursor.is(i, class::TOP)
        && let Some((numeral, next)) =
            number::read(cursor, cursor.behind_hyphen(i + 1), Abbreviations::Careful)
        && numeral.numeral.number.is_whole()
        && Rational::ZERO < numeral.numeral.number
        && numeral.numeral.number <= Rational::from(1000)
    {
        let amount = ReadAmount { top: true, ..bare(numeral, Kind::Ordinal, "top ", "") };
        return Some((amount, next));
    }
    if let Some(read) = money::prefixed_money(cursor, i) {
        return Some(read);
    }
    if let Some(read) = ordinal(cursor, i) {
        return Some(read);
    }
    if opener && let Some(read) = age::read(cursor, i) {
        return Some(read);
    }
    if let Some(read) = past_span(cursor, i).or_else(|| level::read(cursor, i)) {
        return Some(read);
    }
    if let Some(read) = run(cursor, i) {
        return Some(read);
    }
    let (numeral, next) = number::read(cursor, i, Abbreviations::Careful)?;
    if let Some(amount) = age::of_a_person(cursor, &numeral, i, next) {
        return Some((amount, next));
    }
    if ends_figure(cursor, next) {
        let amount = bare(numeral, Kind::Number, "", "");
        return Some((with_unit_of_list(cursor, amount, i, next), next));
    }
    let percent = percent::unit(cursor, next).or_else(|| percent::point(cursor, &numeral, next));
    if let Some((unit, end)) = percent {
        return Some(with_unit(cursor, numeral, &unit, Kind::Percent, next, end));
    }
    if let Some(read) = feet::read(cursor, &numeral, next) {
        return Some(read);
    }
    if let Some((unit, end)) = unit_behind(cursor, &numeral, i, next) {
        // "75 USD million".
        if unit.is_money()
            && numeral.scale.is_none()
            && let Some((scaled, behind)) = number::scale_behind(cursor, &numeral, end)
        {
            return Some(measured(cursor, scaled, unit, next, behind));
        }
        return Some(measured(cursor, numeral, unit, next, end));
    }
    if let Some((unit, end)) = factor(cursor, next) {
        return Some(with_unit(cursor, numeral, &unit, Kind::Multiple, next, end));
    }
    let (mut amount, end) = with_unit(cursor, numeral, &Unit::none(), Kind::Number, next, next);
    if let Some(unit) = unit_of_whole(cursor, &amount, end) {
        (amount.kind, amount.unit) = (Kind::Money, unit);
        amount.borrowed = true;
        return Some((amount, end));
    }
    Some((with_unit_of_list(cursor, amount, i, end), end))
}

/// "3:58.21": minutes and seconds that were measured.
fn run(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let tokens = cursor.tokens;
    let joined = |at: usize| tokens.adjacent(at).is_some();
    let is_colon = |at: usize| tokens.is_sign(at, ':') && joined(at);
    if !tokens.is_digits(i, &[1, 2]) || !is_colon(i + 1) || !joined(i + 2) || is_colon(i + 3) {
        return None;
    }
    let behind_colon = joined(i) && cursor.before(i, |cursor, at| cursor.tokens.is_sign(at, ':'));
    let (seconds, parts) = tokens.str(i + 2).split_once('.').filter(|_| !behind_colon)?;
    let fits = seconds.len() == 2 && seconds < "60" && (1..=3).contains(&parts.len());
    let minutes: i64 = tokens.str(i).parse().ok()?;
    let (seconds, unit) = (Rational::parse(tokens.str(i + 2))?, cursor.lexicon.unit("second")?);
    let decimals = u32::try_from(parts.len()).ok()?;
    let mut numeral = ReadNumeral::exact(Rational::from(60 * minutes) + seconds);
    numeral.decimals = decimals;
    numeral.numeral.place = -i32::try_from(decimals).ok()?;
    let mut amount = bare(numeral, Kind::Duration, "", " seconds");
    amount.unit = unit.clone();
    fits.then_some((amount, i + 3))
}

/// A number of one token with the unit that stands behind the last figure of its list, if there is one.
fn with_unit_of_list(
    cursor: Cursor<'_>,
    mut amount: ReadAmount,
    i: usize,
    end: usize,
) -> ReadAmount {
    let is_number = end == i + 1 && cursor.tokens.is(i, TokenKind::Number);
    let listed = is_number.then(|| unit_of_list(cursor, &amount, end)).flatten();
    if let Some((unit, last)) = listed.or_else(|| unit_of_hanging(cursor, end)) {
        if let Some((word, power)) = last.scale {
            amount.numeral = amount.numeral.scaled(&word, power);
        }
        amount.kind = kind_of(&unit);
        amount.unit = unit;
        amount.borrowed = true;
    }
    amount
}

/// The unit behind the last figure of a series that hangs together: "5-, 10- and 15-year bonds".
fn unit_of_hanging(cursor: Cursor<'_>, next: usize) -> Option<(Unit, ReadNumeral)> {
    let last = hanging::last(cursor, next)?;
    let (unit, _) = unit_behind(cursor, &last.numeral, last.start, last.next)?;
    // Its noun stands behind the hyphen, where it measures nothing: "two- and three-bedroom flats".
    (cursor.unit(last.word).is_some() || unit.is_money()).then_some((unit, last.numeral))
}

/// Figures of a list that share the unit of the last.
const LONGEST_LIST: usize = 4;

/// The unit that stands behind the last figure of a list, and that figure with its scale word: "5 and
/// 6 mg", "4.5, 4.8 and 5.1 million barrels". The figures are written alike.
fn unit_of_list(
    cursor: Cursor<'_>,
    first: &ReadAmount,
    next: usize,
) -> Option<(Unit, ReadNumeral)> {
    let tokens = cursor.tokens;
    let plain = |amount: &ReadNumeral| {
        !amount.grouped && !amount.numeral.in_words && amount.scale.is_none()
    };
    if !plain(&first.numeral) || first.unit.per.is_some() {
        return None;
    }
    let mut at = next;
    for _ in 0..LONGEST_LIST {
        let comma = tokens.is_sign(at, ',');
        let number = at + usize::from(comma);
        let or = cursor.is(number, class::OR);
        let and = or || cursor.is(number, class::AND);
        let number = number + usize::from(and);
        if !(comma || and)
            || !tokens.is(number, TokenKind::Number)
            || tokens.adjacent(number).is_some()
        {
            return None;
        }
        let (last, end) = number::read(cursor, number, Abbreviations::Careful)?;
        if last.decimals != first.numeral.decimals || year::likely(cursor, number) {
            return None;
        }
        if !and {
            at = end;
            continue;
        }
        let (unit, _) = unit_behind(cursor, &last, number, end)?;
        let four = Rational::from(4);
        let size =
            last.scale.as_ref().map_or(Rational::ONE, |&(_, power)| Rational::power_of_ten(power));
        let other = &last.numeral.number / &size;
        let alike = first.numeral.numeral.number < &other * &four
            && other < &first.numeral.numeral.number * &four;
        return (alike && (or || !unit.dimension.is_duration())).then_some((unit, last));
    }
    None
}

/// The currency of the whole that a number is a part of: "12 million of the 90 million yen".
fn unit_of_whole(cursor: Cursor<'_>, amount: &ReadAmount, next: usize) -> Option<Unit> {
    let scaled = amount.numeral.scale.as_ref().is_some_and(|&(_, power)| 3 <= power);
    let of = cursor.is(next, class::OF) && cursor.is(next + 1, class::BEFORE_WHOLE);
    if !scaled || !of || amount.unit.per.is_some() {
        return None;
    }
    let (numeral, end) = number::read(cursor, next + 2, Abbreviations::Careful)?;
    let (unit, _) = unit_behind(cursor, &numeral, next + 2, end)?;
    unit.is_money().then_some(unit)
}

/// Whether nothing that stands behind a number can belong to it: another number, the end of a clause.
fn ends_figure(cursor: Cursor<'_>, next: usize) -> bool {
    cursor.tokens.get(next).is_none_or(|token| match token.kind {
        TokenKind::Number => token.spaced,
        TokenKind::Sign(c) => matches!(c, '.' | ',' | ';' | ')' | '|' | ':' | '?' | '!'),
        TokenKind::Word | TokenKind::Dash => false,
    })
}

/// "8th", "eighth", "third-largest"; not "a third", which is a share, nor "second" as time.
fn ordinal(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let (rank, next) = number::rank(cursor, i)?;
    // "First Chicago", "Fifth Avenue".
    let is_name = cursor.tokens.is(i, TokenKind::Word)
        && cursor.tokens.is_capital(i)
        && cursor.tokens.is(next, TokenKind::Word)
        && cursor.tokens.is_capital(next)
        && cursor.tokens.str(next).len() > 2
        && (cursor.is(i, class::FIRST) || !is_in_capitals(cursor, i))
        && i + 1 == next;
    // "The first two months", "the first 10 minutes".
    let opens_span = cursor.is(i, class::FIRST)
        && (cursor.tokens.is(next, TokenKind::Number) || cursor.may(next, bit::CARDINAL))
        && cursor.tokens.get(next).is_some_and(|token| token.spaced);
    // "When I first came", "because first we have to survive".
    let is_adverb = cursor.is(i, class::FIRST)
        && (cursor.before(i, |cursor, before| cursor.is(before, class::PERSONAL_SUBJECT))
            || cursor.is(next, class::PERSONAL_SUBJECT));
    // "Fourth quarter" is a time, whether its year is known or not.
    let is_part =
        cursor.may(i, bit::PART) && cursor.is(cursor.behind_hyphen(next), class::QUARTER_OF_MONTH);
    if is_name || opens_span || is_adverb || is_part {
        return None;
    }
    let numeral = ReadNumeral::whole(rank);
    Some((bare(numeral, Kind::Ordinal, "number ", ""), next))
}

/// Whether a word stands in capitals as all of a heading does.
fn is_in_capitals(cursor: Cursor<'_>, i: usize) -> bool {
    [i, i + 1].iter().all(|&at| cursor.tokens.str(at).bytes().all(|b| b.is_ascii_uppercase()))
}

/// The unit or currency behind a number that begins at a token. "Pounds" is money where the number has a
/// scale word, or stands behind what is paid.
fn unit_behind(
    cursor: Cursor<'_>,
    numeral: &ReadNumeral,
    start: usize,
    next: usize,
) -> Option<(Unit, usize)> {
    if let Some(found) = of_one(cursor, numeral, next) {
        return Some(found);
    }
    // "Millions of dollars".
    let of = numeral.up_to.is_some() && cursor.is(next, class::OF);
    let i = if of { next + 1 } else { cursor.behind_hyphen(next) };
    let is_near = cursor.tokens.get(i).is_some();
    if !is_near {
        return None;
    }
    // "20 (kg)".
    if let Some(TokenKind::Sign(c @ ('(' | '[' | '{' | '<'))) =
        cursor.tokens.get(i).map(|token| token.kind)
    {
        let (unit, end) = cursor.unit(i + 1)?;
        let closing = match c {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            _ => '>',
        };
        let sign = i + 2 == end && cursor.tokens.str(i + 1).len() <= 3;
        return (sign && cursor.tokens.is_sign(end, closing)).then(|| (unit.clone(), end + 1));
    }
    if cursor.is(i, class::OF_TIME)
        && let Some((unit, end)) = cursor.unit(cursor.behind_hyphen(i + 1))
        && unit.dimension.is_duration()
        && numeral.numeral.number.is_whole()
    {
        return Some((unit.clone(), end));
    }
    if i.checked_sub(1).is_some_and(|number| year::is_before_name(cursor, number, i)) {
        return None;
    }
    if let Some(found) = money::in_millions(cursor, i) {
        return Some(found);
    }
    let scaled = numeral.scale.is_some().then(|| {
        cursor.phrase(i, bit::MONEY_SCALED, |sense| match sense {
            Sense::MoneyScaled(unit) => Some(unit),
            _ => None,
        })
    });
    let as_money = cursor.money(i).or(scaled.flatten());
    let as_unit = cursor.unit(i).filter(|&(unit, end)| is_unit_here(cursor, numeral, unit, i, end));
    // "1 $10 bill": the sign belongs to the figure behind it.
    let as_money = as_money.filter(|&(_, end)| {
        cursor.tokens.is(i, TokenKind::Word)
            || cursor.tokens.adjacent(end).is_none_or(|t| t.kind != TokenKind::Number)
    });
    let (unit, end): (&Unit, usize) = match (as_money, as_unit) {
        (Some(money), Some(unit)) if money.1 == unit.1 => {
            let is_money = numeral.scale.is_some()
                || is_paid(cursor, start, money.1)
                || is_paid_before(cursor, start, i, money.1);
            if is_money { money } else { unit }
        }
        (Some(money), Some(unit)) => {
            if unit.1 < money.1 {
                money
            } else {
                unit
            }
        }
        (money, unit) => money.or(unit)?,
    };
    Some((unit.clone(), end))
}

/// Whether an amount stands behind a word for paying, and of nothing: "paid 8,000 pounds for the car".
fn is_paid(cursor: Cursor<'_>, start: usize, end: usize) -> bool {
    let pays = |cursor: Cursor<'_>, at: usize| {
        cursor.is(at, class::PAYS)
            || cursor.is(at, class::FOR_OF)
                && cursor.before(at, |cursor, before| cursor.is(before, class::PRICED))
    };
    cursor.before(start, pays) && !cursor.is(end, class::OF)
}

/// Whether an amount in the same word was paid before it: "fined 1,500 pounds each, a total of 9,000 pounds".
fn is_paid_before(cursor: Cursor<'_>, start: usize, word: usize, end: usize) -> bool {
    let tokens = cursor.tokens;
    let ends = |at: usize| matches!(tokens.str(at), "." | ";" | "?" | "!");
    let is_paid = |at: usize| {
        let number = at.checked_sub(1).filter(|&number| tokens.is(number, TokenKind::Number));
        number.is_some_and(|number| is_paid(cursor, number, at + 1))
    };
    let before = start.saturating_sub(BACK)..start;
    !cursor.is(end, class::OF)
        && before
            .rev()
            .take_while(|&at| !ends(at))
            .any(|at| tokens.str(at) == tokens.str(word) && is_paid(at))
}

/// Tokens from an amount to one in the same word before it, at most.
const BACK: usize = 24;

/// The unit of which a fraction is told: "a quarter of a century", "two thirds of an acre".
fn of_one(cursor: Cursor<'_>, numeral: &ReadNumeral, next: usize) -> Option<(Unit, usize)> {
    let is_part = numeral.scale.is_none()
        && Rational::ZERO < numeral.numeral.number
        && numeral.numeral.number < Rational::ONE
        && cursor.is(next, class::OF)
        && cursor.is(next + 1, class::INDEFINITE_ARTICLE);
    let (unit, end) = is_part.then(|| cursor.unit(next + 2)).flatten()?;
    Some((unit.clone(), end))
}

/// Whether the word at a token is a unit there: the "second" of "one second time" is a rank, a sign
/// of one letter stands right behind its digits or alone.
fn is_unit_here(
    cursor: Cursor<'_>,
    numeral: &ReadNumeral,
    unit: &Unit,
    i: usize,
    end: usize,
) -> bool {
    let word = cursor.tokens.str(i);
    let singular_rank = cursor.is(i, class::RANK_OR_UNIT);
    if singular_rank && unit.dimension.is_duration() {
        let joined =
            i != cursor.behind_hyphen(i) || cursor.tokens.is(i.saturating_sub(1), TokenKind::Dash);
        let one = numeral.numeral.number == Rational::ONE
            || numeral.numeral.in_words
            || !numeral.numeral.number.is_whole();
        return joined || one || cursor.may(end, bit::ELAPSED);
    }
    // "30 C" and "-10C" are temperatures, "13F filing" and "800,000 F-Series" are none.
    if matches!(word, "C" | "F") {
        let joined = cursor.tokens.adjacent(i).is_some();
        let free = cursor
            .tokens
            .adjacent(end)
            .is_none_or(|t| matches!(t.kind, TokenKind::Sign(c) if c != '/'));
        let prose = word == "C" && cursor.may(end, bit::FUNCTION);
        let word_follows = cursor.tokens.is(end, TokenKind::Word)
            && !prose
            && (joined || cursor.tokens.is_capital(end));
        return free && !word_follows && numeral.numeral.number.abs() < Rational::from(1000);
    }
    // "5 M people" is no meter; "10 m" is.
    let is_sign = word.len() <= 2 && end == i + 1 && cursor.tokens.is(i, TokenKind::Word);
    // The "W." of the next line is no watt.
    if is_sign && cursor.tokens.is_capital(i) && cursor.tokens.begins_line(i) {
        return false;
    }
    !is_sign
        || cursor
            .tokens
            .adjacent(end)
            .is_none_or(|token| token.kind != TokenKind::Word && token.kind != TokenKind::Number)
}

/// "1.6 times", "3-fold", "2x".
fn factor(cursor: Cursor<'_>, next: usize) -> Option<(Unit, usize)> {
    cursor.phrase(cursor.behind_hyphen(next), bit::FACTOR, |sense| match sense {
        Sense::Factor(unit) => Some(unit.clone()),
        _ => None,
    })
}

/// "the past year", "the coming decade": a length of time without a number.
fn past_span(cursor: Cursor<'_>, i: usize) -> Option<(ReadAmount, usize)> {
    let is_long = cursor.is(i, class::NEXT) && cursor.is(i + 1, class::LONG_SPAN);
    if !cursor.may(i, bit::RELATIVE) || !is_long && !cursor.is(i, class::LENGTH_OF_TIME) {
        return None;
    }
    let (unit, end) = cursor.unit(i + 1).filter(|(unit, _)| unit.dimension.is_duration())?;
    if cursor.tokens.str(i + 1).ends_with('s') {
        return None;
    }
    let mut amount = bare(ReadNumeral::whole(1), Kind::Duration, "", "");
    amount.after = format!(" {}", unit.name).into();
    amount.unit = unit.clone();
    Some((amount, end))
}

/// What sort of amount has a unit.
pub(in crate::mention) fn kind_of(unit: &Unit) -> Kind {
    match () {
        () if unit.is_money() => Kind::Money,
        () if unit.dimension.is_duration() => Kind::Duration,
        () => Kind::Quantity,
    }
}

/// A quantity with a unit, and with a smaller part of it: "6 feet 2 inches", "2 hours 30 minutes".
fn measured(
    cursor: Cursor<'_>,
    numeral: ReadNumeral,
    unit: Unit,
    next: usize,
    end: usize,
) -> (ReadAmount, usize) {
    let kind = kind_of(&unit);
    if numeral.numeral.number.is_whole()
        && numeral.scale.is_none()
        && let Some((first, behind)) = smaller_part(cursor, &unit, end, false)
    {
        let mut amount = bare(numeral, kind, "", "");
        let mut end = behind;
        let mut last = first.1.clone();
        amount.smaller.push(first);
        // "3 hours, 12 minutes, and 40 seconds".
        while unit.dimension.is_duration()
            && amount.smaller.iter().all(|(part, _)| part.numeral.number.is_whole())
            && let Some((part, behind)) = smaller_part(cursor, &last, end, true)
        {
            last = part.1.clone();
            amount.smaller.push(part);
            end = behind;
        }
        amount.unit = unit;
        return (amount, end);
    }
    if let Some((part, behind)) = and_a_half(cursor, &numeral, end) {
        let mixed = ReadNumeral::mixed(&numeral.numeral.number + &part, &part);
        return with_unit(cursor, mixed, &unit, kind, next, behind);
    }
    let end = if kind == Kind::Duration { age::behind(cursor, end) } else { end };
    with_unit(cursor, numeral, &unit, kind, next, end)
}

/// "An hour and a half", "a year and a quarter".
fn and_a_half(cursor: Cursor<'_>, numeral: &ReadNumeral, end: usize) -> Option<(Rational, usize)> {
    let article = usize::from(cursor.is(end + 1, class::A_OR_ONE));
    let end = end + article;
    let half = cursor.is(end - article, class::AND);
    if !half || !numeral.numeral.number.is_whole() {
        return None;
    }
    match () {
        () if cursor.is(end + 1, class::HALF) => Some((Rational::fraction(1, 2), end + 2)),
        () if article == 1 && cursor.is(end + 1, class::QUARTER) => {
            Some((Rational::fraction(1, 4), end + 2))
        }
        () => None,
    }
}

/// The smaller part behind a quantity; `is_list` tells that one stands before it already.
fn smaller_part(
    cursor: Cursor<'_>,
    unit: &Unit,
    end: usize,
    is_list: bool,
) -> Option<((ReadNumeral, Unit), usize)> {
    // "9 minutes, 29 seconds" is one, "3 years, 2 months, 14 days" is a list.
    let is_apart = unit.is_money() || unit.dimension.exponent(Base::Calendar) != 0;
    let comma = cursor.tokens.is_sign(end, ',') && !is_apart;
    let i = if comma { end + 1 } else { end };
    let and = cursor.is(i, class::AND) && (is_list || !comma);
    let i = if and { i + 1 } else { i };
    let in_words = unit.is_money() && cursor.may(i, bit::CARDINAL);
    if !cursor.tokens.is(i, TokenKind::Number) && !in_words {
        return None;
    }
    let (numeral, next) = number::read(cursor, i, Abbreviations::Careful)?;
    if let Some(cents) = money::spoken_cents(cursor, unit, &numeral, next) {
        return Some(((numeral, cents), next));
    }
    let (part, behind) = unit_behind(cursor, &numeral, i, next)?;
    let currency = part.currency.is_none() || part.currency == unit.currency;
    // "5 GHz and 868 MHz" are two.
    let has_parts = unit.is_money()
        || unit.dimension.is_duration()
        || [Base::Length, Base::Mass].iter().any(|&base| unit.dimension == Dimension::of(base));
    let fits = has_parts
        && part.dimension == unit.dimension
        && currency
        && part.factor < unit.factor
        && part.offset.is_none()
        && numeral.numeral.number < &unit.factor / &part.factor;
    // "300 feet (64 kilometres and 91 metres)" are two in one bracket.
    let is_second = and && !unit.dimension.is_duration() && cursor.tokens.is_sign(behind, ')');
    (fits && !is_second).then_some(((numeral, part), behind))
}
