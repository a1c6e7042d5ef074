//! What scorecards have to do with one another.

use std::collections::BTreeMap;
use std::ops::Index;

use super::arena::{Arena, ScorecardIx};
use super::scorecard::Item;
use super::watch::{self, Seen};
use crate::span::Span;

/// How far a scorecard reaches into others. It stands beside the scorecard and not
/// in it: it depends on what others hold, the scorecard on its own files alone.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The scorecard above.
    pub parent: Option<ScorecardIx>,
    /// What its objectives and KPIs contribute to.
    pub cascades: BTreeMap<Item, Vec<Cascade>>,
    /// The scorecards that were looked at to find these, or to find that there is
    /// nothing of the name.
    pub looked_at: Seen,
}

impl Reach {
    /// What an item contributes to in other scorecards.
    #[must_use]
    pub fn of(&self, item: Item) -> &[Cascade] {
        self.cascades.get(&item).map_or(&[], Vec::as_slice)
    }
}

/// A contribution to something of another scorecard.
#[derive(Clone, Debug)]
pub struct Cascade {
    /// The other scorecard.
    pub scorecard: ScorecardIx,
    /// What is there.
    pub item: Item,
    /// The code that the author named, which may be a KPI's whose objective
    /// alone is published.
    pub named: String,
    /// Where it is written.
    pub span: Span,
}

/// The reach of each scorecard; whoever asks for one follows its links.
#[derive(Clone, Debug, Default)]
pub struct Reaches(Arena<ScorecardIx, Reach>);

impl Reaches {
    /// Adds that of the next scorecard.
    pub fn push(&mut self, reach: Reach) {
        self.0.push(reach);
    }
}

impl Index<ScorecardIx> for Reaches {
    type Output = Reach;

    fn index(&self, at: ScorecardIx) -> &Reach {
        watch::follows_links(at);
        &self.0[at]
    }
}
