//! What `qarar verify` says of the print of PDFs by anybody: small files made here, each with one thing that hides its text or
//! only seems to. When one fails, a page on which nothing can be read is called sound, or a sound one is not.

use std::fs;
use std::time::Duration;

use crate::font_bytes::composite_bomb;
use crate::program::{Ended, limited};
use qarar::verify::verify_bytes;

/// A PDF of these objects, the first of them the catalog.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A page with this content, in Helvetica, which is not embedded.
fn page(size: (u32, u32), content: &str) -> Vec<u8> {
    let (width, height) = size;
    let resources = "/Font << /F 5 0 R >> /XObject << /Grey 6 0 R /Form 7 0 R /Group 8 0 R >> /ExtGState << \
                     /Clear << /ca 0 /CA 0 >> /Half << /ca 0.5 >> /Multiply << /BM /Multiply >> >> \
                     /ColorSpace << /Ink [/Separation /Blue /DeviceRGB 9 0 R] /Black [/Separation /Black /DeviceGray 9 0 R] >>";
    let form = |dict: &str, content: &str| {
        let dict = format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] {dict}");
        stream(&dict, content.as_bytes())
    };
    file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R /Resources << {resources} >> >>"
        )
        .into_bytes(),
        stream("", content.as_bytes()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            b"\x80",
        ),
        form("", "1 g 0 0 595 842 re f"),
        form(
            "/Group << /S /Transparency >> /Resources << /Font << /F 5 0 R >> >>",
            "BT /F 12 Tf 100 700 Td (Chapter) Tj ET",
        ),
        b"<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0 0 1] /N 1 >>".to_vec(),
    ])
}

const A4: (u32, u32) = (595, 842);
const TEXT: &str = "BT /F 12 Tf 100 700 Td (Chapter) Tj ET";

/// What is drawn, and what is told of it; nothing where all can be read.
fn cases() -> Vec<(&'static str, (u32, u32), String, &'static str)> {
    let text = |before: &str, after: &str| format!("{before} {TEXT} {after}");
    let at = |x: f64, size: f64| format!("BT /F {size} Tf {x} 700 Td (Chapter) Tj ET");
    vec![
        ("plain", A4, text("", ""), ""),
        (
            "not painted",
            A4,
            text("3 Tr", ""),
            "is not visible: text that is not painted",
        ),
        ("white", A4, text("1 g", ""), "cannot be seen: #ffffff on #ffffff"),
        (
            "white in colours",
            A4,
            text("1 1 0.97 rg", ""),
            "cannot be seen: #fffff7 on #ffffff",
        ),
        ("no inks", A4, text("0 0 0 0 k", ""), "cannot be seen"),
        ("no black ink", A4, text("/Black cs 0 scn", ""), "cannot be seen"),
        (
            "pale",
            A4,
            text("0.7 g", ""),
            "is hard to read: #b3b3b3 on #ffffff has a contrast of 2.1",
        ),
        ("white with a black outline", A4, text("1 g 0 G 2 Tr", ""), ""),
        ("a white outline", A4, text("1 G 1 Tr", ""), "cannot be seen"),
        ("lets all through", A4, text("/Clear gs", ""), "cannot be seen"),
        ("lets half through", A4, text("/Half gs", ""), ""),
        (
            "a group that lets all through",
            A4,
            "/Clear gs /Group Do".to_owned(),
            "cannot be seen",
        ),
        ("white on black", A4, text("0 g 0 600 595 200 re f 1 g", ""), ""),
        (
            "black on black",
            A4,
            text("0 g 0 600 595 200 re f", ""),
            "cannot be seen: #000000 on #000000",
        ),
        (
            "black on a black line",
            A4,
            text("20 w 90 704 m 400 704 l S", ""),
            "cannot be seen",
        ),
        (
            "a rectangle over it",
            A4,
            text("", "1 g 90 690 200 30 re f"),
            "is hidden by what is painted over it",
        ),
        (
            "a shape over it",
            A4,
            text("", "1 g 50 650 m 300 650 l 300 800 l 50 800 l h f*"),
            "is hidden",
        ),
        (
            "a frame round it",
            A4,
            text("", "90 690 200 30 re 80 680 220 50 re f*"),
            "",
        ),
        (
            "a picture over it",
            A4,
            text("", "q 300 0 0 100 50 650 cm /Grey Do Q"),
            "is hidden",
        ),
        ("a form over it", A4, text("", "/Form Do"), "is hidden"),
        (
            "a picture behind it",
            A4,
            text("q 300 0 0 100 50 650 cm /Grey Do Q", ""),
            "",
        ),
        (
            "a marker over it",
            A4,
            text("", "/Multiply gs 1 1 0 rg 90 690 200 30 re f"),
            "",
        ),
        ("a glass over it", A4, text("", "/Half gs 1 g 90 690 200 30 re f"), ""),
        ("an ink of its own", A4, text("/Ink cs 0 scn", ""), ""),
        ("cut off", A4, text("q 0 0 50 50 re W n", "Q"), "is cut off by a clip"),
        ("within a clip", A4, text("q 50 650 300 100 re W n", "Q"), ""),
        ("off the page", A4, at(-500.0, 12.0), "is off the page by 500 pt"),
        ("half off the page", A4, at(570.0, 12.0), "is off the page by"),
        ("a page of nine points", (9, 9), TEXT.to_owned(), "is off the page"),
        ("one point", A4, at(100.0, 1.0), "is too small: letters of 1.0 pt"),
        (
            "scaled to nothing",
            A4,
            text("0 Tz", ""),
            "is too small: letters of 0.0 pt",
        ),
        (
            "scaled by a matrix",
            A4,
            text("1 0 0 0.01 0 700 cm", ""),
            "is too small",
        ),
        (
            "two words on each other",
            A4,
            text("", "BT /F 12 Tf 104 700 Td (Annexes) Tj ET"),
            "is printed over `",
        ),
        (
            "bold by two strokes",
            A4,
            text("", "BT /F 12 Tf 100.4 700 Td (Chapter) Tj ET"),
            "",
        ),
        (
            "a shadow",
            A4,
            text("0.5 g BT /F 12 Tf 101 699 Td (Chapter) Tj ET 0 g", ""),
            "",
        ),
        (
            "a word across the page",
            A4,
            text("0.9 g BT /F 90 Tf 60 680 Td (DRAFT) Tj ET 0 g", ""),
            "is hard to read",
        ),
        (
            "words beside each other",
            A4,
            text("", "BT /F 12 Tf 150 700 Td (one) Tj ET"),
            "",
        ),
        (
            "lines under each other",
            A4,
            text("", "BT /F 12 Tf 100 689 Td (Chapter) Tj ET"),
            "",
        ),
    ]
}

