//! Spanish.

use super::Conventions;
use super::dates::DateStyle;
use super::digits::WESTERN;
use super::english::ALPHABET;
use super::labels::{Counter, LabelStyle, roman};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;

pub(super) static CONVENTIONS: Conventions = Conventions {
    digits: WESTERN,
    dates: DateStyle {
        pattern: "{day} de {month} de {year}",
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        first_day: None,
    },
    note_mark: ("", ""),
    note: "nota",
    back: ", volver al texto",
    between_note_marks: ",",
    quotation_marks: [["«", "»"], ["“", "”"]],
    labels: &[
        LabelStyle {
            before: "",
            counter: Counter::Digits,
            after: ".",
        },
        // The alphabet without ñ, which the United Nations leave out of lists.
        LabelStyle {
            before: "",
            counter: ALPHABET,
            after: ")",
        },
        LabelStyle {
            before: "",
            counter: Counter::Roman,
            after: ")",
        },
        LabelStyle {
            before: "",
            counter: ALPHABET,
            after: ".",
        },
        LabelStyle {
            before: "",
            counter: Counter::Roman,
            after: ".",
        },
    ],
    number_nouns: &[
        "núm.",
        "núms.",
        "vol.",
        "pág.",
        "págs.",
        "párr.",
        "párrs.",
        "art.",
        "cap.",
        "secc.",
        "resolución",
        "resoluciones",
        "decisión",
        "decisiones",
        "artículo",
        "artículos",
        "párrafo",
        "párrafos",
        "tema",
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
