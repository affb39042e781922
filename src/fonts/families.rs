//! Families that have the letters of a script, for those who look for one.

use crate::text::Script;

/// Free families with the letters of a script, which are easily come by.
pub(crate) fn families_for(script: Script) -> Vec<String> {
    let known: &[&str] = match script {
        Script::ARABIC => &["Amiri", "Noto Naskh Arabic", "Scheherazade New"],
        Script::HEBREW => &["Noto Serif Hebrew", "Frank Ruhl Libre", "Noto Sans Hebrew"],
        Script::HAN => &["Noto Serif SC", "Noto Serif CJK SC", "Noto Sans SC"],
        Script::LATIN | Script::CYRILLIC => &["STIX Two Text", "Noto Serif", "Noto Sans"],
        _ => &[],
    };
    if !known.is_empty() {
        return known.iter().map(|family| (*family).to_owned()).collect();
    }
    let name = match script.key().as_str() {
        "greek" => return vec!["Noto Serif".to_owned(), "Noto Sans".to_owned()],
        "hangul" => "KR".to_owned(),
        "hiragana" | "katakana" => "JP".to_owned(),
        "nko" => "NKo".to_owned(),
        _ => script.name(),
    };
    // Noto has these scripts in a face with serifs too.
    let serif = [
        "armenian",
        "bengali",
        "devanagari",
        "ethiopic",
        "georgian",
        "gujarati",
        "gurmukhi",
        "hangul",
        "hiragana",
        "katakana",
        "khmer",
        "lao",
        "myanmar",
        "sinhala",
        "tamil",
        "telugu",
        "thai",
        "tibetan",
    ];
    let mut families = Vec::new();
    if serif.contains(&script.key().as_str()) {
        families.push(format!("Noto Serif {name}"));
    }
    families.push(format!("Noto Sans {name}"));
    families
}
