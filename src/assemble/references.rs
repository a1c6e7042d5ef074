//! References: causes and effects inside a scorecard; cascades and parents, which can
//! only be followed once every scorecard is assembled.

use std::sync::Arc;

use super::plan::{Contribution, Effect};
use super::scorecard::Assembled;
use crate::diagnostic::{Diagnostic, Diagnostics, Guess, Rule, nearest};
use crate::message::Message;
use crate::model::arena::ScorecardIx;
use crate::model::period::Period;
use crate::model::publication::Publication;
use crate::model::reach::{Cascade, Reach};
use crate::model::scorecard::{Drive, Item, Scorecard};
use crate::model::text::Text;
use crate::model::{KpiIx, ObjectiveIx};
use crate::say;
use crate::span::{At, Span};

/// The most causes and effects that a scorecard may declare. Its map draws each.
const MOST_DRIVES: usize = 5000;

/// Follows the effects that a scorecard declares among its own objectives.
pub fn effects(scorecard: &mut Scorecard, effects: Vec<Effect>, faults: &mut Diagnostics) {
    if let Some(Effect { to, .. }) = effects.get(MOST_DRIVES) {
        faults.push(too_many_drives(to));
    }
    for Effect { from, to, because } in effects.into_iter().take(MOST_DRIVES) {
        drive(scorecard, from, &to, because, faults);
    }
}

/// Follows what a scorecard says of others.
pub fn reach(
    publication: &Publication,
    at: ScorecardIx,
    said: &Assembled,
    faults: &mut Diagnostics,
) -> Reach {
    let mut reach = Reach::default();
    if let Some(parent) = &said.parent {
        let found = scorecard(publication, &parent.value, parent.span, faults);
        if found == Some(at) {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    parent.span,
                    say!("a scorecard cannot be above itself"),
                )
                .expected(say!("another scorecard")),
            );
        }
        reach.parent = found.filter(|found| *found != at);
    }
    for Contribution { from, to } in &said.contributions {
        if let Some(cascade) = cascade(publication, (at, reach.parent), to, faults) {
            reach.cascades.entry(*from).or_default().push(cascade);
        }
    }
    reach
}

fn too_many_drives(to: &At<String>) -> Diagnostic {
    Diagnostic::new(
        Rule::BadValue,
        to.span,
        say!(
            "the scorecard declares more than {most_drives} effects",
            most_drives = MOST_DRIVES
        ),
    )
    .expected(say!(
        "at most {most_drives} entries of `drives`",
        most_drives = MOST_DRIVES
    ))
    .help(say!(
        "keep the effects that explain the plan; a map of all shows nothing"
    ))
}

fn drive(
    scorecard: &mut Scorecard,
    from: ObjectiveIx,
    to: &At<String>,
    because: Option<Text>,
    faults: &mut Diagnostics,
) {
    let Some(Item::Objective(effect)) = scorecard.item(&to.value) else {
        if !scorecard.doubt.covers(&to.value) {
            let is_objective = |item| matches!(item, Item::Objective(_));
            faults.work_out(Rule::UnknownReference, |guess| {
                let what = (&say!("an objective"), guess);
                Some(unknown_code(scorecard, to, what, is_objective))
            });
        }
        return;
    };
    if scorecard.objectives[from]
        .drives
        .iter()
        .any(|drive| drive.to == effect)
    {
        faults.push(
            Diagnostic::new(
                Rule::DuplicateRow,
                to.span,
                say!(
                    "the effect on `{value}` is declared twice",
                    value = to.value
                ),
            )
            .expected(say!("each effect once")),
        );
        return;
    }
    scorecard.objectives[from].drives.push(Drive {
        to: effect,
        because,
        span: to.span,
    });
}

fn cascade(
    publication: &Publication,
    from: (ScorecardIx, Option<ScorecardIx>),
    to: &At<String>,
    faults: &mut Diagnostics,
) -> Option<Cascade> {
    let Some((path, code)) = to.value.rsplit_once('/') else {
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                to.span,
                say!(
                    "`{value}` does not say in which scorecard",
                    value = to.value
                ),
            )
            .expected(say!(
                "<organisation>/<period>/<code>, such as taipei/2022/GP6.2"
            ))
            .help(in_which(publication, from, &to.value)),
        );
        return None;
    };
    let at = scorecard(publication, path, to.span, faults)?;
    let other = &publication.scorecards[at];
    let named = code.to_owned();
    if let Some(item) = other.item(code) {
        return Some(Cascade {
            scorecard: at,
            item,
            named,
            span: to.span,
        });
    }
    // A real case: a plan names a KPI of the plan above, which publishes its objectives only.
    let objective = code.rsplit_once('.').and_then(|(stem, _)| other.item(stem));
    match objective {
        Some(item @ Item::Objective(objective)) if other.objectives[objective].kpis.is_empty() => {
            faults.push(
                Diagnostic::new(
                    Rule::CascadeToObjective,
                    to.span,
                    say!("{path} publishes the objective `{objective}` but not its KPI `{code}`", path, objective = other.code(item), code),
                )
                .expected(say!("a KPI that the other scorecard publishes"))
                .help(say!("the page names the KPI and links to the objective; nothing need be done if that is how the plans stand"))
                .related(other.span(item), say!("the objective is here")),
            );
            Some(Cascade {
                scorecard: at,
                item,
                named,
                span: to.span,
            })
        }
        _ => {
            if !other.doubt.covers(code) {
                faults.work_out(Rule::UnknownReference, |guess| {
                    let to = At::new(named, to.span);
                    Some(unknown_code(
                        other,
                        &to,
                        (&say!("something"), guess),
                        |_| true,
                    ))
                });
            }
            None
        }
    }
}

