//! How the header of a page looks: an accent and a logo, which an organisation
//! sets for itself and for those that belong to it.

use super::arena::OrganizationIx;
use super::colour::Colour;
use super::publication::Publication;
use crate::span::At;

/// An accent and a logo, each where it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The ground of the header.
    pub accent: Option<At<Colour>>,
    /// The picture in the header, a file under `content/`.
    pub logo: Option<At<String>>,
}

impl Publication {
    /// The accent of an organisation's pages; for `None`, of pages that belong
    /// to no organisation.
    #[must_use]
    pub fn accent(&self, of: Option<OrganizationIx>) -> Option<At<Colour>> {
        self.nearest_look(of, |look| look.accent.as_ref()).copied()
    }

    /// The logo of an organisation's pages; for `None`, of pages that belong
    /// to no organisation.
    #[must_use]
    pub fn logo(&self, of: Option<OrganizationIx>) -> Option<&At<String>> {
        self.nearest_look(of, |look| look.logo.as_ref())
    }

    /// Every look that is set anywhere: the site's, then the organisations'.
    pub fn looks(&self) -> impl Iterator<Item = &Look> {
        std::iter::once(&self.settings.look).chain(self.organizations.iter().map(|o| &o.look))
    }

    /// The organisation's own, else that of the organisation it belongs to, and
    /// so on, else the site's. Pages without an organisation take the site's,
    /// else that of the publisher, whose name their header shows.
    fn nearest_look<'a, T: ?Sized>(
        &'a self,
        of: Option<OrganizationIx>,
        part: impl Fn(&'a Look) -> Option<&'a T>,
    ) -> Option<&'a T> {
        let inherited = |from: Option<OrganizationIx>| {
            std::iter::successors(from, |at| self.organizations[*at].parent)
                .find_map(|at| part(&self.organizations[at].look))
        };
        let site = || part(&self.settings.look);
        match of {
            Some(_) => inherited(of).or_else(site),
            None => site().or_else(|| inherited(self.settings.publisher)),
        }
    }
}
