//! A result is known once its period has ended.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::ledger::{Measure, Report};
use crate::model::scorecard::Scorecard;

/// Checks every result that says when it was published. What may still change
/// says so itself, and what is done before its time stays done.
pub fn check(scorecard: &Scorecard, faults: &mut Diagnostics) {
    for kpi in &scorecard.kpis {
        for row in &kpi.results {
            let Report::Value {
                measure,
                provisional: false,
            } = &row.report
            else {
                continue;
            };
            let Some(published) = row.published_on.filter(|day| *day < row.period.end()) else {
                continue;
            };
            if *measure == Measure::YesNo(true) {
                continue;
            }
            faults.push(
                Diagnostic::new(
                    Rule::EarlyResult,
                    row.span,
                    format!(
                        "the result of {} for {} was published on {published}, before the period ended on {}",
                        kpi.code,
                        row.period,
                        row.period.end()
                    ),
                )
                .expected("a result of a period that had ended")
                .help(format!(
                    "correct the period or the date; a figure to date has a period of its own, such as {}/{published}, and a value that may still change has the state `provisional`",
                    row.period.start().min(published)
                )),
            );
        }
    }
}
