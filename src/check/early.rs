//! A result is known once its period has ended.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::ledger::{Measure, Report};
use crate::model::scorecard::Scorecard;
use crate::say;

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
                    say!("the result of {code} for {period} was published on {published}, before the period ended on {end}", code = kpi.code, period = row.period, published, end = row.period.end()),
                )
                .expected(say!("a result of a period that had ended"))
                .help(say!("correct the period or the date; a figure to date has a period of its own, such as {min}/{published}, and a value that may still change has the state `provisional`", min = row.period.start().min(published), published)),
            );
        }
    }
}
