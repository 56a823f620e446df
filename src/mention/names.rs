//! Numbers that count and measure nothing: names, telephone numbers, versions, addresses of the web.

use crate::lexicon::{bit, class};
use crate::mention::cursor::Cursor;
use crate::mention::date::parts::{is_month_name, is_stamp};
use crate::mention::date::{numeric_date, year};
use crate::mention::number;
use crate::mention::token::TokenKind;

/// The index behind the name that starts at a token, if its numbers are to be left alone.
pub(super) fn skip(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let token = cursor.tokens.get(i)?;
    if token.senses & (bit::NAME | bit::LABEL | bit::YEAR_LABEL | bit::ADDRESS | bit::TELEPHONE)
        != 0
        && let Some(end) = fixed(cursor, i)
            .or_else(|| labelled(cursor, i))
            .or_else(|| address(cursor, i))
            .or_else(|| announced_telephone(cursor, i))
    {
        return Some(end);
    }
    match token.kind {
        TokenKind::Number if numeric_date::read(cursor, i).is_some() => None,
        TokenKind::Number if is_page_count(cursor, i) => Some(i + 3),
        TokenKind::Number if is_model(cursor, i) => Some(i + 1),
        TokenKind::Number => crossed(cursor, i)
            .or_else(|| coordinate(cursor, i))
            .or_else(|| telephone(cursor, i))
            .or_else(|| code(cursor, i))
            .or_else(|| in_path(cursor, i))
            .or_else(|| street(cursor, i)),
        TokenKind::Sign('+' | '(') => telephone(cursor, i + 1),
        TokenKind::Sign('#' | '@') if cursor.tokens.adjacent(i + 1).is_some() => {
            Some(chain_end(cursor, i + 1))
        }
        TokenKind::Word => {
            joined_to_word(cursor, i).or_else(|| product(cursor, i)).or_else(|| group_of(cursor, i))
        }
        _ => None,
    }
}

/// "9/11", "S&P 500", "Group of Seven".
fn fixed(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let end = cursor.behind(i, bit::NAME)?;
    // "A 9-11 percent gain".
    let is_measured = cursor.tokens.is(i, TokenKind::Number) && cursor.is_measure(end);
    let goes_on = is_measured
        || cursor.tokens.adjacent(end).is_some_and(|token| {
            matches!(token.kind, TokenKind::Number)
                || matches!(token.kind, TokenKind::Sign('/' | '.' | ',' | '%'))
                    && (token.kind == TokenKind::Sign('%')
                        || cursor
                            .tokens
                            .adjacent(end + 1)
                            .is_some_and(|t| t.kind == TokenKind::Number))
        });
    // "First place 3 bets": a rank in small letters before a noun is still left alone.
    (!goes_on).then_some(end)
}

