//! Labels that were typed by hand: `(a)`, `أ)`, `١ -`. They are printed as they stand, and no label of the edition is.
//! Nothing but a warning: words may stand in brackets too.

use super::causes::Slip;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Paragraph, Role};
use crate::source::{ParsedText, Sort, TypedLabel, typed_label};

/// Warns of paragraphs that start like the item of a list, but are none to Markdown; once for several in a row.
pub(super) fn check(text: &ParsedText) -> Vec<Slip> {
    let language = text.expression.language;
    let mut warnings: Vec<(Diagnostic, usize)> = Vec::new();
    let mut last_was_typed = false;
    for (at, block) in text.expression.blocks.iter().enumerate() {
        let label = match block {
            // A fault was told of it.
            _ if text.doubts.told.contains(&at) => None,
            Block::Paragraph(paragraph) if is_plain(paragraph) => {
                let label = typed_label(text.file.slice(paragraph.span.clone()), language);
                // What is quoted may start in the middle of a list.
                label.filter(|label| paragraph.role != Role::Quotation || label.sort == Sort::Bullet)
            }
            _ => None,
        };
        let Some(label) = label else {
            last_was_typed = false;
            continue;
        };
        if let (true, Some((_, count))) = (last_was_typed, warnings.last_mut()) {
            *count += 1;
            continue;
        }
        last_was_typed = true;
        let start = block.span().start;
        let span = start..start + label.length;
        let message = format!(
            "this paragraph starts like an item of a list, `{}`, but is none",
            text.file.slice(span.clone())
        );
        let item = item(label);
        let hint = format!("write `{item}` in its place: each edition prints the labels of its language");
        let after = &text.file.text()[span.end..];
        let spaces = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
        let warning = Diagnostic::warning(message).rule("typed-label");
        // Before a list it would be the first of its items, whose numbers it would change.
        let next = text.expression.blocks.get(at + 1);
        let warning = match next {
            Some(Block::Paragraph(next)) if next.label.is_some() => warning,
            _ => warning.fix_at(&text.file, [(span.start..span.end + spaces, item)]),
        };
        warnings.push((warning.at(&text.file, span).hint(hint), 1));
    }
    for block in &text.expression.blocks {
        if let Block::Paragraph(paragraph) = block {
            warnings.extend(in_the_middle(text, paragraph));
        }
    }
    let slip = |(warning, count): (Diagnostic, usize)| Slip {
        warning: match count {
            1 => warning,
            count => warning.label(format!("the first of {count} in a row")),
        },
    };
    warnings.into_iter().map(slip).collect()
}

/// Warns of lines of a paragraph that start like the items of a list after what ends an item: they run on in one paragraph.
/// Told is the first of them, and how many there are.
fn in_the_middle(text: &ParsedText, paragraph: &Paragraph) -> Option<(Diagnostic, usize)> {
    let source = text.file.slice(paragraph.span.clone());
    let mut at = paragraph.span.start;
    let mut ended = false;
    let mut found: Option<(Diagnostic, usize)> = None;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_start();
        let start = at + line.len() - bare.len();
        at += line.len();
        if let Some(label) = typed_label(bare, text.expression.language).filter(|_| ended) {
            let (_, count) = found.get_or_insert_with(|| {
                let written = &bare[..label.length];
                let message =
                    format!("this line starts like an item of a list, `{written}`, but goes on in its paragraph");
                let hint = format!(
                    "write an empty line before it, and `{}` in place of `{written}`",
                    item(label)
                );
                let span = start..start + label.length;
                (
                    Diagnostic::warning(message)
                        .rule("typed-label")
                        .at(&text.file, span)
                        .hint(hint),
                    0,
                )
            });
            *count += 1;
        }
        ended = bare.trim_end().ends_with([':', ';', '؛', ',', '،', '.', '۔']);
    }
    found
}

/// What to write in place of a typed label.
fn item(label: TypedLabel) -> String {
    match label.sort {
        Sort::Bullet => "- ".to_owned(),
        Sort::Number(_) | Sort::Letter(_) => format!("{}. ", label.number().unwrap_or(1)),
    }
}

/// Whether a paragraph has no label of its own.
fn is_plain(paragraph: &Paragraph) -> bool {
    let role = matches!(
        paragraph.role,
        Role::Preambular | Role::Continuation | Role::Body | Role::Operative | Role::Quotation
    );
    role && paragraph.label.is_none()
}
