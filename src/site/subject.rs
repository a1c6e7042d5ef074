//! What pages are about, and the address of each.

use crate::model::Publication;
use crate::model::arena::{
    ActionIx, KpiIx, ObjectiveIx, OrganizationIx, PerspectiveIx, ScorecardIx, ThemeIx,
};
use crate::span::Span;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The site.
    Home,
    /// An organisation.
    Organization(OrganizationIx),
    /// A scorecard: its strategy map.
    Map(ScorecardIx),
    /// A theme.
    Theme(ScorecardIx, ThemeIx),
    /// The objectives that serve every theme.
    CrossCutting(ScorecardIx),
    /// An objective.
    Objective(ScorecardIx, ObjectiveIx),
    /// A KPI.
    Kpi(ScorecardIx, KpiIx),
    /// An action plan.
    Action(ScorecardIx, ActionIx),
    /// A perspective.
    Perspective(ScorecardIx, PerspectiveIx),
    /// The whole scorecard as planners print it.
    Table(ScorecardIx),
    /// The list of objectives and KPIs.
    KpiList(ScorecardIx),
    /// The list of action plans.
    ActionList(ScorecardIx),
    /// Counts by status.
    Status(ScorecardIx),
    /// Everything about a scorecard on one page.
    Edition(ScorecardIx),
    /// What it contributes to, and what contributes to it.
    Cascade(ScorecardIx),
    /// What changed.
    Changes(ScorecardIx),
    /// Published and corrected wording.
    Errata(ScorecardIx),
    /// Downloads.
    Data(ScorecardIx),
    /// The index by code and by name.
    Search,
    /// How statuses and scores are worked out.
    Method,
    /// What the words mean.
    Glossary,
    /// How accessible the site is.
    Accessibility,
    /// No such page.
    NotFound,
    /// A page written in Markdown.
    Free(usize),
}

impl Subject {
    /// The scorecard it belongs to.
    #[must_use]
    pub const fn scorecard(self) -> Option<ScorecardIx> {
        match self {
            Self::Map(at)
            | Self::Theme(at, _)
            | Self::CrossCutting(at)
            | Self::Objective(at, _)
            | Self::Kpi(at, _)
            | Self::Action(at, _)
            | Self::Perspective(at, _)
            | Self::Table(at)
            | Self::KpiList(at)
            | Self::ActionList(at)
            | Self::Status(at)
            | Self::Edition(at)
            | Self::Cascade(at)
            | Self::Changes(at)
            | Self::Errata(at)
            | Self::Data(at) => Some(at),
            _ => None,
        }
    }

    /// The address in the default language, relative to the root of the site.
    #[must_use]
    pub fn path(self, publication: &Publication) -> String {
        let of = |at: ScorecardIx| &publication.scorecards[at];
        // Put together by hand: every link of every page asks for one.
        let inside = |at: ScorecardIx, name: &str| {
            [publication.scorecards.head(at).path, "/", name, ".html"].concat()
        };
        match self {
            Self::Home => "index.html".to_owned(),
            Self::Organization(at) => format!("{}/index.html", publication.organizations[at].id),
            Self::Map(at) => inside(at, "index"),
            Self::Theme(at, ix) => inside(at, of(at).themes[ix].code.as_str()),
            Self::CrossCutting(at) => inside(at, "T"),
            Self::Objective(at, ix) => inside(at, of(at).objectives[ix].code.as_str()),
            Self::Kpi(at, ix) => inside(at, of(at).kpis[ix].code.as_str()),
            Self::Action(at, ix) => inside(at, of(at).actions[ix].code.as_str()),
            Self::Perspective(at, ix) => {
                format!(
                    "{}/perspectives/{}.html",
                    publication.scorecards.head(at).path,
                    of(at).perspectives[ix].code
                )
            }
            Self::Table(at) => inside(at, "scorecard"),
            Self::KpiList(at) => inside(at, "kpis"),
            Self::ActionList(at) => inside(at, "actions"),
            Self::Status(at) => inside(at, "status"),
            Self::Edition(at) => inside(at, "edition"),
            Self::Cascade(at) => inside(at, "cascade"),
            Self::Changes(at) => inside(at, "changes"),
            Self::Errata(at) => inside(at, "errata"),
            Self::Data(at) => inside(at, "data"),
            Self::Search => "search.html".to_owned(),
            Self::Method => "method.html".to_owned(),
            Self::Glossary => "glossary.html".to_owned(),
            Self::Accessibility => "accessibility.html".to_owned(),
            Self::NotFound => "404.html".to_owned(),
            Self::Free(at) => publication
                .pages
                .get(at)
                .map_or_else(String::new, |p| format!("{}.html", p.path)),
        }
    }

    /// Where the subject is written.
    #[must_use]
    pub fn span(self, publication: &Publication) -> Option<Span> {
        let of = |at: ScorecardIx| &publication.scorecards[at];
        match self {
            Self::Organization(at) => Some(publication.organizations[at].span),
            Self::Theme(at, ix) => Some(of(at).themes[ix].span),
            Self::Objective(at, ix) => Some(of(at).objectives[ix].span),
            Self::Kpi(at, ix) => Some(of(at).kpis[ix].span),
            Self::Action(at, ix) => Some(of(at).actions[ix].span),
            Self::Perspective(at, ix) => of(at).perspectives[ix].span.or(Some(of(at).title_span)),
            Self::Free(at) => {
                let version = publication
                    .pages
                    .get(at)
                    .and_then(|page| page.versions.first());
                version.map(|version| Span::start_of(version.file))
            }
            _ => self.scorecard().map(|at| of(at).title_span),
        }
    }
}
