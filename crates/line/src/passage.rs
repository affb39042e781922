//! Passages: the pieces of the document's text as they are handed to Typst, each under a number that comes back with
//! every glyph. So a laid-out glyph is known by the place of its letters in the text, whatever order it was set in.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::LazyLock;

use typst::foundations::{Content, NativeElement};
use typst::syntax::{FileId, RootedPath, Span, VirtualPath, VirtualRoot};
use typst::text::TextElem;

use qarar_text::Language;
use qarar_text::is_steering;

/// Typst keeps the offset of a glyph in its passage in 16 bits: longer text is cut into passages of this many bytes.
const LONGEST: usize = 32 << 10;

/// What the text of a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Running text.
    Text,
    /// The label of a paragraph: `١ -`.
    Label,
    /// The mark of a note in the text, with the place of the note.
    Mark(u32),
    /// The mark before the text of a note, with the place of the note.
    NoteLabel(u32),
    /// The end of a line that the author broke. It is read and never set.
    LineEnd,
    /// The end of a paragraph, a cell or a line of the template's own. It is read and never set.
    ParagraphEnd,
}

/// A piece of text as it was handed to Typst.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The text as the source has it.
    pub text: String,
    /// What it is.
    pub purpose: Purpose,
    /// Its language.
    pub language: Language,
    /// Whether the author names its language, so that it differs from that of the text round it.
    pub named: bool,
    /// The link that it is words of, by its place among those of the text.
    pub link: Option<u32>,
    /// The paragraph that it is of, for the bidirectional algorithm; an author's line break ends one.
    pub paragraph: u32,
    /// Whether it is of a paragraph that Typst does not break: behind each of its spaces stands a joiner for that alone.
    pub unbroken: bool,
    /// What is said of places in it where a line would end or start, by the byte that the next line would start with.
    pub ties: Vec<(u32, Tie)>,
    /// Whether the lines of its paragraph are given, as those of an official edition are.
    pub given: bool,
}

/// What is said of a place between two lines, beyond the rules of Unicode for line breaking (UAX #14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// A line ends here, as in the official edition.
    Given,
    /// What belongs together, and may be parted where lines would be bad otherwise: a number and its noun, a short parenthesis.
    Loose,
    /// Two words with a slash between them, as the two names of a month: who looks for both does not find them.
    Words,
    /// The inside of an address or a symbol: parted only where it is wider than its column.
    Inside,
    /// What must not be parted: a day and its month, `و` and the number after it. It is where nothing else is left.
    Firm,
    /// No line ends here.
    Never,
}

/// A text with what is said of the places between its lines. Behind every space stands a word joiner (U+2060), which keeps
/// Typst from breaking there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tied {
    /// The text.
    pub text: String,
    /// The ties, in the order of the text.
    pub ties: Vec<(u32, Tie)>,
}

impl Tied {
    /// The place behind all that is there so far is tied.
    pub fn tie(&mut self, tie: Tie) {
        self.ties.push((self.text.len() as u32, tie));
    }

    /// A text without ties, with joiners behind its spaces.
    pub fn free(text: &str) -> Self {
        Self {
            text: text.replace(' ', JOINED),
            ties: Vec::new(),
        }
    }
}

/// A space at which Typst does not break.
pub const JOINED: &str = " \u{2060}";

/// All passages of an edition, in reading order within each block.
#[derive(Debug, Default)]
pub struct Passages {
    passages: Vec<Passage>,
    paragraph: u32,
    named: bool,
    /// Where each link leads.
    links: Vec<Link>,
    link: Option<u32>,
}

/// A link of the text.
#[derive(Debug)]
struct Link {
    target: String,
    /// The passage that its words start with.
    first: usize,
}

/// A place in the text: a passage and a range of bytes in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The number of the passage.
    pub passage: u32,
    /// The bytes in its text.
    pub range: (u32, u32),
}

/// The joiner after a letter of a label that is drawn in its initial form. In the text of a source it is a part of the text.
const LABEL_JOINER: char = '\u{200d}';

