//! What differs in the fonts: another file of a font, another family or style, another size.

use std::collections::BTreeMap;

use super::case::Case;
use super::difference::{Kind, Level};
use super::telling::{count, names, points};
use super::text::{Paragraph, Text};

/// Sizes nearer than this are the same.
const SAME_SIZE: f64 = 0.05;

/// Finds what differs in the fonts.
pub(super) fn find(case: &mut Case<'_>) {
    files(case);
    uses(case);
}

/// Fonts of one name and another version or another file.
fn files(case: &mut Case<'_>) {
    let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for old in &case.reference.layout.fonts {
        let Some(new) = case.actual.layout.font(&old.name) else {
            continue;
        };
        let family = family(&old.name).to_owned();
        let what = match (&old.version, &new.version) {
            (Some(a), Some(b)) if a != b => format!("changed from version {a} to {b}"),
            _ => match (&old.checksum, &new.checksum) {
                (Some(a), Some(b)) if a != b => "is another file of the same version".to_owned(),
                _ => continue,
            },
        };
        groups.entry((family, what)).or_default().push(old.name.clone());
    }
    for ((family, what), fonts) in groups {
        let uses = |text: &Text<'_>, paragraph: usize| {
            let mut lines = text.paragraphs[paragraph].lines.iter();
            lines.any(|line| {
                text.lines[*line]
                    .line
                    .fonts
                    .iter()
                    .any(|(name, _)| fonts.contains(name))
            })
        };
        let pairs: Vec<usize> = (0..case.alignment.pairs.len())
            .filter(|n| uses(case.reference, case.alignment.pairs[*n].reference))
            .collect();
        let lines: usize = pairs
            .iter()
            .map(|n| {
                case.reference.paragraphs[case.alignment.pairs[*n].reference]
                    .lines
                    .len()
            })
            .sum();
        let styles = if fonts == [family.clone()] {
            String::new()
        } else {
            format!(" ({})", names(&fonts))
        };
        let used = count(lines, "line is", "lines are");
        let message = format!("the font {family} {what}{styles}; {used} set in it");
        let finding = case.add(Level::Positions, Kind::Font, message, &[], &[]);
        case.touch_pairs(finding, &pairs);
    }
}

/// The family of a font: its name without its style.
fn family(name: &str) -> &str {
    let mut family = name;
    while let Some((before, last)) = family.rsplit_once(' ') {
        if !matches!(last, "Bold" | "Italic" | "Oblique" | "Regular") && last.parse::<u16>().is_err() {
            break;
        }
        family = before;
    }
    family
}

/// What a change of font is told by: paragraphs that changed in one way are told together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    old: String,
    new: String,
    /// The new size, in thousandths of the old one.
    scale: i64,
}

/// How a way of change was met: for each pair, the sizes.
#[derive(Debug, Default)]
struct Met {
    pairs: Vec<usize>,
    sizes: Vec<(f64, f64)>,
}

