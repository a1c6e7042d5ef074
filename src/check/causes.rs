//! Causes and effects form no circle and run upwards on the map.

use super::Ground;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::arena::{Arena, ObjectiveIx};
use crate::model::scorecard::Scorecard;
use crate::say;

/// Checks the declared links of one scorecard.
pub fn check(ground: &Ground, faults: &mut Diagnostics) {
    directions(ground, faults);
    cycles(&ground.scorecard, faults);
}

fn directions(ground: &Ground, faults: &mut Diagnostics) {
    let scorecard = &ground.scorecard;
    for cause in &scorecard.objectives {
        for drive in &cause.drives {
            let effect = &scorecard.objectives[drive.to];
            // Rows are listed top first, and the map is read upwards.
            if effect.perspective > cause.perspective {
                let row = |at| ground.languages.said(&scorecard.perspectives[at].name);
                faults.push(
                    Diagnostic::new(
                        Rule::CausalDirection,
                        drive.span,
                        say!(
                            "{cause} ({row}) drives {effect} ({lower}), which lies below it",
                            cause = cause.code,
                            row = row(cause.perspective),
                            effect = effect.code,
                            lower = row(effect.perspective)
                        ),
                    )
                    .expected(say!("an effect in the same perspective or a higher one"))
                    .help(say!(
                        "turn the link around, or leave it if the plan means it so"
                    )),
                );
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Closed,
}

/// Depth first, with a stack of its own: a plan may be deeper than the
/// program's stack.
fn cycles(scorecard: &Scorecard, faults: &mut Diagnostics) {
    let mut marks: Arena<ObjectiveIx, Mark> = scorecard.objectives.map(|_| Mark::New);
    for start in scorecard.objectives.positions() {
        if marks[start] != Mark::New {
            continue;
        }
        let mut path: Vec<(ObjectiveIx, usize)> = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((at, next)) = path.last_mut() {
            let cause = *at;
            let Some(drive) = scorecard.objectives[cause].drives.get(*next) else {
                marks[cause] = Mark::Closed;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[drive.to] {
                Mark::Closed => {}
                Mark::New => {
                    marks[drive.to] = Mark::Open;
                    path.push((drive.to, 0));
                }
                Mark::Open => {
                    let begin = path.iter().position(|(at, _)| *at == drive.to).unwrap_or(0);
                    let round: Vec<_> = path
                        .iter()
                        .skip(begin)
                        .map(|(at, _)| *at)
                        .chain([drive.to])
                        .map(|at| scorecard.objectives[at].code.to_string())
                        .collect();
                    faults.push(
                        Diagnostic::new(
                            Rule::CausalCycle,
                            drive.span,
                            say!("causes run in a circle: {round}", round = round.join(" → ")),
                        )
                        .expected(say!("an effect that does not lead back to its cause"))
                        .help(say!("remove one of these links")),
                    );
                }
            }
        }
    }
}
