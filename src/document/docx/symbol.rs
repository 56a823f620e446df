//! Characters of fonts that have signs in the place of letters (ECMA-376 Part 1, 17.3.3.30).

use crate::document::office::Element;

/// Signs of the font Symbol that stand in figures and between them, by their place.
const SYMBOL: [(u32, char); 22] = [
    (0x2D, '−'),
    (0x6D, 'μ'),
    (0xA0, '€'),
    (0xA2, '′'),
    (0xA3, '≤'),
    (0xA4, '⁄'),
    (0xA5, '∞'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '″'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD2, '®'),
    (0xD3, '©'),
    (0xD4, '™'),
    (0xD7, '⋅'),
    (0xBE, '—'),
];

/// The character that `w:sym` shows; `None` for a sign that is no character of text.
pub(super) fn symbol(element: &Element<'_>) -> Option<char> {
    let value = u32::from_str_radix(element.attribute("char")?.trim(), 16).ok()?;
    // Such fonts begin at U+F000.
    let place = if (0xF000..=0xF0FF).contains(&value) { value - 0xF000 } else { value };
    let font = element.attribute("font").unwrap_or_default();
    let is_symbol = font.eq_ignore_ascii_case("Symbol");
    if is_symbol && place <= 0xFF {
        let known = SYMBOL.iter().find(|(known, _)| *known == place);
        let is_plain =
            matches!(place, 0x20..=0x21 | 0x23 | 0x25..=0x26 | 0x28..=0x29 | 0x2B..=0x3F);
        let plain = || char::from_u32(place).filter(|_| is_plain);
        return known.map(|(_, c)| *c).or_else(plain);
    }
    // What stands in a font's own places is known to that font alone.
    char::from_u32(value).filter(|_| place == value && !(0xE000..=0xF8FF).contains(&value))
}
