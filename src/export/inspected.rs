//! A page with what the line engine did drawn over it.
//!
//! Under each line lies a bar for every run: green from right to left, orange from left to right. Spaces are tinted
//! blue. A joint is a tick under the line, the taller the higher its priority; one that was elongated has a red bar as
//! wide as its elongation.

use typst::layout::{Abs, Frame, FrameItem, Point, Size};
use typst::syntax::Span;
use typst::visualize::{Color, Geometry, Paint};

use super::picture::{PictureError, encoded, frame};
use crate::edition::Edition;
use crate::line::{Line, inspect};

/// A page of an edition, counted from 0, as a PNG file, with runs, spaces and joints drawn over it.
///
/// # Errors
/// When there is no such page, or it cannot be encoded.
pub fn png_inspected(edition: &Edition, page: usize, dpi: f32) -> Result<Vec<u8>, PictureError> {
    let Some(content) = edition.pages.get(page) else {
        return Err(PictureError::Encoding {
            page: page + 1,
            reason: "there is no such page".into(),
        });
    };
    let mut drawn = frame(edition, content);
    for placed in &content.lines {
        over(&mut drawn, placed.at, edition.line(placed));
    }
    encoded(drawn, page, dpi)
}

fn over(frame: &mut Frame, at: Point, line: &Line) {
    let mut bar = |x: Abs, y: Abs, width: Abs, height: Abs, [red, green, blue, alpha]: [u8; 4]| {
        let shape =
            Geometry::Rect(Size::new(width, height)).filled(Paint::Solid(Color::from_u8(red, green, blue, alpha)));
        frame.push(at + Point::new(x, y), FrameItem::Shape(shape, Span::detached()));
    };
    let facts = inspect(line);
    let below = line.descent.max(Abs::pt(1.0));
    for run in &facts.runs {
        let color = if run.level % 2 == 1 {
            [0, 130, 60, 200]
        } else {
            [230, 120, 0, 200]
        };
        let (left, right) = (run.extent.start, run.extent.end);
        bar(left, below, right - left, Abs::pt(0.6), color);
    }
    for (_, cluster) in line.clusters().filter(|(_, cluster)| cluster.is_space()) {
        bar(
            cluster.x,
            -line.ascent,
            cluster.advance,
            line.ascent + line.descent,
            [0, 90, 220, 45],
        );
    }
    for joint in facts.words.iter().flat_map(|word| &word.joints) {
        let height = Abs::pt(0.8 + 0.35 * f64::from(joint.priority));
        match joint.amount {
            Some(amount) => bar(joint.x, below, amount, height, [210, 0, 0, 190]),
            None => bar(joint.x - Abs::pt(0.2), below, Abs::pt(0.4), height, [90, 90, 90, 160]),
        }
    }
}