#[test]
fn what_hides_text_is_told_and_what_only_seems_to_is_not() {
    let mut wrong = Vec::new();
    for (name, size, content, expected) in cases() {
        let report = verify_bytes(page(size, &content), None).expect("the file is read");
        let told: Vec<String> = report.print.iter().map(ToString::to_string).collect();
        let is_right = match expected {
            "" => told.is_empty(),
            words => told.iter().any(|line| line.contains(words)) && told.len() == 1,
        };
        if !is_right {
            wrong.push(format!("{name}, expected `{expected}`: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file whose page draws so many words and shapes, or by such a font, that not all of it is looked at.
#[test]
fn print_that_asks_for_endless_work_ends() {
    let font = composite_bomb(&fs::read("fonts/amiri/Amiri-Regular.ttf").expect("a font"));
    let bomb = file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_vec(),
        stream("", b"BT /F 12 Tf 100 700 Td <00000001> Tj ET"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Amiri /Encoding /Identity-H /DescendantFonts [6 0 R] >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Amiri /FontDescriptor 7 0 R /CIDToGIDMap /Identity /DW 500 >>"
            .to_vec(),
        b"<< /Type /FontDescriptor /FontName /Amiri /Flags 4 /FontFile2 8 0 R >>".to_vec(),
        stream("", &font),
    ]);
    let words = "BT /F 12 Tf 100 700 Td (Chapter) Tj ET ".repeat(8000);
    let different = (0..6000).map(|n| format!("BT /F 12 Tf 100 700 Td (n{n}) Tj ET "));
    let shapes = "0 0 595 842 re 1 1 500 500 re f ".repeat(40_000) + &TEXT.repeat(2000);
    let files = [
        ("bomb", bomb),
        ("words", page(A4, &words)),
        ("different", page(A4, &different.collect::<String>())),
        ("shapes", page(A4, &shapes)),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(format!("{name}.pdf"));
        fs::write(&path, bytes).expect("a file");
        let Ended { code, said, time } = limited(folder.path(), &["verify", &format!("{name}.pdf")]);
        assert!(
            code == Some(1) && time < Duration::from_secs(20),
            "{name}: {code:?} after {time:?}: {said}"
        );
        let expected = if name == "different" {
            "is printed over `"
        } else {
            "whether all of it can be read is not known"
        };
        assert!(
            said.contains(expected) || said.contains("more are printed over `"),
            "{name}: {said}"
        );
    }
}

/// What is told for programs: the page, the word, the fault and its measures.
#[test]
fn the_answer_for_programs_holds_the_faults_of_print() {
    let report = verify_bytes(page(A4, &format!("1 g {TEXT}")), None).expect("the file is read");
    let json = serde_json::to_value(&report).expect("JSON");
    let expected = serde_json::json!([
        { "page": 1, "word": "Chapter", "words": 1, "fault": "faint", "colour": "#ffffff", "ground": "#ffffff" }
    ]);
    assert_eq!(json["print"], expected);
}
