//! A cache of what is known of words, one a thread: those of an official text come again and again.

use std::rc::Rc;

use rustc_hash::FxHashMap;

/// How many words are remembered; then it begins anew, so that a corpus takes no more memory.
const MOST: usize = 8192;

/// Something that is known of words.
#[derive(Debug)]
pub(super) struct WordCache<T> {
    known: FxHashMap<String, Rc<[T]>>,
}

impl<T> Default for WordCache<T> {
    fn default() -> Self {
        Self {
            known: FxHashMap::default(),
        }
    }
}

impl<T> WordCache<T> {
    /// What is known of a word, found out where it is met for the first time.
    pub(super) fn of(&mut self, word: String, find: impl FnOnce(&str) -> Rc<[T]>) -> Rc<[T]> {
        if let Some(known) = self.known.get(&word) {
            return Rc::clone(known);
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let found = find(&word);
        self.known.insert(word, Rc::clone(&found));
        found
    }
}
