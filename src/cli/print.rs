//! `qarar print`: what the program alone holds, for those who have nothing else of the repository.

use clap::{Args, ValueEnum};

use super::outcome::{CommandError, Outcome};
use super::report;
use super::setting_args::load_fonts;
use crate::kind::Kind;
use crate::locale::Language;
use crate::source::{built_in_kind, kind_names};
use crate::typeset::Template;

/// Print what the program holds: template, kinds, languages, schemas, fonts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar print template > house.typ          the built-in template, to be changed and named with `--template`
  qarar print languages                     code, name, name in itself, script, direction
  qarar print schema > documents/one/document.schema.json
  qarar print schema house                  that of `house.toml`
  qarar print schema layout                 that of layouts")]
pub(super) struct Print {
    /// What to print
    #[arg(value_enum, value_name = "WHAT")]
    what: What,
    /// Which schema
    #[arg(value_enum, value_name = "SCHEMA")]
    schema: Option<Schema>,
    /// Of which kind the schema of documents is
    #[arg(long, value_name = "KIND", default_value = "resolution")]
    kind: String,
}

/// What can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The built-in template, in Typst
    Template,
    /// The kinds of documents, a line each
    Kinds,
    /// The languages: code, name, name in itself, script, direction
    Languages,
    /// A JSON Schema
    Schema,
    /// The fonts in the program: families with their styles
    Fonts,
}

/// A JSON Schema that the program holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Schema {
    /// Of `document.toml`, which is usual
    Document,
    /// Of `house.toml`
    House,
    /// Of layouts
    Layout,
    /// Of what `--message-format json` tells
    Messages,
}

impl Print {
    pub(super) fn run(&self) -> Outcome {
        let text = match self.text() {
            Ok(text) => text,
            Err(error) => return error.into(),
        };
        report::say(text.trim_end_matches('\n'));
        Outcome::Done
    }

    fn text(&self) -> Result<String, CommandError> {
        if self.schema.is_some() && self.what != What::Schema {
            return Err(CommandError::Usage(
                "only `qarar print schema` takes another word".to_owned(),
            ));
        }
        Ok(match self.what {
            What::Template => Template::builtin().text,
            What::Kinds => kinds(),
            What::Languages => languages(),
            What::Schema => match self.schema.unwrap_or(Schema::Document) {
                Schema::Document => match built_in_kind(&self.kind) {
                    Some(kind) => schema_of_documents(kind),
                    None => {
                        let names = kind_names().join(", ");
                        return Err(CommandError::Usage(format!("`{}` is none of {names}", self.kind)));
                    }
                },
                Schema::House => format!("{:#}\n", crate::source::house_schema()),
                Schema::Layout => include_str!("../../docs/layout.schema.json").to_owned(),
                Schema::Messages => include_str!("../../docs/messages.schema.json").to_owned(),
            },
            What::Fonts => fonts()?,
        })
    }
}

/// The JSON Schema of the `document.toml` of a kind.
pub(super) fn schema_of_documents(kind: Kind) -> String {
    format!("{:#}\n", crate::source::schema(kind))
}

fn kinds() -> String {
    let line = |name: String| {
        let about = built_in_kind(&name).map_or("", |kind| kind.definition().about.as_str());
        format!("{name:<22}  {about}\n")
    };
    kind_names().into_iter().map(line).collect()
}

fn languages() -> String {
    let line = |language: &Language| {
        let direction = language.direction().key().replace('-', " ");
        let (code, name, script) = (language.code(), language.name(), language.script().key());
        format!(
            "{code}  {name:<8}  {:<8}  {script:<8}  {direction}\n",
            language.autonym()
        )
    };
    let mut told: String = Language::ALL.iter().map(line).collect();
    told.push_str("\nAnother language is one file, `languages/LANG.toml` beside `document.toml`: docs/languages.md\n");
    told
}

fn fonts() -> Result<String, CommandError> {
    let fonts = load_fonts(&[])?;
    let line = |family: String| {
        let styles = [("bold", fonts.has_bold(&family)), ("italic", fonts.has_italic(&family))];
        let styles = styles.iter().filter(|(_, has)| *has).map(|(style, _)| *style);
        let styles: Vec<&str> = std::iter::once("regular").chain(styles).collect();
        format!("{family}: {}\n", styles.join(", "))
    };
    Ok(fonts.families().into_iter().map(line).collect())
}
