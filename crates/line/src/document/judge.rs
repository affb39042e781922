//! Sets a paragraph of a document anew: gathers its lines, judges which may be written, and elongates those that are filled.

use rustc_hash::FxHashMap;
use smallvec::smallvec;
use typst::layout::Abs;
use typst::text::{FontInstance, TextItem};
use typst::visualize::Paint;
use unicode_bidi::BidiClass;

use super::super::derive::check_licence;
use super::super::joints::words;
use super::super::reshape::is_plain;
use super::super::{Cell, Cluster, Line, Run, SetGlyph, elongate, gather};
use super::Left;
use super::collect::{FoundLine, Paragraph};
use super::text::laid_out;
use crate::passage::Purpose;
use qarar_text::{Direction, Language, Script};
use qarar_text::{bidi, is_steering};

/// Spaces that differ from their own width by less than this, in points, are not stretched.
const STRETCHED: f64 = 0.002;

/// What is wider than this, in em, is a gap between words.
const GAP: f64 = 0.15;

/// A paragraph that is set anew.
pub(super) struct Setting {
    /// Its lines, elongated. Those that are left have nothing in them.
    pub(super) cell: Cell,
    /// The lines as Typst set them.
    pub(super) before: Vec<Line>,
    /// Why each is left; `None` for those that are written.
    pub(super) left: Vec<Option<Left>>,
}

/// Whether fonts may be derived from.
#[derive(Default)]
pub(super) struct Known {
    licences: FxHashMap<FontInstance, bool>,
}

impl Setting {
    /// Sets a paragraph.
    pub(super) fn new(paragraph: &Paragraph, known: &mut Known) -> Option<Self> {
        let lang = paragraph.lines.iter().flat_map(FoundLine::texts).next()?.lang;
        let own = Language::known(lang.as_str());
        let direction = if lang.dir().is_positive() {
            Direction::LeftToRight
        } else {
            Direction::RightToLeft
        };
        let tries = [direction, turned(direction)].map(|direction| gathered(paragraph, own, direction));
        let (mut cell, mut left) = better(tries)?;
        for (at, line) in paragraph.lines.iter().enumerate() {
            left[at] = if runs_back(line) {
                left[at].or_else(|| known.judge(line))
            } else {
                Some(Left::LeftToRight)
            };
        }
        let before = cell.lines.clone();
        if paragraph.flows && own.is_some_and(|own| own == cell.language && own.script() == Script::ARABIC) {
            fill(&mut cell, &left);
        }
        for (line, left) in cell.lines.iter_mut().zip(&left) {
            if left.is_some() {
                line.runs.clear();
            }
        }
        Some(Self { cell, before, left })
    }

    /// How many lines are filled by elongation.
    pub(super) fn elongated(&self) -> usize {
        let stretched = |line: &&Line| {
            line.clusters()
                .any(|(_, c)| c.glyphs.iter().any(|g| g.stretch().is_some()))
        };
        self.cell.lines.iter().filter(stretched).count()
    }
}

fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::LeftToRight => Direction::RightToLeft,
        Direction::RightToLeft => Direction::LeftToRight,
    }
}

/// The lines of a paragraph of a direction, and why each cannot be written.
type Gathered = (Cell, Vec<Option<Left>>);

/// Gathers the lines of a paragraph as of a direction. Its language is the one that Typst shaped it in, where that runs so.
fn gathered(paragraph: &Paragraph, own: Option<Language>, direction: Direction) -> Option<Gathered> {
    let language = own
        .filter(|own| own.direction() == direction)
        .unwrap_or(match direction {
            Direction::LeftToRight => Language::ENGLISH,
            Direction::RightToLeft => Language::ARABIC,
        });
    let (frame, passages) = laid_out(paragraph, language);
    let mut cell = gather(&frame, &passages, language);
    let left = paragraph.lines.iter().zip(&cell.lines).map(|(found, line)| {
        if !found_glyphs(found).eq(&glyphs(line)) {
            Some(Left::Glyphs)
        } else if !is_in_order(line) {
            Some(Left::Order)
        } else {
            None
        }
    });
    let left: Vec<_> = left.collect();
    cell.lines.iter_mut().for_each(space_gaps);
    (left.len() == paragraph.lines.len()).then_some((cell, left))
}

/// Puts a space into the gaps between words that have none, as after the number of a heading: PDFBox would take what is at the
/// side of a gap for a word of its own direction.
fn space_gaps(line: &mut Line) {
    let mut number = u32::MAX;
    let mut next: Option<(Abs, bool)> = None;
    for run in line.runs.iter_mut().rev() {
        let Some(glyph) = run.font.ttf().glyph_index(' ') else {
            next = run.clusters.first().map(|cluster| (cluster.x, cluster.is_space()));
            continue;
        };
        for at in (0..run.clusters.len()).rev() {
            let (x, end) = (run.clusters[at].x, run.clusters[at].x + run.clusters[at].advance);
            let is_space = run.clusters[at].is_space();
            if let Some((right, false)) = next.filter(|(right, _)| !is_space && *right - end > run.size * GAP) {
                let space = Cluster {
                    place: None,
                    // It is no wider in a line that is filled.
                    purpose: Purpose::Label,
                    text: " ".into(),
                    x: end,
                    advance: right - end,
                    glyphs: smallvec![SetGlyph::new(glyph.0, Abs::zero(), Abs::zero())],
                    logical: number,
                    steered: false,
                };
                number -= 1;
                run.clusters.insert(at + 1, space);
            }
            next = Some((x, is_space));
        }
    }
}

