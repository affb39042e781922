//! A source is what anybody may have written: no bytes of it make the program panic, and every fault has a place in it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use qarar::diagnostic::{Look, Place};

use crate::document::{DOCUMENT, FONTS, folder};

fn open(document: &[u8], arabic: &[u8], english: &[u8]) {
    let folder = folder(&[("document.toml", document), ("ar.md", arabic), ("en.md", english)]);
    let diagnostics = match qarar::open(folder.path(), &FONTS) {
        Ok(opened) => opened.warnings,
        Err(diagnostics) => {
            assert!(diagnostics.has_errors(), "a source without a fault is opened");
            diagnostics
        }
    };
    for diagnostic in &diagnostics {
        if let Some(Place::Text { file, span }) = diagnostic.place() {
            assert!(
                file.text().get(span.clone()).is_some(),
                "{diagnostic}: {span:?} is no text"
            );
        }
    }
    diagnostics.draw(Look::default());
}

/// Pieces of Markdown, so that more than plain paragraphs are met.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "# ",
        "## ",
        "#### ",
        "1. ",
        "2. ",
        "1) ",
        "- ",
        "   ",
        "    ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "```",
        "> ",
        "[^1]",
        "[^1]: ",
        "[^2]",
        "[^2]: ",
        "[^",
        "]",
        "[x]: y",
        "[a](b)",
        "![a](b)",
        "|",
        "|---|",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "{#a}",
        "{#",
        "}",
        "\\",
        "<!-- c -->",
        "<b>",
        "&rlm;",
        "&",
        "---",
        "===",
        "كلمة",
        "word",
        "٥٥/٢٥",
        "55",
        "ـ",
        "\u{200f}",
        "\u{feff}",
        "ﻻ",
        "\r\n",
        "\r",
        "\t",
        " ",
        "،",
        ",",
        "<http://a.b>",
        "𓀀",
        "e\u{301}",
        "\0",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn toml() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "kind",
        "symbol",
        "session",
        "report",
        "adopted",
        "languages",
        "layout",
        "fonts",
        " = ",
        "\n",
        "\"",
        "'",
        "\"\"\"",
        "[",
        "]",
        "{",
        "}",
        ",",
        "2006-12-20",
        "2006-02-31",
        "12:00",
        "61",
        "-1",
        "0x",
        "1e9",
        "true",
        "\"ar\"",
        "\"A/1\"",
        "#",
        "\\",
        "\\u0000",
        "é",
        "\u{200f}",
        "[layout]\n",
        "[[report]]\n",
        "breaks = 1",
        ".",
        "99999999999999999999",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_no_reason_to_panic(arabic: Vec<u8>, document: Vec<u8>) {
        open(DOCUMENT.as_bytes(), &arabic, &arabic);
        open(&document, &arabic, &arabic);
    }

    #[test]
    fn any_markdown_is_no_reason_to_panic(arabic in markdown(), english in markdown()) {
        open(DOCUMENT.as_bytes(), arabic.as_bytes(), english.as_bytes());
    }

    #[test]
    fn any_toml_is_no_reason_to_panic(document in toml()) {
        open(document.as_bytes(), b"# T\n\n*A*,\n", b"# T\n\n*A*,\n");
        open(format!("{DOCUMENT}{document}").as_bytes(), b"# T\n\n*A*,\n", b"# T\n\n*A*,\n");
    }
}

/// What would eat the stack, or take time that grows faster than the text.
#[test]
fn depth_and_length_are_no_reason_to_panic() {
    let deep = |piece: &str| format!("# T\n\n{}x\n", piece.repeat(2_000));
    for text in ["1. ", "> ", "*", "*a **b ", "[^1]: ", "![", "[a](", "- ", "{#", "[^"].map(deep) {
        open(DOCUMENT.as_bytes(), text.as_bytes(), b"# T\n\n*A*,\n");
    }
    let long = format!("# T\n\n{}", "word ٥٥ [^1] *a* ".repeat(20_000));
    open(DOCUMENT.as_bytes(), long.as_bytes(), long.as_bytes());
}
