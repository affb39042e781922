//! A comparison under way: what has been found so far, and what it explains.

use crate::limits;
use std::cmp::Reverse;

use super::align::{Alignment, Pair};
use super::compare::Options;
use super::difference::{Comparison, Finding, Kind, Level, Spot};
use super::margins;
use super::text::Text;

/// A comparison under way.
pub(super) struct Case<'a> {
    pub(super) reference: &'a Text<'a>,
    pub(super) actual: &'a Text<'a>,
    pub(super) alignment: &'a Alignment,
    pub(super) options: Options,
    /// Which line of the other side holds the same words, for each line of the reference.
    pub(super) same_line: Vec<Option<usize>>,
    /// For each pair, the finding that explains what else differs inside of it.
    pub(super) explained: Vec<Option<usize>>,
    /// Findings that change how much room the text takes, with the pages that they touch.
    pub(super) events: Vec<Event>,
    /// The changes of size, each with its scale.
    pub(super) scales: Vec<(usize, f64)>,
    /// The notes that only one side has: the finding that tells so, the language and the number.
    pub(super) notes: Vec<(usize, String, usize)>,
    /// How the edges of columns moved.
    pub(super) edges: Vec<margins::Edges>,
    /// The lines of the reference whose new place is told.
    told: Vec<bool>,
    /// The pair of each paragraph of the reference.
    pair_of: Vec<Option<usize>>,
    findings: Vec<Draft>,
}

/// Where a finding changes how much room the text takes.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) finding: usize,
    /// The pages of the reference, from 0, the first and the last.
    pub(super) reference: (usize, usize),
    /// Those of the other side.
    pub(super) actual: (usize, usize),
    /// The language; empty for all of them.
    pub(super) language: String,
    /// Whether more or fewer lines came of it, so that it moves what comes after.
    pub(super) takes_room: bool,
}

/// A finding with what has been folded under it so far.
struct Draft {
    finding: Finding,
    order: (usize, usize),
    /// What a finding of the text says in no language, and the languages that it is true of.
    subject: String,
    languages: Vec<String>,
    breaks: usize,
    moved: usize,
    elongations: usize,
}

