//! Lists of a scorecard, and the index of the site.

use std::cmp::Reverse;

use crate::model::arena::ScorecardIx;
use crate::site::context::lists::{
    ActionListView, CascadeView, IndexGroup, KpiListView, SearchView,
};
use crate::site::context::shared::{Link, Section};
use crate::site::plan::Subject;
use crate::site::press::Press;

impl Press<'_> {
    /// The list of objectives and KPIs.
    pub(super) fn kpi_list_view(&self, at: ScorecardIx) -> KpiListView {
        let scorecard = self.scorecard(at);
        let plan_only = scorecard.is_plan_only();
        let row = if plan_only { "kpi_plan_row" } else { "kpi_row" };
        let themes = self
            .by_theme(at)
            .into_iter()
            .map(|(heading, objectives)| {
                let kpis = objectives
                    .iter()
                    .flat_map(|ix| &scorecard.objectives[*ix].kpis);
                Section {
                    heading,
                    rows: self.rows(row, kpis.map(|ix| self.kpi_row(at, *ix))),
                }
            })
            .filter(|section| !section.rows.0.is_empty())
            .collect();
        KpiListView {
            themes,
            total: scorecard.kpis.len(),
            statuses: self.counts(&self.results(at).counts),
            plan_only,
            table_url: self.url(Subject::Table(at)),
        }
    }

    /// The list of action plans.
    pub(super) fn action_list_view(&self, at: ScorecardIx) -> ActionListView {
        let scorecard = self.scorecard(at);
        let told =
            |a: &crate::model::action::Action| !a.milestones.is_empty() || a.budget.is_some();
        let has_progress = scorecard.actions.iter().any(told);
        let row = if has_progress {
            "action_progress_row"
        } else {
            "action_row"
        };
        let themes = self
            .by_theme(at)
            .into_iter()
            .map(|(heading, objectives)| {
                let actions = objectives
                    .iter()
                    .flat_map(|ix| &scorecard.objectives[*ix].kpis)
                    .flat_map(|ix| &scorecard.kpis[*ix].actions);
                Section {
                    heading,
                    rows: self.rows(row, actions.map(|ix| self.action_row(at, *ix))),
                }
            })
            .filter(|section| !section.rows.0.is_empty())
            .collect();
        ActionListView {
            themes,
            total: scorecard.actions.len(),
            has_progress,
        }
    }

    /// What a scorecard contributes to, and what contributes to it.
    pub(super) fn cascade_view(&self, at: ScorecardIx) -> CascadeView {
        CascadeView {
            parent: self.publication.reach[at]
                .parent
                .map(|parent| self.scorecard_link(parent)),
            contributes: self.all_contributions(at),
            receives: self.all_receipts(at),
        }
    }

    /// The index by code and by name.
    pub(super) fn search_view(&self) -> SearchView {
        let mut scorecards: Vec<_> = self.publication.scorecards.entries().collect();
        scorecards.sort_by_key(|(_, s)| (s.organization, Reverse(s.period)));
        let scorecards = scorecards
            .into_iter()
            .map(|(at, scorecard)| {
                let mut items: Vec<_> = scorecard.items().collect();
                items.sort_by(|a, b| scorecard.code(*a).cmp(scorecard.code(*b)));
                IndexGroup {
                    scorecard: self.scorecard_link(at),
                    anchor: scorecard.path.replace('/', "-"),
                    items: self.rows("index_row", items.iter().map(|item| self.item(at, *item))),
                }
            })
            .collect();
        SearchView {
            scorecards,
            organizations: self.all_organizations(),
            pages: self.free_pages(),
        }
    }

    /// Every organisation by its official name, in alphabetical order.
    fn all_organizations(&self) -> Vec<Link> {
        let organizations = self.publication.organizations.positions();
        let mut links: Vec<_> = organizations
            .map(|at| self.organization_in_full(at))
            .collect();
        links.sort_by(|a, b| a.label.text.cmp(&b.label.text));
        links
    }
}