/// The one of two tries that leaves fewer lines.
fn better([first, second]: [Option<Gathered>; 2]) -> Option<Gathered> {
    let lost = |gathered: &Gathered| gathered.1.iter().flatten().count();
    match (first, second) {
        (Some(first), Some(second)) => Some(if lost(&second) < lost(&first) { second } else { first }),
        (first, second) => first.or(second),
    }
}

/// How many glyphs of a line are to be drawn.
fn found_glyphs(line: &FoundLine) -> usize {
    let of = |text: &TextItem| {
        let is_drawn = |glyph: &&typst::text::Glyph| {
            let letters = text.text.get(glyph.range()).unwrap_or_default();
            let unset = letters.chars().all(|c| is_steering(c) || c.is_whitespace());
            !(unset && glyph.x_advance.get().abs() < 1e-6)
        };
        text.glyphs.iter().filter(is_drawn).count()
    };
    line.texts().map(of).sum()
}

fn glyphs(line: &Line) -> usize {
    line.clusters().map(|(_, cluster)| cluster.glyphs.len()).sum()
}

/// Whether the letters of a line stand on the page in the order in which they were gathered. A font may hang a letter over
/// the next one, but not beyond it.
fn is_in_order(line: &Line) -> bool {
    let mut before: Option<&Cluster> = None;
    line.clusters().all(|(run, cluster)| {
        let last = before.replace(cluster);
        let is_past = |last: &Cluster| cluster.x + cluster.advance <= last.x + run.size * 0.05;
        !last.is_some_and(|last| cluster.advance > run.size * 0.05 && cluster.x < last.x && is_past(last))
    })
}

impl Known {
    /// Why a line cannot be written anew.
    fn judge(&mut self, line: &FoundLine) -> Option<Left> {
        for text in line.texts() {
            if !matches!(text.fill, Paint::Solid(_)) {
                return Some(Left::Paint);
            }
            if text.glyphs.iter().any(|glyph| !has_outline(&text.font, glyph.id)) {
                return Some(Left::Glyphs);
            }
            let allowed = self.licences.entry(text.font.clone());
            if !*allowed.or_insert_with(|| check_licence(&text.font).is_ok()) {
                return Some(Left::Licence);
            }
        }
        None
    }
}

/// Whether something in a line runs from right to left.
fn runs_back(line: &FoundLine) -> bool {
    let is_back = |c: char| matches!(bidi::class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    line.texts().any(|text| text.text.chars().any(is_back))
}

/// Whether what is drawn of a glyph is its outline: it is not the one that stands for a missing character, and the font has
/// no picture for it.
fn has_outline(font: &FontInstance, id: u16) -> bool {
    let id = ttf_parser::GlyphId(id);
    let face = font.ttf();
    id.0 != 0
        && !face.is_color_glyph(id)
        && face.glyph_raster_image(id, u16::MAX).is_none()
        && face.glyph_svg_image(id).is_none()
}

/// Elongates the lines of a paragraph that are filled. A line that would not reach the edge then stays as Typst filled it.
fn fill(cell: &mut Cell, left: &[Option<Left>]) {
    let natural = natural_space(cell.lines.last());
    let last = cell.lines.len() - 1;
    let language = cell.language;
    for (at, line) in cell.lines.iter_mut().enumerate() {
        line.space = natural;
        let is_stretched = line
            .spaces()
            .any(|(own, set)| (set - own * natural).to_pt() > STRETCHED);
        line.justified = at < last && left[at].is_none() && is_stretched && is_plain_line(line, language);
    }
    let before = cell.lines.clone();
    elongate(cell);
    for (line, before) in cell.lines.iter_mut().zip(before) {
        if line.short {
            *line = before;
        }
    }
}

/// How wide the spaces of a paragraph are by their width in the font, where nothing stretches them: those of its last line.
fn natural_space(last: Option<&Line>) -> f64 {
    let factors: Vec<f64> = last
        .iter()
        .flat_map(|line| line.spaces())
        .map(|(own, set)| set / own)
        .collect();
    let Some(first) = factors.first() else { return 1.0 };
    let is_even = factors.iter().all(|factor| (factor - first).abs() < 0.001);
    if is_even { first.max(1.0) } else { 1.0 }
}

/// Whether all words of a line are as their fonts set them, by no features and no tracking of the author's.
fn is_plain_line(line: &Line, language: Language) -> bool {
    let plain = |(run, range): (usize, std::ops::Range<usize>)| {
        let run: &Run = &line.runs[run];
        is_plain(run, &run.clusters[range], language)
    };
    words(line).into_iter().all(plain)
}
