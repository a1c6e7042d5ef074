//! Organisations and their units.

use super::arena::OrganizationIx;
use super::look::Look;
use super::settings::Link;
use super::text::Text;
use crate::span::Span;

/// An organisation.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its id, also its folder and address.
    pub id: String,
    /// Its official name.
    pub name: Text,
    /// The short name it goes by.
    pub short: Option<Text>,
    /// The organisation it belongs to.
    pub parent: Option<OrganizationIx>,
    /// Its units.
    pub units: Vec<Unit>,
    /// Its links.
    pub links: Vec<Link>,
    /// Its accent and logo, where it sets them itself.
    pub look: Look,
    /// Where it is written.
    pub span: Span,
}

impl Organization {
    /// The short name where there is one, else the name.
    #[must_use]
    pub fn short_name(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.name)
    }
}

/// A unit of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id inside the organisation.
    pub id: Option<String>,
    /// Its name.
    pub name: Text,
    /// The units under it.
    pub units: Vec<Self>,
}

impl Unit {
    /// The unit with that id among some, at any depth.
    #[must_use]
    pub fn find<'a>(units: &'a [Self], id: &str) -> Option<&'a Self> {
        units.iter().find_map(|unit| {
            if unit.id.as_deref() == Some(id) {
                Some(unit)
            } else {
                Self::find(&unit.units, id)
            }
        })
    }
}

/// Who is responsible: an organisation, or one of its units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The organisation.
    pub organization: OrganizationIx,
    /// The unit's name.
    pub unit: Option<Text>,
}