/// "Article 4", "Boeing 737", "No. 5", "pages 12–15", "Biosecurity Act 2015".
fn labelled(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    if let Some(next) = cursor.behind(i, bit::YEAR_LABEL)
        && let Some((_, end)) = year::four_digits(cursor, next)
        && (cursor.tokens.is_capital(i) || cursor.is(i, class::LABEL_IN_SMALL))
    {
        return Some(end);
    }
    let next = cursor.behind(i, bit::LABEL)?;
    // "Press Office 02 6277 0000".
    if let Some(end) = telephone(cursor, next) {
        return Some(end);
    }
    // A word of prose that is a label only with a capital or right before its number.
    let dot = usize::from(
        cursor.tokens.adjacent(next).is_some_and(|t| matches!(t.kind, TokenKind::Sign('.' | '#'))),
    );
    let dash = usize::from(cursor.tokens.is(next + dot, TokenKind::Dash));
    let at = next + dot + dash;
    let is_no = cursor.is(i, class::LABEL_OR_WORD);
    if is_no && dot == 0 && !cursor.tokens.is_capital(i) {
        return None;
    }
    let number = cursor.tokens.is(at, TokenKind::Number);
    let word = cursor.may(at, bit::CARDINAL) && dash == 0;
    let is_word = cursor.is(i, class::LABEL_OF_NAME);
    if is_word
        && (dot != 0
            || !cursor.tokens.is_capital(i)
            || dash != 0
            || !cursor.tokens.is_digits(at, &[1, 2, 3, 4])
            || year::likely(cursor, at))
    {
        return None;
    }
    // A stamp below a headline: "13-APR-1987".
    if !number && !word || is_stamp(cursor, at) {
        return None;
    }
    // "Residents born abroad number 504,000": what is counted in thousands is no label.
    let is_grouped = || cursor.tokens.text_of(at..at + 1).contains(',');
    if number && dot == 0 && !cursor.tokens.is_capital(i) && is_grouped() {
        return None;
    }
    // "The standard 900-watt oven".
    let joined = cursor.behind_hyphen(at + 1);
    if joined != at + 1 && !cursor.tokens.is_capital(i) && cursor.unit(joined).is_some() {
        return None;
    }
    let mut end = at + 1;
    // "No. 1,234" is one token; "3.1.2", "12–15", "4(b)" go on.
    while cursor
        .tokens
        .adjacent(end)
        .is_some_and(|t| matches!(t.kind, TokenKind::Dash | TokenKind::Sign('.' | '/' | '&')))
        && cursor.tokens.adjacent(end + 1).is_some()
    {
        end += 2;
    }
    while cursor
        .tokens
        .adjacent(end)
        .is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
    {
        end += 1;
    }
    // "Page 1 of 6".
    if number && cursor.is(end, class::OF) && cursor.tokens.is_digits(end + 1, &[1, 2, 3]) {
        end += if counts(cursor, end + 2) { 0 } else { 2 };
    }
    while cursor.is(end, class::JOINS_FIGURES)
        && cursor.tokens.is_digits(end + 1, &[1, 2, 3])
        && !counts(cursor, end + 2)
    {
        end += 2;
    }
    // "To mark 50 years", "Form 20 companies": the word is a verb, and the number counts.
    let measures = cursor.may(end, bit::PERCENT | bit::SCALE | bit::UNIT) && counts(cursor, end);
    let is_verb = !cursor.tokens.is_capital(i) && counts(cursor, end);
    (!measures && !is_verb).then_some(end)
}

/// Whether what stands here is counted or measured by the number before it.
fn counts(cursor: Cursor<'_>, i: usize) -> bool {
    let at = cursor.behind_hyphen(i);
    cursor.may(i, bit::PERCENT | bit::SCALE | bit::SCALE_PLURAL)
        || cursor.is_plural(at)
        || (cursor.tokens.is(at, TokenKind::Word) && cursor.unit(at).is_some())
        || cursor.money(at).is_some() && cursor.tokens.is(at, TokenKind::Word)
}

/// `https://example.org/2020/05/12`, `www.example.org/3`.
fn address(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    cursor.behind(i, bit::ADDRESS)?;
    let sign = cursor.tokens.adjacent(i + 1)?;
    matches!(sign.kind, TokenKind::Sign(':' | '.')).then(|| spaced_end(cursor, i + 1))
}

/// The index of the next token behind white space.
fn spaced_end(cursor: Cursor<'_>, mut i: usize) -> usize {
    while cursor.tokens.adjacent(i).is_some() {
        i += 1;
    }
    i
}

/// "Call 6277 7744", "phone: 02 6277 7744".
fn announced_telephone(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let next = cursor.behind(i, bit::TELEPHONE)?;
    let colon = usize::from(cursor.tokens.is_sign(next, ':'));
    let on = usize::from(cursor.is(next + colon, class::BEFORE_TELEPHONE));
    let at = next + colon + on;
    if !cursor.tokens.is(at, TokenKind::Number) {
        return None;
    }
    let (end, digits) = digit_groups(cursor, at);
    (6 <= digits && at + 1 < end).then_some(end)
}

