//! Title, authors, dates, identifier, and the side on which the pages are bound.

use krilla::metadata::{DateTime, Metadata, PageLayout, TextDirection};

use crate::edition::Edition;
use crate::locale::{Date, Direction};

/// The metadata of an edition. The date is that of the document and the identifier its name: two builds of one source
/// are the same bytes.
pub(super) fn metadata(edition: &Edition) -> Metadata {
    let facts = &edition.work.facts;
    // PDF/A asks for a day. A document without one has that on which PDF was published, and not that of the machine.
    let date = facts.date().or_else(|| Date::new(1993, 6, 15)).map(|date| {
        DateTime::new(date.year)
            .month(date.month)
            .day(date.day)
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(0)
            .utc_offset_minute(0)
    });
    let identifier = facts.identifier().unwrap_or(&edition.work.name);
    let mut keywords: Vec<String> = facts.identifier().map(str::to_owned).into_iter().collect();
    keywords.extend(
        edition
            .languages
            .iter()
            .filter_map(|language| edition.notice(*language)),
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
    let metadata = Metadata::new()
        .title(edition.title(edition.languages[0]))
        .description(edition.description())
        .keywords(keywords)
        .authors(edition.authors(edition.languages[0]))
        .creator(concat!("qarar ", env!("CARGO_PKG_VERSION")).to_owned())
        .language(edition.languages[0].code().to_owned())
        .document_id(format!("{identifier}:{}", edition.name()))
        .text_direction(direction)
        .page_layout(layout);
    match date {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}
