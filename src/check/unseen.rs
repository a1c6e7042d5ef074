//! Rows that the site does not show yet: those dated after the day it speaks of.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::Publication;
use crate::model::scorecard::Scorecard;
use crate::say;
use crate::span::Span;

/// Counts such rows: one note for each scorecard, at the first of them. Only the day that
/// `site.yaml` states is looked at: who asks for another knows what it leaves out.
pub fn check(publication: &Publication, faults: &mut Diagnostics) {
    let Some(today) = publication.settings.as_of else {
        return;
    };
    for scorecard in &publication.scorecards {
        let unseen: Vec<Span> = later(scorecard, today).collect();
        let Some(first) = unseen.iter().min_by_key(|span| span.range().start) else {
            continue;
        };
        let message = match unseen.len() {
            1 => say!(
                "this row is dated after {today}, the day the site speaks of, and is not shown",
                today
            ),
            count => say!(
                "{count} rows of {path} are dated after {today}, the day the site speaks of, and are not shown",
                count,
                path = scorecard.path,
                today
            ),
        };
        faults.push(
            Diagnostic::new(Rule::UnseenRow, *first, message)
            .expected(say!("a date up to {today}", today))
            .help(say!(
                "correct the date; or put a later day, or none, as `as_of` into content/site.yaml"
            )),
        );
    }
}

/// The rows of a scorecard that are dated later.
fn later(scorecard: &Scorecard, today: Date) -> impl Iterator<Item = Span> {
    let results = scorecard.kpis.iter().flat_map(|kpi| &kpi.results);
    let results = results.map(|row| (row.published_on, row.span));
    let targets = scorecard.kpis.iter().flat_map(|kpi| &kpi.targets);
    let targets = targets.map(|row| (row.set_on, row.span));
    results
        .chain(targets)
        .filter(move |(date, _)| date.is_some_and(|date| date > today))
        .map(|(_, span)| span)
}
