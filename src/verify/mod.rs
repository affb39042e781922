//! What readers get out of a PDF, against the source: `qarar verify`, and the last check of every build.
//!
//! Two readers are asked. One goes by the structure tree and honours replacement text, as screen readers do
//! (ISO 32000-1 14.8). The other takes the glyphs of the content stream by their places, line by line, and puts each line
//! in order by the bidirectional algorithm, as viewers and search engines do. `docs/verify.md` tells what is reported.

mod block;
mod expected;
mod judge;
mod matching;
mod page;
mod quick;
mod stream;
mod table;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

pub use expected::{Kind, Passage, passages};
pub use judge::{Difference, Judgement, Reading, judge};
pub use page::{Count, PageFaults};
pub use table::Table;

use crate::locale::Language;
use crate::model::Work;
use crate::reader::{Document, ReadError, TextLine, lines, read, skim};
use block::{Block, blocks, in_drawing_order};
use stream::Stream;

/// What readers get out of a PDF.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// How many pages it has.
    pub pages: usize,
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Whether it says that it is tagged, and has a structure tree.
    pub tagged: bool,
    /// The PDF/A that it claims, as `2A`.
    pub archival: Option<String>,
    /// The PDF/UA that it claims, as `1`.
    pub accessible: Option<String>,
    /// Every passage of the source; empty when there is no source to compare with.
    pub passages: Vec<Verdict>,
    /// The pages on which something is wrong whatever the source.
    pub faults: Vec<PageFaults>,
}

/// How a passage of the source came out.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// What it is.
    pub kind: Kind,
    /// Its number among those of its kind in its language, from 1; of a paragraph of a note that of the note.
    pub number: usize,
    /// Which paragraph of its note it is, from 1; `None` for what is no note, or a note of one paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// Its language, by its code.
    pub language: &'static str,
    /// Its label or the mark of a note; empty when it has none.
    pub label: String,
    /// Where it stands in the file of its language, in bytes.
    #[serde(skip)]
    pub span: Range<usize>,
    /// By the structure tree; `None` when the PDF has none.
    pub structure: Option<Reading>,
    /// By the places of the glyphs.
    pub content: Reading,
}

impl Verdict {
    /// The worse of the two readings.
    pub fn worst(&self) -> Judgement {
        self.structure
            .as_ref()
            .map_or(self.content.judgement, |s| s.judgement.max(self.content.judgement))
    }
}

impl Verdict {
    /// What is told of a passage that does not come back from an edition.
    fn loss(&self) -> Loss {
        Loss {
            passage: self.called(),
            language: self.language,
            span: self.span.clone(),
            how: self.how_lost(),
        }
    }

    fn how_lost(&self) -> String {
        let (view, reading) = match &self.structure {
            Some(reading) if reading.judgement != Judgement::Exact => ("structure tree", reading),
            Some(_) => ("content stream", &self.content),
            None => return "it is in no structure tree".to_owned(),
        };
        let judgement = reading.judgement;
        match &reading.difference {
            Some(d) if d.found.is_empty() => format!("{view}, {judgement}: `{}` is nowhere", d.source),
            Some(d) => format!("{view}, {judgement}: `{}` is read as `{}`", d.source, d.found),
            None => format!("{view}, {judgement}"),
        }
    }
}

impl Report {
    /// Whether every reader gets what the source says, and nothing on a page is wrong.
    ///
    /// Without a source: whether nothing on a page is wrong and the file is tagged and tells its language.
    pub fn is_exact(&self) -> bool {
        let clean = self.faults.iter().all(PageFaults::is_clean);
        if self.passages.is_empty() {
            return clean && self.tagged && self.language.is_some();
        }
        clean && self.passages.iter().all(|verdict| verdict.worst() == Judgement::Exact)
    }

    /// The passages that a build may not lose: not exact by the structure tree, or with letters lost in the content.
    pub fn losses(&self) -> impl Iterator<Item = &Verdict> {
        self.passages.iter().filter(|verdict| {
            let structure = verdict
                .structure
                .as_ref()
                .map_or(Judgement::Lost, |reading| reading.judgement);
            let content = verdict.content.judgement;
            structure != Judgement::Exact || content == Judgement::Lost || content == Judgement::Tatweel
        })
    }
}

/// Reads a PDF and verifies it.
///
/// # Errors
/// When the PDF cannot be read.
pub fn verify_bytes(bytes: Vec<u8>, source: Option<(&Work, &[Language])>) -> Result<Report, ReadError> {
    Ok(verify(&read(bytes)?, source))
}

/// Why an edition may not leave the house.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReadBackError {
    /// What was written cannot be read.
    #[error("what was written cannot be read back: {0}")]
    Unreadable(#[from] ReadError),
    /// Readers would not get all of the text.
    #[error("{}", .0.iter().map(Loss::to_string).collect::<Vec<_>>().join("\n"))]
    Losses(Vec<Loss>),
}

/// A passage of the source that readers would not get.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{language} {passage} does not come back from the PDF: {how}")]
pub struct Loss {
    /// What it is called: `second paragraph of note 5`.
    pub passage: String,
    /// Its language, by its code.
    pub language: &'static str,
    /// Where it stands in the file of its language, in bytes.
    pub span: Range<usize>,
    /// By which reader, and how: `structure tree, spaces differ: … is read as …`.
    pub how: String,
}

