//! What a comparison finds: each difference once, under its cause, with what follows from it.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::change::Change;
use super::kind::{Kind, Level};
use super::remark::Remark;
use super::spot::Spot;
use super::tell;

/// A difference and what follows from it.
///
/// In JSON it has, beside its fields, `level`, `kind` and `message`, so that nobody needs to make sentences anew.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// What differs.
    pub change: Change,
    /// What follows from it and is no difference of its own.
    pub consequences: Vec<Change>,
    /// The lines of the reference that it touches.
    pub reference: Vec<Spot>,
    /// The lines of the other layout that it touches.
    pub actual: Vec<Spot>,
}

impl Finding {
    /// A difference that touches no line and that nothing follows from.
    pub fn new(change: Change) -> Self {
        Self {
            change,
            consequences: Vec::new(),
            reference: Vec::new(),
            actual: Vec::new(),
        }
    }

    /// The level that it is seen on.
    pub fn level(&self) -> Level {
        self.change.level()
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.change.kind()
    }

    /// What an editor would say of it, without what follows.
    pub fn message(&self) -> String {
        tell::finding(&self.change)
    }

    /// What an editor would say of what follows from it.
    pub fn consequences_told(&self) -> Vec<String> {
        self.consequences.iter().map(tell::consequence).collect()
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// A consequence with its sentence.
        #[derive(Serialize)]
        struct Consequence<'a> {
            kind: Kind,
            message: String,
            #[serde(flatten)]
            change: &'a Change,
        }
        let consequence = |change| Consequence {
            kind: Change::kind(change),
            message: tell::consequence(change),
            change,
        };
        let mut finding = serializer.serialize_struct("Finding", 7)?;
        finding.serialize_field("level", &self.level())?;
        finding.serialize_field("kind", &self.kind())?;
        finding.serialize_field("message", &self.message())?;
        finding.serialize_field("change", &self.change)?;
        let consequences: Vec<Consequence<'_>> = self.consequences.iter().map(consequence).collect();
        finding.serialize_field("consequences", &consequences)?;
        finding.serialize_field("reference", &self.reference)?;
        finding.serialize_field("actual", &self.actual)?;
        finding.end()
    }
}

/// The differences of two layouts of an edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The document and the edition: `a-res-61-180/ar`.
    pub name: String,
    /// The level of the comparison.
    pub level: Level,
    /// How many points apart two places must be to differ.
    pub tolerance: f64,
    /// What is to be known of the sides before the differences are read: a text that comes back damaged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// The differences, in the order of the document where they belong to a place in it.
    pub findings: Vec<Finding>,
}

impl Comparison {
    /// Whether there is no difference.
    pub fn is_same(&self) -> bool {
        self.findings.is_empty()
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())?;
        for (index, consequence) in self.consequences_told().iter().enumerate() {
            write!(f, "{}{consequence}", if index == 0 { "; so " } else { ", " })?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Comparison {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.findings.len() {
            0 => {
                writeln!(f, "{}: the same, by {}", self.name, self.level.name())?;
                self.remarks
                    .iter()
                    .try_for_each(|remark| writeln!(f, "  note: {remark}"))
            }
            n => {
                writeln!(
                    f,
                    "{}: {n} {}",
                    self.name,
                    if n == 1 { "difference" } else { "differences" }
                )?;
                self.remarks
                    .iter()
                    .try_for_each(|remark| writeln!(f, "  note: {remark}"))?;
                self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
            }
        }
    }
}
