//! Lists and pages of the site as a whole.

use schemars::JsonSchema;
use serde::Serialize;

use super::plan::ErratumRow;
use super::shared::{
    CascadeRow, Chart, Figure, ItemLink, Label, Link, Score, ScorecardCard, Section, StatusCount,
    StatusTag,
};
use crate::site::form::Printed;

/// `view` of the home page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HomeView {
    /// Scorecards by organisation, newest first; the site's own choice leads.
    pub organizations: Vec<OrganizationGroup>,
    /// KPIs of all scorecards by status.
    pub statuses: Vec<StatusCount>,
    /// The same as a bar, once any KPI can be judged.
    pub counts_chart: Option<Chart>,
    /// How many KPIs there are.
    pub kpis: usize,
    /// How many of them have a score.
    pub scored: usize,
    /// The last changes of all scorecards: rows of `change_row`.
    pub changes: Printed,
    /// Free pages.
    pub pages: Vec<Link>,
}

/// An organisation and its scorecards.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OrganizationGroup {
    /// The organisation.
    pub organization: Link,
    /// Its scorecards, newest first.
    pub scorecards: Vec<ScorecardCard>,
}

/// `view` of an organisation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OrganizationView {
    /// Its official name.
    pub name: Label,
    /// The short name it goes by.
    pub short: Option<Label>,
    /// The organisations it belongs to, outermost first.
    pub ancestors: Vec<Link>,
    /// The organisations that belong to it.
    pub children: Vec<OrganizationNode>,
    /// Its units.
    pub units: Vec<UnitNode>,
    /// Its place among those above and those that belong to it, as SVG.
    pub chart: Option<String>,
    /// Its scorecards, newest first.
    pub scorecards: Vec<ScorecardCard>,
    /// Themes it leads.
    pub leads: Vec<Seat>,
    /// Themes it takes part in.
    pub takes_part: Vec<Seat>,
    /// KPIs it is responsible for: rows of `kpi_row`.
    pub kpis: Printed,
    /// Its website and other links.
    pub links: Vec<Link>,
}

/// An organisation in the tree.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OrganizationNode {
    /// The organisation.
    pub organization: Link,
    /// Those that belong to it.
    pub children: Vec<Self>,
}

/// A unit in the tree.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnitNode {
    /// Its name.
    pub name: Label,
    /// The units under it.
    pub units: Vec<Self>,
}

/// A part in a theme.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Seat {
    /// The theme.
    pub theme: ItemLink,
    /// Whose scorecard it is.
    pub scorecard: Link,
}

/// `view` of the list of objectives and KPIs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KpiListView {
    /// KPIs by theme, the cross-cutting ones last: rows of `kpi_row`, or of
    /// `kpi_plan_row` where `plan_only`.
    pub themes: Vec<Section>,
    /// How many there are.
    pub total: usize,
    /// KPIs by status.
    pub statuses: Vec<StatusCount>,
    /// Whether the scorecard has neither targets nor results.
    pub plan_only: bool,
    /// The scorecard in its printed form.
    pub table_url: String,
}

/// `view` of the list of action plans.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionListView {
    /// Action plans by theme, the cross-cutting ones last: rows of `action_row`,
    /// or of `action_progress_row` where `has_progress`.
    pub themes: Vec<Section>,
    /// How many there are.
    pub total: usize,
    /// Whether any of them has milestones or a budget.
    pub has_progress: bool,
}

/// `view` of the status page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatusView {
    /// KPIs by status.
    pub statuses: Vec<StatusCount>,
    /// The same as a bar, once any KPI can be judged.
    pub counts_chart: Option<Chart>,
    /// How many KPIs there are.
    pub total: usize,
    /// The scorecard's score.
    pub score: Score,
    /// The statuses that any KPI has: the columns of both tables.
    pub columns: Vec<StatusTag>,
    /// One row for each theme.
    pub themes: Vec<StatusRow>,
    /// One row for each perspective.
    pub perspectives: Vec<StatusRow>,
    /// KPIs whose result is overdue: rows of `kpi_row`.
    pub late: Printed,
    /// KPIs that missed their target, worst score first: rows of `kpi_row`.
    pub missed: Printed,
    /// KPIs whose official status is another than the computed one.
    pub contradictions: Vec<Contradiction>,
}

