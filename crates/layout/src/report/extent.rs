//! About where characters of a line stand. A layout tells where a line starts and ends, and how long its elongations are, not
//! where its words are: each character takes its usual share of what is left.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};

use crate::compare::Letters;
use crate::snapshot::Line;

/// The raised mark of a note is so much smaller than the text.
const RAISED: f64 = 0.6;
/// The usual gap between a label and the text.
const GAP: f64 = 0.8;

/// The left and the right end of characters of a line that reaches from one end to the other; both are one where the
/// characters are none.
pub(super) fn extent(line: &Line, ends: Range<f64>, is_rtl: bool, letters: Letters) -> (f64, f64) {
    let widths = widths(line, ends.end - ends.start);
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    let levels = qarar_text::levels(&line.text, Some(base));
    let levels: Vec<Level> = line.text.char_indices().map(|(at, _)| levels[at]).collect();
    // A place between two characters is the edge of one of them where it starts or ends.
    let (from, to, is_place) = match letters.from < letters.to {
        true => (letters.from, letters.to, false),
        false if letters.from < widths.len() => (letters.from, letters.from + 1, true),
        false => (widths.len().saturating_sub(1), widths.len(), true),
    };
    let (mut x, mut left, mut right) = (ends.start, f64::INFINITY, f64::NEG_INFINITY);
    for at in BidiInfo::reorder_visual(&levels) {
        if (from..to).contains(&at) {
            left = left.min(x);
            right = right.max(x + widths[at]);
        }
        x += widths[at];
    }
    if left > right {
        return (ends.start, ends.end);
    }
    if !is_place {
        return (left, right);
    }
    let is_behind = letters.from >= widths.len();
    let reads_left = levels.get(from).is_some_and(|level| level.is_rtl());
    let edge = if is_behind == reads_left { left } else { right };
    (edge, edge)
}

/// The widths of the characters of a line, which make its width together.
fn widths(line: &Line, width: f64) -> Vec<f64> {
    let label = line.label.chars().count();
    let shares: Vec<f64> = (line.text.chars().enumerate())
        .map(|(at, c)| {
            let in_mark = |mark: &crate::Mark| (mark.at..mark.at + mark.text.chars().count()).contains(&at);
            match at == label && label > 0 && c.is_whitespace() {
                true => GAP,
                false if line.marks.iter().any(in_mark) => share(c) * RAISED,
                false => share(c),
            }
        })
        .collect();
    let mut elongations = vec![0.0; shares.len()];
    let mut start = 0;
    for joint in &line.joints {
        let found = line.text.get(start..).and_then(|rest| rest.find(&joint.word));
        if let Some(found) = found {
            start += found;
            let at = line.text[..start].chars().count() + joint.after;
            if let Some(by) = elongations.get_mut(at.saturating_sub(1)) {
                *by += joint.by;
            }
        }
    }
    let total = shares.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    // A line that claims longer elongations than it is has none.
    let longer = elongations.iter().sum::<f64>();
    let longer = if longer < width { longer } else { 0.0 };
    let of = |(share, by): (f64, f64)| share / total * (width - longer) + if longer > 0.0 { by } else { 0.0 };
    shares.into_iter().zip(elongations).map(of).collect()
}

/// The usual width of a character, as a part of the size of its font.
fn share(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => 0.0,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{ad}' => 0.0,
        'ا' | 'أ' | 'إ' | 'آ' | 'ل' | 'ب' | 'ت' | 'ث' | 'ن' | 'ي' | 'ئ' | '،' | '؛' => 0.27,
        'س' | 'ش' | 'ص' | 'ض' => 0.7,
        '\u{600}'..='\u{6ff}' => 0.42,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '\'' | '.' | ',' | ';' | ':' | '(' | ')' | '-' | '/' => 0.3,
        'm' | 'w' | 'M' | 'W' | '—' => 0.8,
        c if c.is_whitespace() => 0.26,
        c if c.is_uppercase() => 0.66,
        _ => 0.47,
    }
}

#[cfg(test)]
mod tests {
    use super::extent;
    use crate::compare::Letters;
    use crate::snapshot::{Joint, Line};

    fn of(text: &str, letters: (usize, usize), joints: Vec<Joint>) -> (i64, i64) {
        let line = Line {
            text: text.to_owned(),
            joints,
            ..Line::default()
        };
        let letters = Letters {
            from: letters.0,
            to: letters.1,
        };
        let is_rtl = text.starts_with(|c: char| c >= '\u{600}');
        let (left, right) = extent(&line, 100.0..200.0, is_rtl, letters);
        (left.round() as i64, right.round() as i64)
    }

    /// If it fails, the report marks a word at the wrong end of its line.
    #[test]
    fn words_stand_where_the_line_is_read() {
        assert_eq!(of("aaaa", (1, 2), Vec::new()), (125, 150));
        assert_eq!(of("aaaa", (2, 2), Vec::new()), (150, 150));
        assert_eq!(of("aaaa", (4, 4), Vec::new()), (200, 200));
        assert_eq!(of("بببب", (1, 2), Vec::new()), (150, 175));
        assert_eq!(of("بببب", (0, 0), Vec::new()), (200, 200));
        assert_eq!(of("بببب", (4, 4), Vec::new()), (100, 100));
        // The Latin word of an Arabic line is read from left to right, at the left end of what comes before it.
        let (left, right) = of("بب ab", (3, 4), Vec::new());
        assert!(left == 100 && right < 140, "{left} to {right}");
    }

    /// If it fails, a word beside an elongation is marked beside itself.
    #[test]
    fn an_elongation_takes_the_room_that_it_has() {
        let joint = Joint {
            word: "بب".to_owned(),
            after: 1,
            by: 60.0,
        };
        assert_eq!(of("بببب", (2, 4), vec![joint]), (100, 120));
    }
}
