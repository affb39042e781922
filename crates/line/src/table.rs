//! Where the cells of a table stand, as far as the table itself tells it.

use typst::foundations::{Packed, StyleChain};
use typst::layout::{Abs, Celled, Length, Rel, Sides, Sizing};
use typst::model::{TableCell, TableElem};
use typst::utils::Numeric;

use qarar_text::Direction;

/// The columns of a table.
pub(super) struct Columns {
    /// The left and right edge of each, in the order of the table.
    edges: Vec<(Abs, Abs)>,
    /// The space between the edges of a cell and its text.
    inset: (Abs, Abs),
}

impl Columns {
    /// The columns of a table whose left edge is at `left` in a cell of the width `width`. `None` where a column is as wide
    /// as Typst finds its content to be.
    pub(super) fn of(table: &Packed<TableElem>, left: Abs, width: Abs, direction: Direction) -> Option<Self> {
        let styles = StyleChain::default();
        let room = width - left;
        let tracks = &table.columns.get_ref(styles).0;
        let gutters = &table.column_gutter.get_ref(styles).0;
        if tracks.is_empty() {
            return None;
        }
        let gutter = match gutters.last() {
            None => Abs::zero(),
            Some(Sizing::Rel(rel)) => absolute(*rel, room)?,
            Some(_) => return None,
        };
        let mut rest = room - gutter * (tracks.len() - 1) as f64;
        let mut fractions = 0.0;
        for track in tracks {
            match track {
                Sizing::Rel(rel) => rest -= absolute(*rel, room)?,
                Sizing::Fr(fr) => fractions += fr.get(),
                Sizing::Auto => return None,
            }
        }
        let rest = rest.max(Abs::zero());
        let mut edges = Vec::with_capacity(tracks.len());
        let mut from = Abs::zero();
        for track in tracks {
            let wide = match track {
                Sizing::Rel(rel) => absolute(*rel, room)?,
                Sizing::Fr(fr) if fractions > 0.0 => rest * (fr.get() / fractions),
                Sizing::Fr(_) | Sizing::Auto => Abs::zero(),
            };
            edges.push((from, from + wide));
            from += wide + gutter;
        }
        let whole = edges.last().map_or(Abs::zero(), |(_, end)| *end);
        let turned = |(start, end): (Abs, Abs)| match direction {
            Direction::RightToLeft => (left + whole - end, left + whole - start),
            Direction::LeftToRight => (left + start, left + end),
        };
        Some(Self {
            edges: edges.into_iter().map(turned).collect(),
            inset: inset(&table.inset.get_cloned(styles), room),
        })
    }

    /// The left and right edge of the text of a cell in a column.
    pub(super) fn cell(&self, cell: &Packed<TableCell>, column: usize) -> Option<(Abs, Abs)> {
        let last = column + cell.colspan.get(StyleChain::default()).get() - 1;
        let (first, last) = (self.edges.get(column)?, self.edges.get(last)?);
        Some((first.0.min(last.0) + self.inset.0, first.1.max(last.1) - self.inset.1))
    }
}

/// A length that does not depend on a size of text.
fn absolute(length: Rel<Length>, of: Abs) -> Option<Abs> {
    length.abs.em.is_zero().then(|| length.rel.of(of) + length.abs.abs)
}

/// The inset at the left and at the right; none where it differs from cell to cell.
fn inset(inset: &Celled<Sides<Option<Rel<Length>>>>, room: Abs) -> (Abs, Abs) {
    let Celled::Value(sides) = inset else {
        return (Abs::zero(), Abs::zero());
    };
    let side = |side: Option<Rel<Length>>| side.and_then(|side| absolute(side, room)).unwrap_or_default();
    (side(sides.left), side(sides.right))
}
