//! Panics: a fault of qarar or of a library that it uses, of which a user learns what to do and nothing else. The document
//! that it happens with is not built; the others of the run are.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, Once, PoisonError};

use crate::diagnostic::Diagnostic;

/// A panic that was caught.
#[derive(Debug)]
pub(super) struct Panic {
    /// Where it happened, to be reported: `krilla-0.8.2/src/serialize.rs:887`.
    place: String,
}

/// The words and places of panics that are not caught yet.
static PLACES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());
/// No more of them are kept.
const KEPT: usize = 64;

/// Keeps panics from saying anything by themselves, unless a developer asks for it by `RUST_BACKTRACE=full`.
pub(super) fn quiet() {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value == "full") {
                usual(info);
            }
            remember(info);
        }));
    });
}

fn remember(info: &PanicHookInfo<'_>) {
    let mut places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(location) = info.location().filter(|_| places.len() < KEPT) {
        let place = format!("{}:{}", in_crate(location.file()), location.line());
        places.push((words(info.payload()), place));
    }
}

fn words(payload: &(dyn Any + Send)) -> String {
    let owned = payload.downcast_ref::<String>().cloned();
    owned.unwrap_or_else(|| {
        payload
            .downcast_ref::<&str>()
            .map_or_else(String::new, |&words| words.to_owned())
    })
}

/// The path of a source file from the name of its crate on.
fn in_crate(path: &str) -> &str {
    let Some(src) = path.rfind("/src/") else { return path };
    let start = path[..src].rfind('/').map_or(0, |at| at + 1);
    &path[start..]
}

/// Does something; a panic of it is a value.
pub(super) fn caught<T>(act: impl FnOnce() -> T) -> Result<T, Panic> {
    panic::catch_unwind(AssertUnwindSafe(act)).map_err(|payload| {
        let words = words(&*payload);
        let mut places = PLACES.lock().unwrap_or_else(PoisonError::into_inner);
        let found = places.iter().position(|(other, _)| *other == words);
        let place = found.map_or_else(String::new, |at| places.swap_remove(at).1);
        Panic { place }
    })
}

impl Panic {
    /// What is told of it. `what` was not done; `suspects` are the template and the fonts of the user's own, if any.
    pub(super) fn told(&self, what: &str, suspects: Option<&str>) -> Diagnostic {
        let place = match self.place.as_str() {
            "" => String::new(),
            place => format!(" and this place: {place}"),
        };
        match suspects {
            None => Diagnostic::error(format!(
                "a fault of qarar or of a library that it uses, not of your text: {what}"
            )).rule("own-fault")
            .hint(format!("please report it, with the document{place}")),
            Some(suspects) => Diagnostic::error(format!("{what}: a library fails at {suspects}")).rule("template-falls").hint(format!(
                "is there a length, a number, a picture or a font that no page can have? If not, please report it, with all \
                 files{place}"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_panic_is_told_from_its_crate_on() {
        let path = "/home/a/.cargo/registry/src/registry-1949/krilla-0.8.2/src/graphics/state.rs";
        assert_eq!(in_crate(path), "krilla-0.8.2/src/graphics/state.rs");
        assert_eq!(in_crate("src/page/flow.rs"), "src/page/flow.rs");
    }

    #[test]
    fn a_panic_is_a_value() {
        let panic = caught(|| -> u8 { panic::panic_any("x") }).unwrap_err();
        let told = panic.told("`a` is not built", None);
        assert!(told.message().ends_with("not of your text: `a` is not built"));
    }
}
