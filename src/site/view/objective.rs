//! The page of an objective.

use crate::model::arena::{ObjectiveIx, ScorecardIx};
use crate::model::scorecard::Item;
use crate::site::context::plan::ObjectiveView;
use crate::site::form::Printed;
use crate::site::press::Press;
use crate::site::subject::Subject;

impl Press<'_> {
    /// The page of an objective.
    pub(super) fn objective_view(&self, at: ScorecardIx, ix: ObjectiveIx) -> ObjectiveView {
        let objective = &self.scorecard(at).objectives[ix];
        let item = Item::Objective(ix);
        let (changes, is_cut) = if self.within.is_some() {
            Default::default()
        } else {
            self.changes_of(at, &objective.kpis)
        };
        ObjectiveView {
            objective: self.item(at, item),
            description: self.optional(objective.description.as_ref()),
            note: self.note(at, objective.code.as_str(), 4),
            theme: self.theme_of(at, ix),
            perspective: self.perspective(at, objective.perspective),
            owner: self.owner(objective.owner.as_ref()),
            score: self.score(&self.results(at).objectives[ix]),
            kpis: if self.within.is_some() {
                // An edition shows each KPI whole.
                Printed::default()
            } else {
                let kpis = objective.kpis.iter();
                self.rows("kpi_card", kpis.map(|kpi| self.kpi_card(at, *kpi)))
            },
            supports: self.effects_of(at, ix),
            supported_by: self.causes_of(at, ix),
            contributes: self.contributes(at, item),
            receives: self.receives(at, item),
            changes,
            more_changes: is_cut.then(|| self.url(Subject::Changes(at))),
            erratum: self.erratum_of(at, item),
        }
    }
}
