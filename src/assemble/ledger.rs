//! The two ledgers: rows become targets and results of their KPIs.

use jiff::civil::Date;

use super::columns::{
    BREAK, DENOMINATOR, KPI, Ledger, NOTE, NUMERATOR, OFFICIAL, PERIOD, PUBLISHED_ON, REASON,
    RESULT_COLUMNS, SET_ON, SOURCE, STATE, TARGET, TARGET_COLUMNS, VALUE,
};
use super::site::Site;
use super::value;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::model::arena::{Arena, KpiIx};
use crate::model::keyword::Keyword;
use crate::model::kpi::Kpi;
use crate::model::ledger::{Absence, Measure, Report, ResultRow, TargetRow};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::scorecard::{Item, Scorecard};
use crate::source::table::{Row, Table};
use crate::span::{At, Span};

/// Takes the rows of a ledger of targets into the scorecard.
pub fn targets(table: &Table, scorecard: &mut Scorecard, site: &Site, faults: &mut Diagnostics) {
    let Some(ledger) = Ledger::open(table, &TARGET_COLUMNS, &[KPI, PERIOD, TARGET], faults) else {
        return;
    };
    for row in &ledger.table.rows {
        let Some((at, period)) = subject(
            ledger.cell(row, KPI),
            ledger.cell(row, PERIOD),
            row,
            scorecard,
            site,
            faults,
        ) else {
            continue;
        };
        let set_on = site.date(ledger.cell(row, SET_ON), faults);
        let Some(written) = ledger.cell(row, TARGET) else {
            faults.push(incomplete(
                row,
                "the row has no target",
                "a target in the column `target`",
            ));
            continue;
        };
        let kpi = &mut scorecard.kpis[at];
        let Some(target) = value::target(kpi, written, faults) else {
            continue;
        };
        if let Some(first) = kpi
            .targets
            .iter()
            .find(|t| t.period == period && t.set_on == set_on)
        {
            faults.push(duplicate(
                row,
                &kpi.code.to_string(),
                period,
                set_on,
                first.span,
            ));
            continue;
        }
        kpi.targets.push(TargetRow {
            period,
            target,
            set_on,
            reason: ledger.text(row, REASON),
            span: written.span,
        });
    }
}

/// Takes the rows of a ledger of results into the scorecard.
pub fn results(table: &Table, scorecard: &mut Scorecard, site: &Site, faults: &mut Diagnostics) {
    let Some(ledger) = Ledger::open(table, &RESULT_COLUMNS, &[KPI, PERIOD], faults) else {
        return;
    };
    for row in &ledger.table.rows {
        let Some((at, period)) = subject(
            ledger.cell(row, KPI),
            ledger.cell(row, PERIOD),
            row,
            scorecard,
            site,
            faults,
        ) else {
            continue;
        };
        let kpi = &mut scorecard.kpis[at];
        let Some(result) = result(&ledger, row, kpi, period, site, faults) else {
            continue;
        };
        let same = |r: &&ResultRow| r.period == period && r.published_on == result.published_on;
        if let Some(first) = kpi.results.iter().find(same) {
            let code = kpi.code.to_string();
            faults.push(duplicate(
                row,
                &code,
                period,
                result.published_on,
                first.span,
            ));
            continue;
        }
        kpi.results.push(result);
    }
}

/// Puts the rows of every KPI in order: by period, then by date.
pub fn sort(kpis: &mut Arena<KpiIx, Kpi>) {
    for kpi in kpis.iter_mut() {
        kpi.targets.sort_by_key(|row| (row.period, row.set_on));
        kpi.results
            .sort_by_key(|row| (row.period, row.published_on));
    }
}

