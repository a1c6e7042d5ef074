//! Checking: what the model as a whole has to keep. One file a family of
//! rules; each adds what it finds, none stops the others.

mod addresses;
mod causes;
mod counts;
mod early;
mod goalposts;
mod numbering;
pub mod past;
mod prose;
mod scales;
mod translations;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::model::Publication;
use crate::span::Sources;

/// Runs every rule over the publication.
pub fn check(publication: &Publication, sources: &Sources, faults: &mut Diagnostics) {
    let scorecards: Vec<_> = publication.scorecards.iter().collect();
    let found: Vec<_> = scorecards
        .into_par_iter()
        .map(|scorecard| {
            let mut faults = Diagnostics::default();
            numbering::check(scorecard, &mut faults);
            counts::check(scorecard, &mut faults);
            scales::check(scorecard, &mut faults);
            goalposts::check(scorecard, &mut faults);
            early::check(scorecard, &mut faults);
            causes::check(scorecard, &mut faults);
            faults
        })
        .collect();
    for found in found {
        faults.append(found);
    }
    prose::check(publication, sources, faults);
    addresses::check(publication, sources, faults);
    translations::check(publication, faults);
}
