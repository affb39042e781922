//! How much a document may ask for, and how large a file may be that it is compared with. Each limit is far above what an
//! official document needs. `docs/limits.md` lists them; a test holds the two together.

macro_rules! limits {
    ($($(#[doc = $what:literal])+ $name:ident = $most:expr;)*) => {
        $($(#[doc = $what])+ pub const $name: usize = $most;)*

        /// All limits, by name.
        pub const ALL: &[(&str, usize)] = &[$((stringify!($name), $name)),*];
    };
}

limits! {
    /// Bytes of `document.toml`.
    DOCUMENT_BYTES = 64 << 10;
    /// Bytes of a language file.
    LANGUAGE_BYTES = 64 << 10;
    /// Language files of a folder.
    LANGUAGE_FILES = 100;
    /// Bytes of the text of a language.
    TEXT_BYTES = 4 << 20;
    /// Bytes of the file of the official layout.
    OFFICIAL_BYTES = 4 << 20;
    /// Characters of a symbol.
    SYMBOL_LETTERS = 100;
    /// Characters of the name of a paragraph or a note.
    NAME_LETTERS = 100;
    /// Characters of the title or a heading. Both become text strings of the PDF, which PDF/A limits to 32,767 bytes.
    HEADING_LETTERS = 2_000;
    /// Characters of a word, which must stand on one line.
    WORD_LETTERS = 500;
    /// Characters of an address.
    ADDRESS_LETTERS = 2_000;
    /// Marks on one letter.
    MARKS = 16;
    /// Bytes of the text of a paragraph or a paragraph of a note.
    PARAGRAPH_BYTES = 3 << 20;
    /// Bytes of the text of a cell of a table.
    CELL_BYTES = 1 << 20;
    /// Blocks of a text: paragraphs, headings, tables and pictures.
    BLOCKS = 50_000;
    /// Bytes of a picture of a text.
    FIGURE_BYTES = 16 << 20;
    /// Bytes of all pictures of a document.
    FIGURE_BYTES_IN_ALL = 128 << 20;
    /// Pixels of a picture of a text.
    FIGURE_PIXELS = 25_000_000;
    /// Parts of an SVG picture, and of those in it that are used again.
    FIGURE_NODES = 200_000;
    /// Notes of a text.
    NOTES = 10_000;
    /// Columns of a table.
    TABLE_COLUMNS = 64;
    /// Rows of a table.
    TABLE_ROWS = 20_000;
    /// Containers, as lists and quotations, that start in one another on a line.
    NESTING = 32;
    /// Faults of one kind that are told one by one.
    FAULTS_OF_A_KIND = 100;
    /// Bytes of a font file.
    FONT_BYTES = 128 << 20;
    /// Bytes of all font files below a path.
    FONT_BYTES_IN_ALL = 512 << 20;
    /// Font files below a path.
    FONT_FILES = 1_000;
    /// Fonts of a collection.
    FONT_FACES = 256;
    /// Characters that the fonts of a file map.
    FONT_CHARACTERS = 8 << 20;
    /// Seconds in which no font is looked at to its end.
    FONT_SECONDS = 10;
    /// Bytes of the file of a layout.
    LAYOUT_BYTES = 64 << 20;
    /// Pages of a layout that is compared.
    LAYOUT_PAGES = 100_000;
    /// Lines of a layout that is compared.
    LAYOUT_LINES = 5_000_000;
    /// Lines that a finding of a comparison names.
    FINDING_LINES = 1_000;
    /// Bytes of a PDF that is verified or compared.
    COMPARED_BYTES = 1 << 30;
    /// Bytes of a template, and of each that it imports.
    TEMPLATE_BYTES = 256 << 10;
    /// Bytes of all files beside a template.
    TEMPLATE_FILES_BYTES = 64 << 20;
    /// Expressions of a template within each other.
    TEMPLATE_NESTING = 256;
    /// Points of a length that a template gives, and of a size of letters.
    TEMPLATE_LENGTH = 14_400;
    /// Seconds that an edition with a template or fonts of one's own may take.
    TEMPLATE_SECONDS = 10;
    /// Bytes of the text for which it has no more.
    TEMPLATE_TEXT = 64 << 10;
    /// Bytes of the text beyond for which it has one more second.
    TEMPLATE_BYTES_A_SECOND = 2_000;
    /// Bytes of address space of a process with a template or fonts of one's own.
    TEMPLATE_MEMORY = 3 << 30;
    /// Pixels of a page that is written as a picture.
    PAGE_PIXELS = 500_000_000;
    /// Pixels of a picture: of a template, beside a snapshot, of a page that is drawn.
    PICTURE_PIXELS = 50_000_000;
    /// Bytes of a picture beside a snapshot.
    PICTURE_BYTES = 64 << 20;
    /// Pixels of all pictures that two editions are compared by.
    COMPARED_PIXELS = 2_000_000_000;
    /// Seconds for the pages of a stranger's PDF that are drawn.
    DRAWING_SECONDS = 10;
    /// Bytes of address space of the process that draws them.
    DRAWING_MEMORY = 2 << 30;
}

/// A number of things in words, `1 page`, `2,000 pages`.
pub fn counted(n: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number as people write it: `12,345`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(12), "12");
        assert_eq!(grouped(123), "123");
        assert_eq!(grouped(12_345), "12,345");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    /// A user who meets a limit looks it up in docs/limits.md: what stands there must be what the program does.
    #[test]
    fn the_table_of_limits_says_what_the_program_does() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/limits.md");
        let table = std::fs::read_to_string(path).expect("docs/limits.md");
        let mut missing = Vec::new();
        for (name, most) in ALL {
            let row = format!("| {} | `{name}` |", grouped(*most));
            if !table.contains(&row) {
                missing.push(row);
            }
        }
        assert!(missing.is_empty(), "docs/limits.md lacks {missing:#?}");
        let rows = table.lines().filter(|line| line.ends_with("` |")).count();
        assert_eq!(
            rows,
            ALL.len(),
            "docs/limits.md has a limit that the program does not know"
        );
    }
}
