//! What a site settles for all its scorecards.

use jiff::civil::Date;

use super::arena::OrganizationIx;
use super::lang::{LangId, Languages};
use super::look::Look;
use super::quantity::Quantity;
use super::text::Text;
use crate::keywords;
use crate::span::At;

keywords! {
    /// The calendar of years.
    Calendar ("calendar") {
        /// Years of the common era.
        Gregorian = "gregorian",
        /// Years of the Republic of China: the common era's less 1911.
        Roc = "roc",
    }
}

keywords! {
    /// What a child without a score does to its parent's composite.
    Missing ("rule for missing scores") {
        /// It leaves the sum.
        Exclude = "exclude",
        /// It counts as 0.
        Zero = "zero",
        /// It leaves the parent without a score.
        Propagate = "propagate",
    }
}

keywords! {
    /// How codes are made.
    CodeScheme ("code scheme") {
        /// Theme, perspective, number.
        Strict = "strict",
        /// The publisher's own.
        Free = "free",
    }
}

keywords! {
    /// How sure a doubt about the source's wording is.
    Confidence ("confidence") {
        /// As good as certain.
        High = "high",
        /// Likely.
        Medium = "medium",
        /// Possible.
        Low = "low",
    }
}

keywords! {
    /// A level that a site gives to a rule.
    RuleLevelWord ("rule level") {
        /// Not reported.
        Allow = "allow",
        /// Reported as a warning.
        Warn = "warn",
        /// An error.
        Deny = "deny",
    }
}

/// The score from which a missed target is near, and named levels beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Inclusive lower bound of `near`, 0 to 100.
    pub near: Quantity,
    /// Named levels, highest first; empty where none are named.
    pub levels: Vec<BandLevel>,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            near: Quantity::whole(90),
            levels: Vec::new(),
        }
    }
}

/// A named level of score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandLevel {
    /// Its name.
    pub name: Text,
    /// Inclusive lower bound, 0 to 100.
    pub from: Quantity,
}

/// A label that says the figures are samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    /// In the theme's words.
    Plain,
    /// In the publisher's words.
    Words(Text),
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its SPDX id or the id it is known by.
    pub id: Option<String>,
    /// Its name.
    pub name: Text,
    /// Where its text is.
    pub url: Option<String>,
}

/// A named link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub name: Text,
    /// Its address.
    pub url: At<String>,
}

/// An accessibility badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The picture under `content/`.
    pub image: At<String>,
    /// What it says.
    pub alt: Text,
    /// Where it leads.
    pub url: Option<At<String>>,
}

/// Roll-up settings that a scorecard may refine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoringDefaults {
    /// Where statuses begin.
    pub bands: Bands,
    /// Share of weight, 0 to 1, that must have a score.
    pub minimum_coverage: Quantity,
    /// What a missing score does.
    pub missing: Missing,
    /// Days after a period's end before a missing result is late.
    pub reporting_days: u32,
}

impl Default for ScoringDefaults {
    fn default() -> Self {
        let two_thirds = Quantity::whole(2)
            .per(Quantity::whole(3))
            .unwrap_or(Quantity::ONE);
        Self {
            bands: Bands::default(),
            minimum_coverage: two_thirds,
            missing: Missing::Exclude,
            reporting_days: 0,
        }
    }
}

/// The settings of `site.yaml`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the site.
    pub title: Text,
    /// One sentence under it.
    pub tagline: Option<Text>,
    /// Who publishes it.
    pub publisher: Option<OrganizationIx>,
    /// Its address, ending in `/`.
    pub base_url: Option<String>,
    /// Its languages.
    pub languages: Languages,
    /// Languages without official standing.
    pub unofficial: Vec<LangId>,
    /// The calendar of years.
    pub calendar: Calendar,
    /// The first month of a fiscal year, 1 to 12.
    pub fiscal_year_start: i8,
    /// The licence of the content.
    pub licence: Option<Licence>,
    /// A mail address or issue tracker.
    pub contact: Option<String>,
    /// The address of a source line, with `{path}` and `{line}`.
    pub repository: Option<String>,
    /// The address of a commit, with `{commit}`.
    pub commit_url: Option<String>,
    /// The accent and logo of pages without an organisation, and of
    /// organisations that have none.
    pub look: Look,
    /// The theme's folder.
    pub theme: At<String>,
    /// The date the site speaks of, where it is stated.
    pub as_of: Option<Date>,
    /// Defaults of scoring.
    pub scoring: ScoringDefaults,
    /// The scorecard the home page shows first, as `organisation/period`.
    pub home: Option<At<String>>,
    /// Links of the footer's navigation.
    pub navigation: Vec<Link>,
    /// The conformance statement's address.
    pub accessibility_statement: Option<At<String>>,
    /// The accessibility badge.
    pub badge: Option<Badge>,
    /// The sample label of every page.
    pub sample: Option<Sample>,
}
