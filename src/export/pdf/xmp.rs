//! Title and authors in every language of the work, and all languages of the edition.
//!
//! krilla writes the title and the authors once, as the default of any language. XMP (ISO 16684-1, language alternatives)
//! has a place for each language, so the packet is extended here, and the offsets that come after it are moved. A file
//! whose parts are not where they are expected is left as it is.

use crate::edition::Edition;
use crate::locale;

/// Adds the title in each language and the authors in each language to the XMP packet of a finished file.
pub(super) fn tell_in_every_language(bytes: Vec<u8>, edition: &Edition) -> Vec<u8> {
    rewrite(&bytes, edition).unwrap_or(bytes)
}

fn rewrite(bytes: &[u8], edition: &Edition) -> Option<Vec<u8>> {
    // krilla writes the packet after all pages; a picture may hold one of its own before it.
    let begin = find_back(bytes, b"<?xpacket begin", bytes.len())?;
    let length = find_back(bytes, b"/Length ", begin)? + b"/Length ".len();
    let digits = bytes[length..].iter().take_while(|b| b.is_ascii_digit()).count();
    let old: usize = std::str::from_utf8(&bytes[length..length + digits])
        .ok()?
        .parse()
        .ok()?;
    let end = begin + old;
    let packet = extend(std::str::from_utf8(bytes.get(begin..end)?).ok()?, edition)?;
    let new_length = packet.len().to_string();

    let mut out = Vec::with_capacity(bytes.len() + packet.len());
    out.extend_from_slice(&bytes[..length]);
    out.extend_from_slice(new_length.as_bytes());
    out.extend_from_slice(&bytes[length + digits..begin]);
    out.extend_from_slice(packet.as_bytes());
    out.extend_from_slice(&bytes[end..]);
    let shift = out.len().checked_sub(bytes.len())?;
    move_offsets(&mut out, begin, shift)?;
    Some(out)
}

/// The packet with a title for each language and the authors of each.
fn extend(packet: &str, edition: &Edition) -> Option<String> {
    let mut titles = String::new();
    let mut authors = String::new();
    for expression in &edition.work.expressions {
        let language = expression.language;
        let title = escape(&edition.title(language));
        titles.push_str(&format!("<rdf:li xml:lang=\"{}\">{title}</rdf:li>", language.code()));
        if language != edition.languages[0] {
            let both = format!(
                "{}, {}",
                locale::organization(language),
                locale::body_name(language, edition.work.facts.body)
            );
            authors.push_str(&format!("<rdf:li>{}</rdf:li>", escape(&both)));
        }
    }
    let others = edition.languages.iter().skip(1);
    let languages: String = others
        .map(|language| format!("<rdf:li>{}</rdf:li>", language.code()))
        .collect();
    let packet = insert_before(packet, "<dc:title>", "</rdf:Alt>", &titles)?;
    let packet = insert_before(&packet, "<dc:language>", "</rdf:Bag>", &languages)?;
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

/// Moves the offsets of the cross-reference table (ISO 32000-1 7.5.4) and its own for what stands after the packet.
fn move_offsets(bytes: &mut Vec<u8>, after: usize, shift: usize) -> Option<()> {
    let trailer = find_back(bytes, b"startxref", bytes.len())?;
    let table = find_back(bytes, b"xref\n0 ", trailer)?;
    let mut at = table + b"xref\n".len();
    at += bytes[at..].iter().position(|b| *b == b'\n')? + 1;
    // Entries are of 20 bytes: ten digits, a space, five digits, a space, `n` or `f`, two bytes of line end.
    while bytes.get(at..at + 7) != Some(b"trailer") {
        let entry = bytes.get_mut(at..at + 20)?;
        let offset: usize = std::str::from_utf8(&entry[..10]).ok()?.parse().ok()?;
        if entry[17] == b'n' && offset > after {
            entry[..10].copy_from_slice(format!("{:010}", offset + shift).as_bytes());
        }
        at += 20;
    }
    let digits_at = trailer + b"startxref\n".len();
    let digits = bytes[digits_at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let old: usize = std::str::from_utf8(&bytes[digits_at..digits_at + digits])
        .ok()?
        .parse()
        .ok()?;
    let rest = bytes.split_off(digits_at + digits);
    bytes.truncate(digits_at);
    bytes.extend_from_slice((old + shift).to_string().as_bytes());
    bytes.extend_from_slice(&rest);
    Some(())
}

fn find_back(haystack: &[u8], needle: &[u8], before: usize) -> Option<usize> {
    haystack.get(..before)?.windows(needle.len()).rposition(|w| w == needle)
}
