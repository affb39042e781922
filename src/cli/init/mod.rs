//! `qarar init`: a new document that builds at once, with comments that teach.

mod folder;
mod questions;
mod skeleton;

use std::collections::BTreeMap;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::languages::of_code;
use super::outcome::{CommandError, Outcome};
use super::setting_args::load_fonts;
use super::{print, report};
use crate::diagnostic::{Diagnostics, shown};
use crate::kind::{Kind, Takes};
use crate::locale::Language;
use crate::source::{built_in_kind, day, is_symbol, kind_names};
use questions::{Questions, Unanswered};
use skeleton::Wanted;

/// The schema of `document.toml`, beside it.
const SCHEMA: &str = "document.schema.json";
/// The usual answers.
const LANGUAGES: &str = "ar,en";
const SESSION: &str = "80";
const ADOPTED: &str = "2025-12-18";

/// Write a new document, which builds at once
///
/// On a terminal it asks what no option says; `--yes` takes the usual answers. It writes `document.toml`, its schema for
/// editors and a text a language, with comments that teach, and over nothing: where one of these files is there, nothing
/// is written.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 written, 2 something is there already, an answer is missing or cannot be taken: nothing was written.

Examples:
  qarar init                                               asks
  qarar init --yes documents/first                         a resolution in Arabic and English
  qarar init --yes --languages en,fr --title \"Public records\" --title \"fr=Archives publiques\" documents/records
  qarar init --yes --languages ar --body security-council documents/council")]
pub(super) struct Init {
    /// The folder of the document; below `documents/`, by its symbol, when none is named
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The kind of document
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// The languages, with commas between them; the first leads
    #[arg(long, value_name = "LANGUAGES", value_parser = languages)]
    languages: Option<Languages>,
    /// The title in the leading language, or in another: `en=Public records`
    #[arg(long, value_name = "TITLE")]
    title: Vec<String>,
    /// The symbol, as `A/RES/61/180`
    #[arg(long, value_name = "SYMBOL", value_parser = symbol)]
    symbol: Option<String>,
    /// The body that adopts it: of a resolution `general-assembly`, `security-council`, `economic-and-social-council`
    #[arg(long, value_name = "BODY")]
    body: Option<String>,
    /// The session
    #[arg(long, value_name = "N", value_parser = session)]
    session: Option<String>,
    /// The day of adoption, as `2006-12-20`; the day of issue too
    #[arg(long, value_name = "DAY", value_parser = adopted)]
    adopted: Option<String>,
    /// Another fact of the kind, as `document.toml` has it: `meeting=12`, `place="Geneva"`
    #[arg(long, value_name = "NAME=VALUE")]
    fact: Vec<String>,
    /// Ask nothing: take the usual answers where no option says another
    #[arg(short, long)]
    yes: bool,
}

/// The languages of a document.
#[derive(Debug, Clone)]
struct Languages(Vec<Language>);

impl Init {
    pub(super) fn run(&self) -> Outcome {
        self.init().unwrap_or_else(Outcome::from)
    }

    fn init(&self) -> Result<Outcome, CommandError> {
        let usage = |words: String| CommandError::Usage(words);
        if let Some(folder) = &self.folder {
            folder::is_free(folder, &["document.toml".to_owned(), SCHEMA.to_owned()])
                .map_err(|error| usage(error.to_string()))?;
        }
        let asks = !self.yes && io::stdin().is_terminal() && io::stderr().is_terminal();
        let (wanted, place) = if asks {
            let mut questions = Questions::new(io::stdin().lock(), io::stderr().lock());
            self.asked(&mut questions).map_err(|error| usage(error.to_string()))?
        } else {
            self.unasked()?
        };
        let unknown = || usage("this kind of document has no text in one of the languages".to_owned());
        let mut files = wanted.files(&shown(&place)).ok_or_else(unknown)?;
        let warnings = checked(&files)?;
        files.insert(1, (SCHEMA.to_owned(), print::schema_of_documents(wanted.kind)));
        folder::write(&place, &files).map_err(|error| usage(error.to_string()))?;
        for (name, _) in &files {
            report::say(&shown(&place.join(name)));
        }
        let place = shown(&place);
        report::say(&format!(
            "\nwrite your text over theirs, then `qarar check {place}` and `qarar build {place}`"
        ));
        for warning in warnings {
            report::say(&warning);
        }
        Ok(Outcome::Done)
    }

