//! Draws a page of a layout as SVG: its picture, or its lines as text in their places, and marks over changed lines.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::junit::escaped;
use super::super::snapshot::{Line, Page};
use qarar_text::{Direction, Language};

/// What is drawn where a layout does not say how large its pages are: A4.
const A4: (f64, f64) = (595.28, 841.89);
/// The pitch of lines whose places are not known.
const PITCH: f64 = 22.0;

/// Draws a page.
pub(super) fn page(
    out: &mut String,
    page: &Page,
    picture: Option<&[u8]>,
    marked: impl Fn(usize) -> bool,
    id: impl Fn(usize) -> String,
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
        let place = Place::of(line, index, width);
        if marked(index + 1) {
            out.push_str(&format!(
                "<rect id=\"{}\" class=\"changed\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\"><title>{}</title></rect>\n",
                id(index + 1),
                place.left - 3.0,
                place.baseline - place.size * 0.95,
                place.right - place.left + 6.0,
                place.size * 1.35,
                escaped(&format!("{}: {}", line.paragraph, line.text)),
            ));
        }
        if picture.is_none() {
            text(out, line, &place);
        }
    }
    out.push_str("</svg>\n");
}

/// Where a line is drawn.
struct Place {
    left: f64,
    right: f64,
    baseline: f64,
    size: f64,
    is_rtl: bool,
    /// Whether the ends are known.
    exact: bool,
}

impl Place {
    fn of(line: &Line, index: usize, width: f64) -> Self {
        let language = Language::from_code(&line.language);
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

fn text(out: &mut String, line: &Line, place: &Place) {
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
        "<text x=\"{x:.2}\" y=\"{:.2}\" direction=\"{dir}\" font-family=\"'{}', serif\" font-size=\"{}\"{weight}{style}{width}>{}</text>\n",
        place.baseline,
        escaped(&family.replace('\'', "")),
        place.size,
        escaped(&line.text),
    ));
}
