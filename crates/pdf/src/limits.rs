//! How much of a PDF is read.
//!
//! A PDF by somebody else may ask for endless work in a few bytes: streams that unfold to gigabytes, forms that draw each
//! other, a code that stands for a whole book. Everything that a file can swell has a limit here, far above what an honest
//! document holds, and says so when it is passed. The table in `docs/verify.md` is checked against this one.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::ReadError;

/// What a PDF can have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is told in words by `Resource::limit`")]
#[non_exhaustive]
pub enum Resource {
    Pages,
    PageSide,
    Stream,
    Unfolded,
    Content,
    Operators,
    Glyphs,
    Letters,
    LettersOfCode,
    Marked,
    MarkedDepth,
    States,
    Forms,
    FormDepth,
    Fonts,
    CharacterMap,
    Codes,
    Widths,
    Annotations,
    Names,
    NameDepth,
    Elements,
    ElementDepth,
    ElementLetters,
}

/// How much there may be of something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// What it is, in the plural.
    pub what: &'static str,
    /// The most of a page, a stream or a font: of what is named where the limit is passed.
    pub of_one: Option<usize>,
    /// The most of the whole file.
    pub of_all: Option<usize>,
}

const fn of_one(what: &'static str, most: usize) -> Limit {
    Limit {
        what,
        of_one: Some(most),
        of_all: None,
    }
}

const fn of_all(what: &'static str, most: usize) -> Limit {
    Limit {
        what,
        of_one: None,
        of_all: Some(most),
    }
}

const fn both(what: &'static str, of_one: usize, of_all: usize) -> Limit {
    Limit {
        what,
        of_one: Some(of_one),
        of_all: Some(of_all),
    }
}

/// How many resources there are.
const COUNT: usize = Resource::ALL.len();

impl Resource {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 24] = [
        Self::Pages,
        Self::PageSide,
        Self::Stream,
        Self::Unfolded,
        Self::Content,
        Self::Operators,
        Self::Glyphs,
        Self::Letters,
        Self::LettersOfCode,
        Self::Marked,
        Self::MarkedDepth,
        Self::States,
        Self::Forms,
        Self::FormDepth,
        Self::Fonts,
        Self::CharacterMap,
        Self::Codes,
        Self::Widths,
        Self::Annotations,
        Self::Names,
        Self::NameDepth,
        Self::Elements,
        Self::ElementDepth,
        Self::ElementLetters,
    ];

    /// How much there may be of it.
    pub(crate) const fn limit(self) -> Limit {
        match self {
            Self::Pages => of_all("pages", 50_000),
            Self::PageSide => of_one("points on a side", 1_000_000),
            Self::Stream => of_one("bytes of a stream when it is unfolded", 64 << 20),
            Self::Unfolded => of_all("bytes of streams when they are unfolded", 512 << 20),
            Self::Content => both(
                "bytes of content, forms as often as they are drawn",
                64 << 20,
                256 << 20,
            ),
            Self::Operators => both("operators", 1 << 25, 1 << 26),
            Self::Glyphs => both("glyphs", 1 << 18, 2_500_000),
            Self::Letters => both("bytes of text", 8 << 20, 64 << 20),
            Self::LettersOfCode => of_one("UTF-16 units that one code stands for", 512),
            Self::Marked => both("marked-content sequences", 1 << 18, 1 << 20),
            Self::MarkedDepth => of_one("marked-content sequences within each other", 1 << 10),
            Self::States => of_one("graphics states within each other", 1 << 14),
            Self::Forms => both("forms that are drawn", 1 << 14, 1 << 18),
            Self::FormDepth => of_one("forms within each other", 24),
            Self::Fonts => of_all("fonts", 1 << 12),
            Self::CharacterMap => of_one("bytes of a character map", 8 << 20),
            Self::Codes => both("entries of character maps", 1 << 18, 1 << 21),
            Self::Widths => both("widths of glyphs", 1 << 17, 1 << 22),
            Self::Annotations => both("annotations", 1 << 14, 1 << 18),
            Self::Names => of_all("named destinations", 1 << 19),
            Self::NameDepth => of_one("nodes of the tree of names within each other", 32),
            Self::Elements => of_all("elements of the structure tree", 1 << 20),
            Self::ElementDepth => of_one("elements of the structure tree within each other", 256),
            Self::ElementLetters => of_all("bytes of text in the structure tree", 64 << 20),
        }
    }

    /// What can be done about it.
    pub(crate) const fn remedy(self) -> &'static str {
        match self {
            Self::Pages | Self::Elements | Self::ElementLetters | Self::Names => "divide the file into parts",
            Self::PageSide => "write the page anew with boxes of its true size",
            Self::FormDepth | Self::MarkedDepth | Self::ElementDepth | Self::NameDepth | Self::States => {
                "write the file anew with a program that nests less, as by printing it to a PDF"
            }
            Self::LettersOfCode | Self::CharacterMap | Self::Codes | Self::Widths | Self::Fonts => {
                "embed the font anew, as by printing the file to a PDF"
            }
            _ => "if the file is no attack, divide it into parts or print it to a PDF anew",
        }
    }

    /// The fault of a page, a stream or a font that has too much of it.
    pub(super) fn exceeded(self, place: impl Into<String>) -> ReadError {
        ReadError::TooMuch {
            place: place.into(),
            most: self.limit().of_one.unwrap_or_default(),
            what: self,
        }
    }
}

/// How much of a whole file is read, by what is known of it. What one page, stream or font may hold is the same for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    times: usize,
}

