//! Checking: what the model as a whole has to keep. One file a family of
//! rules; each adds what it finds, none stops the others.

mod addresses;
mod causes;
mod counts;
mod goalposts;
mod numbering;
mod prose;
mod scales;
mod translations;

use crate::diagnostic::Diagnostics;
use crate::model::Publication;
use crate::span::Sources;

/// Runs every rule over the publication.
pub fn check(publication: &Publication, sources: &Sources, faults: &mut Diagnostics) {
    for (_, scorecard) in publication.scorecards.entries() {
        numbering::check(scorecard, faults);
        counts::check(scorecard, faults);
        scales::check(scorecard, faults);
        goalposts::check(scorecard, faults);
        causes::check(scorecard, faults);
    }
    prose::check(publication, sources, faults);
    addresses::check(publication, sources, faults);
    translations::check(publication, faults);
}
