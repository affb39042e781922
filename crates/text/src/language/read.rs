//! A language file: TOML, read with every fault of it told in one run.

use std::ops::Range;

use toml::de::DeTable;

use super::definition::{
    Alphabet, AmountSeparators, Dates, Definition, Letters, NoteWords, NumberNouns, OrdinalPatterns, Ordinals, Plural,
};
use super::table::{Table, Value};
use super::{Direction, FaultKind, LanguageFault, Script};
use crate::{digit, nearest, zero_of};

/// The keys of the file.
const KEYS: &[&str] = &[
    "name",
    "autonym",
    "iso-639",
    "script",
    "direction",
    "digits",
    "fonts",
    "hyphenation",
    "plurals",
    "full-stop",
    "list-separator",
    "quotation-marks",
    "amounts",
    "dates",
    "notes",
    "alphabets",
    "number-nouns",
    "ordinals",
    "letters",
];
/// The most letters of a code: `zh-hant-tw`.
const LONGEST_CODE: usize = 16;
/// The most ordinals in words of a list.
const MOST_ORDINALS: usize = 199;

/// Whether a text is the code of a language: two or three letters, and what a BCP 47 tag adds (`zh-hant`), in lower case.
pub fn is_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_letters = |part: &str| part.chars().all(|c| c.is_ascii_lowercase());
    let is_more = |part: &str| {
        (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    parts
        .next()
        .is_some_and(|first| (2..=3).contains(&first.len()) && is_letters(first))
        && parts.all(is_more)
        && code.len() <= LONGEST_CODE
}

/// Reads a language file; `code` is its name without `.toml`.
///
/// ```
/// use qarar_text::{Direction, read_language};
/// let file = r#"
/// name = "Hebrew"
/// script = "hebrew"
/// [dates]
/// months = ["בינואר", "בפברואר", "במרץ", "באפריל", "במאי", "ביוני", "ביולי", "באוגוסט", "בספטמבר", "באוקטובר", "בנובמבר", "בדצמבר"]
/// [notes]
/// name = "הערה"
/// back = ", חזרה לטקסט"
/// "#;
/// let language = read_language("he", file).unwrap();
/// assert_eq!(language.direction, Direction::RightToLeft);
/// assert_eq!(read_language("he", "scrpt = 'hebrew'").unwrap_err()[0].hint, "did you mean `script`?");
/// ```
///
/// # Errors
/// Every fault of the file, in the order of their places.
pub fn read_language(code: &str, text: &str) -> Result<Definition, Vec<LanguageFault>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(notation).collect());
    }
    let mut faults = Vec::new();
    let definition = definition(code, &mut Table::new(root.get_ref(), &mut faults));
    faults.sort_by_key(|fault| fault.span.as_ref().map_or(0, |span| span.start));
    match definition {
        Some(definition) if faults.is_empty() => Ok(definition),
        _ => Err(faults),
    }
}

fn notation(error: &toml::de::Error) -> LanguageFault {
    LanguageFault {
        kind: FaultKind::Notation,
        span: error.span(),
        message: error.message().to_owned(),
        hint: "the file is TOML: `key = value` on a line of its own, texts in quotation marks".to_owned(),
        fix: None,
    }
}

