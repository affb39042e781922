//! Whole documents: what stands in them is chosen once and written in each language.

use super::Source;
use super::random::Random;
use super::running::{Bounds, Piece, running, written};
use super::words::word;

/// A block, with its pieces for all languages.
enum Block {
    Opening(Vec<Piece>),
    Paragraph(Text),
    List(Vec<Item>),
    /// Items with bullets.
    Bullets(Vec<Item>),
    /// A quotation that stands apart: paragraphs and lists, whose numbers start with this one.
    Quotation(usize, Vec<Block>),
    /// Terms, each with what it means: paragraphs.
    Definitions(Vec<(Text, Vec<Text>)>),
    /// The level, 2 and more.
    Heading(usize, Text),
    Table(Table),
    /// A picture with so many words of alternative text and below it.
    Figure(usize, usize),
    /// Stanzas of lines, each with so many spaces before it, of one or two hemistichs.
    Verse(Vec<Vec<Line>>),
    Comment,
}

/// A line of verse: the spaces before it and its two hemistichs.
type Line = (usize, Vec<Piece>, Vec<Piece>);

/// Running text with its name.
struct Text {
    pieces: Vec<Piece>,
    name: Option<String>,
}

/// An item of a list: its paragraphs, the lists inside it, tables.
struct Item {
    text: Text,
    inside: Vec<Block>,
}

struct Table {
    /// How each column stands: `:--`, `--:`, `:-:`, `---`.
    columns: Vec<&'static str>,
    /// The head first.
    rows: Vec<Vec<Vec<Piece>>>,
}

/// A document before it is written.
struct Draft<'a> {
    random: &'a mut Random,
    /// How many notes there may be, and how many are marked.
    notes: usize,
    marked: usize,
    names: usize,
}

const LANGUAGES: [&[&str]; 12] = [
    &["ar", "en"],
    &["ar", "en"],
    &["ar", "en"],
    &["en", "ar"],
    &["en", "ar"],
    &["ar"],
    &["ar"],
    &["en"],
    &["fa"],
    &["ur", "en"],
    &["fr", "ar"],
    &["ar", "fa", "es"],
];

/// The name of a note.
pub(crate) fn note_name(note: usize) -> String {
    if note == 3 {
        return "*".to_owned();
    }
    match note % 3 {
        0 => format!("{}", note + 1),
        1 => format!("n{note}"),
        _ => format!("the-note_{note}"),
    }
}

/// A document of this number.
pub(crate) fn document(seed: u64, number: u64) -> Source {
    let mut random = Random::new(seed, number);
    let languages = random_languages(&mut random);
    let notes = random.below(5);
    let mut draft = Draft {
        random: &mut random,
        notes,
        marked: 0,
        names: 0,
    };
    let setext = draft.random.one_in(4);
    let title = draft.text(if setext { 8 } else { 4 }, setext);
    let blocks = draft.blocks();
    let marked = draft.marked;
    let notes: Vec<Vec<Vec<Piece>>> = (0..marked).map(|_| draft.note()).collect();
    // After which block each note is written; most at the end.
    let places: Vec<usize> = (0..marked)
        .map(|_| {
            if draft.random.one_in(3) {
                draft.random.below(blocks.len())
            } else {
                blocks.len()
            }
        })
        .collect();
    let mut source = Source::default();
    source
        .files
        .insert("document.toml".to_owned(), facts(languages, &mut random));
    let picture = include_str!("../../builds/figures/map.svg");
    source.files.insert("map.svg".to_owned(), picture.to_owned());
    let narrow = random.one_in(4);
    for code in languages {
        let mut writer = Writer {
            code,
            random: random.clone(),
            narrow,
            first: 1,
            out: String::new(),
        };
        writer.title(&title.pieces, setext);
        for at in 0..=blocks.len() {
            // Where a list goes on, a note would end it.
            for note in (0..marked).filter(|note| places[*note] == at) {
                writer.note(note, &notes[note]);
            }
            if let Some(block) = blocks.get(at) {
                writer.block(block, "");
            }
        }
        source.files.insert(format!("{code}.md"), writer.out);
    }
    source
}

fn random_languages(random: &mut Random) -> &'static [&'static str] {
    LANGUAGES[random.below(LANGUAGES.len())]
}

