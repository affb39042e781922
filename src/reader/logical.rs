//! The way back from a line as it is seen to its text: the bidirectional algorithm (UAX #9) turned round.
//!
//! What is seen does not tell all: `ABC 123` beside Arabic may be a Latin phrase with a number or an Arabic number and a
//! Latin word after it. Where two texts look the same the commoner one is taken: a European number beside Latin letters
//! belongs to them.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_bidi_mirroring::get_mirrored;

use crate::locale::Direction;

/// How a file tells the brackets of right-to-left text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mirroring {
    /// As they are read: an opening bracket is `(`, though it looks like `)`.
    #[default]
    AsRead,
    /// As they look.
    AsSeen,
}

/// The direction of most letters; `None` when there is no letter. Arabic-Indic digits count where no letter does.
pub fn base_direction<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Direction> {
    let (mut left, mut right, mut digits) = (0_usize, 0_usize, 0_usize);
    for c in texts.into_iter().flat_map(str::chars) {
        match bidi_class(c) {
            BidiClass::L => left += 1,
            BidiClass::R | BidiClass::AL => right += 1,
            BidiClass::AN => digits += 1,
            _ => {}
        }
    }
    match (left, right) {
        (0, 0) if digits > 0 => Some(Direction::RightToLeft),
        (0, 0) => None,
        _ if right >= left => Some(Direction::RightToLeft),
        _ => Some(Direction::LeftToRight),
    }
}

/// The pieces of a line in the order of its text. `seen` holds them from left to right, the characters of each in the
/// order of the text; `base` is the direction of the paragraph.
///
/// Returns for each piece its place in `seen` and its text, in which brackets are as they are read.
pub fn logical_order(seen: &[&str], base: Direction, mirroring: Mirroring) -> Vec<(usize, String)> {
    let rightwards = base == Direction::LeftToRight;
    let pairs = if mirroring == Mirroring::AsRead {
        pairs_as_seen(seen)
    } else {
        vec![false; seen.len()]
    };
    let mut order: Vec<usize> = (0..seen.len()).collect();
    if !rightwards {
        order.reverse();
    }
    // In right-to-left order a bracket as it looks is turned round: all of those that are told as they look, and those
    // of left-to-right runs, whose look and reading are the same.
    let turned = |index: usize| !rightwards && (mirroring == Mirroring::AsSeen || pairs[index]);
    let letters = attached_numbers(seen, base);
    let mut text = String::new();
    let mut starts = Vec::with_capacity(order.len());
    for &index in &order {
        starts.push(text.len());
        if letters[index] {
            text.push('A');
        } else if turned(index) {
            text.extend(seen[index].chars().map(|c| get_mirrored(c).unwrap_or(c)));
        } else {
            text.push_str(seen[index]);
        }
    }
    let level = if rightwards { Level::ltr() } else { Level::rtl() };
    let levels = BidiInfo::new(&text, Some(level)).levels;
    let mut placed: Vec<(usize, u8)> = order
        .iter()
        .zip(&starts)
        .map(|(index, start)| {
            (
                *index,
                levels.get(*start).map_or(level.number(), |level| level.number()),
            )
        })
        .collect();
    turn_back(&mut placed, if rightwards { 1 } else { 2 });
    let told = |(index, level): (usize, u8)| {
        let odd = level % 2 == 1;
        let mirrored = match mirroring {
            Mirroring::AsSeen => odd,
            // Told as read already.
            Mirroring::AsRead => false,
        };
        let text = if mirrored {
            seen[index].chars().map(|c| get_mirrored(c).unwrap_or(c)).collect()
        } else {
            seen[index].to_owned()
        };
        (index, text)
    };
    placed.into_iter().map(told).collect()
}

/// Undoes rule L2: what was turned round from the highest level down is turned back from the lowest up.
fn turn_back(placed: &mut [(usize, u8)], lowest: u8) {
    let highest = placed.iter().map(|(_, level)| *level).max().unwrap_or(0);
    for level in lowest..=highest {
        let mut start = 0;
        while start < placed.len() {
            let length = placed[start..].iter().take_while(|(_, l)| *l >= level).count();
            placed[start..start + length].reverse();
            start += length.max(1);
        }
    }
}

