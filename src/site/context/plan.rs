//! Pages of a scorecard: map, theme, objective, action plan, perspective, table.

use schemars::JsonSchema;
use serde::Serialize;

use super::shared::{
    ActionRow, CascadeRow, CauseRow, Chart, Count, Fact, Figure, Group, ItemLink, KpiRow, Label,
    Link, Score, Section, StatusCount, StatusTag,
};
use crate::site::form::Printed;

/// `view` of a strategy map.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of a template"
)]
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MapView {
    /// The plan's title.
    pub title: Label,
    /// The plan period.
    pub period: String,
    /// Themes, objectives, KPIs, action plans.
    pub counts: Vec<Count>,
    /// What the organisation is for, line by line.
    pub mission: Vec<Label>,
    /// What it wants to become, line by line.
    pub vision: Vec<Label>,
    /// Its core values.
    pub values: Vec<Label>,
    /// Narrative (`notes/overview.md`), as HTML.
    pub overview: Option<String>,
    /// Whether it has neither targets nor results.
    pub plan_only: bool,
    /// Whether it has KPIs at all.
    pub has_kpis: bool,
    /// KPIs by status.
    pub statuses: Vec<StatusCount>,
    /// The same as a bar, once any KPI can be judged.
    pub counts_chart: Option<Chart>,
    /// The scorecard's score.
    pub score: Score,
    /// The columns.
    pub themes: Vec<ThemeColumn>,
    /// The rows, top first.
    pub rows: Vec<MapRow>,
    /// Objectives that serve every theme.
    pub cross_cutting: Vec<ObjectiveCard>,
    /// The page of the cross-cutting objectives.
    pub cross_cutting_url: Option<String>,
    /// Whether any theme names who leads it or takes part.
    pub has_members: bool,
    /// Five themes or more: the compact form.
    pub compact: bool,
    /// Declared causes and effects.
    pub causes: Vec<CauseRow>,
    /// The same, effect by effect, each with its causes.
    pub effects: Vec<Group<CauseRow>>,
    /// The map with the declared causes and effects as lines, as SVG.
    pub picture: Option<String>,
    /// The whole map as a picture of its own.
    pub picture_url: String,
    /// Everything about the scorecard on one page; nothing for a very long one.
    pub edition_url: Option<String>,
    /// What this scorecard contributes to.
    pub contributes: Vec<CascadeRow>,
    /// What contributes to this scorecard.
    pub receives: Vec<CascadeRow>,
    /// How many misprints and doubts are listed.
    pub errata: usize,
    /// The page that lists them.
    pub errata_url: String,
    /// The last changes: rows of `change_row`.
    pub changes: Printed,
    /// The page of all changes.
    pub changes_url: String,
    /// The scorecard above.
    pub parent: Option<Link>,
}

/// A column of the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ThemeColumn {
    /// The theme.
    pub theme: ItemLink,
    /// Objectives, KPIs, action plans.
    pub counts: Vec<Count>,
    /// KPIs by status.
    pub statuses: Vec<StatusCount>,
    /// Its score.
    pub score: Score,
    /// Who leads it.
    pub lead: Vec<Link>,
    /// Who takes part.
    pub members: Vec<Link>,
}

/// A row of the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MapRow {
    /// The perspective.
    pub perspective: ItemLink,
    /// The question it answers.
    pub question: Option<Label>,
    /// One cell for each theme.
    pub cells: Vec<MapCell>,
}

/// A cell of the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MapCell {
    /// The theme.
    pub theme: ItemLink,
    /// Its objectives in this row; none leaves the cell empty.
    pub objectives: Vec<ObjectiveCard>,
    /// Whether they have objectives of the same theme above them to support.
    pub supports: bool,
}

/// An objective on the map.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ObjectiveCard {
    /// The objective.
    pub objective: ItemLink,
    /// The status that stands for its KPIs: the gravest of them.
    pub status: StatusTag,
    /// How many KPIs it has, in words; empty for none.
    pub kpis: String,
    /// KPIs by status.
    pub statuses: Vec<StatusCount>,
    /// Its score.
    pub score: Score,
    /// Whether its wording was corrected.
    pub corrected: bool,
}

/// `view` of a theme, and of the cross-cutting objectives.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ThemeView {
    /// Whether the scorecard has KPIs at all.
    pub has_kpis: bool,
    /// The theme.
    pub theme: ItemLink,
    /// A sentence about it.
    pub description: Option<Label>,
    /// Narrative, as HTML.
    pub note: Option<String>,
    /// Objectives, KPIs, action plans.
    pub counts: Vec<Count>,
    /// KPIs by status.
    pub statuses: Vec<StatusCount>,
    /// The same as a bar, once any KPI can be judged.
    pub counts_chart: Option<Chart>,
    /// Its score.
    pub score: Score,
    /// Who leads it.
    pub lead: Vec<Link>,
    /// Who takes part.
    pub members: Vec<Link>,
    /// Its objectives by perspective: rows of `objective_rows`.
    pub rows: Vec<Section>,
    /// Declared causes and effects among its objectives.
    pub causes: Vec<CauseRow>,
    /// The same, effect by effect, each with its causes.
    pub effects: Vec<Group<CauseRow>>,
    /// The same as a diagram, as SVG.
    pub relation: Option<String>,
    /// The wording as published, where it was corrected or is in doubt.
    pub erratum: Option<ErratumRow>,
}

