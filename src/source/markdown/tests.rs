//! Cases of the parser: `tests/source/NAME.md` is a text and `NAME.txt` beside it what is read of it, a line a block.
//! `INSTA_UPDATE=always` writes the expectations anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::path::PathBuf;

use crate::locale::Language;
use crate::model::{Block, Expression, Inline, Label, Role};
use crate::source::tests::parse;

#[test]
fn a_text_is_read_as_its_structure() {
    let mut cases: Vec<PathBuf> = std::fs::read_dir("tests/source")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    cases.sort();
    assert!(cases.len() > 5, "the cases are there");
    let mut wrong = Vec::new();
    for case in cases {
        let text = std::fs::read_to_string(&case).unwrap();
        let (expression, diagnostics) = parse(Language::ENGLISH, &text);
        assert_eq!(diagnostics.to_string(), "", "{}", case.display());
        let read = outline(&expression, &text);
        let expected = case.with_extension("txt");
        if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
            std::fs::write(&expected, &read).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != read {
            wrong.push(format!("{} is not what is read:\n{read}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn outline(expression: &Expression, source: &str) -> String {
    let mut out = format!("title           {}\n", shown(&expression.title));
    for block in &expression.blocks {
        let (kind, id, lines) = match block {
            Block::Paragraph(p) => (paragraph(p.role, p.label), p.id.clone(), vec![shown(&p.content)]),
            Block::Heading(h) => (format!("heading {}", h.level), h.id.clone(), vec![shown(&h.content)]),
            Block::Figure(f) => (
                format!("figure {}", f.file),
                f.id.clone(),
                vec![f.alt.clone(), shown(&f.caption)],
            ),
            Block::Table(t) => {
                let row = |(at, row): (usize, &Vec<Vec<Inline>>)| {
                    let cell = |(column, cell): (usize, &Vec<Inline>)| match t.span(at, column) {
                        0 => "<".to_owned(),
                        _ => shown(cell),
                    };
                    let cells = row.iter().enumerate().map(cell);
                    cells.collect::<Vec<_>>().join(" | ")
                };
                let rows = std::iter::once(&t.head).chain(&t.rows).enumerate().map(row);
                (
                    "table".to_owned(),
                    None,
                    std::iter::once(format!("{:?}", t.columns)).chain(rows).collect(),
                )
            }
        };
        let id = id.map(|id| format!(" #{id}")).unwrap_or_default();
        let start: String = source[block.span()].chars().take(12).collect();
        writeln!(
            out,
            "{:<15} {}{id}  ← {start:?}",
            kind,
            lines.join("\n                ")
        )
        .unwrap();
    }
    for (at, note) in expression.notes.iter().enumerate() {
        let paragraphs: Vec<String> = note.content.iter().map(|content| shown(content)).collect();
        writeln!(out, "note {} ({})  {}", at + 1, note.name, paragraphs.join(" ¶ ")).unwrap();
    }
    out
}

fn paragraph(role: Role, label: Option<Label>) -> String {
    match label {
        Some(label) if !label.is_number() => format!("{role:?} {}•", label.depth).to_lowercase(),
        Some(label) => format!("{role:?} {}.{}", label.depth, label.ordinal).to_lowercase(),
        None => format!("{role:?}").to_lowercase(),
    }
}

fn shown(content: &[Inline]) -> String {
    let show = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.clone(),
        Inline::Emphasis(inner) => format!("<em>{}</em>", shown(inner)),
        Inline::Strong(inner) => format!("<strong>{}</strong>", shown(inner)),
        Inline::Mark { note, joins, .. } => format!("<{}{}>", if *joins { "," } else { "" }, note + 1),
        Inline::Break => "⏎".to_owned(),
        Inline::Span { language, content, .. } => format!("<{}>{}</>", language.code(), shown(content)),
        Inline::Link { target, content, .. } => format!("<{target:?}>{}</>", shown(content)),
        Inline::Address { text, .. } => format!("<{text}>"),
    };
    content.iter().map(show).collect()
}
