//! Everything a site publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::arena::{Arena, OrganizationIx, ScorecardIx};
use super::lang::LangId;
use super::organization::Organization;
use super::period::Years;
use super::prose::Outline;
use super::reach::Reaches;
use super::scorecard::Scorecard;
use super::settings::Settings;
use super::watch::{ByScorecard, Head};
use crate::span::{FileId, Span};

/// The model of a whole site.
#[derive(Clone, Debug)]
pub struct Publication {
    /// What the site settles for all.
    pub settings: Settings,
    /// Every organisation named.
    pub organizations: Arena<OrganizationIx, Organization>,
    /// Every scorecard, by organisation and then by period.
    pub scorecards: ByScorecard<Arc<Scorecard>>,
    /// What each has to do with the others.
    pub reach: Reaches,
    /// Free pages, by address.
    pub pages: Vec<FreePage>,
    /// Where scorecards are, by `organisation/period`.
    pub by_path: BTreeMap<String, ScorecardIx>,
    /// Folders whose scorecard could not be made, for a fault told where it is.
    pub lost: BTreeSet<String>,
    /// Files that pages may use, relative to `content/`.
    pub attachments: BTreeSet<String>,
}

impl Publication {
    /// How the years of this site run.
    #[must_use]
    pub const fn years(&self) -> Years {
        Years {
            calendar: self.settings.calendar,
            start: self.settings.fiscal_year_start,
        }
    }

    /// Whether a reference names a scorecard, or something in one, that could not be made.
    #[must_use]
    pub fn is_lost(&self, reference: &str) -> bool {
        self.lost
            .iter()
            .filter_map(|folder| reference.strip_prefix(folder.as_str()))
            .any(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The scorecards of an organisation, oldest first, by what their places say.
    #[must_use]
    pub fn heads_of(
        &self,
        organization: OrganizationIx,
    ) -> impl DoubleEndedIterator<Item = (ScorecardIx, Head<'_>)> {
        let all = self.scorecards.positions();
        all.map(|at| (at, self.scorecards.head(at)))
            .filter(move |(_, head)| head.organization == organization)
    }
}

/// A page written in Markdown.
#[derive(Clone, Debug)]
pub struct FreePage {
    /// Its address without language and extension: `about`, `guide/first`.
    pub path: String,
    /// Its language versions; the default language is always there.
    pub versions: Vec<FreePageVersion>,
    /// Its place among its neighbours.
    pub order: u32,
}

impl FreePage {
    /// The version a reader of `lang` gets.
    #[must_use]
    pub fn version(&self, lang: LangId) -> Option<&FreePageVersion> {
        self.versions
            .iter()
            .find(|v| v.lang == lang)
            .or_else(|| self.versions.first())
    }
}

/// One language of a free page.
#[derive(Clone, Debug)]
pub struct FreePageVersion {
    /// The language.
    pub lang: LangId,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// The file.
    pub file: FileId,
    /// The Markdown, after the front matter.
    pub body: Span,
    /// What is known of it.
    pub outline: Outline,
}
