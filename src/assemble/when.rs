//! The faults of dates and periods, with the right spelling where one can tell it.

use crate::diagnostic::{Diagnostic, Rule};
use crate::message::Message;
use crate::model::number::number;
use crate::model::period::{Period, Years};
use crate::model::settings::Calendar;
use crate::model::spelling::{date_meant, days_of_month, either_date, part_meant, period_meant};
use crate::say;
use crate::span::{At, Span};

/// The fault of a text that is no day.
pub fn bad_date(written: &At<String>, calendar: Calendar) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadDate,
        written.span,
        say!("`{value}` is not a date", value = written.value),
    )
    .expected(day_form(calendar));
    fault.help(if let Some(day) = date_meant(&written.value) {
        say!("write `{day}`", day = calendar.day(day))
    } else if let Some([one, other]) = either_date(&written.value) {
        say!(
            "write `{one}` or `{other}`, whichever is meant",
            one = calendar.day(one),
            other = calendar.day(other)
        )
    } else if let Some(days) = days_of_month(&written.value) {
        say!("that month has {days} days; correct the day", days)
    } else if number(&written.value).is_ok() {
        say!("a figure stands where a date belongs: see whether two columns are swapped")
    } else {
        match calendar {
            Calendar::Gregorian => {
                say!("write the year with four digits, the month and the day, parted by hyphens")
            }
            Calendar::Roc => say!("write the year, the month and the day, parted by hyphens"),
        }
    })
}

/// The fault of a text that is no period; in a ledger, whose plan has one.
pub fn bad_period(written: &At<String>, plan: Option<Period>, years: Years) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadPeriod,
        written.span,
        say!("`{value}` is not a period", value = written.value),
    )
    .expected(period_forms(years.calendar));
    let in_plan = || part_meant(&written.value, plan?, years);
    match period_meant(&written.value, years).or_else(in_plan) {
        Some(period) => fault.help(say!("write `{period}`", period = period.written(years.calendar))),
        None => fault.help(say!("write a year, half-year, quarter or month in one of these forms; in a spreadsheet, format the column as text first")),
    }
}

/// The fault of a scorecard's folder that is named after no period.
pub fn bad_folder(folder: &str, start: Span, years: Years) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadPeriod,
        start,
        say!("the folder `{folder}` is not named after a period", folder),
    )
    .expected(folder_forms(years.calendar));
    match period_meant(folder, years) {
        Some(period) => fault.help(say!("rename the folder to `{folder}`", folder = period.written(years.calendar).replace('/', "_"))),
        None => fault.help(
            say!("a scorecard lives at `content/<organisation>/<period>/scorecard.yaml`; rename the folder"),
        ),
    }
}

/// The year of the examples, and the next.
fn years_of(calendar: Calendar) -> [String; 2] {
    [2022, 2023].map(|year| calendar.year(year))
}

/// How a day is written.
pub fn day_form(calendar: Calendar) -> Message {
    let [year, _] = years_of(calendar);
    say!("year-month-day, such as {year}-03-15", year)
}

/// How a day, a month or a year is written.
pub fn partial_forms(calendar: Calendar) -> Message {
    let [year, _] = years_of(calendar);
    say!("{year}, {year}-03 or {year}-03-15", year)
}

/// How a period is written, in short.
pub fn period_form(calendar: Calendar) -> Message {
    let [year, _] = years_of(calendar);
    say!("a period such as {year} or {year}-Q3", year)
}

fn period_forms(calendar: Calendar) -> Message {
    let [year, next] = years_of(calendar);
    say!(
        "{year}, {year}-H1, {year}-Q3, {year}-07 or {year}-07-01/{next}-06-30",
        year,
        next
    )
}

fn folder_forms(calendar: Calendar) -> Message {
    let [year, next] = years_of(calendar);
    say!(
        "{year}, {year}-H1, {year}-Q3, {year}-07 or {year}-07-01_{next}-06-30",
        year,
        next
    )
}
