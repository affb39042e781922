//! What `qarar init` asks on a terminal: a line a question, with the usual answer, which an empty line takes.
//!
//! A plain line and no editor of its own: the terminal knows best how Arabic is typed and shown.

use std::io::{self, BufRead, Write};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    /// The input ended.
    #[error("the answers ended before the last question: nothing was written")]
    Ended,
    /// It cannot be read.
    #[error("the answer cannot be read: {0}")]
    Unread(#[from] io::Error),
}

/// Asks, from an input on an output.
pub(super) struct Questions<In, Out> {
    input: In,
    output: Out,
}

impl<In: BufRead, Out: Write> Questions<In, Out> {
    pub(super) fn new(input: In, output: Out) -> Self {
        Self { input, output }
    }

    /// Says something that is no question.
    pub(super) fn say(&mut self, line: &str) {
        // Where nobody sees it, nobody answers either.
        let _ = writeln!(self.output, "{line}");
    }

    /// Asks until the answer can be taken. `take` tells what is wrong with it in words.
    ///
    /// # Errors
    /// When the input ends.
    pub(super) fn ask<T>(
        &mut self,
        question: &str,
        usual: &str,
        take: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Unanswered> {
        loop {
            let _ = write!(self.output, "{question} [{usual}]: ");
            let _ = self.output.flush();
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                let _ = writeln!(self.output);
                return Err(Unanswered::Ended);
            }
            let answer = line.trim();
            match take(if answer.is_empty() { usual } else { answer }) {
                Ok(taken) => return Ok(taken),
                Err(fault) => self.say(&format!("  {fault}")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_answer_is_told_and_asked_again_and_an_empty_one_is_the_usual() {
        let mut said = Vec::new();
        let mut questions = Questions::new("x\n7\n\n".as_bytes(), &mut said);
        let number = |answer: &str| answer.parse::<u16>().map_err(|_| "a number".to_owned());
        assert_eq!(questions.ask("Session", "80", number).ok(), Some(7));
        assert_eq!(questions.ask("Session", "80", number).ok(), Some(80));
        assert!(matches!(questions.ask("Session", "80", number), Err(Unanswered::Ended)));
        let said = String::from_utf8(said).expect("text");
        assert_eq!(
            said,
            "Session [80]:   a number\nSession [80]: Session [80]: Session [80]: \n"
        );
    }
}
