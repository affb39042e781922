//! `qarar completions` and `qarar man`: the command line told to shells and to `man`, made from its own definition.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper};
use super::{Arguments, report};
use crate::diagnostic::shown;

/// Print what a shell needs to complete the command line
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar completions bash > ~/.local/share/bash-completion/completions/qarar
  qarar completions zsh > ~/.zfunc/_qarar                 where `fpath` has ~/.zfunc
  qarar completions fish > ~/.config/fish/completions/qarar.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut seen(), "qarar", &mut script);
        report::say(String::from_utf8_lossy(&script).trim_end());
        Outcome::Done
    }
}

/// Write manual pages
///
/// Without a folder the page of the program is printed; into a folder goes that of every command too: `qarar.1`,
/// `qarar-build.1` …
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar man | man -l -
  qarar man ~/.local/share/man/man1        then `man qarar-build`")]
pub(super) struct Man {
    /// Where the pages go
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self) -> Outcome {
        self.man().unwrap_or_else(Outcome::from)
    }

    fn man(&self) -> Result<Outcome, CommandError> {
        let program = seen();
        let Some(folder) = &self.folder else {
            let page = page(program)?;
            if io::stdout().is_terminal() {
                report::say(
                    "this page is for `man`: `qarar man | man -l -`, or `qarar man DIR` for the pages of all commands",
                );
                return Ok(Outcome::Done);
            }
            report::say(page.trim_end());
            return Ok(Outcome::Done);
        };
        if folder.exists() && !folder.is_dir() {
            return Err(CommandError::Usage(format!(
                "`{}` is a file, not a folder for pages",
                shown(folder)
            )));
        }
        let mut pages = vec![("qarar.1".to_owned(), page(program.clone())?)];
        for command in program.get_subcommands() {
            let name = format!("qarar-{}", command.get_name());
            let command = command
                .clone()
                .display_name(name.clone())
                .bin_name(name.replacen('-', " ", 1));
            let command = command.version(env!("CARGO_PKG_VERSION"));
            pages.push((format!("{name}.1"), page(command)?));
        }
        let keeper = Keeper::start();
        for (name, page) in pages {
            let path = folder.join(name);
            output::write_file(&keeper, &path, page.as_bytes())
                .map_err(|error| CommandError::Usage(format!("cannot write {error}")))?;
            report::say(&shown(&path));
        }
        Ok(Outcome::Done)
    }
}

/// The command line as a user sees it: without the commands that the program runs itself with.
fn seen() -> clap::Command {
    let whole = Arguments::command();
    let mut seen = clap::Command::new("qarar")
        .bin_name("qarar")
        .version(env!("CARGO_PKG_VERSION"));
    if let Some(about) = whole.get_about() {
        seen = seen.about(about.clone());
    }
    if let Some(about) = whole.get_long_about() {
        seen = seen.long_about(about.clone());
    }
    if let Some(help) = whole.get_after_help() {
        seen = seen.after_help(help.clone());
    }
    let commands = whole.get_subcommands().filter(|command| !command.is_hide_set());
    seen = seen.subcommands(commands.cloned()).args(whole.get_arguments().cloned());
    seen.subcommand_required(true).disable_help_subcommand(true)
}

/// A page for `man`.
fn page(command: clap::Command) -> Result<String, CommandError> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .source(concat!("qarar ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .map_err(|error| CommandError::Usage(format!("the page cannot be made: {error}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
