//! Draws a page of a layout as SVG: its picture, or its lines as text in their places, and marks over changed lines.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::compare::Letters;
use super::super::junit::escaped;
use super::super::snapshot::{Line, Page};
use super::extent::extent;
use qarar_text::{Direction, Language};

/// What is drawn where a layout does not say how large its pages are: A4.
const A4: (f64, f64) = (595.28, 841.89);
/// The pitch of lines whose places are not known.
const PITCH: f64 = 22.0;
/// How wide the mark of a place between two characters is.
const THIN: f64 = 2.0;

/// What is marked in a line.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Whether the whole line is.
    pub(super) whole: bool,
    /// The characters that are.
    pub(super) parts: BTreeSet<Letters>,
}

/// Draws a page, with what is marked in its lines, which are counted from 1; each mark gets an id.
pub(super) fn page(
    out: &mut String,
    page: &Page,
    picture: Option<&[u8]>,
    marked: &BTreeMap<usize, Marked>,
    id: impl Fn(usize, Option<Letters>) -> String,
) {
    let (width, height) = page.size.unwrap_or(A4);
    out.push_str(&format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"page {}\">\n<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n",
        page.number
    ));
    if let Some(picture) = picture {
        let data = STANDARD.encode(picture);
        out.push_str(&format!(
            "<image width=\"{width}\" height=\"{height}\" href=\"data:image/png;base64,{data}\"/>\n"
        ));
    }
    for (index, line) in page.lines.iter().enumerate() {
        let place = DrawnPlace::of(line, index, width);
        // The script finds the characters of a text by its id.
        let mut text_id = None;
        if let Some(marked) = marked.get(&(index + 1)) {
            let ends = (place.left - 3.0, place.right + 3.0);
            let about = format!("{}: {}", line.paragraph, line.text);
            let line_id = id(index + 1, None);
            let attributes = match marked.whole {
                true => format!("id=\"{line_id}\" class=\"changed\""),
                false => "class=\"around\"".to_owned(),
            };
            mark(out, &attributes, &place, ends, &about);
            if picture.is_none() && !marked.parts.is_empty() {
                text_id = Some(format!("{line_id}t"));
            }
            for letters in &marked.parts {
                let id = id(index + 1, Some(*letters));
                part(out, line, &place, *letters, (&id, text_id.as_deref()));
            }
        }
        if picture.is_none() {
            text(out, line, &place, text_id.as_deref());
        }
    }
    out.push_str("</svg>\n");
}

/// Marks characters of a line, or the place between two of them.
fn part(out: &mut String, line: &Line, place: &DrawnPlace, letters: Letters, (id, text_id): (&str, Option<&str>)) {
    let all: Vec<char> = line.text.chars().collect();
    let (from, to) = (letters.from.min(all.len()), letters.to.min(all.len()));
    let told: String = all[from..to].iter().collect();
    let told = if told.is_empty() {
        "the other side has more here"
    } else {
        told.as_str()
    };
    let about = match text_id {
        Some(_) => format!("{}: {told}", line.paragraph),
        None => format!("{}: {told} (about here)", line.paragraph),
    };
    let mut attributes = format!("id=\"{id}\" class=\"changed part\"");
    if let Some(text_id) = text_id {
        // Scripts count in code units of UTF-16.
        let units = |end: usize| all[..end].iter().map(|c| c.len_utf16()).sum::<usize>();
        attributes.push_str(&format!(
            " data-text=\"{text_id}\" data-from=\"{}\" data-to=\"{}\"",
            units(from),
            units(to)
        ));
    }
    let (left, right) = extent(line, place.left..place.right, place.is_rtl, letters);
    // A place has no width to be seen by.
    let room = if left < right { 1.0 } else { THIN / 2.0 };
    mark(out, &attributes, place, (left - room, right + room), &about);
}

fn mark(out: &mut String, attributes: &str, place: &DrawnPlace, (left, right): (f64, f64), about: &str) {
    out.push_str(&format!(
        "<rect {attributes} x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\"><title>{}</title></rect>\n",
        left,
        place.baseline - place.size * 0.95,
        (right - left).max(THIN),
        place.size * 1.35,
        escaped(about),
    ));
}

/// Where a line is drawn.
struct DrawnPlace {
    left: f64,
    right: f64,
    baseline: f64,
    size: f64,
    is_rtl: bool,
    /// Whether the ends are known.
    exact: bool,
}

impl DrawnPlace {
    fn of(line: &Line, index: usize, width: f64) -> Self {
        let language = Language::known(&line.language);
        let is_rtl = language.is_some_and(|language| language.direction() == Direction::RightToLeft)
            || language.is_none() && line.text.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}'));
        Self {
            left: line.left.unwrap_or(60.0),
            right: line.right.unwrap_or(width - 60.0),
            baseline: line.baseline.unwrap_or(60.0 + PITCH * index as f64),
            size: line.fonts.first().map_or(12.0, |(_, size)| *size),
            is_rtl,
            exact: line.left.is_some() && line.right.is_some(),
        }
    }
}

fn text(out: &mut String, line: &Line, place: &DrawnPlace, id: Option<&str>) {
    let id = id.map(|id| format!("id=\"{id}\" ")).unwrap_or_default();
    let (x, dir) = if place.is_rtl {
        (place.right, "rtl")
    } else {
        (place.left, "ltr")
    };
    let family = line.fonts.first().map_or("serif", |(name, _)| name.as_str());
    let width = if place.exact && place.right > place.left + 1.0 {
        format!(
            " textLength=\"{:.2}\" lengthAdjust=\"spacingAndGlyphs\"",
            place.right - place.left
        )
    } else {
        String::new()
    };
    let weight = if family.contains("Bold") {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let style = if family.contains("Italic") {
        " font-style=\"italic\""
    } else {
        ""
    };
    let family = family.trim_end_matches(" Italic").trim_end_matches(" Bold");
    out.push_str(&format!(
        "<text {id}x=\"{x:.2}\" y=\"{:.2}\" direction=\"{dir}\" font-family=\"'{}', serif\" font-size=\"{}\"{weight}{style}{width}>{}</text>\n",
        place.baseline,
        escaped(&family.replace('\'', "")),
        place.size,
        escaped(&line.text),
    ));
}
