//! Names for the lines of a layout that has none, made from the look of its pages.

use super::labels::find_marks;
use super::labels::number;
use super::name::Name;
use super::note_lines::is_note;
use super::snapshot::{Layout, Line, Page};

/// A line is indented when it starts so far from where the line before it does, in points.
const INDENT: f64 = 6.0;
/// Heads and feet stand in these parts of the height of a page.
const HEAD: f64 = 0.12;
const FOOT: f64 = 0.9;
/// A head stands at one place of all pages, as nearly as this.
const SAME_PLACE: f64 = 2.0;
/// Lines farther apart than so many usual distances belong to two paragraphs.
const APART: f64 = 1.12;

/// A layout with names made from its own look: paragraphs end where more space or an indent follows; smaller text at the
/// foot of a page are notes, what recurs at the edge of pages are heads and feet.
pub(super) fn named(layout: &Layout) -> Layout {
    let mut named = layout.clone();
    let main = main_size(layout);
    name_furniture(&mut named);
    let (mut paragraphs, mut note) = (0, 0);
    // The last line of the text, and whether a paragraph may go on with the next page.
    let mut open = false;
    for page in &mut named.pages {
        let height = page.size.map_or(842.0, |(_, height)| height);
        let pitch = pitch(&page.lines);
        let is_leftward = is_leftward(&page.lines);
        let mut last: Option<Line> = None;
        for line in page.lines.iter_mut().filter(|line| line.paragraph.is_empty()) {
            find_marks(line);
            if is_note(line, main, height) {
                let label: String = line
                    .text
                    .chars()
                    .take_while(|c| c.is_numeric() || matches!(c, '(' | ')'))
                    .collect();
                if let Some(found) = number(&label) {
                    note = found;
                    line.label = label;
                }
                line.paragraph = if note > 0 {
                    format!("note {note}")
                } else {
                    "page foot".to_owned()
                };
                continue;
            }
            let goes_on = match &last {
                None => open,
                Some(before) => goes_on(before, line, pitch, is_leftward),
            };
            if !goes_on {
                paragraphs += 1;
            }
            line.paragraph = format!("paragraph {paragraphs}");
            last = Some(line.clone());
        }
        // What ends in the middle of a sentence goes on with the next page.
        if let Some(last) = last {
            open = !ends_sentence(&last.text);
        }
    }
    find_labels(&mut named.pages);
    named
}

/// Whether a line belongs to the paragraph of the line before it.
fn goes_on(before: &Line, line: &Line, pitch: f64, is_leftward: bool) -> bool {
    let baseline = |line: &Line| line.baseline.unwrap_or_default();
    let size = |line: &Line| line.fonts.first().map_or(0.0, |(_, size)| *size);
    let start = |line: &Line| {
        if is_leftward {
            -line.right.unwrap_or_default()
        } else {
            line.left.unwrap_or_default()
        }
    };
    let end = |line: &Line| {
        if is_leftward {
            -line.left.unwrap_or_default()
        } else {
            line.right.unwrap_or_default()
        }
    };
    if baseline(line) - baseline(before) > pitch * APART || (size(line) - size(before)).abs() >= 0.5 {
        return false;
    }
    if ends_sentence(&before.text) && label(&line.text, false).is_some() {
        return false;
    }
    // An indent after a line that is not filled, or that ends a sentence.
    let is_indented = start(line) - start(before) > INDENT;
    !is_indented || end(before) > end(line) - INDENT && !ends_sentence(&before.text)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .ends_with(['.', ';', '؛', ':', ',', '،', '؟', '?', '”', '"'])
}

