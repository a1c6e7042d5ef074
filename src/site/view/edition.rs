//! The edition: everything about a scorecard on one page.

use crate::model::arena::{ObjectiveIx, ScorecardIx};
use crate::model::scorecard::Item;
use crate::site::context::edition::{EditionKpi, EditionObjective, EditionTheme, EditionView};
use crate::site::press::Press;

impl Press<'_> {
    /// The edition of a scorecard.
    pub(super) fn edition_view(&self, at: ScorecardIx) -> EditionView {
        let scorecard = self.scorecard(at);
        let mut themes: Vec<EditionTheme> = scorecard
            .themes
            .entries()
            .map(|(ix, theme)| EditionTheme {
                theme: self.theme_view(at, ix),
                objectives: self.edition_objectives(at, &theme.objectives),
            })
            .collect();
        let loose: Vec<_> = scorecard.cross_cutting().map(|(ix, _)| ix).collect();
        if !loose.is_empty() {
            themes.push(EditionTheme {
                theme: self.cross_cutting_view(at),
                objectives: self.edition_objectives(at, &loose),
            });
        }
        EditionView {
            map: self.map_view(at),
            themes,
            changes: self.changes_view(at),
            errata: self.errata_view(at),
        }
    }

    fn edition_objectives(
        &self,
        at: ScorecardIx,
        objectives: &[ObjectiveIx],
    ) -> Vec<EditionObjective> {
        let scorecard = self.scorecard(at);
        let kpis = |ix: ObjectiveIx| {
            let kpis = scorecard.objectives[ix].kpis.iter();
            kpis.map(|kpi| {
                let actions = scorecard.kpis[*kpi].actions.iter();
                EditionKpi {
                    kpi: self.kpi_view(at, *kpi),
                    name: self.item(at, Item::Kpi(*kpi)),
                    actions: actions
                        .map(|action| self.action_view(at, *action))
                        .collect(),
                }
            })
            .collect()
        };
        objectives
            .iter()
            .map(|ix| EditionObjective {
                objective: self.objective_view(at, *ix),
                kpis: kpis(*ix),
            })
            .collect()
    }
}