/// A row of counts by status.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatusRow {
    /// The theme or perspective.
    pub item: ItemLink,
    /// One count for each column.
    pub counts: Vec<usize>,
    /// How many KPIs there are.
    pub total: usize,
    /// Its score.
    pub score: Score,
}

/// A status that the publisher states otherwise.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contradiction {
    /// The KPI.
    pub kpi: ItemLink,
    /// The period.
    pub period: String,
    /// The publisher's words.
    pub official: String,
    /// The computed status.
    pub computed: StatusTag,
}

/// `view` of the cascade.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CascadeView {
    /// The scorecard above.
    pub parent: Option<Link>,
    /// What this scorecard contributes to.
    pub contributes: Vec<CascadeRow>,
    /// What contributes to this scorecard.
    pub receives: Vec<CascadeRow>,
}

/// `view` of the changes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangesView {
    /// Newest first: rows of `change_row`.
    pub changes: Printed,
    /// How many there are.
    pub total: String,
    /// Whether older ones are left out that were never revised.
    pub cut: bool,
    /// Those that made a target easier.
    pub eased: usize,
    /// Those that made a target harder.
    pub tightened: usize,
    /// The feed.
    pub feed: String,
    /// The register of goalposts as a table, to download.
    pub table: String,
    /// What it is made from, and so what it cannot tell.
    pub heard: String,
    /// Its entries, by kind.
    pub register: Vec<RegisterGroup>,
    /// Scores under the first target beside those of today.
    pub originals: Vec<OriginalRow>,
}

/// The entries of the register of one kind.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RegisterGroup {
    /// `gone`, `target`, `baseline`, `scale`, `rule`, `definition`, `weight`, `name` or
    /// `result`.
    pub key: String,
    /// The word for it.
    pub heading: String,
    /// How many there are.
    pub total: String,
    /// Whether older ones are left out.
    pub is_cut: bool,
    /// Newest first: rows of `register_row`.
    pub rows: Printed,
}

/// A KPI whose target was another at first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OriginalRow {
    /// The KPI.
    pub kpi: ItemLink,
    /// The period that its headline speaks of.
    pub period: String,
    /// The first target.
    pub original: Figure,
    /// The target of today.
    pub target: Option<Figure>,
    /// The score under the first target.
    pub original_score: Option<String>,
    /// The score of today.
    pub score: Option<String>,
}

/// `view` of the errata.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrataView {
    /// Corrected wording.
    pub corrected: Vec<ErratumRow>,
    /// Doubtful wording, shown as published.
    pub doubtful: Vec<ErratumRow>,
}

/// `view` of the downloads.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DataView {
    /// The files.
    pub files: Vec<DataRow>,
    /// The SHA-256 of the lines `hash  name` of all of them, in the order of their
    /// names, which stands for all data of the scorecard.
    pub root: String,
}

/// A file to download.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DataRow {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// What it holds.
    pub description: String,
    /// Its format.
    pub format: String,
    /// Its size in bytes, as shown.
    pub bytes: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its columns.
    pub fields: Vec<FieldRow>,
}

/// A column of a table of data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FieldRow {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub description: String,
}

/// `view` of the index.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SearchView {
    /// Everything with a code, by scorecard.
    pub scorecards: Vec<IndexGroup>,
    /// Organisations by name.
    pub organizations: Vec<Link>,
    /// Free pages.
    pub pages: Vec<Link>,
}

/// The codes of one scorecard.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IndexGroup {
    /// The scorecard.
    pub scorecard: Link,
    /// A name for the place on the page.
    pub anchor: String,
    /// By code: rows of `index_row`.
    pub items: Printed,
}

/// `view` of a page of prose: free pages, method, glossary, accessibility, 404.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ProseView {
    /// The text, as HTML; empty where the theme brings its own words.
    pub html: String,
    /// The language of the text, where it is not the page's.
    pub lang: Option<String>,
    /// Other pages of the same folder.
    pub siblings: Vec<Link>,
    /// Terms and what they mean (the glossary).
    pub terms: Vec<Term>,
}

/// A term and what it means.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Term {
    /// The term.
    pub term: String,
    /// What it means.
    pub meaning: String,
}