impl Passages {
    /// Says whether the author names the language of what is added from here on.
    pub fn name_language(&mut self, named: bool) {
        self.named = named;
    }

    /// Starts a link: what is added up to its end leads to a place, by a URI reference (RFC 3986 4.1): an address, or `#` and a
    /// name of the document.
    pub fn start_link(&mut self, target: String) {
        self.link = Some(self.links.len() as u32);
        let first = self.passages.len();
        self.links.push(Link { target, first });
    }

    /// Ends a link.
    pub fn end_link(&mut self) {
        self.link = None;
    }

    /// The words of a link, without what steers and is not seen.
    pub fn link_text(&self, link: u32) -> String {
        let first = self
            .links
            .get(link as usize)
            .map_or(self.passages.len(), |link| link.first);
        let rest = (first as u32..).zip(&self.passages[first..]);
        let own = rest.take_while(|(_, passage)| passage.link == Some(link));
        own.map(|(number, passage)| self.text(number, 0..passage.text.len()))
            .collect()
    }

    /// Whether what is added is words of a link.
    pub fn is_in_link(&self) -> bool {
        self.link.is_some()
    }

    /// Whether the text has links.
    pub fn has_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// Where a link leads.
    pub fn link_target(&self, link: u32) -> Option<&str> {
        self.links.get(link as usize).map(|link| link.target.as_str())
    }

    /// Whether the author names the language of what is added.
    pub fn names_language(&self) -> bool {
        self.named
    }

    /// Adds text and gives the content that sets it. The white space of `text` may hold no-break spaces in place of
    /// spaces and steering characters; both are undone in what readers get.
    pub fn add(&mut self, text: &str, purpose: Purpose, language: Language) -> Content {
        self.add_shown(text, text.len(), purpose, language)
    }