/// Names what recurs at the edge of pages, and the numbers of pages.
pub(super) fn name_furniture(layout: &mut Layout) {
    let bare = |line: &Line| -> String { line.text.chars().filter(|c| !c.is_numeric()).collect() };
    let main = main_size(layout);
    let edge = |page: &Page, line: &Line| {
        let height = page.size.map_or(842.0, |(_, height)| height);
        // One work is cited at the foot of many pages.
        let is_number = bare(line).trim().is_empty();
        let is_labelled = line.text.trim_start_matches('(').starts_with(char::is_numeric);
        if !is_number && is_labelled && is_note(line, main, height) {
            return None;
        }
        let place = line.baseline.unwrap_or_default() / height;
        if place < HEAD {
            Some("page head")
        } else if place > FOOT {
            Some("page foot")
        } else {
            None
        }
    };
    // The place, the text, on how many pages and on which one last.
    let mut seen: Vec<(f64, String, usize, usize)> = Vec::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for line in &page.lines {
            if edge(page, line).is_some() {
                let (text, y) = (bare(line), line.baseline.unwrap_or_default());
                match seen
                    .iter_mut()
                    .find(|(at, t, ..)| (*at - y).abs() < SAME_PLACE && *t == text)
                {
                    Some((.., count, last)) => {
                        *count += usize::from(*last != number);
                        *last = number;
                    }
                    None => seen.push((y, text, 1, number)),
                }
            }
        }
    }
    // One of odd or even pages recurs on a third of all at the least.
    let least = (layout.pages.len() / 3).max(2);
    for page in &mut layout.pages {
        let names: Vec<Option<&str>> = page
            .lines
            .iter()
            .map(|line| {
                let edge = edge(page, line)?;
                let (text, y) = (bare(line), line.baseline.unwrap_or_default());
                let is_same = |(at, t, count, _): &(f64, String, usize, usize)| {
                    (*at - y).abs() < SAME_PLACE && *t == text && *count >= least
                };
                let recurs = seen.iter().any(is_same);
                (recurs || text.trim().is_empty()).then_some(edge)
            })
            .collect();
        for (line, name) in page.lines.iter_mut().zip(names) {
            if let Some(name) = name {
                line.paragraph = name.to_owned();
            }
        }
    }
}

/// Tells the labels of paragraphs that are named.
pub(super) fn find_labels(pages: &mut [Page]) {
    let mut last: Vec<(String, String)> = Vec::new();
    for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
        let key = (line.paragraph.clone(), line.language.clone());
        let is_title = line.paragraph == "title" || matches!(Name::of(&line.paragraph), Name::Page(_));
        if line.paragraph.is_empty() || is_title || last.contains(&key) {
            continue;
        }
        if let Some(found) =
            label(&line.text, Name::of(&line.paragraph).note().is_some()).filter(|_| line.label.is_empty())
        {
            line.label = found;
        }
        last.push(key);
        // Paragraphs are not taken up again after a page or two.
        if last.len() > 200 {
            last.drain(..100);
        }
    }
}

/// The label that a text starts with: `1.`, `٦ -`, `(a)`; the number of a note needs no sign after it.
fn label(text: &str, is_note: bool) -> Option<String> {
    let opened = text.starts_with('(');
    let inner: String = text[usize::from(opened)..]
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let is_number = number(&inner).is_some() && inner.chars().count() <= 3;
    let is_letter = inner.chars().count() <= 4 && inner.chars().all(char::is_alphabetic) && !inner.is_empty();
    let rest = &text[usize::from(opened) + inner.len()..];
    let sign = if rest.starts_with(')') {
        1
    } else if is_number && !opened {
        let spaces = rest.len() - rest.trim_start().len();
        let after = &rest[spaces..];
        match after.chars().next() {
            Some('.') if spaces == 0 => 1,
            Some(dash @ ('-' | '–' | '—')) if after[dash.len_utf8()..].starts_with(' ') => spaces + dash.len_utf8(),
            _ if is_note => 0,
            _ => return None,
        }
    } else {
        return None;
    };
    let is_label = is_number || is_letter && sign == 1 && opened;
    let end = usize::from(opened) + inner.len() + sign;
    let is_end = is_note || text[end..].starts_with(' ');
    (is_label && is_end).then(|| text[..end].to_owned())
}

/// Whether most letters of lines run to the left.
fn is_leftward(lines: &[Line]) -> bool {
    let letters = || {
        lines
            .iter()
            .flat_map(|line| line.text.chars())
            .filter(|c| c.is_alphabetic())
    };
    let leftward = letters().filter(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'));
    leftward.count() * 2 > letters().count()
}

pub(super) fn main_size(layout: &Layout) -> f64 {
    let mut letters: Vec<(f64, usize)> = Vec::new();
    for (_, line) in layout.lines() {
        let Some((_, size)) = line.fonts.first() else { continue };
        match letters.iter_mut().find(|(other, _)| (other - size).abs() < 0.05) {
            Some((_, count)) => *count += line.text.len(),
            None => letters.push((*size, line.text.len())),
        }
    }
    letters
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(12.0, |(size, _)| size)
}

/// The most frequent distance of lines.
fn pitch(lines: &[Line]) -> f64 {
    let mut distances: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| Some(pair[1].baseline? - pair[0].baseline?))
        .filter(|distance| *distance > 4.0)
        .collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 3).copied().unwrap_or(20.0)
}
