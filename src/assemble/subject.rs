//! What a row of a ledger is about: a KPI of the scorecard, and a period that the
//! KPI has figures for.

use super::ledger::incomplete;
use super::site::Site;
use super::when::{bad_period, period_form};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::arena::KpiIx;
use crate::model::kpi::{Frequency, Kpi};
use crate::model::period::Period;
use crate::model::scorecard::{Item, Scorecard};
use crate::say;
use crate::source::table::Row;
use crate::span::{At, Span};

/// What stands where the code should in a row that adds up others.
const TOTALS: [&str; 8] = [
    "合計", "總計", "小計", "平均", "total", "sum", "subtotal", "average",
];

/// The KPI and the period a row is about.
pub fn subject(
    code: Option<&At<String>>,
    period: Option<&At<String>>,
    row: &Row,
    scorecard: &Scorecard,
    site: &Site,
    faults: &mut Diagnostics,
) -> Option<(KpiIx, Period)> {
    let kpi = match code {
        None => {
            let fault = incomplete(row, say!("the row names no KPI"), say!("the code of a KPI"));
            faults.push(fault.help(
                say!("write the code in this row, too, or remove the row; of merged cells only the first has the text"),
            ));
            return None;
        }
        Some(code) => {
            if scorecard.doubt.covers(&code.value) {
                return None;
            }
            let Some(Item::Kpi(at)) = scorecard.item(&code.value) else {
                // What a row says of nothing that is known is not worth a second fault.
                let told = !faults.is_full(Rule::UnknownKpi);
                faults.push(unknown_kpi(code, scorecard, told));
                return None;
            };
            at
        }
    };
    let Some(written) = period else {
        faults.push(incomplete(
            row,
            say!("the row names no period"),
            period_form(site.years.calendar),
        ));
        return None;
    };
    let Some(period) = Period::parse(&written.value, site.years) else {
        faults.push(bad_period(written, Some(scorecard.period), site.years));
        return None;
    };
    if scorecard.kpis[kpi].doubtful {
        return None;
    }
    if let Some(fault) = ancient(written, period, scorecard.period, site) {
        faults.push(fault);
        return None;
    }
    if let Some(fault) = unknown_period(&scorecard.kpis[kpi], period, scorecard, site, written.span)
    {
        faults.push(fault);
        return None;
    }
    Some((kpi, period))
}

/// `told` says whether anybody will read it: a ledger of another plan has many
/// codes, and the nearest of each is work.
fn unknown_kpi(code: &At<String>, scorecard: &Scorecard, told: bool) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::UnknownKpi,
        code.span,
        say!(
            "{path} has no KPI `{value}`",
            path = scorecard.folder,
            value = code.value
        ),
    )
    .expected(say!("the code of a KPI of this scorecard"));
    if !told {
        return fault;
    }
    if TOTALS.contains(&code.value.to_lowercase().as_str()) {
        return fault.help(say!(
            "remove the row: totals are worked out when the site is built"
        ));
    }
    let called = |kpi: &&Kpi| {
        let id = kpi.id.as_ref().is_some_and(|id| id.value == code.value);
        id || kpi.name.is_called(&code.value)
    };
    let mut called = scorecard.kpis.iter().filter(called);
    if let (Some(kpi), None) = (called.next(), called.next()) {
        return fault.help(say!("write its code, `{code}`", code = kpi.code));
    }
    fault.help(scorecard.near(
        &code.value,
        |item| matches!(item, Item::Kpi(_)),
        say!("correct the code, add the KPI to the scorecard, or remove a row that is no figure"),
    ))
}

/// How many years before its plan a figure may be. A series that is compared with goes
/// back that far at most; a year with a digit left out or mistyped goes back a century.
const SERIES: i16 = 80;

/// The fault of a period of another age.
fn ancient(written: &At<String>, period: Period, plan: Period, site: &Site) -> Option<Diagnostic> {
    let years = plan.start().year() - period.start().year();
    if years <= SERIES {
        return None;
    }
    let text = written.value.trim();
    let (head, tail) = text.split_at_checked(3).unwrap_or((text, ""));
    // 14 for 114, 1141 for 114-Q1, 1925 for 2025.
    let meant = [
        format!("1{text}"),
        format!("{head}-Q{tail}"),
        format!("20{rest}", rest = text.get(2..).unwrap_or_default()),
    ];
    let in_plan = |text: &String| Period::parse(text, site.years).is_some_and(|p| plan.contains(p));
    let near = meant.into_iter().find(in_plan);
    let fault = Diagnostic::new(
        Rule::UnknownPeriod,
        written.span,
        say!(
            "{period} lies {years} years before the plan period {plan}",
            period,
            years = i64::from(years),
            plan
        ),
    )
    .expected(say!("{plan}, a part of it, or an earlier period", plan));
    Some(match near {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!("correct the year")),
    })
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
    let calendar = site.years.calendar;
    let named = period.named(calendar);
    let (message, help) = if finer {
        let stated = kpi
            .frequency
            .map_or_else(|| say!("once in the plan period"), Frequency::often);
        let around = match kpi.frequency {
            Some(stated) => Period::around(period.start(), stated, site.years),
            None => Some(plan),
        };
        let around = around.filter(|around| around.contains(period));
        let other = period.frequency().map_or("…", Frequency::word);
        (
            say!(
                "{code} is measured {stated}, not over {period}",
                code = kpi.code,
                stated,
                period = named
            ),
            match around {
                Some(around) => say!(
                    "{period} lies in `{around}`; write that, or set `frequency: {other}` for the KPI if it is measured so often",
                    period = named,
                    around = around.written(calendar),
                    other
                ),
                None => say!("correct the period, or set the KPI's `frequency`"),
            },
        )
    } else {
        let organization = scorecard.path.split('/').next().unwrap_or_default();
        let year = Period::around(period.start(), Frequency::Year, site.years);
        (
            say!(
                "{period} lies outside the plan period {plan}",
                period = named,
                plan = plan.named(calendar)
            ),
            match year {
                Some(year) => say!(
                    "correct the period, or put the row into the scorecard of its year, `{organization}/{year}`",
                    organization,
                    year = year.written(calendar)
                ),
                None => say!("correct the period"),
            },
        )
    };
    Some(
        Diagnostic::new(Rule::UnknownPeriod, span, message)
            .expected(say!(
                "{plan}, a part of it, or an earlier period",
                plan = plan.named(calendar)
            ))
            .help(help),
    )
}
