//! Whether the figures of a layout can be those of pages. A file is written by anyone: what is beyond all pages would be drawn,
//! added up and put into pictures.

use super::json::LayoutError;
use super::snapshot::{Layout, Line, Page};
use qarar_bounds::limits;

/// The longest side of a page in points, which PDF readers have as their limit (ISO 32000-1, annex C).
const LONGEST_SIDE: f64 = 14_400.0;
/// How far from its corner a line of a page is looked for, in points.
const FARTHEST: f64 = 100_000.0;
/// The largest size of letters in points.
const LARGEST: f64 = 10_000.0;

/// Looks at the figures of a layout.
///
/// # Errors
/// The first that cannot be one of a page, with its place.
pub(super) fn check(layout: &Layout) -> Result<(), LayoutError> {
    let count = |what: &'static str, found: usize, most: usize| match found > most {
        true => Err(LayoutError::Many { what, found, most }),
        false => Ok(()),
    };
    count("pages", layout.pages.len(), limits::LAYOUT_PAGES)?;
    count(
        "lines",
        layout.pages.iter().map(|page| page.lines.len()).sum(),
        limits::LAYOUT_LINES,
    )?;
    for column in &layout.columns {
        within("the layout", "left", column.left, -FARTHEST, FARTHEST)?;
        within("the layout", "right", column.right, -FARTHEST, FARTHEST)?;
    }
    layout
        .pages
        .iter()
        .enumerate()
        .try_for_each(|(at, each)| page(at + 1, each))
}

fn page(place: usize, page: &Page) -> Result<(), LayoutError> {
    let of_page = format!("page {place} of the file");
    if !(1..=limits::LAYOUT_PAGES).contains(&page.number) {
        return Err(LayoutError::Figure {
            place: of_page,
            key: "number",
            found: page.number.to_string(),
            range: format!("1 to {}", limits::LAYOUT_PAGES),
        });
    }
    if let Some((width, height)) = page.size {
        for side in [width, height] {
            within(&of_page, "size", side, 1.0, LONGEST_SIDE)?;
        }
    }
    for (at, each) in page.lines.iter().enumerate() {
        line(&format!("line {} of page {place} of the file", at + 1), each)?;
    }
    Ok(())
}

fn line(place: &str, line: &Line) -> Result<(), LayoutError> {
    for (key, figure) in [("baseline", line.baseline), ("left", line.left), ("right", line.right)] {
        if let Some(figure) = figure {
            within(place, key, figure, -FARTHEST, FARTHEST)?;
        }
    }
    for (_, size) in &line.fonts {
        within(place, "fonts", *size, 0.0, LARGEST)?;
    }
    for joint in &line.joints {
        within(place, "joints", joint.by, -FARTHEST, FARTHEST)?;
        whole(place, "joints", joint.after, joint.word.chars().count())?;
    }
    for mark in &line.marks {
        whole(place, "marks", mark.at, line.text.chars().count())?;
    }
    Ok(())
}

fn within(place: &str, key: &'static str, found: f64, least: f64, most: f64) -> Result<(), LayoutError> {
    if (least..=most).contains(&found) {
        return Ok(());
    }
    Err(LayoutError::Figure {
        place: place.to_owned(),
        key,
        found: format!("{found:e}"),
        range: format!("{least} to {most}"),
    })
}

fn whole(place: &str, key: &'static str, found: usize, most: usize) -> Result<(), LayoutError> {
    if found <= most {
        return Ok(());
    }
    Err(LayoutError::Figure {
        place: place.to_owned(),
        key,
        found: found.to_string(),
        range: format!("0 to {most}, the letters of its text"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::json;

    /// If it fails, a layout that somebody wrote to do harm is added up and drawn.
    #[test]
    fn figures_that_no_page_has_are_told_with_their_place() {
        let layout = |page: &str| {
            format!(r#"{{"qarar-layout":1,"document":"d","edition":"ar","languages":["ar"],"pages":[{page}]}}"#)
        };
        let line = |rest: &str| layout(&format!(r#"{{"number":1,"lines":[{{"in":"","text":"ab"{rest}}}]}}"#));
        let cases = [
            (
                layout(r#"{"number":0,"lines":[]}"#),
                "`number` of page 1 of the file is 0",
            ),
            (
                layout(r#"{"number":4294967296,"lines":[]}"#),
                "`number` of page 1 of the file is 4294967296",
            ),
            (
                layout(r#"{"number":1,"size":[1e308,800],"lines":[]}"#),
                "`size` of page 1 of the file is 1e308",
            ),
            (
                layout(r#"{"number":1,"size":[-0.0,800],"lines":[]}"#),
                "`size` of page 1",
            ),
            (
                line(r#","baseline":1e300"#),
                "`baseline` of line 1 of page 1 of the file is 1e300",
            ),
            (line(r#","fonts":[["A",-3]]"#), "`fonts` of line 1"),
            (
                line(r#","joints":[{"word":"ab","after":9,"by":1}]"#),
                "`joints` of line 1",
            ),
            (
                line(r#","marks":[{"note":1,"at":3,"text":"1"}]"#),
                "`marks` of line 1 of page 1 of the file is 3, and can be 0 to 2",
            ),
            (layout(r#"{"number":-1,"lines":[]}"#), "line 1 column"),
            (layout(r#"{"number":1,"lines":{}}"#), "line 1 column"),
            (layout(r#"{"number":NaN,"lines":[]}"#), "line 1 column"),
            (layout(&"[".repeat(100_000)), "line 1 column"),
            (String::new(), "not a layout"),
            ("{\"qarar-layout\": 1".to_owned(), "line 1 column"),
        ];
        for (text, told) in cases {
            let error = json::read(&text).expect_err(told).to_string();
            assert!(error.contains(told), "{error}");
        }
        assert!(json::read(&line(r#","baseline":10.5,"marks":[{"note":1,"at":2,"text":"1"}]"#)).is_ok());
    }
}
