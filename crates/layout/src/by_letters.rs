//! Knows the lines of a PDF again whose letters are mostly lost: its fonts do not say what their joined forms are. The
//! letters that are left, and the number of those that are not, are laid along the known text, page by page.

use super::note_lines::NoteNames;
use super::snapshot::{Layout, Line, Mark};
use super::spelling::LOST;
use super::text::{Text, Zone};
use qarar_text::digit;

/// Letters that are known and equal, lost letters over a letter, and what it costs to leave one out.
const EQUAL: i32 = 4;
const OVER: i32 = 1;
const LEFT_OUT: i32 = -1;
const NOT_KNOWN: i32 = -3;
const NEVER: i32 = -1_000_000;
/// As many letters of the known text are searched beyond those of a page.
const AHEAD: usize = 3000;
const BACK: usize = 300;
/// The share of letters that are told and must be equal for a line to be known.
const ENOUGH: f64 = 0.6;

/// The letters of a known text, each with its paragraph and its word.
#[derive(Debug, Default)]
struct Known {
    letters: Vec<char>,
    words: Vec<(usize, usize)>,
}

/// A letter of a line.
#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    line: usize,
    at: usize,
}

/// Whether so many letters are lost that words cannot be known by themselves.
pub(super) fn is_unreadable(layout: &Layout) -> bool {
    let (mut lost, mut words) = (0, 0);
    for (_, line) in layout.lines() {
        for word in line.text.split_whitespace() {
            words += 1;
            lost += usize::from(word.contains(LOST));
        }
    }
    lost * 10 > words
}

/// Names the lines of a layout, and gives them the words that the known text has there.
pub(super) fn name_lines(layout: &mut Layout, text: &Text<'_>, is_note: impl Fn(&Line, f64) -> bool) {
    let (body, notes) = (known(text, Zone::Body), known(text, Zone::Notes));
    let (mut in_body, mut in_notes) = (0_usize, 0_usize);
    let mut names = NoteNames::default();
    let mut is_lost = true;
    for page in &mut layout.pages {
        let height = page.size.map_or(842.0, |(_, height)| height);
        let mut of_body: Vec<usize> = Vec::new();
        let mut of_notes: Vec<Vec<usize>> = Vec::new();
        for (at, line) in page
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.paragraph.is_empty())
        {
            if !is_note(line, height) {
                of_body.push(at);
            } else if line.text.starts_with(char::is_numeric) || of_notes.is_empty() {
                of_notes.push(vec![at]);
            } else if let Some(last) = of_notes.last_mut() {
                last.push(at);
            }
        }
        // The first page may start far in the text, and what comes after one that was not known too.
        let from = in_body.saturating_sub(BACK);
        let ahead = if is_lost { 2 * AHEAD } else { 2 * BACK };
        let named = found(&page.lines, &of_body, &body, (from, ahead), text);
        is_lost = named.len() * 2 < of_body.len();
        for (at, (line, _), end) in named {
            page.lines[at] = line;
            in_body = in_body.max(end);
        }
        // A note may be cited again anywhere.
        for note in of_notes {
            let from = if notes.letters.len() <= 2 * AHEAD {
                0
            } else {
                in_notes.saturating_sub(AHEAD)
            };
            for (at, (mut line, paragraph), end) in found(&page.lines, &note, &notes, (from, 2 * AHEAD), text) {
                names.name(&mut line, paragraph, &text.paragraphs[paragraph]);
                page.lines[at] = line;
                in_notes = end;
            }
        }
    }
}

/// The lines that are known again in a text from a place on: their places, what they are, and where the text goes on.
fn found(
    all: &[Line],
    places: &[usize],
    known: &Known,
    (from, ahead): (usize, usize),
    text: &Text<'_>,
) -> Vec<(usize, (Line, usize), usize)> {
    let lines: Vec<&Line> = places.iter().map(|at| &all[*at]).collect();
    let letters = letters(&lines);
    if letters.is_empty() || from >= known.letters.len() {
        return Vec::new();
    }
    let to = (from + BACK + letters.len() * 3 / 2 + ahead).min(known.letters.len());
    let matched: Vec<Option<usize>> = along(&letters, &known.letters[from..to])
        .into_iter()
        .map(|place| place.map(|at| at + from))
        .collect();
    let end = matched.iter().flatten().max().map_or(from, |last| last + 1);
    let named = named(&lines, &letters, &matched, known, text);
    places
        .iter()
        .zip(named)
        .filter_map(|(at, line)| Some((*at, line?, end)))
        .collect()
}