fn definition(code: &str, table: &mut Table<'_, '_>) -> Option<Definition> {
    table.only(KEYS);
    let name = table.needed("name", "\"Hebrew\"");
    let script = script(table);
    let direction = direction(table, script);
    let digits = digits(table);
    let arabic_digits = digits.is_some_and(|digits| !digits[0].is_ascii());
    let rtl = direction == Some(Direction::RightToLeft);
    let arabic = script == Some(Script::ARABIC);
    let comma = if arabic { '،' } else { ',' };
    let autonym = table.text("autonym");
    let iso_639_2 = iso(table, code);
    let fonts = table.texts("fonts");
    let hyphenation = tag(table, "hyphenation");
    let plurals = tag(table, "plurals");
    let full_stop = table.character("full-stop");
    let list_separator = table.text("list-separator");
    let quotation_marks = quotation_marks(table, rtl);
    let amounts = amounts(table, arabic_digits);
    let dates = match table.required("dates", "[dates]") {
        Some(_) => table.table("dates", dates),
        None => None,
    };
    let notes = match table.required("notes", "[notes]") {
        Some(_) => table.table("notes", |table| notes(table, arabic, comma)),
        None => None,
    };
    let alphabets = match table.has("alphabets") {
        true => table.table("alphabets", alphabets),
        false => Some(usual_alphabets(script)),
    };
    let number_nouns = match table.has("number-nouns") {
        true => table.table("number-nouns", number_nouns),
        false => Some(NumberNouns::default()),
    };
    let ordinals = match table.has("ordinals") {
        true => table.table("ordinals", ordinals),
        false => Some(Ordinals::default()),
    };
    let letters = match table.has("letters") {
        true => table.table("letters", letters),
        false => Some(Letters::default()),
    };
    let name = name?;
    Some(Definition {
        code: code.to_owned(),
        iso_639_2: iso_639_2?,
        autonym: autonym.unwrap_or_else(|| name.clone()),
        name,
        script: script?,
        direction: direction?,
        digits: digits?,
        dates: dates?,
        notes: notes?,
        quotation_marks: quotation_marks?,
        alphabets: alphabets?,
        amounts: amounts?,
        list_separator: list_separator.unwrap_or_else(|| format!("{comma} ")),
        number_nouns: number_nouns?,
        hyphenation,
        plurals,
        ordinals: ordinals?,
        fonts: fonts.unwrap_or_default(),
        letters: letters?,
        full_stop: full_stop.unwrap_or('.'),
    })
}

fn script(table: &mut Table<'_, '_>) -> Option<Script> {
    let key = table.needed("script", "\"hebrew\"")?;
    let found = Script::from_key(&key);
    if found.is_none() {
        let known: Vec<String> = Script::LIVING.iter().map(|script| script.key()).collect();
        let meant = Script::from_iso_15924(&key).map(Script::key);
        let meant = meant.or_else(|| nearest(&key, known.iter().map(String::as_str)).map(str::to_owned));
        unknown_word(table, "script", &key, meant.as_deref(), &known.join(", "));
    }
    found
}

fn direction(table: &mut Table<'_, '_>, script: Option<Script>) -> Option<Direction> {
    let usual = script.map(Script::direction);
    let Some(key) = table.text("direction") else {
        return usual;
    };
    let both = [Direction::RightToLeft, Direction::LeftToRight];
    let Some(found) = both.into_iter().find(|direction| direction.key() == key) else {
        let meant = match key.to_lowercase().as_str() {
            "rtl" => Some(both[0].key()),
            "ltr" => Some(both[1].key()),
            _ => nearest(&key, both.iter().map(|direction| direction.key())),
        };
        unknown_word(table, "direction", &key, meant, "right-to-left, left-to-right");
        return None;
    };
    if let (Some(script), Some(usual)) = (script, usual)
        && usual != found
    {
        let [right, wrong] = [usual, found].map(|direction| direction.key().replace('-', " "));
        let message = format!("the {} script is written from {right}, not from {wrong}", script.name());
        value_fault(
            table,
            "direction",
            message,
            "take the line away: the direction follows from the script",
        );
        return None;
    }
    Some(found)
}

fn digits(table: &mut Table<'_, '_>) -> Option<[char; 10]> {
    const WESTERN: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    if !table.has("digits") {
        return Some(WESTERN);
    }
    let text = table.text("digits")?;
    let hint =
        "write the ten digits of one row from zero to nine: `\"0123456789\"`, `\"٠١٢٣٤٥٦٧٨٩\"`, `\"۰۱۲۳۴۵۶۷۸۹\"`";
    let digits: Vec<char> = text.chars().collect();
    let Ok(digits) = <[char; 10]>::try_from(digits) else {
        let count = text.chars().count();
        value_fault(
            table,
            "digits",
            format!("`digits` are ten characters, found {count}"),
            hint,
        );
        return None;
    };
    if let Some(c) = digits.iter().find(|c| digit(**c).is_none()) {
        value_fault(table, "digits", format!("`{c}` is no digit"), hint);
        return None;
    }
    let zero = zero_of(digits[0]);
    let in_order = (0_u32..)
        .zip(digits)
        .all(|(value, c)| digit(c) == Some(value) && zero_of(c) == zero);
    if !in_order {
        value_fault(
            table,
            "digits",
            "`digits` are not one row from zero to nine".to_owned(),
            hint,
        );
        return None;
    }
    Some(digits)
}

