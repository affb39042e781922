//! What can be spoiled, what each kind of input is given to, and how a user would give it to the program.

use std::path::Path;

use qarar::edition::{Edition, usual};
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::typeset::Template;
use tempfile::TempDir;

use crate::corpus::root;
use crate::mutate::{Mutation, bytes, font, pdf_file, tokens};

/// A kind of input.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Where the files to start from lie, from the root of the repository, and how their names end.
    pub(crate) folders: &'static [&'static str],
    pub(crate) endings: &'static [&'static str],
    pub(crate) mutations: &'static [Mutation],
    /// Words that mean something in such input.
    pub(crate) words: &'static [&'static str],
    /// Gives an input to the library.
    pub(crate) try_out: fn(&Bench, &[u8]),
    /// Puts an input into a folder where the program finds it.
    pub(crate) lay_out: fn(&Path, &[u8]) -> std::io::Result<()>,
    /// The commands that a user would give in that folder.
    pub(crate) commands: &'static [&'static [&'static str]],
}

/// The target of a name.
pub(crate) fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

const DOCUMENT: &str = concat!(
    include_str!("../../tests/facts.toml"),
    "languages = [\"ar\"]
"
);

const TEXT: &str =
    "# تحسين\n\nإن الجمعية العامة[^1]،\n\n1. *تقرر* العمل؛\n2. *تطلب* [^2] ذلك.\n\n[^1]: ملاحظة.\n[^2]: أخرى.\n";

const BUILD: &[&[&str]] = &[&["check", "doc"], &["build", "--quiet", "-o", "out", "doc"]];