    /// The document by the options and the usual answers.
    fn unasked(&self) -> Result<(Wanted, PathBuf), CommandError> {
        let missing = self.missing();
        if !self.yes && !missing.is_empty() {
            let words = format!(
                "there is no terminal to ask on: say {}, or `--yes` for the usual answers",
                missing.join(", ")
            );
            return Err(CommandError::Usage(words));
        }
        let languages = match &self.languages {
            Some(languages) => languages.clone(),
            None => languages(LANGUAGES).map_err(CommandError::Usage)?,
        };
        let kind = self.kind.map_or_else(resolution, Ok)?;
        let mut facts = self.said(kind).map_err(CommandError::Usage)?;
        if has(kind, "body") {
            facts.entry("body".to_owned()).or_insert_with(|| quoted(BODY));
        }
        let body = facts.get("body").map_or("*", |body| body.trim_matches('"')).to_owned();
        for (fact, write) in ASKED {
            if has(kind, fact) && !facts.contains_key(*fact) {
                facts.insert((*fact).to_owned(), write(&usual_answer(kind, fact, &body)));
            }
        }
        let wanted = Wanted {
            kind,
            titles: self.titles(&languages.0).map_err(CommandError::Usage)?,
            languages: languages.0,
            facts,
        };
        let place = self.folder.clone().unwrap_or_else(|| usual_place(&known_as(&wanted)));
        Ok((wanted, place))
    }

    /// The facts of the options, each as `document.toml` has it.
    fn said(&self, kind: Kind) -> Result<BTreeMap<String, String>, String> {
        let mut facts = BTreeMap::new();
        let named = [
            ("symbol", self.symbol.as_deref().map(quoted)),
            ("body", self.body.as_deref().map(quoted)),
            ("session", self.session.clone()),
            ("adopted", self.adopted.clone()),
        ];
        for (name, value) in named {
            let Some(value) = value else { continue };
            if !has(kind, name) {
                return Err(format!("`--{name}`: a {} has no such fact", kind.name()));
            }
            facts.insert(name.to_owned(), value);
        }
        for said in &self.fact {
            let Some((name, value)) = said.split_once('=') else {
                return Err(format!("`--fact {said}`: write a name, `=` and a value"));
            };
            let (name, value) = (name.trim(), value.trim());
            if !has(kind, name) {
                let known: Vec<&str> = kind.definition().facts.iter().map(|fact| fact.name.as_str()).collect();
                return Err(format!(
                    "`--fact {said}`: the facts of a {} are {}",
                    kind.name(),
                    known.join(", ")
                ));
            }
            // What is no value of TOML is a text.
            let is_value = toml::from_str::<toml::Table>(&format!("value = {value}")).is_ok();
            facts.insert(name.to_owned(), if is_value { value.to_owned() } else { quoted(value) });
        }
        Ok(facts)
    }

