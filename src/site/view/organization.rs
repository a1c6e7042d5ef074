//! The page of an organisation.

use std::cmp::Reverse;

use crate::map::{Branch, Hierarchy};
use crate::model::arena::{OrganizationIx, ScorecardIx, ThemeIx};
use crate::model::organization::{Owner, Unit};
use crate::model::scorecard::Item;
use crate::site::context::lists::{OrganizationNode, OrganizationView, Seat, UnitNode};
use crate::site::context::shared::{Label, Link};
use crate::site::form::Printed;
use crate::site::press::Press;

impl Press<'_> {
    /// The page of an organisation.
    pub(super) fn organization_view(&self, at: OrganizationIx) -> OrganizationView {
        let organization = &self.publication.organizations[at];
        let mut ancestors = Vec::new();
        let mut above = organization.parent;
        while let Some(parent) = above {
            ancestors.insert(0, self.organization_in_full(parent));
            above = self.publication.organizations[parent].parent;
        }
        let seats = self.links.seats(at);
        OrganizationView {
            name: self.label(&organization.name),
            short: self.optional(organization.short.as_ref()),
            ancestors,
            children: self.children(at),
            units: self.units(&organization.units),
            chart: self.organization_chart(at),
            scorecards: self.scorecard_cards(at),
            leads: self.seats(seats.map_or(&[], |seats| &seats.leads)),
            takes_part: self.seats(seats.map_or(&[], |seats| &seats.takes_part)),
            kpis: self.owned_kpis(at),
            links: organization
                .links
                .iter()
                .map(|link| self.outside(self.label(&link.name), &link.url))
                .collect(),
        }
    }

    /// Seats in themes, newest plan first.
    fn seats(&self, seats: &[(ScorecardIx, ThemeIx)]) -> Vec<Seat> {
        let mut seats = seats.to_vec();
        seats.sort_by_key(|(scorecard, _)| Reverse(self.scorecard(*scorecard).period));
        let seat = |(scorecard, theme)| Seat {
            theme: self.item(scorecard, Item::Theme(theme)),
            scorecard: self.scorecard_link(scorecard),
        };
        seats.into_iter().map(seat).collect()
    }

    /// The organisation chart: those above, itself, and all that belongs to it.
    fn organization_chart(&self, at: OrganizationIx) -> Option<String> {
        let mut above = Vec::new();
        let mut next = self.publication.organizations[at].parent;
        while let Some(parent) = next {
            above.insert(0, self.branch(parent, Vec::new()));
            next = self.publication.organizations[parent].parent;
        }
        let name = self.label(&self.publication.organizations[at].name).text;
        let title = self.words.fill("organization.chart", &[("name", &name)]);
        Hierarchy {
            title: &title,
            above,
            here: self.branch(at, self.branches(at)),
        }
        .svg()
    }

    fn branch(&self, at: OrganizationIx, branches: Vec<Branch>) -> Branch {
        let organization = &self.publication.organizations[at];
        let Label { text: name, lang } = self.label(&organization.name);
        Branch {
            name,
            lang,
            // Pages of organisations lie in folders side by side.
            url: Some(format!("../{}/index.html", organization.id)),
            branches,
        }
    }

    /// Its units, then the organisations that belong to it.
    fn branches(&self, at: OrganizationIx) -> Vec<Branch> {
        let organizations = &self.publication.organizations;
        let mut branches = self.unit_branches(&organizations[at].units);
        let children = organizations
            .entries()
            .filter(|(_, o)| o.parent == Some(at));
        branches.extend(children.map(|(child, _)| self.branch(child, self.branches(child))));
        branches
    }

    fn unit_branches(&self, units: &[Unit]) -> Vec<Branch> {
        let branch = |unit: &Unit| {
            let Label { text: name, lang } = self.label(&unit.name);
            Branch {
                name,
                lang,
                url: None,
                branches: self.unit_branches(&unit.units),
            }
        };
        units.iter().map(branch).collect()
    }

    fn children(&self, at: OrganizationIx) -> Vec<OrganizationNode> {
        self.publication
            .organizations
            .entries()
            .filter(|(_, child)| child.parent == Some(at))
            .map(|(child, _)| OrganizationNode {
                organization: self.organization_in_full(child),
                children: self.children(child),
            })
            .collect()
    }

    fn units(&self, units: &[Unit]) -> Vec<UnitNode> {
        units
            .iter()
            .map(|unit| UnitNode {
                name: self.label(&unit.name),
                units: self.units(&unit.units),
            })
            .collect()
    }

    /// The KPIs an organisation or one of its units answers for, newest plan first.
    fn owned_kpis(&self, at: OrganizationIx) -> Printed {
        let owns = |owner: Option<&Owner>| owner.is_some_and(|owner| owner.organization == at);
        let mut scorecards: Vec<_> = self.publication.scorecards.entries().collect();
        scorecards.sort_by_key(|(_, scorecard)| Reverse(scorecard.period));
        let rows = scorecards.into_iter().flat_map(|(scorecard, entry)| {
            let kpis = entry
                .kpis
                .entries()
                .filter(|(_, kpi)| owns(kpi.owner.as_ref()));
            kpis.map(move |(kpi, _)| self.kpi_row(scorecard, kpi))
        });
        self.rows("kpi_row", rows)
    }

    /// The scorecards of an organisation as links, newest first.
    pub(super) fn years(&self, at: OrganizationIx, current: Option<ScorecardIx>) -> Vec<Link> {
        self.publication
            .heads_of(at)
            .rev()
            .map(|(ix, head)| Link {
                current: Some(ix) == current,
                ..self.link(
                    self.own(self.period(head.period)),
                    crate::site::plan::Subject::Map(ix),
                )
            })
            .collect()
    }
}