fn known(text: &Text<'_>, zone: Zone) -> Known {
    let mut known = Known::default();
    let mut order: Vec<usize> = (0..text.paragraphs.len())
        .filter(|n| text.paragraphs[*n].zone == zone)
        .collect();
    order.sort_by_key(|n| (text.paragraphs[*n].note(), *n));
    for number in order {
        for (word, content) in text.paragraphs[number].words.iter().enumerate() {
            for c in content.text.chars().filter_map(plain) {
                known.letters.push(c);
                known.words.push((number, word));
            }
        }
    }
    known
}

fn letters(lines: &[&Line]) -> Vec<Letter> {
    let mut letters = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for (at, c) in line.text.chars().enumerate() {
            let in_mark = line
                .marks
                .iter()
                .any(|m| (m.at..m.at + m.text.chars().count()).contains(&at));
            if let Some(c) = plain(c).filter(|_| !in_mark) {
                letters.push(Letter { c, line: number, at });
            }
        }
    }
    letters
}

/// A letter as letters are compared; `None` for what is no letter.
fn plain(c: char) -> Option<char> {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        ')' => Some('('),
        '\u{64b}'..='\u{65f}' | '\u{640}' => None,
        c if c.is_whitespace() => None,
        c => Some(digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)),
    }
}

/// Lays letters along a known text: for each its place there, if it has one. What comes before and after is free.
fn along(letters: &[Letter], known: &[char]) -> Vec<Option<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Step {
        Both,
        Known,
        Letter,
    }
    let width = known.len() + 1;
    let is_letter: Vec<bool> = known.iter().map(|c| c.is_alphabetic()).collect();
    let mut steps = vec![Step::Known; (letters.len() + 1) * width];
    let (mut above, mut row) = (vec![0_i32; width], vec![0_i32; width]);
    for (i, letter) in letters.iter().enumerate() {
        let is_lost = letter.c == LOST;
        let skip = if is_lost { LEFT_OUT } else { NOT_KNOWN };
        let steps = &mut steps[(i + 1) * width..(i + 2) * width];
        row[0] = above[0] + skip;
        steps[0] = Step::Letter;
        let mut left = row[0];
        for (j, ((known, is_letter), step)) in known.iter().zip(&is_letter).zip(&mut steps[1..]).enumerate() {
            let over = match (is_lost, is_letter) {
                (true, true) => OVER,
                (true, false) => LEFT_OUT * 2,
                _ if *known == letter.c => EQUAL,
                _ => NEVER,
            };
            let (both, beside, up) = (above[j] + over, left + LEFT_OUT, above[j + 1] + skip);
            let best = both.max(beside).max(up);
            left = best;
            row[j + 1] = best;
            *step = if best == both {
                Step::Both
            } else if best == up {
                Step::Letter
            } else {
                Step::Known
            };
        }
        std::mem::swap(&mut above, &mut row);
    }
    let mut places = vec![None; letters.len()];
    let mut j = (0..width)
        .max_by_key(|j| (above[*j], std::cmp::Reverse(*j)))
        .unwrap_or(0);
    let mut i = letters.len();
    while i > 0 {
        match steps[i * width + j] {
            Step::Both => {
                places[i - 1] = Some(j - 1);
                (i, j) = (i - 1, j - 1);
            }
            Step::Letter => i -= 1,
            Step::Known if j == 0 => break,
            Step::Known => j -= 1,
        }
    }
    places
}

