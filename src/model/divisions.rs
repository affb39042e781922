//! What headings and paragraphs are counted by: the number of each division, and the label of each block.

use super::{Block, Heading, Marker, Paragraph};
use crate::kind::{Counted, Counting, Division, Kind};
use crate::locale::Usage;

/// The labels of the blocks of a work. All languages have the same blocks, so that one suffices for all.
#[derive(Debug, Clone)]
pub struct Labelled {
    kind: Kind,
    /// For each block what counts it, and the divisions that it stands in.
    blocks: Vec<Counter>,
    /// How many headings each division has.
    counts: Vec<u32>,
}

/// What counts a block.
#[derive(Debug, Clone, Default)]
struct Counter {
    /// Of a heading of a division, its place among those of the kind.
    division: Option<usize>,
    /// Whether the words of a heading start with its label.
    says_label: bool,
    /// Its number and those above it.
    counting: Option<Counting>,
    /// How deep the list of a paragraph is nested.
    depth: u8,
    /// The level of the bullet that stands in place of a number.
    bullet: Option<u8>,
    /// The divisions that it stands in, the outermost first: the place of each among those of the kind and what counts it.
    inside: Vec<(usize, Counting)>,
}

/// The label of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingLabel {
    /// As it is printed: `Article 3`.
    pub text: String,
    /// Whether the words of the heading stand on a line of their own, below it.
    pub below: bool,
}

impl Labelled {
    /// Counts blocks.
    pub fn of(kind: Kind, blocks: &[Block]) -> Self {
        let divisions = &kind.definition().structure.divisions;
        let mut walk = Walk {
            divisions,
            open: Vec::new(),
            through: vec![0; divisions.len()],
            counts: vec![0; divisions.len()],
            path: Vec::new(),
            quoted: Vec::new(),
        };
        let blocks = blocks.iter().map(|block| walk.block(block)).collect();
        Self {
            kind,
            blocks,
            counts: walk.counts,
        }
    }

