//! One KPI: its scale, its target, its settings.

use super::plan::Setting;
use super::site::{score, weight};
use super::value;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::arena::ObjectiveIx;
use crate::model::code::Code;
use crate::model::kpi::{Aggregate, Direction, Frequency, Kpi, Level, Scale, Worst};
use crate::model::ledger::TargetRow;
use crate::model::places::Places;
use crate::model::quantity::Quantity;
use crate::model::scale::{Anchors, ScaleFault};
use crate::say;
use crate::source::decode::Decode as _;
use crate::source::entry::{KpiEntry, LocalText, ScaleEntry, WorstEntry};
use crate::source::yaml::parse_slice;
use crate::span::{At, Sources, Span};

/// The most decimal places a computed value is shown with.
const MOST_DECIMALS: u32 = 9;

/// Assembles a KPI; its ledgers come later.
pub fn kpi(
    setting: &Setting,
    objective: ObjectiveIx,
    code: Code,
    span: Span,
    entry: KpiEntry,
    faults: &mut Diagnostics,
) -> Kpi {
    let site = setting.site;
    let mut optional = |entry: Option<&_>| site.optional(entry, faults);
    let unit = optional(entry.unit.as_ref());
    let question = optional(entry.question.as_ref());
    let definition = optional(entry.definition.as_ref());
    let formula = optional(entry.formula.as_ref());
    let data_source = optional(entry.data_source.as_ref());
    let direction = entry.direction.map(|d| d.value);
    let doubtful = setting.misread.within(entry.span);
    let mut kpi = Kpi {
        name: site.name(entry.name.as_ref(), faults),
        scale: if doubtful {
            Scale::Preset { worst: None }
        } else {
            scale(direction, &entry, span, faults)
        },
        decimals: decimals(entry.decimals, faults),
        places: places(&entry, span),
        weight: weight(entry.weight, faults),
        bands: entry
            .bands
            .as_ref()
            .map(|bands| site.bands(Some(bands), setting.bands, faults)),
        owner: site.owner(entry.owner.as_ref(), faults),
        code,
        id: entry.id.filter(|id| !id.value.is_empty()),
        objective,
        question,
        definition,
        formula,
        unit,
        direction,
        baseline: entry.baseline.map(|b| b.value),
        frequency: entry.frequency.map(|f| f.value),
        aggregate: entry.aggregate.map_or(Aggregate::Last, |a| a.value),
        aggregate_stated: entry.aggregate.is_some(),
        per: Quantity::ONE,
        may_exceed: entry.may_exceed.is_some_and(|may| may.value),
        indicator: entry.indicator.map(|i| i.value),
        data_source,
        data_url: entry.data_url,
        reporting_days: entry.reporting_days.map(|days| days.value),
        actions: Vec::new(),
        targets: Vec::new(),
        results: Vec::new(),
        doubtful,
        span,
    };
    kpi.per = entry
        .per
        .map_or_else(|| kpi.whole().unwrap_or(Quantity::ONE), |per| per.value);
    if let Some(written) = entry.target.as_ref().filter(|_| !kpi.doubtful)
        && let Some(target) = value::target(&kpi, written, &site.languages, faults)
    {
        kpi.targets.push(TargetRow {
            period: setting.period,
            target,
            set_on: None,
            reason: None,
            span: written.span,
        });
    }
    check_frequency(setting, &kpi, entry.frequency, faults);
    kpi
}

/// The direction and the scale that some keys of a KPI make, one a line; nothing where
/// they make none.
pub fn scale_of(keys: &str, span: Span) -> Option<(Option<Direction>, Scale)> {
    let file = Sources::default().add("", String::new());
    let node = parse_slice(&format!("code: X\nname: X\n{keys}\n"), file, 0).ok()?;
    let mut faults = Diagnostics::default();
    let entry = KpiEntry::decode(&node, &mut faults)?;
    let direction = entry.direction.map(|direction| direction.value);
    let scale = scale(direction, &entry, span, &mut faults);
    (faults.iter().next().is_none()).then_some((direction, scale))
}

/// Where its goalposts are written.
fn places(entry: &KpiEntry, whole: Span) -> Places {
    let worst = entry.worst.as_ref().map(WorstEntry::span);
    let own = || entry.scale.as_ref().or(entry.levels.as_ref());
    let scale = worst.or_else(|| own().map(ScaleEntry::span));
    let direction = || entry.direction.map(|direction| direction.span);
    Places {
        name: entry.name.as_ref().map_or(whole, LocalText::span),
        weight: entry.weight.map_or(whole, |weight| weight.span),
        baseline: entry.baseline.map_or(whole, |baseline| baseline.span),
        scale: scale.or_else(direction).unwrap_or(whole),
    }
}

