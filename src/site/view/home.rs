//! The home page: scorecards by organisation and year, and where they stand.

use crate::evaluate::status::Counts;
use crate::model::arena::{OrganizationIx, ScorecardIx};
use crate::site::context::lists::{HomeView, OrganizationGroup};
use crate::site::context::shared::{Link, ScorecardCard};
use crate::site::plan::Subject;
use crate::site::press::Press;

/// How many of the last changes the home page shows.
const LAST_CHANGES: usize = 10;

impl Press<'_> {
    /// The home page.
    pub(super) fn home_view(&self) -> HomeView {
        let results = &self.evaluation.scorecards;
        let counts = Counts::of(
            results
                .iter()
                .flat_map(|r| r.kpis.iter())
                .map(crate::evaluate::result::KpiResult::status),
        );
        // Of each scorecard the newest, and of those the newest.
        let last = |at: ScorecardIx| {
            let dated = results[at].changes.iter(self.scorecard(at));
            let dated = dated.take_while(|change| change.date.is_some());
            dated.take(LAST_CHANGES).map(move |change| (at, change))
        };
        let scorecards = self.publication.scorecards.positions();
        let mut changes: Vec<_> = scorecards.flat_map(last).collect();
        changes.sort_by(|(a, x), (b, y)| (y.date, a, x.kpi).cmp(&(x.date, b, y.kpi)));
        HomeView {
            organizations: self.organization_groups(),
            statuses: self.counts(&counts),
            counts_chart: self.counts_chart(&counts),
            kpis: counts.total(),
            scored: counts.scored(),
            changes: {
                let last = changes.into_iter().take(LAST_CHANGES);
                self.rows("change_row", last.map(|(at, c)| self.change_row(at, &c)))
            },
            pages: self.free_pages(),
        }
    }

    /// Organisations that have scorecards; the one the site puts first leads.
    fn organization_groups(&self) -> Vec<OrganizationGroup> {
        let home = self.publication.settings.home.as_ref();
        let first = home.and_then(|home| self.publication.find_scorecard(&home.value));
        let first = first.map(|at| self.scorecard(at).organization);
        let mut organizations: Vec<OrganizationIx> = self
            .publication
            .organizations
            .positions()
            .filter(|at| self.publication.heads_of(*at).next().is_some())
            .collect();
        organizations.sort_by_key(|at| (Some(*at) != first, *at));
        organizations
            .into_iter()
            .map(|at| OrganizationGroup {
                organization: self.organization_in_full(at),
                scorecards: self.scorecard_cards(at),
            })
            .collect()
    }

    /// The scorecards of an organisation, newest first.
    pub(super) fn scorecard_cards(&self, at: OrganizationIx) -> Vec<ScorecardCard> {
        let scorecards = self.publication.heads_of(at).rev();
        scorecards.map(|(ix, _)| self.scorecard_card(ix)).collect()
    }

    fn scorecard_card(&self, at: ScorecardIx) -> ScorecardCard {
        let (scorecard, results) = (self.scorecard(at), self.results(at));
        ScorecardCard {
            title: self.label(&scorecard.title),
            url: self.url(Subject::Map(at)),
            period: self.period(scorecard.period),
            organization: self.organization(scorecard.organization),
            counts: self.plan_counts(at, None),
            statuses: self.counts(&results.counts),
            score: self.score(&results.overall),
            plan_only: scorecard.is_plan_only(),
        }
    }

    /// The free pages in their order.
    pub(super) fn free_pages(&self) -> Vec<Link> {
        let mut pages: Vec<_> = self.publication.pages.iter().enumerate().collect();
        pages.sort_by_key(|(_, page)| (page.order, page.path.as_str()));
        pages
            .into_iter()
            .filter_map(|(at, page)| {
                let title = page.version(self.lang)?.title.clone();
                Some(self.link(self.own(title), Subject::Free(at)))
            })
            .collect()
    }
}
