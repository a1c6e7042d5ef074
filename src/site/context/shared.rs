//! Pieces that many pages show.

use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::Phrase;
use crate::site::form::Printed;

/// Words in some language.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Their language, where it is not the page's.
    pub lang: Option<String>,
}

impl Label {
    /// The words and their language, for a picture.
    #[must_use]
    pub fn phrase(&self) -> Phrase<'_> {
        Phrase {
            text: &self.text,
            lang: self.lang.as_deref(),
        }
    }
}

/// A named link inside or outside the site.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Link {
    /// Its words.
    pub label: Label,
    /// Its address: relative to the root of the site (put `page.root` before
    /// it), or a whole address where `outside` is true.
    pub url: String,
    /// Whether it leaves the site.
    pub outside: bool,
    /// Whether it is the page itself.
    pub current: bool,
}

/// Something with a code and a page.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ItemLink {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Label,
    /// Its address, relative to the root of the site.
    pub url: String,
    /// The letter of its theme, lower case, for its hue; `t` when it serves every theme.
    pub hue: String,
}

/// A status: key for shape and colour, word for everybody.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct StatusTag {
    /// `met`, `near`, `missed`, `no_target`, `not_due`, `late`, `withheld`,
    /// `not_collected`, `discontinued` or `none`.
    pub key: &'static str,
    /// Its word.
    pub word: String,
    /// What it means, in a sentence.
    pub meaning: String,
}

/// A status and how many have it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatusCount {
    /// The status.
    pub status: StatusTag,
    /// How many.
    pub count: usize,
}

/// A number with its unit, written for a reader.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Figure {
    /// The number, level or word.
    pub text: String,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// Whether the unit follows without a space (`%`).
    pub tight: bool,
}

/// A composite score.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Score {
    /// The score to one decimal; empty where there is none.
    pub text: String,
    /// `scored`, `no_data` or `insufficient`.
    pub state: String,
    /// The share of weight that has a score, as a percentage.
    pub coverage: String,
    /// How many children have a score.
    pub scored: usize,
    /// How many there are.
    pub children: usize,
    /// The score with equal weights, where it differs.
    pub equal_weights: Option<String>,
    /// The score with missing children at 0, where it differs.
    pub missing_as_zero: Option<String>,
}

/// One row of a definition list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Fact {
    /// What it is.
    pub term: String,
    /// What is stated, or that nothing is.
    pub value: Label,
    /// Whether the source states it.
    pub stated: bool,
    /// Where more is told: relative to the root of the site, or a whole address
    /// where `outside` is true.
    pub url: Option<String>,
    /// Whether that leaves the site.
    pub outside: bool,
}

/// Counts of a plan: what was found, and what the plan states of itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Count {
    /// What is counted.
    pub label: String,
    /// How many there are.
    pub found: usize,
    /// How many the plan states, where it does; always the same number.
    pub stated: Option<usize>,
    /// The list of them.
    pub url: String,
}

/// A group of something under a heading.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "GroupOf{T}")]
pub struct Group<T> {
    /// The heading.
    pub heading: ItemLink,
    /// What stands under it.
    pub items: Vec<T>,
}

/// Printed rows under a heading.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Section {
    /// The heading.
    pub heading: ItemLink,
    /// The rows.
    pub rows: Printed,
}

/// One row of a list of KPIs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KpiRow {
    /// The KPI.
    pub kpi: ItemLink,
    /// Its objective.
    pub objective: ItemLink,
    /// The period the figures are for.
    pub period: String,
    /// `plan`, `latest`, `to_date` or `open`.
    pub scope: String,
    /// The result.
    pub value: Option<Figure>,
    /// The target.
    pub target: Option<Figure>,
    /// The score, to one decimal.
    pub score: Option<String>,
    /// Where it stands.
    pub status: StatusTag,
    /// The small bullet chart, as SVG; empty where there is nothing to draw.
    pub bullet: String,
    /// The values over time as a small line, as SVG; empty for fewer than three.
    pub spark: String,
    /// Which way it moved: `improving`, `steady`, `worsening` or empty.
    pub trend: String,
    /// The word for that.
    pub trend_word: String,
    /// Who is responsible.
    pub owner: Option<Link>,
}

/// One row of a list of action plans.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionRow {
    /// The action plan.
    pub action: ItemLink,
    /// The KPI it serves.
    pub kpi: ItemLink,
    /// Who is responsible.
    pub owner: Option<Link>,
    /// Its last day.
    pub end: Option<String>,
    /// `done`, `on_track`, `behind` or `unstated`.
    pub progress: String,
    /// The word for that.
    pub progress_word: String,
    /// Share done, as a percentage.
    pub completion: Option<String>,
    /// Budget used, as a percentage.
    pub budget_used: Option<String>,
    /// Milestones due and not done.
    pub overdue: usize,
}