    /// The division of a heading.
    pub fn division(&self, block: usize) -> Option<&'static Division> {
        let place = self.blocks.get(block)?.division?;
        self.kind.definition().structure.divisions.get(place)
    }

    /// Whether a block stands in a division after the closing lines.
    pub fn is_annexed(&self, block: usize) -> bool {
        let divisions = &self.kind.definition().structure.divisions;
        let inside = self.blocks.get(block).map(|counter| counter.inside.as_slice());
        inside
            .unwrap_or_default()
            .iter()
            .any(|(place, _)| divisions[*place].annex)
    }

    /// The label of a heading; `None` where it has none.
    pub fn heading(&self, usage: Usage, block: usize) -> Option<HeadingLabel> {
        let division = self
            .division(block)
            .filter(|division| division.counted != Counted::No)?;
        let counter = self.blocks.get(block).filter(|counter| !counter.says_label)?;
        let only = self.is_only(counter.division?);
        let text = self
            .kind
            .division_label(usage, division, counter.counting.as_ref()?, only)?;
        Some(HeadingLabel {
            text,
            below: division.below,
        })
    }

    /// How many groups of labels there are: those of the kind, and those of each division that has others.
    pub fn groups(&self) -> usize {
        self.kind.definition().structure.divisions.len() + 1
    }

    /// The group that the label of a paragraph is of.
    pub fn group(&self, block: usize) -> usize {
        let definition = self.kind.definition();
        let has_own = |place: usize| {
            let name = &definition.structure.divisions[place].name;
            definition
                .labels
                .values()
                .any(|labels| labels.levels_in.contains_key(name))
        };
        let inside = self
            .blocks
            .get(block)
            .map(|counter| counter.inside.as_slice())
            .unwrap_or_default();
        let own = inside.iter().rev().find(|(place, _)| has_own(*place));
        own.map_or(0, |(place, _)| place + 1)
    }

    /// What a block stands in, as an editor says it: `annex 1 `, `chapter 2 article 1 `; empty outside of all divisions.
    pub fn part(&self, block: usize) -> String {
        let divisions = &self.kind.definition().structure.divisions;
        let inside = self
            .blocks
            .get(block)
            .map(|counter| counter.inside.as_slice())
            .unwrap_or_default();
        let mut part = String::new();
        for (place, counting) in inside.iter().rev() {
            let division = &divisions[*place];
            let number = counting.written.clone().unwrap_or_else(|| counting.n.to_string());
            part = format!("{} {number} {part}", division.name);
            if division.counted == Counted::Through {
                break;
            }
        }
        part
    }

    fn is_only(&self, division: usize) -> bool {
        self.counts.get(division) == Some(&1)
    }

    /// The label of a paragraph as it is read: `١ -`, `(أ)`.
    pub fn label(&self, usage: Usage, block: usize) -> Option<String> {
        self.drawn(usage, block).map(|label| crate::locale::read_label(&label))
    }

    /// The same label as it is drawn: with a joiner after a letter that stands in its initial form.
    pub fn drawn(&self, usage: Usage, block: usize) -> Option<String> {
        let counter = self.blocks.get(block)?;
        if counter.division.is_some() {
            return None;
        }
        if let Some(level) = counter.bullet {
            return Some(crate::locale::bullet(usage.language, level).to_owned());
        }
        Some(self.kind.drawn_label(usage, counter.depth, counter.counting.as_ref()?))
    }

    /// How deep the list of a paragraph is nested, from 0; `None` where it has no number.
    pub fn depth(&self, block: usize) -> Option<u8> {
        let counter = self.blocks.get(block)?;
        (counter.division.is_none() && counter.counting.is_some() && counter.bullet.is_none()).then_some(counter.depth)
    }

    /// The number of a block in a language, `3 (a)`, without what it is called; `None` where it has none.
    pub fn number(&self, usage: Usage, to: usize, labels: &[(usize, u8)]) -> Option<String> {
        let counter = self.blocks.get(to)?;
        if let Some(place) = counter.division {
            return (!self.is_only(place)).then(|| self.division_number(usage, place, counter.counting.as_ref()?))?;
        }
        (counter.bullet.is_none() && !labels.is_empty()).then(|| self.path(usage, labels))
    }

    /// The number of a heading: its label without what it is called, which stands in what refers to it.
    fn division_number(&self, usage: Usage, place: usize, counting: &Counting) -> Option<String> {
        let name = &self.kind.definition().structure.divisions[place].name;
        let called = self.kind.reference(usage, name, counting, &[])?;
        let first = |c: char| c.is_whitespace();
        Some(
            called
                .split_once(first)
                .map_or(called.clone(), |(_, number)| number.to_owned()),
        )
    }

    /// The labels that lead to a paragraph, without what parts them from their text: `3 (a)`.
    fn path(&self, usage: Usage, labels: &[(usize, u8)]) -> String {
        let labels = labels.iter().filter_map(|(block, _)| self.label(usage, *block));
        let labels: Vec<String> = labels
            .map(|label| label.trim_end_matches(['.', '-', ' ']).to_owned())
            .collect();
        labels.join(" ")
    }

    /// What a block, `to`, is called in a language in the text of another one; `None` where it has no number. Of what both stand
    /// in nothing is told. `labels` are the paragraphs that lead to it, the outermost first.
    pub fn words(&self, usage: Usage, from: Option<usize>, to: usize, labels: &[(usize, u8)]) -> Option<String> {
        let counter = self.blocks.get(to)?;
        let divisions = &self.kind.definition().structure.divisions;
        if let Some(place) = counter.division {
            return self.called(usage, &divisions[place].name, place, counter.counting.as_ref()?, &[]);
        }
        if counter.bullet.is_some() || labels.is_empty() {
            return None;
        }
        let path = self.path(usage, labels);
        let counting = counter.counting.as_ref()?;
        let mut words = self.kind.reference(usage, "paragraph", counting, &[("label", &path)])?;
        let here = from
            .and_then(|from| self.blocks.get(from))
            .map(|from| from.inside.as_slice());
        let here = here.unwrap_or_default();
        for (depth, (place, counting)) in counter.inside.iter().enumerate().rev() {
            let shared = here.get(depth).is_some_and(|(other, numbers)| {
                other == place && (numbers.n, &numbers.written) == (counting.n, &counting.written)
            });
            if shared {
                break;
            }
            let name = format!("in-{}", divisions[*place].name);
            let more = [("paragraph", words.as_str())];
            let Some(outer) = self.called(usage, &name, *place, counting, &more) else {
                break;
            };
            words = outer;
            // An article is known by its number alone where articles are counted through.
            if divisions[*place].counted == Counted::Through {
                break;
            }
        }
        Some(words)
    }

    fn called(
        &self,
        usage: Usage,
        name: &str,
        place: usize,
        counting: &Counting,
        more: &[(&str, &str)],
    ) -> Option<String> {
        let alone = self
            .is_only(place)
            .then(|| self.kind.reference(usage, &format!("{name}-only"), counting, more))
            .flatten();
        alone.or_else(|| self.kind.reference(usage, name, counting, more))
    }
}

