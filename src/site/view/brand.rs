//! The accent and the logo of a page's header.

use crate::model::arena::OrganizationIx;
use crate::site::plan::Subject;
use crate::site::press::Press;

impl Press<'_> {
    /// The class that brings the accent of the page's organisation.
    pub(super) fn brand(&self, subject: Subject) -> Option<String> {
        let organization = self.organization_of(subject);
        self.brands.class(self.publication, organization)
    }

    /// Its logo, relative to the root of the site.
    pub(super) fn logo(&self, subject: Subject) -> Option<String> {
        let logo = self.publication.logo(self.organization_of(subject))?;
        Some(self.address(logo).0)
    }

    /// The organisation a page belongs to.
    fn organization_of(&self, subject: Subject) -> Option<OrganizationIx> {
        match subject {
            Subject::Organization(at) => Some(at),
            other => other.scorecard().map(|at| self.scorecard(at).organization),
        }
    }
}
