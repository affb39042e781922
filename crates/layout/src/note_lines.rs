//! The lines of notes of a PDF: how they are known, where their numbers stand, and what they are called.

use rustc_hash::{FxHashMap, FxHashSet};

use super::labels::number;
use super::name::Name;
use super::snapshot::Line;
use super::spelling::LOST;
use super::text::Paragraph;

/// The names of notes: by their own numbers, since words that are cited twice tell nothing.
#[derive(Debug, Default)]
pub(super) struct NoteNames {
    of: FxHashMap<usize, String>,
    taken: FxHashSet<String>,
}

impl NoteNames {
    /// Names a line of the note that a known text has the number of.
    pub(super) fn name(&mut self, line: &mut Line, known: usize, paragraph: &Paragraph) {
        let own = number(line.label.trim_matches(['.', '-', ' '])).filter(|_| !line.label.is_empty());
        if let Some(own) = own {
            // Where every page counts its notes anew, a number tells nothing.
            let name = Name::Note(own).to_string();
            let name = if self.taken.insert(name.clone()) {
                name
            } else {
                paragraph.name.to_string()
            };
            self.of.insert(known, name);
        }
        if let Some(name) = self.of.get(&known) {
            line.paragraph.clone_from(name);
        }
    }
}

/// Whether a line looks like one of a note: smaller than the text, and in the lower half of the page.
pub(super) fn is_note(line: &Line, main: f64, height: f64) -> bool {
    let size = line.fonts.first().map_or(main, |(_, size)| *size);
    size < main * 0.93 && line.baseline.unwrap_or_default() > height * 0.5
}

/// A note that starts with a Western symbol may be told with its number behind that, where it stands at the right.
pub(super) fn lead_with_label(line: &mut Line) {
    let is_number = |word: &str| word.chars().count() <= 3 && number(word).is_some();
    if !line.marks.is_empty() || line.text.split_whitespace().next().is_some_and(is_number) {
        return;
    }
    let is_western = |c: char| c.is_ascii() || !c.is_alphabetic();
    let end = line.text.find(|c| !is_western(c)).unwrap_or(line.text.len());
    let run = line.text[..end].trim_end();
    let Some((before, last)) = run.rsplit_once(' ') else {
        return;
    };
    let bare = last.trim_end_matches('.');
    if is_number(bare) && before.contains('/') {
        let rest = [&last[bare.len()..], &line.text[run.len()..]].concat();
        line.text = format!("{bare} {before}{rest}");
    }
}

/// The raised number of a note may stand close to its first word.
pub(super) fn part_label(line: &mut Line) {
    let figures: String = line.text.chars().take_while(|c| c.is_numeric()).collect();
    let first = line.text[figures.len()..].chars().next();
    let starts_word = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() || c == LOST);
    if starts_word && (1..=3).contains(&figures.chars().count()) {
        line.text.insert(figures.len(), ' ');
        line.marks.iter_mut().for_each(|mark| mark.at += 1);
    }
}
