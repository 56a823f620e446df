//! Dates in digits: "2024-03-26", "08/07/2025" in its two readings, "26.03.2024", "3/11/96".

use jiff::civil::Date as Day;

use crate::home::DateOrder;
use crate::mention::cursor::Cursor;
use crate::mention::date::year;
use crate::mention::token::TokenKind;
use crate::value::Days;

/// The readings of a date in digits: two where day and month can be exchanged, the month first as the
/// first of them.
pub(in crate::mention) fn read(cursor: Cursor<'_>, i: usize) -> Option<(Vec<Days>, usize)> {
    let tokens = cursor.tokens;
    if !tokens.is(i, TokenKind::Number) {
        return None;
    }
    if let Some((day, next)) = dotted(cursor, i) {
        return Some((vec![day], next));
    }
    let separator = tokens.adjacent(i + 1)?.kind;
    let same = tokens.adjacent(i + 3)?.kind == separator;
    tokens.adjacent(i + 2)?;
    tokens.adjacent(i + 4)?;
    // "1/2/3/4" and "1-2-3-4" are no dates.
    let longer = tokens.adjacent(i + 5).is_some_and(|token| token.kind == separator)
        && tokens.adjacent(i + 6).is_some_and(|token| token.kind == TokenKind::Number);
    if !same || longer {
        return None;
    }
    let number = |i: usize| tokens.str(i).parse::<i16>().ok();
    let small = |i: usize| i8::try_from(number(i)?).ok();
    let is_day = |i: usize| tokens.is_digits(i, &[1, 2]);
    let is_separator = matches!(separator, TokenKind::Dash | TokenKind::Sign('/'));
    if is_separator && tokens.is_digits(i, &[4]) && is_day(i + 2) && is_day(i + 4) {
        let day = Day::new(number(i)?, small(i + 2)?, small(i + 4)?).ok()?;
        return (1 <= day.year()).then_some((vec![Days::day(day)], i + 5));
    }
    let year = if tokens.is_digits(i + 4, &[4]) {
        number(i + 4).filter(|year| 1 <= *year)?
    } else if tokens.is_digits(i + 4, &[2]) && separator == TokenKind::Sign('/') {
        year::century_of(cursor, number(i + 4)?)
    } else {
        return None;
    };
    if !is_separator || !is_day(i) || !is_day(i + 2) {
        return None;
    }
    let (a, b) = (small(i)?, small(i + 2)?);
    let mut readings: Vec<Days> = [(a, b), (b, a)]
        .into_iter()
        .filter_map(|(month, day)| Day::new(year, month, day).ok().map(Days::day))
        .collect();
    readings.dedup();
    // Where an order is the home's, a date that it makes impossible still has the other.
    if let (2, Some(order)) = (readings.len(), cursor.lexicon.home().date_order) {
        readings = vec![match order.value {
            DateOrder::MonthFirst => readings[0],
            DateOrder::DayFirst => readings[1],
        }];
    }
    // The one nearer to the day of publication comes first.
    if let Some(today) = cursor.published {
        readings.sort_by_key(|days| {
            today.until(days.first()).map_or(i32::MAX, |span| span.get_days().abs())
        });
    }
    (!readings.is_empty()).then_some((readings, i + 5))
}

/// The order of a date in digits that is possible in one order only: "23/10/2019".
pub(in crate::mention) fn order(cursor: Cursor<'_>, i: usize) -> Option<DateOrder> {
    let (readings, _) = read(cursor, i)?;
    let [only] = &*readings else { return None };
    let small = |i: usize| cursor.tokens.str(i).parse::<i8>().ok();
    let (first, second) = (small(i)?, small(i + 2)?);
    let day = only.first().day();
    match () {
        () if first == second => None,
        () if day == first => Some(DateOrder::DayFirst),
        () if day == second => Some(DateOrder::MonthFirst),
        () => None,
    }
}

/// "26.03.2024": the tokenizer reads "26.03" as one number.
fn dotted(cursor: Cursor<'_>, i: usize) -> Option<(Days, usize)> {
    let tokens = cursor.tokens;
    let dot = tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Sign('.'));
    if !dot || tokens.adjacent(i + 2).is_none() || !tokens.is_digits(i + 2, &[4]) {
        return None;
    }
    let (day, month) = tokens.str(i).split_once('.')?;
    let small = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok()).flatten();
    let year = tokens.str(i + 2).parse::<i16>().ok().filter(|year| 1 <= *year)?;
    let day = Day::new(year, small(month)?, small(day)?).ok()?;
    Some((Days::day(day), i + 3))
}
