//! Lists in running text, and the order of names in a language.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Language;

/// What parts the items of a list.
struct Between {
    /// Two items alone.
    two: &'static str,
    /// All but the last two of several.
    several: &'static str,
    /// The last two of several.
    last: &'static str,
}

fn between(language: Language) -> Between {
    let (two, several, last) = match language.code() {
        // The conjunction is written together with the word after it, and stands before every item.
        "ar" => (" و", "، و", "، و"),
        "fa" | "ckb" => (" و ", "، ", " و "),
        "ur" => (" اور ", "، ", " اور "),
        "fr" => (" et ", ", ", " et "),
        "es" => (" y ", ", ", " y "),
        "ru" => (" и ", ", ", " и "),
        "zh" => ("和", "、", "和"),
        "he" => (" ו", ", ", " ו"),
        "en" => (" and ", ", ", " and "),
        _ => {
            let separator = language.definition().list_separator.as_str();
            (separator, separator, separator)
        }
    };
    Between { two, several, last }
}

/// Items as the language lists them: `Belarus, Egypt and Qatar`, `بيلاروس، وقطر، ومصر`.
pub fn list(language: Language, items: &[String]) -> String {
    let between = between(language);
    let mut list = String::new();
    for (at, item) in items.iter().enumerate() {
        let left = items.len() - at;
        list.push_str(match (at, left) {
            (0, _) => "",
            (1, 1) => between.two,
            (_, 1) => between.last,
            _ => between.several,
        });
        list.push_str(item);
    }
    list
}

/// By what names are sorted in a language: letters without their marks and without an article, so that `الأردن` stands under
/// alef and `Égypte` under e. Of names that are alike in this, the names themselves say which comes first.
pub fn sort_key(name: &str) -> (String, String) {
    let bare = name.strip_prefix("ال").unwrap_or(name);
    let fold = |c: char| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        c => c,
    };
    let letters = bare.chars().map(fold).nfd().filter(|c| !is_combining_mark(*c));
    let key = letters
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || *c == ' ');
    (key.collect(), name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, sponsors stand in an order that nobody finds them in.
    #[test]
    fn names_are_listed_and_sorted() {
        let mut names: Vec<String> = ["مصر", "الأردن", "إثيوبيا", "قطر"].map(str::to_owned).to_vec();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(list(Language::ARABIC, &names), "إثيوبيا، والأردن، وقطر، ومصر");
        let mut names: Vec<String> = ["Egypt", "États-Unis", "Belarus"].map(str::to_owned).to_vec();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(list(Language::ENGLISH, &names), "Belarus, Egypt and États-Unis");
        assert_eq!(list(Language::FRENCH, &names[..2]), "Belarus et Egypt");
    }
}
