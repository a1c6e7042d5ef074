//! The chart that was drawn last: the picture of a KPI is mostly made right after its page,
//! and shows the same.

use std::sync::{Mutex, PoisonError};

use crate::chart::Wide;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::lang::LangId;

/// Whose chart it is, and in what language.
pub type Of = (ScorecardIx, KpiIx, LangId);

/// What one thread drew last while it makes files of one build. Presses are shared, so it
/// is locked; nobody ever waits for it.
#[derive(Debug, Default)]
pub struct Drawn {
    last: Mutex<Option<(Of, Wide)>>,
}

impl Drawn {
    /// Keeps a chart instead of the one before.
    pub fn keep(&self, of: Of, wide: Wide) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((of, wide));
    }

    /// Hands out the chart that was kept last, if it is this one.
    #[must_use]
    pub fn take(&self, of: Of) -> Option<Wide> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.take_if(|(kept, _)| *kept == of).map(|(_, wide)| wide)
    }
}
