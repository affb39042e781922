//! Kashida: a justified Arabic line is filled by elongating joints between letters, and only then by its spaces.
//!
//! Typst has put all stretch of a line into its spaces. It is taken back from them, as far as it goes, and given to one
//! joint a word: where to elongate, and with which priority, comes from `raqim-kashida`, which carries the rules of the
//! naskh hand as patterns. The word is then shaped again with a tatweel in the joint, so that the forms are the font's
//! own, and the tatweel is stretched to what the line needs. It is ink only: it never enters the text.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use kashida::{PatternSet, builtin_pattern_set, find_kashida_points};
use rustc_hash::FxHashMap;
use rustybuzz::{ShapePlan, UnicodeBuffer};
use smallvec::{SmallVec, smallvec};
use typst::layout::Abs;
use typst::text::FontInstance;
use unicode_segmentation::UnicodeSegmentation;

use super::gather::share_advances;
use super::{Cell, Cluster, Line, Run, SetGlyph};
use crate::locale::{Language, Script};

/// The tatweel, which is shaped and never written.
const TATWEEL: char = '\u{640}';

/// The longest elongation that is wanted, in em of the run.
const LONG: f64 = 0.45;
/// The longest elongation that is taken when the spaces alone would grow over [`WIDEST`].
const LONGEST: f64 = 1.1;
/// The shortest elongation: less would look like a fault of the letter.
const SHORTEST: f64 = 0.06;
/// Spaces are left alone when they are stretched by no more than this part of their natural width: naskh prefers
/// moderate spaces where little is missing.
const MODERATE: f64 = 0.12;
/// The widest space that is wanted, by its natural width.
const WIDEST: f64 = 1.5;
/// Widths that differ by less are one width.
const HAIR: Abs = Abs::raw(0.002);
/// Two elongations in lines that follow each other stand on one column when they are nearer than this, in em.
const COLUMN: f64 = 0.6;

/// Elongates the lines of a cell.
pub fn elongate(cell: &mut Cell) {
    if cell.language.script() != Script::Arabic {
        return;
    }
    let Some(patterns) = patterns() else { return };
    let language = cell.language;
    let mut above: Vec<Abs> = Vec::new();
    for line in &mut cell.lines {
        above = if line.justified {
            fill(line, patterns, language, &above)
        } else {
            Vec::new()
        };
    }
}

/// The joints of the naskh hand and their priorities.
pub(super) fn patterns() -> Option<&'static PatternSet> {
    builtin_pattern_set("arabic-naskh")
}

/// A joint that may be elongated.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    /// The run and the clusters of the word, from left to right.
    run: usize,
    first: usize,
    end: usize,
    /// The byte of the word's text after which the tatweel goes.
    pub(super) after: usize,
    /// 0 to 9, the higher the better.
    pub(super) priority: u8,
    /// Where it stands, from the left edge of the cell.
    pub(super) x: Abs,
}

impl Joint {
    fn is_same(&self, other: &Self) -> bool {
        (self.run, self.first, self.after) == (other.run, other.first, other.after)
    }
}