/// An objective with everything that hangs from it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ObjectiveBlock {
    /// The objective.
    pub objective: ItemLink,
    /// Its KPIs, each with its action plans.
    pub kpis: Vec<KpiBlock>,
    /// How many rows it takes in a table: one for each action plan, at least one.
    pub rows: usize,
    /// Whether the scorecard has no KPIs at all, so that the table has one column.
    pub plain: bool,
}

/// A KPI with its figures and action plans, on the page of its objective.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KpiCard {
    /// The KPI.
    pub row: KpiRow,
    /// Its action plans.
    pub actions: Vec<ActionRow>,
}

/// A KPI with its action plans, in the table of the plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KpiBlock {
    /// The KPI.
    pub kpi: ItemLink,
    /// Where it stands.
    pub status: StatusTag,
    /// Its result.
    pub value: Option<Figure>,
    /// Its action plans.
    pub actions: Vec<ActionRow>,
    /// How many rows it takes in a table.
    pub rows: usize,
}

/// `view` of an objective.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ObjectiveView {
    /// The objective.
    pub objective: ItemLink,
    /// A sentence about it.
    pub description: Option<Label>,
    /// Narrative, as HTML.
    pub note: Option<String>,
    /// Its theme.
    pub theme: ItemLink,
    /// Its perspective.
    pub perspective: ItemLink,
    /// Who is responsible.
    pub owner: Option<Link>,
    /// Its score.
    pub score: Score,
    /// Its KPIs: cards of `kpi_card`.
    pub kpis: Printed,
    /// Objectives it is a declared cause of.
    pub supports: Vec<CauseRow>,
    /// Objectives that are its declared causes.
    pub supported_by: Vec<CauseRow>,
    /// What it contributes to.
    pub contributes: Vec<CascadeRow>,
    /// What contributes to it.
    pub receives: Vec<CascadeRow>,
    /// Changes of its KPIs, newest first: rows of `change_row`.
    pub changes: Printed,
    /// The page of all changes, where these are only the newest and the revisions.
    pub more_changes: Option<String>,
    /// The wording as published, where it was corrected or is in doubt.
    pub erratum: Option<ErratumRow>,
}

/// `view` of an action plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionView {
    /// The action plan.
    pub row: ActionRow,
    /// A sentence about it.
    pub description: Option<Label>,
    /// Narrative, as HTML.
    pub note: Option<String>,
    /// The objective its KPI measures.
    pub objective: ItemLink,
    /// Owner, dates, budget: what is stated and what is not.
    pub facts: Vec<Fact>,
    /// Its milestones.
    pub milestones: Vec<MilestoneRow>,
    /// The same on a line of time, once any has a day.
    pub timeline: Option<Chart>,
    /// Share of milestones that should be done by now.
    pub planned: Option<String>,
    /// Documents about it.
    pub documents: Vec<Link>,
    /// The wording as published, where it was corrected or is in doubt.
    pub erratum: Option<ErratumRow>,
}

/// A milestone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MilestoneRow {
    /// Its name.
    pub name: Label,
    /// The day it is due.
    pub due: Option<String>,
    /// The day it was done.
    pub done: Option<String>,
    /// `done`, `late`, `due` or `open`.
    pub state: String,
    /// The word for that.
    pub word: String,
    /// Its share of the whole, as a percentage.
    pub weight: String,
}

/// `view` of a perspective.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PerspectiveView {
    /// Whether the scorecard has KPIs at all.
    pub has_kpis: bool,
    /// The perspective.
    pub perspective: ItemLink,
    /// The question it answers.
    pub question: Option<Label>,
    /// The mean of its objectives.
    pub score: Score,
    /// Its objectives by theme: rows of `objective_rows`.
    pub themes: Vec<Section>,
}

/// `view` of the whole scorecard as planners print it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TableView {
    /// Whether the scorecard has KPIs at all.
    pub has_kpis: bool,
    /// The plan's title.
    pub title: Label,
    /// The plan period.
    pub period: String,
    /// One table for each theme, the cross-cutting objectives last: rows of
    /// `objective_rows`.
    pub themes: Vec<Section>,
    /// Whether it has neither targets nor results.
    pub plan_only: bool,
}

/// A misprint or doubt.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErratumRow {
    /// What it is about.
    pub item: ItemLink,
    /// Which field of it: `name`, `lead` or `members`.
    pub field: String,
    /// The word for that field.
    pub field_word: String,
    /// As published.
    pub published: String,
    /// As shown; none for a doubt.
    pub corrected: Option<String>,
    /// What a doubtful wording may have been.
    pub suspected: Option<Label>,
    /// `high`, `medium`, `low` or empty.
    pub confidence: String,
    /// The word for that.
    pub confidence_word: String,
    /// Why.
    pub reason: Option<Label>,
}
