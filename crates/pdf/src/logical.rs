//! The way back from a line as it is seen to its text: the bidirectional algorithm (UAX #9) turned round.
//!
//! What is seen does not tell all: `ABC 123` beside Arabic may be a Latin phrase with a number or an Arabic number and a
//! Latin word after it. Where two texts look the same the commoner one is taken: a European number beside Latin letters
//! belongs to them.

use unicode_bidi::{BidiClass, Level};
use unicode_bidi_mirroring::get_mirrored;

use qarar_text::Direction;
use qarar_text::{bidi, levels};

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
pub(crate) fn base_direction<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Direction> {
    let (mut left, mut right, mut digits) = (0_usize, 0_usize, 0_usize);
    for c in texts.into_iter().flat_map(str::chars) {
        match bidi::class(c) {
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
    let brackets = match mirroring {
        Mirroring::AsRead if rightwards => vec![Bracket::AsRead; seen.len()],
        Mirroring::AsRead => pairs_as_seen(seen),
        Mirroring::AsSeen => vec![Bracket::AsSeen; seen.len()],
    };
    let mut order: Vec<usize> = (0..seen.len()).collect();
    if !rightwards {
        order.reverse();
    }
    let letters = attached_numbers(seen, base);
    let mut text = String::new();
    let mut starts = Vec::with_capacity(order.len());
    for &index in &order {
        starts.push(text.len());
        if letters[index] || brackets[index] == Bracket::OfRightwardRun {
            text.push('A');
        } else if brackets[index] == Bracket::AsSeen && !rightwards {
            text.extend(seen[index].chars().map(|c| get_mirrored(c).unwrap_or(c)));
        } else {
            text.push_str(seen[index]);
        }
    }
    let base = if rightwards { Level::ltr() } else { Level::rtl() };
    let found = levels(&text, Some(base));
    let mut placed = vec![base.number(); seen.len()];
    for (index, start) in order.iter().zip(&starts) {
        placed[*index] = found.get(*start).map_or(base.number(), |level| level.number());
    }
    let told = |index: usize| {
        let turned = brackets[index] == Bracket::AsSeen && placed[index] % 2 == 1;
        let text = if turned {
            seen[index].chars().map(|c| get_mirrored(c).unwrap_or(c)).collect()
        } else {
            seen[index].to_owned()
        };
        (index, text)
    };
    undo_reordering(&placed).into_iter().map(told).collect()
}

/// Undoes rule L2 of UAX #9: what was turned round from the highest level down is turned back from the lowest up.
/// `levels` are those of the pieces of a line from left to right; returns the places of the pieces in the order of the text.
pub fn undo_reordering(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().copied().max().unwrap_or(0);
    for level in 1..=highest {
        let mut start = 0;
        while start < order.len() {
            let length = order[start..].iter().take_while(|at| levels[**at] >= level).count();
            order[start..start + length].reverse();
            start += length.max(1);
        }
    }
    order
}

/// What a piece is told of its brackets.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bracket {
    /// As it is read, or no bracket at all.
    AsRead,
    /// As it looks.
    AsSeen,
    /// In a run from left to right, where both are the same.
    OfRightwardRun,
}

/// The brackets of a right-to-left line whose file tells them as they are read. Those of right-to-left text stand as
/// `)…(` from left to right; two that stand as `(…)` round left-to-right letters belong to a run of that direction.
fn pairs_as_seen(seen: &[&str]) -> Vec<Bracket> {
    let mut brackets = vec![Bracket::AsRead; seen.len()];
    let (mut open, mut reversed): (Vec<(usize, char)>, Vec<char>) = (Vec::new(), Vec::new());
    for (index, piece) in seen.iter().enumerate() {
        let Some(c) = single(piece) else { continue };
        let Some(partner) = get_mirrored(c) else { continue };
        if is_opening(c) {
            // The end of a pair of right-to-left text, or the start of another.
            match reversed.iter().rposition(|closing| *closing == partner) {
                Some(at) => reversed.truncate(at),
                None => open.push((index, partner)),
            }
        } else if let Some(at) = open.iter().rposition(|(_, closing)| *closing == c) {
            let first = open[at].0;
            let inside = |is: fn(BidiClass) -> bool| {
                seen[first..index]
                    .iter()
                    .flat_map(|piece| piece.chars())
                    .any(|c| is(bidi::class(c)))
            };
            let right = inside(|class| matches!(class, BidiClass::R | BidiClass::AL | BidiClass::AN));
            if !right && inside(|class| matches!(class, BidiClass::L | BidiClass::EN)) {
                brackets[first] = Bracket::OfRightwardRun;
                brackets[index] = Bracket::OfRightwardRun;
            }
            open.truncate(at);
        } else {
            reversed.push(c);
        }
    }
    brackets
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
                *right |= piece.chars().any(|c| has_right(bidi::class(c)));
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
        piece.chars().find_map(|c| match bidi::class(c) {
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
        if piece.chars().any(|c| bidi::class(c) == BidiClass::EN) {
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
        let two = ")٥٦ - د( ١٧ و )٥٦ - د( ١٦";
        assert_eq!(
            read(two, Direction::RightToLeft, Mirroring::AsRead),
            "١٦ (د - ٥٦) و ١٧ (د - ٥٦)"
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
