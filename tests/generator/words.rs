//! The words of each language, and what stands among words: numbers, symbols, phrases of another script, stops.

use super::random::Random;

/// Words of a language; some with vowel marks, hamzas, ligatures, apostrophes.
fn words(code: &str) -> &'static [&'static str] {
    match code {
        "ar" => &[
            "القرار",
            "الجمعية",
            "العامة",
            "الأشخاص",
            "لا",
            "الإسلام",
            "الآن",
            "لله",
            "بالأشخاص",
            "مُحَمَّد",
            "إنَّ",
            "قراءةً",
            "الدول",
            "الأعضاء",
            "سجلات",
            "المياه",
            "ملك",
            "عام",
            "على",
            "في",
            "من",
            "أن",
            "كل",
            "شخص",
            "الحق",
            "بلغته",
            "وفقا",
            "للقانون",
            "الوطني",
            "مسؤولية",
            "شيء",
            "بيئة",
            "سؤال",
            "أؤكد",
            "كاملا",
            "تشرين",
            "الثاني/نوفمبر",
            "و",
            "رَبِّ",
            "المتحدة",
            "حكومات",
            "النساء",
            "الاتجار",
            "بأشكاله",
            "كافة",
            "مكافحته",
            "تقديرا",
            "ذلك",
            "هذا",
            "الأمين",
            "ٱلله",
            "مئة",
        ],
        "fa" => &[
            "قطعنامه",
            "مجمع",
            "عمومی",
            "کشورهای",
            "عضو",
            "می\u{200c}کند",
            "خانه\u{200c}ها",
            "آب",
            "است",
            "به",
            "که",
            "گزارش",
            "پیشین",
            "حقوق",
            "بین\u{200c}المللی",
            "کارگروه",
            "چهار",
            "ژرف",
            "و",
            "در",
            "از",
        ],
        "ur" => &[
            "قرارداد",
            "جنرل",
            "اسمبلی",
            "رکن",
            "ممالک",
            "پانی",
            "کے",
            "ریکارڈ",
            "ہے",
            "ہیں",
            "ٹیکنالوجی",
            "ڈیٹا",
            "بڑے",
            "اور",
            "میں",
            "کی",
            "گئے",
            "رپورٹ",
            "چھٹا",
        ],
        "fr" => &[
            "l’Assemblée",
            "générale",
            "décide",
            "œuvre",
            "où",
            "États",
            "Membres",
            "qu’il",
            "été",
            "ça",
            "naïve",
            "les",
            "de",
            "à",
            "eaux",
            "registres",
            "publics",
            "droit",
            "aujourd’hui",
            "Conseil",
            "peut-être",
        ],
        "es" => &[
            "la",
            "Asamblea",
            "General",
            "decide",
            "niño",
            "año",
            "derecho",
            "público",
            "también",
            "según",
            "agua",
            "¿qué?",
            "los",
            "Estados",
            "Miembros",
            "vergüenza",
            "de",
            "y",
            "¡sí!",
        ],
        _ => &[
            "the",
            "Assembly",
            "General",
            "records",
            "of",
            "ground",
            "water",
            "are",
            "public",
            "property",
            "office",
            "affluent",
            "fjord",
            "and",
            "that",
            "everyone",
            "has",
            "right",
            "State’s",
            "Member",
            "States",
            "co-operation",
            "non-governmental",
            "first",
            "effi",
            "work",
            "café",
            "naïve",
            "a",
            "I",
            "in",
            "accordance",
            "with",
            "national",
            "law",
            "Fly",
            "Avowal",
            "To",
            "We",
            "shall",
        ],
    }
}

