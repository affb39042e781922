//! What amounts are measured in: the signs and symbols after a number, and those of currencies before it.

use super::written::is_word_end;

/// Symbols of units (SI brochure, tables 2 to 8, and what official texts use beside them) that are no word and no label of a part
/// of a text: `A`, `V`, `h` after a number may be either.
const SYMBOLS: &[&str] = &[
    "m", "km", "cm", "mm", "µm", "μm", "nm", "ft", "mi", "ha", "g", "kg", "mg", "µg", "μg", "ml", "mL", "hl", "kW",
    "MW", "GW", "TW", "Wh", "kWh", "MWh", "GWh", "TWh", "Hz", "kHz", "MHz", "GHz", "kB", "KB", "MB", "GB", "TB",
    "Mbit", "Gbit", "bps", "Mbps", "kV", "mA", "kJ", "MJ", "GJ", "TJ", "kN", "Pa", "kPa", "hPa", "MPa", "bar", "mbar",
    "ms", "min", "ppm", "ppb", "dB", "lx", "lm", "mol", "rad", "Bq", "kBq", "Sv", "mSv", "µSv", "Gy", "toe", "Mtoe",
    "barrels",
];

/// Whether a character is the sign of a currency.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}')
}

/// The end of a unit that a number which ends at `at` is measured in, with the space between the two; `None` where no unit follows.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let unit = rest
        .strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}'])
        .unwrap_or(rest);
    let start = at + rest.len() - unit.len();
    let apart = start > at;
    let first = unit.chars().next()?;
    let sign = matches!(first, '%' | '‰' | '°') || is_currency(first);
    let mut end = start;
    if sign {
        end += first.len_utf8();
        if first == '°' && unit[end - start..].starts_with(['C', 'F', 'K']) {
            end += 1;
        }
        // A degree apart from its number, without its scale, belongs to what follows.
        return (is_word_end(text, end) && !(apart && end == start + '°'.len_utf8() && first == '°')).then_some(end);
    }
    loop {
        let part = text[end..]
            .find(|c: char| !c.is_alphabetic())
            .map_or(text.len(), |length| end + length);
        let after_stroke = end > start && matches!(&text[end..part], "h" | "s" | "d" | "l" | "L");
        if !(after_stroke || SYMBOLS.contains(&&text[end..part])) {
            return None;
        }
        end = part;
        if text[end..].starts_with(['²', '³']) {
            end += '²'.len_utf8();
        }
        match text[end..].strip_prefix(['/', '·']) {
            Some(more) if more.starts_with(char::is_alphabetic) => end = text.len() - more.len(),
            _ => break,
        }
    }
    is_word_end(text, end).then_some(end)
}