impl<'a> Case<'a> {
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
        let explained = vec![None; alignment.pairs.len()];
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
            explained,
            events: Vec::new(),
            scales: Vec::new(),
            notes: Vec::new(),
            edges: Vec::new(),
            told: vec![false; reference.lines.len()],
            pair_of,
            findings: Vec::new(),
        }
    }

    /// Whether two places on the paper differ. Both are rounded to a hundredth, which may part them by one more.
    pub(super) fn differs(&self, a: f64, b: f64) -> bool {
        (a - b).abs() > self.options.tolerance + 0.011
    }

    /// Whether a line stands on a page whose head and foot can be compared: where pages were added, those after them are
    /// other pages.
    pub(super) fn has_own_page(&self, line: usize) -> bool {
        let same_count = self.reference.layout.pages.len() == self.actual.layout.pages.len();
        same_count || self.reference.lines[line].page < self.first_event_page()
    }

    /// Whether a side was read from a PDF, which tells less than a snapshot.
    pub(super) fn is_coarse(&self) -> bool {
        self.reference.layout.from_pdf || self.actual.layout.from_pdf
    }

    /// The finding that explains what else differs in a line of the reference.
    pub(super) fn explanation(&self, line: usize) -> Option<usize> {
        self.pair_of[self.reference.lines[line].paragraph].and_then(|pair| self.explained[pair])
    }

    /// Whether something explains what else differs in a line of the reference.
    pub(super) fn is_explained(&self, line: usize) -> bool {
        self.explanation(line).is_some()
    }

    /// The paragraph of the other side that one of the reference is.
    pub(super) fn actual_paragraph(&self, paragraph: usize) -> Option<usize> {
        self.pair_of[paragraph].map(|pair| self.alignment.pairs[pair].actual)
    }

    /// Marks lines as told to have moved.
    pub(super) fn tell_moved(&mut self, lines: &[(usize, usize)]) {
        for (line, _) in lines {
            self.told[*line] = true;
        }
    }

    /// Whether a line of the reference is told to have moved.
    pub(super) fn is_told(&self, line: usize) -> bool {
        self.told[line]
    }

    /// Tells that a finding on many pairs changes how much room the text takes.
    pub(super) fn touch_pairs(&mut self, finding: usize, numbers: &[usize]) {
        let mut event: Option<Event> = None;
        for number in numbers {
            let pair = &self.alignment.pairs[*number];
            let pages = |text: &Text<'_>, paragraph| (text.first_page(paragraph), text.last_page(paragraph));
            let (a, b) = (pages(self.reference, pair.reference), pages(self.actual, pair.actual));
            let wider = |x: (usize, usize), y: (usize, usize)| (x.0.min(y.0), x.1.max(y.1));
            event = Some(match event {
                Some(event) => Event {
                    reference: wider(event.reference, a),
                    actual: wider(event.actual, b),
                    takes_room: event.takes_room || self.takes_room(*number),
                    ..event
                },
                None => Event {
                    finding,
                    reference: a,
                    actual: b,
                    language: String::new(),
                    takes_room: self.takes_room(*number),
                },
            });
            self.explained[*number].get_or_insert(finding);
        }
        self.events.extend(event);
    }

    /// A message with its language where there are several.
    pub(super) fn in_language(&self, message: &str, language: &str) -> String {
        let many = self.reference.layout.languages.len() > 1 || self.actual.layout.languages.len() > 1;
        match super::telling::language(language) {
            Some(language) if many => format!("{message} in {language}"),
            _ => message.to_owned(),
        }
    }

    /// Adds a finding of the text in a language. What happened in several languages in one way is one finding.
    pub(super) fn add_in_language(
        &mut self,
        kind: Kind,
        (subject, language): (String, String),
        message: String,
        reference: &[usize],
        actual: &[usize],
    ) -> usize {
        let same = |draft: &Draft| {
            !subject.is_empty() && draft.subject == subject && draft.languages.iter().all(|l| *l != language)
        };
        let Some(number) = self.findings.iter().position(same) else {
            let number = self.add(Level::Text, kind, message, reference, actual);
            self.findings[number].subject = subject;
            self.findings[number].languages.push(language);
            return number;
        };
        let (reference, actual) = (spots(self.reference, reference), spots(self.actual, actual));
        let draft = &mut self.findings[number];
        draft.languages.push(language);
        let order = |code: &String| self.reference.layout.languages.iter().position(|other| other == code);
        draft.languages.sort_by_key(order);
        let languages: Vec<String> = draft
            .languages
            .iter()
            .filter_map(|code| super::telling::language(code))
            .map(str::to_owned)
            .collect();
        draft.finding.message = format!("{subject} in {}", super::telling::names(&languages));
        draft.finding.reference.extend(reference);
        draft.finding.actual.extend(actual);
        number
    }

    /// The first page of the other side that something changed the room of.
    pub(super) fn first_event_page(&self) -> usize {
        self.events
            .iter()
            .map(|event| event.actual.0)
            .min()
            .unwrap_or(usize::MAX)
    }

    /// The kind of a finding.
    pub(super) fn kind(&self, finding: usize) -> Kind {
        self.findings[finding].finding.kind
    }

    /// Adds a finding that touches lines, given by their indices; answers its number.
    pub(super) fn add(
        &mut self,
        level: Level,
        kind: Kind,
        message: String,
        reference: &[usize],
        actual: &[usize],
    ) -> usize {
        // In the order of the other side, where it has a place there.
        let order = match (actual.first(), reference.first()) {
            (Some(line), _) => (*line, 0),
            (None, Some(line)) => (self.place_in_actual(*line), 1),
            (None, None) => (0, 0),
        };
        let finding = Finding {
            level,
            kind,
            message,
            consequences: Vec::new(),
            reference: spots(self.reference, reference),
            actual: spots(self.actual, actual),
        };
        self.findings.push(Draft {
            finding,
            order,
            subject: String::new(),
            languages: Vec::new(),
            breaks: 0,
            moved: 0,
            elongations: 0,
        });
        self.findings.len() - 1
    }

    /// The line of the other side before which a line of the reference would stand.
    fn place_in_actual(&self, line: usize) -> usize {
        let after = self.same_line[line..].iter().find_map(|found| *found);
        after.unwrap_or(self.actual.lines.len())
    }

    /// Tells that a finding on a pair changes how much room the text takes.
    pub(super) fn touch_pair(&mut self, finding: usize, number: usize) {
        let pair = &self.alignment.pairs[number];
        let pages = |text: &Text<'_>, paragraph| (text.first_page(paragraph), text.last_page(paragraph));
        let event = Event {
            finding,
            reference: pages(self.reference, pair.reference),
            actual: pages(self.actual, pair.actual),
            language: self.reference.paragraphs[pair.reference].language.clone(),
            takes_room: self.takes_room(number),
        };
        self.events.push(event);
        if self.explained[number].is_none() {
            self.explained[number] = Some(finding);
        }
    }

    /// Whether a pair has more or fewer lines on one side, or lines of another height.
    fn takes_room(&self, number: usize) -> bool {
        let pair = &self.alignment.pairs[number];
        let lines = |text: &Text<'_>, paragraph: usize| text.paragraphs[paragraph].lines.len();
        lines(self.reference, pair.reference) != lines(self.actual, pair.actual)
    }

    /// The finding that moved what stands on pages, from 0: one that touches them, the nearest before their ends first.
    pub(super) fn cause(&self, reference: (usize, usize), actual: (usize, usize)) -> Option<usize> {
        let meets = |text: &Text<'_>, x: (usize, usize), y: (usize, usize)| {
            text.opening(x.0) <= text.opening(y.1) && text.opening(y.0) <= text.opening(x.1)
        };
        let touches = |event: &&Event| {
            meets(self.reference, event.reference, reference) || meets(self.actual, event.actual, actual)
        };
        // Of two on one page the one that took room; of two on several pages the one where they start.
        let rank = |event: &&Event| {
            (
                event.takes_room,
                Reverse(event.actual.0.max(actual.0)),
                Reverse(event.finding),
            )
        };
        let best = self.events.iter().filter(touches).max_by_key(rank);
        best.map(|event| event.finding)
    }

    /// The finding that moved what stands on a page of the other side: the last one before its end.
    pub(super) fn cause_before(&self, page: usize) -> Option<usize> {
        let opening = |page: usize| self.actual.opening(page);
        let before = self
            .events
            .iter()
            .filter(|event| opening(event.actual.0) <= opening(page));
        let best = before.max_by_key(|event| (event.takes_room, event.actual.0, Reverse(event.finding)));
        best.map(|event| event.finding)
    }

    /// The finding that a note was added, removed or moved: of a note of the reference, or the first of a language.
    pub(super) fn note_finding(&self, language: &str, note: Option<usize>) -> Option<usize> {
        let of_notes = |event: &&Event| {
            let finding = &self.findings[event.finding].finding;
            event.language == language
                && matches!(finding.kind, Kind::Paragraph | Kind::Order)
                && finding.message.contains("note ")
        };
        let named = |event: &&Event| {
            let name = note.map(|note| format!("note {note} "));
            name.is_some_and(|name| self.message(event.finding).contains(&name))
        };
        let told = self
            .notes
            .iter()
            .find(|(_, of, number)| of == language && Some(*number) == note);
        if let Some((finding, ..)) = told {
            return Some(*finding);
        }
        let exact = self.events.iter().filter(of_notes).find(named);
        exact
            .or_else(|| self.events.iter().find(of_notes))
            .map(|event| event.finding)
    }

    /// What a finding says.
    pub(super) fn message(&self, finding: usize) -> &str {
        &self.findings[finding].finding.message
    }

    /// Folds a consequence, in words, under a finding.
    pub(super) fn follow(&mut self, finding: usize, consequence: String) {
        let consequences = &mut self.findings[finding].finding.consequences;
        if !consequences.contains(&consequence) {
            consequences.push(consequence);
        }
    }

    /// Folds line breaks under a finding.
    pub(super) fn fold_breaks(&mut self, finding: usize, breaks: usize) {
        self.findings[finding].breaks += breaks;
    }

    /// Folds moved lines under a finding.
    pub(super) fn fold_moved(&mut self, finding: usize, lines: usize) {
        self.findings[finding].moved += lines;
    }

    /// Folds lines with other elongations under a finding.
    pub(super) fn fold_elongations(&mut self, finding: usize, lines: usize) {
        self.findings[finding].elongations += lines;
    }

    /// Whether something has been found that lets text take more or less room.
    pub(super) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// The name of a paragraph, with its language where there are several.
    pub(super) fn name(&self, text: &Text<'_>, paragraph: usize) -> String {
        let paragraph = &text.paragraphs[paragraph];
        self.in_brackets(&paragraph.name, &paragraph.language)
    }

    /// A name with a language behind it, where there are several.
    pub(super) fn in_brackets(&self, name: &str, language: &str) -> String {
        let many = self.reference.layout.languages.len() > 1 || self.actual.layout.languages.len() > 1;
        match super::telling::language(language) {
            Some(language) if many => format!("{name} ({language})"),
            _ => name.to_owned(),
        }
    }

    pub(super) fn finish(self, name: String, remarks: Vec<String>) -> Comparison {
        let Options { level, tolerance } = self.options;
        let mut drafts = self.findings;
        drafts.sort_by_key(|draft| draft.order);
        let finish = |draft: Draft| {
            let mut finding = draft.finding;
            let mut tell = |count: usize, one: &str, many: &str| match count {
                0 => {}
                1 => finding.consequences.push(format!("1 {one}")),
                n => finding.consequences.push(format!("{n} {many}")),
            };
            tell(draft.breaks, "line breaks elsewhere", "lines break elsewhere");
            tell(
                draft.elongations,
                "line is elongated otherwise",
                "lines are elongated otherwise",
            );
            tell(draft.moved, "line moved", "lines moved");
            finding
        };
        Comparison {
            name,
            level,
            tolerance,
            remarks,
            findings: drafts.into_iter().map(finish).collect(),
        }
    }
}

