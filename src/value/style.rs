//! How a figure was written, and how to write another one like it.

use crate::value::interval::{End, Interval};
use crate::value::rational::Rational;

/// The words around a numeral, kept so that a computed figure can be written the same way.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Style {
    /// What stands before the numeral: "$".
    pub before: Box<str>,
    /// The scale word with its spacing, and its power of ten: " million", 6.
    pub scale: Option<(Box<str>, i32)>,
    /// What stands after the scale word: " annually".
    pub after: Box<str>,
    /// Decimals of the numeral as written.
    pub decimals: u32,
    /// Whether thousands are separated.
    pub grouped: bool,
}

/// Scale words that a figure may change to when it outgrows its own, smallest first.
const WORDS: [(&str, i32); 4] = [(" million", 6), (" billion", 9), (" trillion", 12), ("", 0)];
/// The same, abbreviated.
const ABBREVIATIONS: [(&str, i32); 4] = [("m", 6), ("bn", 9), ("tn", 12), ("", 0)];
/// A computed figure is written with so many significant digits where it does not end sooner.
const SIGNIFICANT: i32 = 4;

/// What a figure would have to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The words, in the figure's style.
    pub text: String,
    /// Whether they are a figure that can stand in its place, and not a range of them.
    pub is_one_figure: bool,
}

impl Style {
    /// Digits only.
    pub fn plain() -> Self {
        Self { grouped: true, ..Self::default() }
    }

    /// The exponent of the last written digit: 5 for "72.5 million".
    pub fn place(&self) -> i32 {
        self.power() - i32::try_from(self.decimals).unwrap_or(0)
    }

    fn power(&self) -> i32 {
        self.scale.as_ref().map_or(0, |&(_, power)| power)
    }

    /// A computed figure in this style, exact where it ends soon, else to four digits.
    pub fn write(&self, x: &Rational) -> String {
        self.write_to(x, SIGNIFICANT)
    }

    /// The same to so many digits.
    pub fn write_to(&self, x: &Rational, significant: i32) -> String {
        let style = self.fitting(x);
        let scaled = x / &Rational::power_of_ten(style.power());
        let magnitude = scaled.magnitude().unwrap_or(0);
        let enough = u32::try_from((significant - 1 - magnitude).max(0)).unwrap_or(0);
        let decimals = scaled.decimals(enough).unwrap_or_else(|| trimmed(&scaled, enough));
        // "$4.5" looks odd.
        let is_money = style.scale.is_none() && !style.before.is_empty();
        let in_cents = is_money && (decimals == 1 || style.decimals == 2);
        let decimals = if in_cents { decimals.max(2) } else { decimals };
        style.wrap(&style.digits(&scaled, decimals))
    }

    /// A figure rounded to the digits this style shows.
    pub fn write_rounded(&self, x: &Rational) -> String {
        self.wrap(&self.rounded_digits(x))
    }

    /// What a figure of this style would have to read to lie in an interval: "between $71.3 and
    /// $73.8 million annually", "at least $7.3 billion".
    ///
    /// The ends are rounded as the figure is, so that each one still stands for a number of the
    /// interval. A counted figure is rounded inwards: `None` if no whole number is left.
    pub fn write_interval(&self, interval: &Interval, counted: bool) -> Option<String> {
        self.reading(interval, counted).map(|reading| reading.text)
    }

