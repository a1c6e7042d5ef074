//! `content/organizations.yaml`.

use super::shared::{LinkEntry, LocalText, TextOr};
use crate::entry;
use crate::model::colour::Colour;
use crate::source::span::At;

entry! {
    /// An organisation that publishes, owns or takes part.
    pub struct OrganizationEntry ("an organisation") {
        /// Its id: the folder of its scorecards, its address, its name in references.
        required id: At<String>,
        /// Its official name.
        required name: LocalText,
        /// The short name it goes by.
        optional short: LocalText,
        /// The id of the organisation it belongs to.
        optional parent: At<String>,
        /// Its units, outermost first.
        list units: TextOr<UnitEntry>,
        /// Its website and other links.
        list links: LinkEntry,
        /// The ground of the header on its pages: `"#rgb"` or `"#rrggbb"`, in quotes. Organisations below it that set none take it over.
        optional accent: At<Colour>,
        /// The picture in the header of its pages: an svg, png, jpg or webp file under content/. Organisations below it that set none take it over.
        optional logo: At<String>,
    }
}

entry! {
    /// A unit of an organisation.
    pub struct UnitEntry ("a unit") {
        /// Its id, for `owner: organisation/unit`.
        optional id: At<String>,
        /// Its name.
        required name: LocalText,
        /// The units under it.
        list units: TextOr<UnitEntry>,
    }
}