/// The code of ISO 639-2 or 639-3.
fn iso(table: &mut Table<'_, '_>, code: &str) -> Option<String> {
    let fits = |code: &str| code.len() == 3 && code.chars().all(|c| c.is_ascii_lowercase());
    let usual = code.split('-').next().unwrap_or(code).to_owned();
    let Some(written) = table.text("iso-639") else {
        return Some(usual);
    };
    if !fits(&written) {
        let message = format!("`{written}` is no code of ISO 639-2 or ISO 639-3");
        value_fault(table, "iso-639", message, "write its three small letters, as `\"heb\"`");
        return None;
    }
    Some(written)
}

/// The code of another language.
fn tag(table: &mut Table<'_, '_>, key: &str) -> Option<String> {
    let written = table.text(key)?;
    if !is_code(&written) {
        let message = format!("`{written}` is no code of a language");
        value_fault(table, key, message, "write two or three small letters, as `\"en\"`");
        return None;
    }
    Some(written)
}

fn quotation_marks(table: &mut Table<'_, '_>, rtl: bool) -> Option<[[String; 2]; 2]> {
    let usual = if rtl {
        [["”", "“"], ["’", "‘"]]
    } else {
        [["“", "”"], ["‘", "’"]]
    };
    let Some(value) = table.get("quotation-marks") else {
        return Some(usual.map(|pair| pair.map(str::to_owned)));
    };
    let lists = table.lists("quotation-marks")?;
    let pairs: Vec<[String; 2]> = lists.into_iter().filter_map(|pair| pair.try_into().ok()).collect();
    let found = pairs.len();
    let pairs: Option<[[String; 2]; 2]> = pairs.try_into().ok();
    if pairs.is_none() {
        let message = format!("`quotation-marks` are two pairs, found {found}");
        let hint = "write the marks, and those of a quotation in another one: `[[\"“\", \"”\"], [\"‘\", \"’\"]]`";
        table.fault(FaultKind::Value, value.span(), message, hint);
    }
    pairs
}

fn amounts(table: &mut Table<'_, '_>, arabic: bool) -> Option<AmountSeparators> {
    let usual = match arabic {
        true => AmountSeparators {
            group: '٬',
            decimal: '٫',
        },
        false => AmountSeparators {
            group: ',',
            decimal: '.',
        },
    };
    if !table.has("amounts") {
        return Some(usual);
    }
    table.table("amounts", |table| {
        table.only(&["group", "decimal"]);
        let mut one = |key: &str, usual: char| match table.has(key) {
            true => table.character(key),
            false => Some(usual),
        };
        let (group, decimal) = (one("group", usual.group)?, one("decimal", usual.decimal)?);
        if group == decimal {
            let key = if table.has("decimal") { "decimal" } else { "group" };
            let message = format!("`{group}` cannot part both thousands and fractions");
            value_fault(table, key, message, "write two characters");
            return None;
        }
        Some(AmountSeparators { group, decimal })
    })
}

fn dates(table: &mut Table<'_, '_>) -> Option<Dates> {
    table.only(&["pattern", "months", "first-day"]);
    let pattern = match table.text("pattern") {
        Some(pattern) => braces(table, "pattern", &pattern, &["day", "month", "year"]).then_some(pattern),
        None => (!table.has("pattern")).then(|| "{day} {month} {year}".to_owned()),
    };
    let value = table.required("months", "months = [\"…\", …]");
    let months = table.texts("months");
    let first_day = table.text("first-day");
    let value = value?;
    let months = months?;
    let count = months.len();
    let months = <[String; 12]>::try_from(months).ok();
    if months.is_none() {
        let message = format!("{} are twelve, found {count}", table.path("months"));
        table.fault(
            FaultKind::Value,
            value.span(),
            message,
            "write the months of the year as they stand in a date",
        );
    }
    Some(Dates {
        pattern: pattern?,
        months: months?,
        first_day,
    })
}

