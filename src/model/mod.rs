//! What a scorecard is. Nothing here reads files, checks rules or knows pages.

pub mod action;
pub mod address;
pub mod arena;
pub mod code;
pub mod colour;
pub mod doubt;
pub mod keyword;
pub mod kpi;
pub mod lang;
pub mod ledger;
pub mod link;
pub mod look;
pub mod near;
pub mod number;
pub mod organization;
pub mod period;
pub mod places;
pub mod prose;
pub mod publication;
pub mod quantity;
pub mod reach;
pub mod revision;
pub mod scale;
pub mod scorecard;
pub mod settings;
pub mod spelling;
pub mod text;
pub mod watch;
mod written;

pub use arena::{
    ActionIx, Arena, KpiIx, ObjectiveIx, OrganizationIx, PerspectiveIx, Position, ScorecardIx,
    ThemeIx,
};
pub use publication::Publication;
pub use scorecard::{Item, Scorecard};
