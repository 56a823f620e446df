//! Years, decades, centuries, fiscal years, and the parts of a year.

use jiff::civil::Date as Day;

use crate::lexicon::{Sense, bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::parts::part_name;
use crate::mention::date::read_date::ReadDate;
use crate::mention::date::year::{LIKELY, century_of, four_digits, in_words, is_counted, short};
use crate::mention::date::{nearest, step};
use crate::mention::number;
use crate::mention::token::TokenKind;
use crate::value::{Days, Kind};

/// "2021", "the 1990s", "2003-04", "FY2024", "fiscal 2024", "the 19th century", "the nineties".
pub(super) fn read(cursor: Cursor<'_>, i: usize, announced: bool) -> Option<ReadDate> {
    if let Some(found) =
        decade(cursor, i).or_else(|| century(cursor, i)).or_else(|| fiscal(cursor, i))
    {
        return Some(found);
    }
    if cursor.may(i, bit::CARDINAL) {
        return spoken(cursor, i);
    }
    // "The class of '98".
    if cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_YEAR))
        && let Some((year, next)) = short(cursor, i)
    {
        return Some(ReadDate { leans: true, ..ReadDate::of(Days::year(year)?, next) });
    }
    let (first, next) = four_digits(cursor, i)?;
    if let Some(found) = two_years(cursor, first, next) {
        return Some(found);
    }
    let joined = cursor.tokens.adjacent(next).is_some_and(|token| token.kind == TokenKind::Word);
    if joined || is_counted(cursor, next) || is_within_number(cursor, next) {
        return None;
    }
    let leans = !is_year(cursor, i, next, first, announced)?;
    Some(ReadDate { leans, ..ReadDate::of(Days::year(first)?, next) })
}

/// "In nineteen ninety-six": a year in words, behind a word that leads one to expect it.
fn spoken(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let announced = cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_YEAR));
    let (year, next) = announced.then(|| in_words(cursor, i))??;
    let counts = is_counted(cursor, next) || cursor.is_plural(next);
    (LIKELY.contains(&year) && !counts)
        .then(|| Some(ReadDate { leans: true, ..ReadDate::of(Days::year(year)?, next) }))?
}

/// "3.2024" and "2024:1": the digits go on.
fn is_within_number(cursor: Cursor<'_>, next: usize) -> bool {
    let sign = cursor.tokens.adjacent(next).is_some_and(|token| {
        matches!(token.kind, TokenKind::Sign(':' | '/' | '.' | ',' | '_' | '@'))
    });
    sign && cursor.tokens.adjacent(next + 1).is_some_and(|token| token.kind == TokenKind::Number)
}

/// Whether four digits are a year: `Some(true)` if they would be alone too, `Some(false)` if the words
/// around them say so, `None` if they are not.
fn is_year(cursor: Cursor<'_>, i: usize, next: usize, year: i16, announced: bool) -> Option<bool> {
    let plural = cursor.is_plural(next) && !cursor.tokens.is_capital(next);
    let likely = LIKELY.contains(&year);
    let of_time = announced
        || cursor.tokens.len() == 1
        || cursor.before(i, |cursor, before| {
            cursor.is(before, class::ANNOUNCES_YEAR)
                || cursor.may(before, bit::EDGE | bit::SEASON | bit::MONTH | bit::RELATIVE)
        });
    // "An average of 1800", "one out of 2200".
    let of_measure = 2 <= i
        && cursor.is(i - 1, class::OF)
        && (cursor.is(i - 2, class::COUNTED_MEASURE) || cursor.is(i - 2, class::OUT));
    let of_crowd = of_measure && cursor.is(i - 2, class::CROWD);
    // "Around 1900 attended".
    let verb = cursor.may(next, bit::PAST)
        || cursor.tokens.is(next, TokenKind::Word) && cursor.tokens.str(next).ends_with("ed");
    let opens =
        i < 2 || matches!(cursor.tokens.get(i - 2).map(|t| t.kind), Some(TokenKind::Sign(_)));
    let of_many = opens
        && verb
        && cursor.before(i, |cursor, before| cursor.behind(before, bit::HEDGE) == Some(i));
    if of_crowd || of_many {
        return None;
    }
    let of_time = of_time && (likely || !of_measure);
    // "An 1871 fire".
    let of_time = of_time
        || (1500 <= year
            && cursor.before(i, |cursor, before| cursor.is(before, class::ANY_ARTICLE))
            && cursor.tokens.is(next, TokenKind::Word));
    let is_round_count = year % 100 == 0 && plural;
    let in_comparison = cursor.before(i, |cursor, before| cursor.is(before, class::BEFORE_COUNT));
    match (likely, plural) {
        (true, _) if in_comparison && (plural || year % 10 == 0) => None,
        (true, _) if is_round_count => None,
        (true, true) if !of_time && cursor.is(next, class::COUNTED_LIKE_YEARS) => None,
        (true, _) => Some(true),
        (false, false) if of_time && !in_comparison => Some(false),
        _ => None,
    }
}