impl Default for Bounds {
    /// Those of a file of which nothing is known.
    fn default() -> Self {
        Self { times: 1 }
    }
}

impl Bounds {
    /// So many times as much as of a file of which nothing is known: for who wrote the file and knows what is in it.
    #[must_use]
    pub const fn times(times: usize) -> Self {
        Self { times }
    }
}

/// What was read of a file so far, by all threads.
#[derive(Debug, Default)]
pub(super) struct Spent {
    bounds: Bounds,
    amounts: [AtomicUsize; COUNT],
}

impl Spent {
    pub(super) fn within(bounds: Bounds) -> Self {
        Self {
            bounds,
            ..Self::default()
        }
    }

    /// Counts some more.
    ///
    /// # Errors
    /// When the whole file has too much of it.
    pub(super) fn take(&self, what: Resource, amount: usize) -> Result<(), ReadError> {
        let before = self.amounts[what as usize].fetch_add(amount, Ordering::Relaxed);
        let most = what.limit().of_all.map(|most| most.saturating_mul(self.bounds.times));
        match most {
            Some(most) if before.saturating_add(amount) > most => Err(ReadError::TooMuchInAll { most, what }),
            _ => Ok(()),
        }
    }
}

/// What a page has spent. The file is told in larger pieces, so that threads do not wait for each other.
#[derive(Debug)]
pub(super) struct Meter<'f> {
    pub(super) file: &'f Spent,
    place: String,
    amounts: [usize; COUNT],
    told: [usize; COUNT],
}

/// The file is told of so much at a time.
const PIECE: usize = 1 << 12;

impl<'f> Meter<'f> {
    pub(super) fn new(file: &'f Spent, place: impl Into<String>) -> Self {
        Self {
            file,
            place: place.into(),
            amounts: [0; COUNT],
            told: [0; COUNT],
        }
    }

    /// Where it counts.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Counts some more.
    ///
    /// # Errors
    /// When the page or the whole file has too much of it.
    pub(super) fn take(&mut self, what: Resource, amount: usize) -> Result<(), ReadError> {
        let at = what as usize;
        self.amounts[at] = self.amounts[at].saturating_add(amount);
        if what.limit().of_one.is_some_and(|most| self.amounts[at] > most) {
            return Err(what.exceeded(&*self.place));
        }
        let untold = self.amounts[at] - self.told[at];
        if untold >= PIECE {
            self.told[at] = self.amounts[at];
            self.file.take(what, untold)?;
        }
        Ok(())
    }

    /// How much is left of it.
    pub(super) fn left(&self, what: Resource) -> usize {
        let most = what.limit().of_one.unwrap_or(usize::MAX);
        most.saturating_sub(self.amounts[what as usize])
    }

    /// Tells the file the rest.
    ///
    /// # Errors
    /// When the whole file has too much of something.
    pub(super) fn finish(self) -> Result<(), ReadError> {
        for what in Resource::ALL {
            let at = what as usize;
            self.file.take(what, self.amounts[at] - self.told[at])?;
        }
        Ok(())
    }
}

/// What was read of several pages. Of several faults that of the whole file is told, else that of the first page, so that
/// the same file gives the same message on any number of threads.
pub(super) fn first_fault<T>(parts: Vec<Result<T, ReadError>>) -> Result<Vec<T>, ReadError> {
    let whole = parts.iter().find_map(|part| match part {
        Err(fault @ ReadError::TooMuchInAll { .. }) => Some(fault.clone()),
        _ => None,
    });
    match whole {
        Some(fault) => Err(fault),
        None => parts.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_documentation_is_this_one() {
        let table: String = Resource::ALL
            .iter()
            .map(|resource| {
                let limit = resource.limit();
                let shown = |most: Option<usize>| most.map_or_else(|| "–".to_owned(), super::super::grouped);
                format!(
                    "| {} | {} | {} |\n",
                    limit.what,
                    shown(limit.of_one),
                    shown(limit.of_all)
                )
            })
            .collect();
        let documented = include_str!("../../../docs/verify.md");
        assert!(
            documented.contains(&table),
            "docs/verify.md must hold these rows:\n{table}"
        );
    }

    #[test]
    fn a_page_and_a_file_have_limits_of_their_own() {
        let file = Spent::default();
        let mut page = Meter::new(&file, "page 3");
        page.take(Resource::Glyphs, 1 << 18).expect("as many as are allowed");
        let fault = page.take(Resource::Glyphs, 1).expect_err("one too many");
        assert!(
            fault.to_string().starts_with("page 3: more than 262,144 glyphs"),
            "{fault}"
        );
        let mut faults = Vec::new();
        for number in 0..20 {
            let mut page = Meter::new(&file, format!("page {number}"));
            faults.push(page.take(Resource::Glyphs, 200_000).and_then(|()| page.finish()));
        }
        let fault = first_fault(faults).expect_err("too many in all");
        assert!(fault.to_string().contains("2,500,000"), "{fault}");
    }

    /// If it fails, an edition of a thousand pages is told as one that does not come back.
    #[test]
    fn who_knows_what_is_in_a_file_may_read_more_of_it() {
        let file = Spent::within(Bounds::times(3));
        let pages = (0..30).map(|number| {
            let mut page = Meter::new(&file, format!("page {number}"));
            page.take(Resource::Glyphs, 250_000).and_then(|()| page.finish())
        });
        assert_eq!(pages.filter(Result::is_ok).count(), 30);
        let fault = file.take(Resource::Glyphs, 1).expect_err("one too many");
        assert!(fault.to_string().contains("7,500,000"), "{fault}");
    }
}
