//! The words of a page as its glyphs are drawn: those that stand beside each other, whatever is printed over them.

use crate::locale::Direction;
use crate::reader::{Glyph, Page, lines_of};

/// A gap of this part of an em parts two words.
const SPACE: f64 = 0.15;
/// Baselines closer than this part of an em are one.
const SAME_BASELINE: f64 = 0.12;
/// Longer words are looked at in parts.
const MOST_GLYPHS: usize = 64;
/// How many characters are told of a word.
const TOLD: usize = 40;

/// The words of a page, each the places of its glyphs.
pub(super) fn words(page: &Page) -> Vec<Vec<usize>> {
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut goes_on = false;
    for (at, glyph) in page.glyphs.iter().enumerate() {
        if !glyph.text.is_empty() && glyph.text.chars().all(char::is_whitespace) {
            goes_on = false;
            continue;
        }
        match words.last_mut() {
            Some(word) if goes_on && word.len() < MOST_GLYPHS && joins(page, word, glyph) => word.push(at),
            _ => words.push(vec![at]),
        }
        goes_on = true;
    }
    words
}

/// Whether a glyph stands beside those of a word that were drawn before it.
fn joins(page: &Page, word: &[usize], glyph: &Glyph) -> bool {
    let Some(last) = word.last().map(|at| &page.glyphs[*at]) else {
        return true;
    };
    let size = last.size.max(glyph.size);
    if glyph.painted != last.painted {
        return false;
    }
    let along = last.advance.hypot();
    // A mark on a letter has no advance of its own.
    let (along, width) = if along > 0.0 {
        (last.advance / along, along)
    } else {
        (kurbo::Vec2::new(1.0, 0.0), 0.0)
    };
    let way = glyph.origin - last.origin;
    let (forth, across) = (way.dot(along), way.cross(along));
    if across.abs() > SAME_BASELINE * size && glyph.string != last.string {
        return false;
    }
    let own = glyph.advance.hypot();
    // The glyph stands after the last one, or before it; glyphs of one string may be kerned far into each other.
    let gap = (forth - width).abs().min((forth + own).abs());
    gap <= SPACE * size || glyph.string == last.string && forth.abs() < size
}

/// A word as it is told: its letters in the order in which they are read.
pub(super) fn told(page: &Page, word: &[usize]) -> String {
    let mut glyphs = word.to_vec();
    glyphs.sort_unstable();
    let lines = lines_of(page, &glyphs);
    let text = lines
        .iter()
        .map(|line| line.logical_in(line.direction.unwrap_or(Direction::LeftToRight)));
    let text: Vec<String> = text.filter(|text| !text.is_empty()).collect();
    let text = text.join(" ");
    let mut told: String = text.chars().take(TOLD).collect();
    if told.len() < text.len() {
        told.push('…');
    }
    told
}
