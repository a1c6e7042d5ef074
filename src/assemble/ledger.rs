//! The two ledgers: rows become targets and results of their KPIs.

use ahash::AHashMap;
use jiff::civil::Date;

use super::columns::{
    BREAK, DENOMINATOR, KPI, Ledger, NOTE, NUMERATOR, OFFICIAL, PERIOD, PUBLISHED_ON, REASON,
    RESULT_COLUMNS, SET_ON, SOURCE, STATE, TARGET, TARGET_COLUMNS, VALUE,
};
use super::site::Site;
use super::subject::subject;
use super::value;
use super::when::day_form;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::message::{Language, Message, Wording};
use crate::model::arena::{Arena, KpiIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::{Absence, Measure, Ratio, Remarks, Report, ResultRow, TargetRow};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::scorecard::Scorecard;
use crate::model::settings::Calendar;
use crate::say;
use crate::source::table::{Row, Table, comma_in_number};
use crate::span::{At, Span};

/// The most rows of one KPI in a ledger: its page shows each.
const MOST_ROWS: usize = 10_000;

fn too_many_rows(row: &Row, kpi: &Kpi) -> Diagnostic {
    Diagnostic::new(
        Rule::LedgerRow,
        row.span,
        say!(
            "{code} has more than {most_rows} rows",
            code = kpi.code,
            most_rows = MOST_ROWS
        ),
    )
    .expected(say!(
        "at most {most_rows} rows for one KPI",
        most_rows = MOST_ROWS
    ))
    .help(say!(
        "publish figures of single days as an attachment, and their sums here"
    ))
}

/// Takes the rows of a ledger of targets into the scorecard.
pub fn targets(
    table: &Table,
    scorecard: &mut Scorecard,
    site: &Site,
    dates: &mut Vec<At<Date>>,
    faults: &mut Diagnostics,
) {
    let Some(ledger) = Ledger::open(table, &TARGET_COLUMNS, &[KPI, PERIOD, TARGET], faults) else {
        return;
    };
    let mut seen: AHashMap<_, Span> = AHashMap::new();
    for (at, kpi) in scorecard.kpis.entries() {
        let before = kpi.targets.iter();
        seen.extend(before.map(|t| ((at, t.period, t.set_on), t.span)));
    }
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
        if is_parted(&ledger, row, SET_ON, site.years.calendar, faults) {
            continue;
        }
        let set_on = site.date(ledger.cell(row, SET_ON), faults);
        dates.extend(dated(ledger.cell(row, SET_ON), set_on));
        let Some(written) = ledger.cell(row, TARGET) else {
            faults.push(incomplete(
                row,
                say!("the row has no target"),
                say!("a target in the column `target`"),
            ));
            continue;
        };
        let kpi = &mut scorecard.kpis[at];
        let Some(target) = value::target(kpi, written, &site.languages, faults) else {
            continue;
        };
        if let Some(first) = seen.insert((at, period, set_on), written.span) {
            seen.insert((at, period, set_on), first);
            faults.push(duplicate(row, kpi, (period, set_on), site, first));
            continue;
        }
        if kpi.targets.len() >= MOST_ROWS {
            faults.push(too_many_rows(row, kpi));
            return;
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
pub fn results(
    table: &Table,
    scorecard: &mut Scorecard,
    site: &Site,
    dates: &mut Vec<At<Date>>,
    faults: &mut Diagnostics,
) {
    let Some(ledger) = Ledger::open(table, &RESULT_COLUMNS, &[KPI, PERIOD], faults) else {
        return;
    };
    let mut seen: AHashMap<_, Span> = AHashMap::new();
    for (at, kpi) in scorecard.kpis.entries() {
        let before = kpi.results.iter();
        seen.extend(before.map(|r| ((at, r.period, r.published_on), r.span)));
    }
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
        dates.extend(dated(ledger.cell(row, PUBLISHED_ON), result.published_on));
        let key = (at, period, result.published_on);
        if let Some(first) = seen.insert(key, result.span) {
            seen.insert(key, first);
            let when = (period, result.published_on);
            faults.push(duplicate(row, kpi, when, site, first));
            continue;
        }
        if kpi.results.len() >= MOST_ROWS {
            faults.push(too_many_rows(row, kpi));
            return;
        }
        kpi.results.push(result);
    }
}

/// A date where it is written.
fn dated(written: Option<&At<String>>, date: Option<Date>) -> Option<At<Date>> {
    Some(At::new(date?, written?.span))
}

/// Puts the rows of every KPI in order: by period, then by date. No more will come, so
/// they take no more room than they need.
pub fn sort(kpis: &mut Arena<KpiIx, Kpi>) {
    for kpi in kpis.iter_mut() {
        kpi.targets.shrink_to_fit();
        kpi.results.shrink_to_fit();
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
    if is_parted(ledger, row, PUBLISHED_ON, site.years.calendar, faults) {
        return None;
    }
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
                    say!(
                        "the row says `{word}` and gives a figure all the same",
                        word = absence.word()
                    ),
                )
                .expected(say!("either a state without a value, or a value"))
                .help(say!("remove the figure, or the state")),
            );
            return None;
        }
        (Some(absence), None) => {
            if note.is_none() {
                faults.push(incomplete(
                    row,
                    say!(
                        "the row says `{word}` without saying why",
                        word = absence.word()
                    ),
                    say!("a note that tells readers why there is no value"),
                ));
            }
            Report::Absent(absence)
        }
        (None, None) => {
            faults.push(incomplete(
                row,
                say!("the row has neither a value nor a state"),
                say!("a value, a numerator and a denominator, or a state (withheld, not_collected, discontinued)"),
            ));
            return None;
        }
        (None, Some(_)) => Report::Value {
            measure: figure_of(kpi, value, ratio, site, faults)?,
            provisional,
        },
    };
    Some(ResultRow {
        period,
        report,
        published_on,
        remarks: Remarks::new(ledger.text(row, OFFICIAL), note, ledger.text(row, SOURCE)),
        starts_series: starts_series(ledger.cell(row, BREAK), faults),
        span: figure.map_or(row.span, |figure| figure.span),
    })
}

