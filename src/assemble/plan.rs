//! Themes, objectives, KPIs and action plans: every item under its parent,
//! wherever it was written, in the order of the map.

use super::codes::{self, Rank};
use super::directory::Named;
use super::kpi;
use super::loose::{Home, Loose};
use super::misread::Misread;
use super::placing::{Placed, place, theme_of};
use super::site::{Site, weight};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::action::{Action, Budget, Milestone};
use crate::model::arena::{ActionIx, Arena, KpiIx, ObjectiveIx, PerspectiveIx, Position, ThemeIx};
use crate::model::code::Code;
use crate::model::doubt::Doubt;
use crate::model::kpi::Kpi;
use crate::model::period::Period;
use crate::model::places::Places;
use crate::model::quantity::Quantity;
use crate::model::scorecard::{Expects, Item, Objective, Perspective, Theme};
use crate::model::settings::{Bands, CodeScheme};
use crate::model::text::Text;
use crate::say;
use crate::source::entry::{
    ActionEntry, ExpectsEntry, KpiEntry, LocalText, ScorecardEntry, TextOr, ThemeEntry,
};
use crate::span::{At, Span};

/// The body of a scorecard.
#[derive(Default)]
pub struct Plan {
    /// Columns.
    pub themes: Arena<ThemeIx, Theme>,
    /// Objectives in map order.
    pub objectives: Arena<ObjectiveIx, Objective>,
    /// KPIs in the order of their objectives.
    pub kpis: Arena<KpiIx, Kpi>,
    /// Action plans in the order of their KPIs.
    pub actions: Arena<ActionIx, Action>,
    /// Effects that wait until every objective is there.
    pub effects: Vec<Effect>,
    /// Contributions that wait until every scorecard is.
    pub contributions: Vec<Contribution>,
    /// What of it could not be read.
    pub doubt: Doubt,
}

/// An objective's declared effect, before it is known what it names.
pub struct Effect {
    /// The cause.
    pub from: ObjectiveIx,
    /// The effect as written.
    pub to: At<String>,
    /// Why the one leads to the other.
    pub because: Option<Text>,
}

/// A contribution to another scorecard, before it is known what it names.
pub struct Contribution {
    /// What contributes: an objective or a KPI.
    pub from: Item,
    /// The code as written, with its scorecard.
    pub to: At<String>,
}

/// What the assembly of one scorecard's body goes by.
pub struct Setting<'a> {
    /// The site.
    pub site: &'a Site,
    /// What reading refused.
    pub misread: &'a Misread,
    /// The plan period.
    pub period: Period,
    /// The code scheme.
    pub scheme: CodeScheme,
    /// The rows.
    pub perspectives: &'a Arena<PerspectiveIx, Perspective>,
    /// Where statuses begin, unless a KPI says otherwise.
    pub bands: &'a Bands,
}

/// Assembles the body of a scorecard.
pub fn plan(
    setting: &Setting,
    entry: &mut ScorecardEntry,
    doubt: Doubt,
    faults: &mut Diagnostics,
) -> Plan {
    let mut plan = Plan {
        doubt,
        ..Plan::default()
    };
    let mut placed = Vec::new();
    let themes = entry.themes.iter().filter_map(|theme| theme.code.as_ref());
    (plan.doubt).note_twice(themes.map(|code| code.value.as_str()));
    for theme in std::mem::take(&mut entry.themes) {
        add_theme(setting, theme, &mut plan, &mut placed, faults);
    }
    for objective in std::mem::take(&mut entry.cross_cutting) {
        place(setting, objective, None, &mut plan, &mut placed, faults);
    }
    for objective in std::mem::take(&mut entry.objectives) {
        if let Some(column) = theme_of(setting, &objective, &plan, faults) {
            place(
                setting,
                objective,
                column.theme(),
                &mut plan,
                &mut placed,
                faults,
            );
        }
    }
    (plan.doubt).note_twice(placed.iter().map(|placed| placed.code.as_str()));
    let strict = setting.scheme == CodeScheme::Strict;
    placed.sort_by(|a, b| {
        let key = |p: &Placed| (p.theme.is_none(), p.theme, p.perspective);
        let by_code = if strict {
            a.code.cmp(&b.code)
        } else {
            std::cmp::Ordering::Equal
        };
        key(a).cmp(&key(b)).then(by_code)
    });
    let mut loose_kpis = Loose::new(std::mem::take(&mut entry.kpis), |kpi: &KpiEntry| {
        Home::of(kpi.code.as_ref(), kpi.objective.as_ref())
    });
    let mut loose_actions = Loose::new(
        std::mem::take(&mut entry.actions),
        |action: &ActionEntry| Home::of(action.code.as_ref(), action.kpi.as_ref()),
    );
    for objective in placed {
        add_objective(
            setting,
            objective,
            &mut plan,
            &mut loose_kpis,
            &mut loose_actions,
            faults,
        );
    }
    let objectives: Vec<_> = plan.objectives.iter().map(|o| o.code.as_str()).collect();
    let doubt = &plan.doubt;
    loose_kpis.report(&say!("an objective"), &objectives, doubt, faults);
    let kpis: Vec<_> = plan.kpis.iter().map(|k| k.code.as_str()).collect();
    loose_actions.report(&say!("a KPI"), &kpis, doubt, faults);
    plan
}

