//! A numeral that was read, and the digits and signs that one is made of.

use crate::mention::cursor::Cursor;
use crate::mention::token::TokenKind;
use crate::value::{Numeral, Rational};

/// A numeral with what a figure like it needs to be written.
#[derive(Clone, Debug)]
pub(in crate::mention) struct ReadNumeral {
    pub(in crate::mention) numeral: Numeral,
    /// The scale word with its spacing, and its power of ten.
    pub(in crate::mention) scale: Option<(Box<str>, i32)>,
    pub(in crate::mention) decimals: u32,
    pub(in crate::mention) grouped: bool,
    /// For "thousands": the other end of what it may stand for.
    pub(in crate::mention) up_to: Option<Rational>,
}

impl ReadNumeral {
    pub(in crate::mention) fn whole(number: i64) -> Self {
        Self::exact(Rational::from(number))
    }

    pub(in crate::mention) fn exact(number: Rational) -> Self {
        let numeral = Numeral { number, place: 0, rounded: false, in_words: false };
        Self { numeral, scale: None, decimals: 0, grouped: false, up_to: None }
    }

    pub(in crate::mention) fn in_words(number: Rational) -> Self {
        let mut read = Self::exact(number);
        read.numeral.in_words = true;
        read
    }

    /// A mixed number: "2½", "two and a half".
    pub(in crate::mention) fn mixed(number: Rational, part: &Rational) -> Self {
        let decimals = part.decimals(3).unwrap_or(2);
        let mut read = Self::exact(number);
        read.numeral.place = -i32::try_from(decimals).unwrap_or(1);
        read.numeral.rounded = true;
        read.decimals = decimals;
        read
    }

    /// The number below nought of the same size.
    pub(in crate::mention) fn negated(mut self) -> Self {
        self.numeral.number = -self.numeral.number;
        self
    }

    /// The same number times a power of ten, as its scale word makes it.
    pub(in crate::mention) fn scaled(mut self, word: &str, power: i32) -> Self {
        let factor = Rational::power_of_ten(power);
        self.numeral.number = &self.numeral.number * &factor;
        self.up_to = self.up_to.map(|end| end * factor);
        // "Three hundred" is 300 in digits; from a thousand on, the word is where rounding stops.
        if 3 <= power {
            self.numeral.place += power;
            self.numeral.rounded = true;
        }
        self.scale = match self.scale {
            Some((before, old)) => Some((format!("{before}{word}").into(), old + power)),
            None => Some((word.into(), power)),
        };
        self
    }
}

/// The number of some digits, how many decimals it has, and whether thousands are separated.
pub(super) fn parse(text: &str) -> Option<(Rational, u32, bool)> {
    let (mut mantissa, mut decimals, mut behind_point) = (0_i64, 0_u32, false);
    let mut grouped = false;
    let mut fits = true;
    // Groups end in three digits: "12,5" and "1.234,56" have their decimals behind the comma.
    let bytes = text.as_bytes();
    let ends_behind = |back| bytes.len().checked_sub(back).is_some_and(|at| bytes[at] == b',');
    let point = if ends_behind(2) || ends_behind(3) { b',' } else { b'.' };
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                let next = mantissa.checked_mul(10);
                match next.and_then(|next| next.checked_add(i64::from(byte - b'0'))) {
                    Some(next) => mantissa = next,
                    None => fits = false,
                }
                decimals += u32::from(behind_point);
            }
            byte if byte == point => behind_point = true,
            _ => grouped = true,
        }
    }
    let number = if fits && decimals <= 18 {
        Rational::fraction(mantissa, 10_u64.pow(decimals))
    } else if point == b',' {
        return None;
    } else {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        Rational::parse(&digits)?
    };
    Some((number, decimals, grouped))
}

/// Powers of ten beyond these are no figures of news, and too long to compute with.
const LARGEST_POWER: i32 = 24;

/// "10⁶", "10^6", "10^-6": the power, and the token behind it.
pub(super) fn power_of_ten(cursor: Cursor<'_>, i: usize) -> Option<(i32, usize)> {
    let tokens = cursor.tokens;
    if tokens.str(i) != "10" {
        return None;
    }
    let mut at = i + 1;
    let caret = tokens.is_sign(at, '^');
    at += usize::from(caret);
    let minus = match tokens.adjacent(at)?.kind {
        TokenKind::Dash if caret => true,
        TokenKind::Sign('⁻') => !caret,
        _ => false,
    };
    at += usize::from(minus);
    let mut power = 0;
    let start = at;
    if caret {
        let digits = tokens.adjacent(at).filter(|token| token.kind == TokenKind::Number)?;
        power = tokens.text[digits.range()].parse::<i32>().ok()?;
        at += 1;
    } else {
        while let Some(TokenKind::Sign(c)) = tokens.adjacent(at).map(|token| token.kind)
            && let Some(digit) = raised_digit(c)
        {
            power = (power * 10 + digit).min(LARGEST_POWER + 1);
            at += 1;
        }
    }
    let fits = start < at && (1..=LARGEST_POWER).contains(&power);
    fits.then_some((if minus { -power } else { power }, at))
}

fn raised_digit(c: char) -> Option<i32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => i32::try_from(u32::from(c) - u32::from('⁴') + 4).ok(),
        _ => None,
    }
}

/// "½" and its like.
pub(super) fn vulgar(cursor: Cursor<'_>, i: usize) -> Option<Rational> {
    let Some(TokenKind::Sign(c)) = cursor.tokens.get(i).map(|token| token.kind) else {
        return None;
    };
    // The "½" of "ï¿½" is what is left of a letter.
    let behind_letter = cursor.tokens.adjacent(i).is_some()
        && cursor.before(i, |cursor, before| cursor.tokens.is(before, TokenKind::Word));
    if cursor.tokens.is_sign(i.wrapping_sub(1), '¿') || behind_letter {
        return None;
    }
    let (above, below) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(Rational::fraction(above, below))
}

/// A whole number in digits that is no year: the 250 of "one in 250".
pub(super) fn plain_number(cursor: Cursor<'_>, i: usize) -> Option<(i64, usize)> {
    let is_year = cursor.tokens.is_digits(i, &[4]) && !cursor.tokens.str(i).ends_with("00");
    if !cursor.tokens.is(i, TokenKind::Number) || is_year {
        return None;
    }
    let (number, decimals, _) = parse(cursor.tokens.str(i))?;
    Some((number.to_i64().filter(|_| decimals == 0)?, i + 1))
}
