//! Looks at the words of a page: each by itself, then those that meet.

use std::cell::Cell;

use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::Unreadable;
use super::inks::{Ink, Inks};
use super::words::words;
use crate::ink::{self, Care, Colour, FAINT, Letter, Word};
use crate::reader::{FontKind, Glyph, Look, Page, Painted, Tone};

/// Pages of more words are not asked which of them meet.
const MOST_WORDS: usize = 6_000;
/// How many pairs of words that meet are looked at, and how many that are printed over each other are looked for.
const MOST_MEETINGS: usize = 20_000;
const MOST_PAIRS: usize = 200;
/// How many parts of outlines, and of filled shapes, are gone through for a file; for a page the part that falls to it, and
/// not more than for one page.
const PARTS_OF_ALL: usize = 1 << 28;
const PARTS_OF_PAGE: usize = 1 << 24;
/// Words this much larger than those over them are a ground, as a word across the page behind its text.
const LARGE: f64 = 2.5;
/// A word that is printed again so near, in em, is made bold by it, or has a shadow.
const SHADOW: f64 = 0.5;
/// What is painted over text hides it when it covers so much.
const OPAQUE: f64 = 0.9;
/// The part of the box of a letter that must be left by a clip.
const LEFT: f64 = 0.5;
/// Where no outlines are known letters are taken to be so high, in em.
const GUESSED_HEIGHT: f64 = 0.5;

/// A word that cannot be read.
#[derive(Debug)]
pub(super) struct Hit {
    /// Its glyphs.
    pub(super) glyphs: Vec<usize>,
    /// What is wrong with it.
    pub(super) what: Unreadable,
}

/// A glyph with ink.
struct Inked {
    glyph: usize,
    ink: Rect,
    /// Whether its outline is known.
    known: bool,
}

/// A word with ink.
struct Entry {
    glyphs: Vec<usize>,
    word: Word,
    look: Look,
}

/// What cannot be read on a page of a file of so many pages.
pub(super) fn hits(page: &Page, inks: &Inks, pages: usize) -> Vec<Hit> {
    let Some(painted) = page.painted.as_deref() else {
        return Vec::new();
    };
    let mut look = Looker {
        page,
        painted,
        inks,
        left: Cell::new((PARTS_OF_ALL / pages.max(1)).min(PARTS_OF_PAGE)),
        hits: Vec::new(),
        entries: Vec::new(),
    };
    for word in words(page) {
        look.word(word);
    }
    let whole = look.meetings();
    let is_crowded = painted.crowded && !page.glyphs.is_empty();
    if is_crowded || !whole || look.left.get() == 0 || inks.incomplete {
        look.hits.push(Hit {
            glyphs: Vec::new(),
            what: Unreadable::NotJudged,
        });
    }
    look.hits
}

struct Looker<'a> {
    page: &'a Page,
    painted: &'a Painted,
    inks: &'a Inks,
    /// How many parts of paths may still be gone through.
    left: Cell<usize>,
    hits: Vec<Hit>,
    entries: Vec<Entry>,
}

