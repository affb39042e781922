//! Files of a document as text.

use std::path::Path;
use std::sync::Arc;

use crate::bounded;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits::grouped;
use crate::text::SourceFile;

/// Reads a file of the folder of a document, which should be UTF-8 and have no more than `most` bytes.
pub(super) fn text_file(
    path: &Path,
    most: usize,
    missing: &str,
    hint: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<SourceFile>> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let bytes = match bounded::read_within(folder, path, most) {
        Ok(bytes) => bytes,
        Err(error) => {
            let fault = if error.is_missing() {
                Diagnostic::error(missing).rule("file-missing").hint(hint)
            } else {
                let fault = Diagnostic::error(error.to_string()).rule("file-unreadable");
                match error.hint() {
                    Some(hint) => fault.hint(hint),
                    None => fault,
                }
            };
            diagnostics.push(fault.in_path(path));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(SourceFile::new(path, text)),
        Err(error) => {
            diagnostics.push(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to()));
            None
        }
    }
}

fn not_utf8(path: &Path, bytes: &[u8], at: usize) -> Diagnostic {
    let file = SourceFile::new(path, String::from_utf8_lossy(bytes));
    let byte = bytes.get(at).copied().unwrap_or_default();
    let count = file.text().matches(char::REPLACEMENT_CHARACTER).count();
    let label = match count {
        0 | 1 => "this byte is no part of a letter".to_owned(),
        2 => "this byte is no part of a letter, nor is 1 other".to_owned(),
        _ => format!(
            "this byte is no part of a letter, nor are {} others",
            grouped(count - 1)
        ),
    };
    let hint = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16; save it as UTF-8",
        _ => "save the file as UTF-8; Arabic text of old systems is often Windows-1256",
    };
    Diagnostic::error(format!("the file is not UTF-8 (byte 0x{byte:02x})"))
        .rule("encoding")
        .at(&file, at..at + char::REPLACEMENT_CHARACTER.len_utf8())
        .label(label)
        .hint(hint)
}
