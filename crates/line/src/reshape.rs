//! Shapes a word again with a tatweel in one of its joints, so that its letters take the forms that the font has for them
//! beside one, and stretches the tatweel to what the line needs.

use std::cell::RefCell;
use std::rc::Rc;

use rustybuzz::{ShapePlan, UnicodeBuffer};
use smallvec::{SmallVec, smallvec};
use typst::layout::Abs;
use typst::text::FontInstance;

use super::joints::{Joint, text_of};
use super::kashida::SHORTEST;
use super::raw::share_advances;
use super::word_cache::WordCache;
use super::{Cluster, Line, Run, SetGlyph};
use qarar_text::Language;
use qarar_text::TATWEEL;

/// Shapes a word with a tatweel in a joint so that it grows by `amount`; `None` when the font has no form for it.
pub(super) fn shape(line: &Line, joint: &Joint, amount: Abs, language: Language) -> Option<Vec<Cluster>> {
    let run = &line.runs[joint.run];
    let language = run.language.unwrap_or(language);
    let word = &run.clusters[joint.first..joint.end];
    let text = text_of(word);
    let glyphs = shape_with_tatweel(run, &text, joint.after, language);
    let tatweel_at = joint.after as u32;
    let length = TATWEEL.len_utf8() as u32;
    let before: Abs = word.iter().map(|cluster| cluster.advance).sum();
    let upright: f64 = glyphs
        .iter()
        .filter(|g| g.cluster != tatweel_at)
        .map(|g| f64::from(g.advance))
        .sum();
    let to_abs = |units: f64| run.size * (units / run.font.units_per_em());
    // The letters may take other forms beside the tatweel, of other widths.
    let stretch = amount + before - to_abs(upright);
    let tatweels = glyphs.iter().filter(|g| g.cluster == tatweel_at).count();
    if tatweels != 1 || stretch < run.size * SHORTEST || glyphs.iter().any(|g| g.id == 0) {
        return None;
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut pending: Option<SetGlyph> = None;
    let mut pen = Abs::zero();
    let mut last_cluster = None;
    for glyph in glyphs.iter() {
        let (x, y) = (to_abs(f64::from(glyph.x)), to_abs(f64::from(glyph.y)));
        if glyph.cluster == tatweel_at {
            run.font.ttf().glyph_bounding_box(ttf_parser::GlyphId(glyph.id))?;
            pending = Some(SetGlyph::tatweel(glyph.id, y, stretch));
            last_cluster = None;
            continue;
        }
        let advance = to_abs(f64::from(glyph.advance));
        if last_cluster == Some(glyph.cluster) {
            let cluster = clusters.last_mut()?;
            cluster.glyphs.push(SetGlyph::new(glyph.id, cluster.advance + x, y));
            cluster.advance += advance;
            pen += advance;
            continue;
        }
        last_cluster = Some(glyph.cluster);
        let source = if glyph.cluster > tatweel_at {
            glyph.cluster - length
        } else {
            glyph.cluster
        };
        let mut cluster = source_cluster(word, &glyphs, source, tatweel_at, length, &text)?;
        cluster.x = pen;
        match pending.take() {
            // The tatweel stands at the left of the letter before it and belongs to it.
            Some(tatweel) => {
                cluster.glyphs = smallvec![tatweel, SetGlyph::new(glyph.id, stretch + x, y)];
                cluster.advance = stretch + advance;
            }
            None => {
                cluster.glyphs = smallvec![SetGlyph::new(glyph.id, x, y)];
                cluster.advance = advance;
            }
        }
        pen += cluster.advance;
        clusters.push(cluster);
    }
    share_advances(&mut clusters);
    pending.is_none().then_some(clusters)
}

/// Whether a font, asked for a word alone, sets it as it is set in its line: by no features that an author asked for, and with
/// no space between its letters. Only such a word can be shaped again with a tatweel.
pub(super) fn is_plain(run: &Run, word: &[Cluster], language: Language) -> bool {
    let language = run.language.unwrap_or(language);
    let shaped = with_shaper(run, language, |shaper, words| {
        words.of(text_of(word), |word| shaper.shape(word))
    });
    let to_abs = |units: i32| run.size * (f64::from(units) / run.font.units_per_em());
    let mut asked: Vec<u16> = shaped
        .iter()
        .filter(|glyph| glyph.advance > 0)
        .map(|glyph| glyph.id)
        .collect();
    let is_wide = |glyph: &&SetGlyph| run.font.x_advance(glyph.id).is_some_and(|advance| advance.get() > 0.0);
    let glyphs = word.iter().flat_map(|cluster| &cluster.glyphs);
    let mut set: Vec<u16> = glyphs.filter(is_wide).map(|glyph| glyph.id).collect();
    asked.sort_unstable();
    set.sort_unstable();
    let width: Abs = word.iter().map(|cluster| cluster.advance).sum();
    let alone: Abs = shaped.iter().map(|glyph| to_abs(glyph.advance)).sum();
    asked == set && (width - alone).abs() < run.size * 0.02
}

/// A glyph as the shaper gives it, in font units.
struct Shaped {
    id: u16,
    cluster: u32,
    advance: i32,
    x: i32,
    y: i32,
}

/// A font that shapes a language. Which of its rules serve a language takes longer to find than to shape a word by them.
struct Shaper {
    font: FontInstance,
    language: Language,
    code: Option<rustybuzz::Language>,
    plan: ShapePlan,
}

thread_local! {
    /// The fonts that were met before, and what each made of words with a tatweel in them.
    static SHAPERS: RefCell<Vec<(Shaper, WordCache<Shaped>)>> = RefCell::default();
}

impl Shaper {
    fn new(font: &FontInstance, language: Language) -> Self {
        // Letters of Urdu and Persian have forms of their own in some fonts.
        let code: Option<rustybuzz::Language> = language.code().parse().ok();
        let (direction, script) = (rustybuzz::Direction::RightToLeft, rustybuzz::script::ARABIC);
        Self {
            font: font.clone(),
            language,
            plan: ShapePlan::new(font.rusty(), direction, Some(script), code.as_ref(), &[]),
            code,
        }
    }

    fn shape(&self, word: &str) -> Rc<[Shaped]> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.set_direction(rustybuzz::Direction::RightToLeft);
        buffer.set_script(rustybuzz::script::ARABIC);
        if let Some(code) = &self.code {
            buffer.set_language(code.clone());
        }
        let output = rustybuzz::shape_with_plan(self.font.rusty(), &self.plan, buffer);
        let pair = |(info, position): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| Shaped {
            id: info.glyph_id as u16,
            cluster: info.cluster,
            advance: position.x_advance,
            x: position.x_offset,
            y: position.y_offset,
        };
        let glyphs = output.glyph_infos().iter().zip(output.glyph_positions());
        glyphs.map(pair).collect()
    }
}