/// Notes a frequency that the plan period is not made of.
fn check_frequency(
    setting: &Setting,
    kpi: &Kpi,
    stated: Option<At<Frequency>>,
    faults: &mut Diagnostics,
) {
    let Some(stated) = stated else { return };
    if setting
        .period
        .parts(stated.value, setting.site.years)
        .is_empty()
    {
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                stated.span,
                say!(
                    "{code} is measured {often}, which the plan period {period} is not made of",
                    code = kpi.code,
                    often = stated.value.often(),
                    period = setting.period.named(setting.site.years.calendar)
                ),
            )
            .expected(say!(
                "a frequency whose periods fill the plan period exactly"
            ))
            .help(say!(
                "choose a shorter frequency, or leave it out for one figure per plan period"
            )),
        );
    }
}

fn decimals(entry: Option<At<u32>>, faults: &mut Diagnostics) -> u32 {
    let Some(entry) = entry else { return 1 };
    if entry.value > MOST_DECIMALS {
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                entry.span,
                say!("{value} decimal places are too many", value = entry.value),
            )
            .expected(say!("0 to {most_decimals}", most_decimals = MOST_DECIMALS)),
        );
    }
    entry.value.min(MOST_DECIMALS)
}

fn scale(
    direction: Option<Direction>,
    entry: &KpiEntry,
    span: Span,
    faults: &mut Diagnostics,
) -> Scale {
    if direction == Some(Direction::Levels) {
        return Scale::Levels(levels(entry, span, faults));
    }
    if let Some(levels) = &entry.levels {
        let place = match levels {
            ScaleEntry::Progress(at) | ScaleEntry::Anchors(at, _) => *at,
            ScaleEntry::RedFlag(red_flag) => red_flag.span,
        };
        faults.push(
            Diagnostic::new(
                Rule::ImpossibleScale,
                place,
                say!("levels are named, but the direction is not `levels`"),
            )
            .expected(say!("`direction: levels` beside `levels:`"))
            .help(say!("set `direction: levels`, or use `scale:` for anchors")),
        );
    }
    let preset = || Scale::Preset {
        worst: entry.worst.as_ref().map(|worst| match worst {
            WorstEntry::One(one) => Worst::One(one.value),
            WorstEntry::Two(low, high) => Worst::Two(low.value, high.value),
        }),
    };
    match &entry.scale {
        None => preset(),
        Some(ScaleEntry::Progress(_)) => Scale::Progress,
        Some(ScaleEntry::RedFlag(entry)) => match (entry.red_flag, entry.goal) {
            (Some(red_flag), Some(goal)) => {
                if red_flag.value == goal.value {
                    let why = ScaleFault::NotIncreasing(say!(
                        "red flag and goal are both {value}",
                        value = goal.value
                    ));
                    impossible(&why, goal.span, faults);
                }
                Scale::RedFlag {
                    red_flag: red_flag.value,
                    goal: goal.value,
                }
            }
            _ => preset(),
        },
        Some(ScaleEntry::Anchors(at, pairs)) => {
            let anchors: Vec<_> = pairs
                .iter()
                .filter_map(|(value, score)| {
                    let value = value::plain_number(value, faults)?;
                    Some((Quantity::new(value.value), score.value))
                })
                .collect();
            if anchors.len() == pairs.len()
                && let Err(why) = Anchors::new(anchors.clone())
            {
                impossible(&why, *at, faults);
            }
            Scale::Anchors(anchors)
        }
    }
}

fn levels(entry: &KpiEntry, span: Span, faults: &mut Diagnostics) -> Vec<Level> {
    let Some(ScaleEntry::Anchors(_, pairs)) = entry.levels.as_ref().or(entry.scale.as_ref()) else {
        faults.push(
            Diagnostic::new(
                Rule::ImpossibleScale,
                span,
                say!("the direction is `levels`, but no levels are named"),
            )
            .expected(say!("`levels: [[A, 60], [AA, 80], [AAA, 100]]`"))
            .help(say!("add `levels:` with each level's name and score")),
        );
        return Vec::new();
    };
    let mut levels: Vec<Level> = Vec::new();
    for (name, points) in pairs {
        if levels.iter().any(|level| level.name == name.value) {
            faults.push(
                Diagnostic::new(
                    Rule::ImpossibleScale,
                    name.span,
                    say!("the level `{value}` is named twice", value = name.value),
                )
                .expected(say!("each level once")),
            );
        } else if let Some(score) = score(*points, faults) {
            levels.push(Level {
                name: name.value.clone(),
                score,
            });
        }
    }
    levels
}

/// Notes a scale that cannot score.
fn impossible(why: &ScaleFault, span: Span, faults: &mut Diagnostics) {
    faults.push(Diagnostic::new(Rule::ImpossibleScale, span, why.said()).help(why.help()));
}
