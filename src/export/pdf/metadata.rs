//! Title, authors, dates, identifier, and the side on which the pages are bound.

use krilla::metadata::{DateTime, Metadata, PageLayout, TextDirection};

use crate::edition::Edition;
use crate::locale::{self, Direction};

/// The metadata of an edition. The date is that of the document and the identifier its name: two builds of one source
/// are the same bytes.
pub(super) fn metadata(edition: &Edition) -> Metadata {
    let facts = &edition.work.facts;
    let date = DateTime::new(facts.issued.year)
        .month(facts.issued.month)
        .day(facts.issued.day)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let mut keywords = vec![facts.symbol.clone()];
    keywords.extend(
        edition
            .languages
            .iter()
            .filter(|l| facts.unofficial.contains(l))
            .map(|l| locale::unofficial_line(*l).to_owned()),
    );
    // Of an opening the leading language has the page that is read first: the right one where it runs from right to left.
    let layout = match (edition.sheet().pages_of_opening(), edition.languages[0].direction()) {
        (1, _) => PageLayout::SinglePage,
        (_, Direction::RightToLeft) => PageLayout::TwoPageRight,
        (_, Direction::LeftToRight) => PageLayout::TwoPageLeft,
    };
    // PDFium turns the words of every line of a file round that is to be read from right to left, also those of a column
    // from left to right. Viewers need the direction only where pages face each other.
    let turns = edition.sheet().pages_of_opening() > 1;
    let has_latin = edition
        .languages
        .iter()
        .any(|l| l.direction() == Direction::LeftToRight);
    let direction = match edition.languages[0].direction() {
        Direction::RightToLeft if turns || !has_latin => TextDirection::RightToLeft,
        Direction::RightToLeft | Direction::LeftToRight => TextDirection::LeftToRight,
    };
    Metadata::new()
        .title(edition.title(edition.languages[0]))
        .description(edition.description())
        .keywords(keywords)
        .authors(vec![
            locale::organization(edition.languages[0]).to_owned(),
            locale::body_name(edition.languages[0], facts.body).to_owned(),
        ])
        .creator(concat!("qarar ", env!("CARGO_PKG_VERSION")).to_owned())
        .language(edition.languages[0].code().to_owned())
        .creation_date(date)
        .document_id(format!("{}:{}", facts.symbol, edition.name()))
        .text_direction(direction)
        .page_layout(layout)
}
