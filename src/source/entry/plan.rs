//! Themes, objectives, KPIs and action plans.

use serde_json::{Value, json};

use super::scorecard::ExpectsEntry;
use super::shared::{BandsEntry, LinkEntry, LocalText, TextOr};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::entry;
use crate::model::kpi::{Aggregate, Direction, Frequency, Indicator, ProgressWord};
use crate::model::quantity::Quantity;
use crate::say;
use crate::source::decode::{Decode, Definitions, OneOrMany, wrong_type};
use crate::source::span::{At, Span};
use crate::source::yaml::Node;

entry! {
    /// A strategic theme: a column of the map.
    pub struct ThemeEntry ("a theme") {
        /// Its code: one capital letter.
        required code: At<String>,
        /// Its name.
        required name: LocalText,
        /// A sentence about it.
        optional description: LocalText,
        /// Counts that the plan states of this theme.
        optional expects: ExpectsEntry,
        /// Organisations that lead it.
        optional lead: OneOrMany<At<String>>,
        /// Organisations that take part.
        optional members: OneOrMany<At<String>>,
        /// Its weight in the scorecard (default 1).
        optional weight: At<Quantity>,
        /// Its objectives.
        list objectives: ObjectiveEntry,
    }
}

entry! {
    /// A strategic objective.
    pub struct ObjectiveEntry ("an objective") {
        /// Its code: theme, perspective, number (`AC1`).
        required code: At<String>,
        /// Its name.
        required name: LocalText,
        /// A sentence about it.
        optional description: LocalText,
        /// The theme it belongs to, where place and code do not say so.
        optional theme: At<String>,
        /// The perspective it belongs to, where the code does not say so.
        optional perspective: At<String>,
        /// The organisation (or `organisation/unit`) responsible.
        optional owner: At<String>,
        /// Its weight in its theme (default 1).
        optional weight: At<Quantity>,
        /// Objectives it is a declared cause of.
        list drives: TextOr<DriveEntry>,
        /// What it contributes to: `organisation/period/code`.
        list contributes_to: At<String>,
        /// Its KPIs.
        list kpis: KpiEntry,
    }
}

entry! {
    /// A declared effect, with its reason.
    pub struct DriveEntry ("an effect") {
        /// The code of the objective that is the effect.
        required to: At<String>,
        /// Why the one should lead to the other.
        optional because: LocalText,
    }
}

entry! {
    /// A key performance indicator.
    pub struct KpiEntry ("a KPI") {
        /// Its code: the objective's, a dot, a number (`AC1.1`).
        required code: At<String>,
        /// A stable id, so that renaming and renumbering across years keep its history.
        optional id: At<String>,
        /// Its name.
        required name: LocalText,
        /// The question it answers, in plain words.
        optional question: LocalText,
        /// What exactly is measured.
        optional definition: LocalText,
        /// How it is worked out, in words or as a formula.
        optional formula: LocalText,
        /// The objective it belongs to, where place and code do not say so.
        optional objective: At<String>,
        /// Its unit (`%`, `人`, …); absent means not stated.
        optional unit: LocalText,
        /// Decimal places shown for computed values (default 1).
        optional decimals: At<u32>,
        /// Which way is better.
        optional direction: At<Direction>,
        /// The target for the plan period: a number, `low..high`, a level, or yes/no.
        optional target: At<String>,
        /// The value before the plan.
        optional baseline: At<Quantity>,
        /// Where the score reaches 0; two values for `between` and `exactly`.
        optional worst: WorstEntry,
        /// Anchors `[[value, score], …]`, `progress`, or `{red_flag, goal}`.
        optional scale: ScaleEntry,
        /// For `direction: levels`: `[[name, score], …]`.
        optional levels: ScaleEntry,
        /// How often it is measured.
        optional frequency: At<Frequency>,
        /// How a period is made from its parts.
        optional aggregate: At<Aggregate>,
        /// What a ratio is multiplied by (100 for `%`, 1000 for `‰`, else 1).
        optional per: At<Quantity>,
        /// Its weight in its objective (default 1).
        optional weight: At<Quantity>,
        /// Where statuses begin.
        optional bands: BandsEntry,
        /// Allows a share above 100 %.
        optional may_exceed: At<bool>,
        /// Leading or lagging.
        optional indicator: At<Indicator>,
        /// The organisation (or `organisation/unit`) responsible.
        optional owner: At<String>,
        /// Where its figures come from.
        optional data_source: LocalText,
        /// The address of that source.
        optional data_url: At<String>,
        /// Days after the end of a period in which its result may still be published without being late.
        optional reporting_days: At<u32>,
        /// What it contributes to: `organisation/period/code`.
        list contributes_to: At<String>,
        /// The action plans that serve it.
        list actions: ActionEntry,
    }
}