/// Counts blocks one after the other.
struct Walk<'a> {
    divisions: &'a [Division],
    /// The headings that are open, each with its level, its division and what counts it.
    open: Vec<(u8, Option<(usize, Counting)>)>,
    /// The last number of each division that is counted through.
    through: Vec<u32>,
    counts: Vec<u32>,
    /// The numbers of the paragraphs that are open.
    path: Vec<(u8, u32)>,
    /// The same of a quotation.
    quoted: Vec<(u8, u32)>,
}

impl Walk<'_> {
    fn block(&mut self, block: &Block) -> Counter {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            _ => Counter {
                inside: self.inside(),
                ..Counter::default()
            },
        }
    }

    fn inside(&self) -> Vec<(usize, Counting)> {
        self.open.iter().filter_map(|(_, division)| division.clone()).collect()
    }

    fn heading(&mut self, heading: &Heading) -> Counter {
        self.open.retain(|(level, _)| *level < heading.level);
        self.path.clear();
        let Some(place) = heading.division else {
            self.open.push((heading.level, None));
            return Counter {
                inside: self.inside(),
                ..Counter::default()
            };
        };
        let division = &self.divisions[place];
        self.counts[place] += 1;
        let above = self.inside();
        if heading.number.is_none() {
            self.through[place] += 1;
        }
        let counting = Counting {
            n: self.through[place],
            of: division.name.clone(),
            written: heading.number.clone(),
            path: above
                .iter()
                .map(|(_, counting)| counting.n)
                .chain([self.through[place]])
                .collect(),
            division: above.last().map(|(_, counting)| Box::new(counting.clone())),
        };
        // What is counted within this one starts anew.
        for (inner, other) in self.divisions.iter().enumerate() {
            if other.counted == Counted::Within && inner != place && is_below(other, division, inner, place) {
                self.through[inner] = 0;
            }
        }
        self.open.push((heading.level, Some((place, counting.clone()))));
        Counter {
            division: Some(place),
            says_label: heading.says_label,
            counting: Some(counting),
            depth: 0,
            bullet: None,
            inside: self.inside(),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Counter {
        let inside = self.inside();
        let Some(label) = paragraph.label else {
            return Counter {
                inside,
                ..Counter::default()
            };
        };
        // What is quoted has the numbers of another text.
        let path = match paragraph.within.quotation {
            Some(_) => &mut self.quoted,
            None => &mut self.path,
        };
        path.retain(|(depth, _)| *depth < label.depth);
        let bullet = match label.marker {
            Marker::Bullet(level) => Some(level),
            Marker::Number => {
                path.push((label.depth, label.ordinal));
                None
            }
        };
        let path = path.iter().map(|(_, ordinal)| *ordinal).collect();
        Counter {
            bullet,
            division: None,
            says_label: false,
            counting: Some(Counting {
                n: label.ordinal,
                of: String::new(),
                written: None,
                path,
                division: inside.last().map(|(_, counting)| Box::new(counting.clone())),
            }),
            depth: label.depth,
            inside,
        }
    }
}

/// Whether a division stands inside of another one: by their levels, else by their order.
fn is_below(inner: &Division, outer: &Division, at: usize, of: usize) -> bool {
    match (inner.level, outer.level) {
        (Some(inner), Some(outer)) => inner > outer,
        _ => at > of,
    }
}
