//! Which country the contacts and the date line of an article are of.

use crate::lexicon::class::{self, Class};
use crate::lexicon::{Lexicon, Sense, bit};
use crate::value::Currency;

/// What begins a number of a mobile telephone, how its digits are grouped, and the country that writes them so.
const MOBILES: [(&str, &[usize], &str); 1] = [("04", &[4, 3, 3], "AU")];

/// The cities in which reports of wires begin, and their countries.
const CITIES: [(Class, &str); 3] =
    [(class::CITY_OF_AUD, "AU"), (class::CITY_OF_CAD, "C"), (class::CITY_OF_NZD, "NZ")];

/// Bytes of a date line at most.
const DATE_LINE: usize = 60;

/// Where an article comes from.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) prose: &'a str,
    pub(super) lexicon: &'a Lexicon,
}

impl Place<'_> {
    /// The currency of the country that all addresses and mobile telephones are of.
    pub(super) fn of_contact(self) -> Option<Currency> {
        let mut found = None;
        for at in self.prose.match_indices('.').map(|(at, _)| at) {
            let Some(currency) = self.of_address(at) else { continue };
            if found.is_some_and(|found| found != currency) {
                return None;
            }
            found = Some(currency);
        }
        found.or_else(|| self.of_mobile())
    }

    /// The currency of the country whose letters end the address that has a stop here: "example.com.au".
    fn of_address(self, stop: usize) -> Option<Currency> {
        let bytes = self.prose.as_bytes();
        let letters = bytes.get(stop + 1..stop + 3)?;
        let is_end = |byte: Option<&u8>| {
            byte.is_none_or(|&byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        };
        let goes_on = bytes.get(stop + 3) == Some(&b'.') && !is_end(bytes.get(stop + 4));
        let ends = is_end(bytes.get(stop + 3)) && !goes_on;
        let begins = stop.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_alphanumeric());
        if !begins || !ends || !letters.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        let before = &self.prose[..stop];
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let address = before[start..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let word = &address[..address.find(|c: char| !c.is_alphanumeric()).unwrap_or(0)];
        let is_address =
            address.contains('@') || self.lexicon.look_up(word).senses & bit::ADDRESS != 0;
        // What stands behind the name of a host is a path.
        let host = address.rsplit_once("//").map_or(address, |(_, host)| host);
        if !is_address || host.contains('/') {
            return None;
        }
        let country: String = letters.iter().map(|&byte| char::from(byte)).collect();
        self.of_country(&country.to_ascii_uppercase())
    }

    /// The currency of the country in which a number of a mobile telephone is written as here.
    fn of_mobile(self) -> Option<Currency> {
        MOBILES.iter().find_map(|&(code, groups, country)| {
            let is_number = |at: usize| {
                let free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_digit());
                let bytes = self.prose.as_bytes();
                let mut next = at;
                free(at.checked_sub(1).map(|before| &bytes[before]))
                    && groups.iter().enumerate().all(|(i, &length)| {
                        let start = next + usize::from(0 < i);
                        next = start + length;
                        (i == 0 || bytes.get(start - 1) == Some(&b' '))
                            && bytes
                                .get(start..next)
                                .is_some_and(|group| group.iter().all(u8::is_ascii_digit))
                    })
                    && free(bytes.get(next))
            };
            let found = self.prose.match_indices(code).any(|(at, _)| is_number(at));
            found.then(|| self.of_country(country)).flatten()
        })
    }

    /// The currency of the country in which a report begins: "ADELAIDE, May 3 - ".
    pub(super) fn of_report(self, block: &str) -> Option<Currency> {
        let city = &block[..block.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(0)];
        let dashed = |line: &str| line.contains(" - ") || line.contains(" -- ");
        let end = (0..=DATE_LINE.min(block.len())).rev().find(|&at| block.is_char_boundary(at))?;
        if city.len() < 3 || !dashed(&block[..end]) {
            return None;
        }
        let country = CITIES.iter().find(|(class, _)| self.lexicon.is(city, *class))?.1;
        self.of_country(country)
    }

    /// The dollar of a country, by the letters before its sign.
    fn of_country(self, letters: &str) -> Option<Currency> {
        self.lexicon.symbol(&format!("{letters}$")).iter().find_map(|sense| match sense {
            Sense::Money(unit) => unit.currency,
            _ => None,
        })
    }
}
