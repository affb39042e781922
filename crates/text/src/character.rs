//! Characters that a reader of a source cannot see, or that say the same as others: what they are called, and how what
//! they stand for is written.

use unicode_normalization::UnicodeNormalization;

/// Whether a character cannot be seen where it stands: control characters, marks of direction, joiners, spaces of no
/// width, and the replacement character of a text that was damaged. White space of Markdown and TOML is none of these.
pub fn is_invisible(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{70f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffd}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        c => c.is_control() || is_noncharacter(c),
    }
}

/// Whether no text has a character: those that Unicode keeps for programs themselves.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether a character means what somebody agreed on with somebody else: those of private use.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// The character of an elongation, which the text of a document has no use for.
pub const TATWEEL: char = '\u{640}';

/// Whether a character steers where lines break or in which direction text runs, and draws nothing.
///
/// Those that qarar itself writes are among them: `U+200F` and `U+200E` stand before a note mark, so that the mark takes the
/// direction of its paragraph and not that of the number or the word before it; `U+2060` forbids a break, `U+200B` allows one in
/// an address, and isolates are round what keeps its own direction.
pub fn is_steering(c: char) -> bool {
    is_bidi_control(c) || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character steers the direction of text: the characters of UAX #9 that have no other effect.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is a form of other letters that old encodings had: a joined Arabic letter or ligature, or a
/// Latin ligature. The two ornate parentheses in the same block are characters of their own.
pub fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && !same(c)
}

fn same(c: char) -> bool {
    c.to_string().nfkc().eq(std::iter::once(c))
}

/// The letters that a text of presentation forms stands for.
pub fn letters(text: &str) -> String {
    text.nfkc().collect()
}

/// The name of a character that has no shape to show, as Unicode gives it.
fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "NULL",
        '\r' => "CARRIAGE RETURN",
        '\u{85}' => "NEXT LINE",
        '\u{ad}' => "SOFT HYPHEN",
        '\u{34f}' => "COMBINING GRAPHEME JOINER",
        '\u{61c}' => "ARABIC LETTER MARK",
        '\u{640}' => "ARABIC TATWEEL",
        '\u{180e}' => "MONGOLIAN VOWEL SEPARATOR",
        '\u{200b}' => "ZERO WIDTH SPACE",
        '\u{200c}' => "ZERO WIDTH NON-JOINER",
        '\u{200d}' => "ZERO WIDTH JOINER",
        '\u{200e}' => "LEFT-TO-RIGHT MARK",
        '\u{200f}' => "RIGHT-TO-LEFT MARK",
        '\u{2028}' => "LINE SEPARATOR",
        '\u{2029}' => "PARAGRAPH SEPARATOR",
        '\u{202a}' => "LEFT-TO-RIGHT EMBEDDING",
        '\u{202b}' => "RIGHT-TO-LEFT EMBEDDING",
        '\u{202c}' => "POP DIRECTIONAL FORMATTING",
        '\u{202d}' => "LEFT-TO-RIGHT OVERRIDE",
        '\u{202e}' => "RIGHT-TO-LEFT OVERRIDE",
        '\u{2060}' => "WORD JOINER",
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE",
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE",
        '\u{2068}' => "FIRST STRONG ISOLATE",
        '\u{2069}' => "POP DIRECTIONAL ISOLATE",
        '\u{fe00}'..='\u{fe0f}' => "VARIATION SELECTOR",
        '\u{feff}' => "ZERO WIDTH NO-BREAK SPACE",
        '\u{fffd}' => "REPLACEMENT CHARACTER",
        '\u{7}' => "BELL",
        '\u{8}' => "BACKSPACE",
        '\u{b}' => "LINE TABULATION",
        '\u{c}' => "FORM FEED",
        '\u{1b}' => "ESCAPE",
        '\u{7f}' => "DELETE",
        '\u{70f}' => "SYRIAC ABBREVIATION MARK",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "HANGUL FILLER",
        '\u{17b4}' | '\u{17b5}' => "KHMER INHERENT VOWEL",
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{e0100}'..='\u{e01ef}' => "VARIATION SELECTOR",
        '\u{2061}'..='\u{2064}' => "INVISIBLE OPERATOR",
        '\u{206a}'..='\u{206f}' => "DEPRECATED FORMAT CHARACTER",
        '\u{fff9}'..='\u{fffb}' => "INTERLINEAR ANNOTATION",
        '\u{1d173}'..='\u{1d17a}' => "MUSICAL SYMBOL FORMAT CHARACTER",
        '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => "TAG",
        c if c.is_control() => "CONTROL CHARACTER",
        _ => return None,
    })
}

/// How a message names a character: `` `ﻻ` (U+FEFB) ``, `U+202E (RIGHT-TO-LEFT OVERRIDE)`.
pub fn describe(c: char) -> String {
    let code = c as u32;
    match name(c) {
        Some(name) => format!("U+{code:04X} ({name})"),
        None if is_invisible(c) => format!("U+{code:04X}"),
        None => format!("`{c}` (U+{code:04X})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presentation_forms_are_told_by_their_letters() {
        assert_eq!(letters("ﻣﺆﺗﻤﺮ"), "مؤتمر");
        assert_eq!(letters("ﻻ"), "لا");
        assert!(is_presentation_form('ﷺ') && is_presentation_form('ﬁ'));
        assert!(!is_presentation_form('\u{fd3e}') && !is_presentation_form('ا'));
    }
}
