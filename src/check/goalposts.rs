//! A target that was made easier says why.

use super::Ground;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::revision::Shift;
use crate::say;

/// Checks every revision of every target.
pub fn check(ground: &Ground, faults: &mut Diagnostics) {
    for kpi in &ground.scorecard.kpis {
        for pair in kpi.targets.windows(2) {
            let [before, after] = pair else { continue };
            if before.period != after.period || after.reason.is_some() {
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
