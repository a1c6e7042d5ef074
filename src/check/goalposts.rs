//! A target that was made easier says why.

use super::Ground;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::ledger::TargetRow;
use crate::model::revision::Shift;
use crate::say;

/// Whether a row says why: a dash says nothing.
fn is_explained(row: &TargetRow) -> bool {
    let says = |reason: &String| reason.chars().any(char::is_alphanumeric);
    row.reason.as_ref().is_some_and(says)
}

/// Checks every revision of every target.
pub fn check(ground: &Ground, faults: &mut Diagnostics) {
    for kpi in &ground.scorecard.kpis {
        for pair in kpi.targets.windows(2) {
            let [before, after] = pair else { continue };
            if before.period != after.period || is_explained(after) {
                continue;
            }
            if Shift::between(kpi, &before.target, &after.target) == Shift::Eased {
                faults.push(
                    Diagnostic::new(
                        Rule::UnexplainedEasing,
                        after.span,
                        say!("the target of {code} for {period} was made easier without a reason", code = kpi.code, period = after.period.named(ground.calendar)),
                    )
                    .expected(say!("a text in the column `reason`"))
                    .help(say!("write why the target was eased; readers see it beside the score under the original target"))
                    .related(before.span, say!("the target before")),
                );
            }
        }
    }
}
