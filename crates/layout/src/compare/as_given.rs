//! Where findings touch a layout as it was handed in: before it is compared the lines of a PDF are put in another order, and
//! their words are mended.

use std::cmp::Ordering;

use super::finding::Finding;
use super::options::Side;
use super::spot::{Letters, Spot};
use crate::snapshot::{Layout, Line, Page};

/// Makes the places of findings on a side those of the layout that was handed in, `given`; they are those of `read`.
pub(super) fn place(findings: &mut [Finding], side: Side, given: &Layout, read: &Layout) {
    if std::ptr::eq(given, read) {
        return;
    }
    let orders: Vec<Vec<usize>> = given.pages.iter().zip(&read.pages).map(order).collect();
    for finding in findings {
        let spots = match side {
            Side::Reference => &mut finding.reference,
            Side::Actual => &mut finding.actual,
        };
        for spot in spots {
            let read = line(read, *spot);
            if let Some(at) = orders.get(spot.page - 1).and_then(|order| order.get(spot.line - 1)) {
                spot.line = at + 1;
            }
            let given = line(given, *spot);
            spot.letters = spot.letters.and_then(|part| letters(part, &read?.text, &given?.text));
        }
    }
}

fn line(layout: &Layout, spot: Spot) -> Option<&Line> {
    layout.pages.get(spot.page - 1)?.lines.get(spot.line - 1)
}

/// For each line of a page that was read, its place on the page that was given: a line stays where it stands on the paper.
fn order((given, read): (&Page, &Page)) -> Vec<usize> {
    let sorted = |page: &Page| {
        let place = |at: &usize| {
            let line = &page.lines[*at];
            [line.baseline, line.left, line.right].map(Option::unwrap_or_default)
        };
        let mut sorted: Vec<usize> = (0..page.lines.len()).collect();
        sorted.sort_by(|a, b| {
            let places = place(a).into_iter().zip(place(b));
            places.fold(Ordering::Equal, |order, (a, b)| order.then(a.total_cmp(&b)))
        });
        sorted
    };
    let mut order: Vec<usize> = (0..read.lines.len()).collect();
    for (line, place) in sorted(read).into_iter().zip(sorted(given)) {
        order[line] = place;
    }
    order
}

/// Characters of a text that was mended in the text that was given; `None` where it has other letters.
fn letters(part: Letters, read: &str, given: &str) -> Option<Letters> {
    if read == given {
        return Some(part);
    }
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if solid(read) != solid(given) {
        return None;
    }
    let before = |at: usize| read.chars().take(at).filter(|c| !c.is_whitespace()).count();
    let places: Vec<usize> = (given.chars().enumerate())
        .filter(|(_, c)| !c.is_whitespace())
        .map(|(at, _)| at)
        .collect();
    let end = |solid: usize| places.get(solid.checked_sub(1)?).map(|at| at + 1);
    let to = end(before(part.to)).unwrap_or(0);
    let from = places.get(before(part.from)).copied().unwrap_or(to);
    Some(Letters { from: from.min(to), to })
}

#[cfg(test)]
mod tests {
    use super::{Letters, letters, order};
    use crate::snapshot::{Line, Page};

    /// If it fails, a report of a PDF whose words were mended marks the letters beside those that differ.
    #[test]
    fn letters_are_found_in_the_text_before_it_was_mended() {
        let told = |from, to| letters(Letters { from, to }, "the treaty was", "the trea ty was");
        assert_eq!(told(4, 10), Some(Letters { from: 4, to: 11 }));
        assert_eq!(told(11, 14), Some(Letters { from: 12, to: 15 }));
        assert_eq!(letters(Letters { from: 4, to: 10 }, "the treaty", "the trea-ty"), None);
    }

    /// If it fails, a report of a PDF marks the line beside the one that differs.
    #[test]
    fn lines_are_found_in_the_order_before_they_were_sorted() {
        let page = |places: &[f64]| Page {
            lines: places
                .iter()
                .map(|y| Line {
                    baseline: Some(*y),
                    ..Line::default()
                })
                .collect(),
            ..Page::default()
        };
        assert_eq!(order((&page(&[3.0, 1.0, 2.0]), &page(&[1.0, 2.0, 3.0]))), [1, 2, 0]);
    }
}