impl Looker<'_> {
    fn hit(&mut self, glyphs: &[usize], what: Unreadable) {
        self.hits.push(Hit {
            glyphs: glyphs.to_vec(),
            what,
        });
    }

    /// Takes from what may be gone through; whether there was as much.
    fn spend(&self, parts: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(parts));
        left >= parts
    }

    fn look_of(&self, glyph: &Glyph) -> Option<&Look> {
        self.painted.looks.get(glyph.look as usize)
    }

    /// Looks at a word by itself.
    fn word(&mut self, word: Vec<usize>) {
        let page = self.page;
        let Some(first) = word.first().map(|at| &page.glyphs[*at]) else {
            return;
        };
        let Some(look) = self.look_of(first).copied() else {
            return;
        };
        let leaves_ink = |glyph: &Glyph| glyph.text.chars().any(ink::leaves_ink);
        if !first.painted {
            if word.iter().any(|at| leaves_ink(&page.glyphs[*at])) {
                self.hit(&word, Unreadable::NotPainted);
            }
            return;
        }
        let mut inked = Vec::new();
        for (place, at) in word.iter().enumerate() {
            let glyph = &page.glyphs[*at];
            let font = &page.fonts[glyph.font];
            let known = self.inks.get(font, glyph.cid);
            let name = || font.name.clone();
            match known {
                // The ink of a letter may be in the glyphs beside it that tell no letters.
                Some(Ink::None) if leaves_ink(glyph) && !self.has_ink_beside(&word, place) => {
                    self.hit(&word, Unreadable::NoInk { font: name() });
                    return;
                }
                Some(Ink::Missing(_)) if leaves_ink(glyph) => {
                    self.hit(&word, Unreadable::NoGlyph { font: name() });
                    return;
                }
                _ => {}
            }
            if let Some(ink) = self.ink(glyph, known) {
                inked.push(Inked {
                    glyph: *at,
                    ink,
                    known: matches!(known, Some(Ink::Outline(..))),
                });
            }
        }
        let letters = word
            .iter()
            .map(|at| &page.glyphs[*at])
            .filter(|glyph| leaves_ink(glyph));
        let size = letters.map(|glyph| self.size(glyph)).fold(f64::MAX, f64::min);
        if size < ink::SMALLEST {
            self.hit(&word, Unreadable::TooSmall { size });
            return;
        }
        if inked.is_empty() {
            return;
        }
        if let Some(what) = self.wrong(&inked) {
            self.hit(&word, what);
            return;
        }
        self.enter(word, &inked, look);
    }

    fn has_ink_beside(&self, word: &[usize], place: usize) -> bool {
        let beside = |at: &usize| {
            let glyph = &self.page.glyphs[*at];
            let ink = self.inks.get(&self.page.fonts[glyph.font], glyph.cid);
            glyph.text.chars().all(|c| !ink::leaves_ink(c)) && matches!(ink, Some(Ink::Outline(..)) | None)
        };
        let before = place.checked_sub(1).and_then(|at| word.get(at));
        before.into_iter().chain(word.get(place + 1)).any(beside)
    }

    /// The box of the ink of a glyph on the page; `None` where there is none, or nothing is known of it.
    fn ink(&self, glyph: &Glyph, known: Option<&Ink>) -> Option<Rect> {
        let font = &self.page.fonts[glyph.font];
        let shape = self.look_of(glyph)?.shape;
        let to_page = Affine::translate(glyph.origin.to_vec2()) * shape;
        let bounds = match known {
            Some(Ink::Outline(bounds, _) | Ink::Missing(bounds)) if !font.is_vertical() => *bounds,
            Some(Ink::None) => return None,
            _ if glyph.text.chars().any(ink::leaves_ink) || glyph.text.is_empty() && known.is_none() => {
                // Where the pen goes is known of every glyph.
                let foot = Rect::from_points(glyph.origin, glyph.end());
                let up = shape * Point::new(0.0, GUESSED_HEIGHT) - Point::ZERO;
                let ink = foot.union(foot + up);
                return (ink.is_finite() && ink.area() > 0.0).then_some(ink);
            }
            _ => return None,
        };
        let ink = to_page.transform_rect_bbox(bounds);
        ink.is_finite().then_some(ink)
    }

    /// What is wrong with a word that has ink.
    fn wrong(&self, inked: &[Inked]) -> Option<Unreadable> {
        let paper = Rect::new(0.0, 0.0, self.page.width, self.page.height);
        let all = inked.iter().map(|letter| letter.ink).reduce(|a, b| a.union(b))?;
        let out = [-all.x0, all.x1 - paper.x1, -all.y0, all.y1 - paper.y1];
        let by = out.into_iter().fold(0.0, f64::max);
        if by > ink::OVER_THE_EDGE {
            return Some(Unreadable::OffPage { by });
        }
        let mut faint = None;
        for letter in inked {
            let look = self.look_of(&self.page.glyphs[letter.glyph])?;
            // Of a guessed box a part may be left though the letter is not.
            let left = letter.ink.intersect(look.clip).area() / letter.ink.area();
            if left <= 0.0 || letter.known && left < LEFT {
                return Some(Unreadable::Clipped);
            }
            let (ground, hidden) = self.around(letter.ink.center(), look.after);
            if hidden {
                return Some(Unreadable::Covered);
            }
            if faint.is_none() {
                faint = ground.and_then(|ground| self::faint(look, ground));
            }
        }
        faint
    }

    /// The size of the letters of a glyph: the smaller one of across and along.
    fn size(&self, glyph: &Glyph) -> f64 {
        let Some(look) = self.look_of(glyph) else {
            return glyph.size;
        };
        let length = |x: f64, y: f64| (look.shape * Point::new(x, y)).to_vec2().hypot();
        if self.page.fonts[glyph.font].kind == FontKind::Type3 {
            // Its glyphs are in a space of their own, of which nothing is known.
            return f64::MAX;
        }
        length(1.0, 0.0).min(length(0.0, 1.0))
    }

    /// The colour behind a point, where it is known, and whether something is painted over it.
    fn around(&self, at: Point, after: usize) -> (Option<Colour>, bool) {
        let mut behind = Some(Colour::WHITE);
        let mut hidden = false;
        for (number, ground) in self.painted.grounds.iter().enumerate() {
            if !self.spend(1) {
                return (None, false);
            }
            if !ground.bounds.contains(at) {
                continue;
            }
            if !self.spend(ground.shape.elements().len()) {
                return (None, false);
            }
            if !ground.holds(at) {
                continue;
            }
            if number >= after {
                hidden |= ground.share >= OPAQUE;
                continue;
            }
            behind = match ground.colour {
                Some(over) if ground.share >= 1.0 => Some(over),
                Some(over) => behind.map(|under| over.on(under, ground.share)),
                None => None,
            };
        }
        if self.painted.crowded {
            (None, false)
        } else {
            (behind, hidden)
        }
    }

    /// Keeps a word for the question which meet.
    fn enter(&mut self, glyphs: Vec<usize>, inked: &[Inked], look: Look) {
        let page = self.page;
        let [a, b, c, d, ..] = look.shape.as_coeffs();
        let upright = b.abs() + c.abs() < 1e-6 * (a.abs() + d.abs());
        let letter = |letter: &Inked| {
            let glyph = &page.glyphs[letter.glyph];
            let (start, end) = (glyph.origin.x, glyph.end().x);
            Letter {
                ink: letter.ink,
                pen: start.min(end)..start.max(end),
                key: letter.glyph,
            }
        };
        let Some(first) = inked.first().map(|letter| &page.glyphs[letter.glyph]) else {
            return;
        };
        let word = Word {
            letters: inked.iter().map(letter).collect(),
            baseline: upright.then_some(first.origin.y),
            size: first.size,
            line: None,
        };
        self.entries.push(Entry { glyphs, word, look });
    }

    /// Looks for words that are printed over each other; whether all were looked at.
    fn meetings(&mut self) -> bool {
        if self.entries.len() > MOST_WORDS {
            return false;
        }
        let entries = std::mem::take(&mut self.entries);
        let words: Vec<Word> = entries.iter().map(|entry| entry.word.clone()).collect();
        let met = Cell::new(0_usize);
        let may_meet = |a: usize, b: usize| {
            met.set(met.get() + 1);
            met.get() <= MOST_MEETINGS && self.left.get() > 0 && self.may_meet(&entries[a], &entries[b])
        };
        let outline = |_: usize, letter: &Letter| self.outline(letter);
        let pairs = ink::overprints(&words, Care::Found, MOST_PAIRS, may_meet, outline);
        for (first, second) in pairs {
            let other = super::words::told(self.page, &entries[first].glyphs);
            self.hit(&entries[second].glyphs, Unreadable::Over { other });
        }
        met.get() <= MOST_MEETINGS
    }

    /// Whether two words may be printed over each other without being meant to.
    fn may_meet(&self, a: &Entry, b: &Entry) -> bool {
        let (small, large) = if a.word.size < b.word.size { (a, b) } else { (b, a) };
        let apart = |a: Option<Tone>, b: Option<Tone>| match (a, b) {
            (Some(Tone::Known(a, share)), Some(Tone::Known(b, other))) => {
                a.on(Colour::WHITE, share).contrast(b.on(Colour::WHITE, other)) >= FAINT
            }
            _ => true,
        };
        if large.word.size > LARGE * small.word.size && apart(a.look.fill, b.look.fill) {
            return false;
        }
        // Letters that are painted again to be bold, or with a shadow.
        let text = |entry: &Entry| {
            entry
                .glyphs
                .iter()
                .map(|at| self.page.glyphs[*at].cid)
                .collect::<Vec<_>>()
        };
        let at = |entry: &Entry| entry.glyphs.first().map(|at| self.page.glyphs[*at].origin);
        let near = at(a)
            .zip(at(b))
            .is_some_and(|(a, b)| a.distance(b) < SHADOW * small.word.size);
        !(near && text(a) == text(b))
    }

    /// The outline of a letter on the page.
    fn outline(&self, letter: &Letter) -> BezPath {
        let glyph = &self.page.glyphs[letter.key];
        let known = self.inks.get(&self.page.fonts[glyph.font], glyph.cid);
        match (known, self.look_of(glyph)) {
            (Some(Ink::Outline(_, path)), Some(look)) => {
                if !self.spend(path.elements().len() + 1) {
                    return BezPath::new();
                }
                Affine::translate(glyph.origin.to_vec2()) * look.shape * &**path
            }
            _ => letter.ink.to_path(0.1),
        }
    }
}

/// What is wrong with a colour on a ground, if it is hard to see.
fn faint(look: &Look, ground: Colour) -> Option<Unreadable> {
    let seen = |tone: Option<Tone>| match tone {
        Some(Tone::Known(colour, share)) => Ok(Some(colour.on(ground, share))),
        Some(Tone::Unknown) => Err(()),
        None => Ok(None),
    };
    let (Ok(fill), Ok(stroke)) = (seen(look.fill), seen(look.stroke)) else {
        return None;
    };
    let tones = fill.into_iter().chain(stroke);
    let colour = tones.max_by(|a, b| a.contrast(ground).total_cmp(&b.contrast(ground)))?;
    (colour.contrast(ground) < FAINT).then_some(Unreadable::Faint { colour, ground })
}