/// "2003-04", "2020/21", "1998-1999": two years that follow each other, from some day of the one to
/// some day of the other.
fn two_years(cursor: Cursor<'_>, first: i16, next: usize) -> Option<ReadDate> {
    let tokens = cursor.tokens;
    let joins = tokens.adjacent(next)?;
    let dash = joins.kind == TokenKind::Dash;
    if !dash && joins.kind != TokenKind::Sign('/') {
        return None;
    }
    tokens.adjacent(next + 1)?;
    // "2003-04-05" is a day.
    let longer = tokens
        .adjacent(next + 2)
        .is_some_and(|t| t.kind == TokenKind::Dash || t.kind == TokenKind::Sign('/'))
        && tokens.adjacent(next + 3).is_some_and(|t| t.kind == TokenKind::Number);
    if longer {
        return None;
    }
    // "2015-12" is a month where it cannot be two years.
    if dash
        && tokens.is_digits(next + 1, &[1, 2])
        && let Ok(month) = tokens.str(next + 1).parse::<i8>()
        && i16::from(month) != (first + 1) % 100
        && (tokens.str(next + 1).len() == 2
            || !tokens.adjacent(next + 2).is_some_and(|t| t.kind == TokenKind::Word))
        && i16::from(month) <= first % 100
        && let Some(days) = Days::months(first, month, month)
    {
        return Some(ReadDate::of(days, next + 2));
    }
    let last = if tokens.is_digits(next + 1, &[2]) {
        let short: i16 = tokens.str(next + 1).parse().ok()?;
        let year = first - first.rem_euclid(100) + short;
        if year <= first { year + 100 } else { year }
    } else if !dash && tokens.is_digits(next + 1, &[4]) {
        tokens.str(next + 1).parse().ok()?
    } else {
        return None;
    };
    let near = last == first + 1 || (dash && first < last && last - first < 20);
    let days = Days::years(first, last)?;
    near.then(|| ReadDate { kind: Kind::DateRange, ..ReadDate::of(days, next + 2) })
}

/// "the 1990s", "the '90s", "the 90s", "the nineties".
fn decade(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let tokens = cursor.tokens;
    let the = cursor.before(i, |cursor, before| {
        cursor.is(before, class::THE)
            || cursor.may(before, bit::EDGE)
            || cursor.tokens.is(before, TokenKind::Dash)
            || is_behind_decade(cursor, before)
    });
    if is_of_level(cursor, i) || is_between_decades(cursor, i) {
        return None;
    }
    if let Some((two, next)) = cursor.phrase(i, bit::DECADE, |sense| match sense {
        Sense::Decade(two) => Some(*two),
        _ => None,
    }) {
        // "In his thirties" is an age.
        let first = past_decade(cursor, two)?;
        return the.then_some(ReadDate::of(Days::years(first, first + 9)?, next));
    }
    let apostrophe = matches!(tokens.get(i)?.kind, TokenKind::Sign('\'' | '’' | '‘'));
    let at = if apostrophe { i + 1 } else { i };
    let ends_in_s = |next: usize| {
        let direct = tokens.adjacent(next).is_some() && tokens.str(next) == "s";
        let quoted =
            tokens.adjacent(next).is_some_and(|t| matches!(t.kind, TokenKind::Sign('\'' | '’')))
                && tokens.adjacent(next + 1).is_some()
                && tokens.str(next + 1) == "s";
        match () {
            () if direct => Some(next + 1),
            () if quoted && !apostrophe => Some(next + 2),
            () => None,
        }
    };
    if let Some((first, next)) = four_digits(cursor, at) {
        // "1998's" is no decade, and neither is "1990's" if a noun follows: it is read as its year.
        let end = ends_in_s(next).filter(|_| first % 10 == 0 && (1300..2100).contains(&first))?;
        let last = if first % 100 == 0 && first < 2000 { first + 99 } else { first + 9 };
        if next + 1 < end && !the {
            return None;
        }
        return Some(ReadDate::of(Days::years(first, last)?, end));
    }
    let two = tokens.is_digits(at, &[2]).then(|| tokens.str(at).parse::<i16>().ok())??;
    let end = ends_in_s(at + 1)?;
    if two % 10 != 0 || !(the || apostrophe) {
        return None;
    }
    let first = past_decade(cursor, two)?;
    Some(ReadDate::of(Days::years(first, first + 9)?, end))
}

