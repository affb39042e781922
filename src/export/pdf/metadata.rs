//! Title, authors, dates, identifier, bookmarks.

use krilla::destination::XyzDestination;
use krilla::geom::Point as PdfPoint;
use krilla::metadata::{DateTime, Metadata, PageLayout, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use typst::layout::Abs;

use crate::edition::Edition;
use crate::locale::{self, Direction};
use crate::model::Block;
use crate::page::Origin;
use crate::typeset::RowRole;

/// The metadata of an edition. The date is that of the document and the identifier its name: two builds of one source
/// are the same bytes.
pub(super) fn metadata(edition: &Edition) -> Metadata {
    let facts = &edition.work.facts;
    let alone = edition.languages.len() == 1 || edition.sheet().pages_of_opening() > 1;
    let rtl = alone && edition.languages[0].direction() == Direction::RightToLeft;
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
        .text_direction(if rtl {
            TextDirection::RightToLeft
        } else {
            TextDirection::LeftToRight
        })
        .page_layout(layout)
}

/// The bookmarks: the title, the numbered paragraphs by number and lead phrase, the annexes.
pub(super) fn outline(edition: &Edition) -> Outline {
    let mut outline = Outline::new();
    let mut title: Option<OutlineNode> = None;
    let mut entries = Vec::new();
    for (page, content) in edition.pages.iter().enumerate() {
        for placed in content.lines.iter().filter(|line| line.line == 0) {
            let Origin::Row { row, column: 0 } = placed.origin else {
                continue;
            };
            let line = edition.line(placed);
            let top = (placed.at.y - line.ascent - Abs::pt(12.0)).max(Abs::zero());
            let destination = XyzDestination::new(page, PdfPoint::from_xy(0.0, top.to_pt() as f32));
            match edition.composed.setting.rows[row].role {
                RowRole::Title => title = Some(OutlineNode::new(edition.row_text(row), destination)),
                RowRole::Block(block) => {
                    entries.extend(bookmark(edition, block).map(|text| OutlineNode::new(text, destination)));
                }
                RowRole::Line => {}
            }
        }
    }
    match title {
        Some(mut title) => {
            entries.into_iter().for_each(|entry| title.push_child(entry));
            outline.push_child(title.with_open(true));
        }
        None => entries.into_iter().for_each(|entry| outline.push_child(entry)),
    }
    outline
}

/// The words of the bookmark of a block of the leading column.
fn bookmark(edition: &Edition, block: usize) -> Option<String> {
    let language = edition.sheet().columns.first()?.language;
    let expression = edition.work.expression(language)?;
    match expression.blocks.get(block)? {
        Block::Heading(heading) => Some(crate::model::plain(&heading.content)),
        Block::Paragraph(paragraph) => {
            let label = paragraph.label.filter(|label| label.depth == 0)?;
            let words = paragraph.lead_phrase().unwrap_or_default();
            let label = locale::operative_label(language, label.depth, label.ordinal);
            Some(format!("{label} {words}").trim().to_owned())
        }
        Block::Table(_) => None,
    }
}
