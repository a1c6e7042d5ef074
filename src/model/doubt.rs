//! What of a plan was refused while it was read: whatever seems to be missing
//! near it may only be hidden behind that fault, and is not worth one of its own.

use std::collections::BTreeSet;

/// The doubtful parts of one scorecard.
#[derive(Clone, Debug, Default)]
pub struct Doubt {
    whole: bool,
    refused: Vec<String>,
    families: Vec<String>,
    twice: BTreeSet<String>,
}

impl Doubt {
    /// Doubts everything: a list could not be read.
    pub const fn doubt_all(&mut self) {
        self.whole = true;
    }

    /// Doubts a code that was refused, and the family it was found in: what its
    /// neighbours' codes begin with.
    pub fn refuse(&mut self, code: &str, family: &str) {
        self.refused.push(code.to_owned());
        self.families.push(family.to_owned());
    }

    /// Doubts the neighbours of a code that stands twice: one of the two most
    /// likely belongs to the code that is missing.
    pub fn doubt_family(&mut self, family: &str) {
        self.families.push(family.to_owned());
    }

    /// Notes which of the codes of neighbours stand twice: what lies below the one may
    /// well belong to the other.
    pub fn note_twice<'a>(&mut self, codes: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        let again = codes.filter(|code| !seen.insert(*code));
        self.twice.extend(again.map(str::to_owned));
    }

    /// Whether a code stands twice.
    #[must_use]
    pub fn stands_twice(&self, code: &str) -> bool {
        self.twice.contains(code)
    }

    /// Whether nothing is in doubt.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        !self.whole && self.families.is_empty()
    }

    /// Whether this very code was refused.
    #[must_use]
    pub fn refused(&self, code: &str) -> bool {
        self.refused.iter().any(|refused| refused == code)
    }

    /// Whether something with that code may be there all the same.
    #[must_use]
    pub fn covers(&self, code: &str) -> bool {
        self.whole || self.families.iter().any(|family| code.starts_with(family))
    }
}