/// Fills a line; answers where its elongations stand.
fn fill(line: &mut Line, patterns: &PatternSet, language: Language, above: &[Abs]) -> Vec<Abs> {
    let Some(spaces) = Spaces::of(line) else {
        return Vec::new();
    };
    if spaces.excess <= spaces.natural * MODERATE {
        return Vec::new();
    }
    let size = line.runs.iter().map(|run| run.size).fold(Abs::zero(), Abs::max);
    let mut words = joints(line, patterns);
    loop {
        let chosen = choose(&words, above, size, spaces.excess);
        let amount = amount(&spaces, chosen.len(), size);
        let lacks = spaces.excess - amount * chosen.len() as f64 - spaces.natural * (WIDEST - 1.0);
        if lacks > size || chosen.is_empty() {
            // What falls so short is set as a last line is.
            if lacks > HAIR {
                leave_short(line, &spaces, if lacks > size { 1.0 } else { WIDEST });
            }
            return Vec::new();
        }
        let (mut shaped, mut refused) = (Vec::new(), Vec::new());
        for joint in chosen {
            match shape(line, &joint, amount, language) {
                Some(clusters) => shaped.push((joint, clusters)),
                None => refused.push(joint),
            }
        }
        if refused.is_empty() {
            let done = shaped.iter().map(|(joint, _)| joint.x).collect();
            replace(line, shaped);
            if lacks > HAIR {
                leave_short(line, &spaces, WIDEST);
            } else {
                settle(line, &spaces);
            }
            return done;
        }
        // Where the font has no form for an elongation, another joint takes its share.
        for joints in &mut words {
            joints.retain(|joint| !refused.iter().any(|other| other.is_same(joint)));
        }
        words.retain(|joints| !joints.is_empty());
    }
}

/// The spaces of a line.
struct Spaces {
    /// Their natural widths together.
    natural: Abs,
    /// What justification added.
    excess: Abs,
    /// The left and right edge of the line, which stay.
    left: Abs,
    right: Abs,
}

impl Spaces {
    fn of(line: &Line) -> Option<Self> {
        let natural: Abs = line.spaces().map(|(natural, _)| natural * line.space).sum();
        let wide: Abs = line.spaces().map(|(_, set)| set).sum();
        let left = line.runs.first()?.left();
        let right = line.runs.last()?.right();
        (natural > Abs::zero()).then(|| Self {
            natural,
            excess: wide - natural,
            left,
            right,
        })
    }
}

/// How much each of `count` joints gets: all, as far as the longest goes; beyond that, enough to keep the spaces from
/// growing too wide.
fn amount(spaces: &Spaces, count: usize, size: Abs) -> Abs {
    let count = count.max(1) as f64;
    let even = spaces.excess / count;
    let needed = (spaces.excess - spaces.natural * (WIDEST - 1.0)) / count;
    even.min((size * LONG).max(needed)).min(size * LONGEST)
}

/// The joints of every word, the best first; words without a joint are left out.
fn joints(line: &Line, patterns: &PatternSet) -> Vec<Vec<Joint>> {
    words(line)
        .into_iter()
        .map(|(run, range)| word_joints(&line.runs[run], run, range, patterns))
        .filter(|joints| !joints.is_empty())
        .collect()
}

/// The Arabic words of a line: the run, and the clusters in it. A word that is set in two runs cannot be shaped as one
/// and is left out, as are words in a font without a tatweel.
pub(super) fn words(line: &Line) -> Vec<(usize, Range<usize>)> {
    let is_letter = |cluster: &Cluster| cluster.text.chars().all(is_arabic_letter);
    let mut words = Vec::new();
    for (index, run) in line.runs.iter().enumerate() {
        if !run.is_rtl() || run.font.ttf().glyph_index(TATWEEL).is_none() {
            continue;
        }
        let touched = |other: Option<&Cluster>| other.is_some_and(is_letter);
        let left = index.checked_sub(1).and_then(|left| line.runs[left].clusters.last());
        let right = line.runs.get(index + 1).and_then(|right| right.clusters.first());
        let mut first = 0;
        while first < run.clusters.len() {
            let length = run.clusters[first..]
                .iter()
                .take_while(|cluster| is_letter(cluster))
                .count();
            let end = first + length;
            let split = (first == 0 && touched(left)) || (end == run.clusters.len() && touched(right));
            if length > 0 && !split {
                words.push((index, first..end));
            }
            first = end.max(first + 1);
        }
    }
    words
}

/// Letters and marks of the Arabic script, and the joiners that steer their forms; digits, stops and a tatweel that an
/// author typed are none.
fn is_arabic_letter(c: char) -> bool {
    use unicode_bidi::{BidiClass, bidi_class};
    matches!(c, '\u{200c}' | '\u{200d}') || (c != TATWEEL && matches!(bidi_class(c), BidiClass::AL | BidiClass::NSM))
}