fn result(
    ledger: &Ledger<11>,
    row: &Row,
    kpi: &Kpi,
    period: Period,
    site: &Site,
    faults: &mut Diagnostics,
) -> Option<ResultRow> {
    let published_on = site.date(ledger.cell(row, PUBLISHED_ON), faults);
    let note = ledger.text(row, NOTE);
    let (provisional, absence) = state(ledger.cell(row, STATE), faults)?;
    let value = ledger.cell(row, VALUE);
    let ratio = (ledger.cell(row, NUMERATOR), ledger.cell(row, DENOMINATOR));
    let figure = value.or(ratio.0).or(ratio.1);
    let report = match (absence, figure) {
        (Some(absence), Some(figure)) => {
            faults.push(
                Diagnostic::new(
                    Rule::LedgerRow,
                    figure.span,
                    format!(
                        "the row says `{}` and gives a figure all the same",
                        absence.word()
                    ),
                )
                .expected("either a state without a value, or a value")
                .help("remove the figure, or the state"),
            );
            return None;
        }
        (Some(absence), None) => {
            if note.is_none() {
                faults.push(incomplete(
                    row,
                    &format!("the row says `{}` without saying why", absence.word()),
                    "a note that tells readers why there is no value",
                ));
            }
            Report::Absent(absence)
        }
        (None, None) => {
            faults.push(incomplete(
                row,
                "the row has neither a value nor a state",
                "a value, a numerator and a denominator, or a state (withheld, not_collected, discontinued)",
            ));
            return None;
        }
        (None, Some(_)) => Report::Value {
            measure: figure_of(kpi, value, ratio, faults)?,
            provisional,
        },
    };
    Some(ResultRow {
        period,
        report,
        published_on,
        official_status: ledger.text(row, OFFICIAL),
        note,
        source: ledger.text(row, SOURCE),
        starts_series: starts_series(ledger.cell(row, BREAK), faults),
        span: figure.map_or(row.span, |figure| figure.span),
    })
}

/// Provisional or not, and why there is no value.
fn state(
    written: Option<&At<String>>,
    faults: &mut Diagnostics,
) -> Option<(bool, Option<Absence>)> {
    let Some(written) = written else {
        return Some((false, None));
    };
    match written.value.as_str() {
        "final" | "確定" => return Some((false, None)),
        "provisional" | "初步" | "暫定" => return Some((true, None)),
        "不公開" => return Some((false, Some(Absence::Withheld))),
        "未蒐集" => return Some((false, Some(Absence::NotCollected))),
        "停用" => return Some((false, Some(Absence::Discontinued))),
        word => {
            if let Some(absence) = Absence::from_word(word) {
                return Some((false, Some(absence)));
            }
        }
    }
    let known = [
        "final",
        "provisional",
        "withheld",
        "not_collected",
        "discontinued",
    ];
    let fault = Diagnostic::new(
        Rule::BadValue,
        written.span,
        format!("`{}` is not a state", written.value),
    )
    .expected(format!("nothing, or one of {}", known.join(", ")));
    faults.push(match nearest(&written.value, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    });
    None
}

fn figure_of(
    kpi: &Kpi,
    value: Option<&At<String>>,
    ratio: (Option<&At<String>>, Option<&At<String>>),
    faults: &mut Diagnostics,
) -> Option<Measure> {
    match (value, ratio) {
        (Some(value), (None, None)) => value::measure(kpi, value, faults),
        (None, (Some(numerator), Some(denominator))) => {
            let top = value::plain_number(numerator, faults);
            let bottom = value::plain_number(denominator, faults);
            let (top, bottom) = (Quantity::new(top?.value), Quantity::new(bottom?.value));
            if bottom == Quantity::ZERO {
                faults.push(
                    Diagnostic::new(Rule::LedgerRow, denominator.span, "the denominator is 0")
                        .expected("a denominator other than 0")
                        .help(
                            "where nothing was counted, use the state `not_collected` with a note",
                        ),
                );
                return None;
            }
            let share = (top * kpi.per).per(bottom)?;
            value::in_range(kpi, share, numerator.span, faults)
                .then_some(Measure::Ratio(top, bottom))
        }
        (Some(value), (one, other)) => {
            faults.push(
                Diagnostic::new(
                    Rule::LedgerRow,
                    value.span,
                    "the row gives both a value and a ratio",
                )
                .expected("either a value, or a numerator and a denominator")
                .help("keep the numerator and denominator; the value follows from them")
                .related(
                    one.or(other).map_or(value.span, |cell| cell.span),
                    "the ratio is here",
                ),
            );
            None
        }
        (None, (one, other)) => {
            if let Some(cell) = one.or(other) {
                let missing = if one.is_some() {
                    "denominator"
                } else {
                    "numerator"
                };
                faults.push(
                    Diagnostic::new(
                        Rule::LedgerRow,
                        cell.span,
                        format!("the row has no {missing}"),
                    )
                    .expected("a numerator and a denominator"),
                );
            }
            None
        }
    }
}