/// Whether a text has each of these names in braces once, and no other.
fn braces(table: &mut Table<'_, '_>, key: &str, text: &str, names: &[&str]) -> bool {
    let all = names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>();
    let listed = all
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let path = table.path(key);
    if let Some(name) = all.iter().find(|name| text.matches(name.as_str()).count() != 1) {
        let count = text.matches(name.as_str()).count();
        let found = if count == 0 {
            "has no".to_owned()
        } else {
            format!("has {count} times")
        };
        let hint = format!("write {listed}, each once");
        value_fault(table, key, format!("{path} {found} `{name}`"), hint);
        return false;
    }
    let rest = all.iter().fold(text.to_owned(), |rest, name| rest.replace(name, ""));
    if rest.contains(['{', '}']) {
        let hint = format!("the names in braces are {listed}");
        value_fault(table, key, format!("{path} has braces that name nothing"), hint);
        return false;
    }
    true
}

fn notes(table: &mut Table<'_, '_>, arabic: bool, comma: char) -> Option<NoteWords> {
    table.only(&["mark", "name", "back", "between"]);
    let usual = if arabic { "({number})" } else { "{number}" };
    let mark = match table.text("mark") {
        Some(mark) => braces(table, "mark", &mark, &["number"]).then_some(mark),
        None => (!table.has("mark")).then(|| usual.to_owned()),
    };
    let name = table.needed("name", "\"note\"");
    let back = table.needed("back", "\", back to the text\"");
    let between = table.text("between");
    let usual = if arabic { format!("{comma} ") } else { comma.to_string() };
    Some(NoteWords {
        mark: mark?,
        name: name?,
        back: back?,
        between: between.unwrap_or(usual),
    })
}

/// The alphabet of a language that tells none.
fn usual_alphabets(script: Option<Script>) -> Vec<Alphabet> {
    match script {
        Some(Script::LATIN) => vec![Alphabet {
            name: "latin".to_owned(),
            letters: ('a'..='z').map(String::from).collect(),
            between: String::new(),
        }],
        _ => Vec::new(),
    }
}

fn alphabets(table: &mut Table<'_, '_>) -> Option<Vec<Alphabet>> {
    let mut alphabets = Vec::new();
    for (name, span, _) in table.entries() {
        let fits = name.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !name.is_empty();
        if !fits {
            let hint = "write it in small Latin letters, as `abjad`";
            table.fault(
                FaultKind::Value,
                span,
                format!("`{name}` is no name of an alphabet"),
                hint,
            );
            continue;
        }
        alphabets.extend(table.table(&name, |table| alphabet(table, &name)));
    }
    Some(alphabets)
}

fn alphabet(table: &mut Table<'_, '_>, name: &str) -> Option<Alphabet> {
    table.only(&["letters", "between"]);
    let text = table.needed("letters", "\"a b c\"")?;
    let between = match table.get("between") {
        Some(value) => match value.get_ref().as_str() {
            Some(between) => between.to_owned(),
            None => {
                table.wrong_type(&table.path("between"), "a text in quotation marks", value);
                return None;
            }
        },
        None => String::new(),
    };
    let letters: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let twice = letters
        .iter()
        .enumerate()
        .find(|(at, letter)| letters[..*at].contains(letter));
    let path = table.path("letters");
    if let Some((_, letter)) = twice {
        value_fault(
            table,
            "letters",
            format!("`{letter}` stands twice in {path}"),
            "keep one of the two",
        );
        return None;
    }
    if letters.len() < 2 {
        let message = format!("{path} has one letter only");
        value_fault(
            table,
            "letters",
            message,
            "write a space between two letters: `\"a b c\"`",
        );
        return None;
    }
    Some(Alphabet {
        name: name.to_owned(),
        letters,
        between,
    })
}

