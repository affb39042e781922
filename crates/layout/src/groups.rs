//! Names the lines of a tagged PDF after a known text by the groups that its tags tell: a paragraph, a cell or a note is known
//! again as a whole, by its words and by its place among the others, and not line by line.

use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{Alignment, align};
use super::name::Name;
use super::recognize::{label_of, name_lines};
use super::snapshot::{Layout, Line};
use super::text::{Paragraph, Text, Zone};

/// A share of the words of a file must stand in groups that are known again: else its tags tell something else than
/// paragraphs, lines say, and are no help.
const TRUSTED: f64 = 0.5;
/// Two paragraphs of no more words than this, both together, are one by their place alone.
const FEW: usize = 24;

/// The name and the language of a group.
type Key = (String, String);

/// Names the lines of a layout by its groups; returns whether that could be done.
pub(super) fn name(layout: &mut Layout, known: &Text<'_>) -> bool {
    let of_one = |layout: &Layout| Some(layout.languages.clone()).filter(|all| all.len() == 1);
    let mut grouped = layout.clone();
    if let Some([language]) = of_one(known.layout).as_deref() {
        let lines = grouped.pages.iter_mut().flat_map(|page| &mut page.lines);
        lines
            .filter(|line| is_grouped(line))
            .for_each(|line| line.language.clone_from(language));
    }
    // A label is a part of the line or not, as the tags tell: without labels both sides have it in the line.
    let bare = |layout: &Layout| {
        let mut bare = layout.clone();
        let lines = bare.pages.iter_mut().flat_map(|page| &mut page.lines);
        lines.for_each(|line| line.label.clear());
        bare
    };
    let (ours, theirs) = (bare(known.layout), bare(&grouped));
    let (ours, theirs) = (
        Text::spelled(&ours, known.spelling),
        Text::spelled(&theirs, known.spelling),
    );
    let mut pairs = Pairs::new(&align(&ours, &theirs), &ours, &theirs);
    if !pairs.can_be_trusted(&theirs) {
        return false;
    }
    pairs.by_place(&ours, &theirs);
    let names = pairs.names(known, &theirs);
    let mut left: FxHashMap<(usize, usize), (Key, Zone)> = FxHashMap::default();
    let mut begun: FxHashSet<Key> = FxHashSet::default();
    for (page, content) in grouped.pages.iter_mut().enumerate() {
        for (at, line) in content
            .lines
            .iter_mut()
            .enumerate()
            .filter(|(_, line)| is_grouped(line))
        {
            let key = (line.paragraph.clone(), line.language.clone());
            let zone = if Name::of(&line.paragraph).note().is_some() {
                Zone::Notes
            } else {
                Zone::Body
            };
            match names.get(&key) {
                Some((name, paragraph)) => {
                    line.paragraph.clone_from(name);
                    // A label stands in the first line.
                    if let Some(paragraph) = paragraph.filter(|_| begun.insert(key)) {
                        label_of(line, &known.paragraphs[paragraph]);
                    }
                }
                None => {
                    line.paragraph.clear();
                    left.insert((page, at), (key, zone));
                }
            }
        }
    }
    if !left.is_empty() {
        name_left(&mut grouped, known, &pairs, &left);
    }
    *layout = grouped;
    layout.languages.clone_from(&known.layout.languages);
    true
}

fn is_grouped(line: &Line) -> bool {
    !matches!(Name::of(&line.paragraph), Name::Unknown | Name::Page(_))
}

/// Which group is which paragraph.
struct Pairs {
    /// The paragraph of the known text that each group is.
    known: Vec<Option<usize>>,
    /// The paragraphs of the known text that are in no group, or not with all their words.
    open: FxHashSet<usize>,
    /// The paragraphs of the known text that are in no group.
    free: FxHashSet<usize>,
}

impl Pairs {
    fn new(alignment: &Alignment, ours: &Text<'_>, theirs: &Text<'_>) -> Self {
        let mut known = vec![None; theirs.paragraphs.len()];
        let mut open: FxHashSet<usize> = (0..ours.paragraphs.len()).collect();
        let mut free = open.clone();
        for pair in &alignment.pairs {
            known[pair.actual] = Some(pair.reference);
            free.remove(&pair.reference);
            if pair
                .changes
                .iter()
                .all(|change| change.reference.0 == change.reference.1)
            {
                open.remove(&pair.reference);
            }
        }
        Self { known, open, free }
    }

    fn can_be_trusted(&self, theirs: &Text<'_>) -> bool {
        let (mut words, mut found) = (0, 0);
        for (paragraph, known) in theirs.paragraphs.iter().zip(&self.known) {
            if paragraph.zone != Zone::Furniture {
                words += paragraph.words.len();
                found += if known.is_some() { paragraph.words.len() } else { 0 };
            }
        }
        found > 0 && found as f64 >= words as f64 * TRUSTED
    }