fn unknown_code(
    scorecard: &Scorecard,
    to: &At<String>,
    (what, guess): (&Message, Guess),
    wanted: fn(Item) -> bool,
) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::UnknownReference,
        to.span,
        say!(
            "{path} has no `{value}` that is {what} with a code",
            path = scorecard.folder,
            value = to.value,
            what
        ),
    )
    .expected(say!(
        "the code of {what} in {path}",
        what,
        path = scorecard.folder
    ));
    let correct = say!("correct the code, or add what it names");
    fault.help(match guess {
        Guess::Worth => scorecard.near(&to.value, wanted, correct),
        Guess::Vain => correct,
    })
}

/// How to name something of another scorecard that was given by its code alone: in the
/// scorecard above, or the only one of the same period that has it.
fn in_which(
    publication: &Publication,
    (at, parent): (ScorecardIx, Option<ScorecardIx>),
    code: &str,
) -> Message {
    let scorecards = &publication.scorecards;
    let period = scorecards[at].period;
    let has = |other: &ScorecardIx| *other != at && scorecards[*other].item(code).is_some();
    let mut others = scorecards
        .positions()
        .filter(|other| has(other) && scorecards[*other].period == period);
    let only = others.next().filter(|_| others.next().is_none());
    match parent.filter(has).or(only) {
        Some(other) => say!(
            "write `{meant}`",
            meant = format!("{}/{code}", scorecards[other].folder)
        ),
        None => say!(
            "write the id of the organisation, the period and the code, parted by slashes, as in `code:` links"
        ),
    }
}

/// The scorecard that `organisation/period` names, in whichever calendar.
fn scorecard(
    publication: &Publication,
    path: &str,
    span: Span,
    faults: &mut Diagnostics,
) -> Option<ScorecardIx> {
    let found = publication.find_scorecard(path);
    if found.is_none() && !publication.is_lost(path) {
        faults.work_out(Rule::UnknownReference, |guess| {
            let fault = Diagnostic::new(
                Rule::UnknownReference,
                span,
                say!("there is no scorecard `{path}`", path),
            )
            .expected(say!("<organisation>/<period> of a scorecard of this site"));
            let near = (guess == Guess::Worth).then(|| near_path(publication, path));
            Some(match near.flatten() {
                Some(near) => fault.help(say!("did you mean `{near}`?", near)),
                None => fault.help(say!("add the scorecard, or correct the reference")),
            })
        });
    }
    found
}

/// The scorecard that a path most likely means: of the organisation that it names, the
/// one of the nearest time; else the path that is written most alike.
fn near_path<'a>(publication: &'a Publication, path: &str) -> Option<&'a str> {
    let scorecards = || publication.scorecards.iter();
    let (organization, period) = path.split_once('/')?;
    let wanted = Period::parse(period, publication.years());
    let own = scorecards().filter(|other| {
        let id = other.path.split('/').next();
        id == Some(organization)
    });
    let apart = |other: &&Arc<Scorecard>| {
        let wanted = wanted.map_or(other.period.start(), Period::start);
        (other.period.start() - wanted).get_days().abs()
    };
    let near = wanted.and_then(|_| own.min_by_key(apart));
    let alike = || nearest(path, scorecards().map(|other| other.folder.as_str()));
    near.map(|near| near.folder.as_str()).or_else(alike)
}

/// Notes KPI ids that two KPIs of one scorecard share.
pub fn check_ids(scorecard: &Scorecard, faults: &mut Diagnostics) {
    let mut seen: std::collections::BTreeMap<&str, KpiIx> = std::collections::BTreeMap::new();
    for (at, kpi) in scorecard.kpis.entries() {
        let Some(id) = &kpi.id else { continue };
        if let Some(first) = seen.insert(&id.value, at) {
            faults.push(
                Diagnostic::new(
                    Rule::DuplicateId,
                    id.span,
                    say!("the id `{value}` is used by two KPIs", value = id.value),
                )
                .expected(say!("an id of its own for each KPI of a scorecard"))
                .related(scorecard.kpis[first].span, say!("first used here")),
            );
        }
    }
}
