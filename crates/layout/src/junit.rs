//! Comparisons as JUnit XML, which CI services show: a test suite an edition, a test case a level.

use super::compare::{Comparison, Level};

/// Writes comparisons as JUnit XML.
pub fn junit(comparisons: &[Comparison]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"qarar compare\">\n");
    for comparison in comparisons {
        let levels: Vec<Level> = Level::ALL
            .into_iter()
            .filter(|level| *level <= comparison.level)
            .collect();
        let failed = |level: &&Level| comparison.findings.iter().any(|finding| finding.level() == **level);
        let failures = levels.iter().filter(failed).count();
        let name = escaped(&comparison.name);
        out.push_str(&format!(
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failures}\">\n",
            levels.len()
        ));
        for level in levels {
            out.push_str(&format!("    <testcase classname=\"{name}\" name=\"{}\"", level.name()));
            let told: Vec<String> = comparison
                .findings
                .iter()
                .filter(|f| f.level() == level)
                .map(|f| escaped(&f.to_string()))
                .collect();
            match told.first() {
                None => out.push_str("/>\n"),
                Some(first) => {
                    out.push_str(&format!(
                        ">\n      <failure message=\"{first}\">{}</failure>\n",
                        told.join("\n")
                    ));
                    out.push_str("    </testcase>\n");
                }
            }
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Text for XML and HTML, in content and in attributes. Characters that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}
