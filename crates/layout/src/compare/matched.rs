//! Two texts with what is the same in both: paragraphs, words and lines. All that looks for differences reads this.

use super::change::{Subject, Where};
use super::changes::Touched;
use super::options::{Options, Side};
use super::spot::{Letters, Spot};
use crate::align::{Alignment, Pair};
use crate::text::{Paragraph, Text, Zone};
use qarar_bounds::limits;
use qarar_text::Language;

/// Two texts, aligned.
pub(super) struct Matched<'a> {
    pub(super) reference: &'a Text<'a>,
    pub(super) actual: &'a Text<'a>,
    pub(super) alignment: &'a Alignment,
    pub(super) options: Options,
    /// Which line of the other side holds the same words, for each line of the reference.
    pub(super) same_line: Vec<Option<usize>>,
    /// The pair of each paragraph of the reference.
    pair_of: Vec<Option<usize>>,
}

/// Lines of the reference, each with that of the other side.
pub(super) type LinePairs = Vec<(usize, usize)>;

impl<'a> Matched<'a> {
    pub(super) fn new(
        reference: &'a Text<'a>,
        actual: &'a Text<'a>,
        alignment: &'a Alignment,
        options: Options,
    ) -> Self {
        let mut same_line = vec![None; reference.lines.len()];
        for pair in &alignment.pairs {
            same_lines(reference, actual, pair, &mut same_line);
        }
        let mut pair_of = vec![None; reference.paragraphs.len()];
        for (number, pair) in alignment.pairs.iter().enumerate() {
            pair_of[pair.reference] = Some(number);
        }
        Self {
            reference,
            actual,
            alignment,
            options,
            same_line,
            pair_of,
        }
    }

    /// The text of a side.
    pub(super) fn text(&self, side: Side) -> &'a Text<'a> {
        match side {
            Side::Reference => self.reference,
            Side::Actual => self.actual,
        }
    }