/// Where lines stand: as many as a finding names.
fn spots(text: &Text<'_>, lines: &[usize]) -> Vec<Spot> {
    let mut first_of_page = Vec::with_capacity(text.layout.pages.len());
    let mut total = 0;
    for page in &text.layout.pages {
        first_of_page.push(total);
        total += page.lines.len();
    }
    let spot = |line: &usize| {
        let page = text.lines[*line].page;
        Spot {
            page: page + 1,
            line: line - first_of_page[page] + 1,
        }
    };
    lines.iter().take(limits::FINDING_LINES).map(spot).collect()
}

/// Finds the lines of a pair that hold the same words.
fn same_lines(reference: &Text<'_>, actual: &Text<'_>, pair: &Pair, same: &mut [Option<usize>]) {
    let (a, b) = (&reference.paragraphs[pair.reference], &actual.paragraphs[pair.actual]);
    let end = |p: &super::text::Paragraph, line: usize| p.starts.get(line + 1).copied().unwrap_or(p.words.len());
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
            let parts = |p: &super::text::Paragraph, at: usize| p.words.get(at).is_some_and(|word| word.broken);
            if parts(a, a.starts[i]) == parts(b, b.starts[j]) && stop - start == end(a, i) - a.starts[i] {
                same[a.lines[i]] = Some(b.lines[j]);
            }
        }
    }
}