    /// The same, with whether it is one figure.
    pub fn reading(&self, interval: &Interval, counted: bool) -> Option<Reading> {
        let style = if counted { self.clone() } else { self.showing(interval) };
        let edge = |end: &End, is_low| end.number().map(|x| style.edge(x, counted, end, is_low));
        // A counted end is moved inwards, so it is always included.
        let includes = |end: &End| counted || end.is_closed();
        // Nothing is less than none of it.
        let begins_at_none = interval.low().number().is_some_and(Rational::is_zero);
        let text = match (edge(interval.low(), true), edge(interval.high(), false)) {
            (None, None) => return None,
            (Some(low), None) => {
                let words = if includes(interval.low()) { "at least" } else { "more than" };
                format!("{words} {}", style.write_rounded(&low))
            }
            (None, Some(high)) => {
                let words = if includes(interval.high()) { "at most" } else { "less than" };
                format!("{words} {}", style.write_rounded(&high))
            }
            (Some(low), Some(high)) if high < low => return None,
            (Some(low), Some(high)) if begins_at_none && low < high => {
                format!("at most {}", style.write_rounded(&high))
            }
            (Some(low), Some(high)) => {
                let (from, to) = (style.rounded_digits(&low), style.rounded_digits(&high));
                if from == to {
                    let is_moved = self.decimals < style.decimals;
                    let most = style.decimals;
                    let decimals = trimmed(&(&low / &Rational::power_of_ten(style.power())), most);
                    let style = if is_moved { Self { decimals, ..style } } else { style };
                    return Some(Reading { text: style.write_rounded(&low), is_one_figure: true });
                }
                let step = Rational::power_of_ten(style.place());
                style.two_of_them(&from, &to, counted && high - low == step)
            }
        };
        Some(Reading { text, is_one_figure: false })
    }

    /// Two figures and what is between them: "between $71.3 and $73.8 million annually", "74- to 76-year-old", "52
    /// or 53".
    fn two_of_them(&self, from: &str, to: &str, are_neighbours: bool) -> String {
        let (before, to) = (&self.before, self.wrap(to));
        match self.after.starts_with('-') {
            true if are_neighbours => format!("{before}{from}- or {to}"),
            true => format!("{before}{from}- to {to}"),
            false if are_neighbours => format!("{before}{from} or {to}"),
            false => format!("between {before}{from} and {to}"),
        }
    }

    /// The style with a scale word and digits that show the ends of an interval: a figure in millions that would
    /// have to be billions is not written as 1,136 million, nor one in billions as 0.0028.
    fn showing(&self, interval: &Interval) -> Self {
        let ends = [interval.low(), interval.high()].into_iter().filter_map(End::number);
        let mut style = self.clone();
        let fitting = ends.clone().map(Rational::abs).max().map(|end| self.fitting(&end));
        if let Some(fitting) = fitting.filter(|style| self.scale.is_some() && style.scale.is_some())
        {
            style = fitting;
            if style.power() != self.power() {
                // As many digits as before, at another word, or two.
                let kept = style.power() - self.place();
                let least = ends.clone().filter_map(Rational::magnitude).min().unwrap_or(0);
                let two = style.power() - least + 1;
                style.decimals = u32::try_from(kept.max(two).clamp(0, 3)).unwrap_or(0);
            }
        }
        let magnitudes = ends.filter_map(Rational::magnitude);
        let needed = magnitudes.map(|magnitude| style.power() - magnitude + 1).max().unwrap_or(0);
        let decimals = u32::try_from(needed.clamp(0, 8)).unwrap_or(0);
        let is_below_step = i32::try_from(style.decimals).unwrap_or(0) < needed - 1;
        if is_below_step { Self { decimals, ..style } } else { style }
    }

    fn edge(&self, x: &Rational, counted: bool, end: &End, is_low: bool) -> Rational {
        let step = Rational::power_of_ten(self.place());
        if !counted {
            return x.round_to(&step);
        }
        let steps = x / &step;
        let whole = if is_low { steps.ceil() } else { steps.floor() };
        let on_open_end = !end.is_closed() && whole == steps;
        let inwards = Rational::from(i64::from(on_open_end));
        let moved = if is_low { whole + inwards } else { whole - inwards };
        moved * step
    }

    fn rounded_digits(&self, x: &Rational) -> String {
        self.digits(&(x / &Rational::power_of_ten(self.power())), self.decimals)
    }

    fn digits(&self, scaled: &Rational, decimals: u32) -> String {
        let written = scaled.to_fixed(decimals);
        if self.grouped || 5 <= written.split('.').next().map_or(0, str::len) {
            grouped(&written)
        } else {
            written
        }
    }