impl Draft<'_> {
    fn running(&mut self, most: usize, lines: bool, notes: usize) -> Vec<Piece> {
        let bounds = Bounds { most, lines, notes };
        running(bounds, &mut self.marked, self.random)
    }

    fn text(&mut self, most: usize, lines: bool) -> Text {
        let pieces = self.running(most, lines, self.notes);
        Text { pieces, name: None }
    }

    fn named(&mut self, most: usize, lines: bool) -> Text {
        let mut text = self.text(most, lines);
        if self.random.one_in(6) {
            self.names += 1;
            text.name = Some(format!("name-{}", self.names));
        }
        text
    }

    fn note(&mut self) -> Vec<Vec<Piece>> {
        let paragraphs = [1, 1, 1, 2, 2, 3][self.random.below(6)];
        (0..paragraphs).map(|_| self.running(6, true, 0)).collect()
    }

    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.random.one_in(2) {
            let mut opening = vec![Piece::Emphasis(vec![Piece::Words(3)]), Piece::Stop];
            if self.notes > 0 && self.random.one_in(4) {
                opening.extend(
                    self.running(1, false, self.notes)
                        .into_iter()
                        .filter(|p| matches!(p, Piece::Mark(_))),
                );
            }
            blocks.push(Block::Opening(opening));
        }
        for _ in 0..self.random.between(1, 3) {
            let block = self.plain();
            blocks.push(block);
        }
        if self.random.one_in(3) {
            return blocks;
        }
        let deepest = if self.random.one_in(20) { 8 } else { 3 };
        let list = self.list(0, deepest);
        blocks.push(Block::List(list));
        if self.random.one_in(2) {
            self.annex(&mut blocks);
        }
        blocks
    }

    /// A paragraph, now and then another block that numbers nothing.
    fn plain(&mut self) -> Block {
        match self.random.below(14) {
            12 => self.figure(),
            13 => self.verse(),
            0 => Block::Table(self.table()),
            1 => Block::Comment,
            2 => Block::Bullets(self.list(0, 3)),
            3 => self.quotation(),
            4 => Block::Definitions(self.definitions()),
            _ => Block::Paragraph(self.named(9, true)),
        }
    }

    fn verse(&mut self) -> Block {
        let line = |draft: &mut Self| {
            let indent = [0, 0, 2, 5][draft.random.below(4)];
            let first = draft.running(3, false, draft.notes);
            let second = match draft.random.one_in(2) {
                true => draft.running(3, false, draft.notes),
                false => Vec::new(),
            };
            (indent, first, second)
        };
        let stanzas = self.random.between(1, 2);
        let stanzas = (0..stanzas).map(|_| {
            let lines = self.random.between(1, 3);
            (0..lines).map(|_| line(self)).collect()
        });
        Block::Verse(stanzas.collect())
    }

    fn figure(&mut self) -> Block {
        Block::Figure(self.random.between(1, 12), self.random.below(9))
    }

    fn quotation(&mut self) -> Block {
        let first = [1, 1, 3, 17][self.random.below(4)];
        let mut blocks = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            blocks.push(match self.random.below(6) {
                0 => Block::List(self.items_without_quotations()),
                1 => Block::Bullets(self.items_without_quotations()),
                2 => Block::Definitions(self.definitions()),
                3 => Block::Comment,
                4 if self.random.one_in(2) => self.figure(),
                5 if self.random.one_in(2) => self.verse(),
                _ => Block::Paragraph(self.named(6, true)),
            });
        }
        blocks.push(Block::Paragraph(self.named(6, true)));
        Block::Quotation(first, blocks)
    }

    /// Items as a quotation has them, in which no other quotation stands, and no table.
    fn items_without_quotations(&mut self) -> Vec<Item> {
        let mut items = self.list(1, 3);
        fn reduce(blocks: &mut Vec<Block>) {
            blocks.retain(|block| !matches!(block, Block::Quotation(..) | Block::Table(_)));
            for block in blocks {
                if let Block::List(items) | Block::Bullets(items) = block {
                    items.iter_mut().for_each(|item| reduce(&mut item.inside));
                }
            }
        }
        items.iter_mut().for_each(|item| reduce(&mut item.inside));
        items
    }

    fn definitions(&mut self) -> Vec<(Text, Vec<Text>)> {
        let count = self.random.between(1, 3);
        let definition = |draft: &mut Self| {
            let term = draft.named(2, false);
            let meanings = if draft.random.one_in(4) { 2 } else { 1 };
            let meanings = (0..meanings).map(|_| draft.named(6, true)).collect();
            (term, meanings)
        };
        (0..count).map(|_| definition(self)).collect()
    }

    fn annex(&mut self, blocks: &mut Vec<Block>) {
        let heading = self.named(4, false);
        blocks.push(Block::Heading(2, heading));
        let mut level = 2;
        for _ in 0..self.random.between(1, 3) {
            let block = match self.random.below(5) {
                0 if level < 4 => {
                    level += 1;
                    Block::Heading(level, self.named(4, false))
                }
                1 => Block::List(self.list(0, 2)),
                _ => self.plain(),
            };
            // Two lists one after the other are one to Markdown.
            if !matches!((blocks.last(), &block), (Some(Block::List(_)), Block::List(_))) {
                blocks.push(block);
            }
        }
    }

    fn list(&mut self, depth: usize, deepest: usize) -> Vec<Item> {
        let most = if self.random.one_in(12) { 12 } else { 3 };
        (0..self.random.between(1, most))
            .map(|_| self.item(depth, deepest))
            .collect()
    }

    fn item(&mut self, depth: usize, deepest: usize) -> Item {
        let text = self.named(6, true);
        let mut inside = Vec::new();
        if depth + 1 < deepest && self.random.one_in(if deepest > 3 { 2 } else { 4 }) {
            inside.push(Block::List(self.list(depth + 1, deepest)));
        }
        match self.random.below(10) {
            0 | 1 if !inside.is_empty() && self.random.one_in(2) => {
                inside.insert(0, Block::Paragraph(self.named(6, true)));
            }
            0 | 1 => inside.push(Block::Paragraph(self.named(6, true))),
            2 => inside.push(Block::Table(self.table())),
            3 => inside.push(Block::Comment),
            4 if depth + 1 < deepest => inside.push(Block::Bullets(self.list(depth + 1, deepest))),
            5 => inside.push(self.quotation()),
            7 if self.random.one_in(3) => {
                let figure = self.figure();
                inside.push(figure);
            }
            6 if self.random.one_in(2) => inside.push(Block::Definitions(self.definitions())),
            _ => {}
        }
        Item { text, inside }
    }

    fn table(&mut self) -> Table {
        let columns = self.random.between(1, 4);
        let rows = self.random.between(2, 4);
        let mut cell = |random_empty: bool| match random_empty {
            true => Vec::new(),
            false => self.running(2, false, self.notes),
        };
        let mut all = Vec::new();
        for row in 0..rows {
            let cells = (0..columns).map(|column| cell(row > 0 && (row + column) % 5 == 4));
            all.push(cells.collect());
        }
        let columns = (0..columns)
            .map(|_| self.random.one_of(&["---", ":--", "--:", ":-:"]))
            .collect();
        Table { columns, rows: all }
    }
}