fn uses(case: &mut Case<'_>) {
    let coarse = case.reference.layout.from_pdf || case.actual.layout.from_pdf;
    let mut ways: BTreeMap<Way, Met> = BTreeMap::new();
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (of_a, of_b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let a = fonts_of(case.reference, of_a, coarse);
        let b = fonts_of(case.actual, of_b, coarse);
        if a.is_empty() || b.is_empty() {
            continue;
        }
        // A paragraph that lost its mark has lost the small letters of it: the mark is told, and no change of font.
        let notes = |p: &Paragraph| p.marks.iter().map(|(_, note)| *note).collect::<Vec<_>>();
        let has_other_marks = notes(of_a) != notes(of_b);
        let same = |x: &(String, f64), y: &(String, f64)| is_font(&x.0, &y.0) && (x.1 - y.1).abs() <= SAME_SIZE;
        let old = a
            .iter()
            .find(|x| !(b.iter().any(|y| same(x, y)) || has_other_marks && is_of_marks(case.reference, of_a, x)));
        let new = b
            .iter()
            .find(|y| !(a.iter().any(|x| same(x, y)) || has_other_marks && is_of_marks(case.actual, of_b, y)));
        let (old, new) = match (old, new) {
            (None, None) => continue,
            (Some(old), Some(new)) => (old, new),
            // Text of one font became text of another that the paragraph has already.
            (Some(old), None) => (old, &b[0]),
            (None, Some(new)) => (&a[0], new),
        };
        let ((old_name, new_name), scale) = (without_style(&old.0, &new.0), (new.1 / old.1 * 1000.0).round() as i64);
        // Rounded sizes give scales that differ a little: those of 0.3 % and less are one.
        let way = Way {
            old: old_name,
            new: new_name,
            scale,
        };
        let near = ways
            .keys()
            .find(|w| w.old == way.old && w.new == way.new && (w.scale - way.scale).abs() <= 3);
        let met = ways.entry(near.cloned().unwrap_or(way)).or_default();
        met.pairs.push(number);
        met.sizes.push((old.1, new.1));
    }
    for (way, met) in ways {
        let Some((old, new)) = most_frequent(&met.sizes) else {
            continue;
        };
        let first = case.name(case.actual, case.alignment.pairs[met.pairs[0]].actual);
        let last = case.name(case.actual, case.alignment.pairs[met.pairs[met.pairs.len() - 1]].actual);
        let place = if met.pairs.len() == 1 {
            first
        } else {
            format!(
                "{} from {first} to {last}",
                count(met.pairs.len(), "paragraph", "paragraphs")
            )
        };
        let resized = (old - new).abs() > SAME_SIZE;
        let message = match (is_font(&way.old, &way.new), resized) {
            (true, _) => format!(
                "{place}: {} at {}, in the reference at {}",
                way.old,
                points(new),
                points(old)
            ),
            (false, false) => format!("{place}: {} in place of {}", way.new, way.old),
            (false, true) => format!(
                "{place}: {} at {} in place of {} at {}",
                way.new,
                points(new),
                way.old,
                points(old)
            ),
        };
        let lines = |text: &Text<'_>, of: fn(&super::align::Pair) -> usize| -> Vec<usize> {
            met.pairs
                .iter()
                .flat_map(|n| text.paragraphs[of(&case.alignment.pairs[*n])].lines.clone())
                .collect()
        };
        let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
        let finding = case.add(Level::Positions, Kind::Font, message, &a, &b);
        case.touch_pairs(finding, &met.pairs);
        case.scales.push((finding, new / old));
    }
}

/// The change of size by a scale.
pub(super) fn of_scale(case: &Case<'_>, scale: f64) -> Option<usize> {
    case.scales
        .iter()
        .find(|(_, other)| (other - scale).abs() < 0.001)
        .map(|(finding, _)| *finding)
}

fn most_frequent(sizes: &[(f64, f64)]) -> Option<(f64, f64)> {
    let frequency = |size: &(f64, f64)| sizes.iter().filter(|other| *other == size).count();
    sizes.iter().rev().max_by_key(|size| frequency(size)).copied()
}

/// The names of two fonts, without the style that both have.
fn without_style(old: &str, new: &str) -> (String, String) {
    let style = |name: &str| name[family(name).len()..].to_owned();
    if style(old) == style(new) {
        (family(old).to_owned(), family(new).to_owned())
    } else {
        (old.to_owned(), new.to_owned())
    }
}

/// The fonts of a paragraph, those of its first line first. A PDF may bake raised marks and other small text into its
/// main font: then only the main font of each line counts.
fn fonts_of(text: &Text<'_>, paragraph: &Paragraph, coarse: bool) -> Vec<(String, f64)> {
    let mut fonts: Vec<(String, f64)> = Vec::new();
    for line in &paragraph.lines {
        let most = if coarse { 1 } else { usize::MAX };
        for font in text.lines[*line].line.fonts.iter().take(most) {
            if !fonts.contains(font) {
                fonts.push(font.clone());
            }
        }
        if coarse && !fonts.is_empty() {
            break;
        }
    }
    fonts
}

/// Whether a font only stands in lines with marks of notes, and is the main font of none.
fn is_of_marks(text: &Text<'_>, paragraph: &Paragraph, font: &(String, f64)) -> bool {
    let mut lines = paragraph.lines.iter().map(|line| text.lines[*line].line);
    lines.all(|line| !line.fonts.contains(font) || !line.marks.is_empty() && line.fonts.first() != Some(font))
}

/// Whether two names are of one font: PDFs write them without spaces.
fn is_font(a: &str, b: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    a == b || letters(a) == letters(b)
}
