//! Whether the text of pictures is set in fonts that there are. Another one would stand there unseen, of another width.

use super::ParsedText;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fonts::Fonts;
use crate::model::Block;

/// Tells of pictures whose text names a family that nobody has, or none.
pub(super) fn check(text: &ParsedText, fonts: &Fonts, diagnostics: &mut Diagnostics) {
    for block in &text.expression.blocks {
        let Block::Figure(figure) = block else { continue };
        let picture = &figure.picture;
        let unknown = picture.families.iter().find(|family| !fonts.has_family(family));
        let message = match unknown {
            Some(family) => format!(
                "the text of `{}` is in the font `{family}`, which is not there",
                figure.file
            ),
            None if picture.has_plain_text => format!("the text of `{}` names no font", figure.file),
            None => continue,
        };
        let hint = format!(
            "name one of {} in the picture, give the font to --font-path, or turn the text into paths",
            fonts.families().join(", ")
        );
        let fault = Diagnostic::error(message).rule("picture");
        diagnostics.push(fault.at(&text.file, figure.named.clone()).hint(hint));
    }
}
