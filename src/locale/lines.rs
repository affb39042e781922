//! The lines of a document that its source does not write: they follow from its facts.
//!
//! Each line of a language is a sentence with names in braces, which the facts fill in. The sentences are whole, so
//! that a verb agrees with its body and a language puts its words in its own order.

use super::day::Date;
use super::{Language, Usage, date, number, number_text};

/// A body that adopts documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Body {
    /// The General Assembly.
    GeneralAssembly,
    /// The Security Council.
    SecurityCouncil,
    /// The Economic and Social Council.
    EconomicAndSocialCouncil,
}

impl Body {
    /// All bodies.
    pub const ALL: &'static [Self] = &[
        Self::GeneralAssembly,
        Self::SecurityCouncil,
        Self::EconomicAndSocialCouncil,
    ];

    /// The key of the body in a source, as `general-assembly`.
    pub fn key(self) -> &'static str {
        match self {
            Self::GeneralAssembly => "general-assembly",
            Self::SecurityCouncil => "security-council",
            Self::EconomicAndSocialCouncil => "economic-and-social-council",
        }
    }

    /// The body of a key; `None` when there is none.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|body| body.key() == key)
    }
}

/// How widely a document is distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Distribution {
    /// To all.
    General,
    /// To those concerned, as drafts are.
    Limited,
    /// To those entitled.
    Restricted,
}

impl Distribution {
    /// All kinds of distribution.
    pub const ALL: &'static [Self] = &[Self::General, Self::Limited, Self::Restricted];

    /// The key of the distribution in a source, as `general`.
    pub fn key(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Limited => "limited",
            Self::Restricted => "restricted",
        }
    }

    /// The distribution of a key; `None` when there is none.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|distribution| distribution.key() == key)
    }
}

/// The lines of a language. A name in braces stands for a fact.
pub(super) struct Lines {
    pub(super) organization: &'static str,
    /// In the order of [`Body::ALL`].
    pub(super) bodies: [BodyLines; 3],
    /// In the order of [`Distribution::ALL`].
    pub(super) distributions: [&'static str; 3],
    /// With `{ordinal}`, the words of `session_ordinal`.
    pub(super) session: &'static str,
    /// Where there are no words: with `{number}` and `{suffix}`.
    pub(super) session_in_digits: &'static str,
    /// The ordinal of a session in words, in the gender and case that `session` asks for. `None` beyond 1 to 199.
    pub(super) session_ordinal: fn(u32) -> Option<String>,
    /// What makes an ordinal of digits: `nd` of `82nd`; empty where nothing does.
    pub(super) suffix: fn(u32) -> &'static str,
    /// With `{number}`.
    pub(super) agenda: &'static str,
    /// The Main Committees of the General Assembly, the first to the sixth.
    pub(super) committees: [&'static str; 6],
    /// A committee that is none of the six: with `{number}`.
    pub(super) other_committee: &'static str,
    /// With `{committee}` and `{symbol}`.
    pub(super) report: &'static str,
    /// With `{symbol}`.
    pub(super) without_reference: &'static str,
    /// What stands before the title: with `{number}`.
    pub(super) title: &'static str,
    pub(super) unofficial: &'static str,
    /// The heading of the only annex.
    pub(super) annex: &'static str,
    /// The heading of one annex of several: with `{ordinal}`, the words of `annex_ordinal`, or digits without such.
    pub(super) numbered_annex: &'static str,
    /// The ordinal of an annex in words or Roman numerals.
    pub(super) annex_ordinal: fn(u32) -> Option<String>,
}

/// The lines of a language that name a body.
pub(super) struct BodyLines {
    pub(super) name: &'static str,
    /// With `{date}`.
    pub(super) adoption: &'static str,
    /// With `{number}` and `{suffix}`.
    pub(super) meeting: &'static str,
}

fn lines(language: Language) -> &'static Lines {
    &super::conventions(language).lines
}

fn body_lines(language: Language, body: Body) -> &'static BodyLines {
    &lines(language).bodies[body as usize]
}

/// The name of the organization: `الأمم المتحدة`, `United Nations`.
pub fn organization(language: Language) -> &'static str {
    lines(language).organization
}

/// The name of a body: `الجمعية العامة`, `General Assembly`.
pub fn body_name(language: Language, body: Body) -> &'static str {
    body_lines(language, body).name
}