pub(crate) static TARGETS: [Target; 7] = [
    Target {
        name: "source",
        folders: &[
            "documents",
            "tests/source",
            "tests/texts",
            "tests/faults",
            "tests/reference/cases",
        ],
        endings: &[".md"],
        mutations: &[tokens::spoil, tokens::spoil, bytes::spoil],
        words: &[
            "[^1]",
            "[^1]: ",
            "*",
            "**",
            "_",
            "`",
            "[",
            "]",
            "(",
            ")",
            "\n\n",
            "\n",
            "1. ",
            "   1. ",
            "- ",
            "# ",
            "## ",
            "> ",
            "|",
            "|---|---|\n",
            "\\\n",
            "  \n",
            "<b>",
            "&rlm;",
            "&#x202e;",
            "\u{202e}",
            "\u{640}",
            "\u{200d}",
            "\u{fe8d}",
            "ا",
            "a",
            "١",
            "1",
            "(",
            "}",
            "{.en}",
            "{",
            "\u{301}",
            "\u{64b}",
            "😀",
            "\u{0}",
            "\t",
            "!",
            "](x)",
            "<!--",
            "-->",
        ],
        try_out: |bench, bytes| {
            if lay_source(bench.folder.path(), DOCUMENT.as_bytes(), bytes).is_ok() {
                bench.build(&bench.template);
            }
        },
        lay_out: |folder, bytes| lay_source(folder, DOCUMENT.as_bytes(), bytes),
        commands: BUILD,
    },
    Target {
        name: "toml",
        folders: &["documents", "tests/faults"],
        endings: &["document.toml"],
        mutations: &[tokens::spoil, tokens::spoil, bytes::spoil],
        words: &[
            "[",
            "]",
            "[[",
            "{",
            "}",
            "=",
            "\"",
            "'",
            "\"\"\"",
            "\n",
            "#",
            ".",
            ",",
            "-",
            "1e999",
            "nan",
            "inf",
            "0x7fffffffffffffff",
            "9223372036854775807",
            "99999-12-31",
            "0000-00-00",
            "true",
            "languages",
            "ar",
            "en",
            "zh",
            "\u{202e}",
            "\\u0000",
            "\\",
            "kind",
            "symbol",
            "layout",
            "breaks",
            "title",
            "votes",
            "\u{0}",
        ],
        try_out: |bench, bytes| {
            if lay_source(bench.folder.path(), bytes, TEXT.as_bytes()).is_ok() {
                bench.build(&bench.template);
            }
        },
        lay_out: |folder, bytes| lay_source(folder, bytes, TEXT.as_bytes()),
        commands: BUILD,
    },
    Target {
        name: "template",
        folders: &["templates", "tests"],
        endings: &[".typ"],
        mutations: &[tokens::spoil, tokens::spoil, bytes::spoil],
        words: &[
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "#",
            "$",
            "let ",
            "set ",
            "show ",
            "if ",
            "else ",
            "while ",
            "for ",
            "=>",
            "..",
            "none",
            "auto",
            "1e300pt",
            "-1pt",
            "0pt",
            "100%",
            "1fr",
            "calc.inf",
            "float.nan",
            "\"",
            "rect",
            "block",
            "box",
            "table",
            "grid",
            "place",
            "context ",
            "counter",
            "state",
            "image",
            "rotate",
            "scale",
            "repeat",
            "measure",
            "+",
            "*",
            ",",
            ":",
            "=",
            "\n",
            "int.max",
        ],
        try_out: |bench, bytes| {
            let path = bench.folder.path().join("house.typ");
            let laid = lay_source(bench.folder.path(), DOCUMENT.as_bytes(), TEXT.as_bytes());
            if laid.and_then(|()| std::fs::write(&path, bytes)).is_ok()
                && let Ok(template) = Template::read(&path)
            {
                bench.build(&template);
            }
        },
        lay_out: |folder, bytes| {
            lay_source(folder, DOCUMENT.as_bytes(), TEXT.as_bytes())?;
            std::fs::write(folder.join("house.typ"), bytes)
        },
        commands: &[&["build", "--quiet", "--template", "house.typ", "-o", "out", "doc"]],
    },
    Target {
        name: "font",
        folders: &["fonts", "tests/fonts"],
        endings: &[".ttf", ".otf"],
        mutations: &[font::spoil, font::spoil, font::spoil, bytes::spoil],
        words: &[],
        try_out: |bench, bytes| {
            let path = bench.folder.path().join("face.ttf");
            let laid = lay_source(bench.folder.path(), DOCUMENT.as_bytes(), TEXT.as_bytes());
            if laid.and_then(|()| std::fs::write(&path, bytes)).is_ok()
                && let Ok(fonts) = Fonts::load(&[path])
            {
                bench.build_with(&bench.template, &fonts);
            }
        },
        lay_out: |folder, bytes| {
            lay_source(folder, DOCUMENT.as_bytes(), TEXT.as_bytes())?;
            std::fs::write(folder.join("face.ttf"), bytes)
        },
        commands: &[&["build", "--quiet", "--font-path", "face.ttf", "-o", "out", "doc"]],
    },
    Target {
        name: "pdf",
        folders: &["output", "tests/reader", "tests/peers", "tests/layout", "tests/hostile"],
        endings: &[".pdf"],
        mutations: &[
            pdf_file::spoil_content,
            pdf_file::spoil_objects,
            pdf_file::spoil_objects,
            bytes::spoil,
        ],
        words: PDF_WORDS,
        try_out: |bench, bytes| {
            let _ = qarar::verify::verify_bytes(bytes.to_vec(), None);
            if let Ok(layout) = qarar::layout::read_pdf(bytes.to_vec()) {
                bench.compare(&layout);
            }
        },
        lay_out: lay_pdf,
        commands: &[&["verify", "x.pdf"], &["compare", "reference.layout.json", "x.pdf"]],
    },
    Target {
        name: "drawing",
        folders: &["output", "tests/reader", "tests/peers", "tests/layout", "tests/hostile"],
        endings: &[".pdf"],
        mutations: &[
            pdf_file::spoil_content,
            pdf_file::spoil_content,
            pdf_file::spoil_objects,
            bytes::spoil,
        ],
        words: PDF_WORDS,
        try_out: |_, bytes| {
            let _ = qarar::layout::pdf_pictures(bytes.to_vec(), 50.0);
        },
        lay_out: lay_pdf,
        commands: &[&["compare", "--html", "out.html", "reference.layout.json", "x.pdf"]],
    },
    Target {
        name: "layout",
        folders: &["tests/reference", "tests/layouts"],
        endings: &[".layout.json"],
        mutations: &[tokens::spoil, tokens::spoil, bytes::spoil],
        words: &[
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "1e300",
            "-1e300",
            "1e999",
            "-1",
            "0",
            "NaN",
            "18446744073709551615",
            "4294967296",
            "\"in\"",
            "\"text\"",
            "\"baseline\"",
            "\"left\"",
            "\"right\"",
            "\"lines\"",
            "\"pages\"",
            "\"fonts\"",
            "\"joints\"",
            "\"marks\"",
            "\"number\"",
            "\"size\"",
            "\"label\"",
            "\\u0000",
            "\\ud800",
            "\\\"",
            "\u{202e}",
            "note 1",
            "note 99999999999",
            "operative 1",
            "title",
        ],
        try_out: |bench, bytes| {
            if let Ok(layout) = std::str::from_utf8(bytes)
                .map_err(|_| ())
                .and_then(|text| qarar::layout::read(text).map_err(|_| ()))
            {
                bench.compare(&layout);
            }
        },
        lay_out: |folder, bytes| {
            std::fs::copy(reference(), folder.join("reference.layout.json"))?;
            std::fs::write(folder.join("x.layout.json"), bytes)
        },
        commands: &[
            &[
                "compare",
                "--html",
                "out.html",
                "reference.layout.json",
                "x.layout.json",
            ],
            &["compare", "--json", "x.layout.json", "reference.layout.json"],
        ],
    },
];

