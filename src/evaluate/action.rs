//! Action plans: how much is done, how much should be, how much money is spent.
//! Nothing here enters the score of a KPI.

use jiff::civil::Date;

use crate::model::action::{Action, Milestone};
use crate::model::quantity::Quantity;

/// Where an action plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Every milestone is done.
    Done,
    /// As far as planned, or further.
    OnTrack,
    /// Behind what was planned.
    Behind,
    /// It has no milestones to tell by.
    Unstated,
}

impl Progress {
    /// Its name in data files and word lists.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OnTrack => "on_track",
            Self::Behind => "behind",
            Self::Unstated => "unstated",
        }
    }
}

/// An action plan's results, shares from 0 to 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionResult {
    /// Where it stands.
    pub progress: Progress,
    /// Weight of milestones done, of all weight.
    pub completion: Option<Quantity>,
    /// Weight of milestones due, of all weight.
    pub planned: Option<Quantity>,
    /// Budget spent, of budget planned.
    pub budget_used: Option<Quantity>,
    /// Milestones due and not done.
    pub overdue: usize,
}

/// Evaluates one action plan on the date the site speaks of.
#[must_use]
pub fn action(action: &Action, as_of: Option<Date>) -> ActionResult {
    let done = |m: &Milestone| {
        m.done
            .is_some_and(|day| as_of.is_none_or(|today| day <= today))
    };
    let due = |m: &Milestone| m.due.zip(as_of).is_some_and(|(day, today)| day <= today);
    let completion = share(&action.milestones, done);
    let planned = share(&action.milestones, due);
    let overdue = action
        .milestones
        .iter()
        .filter(|m| due(m) && !done(m))
        .count();
    let progress = match (completion, planned) {
        (None, _) => Progress::Unstated,
        (Some(completion), _) if completion == Quantity::ONE => Progress::Done,
        (Some(completion), Some(planned)) if completion < planned => Progress::Behind,
        (Some(_), _) => Progress::OnTrack,
    };
    let budget_used = action
        .budget
        .as_ref()
        .and_then(|b| b.spent?.per(b.planned?));
    ActionResult {
        progress,
        completion,
        planned,
        budget_used,
        overdue,
    }
}

fn share(milestones: &[Milestone], counts: impl Fn(&Milestone) -> bool) -> Option<Quantity> {
    let all: Quantity = milestones.iter().map(|m| m.weight).sum();
    let some: Quantity = milestones
        .iter()
        .filter(|m| counts(m))
        .map(|m| m.weight)
        .sum();
    some.per(all)
}