/// How widely the document is distributed: `التوزيع: عام`, `Distr.: General`.
pub fn distribution_line(language: Language, distribution: Distribution) -> &'static str {
    lines(language).distributions[distribution as usize]
}

/// The session, in words from 1 to 199 and in digits beyond: `الدورة الحادية والستون`, `Sixty-first session`.
pub fn session_line(usage: impl Into<Usage>, session: u32) -> String {
    let usage = usage.into();
    let lines = lines(usage.language);
    match (lines.session_ordinal)(session) {
        Some(ordinal) => capitalized(&fill(lines.session, &[("ordinal", &ordinal)])),
        None => {
            let number = number(usage, session);
            fill(
                lines.session_in_digits,
                &[("number", &number), ("suffix", (lines.suffix)(session))],
            )
        }
    }
}

/// The item of the agenda: `البند ٩٨ من جدول الأعمال`, `Agenda item 98`.
pub fn agenda_line(usage: impl Into<Usage>, item: u32) -> String {
    let usage = usage.into();
    fill(lines(usage.language).agenda, &[("number", &number(usage, item))])
}

/// Who adopted the resolution, and when: `قرار اتخذته الجمعية العامة في ٢٠ كانون الأول/ديسمبر ٢٠٠٦`.
pub fn adoption_line(usage: impl Into<Usage>, body: Body, adopted: Date) -> String {
    let usage = usage.into();
    fill(
        body_lines(usage.language, body).adoption,
        &[("date", &date(usage, adopted))],
    )
}

/// The report that the resolution rests on: `[on the report of the Third Committee (A/61/444)]`, or without a
/// committee `[without reference to a Main Committee (A/61/L.1)]`. The symbol stays as it is.
pub fn report_line(usage: impl Into<Usage>, committee: Option<u8>, symbol: &str) -> String {
    let usage = usage.into();
    let lines = lines(usage.language);
    let Some(committee) = committee else {
        return fill(lines.without_reference, &[("symbol", symbol)]);
    };
    let name = match usize::from(committee)
        .checked_sub(1)
        .and_then(|place| lines.committees.get(place))
    {
        Some(name) => (*name).to_owned(),
        None => fill(lines.other_committee, &[("number", &number(usage, committee.into()))]),
    };
    fill(lines.report, &[("committee", &name), ("symbol", symbol)])
}

/// What stands before the title, with the space that follows it: `٦١/١٨٠ - `, `61/180. `.
///
/// `number` is the number of the resolution in Western digits, as the symbol has it.
pub fn title_prefix(usage: impl Into<Usage>, number: &str) -> String {
    let usage = usage.into();
    fill(lines(usage.language).title, &[("number", &number_text(usage, number))])
}

/// The lines after the text: the meeting (`الجلسة العامة ٨٢`, `82nd plenary meeting`) and its day.
pub fn closing_lines(usage: impl Into<Usage>, body: Body, meeting: u32, day: Date) -> [String; 2] {
    let usage = usage.into();
    let suffix = (lines(usage.language).suffix)(meeting);
    let number = number(usage, meeting);
    let meeting = fill(
        body_lines(usage.language, body).meeting,
        &[("number", &number), ("suffix", suffix)],
    );
    [meeting, date(usage, day)]
}

/// The notice over a translation that is not official: `ترجمة غير رسمية`, `Unofficial translation`.
pub fn unofficial_line(language: Language) -> &'static str {
    lines(language).unofficial
}

/// The heading of an annex: `المرفق`, `Annex` of the only one, `المرفق الثاني`, `Annex II` of the second of several.
pub fn annex_heading(usage: impl Into<Usage>, n: Option<u32>) -> String {
    let usage = usage.into();
    let lines = lines(usage.language);
    match n {
        None => lines.annex.to_owned(),
        Some(n) => fill(lines.numbered_annex, &[("ordinal", &annex_ordinal(usage, n))]),
    }
}

/// The ordinal of one annex of several: `الثاني`, `II`.
pub fn annex_ordinal(usage: Usage, n: u32) -> String {
    (lines(usage.language).annex_ordinal)(n).unwrap_or_else(|| number(usage, n))
}

/// Fills in the names in braces of a sentence. It reads the sentence once, so braces in a fact stay what they are.
pub(super) fn fill(sentence: &str, facts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, fact)) = facts.iter().find(|(known, _)| *known == name) {
            filled.push_str(fact);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// A line with its first letter in capitals, where the script has them.
fn capitalized(line: &str) -> String {
    let mut letters = line.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
