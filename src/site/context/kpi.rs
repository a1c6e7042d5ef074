//! The page of a KPI.

use schemars::JsonSchema;
use serde::Serialize;

use super::plan::ErratumRow;
use super::shared::{
    ActionRow, CascadeRow, Chart, Fact, Figure, ItemLink, Label, SourceLine, StatusTag,
};
use crate::site::form::Printed;

/// `view` of a KPI.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KpiView {
    /// The KPI.
    pub kpi: ItemLink,
    /// Its objective.
    pub objective: ItemLink,
    /// Its perspective.
    pub perspective: ItemLink,
    /// The question it answers.
    pub question: Option<Label>,
    /// What a reader sees first.
    pub headline: Headline,
    /// The bullet chart and its caption, where there is something to draw.
    pub bullet: Option<Chart>,
    /// The trend chart and its caption.
    pub trend: Option<Chart>,
    /// The chart as a picture of its own, where there is a number to draw.
    pub picture_url: Option<String>,
    /// Period by period, newest first: rows of `period_row`.
    pub periods: Printed,
    /// Year by year across scorecards, newest first: rows of `period_row`, none
    /// without a stable id.
    pub years: Printed,
    /// Definition, unit, target, frequency, owner, …
    pub facts: Vec<Fact>,
    /// The score, step by step.
    pub working: Vec<Step>,
    /// Narrative, as HTML.
    pub note: Option<String>,
    /// What changed, newest first: rows of `change_row`.
    pub changes: Printed,
    /// What was changed between years or in the history of the sources: rows of
    /// `register_row`.
    pub moved: Printed,
    /// The action plans that serve it.
    pub actions: Vec<ActionRow>,
    /// What it contributes to.
    pub contributes: Vec<CascadeRow>,
    /// What contributes to it.
    pub receives: Vec<CascadeRow>,
    /// The wording as published, where it was corrected or is in doubt.
    pub erratum: Option<ErratumRow>,
    /// Statuses that the page shows, explained.
    pub legend: Vec<StatusTag>,
}

/// The headline of a KPI.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Headline {
    /// The period the figure is for.
    pub period: String,
    /// Which period that is, in words: the plan period, the latest, to date.
    pub scope: String,
    /// The result.
    pub value: Option<Figure>,
    /// The target of that period.
    pub target: Option<Figure>,
    /// Where it stands.
    pub status: StatusTag,
    /// The named level of its score, where the plan names levels.
    pub level: Option<Label>,
    /// The score, to one decimal.
    pub score: Option<String>,
    /// The gap to the target, in words.
    pub gap: Option<String>,
    /// The step from the period before, in words.
    pub step: Option<String>,
    /// Which way it moved, in a word.
    pub trend: Option<String>,
    /// What is missing, in a sentence, when there is no result.
    pub missing: Option<String>,
    /// The publisher's note on the figure.
    pub note: Option<String>,
    /// Whether the figure may still change.
    pub provisional: bool,
    /// The publisher's own status, in its words.
    pub official_status: Option<String>,
    /// The score under the first target, where that was another.
    pub original_score: Option<String>,
    /// The first target, where it was another.
    pub original_target: Option<Figure>,
    /// The line that set the figure.
    pub source: Option<SourceLine>,
}

/// One period of a KPI.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PeriodRow {
    /// The period.
    pub period: String,
    /// The page it comes from, where that is another scorecard's.
    pub url: Option<String>,
    /// The result.
    pub value: Option<Figure>,
    /// How it came about, in a word, when it was not simply published.
    pub basis: Option<String>,
    /// The target.
    pub target: Option<Figure>,
    /// The gap, signed.
    pub gap: Option<String>,
    /// The score, to one decimal.
    pub score: Option<String>,
    /// Where it stands.
    pub status: StatusTag,
    /// Whether it may still change.
    pub provisional: bool,
    /// The publisher's own status.
    pub official_status: Option<String>,
    /// The publisher's note.
    pub note: Option<String>,
    /// The publisher's source of the figure.
    pub source: Option<String>,
    /// Whether a new series begins here.
    pub starts_series: bool,
    /// The line that set the figure.
    pub line: Option<SourceLine>,
}

/// A step of a working.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Step {
    /// What is worked out.
    pub term: String,
    /// How, with the numbers in it.
    pub text: String,
    /// What comes out.
    pub result: String,
}
