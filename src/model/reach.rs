//! What scorecards have to do with one another.

use std::collections::BTreeMap;

use super::arena::ScorecardIx;
use super::scorecard::Item;
use crate::span::Span;

/// How far a scorecard reaches into others. It stands beside the scorecard and not
/// in it: it depends on what others hold, the scorecard on its own files alone.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The scorecard above.
    pub parent: Option<ScorecardIx>,
    /// What its objectives and KPIs contribute to.
    pub cascades: BTreeMap<Item, Vec<Cascade>>,
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
