//! Character references: `&nbsp;`, `&#8217;`, and those that the standard lets stand without semicolon.

/// All names with the characters that they stand for (section 13.5 of the HTML standard), sorted by
/// their bytes, one a line: `nbsp; A0`. Made by `benches/references.py`.
const NAMES: &str = include_str!("references.txt");

/// Bytes of the longest name.
const LONGEST: usize = 33;

/// What a reference at the start of a text stands for, and its bytes. `None` where the `&` is itself.
///
/// In the value of an attribute a name without semicolon before `=`, a letter or a digit is none.
pub(super) fn at(text: &str, in_attribute: bool) -> Option<(String, usize)> {
    let rest = text.strip_prefix('&')?;
    match rest.as_bytes().first()? {
        b'#' => numeric(rest),
        byte if byte.is_ascii_alphanumeric() => named(rest, in_attribute),
        _ => None,
    }
}

fn numeric(rest: &str) -> Option<(String, usize)> {
    let digits = &rest[1..];
    let (radix, digits) =
        digits.strip_prefix(['x', 'X']).map_or((10, digits), |digits| (16, digits));
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let before = 1 + rest.len() - digits.len();
    let semicolon = usize::from(digits[length..].starts_with(';'));
    // More digits than fit are no character.
    let number = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    Some((character(number).to_string(), before + length + semicolon))
}

/// The character of a number; what Windows-1252 has there for those of no character.
fn character(number: u32) -> char {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match number {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS[(number - 0x80) as usize],
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn named(rest: &str, in_attribute: bool) -> Option<(String, usize)> {
    let bytes = rest.as_bytes();
    let most = bytes.len().min(LONGEST);
    let letters = bytes[..most].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let semicolon = usize::from(bytes.get(letters) == Some(&b';'));
    // The longest name that the text begins with.
    let mut lengths = (1..=letters + semicolon).rev();
    let (length, characters) = lengths.find_map(|length| Some((length, find(&rest[..length])?)))?;
    let ends = rest.as_bytes()[length - 1] == b';';
    let goes_on =
        bytes.get(length).is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
    (ends || !in_attribute || !goes_on).then(|| (characters, length + 1))
}

fn find(name: &str) -> Option<String> {
    let (mut low, mut high) = (0, NAMES.len());
    while low < high {
        let middle = low.midpoint(high);
        let start = NAMES[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = start + NAMES[start..].find('\n')?;
        let (known, characters) = NAMES[start..end].split_once(' ')?;
        match name.cmp(known) {
            std::cmp::Ordering::Equal => {
                let one = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).ok()?);
                return characters.split(' ').map(one).collect();
            }
            std::cmp::Ordering::Less => high = start,
            std::cmp::Ordering::Greater => low = end + 1,
        }
    }
    None
}

/// A text with its references read.
pub(super) fn decoded(text: &str, in_attribute: bool) -> String {
    let mut all = String::with_capacity(text.len());
    let mut from = 0;
    for start in memchr::memchr_iter(b'&', text.as_bytes()) {
        if start < from {
            continue;
        }
        if let Some((characters, length)) = at(&text[start..], in_attribute) {
            all.push_str(&text[from..start]);
            all.push_str(&characters);
            from = start + length;
        }
    }
    all.push_str(&text[from..]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(decoded(text, false), expected, "{text}");
    }

    #[test]
    fn every_name_is_found() {
        assert!(NAMES.lines().is_sorted_by(|a, b| a.split(' ').next() < b.split(' ').next()));
        for line in NAMES.lines() {
            let (name, digits) = line.split_once(' ').unwrap();
            let characters = decoded(&format!("&{name}"), false);
            let found: Vec<String> =
                characters.chars().map(|c| format!("{:X}", u32::from(c))).collect();
            assert_eq!(found.join(" "), digits, "{name}");
            assert!(name.len() <= LONGEST, "{name}");
        }
    }

    #[test]
    fn a_name_is_the_longest_and_some_need_no_semicolon() {
        check(
            "5&nbsp;million &amp more &ampmore &lt;b&gt; &notit; &notin;",
            "5\u{a0}million & more &more <b> ¬it; ∉",
        );
        check("&hellip &hellip;", "&hellip …");
        check("& &; &zz; &#; &#x;", "& &; &zz; &#; &#x;");
    }

    #[test]
    fn numbers_are_characters() {
        check("&#36;5 &#x20AC;5 &#36 5 &#8217;&#146;&#0;&#xD800;", "$5 €5 $ 5 ’’\u{fffd}\u{fffd}");
        check("&#99999999999999999999;", "\u{fffd}");
    }

    #[test]
    fn in_an_attribute_a_parameter_is_no_reference() {
        assert_eq!(decoded("?a=1&copy=2&reg;&amp", true), "?a=1&copy=2®&");
        check("?a=1&copy=2", "?a=1©=2");
    }
}
