//! Action plans (initiatives): what is done, by whom, until when, for how much.

use jiff::civil::Date;

use super::arena::KpiIx;
use super::code::Code;
use super::organization::Owner;
use super::quantity::Quantity;
use super::settings::Link;
use super::text::Text;
use crate::span::{At, Span};

/// An action plan.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its code.
    pub code: Code,
    /// The KPI it serves.
    pub kpi: KpiIx,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub description: Option<Text>,
    /// Who is responsible.
    pub owner: Option<Owner>,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
    /// Its milestones.
    pub milestones: Vec<Milestone>,
    /// Its money.
    pub budget: Option<Budget>,
    /// Its page elsewhere.
    pub url: Option<At<String>>,
    /// Documents about it.
    pub documents: Vec<Link>,
    /// Where it is written.
    pub span: Span,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// Its name.
    pub name: Text,
    /// The day it is due.
    pub due: Option<Date>,
    /// The day it was done.
    pub done: Option<Date>,
    /// Its weight.
    pub weight: Quantity,
}

/// Money planned and spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Planned.
    pub planned: Option<Quantity>,
    /// Spent so far.
    pub spent: Option<Quantity>,
    /// Currency or unit.
    pub currency: Option<String>,
}
