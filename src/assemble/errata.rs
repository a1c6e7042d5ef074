//! Errata: the page shows the corrected wording, and both stay on record.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::arena::{Arena, OrganizationIx};
use crate::model::organization::Organization;
use crate::model::scorecard::{Erratum, Item, Scorecard};
use crate::model::text::Text;
use crate::say;

/// Applies the corrections of a scorecard to its wording.
pub fn apply(scorecard: &mut Scorecard, faults: &mut Diagnostics) {
    for erratum in std::mem::take(&mut scorecard.errata) {
        match scorecard.item(&erratum.code) {
            None if scorecard.doubt.covers(&erratum.code) => {}
            None => faults.push(
                Diagnostic::new(
                    Rule::UnknownReference,
                    erratum.span,
                    say!(
                        "{path} has no `{code}`",
                        path = scorecard.folder,
                        code = erratum.code
                    ),
                )
                .expected(say!("the code of something in this scorecard"))
                .help(say!("correct the code of the erratum")),
            ),
            Some(item) => correct(scorecard, item, &erratum, faults),
        }
        scorecard.errata.push(erratum);
    }
}

fn correct(scorecard: &mut Scorecard, item: Item, erratum: &Erratum, faults: &mut Diagnostics) {
    match (erratum.field.as_str(), item) {
        ("name", _) => {
            let name = name_of(scorecard, item);
            let stands = name.original();
            let fits = stands == erratum.published || erratum.corrected.as_deref() == Some(stands);
            if !fits {
                faults.push(mismatch(erratum, stands));
            } else if let Some(corrected) = &erratum.corrected {
                *name = name.corrected(corrected);
            }
        }
        // Held against the organisations below.
        ("lead" | "members", Item::Theme(_)) => {}
        _ => faults.push(
            Diagnostic::new(
                Rule::BadValue,
                erratum.span,
                say!(
                    "an erratum cannot be about the field `{field}` of `{code}`",
                    field = erratum.field,
                    code = erratum.code
                ),
            )
            .expected(say!("`name`, or for a theme also `lead` or `members`")),
        ),
    }
}

/// Holds what errata say of a theme's organisations against their names: an organisation
/// keeps its own name; the erratum quotes what the plan printed for it.
pub fn check_agencies(
    scorecard: &Scorecard,
    organizations: &Arena<OrganizationIx, Organization>,
    faults: &mut Diagnostics,
) {
    for erratum in &scorecard.errata {
        let Some(Item::Theme(at)) = scorecard.item(&erratum.code) else {
            continue;
        };
        let theme = &scorecard.themes[at];
        let listed = match erratum.field.as_str() {
            "lead" => &theme.lead,
            "members" => &theme.members,
            _ => continue,
        };
        let shown = erratum.corrected.as_ref().unwrap_or(&erratum.published);
        let named = |at: &OrganizationIx| {
            let organization = &organizations[*at];
            organization.name.original() == shown || organization.short_name().original() == shown
        };
        if !listed.iter().any(named) {
            let listing: Vec<_> = listed
                .iter()
                .map(|at| organizations[*at].short_name().original())
                .collect();
            faults.push(mismatch(erratum, &listing.join("、")));
        }
    }
}

fn name_of(scorecard: &mut Scorecard, item: Item) -> &mut Text {
    match item {
        Item::Theme(at) => &mut scorecard.themes[at].name,
        Item::Objective(at) => &mut scorecard.objectives[at].name,
        Item::Kpi(at) => &mut scorecard.kpis[at].name,
        Item::Action(at) => &mut scorecard.actions[at].name,
    }
}

fn mismatch(erratum: &Erratum, stands: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::ErratumMismatch,
        erratum.span,
        say!(
            "the erratum is about “{published}”, but the plan has “{stands}”",
            published = erratum.published,
            stands
        ),
    )
    .expected(say!("the wording that stands in the plan"))
    .help(say!(
        "quote the published wording exactly, also in the plan; the page shows the corrected one"
    ))
}
