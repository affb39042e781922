//! Title and authors in every language of the work, and all languages of the edition, those of the edition first.
//!
//! krilla writes the title and the authors once, as the default of any language. XMP (ISO 16684-1, language alternatives)
//! has a place for each language, so the packet is extended here.

use super::amend::{Change, find_back, number_at};
use crate::edition::Edition;
use crate::locale::Language;

/// What is changed in a file, so that its XMP packet tells the title in each language and the authors in each. `None` where
/// the packet is not as expected.
pub(super) fn changes(bytes: &[u8], edition: &Edition) -> Option<Vec<Change>> {
    // krilla writes the packet after all pages; a picture may hold one of its own before it.
    let begin = find_back(bytes, b"<?xpacket begin", bytes.len())?;
    let length = number_at(bytes, find_back(bytes, b"/Length ", begin)? + b"/Length ".len())?;
    let old: usize = std::str::from_utf8(&bytes[length.clone()]).ok()?.parse().ok()?;
    let range = begin..begin + old;
    let packet = extend(std::str::from_utf8(bytes.get(range.clone())?).ok()?, edition)?;
    let new_length = Change {
        range: length,
        text: packet.len().to_string().into_bytes(),
    };
    let text = packet.into_bytes();
    Some(vec![new_length, Change { range, text }])
}

/// The packet with a title for each language and the authors of each.
fn extend(packet: &str, edition: &Edition) -> Option<String> {
    let mut titles = String::new();
    let mut authors = String::new();
    let of_work = edition.work.expressions.iter().map(|expression| expression.language);
    let others = of_work.filter(|language| !edition.languages.contains(language));
    let languages: Vec<Language> = edition.languages.iter().copied().chain(others).collect();
    for (at, language) in languages.iter().copied().enumerate() {
        let title = escape(&edition.title(language));
        titles.push_str(&format!("<rdf:li xml:lang=\"{}\">{title}</rdf:li>", language.code()));
        if at > 0 {
            let all = edition.authors(language).join(", ");
            if !all.is_empty() {
                authors.push_str(&format!("<rdf:li>{}</rdf:li>", escape(&all)));
            }
        }
    }
    let others = edition.languages.iter().skip(1);
    let languages: String = others
        .map(|language| format!("<rdf:li>{}</rdf:li>", language.code()))
        .collect();
    let packet = insert_before(packet, "<dc:title>", "</rdf:Alt>", &titles)?;
    let packet = insert_before(&packet, "<dc:language>", "</rdf:Bag>", &languages)?;
    // A document of a kind that names no author has no place for them.
    if authors.is_empty() {
        return Some(packet);
    }
    insert_before(&packet, "<dc:creator>", "</rdf:Seq>", &authors)
}

fn insert_before(text: &str, after: &str, before: &str, new: &str) -> Option<String> {
    let start = text.find(after)?;
    let at = start + text[start..].find(before)?;
    Some(format!("{}{new}{}", &text[..at], &text[at..]))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
