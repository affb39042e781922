//! Options that somebody may look for where there is none: what they would say is written elsewhere.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::outcome::CommandError;

/// The fault of an option that there is not; `None` of every other fault of the command line, which clap tells.
pub(super) fn unknown(error: &clap::Error) -> Option<CommandError> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let text = |kind: ContextKind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.as_str()),
        _ => None,
    };
    let written = text(ContextKind::InvalidArg)?;
    let name = written.split('=').next().unwrap_or(written);
    if !name.starts_with('-') {
        return None;
    }
    let hint = match (elsewhere(name), text(ContextKind::SuggestedArg)) {
        (Some(place), _) => place.to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "`--help` after the command lists its options".to_owned(),
    };
    Some(CommandError::Option {
        option: name.to_owned(),
        hint,
    })
}

/// Where what an option seems to say is written.
fn elsewhere(option: &str) -> Option<&'static str> {
    Some(match option.trim_start_matches('-').to_lowercase().as_str() {
        "paper" | "papersize" | "paper-size" | "page-size" | "pagesize" | "size" | "margin" | "margins" | "a4"
        | "letter" | "landscape" | "columns" => {
            "the paper is set in the template: `paper`, `first` and `other` of its answer (docs/templates.md), named with \
             `qarar build --template FILE`"
        }
        "font-size" | "fontsize" | "leading" | "line-height" | "style" | "theme" | "css" => {
            "sizes and looks are set in the template (docs/templates.md), named with `qarar build --template FILE`"
        }
        "font" | "fonts" | "font-family" | "font-dir" => {
            "families are named in `[fonts]` of `document.toml`; `--font-path PATH` gives files of them"
        }
        "lang" | "language" | "languages" | "locale" => {
            "the languages of a document are `languages` of `document.toml`; `qarar build --lang ar` makes one edition"
        }
        "out" | "output" | "o" | "output-dir" | "outdir" | "dest" => {
            "only `qarar build` and `qarar layout` write files: `--output DIR`"
        }
        "format" | "to" | "pdf" | "png" | "svg" | "html" => "`qarar build --format pdf,png` chooses what is written",
        "kashida" | "no-kashida" | "justify" => "elongation is `kashida` of `[layout]` in `document.toml`",
        "digits" | "numerals" | "numbers" => "digits are `digits` of `document.toml`: `native` or `western`",
        "side-by-side" | "facing" | "arrangement" | "parallel" | "bilingual" => {
            "how languages stand is `--layout side-by-side` or `facing` of `qarar build`, or `arrangement` of `[layout]` in `document.toml`"
        }
        "title" | "symbol" | "date" | "session" | "body" | "metadata" => {
            "what is true of a document stands in `document.toml`; its title is the `# ` line of each text"
        }
        "template" | "font-path" => "`qarar build`, `layout` and `inspect` set a document and have it",
        _ => return None,
    })
}