/// Notes the rest of a number that a comma parted, where a date should stand:
/// then the row's other cells say nothing either.
fn is_parted<const N: usize>(
    ledger: &Ledger<N>,
    row: &Row,
    column: usize,
    calendar: Calendar,
    faults: &mut Diagnostics,
) -> bool {
    let Some([whole, rest]) = ledger.parted_number(row, column) else {
        return false;
    };
    faults.push(
        Diagnostic::new(
            Rule::BadDate,
            rest.span,
            say!("`{value}` is not a date", value = rest.value),
        )
        .expected(day_form(calendar))
        .help(comma_in_number(&whole.value, &rest.value)),
    );
    true
}

/// What a state says of a row: whether its figure may still change, and why there is none.
type State = (bool, Option<Absence>);

/// The words of the states, each with its spellings in Chinese.
const STATES: [(&str, &[&str], State); 5] = [
    ("final", &["確定"], (false, None)),
    ("provisional", &["初步", "暫定"], (true, None)),
    ("withheld", &["不公開"], (false, Some(Absence::Withheld))),
    (
        "not_collected",
        &["未蒐集"],
        (false, Some(Absence::NotCollected)),
    ),
    (
        "discontinued",
        &["停用"],
        (false, Some(Absence::Discontinued)),
    ),
];

/// Provisional or not, and why there is no value.
fn state(written: Option<&At<String>>, faults: &mut Diagnostics) -> Option<State> {
    let Some(written) = written else {
        return Some((false, None));
    };
    let text = written.value.as_str();
    let found = STATES
        .iter()
        .find(|(word, also, _)| *word == text || also.contains(&text));
    if let Some((.., state)) = found {
        return Some(*state);
    }
    let spellings = |(word, also, _): &(&'static str, &'static [&'static str], State)| {
        std::iter::once(*word).chain(also.iter().copied())
    };
    let fault = Diagnostic::new(
        Rule::BadValue,
        written.span,
        say!("`{value}` is not a state", value = written.value),
    )
    .expected(say!(
        "nothing, or one of {known}",
        known = spelt(STATES.iter().map(|(word, also, _)| (*word, *also)))
    ));
    faults.push(match nearest(text, STATES.iter().flat_map(spellings)) {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!(
            "write one of these words, or leave the cell empty where the figure is final"
        )),
    });
    None
}