/// Whether what joins two decades stands at a token, behind the first: "the 1980s and 90s".
fn is_behind_decade(cursor: Cursor<'_>, joint: usize) -> bool {
    let joins = cursor.is(joint, class::JOINS_FIGURES) || cursor.tokens.is_sign(joint, ',');
    joins
        && 2 <= joint
        && cursor.tokens.str(joint - 1) == "s"
        && cursor.tokens.is(joint - 2, TokenKind::Number)
}

/// Whether "in his mid-30s" tells an age, and "in the mid-30s" a temperature or a score: of two digits
/// without an apostrophe only the later decades are meant.
fn is_between_decades(cursor: Cursor<'_>, i: usize) -> bool {
    let edge = |at: usize| cursor.may(at, bit::EDGE);
    let at = match () {
        () if 2 <= i && cursor.tokens.is(i - 1, TokenKind::Dash) && edge(i - 2) => i - 2,
        () if 1 <= i && edge(i - 1) => i - 1,
        () => return false,
    };
    let is_early = cursor.tokens.is_digits(i, &[2]) && cursor.tokens.str(i) < "50";
    is_early || cursor.before(at, |cursor, before| cursor.is(before, class::POSSESSIVE))
}

/// Whether the words before a decade speak of temperatures or scores: "highs in the 70s".
fn is_of_level(cursor: Cursor<'_>, i: usize) -> bool {
    let short = cursor.tokens.is_digits(i, &[2]);
    short && (i.saturating_sub(8)..i).any(|at| cursor.is(at, class::OF_LEVEL))
}

/// The first year of the last decade of this name; `None` where two may be meant.
fn past_decade(cursor: Cursor<'_>, two: i16) -> Option<i16> {
    if two < 20 {
        return None;
    }
    let now = cursor.published.map_or(2020, Day::year);
    let first = now - now.rem_euclid(100) + two;
    let first = if now < first { first - 100 } else { first };
    // "The twenties" were a century ago until lately.
    (30 <= two || first < 2000).then_some(first)
}

/// "the 19th century", "the early twentieth century".
fn century(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let (rank, next) = number::rank(cursor, i)?;
    let at = cursor.behind_hyphen(next);
    if !cursor.is(at, class::CENTURIES) || !(1..=29).contains(&rank) {
        return None;
    }
    let first = (i16::try_from(rank).ok()? - 1) * 100;
    Some(ReadDate::of(Days::years(first.max(1), first + 99)?, at + 1))
}

/// "FY24", "FY2024-25" behind a part of a year.
fn fiscal_short(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    cursor.is(i, class::FISCAL_SHORT).then(|| fiscal(cursor, i))?
}

/// "FY2024", "FY 2024", "fiscal 2024", "fiscal year 2024", "FY21", "fiscal year 2003-04".
fn fiscal(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let is_short = cursor.is(i, class::FISCAL_SHORT);
    if !is_short && !cursor.is(i, class::KIND_OF_TAXED_YEAR) {
        return None;
    }
    let at = if !is_short && cursor.is(i + 1, class::YEARS) { i + 2 } else { i + 1 };
    if let Some((first, next)) = four_digits(cursor, at) {
        if let Some(found) = two_years(cursor, first, next) {
            return Some(found);
        }
        return Some(ReadDate::of(Days::year(first)?, next));
    }
    let apostrophe = usize::from(cursor.tokens.is_sign(at, '\'') || cursor.tokens.is_sign(at, '’'));
    let digits = is_short && cursor.tokens.is_digits(at + apostrophe, &[2]);
    let two = digits.then(|| cursor.tokens.str(at + apostrophe).parse().ok())??;
    Some(ReadDate::of(Days::year(century_of(cursor, two))?, at + apostrophe + 1))
}

/// "2Q24", "4Q 2024", "1H25", "9M 2024": the number of a part of a year before its letter.
pub(super) fn short_part(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let tokens = cursor.tokens;
    let number: i8 = tokens.is_digits(i, &[1]).then(|| tokens.str(i).parse().ok())??;
    tokens.adjacent(i + 1)?;
    let (first, last) = match (tokens.str(i + 1), number) {
        ("Q", 1..=4) => (number * 3 - 2, number * 3),
        ("H", 1..=2) => (number * 6 - 5, number * 6),
        ("M", 3 | 6 | 9) => (1, number),
        _ => return None,
    };
    if number <= 4 && tokens.str(i + 1) == "Q" && cursor.is(i + 2, class::OF_RESULTS) {
        let (year, leans) = nearest::year_of(cursor, last, None, i);
        let days = year.and_then(|year| Days::months(year, first, last));
        return Some(ReadDate { leans, ..ReadDate::maybe(days, i + 2) });
    }
    let (year, next) = match tokens.adjacent(i + 2) {
        Some(_) if tokens.is_digits(i + 2, &[2]) => {
            (century_of(cursor, tokens.str(i + 2).parse().ok()?), i + 3)
        }
        Some(_) => short(cursor, i + 2)?,
        None => four_digits(cursor, i + 2)?,
    };
    Some(ReadDate::of(Days::months(year, first, last)?, next))
}