/// What the plan says of its own counts.
pub fn expects(entry: Option<&ExpectsEntry>) -> Expects {
    entry.map_or_else(Expects::default, |e| Expects {
        themes: e.themes,
        objectives: e.objectives,
        cross_cutting: e.cross_cutting,
        kpis: e.kpis,
        actions: e.actions,
    })
}

fn add_theme(
    setting: &Setting,
    entry: ThemeEntry,
    plan: &mut Plan,
    placed: &mut Vec<Placed>,
    faults: &mut Diagnostics,
) {
    let Some(written) = &entry.code else { return };
    let Some(code) = codes::read(
        written,
        Rank::Theme,
        setting.scheme,
        "",
        &mut plan.doubt,
        faults,
    ) else {
        return;
    };
    let site = setting.site;
    let mut agencies = |list: Option<crate::source::decode::OneOrMany<At<String>>>| -> Vec<_> {
        let ids = list.map(|list| list.0).unwrap_or_default();
        ids.iter()
            .filter_map(|id| site.organization(id, Named::Many, faults))
            .collect()
    };
    let lead = agencies(entry.lead);
    let members = agencies(entry.members);
    let theme = plan.themes.push(Theme {
        code,
        name: site.name(entry.name.as_ref(), faults),
        description: site.optional(entry.description.as_ref(), faults),
        expects: expects(entry.expects.as_ref()),
        lead,
        members,
        places: places(entry.name.as_ref(), entry.weight, written.span),
        weight: weight(entry.weight, faults),
        objectives: Vec::new(),
        span: written.span,
    });
    for objective in entry.objectives {
        place(setting, objective, Some(theme), plan, placed, faults);
    }
}

/// Where name and weight of a theme or an objective are written.
fn places(name: Option<&LocalText>, weight: Option<At<Quantity>>, whole: Span) -> Places {
    Places {
        name: name.map_or(whole, LocalText::span),
        weight: weight.map_or(whole, |weight| weight.span),
        ..Places::at(whole)
    }
}

