//! What Typst says of a template, in the words of somebody who writes one for qarar: there is no command line of Typst, and no
//! package.

/// How Typst starts to say that a family is not there.
pub(super) const UNKNOWN_FONT: &str = "unknown font family";

/// A message of Typst and its hints, with better words where those of Typst speak of what is not there.
pub(super) fn of(message: &str, hints: &[&str]) -> (String, Vec<String>) {
    let own: Vec<String> = hints.iter().map(|hint| (*hint).to_owned()).collect();
    let says = |words: &str| message.contains(words) || own.iter().any(|hint| hint.contains(words));
    let put = "put the file into the folder of the template, beside it".to_owned();
    if says("typst.toml") || says("package") {
        let hint = "put what it has into a file beside the template, and import that file".to_owned();
        return ("packages cannot be imported by a template".to_owned(), vec![hint]);
    }
    if says("--root") || says("project root") || says("escape") {
        let message = "a template reads the files of its own folder only".to_owned();
        return (message, vec![put]);
    }
    if message.starts_with("file not found") {
        return (message.to_owned(), vec![put]);
    }
    if message.starts_with(UNKNOWN_FONT) {
        let hint = "give its files with `--font-path PATH`, or name a family that is there".to_owned();
        return (message.to_owned(), vec![hint]);
    }
    (message.to_owned(), own)
}