/// "0428 697 041", "(02) 6277 7744", "1300 066 055", "13 11 14", "+61 2 6277 7744", "555-123-4567".
fn telephone(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let text = cursor.tokens.str(i);
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
        return None;
    }
    let (end, digits) = digit_groups(cursor, i);
    // "0432 449 071, 23 January 2005".
    let dated = i + 1 < end
        && cursor.tokens.is_digits(end - 1, &[1, 2])
        && cursor.may(end, bit::MONTH)
        && is_month_name(cursor, end);
    let groups = end - i;
    let plus = cursor.before(i, |cursor, before| cursor.tokens.is_sign(before, '+'))
        && cursor.tokens.adjacent(i).is_some();
    // "(1950–2024)" is a life.
    let years = groups == 3 && year::is_bracketed(cursor, i);
    let area = !years && cursor.before(i, |cursor, before| cursor.tokens.is_sign(before, '('));
    let starts_with_code = text.len() > 1 && text.starts_with('0');
    let is_service = matches!(
        text,
        "1300" | "1800" | "13" | "1" | "131" | "132" | "133" | "134" | "136" | "137"
    ) && 3 <= groups
        && 6 <= digits
        && (text.len() == 4 || digits == 6 || digits == 11)
        || text == "180" && digits == 7 && groups == 3;
    let lettered = matches!(text, "1300" | "1800")
        && cursor.tokens.is(i + 1, TokenKind::Word)
        && cursor.tokens.str(i + 1).bytes().all(|b| b.is_ascii_uppercase());
    if lettered {
        return Some(i + 2);
    }
    let is_american = 3 <= groups
        && digits == 10
        && text.len() == 3
        && cursor
            .tokens
            .is_digits(i + if cursor.tokens.is(i + 1, TokenKind::Dash) { 2 } else { 1 }, &[3]);
    let is_dashed = digits == 7
        && text.len() == 3
        && cursor.tokens.is(i + 1, TokenKind::Dash)
        && cursor.tokens.adjacent(i + 1).is_some();
    // "Call Ann Lee on 9893 5151".
    let is_local = end == i + 2
        && [i, i + 1]
            .iter()
            .all(|&at| cursor.tokens.is_digits(at, &[4]) && !year::likely(cursor, at))
        && cursor.tokens.start(i + 1) == cursor.tokens.end_before(i + 1) + 1;
    let known = is_local
        || (plus && 7 <= digits)
        || (area && 7 <= digits && 1 < groups)
        || (starts_with_code && (6 <= digits))
        || is_service
        || is_american
        || is_dashed;
    known.then_some(if dated { end - 1 } else { end })
}

/// "1/3" alone in its block: the first page of three.
fn is_page_count(cursor: Cursor<'_>, i: usize) -> bool {
    let tokens = cursor.tokens;
    i == 0
        && tokens.len() == 3
        && tokens.is_sign(1, '/')
        && tokens.adjacent(1).is_some()
        && tokens.is_digits(0, &[1, 2])
        && tokens.is_digits(2, &[1, 2])
}

/// A number within a path or a slug: "/media-release/2020/07/29", "fed-budget-paper-2020".
fn in_path(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    tokens.adjacent(i)?;
    let sign =
        |at: usize, kind: TokenKind| at < i && tokens.is(at, kind) && tokens.adjacent(at).is_some();
    let path = 2 <= i && sign(i - 1, TokenKind::Sign('/')) && tokens.is(i - 2, TokenKind::Word)
        || 1 <= i && (sign(i - 1, TokenKind::Sign('_')) || sign(i - 1, TokenKind::Sign('=')));
    let slug = 6 <= i
        && (1..4)
            .all(|n| sign(i + 1 - 2 * n, TokenKind::Dash) && tokens.is(i - 2 * n, TokenKind::Word));
    (path || slug).then(|| chain_end(cursor, i))
}

/// The number of a house: "215 Adelaide St", "11-15 Church Street".
fn street(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    let at = if tokens.is(i + 1, TokenKind::Dash) && tokens.is(i + 2, TokenKind::Number) {
        i + 3
    } else {
        i + 1
    };
    // "30 Rock Street" needs a name between the number and the word.
    for next in at..at + 3 {
        if !tokens.is_capital(next) || tokens.adjacent(next).is_some() {
            return None;
        }
        if at < next && cursor.may(next, bit::STREET) {
            return Some(next + 1);
        }
    }
    None
}

/// The index behind groups of digits that stand side by side, and how many digits they have.
fn digit_groups(cursor: Cursor<'_>, i: usize) -> (usize, usize) {
    let is_group = |i: usize| {
        let text = cursor.tokens.str(i);
        cursor.tokens.is(i, TokenKind::Number)
            && text.len() <= 10
            && text.bytes().all(|b| b.is_ascii_digit() || b == b' ')
    };
    let mut digits = cursor.tokens.str(i).bytes().filter(u8::is_ascii_digit).count();
    let mut end = i + 1;
    loop {
        let joined = cursor.tokens.get(end).is_some_and(|token| {
            matches!(token.kind, TokenKind::Dash | TokenKind::Sign(')' | '.' | '·'))
        });
        let at = if joined { end + 1 } else { end };
        let at = if joined && cursor.tokens.is(at, TokenKind::Dash) { at + 1 } else { at };
        if !is_group(at)
            || 7 < at - i
            || (joined && cursor.tokens.is_sign(end, '.') && cursor.tokens.adjacent(at).is_none())
        {
            return (end, digits);
        }
        digits += cursor.tokens.str(at).len();
        end = at + 1;
    }
}

