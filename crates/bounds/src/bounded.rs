//! Reading files that somebody else wrote: whole, but never more than a limit, and nothing that is no file. A named pipe
//! would wait for ever, a device has no end, a link may lead anywhere.

use std::fs::{File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file that is not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is something else than a file; the words say what.
    #[error("this is {0}, not a file")]
    NoFile(&'static str),
    /// It is larger than files of its kind may be.
    #[error("the file has more than {}", size(*.0))]
    TooLarge(usize),
    /// It is a link that leads out of the folder that it stands in.
    #[error("this is a link to a place outside of `{}`", .0.display())]
    LeadsOut(PathBuf),
    /// The system does not give it.
    #[error("the file cannot be read: {0}")]
    System(#[from] io::Error),
}

impl ReadError {
    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// What to do about it; nothing where the words of the system say all there is to say.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoFile(_) => Some("put a file of this name there"),
            Self::TooLarge(_) => Some("is it the right file? docs/limits.md tells how large each may be"),
            Self::LeadsOut(_) => Some("put the file itself there: only what is in the folder is read"),
            Self::System(_) => None,
        }
    }
}

/// Reads a file of at most `most` bytes.
///
/// # Errors
/// When it is no file, has more bytes, or cannot be read.
pub fn read(path: &Path, most: usize) -> Result<Vec<u8>, ReadError> {
    // Nothing but a file is opened at all: opening a device may already do something.
    is_file(std::fs::metadata(path)?.file_type())?;
    let file = open(path)?;
    // The name may mean another thing by now.
    let found = file.metadata()?;
    is_file(found.file_type())?;
    let most_bytes = most as u64;
    if found.len() > most_bytes {
        return Err(ReadError::TooLarge(most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    // A file may grow while it is read, and some say that they are empty.
    file.take(most_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(ReadError::TooLarge(most));
    }
    Ok(bytes)
}

/// Reads a file that belongs to a folder: as [`read`], but no link that leads out of it.
///
/// # Errors
/// As [`read`], and for such a link.
pub fn read_within(folder: &Path, path: &Path, most: usize) -> Result<Vec<u8>, ReadError> {
    if !path.canonicalize()?.starts_with(folder.canonicalize()?) {
        return Err(ReadError::LeadsOut(folder.to_owned()));
    }
    read(path, most)
}

/// Opens a file without waiting for anybody at its other end.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options.open(path)
}

fn is_file(kind: FileType) -> Result<(), ReadError> {
    if kind.is_file() {
        return Ok(());
    }
    if kind.is_dir() {
        return Err(ReadError::NoFile("a folder"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Err(ReadError::NoFile("a named pipe"));
        }
        if kind.is_socket() {
            return Err(ReadError::NoFile("a socket"));
        }
    }
    Err(ReadError::NoFile("a device"))
}

/// A number of bytes in words.
pub fn size(bytes: usize) -> String {
    match bytes {
        n if n >= 1 << 30 && n.is_multiple_of(1 << 30) => format!("{} GB", n >> 30),
        n if n >= 1 << 20 && n.is_multiple_of(1 << 20) => format!("{} MB", n >> 20),
        n if n >= 1 << 10 => format!("{} KB", n >> 10),
        n => format!("{n} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_just_the_limit_is_read_and_one_byte_more_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        let error = read(&path, 4).unwrap_err();
        assert_eq!(error.to_string(), "the file has more than 4 bytes");
    }

    #[test]
    fn a_folder_is_no_file() {
        let error = read(Path::new("."), 5).unwrap_err();
        assert_eq!(error.to_string(), "this is a folder, not a file");
    }
}