/// One change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangeRow {
    /// The day, as shown; empty where none is stated.
    pub date: String,
    /// The day as `2022-03-15`.
    pub datetime: Option<String>,
    /// The KPI; nothing on its own page.
    pub kpi: Option<ItemLink>,
    /// What changed, in words.
    pub text: String,
    /// `eased`, `tightened`, `moved`, `confirmed`, `revised`, `renamed` or empty.
    pub mark: String,
    /// The word for that.
    pub mark_word: String,
    /// Why a target changed, or a note on a result, in the publisher's words.
    pub reason: Option<String>,
    /// The word before it.
    pub reason_word: String,
    /// The place in the sources.
    pub source: SourceLine,
}

/// An entry of the register of goalposts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RegisterRow {
    /// The day, as shown; empty where none is known.
    pub date: String,
    /// The day as `2022-03-15`.
    pub datetime: Option<String>,
    /// What it is about; of a KPI that is gone its last page, where it has one;
    /// nothing on its own page.
    pub item: Option<ItemLink>,
    /// Its code, for what has no page any more.
    pub code: String,
    /// Its name, for what has no page any more.
    pub name: String,
    /// What was moved, in words.
    pub text: String,
    /// `eased`, `tightened`, `moved`, `confirmed`, `gone` or empty.
    pub mark: String,
    /// The word for that.
    pub mark_word: String,
    /// Where it was seen, in words.
    pub seen: String,
    /// The score under what was said before beside the one of today, where it is another.
    pub scores: Option<String>,
    /// The commit it was seen in, where that was in the history.
    pub commit: Option<CommitLink>,
    /// Where it is written today.
    pub source: Option<SourceLine>,
    /// Why, in the publisher's words.
    pub reason: Option<String>,
}

/// A place in the sources.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct SourceLine {
    /// The file, relative to the root of the sources.
    pub path: String,
    /// The line.
    pub line: usize,
    /// Its address in the repository, where the site names one.
    pub url: Option<String>,
    /// The commit that set it, where the history of the sources tells.
    pub commit: Option<CommitLink>,
    /// Why no commit is told, where there is a history.
    pub uncertain: Option<String>,
}

/// A commit of the sources.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct CommitLink {
    /// The first digits of its hash.
    pub short: String,
    /// Its address in the repository, where that is known.
    pub url: Option<String>,
    /// The day its author wrote it, as shown; empty where that is none.
    pub date: String,
    /// The day as `2022-03-15`.
    pub datetime: Option<String>,
}

/// A declared cause-and-effect link.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CauseRow {
    /// The cause.
    pub cause: ItemLink,
    /// The effect.
    pub effect: ItemLink,
    /// Why.
    pub because: Option<Label>,
}

/// A contribution across scorecards.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CascadeRow {
    /// What contributes.
    pub from: ItemLink,
    /// Whose scorecard that is.
    pub from_scorecard: Link,
    /// What it contributes to.
    pub to: ItemLink,
    /// The code that the plan names.
    pub named: String,
    /// Whether the plan above publishes exactly what was named.
    pub exact: bool,
    /// Whose scorecard that is.
    pub to_scorecard: Link,
}

/// A scorecard in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ScorecardCard {
    /// Its title.
    pub title: Label,
    /// Its address.
    pub url: String,
    /// Its period.
    pub period: String,
    /// Whose it is.
    pub organization: Link,
    /// Themes, objectives, KPIs, action plans.
    pub counts: Vec<Count>,
    /// KPIs by status; statuses nobody has are left out.
    pub statuses: Vec<StatusCount>,
    /// Its score.
    pub score: Score,
    /// Whether it has neither targets nor results.
    pub plan_only: bool,
}

/// A chart with its words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Chart {
    /// What it says, in a sentence.
    pub headline: String,
    /// What is drawn, unit and axis.
    pub caption: String,
    /// The caption in parts, each with its language.
    pub captions: Vec<Label>,
    /// The chart, as SVG.
    pub svg: String,
}

impl Chart {
    /// A chart whose caption is in parts.
    #[must_use]
    pub fn new(headline: String, captions: Vec<Label>, svg: String) -> Self {
        Self {
            headline,
            caption: captions.iter().map(|part| part.text.as_str()).collect(),
            captions,
            svg,
        }
    }
}