/// Reads back an edition that was just made: every passage of its languages must come out of the structure tree exactly
/// as the source has it, and no letter may be lost in the content stream.
///
/// # Errors
/// When something would be lost, told passage by passage.
pub fn read_back(bytes: &Arc<Vec<u8>>, work: &Work, languages: &[Language]) -> Result<(), ReadBackError> {
    if skim(Arc::clone(bytes))?.is_some_and(|skimmed| quick::comes_back(&skimmed, work, languages)) {
        return Ok(());
    }
    let report = verify(&read(Arc::clone(bytes))?, Some((work, languages)));
    let losses: Vec<Loss> = report.losses().map(Verdict::loss).collect();
    if losses.is_empty() {
        return Ok(());
    }
    Err(ReadBackError::Losses(losses))
}

/// Tells what readers get out of a PDF. With a source, every passage of the languages named is looked for; without
/// languages, those that the PDF holds.
pub fn verify(document: &Document, source: Option<(&Work, &[Language])>) -> Report {
    let lines: Vec<Vec<TextLine>> = document.pages.par_iter().map(lines).collect();
    let faults = document.pages.par_iter().zip(&lines).enumerate();
    let faults: Vec<PageFaults> = faults
        .map(|(at, (page, lines))| page::faults(page, lines, at + 1))
        .collect();
    let information = &document.information;
    let title = information
        .title
        .clone()
        .or_else(|| information.titles.first().map(|title| title.text.clone()));
    Report {
        pages: document.pages.len(),
        title: title.filter(|title| !title.is_empty()),
        language: document.language.clone(),
        tagged: document.tagged && document.structure.is_some(),
        archival: information.archival.clone(),
        accessible: information.accessible.clone(),
        passages: source
            .map(|(work, languages)| compare(document, lines, work, languages))
            .unwrap_or_default(),
        faults: faults
            .into_iter()
            .filter(|faults| !faults.is_clean() || faults.untagged > 0)
            .collect(),
    }
}

fn compare(document: &Document, mut lines: Vec<Vec<TextLine>>, work: &Work, languages: &[Language]) -> Vec<Verdict> {
    let mirroring: Vec<_> = lines
        .iter()
        .map(|lines| lines.first().map(|line| line.mirroring).unwrap_or_default())
        .collect();
    let blocks = blocks(document, &mirroring);
    let sources = Sources {
        blocks,
        running: std::sync::OnceLock::new(),
    };
    lines.par_iter_mut().for_each(|lines| in_drawing_order(lines));
    let running = || {
        let text = lines
            .iter()
            .flatten()
            .filter(|line| !line.artifact)
            .map(TextLine::logical)
            .collect::<Vec<_>>();
        Stream::new(text.iter().map(String::as_str))
    };
    let all: Vec<Language> = work.facts.languages.clone();
    let asked = if languages.is_empty() { &all } else { languages };
    let mut verdicts: Vec<(Language, Vec<Verdict>)> = asked
        .par_iter()
        .map(|language| {
            (
                *language,
                verdicts(&passages(work, *language), document, &sources, &running),
            )
        })
        .collect();
    // Of languages that nobody asked for, those are meant of which most is there.
    if languages.is_empty() {
        let held = |verdicts: &[Verdict]| {
            verdicts
                .iter()
                .filter(|v| v.content.judgement != Judgement::Lost)
                .count()
        };
        let most = verdicts.iter().map(|(_, verdicts)| held(verdicts)).max().unwrap_or(0);
        verdicts.retain(|(_, verdicts)| 2 * held(verdicts) >= most);
    }
    verdicts.into_iter().flat_map(|(_, verdicts)| verdicts).collect()
}

/// What passages are looked for in.
struct Sources<'a> {
    blocks: Vec<Block<'a>>,
    /// Made only when a passage is in no block.
    running: std::sync::OnceLock<Stream>,
}

fn verdicts(
    passages: &[Passage],
    document: &Document,
    sources: &Sources<'_>,
    running: &(impl Fn() -> Stream + Sync),
) -> Vec<Verdict> {
    let blocks = &sources.blocks;
    let by_structure = matching::pair(passages, blocks);
    let mut verdicts: Vec<Verdict> = passages
        .par_iter()
        .zip(&by_structure)
        .map(|(passage, block)| {
            let text = passage.text();
            let stream = || sources.running.get_or_init(running).judge(&text);
            let block = block.map(|at| &blocks[at]);
            Verdict {
                kind: passage.kind,
                number: passage.number,
                paragraph: passage.paragraph,
                language: passage.language.code(),
                label: passage.label.clone(),
                span: passage.span.clone(),
                structure: document.structure.as_ref().map(|_| match block {
                    Some(block) => judge(&text, &block.structure),
                    None => judge(&text, ""),
                }),
                content: block.map_or_else(stream, |block| judge(&text, &block.content)),
            }
        })
        .collect();
    out_of_order(&mut verdicts, &by_structure);
    verdicts
}

/// A passage that stands before one that it should follow is reordered, though its letters are right.
fn out_of_order(verdicts: &mut [Verdict], blocks: &[Option<usize>]) {
    for note in [false, true] {
        let mut last = None;
        for (verdict, block) in verdicts.iter_mut().zip(blocks) {
            if (verdict.kind == Kind::Note) != note || block.is_none() {
                continue;
            }
            if *block < last
                && let Some(reading) = &mut verdict.structure
            {
                reading.judgement = reading.judgement.max(Judgement::Reordered);
            }
            last = last.max(*block);
        }
    }
}