fn numbers(code: &str) -> &'static [&'static str] {
    match code {
        "ar" => &[
            "١",
            "٤٢",
            "٢٠٠٦",
            "١٬٢٣٤",
            "٣٫٥",
            "٥٥/٢٥",
            "٦١/١٨٠",
            "٢٠٠٠-٢٠٠٥",
            "١٩٩٠–١٩٩٥",
            "٥٠٪",
            "٥٠ ٪",
            "١٥ تشرين الثاني/نوفمبر ٢٠٠٠",
            "(١)",
            "(أ)",
            "٩:٣٠",
            "+٩٦٢",
            "-٥",
            "١٤٢٧ ه\u{200d}",
            "١٠٠ ٠٠٠",
            "١,٥",
            "٣\u{a0}٠٠٠",
        ],
        "fa" | "ur" => &["۱", "۴۲", "۲۰۰۶", "۵۵/۲۵", "۳٫۵", "۵۰٪", "(۱)"],
        _ => &[
            "1",
            "42",
            "2006",
            "1,234",
            "3.5",
            "55/25",
            "61/180",
            "2000-2005",
            "1990–1995",
            "50%",
            "50 per cent",
            "15 November 2000",
            "(1)",
            "(a)",
            "9:30",
            "+41 22 917",
            "-5",
            "No. 5",
            "$1.50",
            "1 000",
            "1st",
            "H\u{b2}O",
        ],
    }
}

fn foreign(code: &str) -> &'static [&'static str] {
    match code {
        "ar" | "fa" | "ur" => &[
            "A/RES/61/180",
            "UNESCO",
            "COVID-19",
            "ISO 9001:2015",
            "E/CN.4/2006/62",
            "Add.1",
            "(S-I)",
            "United Nations",
            "C++",
            "Article 2 (b)",
            "www.un.org",
            "e-mail",
            "A/61/444",
            "3G",
            "Rev.2/Corr.1",
            "x",
        ],
        _ => &[
            "قرار",
            "الجمعية العامة",
            "٤٢",
            "القاهرة،",
            "(مصر)",
            "A/RES/61/180",
            "E/CN.4/2006/62",
            "سلام ٣",
        ],
    }
}

const SIGNS: [&str; 17] = [
    "—", "–", "-", "&", "%", "§", "…", "/", "+", "=", "°", "№", "•", "@", "\u{a0}", "\u{2009}", "×",
];

const WRITTEN: [&str; 16] = [
    r"\*", r"\_", r"\[", r"\]", r"\\", r"\`", r"\#", r"\{", r"\|", r"\<", "&amp;", "&nbsp;", "&lt;", "&eacute;",
    "&#1593;", "&copy;",
];

const ADDRESSES: [&str; 5] = [
    "<https://www.un.org/>",
    "<https://www.un.org/ar/ga/61>",
    "<mailto:info@un.org>",
    "<info@un.org>",
    "<https://a.b/?q=1&r=%20#x-1>",
];

/// A word.
pub(crate) fn word(code: &str, random: &mut Random) -> &'static str {
    random.one_of(words(code))
}

/// A number, in the digits of the language.
pub(crate) fn number(code: &str, random: &mut Random) -> &'static str {
    random.one_of(numbers(code))
}

/// A phrase of another script, or a symbol.
pub(crate) fn phrase(code: &str, random: &mut Random) -> &'static str {
    random.one_of(foreign(code))
}

/// A sign that stands alone.
pub(crate) fn sign(random: &mut Random) -> &'static str {
    random.one_of(&SIGNS)
}

/// A character by an escape or an entity.
pub(crate) fn written(random: &mut Random) -> &'static str {
    random.one_of(&WRITTEN)
}

/// An address.
pub(crate) fn address(random: &mut Random) -> &'static str {
    random.one_of(&ADDRESSES)
}

/// A stop after a word.
pub(crate) fn stop(code: &str, random: &mut Random) -> &'static str {
    match code {
        "ar" | "fa" | "ur" => random.one_of(&["،", "؛", ".", ":", "؟", "!", "...", "،»"]),
        _ => random.one_of(&[",", ";", ".", ":", "?", "!", "...", ",”"]),
    }
}

/// What opens and closes a bracket.
pub(crate) fn brackets(code: &str, random: &mut Random) -> (&'static str, &'static str) {
    const ALL: [(&str, &str); 4] = [("(", ")"), ("[", "]"), ("«", "»"), ("“", "”")];
    match code {
        "ar" | "fa" | "ur" => ALL[random.below(3)],
        _ => ALL[random.below(4)],
    }
}