    /// The paragraphs that a side alone has.
    pub(super) fn alone(&self, side: Side) -> &'a [usize] {
        match side {
            Side::Reference => &self.alignment.removed,
            Side::Actual => &self.alignment.added,
        }
    }

    /// The paragraph that a pair is on a side.
    pub(super) fn of_pair(&self, side: Side, pair: usize) -> usize {
        let pair = &self.alignment.pairs[pair];
        match side {
            Side::Reference => pair.reference,
            Side::Actual => pair.actual,
        }
    }

    /// The paragraphs of a pair, in the reference and on the other side.
    pub(super) fn both(&self, pair: usize) -> (&'a Paragraph, &'a Paragraph) {
        let pair = &self.alignment.pairs[pair];
        (
            &self.reference.paragraphs[pair.reference],
            &self.actual.paragraphs[pair.actual],
        )
    }

    /// The numbers of all pairs.
    pub(super) fn pairs(&self) -> std::ops::Range<usize> {
        0..self.alignment.pairs.len()
    }

    /// The pair that a line of the reference belongs to.
    pub(super) fn pair_of_line(&self, line: usize) -> Option<usize> {
        self.pair_of[self.reference.lines[line].paragraph]
    }

    /// The paragraph of the other side that one of the reference is.
    pub(super) fn actual_paragraph(&self, paragraph: usize) -> Option<usize> {
        self.pair_of[paragraph].map(|pair| self.alignment.pairs[pair].actual)
    }

    /// The lines of the reference that are the same on both sides, with those of the other side.
    pub(super) fn same_lines(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let lines = self.same_line.iter().enumerate();
        lines.filter_map(|(line, other)| Some((line, (*other)?)))
    }

    /// The zone of a line of the reference.
    pub(super) fn zone(&self, line: usize) -> Zone {
        self.reference.paragraphs[self.reference.lines[line].paragraph].zone
    }

    /// All lines of pairs, of both sides.
    pub(super) fn lines_of(&self, pairs: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let lines = |side| {
            let paragraphs = pairs.iter().map(|pair| self.of_pair(side, *pair));
            let lines = |paragraph: usize| self.text(side).paragraphs[paragraph].lines.clone();
            paragraphs.flat_map(lines).collect()
        };
        (lines(Side::Reference), lines(Side::Actual))
    }

    /// The pages that a pair stands on, from 0: the first and the last, of a side.
    pub(super) fn pages_of(&self, side: Side, pair: usize) -> (usize, usize) {
        let (text, paragraph) = (self.text(side), self.of_pair(side, pair));
        (text.first_page(paragraph), text.last_page(paragraph))
    }

    /// Whether a pair has more or fewer lines on one side.
    pub(super) fn takes_room(&self, pair: usize) -> bool {
        let (a, b) = self.both(pair);
        a.lines.len() != b.lines.len()
    }

    /// Whether a side was read from a PDF, which tells less than a snapshot.
    pub(super) fn is_coarse(&self) -> bool {
        self.reference.layout.from_pdf || self.actual.layout.from_pdf
    }

    /// Whether the layouts have more than one language.
    pub(super) fn has_many_languages(&self) -> bool {
        self.reference.layout.languages.len() > 1 || self.actual.layout.languages.len() > 1
    }

    /// The code of a language, where there are several to tell it from.
    pub(super) fn told_language(&self, code: &str) -> Option<String> {
        let is_told = self.has_many_languages() && Language::known(code).is_some();
        is_told.then(|| code.to_owned())
    }

    /// A paragraph as it is told.
    pub(super) fn subject(&self, side: Side, paragraph: usize) -> Subject {
        let paragraph = &self.text(side).paragraphs[paragraph];
        Subject {
            name: paragraph.name.to_string(),
            language: self.told_language(&paragraph.language),
        }
    }

    /// A pair as it is told: by its name on the other side.
    pub(super) fn subject_of(&self, pair: usize) -> Subject {
        self.subject(Side::Actual, self.of_pair(Side::Actual, pair))
    }

    /// Where lines stand on the other side.
    pub(super) fn place(&self, lines: &[(usize, usize)]) -> Where {
        let mut sorted: Vec<usize> = lines.iter().map(|(_, line)| *line).collect();
        sorted.sort_unstable();
        let mut paragraphs: Vec<usize> = sorted.iter().map(|line| self.actual.lines[*line].paragraph).collect();
        paragraphs.dedup();
        let mut paragraphs: Vec<Subject> = paragraphs.iter().map(|p| self.subject(Side::Actual, *p)).collect();
        paragraphs.dedup();
        Where {
            paragraphs,
            pages: self.page_numbers(lines),
        }
    }

    /// The pages, from 1, that lines stand on on the other side: in order, each once.
    pub(super) fn page_numbers(&self, lines: &[(usize, usize)]) -> Vec<usize> {
        let mut pages: Vec<usize> = lines
            .iter()
            .map(|(_, line)| self.actual.lines[*line].page + 1)
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    /// The line of the other side before which a line of the reference would stand.
    pub(super) fn place_in_actual(&self, line: usize) -> usize {
        let after = self.same_line[line..].iter().find_map(|found| *found);
        after.unwrap_or(self.actual.lines.len())
    }

    /// Where what a finding touches stands on a side: as much as a finding names.
    pub(super) fn spots(&self, side: Side, touched: &[Touched]) -> Vec<Spot> {
        let text = self.text(side);
        let spot = |touched: &Touched| {
            let line = &text.lines[touched.line()];
            Spot {
                page: line.page + 1,
                line: line.on_page + 1,
                letters: match touched {
                    Touched::Line(_) => None,
                    Touched::Part(part) => Some(Letters {
                        from: part.from,
                        to: part.to,
                    }),
                },
            }
        };
        touched.iter().take(limits::FINDING_LINES).map(spot).collect()
    }

    /// Whether two places on the paper differ.
    pub(super) fn differs(&self, a: f64, b: f64) -> bool {
        (a - b).abs() > self.options.tolerance + ROUNDING
    }

    /// Whether two distances that lines moved by are one.
    pub(super) fn is_one_shift(&self, a: f64, b: f64) -> bool {
        (a - b).abs() <= self.least_shift()
    }

    /// By how much lines move at the least, to be told of, in points: two rounded places make it.
    pub(super) fn least_shift(&self) -> f64 {
        self.options.tolerance.max(2.0 * HUNDREDTH)
    }

    /// Whether a distance between lines is another one: four rounded places make the change of one.
    pub(super) fn is_other_distance(&self, change: f64) -> bool {
        change.abs() > self.options.tolerance.max(HUNDREDTH) + ROUNDING
    }
}

/// What places are rounded to, in points.
const HUNDREDTH: f64 = 0.01;
/// Two places that are rounded to a hundredth may be parted by one more.
const ROUNDING: f64 = 0.011;

/// Finds the lines of a pair that hold the same words.
fn same_lines(reference: &Text<'_>, actual: &Text<'_>, pair: &Pair, same: &mut [Option<usize>]) {
    let (a, b) = (&reference.paragraphs[pair.reference], &actual.paragraphs[pair.actual]);
    let end = |p: &Paragraph, line: usize| p.starts.get(line + 1).copied().unwrap_or(p.words.len());
    let mut j = 0;
    for i in 0..a.lines.len() {
        let (Some(start), Some(stop)) = (pair.boundary(a.starts[i]), pair.boundary(end(a, i))) else {
            continue;
        };
        while j < b.lines.len() && b.starts[j] < start {
            j += 1;
        }
        let changed = pair
            .changes
            .iter()
            .any(|c| c.reference.0 < end(a, i) && c.reference.1 > a.starts[i]);
        if !changed && j < b.lines.len() && b.starts[j] == start && end(b, j) == stop {
            let parts = |p: &Paragraph, at: usize| p.words.get(at).is_some_and(|word| word.broken);
            if parts(a, a.starts[i]) == parts(b, b.starts[j]) && stop - start == end(a, i) - a.starts[i] {
                same[a.lines[i]] = Some(b.lines[j]);
            }
        }
    }
}
