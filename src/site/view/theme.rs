//! Pages of a theme, of the cross-cutting objectives, and of a perspective.

use crate::model::arena::{ObjectiveIx, PerspectiveIx, ScorecardIx, ThemeIx};
use crate::model::scorecard::Item;
use crate::site::context::plan::{PerspectiveView, TableView, ThemeView};
use crate::site::context::shared::{CauseRow, Group, Section};
use crate::site::press::Press;

impl Press<'_> {
    /// The page of a theme.
    pub(super) fn theme_view(&self, at: ScorecardIx, ix: ThemeIx) -> ThemeView {
        let theme = &self.scorecard(at).themes[ix];
        let column = self.theme_column(at, ix);
        ThemeView {
            has_kpis: !self.scorecard(at).kpis.is_empty(),
            description: self.optional(theme.description.as_ref()),
            note: self.note(at, theme.code.as_str(), 3),
            counts: column.counts,
            statuses: column.statuses,
            counts_chart: self.counts_chart(&self.status_counts(at, &theme.objectives)),
            score: column.score,
            lead: theme
                .lead
                .iter()
                .map(|o| self.organization_in_full(*o))
                .collect(),
            members: theme
                .members
                .iter()
                .map(|o| self.organization_in_full(*o))
                .collect(),
            rows: self.by_perspective(at, &theme.objectives),
            effects: self.effects_among(at, &theme.objectives),
            relation: self.relation(at, &theme.objectives, theme.code.as_str()),
            causes: self.causes_among(at, &theme.objectives),
            erratum: self.erratum_of(at, Item::Theme(ix)),
            theme: column.theme,
        }
    }

    /// The page of the objectives that serve every theme.
    pub(super) fn cross_cutting_view(&self, at: ScorecardIx) -> ThemeView {
        let objectives: Vec<_> = self
            .scorecard(at)
            .cross_cutting()
            .map(|(ix, _)| ix)
            .collect();
        ThemeView {
            has_kpis: !self.scorecard(at).kpis.is_empty(),
            theme: self.cross_cutting(at),
            description: None,
            note: self.note(at, "T", 3),
            counts: Vec::new(),
            statuses: self.statuses(at, &objectives),
            counts_chart: self.counts_chart(&self.status_counts(at, &objectives)),
            score: self.score(&self.results(at).cross_cutting),
            lead: Vec::new(),
            members: Vec::new(),
            rows: self.by_perspective(at, &objectives),
            effects: self.effects_among(at, &objectives),
            relation: self.relation(at, &objectives, "T"),
            causes: self.causes_among(at, &objectives),
            erratum: None,
        }
    }

    /// The declared links among some objectives, effect by effect.
    pub(super) fn effects_among(
        &self,
        at: ScorecardIx,
        objectives: &[ObjectiveIx],
    ) -> Vec<Group<CauseRow>> {
        let causes = self.causes_among(at, objectives);
        objectives
            .iter()
            .map(|effect| self.item(at, Item::Objective(*effect)))
            .map(|heading| Group {
                items: causes
                    .iter()
                    .filter(|c| c.effect.code == heading.code)
                    .cloned()
                    .collect(),
                heading,
            })
            .filter(|group| !group.items.is_empty())
            .collect()
    }

    /// Objectives under their perspectives; rows without any are left out.
    fn by_perspective(&self, at: ScorecardIx, objectives: &[ObjectiveIx]) -> Vec<Section> {
        let scorecard = self.scorecard(at);
        scorecard
            .perspectives
            .positions()
            .map(|row| {
                let inside = objectives
                    .iter()
                    .filter(|ix| scorecard.objectives[**ix].perspective == row);
                self.plan_section(at, self.perspective(at, row), inside)
            })
            .filter(|section| !section.rows.0.is_empty())
            .collect()
    }

    /// The page of a perspective.
    pub(super) fn perspective_view(&self, at: ScorecardIx, row: PerspectiveIx) -> PerspectiveView {
        let scorecard = self.scorecard(at);
        let themes = self
            .by_theme(at)
            .into_iter()
            .map(|(heading, objectives)| {
                let inside = objectives
                    .iter()
                    .filter(|ix| scorecard.objectives[**ix].perspective == row);
                self.plan_section(at, heading, inside)
            })
            .filter(|section| !section.rows.0.is_empty())
            .collect();
        PerspectiveView {
            has_kpis: !self.scorecard(at).kpis.is_empty(),
            perspective: self.perspective(at, row),
            question: self.optional(scorecard.perspectives[row].question.as_ref()),
            score: self.score(&self.results(at).perspectives[row]),
            themes,
        }
    }

    /// The whole scorecard as planners print it.
    pub(super) fn table_view(&self, at: ScorecardIx) -> TableView {
        let scorecard = self.scorecard(at);
        TableView {
            has_kpis: !self.scorecard(at).kpis.is_empty(),
            title: self.label(&scorecard.title),
            period: self.period(scorecard.period),
            themes: self.blocks_by_theme(at),
            plan_only: scorecard.is_plan_only(),
        }
    }
}