/// "A 767 freighter", "the 757 needs", but "the 747 tons".
fn is_model(cursor: Cursor<'_>, i: usize) -> bool {
    cursor.may(i, bit::MODEL)
        && cursor.before(i, |cursor, before| cursor.is(before, class::ARTICLE))
        && !cursor.may(i + 1, bit::PERCENT | bit::SCALE | bit::UNIT | bit::MONEY)
}

/// "4x4", "2×4", "4 x 400m": so many by so many; a measure at the end is read by itself.
fn crossed(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    let cross = tokens.is_sign(i + 1, '×') || tokens.str(i + 1).eq_ignore_ascii_case("x");
    if !cross || !tokens.is_digits(i, &[1, 2]) || !tokens.is_digits(i + 2, &[1, 2, 3]) {
        return None;
    }
    let joined = tokens.adjacent(i + 1).is_some() && tokens.adjacent(i + 2).is_some();
    let measured = cursor.unit(i + 3).is_some() && tokens.adjacent(i + 3).is_some();
    match () {
        () if measured => Some(i + 2),
        () if joined && tokens.adjacent(i + 3).is_none_or(|t| t.kind != TokenKind::Sign('⁰')) => {
            (!number::is_power_of_ten(cursor, i + 2)).then(|| chain_end(cursor, i + 2))
        }
        () => None,
    }
}

/// "51°30′26″N": degrees and minutes of a place.
fn coordinate(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    let is_it = tokens.is_sign(i + 1, '°')
        && tokens.adjacent(i + 1).is_some()
        && tokens.adjacent(i + 2).is_some_and(|token| token.kind == TokenKind::Number)
        && tokens
            .adjacent(i + 3)
            .is_some_and(|t| matches!(t.kind, TokenKind::Sign('\'' | '’' | '′' | '"' | '″')));
    is_it.then(|| spaced_end(cursor, i + 3))
}

/// A number that is part of a code: "737MAX", "3D", "1.2.3", "007", "12:1", "AB-123-4".
fn code(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    let text = tokens.str(i);
    let padded = 2 < text.len() && text.starts_with("00") && !text.contains('.');
    let long = 15 < text.len() && text.bytes().all(|b| b.is_ascii_digit());
    let joined = |i: usize, signs: &[char]| {
        tokens
            .adjacent(i)
            .is_some_and(|t| matches!(t.kind, TokenKind::Sign(c) if signs.contains(&c)))
            && tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Number)
    };
    let version = text.contains('.') && joined(i + 1, &['.']) && !tokens.is_digits(i + 2, &[4])
        || joined(i + 1, &['.']) && joined(i + 3, &['.']) && !tokens.is_digits(i + 4, &[4])
        || joined(i + 1, &['@', '\\'])
        || tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Sign('_'));
    let slip = joined(i + 1, &[',']);
    // "4K video".
    let is_screen = tokens.adjacent(i + 1).is_some_and(|t| t.kind == TokenKind::Word)
        && tokens.str(i + 1).eq_ignore_ascii_case("k")
        && cursor.is(i + 2, class::OF_SCREEN);
    if is_screen {
        return Some(i + 2);
    }
    (padded || long || version || slip || is_docket(cursor, i)).then(|| chain_end(cursor, i))
}

/// "20-cv-1234": letters between two numbers.
fn is_docket(cursor: Cursor<'_>, i: usize) -> bool {
    let joined = |at: usize, kind| cursor.tokens.adjacent(at).is_some_and(|t| t.kind == kind);
    joined(i + 1, TokenKind::Dash)
        && joined(i + 2, TokenKind::Word)
        && cursor.tokens.str(i + 2).len() < 4
        && !cursor.may(i + 2, bit::FUNCTION | bit::MONTH | bit::UNIT)
        && joined(i + 3, TokenKind::Dash)
        && joined(i + 4, TokenKind::Number)
}

