//! Gives the lines of a layout that knows no paragraphs, as one read from a PDF, the names that lines of the same words
//! have in another layout.

use rustc_hash::FxHashMap;

use super::by_letters;
use super::by_look::{main_size, name_furniture};
use super::groups;
use super::labels::{find_marks, is_label, is_same_label, number};
use super::name::Name;
use super::note_lines::{NoteNames, is_note, lead_with_label, part_label};
use super::snapshot::{Layout, Line, Mark};
use super::spelling::{self, LOST, Spelling, spelled};
use super::text::{Paragraph, Text, Zone};
use super::word_gaps;

/// Two words that stand in more places than this tell nothing.
const COMMON: usize = 200;
/// What it counts that a line goes on where the last one ended, in pairs of words.
const GOES_ON: f64 = 1.5;
/// What it counts that it starts the paragraph after it.
const COMES_NEXT: f64 = 0.6;

/// What was wrong with the text of a side that was read from a PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Damage {
    /// The words whose letters are lost in part.
    pub(super) lost: usize,
    /// The words that were parted or run together.
    pub(super) parted: usize,
    /// All words.
    pub(super) words: usize,
}

/// A layout with the names that the lines of equal words have in another one, and what had to be mended for it.
pub(super) fn named_after(layout: &Layout, other: &Layout) -> (Layout, Damage) {
    let text = Text::spelled(other, Spelling::of(layout).min(Spelling::of(other)));
    let mut named = layout.clone();
    let words = || layout.lines().flat_map(|(_, line)| line.text.split_whitespace());
    let mut damage = Damage {
        lost: words().filter(|word| word.contains(LOST)).count(),
        words: words().count(),
        parted: 0,
    };
    let is_unreadable = by_letters::is_unreadable(layout);
    if !is_unreadable && groups::name(&mut named, &text) {
        damage.parted = word_gaps::settle(&mut named, &text);
        return (named, damage);
    }
    named.languages.clone_from(&other.languages);
    let main = main_size(layout);
    for page in &mut named.pages {
        let height = page.size.map_or(842.0, |(_, height)| height);
        // Tags that are no help tell no order either.
        let place = |line: &Line| (line.baseline.unwrap_or_default(), line.left.unwrap_or_default());
        page.lines.sort_by(|a, b| {
            let (a, b) = (place(a), place(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        for line in &mut page.lines {
            if !matches!(Name::of(&line.paragraph), Name::Page(_)) {
                line.paragraph.clear();
                line.language.clear();
                line.label.clear();
            }
            find_marks(line);
            if is_note(line, main, height) {
                lead_with_label(line);
                part_label(line);
            }
        }
    }
    // Who tags a file tells what stands round its text: a symbol that recurs on facing pages is none of it.
    if layout.lines().all(|(_, line)| line.paragraph.is_empty()) {
        name_furniture(&mut named);
    }
    if is_unreadable {
        by_letters::name_lines(&mut named, &text, |line, height| is_note(line, main, height));
    } else {
        name_lines(&mut named, &text, |_, _, _| true);
        damage.parted = word_gaps::settle(&mut named, &text);
    }
    (named, damage)
}

/// Names the lines that have no name yet, each by the paragraph that holds its words: one that `may_be` that of a line, given
/// by the page and the place on it.
pub(super) fn name_lines(named: &mut Layout, text: &Text<'_>, may_be: impl Fn(usize, usize, usize) -> bool) {
    let index = Index::new(text);
    let mut cursors: FxHashMap<(Zone, &str), Cursor> = FxHashMap::default();
    let mut notes = NoteNames::default();
    for (number, page) in named.pages.iter_mut().enumerate() {
        let mut last: Option<(usize, Cursor)> = None;
        for at in 0..page.lines.len() {
            let line = &mut page.lines[at];
            let mut words = words(line, text.spelling);
            if !line.paragraph.is_empty() {
                continue;
            }
            let fits = |paragraph: usize| may_be(number, at, paragraph);
            let Some(found) = index.find(line, &words, &cursors, fits) else {
                // Words that are parted, or the rest of one that the line before broke: its letters tell.
                if let Some((before, from)) = last.filter(|(before, _)| before + 1 == at)
                    && fits(from.paragraph)
                    && let Some(word) = goes_on(&page.lines[at], &text.paragraphs[from.paragraph], from.word)
                {
                    let (name, language) = (
                        page.lines[before].paragraph.clone(),
                        page.lines[before].language.clone(),
                    );
                    (page.lines[at].paragraph, page.lines[at].language) = (name, language);
                    let of = &text.paragraphs[from.paragraph];
                    cursors.insert((of.zone, of.language.as_str()), Cursor { word, ..from });
                    last = Some((at, Cursor { word, ..from }));
                }
                continue;
            };
            let paragraph = &text.paragraphs[found.paragraph];
            if find_known_marks(line, &words, paragraph, found.start) {
                words = self::words(line, text.spelling);
            }
            let cursor = settle(line, &words, paragraph, &found);
            cursors.insert((paragraph.zone, paragraph.language.as_str()), cursor);
            if paragraph.zone == Zone::Notes {
                notes.name(line, found.paragraph, paragraph);
            }
            let name = line.paragraph.clone();
            // What stands between two lines of one paragraph belongs to it: words that only this side has.
            if let Some((before, _)) = last.filter(|(_, from)| from.paragraph == found.paragraph) {
                for (between, line) in (before + 1..).zip(&mut page.lines[before + 1..at]) {
                    if line.paragraph.is_empty() && may_be(number, between, found.paragraph) {
                        line.paragraph.clone_from(&name);
                        line.language.clone_from(&paragraph.language);
                    }
                }
            }
            last = Some((at, cursor));
        }
    }
}

/// Where a paragraph goes on after a line, if the letters of the line are those that come after a word or inside it.
fn goes_on(line: &Line, paragraph: &Paragraph, word: usize) -> Option<usize> {
    let own = words(line, Spelling::Seen).concat();
    let own: Vec<char> = spelling::letters(own.chars().enumerate())
        .into_iter()
        .map(|(_, c)| c)
        .collect();
    let rest = paragraph.words.get(word..)?;
    let letters: Vec<(char, usize)> = (rest.iter().enumerate())
        .flat_map(|(at, word)| {
            let letters = spelling::letters(word.text.chars().enumerate()).into_iter();
            letters.map(move |(_, c)| (c, at))
        })
        .take(own.len() + 60)
        .collect();
    let first = letters.iter().filter(|(_, at)| *at == 0).count();
    (0..first).find_map(|start| {
        let equal = own
            .iter()
            .zip(letters.get(start..)?)
            .filter(|(a, (b, _))| *a == b)
            .count();
        let last = letters.get(start + own.len() - 1)?.1;
        (equal * 10 >= own.len() * 9).then_some(word + last + 1)
    })
}

/// Where the text goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    paragraph: usize,
    word: usize,
}

/// Where the words of a line were found.
#[derive(Debug, Clone, Copy)]
struct Found {
    paragraph: usize,
    /// The word of the paragraph that the first word of the line is, if it is one.
    start: isize,
}

/// Where pairs of words stand.
struct Index<'a> {
    text: &'a Text<'a>,
    pairs: FxHashMap<(&'a str, &'a str), Vec<Cursor>>,
    single: FxHashMap<&'a str, Vec<Cursor>>,
}

impl<'a> Index<'a> {
    fn new(text: &'a Text<'a>) -> Self {
        let mut index = Self {
            text,
            pairs: FxHashMap::default(),
            single: FxHashMap::default(),
        };
        for (number, paragraph) in text.paragraphs.iter().enumerate() {
            for (word, pair) in paragraph.words.windows(2).enumerate() {
                let key = (pair[0].text.as_str(), pair[1].text.as_str());
                index.pairs.entry(key).or_default().push(Cursor {
                    paragraph: number,
                    word,
                });
            }
            for (word, content) in paragraph.words.iter().enumerate() {
                index.single.entry(&content.text).or_default().push(Cursor {
                    paragraph: number,
                    word,
                });
            }
        }
        index
    }

    fn find(
        &self,
        line: &Line,
        words: &[String],
        cursors: &FxHashMap<(Zone, &str), Cursor>,
        may_be: impl Fn(usize) -> bool,
    ) -> Option<Found> {
        let mut votes: FxHashMap<(usize, isize), f64> = FxHashMap::default();
        let mut vote = |places: &[Cursor], at: usize, weight: f64| {
            if places.len() <= COMMON {
                for place in places.iter().filter(|place| may_be(place.paragraph)) {
                    *votes
                        .entry((place.paragraph, place.word as isize - at as isize))
                        .or_default() += weight;
                }
            }
        };
        let mut known = false;
        for (at, pair) in words.windows(2).enumerate() {
            if let Some(places) = self.pairs.get(&(pair[0].as_str(), pair[1].as_str())) {
                known = true;
                vote(places, at, 1.0);
            }
        }
        // A line of few words may hold no pair that is known: a label, a note mark or a broken word parts them.
        if words.len() <= 4 || !known {
            for (at, word) in words.iter().enumerate() {
                if let Some(places) = self.single.get(word.as_str()) {
                    vote(places, at, 0.45);
                }
            }
        }
        let mut votes: Vec<((usize, isize), f64)> = votes.into_iter().collect();
        for ((paragraph, start), weight) in &mut votes {
            let of = &self.text.paragraphs[*paragraph];
            let cursor = cursors.get(&(of.zone, of.language.as_str()));
            // Of two columns of the same words, the one that stands where the line does.
            if of
                .lines
                .first()
                .is_some_and(|first| overlaps(self.text.lines[*first].line, line))
            {
                *weight += 0.2;
            }
            // Where the text starts, the first line of a paragraph is the likeliest.
            let Some(cursor) = cursor else {
                *weight += if *start <= 0 { COMES_NEXT / 2.0 } else { 0.0 };
                continue;
            };
            let ended = cursor.word >= of.words.len();
            if *paragraph == cursor.paragraph && (ended || *start <= 0) {
                // What has been read once is not read again, unless nothing else has these words.
                *weight -= COMES_NEXT / 2.0;
            } else if *paragraph == cursor.paragraph && (*start - cursor.word as isize).abs() <= 1 {
                *weight += GOES_ON;
            } else if *start <= 0 && self.is_next(cursor.paragraph, *paragraph) {
                *weight += COMES_NEXT;
            }
        }
        // Of equal texts the next one.
        let ahead = |paragraph: usize| {
            let of = &self.text.paragraphs[paragraph];
            let at = cursors
                .get(&(of.zone, of.language.as_str()))
                .map_or(0, |cursor| cursor.paragraph);
            (paragraph < at, paragraph.abs_diff(at))
        };
        votes.sort_by(|a, b| {
            b.1.total_cmp(&a.1)
                .then_with(|| ahead(a.0.0).cmp(&ahead(b.0.0)))
                .then(a.0.cmp(&b.0))
        });
        let ((paragraph, start), weight) = *votes.first()?;
        let enough = (words.len() as f64 * 0.25).clamp(0.45, 2.5);
        (weight >= enough).then_some(Found { paragraph, start })
    }

    /// Whether a paragraph follows another one in its zone and language.
    fn is_next(&self, before: usize, after: usize) -> bool {
        let of = &self.text.paragraphs[before];
        let like = |p: &Paragraph| p.zone == of.zone && p.language == of.language;
        before < after && !self.text.paragraphs[before + 1..after].iter().any(like)
    }
}

/// Whether two lines stand over each other.
fn overlaps(a: &Line, b: &Line) -> bool {
    match (a.left, a.right, b.left, b.right) {
        (Some(a), Some(z), Some(b), Some(y)) => z.min(y) - a.max(b) > (z - a).min(y - b) * 0.5,
        _ => false,
    }
}

/// The words of a line without the marks of notes.
fn words(line: &Line, spelling: Spelling) -> Vec<String> {
    let mut text = String::new();
    let mut skip = 0;
    let mut marks = line.marks.iter().peekable();
    for (at, c) in line.text.chars().enumerate() {
        if let Some(mark) = marks.next_if(|mark| mark.at == at) {
            skip = mark.text.chars().count();
        }
        if skip > 0 {
            skip -= 1;
        } else {
            text.push(c);
        }
    }
    text.split_whitespace().map(|word| spelled(word, spelling)).collect()
}

/// Tells the label of the first line of a paragraph that is known.
pub(super) fn label_of(line: &mut Line, paragraph: &Paragraph) {
    let told = std::mem::take(&mut line.label);
    let words = words(line, Spelling::Seen);
    let before = |n: &usize| is_same_label(&words[..*n].concat(), &spelled(&paragraph.label, Spelling::Seen));
    let most = words.len().min(4);
    let first = paragraph.words.first().map(|word| spelled(&word.text, Spelling::Seen));
    let starts = |n: &usize| words.get(*n) == first.as_ref() && words[..*n].iter().all(|word| is_label(word));
    let Some(count) = (1..=most).find(before).or_else(|| (0..most).find(starts)) else {
        line.label = told;
        return;
    };
    let mut pieces = line.text.match_indices(|c: char| !c.is_whitespace()).map(|(at, _)| at);
    let mut end = 0;
    for _ in 0..count {
        let start = pieces.find(|at| *at >= end).unwrap_or(end);
        let rest = &line.text[start..];
        end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
    }
    line.label = line.text[..end].to_owned();
}

/// Names a line; tells its label, and whether its last word goes on. Returns where the text goes on.
fn settle(line: &mut Line, words: &[String], paragraph: &Paragraph, found: &Found) -> Cursor {
    line.paragraph = paragraph.name.to_string();
    line.language.clone_from(&paragraph.language);
    let before = usize::try_from(-found.start).unwrap_or(0);
    let first = &words[..before.min(words.len())];
    let is_label = before <= 3 && first.iter().all(|word| is_label(word));
    if before > 0 && (is_label || is_same_label(&first.concat(), &paragraph.label)) {
        line.label = first.join(" ");
        // The label is a beginning of the text, with the spaces that stand in it.
        if !line.text.starts_with(&line.label) {
            line.label.clear();
        }
    } else if let (0, Some(first), Some(word)) = (found.start, words.first(), paragraph.words.first()) {
        // A small figure that stands close to the first word is the label of a note.
        let figures: String = first.chars().take_while(|c| c.is_numeric()).collect();
        if !figures.is_empty() && first[figures.len()..] == word.text && line.text.starts_with(&figures) {
            line.label = figures;
        }
    }
    let next = usize::try_from(found.start + words.len() as isize).unwrap_or(0);
    let mut cursor = Cursor {
        paragraph: found.paragraph,
        word: next,
    };
    if let (Some(last), Some(known)) = (words.last(), next.checked_sub(1).and_then(|at| paragraph.words.get(at))) {
        // A line may break inside of a word, after a slash or a dash, or after a hyphen that the text does not have.
        let stem = last.trim_end_matches(['-', '\u{2010}', '\u{ad}']);
        let breaks = last.ends_with(['/', '-', '–', '—', '\u{2010}', '\u{ad}']);
        if known.text != *last && !stem.is_empty() && known.text.starts_with(stem) && breaks {
            line.joined = true;
            cursor.word = next - 1;
        }
    }
    cursor
}

/// Finds marks where the known text has some and only they part a word from the known one: after a number, or several in a
/// row. Returns whether there are any.
fn find_known_marks(line: &mut Line, words: &[String], paragraph: &Paragraph, start: isize) -> bool {
    let pieces: Vec<&str> = line.text.split_whitespace().collect();
    if !line.marks.is_empty() && pieces.len() != words.len() {
        return false;
    }
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    let mut is_found = false;
    for (number, piece) in line
        .text
        .split(char::is_whitespace)
        .filter(|piece| !piece.is_empty())
        .enumerate()
    {
        let length = piece.chars().count();
        let place = line.text[at..].find(piece).map_or(at, |found| at + found);
        let first = line.text[..place].chars().count();
        at = place + piece.len();
        let own = line
            .marks
            .iter()
            .filter(|mark| (first..first + length).contains(&mark.at));
        let word = usize::try_from(start + number as isize).ok();
        let known = word.and_then(|word| paragraph.words.get(word));
        let is_marked = word.is_some_and(|word| paragraph.marks.iter().any(|(before, _)| *before == word + 1));
        match known.filter(|known| is_marked && words.get(number).is_some_and(|own| *own != known.text)) {
            Some(known) if let Some(found) = marks_beside(piece, &known.text) => {
                marks.extend(found.into_iter().map(|mark| Mark {
                    at: first + mark.at,
                    ..mark
                }));
                is_found = true;
            }
            _ => marks.extend(own.cloned()),
        }
    }
    if is_found {
        line.marks = marks;
    }
    is_found
}

/// The marks in a word: figures and brackets that it has more than the known word, whose letters are all there.
fn marks_beside(piece: &str, known: &str) -> Option<Vec<Mark>> {
    let mut rest = known.chars().peekable();
    let mut marks: Vec<(usize, String)> = Vec::new();
    for (at, c) in piece.chars().enumerate() {
        if rest.next_if_eq(&c).is_some() {
            continue;
        }
        match marks
            .last_mut()
            .filter(|(start, mark)| start + mark.chars().count() == at)
        {
            Some((_, mark)) => mark.push(c),
            None => marks.push((at, c.to_string())),
        }
    }
    if rest.next().is_some() {
        return None;
    }
    let mark = |(at, text): (usize, String)| {
        Some(Mark {
            note: number(&text)?,
            at,
            text,
        })
    };
    marks.into_iter().map(mark).collect()
}
