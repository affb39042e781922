//! What differs in the fonts: another file of a font, another family or style, another size.

use std::collections::BTreeMap;

use super::super::change::{Change, Face, FontFile};
use super::super::face::{SAME_SIZE, is_font};
use super::super::matched::Matched;
use super::Found;
use crate::text::{Paragraph, Text};

/// Rounded sizes give scales that differ a little: those that are nearer than this, in thousandths, are one.
const SAME_SCALE: i64 = 3;

/// The name of a font, and the size in points that it is set in.
type FontSize = (String, f64);

/// Finds fonts of one name and another version or another file, each with the pairs that are set in it.
pub(in super::super) fn files(matched: &Matched<'_>) -> Vec<(Change, Vec<usize>)> {
    let mut groups: BTreeMap<(String, FontFile), Vec<String>> = BTreeMap::new();
    for old in &matched.reference.layout.fonts {
        let Some(new) = matched.actual.layout.font(&old.name) else {
            continue;
        };
        let file = match (&old.version, &new.version) {
            (Some(a), Some(b)) if a != b => FontFile::Version {
                old: a.clone(),
                new: b.clone(),
            },
            _ => match (&old.checksum, &new.checksum) {
                (Some(a), Some(b)) if a != b => FontFile::Other,
                _ => continue,
            },
        };
        let family = family(&old.name).to_owned();
        groups.entry((family, file)).or_default().push(old.name.clone());
    }
    let file = |((family, file), fonts): ((String, FontFile), Vec<String>)| {
        let is_set_in = |line: &usize| {
            let mut of_line = matched.reference.lines[*line].line.fonts.iter();
            of_line.any(|(name, _)| fonts.contains(name))
        };
        let pairs: Vec<usize> = matched
            .pairs()
            .filter(|pair| matched.both(*pair).0.lines.iter().any(is_set_in))
            .collect();
        let lines = pairs.iter().map(|pair| matched.both(*pair).0.lines.len()).sum();
        let change = Change::FontFile {
            family,
            fonts,
            file,
            lines,
        };
        (change, pairs)
    };
    groups.into_iter().map(file).collect()
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

/// Paragraphs that are set in another font or size, all in one way.
#[derive(Debug)]
pub(in super::super) struct OtherFont {
    pub(in super::super) found: Found,
    pub(in super::super) pairs: Vec<usize>,
    /// The new size in parts of the old one.
    pub(in super::super) scale: f64,
}

/// What a change of font is told by: paragraphs that changed in one way are told together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    old: String,
    new: String,
    partly: bool,
    /// The new size, in thousandths of the old one.
    scale: i64,
}

/// How a way of change was met: for each pair, the sizes.
#[derive(Debug, Default)]
struct Met {
    pairs: Vec<usize>,
    sizes: Vec<(f64, f64)>,
}

/// Finds paragraphs that are set in other fonts or sizes.
pub(in super::super) fn uses(matched: &Matched<'_>) -> Vec<OtherFont> {
    let mut ways: BTreeMap<Way, Met> = BTreeMap::new();
    for pair in matched.pairs() {
        let Some((old, new, partly)) = other_font(matched, pair) else {
            continue;
        };
        let (old_name, new_name) = without_style(&old.0, &new.0);
        let way = Way {
            old: old_name,
            new: new_name,
            partly,
            scale: (new.1 / old.1 * 1000.0).round() as i64,
        };
        let is_near = |w: &&Way| {
            (&w.old, &w.new, w.partly) == (&way.old, &way.new, way.partly) && (w.scale - way.scale).abs() <= SAME_SCALE
        };
        let near = ways.keys().find(is_near).cloned();
        let met = ways.entry(near.unwrap_or(way)).or_default();
        met.pairs.push(pair);
        met.sizes.push((old.1, new.1));
    }
    ways.into_iter()
        .filter_map(|(way, met)| set_otherwise(matched, way, met))
        .collect()
}

/// The font of a pair that only the reference has and the one that only the other side has; and whether one side has both.
fn other_font(matched: &Matched<'_>, pair: usize) -> Option<(FontSize, FontSize, bool)> {
    let (of_a, of_b) = matched.both(pair);
    let a = fonts_of(matched.reference, of_a, matched.is_coarse());
    let b = fonts_of(matched.actual, of_b, matched.is_coarse());
    let (first_a, first_b) = (a.first()?, b.first()?);
    // A paragraph that lost its mark has lost the small letters of it: the mark is told, and no change of font.
    let notes = |p: &Paragraph| p.marks.iter().map(|(_, note)| *note).collect::<Vec<_>>();
    let has_other_marks = notes(of_a) != notes(of_b);
    let same = |x: &FontSize, y: &FontSize| is_font(&x.0, &y.0) && (x.1 - y.1).abs() <= SAME_SIZE;
    let is_told = |text: &Text<'_>, p: &Paragraph, font: &FontSize, others: &[FontSize]| {
        let explained = has_other_marks && is_of_marks(text, p, font);
        !explained && !others.iter().any(|other| same(font, other))
    };
    let old = a.iter().find(|x| is_told(matched.reference, of_a, x, &b));
    let new = b.iter().find(|y| is_told(matched.actual, of_b, y, &a));
    match (old, new) {
        (None, None) => None,
        // Text of one font became text of another that the paragraph has already.
        (old, new) => {
            let partly = old.is_none() || new.is_none();
            Some((old.unwrap_or(first_a).clone(), new.unwrap_or(first_b).clone(), partly))
        }
    }
}

fn set_otherwise(matched: &Matched<'_>, way: Way, met: Met) -> Option<OtherFont> {
    let (old, new) = most_frequent(&met.sizes)?;
    let (first, last) = (met.pairs.first()?, met.pairs.last()?);
    let change = Change::Font {
        first: matched.subject_of(*first),
        last: matched.subject_of(*last),
        paragraphs: met.pairs.len(),
        partly: way.partly,
        old: Face {
            font: way.old,
            size: old,
        },
        new: Face {
            font: way.new,
            size: new,
        },
    };
    let (reference, actual) = matched.lines_of(&met.pairs);
    Some(OtherFont {
        found: Found::new(change, reference, actual),
        pairs: met.pairs,
        scale: new / old,
    })
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
fn fonts_of(text: &Text<'_>, paragraph: &Paragraph, coarse: bool) -> Vec<FontSize> {
    let mut fonts: Vec<FontSize> = Vec::new();
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
fn is_of_marks(text: &Text<'_>, paragraph: &Paragraph, font: &FontSize) -> bool {
    let mut lines = paragraph.lines.iter().map(|line| text.lines[*line].line);
    lines.all(|line| !line.fonts.contains(font) || !line.marks.is_empty() && line.fonts.first() != Some(font))
}
