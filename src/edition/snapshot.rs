//! Takes the snapshot of an edition: one pass over the lines that stand on its pages.

use std::collections::BTreeMap;

use typst::foundations::Repr;
use typst::layout::{Frame, FrameItem, Point};
use typst::text::FontInstance;
use unicode_segmentation::UnicodeSegmentation;

use super::Edition;
use super::names::Names;
use crate::layout::{Column, Font, Joint, Layout, Line, Mark, Page, rounded};
use crate::line::{self, Cluster, Run, SetGlyph};
use crate::page::PlacedLine;
use crate::typeset::Purpose;

/// The snapshot of an edition.
pub fn snapshot(edition: &Edition<'_>) -> Layout {
    let mut taker = Taker {
        edition,
        names: Names::of(edition),
        fonts: BTreeMap::new(),
        known: Vec::new(),
    };
    let pages = (0..edition.pages.len()).map(|index| taker.page(index)).collect();
    let sheet = edition.sheet();
    let column = |column: &crate::typeset::Column| Column {
        language: column.language.code().to_owned(),
        left: rounded(column.x.to_pt()),
        right: rounded((column.x + column.width).to_pt()),
    };
    Layout {
        document: edition.work.name.clone(),
        edition: edition.name(),
        languages: edition
            .languages
            .iter()
            .map(|language| language.code().to_owned())
            .collect(),
        partial: false,
        from_pdf: false,
        columns: sheet.columns.iter().map(column).collect(),
        fonts: taker.fonts.into_values().collect(),
        pages,
    }
}

impl From<&Edition<'_>> for Layout {
    fn from(edition: &Edition<'_>) -> Self {
        snapshot(edition)
    }
}

struct Taker<'a> {
    edition: &'a Edition<'a>,
    names: Names,
    fonts: BTreeMap<String, Font>,
    /// The names of fonts that were met, so that a font's file is read once.
    known: Vec<(FontInstance, String)>,
}

impl Taker<'_> {
    fn page(&mut self, index: usize) -> Page {
        let page = &self.edition.pages[index];
        let sheet = self.edition.sheet();
        let mut lines: Vec<Line> = page.lines.iter().map(|placed| self.line(placed)).collect();
        if let Some(frame) = &page.furniture {
            lines.extend(self.furniture(frame));
        }
        let size = (rounded(sheet.width.to_pt()), rounded(sheet.height.to_pt()));
        Page {
            number: index + 1,
            size: Some(size),
            image: None,
            lines,
        }
    }

    fn line(&mut self, placed: &PlacedLine) -> Line {
        let cell = self.edition.cell(placed.origin);
        let line = self.edition.line(placed);
        let clusters = in_order_of_text(line);
        let text = line.text.trim().to_owned();
        let left = line.runs.first().map_or(placed.at.x, |run| placed.at.x + run.left());
        let right = line.runs.last().map_or(placed.at.x, |run| placed.at.x + run.right());
        // A word goes on only within a paragraph and where no line is broken by force: elsewhere a line ends for that.
        let passages = &self.edition.composed.passages;
        let goes_on = cell.goes_on(placed.line, |number| {
            passages.get(number).map(|passage| passage.paragraph)
        });
        Line {
            paragraph: self.names.line(self.edition, placed.origin, line).to_string(),
            language: cell.language.code().to_owned(),
            label: label(&clusters, &text),
            marks: self.marks(&clusters, &text),
            joined: goes_on && !line.text.ends_with(char::is_whitespace),
            baseline: Some(rounded(placed.at.y.to_pt())),
            left: Some(rounded(left.to_pt())),
            right: Some(rounded(right.to_pt())),
            fonts: self.fonts(&line.runs),
            joints: joints(&clusters),
            text,
        }
    }

    fn marks(&self, clusters: &[(&Run, &Cluster)], text: &str) -> Vec<Mark> {
        let mut found = marks(clusters, text);
        for mark in &mut found {
            mark.note = self.names.note(mark.note - 1).note().unwrap_or(mark.note);
        }
        found
    }

    /// What stands round the body: each text item is a line, since the template places each by itself.
    fn furniture(&mut self, frame: &Frame) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        self.furniture_of(frame, Point::zero(), &mut lines);
        lines
    }

    fn furniture_of(&mut self, frame: &Frame, origin: Point, lines: &mut Vec<Line>) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.furniture_of(&group.frame, origin + *at, lines),
                FrameItem::Text(text) => {
                    let at = origin + *at;
                    let (left, right) = (at.x.to_pt(), (at.x + text.width()).to_pt());
                    let baseline = rounded(at.y.to_pt());
                    let name = self.font(&text.font);
                    let size = rounded(text.size.to_pt());
                    let in_head = at.y < self.edition.sheet().height / 2.0;
                    let (left, right) = (rounded(left), rounded(right));
                    // Items of one baseline that touch are one line.
                    if let Some(last) = lines.last_mut().filter(|last| {
                        last.baseline == Some(baseline) && last.right.is_some_and(|end| (end - left).abs() < 0.5)
                    }) {
                        last.text.push_str(&text.text);
                        last.right = Some(right);
                        continue;
                    }
                    lines.push(Line {
                        paragraph: if in_head { "page head" } else { "page foot" }.to_owned(),
                        text: text.text.to_string(),
                        baseline: Some(baseline),
                        left: Some(left),
                        right: Some(right),
                        fonts: vec![(name, size)],
                        ..Line::default()
                    });
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// The fonts of runs, those of the most letters first. Raised and lowered text counts like other text.
    fn fonts(&mut self, runs: &[Run]) -> Vec<(String, f64)> {
        let mut fonts: Vec<(String, f64, usize)> = Vec::new();
        for run in runs {
            let letters = run.clusters.iter().filter(|cluster| !cluster.is_space()).count();
            if letters == 0 {
                continue;
            }
            let name = self.font(&run.font);
            let size = rounded(run.size.to_pt());
            match fonts.iter_mut().find(|(other, at, _)| *other == name && *at == size) {
                Some((.., count)) => *count += letters,
                None => fonts.push((name, size, letters)),
            }
        }
        fonts.sort_by(|a, b| {
            b.2.cmp(&a.2)
                .then_with(|| a.0.cmp(&b.0))
                .then_with(|| a.1.total_cmp(&b.1))
        });
        fonts.into_iter().map(|(name, size, _)| (name, size)).collect()
    }

    fn font(&mut self, font: &FontInstance) -> String {
        if let Some((_, name)) = self.known.iter().find(|(known, _)| known == font) {
            return name.clone();
        }
        let described = describe(font);
        let name = described.name.clone();
        self.fonts.entry(name.clone()).or_insert(described);
        self.known.push((font.clone(), name.clone()));
        name
    }
}

