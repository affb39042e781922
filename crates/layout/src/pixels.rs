//! Compares the pictures of pages. Edges that were smoothed otherwise, or that moved by less than a pixel, are no
//! difference: a pixel differs when nothing like it stands next to its place on the other side.

use super::compare::{Change, Comparison, Finding, Options, PictureDifference, Spot};
use super::snapshot::{Layout, Line, Page};
use qarar_bounds::limits::{COMPARED_PIXELS, PICTURE_PIXELS, grouped};

/// Shades of grey that differ by less look the same, of 255.
const SEEN: i16 = 40;
/// Fewer pixels on a page are specks that differ by the program that drew it.
const SPECKS: usize = 8;

/// A picture of a page in grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// The width in pixels.
    pub width: usize,
    /// The height in pixels.
    pub height: usize,
    /// The shades from black to white, row by row.
    pub grey: Vec<u8>,
}

/// A picture that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RasterError {
    /// The file is no PNG, or a broken one.
    #[error("not a PNG that can be read: {0}")]
    Png(#[from] png::DecodingError),
    /// The PNG is larger than any page.
    #[error(
        "a PNG of {width} × {height} pixels, of which more than {} are not read",
        grouped(PICTURE_PIXELS)
    )]
    Size {
        /// The width in pixels.
        width: usize,
        /// The height in pixels.
        height: usize,
    },
    /// Two pictures that are compared have pages of very different shape.
    #[error("pictures of {} × {} and {} × {} pixels, which are not compared", .0.0, .0.1, .1.0, .1.1)]
    Shapes((usize, usize), (usize, usize)),
    /// All pictures together are larger than any document.
    #[error("the pictures before it have more than {} pixels in all", grouped(COMPARED_PIXELS))]
    InAll,
}

impl Raster {
    /// Reads a PNG; what is transparent is white.
    ///
    /// # Errors
    /// When it is no PNG, or a very large one.
    pub fn from_png(data: &[u8]) -> Result<Self, RasterError> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(data));
        decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
        let mut reader = decoder.read_info()?;
        let (width, height) = (reader.info().width as usize, reader.info().height as usize);
        let size = RasterError::Size { width, height };
        if width.saturating_mul(height) > PICTURE_PIXELS {
            return Err(size);
        }
        let mut bytes = vec![0; reader.output_buffer_size().ok_or(size)?];
        let frame = reader.next_frame(&mut bytes)?;
        let samples = frame.color_type.samples();
        let grey = bytes[..frame.buffer_size()].chunks_exact(samples).map(|pixel| {
            let (colour, alpha) = match pixel {
                [grey] => (u32::from(*grey), 255),
                [grey, alpha] => (u32::from(*grey), u32::from(*alpha)),
                [r, g, b] => (luma(*r, *g, *b), 255),
                [r, g, b, alpha, ..] => (luma(*r, *g, *b), u32::from(*alpha)),
                [] => (255, 255),
            };
            ((colour * alpha + 255 * (255 - alpha)) / 255) as u8
        });
        Ok(Self {
            width,
            height,
            grey: grey.collect(),
        })
    }

    /// A part of the picture that may lie outside of it, where it is white.
    fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width && y < self.height {
            self.grey[y * self.width + x]
        } else {
            255
        }
    }

    /// The darkest and the lightest shade in and round each pixel, for a picture of this size.
    fn neighbours(&self, width: usize, height: usize) -> Vec<(u8, u8)> {
        let join = |a: (u8, u8), b: (u8, u8)| (a.0.min(b.0), a.1.max(b.1));
        let mut rows = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let here = self.at(x, y);
                let left = if x > 0 { self.at(x - 1, y) } else { here };
                let right = if x + 1 < width { self.at(x + 1, y) } else { here };
                rows.push((here.min(left).min(right), here.max(left).max(right)));
            }
        }
        let row = |y: usize, x: usize| rows[y * width + x];
        let mut out = Vec::with_capacity(rows.len());
        for y in 0..height {
            for x in 0..width {
                out.push(join(
                    row(y, x),
                    join(row(y.saturating_sub(1), x), row((y + 1).min(height - 1), x)),
                ));
            }
        }
        out
    }
}

