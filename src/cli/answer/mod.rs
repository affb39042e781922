//! Commands for a program that calls them as functions, as Python's module does: what they come to is data and the bytes of
//! files, nothing is printed, and nothing ends the process.
//!
//! What is asked has the words of the command line, so that an option means one thing wherever it is given. A template or fonts
//! of somebody's own are used in a second process, as the program does ([`super::guard`]).

mod frame;
mod request;

use std::ffi::OsString;
use std::io::{self, BufRead, Write};

use clap::Parser;
use serde_json::{Map, Value};

use super::outcome::CommandError;
use super::{guard, panics};
use crate::apart::{self, Downfall};
use crate::diagnostic::{Diagnostic, Diagnostics, messages};
use crate::limits::TEMPLATE_MEMORY;
use request::Request;

/// The command that the program runs itself with to answer one question.
pub(super) const COMMAND: &str = "answer";
/// The command of a program that answers many questions.
pub(super) const COMMAND_OF_MANY: &str = "answers";

/// What a command comes to.
///
/// ```
/// let asked = ["build", "documents/a-res-61-180", "--lang", "en"].map(std::ffi::OsString::from);
/// let answer = qarar::cli::answer(&asked);
/// assert!(answer.data.starts_with(r#"{"editions":[{"files":[{"at":0,"name":"en.pdf"}]"#));
/// assert!(answer.files[0].starts_with(b"%PDF-1.7"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// A JSON object on one line. Its `outcome` is `done`, `fault` where the input is at fault, `own-fault` where qarar is, or
    /// `refused` where what was asked cannot be done; its `problems` are what is to be told, in the form of the messages of
    /// `docs/messages.schema.json`. The others
    /// are those of the command.
    pub data: String,
    /// The files that `data` names by their places in this list.
    pub files: Vec<Vec<u8>>,
}

impl Answer {
    fn new(outcome: &str, told: &Diagnostics) -> Self {
        Self::with(outcome, told, Map::new(), Vec::new())
    }

    fn with(outcome: &str, told: &Diagnostics, mut data: Map<String, Value>, files: Vec<Vec<u8>>) -> Self {
        data.insert("outcome".to_owned(), outcome.into());
        data.insert("problems".to_owned(), messages(told).into());
        Self {
            data: Value::from(data).to_string(),
            files,
        }
    }

    fn fault(fault: Diagnostic) -> Self {
        Self::new("fault", &fault.into())
    }

    fn refused(words: &str) -> Self {
        let mut told = Diagnostics::default();
        told.extend(words.lines().map(|line| Diagnostic::error(line).rule("command-line")));
        Self::new("refused", &told)
    }
}

impl From<CommandError> for Answer {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Document(faults) => Self::new("fault", &faults),
            error => Self::refused(&error.to_string()),
        }
    }
}

