//! What readers would see of a KPI today had a rule of scoring not been changed.

use super::chronicle::Aspect;
use super::{Entry, Kind, Said, Scores, Seen, Sight};
use crate::assemble::kpi::scale_of;
use crate::git::history::CommitIx;
use crate::model::Item;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::keyword::Keyword as _;
use crate::model::kpi::{Aggregate, Direction, Kpi, Scale};
use crate::model::quantity::Quantity;

impl Sight<'_> {
    /// What a KPI scores as it was, where that is not what it scores.
    pub(super) fn scores_as(&self, at: ScorecardIx, ix: KpiIx, former: &Kpi) -> Option<Scores> {
        let scores = Scores {
            before: self.headline(at, former).score(),
            today: self.evaluation.scorecards[at].kpis[ix].score(),
        };
        (scores.before.is_some() && scores.before != scores.today).then_some(scores)
    }
}

/// A KPI of today with one thing as a plan said it before; nothing where that cannot be
/// told, or scores nothing.
pub(super) fn kpi(kpi: &Kpi, aspect: Aspect, before: &str) -> Option<Kpi> {
    let mut former = kpi.clone();
    match aspect {
        Aspect::Scale => {
            let (direction, scale) = scale_of(&before.replace("; ", "\n"), kpi.span)?;
            return with_scale(kpi, direction, &scale);
        }
        Aspect::Baseline => former.baseline = Some(Quantity::parse(before).ok()?),
        Aspect::Rule("aggregate") => former.aggregate = Aggregate::from_word(before)?,
        Aspect::Rule("per") => former.per = Quantity::parse(before).ok()?,
        _ => return None,
    }
    Some(former)
}

/// A KPI of today with another scale. Its figures are kept by the places of its levels,
/// so the same levels have to be there.
pub(super) fn with_scale(kpi: &Kpi, direction: Option<Direction>, scale: &Scale) -> Option<Kpi> {
    let scale = match (scale, &kpi.scale) {
        (Scale::Levels(before), Scale::Levels(now)) => {
            let mut levels = now.iter().map(|level| {
                let mut before = before.iter();
                before.find(|before| before.name == level.name).cloned()
            });
            Scale::Levels(levels.by_ref().collect::<Option<_>>()?)
        }
        (Scale::Levels(_), _) | (_, Scale::Levels(_)) => return None,
        _ => scale.clone(),
    };
    Some(Kpi {
        direction,
        scale,
        ..kpi.clone()
    })
}

/// The last commit, as far as entries tell, that gave a KPI another unit: figures of
/// before it say nothing beside those of today.
pub(super) fn new_unit(entries: &[Entry], kpi: KpiIx) -> Option<CommitIx> {
    let commits = entries
        .iter()
        .filter_map(|entry| match (entry.seen, &entry.before) {
            (Seen::History(commit), Some(Said::Key { key: "unit", .. }))
                if entry.kind == Kind::Definition && entry.item == Some(Item::Kpi(kpi)) =>
            {
                Some(commit)
            }
            _ => None,
        });
    commits.max()
}

/// Whether an entry tells of a KPI as it was in another unit.
pub(super) fn is_in_other_unit(entry: &Entry, entries: &[Entry]) -> bool {
    let (Some(Item::Kpi(kpi)), Seen::History(commit)) = (entry.item, entry.seen) else {
        return false;
    };
    new_unit(entries, kpi).is_some_and(|changed| commit <= changed)
}
