//! Where a part of a text stands in its file.

use std::ops::Range;

/// The place in a source of a part of the text that was read from it; `None` where the two cannot be laid beside each other.
/// The source may have more: backslashes, comments, line ends for spaces.
pub(super) fn locate(source: &str, text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    if source == text {
        return Some(part.clone());
    }
    let same = |a: char, b: char| a == b || (a.is_whitespace() && b == ' ');
    let (mut start, mut end) = (None, 0);
    let mut rest = source.char_indices();
    for (at, c) in text.char_indices() {
        if at >= part.end {
            break;
        }
        let (found, written) = rest.find(|(_, written)| same(*written, c))?;
        end = found + written.len_utf8();
        if at >= part.start && start.is_none() {
            start = Some(found);
        }
    }
    Some(start?..end)
}

/// Whether a range meets one of others, which are sorted and apart.
pub(super) fn meets(others: &[Range<usize>], range: &Range<usize>) -> bool {
    let after = others.partition_point(|other| other.end <= range.start);
    others.get(after).is_some_and(|other| other.start < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_over_escapes_and_line_ends() {
        let source = "a \\* b\n12 345";
        let text = "a * b 12 345";
        let at = text.find("12").expect("the number");
        let found = locate(source, text, &(at..text.len())).expect("a place");
        assert_eq!(&source[found], "12 345");
        assert_eq!(locate("&rlm;", "\u{200f}", &(0..3)), None);
    }
}