fn starts_series(written: Option<&At<String>>, faults: &mut Diagnostics) -> bool {
    let Some(written) = written else { return false };
    match written.value.to_lowercase().as_str() {
        "true" | "yes" | "1" | "是" => true,
        "false" | "no" | "0" | "否" => false,
        _ => {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    written.span,
                    format!("`{}` is neither true nor false", written.value),
                )
                .expected("`true` where a new series begins, else nothing"),
            );
            false
        }
    }
}

/// The KPI and the period a row is about.
fn subject(
    code: Option<&At<String>>,
    period: Option<&At<String>>,
    row: &Row,
    scorecard: &Scorecard,
    site: &Site,
    faults: &mut Diagnostics,
) -> Option<(KpiIx, Period)> {
    let kpi = match code {
        None => {
            faults.push(incomplete(row, "the row names no KPI", "the code of a KPI"));
            None
        }
        Some(code) => {
            if let Some(Item::Kpi(at)) = scorecard.item(&code.value) {
                Some(at)
            } else {
                faults.push(unknown_kpi(code, scorecard));
                None
            }
        }
    };
    let Some(written) = period else {
        faults.push(incomplete(
            row,
            "the row names no period",
            "a period such as 2022 or 2022-Q3",
        ));
        return None;
    };
    let Some(period) = Period::parse(&written.value, site.years) else {
        faults.push(
            Diagnostic::new(
                Rule::BadPeriod,
                written.span,
                format!("`{}` is not a period", written.value),
            )
            .expected("2022, 2022-H1, 2022-Q3, 2022-07 or 2022-07-01/2023-06-30"),
        );
        return None;
    };
    let kpi = kpi?;
    if let Some(fault) = unknown_period(&scorecard.kpis[kpi], period, scorecard, site, written.span)
    {
        faults.push(fault);
        return None;
    }
    Some((kpi, period))
}

fn unknown_kpi(code: &At<String>, scorecard: &Scorecard) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::UnknownKpi,
        code.span,
        format!("{} has no KPI `{}`", scorecard.path, code.value),
    )
    .expected("the code of a KPI of this scorecard");
    match nearest(
        &code.value,
        scorecard.kpis.iter().map(|kpi| kpi.code.as_str()),
    ) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("add the KPI to the scorecard, or correct the code"),
    }
}

/// A KPI has figures for its plan period, for the periods of its frequency and
/// those made of them, and for earlier times; for nothing finer, nothing later.
fn unknown_period(
    kpi: &Kpi,
    period: Period,
    scorecard: &Scorecard,
    site: &Site,
    span: Span,
) -> Option<Diagnostic> {
    let plan = scorecard.period;
    let finer = match (kpi.frequency, period.frequency()) {
        (Some(stated), Some(given)) => given < stated,
        (None, given) => {
            given.is_some_and(|given| plan.frequency().is_none_or(|plan| given < plan))
        }
        // A stretch of whole parts, such as January to September, for figures to date.
        (Some(stated), None) => period != plan && period.parts(stated, site.years).is_empty(),
    };
    let later = period.end() > plan.end();
    let astride = !plan.contains(period) && period.end() >= plan.start();
    if !finer && !later && !astride {
        return None;
    }
    let (message, help) = if finer {
        let stated = kpi.frequency.map_or_else(
            || "once in the plan period".to_owned(),
            |frequency| format!("every {}", frequency.word()),
        );
        (
            format!("{} is measured {stated}, not over {period}", kpi.code),
            "correct the period, or set the KPI's `frequency`",
        )
    } else {
        (
            format!("{period} lies outside the plan period {plan}"),
            "correct the period, or put the row into the scorecard of its year",
        )
    };
    Some(
        Diagnostic::new(Rule::UnknownPeriod, span, message)
            .expected(format!("{plan}, a part of it, or an earlier period"))
            .help(help),
    )
}

fn incomplete(row: &Row, message: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(Rule::LedgerRow, row.span, message)
        .expected(expected)
        .help("complete the row, or remove it")
}

fn duplicate(row: &Row, code: &str, period: Period, date: Option<Date>, first: Span) -> Diagnostic {
    let when = date.map_or_else(
        || "without a date".to_owned(),
        |date| format!("dated {date}"),
    );
    Diagnostic::new(
        Rule::DuplicateRow,
        row.span,
        format!("{code} has two rows for {period} {when}"),
    )
    .expected("one row for a KPI, period and date")
    .help("give a revision a later date, or remove the row")
    .related(first, "first written here")
}
