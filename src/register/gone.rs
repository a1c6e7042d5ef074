//! What is gone: who tells of it, and whether it is.

use crate::model::Publication;
use crate::model::arena::ScorecardIx;

/// The scorecard that tells of KPIs whose own scorecard is gone: the organisation's
/// latest, else the site's latest.
pub(super) fn heir(publication: &Publication, folder: &str) -> Option<ScorecardIx> {
    let organization = folder.split('/').next().unwrap_or_default();
    let of_organization = |at: &ScorecardIx| {
        let owner = publication.scorecards[*at].organization;
        publication.organizations[owner].id == organization
    };
    let end = |at: &ScorecardIx| publication.scorecards[*at].period.end();
    let all = || publication.scorecards.positions();
    let own = all().filter(of_organization).max_by_key(end);
    own.or_else(|| all().max_by_key(end))
}
