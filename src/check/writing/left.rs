//! Notation that is left in the text because it is none there: an emphasis that nothing closes, what other dialects of
//! Markdown have, entities and tags that are not whole. It is printed as it stands.

use std::ops::Range;

use super::super::characters::FirstOnes;
use super::raised::{lowered, raised};
use super::{Running, is_of_word};
use crate::diagnostic::Diagnostic;
use crate::locale::quotation_marks;

/// The longest piece of a text that a warning quotes, in letters.
const LONGEST: usize = 40;
/// Names of entities that are taken for such without the semicolon too.
const ENTITIES: [&str; 16] = [
    "nbsp", "amp", "lt", "gt", "quot", "apos", "shy", "deg", "laquo", "raquo", "ndash", "mdash", "lsquo", "rsquo",
    "ldquo", "rdquo",
];

/// What is left: its letters, and what is told of it.
struct Left {
    range: Range<usize>,
    message: String,
    hint: String,
    /// What to write for its letters, where one thing alone is meant.
    meant: Option<String>,
}

/// Warns of notation that is printed.
pub(super) fn check(running: &Running<'_>, warnings: &mut FirstOnes) {
    let marks = [
        '*', '_', '~', '^', '`', '$', '[', ']', '&', '<', '>', '#', '|', '-', '\\',
    ];
    if !running.letters.iter().any(|letter| marks.contains(&letter.c)) {
        return;
    }
    let mut at = 0;
    let last_formula = running.letters.iter().rposition(|letter| letter.c == '$');
    while at < running.letters.len() {
        let end = left(running, at, last_formula, warnings);
        at = end.max(at + 1);
    }
}

/// Warns of what is left at a place; the place after it.
fn left(running: &Running<'_>, at: usize, last_formula: Option<usize>, warnings: &mut FirstOnes) -> usize {
    let c = running.letters[at].c;
    if running.letters[at].address || c.is_alphanumeric() || c == ' ' || !is_bare(running, at) {
        return at + 1;
    }
    let found = match c {
        '*' => stars(running, at),
        '_' => underscore(running, at),
        '~' if running.get(at + 1) == Some('~') => struck_out(running, at),
        '~' | '^' => raised_or_lowered(running, at),
        '`' => Some(backtick(running, at)),
        '$' if last_formula.is_some_and(|last| last > at) => formula(running, at),
        '[' if at == 0 => task(running),
        ']' => link(running, at),
        '&' => entity(running, at),
        '<' | '>' => angle(running, at),
        '#' if at == 0 => heading(running),
        '|' if at == 0 => table(running),
        '-' => hyphens(running, at),
        '\\' => command(running, at),
        _ => None,
    };
    let Some(found) = found else {
        return at + run(running, at);
    };
    let end = found.range.end;
    warnings.push(|| found.warning(running));
    end
}

impl Left {
    fn new(range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            hint: hint.into(),
            meant: None,
        }
    }

    /// What to write for its letters.
    fn meant(mut self, meant: impl Into<String>) -> Self {
        self.meant = Some(meant.into());
        self
    }

    fn warning(self, running: &Running<'_>) -> Diagnostic {
        let Range { start, end } = self.range;
        let warning = running.warning("notation-left", self.message, start, end - start);
        let warning = match self.meant {
            Some(meant) => warning.fix(meant),
            None => warning,
        };
        warning.hint(self.hint)
    }
}

/// Whether a character stands in the file as it is: not as an entity, and not after a backslash.
fn is_bare(running: &Running<'_>, at: usize) -> bool {
    let (text, start) = (running.text.file.text(), running.start(at));
    let escapes = text.as_bytes()[..start]
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\')
        .count();
    escapes % 2 == 0
        && text
            .get(start..)
            .is_some_and(|rest| rest.starts_with(running.letters[at].c))
}

/// How often the character of a place stands there, one after the other.
fn run(running: &Running<'_>, at: usize) -> usize {
    let c = running.letters[at].c;
    running.letters[at..].iter().take_while(|letter| letter.c == c).count()
}

/// What stands round a place, up to white space, but no more than can be read.
fn token(running: &Running<'_>, at: usize) -> Range<usize> {
    let is_solid = |letter: &&super::Letter| !letter.c.is_whitespace();
    let before = running.letters[..at]
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(is_solid)
        .count();
    let after = running.letters[at..].iter().take(LONGEST).take_while(is_solid).count();
    at - before..at + after
}

