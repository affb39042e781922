//! The threads that work on documents: as many as there are cores, whatever the number of threads of Python that ask.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use pyo3::PyResult;
use pyo3::exceptions::PyRuntimeError;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The stack of a thread, in bytes; only what is used of it takes memory. One that waits for a part of its document may begin
/// another document on its stack.
const STACK: usize = 32 << 20;

struct Workers {
    pool: ThreadPool,
    /// How many documents more may be begun: as many at a time as there are threads, so that stacks stay small.
    free: Mutex<usize>,
    freed: Condvar,
}

/// The threads of a process, with its number. A process that Python forked has none of those of its parent.
static WORKERS: Mutex<Option<(u32, Arc<Workers>)>> = Mutex::new(None);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn workers() -> PyResult<Arc<Workers>> {
    let mut known = locked(&WORKERS);
    let process = std::process::id();
    if let Some((owner, workers)) = &*known
        && *owner == process
    {
        return Ok(Arc::clone(workers));
    }
    let pool = ThreadPoolBuilder::new()
        .stack_size(STACK)
        .thread_name(|number| format!("qarar {number}"))
        .build();
    let pool = pool.map_err(|error| PyRuntimeError::new_err(format!("no thread can be started: {error}")))?;
    let workers = Arc::new(Workers {
        free: Mutex::new(pool.current_num_threads()),
        freed: Condvar::new(),
        pool,
    });
    if let Some(of_parent) = known.replace((process, Arc::clone(&workers))) {
        // To end threads that are not there would wait for ever.
        std::mem::forget(of_parent);
    }
    Ok(workers)
}

/// A document that is worked on.
struct Begun<'a>(&'a Workers);

impl<'a> Begun<'a> {
    fn wait(workers: &'a Workers) -> Self {
        let free = locked(&workers.free);
        let free = workers.freed.wait_while(free, |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Self(workers)
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        *locked(&self.0.free) += 1;
        self.0.freed.notify_one();
    }
}

/// Works on a document, when a thread is free for it.
///
/// # Errors
/// When no thread can be started.
pub(crate) fn run<T: Send>(work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let workers = workers()?;
    let _begun = Begun::wait(&workers);
    Ok(workers.pool.install(work))
}
