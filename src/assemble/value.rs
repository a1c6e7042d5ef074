//! Targets and results as authors write them: numbers, ranges, levels, yes and no.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::message::Wording;
use crate::model::arena::{LevelIx, Position};
use crate::model::kpi::{Direction, Kpi, Level, Scale};
use crate::model::lang::Languages;
use crate::model::ledger::{Measure, Target};
use crate::model::number;
use crate::model::quantity::Quantity;
use crate::say;
use crate::span::{At, Span};

/// Reads a target of `kpi`.
pub fn target(
    kpi: &Kpi,
    written: &At<String>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> Option<Target> {
    let text = written.value.as_str();
    match kpi.direction {
        Some(Direction::YesNo) => yes_no(written, faults).map(Target::YesNo),
        Some(Direction::Levels) => level(kpi, written, faults).map(Target::Level),
        _ => match text.split_once("..") {
            Some((first, second)) => {
                let end = |text: &str| At::new(text.to_owned(), written.span);
                let low = quantity(kpi, &end(first), languages, faults)?;
                let high = quantity(kpi, &end(second), languages, faults)?;
                if low > high {
                    faults.push(
                        Diagnostic::new(
                            Rule::BadValue,
                            written.span,
                            say!("the range {text} runs from high to low", text),
                        )
                        .expected(say!("low..high"))
                        .help(say!(
                            "write `{meant}`",
                            meant = format!("{}..{}", second.trim(), first.trim())
                        )),
                    );
                    return None;
                }
                Some(Target::Range(low, high))
            }
            None => quantity(kpi, written, languages, faults).map(Target::Value),
        },
    }
}

/// Reads a result of `kpi`.
pub fn measure(
    kpi: &Kpi,
    written: &At<String>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> Option<Measure> {
    match kpi.direction {
        Some(Direction::YesNo) => yes_no(written, faults).map(Measure::YesNo),
        Some(Direction::Levels) => level(kpi, written, faults).map(Measure::Level),
        _ => quantity(kpi, written, languages, faults).map(Measure::Number),
    }
}

/// Reads a number of `kpi`: a percent sign only where its unit is percent, a
/// share above the whole only where it may exceed it.
fn quantity(
    kpi: &Kpi,
    written: &At<String>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> Option<Quantity> {
    let number = plain_number(written, faults)?;
    if number.percent && kpi.whole() != Some(Quantity::HUNDRED) {
        let unit = kpi.unit.as_ref().map_or_else(
            || say!("not stated"),
            |unit| say!("{unit}", unit = languages.said(unit)),
        );
        faults.push(
            Diagnostic::new(
                Rule::BadNumber,
                written.span,
                say!(
                    "`{value}` is a percentage, but the unit of {code} is {unit}",
                    value = written.value,
                    code = kpi.code,
                    unit
                ),
            )
            .expected(say!("a number in the KPI's own unit"))
            .help(say!("remove the `%`, or set `unit: \"%\"` for the KPI")),
        );
        return None;
    }
    let value = Quantity::new(number.value);
    in_range(kpi, value, written.span, languages, faults).then_some(value)
}

/// Notes a share above the whole.
pub fn in_range(
    kpi: &Kpi,
    value: Quantity,
    span: Span,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> bool {
    let Some(whole) = kpi.whole().filter(|_| !kpi.may_exceed) else {
        return true;
    };
    if value <= whole {
        return true;
    }
    let said = |unit| languages.said(unit);
    let unit = kpi.unit.as_ref().map(said).unwrap_or_default();
    faults.push(
        Diagnostic::new(
            Rule::OutOfRange,
            span,
            say!(
                "{value}{unit} is more than the whole",
                value = shown_above(value, whole, kpi.decimals),
                unit
            ),
        )
        .expected(say!("at most {whole}{unit}", whole, unit))
        .help(say!(
            "correct the figure, or add `may_exceed: true` to the KPI if it can pass the whole"
        )),
    );
    false
}

/// A share as people write it: with the decimals of its KPI, or as many as show that it
/// is above the whole.
fn shown_above(share: Quantity, whole: Quantity, decimals: u32) -> Quantity {
    let mut shown = (decimals..).take(20).map(|places| share.rounded(places));
    shown.find(|shown| *shown > whole).unwrap_or(share)
}

/// A number, whatever it counts.
pub fn plain_number(written: &At<String>, faults: &mut Diagnostics) -> Option<number::Written> {
    match number::number(&written.value) {
        Ok(number) => Some(number),
        Err(fault) => {
            faults.push(
                Diagnostic::new(Rule::BadNumber, written.span, fault.said())
                    .expected(fault.expected())
                    .help(fault.help()),
            );
            None
        }
    }
}

fn yes_no(written: &At<String>, faults: &mut Diagnostics) -> Option<bool> {
    match written.value.to_lowercase().as_str() {
        "yes" | "true" | "是" | "有" | "1" => Some(true),
        "no" | "false" | "否" | "無" | "0" => Some(false),
        _ => {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    written.span,
                    say!("`{value}` is neither yes nor no", value = written.value),
                )
                .expected(say!("yes or no (是 or 否)")),
            );
            None
        }
    }
}

fn level(kpi: &Kpi, written: &At<String>, faults: &mut Diagnostics) -> Option<LevelIx> {
    let levels: &[Level] = match &kpi.scale {
        Scale::Levels(levels) => levels,
        _ => &[],
    };
    let found = levels.iter().position(|level| level.name == written.value);
    if found.is_none() {
        let names: Vec<_> = levels.iter().map(|level| level.name.as_str()).collect();
        let fault = Diagnostic::new(
            Rule::BadValue,
            written.span,
            say!(
                "`{value}` is not a level of {code}",
                value = written.value,
                code = kpi.code
            ),
        )
        .expected(say!("one of {known}", known = Wording::list(&names)));
        faults.push(match nearest(&written.value, names) {
            Some(near) => fault.help(say!("did you mean `{near}`?", near)),
            None => fault.help(say!(
                "write the level's name as the KPI lists it; a word that is no level is never zero"
            )),
        });
    }
    found.map(LevelIx::new)
}