    /// The options that would have to be said where nobody can be asked.
    fn missing(&self) -> Vec<&'static str> {
        let asks = |fact: &str| self.kind.is_none_or(|kind| has(kind, fact));
        let said = [
            ("DIR", self.folder.is_some()),
            ("`--languages`", self.languages.is_some()),
            ("`--body`", self.body.is_some() || !asks("body")),
            ("`--symbol`", self.symbol.is_some() || !asks("symbol")),
            ("`--session`", self.session.is_some() || !asks("session")),
            ("`--adopted`", self.adopted.is_some() || !asks("adopted")),
            ("`--title`", !self.title.is_empty()),
        ];
        let missing = said.iter().filter(|(_, is_said)| !is_said);
        missing.map(|(name, _)| *name).collect()
    }

    /// The document by the options and the answers.
    fn asked(&self, questions: &mut Questions<impl BufRead, impl Write>) -> Result<(Wanted, PathBuf), Unanswered> {
        questions.say(
            "A new document. An empty answer takes what stands in brackets; Ctrl-C ends it, and nothing is written.",
        );
        let kind = match self.kind {
            Some(kind) => kind,
            None => questions.ask(&format!("Kind ({})", kind_names().join(", ")), RESOLUTION, kind)?,
        };
        let languages = match &self.languages {
            Some(languages) => languages.clone(),
            None => {
                let choice = skeleton::languages(kind);
                let codes: Vec<&str> = choice.iter().map(|language| language.code()).collect();
                let question = format!("Languages, the leading one first ({})", codes.join(", "));
                questions.ask(&question, LANGUAGES, languages)?
            }
        }
        .0;
        let mut facts = match self.said(kind) {
            Ok(facts) => facts,
            Err(fault) => {
                questions.say(&format!("  {fault}"));
                BTreeMap::new()
            }
        };
        if has(kind, "body") && !facts.contains_key("body") {
            let words = words_of(kind, "body");
            let one = |written: &str| one_of(written, &words);
            let body = questions.ask(&format!("Body ({})", words.join(", ")), BODY, one)?;
            facts.insert("body".to_owned(), quoted(&body));
        }
        let body = facts.get("body").map_or("*", |body| body.trim_matches('"')).to_owned();
        for (fact, write) in ASKED {
            if !has(kind, fact) || facts.contains_key(*fact) {
                continue;
            }
            let usual = usual_answer(kind, fact, &body);
            let answer = match *fact {
                "symbol" => questions.ask("Symbol", &usual, symbol)?,
                "session" => questions.ask("Session", &usual, session)?,
                _ => questions.ask("Day of adoption (year-month-day)", &usual, adopted)?,
            };
            facts.insert((*fact).to_owned(), write(&answer));
        }
        let mut titles = match self.titles(&languages) {
            Ok(titles) => titles,
            Err(fault) => {
                questions.say(&format!("  {fault}"));
                BTreeMap::new()
            }
        };
        for language in &languages {
            if !titles.contains_key(language) {
                let usual = skeleton::title(kind, &body, *language);
                let title = questions.ask(&format!("Title in {}", language.name()), usual, title)?;
                titles.insert(*language, title);
            }
        }
        let wanted = Wanted {
            kind,
            languages,
            facts,
            titles,
        };
        let place = match &self.folder {
            Some(folder) => folder.clone(),
            None => {
                let usual = shown(&usual_place(&known_as(&wanted)));
                let taken = |answer: &str| {
                    let place = PathBuf::from(answer);
                    let names = ["document.toml".to_owned(), SCHEMA.to_owned()];
                    folder::is_free(&place, &names).map_err(|error| error.to_string())?;
                    Ok(place)
                };
                questions.ask("Folder", &usual, taken)?
            }
        };
        Ok((wanted, place))
    }

    /// The titles of the options.
    fn titles(&self, languages: &[Language]) -> Result<BTreeMap<Language, String>, String> {
        let mut titles = BTreeMap::new();
        for said in &self.title {
            let named = said
                .split_once('=')
                .and_then(|(code, title)| Some((Language::from_code(code)?, title)));
            let (language, words) = match (named, languages.first()) {
                (Some(named), _) => named,
                (None, Some(lead)) => (*lead, said.as_str()),
                (None, None) => continue,
            };
            if !languages.contains(&language) {
                let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
                return Err(format!(
                    "`--title {said}`: the document has no `{}`: it has {}",
                    language.code(),
                    codes.join(", ")
                ));
            }
            let title = title(words).map_err(|fault| format!("`--title {said}`: {fault}"))?;
            if titles.insert(language, title).is_some() {
                return Err(format!("`--title` is given twice for `{}`", language.code()));
            }
        }
        Ok(titles)
    }
}

/// Reads the files as `qarar check` would; its warnings in words.
///
/// # Errors
/// What is at fault in what was answered.
fn checked(files: &[(String, String)]) -> Result<Vec<String>, CommandError> {
    let failed =
        |error: io::Error| CommandError::Usage(format!("a folder to try the document in cannot be made: {error}"));
    let desk = tempfile::tempdir().map_err(failed)?;
    for (name, text) in files {
        std::fs::write(desk.path().join(name), text).map_err(failed)?;
    }
    let fonts = load_fonts(&[])?;
    match crate::open(desk.path(), &fonts) {
        Ok(opened) => Ok(in_words(&opened.warnings, desk.path())),
        Err(faults) => Err(CommandError::Several(in_words(&faults, desk.path()))),
    }
}