/// Writes a document in a language.
struct Writer {
    code: &'static str,
    random: Random,
    /// Whether what belongs to an item is indented by three spaces, however wide its number is.
    narrow: bool,
    /// The number that the next list starts with.
    first: usize,
    out: String,
}

impl Writer {
    fn title(&mut self, pieces: &[Piece], setext: bool) {
        let text = self.running(pieces, "");
        if setext {
            self.out.push_str(&format!("{text}\n=====\n\n"));
        } else {
            self.out.push_str(&format!("# {text}\n\n"));
        }
    }

    fn running(&mut self, pieces: &[Piece], indent: &str) -> String {
        let text = written(pieces, self.code, indent, &mut self.random);
        text.trim().trim_end_matches('\\').to_owned()
    }

    fn text(&mut self, text: &Text, indent: &str) -> String {
        let mut out = self.running(&text.pieces, indent);
        if let Some(name) = &text.name {
            out.push_str(&format!(" {{#{name}}}"));
        }
        out
    }

    fn block(&mut self, block: &Block, indent: &str) {
        match block {
            Block::Opening(pieces) => {
                let text = self.running(pieces, indent);
                self.out.push_str(&format!("{indent}{text}\n\n"));
            }
            Block::Paragraph(text) => {
                let text = self.text(text, indent);
                self.out.push_str(&format!("{indent}{text}\n\n"));
            }
            Block::Heading(level, text) => {
                let text = self.text(text, indent);
                self.out.push_str(&format!("{} {text}\n\n", "#".repeat(*level)));
            }
            Block::Comment => self
                .out
                .push_str(&format!("{indent}<!-- a comment\n{indent}of two lines -->\n\n")),
            Block::Table(table) => self.table(table, indent),
            Block::Verse(stanzas) => {
                self.out.push_str(&format!("{indent}::: verse\n"));
                for (at, stanza) in stanzas.iter().enumerate() {
                    if at > 0 {
                        self.out.push('\n');
                    }
                    for (spaces, first, second) in stanza {
                        let first = self.running(first, "");
                        let line = match second.is_empty() {
                            true => first,
                            false => format!("{first} … {}", self.running(second, "")),
                        };
                        self.out.push_str(&format!("{indent}{}{line}\n", " ".repeat(*spaces)));
                    }
                }
                self.out.push_str(&format!("{indent}:::\n\n"));
            }
            Block::Figure(alt, below) => {
                let mut words = |count: usize| {
                    let words = (0..count).map(|_| word(self.code, &mut self.random));
                    words.collect::<Vec<_>>().join(" ")
                };
                let (alt, below) = (words(*alt), words(*below));
                let below = match below.is_empty() {
                    true => below,
                    false => format!(" \"{below}\""),
                };
                self.out.push_str(&format!("{indent}![{alt}](map.svg{below})\n\n"));
            }
            Block::Bullets(items) => {
                let sign = self.random.one_of(&["- ", "- ", "* ", "+ "]);
                for item in items {
                    let inner = format!("{indent}  ");
                    let text = self.text(&item.text, &inner);
                    self.out.push_str(&format!("{indent}{sign}{text}\n\n"));
                    for block in &item.inside {
                        self.block(block, &inner);
                    }
                }
            }
            Block::Quotation(first, blocks) => self.quotation(*first, blocks, indent),
            Block::Definitions(definitions) => {
                for (term, meanings) in definitions {
                    let term = self.text(term, "");
                    self.out.push_str(&format!("{indent}{term}\n"));
                    for (at, meaning) in meanings.iter().enumerate() {
                        let inner = format!("{indent}  ");
                        let text = self.text(meaning, &inner);
                        let sign = if at == 0 { ": " } else { "  " };
                        self.out.push_str(&format!("{indent}{sign}{text}\n\n"));
                    }
                }
            }
            Block::List(items) => {
                let first = std::mem::replace(&mut self.first, 1);
                for (at, item) in items.iter().enumerate() {
                    let number = format!("{}. ", at + first);
                    // Three spaces are enough under `10. ` too.
                    let inner = format!("{indent}{}", " ".repeat(if self.narrow { 3 } else { number.len() }));
                    let text = self.text(&item.text, &inner);
                    self.out.push_str(&format!("{indent}{number}{text}\n\n"));
                    for block in &item.inside {
                        self.block(block, &inner);
                    }
                }
            }
        }
    }

