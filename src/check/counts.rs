//! What a plan says of its own counts is what is there.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::scorecard::{Expects, Scorecard, Theme};
use crate::say;
use crate::span::At;

/// Checks `expects` of the scorecard and of each theme.
pub fn check(scorecard: &Scorecard, faults: &mut Diagnostics) {
    if !scorecard.doubt.is_empty() {
        return;
    }
    let cross_cutting = scorecard.cross_cutting().count();
    let found = Found {
        themes: scorecard.themes.len(),
        objectives: scorecard.objectives.len() - cross_cutting,
        cross_cutting,
        kpis: scorecard.kpis.len(),
        actions: scorecard.actions.len(),
    };
    compare(&say!("the scorecard"), &scorecard.expects, &found, faults);
    for theme in &scorecard.themes {
        let what = say!("theme {code}", code = theme.code);
        compare(&what, &theme.expects, &Found::of(scorecard, theme), faults);
    }
}

struct Found {
    themes: usize,
    objectives: usize,
    cross_cutting: usize,
    kpis: usize,
    actions: usize,
}

impl Found {
    fn of(scorecard: &Scorecard, theme: &Theme) -> Self {
        let kpis = || {
            theme
                .objectives
                .iter()
                .flat_map(|at| &scorecard.objectives[*at].kpis)
        };
        Self {
            themes: 1,
            objectives: theme.objectives.len(),
            cross_cutting: 0,
            kpis: kpis().count(),
            actions: kpis().map(|at| scorecard.kpis[*at].actions.len()).sum(),
        }
    }
}

fn compare(what: &Message, expects: &Expects, found: &Found, faults: &mut Diagnostics) {
    let mut one = |stated: Option<At<u32>>, found: usize, name: Message| {
        let Some(stated) = stated else { return };
        if stated.value as usize != found {
            faults.push(
                Diagnostic::new(
                    Rule::CountMismatch,
                    stated.span,
                    say!(
                        "the plan states {value} {name}, but {what} has {found}",
                        value = stated.value,
                        name,
                        what,
                        found
                    ),
                )
                .expected(Message::foreign(found))
                .help(say!(
                    "look for what is missing or too many; the stated count is the plan's own"
                )),
            );
        }
    };
    one(expects.themes, found.themes, say!("themes"));
    one(expects.objectives, found.objectives, say!("objectives"));
    one(
        expects.cross_cutting,
        found.cross_cutting,
        say!("cross-cutting objectives"),
    );
    one(expects.kpis, found.kpis, say!("KPIs"));
    one(expects.actions, found.actions, say!("action plans"));
}
