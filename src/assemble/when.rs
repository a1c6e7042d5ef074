//! The faults of dates and periods, with the right spelling where one can tell it.

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::number::number;
use crate::model::period::{Period, Years};
use crate::model::spelling::{date_meant, days_of_month, either_date, part_meant, period_meant};
use crate::say;
use crate::span::{At, Span};

/// The fault of a text that is no day.
pub fn bad_date(written: &At<String>) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadDate,
        written.span,
        say!("`{value}` is not a date", value = written.value),
    )
    .expected(say!("year-month-day, such as 2022-03-15"));
    fault.help(if let Some(day) = date_meant(&written.value) {
        say!("write `{day}`", day)
    } else if let Some([one, other]) = either_date(&written.value) {
        say!("write `{one}` or `{other}`, whichever is meant", one, other)
    } else if let Some(days) = days_of_month(&written.value) {
        say!("that month has {days} days; correct the day", days)
    } else if number(&written.value).is_ok() {
        say!("a figure stands where a date belongs: see whether two columns are swapped")
    } else {
        say!("write the year with four digits, the month and the day, parted by hyphens")
    })
}

/// The fault of a text that is no period; in a ledger, whose plan has one.
pub fn bad_period(written: &At<String>, plan: Option<Period>, years: Years) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadPeriod,
        written.span,
        say!("`{value}` is not a period", value = written.value),
    )
    .expected(say!(
        "2022, 2022-H1, 2022-Q3, 2022-07 or 2022-07-01/2023-06-30"
    ));
    let in_plan = || part_meant(&written.value, plan?, years);
    match period_meant(&written.value, years).or_else(in_plan) {
        Some(period) => fault.help(say!("write `{period}`", period)),
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
    .expected(say!(
        "2022, 2022-H1, 2022-Q3, 2022-07 or 2022-07-01_2023-06-30"
    ));
    match period_meant(folder, years) {
        Some(period) => fault.help(say!("rename the folder to `{folder}`", folder = period.folder())),
        None => fault.help(
            say!("a scorecard lives at `content/<organisation>/<period>/scorecard.yaml`; rename the folder"),
        ),
    }
}