/// The glyphs of a word with a tatweel after a byte of it, from left to right.
fn shape_with_tatweel(run: &Run, text: &str, after: usize, language: Language) -> Rc<[Shaped]> {
    let mut elongated = String::with_capacity(text.len() + TATWEEL.len_utf8());
    elongated.push_str(&text[..after]);
    elongated.push(TATWEEL);
    elongated.push_str(&text[after..]);
    with_shaper(run, language, |shaper, words| {
        words.of(elongated, |word| shaper.shape(word))
    })
}

/// Asks the shaper of a run.
fn with_shaper<T>(run: &Run, language: Language, ask: impl FnOnce(&Shaper, &mut WordCache<Shaped>) -> T) -> T {
    SHAPERS.with_borrow_mut(|shapers| {
        let known = shapers
            .iter()
            .position(|(shaper, _)| shaper.language == language && shaper.font == run.font);
        let at = known.unwrap_or_else(|| {
            shapers.push((Shaper::new(&run.font, language), WordCache::default()));
            shapers.len() - 1
        });
        let (shaper, words) = &mut shapers[at];
        ask(shaper, words)
    })
}

/// The letters of a cluster of the shaped word: from its byte to that of the next cluster in the text.
fn source_cluster(
    word: &[Cluster],
    glyphs: &[Shaped],
    start: u32,
    tatweel: u32,
    length: u32,
    text: &str,
) -> Option<Cluster> {
    let source = |cluster: u32| if cluster > tatweel { cluster - length } else { cluster };
    let next = glyphs.iter().map(|g| source(g.cluster)).filter(|at| *at > start).min();
    let end = next.unwrap_or(text.len() as u32);
    // Where the letters stand in the passage: word clusters are from left to right, the text from right to left.
    let mut at = 0;
    let mut template = None;
    for cluster in word.iter().rev() {
        if at <= start && start < at + cluster.text.len() as u32 {
            template = Some((at, cluster));
        }
        at += cluster.text.len() as u32;
    }
    let (at, cluster) = template?;
    let mut place = cluster.place.clone();
    if let Some(place) = &mut place {
        let base = place.range.0 + (start - at);
        place.range = (base, base + (end - start));
    }
    Some(Cluster {
        place,
        purpose: cluster.purpose,
        text: text.get(start as usize..end as usize)?.into(),
        x: Abs::zero(),
        advance: Abs::zero(),
        glyphs: SmallVec::new(),
        logical: cluster.logical,
        steered: false,
    })
}