/// Name, version and checksum as the font file tells them.
fn describe(font: &FontInstance) -> Font {
    use typst::text::FontStyle;
    let info = font.info();
    let variant = info.variant;
    let mut name = info.family.to_string();
    match variant.weight.to_number() {
        400 => {}
        700 => name.push_str(" Bold"),
        other => name.push_str(&format!(" {other}")),
    }
    match variant.style {
        FontStyle::Normal => {}
        FontStyle::Italic => name.push_str(" Italic"),
        FontStyle::Oblique => name.push_str(" Oblique"),
    }
    if variant.stretch != typst::text::FontStretch::NORMAL {
        name.push_str(&format!(" {}", variant.stretch.repr()));
    }
    let version = font
        .ttf()
        .names()
        .into_iter()
        .filter(|name| name.name_id == ttf_parser::name_id::VERSION)
        .find_map(|name| name.to_string());
    let version = version.map(|text| {
        let text = text.trim();
        let number = text.strip_prefix("Version ").unwrap_or(text);
        number.split(';').next().unwrap_or(number).trim().to_owned()
    });
    // Bytes 8 to 12 of `head` are `checksumAdjustment`, which differs when any byte of the font does.
    let head = font.ttf().raw_face().table(ttf_parser::Tag::from_bytes(b"head"));
    let checksum = head
        .and_then(|head| head.get(8..12))
        .map(|bytes| bytes.iter().map(|b| format!("{b:02x}")).collect());
    Font {
        name,
        version,
        checksum,
    }
}

fn in_order_of_text(line: &line::Line) -> Vec<(&Run, &Cluster)> {
    let mut clusters: Vec<_> = line.clusters().collect();
    clusters.sort_by_key(|(_, cluster)| cluster.logical);
    clusters
}

/// The label that the text starts with.
fn label(clusters: &[(&Run, &Cluster)], text: &str) -> String {
    let is_label = |cluster: &Cluster| matches!(cluster.purpose, Purpose::Label | Purpose::NoteLabel(_));
    let label: String = clusters
        .iter()
        .take_while(|(_, c)| is_label(c))
        .map(|(_, cluster)| cluster.text.as_str())
        .collect();
    let label = label.trim().replace('\u{a0}', " ");
    // No-break spaces of the label are those of the text.
    let length = label.chars().count();
    let start: String = text.chars().take(length).collect();
    if start.replace('\u{a0}', " ") == label {
        start
    } else {
        String::new()
    }
}

/// The marks of notes. A mark is found in the text by its own letters, after the mark before it.
fn marks(clusters: &[(&Run, &Cluster)], text: &str) -> Vec<Mark> {
    let mut marks: Vec<(Option<u32>, usize, String)> = Vec::new();
    for (_, cluster) in clusters {
        let Purpose::Mark(note) = cluster.purpose else { continue };
        let passage = cluster.place.as_ref().map(|place| place.passage);
        match marks.last_mut() {
            Some((last, _, mark)) if *last == passage => mark.push_str(&cluster.text),
            _ => marks.push((passage, note as usize + 1, cluster.text.to_string())),
        }
    }
    // The letters before each mark say where it stands: the same letters may stand elsewhere in the line.
    let mut found = Vec::new();
    let mut from = 0;
    for (passage, note, mark) in marks {
        let before: usize = clusters
            .iter()
            .take_while(|(_, c)| c.place.as_ref().map(|p| p.passage) != passage)
            .map(|(_, c)| c.text.len())
            .sum();
        let places = text[from..].match_indices(&mark).map(|(place, _)| from + place);
        let Some(at) = places.min_by_key(|at| at.abs_diff(before)) else {
            continue;
        };
        found.push(Mark {
            note,
            at: text[..at].chars().count(),
            text: mark.clone(),
        });
        from = at + mark.len();
    }
    found
}

/// The elongations of a line.
fn joints(clusters: &[(&Run, &Cluster)]) -> Vec<Joint> {
    let mut joints = Vec::new();
    for word in clusters.split(|(_, cluster)| cluster.is_space()) {
        let stretched = word
            .iter()
            .any(|(_, c)| c.glyphs.iter().any(|glyph| glyph.stretch().is_some()));
        if !stretched {
            continue;
        }
        let text: String = word
            .iter()
            .filter(|(_, c)| !matches!(c.purpose, Purpose::Mark(_)))
            .map(|(_, cluster)| cluster.text.as_str())
            .collect();
        let mut after = 0;
        for (_, cluster) in word {
            after += cluster.text.graphemes(true).count();
            for stretch in cluster.glyphs.iter().filter_map(SetGlyph::stretch) {
                joints.push(Joint {
                    word: text.clone(),
                    after,
                    by: rounded(stretch.to_pt()),
                });
            }
        }
    }
    joints
}