fn is_gap(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_number(c: Option<char>) -> bool {
    c.is_some_and(char::is_numeric)
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(is_of_word)
}

/// Stars that open or close no emphasis.
fn stars(running: &Running<'_>, at: usize) -> Option<Left> {
    let count = run(running, at);
    let end = at + count;
    let (before, next) = (running.before(at), running.get(end));
    let stars = "*".repeat(count.min(3));
    let escaped = "\\*".repeat(count.min(3));
    let style = if count == 1 { "italics" } else { "bold" };
    let hint = match (is_gap(before), is_gap(next)) {
        // A product, and a star alone.
        (true, true) if count == 1 => return None,
        (true, true) => format!("take it away; the stars themselves are written `{escaped}`"),
        _ if is_number(before) && is_number(next) => return None,
        // The name of files of a kind.
        _ if next == Some('.')
            && running
                .get(end + 1)
                .is_some_and(|c| c.is_ascii_alphanumeric() || c == '*') =>
        {
            return None;
        }
        (_, false) if !is_letter(before) => {
            let word = running.source(end, running.word_end(end).min(end + LONGEST));
            format!("close it after the words in {style}, as in `{stars}{word}{stars}`; a star itself is written `\\*`")
        }
        _ => {
            let start = running.word_start(at).max(at.saturating_sub(LONGEST));
            let word = running.source(start, at);
            format!("open it before the words in {style}, as in `{stars}{word}{stars}`; a star itself is written `\\*`")
        }
    };
    Some(Left::new(
        at..end,
        format!("`{stars}` is printed as it stands: it has no partner"),
        hint,
    ))
}

/// An underscore at the edge of a word that opens or closes no emphasis.
fn underscore(running: &Running<'_>, at: usize) -> Option<Left> {
    let count = run(running, at);
    let end = at + count;
    let joined = is_letter(running.before(at)) != is_letter(running.get(end));
    let token = token(running, at);
    // A name of a program has underscores anywhere, a form has long lines of them.
    let named = running.letters[token].iter().filter(|letter| letter.c == '_').count() > count;
    (joined && count < 3 && !named).then(|| {
        let hint = "italics are written `*…*`, bold `**…**`; an underscore itself is written `\\_`";
        Left::new(at..end, "`_` is printed as it stands: it has no partner", hint)
    })
}

/// Words between `~~`, which other dialects strike out.
fn struck_out(running: &Running<'_>, at: usize) -> Option<Left> {
    let start = at + run(running, at);
    if is_gap(running.get(start)) {
        return None;
    }
    let after = running.letters[start..]
        .windows(2)
        .position(|pair| pair[0].c == '~' && pair[1].c == '~');
    let (end, words) = match after {
        Some(after) => (start + after + 2, running.source(start, start + after)),
        None => (start, ""),
    };
    let hint = match words {
        "" => "take it away; the signs themselves are written `\\~\\~`".to_owned(),
        words if words.len() > 4 * LONGEST => "take the words away, or the signs round them".to_owned(),
        words => format!("take the words away, or write `{words}`; the signs themselves are written `\\~\\~`"),
    };
    Some(Left::new(
        at..end,
        "`~~` is printed as it stands: nothing is struck out in a document",
        hint,
    ))
}

/// `^` and `~` at digits and letters, which other dialects raise and lower.
fn raised_or_lowered(running: &Running<'_>, at: usize) -> Option<Left> {
    let c = running.letters[at].c;
    let token = token(running, at);
    let inner = at + 1;
    let rest = &running.letters[inner..token.end];
    let closing = rest.iter().position(|letter| letter.c == c).map(|after| inner + after);
    let digits = rest
        .iter()
        .take_while(|letter| is_number(Some(letter.c)) || matches!(letter.c, '+' | '-' | '−'));
    let end = match closing {
        Some(closing) => closing,
        None if c == '^' && running.get(inner) == Some('{') => {
            let brace = rest.iter().position(|letter| letter.c == '}');
            brace.map_or(inner, |after| inner + after + 1)
        }
        // A letter alone is a power too, where it stands on something.
        None => match digits.count() {
            0 if c == '^' && is_letter(running.get(inner)) && is_word_of(running, at) => inner + 1,
            digits => inner + digits,
        },
    };
    // A tilde alone is the sign of what is about so much; `[^1]` is told as the mark of a note.
    let raises = c == '^' && running.before(at) != Some('[');
    if end == inner || !(raises || (closing.is_some() && is_letter(running.before(at)))) {
        return None;
    }
    let stop = if closing.is_some() { end + 1 } else { end };
    let inside = running.source(inner, end).trim_start_matches('{').trim_end_matches('}');
    let formed = if c == '^' { raised(inside) } else { lowered(inside) };
    let start = running.word_start(at).max(token.start);
    let written = running.source(start, stop);
    let hint = match &formed {
        Some(formed) => {
            let after = running.source(stop, running.word_end(stop).min(token.end));
            format!(
                "write `{}{formed}{after}`; the sign itself is written `\\{c}`",
                running.source(start, at)
            )
        }
        None if closing.is_none() => format!("write it in letters and signs; the sign itself is written `\\{c}`"),
        None => format!("take it away; the sign itself is written `\\{c}`"),
    };
    let message = match c {
        '^' => format!("`{written}` is printed as it stands: `^` raises nothing"),
        _ => format!("`{written}` is printed as it stands: `~` lowers nothing"),
    };
    let left = Left::new(at..stop, message, hint);
    Some(match formed {
        Some(formed) => left.meant(formed),
        None => left,
    })
}

/// Whether a sign stands between a letter or digit and one letter that ends the word: `a^b`.
fn is_word_of(running: &Running<'_>, at: usize) -> bool {
    let before = running.before(at);
    let follows = running.get(at + 2);
    (is_letter(before) || is_number(before)) && !is_letter(follows) && !is_number(follows)
}

/// `\alpha`, `\frac{1}{2}`: a command, which other notations have.
fn command(running: &Running<'_>, at: usize) -> Option<Left> {
    let before = running.before(at);
    let starts = before.is_none() || is_gap(before) || before == Some('(');
    let name = running.letters[at + 1..]
        .iter()
        .take_while(|letter| letter.c.is_ascii_alphabetic());
    let mut end = at + 1 + name.count();
    // A backslash that is meant has one before it in the source.
    if !starts || end < at + 3 || running.source(at, end).starts_with("\\\\") {
        return None;
    }
    while running.get(end) == Some('{') {
        let close = running.letters[end..]
            .iter()
            .take(LONGEST)
            .position(|letter| letter.c == '}');
        let Some(close) = close else { break };
        end += close + 1;
    }
    let message = format!(
        "`{}` is printed as it stands: a document has no commands",
        running.source(at, end)
    );
    let hint = "write the sign itself, as `α` or `½`; a backslash itself is written `\\\\`";
    Some(Left::new(at..end, message, hint))
}

fn backtick(running: &Running<'_>, at: usize) -> Left {
    let end = at + run(running, at);
    let language = running.letters[at].language;
    let message = "a backtick is printed as it stands";
    let hint = if is_letter(running.before(at)) && is_letter(running.get(end)) {
        let hint = "an apostrophe is written `’`, a backtick itself \\`";
        return Left::new(at..end, message, hint).meant("’");
    } else {
        let [start, close] = quotation_marks(language)[0];
        format!("a quotation is written `{start}…{close}`, a backtick itself \\`")
    };
    Left::new(at..end, message, hint)
}

/// `$…$`, which other dialects set as a formula.
fn formula(running: &Running<'_>, at: usize) -> Option<Left> {
    let start = at + run(running, at);
    if is_letter(running.before(at)) || is_gap(running.get(start)) {
        return None;
    }
    let inside = running.letters[start..]
        .iter()
        .take(4 * LONGEST)
        .position(|letter| letter.c == '$')?;
    let close = start + inside;
    if inside == 0 || is_gap(running.before(close)) || is_number(running.get(close + 1)) {
        return None;
    }
    let end = close + run(running, close);
    let formula = running.source(start, close);
    let plain = formula.contains(' ') && !formula.contains(['\\', '^', '_', '=', '{']);
    (!plain).then(|| {
        let written = running.source(at, end);
        let message = format!("`{written}` is printed as it stands: a document has no formulas");
        let power = formula.split_once('^').map(|(base, power)| (base, raised(power)));
        let meant = power.and_then(|(base, power)| Some(format!("{base}{}", power?)));
        let words = match &meant {
            Some(meant) => format!("write `{meant}`"),
            None => "write it in letters and signs".to_owned(),
        };
        let left = Left::new(
            at..end,
            message,
            format!("{words}; a dollar sign itself is written `\\$`"),
        );
        match meant {
            Some(meant) => left.meant(meant),
            None => left,
        }
    })
}

/// The box of a task before a text.
fn task(running: &Running<'_>) -> Option<Left> {
    let inside = running.get(1)?;
    let is_box = matches!(inside, 'x' | 'X' | ' ' | '✓' | '✔');
    (is_box && running.get(2) == Some(']') && is_gap(running.get(3))).then(|| {
        let message = format!("`[{inside}]` is printed as it stands: a document has no boxes to tick");
        Left::new(0..3, message, "take it away; the bracket itself is written `\\[`")
    })
}

/// A link that is not whole.
fn link(running: &Running<'_>, at: usize) -> Option<Left> {
    let next = running.letters.get(at + 2)?;
    if running.get(at + 1) != Some('(') || !(next.address || matches!(next.c, '#' | '/' | '<')) {
        return None;
    }
    let hint =
        "an address has no spaces, and no mark of a note stands in the words; the bracket itself is written `\\]`";
    Some(Left::new(
        at..at + 2,
        "`](` is printed as it stands: what it stands in is not read as a link",
        hint,
    ))
}

/// `&name;` that is no entity, or one without its semicolon.
fn entity(running: &Running<'_>, at: usize) -> Option<Left> {
    let rest = &running.letters[at + 1..];
    let length = rest
        .iter()
        .take(LONGEST)
        .take_while(|letter| letter.c.is_ascii_alphanumeric() || letter.c == '#')
        .count();
    let name: String = rest[..length].iter().map(|letter| letter.c).collect();
    let closed = running.get(at + 1 + length) == Some(';');
    let fits = if closed {
        length > 1
    } else {
        ENTITIES.contains(&name.as_str())
    };
    fits.then(|| {
        let end = at + 1 + length + usize::from(closed);
        let message = format!(
            "`{}` is printed as it stands: it stands for no character",
            running.source(at, end)
        );
        let (hint, meant) = match (closed, name.as_str()) {
            (false, "amp") => ("write `&`".to_owned(), "&".to_owned()),
            (false, name) => (
                format!("write `&{name};`; the sign itself is written `\\&`"),
                format!("&{name};"),
            ),
            (true, _) => {
                let hint = "write the character itself; the sign itself is written `\\&`";
                return Left::new(at..end, message, hint);
            }
        };
        Left::new(at..end, message, hint).meant(meant)
    })
}

/// A tag or an address that is not whole, and angle brackets for quotation marks.
fn angle(running: &Running<'_>, at: usize) -> Option<Left> {
    let count = run(running, at);
    let (end, c) = (at + count, running.letters[at].c);
    let next = running.letters.get(end);
    if count == 2 && (!is_gap(running.get(end)) || !is_gap(running.before(at))) {
        let mark = if c == '<' { '«' } else { '»' };
        let [start, close] = quotation_marks(running.letters[at].language)[0];
        let hint = format!("a quotation is written `{start}…{close}`; the sign itself is written `\\{c}`");
        let message = format!("`{c}{c}` is printed as two signs, not as `{mark}`");
        return Some(Left::new(at..end, message, hint));
    }
    if c == '>' || count > 1 || is_letter(running.before(at)) {
        return None;
    }
    let next = next?;
    if next.address {
        let hint = "close the address with `>`, as in `<https://…>`; the sign itself is written `\\<`";
        return Some(Left::new(
            at..end,
            "`<` is printed as it stands: nothing closes it",
            hint,
        ));
    }
    let name = match next.c {
        '/' | '!' => running.get(end + 1),
        c => Some(c),
    };
    name.is_some_and(|c| c.is_ascii_alphabetic() || c == '-').then(|| {
        let hint = "take the tag away: a document has no HTML; the sign itself is written `\\<`";
        Left::new(at..end, "`<` is printed as it stands: nothing closes it", hint)
    })
}

/// The signs of a heading without the space after them.
fn heading(running: &Running<'_>) -> Option<Left> {
    let count = run(running, 0);
    let line = running.text.file.line_of(running.start(0));
    let starts = running.text.file.slice(line.start..running.start(0)).trim().is_empty();
    let next = running.get(count);
    // `#1` is a number.
    (starts && (2..=6).contains(&count) && !is_gap(next) && !is_number(next)).then(|| {
        let signs = "#".repeat(count);
        let word = running.source(count, running.word_end(count).min(count + LONGEST));
        let message = format!("`{signs}{word}` is printed as it stands: it is no heading");
        Left::new(
            0..count,
            message,
            format!("write `{signs} {word}`, with a space after the signs"),
        )
        .meant(format!("{signs} "))
    })
}

/// The first row of a table without the row that makes it one.
fn table(running: &Running<'_>) -> Option<Left> {
    let line = running.text.file.line_of(running.start(0));
    let row = running.text.file.slice(running.start(0)..line.end).trim_end();
    let bars = row.matches('|').count();
    (bars > 1 && row.ends_with('|')).then(|| {
        let second = format!("|{}", ":--|".repeat((bars - 1).min(LONGEST)));
        let end = running
            .letters
            .iter()
            .take(LONGEST)
            .rposition(|letter| letter.c == '|')
            .map_or(1, |at| at + 1);
        let message = "the bars of this table are printed as they stand: it is none without its second row";
        Left::new(
            0..end,
            message,
            format!("write `{second}` under its first row, with as many columns"),
        )
    })
}

/// Hyphens for a dash.
fn hyphens(running: &Running<'_>, at: usize) -> Option<Left> {
    let count = run(running, at);
    let end = at + count;
    let (before, next) = (running.before(at), running.get(end));
    let apart = before == Some(' ') && next == Some(' ');
    let between = is_letter(before) && is_letter(next);
    ((2..=3).contains(&count) && (apart || between)).then(|| {
        let dash = if is_number(before) && is_number(next) {
            '–'
        } else {
            '—'
        };
        let message = format!("`{}` is printed as {count} hyphens", "-".repeat(count));
        Left::new(at..end, message, format!("a dash is written `{dash}`")).meant(dash)
    })
}
