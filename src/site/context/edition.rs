//! The edition: the views of a scorecard's pages, in the order of the plan.

use schemars::JsonSchema;
use serde::Serialize;

use super::kpi::KpiView;
use super::lists::{ChangesView, ErrataView};
use super::plan::{ActionView, MapView, ObjectiveView, ThemeView};
use super::shared::ItemLink;

/// `view` of the edition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionView {
    /// The strategy map.
    pub map: MapView,
    /// The themes, the cross-cutting objectives last.
    pub themes: Vec<EditionTheme>,
    /// What changed.
    pub changes: ChangesView,
    /// Published and corrected wording.
    pub errata: ErrataView,
}

/// A theme of an edition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionTheme {
    /// The theme.
    pub theme: ThemeView,
    /// Its objectives.
    pub objectives: Vec<EditionObjective>,
}

/// An objective of an edition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionObjective {
    /// The objective.
    pub objective: ObjectiveView,
    /// Its KPIs.
    pub kpis: Vec<EditionKpi>,
}

/// A KPI of an edition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionKpi {
    /// The KPI.
    pub kpi: KpiView,
    /// Its code and name.
    pub name: ItemLink,
    /// The action plans that serve it.
    pub actions: Vec<ActionView>,
}