    /// Pairs what stands between two paragraphs that are known, where there is as much of it on both sides: a heading of
    /// other words is still the heading.
    fn by_place(&mut self, ours: &Text<'_>, theirs: &Text<'_>) {
        let alike = |p: &Paragraph, q: &Paragraph| p.zone == q.zone && p.language == q.language;
        for start in 0..theirs.paragraphs.len() {
            let first = &theirs.paragraphs[start];
            if self.known[start].is_some() || first.zone == Zone::Furniture {
                continue;
            }
            let same = |n: &usize| alike(&theirs.paragraphs[*n], first);
            let before = (0..start).rev().find(same);
            if before.is_some_and(|before| self.known[before].is_none()) {
                continue;
            }
            let run: Vec<usize> = std::iter::once(start)
                .chain((start + 1..theirs.paragraphs.len()).filter(same))
                .take_while(|n| self.known[*n].is_none())
                .collect();
            let from = before.and_then(|before| self.known[before]).map_or(0, |at| at + 1);
            let gap: Vec<usize> = (from..ours.paragraphs.len())
                .filter(|n| alike(&ours.paragraphs[*n], first))
                .take_while(|n| self.free.contains(n))
                .collect();
            if gap.len() != run.len() {
                continue;
            }
            for (group, paragraph) in run.into_iter().zip(gap) {
                let (p, q) = (&theirs.paragraphs[group], &ours.paragraphs[paragraph]);
                let kind = |p: &Paragraph| (p.cell().is_some(), p.name.is_heading());
                if p.words.len() + q.words.len() <= FEW && kind(p) == kind(q) {
                    self.known[group] = Some(paragraph);
                    self.free.remove(&paragraph);
                    self.open.remove(&paragraph);
                }
            }
        }
    }

    /// The name of each group that is known, or that has a name of its own; and the paragraph that it is.
    fn names(&self, known: &Text<'_>, theirs: &Text<'_>) -> FxHashMap<Key, (String, Option<usize>)> {
        let tables = self.tables(known, theirs);
        let mut names = FxHashMap::default();
        for (group, paragraph) in theirs.paragraphs.iter().enumerate() {
            let own = match paragraph.zone {
                Zone::Furniture => continue,
                // Notes and cells are called by their own numbers, as in any layout.
                Zone::Notes => Some(paragraph.name.to_string()),
                Zone::Body => paragraph.name.table().and_then(|table| {
                    let is = tables.get(&(paragraph.language.as_str(), table))?;
                    Some(paragraph.name.in_table(is)?.to_string())
                }),
            };
            let is = self.known[group];
            if let Some(name) = own.or(is.map(|is| known.paragraphs[is].name.to_string())) {
                names.insert((paragraph.name.to_string(), paragraph.language.clone()), (name, is));
            }
        }
        names
    }

    /// The table of the known text that each table is, where all cells that are known are in its columns.
    fn tables<'a>(&self, known: &'a Text<'_>, theirs: &'a Text<'_>) -> FxHashMap<(&'a str, &'a str), &'a str> {
        let mut tables: FxHashMap<(&str, &str), Option<&str>> = FxHashMap::default();
        for (group, paragraph) in theirs.paragraphs.iter().enumerate() {
            let (Some(table), Some(is)) = (paragraph.name.table(), self.known[group]) else {
                continue;
            };
            let of = &known.paragraphs[is];
            let column = |p: &Paragraph| p.cell().map(|(_, column)| column);
            let same = of.name.table().filter(|_| column(of) == column(paragraph));
            tables
                .entry((paragraph.language.as_str(), table))
                .and_modify(|known| *known = known.filter(|known| Some(*known) == same))
                .or_insert(same);
        }
        tables
            .into_iter()
            .filter_map(|(of, table)| Some((of, table?)))
            .collect()
    }
}

/// Names the lines of groups that no paragraph is: by words that another paragraph lacks, as where a file tells two
/// paragraphs as one; else they are what only this side has, and are called by what stands before them.
fn name_left(layout: &mut Layout, known: &Text<'_>, pairs: &Pairs, left: &FxHashMap<(usize, usize), (Key, Zone)>) {
    name_lines(layout, known, |page, line, paragraph| {
        let of = &known.paragraphs[paragraph];
        let is_like = |((_, language), zone): &(Key, Zone)| of.zone == *zone && of.language == *language;
        pairs.open.contains(&paragraph) && left.get(&(page, line)).is_some_and(is_like)
    });
    let found: FxHashMap<Key, String> = left
        .iter()
        .filter_map(|((page, line), (key, _))| {
            let name = &layout.pages[*page].lines[*line].paragraph;
            (!name.is_empty()).then(|| (key.clone(), name.clone()))
        })
        .collect();
    let mut taken: FxHashSet<Key> = known
        .paragraphs
        .iter()
        .map(|paragraph| (paragraph.name.to_string(), paragraph.language.clone()))
        .collect();
    let mut names: FxHashMap<Key, String> = FxHashMap::default();
    let mut before: FxHashMap<String, String> = FxHashMap::default();
    for (page, content) in layout.pages.iter_mut().enumerate() {
        for (at, line) in content.lines.iter_mut().enumerate() {
            if let Some((key, zone)) = left.get(&(page, at)).filter(|_| line.paragraph.is_empty()) {
                let name = found.get(key).or(names.get(key)).cloned().unwrap_or_else(|| {
                    let after = before.get(&key.1).map(String::as_str);
                    let name = free_name(key, *zone, after, &mut taken);
                    names.insert(key.clone(), name.clone());
                    name
                });
                line.paragraph = name;
            } else if is_grouped(line) && Name::of(&line.paragraph).note().is_none() {
                before.insert(line.language.clone(), line.paragraph.clone());
            }
        }
    }
}

/// A name that nothing else has: `paragraph after operative 3`.
fn free_name((name, language): &Key, zone: Zone, after: Option<&str>, taken: &mut FxHashSet<Key>) -> String {
    let own = Name::of(name);
    let keeps_name = zone == Zone::Notes || own.is_line_of_masthead() || own.cell().is_some();
    let first = match (keeps_name, after) {
        (true, _) | (false, None) => name.clone(),
        (false, Some(after)) => {
            let kind = if own.is_heading() { "heading" } else { "paragraph" };
            format!("{kind} after {after}")
        }
    };
    let others = (2..).map(|n| format!("{first}, {n}"));
    let mut all = std::iter::once(first.clone()).chain(others);
    let free = all.find(|name| taken.insert((name.clone(), language.clone())));
    free.unwrap_or(first)
}