    fn wrap(&self, digits: &str) -> String {
        let scale = self.scale.as_ref().map_or("", |(word, _)| word);
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", digits),
        };
        format!("{sign}{}{digits}{scale}{}", self.before, self.after)
    }

    /// The style with a scale word that suits the number: "$3.3 billion", not "$3,300 million".
    fn fitting(&self, x: &Rational) -> Self {
        let Some(magnitude) = x.magnitude() else { return self.clone() };
        let power = self.power();
        let known = |words: &[(&str, i32)]| {
            self.scale.as_ref().is_some_and(|(word, _)| words.iter().any(|(w, _)| w == &&**word))
        };
        let words = if known(&WORDS) || self.scale.is_none() { WORDS } else { ABBREVIATIONS };
        let unknown_word = self.scale.is_some() && !known(&WORDS) && !known(&ABBREVIATIONS);
        let fits = power <= magnitude && magnitude < power + 3;
        if unknown_word || fits || (self.scale.is_none() && magnitude < 6) {
            return self.clone();
        }
        let best = words.iter().filter(|(_, p)| *p <= magnitude).max_by_key(|(_, p)| *p);
        let scale = best.filter(|(_, p)| *p != 0).map(|&(word, p)| (word.into(), p));
        Self { scale, ..self.clone() }
    }
}

/// The fewest decimals that say the same as `most` of them.
fn trimmed(x: &Rational, most: u32) -> u32 {
    let rounded = x.round_to(&Rational::power_of_ten(-i32::try_from(most).unwrap_or(0)));
    rounded.decimals(most).unwrap_or(most)
}

/// A decimal number with commas between its thousands.
pub fn grouped(written: &str) -> String {
    let (whole, rest) = match written.split_once('.') {
        Some((whole, decimals)) => (whole, format!(".{decimals}")),
        None => (written, String::new()),
    };
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", whole),
    };
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if 0 < i && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars() -> Style {
        Style {
            before: "$".into(),
            scale: Some((" million".into(), 6)),
            after: " annually".into(),
            decimals: 1,
            grouped: false,
        }
    }
    fn r(text: &str) -> Rational {
        Rational::parse(text).unwrap()
    }

    #[test]
    fn what_a_figure_would_have_to_read_is_written_like_it() {
        let allowed = Interval::closed(r("71250000"), r("73750000"));
        let written = dollars().write_interval(&allowed, false).unwrap();
        assert_eq!(written, "between $71.3 and $73.8 million annually");
        let half = Interval::closed(r("72460000"), r("72540000"));
        assert_eq!(dollars().write_interval(&half, false).unwrap(), "$72.5 million annually");
    }

    #[test]
    fn a_figure_that_outgrows_its_scale_word_takes_the_next() {
        assert_eq!(dollars().write(&r("3300000000")), "$3.3 billion annually");
        assert_eq!(dollars().write(&r("72500000")), "$72.5 million annually");
        assert_eq!(Style::plain().write(&r("1234567.5")), "1.235 million");
        assert_eq!(Style::plain().write(&r("27/13.9")), "1.942");
    }

    #[test]
    fn what_it_would_have_to_read_takes_another_scale_word() {
        let plain = Style { after: "".into(), ..dollars() };
        let written = |low, high| plain.write_interval(&Interval::closed(r(low), r(high)), false);
        assert_eq!(
            written("1136000000", "2201000000").unwrap(),
            "between $1.136 and $2.201 billion"
        );
        let billions = Style { scale: Some((" billion".into(), 9)), ..plain.clone() };
        let least = Interval::closed(r("2800000"), r("3000000"));
        assert_eq!(
            billions.write_interval(&least, false).unwrap(),
            "between $2.8 and $3.0 million"
        );
    }

    #[test]
    fn a_counted_figure_is_rounded_inwards() {
        let plain = Style::plain();
        let open = Interval::new(End::Open(r("3")), End::Closed(r("5.5"))).unwrap();
        assert_eq!(plain.write_interval(&open, true).unwrap(), "4 or 5");
        let more = Interval::closed(r("3.5"), r("6"));
        assert_eq!(plain.write_interval(&more, true).unwrap(), "between 4 and 6");
        let none = Interval::new(End::Open(r("0")), End::Closed(r("6"))).unwrap();
        assert_eq!(plain.write_interval(&none, true).unwrap(), "at most 6");
        let aged = Style { after: "-year-old".into(), ..Style::plain() };
        assert_eq!(aged.write_interval(&more, true).unwrap(), "4- to 6-year-old");
        assert_eq!(plain.write_interval(&Interval::closed(r("4.1"), r("4.9")), true), None);
    }
}
