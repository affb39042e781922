//! What was done with a line, for eyes: its runs, its spaces, its words with the joints that they have and the amount
//! that was given to one of them.

use std::fmt;
use std::ops::Range;

use typst::layout::Abs;

use qarar_bounds::limits::counted;

use super::joints::{Joint, patterns, text_of, word_joints, words};
use super::{Line, Run, SetGlyph};

/// What was done with a line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Inspection {
    /// The text, as readers should get it.
    pub text: String,
    /// Whether the line is filled from side to side.
    pub justified: bool,
    /// Whether the line was to be filled and is left short.
    pub short: bool,
    /// The runs, from left to right.
    pub runs: Vec<RunFacts>,
    /// The spaces; `None` when there are none.
    pub spaces: Option<SpaceFacts>,
    /// The Arabic words, in the order of the text.
    pub words: Vec<WordFacts>,
}

/// A run.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RunFacts {
    /// The family of its font.
    pub family: String,
    /// Its size.
    pub size: Abs,
    /// Its embedding level.
    pub level: u8,
    /// Its left and right edge, from the left edge of the cell.
    pub extent: Range<Abs>,
    /// Its text, in logical order.
    pub text: String,
}

/// The spaces of a line, which all have one factor.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SpaceFacts {
    /// How many there are.
    pub count: usize,
    /// Their widths where nothing stretches them, together.
    pub natural: Abs,
    /// Their widths in the line, together.
    pub set: Abs,
}

/// A word.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WordFacts {
    /// Its text.
    pub text: String,
    /// Its left and right edge, from the left edge of the cell.
    pub extent: Range<Abs>,
    /// Where it may be elongated, the best place first.
    pub joints: Vec<JointFacts>,
}

/// A joint.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct JointFacts {
    /// The letters of the word before it.
    pub before: String,
    /// 0 to 9, the higher the better.
    pub priority: u8,
    /// Where it stands, from the left edge of the cell.
    pub x: Abs,
    /// What it was given; `None` when it was not chosen.
    pub amount: Option<Abs>,
}

impl SpaceFacts {
    /// How wide the spaces are by their natural width.
    pub fn factor(&self) -> f64 {
        self.set / self.natural
    }
}

impl WordFacts {
    /// The joint that was elongated.
    pub fn elongated(&self) -> Option<&JointFacts> {
        self.joints.iter().find(|joint| joint.amount.is_some())
    }
}

/// Tells what was done with a line.
pub fn inspect(line: &Line) -> Inspection {
    let mut found: Vec<(usize, WordFacts)> = words(line)
        .into_iter()
        .map(|(run, range)| word(&line.runs[run], run, range))
        .collect();
    found.sort_by_key(|(logical, _)| *logical);
    Inspection {
        text: line.text.clone(),
        justified: line.justified,
        short: line.short,
        runs: line.runs.iter().map(run).collect(),
        spaces: spaces(line),
        words: found.into_iter().map(|(_, word)| word).collect(),
    }
}

fn run(run: &Run) -> RunFacts {
    let mut clusters: Vec<_> = run.clusters.iter().collect();
    if run.is_rtl() {
        clusters.reverse();
    }
    RunFacts {
        family: run.font.font().info().family.clone(),
        size: run.size,
        level: run.level,
        extent: run.left()..run.right(),
        text: clusters.into_iter().map(|cluster| cluster.text.as_str()).collect(),
    }
}

fn spaces(line: &Line) -> Option<SpaceFacts> {
    let mut facts = SpaceFacts {
        count: 0,
        natural: Abs::zero(),
        set: Abs::zero(),
    };
    for (natural, set) in line.spaces() {
        facts.count += 1;
        facts.natural += natural * line.space;
        facts.set += set;
    }
    (facts.natural > Abs::zero()).then_some(facts)
}

/// A word, and its place in the order of the text.
fn word(run: &Run, index: usize, range: Range<usize>) -> (usize, WordFacts) {
    let clusters = &run.clusters[range.clone()];
    let text = text_of(clusters);
    let joints = patterns()
        .map(|patterns| word_joints(run, index, range, patterns))
        .unwrap_or_default();
    let joint = |joint: Joint| {
        let letter = clusters.iter().find(|cluster| cluster.x == joint.x);
        let amount = letter.and_then(|letter| letter.glyphs.iter().find_map(SetGlyph::stretch));
        let before = text.get(..joint.after).unwrap_or_default().to_owned();
        JointFacts {
            before,
            priority: joint.priority,
            x: joint.x,
            amount,
        }
    };
    let joints = joints.into_iter().map(joint).collect();
    let left = clusters.first().map_or(Abs::zero(), |cluster| cluster.x);
    let right = clusters
        .last()
        .map_or(Abs::zero(), |cluster| cluster.x + cluster.advance);
    let logical = clusters.iter().map(|cluster| cluster.logical).min().unwrap_or(0) as usize;
    (
        logical,
        WordFacts {
            text,
            extent: left..right,
            joints,
        },
    )
}

/// As a table, all lengths in points from the left edge of the cell.
impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text.trim())?;
        let filled = match (self.justified, self.short) {
            (true, _) => "filled",
            (_, true) => "left short",
            _ => "not filled",
        };
        match &self.spaces {
            Some(s) => writeln!(
                f,
                "  {filled}; {} of {:.2} pt, {:.0} % of their own width",
                counted(s.count, "space"),
                s.set.to_pt() / s.count as f64,
                s.factor() * 100.0
            )?,
            None => writeln!(f, "  {filled}; no space")?,
        }
        for run in &self.runs {
            let (left, right) = (run.extent.start.to_pt(), run.extent.end.to_pt());
            let (size, level, family) = (run.size.to_pt(), run.level, &run.family);
            writeln!(
                f,
                "  run   level {level}  {left:7.2} –{right:7.2}  {family} {size:.2} pt  {}",
                run.text.trim()
            )?;
        }
        for word in self.words.iter().filter(|word| !word.joints.is_empty()) {
            let (left, right) = (word.extent.start.to_pt(), word.extent.end.to_pt());
            write!(f, "  word           {left:7.2} –{right:7.2}  {} ", word.text)?;
            for joint in &word.joints {
                write!(f, "  {}… {}", joint.before, joint.priority)?;
                if let Some(amount) = joint.amount {
                    write!(f, " +{:.2} pt", amount.to_pt())?;
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
