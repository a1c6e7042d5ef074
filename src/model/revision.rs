//! Whether a target that changed became easier or harder to meet.

use super::arena::LevelIx;
use super::kpi::{Direction, Kpi};
use super::ledger::Target;
use crate::keywords;

keywords! {
    /// What a revision did to a target.
    Shift ("shift") {
        /// Further from what the direction wants.
        Eased = "eased",
        /// Closer to what the direction wants.
        Tightened = "tightened",
        /// Elsewhere, neither easier nor harder.
        Moved = "moved",
        /// Stated again, unchanged.
        Confirmed = "confirmed",
    }
}

impl Shift {
    /// What the step from one target to the next did.
    #[must_use]
    pub fn between(kpi: &Kpi, before: &Target, after: &Target) -> Self {
        if before == after {
            return Self::Confirmed;
        }
        let harder = |yes: bool| if yes { Self::Tightened } else { Self::Eased };
        match (kpi.direction, before, after) {
            (Some(Direction::Higher), Target::Value(a), Target::Value(b)) => harder(b > a),
            (Some(Direction::Lower), Target::Value(a), Target::Value(b)) => harder(b < a),
            (Some(Direction::Between), Target::Range(a, b), Target::Range(c, d)) => {
                if c <= a && d >= b {
                    Self::Eased
                } else if c >= a && d <= b {
                    Self::Tightened
                } else {
                    Self::Moved
                }
            }
            (Some(Direction::YesNo), Target::YesNo(_), Target::YesNo(after)) => harder(*after),
            (Some(Direction::Levels), Target::Level(a), Target::Level(b)) => {
                let score = |at: &LevelIx| kpi.level(*at).map(|level| level.score);
                match (score(a), score(b)) {
                    (Some(a), Some(b)) if a != b => harder(b > a),
                    _ => Self::Moved,
                }
            }
            _ => Self::Moved,
        }
    }
}