/// Words that a ledger knows, for readers of Chinese each with its spellings in it.
pub fn spelt(
    words: impl Iterator<Item = (&'static str, &'static [&'static str])> + Clone,
) -> Wording {
    let both = words.clone().map(|(word, also)| {
        let is_chinese = |word: &&&str| !word.is_ascii();
        let also: Vec<_> = also.iter().filter(is_chinese).copied().collect();
        format!("{word}（{}）", also.join("、"))
    });
    let both: Vec<_> = both.collect();
    Wording::list(words.map(|(word, _)| word))
        .instead(Language::TraditionalChinese, both.join("、"))
}

fn figure_of(
    kpi: &Kpi,
    value: Option<&At<String>>,
    ratio: (Option<&At<String>>, Option<&At<String>>),
    site: &Site,
    faults: &mut Diagnostics,
) -> Option<Measure> {
    match (value, ratio) {
        (Some(value), (None, None)) => value::measure(kpi, value, &site.languages, faults),
        (None, (Some(numerator), Some(denominator))) => {
            let top = value::plain_number(numerator, faults);
            let bottom = value::plain_number(denominator, faults);
            let (top, bottom) = (Quantity::new(top?.value), Quantity::new(bottom?.value));
            if bottom == Quantity::ZERO {
                faults.push(
                    Diagnostic::new(
                        Rule::LedgerRow,
                        denominator.span,
                        say!("the denominator is 0"),
                    )
                    .expected(say!("a denominator other than 0"))
                    .help(say!(
                        "where nothing was counted, use the state `not_collected` with a note"
                    )),
                );
                return None;
            }
            let share = (top * kpi.per).per(bottom)?;
            value::in_range(kpi, share, numerator.span, &site.languages, faults).then(|| {
                Measure::Ratio(Box::new(Ratio {
                    numerator: top,
                    denominator: bottom,
                }))
            })
        }
        (Some(value), (one, other)) => {
            faults.push(
                Diagnostic::new(
                    Rule::LedgerRow,
                    value.span,
                    say!("the row gives both a value and a ratio"),
                )
                .expected(say!("either a value, or a numerator and a denominator"))
                .help(say!(
                    "keep the numerator and denominator; the value follows from them"
                ))
                .related(
                    one.or(other).map_or(value.span, |cell| cell.span),
                    say!("the ratio is here"),
                ),
            );
            None
        }
        (None, (one, other)) => {
            if let Some(cell) = one.or(other) {
                let message = if one.is_some() {
                    say!("the row has no denominator")
                } else {
                    say!("the row has no numerator")
                };
                faults.push(
                    Diagnostic::new(Rule::LedgerRow, cell.span, message)
                        .expected(say!("a numerator and a denominator")),
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
                    say!("`{value}` is neither true nor false", value = written.value),
                )
                .expected(say!("`true` where a new series begins, else nothing")),
            );
            false
        }
    }
}

/// The fault of a row that lacks something.
pub fn incomplete(row: &Row, message: Message, expected: Message) -> Diagnostic {
    Diagnostic::new(Rule::LedgerRow, row.span, message)
        .expected(expected)
        .help(say!("complete the row, or remove it"))
}

fn duplicate(
    row: &Row,
    kpi: &Kpi,
    (period, date): (Period, Option<Date>),
    site: &Site,
    first: Span,
) -> Diagnostic {
    let calendar = site.years.calendar;
    let when = date.map_or_else(
        || say!("without a date"),
        |date| say!("dated {date}", date = calendar.day(date)),
    );
    Diagnostic::new(
        Rule::DuplicateRow,
        row.span,
        say!(
            "{code} has two rows for {period} {when}",
            code = kpi.code,
            period = period.named(calendar),
            when
        ),
    )
    .expected(say!("one row for a KPI, period and date"))
    .help(say!("give a revision a later date, or remove the row"))
    .related(first, say!("first written here"))
}
