//! What is gone: who tells of it, and whether it is.

use super::facts::plain;
use crate::model::Publication;
use crate::model::arena::ScorecardIx;
use crate::model::kpi::{Kpi, Scale};
use crate::model::ledger::{Measure, Report, Target};

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

/// A target in the words of a ledger.
pub(super) fn target_words(kpi: &Kpi, target: &Target) -> String {
    match target {
        Target::Value(number) => number.to_string(),
        Target::Range(low, high) => format!("{low}..{high}"),
        Target::Level(at) => level(kpi, *at),
        Target::YesNo(yes) => yes_no(*yes),
    }
}

/// A result in the words of a ledger.
pub(super) fn report_words(kpi: &Kpi, report: &Report) -> String {
    match report {
        Report::Absent(absence) => absence.word().to_owned(),
        Report::Value { measure, .. } => match measure {
            Measure::Number(number) => number.to_string(),
            Measure::Ratio(top, bottom) => format!("{top}/{bottom}"),
            Measure::Level(at) => level(kpi, *at),
            Measure::YesNo(yes) => yes_no(*yes),
        },
    }
}

fn level(kpi: &Kpi, at: usize) -> String {
    match &kpi.scale {
        Scale::Levels(levels) => levels.get(at).map_or_else(String::new, |l| plain(&l.name)),
        _ => String::new(),
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