/// The lines with names and words, and their paragraphs; `None` for those that are not known.
fn named(
    lines: &[&Line],
    letters: &[Letter],
    matched: &[Option<usize>],
    known: &Known,
    text: &Text<'_>,
) -> Vec<Option<(Line, usize)>> {
    let mut is_known = vec![(0, 0, 0); lines.len()];
    for (letter, place) in letters.iter().zip(matched) {
        let (told, equal, all) = &mut is_known[letter.line];
        *all += usize::from(place.is_some());
        if letter.c != LOST {
            *told += 1;
            *equal += usize::from(place.is_some());
        }
    }
    let is_known = |line: usize| {
        let (told, equal, all) = is_known[line];
        all >= 3 && equal as f64 >= told as f64 * ENOUGH
    };
    // The line of each word that was found, in the order of the text.
    let mut words: Vec<((usize, usize), usize)> = Vec::new();
    for (letter, place) in letters.iter().zip(matched) {
        let Some(place) = place.filter(|_| is_known(letter.line)) else {
            continue;
        };
        let word = known.words[place];
        if words.last().is_none_or(|(last, _)| *last != word) {
            words.push((word, letter.line));
        }
    }
    let homes: Vec<Option<usize>> = (0..lines.len()).map(|line| home(&words, line)).collect();
    // A word that strayed over the end of its paragraph goes back.
    for at in 0..words.len() {
        let ((paragraph, _), line) = words[at];
        if homes[line] != Some(paragraph) {
            let near = [at.checked_sub(1), Some(at + 1)];
            let back = near
                .into_iter()
                .flatten()
                .filter_map(|n| words.get(n))
                .find(|(word, other)| word.0 == paragraph && homes[*other] == Some(paragraph));
            if let Some((_, other)) = back {
                words[at].1 = *other;
            }
        }
    }
    (0..lines.len())
        .map(|line| {
            let paragraph = homes[line]?;
            let own: Vec<usize> = words
                .iter()
                .filter(|((p, _), l)| *p == paragraph && *l == line)
                .map(|((_, word), _)| *word)
                .collect();
            let of_line = letters.iter().zip(matched).filter(|(letter, _)| letter.line == line);
            let places: Vec<(usize, usize)> = of_line
                .filter_map(|(letter, place)| Some((letter.at, known.words[(*place)?])))
                .filter(|(_, (p, _))| *p == paragraph)
                .map(|(at, (_, word))| (at, word))
                .collect();
            Some((
                rewritten(lines[line], &text.paragraphs[paragraph], &own, &places),
                paragraph,
            ))
        })
        .collect()
}

/// The paragraph of most words of a line.
fn home(words: &[((usize, usize), usize)], line: usize) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for ((paragraph, _), _) in words.iter().filter(|(_, other)| *other == line) {
        match counts.iter_mut().find(|(other, _)| other == paragraph) {
            Some((_, count)) => *count += 1,
            None => counts.push((*paragraph, 1)),
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(paragraph, _)| paragraph)
}

/// A line with the words of a paragraph, with its label and its marks.
fn rewritten(line: &Line, paragraph: &super::text::Paragraph, own: &[usize], places: &[(usize, usize)]) -> Line {
    let mut new = Line {
        paragraph: paragraph.name.to_string(),
        language: paragraph.language.clone(),
        marks: Vec::new(),
        ..line.clone()
    };
    let (first, last) = (
        own.iter().min().copied().unwrap_or(0),
        own.iter().max().copied().unwrap_or(0),
    );
    let start = places.first().map_or(0, |(at, _)| *at);
    let before: String = line.text.chars().take(start).collect();
    // A short word may have gone into the letters beside it.
    let has = |word: &usize| own.contains(word) || paragraph.words[*word].text.chars().count() <= 3;
    let before = before.trim();
    let figures: String = line
        .text
        .chars()
        .take_while(|c| c.is_numeric() || matches!(c, '(' | ')'))
        .collect();
    new.label = if first == 0 && paragraph.note().is_some() {
        figures
    } else if first == 0 && super::labels::is_label_text(before) {
        before.to_owned()
    } else {
        String::new()
    };
    let mut text = new.label.clone();
    for word in (first..=last.min(paragraph.words.len().saturating_sub(1))).filter(has) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&paragraph.words[word].text);
        // What looks like a mark in a note is a part of a symbol.
        for mark in line.marks.iter().filter(|_| paragraph.note().is_none()) {
            let after = places
                .iter()
                .filter(|(at, _)| *at < mark.at)
                .map(|(_, word)| *word)
                .next_back();
            if after == Some(word) {
                let at = text.chars().count();
                text.push_str(&mark.text);
                new.marks.push(Mark { at, ..mark.clone() });
            }
        }
    }
    new.text = text;
    new
}
