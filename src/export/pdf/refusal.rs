//! Why a PDF was not written, in words: what krilla tells of the rules that it keeps (ISO 19005-2, ISO 14289-1).

use std::collections::BTreeSet;

use krilla::configure::ValidationError;
use krilla::error::KrillaError;
use krilla::text::Font;

/// A reason, and what to do about it.
type Told = (String, &'static str);

const TEMPLATE: &str = "change it in the template";
const FONT: &str = "choose another font: `[fonts]` of `document.toml`, or the template";
const OWN: &str = "that is a fault of qarar and not of your text: please report it, with the document";

/// The reasons in words, each once, with a line of help after it. `family` gives the name of a font.
pub(super) fn reasons(error: &KrillaError, family: impl Fn(&Font) -> String) -> Vec<String> {
    let told: BTreeSet<Told> = match error {
        KrillaError::Validation(errors) => errors.iter().map(|(error, _)| rule(error, &family)).collect(),
        KrillaError::Font(font, reason) => {
            let told = format!("the font `{}` cannot be embedded: {reason}", family(font));
            [(told, FONT)].into()
        }
        KrillaError::Limit(limit) => [(limit.to_string(), "divide the document")].into(),
        KrillaError::Image(_, _, reason) => [(format!("a picture cannot be embedded: {reason}"), TEMPLATE)].into(),
        KrillaError::SixteenBitImage(..) => [("a picture has 16 bits a channel".to_owned(), TEMPLATE)].into(),
        other => [(other.to_string(), OWN)].into(),
    };
    let lines = told.into_iter().map(|(what, hint)| format!("{what}\nhelp: {hint}"));
    lines.collect()
}

fn rule(error: &ValidationError, family: &impl Fn(&Font) -> String) -> Told {
    use ValidationError as E;
    let own = |what: &str| (what.to_owned(), OWN);
    let template = |what: &str| (what.to_owned(), TEMPLATE);
    match error {
        E::TooLongString => (
            "a title, a heading or a line is longer than the 32,767 bytes that it may have".to_owned(),
            "shorten it, or set the line larger in the template",
        ),
        E::TooLongName => ("the name of a font has more than 127 bytes".to_owned(), FONT),
        E::TooLongArray | E::TooLongDictionary | E::TooManyIndirectObjects => (
            "the document has more parts than a file may have".to_owned(),
            "divide the document",
        ),
        E::TooLargeFloat => template("a number of a drawing is larger than 32,767"),
        E::TooHighQNestingLevel => template("more than 28 clipped parts stand in one another"),
        E::ContainsPostScript(_) => template("a gradient that turns or repeats is PostScript, which is not allowed"),
        E::MissingCMYKProfile => template("a colour in CMYK has no profile; colours in RGB need none"),
        E::InconsistentSeparationFallback(_) => template("one spot colour has two colours in its place"),
        E::ContainsNotDefGlyph(font, _, text) => (
            format!("the font `{}` has no glyph for `{}`", family(font), text.escape_debug()),
            FONT,
        ),
        E::NoCodepointMapping(font, ..) => (
            format!("a glyph of the font `{}` stands for no character", family(font)),
            FONT,
        ),
        E::InvalidCodepointMapping(font, _, c, _) => (
            format!(
                "a glyph of the font `{}` stands for {}, which is none",
                family(font),
                code(*c)
            ),
            FONT,
        ),
        E::UnicodePrivateArea(_, _, c, _) => (
            format!("{} is a character of private use, which no reader knows", code(*c)),
            "write a character that Unicode knows, or draw it as a picture in the template",
        ),
        E::RestrictedLicense(font) => (
            format!(
                "the font `{}` may not be embedded: its licence forbids it",
                family(font)
            ),
            FONT,
        ),
        E::MissingAltText(_) => template("a picture has no description"),
        E::Transparency(_) => template("something can be seen through"),
        E::ImageInterpolation(_) => template("a picture is to be smoothed when it is enlarged"),
        E::EmbeddedFile(..) | E::EmbeddedPDF(_) => template("another file is embedded"),
        E::NoDocumentLanguage => own("it names no language"),
        E::NoDocumentTitle => own("it has no title"),
        E::MissingHeadingTitle => own("a heading has no words"),
        E::MissingDocumentOutline => own("it has no bookmarks"),
        E::MissingAnnotationAltText(_) => own("a link has no name"),
        E::MissingDocumentDate => own("it has no date"),
        E::MissingTagging => own("it has no structure"),
        E::RequiresNewerPdfVersion(..) => own("it needs a later version of PDF"),
    }
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use krilla::configure::Validators;

    use super::*;

    /// If it fails, users read `Validation([(TooLongString, Validators { a: Some(…` in place of what is wrong.
    #[test]
    fn reasons_are_told_once_and_in_words() {
        use ValidationError as E;
        let errors = [
            E::TooLongString,
            E::TooLongString,
            E::TooHighQNestingLevel,
            E::MissingHeadingTitle,
        ];
        let errors = errors.map(|error| (error, Validators::default()));
        let told = reasons(&KrillaError::Validation(errors.into()), |_| String::new());
        insta::assert_snapshot!(told.join("\n"), @"
        a heading has no words
        help: that is a fault of qarar and not of your text: please report it, with the document
        a title, a heading or a line is longer than the 32,767 bytes that it may have
        help: shorten it, or set the line larger in the template
        more than 28 clipped parts stand in one another
        help: change it in the template
        ");
    }
}