const PDF_WORDS: &[&str] = &[
    "BT",
    "ET",
    "q",
    "Q",
    "cm",
    "Tf",
    "Tj",
    "TJ",
    "'",
    "Td",
    "Tm",
    "T*",
    "Tz",
    "Tr",
    "Do",
    "BDC",
    "BMC",
    "EMC",
    "gs",
    "re",
    "f",
    "S",
    "W",
    "n",
    "sh",
    "scn",
    "/Pattern cs",
    "d",
    "w",
    "BI",
    "ID",
    "EI",
    "[",
    "]",
    "<<",
    ">>",
    "(",
    ")",
    "<",
    ">",
    "/F1",
    "/P",
    "/MCID",
    "/K",
    "/Kids",
    "/Parent",
    "/Type",
    "/Pages",
    "/Page",
    "/Count",
    "/MediaBox",
    "/Contents",
    "/Resources",
    "/Font",
    "/XObject",
    "/Length",
    "/Filter",
    "/FlateDecode",
    "/LZWDecode",
    "/ASCII85Decode",
    "/DecodeParms",
    "/Predictor",
    "/Columns",
    "/W",
    "/Index",
    "/Size",
    "/ToUnicode",
    "/Widths",
    "/DW",
    "/StructTreeRoot",
    "/RoleMap",
    "/ActualText",
    "/Annots",
    "1 0 R",
    "2 0 R",
    "3 0 R",
    "5 0 R",
    "10 0 R",
    "null",
    "true",
    "0",
    "1",
    "-1",
    "0.00001",
    "1e5",
    "99999999999",
    "2147483647",
    "-2147483648",
    "4294967295",
    "32767",
    "0 0 R",
];

fn lay_source(folder: &Path, document: &[u8], text: &[u8]) -> std::io::Result<()> {
    let folder = folder.join("doc");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("document.toml"), document)?;
    std::fs::write(folder.join("ar.md"), text)
}

fn reference() -> std::path::PathBuf {
    root().join("tests/reference/documents/a-res-61-180/ar.layout.json")
}

fn lay_pdf(folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::copy(reference(), folder.join("reference.layout.json"))?;
    std::fs::write(folder.join("x.pdf"), bytes)
}

/// What a worker keeps between inputs.
pub(crate) struct Bench {
    folder: TempDir,
    fonts: Fonts,
    template: Template,
    reference: qarar::layout::Layout,
}

impl Bench {
    pub(crate) fn new() -> Option<Self> {
        let text = std::fs::read_to_string(reference()).ok()?;
        Some(Self {
            folder: tempfile::tempdir().ok()?,
            fonts: Fonts::load(&[]).ok()?,
            template: Template::builtin(),
            reference: qarar::layout::read(&text).ok()?,
        })
    }

    fn build(&self, template: &Template) {
        self.build_with(template, &self.fonts);
    }

    /// Builds the document in the folder as `qarar build` does.
    fn build_with(&self, template: &Template, fonts: &Fonts) {
        let Ok(opened) = qarar::open(&self.folder.path().join("doc"), fonts) else {
            return;
        };
        for languages in usual(&opened.work.facts.languages) {
            let Ok(edition) = Edition::build(&opened.work, languages.clone(), template, fonts) else {
                continue;
            };
            if let Ok(bytes) = pdf(&edition, Standards::default()) {
                let _ = qarar::verify::read_back(&bytes.into(), &opened.work, &languages);
            }
        }
    }

    fn compare(&self, layout: &qarar::layout::Layout) {
        let options = qarar::layout::Options {
            level: qarar::layout::Level::Positions,
            tolerance: 0.05,
        };
        for (a, b) in [(&self.reference, layout), (layout, &self.reference)] {
            let comparison = qarar::layout::compare(a, b, options);
            let shown = qarar::layout::Shown {
                comparison: &comparison,
                layouts: (a, b),
                pictures: (&[], &[]),
            };
            let _ = qarar::layout::html(&[shown]);
        }
    }
}