fn number_nouns(table: &mut Table<'_, '_>) -> Option<NumberNouns> {
    table.only(&["words", "prefixes", "suffixes"]);
    table.required("words", "words = [\"No.\"]")?;
    let words = table.texts("words");
    let prefixes = table.lists("prefixes");
    let suffixes = table.texts("suffixes");
    let words = words?;
    if let Some(word) = words.iter().find(|word| word.contains(char::is_whitespace)) {
        let message = format!("`{word}` is more than one word");
        value_fault(
            table,
            "words",
            message,
            "write the word that stands right before the number",
        );
        return None;
    }
    Some(NumberNouns {
        words,
        prefixes: prefixes.unwrap_or_default(),
        suffixes: suffixes.unwrap_or_default(),
    })
}

fn ordinals(table: &mut Table<'_, '_>) -> Option<Ordinals> {
    table.only(&["masculine", "feminine", "word", "digits", "feminine-digits"]);
    let mut words = |key: &str| {
        let words = table.texts(key).unwrap_or_default();
        if words.len() > MOST_ORDINALS {
            let message = format!(
                "{} has {} words, {MOST_ORDINALS} are the most",
                table.path(key),
                words.len()
            );
            value_fault(table, key, message, "higher numbers are written in digits");
        }
        words
    };
    Some(Ordinals {
        masculine: words("masculine"),
        feminine: words("feminine"),
        word: words("word"),
        digits: table.table("digits", in_digits).unwrap_or_default(),
        feminine_digits: table.table("feminine-digits", in_digits).unwrap_or_default(),
    })
}

fn in_digits(table: &mut Table<'_, '_>) -> Option<OrdinalPatterns> {
    let keys: Vec<&str> = Plural::ALL.iter().map(|class| class.key()).collect();
    table.only(&keys);
    table.required("other", "other = \"{number}th\"")?;
    let mut found = Vec::new();
    for &class in Plural::ALL {
        let Some(pattern) = table.text(class.key()) else {
            continue;
        };
        if braces(table, class.key(), &pattern, &["number"]) {
            found.push((class, pattern));
        }
    }
    Some(found)
}

fn letters(table: &mut Table<'_, '_>) -> Option<Letters> {
    table.only(&["replace", "foreign", "foreign-vowels", "non-joiner"]);
    let replace = table.table("replace", replaced).unwrap_or_default();
    let foreign = table.text("foreign").unwrap_or_default();
    let foreign = foreign.chars().filter(|c| *c != ' ').collect();
    Some(Letters {
        replace,
        foreign,
        foreign_vowels: table.flag("foreign-vowels"),
        non_joiner: table.flag("non-joiner"),
    })
}

fn replaced(table: &mut Table<'_, '_>) -> Option<Vec<(char, char)>> {
    let mut pairs = Vec::new();
    for (key, span, _) in table.entries() {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            let hint = "write the one letter that is often typed, and after the `=` the one that should stand there";
            table.fault(FaultKind::Value, span, format!("`{key}` is not one letter"), hint);
            continue;
        };
        let Some(right) = table.character(&key) else { continue };
        if right == letter {
            table.fault(
                FaultKind::Value,
                span,
                format!("`{letter}` would be replaced by itself"),
                "take the line away",
            );
            continue;
        }
        pairs.push((letter, right));
    }
    Some(pairs)
}

/// Tells of a word that is none of those that may stand there.
fn unknown_word(table: &mut Table<'_, '_>, key: &str, word: &str, meant: Option<&str>, known: &str) {
    let hint = match meant {
        Some(meant) => format!("did you mean `\"{meant}\"`?"),
        None => format!("it can be {known}"),
    };
    let span = place(table, key);
    table.fault(FaultKind::UnknownWord, span, format!("unknown {key} `{word}`"), hint);
    if let Some(meant) = meant {
        table.fix(format!("\"{meant}\""));
    }
}

/// Tells of a value that cannot be.
fn value_fault(table: &mut Table<'_, '_>, key: &str, message: String, hint: impl Into<String>) {
    let span = place(table, key);
    table.fault(FaultKind::Value, span, message, hint);
}

fn place(table: &Table<'_, '_>, key: &str) -> Range<usize> {
    table.get(key).map_or(0..0, |value: Value<'_>| value.span())
}
