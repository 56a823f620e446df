//! Numbers written like a figure that was read: "8 hours" beside "a ten-hour shift".

use std::borrow::Cow;

use crate::value::{Amount, Interval, Kind, Rational, Reading, Style};

impl Amount {
    /// A number in the amount's unit, written like it, to four significant digits.
    ///
    /// The unit stands in the plural but for one of it, and a rank as a rank: "11 years" beside "a
    /// one-year term", "1 percentage point", "21st".
    pub fn write(&self, number: &Rational) -> String {
        match self.kind {
            Kind::Ordinal if number.is_whole() => ranked(number),
            _ => self.style_for(number).write(number),
        }
    }

    /// The same, rounded to the digits that the amount shows.
    pub fn write_rounded(&self, number: &Rational) -> String {
        match self.kind {
            Kind::Ordinal if number.is_whole() => ranked(number),
            _ => self.style_for(number).write_rounded(number),
        }
    }

    /// An interval in the amount's unit, which stands once: "11 to 13 years", "at least 3 percent".
    pub fn write_between(&self, interval: &Interval) -> String {
        let plural = self.style_for(&Rational::ZERO);
        let is_one = interval.as_point().is_some() || self.kind == Kind::Ordinal;
        let write =
            |number: &Rational| if is_one { self.write(number) } else { plural.write(number) };
        between(interval, &write, &plural.after)
    }

    /// An interval in the amount's unit, its ends to two digits: "2.5 to 6.2 points".
    pub fn write_roughly(&self, interval: &Interval) -> String {
        let plural = self.style_for(&Rational::ZERO);
        between(interval, &|number| plural.write_to(number, 2), &plural.after)
    }

    /// What the amount would have to read to lie in an interval, in its unit.
    pub fn reading(&self, interval: &Interval) -> Option<Reading> {
        let counted = self.is_counted();
        let own = self.style.reading(interval, counted)?;
        // "Top ten" is no rank, but all down to the tenth.
        if self.kind == Kind::Ordinal && self.from == self.to {
            let ranks = interval.whole()?;
            let is_one_figure = ranks.as_point().is_some();
            // There is none before the first.
            let none_before = ranks.low().number().is_some_and(|low| *low <= Rational::ONE);
            let ranks = if none_before && !is_one_figure { ranks.and_below(true) } else { ranks };
            return Some(Reading { text: between(&ranks, &ranked, ""), is_one_figure });
        }
        if own.is_one_figure {
            return Some(own);
        }
        // A range of them stands for more than one.
        self.style_for(&Rational::ZERO).reading(interval, counted)
    }

    /// The amount's style, with its unit in the number that goes with a figure.
    fn style_for(&self, number: &Rational) -> Cow<'_, Style> {
        let after = &*self.style.after;
        let unit = after.trim_start_matches(['-', ' ', '\u{a0}']);
        let name = &*self.unit.name;
        let plural = self.unit.plural.as_deref();
        let is_one = number.abs() == Rational::ONE;
        let fitting = match plural {
            _ if unit.is_empty() => None,
            Some(plural) if is_one && unit == plural => Some(name.to_owned()),
            Some(plural) if !is_one && unit == name => Some(plural.to_owned()),
            // Another spelling of it, as an adjective: "a 38-metre mast".
            Some(_) if !is_one && after.starts_with('-') && is_word(unit) => {
                Some(format!("{unit}s"))
            }
            _ => None,
        };
        match fitting {
            Some(unit) => {
                Cow::Owned(Style { after: format!(" {unit}").into(), ..self.style.clone() })
            }
            None => Cow::Borrowed(&self.style),
        }
    }
}

impl Style {
    /// A number of percent.
    pub fn percent() -> Self {
        Self { after: " percent".into(), ..Self::plain() }
    }

    /// An interval in this style: "31 to 33 percent".
    pub fn write_between(&self, interval: &Interval) -> String {
        between(interval, &|number| self.write(number), &self.after)
    }
}

/// Whether it is a word that takes an s, and no symbol.
fn is_word(unit: &str) -> bool {
    3 < unit.len() && unit.bytes().all(|byte| byte.is_ascii_lowercase()) && !unit.ends_with('s')
}

/// A rank: "21st".
fn ranked(number: &Rational) -> String {
    let digits = Style::plain().write_rounded(number);
    let last = |count: usize| digits.get(digits.len().saturating_sub(count)..).unwrap_or(&digits);
    let ending = match (last(2), last(1)) {
        ("11" | "12" | "13", _) => "th",
        (_, "1") => "st",
        (_, "2") => "nd",
        (_, "3") => "rd",
        _ => "th",
    };
    format!("{digits}{ending}")
}

/// An interval in words: "3 to 4", "at least 3". What ends both figures stands once.
pub fn between(interval: &Interval, write: &dyn Fn(&Rational) -> String, unit: &str) -> String {
    match (interval.low().number(), interval.high().number()) {
        (Some(low), Some(high)) if low == high => write(low),
        (Some(low), Some(high)) => {
            let (low, high) = (write(low), write(high));
            if low == high {
                return low;
            }
            let shared = high.ends_with(unit).then(|| low.strip_suffix(unit)).flatten();
            format!("{} to {high}", shared.unwrap_or(&low))
        }
        (Some(low), None) => {
            let more = if interval.low().is_closed() { "at least" } else { "more than" };
            format!("{more} {}", write(low))
        }
        (None, Some(high)) => {
            let less = if interval.high().is_closed() { "at most" } else { "less than" };
            format!("{less} {}", write(high))
        }
        (None, None) => "any".to_owned(),
    }
}
