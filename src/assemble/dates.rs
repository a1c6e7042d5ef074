//! Dates of a scorecard's rows against one another: one that lies years after all others
//! is most likely a year that was mistyped, and would move the whole site there.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::period::Period;
use crate::say;
use crate::span::At;

/// After how many years nobody revises a figure of a plan any more.
const YEARS: i64 = 5;
/// The most rows that a slip of the hand can be in.
const ROWS: usize = 2;

/// Notes the dates that lie years after the plan and after all other dates of its rows.
/// Where all rows are dated late, an old plan was written down late.
pub fn check(mut dates: Vec<At<Date>>, plan: Period, faults: &mut Diagnostics) {
    dates.sort_by_key(|date| date.value);
    let start = dates.len().saturating_sub(ROWS).max(1);
    let later = |date: Date| date.checked_add(YEARS.years()).unwrap_or(Date::MAX);
    let gap = (start..dates.len()).find(|at| {
        let pair = at
            .checked_sub(1)
            .and_then(|before| dates.get(before))
            .zip(dates.get(*at));
        pair.is_some_and(|(before, date)| date.value > later(before.value.max(plan.end())))
    });
    let Some((others, slips)) = gap.and_then(|at| dates.split_at_checked(at)) else {
        return;
    };
    let Some(latest) = others.last() else { return };
    for slip in slips {
        faults.push(
            Diagnostic::new(
                Rule::DoubtfulFigure,
                slip.span,
                say!(
                    "{date} lies {years} years after the end of the plan period {plan}",
                    date = slip.value,
                    years = i64::from(slip.value.year() - plan.end().year()),
                    plan
                ),
            )
            .expected(say!(
                "a date near those of the other rows, the latest of which is {latest}",
                latest = latest.value
            ))
            .help(say!("correct the year, if it was mistyped")),
        );
    }
}
