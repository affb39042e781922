//! Spanish.

use super::labels::{Counter, LabelStyle, roman};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;
use super::{Conventions, Ordinal};

pub(super) static CONVENTIONS: Conventions = Conventions {
    labels: &[
        LabelStyle {
            before: "",
            counter: Counter::Digits,
            after: ".",
        },
        // The alphabet without ñ, which the United Nations leave out of lists.
        LabelStyle {
            before: "",
            counter: Counter::Letters,
            after: ")",
        },
        LabelStyle {
            before: "",
            counter: Counter::Roman,
            after: ")",
        },
        LabelStyle {
            before: "",
            counter: Counter::Letters,
            after: ".",
        },
        LabelStyle {
            before: "",
            counter: Counter::Roman,
            after: ".",
        },
    ],
    references: ReferenceWords {
        paragraph: "párrafo {label}",
        in_annex: "{paragraph} del anexo",
        in_numbered_annex: "{paragraph} del anexo {ordinal}",
        annex: "anexo",
        numbered_annex: "anexo {ordinal}",
    },
    lines: Lines {
        organization: "Naciones Unidas",
        bodies: [
            BodyLines {
                name: "Asamblea General",
                adoption: "Resolución aprobada por la Asamblea General el {date}",
                meeting: "{number}ª sesión plenaria",
            },
            BodyLines {
                name: "Consejo de Seguridad",
                adoption: "Resolución aprobada por el Consejo de Seguridad el {date}",
                meeting: "{number}ª sesión",
            },
            BodyLines {
                name: "Consejo Económico y Social",
                adoption: "Resolución aprobada por el Consejo Económico y Social el {date}",
                meeting: "{number}ª sesión plenaria",
            },
        ],
        distributions: ["Distr. general", "Distr. limitada", "Distr. reservada"],
        session: "{ordinal} período de sesiones",
        session_in_digits: "{number}º período de sesiones",
        session_ordinal: ordinal,
        // A meeting is feminine and a session masculine, so the lines have the suffix in them.
        suffix: |_| "",
        agenda: "Tema {number} del programa",
        committees: [
            "Primera Comisión",
            "Segunda Comisión",
            "Tercera Comisión",
            "Comisión Política Especial y de Descolonización (Cuarta Comisión)",
            "Quinta Comisión",
            "Sexta Comisión",
        ],
        other_committee: "Comisión {number}",
        report: "[sobre la base del informe de la {committee} ({symbol})]",
        without_reference: "[sin remisión previa a una Comisión Principal ({symbol})]",
        title: "{number}. ",
        unofficial: "Traducción no oficial",
        annex: "Anexo",
        numbered_annex: "Anexo {ordinal}",
        annex_ordinal: roman,
    },
};

/// The first to the nineteenth, masculine before a noun: the first and the third lose their ending.
const SMALL: [&str; 19] = [
    "primer",
    "segundo",
    "tercer",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
    "decimotercer",
    "decimocuarto",
    "decimoquinto",
    "decimosexto",
    "decimoséptimo",
    "decimoctavo",
    "decimonoveno",
];

const TENS: [&str; 8] = [
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
];

/// A masculine ordinal in words as it stands before its noun, 1 to 199.
fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=19 => SMALL[place - 1].to_owned(),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            (ten, 0) => ten.to_owned(),
            (ten, unit) => format!("{ten} {}", SMALL[unit - 1]),
        },
        100 => "centésimo".to_owned(),
        101..=199 => format!("centésimo {}", ordinal(n - 100)?),
        _ => return None,
    })
}

/// An ordinal in words, 1 to 199: before a masculine noun the first and the third lose their ending, and each part has the
/// gender of the noun.
pub(super) fn ordinal_in_words(form: Ordinal, n: u32) -> Option<String> {
    let words = ordinal(n)?;
    if form == Ordinal::Masculine {
        return Some(words);
    }
    let whole = |word: &str| match word.strip_suffix("er") {
        Some(stem) => format!("{stem}ero"),
        None => word.to_owned(),
    };
    let feminine = |word: String| match word.strip_suffix('o') {
        Some(stem) if form == Ordinal::Feminine => format!("{stem}a"),
        _ => word,
    };
    Some(
        words
            .split(' ')
            .map(|word| feminine(whole(word)))
            .collect::<Vec<_>>()
            .join(" "),
    )
}
