//! What is gone from a scorecard, kept until it comes back: what is taken away by one
//! commit and put back by another is held against what it was.

use std::sync::Arc;

use super::facts::{Facts, Level};
use super::rows::{Book, Cells, Key, Rows};

/// What a scorecard lost.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// What its plan said of things that are gone.
    pub facts: Vec<Arc<Facts>>,
    /// The rows of KPIs that are gone.
    rows: Rows,
}

impl Lost {
    /// Keeps a row, if its KPI is gone.
    pub fn row(&mut self, book: Book, key: &Key, cells: &Cells) {
        let is_own = |facts: &Arc<Facts>| facts.level == Level::Kpi && facts.code == key.kpi;
        if self.facts.iter().any(is_own) {
            self.rows.insert((book, key.clone()), cells.clone());
        }
    }

    /// What something was that came back, and the rows it had: known by its id, or else
    /// by code and name together.
    pub fn take(&mut self, back: &Facts) -> Option<(Arc<Facts>, Rows)> {
        let is_same = |old: &Arc<Facts>| match (&old.id, &back.id) {
            (Some(old), Some(new)) => old == new,
            _ => (&old.code, &old.name) == (&back.code, &back.name),
        };
        let place = (self.facts.iter()).rposition(|old| old.level == back.level && is_same(old))?;
        let old = self.facts.remove(place);
        if old.level != Level::Kpi {
            return Some((old, Rows::new()));
        }
        let (own, rest) = std::mem::take(&mut self.rows)
            .into_iter()
            .partition(|((_, key), _)| key.kpi == old.code);
        self.rows = rest;
        Some((old, own))
    }
}
