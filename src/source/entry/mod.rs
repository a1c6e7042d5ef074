//! What an author may write, file by file: the content format as types.

mod colour;
mod organization;
mod plan;
mod scorecard;
mod shared;
mod site;

pub use organization::{OrganizationEntry, UnitEntry};
pub use plan::{
    ActionEntry, BudgetEntry, DriveEntry, KpiEntry, MilestoneEntry, ObjectiveEntry, ScaleEntry,
    ThemeEntry, WorstEntry,
};
pub use scorecard::{
    ErratumEntry, ExpectsEntry, PerspectiveEntry, ScorecardEntry, SourceDocumentEntry,
};
pub use shared::{BandLevelEntry, BandsEntry, LinkEntry, LocalText, SampleEntry, TextOr};
pub use site::{AccessibilityEntry, BadgeEntry, LicenceEntry, PageFrontMatter, SiteEntry};
