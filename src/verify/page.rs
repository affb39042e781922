//! What is wrong on a page of any PDF, whatever its source: characters that no text should hold, glyphs without any.

use serde::Serialize;

use crate::reader::{Known, Page, TextLine};
use crate::text::{TATWEEL, is_presentation_form, is_private};

/// How many examples are kept of a kind.
const EXAMPLES: usize = 3;

/// What is found on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageFaults {
    /// The page, from 1.
    pub page: usize,
    /// Its glyphs.
    pub glyphs: usize,
    /// Kashidas as characters (U+0640).
    pub tatweels: Count,
    /// Letters told as presentation forms.
    pub presentation_forms: Count,
    /// Characters of private use.
    pub private_use: Count,
    /// Glyphs that no character is known for, and no replacement text.
    pub without_unicode: Count,
    /// Glyphs that belong neither to the structure nor to what is marked as no part of the text.
    pub untagged: usize,
}

/// How often something is found, with the words of the first places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How often.
    pub count: usize,
    /// Words that hold it, or fonts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
}

impl Count {
    fn add(&mut self, times: usize, example: impl FnOnce() -> String) {
        if times == 0 {
            return;
        }
        self.count += times;
        if self.examples.len() < EXAMPLES {
            let example = example();
            if !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
    }
}

impl PageFaults {
    /// Whether nothing in the text is wrong; whether the page is tagged is another question.
    pub fn is_clean(&self) -> bool {
        let counts = [
            &self.tatweels,
            &self.presentation_forms,
            &self.private_use,
            &self.without_unicode,
        ];
        counts.iter().all(|count| count.count == 0)
    }
}

/// Looks at a page and its lines; `number` is counted from 1.
pub(super) fn faults(page: &Page, lines: &[TextLine], number: usize) -> PageFaults {
    let mut faults = PageFaults {
        page: number,
        glyphs: page.glyphs.len(),
        ..PageFaults::default()
    };
    for glyph in &page.glyphs {
        // Replacement text may be in the sequence or in the structure tree; what is an artifact is not read.
        let replaced = page.enclosing(glyph.marked).any(|m| m.actual_text.is_some());
        let artifact = page.is_artifact(glyph.marked);
        if glyph.known == Known::Unknown && !replaced && !artifact {
            faults.without_unicode.add(1, || page.fonts[glyph.font].name.clone());
        }
        if !artifact && page.content_of(glyph.marked).is_none() {
            faults.untagged += 1;
        }
    }
    for line in lines {
        let text = line.logical();
        for word in text.split(' ') {
            let count = |wrong: fn(char) -> bool| word.chars().filter(|c| wrong(*c)).count();
            faults.tatweels.add(count(|c| c == TATWEEL), || word.to_owned());
            faults
                .presentation_forms
                .add(count(is_presentation_form), || word.to_owned());
            faults.private_use.add(count(is_private), || {
                let codes = word
                    .chars()
                    .filter(|c| is_private(*c))
                    .map(|c| format!("U+{:04X}", u32::from(c)));
                codes.collect::<Vec<_>>().join(" ")
            });
        }
    }
    faults
}
