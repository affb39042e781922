//! What a house has on the pages of its documents beside the text: a watermark behind it, numbers of lines beside it.

use typst::layout::{Abs, Frame, Point};

use crate::locale::Direction;
use crate::model::Work;
use crate::page::{Origin, Page};
use crate::typeset::{self, Column, Composed, NUMBER_WIDTH, RowRole, Sheet, Stage, TemplateError};

/// What is drawn behind the text and round it: the watermark first.
pub(super) fn behind(watermark: Option<Frame>, furniture: Option<Frame>) -> Option<Frame> {
    match (watermark, furniture) {
        (Some(mut watermark), Some(furniture)) => {
            watermark.push_frame(Point::zero(), furniture);
            Some(watermark)
        }
        (watermark, furniture) => watermark.or(furniture),
    }
}

/// Puts its number beside every line of the leading language that has one, counted on each page.
///
/// # Errors
/// When the template has no `line-number`, or it fails.
pub(super) fn number_lines(
    pages: &mut [Page],
    work: &Work,
    composed: &Composed,
    stage: &Stage<'_>,
) -> Result<(), TemplateError> {
    let every = work.facts.house.as_ref().and_then(|house| house.line_numbers);
    let sheet = &composed.setting.sheet;
    let (Some(every), Some(lead)) = (every, sheet.reading.first().copied()) else {
        return Ok(());
    };
    let column = &sheet.columns[lead];
    let counted: Vec<Vec<Abs>> = pages.iter().map(|page| baselines(page, composed, lead)).collect();
    let most = counted.iter().map(Vec::len).max().unwrap_or_default();
    // Those that stand at the right of the column, then those at its left; each set once.
    let mut numbers: [Option<Vec<(Frame, Abs)>>; 2] = [None, None];
    for (index, (page, lines)) in pages.iter_mut().zip(counted).enumerate() {
        if page.side != column.page {
            continue;
        }
        let at_right = at_right(sheet, column, index);
        let numbers = &mut numbers[usize::from(at_right)];
        let numbers = match numbers {
            Some(numbers) => numbers,
            None => numbers.insert(typeset::line_numbers(
                work,
                composed,
                stage,
                column.language,
                at_right,
                most,
            )?),
        };
        let gap = Abs::pt(GAP);
        let left = column.x + sheet.turn_of(index);
        let x = if at_right {
            left + column.width + gap
        } else {
            left - gap - NUMBER_WIDTH
        };
        let every = usize::from(every);
        for ((frame, baseline), line) in numbers.iter().zip(lines).skip(every - 1).step_by(every) {
            let at = Point::new(x, line - *baseline);
            let items = frame.items().map(|(place, item)| (at + *place, item.clone()));
            page.ornaments.extend(items);
        }
    }
    Ok(())
}

/// The space between a line and its number, in points.
const GAP: f64 = 6.0;
/// Lines whose baselines are not further apart, in points, are one: cells of a table, a raised mark.
const ONE_LINE: f64 = 3.0;

/// The baselines of the lines of a column on a page, from top to bottom: those of the title and the text.
fn baselines(page: &Page, composed: &Composed, lead: usize) -> Vec<Abs> {
    let is_counted = |origin: Origin| match origin {
        Origin::Row { row, column } => column == lead && composed.setting.rows[row].role != RowRole::Line,
        Origin::Note { .. } => false,
    };
    let lines = page.lines.iter().filter(|line| is_counted(line.origin));
    let mut baselines: Vec<Abs> = lines.map(|line| line.at.y).collect();
    baselines.sort();
    baselines.dedup_by(|lower, upper| (*lower - *upper).abs() < Abs::pt(ONE_LINE));
    baselines
}

/// Whether the outer side of a column is its right one: of a column alone the side at which the page is not bound, of one beside
/// others the one at which its language starts.
fn at_right(sheet: &Sheet, column: &Column, page: usize) -> bool {
    let runs_left = column.language.direction() == Direction::RightToLeft;
    let alone = sheet.columns.iter().filter(|other| other.page == column.page).count() == 1;
    match (alone, sheet.pages_of_opening()) {
        (false, _) => runs_left,
        (true, 1) => page.is_multiple_of(2) != runs_left,
        (true, _) => (column.page == 0) == runs_left,
    }
}
