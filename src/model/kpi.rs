//! KPIs: what is measured, which way is better, and how it is scored.

use super::arena::{ActionIx, LevelIx, ObjectiveIx, Position};
use super::code::Code;
use super::ledger::{ResultRow, TargetRow};
use super::organization::Owner;
use super::places::Places;
use super::quantity::Quantity;
use super::settings::Bands;
use super::text::Text;
use crate::keywords;
use crate::message::Message;
use crate::say;
use crate::span::{At, Span};

keywords! {
    /// Which way is better.
    Direction ("direction", "`higher` where more is better, `lower` where less is, `between` for a range, `exactly` for one value, `yes_no` for what is done or not, `levels` for named levels") {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// Inside a range is best.
        Between = "between",
        /// One value is best.
        Exactly = "exactly",
        /// Yes is best.
        YesNo = "yes_no",
        /// Named levels, each with its score.
        Levels = "levels",
    }
}

keywords! {
    /// How often a KPI is measured, shortest first.
    Frequency ("frequency") {
        /// Every month.
        Month = "month",
        /// Every quarter.
        Quarter = "quarter",
        /// Every half year.
        Half = "half",
        /// Every year.
        Year = "year",
    }
}

impl Frequency {
    /// How often, in a sentence.
    #[must_use]
    pub fn often(self) -> Message {
        match self {
            Self::Month => say!("every month"),
            Self::Quarter => say!("every quarter"),
            Self::Half => say!("every half-year"),
            Self::Year => say!("every year"),
        }
    }
}

keywords! {
    /// How a period is made from its parts.
    Aggregate ("aggregate") {
        /// The last part's value.
        Last = "last",
        /// The sum.
        Sum = "sum",
        /// The mean.
        Mean = "mean",
        /// The smallest.
        Min = "min",
        /// The largest.
        Max = "max",
        /// The numerators' sum over the denominators'.
        Ratio = "ratio",
    }
}

keywords! {
    /// Whether a KPI shows what will come or what has been.
    Indicator ("kind of indicator") {
        /// It moves before the outcome.
        Leading = "leading",
        /// It shows the outcome.
        Lagging = "lagging",
    }
}

keywords! {
    /// The one scale that is a word.
    ProgressWord ("scale") {
        /// From baseline to target.
        Progress = "progress",
    }
}

/// Where the score reaches 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worst {
    /// On the one side that is worse.
    One(Quantity),
    /// On each side.
    Two(Quantity, Quantity),
}

/// How values become scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The direction's own anchors, around the target.
    Preset {
        /// Replaces the preset's zero points.
        worst: Option<Worst>,
    },
    /// From the baseline (0) to the target (100).
    Progress,
    /// Red flag (33⅓) and goal (66⅔).
    RedFlag {
        /// Scores a third.
        red_flag: Quantity,
        /// Scores two thirds.
        goal: Quantity,
    },
    /// The author's own anchors, values strictly increasing.
    Anchors(Vec<(Quantity, Quantity)>),
    /// Named levels with their scores, in the author's order.
    Levels(Vec<Level>),
}

/// A named level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its name, as results use it.
    pub name: String,
    /// Its score, 0 to 100.
    pub score: Quantity,
}

/// A key performance indicator.
#[derive(Clone, Debug)]
pub struct Kpi {
    /// Its code.
    pub code: Code,
    /// Its id across years, where it has one.
    pub id: Option<At<String>>,
    /// The objective it measures.
    pub objective: ObjectiveIx,
    /// Its name.
    pub name: Text,
    /// The question it answers.
    pub question: Option<Text>,
    /// What is measured.
    pub definition: Option<Text>,
    /// How it is worked out.
    pub formula: Option<Text>,
    /// Its unit.
    pub unit: Option<Text>,
    /// Decimal places of computed values.
    pub decimals: u32,
    /// Which way is better, where it is stated.
    pub direction: Option<Direction>,
    /// How values become scores.
    pub scale: Scale,
    /// The value before the plan.
    pub baseline: Option<Quantity>,
    /// How often it is measured; `None` means once per plan period.
    pub frequency: Option<Frequency>,
    /// How a period is made from its parts.
    pub aggregate: Aggregate,
    /// Whether the aggregate was stated.
    pub aggregate_stated: bool,
    /// What a ratio is multiplied by.
    pub per: Quantity,
    /// Its weight in its objective.
    pub weight: Quantity,
    /// Where its parts are written.
    pub places: Places,
    /// Its own bands.
    pub bands: Option<Bands>,
    /// Whether a share may pass 100 %.
    pub may_exceed: bool,
    /// Leading or lagging.
    pub indicator: Option<Indicator>,
    /// Who is responsible.
    pub owner: Option<Owner>,
    /// Where its figures come from.
    pub data_source: Option<Text>,
    /// The address of that source.
    pub data_url: Option<At<String>>,
    /// Days after a period's end before a missing result is late.
    pub reporting_days: Option<u32>,
    /// The action plans that serve it.
    pub actions: Vec<ActionIx>,
    /// Its targets, by period and then by date.
    pub targets: Vec<TargetRow>,
    /// Its results, by period and then by date.
    pub results: Vec<ResultRow>,
    /// Whether one of its keys could not be read, so that nothing can be said of
    /// its figures.
    pub doubtful: bool,
    /// Where it is written.
    pub span: Span,
}

impl Kpi {
    /// One of its levels, where its scale has any.
    #[must_use]
    pub fn level(&self, at: LevelIx) -> Option<&Level> {
        match &self.scale {
            Scale::Levels(levels) => levels.get(at.get()),
            _ => None,
        }
    }

    /// The name of one of its levels.
    #[must_use]
    pub fn level_name(&self, at: LevelIx) -> &str {
        self.level(at).map_or("", |level| level.name.as_str())
    }

    /// Whether its values are shares of a whole: percent or per mille.
    #[must_use]
    pub fn is_share(&self) -> bool {
        self.whole().is_some()
    }

    /// The value of the whole where the unit is a share: 100 for `%`, 1000 for `‰`.
    #[must_use]
    pub fn whole(&self) -> Option<Quantity> {
        match self.unit.as_ref()?.original().trim() {
            "%" | "％" => Some(Quantity::HUNDRED),
            "‰" => Some(Quantity::whole(1000)),
            _ => None,
        }
    }
}
