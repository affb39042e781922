//! Work that may panic on a broken font: the libraries that read fonts believe what is in them.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How much work runs of which panics are told by its caller and not on the terminal.
static RUNNING: AtomicUsize = AtomicUsize::new(0);
static HOOK: Once = Once::new();

/// Does work; when it panics, on this thread or on those that it is shared with, nothing is printed.
///
/// # Errors
/// What the panic says.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if RUNNING.load(Ordering::Relaxed) == 0 {
                usual(panic);
            }
        }));
    });
    RUNNING.fetch_add(1, Ordering::Relaxed);
    // What was half done is dropped with the closure, and nothing of it is looked at again.
    let done = catch_unwind(AssertUnwindSafe(work));
    RUNNING.fetch_sub(1, Ordering::Relaxed);
    done.map_err(|panic| match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => panic
            .downcast::<&str>()
            .map_or_else(|_| String::new(), |words| (*words).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "it is what is caught")]
    fn a_panic_is_told_in_its_words() {
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(caught(|| panic!("no table")), Err::<(), _>("no table".to_owned()));
        assert_eq!(
            caught(|| panic!("no table {}", 2)),
            Err::<(), _>("no table 2".to_owned())
        );
    }
}
