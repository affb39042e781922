//! What the quirks of readers ask of a line beyond one string with a glyph a character (`docs/text.md`). Each can go when its
//! reader is mended.

use ecow::EcoString;
use typst::layout::Em;

use super::recipe::Recipe;
use super::{Cluster, Run, hyphen, is_mark};
use qarar_text::bidi;
use qarar_text::{Direction, Language, joins_groups};

/// The text of a glyph of a run.
///
/// MuPDF takes a hyphen or a percent sign for the start of left-to-right text, whatever stands around it, and would give
/// the number of a paragraph after its line. It goes by the first character of a glyph: a right-to-left mark, which
/// steers only. (Class ES and ET of UAX #9; `docs/text.md` says what else was tried.)
pub(super) fn text_of(run: &Run, character: char) -> EcoString {
    use unicode_bidi::BidiClass;
    if character == '\u{ad}' {
        return EcoString::from(hyphen::READ);
    }
    let mut text = EcoString::new();
    if run.is_rtl() && matches!(bidi::class(character), BidiClass::ES | BidiClass::ET) {
        text.push('\u{200f}');
    }
    text.push(character);
    text
}

/// Whether the last character of the cluster is a mark on its letter: the first from the left in a right-to-left run.
pub(super) fn ends_in_mark(cluster: &Cluster) -> bool {
    cluster.text.chars().next_back().is_some_and(is_mark)
}

/// Whether the first strong character from the left is a left-to-right one. PDFBox takes the direction of a line from it, and
/// would give the parts of a right-to-left line in the order of the screen.
pub(super) fn ends_in_latin(clusters: &[(&Run, &Cluster)]) -> bool {
    use unicode_bidi::BidiClass;
    let classes = clusters
        .iter()
        .filter_map(|(_, cluster)| cluster.text.chars().next().map(bidi::class));
    let mut strong = classes.filter(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    strong.next() == Some(BidiClass::L) && strong.any(|class| class != BidiClass::L)
}

/// Whether a stop runs into what stands at its right. A right-to-left mark goes between the two.
///
/// PDFium takes weak and neutral characters that stand together for one stretch and leaves them in the order of the screen:
/// a stop or a bracket and the mark of the letter before it (MuPDF leaves both at the end of the line), or a comma, a dash or
/// a percent sign and the number before it. The no-break space of a number is a part of it.
pub(super) fn runs_into(stop: &Cluster, right: &Cluster) -> bool {
    use unicode_bidi::BidiClass;
    let class = |c: Option<char>| c.map(bidi::class);
    let number = matches!(
        class(right.text.chars().next_back()),
        Some(BidiClass::AN | BidiClass::EN)
    );
    match class(stop.text.chars().next().filter(|c| !joins_groups(*c))) {
        Some(BidiClass::CS | BidiClass::ES | BidiClass::ET) => number || ends_in_mark(right),
        Some(BidiClass::ON) => ends_in_mark(right),
        _ => false,
    }
}

/// The mark of direction that stands at the edge of an isolate; `beyond` is the run at its other side.
///
/// Readers see no isolates. Between its letters and the mark, what the isolate starts or ends with is of its direction to all
/// that go by UAX #9: the signs of `C++`, the last slash of an address, the plus of a telephone number.
pub(super) fn edge(
    (run, cluster): (&Run, &Cluster),
    beyond: Option<(&Run, &Cluster)>,
    around: Language,
) -> Option<Recipe> {
    use unicode_bidi::BidiClass;
    // Isolates that the author gives no language are addresses and numbers.
    let direction = run.language.map_or(Direction::LeftToRight, Language::direction);
    if !run.isolated || direction == around.direction() {
        return None;
    }
    let class = |cluster: &Cluster| cluster.text.chars().next().map(bidi::class);
    let (strong, mark) = match direction {
        Direction::LeftToRight => (class(cluster) == Some(BidiClass::L), "\u{200e}"),
        Direction::RightToLeft => (matches!(class(cluster), Some(BidiClass::R | BidiClass::AL)), "\u{200f}"),
    };
    // A sign or a space beside an Arabic number would go with it to the other side (rule N1).
    let inside = beyond.filter(|(beyond, _)| beyond.isolated);
    let weak = !matches!(class(cluster), Some(BidiClass::L | BidiClass::EN | BidiClass::AN))
        && !cluster.text.chars().all(joins_groups);
    let parts = inside.map(|(_, beyond)| weak && class(beyond) == Some(BidiClass::AN));
    parts.unwrap_or(!strong).then(|| Recipe {
        text: mark.into(),
        ..Recipe::default()
    })
}

/// What stands at the left end of a line whose last letter has a mark. pdf.js and MuPDF add a mark to the line before
/// when nothing else comes first: pdf.js wants a glyph that is neither space nor format character alone, MuPDF a letter
/// by its first character. A space at the end of a line is what the text has there.
pub(super) fn line_end(units: f64) -> Recipe {
    Recipe {
        text: "\u{200f} ".into(),
        advance: (LINE_END * units).ceil() as i32,
        ..Recipe::default()
    }
}

/// The advance of what stands at the left end of a line, in em: pdf.js counts only what has one.
const LINE_END: f64 = 0.01;

/// The gap between two words that poppler takes for a space (from 0.1 em) and pdf.js does not (up to 0.102 em).
const SEEN_BY_POPPLER: f64 = 0.101;

/// Gives the width of the space that comes last to the letter at its left, together with the `gap` after the space.
///
/// pdf.js drops a space and puts one in again where it sees a gap, but it does not look before a mark: a word that ends
/// in one would have a space before the mark, and another one after it.
pub(super) fn widen_before_space(recipes: &mut [Recipe], advances: &mut [Em], gap: f64, units: f64) {
    let ([.., letter, space], [.., before, width]) = (recipes, advances) else {
        return;
    };
    let kept = (SEEN_BY_POPPLER * units).round();
    let whole = before.get() * units + f64::from(space.advance) + gap - kept;
    space.advance = kept as i32;
    *width = Em::new(kept / units);
    letter.advance = whole.round() as i32;
    *before = Em::new(whole / units);
}

/// Keeps letters that are the same far enough apart for PDFBox, which takes a letter for the one at its left, drawn twice,
/// when a third of its advance is more than what lies between them: a final meem after an elongated one. What the letter is
/// too wide goes to the advance of the letter between; no ink moves.
pub(super) fn keep_apart(recipes: &mut [Recipe], advances: &mut [Em], units: f64) {
    for at in 1..recipes.len() {
        let wide = advances[at].get() * units;
        let mut distance = 0.0;
        let mut twin = at;
        while twin > 0 && distance < wide / 3.0 {
            twin -= 1;
            distance += advances[twin].get() * units;
            if recipes[twin].text == recipes[at].text {
                break;
            }
        }
        if recipes[twin].text != recipes[at].text || distance >= wide / 3.0 {
            continue;
        }
        if !recipes[at].text.chars().all(char::is_alphabetic) {
            continue;
        }
        let Some(between) = (twin..at).rev().find(|between| recipes[*between].advance > 0) else {
            continue;
        };
        // distance + more = (wide - more) / 3, and a unit beyond it.
        let more = ((wide - 3.0 * distance) / 4.0).ceil() as i32 + 1;
        recipes[between].advance += more;
        advances[between] += Em::new(f64::from(more) / units);
        recipes[at].advance -= more;
        advances[at] -= Em::new(f64::from(more) / units);
        recipes[at].parts.iter_mut().for_each(|part| part.x -= more);
    }
}
