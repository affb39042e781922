//! Which differences follow from which. The rules, in the order in which they are asked; a difference that none of them
//! explains is a finding of its own.
//!
//! | what differs | what explains it |
//! |---|---|
//! | words, order, paragraphs and notes of one side | nothing: they are causes |
//! | where the cells of a table stand and break | words, rows and marks of this table |
//! | a name that is counted otherwise | the last paragraph of its zone before it that came, went or moved |
//! | a mark of a note | its note, where that came or went |
//! | another file, face or size of a font; columns; paper | nothing; a measure in em goes with the size |
//! | line breaks, elongations, ends of a line | what touches the same paragraph |
//! | a distance, a place | the font or the measure of its line |
//! | the end of a page, the page of a note | what takes room on those pages, or on the pages before where these are disturbed |
//! | heads and feet | a page more or fewer before them |
//! | lines at other places | the last cause before them that takes room |

mod explanation;
mod pages;
mod places;
mod words;

use super::finding::Finding;
use super::kind::Level;
use super::matched::Matched;
use explanation::Explanation;

/// The differences of two texts, each under its cause, in the order of the document.
pub(super) fn findings(matched: &Matched<'_>) -> Vec<Finding> {
    let level = matched.options.level;
    let mut explanation = Explanation::new(matched);
    words::explain(&mut explanation);
    if level >= Level::Positions {
        places::fonts(&mut explanation);
        places::columns(&mut explanation);
    }
    if level >= Level::Lines {
        places::line_breaks(&mut explanation);
    }
    if level >= Level::Positions {
        places::distances(&mut explanation);
    }
    if level >= Level::Pages {
        pages::explain(&mut explanation);
    }
    pages::furniture(&mut explanation);
    if level >= Level::Positions {
        places::ends(&mut explanation);
        places::elongations(&mut explanation);
        places::count_moved(&mut explanation);
    }
    explanation.finish()
}