    /// Writes what is quoted for itself, then a `>` before each line.
    fn quotation(&mut self, first: usize, blocks: &[Block], indent: &str) {
        let before = std::mem::take(&mut self.out);
        for block in blocks {
            self.first = if matches!(block, Block::List(_)) { first } else { 1 };
            self.block(block, "");
        }
        self.first = 1;
        let quoted = std::mem::replace(&mut self.out, before);
        for line in quoted.trim_end().lines() {
            self.out.push_str(format!("{indent}> {line}").trim_end_matches([' ']));
            self.out.push_str(if line.ends_with("  ") { "  \n" } else { "\n" });
        }
        self.out.push('\n');
    }

    fn table(&mut self, table: &Table, indent: &str) {
        for (at, row) in table.rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| self.running(cell, "")).collect();
            self.out.push_str(&format!("{indent}| {} |\n", cells.join(" | ")));
            if at == 0 {
                self.out
                    .push_str(&format!("{indent}| {} |\n", table.columns.join(" | ")));
            }
        }
        self.out.push('\n');
    }

    fn note(&mut self, note: usize, paragraphs: &[Vec<Piece>]) {
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let text = self.running(paragraph, "    ");
            if at == 0 {
                self.out.push_str(&format!("[^{}]: {text}\n\n", note_name(note)));
            } else {
                self.out.push_str(&format!("    {text}\n\n"));
            }
        }
    }
}

fn facts(languages: &[&str], random: &mut Random) -> String {
    let codes = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| format!("\"{code}\""))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut facts = String::from("kind = \"resolution\"\n");
    let symbols = ["A/RES/61/180", "S/RES/1325", "E/RES/2006/27", "A/1", "S/2011/667"];
    facts.push_str(&format!("symbol = \"{}\"\n", random.one_of(&symbols)));
    let bodies = ["general-assembly", "security-council", "economic-and-social-council"];
    facts.push_str(&format!("body = \"{}\"\n", random.one_of(&bodies)));
    facts.push_str(&format!("session = {}\n", random.between(1, 199)));
    if random.one_in(2) {
        facts.push_str(&format!("agenda-item = {}\n", random.between(1, 170)));
        facts.push_str("report = { symbol = \"A/61/444\", committee = 3 }\n");
    }
    facts.push_str("adopted = 2006-12-20\nmeeting = 82\ndistribution = \"general\"\nissued = 2007-03-08\n");
    facts.push_str(&format!("languages = [{}]\n", codes(languages)));
    if random.one_in(3) {
        facts.push_str(&format!(
            "unofficial = [{}]\n",
            codes(&languages[languages.len() - 1..])
        ));
    }
    if random.one_in(6) {
        facts.push_str("digits = \"western\"\n");
    }
    if random.one_in(4) {
        facts.push_str("[layout]\nkashida = false\n");
    }
    facts
}