/// "the first half of 2024", "Q3 2024", "H1 of 2024", "2019 Q1", "the third quarter".
pub(super) fn part(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    if let Some((year, at)) = four_digits(cursor, i) {
        // "2018's first half".
        let at = cursor.behind_genitive(at).unwrap_or_else(|| cursor.behind_hyphen(at));
        let ((first, last), next) = part_name(cursor, at)?;
        return Some(ReadDate::of(Days::months(year, first, last)?, next));
    }
    let ((first, last), next) = part_name(cursor, i)?;
    let fiscal = usize::from(cursor.is(next, class::FISCAL));
    let at =
        if cursor.is(next, class::IN_OF) { next + 1 } else { cursor.behind_hyphen(next + fiscal) };
    let the = usize::from(cursor.is(at, class::THE));
    let fiscal = if cursor.is(at + the, class::FISCAL) {
        1 + usize::from(cursor.is(at + the + 1, class::YEAR))
    } else {
        0
    };
    if let Some((year, end)) = four_digits(cursor, at + the + fiscal) {
        return Some(ReadDate::of(Days::months(year, first, last)?, end));
    }
    if let Some((year, end)) = short(cursor, at) {
        return Some(ReadDate::of(Days::months(year, first, last)?, end));
    }
    // "Q3 FY24", "the first half of FY2024-25", whose months depend on who counts.
    if let Some(year) = fiscal_short(cursor, at + the) {
        let days = year.days().filter(|days| days.first().year() == days.last().year());
        let part = days.and_then(|days| Days::months(days.first().year(), first, last));
        return Some(ReadDate::maybe(part, year.next));
    }
    if let Some((year, end)) = step::year(cursor, at + the) {
        let days = year.and_then(|year| Days::months(year.first().year(), first, last));
        return Some(ReadDate::maybe(days, end));
    }
    // "First half profit".
    let half_of_results = last - first == 5 && cursor.is(next, class::OF_RESULTS);
    let quarter = (last - first == 2 || half_of_results) && !cursor.is(i, class::FINAL);
    let the = cursor.before(i, |cursor, before| {
        cursor.is(before, class::BEFORE_QUARTER) || cursor.may(before, bit::RELATIVE)
    });
    // "Third-quarter sales", "fourth quarter profit".
    let joined = cursor.tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Dash)
        && cursor.tokens.is(next, TokenKind::Word)
        || cursor.is(next, class::OF_RESULTS);
    // "Q3 alone", "in H2".
    let is_letter = cursor.tokens.str(i).len() == 1
        && cursor.tokens.is_capital(i)
        && (quarter || cursor.before(i, |cursor, before| cursor.is(before, class::IN_OF)));
    if !is_letter && (!quarter || !(the || joined)) {
        return None;
    }
    // In May "the second quarter" is the one that it lies in.
    let this = cursor.published.filter(|today| (first..=last).contains(&today.month()));
    let (year, leans) = match this {
        Some(today) => (Some(today.year()), false),
        None => nearest::year_of(cursor, last, None, i),
    };
    let days = year.and_then(|year| Days::months(year, first, last));
    Some(ReadDate { leans, ..ReadDate::maybe(days, next) })
}

/// "summer 2003", "the summer of 2003", "last winter": no narrower than the year.
pub(super) fn season(cursor: Cursor<'_>, i: usize) -> Option<ReadDate> {
    let next = cursor.behind(i, bit::SEASON)?;
    let at = if cursor.is(next, class::OF) { next + 1 } else { cursor.behind_hyphen(next) };
    if let Some((year, end)) = four_digits(cursor, at).filter(|&(_, end)| !is_counted(cursor, end))
    {
        // A winter ends in the year after, and "2003/04" says so.
        let winter = cursor.is(i, class::SEASON_OF_TWO_YEARS);
        if let Some(both) = two_years(cursor, year, end) {
            return Some(both);
        }
        let last =
            if winter { Day::new(year + 1, 3, 31).ok()? } else { Day::new(year, 12, 31).ok()? };
        return Some(ReadDate::of(Days::new(Day::new(year, 1, 1).ok()?, last)?, end));
    }
    None
}
