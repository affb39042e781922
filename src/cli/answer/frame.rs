//! An answer as bytes, from one process to another: its data and its files one after the other, each after its length, which has
//! eight bytes, the least first.

use std::io::{self, Write};

use super::Answer;

/// Writes an answer.
pub(super) fn write(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let mut piece = |bytes: &[u8]| {
        out.write_all(&(bytes.len() as u64).to_le_bytes())?;
        out.write_all(bytes)
    };
    piece(answer.data.as_bytes())?;
    answer.files.iter().try_for_each(|file| piece(file))?;
    out.flush()
}

/// Reads an answer; nothing where it is not whole.
pub(super) fn read(mut bytes: &[u8]) -> Option<Answer> {
    let mut piece = || -> Option<Vec<u8>> {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let (piece, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        bytes = rest;
        Some(piece.to_vec())
    };
    let data = String::from_utf8(piece()?).ok()?;
    let files = std::iter::from_fn(&mut piece).collect();
    // Half a file is left where the other process fell over it.
    bytes.is_empty().then_some(Answer { data, files })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_and_half_of_one_is_none() {
        let answer = Answer {
            data: "{}".to_owned(),
            files: vec![b"one".to_vec(), Vec::new(), vec![0; 300]],
        };
        let mut bytes = Vec::new();
        write(&mut bytes, &answer).expect("memory is written to");
        assert_eq!(read(&bytes), Some(answer));
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        assert_eq!(read(&[]), None);
    }
}
