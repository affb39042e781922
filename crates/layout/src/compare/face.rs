//! What makes two faces one: fonts by their names, sizes by their points.

/// Sizes nearer than this are the same.
pub(super) const SAME_SIZE: f64 = 0.05;

/// Whether two names are of one font: PDFs write them without spaces.
pub(super) fn is_font(a: &str, b: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    a == b || letters(a) == letters(b)
}