    /// The same, with text at its end that is read and not set: the space at which a line is broken by force, which
    /// Typst would take for a part of the line. `shown` is the length in bytes of what is set.
    pub fn add_shown(&mut self, text: &str, shown: usize, purpose: Purpose, language: Language) -> Content {
        let mut rest = text;
        let mut left = shown;
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(cut(rest));
            rest = tail;
            let number = self.passages.len() as u64;
            self.passages.push(Passage {
                text: piece.to_owned(),
                purpose,
                language,
                named: self.named,
                link: self.link,
                paragraph: self.paragraph,
                unbroken: false,
                ties: Vec::new(),
                given: false,
            });
            let set = &piece[..left.min(piece.len())];
            left -= set.len();
            if !set.is_empty() {
                pieces.push(TextElem::new(set.into()).pack().spanned(span(number)));
            }
        }
        Content::sequence(pieces)
    }

    /// Adds running text of a paragraph that Typst does not break ([`unbroken`](crate::unbroken)), and gives the content that
    /// sets it. `given` says that its lines are those of an official edition.
    pub fn add_tied(&mut self, tied: &Tied, given: bool, language: Language) -> Content {
        let first = self.passages.len();
        let content = self.add(&tied.text, Purpose::Text, language);
        let mut ties = tied.ties.iter().copied().peekable();
        let mut start = 0;
        for passage in &mut self.passages[first..] {
            let end = start + passage.text.len() as u32;
            passage.unbroken = true;
            passage.given = given;
            while let Some((at, tie)) = ties.next_if(|(at, _)| *at <= end) {
                passage.ties.push((at - start, tie));
            }
            start = end;
        }
        content
    }

    /// Adds text that was laid out without being handed over here, and gives its number: its glyphs get the span of that
    /// number ([`Passages::span`]).
    pub(crate) fn add_laid_out(&mut self, text: &str, language: Language) -> u32 {
        self.passages.push(Passage {
            text: text.to_owned(),
            purpose: Purpose::Text,
            language,
            named: false,
            link: self.link,
            paragraph: self.paragraph,
            unbroken: false,
            ties: Vec::new(),
            given: false,
        });
        self.passages.len() as u32 - 1
    }

    /// The span of the glyphs of a passage.
    pub fn span(number: u32) -> Span {
        span(u64::from(number))
    }

    /// Says that a line or a paragraph ends here, and what a reader gets for its end.
    pub fn end(&mut self, purpose: Purpose, read: &str, language: Language) {
        self.paragraph += 1;
        self.passages.push(Passage {
            text: read.to_owned(),
            purpose,
            language,
            named: false,
            link: self.link,
            paragraph: self.paragraph,
            unbroken: false,
            ties: Vec::new(),
            given: false,
        });
    }

    /// Whether a passage between two others ends what is before it, by one of these purposes.
    pub fn parts(&self, before: u32, after: u32, purposes: &[Purpose]) -> bool {
        let between = self.passages.get(before as usize + 1..after as usize);
        between.is_some_and(|between| between.iter().any(|passage| purposes.contains(&passage.purpose)))
    }

    /// The passage of a number.
    pub fn get(&self, number: u32) -> Option<&Passage> {
        self.passages.get(number as usize)
    }

    /// The passage that a glyph with this span belongs to; `None` for text of the template's own.
    pub(crate) fn of_span(&self, span: Span) -> Option<u32> {
        if span.id() != Some(passage_file()) {
            return None;
        }
        let number = (span.into_raw().get() & NUMBER_MASK).checked_sub(FIRST_NUMBER)?;
        let number = u32::try_from(number).ok()?;
        self.get(number).map(|_| number)
    }

    /// The place of letters by their first byte and their length. Shapers make one of a character that steers and of the letter
    /// beside it, which may be of another passage: the place is that of the letter.
    pub fn place(&self, mut passage: u32, mut start: u32, mut length: u32) -> Place {
        while let Some(text) = self.get(passage).map(|passage| passage.text.as_str()) {
            let rest = text.get(start as usize..).unwrap_or_default();
            let visible = rest.find(|c| !is_steering(c)).filter(|at| *at < length as usize);
            if let Some(at) = visible {
                length = length.min(rest.len() as u32) - at as u32;
                start += at as u32;
                break;
            }
            if rest.len() >= length as usize {
                break;
            }
            length -= rest.len() as u32;
            passage += 1;
            start = 0;
        }
        Place {
            passage,
            range: (start, start + length),
        }
    }

    /// The text at a place, without steering characters; a no-break space that stands for a space is a space again.
    pub fn text(&self, passage: u32, range: Range<usize>) -> String {
        let Some(passage) = self.get(passage) else {
            return String::new();
        };
        let text = passage.text.get(range).unwrap_or_default();
        let is_unread = |c: char| is_steering(c) || passage.purpose == Purpose::Label && c == LABEL_JOINER;
        text.chars().filter(|c| !is_unread(*c)).collect()
    }
}

/// Where to cut text that is too long for one passage: after a space, so that no word is shaped in two parts.
fn cut(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let mut limit = LONGEST;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    // Not between a space and its joiner.
    let joined = text[..limit].rfind(JOINED).map(|at| at + JOINED.len());
    joined
        .or_else(|| text[..limit].rfind(' ').map(|at| at + 1))
        .unwrap_or(limit)
}

/// Typst's spans hold a file in the high 16 bits and a number from 2 in the low 48.
const NUMBER_MASK: u64 = (1 << 48) - 1;
const FIRST_NUMBER: u64 = 2;

/// The file that the spans of all passages name. Typst asks a table under a lock for it, and every glyph asks here.
fn passage_file() -> FileId {
    static FILE: LazyLock<FileId> = LazyLock::new(|| {
        #[expect(
            clippy::unwrap_used,
            reason = "a path of one word has no part that leads out of its root"
        )]
        let path = VirtualPath::new("/text").unwrap();
        FileId::new(RootedPath::new(VirtualRoot::Project, path))
    });
    *FILE
}

fn span(number: u64) -> Span {
    let raw = (u64::from(passage_file().into_raw().get()) << 48) | (FIRST_NUMBER + number);
    NonZeroU64::new(raw).map_or_else(Span::detached, Span::from_raw)
}
