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
            "٣٢٦\u{a0}٧٩٨",
            "١\u{202f}٢٣٤\u{202f}٥٦٧",
            "+961\u{a0}1\u{a0}555\u{a0}010",
            "+961 1 555 010",
            "(٠١) ٥٥٥-٤٠٢",
            "(01) 555-402",
            "1-212-555-0112",
            "2006-12-20",
            "٣ ½",
            "٣½",
            "٢٠١٤–٢٠١٥",
            "٣٧٫٥ °",
            "٣٣°٥٣′",
            "١ - ٢",
            "١٫٢٫٣",
            "−٥",
            "50%",
            "-5",
        ],
        "fa" | "ur" => &[
            "۱",
            "۴۲",
            "۲۰۰۶",
            "۵۵/۲۵",
            "۳٫۵",
            "۵۰٪",
            "(۱)",
            "۳۲۶\u{a0}۷۹۸",
            "+۹۸ ۲۱ ۵۵۵ ۰۱۰",
            "-۵",
            "۲۰۱۴-۲۰۱۵",
            "۱۲:۳۰",
        ],
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
            "326\u{a0}798",
            "1\u{202f}234\u{202f}567",
            "(01) 555-402",
            "1-212-555-0112",
            "2006-12-20",
            "3 ½",
            "33°53′N",
            "9:30\u{a0}a.m.",
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

const SIGNS: [&str; 21] = [
    "—",
    "–",
    "-",
    "&",
    "%",
    "§",
    "…",
    "/",
    "+",
    "=",
    "°",
    "№",
    "•",
    "@",
    "\u{a0}",
    "\u{2009}",
    "×",
    "\u{202f}",
    "&nbsp;&nbsp;",
    "½",
    "\u{6d6}",
];

const WRITTEN: [&str; 18] = [
    r"\*", r"\_", r"\[", r"\]", r"\\", r"\`", r"\#", r"\{", r"\|", r"\<", "&amp;", "&nbsp;", "&lt;", "&eacute;",
    "&#1593;", "&copy;", r"\{.en}", r"\[^9\]",
];

const ADDRESSES: [&str; 10] = [
    "<https://www.un.org/>",
    "<https://www.un.org/ar/ga/61>",
    "<mailto:info@un.org>",
    "<info@un.org>",
    "<https://a.b/?q=1&r=%20#x-1>",
    "https://www.un.org/a_b/c",
    "www.un.org/ar",
    "records@un.org",
    "<https://records.example/a/very/long/address/of/many-parts/that.does.not/fit/one_line?of=it&and=more>",
    "(https://a.b/c)",
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

/// A stretch that is told in another language; `emphasised` where some of it is.
pub(crate) fn told(code: &str, emphasised: bool, random: &mut Random) -> String {
    const CODES: [&str; 6] = ["ar", "en", "fr", "es", "fa", "ur"];
    const PHRASES: [&str; 16] = [
        "C++",
        "Acme Inc.",
        "“What next?”",
        "9:30 a.m.",
        "33°53′N",
        "(b)",
        "No.\u{a0}3",
        "&nbsp;x&nbsp;",
        "raison d’être",
        "¿qué?",
        "ش.م.ل.",
        "(أ)",
        "القرار ٥٥/٢٥؟",
        "«الجمعية العامة»",
        "۴۲ است،",
        "٣٢٦\u{a0}٧٩٨",
    ];
    let others: Vec<&str> = CODES.into_iter().filter(|other| *other != code).collect();
    let language = random.one_of(&others);
    let phrase = match random.below(4) {
        0 => random.one_of(&PHRASES).to_owned(),
        1 => number(language, random).to_owned(),
        _ => (0..random.between(1, 12))
            .map(|_| word(language, random))
            .collect::<Vec<_>>()
            .join(" "),
    };
    let phrase = match emphasised {
        true => format!("*{}* {phrase}", word(language, random)),
        false => phrase,
    };
    format!("[{phrase}]{{.{language}}}")
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
