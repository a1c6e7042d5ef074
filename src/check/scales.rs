//! Target, direction and scale together make a scale that can score.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::kpi::{Aggregate, Kpi, Scale};
use crate::model::ledger::{Measure, Report};
use crate::model::scale::{Anchors, ScaleFault};
use crate::model::scorecard::Scorecard;
use crate::say;

/// Checks every KPI against every target it has.
pub fn check(scorecard: &Scorecard, faults: &mut Diagnostics) {
    for kpi in scorecard.kpis.iter().filter(|kpi| !kpi.doubtful) {
        check_targets(kpi, faults);
        check_aggregate(kpi, faults);
    }
}

fn check_targets(kpi: &Kpi, faults: &mut Diagnostics) {
    // A scale of the author's own does not hang on the target; it was checked where it is written.
    if matches!(
        kpi.scale,
        Scale::Anchors(_) | Scale::RedFlag { .. } | Scale::Levels(_)
    ) {
        return;
    }
    let mut known: Vec<ScaleFault> = Vec::new();
    for row in &kpi.targets {
        let Err(why) = Anchors::of(kpi, Some(&row.target)) else {
            continue;
        };
        // One key of the scale is mended once, however many targets it does not fit.
        let is_told =
            |other: &ScaleFault| *other == why || other.is_of_scale() && why.is_of_scale();
        if known.iter().any(is_told) {
            continue;
        }
        let is_scale = why.is_of_scale() && kpi.places.scale != kpi.span;
        let place = if is_scale { kpi.places.scale } else { row.span };
        let fault = Diagnostic::new(
            Rule::ImpossibleScale,
            place,
            say!(
                "{code} cannot be scored: {why}",
                code = kpi.code,
                why = why.said()
            ),
        )
        .help(why.help());
        faults.push(if is_scale {
            fault.related(row.span, say!("the target is here"))
        } else {
            fault.related(kpi.span, say!("the KPI is here"))
        });
        known.push(why);
    }
}

/// A mean or sum of words, or a ratio of plain values, can never be made.
fn check_aggregate(kpi: &Kpi, faults: &mut Diagnostics) {
    if !kpi.aggregate_stated || kpi.aggregate == Aggregate::Last {
        return;
    }
    for row in &kpi.results {
        let Report::Value { measure, .. } = &row.report else {
            continue;
        };
        let is_ratio = matches!(measure, Measure::Ratio(..));
        let is_number = is_ratio || matches!(measure, Measure::Number(_));
        let fits = if kpi.aggregate == Aggregate::Ratio {
            is_ratio
        } else {
            is_number
        };
        if !fits {
            faults.push(
                Diagnostic::new(
                    Rule::LedgerRow,
                    row.span,
                    say!(
                        "{code} is aggregated by `{word}`, which this figure cannot take part in",
                        code = kpi.code,
                        word = kpi.aggregate.word()
                    ),
                )
                .expected(if kpi.aggregate == Aggregate::Ratio {
                    say!("a numerator and a denominator")
                } else {
                    say!("a number")
                })
                .help(say!("correct the row, or the KPI's `aggregate`")),
            );
        }
    }
}