/// A word that a number is joined to: "A320", "F-16", "Covid-19", "MH370", "mp3"; not "mid-2020",
/// "Q3", "US$5", "pre-1990".
fn joined_to_word(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    // A long dash parts what is said: "it was clear—40 people knew".
    let next = tokens.adjacent(i + 1).filter(|_| tokens.str(i + 1) != "—")?;
    // "The ES.8 sedan".
    let model = next.kind == TokenKind::Sign('.')
        && (2..=4).contains(&tokens.str(i).len())
        && tokens.str(i).bytes().all(|b| b.is_ascii_uppercase())
        && tokens.adjacent(i + 2).is_some_and(|token| token.kind == TokenKind::Number);
    if model {
        return Some(chain_end(cursor, i + 2));
    }
    let at = if next.kind == TokenKind::Dash { i + 2 } else { i + 1 };
    if tokens.adjacent(at)?.kind != TokenKind::Number {
        return None;
    }
    let prefix = bit::EDGE
        | bit::MONTH
        | bit::PART
        | bit::CARDINAL
        | bit::SCALE
        | bit::WEEKDAY
        | bit::HEDGE
        | bit::SEASON
        | bit::SIGN
        | bit::FRACTION;
    let direct = at == i + 1;
    // "H-1B", "B-52": a capital is neither half a year nor a billion there.
    let is_letter = tokens.str(i).len() == 1 && tokens.is_capital(i);
    if !direct && is_letter {
        return Some(chain_end(cursor, at));
    }
    if (!direct && cursor.may(i, prefix))
        || cursor.may(i, bit::PART | bit::MONTH)
        || cursor.is(i, class::NO_CODE)
    {
        return None;
    }
    if at == i + 1 && (cursor.money(i).is_some_and(|(_, end)| end == i + 1)) {
        return None;
    }
    // A hyphen between a word in small letters and a year: "inter-1945".
    // "A magnitude-7.8 quake".
    if at == i + 2 && !cursor.tokens.is_capital(i) && tokens.str(at).contains('.') {
        return None;
    }
    let is_year =
        at == i + 2 && year::four_digits(cursor, at).is_some() && !cursor.tokens.is_capital(i);
    if is_year || (at == i + 2 && cursor.money(i).is_some()) {
        return None;
    }
    Some(chain_end(cursor, at))
}

/// "`AirPort` 2", "`OpenTable` 4": the number of a product whose name has a capital within.
fn product(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    let is_number = tokens.is_digits(i + 1, &[1, 2]) && tokens.adjacent(i + 1).is_none();
    let name = tokens.str(i).as_bytes();
    let has_capital =
        || name.windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
    let counts_behind = || counts(cursor, i + 2) || cursor.is(i + 2, class::OF);
    (is_number && has_capital() && !counts_behind()).then_some(i + 2)
}

/// The "Four" of "the Harbour Four": so many people who are known by that name.
fn group_of(cursor: Cursor<'_>, i: usize) -> Option<usize> {
    let tokens = cursor.tokens;
    let name = i.checked_sub(1).filter(|_| cursor.may(i, bit::CARDINAL) && tokens.is_capital(i))?;
    let is_name = tokens.is(name, TokenKind::Word)
        && tokens.is_capital(name)
        && !cursor.may(name, bit::FUNCTION | bit::MONTH | bit::WEEKDAY)
        && tokens.str(i).bytes().any(|byte| byte.is_ascii_lowercase());
    let opens = cursor.before(name, |cursor, before| {
        cursor.is(before, class::THE) || cursor.is(before, class::CALLED)
    });
    let ends = !tokens.is_capital(i + 1) && !counts(cursor, i + 1);
    (is_name && opens && ends).then_some(i + 1)
}

/// The index behind everything that is joined to a token without white space, but for the signs that
/// end a sentence.
pub(super) fn chain_end(cursor: Cursor<'_>, i: usize) -> usize {
    let mut end = i + 1;
    while let Some(token) = cursor.tokens.adjacent(end) {
        let inner = cursor
            .tokens
            .adjacent(end + 1)
            .is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        match token.kind {
            TokenKind::Word | TokenKind::Number => end += 1,
            TokenKind::Sign('_') => end += 1,
            TokenKind::Dash | TokenKind::Sign('.' | '/' | ':' | '@' | '\\' | ',') if inner => {
                end += 2;
            }
            _ => break,
        }
    }
    end
}