fn luma(r: u8, g: u8, b: u8) -> u32 {
    (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000
}

/// The pixels that differ, as places.
fn differing(a: &Raster, b: &Raster) -> Vec<(usize, usize)> {
    let (width, height) = (a.width.max(b.width), a.height.max(b.height));
    if width == 0 || height == 0 || a == b {
        return Vec::new();
    }
    let (round_a, round_b) = (a.neighbours(width, height), b.neighbours(width, height));
    let strange = |shade: u8, (least, most): (u8, u8)| {
        let shade = i16::from(shade);
        shade < i16::from(least) - SEEN || shade > i16::from(most) + SEEN
    };
    let mut out = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            if strange(a.at(x, y), round_b[at]) || strange(b.at(x, y), round_a[at]) {
                out.push((x, y));
            }
        }
    }
    out
}

/// Two pictures of a page, so far as they can be compared.
fn pair(a: &[u8], b: &[u8], left: &mut usize) -> Result<(Raster, Raster), RasterError> {
    let (a, b) = (Raster::from_png(a)?, Raster::from_png(b)?);
    let pixels = a.width.max(b.width).saturating_mul(a.height.max(b.height));
    if pixels > PICTURE_PIXELS {
        return Err(RasterError::Shapes((a.width, a.height), (b.width, b.height)));
    }
    *left = left.checked_sub(pixels).ok_or(RasterError::InAll)?;
    Ok((a, b))
}

/// Adds to a comparison what differs in the pictures of the pages, PNG by page. Pages whose lines differ already are left
/// out: their pictures differ by what is told. A page whose pictures cannot be compared is told as one that differs; an empty
/// picture is one that there is not.
pub fn compare_pixels(
    comparison: &mut Comparison,
    (reference, actual): (&Layout, &Layout),
    (ours, theirs): (&[Vec<u8>], &[Vec<u8>]),
    options: Options,
) {
    let mut left = COMPARED_PIXELS;
    let add = |comparison: &mut Comparison, page: usize, difference: PictureDifference, actual: Vec<Spot>| {
        let mut finding = Finding::new(Change::Pictures { page, difference });
        finding.actual = actual;
        comparison.findings.push(finding);
    };
    let was_same = comparison.is_same();
    for (index, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let pages = (reference.pages.get(index), actual.pages.get(index));
        let (Some(old), Some(new)) = pages else { continue };
        if !was_same && !is_same_page(old, new, options.tolerance) {
            continue;
        }
        if a.is_empty() || b.is_empty() {
            add(comparison, new.number, PictureDifference::OneSided, Vec::new());
            continue;
        }
        if a == b {
            continue;
        }
        let (a, b) = match pair(a, b, &mut left) {
            Ok(pair) => pair,
            Err(error) => {
                let difference = PictureDifference::NotCompared(error.to_string());
                add(comparison, new.number, difference, Vec::new());
                continue;
            }
        };
        let pixels = differing(&a, &b);
        if pixels.len() < SPECKS {
            continue;
        }
        let lines = lines_at(new, &b, &pixels);
        let mut paragraphs: Vec<String> = lines.iter().map(|line| new.lines[*line].paragraph.clone()).collect();
        paragraphs.dedup();
        let spots: Vec<Spot> = lines.iter().map(|line| Spot::line(index + 1, line + 1)).collect();
        let pixels = pixels.len();
        add(
            comparison,
            new.number,
            PictureDifference::Pixels { pixels, paragraphs },
            spots,
        );
    }
}

fn is_same_page(a: &Page, b: &Page, tolerance: f64) -> bool {
    let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => (x - y).abs() <= tolerance + 0.011,
        (x, y) => x == y,
    };
    let same = |(a, b): (&Line, &Line)| {
        a.text == b.text && near(a.baseline, b.baseline) && near(a.left, b.left) && near(a.right, b.right)
    };
    a.lines.len() == b.lines.len() && a.lines.iter().zip(&b.lines).all(same)
}

/// The lines of a page whose letters stand where pixels differ.
fn lines_at(page: &Page, raster: &Raster, pixels: &[(usize, usize)]) -> Vec<usize> {
    let Some((width, _)) = page.size else { return Vec::new() };
    let scale = width / raster.width.max(1) as f64;
    let touches = |line: &Line| {
        let (Some(baseline), Some(left), Some(right)) = (line.baseline, line.left, line.right) else {
            return false;
        };
        let size = line.fonts.first().map_or(10.0, |(_, size)| *size);
        pixels.iter().any(|(x, y)| {
            let (x, y) = (*x as f64 * scale, *y as f64 * scale);
            x >= left - 2.0 && x <= right + 2.0 && y >= baseline - size && y <= baseline + size * 0.4
        })
    };
    (0..page.lines.len()).filter(|at| touches(&page.lines[*at])).collect()
}
