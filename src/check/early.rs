//! A result is known once its period has ended.

use jiff::civil::Date;

use super::Ground;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::ledger::{Measure, Report};
use crate::model::period::Period;
use crate::model::settings::Calendar;
use crate::say;

/// Checks every result that says when it was published. What may still change
/// says so itself, and what is done before its time stays done.
pub fn check(ground: &Ground, faults: &mut Diagnostics) {
    let calendar = ground.calendar;
    for kpi in &ground.scorecard.kpis {
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
                    say!("the result of {code} for {period} was published on {published}, before the period ended on {end}", code = kpi.code, period = row.period.named(calendar), published = calendar.day(published), end = calendar.day(row.period.end())),
                )
                .expected(say!("a result of a period that had ended"))
                .help(help(row.period, published, calendar)),
            );
        }
    }
}

/// A figure to date can be meant only where the period had begun.
fn help(period: Period, published: Date, calendar: Calendar) -> Message {
    if published <= period.start() {
        return say!(
            "the period had not begun by that day: correct the period or the date, most likely the year"
        );
    }
    say!(
        "correct the period or the date; a figure to date has a period of its own, such as {from}/{published}, and a value that may still change has the state `provisional`",
        from = calendar.day(period.start()),
        published = calendar.day(published)
    )
}
