//! Forced breaks: the lines and pages of an official edition, told with the text of its paragraphs.

use crate::kind::LinePlace;
use crate::layout::Name;
use crate::locale::Language;
use crate::model::{
    Breaks, Expected, Expression, LineStarts, Official, Place, Reference, ReferenceError, Work, block_names, inked,
    is_inked, passages,
};

/// The breaks that are forced upon the text of one language.
#[derive(Debug, Clone)]
pub struct Forced {
    /// The language.
    pub language: Language,
    /// What the official edition has.
    pub official: Official,
    /// The line starts that are forced in each block.
    pub(super) blocks: Vec<LineStarts>,
    /// The line starts that are forced in each note.
    pub(super) notes: Vec<LineStarts>,
}

impl Forced {
    /// What is forced upon the leading language of a work; `None` when nothing is.
    ///
    /// # Errors
    /// A reference that is not the text.
    pub fn of(work: &Work, breaks: Breaks) -> Result<Option<Self>, ReferenceError> {
        let (Some(expression), true) = (work.expressions.first(), breaks != Breaks::Natural) else {
            return Ok(None);
        };
        let Some(official) = official_layout(work)? else {
            return Ok(None);
        };
        let mut forced = Self {
            language: expression.language,
            official,
            blocks: Vec::new(),
            notes: Vec::new(),
        };
        match breaks {
            Breaks::Natural => return Ok(None),
            Breaks::Lines => {
                forced.blocks.clone_from(&forced.official.blocks);
                forced.notes.clone_from(&forced.official.notes);
            }
            Breaks::Pages => {
                forced.blocks = vec![Vec::new(); expression.blocks.len()];
                for start in forced.official.pages.iter().filter(|start| start.letters > 0) {
                    forced.blocks[start.block].push(start.letters);
                }
            }
        }
        Ok(Some(forced))
    }
}

/// The official layout of the leading language of a work; `None` for a work without a reference.
///
/// # Errors
/// A reference that is not the text.
pub fn official_layout(work: &Work) -> Result<Option<Official>, ReferenceError> {
    match (&work.facts.layout.reference, work.expressions.first()) {
        (Some(reference), Some(expression)) => official(work, expression, reference).map(Some),
        _ => Ok(None),
    }
}

/// The official layout of an expression by its reference.
///
/// # Errors
/// A reference that is not the text.
fn official(work: &Work, expression: &Expression, reference: &Reference) -> Result<Official, ReferenceError> {
    let with_notes = reference.lines.iter().any(|line| line.note);
    let names = block_names(work.facts.kind, &expression.blocks);
    let mut blocks: Vec<Expected> = names.iter().map(|name| expected(name, false)).collect();
    let notes = expression.notes.iter();
    let mut notes: Vec<Expected> = notes.map(|note| expected(&note.mark.name(), !with_notes)).collect();
    let (mut front, mut closing) = (Vec::new(), Vec::new());
    for passage in passages(work, expression.language) {
        let text = passage.text();
        match passage.place {
            Place::Title => front.push(Expected {
                text,
                ..expected(&passage.name, true)
            }),
            Place::Generated(line) if line.place() == LinePlace::Front => front.push(Expected {
                text,
                ..expected(&passage.name, true)
            }),
            Place::Generated(line) if line.place().is_closing() => closing.push(Expected {
                text,
                ..expected(&passage.name, true)
            }),
            Place::Generated(_) => {}
            Place::Paragraph(block) | Place::Heading(block) | Place::Cell { block, .. } => {
                blocks[block].text.push_str(&text);
            }
            Place::Note { note, .. } => notes[note].text.push_str(&text),
        }
    }
    reference.matched(&front, &blocks, &closing, &notes)
}

/// What the reference is held against, without its text.
fn expected(name: &Name, optional: bool) -> Expected {
    Expected {
        text: String::new(),
        optional,
        what: name.to_string(),
    }
}

/// Counts the letters of a block as they are set and tells where a line must start.
#[derive(Debug, Default)]
pub(super) struct LineStarter {
    starts: LineStarts,
    next: usize,
    count: usize,
}

impl LineStarter {
    /// The starts of the lines of a block, by the letters before them.
    pub(super) fn new(starts: Option<&LineStarts>) -> Self {
        Self {
            starts: starts.cloned().unwrap_or_default(),
            next: 0,
            count: 0,
        }
    }

    /// Whether no line start is left.
    pub(super) fn is_done(&self) -> bool {
        self.next == self.starts.len()
    }

    /// Text that cannot be broken was set.
    pub(super) fn pass(&mut self, text: &str) {
        self.count += inked(text);
    }

    /// A line was broken by the author: where the official edition starts one here too, it needs no other break.
    pub(super) fn pass_break(&mut self) {
        self.next += usize::from(self.starts.get(self.next) == Some(&self.count));
    }

    /// The bytes of a text where lines start.
    pub(super) fn places(&mut self, text: &str) -> impl Iterator<Item = usize> + use<> {
        let mut places = Vec::new();
        for (at, _) in text.char_indices().filter(|(_, c)| is_inked(*c)) {
            if self.starts.get(self.next) == Some(&self.count) && self.count > 0 {
                self.next += 1;
                places.push(at);
            }
            self.count += 1;
        }
        places.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_start_after_so_many_letters() {
        let mut starts = LineStarter::new(Some(&vec![6, 11]));
        assert_eq!(starts.places("one two three ").collect::<Vec<_>>(), [8]);
        assert_eq!(starts.places("four").collect::<Vec<_>>(), [0]);
        assert!(starts.is_done());
    }

    #[test]
    fn a_line_may_start_between_two_pieces_of_text() {
        let mut starts = LineStarter::new(Some(&vec![3]));
        assert_eq!(starts.places("one").count(), 0);
        assert_eq!(starts.places(" two").collect::<Vec<_>>(), [1]);
    }
}
