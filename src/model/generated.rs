//! The lines that nobody wrote and that are made of the facts of a document: masthead, notice, adoption, closing, signatures.
//! Which there are and what they say is data of its kind.

use std::fmt;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use super::Facts;
use crate::kind::{Fact, Filling, Kind, LineDefinition, LineLook, LinePlace, Sentence, Sentences, Side};
use crate::layout::Name;
use crate::locale::Language;

/// A line that is made of the facts.
#[derive(Debug, Clone, Copy)]
pub struct GeneratedLine {
    definition: &'static LineDefinition,
    /// Of a line that is printed for each fact of a list: the number of the fact, from 1; else 0.
    item: u16,
}

impl PartialEq for GeneratedLine {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.definition, other.definition) && self.item == other.item
    }
}

impl Eq for GeneratedLine {}

impl fmt::Display for GeneratedLine {
    /// The name of the line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            0 => f.pad(&self.definition.name),
            item => f.pad(&format!("{} {item}", self.definition.name)),
        }
    }
}

impl Serialize for GeneratedLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl GeneratedLine {
    /// The line of a kind by its name.
    pub fn named(kind: Kind, name: &str) -> Option<Self> {
        let mut lines = kind.definition().lines.iter();
        let definition = lines.find(|line| line.name == name)?;
        Some(Self { definition, item: 0 })
    }

    /// What its kind says of it.
    pub fn definition(self) -> &'static LineDefinition {
        self.definition
    }

    /// Where it stands.
    pub fn place(self) -> LinePlace {
        self.definition.place
    }

    /// The number of the fact that it is printed for, from 1, where it is printed for each of a list.
    pub fn item(self) -> Option<u16> {
        (self.item > 0).then_some(self.item)
    }

    /// What it is called.
    pub fn name(self) -> Name {
        let name = Name::of(&self.to_string());
        match name {
            // What a kind has of its own there is called so that layouts know it for what it is.
            Name::Paragraph(name) if self.place().is_front() => Name::of(&format!("front {name}")),
            name => name,
        }
    }
}

/// The lines of a language with their words, in the order in which they are read: the place of a line, the fact of the list
/// that it is printed for. What stands at the start of the title and round the body of a page is not among them.
pub fn generated_lines(facts: &Facts, language: Language) -> Vec<(GeneratedLine, String)> {
    let mut lines = said(facts, language);
    lines.retain(|(line, _)| !matches!(line.place(), LinePlace::Title | LinePlace::Head));
    lines
}

/// What stands before the title in its paragraph, with the space that follows it: `٦١/١٨٠ - `, `61/180. `; empty where the kind
/// has nothing there.
pub fn title_prefix(facts: &Facts, language: Language) -> String {
    let lines = said(facts, language).into_iter();
    lines
        .filter(|(line, _)| line.place() == LinePlace::Title)
        .map(|(_, words)| words)
        .collect()
}

/// What stands at the head of every page but the first.
pub fn page_head(facts: &Facts, language: Language) -> Option<String> {
    let mut lines = said(facts, language).into_iter();
    lines
        .find(|(line, _)| line.place() == LinePlace::Head)
        .map(|(_, words)| words)
}

/// The words of the line of a name; `None` where the document does not have it.
pub fn line_of(facts: &Facts, language: Language, name: &str) -> Option<String> {
    let mut lines = said(facts, language).into_iter();
    lines
        .find(|(line, _)| line.definition.name == name)
        .map(|(_, words)| words)
}

/// All lines of a language with their words.
fn said(facts: &Facts, language: Language) -> Vec<(GeneratedLine, String)> {
    let filling = Filling::new(facts.kind, language, &facts.values);
    let definitions = facts.kind.definition().lines.iter();
    let mut lines = Vec::new();
    for definition in definitions {
        // The notice is that of a translation, which the facts of the document itself do not tell.
        if definition.place == LinePlace::Notice && !facts.unofficial.contains(&language) {
            continue;
        }
        let mut say = |item: u16, filling: Filling<'_>| {
            let words = words(definition, facts, language, &filling);
            lines.extend(words.map(|words| (GeneratedLine { definition, item }, words)));
        };
        match &definition.each {
            None => say(0, filling),
            Some(list) => {
                let Some(Fact::List(items)) = facts.values.get(list) else {
                    continue;
                };
                for (number, item) in (1..=u16::MAX).zip(items) {
                    say(number, filling.of_item(list, number.into(), item));
                }
            }
        }
    }
    lines.extend(of_house(facts, language));
    // What is signed stands side by side: all lines of one, then those of the next.
    lines.sort_by_key(|(line, _)| match line.place() {
        place @ LinePlace::Signatures => (place, line.item),
        place => (place, 0),
    });
    lines
}

/// The lines that the house of a document has on every one.
static HOUSE_LINES: LazyLock<[LineDefinition; 2]> = LazyLock::new(|| {
    let line = |name: &str, place: LinePlace, align: Side| LineDefinition {
        name: name.to_owned(),
        place,
        look: LineLook {
            strong: true,
            align: Some(align),
            ..LineLook::default()
        },
        by: None,
        each: None,
    };
    [
        line("house-cover", LinePlace::Cover, Side::Start),
        line("house-notice", LinePlace::Front, Side::Center),
    ]
});

fn of_house(facts: &Facts, language: Language) -> impl Iterator<Item = (GeneratedLine, String)> {
    let house = facts.house.iter();
    house.flat_map(move |house| {
        let [cover, notice] = &*HOUSE_LINES;
        let said = [(cover, &house.cover), (notice, &house.notice)];
        said.into_iter().filter_map(move |(definition, words)| {
            Some((GeneratedLine { definition, item: 0 }, words.get(&language)?.clone()))
        })
    })
}

fn words(definition: &LineDefinition, facts: &Facts, language: Language, filling: &Filling<'_>) -> Option<String> {
    use crate::kind::{Value, Values};
    let usage = facts.usage(language);
    let sentences: &[Sentence] = match facts.kind.labels(language)?.lines.get(&definition.name)? {
        Sentences::First(sentences) => sentences,
        Sentences::By(of_words) => {
            let word = match filling.value(definition.by.as_deref()?)? {
                Value::Fact(Fact::Word(word)) => word.clone(),
                Value::Text(text) => text.into_owned(),
                _ => return None,
            };
            of_words.get(&word).or_else(|| of_words.get("other"))?
        }
    };
    sentences.iter().find_map(|sentence| sentence.fill(usage, filling))
}