pub(super) fn word_joints(run: &Run, index: usize, range: Range<usize>, patterns: &PatternSet) -> Vec<Joint> {
    let clusters = &run.clusters[range.clone()];
    let joint = |(after, priority)| {
        let x = edge(clusters, after)?;
        Some(Joint {
            run: index,
            first: range.start,
            end: range.end,
            after,
            priority,
            x,
        })
    };
    known_places(text_of(clusters), patterns)
        .iter()
        .copied()
        .filter_map(joint)
        .collect()
}

/// How many words a thread remembers the joints of; then it begins anew, so that a corpus takes no more memory.
const REMEMBERED: usize = 8192;

/// The joints of a word: the bytes after which a tatweel may go, each with its priority.
type Places = Rc<[(usize, u8)]>;

thread_local! {
    /// The joints of words that were met before: the words of an official text come again and again.
    static PLACES: RefCell<FxHashMap<String, Places>> = RefCell::default();
}

/// What [`places`] says of a word, remembered.
fn known_places(word: String, patterns: &PatternSet) -> Places {
    PLACES.with_borrow_mut(|known| {
        if let Some(places) = known.get(&word) {
            return Rc::clone(places);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let found: Places = places(&word, patterns).into();
        known.insert(word, Rc::clone(&found));
        found
    })
}

/// Where a word may be elongated: the bytes after which a tatweel may go, each with its priority, the best first.
fn places(word: &str, patterns: &PatternSet) -> Vec<(usize, u8)> {
    let graphemes: Vec<(usize, &str)> = word.grapheme_indices(true).collect();
    if graphemes.len() < 3 {
        return Vec::new();
    }
    let (cleaned, points) = find_kashida_points(word, patterns, false);
    if cleaned != word {
        return Vec::new();
    }
    let place = |point: kashida::KashidaPoint| {
        let (start, letter) = graphemes.get(point.index as usize)?;
        let (_, next) = graphemes.get(point.index as usize + 1)?;
        (!is_lam_alef(letter, next)).then(|| (start + letter.len(), point.priority))
    };
    let mut places: Vec<(usize, u8)> = points.into_iter().filter_map(place).collect();
    places.sort_by(|(after, priority), (other, less)| less.cmp(priority).then(other.cmp(after)));
    places
}

/// Lam and alef are one form that no elongation parts.
fn is_lam_alef(letter: &str, next: &str) -> bool {
    letter.starts_with('ل') && next.starts_with(['ا', 'أ', 'إ', 'آ', 'ٱ'])
}

/// The text of clusters of a right-to-left word, which stand from left to right.
pub(super) fn text_of(clusters: &[Cluster]) -> String {
    clusters.iter().rev().map(|cluster| cluster.text.as_str()).collect()
}

/// The left edge of the cluster that ends at a byte of the word; `None` when the byte is inside of a cluster.
fn edge(clusters: &[Cluster], after: usize) -> Option<Abs> {
    let mut at = 0;
    for cluster in clusters.iter().rev() {
        at += cluster.text.len();
        if at >= after {
            return (at == after).then_some(cluster.x);
        }
    }
    None
}

/// Chooses the joint of each word, and the words: those of the best joints, as many as give elongations that can be
/// seen, none under one of the line above when the word has another or the line has enough.
fn choose(words: &[Vec<Joint>], above: &[Abs], size: Abs, excess: Abs) -> Vec<Joint> {
    let stands_under = |joint: &Joint| above.iter().any(|x| (*x - joint.x).abs() < size * COLUMN);
    let mut chosen: Vec<(bool, Joint)> = Vec::new();
    for joints in words {
        // A joint under another one may be left for one that is little worse.
        let free = joints
            .iter()
            .find(|joint| !stands_under(joint) && joint.priority + 2 >= joints[0].priority);
        match free {
            Some(joint) => chosen.push((false, joint.clone())),
            None => chosen.extend(joints.first().map(|joint| (true, joint.clone()))),
        }
    }
    let wanted = (excess / (size * LONG * 0.55)).ceil().max(1.0) as usize;
    let most = (excess / (size * SHORTEST)).floor().max(1.0) as usize;
    let wanted = wanted.min(most).min(chosen.len());
    // The better joints first; of equal ones, those that spread over the line.
    chosen.sort_by(|(under, a), (other, b)| {
        under
            .cmp(other)
            .then(b.priority.cmp(&a.priority))
            .then(a.x.to_raw().total_cmp(&b.x.to_raw()))
    });
    let mut joints = spread(&chosen, wanted);
    joints.sort_by(|a, b| a.run.cmp(&b.run).then(a.first.cmp(&b.first)));
    joints
}

/// Takes `wanted` of the joints, which are sorted from good to bad: whole classes while they fit, and of the class that
/// does not, every n-th. A joint under another one is of a class below all that are not.
fn spread(joints: &[(bool, Joint)], wanted: usize) -> Vec<Joint> {
    let class_of = |(under, joint): &(bool, Joint)| (*under, std::cmp::Reverse(joint.priority));
    let mut taken = Vec::with_capacity(wanted);
    for class in joints.chunk_by(|a, b| class_of(a) == class_of(b)) {
        let open = wanted - taken.len();
        if class.len() <= open {
            taken.extend(class.iter().map(|(_, joint)| joint.clone()));
            continue;
        }
        taken.extend((0..open).map(|n| class[n * class.len() / open].1.clone()));
        break;
    }
    taken
}

/// Shapes a word with a tatweel in a joint so that it grows by `amount`; `None` when the font has no form for it.
fn shape(line: &Line, joint: &Joint, amount: Abs, language: Language) -> Option<Vec<Cluster>> {
    let run = &line.runs[joint.run];
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
    if tatweels != 1 || stretch < run.size * (SHORTEST / 2.0) || glyphs.iter().any(|g| g.id == 0) {
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

/// A glyph as the shaper gives it, in font units.
struct Shaped {
    id: u16,
    cluster: u32,
    advance: i32,
    x: i32,
    y: i32,
}

/// What a thread remembers of a font that shapes a language. Which rules serve a language takes longer to find than to
/// shape a word by them, and the words of an official text come again and again.
struct Hand {
    font: FontInstance,
    language: Language,
    code: Option<rustybuzz::Language>,
    plan: ShapePlan,
    /// Words with a tatweel in them, by their letters.
    words: FxHashMap<String, Rc<[Shaped]>>,
}

thread_local! {
    static HANDS: RefCell<Vec<Hand>> = RefCell::default();
}

impl Hand {
    fn new(font: &FontInstance, language: Language) -> Self {
        // Letters of Urdu and Persian have forms of their own in some fonts.
        let code: Option<rustybuzz::Language> = language.code().parse().ok();
        let (direction, script) = (rustybuzz::Direction::RightToLeft, rustybuzz::script::ARABIC);
        Self {
            font: font.clone(),
            language,
            plan: ShapePlan::new(font.rusty(), direction, Some(script), code.as_ref(), &[]),
            code,
            words: FxHashMap::default(),
        }
    }

    fn word(&mut self, word: String) -> Rc<[Shaped]> {
        if let Some(known) = self.words.get(&word) {
            return Rc::clone(known);
        }
        if self.words.len() >= REMEMBERED {
            self.words.clear();
        }
        let shaped = self.shape(&word);
        self.words.insert(word, Rc::clone(&shaped));
        shaped
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
    HANDS.with_borrow_mut(|hands| {
        let known = hands
            .iter()
            .position(|hand| hand.language == language && hand.font == run.font);
        let at = known.unwrap_or_else(|| {
            hands.push(Hand::new(&run.font, language));
            hands.len() - 1
        });
        hands[at].word(elongated)
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
    })
}

/// Puts elongated words into the line. The last word first, so that the places of the others stay.
fn replace(line: &mut Line, mut words: Vec<(Joint, Vec<Cluster>)>) {
    words.sort_by_key(|(joint, _)| std::cmp::Reverse((joint.run, joint.first)));
    for (joint, mut clusters) in words {
        let run = &mut line.runs[joint.run];
        let left = run.clusters[joint.first].x;
        let before: Abs = run.clusters[joint.first..joint.end].iter().map(|c| c.advance).sum();
        let after: Abs = clusters.iter().map(|c| c.advance).sum();
        for cluster in &mut clusters {
            cluster.x += left;
        }
        for cluster in &mut run.clusters[joint.end..] {
            cluster.x += after - before;
        }
        run.clusters.splice(joint.first..joint.end, clusters);
        for later in &mut line.runs[joint.run + 1..] {
            for cluster in &mut later.clusters {
                cluster.x += after - before;
            }
        }
    }
}

/// Gives the spaces what is left, so that the line keeps its edges.
fn settle(line: &mut Line, spaces: &Spaces) {
    let Some(right) = line.runs.last().map(Run::right) else {
        return;
    };
    let grown = right - spaces.right;
    let width = width_of_spaces(line);
    if width <= Abs::zero() {
        return;
    }
    scale_spaces(line, (width - grown) / width);
    debug_assert!((line.runs.last().map_or(spaces.right, Run::right) - spaces.right).abs() < Abs::pt(0.01));
    debug_assert!((line.runs.first().map_or(spaces.left, Run::left) - spaces.left).abs() < Abs::pt(0.01));
}

/// The last resort: a line that would have wider spaces than [`WIDEST`], however long its elongations, ends before the
/// edge. Its spaces are `factor` of their natural width.
fn leave_short(line: &mut Line, spaces: &Spaces, factor: f64) {
    let width = width_of_spaces(line);
    if width <= Abs::zero() {
        return;
    }
    scale_spaces(line, spaces.natural * factor / width);
    let right = line.runs.last().map_or(spaces.right, Run::right);
    for cluster in line.runs.iter_mut().flat_map(|run| &mut run.clusters) {
        cluster.x += spaces.right - right;
    }
    line.justified = false;
    line.short = true;
}

fn width_of_spaces(line: &Line) -> Abs {
    let spaces = line.clusters().filter(|(_, cluster)| cluster.is_space());
    spaces.map(|(_, cluster)| cluster.advance).sum()
}

/// Scales the spaces of a line, whose left edge stays.
fn scale_spaces(line: &mut Line, factor: f64) {
    let mut shift = Abs::zero();
    for run in &mut line.runs {
        for cluster in &mut run.clusters {
            cluster.x += shift;
            if cluster.is_space() {
                let new = cluster.advance * factor;
                shift += new - cluster.advance;
                cluster.advance = new;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of tests/line/joints.tsv: a word, and the word with a digit, its priority, in every place where it may
    /// be elongated. What fails here is a line that is elongated where no hand would do it.
    #[test]
    fn joints_are_those_of_the_naskh_hand() {
        let patterns = patterns().expect("the built-in patterns");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/line/joints.tsv");
        let cases = std::fs::read_to_string(path).expect("tests/line/joints.tsv");
        let mut faults = Vec::new();
        for case in cases.lines().filter(|case| !case.is_empty() && !case.starts_with('#')) {
            let (word, expected) = case.split_once('\t').expect("two fields");
            let mut found = word.to_owned();
            let mut places = places(word, patterns);
            places.sort_unstable();
            for (after, priority) in places.into_iter().rev() {
                found.insert_str(after, &priority.to_string());
            }
            if found != expected {
                faults.push(format!("expected {expected}, found {found}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
