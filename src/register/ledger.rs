//! What the ledgers say themselves: revisions, and names of earlier years.

use std::collections::HashMap;

use super::facts::Level;
use super::{Entry, Kind, Said, Seen, Sight};
use crate::evaluate::changes::{Change, What};
use crate::evaluate::value::Value;
use crate::model::Item;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::period::Period;
use crate::model::revision::Shift;

impl Sight<'_> {
    /// The revisions in the ledgers of a scorecard, oldest first.
    pub(super) fn ledger(&self, at: ScorecardIx) -> Vec<Entry> {
        let changes = &self.evaluation.scorecards[at].changes;
        let scorecard = &self.publication.scorecards[at];
        let is_absent = |change: &Change| matches!(change.what, What::ResultAbsent(_));
        // Only what is taken back asks what had been published.
        let is_asked = changes.iter(scorecard).any(|change| is_absent(&change));
        let mut published: HashMap<(KpiIx, Option<Period>), Value> = HashMap::new();
        let mut entries = Vec::new();
        for change in changes.iter(scorecard).rev() {
            let of = (change.kpi, change.period);
            entries.extend(self.revision(at, &change, published.get(&of)));
            match change.what {
                _ if !is_asked => {}
                What::ResultPublished(value, _) => {
                    published.insert(of, value);
                }
                What::ResultRevised { after, .. } => {
                    published.insert(of, after);
                }
                What::ResultAbsent(_) => {
                    published.remove(&of);
                }
                _ => {}
            }
        }
        entries
    }

    /// The entry of a revision; `published` is the result that stood before it.
    fn revision(
        &self,
        at: ScorecardIx,
        change: &Change,
        published: Option<&Value>,
    ) -> Option<Entry> {
        let (kind, seen, before, after, shift) = match &change.what {
            What::TargetRevised {
                before,
                after,
                shift,
            } if *shift != Shift::Confirmed => (
                Kind::Target,
                Seen::Ledger,
                Said::Target((*before).clone()),
                Said::Target((*after).clone()),
                Some(*shift),
            ),
            What::ResultRevised {
                before: Some(before),
                after,
                ..
            } if before != after => (
                Kind::Result,
                Seen::Ledger,
                Said::Result(before.clone()),
                Said::Result(after.clone()),
                None,
            ),
            // A result that was there, and is taken back.
            What::ResultAbsent(absence) => (
                Kind::Result,
                Seen::Ledger,
                Said::Result(published?.clone()),
                Said::Words(absence.word().to_owned()),
                None,
            ),
            What::Renamed(former) => {
                let now = &self.publication.scorecards[at].kpis[change.kpi];
                (
                    Kind::Name,
                    Seen::Years(former.scorecard),
                    Said::Words(former.before.original().to_owned()),
                    Said::Words(now.name.original().to_owned()),
                    None,
                )
            }
            _ => return None,
        };
        let kpi = &self.publication.scorecards[at].kpis[change.kpi];
        Some(Entry {
            kind,
            seen,
            date: change.date,
            level: Level::Kpi,
            item: Some(Item::Kpi(change.kpi)),
            code: kpi.code.to_string(),
            name: kpi.name.original().to_owned(),
            last: None,
            period: change.period,
            before: Some(before),
            after: Some(after),
            shift,
            scores: None,
            reason: change.reason.map(str::to_owned),
            span: Some(change.span),
        })
    }
}
