//! Settles where words end in a PDF that gives them parted or run together, as one does whose producer fills lines by
//! elongation or hyphenates: letters that follow each other in the known text tell where a word ends.

use similar::{Algorithm, DiffOp};

use super::snapshot::{Layout, Line};
use super::spelling;
use super::text::{Paragraph, Text, Zone};

/// Longer paragraphs are not mended.
const MOST_LETTERS: usize = 20_000;

/// A letter of a line.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// The line among those of the paragraph.
    line: usize,
    /// Its place among the characters of the line.
    at: usize,
    c: char,
}

/// A change of the characters of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edit {
    /// A space before a character.
    Insert(usize),
    /// Characters from one to another.
    Delete(usize, usize),
}

/// Settles the words of the lines of all paragraphs that are known; returns how many words were parted or run together.
pub(super) fn settle(layout: &mut Layout, known: &Text<'_>) -> usize {
    let mut lines_of: rustc_hash::FxHashMap<(String, String), Vec<(usize, usize)>> = Default::default();
    for (page, content) in layout.pages.iter().enumerate() {
        for (at, line) in content.lines.iter().enumerate() {
            let key = (line.paragraph.clone(), line.language.clone());
            lines_of.entry(key).or_default().push((page, at));
        }
    }
    let mut mended = 0;
    for paragraph in known.paragraphs.iter().filter(|p| p.zone != Zone::Furniture) {
        let key = (paragraph.name.to_string(), paragraph.language.clone());
        let Some(places) = lines_of.get(&key) else { continue };
        let lines: Vec<&Line> = places
            .iter()
            .map(|(page, at)| &layout.pages[*page].lines[*at])
            .collect();
        let (edits, joined, words) = edits(&lines, paragraph);
        mended += words;
        for (number, (page, at)) in places.iter().enumerate() {
            let line = &mut layout.pages[*page].lines[*at];
            if joined[number] {
                line.joined = true;
            }
            apply(line, &edits[number]);
        }
    }
    mended
}

/// The letters of lines without labels, marks and spaces.
fn letters(lines: &[&Line]) -> Vec<Letter> {
    let mut letters = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let label = line.label.chars().count();
        let in_mark = |at: usize| {
            let mut marks = line.marks.iter();
            marks.any(|m| (m.at..m.at + m.text.chars().count()).contains(&at))
        };
        let told = (line.text.chars().enumerate()).filter(|(at, _)| *at >= label && !in_mark(*at));
        let of_line = spelling::letters(told).into_iter();
        letters.extend(of_line.map(|(at, c)| Letter { line: number, at, c }));
    }
    letters
}

fn edits(lines: &[&Line], paragraph: &Paragraph) -> (Vec<Vec<Edit>>, Vec<bool>, usize) {
    let (mut edits, mut joined, mut words) = (vec![Vec::new(); lines.len()], vec![false; lines.len()], Vec::new());
    let theirs = letters(lines);
    let ours: Vec<(char, usize)> = paragraph
        .words
        .iter()
        .enumerate()
        .flat_map(|(number, word)| {
            let letters = spelling::letters(word.text.chars().enumerate()).into_iter();
            letters.map(move |(_, c)| (c, number))
        })
        .collect();
    if ours.len().max(theirs.len()) > MOST_LETTERS {
        return (edits, joined, 0);
    }
    let a: Vec<char> = ours.iter().map(|(c, _)| *c).collect();
    let b: Vec<char> = theirs.iter().map(|letter| letter.c).collect();
    let mut place: Vec<Option<usize>> = vec![None; theirs.len()];
    for op in similar::capture_diff_slices(Algorithm::Myers, &a, &b) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            (0..len).for_each(|step| place[new_index + step] = Some(old_index + step));
        }
    }
    if place.iter().flatten().count() * 2 < theirs.len() {
        // It is another text of the same name.
        return (edits, joined, 0);
    }
    for at in 0..theirs.len() {
        let Some(here) = place[at] else { continue };
        // A hyphen at the end of a line that the text does not have.
        let ends_line = |at: usize| theirs.get(at + 1).is_some_and(|next| next.line > theirs[at].line);
        let hyphen = theirs.get(at + 1).filter(|next| {
            place[at + 1].is_none() && is_hyphen(next.c) && next.line == theirs[at].line && ends_line(at + 1)
        });
        let next = at + 1 + usize::from(hyphen.is_some());
        if place.get(next).copied().flatten() != Some(here + 1) {
            continue;
        }
        let (last, first) = (theirs[at], theirs[next]);
        let is_boundary = ours[here].1 != ours[here + 1].1;
        if first.line > last.line {
            if !is_boundary {
                joined[last.line] = true;
                if let Some(hyphen) = hyphen {
                    edits[last.line].push(Edit::Delete(hyphen.at, hyphen.at + 1));
                }
            }
            continue;
        }
        let spaces: Vec<usize> = (lines[first.line].text.chars().enumerate())
            .filter(|(at, c)| (last.at + 1..first.at).contains(at) && c.is_whitespace())
            .map(|(at, _)| at)
            .collect();
        if is_boundary && spaces.is_empty() {
            edits[first.line].push(Edit::Insert(first.at));
            words.extend([ours[here].1, ours[here + 1].1]);
        } else if !is_boundary && !spaces.is_empty() {
            edits[first.line].extend(spaces.iter().map(|at| Edit::Delete(*at, at + 1)));
            words.push(ours[here].1);
        }
    }
    words.sort_unstable();
    words.dedup();
    (edits, joined, words.len())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

fn apply(line: &mut Line, edits: &[Edit]) {
    let mut sorted = edits.to_vec();
    let place = |edit: &Edit| match edit {
        Edit::Insert(at) | Edit::Delete(at, _) => *at,
    };
    sorted.sort_by_key(|edit| std::cmp::Reverse(place(edit)));
    let mut letters: Vec<char> = line.text.chars().collect();
    for edit in sorted {
        match edit {
            Edit::Insert(at) => {
                letters.insert(at, ' ');
                line.marks
                    .iter_mut()
                    .filter(|mark| mark.at >= at)
                    .for_each(|mark| mark.at += 1);
            }
            Edit::Delete(from, to) => {
                letters.drain(from..to);
                let after = |mark: &&mut super::snapshot::Mark| mark.at >= to;
                line.marks
                    .iter_mut()
                    .filter(after)
                    .for_each(|mark| mark.at -= to - from);
            }
        }
    }
    line.text = letters.into_iter().collect();
}