fn add_objective(
    setting: &Setting,
    placed: Placed,
    plan: &mut Plan,
    loose_kpis: &mut Loose<KpiEntry>,
    loose_actions: &mut Loose<ActionEntry>,
    faults: &mut Diagnostics,
) {
    let Placed {
        entry,
        code,
        span,
        theme,
        perspective,
    } = placed;
    let site = setting.site;
    let at = ObjectiveIx::new(plan.objectives.len());
    for drive in entry.drives {
        let (to, because) = match drive {
            TextOr::Text(to) => (Some(to), None),
            TextOr::Full(full) => (full.to, site.optional(full.because.as_ref(), faults)),
        };
        if let Some(to) = to {
            plan.effects.push(Effect {
                from: at,
                to,
                because,
            });
        }
    }
    plan.contributions
        .extend(contributions(Item::Objective(at), entry.contributes_to));
    let mut entries = entry.kpis;
    entries.append(&mut loose_kpis.take(code.as_str()));
    let objective = Objective {
        name: site.name(entry.name.as_ref(), faults),
        description: site.optional(entry.description.as_ref(), faults),
        theme,
        perspective,
        owner: site.owner(entry.owner.as_ref(), faults),
        places: places(entry.name.as_ref(), entry.weight, span),
        weight: weight(entry.weight, faults),
        drives: Vec::new(),
        kpis: Vec::new(),
        span,
        code,
    };
    let parent = objective.code.clone();
    let family = format!("{parent}.");
    plan.objectives.push(objective);
    if let Some(theme) = theme {
        plan.themes[theme].objectives.push(at);
    }
    let mut kpis: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| {
            let written = entry.code.clone()?;
            let (scheme, doubt) = (setting.scheme, &mut plan.doubt);
            let code = codes::read(&written, Rank::Kpi, scheme, &family, doubt, faults)?;
            codes::check_parent(&code, &parent, span, written.span, doubt, faults);
            Some((code, written.span, entry))
        })
        .collect();
    if setting.scheme == CodeScheme::Strict {
        kpis.sort_by(|a, b| a.0.cmp(&b.0));
    }
    (plan.doubt).note_twice(kpis.iter().map(|(code, ..)| code.as_str()));
    for (code, span, entry) in kpis {
        add_kpi(setting, at, code, span, entry, plan, loose_actions, faults);
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step of the placing, split off for its length"
)]
fn add_kpi(
    setting: &Setting,
    objective: ObjectiveIx,
    code: Code,
    span: Span,
    mut entry: KpiEntry,
    plan: &mut Plan,
    loose: &mut Loose<ActionEntry>,
    faults: &mut Diagnostics,
) {
    let at = KpiIx::new(plan.kpis.len());
    let contributes_to = std::mem::take(&mut entry.contributes_to);
    plan.contributions
        .extend(contributions(Item::Kpi(at), contributes_to));
    let mut entries = std::mem::take(&mut entry.actions);
    entries.append(&mut loose.take(code.as_str()));
    let parent = code.clone();
    let family = format!("{parent}.");
    let kpi = kpi::kpi(setting, objective, code, span, entry, faults);
    plan.kpis.push(kpi);
    plan.objectives[objective].kpis.push(at);
    let mut actions: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| {
            let written = entry.code.clone()?;
            let (scheme, doubt) = (setting.scheme, &mut plan.doubt);
            let code = codes::read(&written, Rank::Action, scheme, &family, doubt, faults)?;
            codes::check_parent(&code, &parent, span, written.span, doubt, faults);
            Some((code, written.span, entry))
        })
        .collect();
    if setting.scheme == CodeScheme::Strict {
        actions.sort_by(|a, b| a.0.cmp(&b.0));
    }
    for (code, span, entry) in actions {
        let action = action(setting.site, at, code, span, entry, faults);
        let action = plan.actions.push(action);
        plan.kpis[at].actions.push(action);
    }
}

fn contributions(from: Item, to: Vec<At<String>>) -> impl Iterator<Item = Contribution> {
    to.into_iter().map(move |to| Contribution { from, to })
}

fn action(
    site: &Site,
    kpi: KpiIx,
    code: Code,
    span: Span,
    entry: ActionEntry,
    faults: &mut Diagnostics,
) -> Action {
    let start = site.date(entry.start.as_ref(), faults);
    let end = site.date(entry.end.as_ref(), faults);
    if let (Some(from), Some(to), Some(written)) = (start, end, &entry.end)
        && to < from
    {
        faults.push(
            Diagnostic::new(
                Rule::BadDate,
                written.span,
                say!(
                    "the action plan ends on {to}, before it starts on {from}",
                    to = site.years.calendar.day(to),
                    from = site.years.calendar.day(from)
                ),
            )
            .expected(say!("an end on or after the start"))
            .help(say!("correct the wrong one of the two days")),
        );
    }
    Action {
        code,
        kpi,
        name: site.name(entry.name.as_ref(), faults),
        description: site.optional(entry.description.as_ref(), faults),
        owner: site.owner(entry.owner.as_ref(), faults),
        start,
        end,
        milestones: entry
            .milestones
            .iter()
            .map(|m| Milestone {
                name: site.name(m.name.as_ref(), faults),
                due: site.date(m.due.as_ref(), faults),
                done: site.date(m.done.as_ref(), faults),
                weight: weight(m.weight, faults),
            })
            .collect(),
        budget: entry.budget.map(|b| Budget {
            planned: b.planned.map(|q| q.value),
            spent: b.spent.map(|q| q.value),
            currency: b.currency.map(|c| c.value),
        }),
        url: entry.url,
        documents: site.links(&entry.documents, faults),
        span,
    }
}