/// Answers what is asked: a command (`build`, `check`, `verify`, `compare`) with the options that it has on the command line. One
/// document is built or checked at a time; its editions are given as bytes, or written where `--output` is named.
pub fn answer(asked: &[OsString]) -> Answer {
    panics::quiet();
    let request = match parsed(asked) {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    let Some(suspects) = request.suspects() else {
        return here(&request);
    };
    match guard::answer(COMMAND, asked, &suspects) {
        Ok(Ok(answered)) => frame::read(&answered).unwrap_or_else(|| {
            let fault = Diagnostic::error(format!("nothing can be done with {suspects}: {}", Downfall::Fault));
            Answer::fault(fault.rule("template-falls"))
        }),
        Ok(Err(fault)) => Answer::fault(fault),
        // Where no second process can be started this one does the work.
        Err(_) => here(&request),
    }
}

/// Why a process that answered ended, by what it said last on its standard error.
pub fn downfall(said: &str) -> String {
    Downfall::of(said, TEMPLATE_MEMORY).to_string()
}

fn parsed(asked: &[OsString]) -> Result<Request, Answer> {
    Request::try_parse_from(asked).map_err(|error| {
        let told = error.to_string();
        let told = told.strip_prefix("error: ").unwrap_or(&told);
        // What follows an empty line is for those who type.
        Answer::refused(told.split("\n\n").next().unwrap_or(told).trim_end())
    })
}

/// Answers in this process. A panic is an answer too.
fn here(request: &Request) -> Answer {
    let answered = panics::caught(|| request.answer().unwrap_or_else(Answer::from));
    answered.unwrap_or_else(|panic| {
        let suspects = request.suspects();
        let told = panic.told("what was asked is not done", suspects.as_deref());
        let outcome = if suspects.is_some() { "fault" } else { "own-fault" };
        Answer::new(outcome, &told.in_path(request.subject()).into())
    })
}

/// A process that answers one question for another one, under bounds.
pub(super) fn serve(asked: &[OsString]) -> u8 {
    match parsed(asked) {
        Ok(request) => {
            let suspects = request.suspects().unwrap_or_default();
            guard::serve(suspects, say_late, move || say(&here(&request)))
        }
        Err(refused) => say(&refused),
    }
}

/// Answers that something takes too long.
fn say_late(fault: Diagnostic) {
    say(&Answer::fault(fault));
}

fn say(answer: &Answer) -> u8 {
    // Whoever asked sees that the answer is not whole.
    frame::write(&mut io::stdout().lock(), answer).map_or(1, |()| 0)
}

/// Answers questions from standard input, each a line with a JSON list of its words, by a line of data on standard output, until
/// there is none. The process has bounded memory: what it is ended by is its document.
///
/// # Errors
/// When a line is no list of words, or nobody takes the answer.
pub(super) fn serve_many() -> io::Result<()> {
    apart::bound_this_process(TEMPLATE_MEMORY, None);
    for line in io::stdin().lock().lines() {
        let asked: Vec<String> = serde_json::from_str(&line?)?;
        let asked: Vec<OsString> = asked.into_iter().map(Into::into).collect();
        let mut output = io::stdout().lock();
        output.write_all(answer(&asked).data.as_bytes())?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn data(asked: &[&str]) -> Value {
        let asked: Vec<OsString> = asked.iter().map(Into::into).collect();
        serde_json::from_str(&answer(&asked).data).expect("JSON")
    }

    /// If it fails, a program cannot tell a mistake of its own from one of the document, or does not learn what it is.
    #[test]
    fn what_cannot_be_done_is_told_in_one_sentence() {
        let wrong = data(&["build", "documents/a-res-61-180", "--lang", "de"]);
        assert_eq!(wrong["outcome"], json!("refused"));
        let message = wrong["problems"][0]["message"].as_str().expect("words");
        assert!(message.contains("unknown language `de`"), "{message}");
        assert!(!message.contains("--help"), "{message}");
        let missing = data(&["build", "documents/a-res-61-180", "--lang", "fr"]);
        assert_eq!(missing["outcome"], json!("refused"));
        assert_eq!(data(&["inspect", "x"])["outcome"], json!("refused"));
        assert_eq!(data(&["check", "tests/no-such-folder"])["outcome"], json!("fault"));
    }

    /// If it fails, a program cannot lead its user to the mistake.
    #[test]
    fn a_problem_has_its_place() {
        let checked = data(&["check", "tests/builds/note-of-paragraphs"]);
        assert_eq!(checked, json!({ "outcome": "done", "problems": [] }));
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["document.toml", "ar.md", "en.md"] {
            let text = std::fs::read_to_string(format!("tests/builds/note-of-paragraphs/{file}")).expect("a file");
            let text = text.replace("languages", "langauges");
            std::fs::write(folder.path().join(file), text).expect("a file");
        }
        let faulty = data(&["check", &folder.path().display().to_string()]);
        assert_eq!(faulty["outcome"], json!("fault"));
        // The first is that a key is missing, which stands nowhere.
        assert!(faulty["problems"][0]["place"].get("start").is_none());
        let problem = &faulty["problems"][1];
        assert_eq!(problem["severity"], json!("error"));
        assert_eq!(problem["rule"], json!("key-unknown"));
        let place = &problem["place"];
        assert!(place["file"].as_str().expect("a file").ends_with("document.toml"));
        assert_eq!(place["start"]["line"], json!(9));
        assert!(place["end"]["column"].as_u64() > place["start"]["column"].as_u64());
    }
}
