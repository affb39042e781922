//! Running text over all of the notation. Its pieces are chosen once for a paragraph and written in each language, so that
//! all languages mark the same notes.

use super::random::Random;
use super::words;

/// A piece of running text.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// So many words.
    Words(usize),
    /// A number.
    Number,
    /// A phrase of another script.
    Phrase,
    /// A stop, after what is before it.
    Stop,
    /// A sign that stands alone.
    Sign,
    /// An escape or an entity.
    Written,
    /// A stretch in another language, told by its code; with emphasis inside of it.
    Told(bool),
    /// An address.
    Address,
    /// Words that lead to a page of the web.
    Link(Vec<Self>),
    /// A comment.
    Comment,
    /// The end of a line that is a space.
    LineEnd,
    /// A line break; `true` by a backslash, `false` by two spaces.
    Break(bool),
    /// The mark of the note of this number.
    Mark(usize),
    /// Marks beside each other, with what an author may write between them.
    Marks(Vec<usize>),
    /// `*…*`, or with low lines.
    Emphasis(Vec<Self>),
    /// `**…**`, or with low lines.
    Strong(Vec<Self>),
    /// In brackets.
    Bracket(Vec<Self>),
    /// Without a space before it.
    Close(Box<Self>),
}

/// What may stand in a running text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The most pieces.
    pub(crate) most: usize,
    /// Whether its lines may end and be broken: not in a cell, nor in a heading of one line.
    pub(crate) lines: bool,
    /// How many notes there are to mark; none in a note.
    pub(crate) notes: usize,
}

/// Chooses the pieces of a running text. `marked` are the notes that are marked so far.
pub(crate) fn running(bounds: Bounds, marked: &mut usize, random: &mut Random) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if random.one_in(3) {
        pieces.push(Piece::Emphasis(vec![Piece::Words(2)]));
    }
    fill(&mut pieces, bounds, marked, 0, random);
    if !pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Words(_) | Piece::Number | Piece::Phrase))
    {
        pieces.insert(0, Piece::Words(1));
    }
    pieces
}

fn fill(pieces: &mut Vec<Piece>, bounds: Bounds, marked: &mut usize, depth: usize, random: &mut Random) {
    for _ in 0..random.between(1, bounds.most) {
        let piece = piece(bounds, marked, depth, random);
        pieces.push(match random.one_in(8) {
            true => Piece::Close(Box::new(piece)),
            false => piece,
        });
    }
}

fn piece(bounds: Bounds, marked: &mut usize, depth: usize, random: &mut Random) -> Piece {
    let inner = Bounds { most: 3, ..bounds };
    let mut nested = |random: &mut Random| {
        let mut pieces = vec![Piece::Words(1)];
        fill(&mut pieces, inner, marked, depth + 1, random);
        pieces
    };
    match random.below(28) {
        0 | 1 => Piece::Number,
        2 => Piece::Phrase,
        3 => Piece::Sign,
        4 => Piece::Written,
        5 if random.one_in(2) => Piece::Address,
        6 if random.one_in(2) => Piece::Comment,
        7 if bounds.lines => Piece::LineEnd,
        8 | 9 if bounds.lines => Piece::Break(random.one_in(2)),
        10 | 11 if bounds.notes > 0 => Piece::Mark(mark(bounds.notes, marked, random)),
        12 if depth < 3 => Piece::Emphasis(nested(random)),
        13 if depth < 3 => Piece::Strong(nested(random)),
        14 if depth < 3 => Piece::Bracket(nested(random)),
        15..=17 => Piece::Stop,
        24 => Piece::Told(random.one_in(4)),
        25 => {
            let mut words = vec![Piece::Words(random.between(1, 6))];
            words.extend(random.one_in(3).then(|| Piece::Emphasis(vec![Piece::Words(2)])));
            words.extend(random.one_in(3).then_some(Piece::Number));
            Piece::Link(words)
        }
        26 if bounds.notes > 0 => {
            let marks = (0..random.between(2, 3)).map(|_| mark(bounds.notes, marked, random));
            Piece::Marks(marks.collect())
        }
        18 => Piece::Words(random.between(10, 40)),
        _ => Piece::Words(random.between(1, 5)),
    }
}

