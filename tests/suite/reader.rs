//! The reader of PDFs: files by other producers and files made by hand to hold one phenomenon each lie in `tests/reader/`,
//! what is read of each in the snapshot beside it. When one fails, `qarar verify` or a comparison of layouts tells wrong
//! things of such files.
//!
//! `weasyprint`, `weasyprint-tagged`, `tatweel`: WeasyPrint 70 with Amiri; `reportlab`: ReportLab 5 with the standard fonts,
//! letters as presentation forms, turned text; `password`, `encrypted-without-password`: ReportLab. The others are by hand.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use qarar::reader::{Document, Element, Kid, lines, read};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reader");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    files.sort();
    files
}

/// What is read of a file, for people.
fn told(bytes: &[u8]) -> String {
    let document = match read(bytes.to_vec()) {
        Ok(document) => document,
        Err(error) => return format!("error: {error}"),
    };
    let mut out = String::new();
    let mut say = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    let information = &document.information;
    say(format!(
        "title {:?}, author {:?}",
        information.title, information.author
    ));
    say(format!("tagged {}, language {:?}", document.tagged, document.language));
    for (number, page) in document.pages.iter().enumerate() {
        say(format!(
            "page {}: {} x {}, turned {}",
            number + 1,
            page.width,
            page.height,
            page.rotation
        ));
        for line in lines(page) {
            let font = &page.fonts[line.font];
            let kind = if line.artifact { " artifact" } else { "" };
            let angle = if line.angle == 0 {
                String::new()
            } else {
                format!(" at {}°", line.angle)
            };
            say(format!(
                "  {:.1}: {:.1} to {:.1}, {} {:.1}{angle}{kind}: {}",
                line.baseline,
                line.left,
                line.right,
                font.name,
                line.size,
                line.logical()
            ));
        }
        for link in &page.links {
            let r = link.rect;
            say(format!(
                "  link {:.1} {:.1} {:.1} {:.1} to {:?}",
                r.x0, r.y0, r.x1, r.y1, link.target
            ));
        }
    }
    for kid in document.structure.iter().flat_map(|structure| &structure.kids) {
        structure(&document, kid, 0, &mut say);
    }
    out
}

fn structure(document: &Document, kid: &Kid, depth: usize, say: &mut impl FnMut(String)) {
    let indent = "  ".repeat(depth);
    match kid {
        Kid::Element(Element {
            kind,
            role,
            language,
            id,
            alt,
            title,
            ..
        }) => {
            let mut line = format!("{indent}{kind}");
            if kind != role {
                line.push_str(&format!(" = {role}"));
            }
            for (name, value) in [("language", language), ("id", id), ("alt", alt), ("title", title)] {
                line.extend(value.iter().map(|value| format!(" {name}={value:?}")));
            }
            let Kid::Element(element) = kid else { return };
            let leaf = !element.kids.iter().any(|kid| matches!(kid, Kid::Element(_)));
            if let (true, Some(tree)) = (leaf, &document.structure) {
                line.push_str(&format!(" {:?}", tree.text(document, element, &[])));
            }
            say(line);
            element
                .kids
                .iter()
                .for_each(|kid| structure(document, kid, depth + 1, say));
        }
        Kid::Content { .. } => {}
        Kid::Link { page, link } => say(format!("{indent}link {link} of page {}", page + 1)),
        Kid::Other => say(format!("{indent}another object")),
    }
}

#[test]
fn files_are_read_as_their_snapshots_tell() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../reader");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in files() {
            let name = file
                .file_stem()
                .and_then(|name| name.to_str())
                .expect("a name")
                .to_owned();
            insta::assert_snapshot!(name, told(&std::fs::read(&file).expect("the file can be read")));
        }
    });
}

/// Numbers that look random and are the same at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// Breaks a file: bytes changed, taken out, doubled, cut off. Returns how many were doubled too.
fn broken(bytes: &[u8], dice: &mut Dice) -> (Vec<u8>, usize) {
    let mut bytes = bytes.to_vec();
    let mut doubled = 0;
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len());
        let length = dice.roll(40).min(bytes.len() - at);
        match dice.roll(6) {
            0 => bytes.truncate(at.max(20)),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let part = bytes[at..at + length].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, part);
                doubled += length;
            }
            3 => {
                // A number becomes another: a length, an object, a width.
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    bytes[at + digit] = b'0' + dice.roll(10) as u8;
                }
            }
            _ => bytes[at] = dice.roll(256) as u8,
        }
        if bytes.len() < 20 {
            break;
        }
    }
    (bytes, doubled)
}

fn count(document: &Document) -> usize {
    document.pages.iter().map(|page| page.glyphs.len()).sum()
}

/// Of a file that was broken on its way, what is left is told, or why nothing is, never more than there was. If it
/// fails, a broken file is passed as whole, or text is read that nobody wrote.
#[test]
fn broken_files_give_an_error_or_what_is_left() {
    const TRIALS: usize = 400;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for file in files() {
        let whole = std::fs::read(&file).expect("the file can be read");
        let all = read(whole.clone()).map_or(0, |document| count(&document));
        let has_forms = whole.windows(5).any(|bytes| bytes == b"/Form");
        let name = file.display();
        let (mut refused, mut less) = (0, 0);
        for trial in 0..TRIALS {
            let (bytes, doubled) = broken(&whole, &mut dice);
            match read(bytes) {
                Err(_) => refused += 1,
                Ok(document) => {
                    // A byte that is there twice may be a glyph more; another number may name a form twice.
                    let most = if has_forms { 2 * all } else { all } + doubled;
                    let glyphs = count(&document);
                    assert!(
                        glyphs <= most,
                        "{name}, {trial}: {glyphs} glyphs, where {all} were and {doubled} bytes are doubled"
                    );
                    less += usize::from(count(&document) < all);
                    for page in &document.pages {
                        lines(page).iter().for_each(|line| drop(line.logical()));
                    }
                    drop(qarar::verify::verify(&document, None).table(3).to_string());
                }
            }
        }
        // As broken as they are, a fifth and more are refused, and a tenth and more lose text.
        assert!(refused >= TRIALS / 5, "{name}: only {refused} of {TRIALS} are refused");
        assert!(
            all == 0 || less >= TRIALS / 10,
            "{name}: only {less} of {TRIALS} lose text"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_are_no_pdf_are_refused_or_read_as_little(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        drop(read(bytes.clone()));
        let mut headed = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n".to_vec();
        headed.extend(bytes);
        drop(read(headed));
    }

    #[test]
    fn any_content_stream_is_read(operators in "[ 0-9.()<>\\[\\]/A-Za-z'\"*-]{0,300}") {
        let page = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
            3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F<</Subtype/Type1\
            /BaseFont/Helvetica>>>>>>>>\nendobj\n";
        let content = format!("BT /F 10 Tf {operators} (x) Tj ET");
        let file = format!("{page}4 0 obj\n<</Length {}>>\nstream\n{content}\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n", content.len());
        for page in &read(file.into_bytes()).expect("the page is found").pages {
            lines(page).iter().for_each(|line| drop(line.logical()));
        }
    }
}
