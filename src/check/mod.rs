//! Checking: what the model as a whole has to keep. One file a family of
//! rules; each adds what it finds, none stops the others.

mod addresses;
mod causes;
mod counts;
mod doubtful;
mod early;
mod goalposts;
mod numbering;
pub mod past;
mod prose;
mod scales;
mod translations;
pub mod unseen;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::kept::{ByName, Made, Same};
use crate::model::lang::Languages;
use crate::model::settings::Calendar;
use crate::model::{Publication, Scorecard};
use crate::span::Sources;

/// What was found in each scorecard by itself, by its path.
pub type Kept = ByName<Ground, Diagnostics>;

/// A scorecard, and how the site that it belongs to says things.
#[derive(Clone, PartialEq)]
pub struct Ground {
    scorecard: Same<Scorecard>,
    languages: Languages,
    calendar: Calendar,
}

/// Runs every rule over the publication.
pub fn check(
    publication: &Publication,
    kept: &mut Kept,
    sources: &Sources,
    faults: &mut Diagnostics,
) {
    let mut before = std::mem::take(kept);
    let ground = |scorecard| Ground {
        scorecard: Same::of(scorecard),
        languages: publication.settings.languages.clone(),
        calendar: publication.settings.calendar,
    };
    let work: Vec<_> = publication
        .scorecards
        .iter()
        .map(|scorecard| (before.remove(&scorecard.path), scorecard))
        .collect();
    let found = work.into_par_iter().map(|(before, scorecard)| {
        let found = Made::again(before, ground(scorecard), alone);
        (scorecard.path.clone(), found)
    });
    *kept = found.collect();
    for found in kept.values() {
        faults.append(found.what().clone());
    }
    doubtful::contradictions(publication, faults);
    prose::check(publication, sources, faults);
    addresses::check(publication, sources, faults);
    translations::check(publication, faults);
}

/// What a scorecard has to keep by itself.
fn alone(ground: &Ground) -> Diagnostics {
    let scorecard: &Scorecard = &ground.scorecard;
    let mut faults = Diagnostics::default();
    numbering::check(scorecard, &mut faults);
    counts::check(scorecard, &mut faults);
    scales::check(scorecard, &mut faults);
    goalposts::check(ground, &mut faults);
    early::check(ground, &mut faults);
    doubtful::fractions(scorecard, &mut faults);
    causes::check(ground, &mut faults);
    faults
}