/// The next note, or one that is marked already.
fn mark(notes: usize, marked: &mut usize, random: &mut Random) -> usize {
    if *marked < notes && (*marked == 0 || !random.one_in(3)) {
        *marked += 1;
        return *marked - 1;
    }
    random.below(*marked)
}

/// Writes running text in a language; every line but the first starts with `indent`.
pub(crate) fn written(pieces: &[Piece], code: &str, indent: &str, random: &mut Random) -> String {
    let mut out = String::new();
    write(&mut out, pieces, code, indent, random);
    out
}

fn write(out: &mut String, pieces: &[Piece], code: &str, indent: &str, random: &mut Random) {
    for piece in pieces {
        match piece {
            Piece::Close(piece) => one(out, piece, code, indent, random),
            piece => {
                let clings = matches!(
                    piece,
                    Piece::Stop | Piece::Mark(_) | Piece::Marks(_) | Piece::Break(_) | Piece::LineEnd
                );
                let opened = out.is_empty() || out.ends_with([' ', '\n', '(', '[', '*', '«', '“']);
                if !clings && !opened {
                    out.push(' ');
                }
                one(out, piece, code, indent, random);
            }
        }
    }
}

fn one(out: &mut String, piece: &Piece, code: &str, indent: &str, random: &mut Random) {
    let mut around = |open: &str, inner: &[Piece], close: &str, random: &mut Random| {
        out.push_str(open);
        let mut text = String::new();
        write(&mut text, inner, code, indent, random);
        out.push_str(text.trim());
        out.push_str(close);
    };
    match piece {
        Piece::Words(count) => {
            let words: Vec<&str> = (0..*count).map(|_| words::word(code, random)).collect();
            out.push_str(&words.join(" "));
        }
        Piece::Number => out.push_str(words::number(code, random)),
        Piece::Phrase => out.push_str(words::phrase(code, random)),
        Piece::Stop => out.push_str(words::stop(code, random)),
        Piece::Sign => out.push_str(words::sign(random)),
        Piece::Written => out.push_str(words::written(random)),
        Piece::Told(emphasised) => out.push_str(&words::told(code, *emphasised, random)),
        Piece::Address => out.push_str(words::address(random)),
        Piece::Link(words) => {
            let close = format!(
                "]({})",
                random.one_of(&["https://example.org/a_b(c)?d=1", "mailto:a@b.org"])
            );
            around("[", words, &close, random);
        }
        Piece::Comment => out.push_str("<!-- a comment -->"),
        Piece::LineEnd => {
            out.push('\n');
            out.push_str(indent);
        }
        Piece::Break(backslash) => {
            out.push_str(if *backslash { "\\\n" } else { "  \n" });
            out.push_str(indent);
        }
        Piece::Mark(note) => out.push_str(&mark_of(*note)),
        Piece::Marks(notes) => {
            let between = random.one_of(&["", "", ",", ", ", " ", "،"]);
            let marks: Vec<String> = notes.iter().map(|note| mark_of(*note)).collect();
            out.push_str(&marks.join(between));
        }
        Piece::Emphasis(inner) => {
            let sign = random.one_of(&["*", "*", "*", "_"]);
            around(sign, inner, sign, random);
        }
        Piece::Strong(inner) => {
            let sign = random.one_of(&["**", "**", "**", "__"]);
            around(sign, inner, sign, random);
        }
        Piece::Bracket(inner) => {
            let (open, close) = words::brackets(code, random);
            around(open, inner, close, random);
        }
        Piece::Close(inner) => one(out, inner, code, indent, random),
    }
}

fn mark_of(note: usize) -> String {
    format!("[^{}]", super::document::note_name(note))
}