/// Which pieces are brackets that form a pair as they stand from left to right.
fn pairs_as_seen(seen: &[&str]) -> Vec<bool> {
    let mut paired = vec![false; seen.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (index, piece) in seen.iter().enumerate() {
        let Some(c) = single(piece) else { continue };
        let Some(partner) = get_mirrored(c) else { continue };
        if is_opening(c) {
            open.push((index, partner));
        } else if let Some(at) = open.iter().rposition(|(_, closing)| *closing == c) {
            paired[open[at].0] = true;
            paired[index] = true;
            open.truncate(at);
        }
    }
    paired
}

/// How a line tells its brackets, as far as it shows: those that form a pair from left to right round right-to-left
/// letters are told as they look, those that form one from right to left as they are read. Positive for the first.
pub(super) fn mirroring_shown(seen: &[&str]) -> i32 {
    let mut votes = 0;
    let mut last: Option<(char, bool)> = None;
    for piece in seen {
        let has_right = |class| matches!(class, BidiClass::R | BidiClass::AL | BidiClass::AN);
        let Some(c) = single(piece).filter(|c| get_mirrored(*c).is_some()) else {
            if let Some((_, right)) = &mut last {
                *right |= piece.chars().any(|c| has_right(bidi_class(c)));
            }
            continue;
        };
        if let Some((before, right)) = last
            && get_mirrored(before) == Some(c)
        {
            match (is_opening(before), right) {
                (true, true) => votes += 1,
                (false, _) => votes -= 1,
                (true, false) => {}
            }
        }
        last = Some((c, false));
    }
    votes
}

fn single(piece: &str) -> Option<char> {
    let mut characters = piece.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn is_opening(c: char) -> bool {
    get_mirrored(c).is_some_and(|partner| c < partner)
}

/// Which pieces are European numbers that belong to the Latin letters beside them.
fn attached_numbers(seen: &[&str], base: Direction) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Side {
        None,
        Left,
        Right,
    }
    let side = |piece: &str| {
        piece.chars().find_map(|c| match bidi_class(c) {
            BidiClass::L => Some(Side::Left),
            BidiClass::R | BidiClass::AL | BidiClass::AN => Some(Side::Right),
            _ => None,
        })
    };
    let mut before = Vec::with_capacity(seen.len());
    let mut last = Side::None;
    for piece in seen {
        before.push(last);
        last = side(piece).unwrap_or(last);
    }
    let mut attached = vec![false; seen.len()];
    let mut next = Side::None;
    for (index, piece) in seen.iter().enumerate().rev() {
        if piece.chars().any(|c| bidi_class(c) == BidiClass::EN) {
            attached[index] = match base {
                Direction::RightToLeft => before[index] == Side::Left || next == Side::Left,
                Direction::LeftToRight => before[index] != Side::Right || next != Side::Right,
            };
        }
        next = side(piece).unwrap_or(next);
    }
    attached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(seen: &str, base: Direction, mirroring: Mirroring) -> String {
        let pieces: Vec<String> = seen.chars().map(String::from).collect();
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        logical_order(&pieces, base, mirroring)
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    #[test]
    fn a_line_as_it_is_seen_becomes_its_text() {
        use Direction::{LeftToRight, RightToLeft};
        let cases = [
            (RightToLeft, "مالس", "سلام"),
            (RightToLeft, "٢٠٠٦ ماع", "عام ٢٠٠٦"),
            (RightToLeft, "٢٠٠٦/٢٧ رارق", "قرار ٢٠٠٦/٢٧"),
            (RightToLeft, "A/RES/61/180 ةقيثولا", "الوثيقة A/RES/61/180"),
            (RightToLeft, ".Add.1-3 و E/CN.4/2006/62", "E/CN.4/2006/62 و Add.1-3."),
            (LeftToRight, "the word مالس means peace", "the word سلام means peace"),
            (LeftToRight, "page 12 of 30", "page 12 of 30"),
        ];
        for (base, seen, expected) in cases {
            assert_eq!(read(seen, base, Mirroring::AsRead), expected, "{seen}");
        }
    }

    #[test]
    fn brackets_are_told_as_they_are_read() {
        // The look of a line, from left to right: an opening bracket at the right end of Arabic words looks like `)`.
        let seen = "(لوبرتنإلا) ةمظنم";
        assert_eq!(
            read(seen, Direction::RightToLeft, Mirroring::AsSeen),
            "منظمة (الإنتربول)"
        );
        let read_brackets = ")لوبرتنإلا( ةمظنم";
        assert_eq!(
            read(read_brackets, Direction::RightToLeft, Mirroring::AsRead),
            "منظمة (الإنتربول)"
        );
        let latin = "(A/61/444) ريرقت";
        assert_eq!(
            read(latin, Direction::RightToLeft, Mirroring::AsSeen),
            "تقرير (A/61/444)"
        );
        assert_eq!(
            read(latin, Direction::RightToLeft, Mirroring::AsRead),
            "تقرير (A/61/444)"
        );
        assert_eq!(
            read("[see (a)]", Direction::LeftToRight, Mirroring::AsRead),
            "[see (a)]"
        );
    }
}