entry! {
    /// An action plan (initiative).
    pub struct ActionEntry ("an action plan") {
        /// Its code: the KPI's, a dot, a number (`AC1.1.1`).
        required code: At<String>,
        /// Its name.
        required name: LocalText,
        /// A sentence about it.
        optional description: LocalText,
        /// The KPI it serves, where place and code do not say so.
        optional kpi: At<String>,
        /// The organisation (or `organisation/unit`) responsible.
        optional owner: At<String>,
        /// Its first day.
        optional start: At<String>,
        /// Its last day.
        optional end: At<String>,
        /// Its milestones.
        list milestones: MilestoneEntry,
        /// Its money.
        optional budget: BudgetEntry,
        /// Its page elsewhere.
        optional url: At<String>,
        /// Documents about it.
        list documents: LinkEntry,
    }
}

entry! {
    /// A milestone of an action plan.
    pub struct MilestoneEntry ("a milestone") {
        /// Its name.
        required name: LocalText,
        /// The day it is due.
        optional due: At<String>,
        /// The day it was done.
        optional done: At<String>,
        /// Its weight (default 1).
        optional weight: At<Quantity>,
    }
}

entry! {
    /// The money of an action plan.
    pub struct BudgetEntry ("a budget") {
        /// Planned.
        optional planned: At<Quantity>,
        /// Spent so far.
        optional spent: At<Quantity>,
        /// The currency (`TWD`) or unit (`千元`).
        optional currency: At<String>,
    }
}

/// Where the score reaches 0: one value, or one on each side.
#[derive(Clone, Debug)]
pub enum WorstEntry {
    /// `worst: w`
    One(At<Quantity>),
    /// `worst: [a, b]`
    Two(At<Quantity>, At<Quantity>),
}

impl WorstEntry {
    /// Where it begins.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::One(worst) | Self::Two(worst, _) => worst.span,
        }
    }
}

impl Decode for WorstEntry {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::List(items) => match items.as_slice() {
                [low, high] => Some(Self::Two(
                    At::<Quantity>::decode(low, faults)?,
                    At::<Quantity>::decode(high, faults)?,
                )),
                _ => wrong_type(node, say!("one number or a list of two"), faults),
            },
            _ => At::<Quantity>::decode(node, faults).map(Self::One),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        let number = At::<Quantity>::schema(definitions);
        json!({"anyOf": [number.clone(), {"type": "array", "items": number, "minItems": 2, "maxItems": 2}]})
    }
}

/// A KPI's own scale.
#[derive(Clone, Debug)]
pub enum ScaleEntry {
    /// `scale: progress`
    Progress(Span),
    /// `scale: {red_flag: r, goal: g}`
    RedFlag(RedFlagEntry),
    /// `scale: [[v, s], …]`: the first of a pair may be a number or a level's name.
    Anchors(Span, Vec<(At<String>, At<Quantity>)>),
}

impl ScaleEntry {
    /// Where it is written.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Progress(span) | Self::Anchors(span, _) => *span,
            Self::RedFlag(entry) => entry.span,
        }
    }
}

entry! {
    /// Red flag and goal: a third and two thirds of the score.
    pub struct RedFlagEntry ("a scale") {
        /// The value that scores 33⅓.
        required red_flag: At<Quantity>,
        /// The value that scores 66⅔.
        required goal: At<Quantity>,
    }
}

impl Decode for ScaleEntry {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::Scalar(_) => {
                At::<ProgressWord>::decode(node, faults).map(|_| Self::Progress(node.span))
            }
            Node::Map(_) => RedFlagEntry::decode(node, faults).map(Self::RedFlag),
            Node::List(items) if is_flat(items) => {
                faults.push(flat_scale(node, items));
                None
            }
            Node::List(items) => {
                let pairs = items
                    .iter()
                    .filter_map(|item| anchor(item, faults))
                    .collect();
                Some(Self::Anchors(node.span, pairs))
            }
            Node::Null => wrong_type(node, say!("a scale"), faults),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({"anyOf": [
            {"const": "progress"},
            RedFlagEntry::schema(definitions),
            {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}},
        ]})
    }
}

/// Whether a list that should hold pairs holds single values.
fn is_flat(items: &[At<Node>]) -> bool {
    items.len() > 1
        && items
            .iter()
            .all(|item| matches!(item.value, Node::Scalar(_)))
}

fn flat_scale(node: &At<Node>, items: &[At<Node>]) -> Diagnostic {
    let word = |item: Option<&At<Node>>| match item.map(|item| &item.value) {
        Some(Node::Scalar(scalar)) => scalar.text.clone(),
        _ => String::new(),
    };
    let (first, last) = (word(items.first()), word(items.last()));
    Diagnostic::new(
        Rule::WrongType,
        node.span,
        say!("single values stand where pairs of a value and its score are needed"),
    )
    .expected(say!("a pair `[value, score]`"))
    .help(say!(
        "write each value with its score from 0 to 100, such as `[[{first}, 0], [{last}, 100]]`",
        first,
        last
    ))
}

fn anchor(node: &At<Node>, faults: &mut Diagnostics) -> Option<(At<String>, At<Quantity>)> {
    match &node.value {
        Node::List(pair) => match pair.as_slice() {
            [value, score] => {
                let value = At::<String>::decode(value, faults);
                let score = At::<Quantity>::decode(score, faults);
                value.zip(score)
            }
            _ => wrong_type(node, say!("a pair `[value, score]`"), faults),
        },
        _ => wrong_type(node, say!("a pair `[value, score]`"), faults),
    }
}
