//! Links read backwards: what contributes to a thing, and what causes it.

use std::collections::HashMap;

use crate::model::Publication;
use crate::model::arena::{ObjectiveIx, OrganizationIx, ScorecardIx, ThemeIx};
use crate::model::reach::Cascade;
use crate::model::scorecard::{Drive, Item};
use crate::model::watch;

/// A contribution, seen from the side that receives it.
#[derive(Clone, Copy)]
pub struct Contribution<'a> {
    /// Whose scorecard it comes from.
    pub scorecard: ScorecardIx,
    /// What contributes.
    pub from: Item,
    /// The link as written.
    pub cascade: &'a Cascade,
}

/// The links of a publication, read backwards.
#[derive(Default)]
pub struct Links<'a> {
    /// What contributes to an item of a scorecard.
    contributions: HashMap<(ScorecardIx, Item), Vec<Contribution<'a>>>,
    /// The declared causes of an objective, and how each is written.
    causes: HashMap<(ScorecardIx, ObjectiveIx), Vec<(ObjectiveIx, &'a Drive)>>,
    /// Themes that an organisation leads, and those it takes part in.
    seats: HashMap<OrganizationIx, Seats>,
}

/// The themes an organisation has a part in.
#[derive(Default)]
pub struct Seats {
    /// As lead.
    pub leads: Vec<(ScorecardIx, ThemeIx)>,
    /// As member.
    pub takes_part: Vec<(ScorecardIx, ThemeIx)>,
}

impl<'a> Links<'a> {
    /// Reads every link of a publication backwards.
    #[must_use]
    pub fn of(publication: &'a Publication) -> Self {
        let mut links = Self::default();
        for (at, scorecard) in publication.scorecards.entries() {
            for (objective, entry) in scorecard.objectives.entries() {
                for drive in &entry.drives {
                    links
                        .causes
                        .entry((at, drive.to))
                        .or_default()
                        .push((objective, drive));
                }
                links.contribute(publication, at, Item::Objective(objective));
            }
            for kpi in scorecard.kpis.positions() {
                links.contribute(publication, at, Item::Kpi(kpi));
            }
            for (theme, entry) in scorecard.themes.entries() {
                for organization in &entry.lead {
                    links
                        .seats
                        .entry(*organization)
                        .or_default()
                        .leads
                        .push((at, theme));
                }
                for organization in &entry.members {
                    links
                        .seats
                        .entry(*organization)
                        .or_default()
                        .takes_part
                        .push((at, theme));
                }
            }
        }
        links
    }

    /// Every contribution there is.
    pub fn all(&self) -> impl Iterator<Item = &Contribution<'a>> {
        watch::looks_everywhere();
        self.contributions.values().flatten()
    }

    /// What contributes to an item of a scorecard.
    #[must_use]
    pub fn contributions(&self, at: ScorecardIx, item: Item) -> &[Contribution<'a>] {
        watch::follows_links(at);
        let found = self.contributions.get(&(at, item));
        found.map_or(&[], Vec::as_slice)
    }

    /// The declared causes of an objective, and how each is written.
    #[must_use]
    pub fn causes(&self, at: ScorecardIx, effect: ObjectiveIx) -> &[(ObjectiveIx, &'a Drive)] {
        watch::follows_links(at);
        let found = self.causes.get(&(at, effect));
        found.map_or(&[], Vec::as_slice)
    }

    /// The themes that an organisation has a part in, in whichever scorecard.
    #[must_use]
    pub fn seats(&self, of: OrganizationIx) -> Option<&Seats> {
        watch::looks_everywhere();
        self.seats.get(&of)
    }

    fn contribute(&mut self, publication: &'a Publication, scorecard: ScorecardIx, from: Item) {
        for cascade in publication.reach[scorecard].of(from) {
            let to = (cascade.scorecard, cascade.item);
            self.contributions
                .entry(to)
                .or_default()
                .push(Contribution {
                    scorecard,
                    from,
                    cascade,
                });
        }
    }
}
