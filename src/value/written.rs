//! Numbers written like a figure that was read: "8 hours" beside "a ten-hour shift".

use std::borrow::Cow;

use crate::value::{Amount, End, Interval, Kind, Rational, Reading, Style};

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

    /// What the amount would have to read to lie in an interval, in its unit.
    pub fn reading(&self, interval: &Interval) -> Option<Reading> {
        let counted = self.is_counted();
        let own = self.style.reading(interval, counted)?;
        if self.kind == Kind::Ordinal {
            let ends = [interval.low(), interval.high()].map(End::number);
            let is_one =
                own.is_one_figure && ends[0].is_some_and(|x| self.style.writes(x, &own.text));
            return Some(match ends {
                [Some(rank), _] if is_one => Reading { text: ranked(rank), ..own },
                _ => own,
            });
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

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::mention::parse_value;
    use crate::value::{Amount, Interval, Rational, Value};

    fn amount(text: &str) -> Amount {
        match parse_value(text, Lexicon::built_in()) {
            Some(Value::Amount(amount)) => amount,
            other => panic!("{text} is {other:?}"),
        }
    }

    #[test]
    fn a_unit_stands_in_the_number_that_goes_with_its_figure() {
        let write = |like: &str, number: u64| amount(like).write(&Rational::from(number));
        assert_eq!(write("six-year", 8), "8 years");
        assert_eq!(write("10-foot", 12), "12 feet");
        assert_eq!(write("38-metre", 83), "83 metres");
        assert_eq!(write("38-km", 83), "83-km");
        assert_eq!(write("3 percentage points", 1), "1 percentage point");
        assert_eq!(write("3 hours", 1), "1 hour");
        assert_eq!(write("72 euros", 2100), "2,100 euros");
        assert_eq!(write("1500 euros", 2100), "2100 euros");
        assert_eq!(write("40th", 11), "11th");
        assert_eq!(write("40th", 122), "122nd");
    }

    #[test]
    fn what_both_ends_share_stands_once() {
        let between = |like: &str, low: u64, high: u64| {
            let ends = Interval::closed(Rational::from(low), Rational::from(high));
            amount(like).write_between(&ends)
        };
        assert_eq!(between("22 years", 11, 13), "11 to 13 years");
        assert_eq!(between("six-year", 1, 2), "1 to 2 years");
        assert_eq!(between("50 %", 31, 33), "31 to 33 %");
        assert_eq!(between("$5", 6, 7), "$6 to $7");
    }
}