/// What is told of the files, without the folder that they were tried in.
fn in_words(diagnostics: &Diagnostics, desk: &Path) -> Vec<String> {
    let before = format!("{}{}", shown(desk), std::path::MAIN_SEPARATOR);
    let told = diagnostics.to_string();
    told.lines().map(|line| line.replace(&before, "")).collect()
}

/// Where a document goes when no folder is named: `documents/a-res-61-180` for A/RES/61/180.
fn usual_place(symbol: &str) -> PathBuf {
    let words = symbol
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    Path::new("documents").join(name)
}

/// The kind that everybody starts with, and the body of its example.
const RESOLUTION: &str = "resolution";
const BODY: &str = "general-assembly";

/// How a fact is written in `document.toml`.
type Written = fn(&str) -> String;

/// The facts that are asked for, where a kind has them, and how each is written.
const ASKED: &[(&str, Written)] = &[("symbol", quoted), ("session", bare), ("adopted", bare)];

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn bare(text: &str) -> String {
    text.to_owned()
}

fn has(kind: Kind, fact: &str) -> bool {
    kind.definition().facts.iter().any(|known| known.name == fact)
}

/// The words that a fact may have.
fn words_of(kind: Kind, fact: &str) -> Vec<String> {
    let fact = kind.definition().facts.iter().find(|known| known.name == fact);
    match fact.map(|fact| &fact.takes) {
        Some(Takes::Word(words)) => words.clone(),
        _ => Vec::new(),
    }
}

/// The usual answer to what is asked of a fact.
fn usual_answer(kind: Kind, fact: &str, body: &str) -> String {
    match fact {
        "session" => SESSION.to_owned(),
        "adopted" => ADOPTED.to_owned(),
        _ => skeleton::usual(kind, fact, body),
    }
}

/// What the folder of a document is named by: its symbol, else its kind.
fn known_as(wanted: &Wanted) -> String {
    let symbol = wanted.facts.get("symbol").map(|symbol| symbol.trim_matches('"'));
    symbol.unwrap_or(wanted.kind.name()).to_owned()
}

fn resolution() -> Result<Kind, CommandError> {
    kind(RESOLUTION).map_err(CommandError::Usage)
}

fn kind(written: &str) -> Result<Kind, String> {
    built_in_kind(&one_of(written, &kind_names())?).ok_or_else(|| format!("`{written}` cannot be read"))
}

fn one_of(written: &str, all: &[String]) -> Result<String, String> {
    match all.iter().any(|one| one == written) {
        true => Ok(written.to_owned()),
        false => Err(format!("`{written}` is none of {}", all.join(", "))),
    }
}

fn languages(written: &str) -> Result<Languages, String> {
    let mut languages = Vec::new();
    for code in written.split([',', ' ']).filter(|code| !code.is_empty()) {
        let language = of_code(code, Language::ALL)?;
        if languages.contains(&language) {
            return Err(format!("the language `{code}` is given twice"));
        }
        languages.push(language);
    }
    if languages.is_empty() {
        return Err("name at least one language".to_owned());
    }
    Ok(Languages(languages))
}

fn symbol(written: &str) -> Result<String, String> {
    let fault = || "a symbol is Latin letters and Western digits between slashes, as `A/RES/61/180`".to_owned();
    is_symbol(written.trim())
        .then(|| written.trim().to_owned())
        .ok_or_else(fault)
}

fn session(written: &str) -> Result<String, String> {
    let number = written.parse::<u16>().ok().filter(|number| *number > 0);
    let number = number.map(|number| number.to_string());
    number.ok_or_else(|| "it is a number from 1 to 65535".to_owned())
}

fn adopted(written: &str) -> Result<String, String> {
    day(written).map(|day| day.to_string())
}

fn title(written: &str) -> Result<String, String> {
    let title = written.trim();
    if title.is_empty() || title.contains(char::is_control) {
        return Err("a title is one line of text".to_owned());
    }
    Ok(title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_goes_where_its_symbol_says() {
        assert_eq!(usual_place("A/RES/61/180"), Path::new("documents/a-res-61-180"));
        assert_eq!(usual_place("E/CN.4/2006/62 "), Path::new("documents/e-cn-4-2006-62"));
    }
}
