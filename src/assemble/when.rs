//! The faults of dates and periods, with the right spelling where one can tell it.

use crate::diagnostic::{Diagnostic, Rule};
use crate::model::number::number;
use crate::model::period::Years;
use crate::model::spelling::{date_meant, days_of_month, either_date, period_meant};
use crate::span::{At, Span};

/// The forms a period has in files; in a folder's name `_` stands for `/`.
const FORMS: &str = "2022, 2022-H1, 2022-Q3, 2022-07 or 2022-07-01/2023-06-30";

/// The fault of a text that is no day.
pub fn bad_date(written: &At<String>) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadDate,
        written.span,
        format!("`{}` is not a date", written.value),
    )
    .expected("year-month-day, such as 2022-03-15");
    fault.help(if let Some(day) = date_meant(&written.value) {
        format!("write `{day}`")
    } else if let Some([one, other]) = either_date(&written.value) {
        format!("write `{one}` or `{other}`, whichever is meant")
    } else if let Some(days) = days_of_month(&written.value) {
        format!("that month has {days} days; correct the day")
    } else if number(&written.value).is_ok() {
        "a figure stands where a date belongs: see whether two columns are swapped".to_owned()
    } else {
        "write the year with four digits, the month and the day, parted by hyphens".to_owned()
    })
}

/// The fault of a text that is no period.
pub fn bad_period(written: &At<String>, years: Years) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadPeriod,
        written.span,
        format!("`{}` is not a period", written.value),
    )
    .expected(FORMS);
    match period_meant(&written.value, years) {
        Some(period) => fault.help(format!("write `{period}`")),
        None => fault.help("write a year, half-year, quarter or month in one of these forms; in a spreadsheet, format the column as text first"),
    }
}

/// The fault of a scorecard's folder that is named after no period.
pub fn bad_folder(folder: &str, start: Span, years: Years) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::BadPeriod,
        start,
        format!("the folder `{folder}` is not named after a period"),
    )
    .expected("2022, 2022-H1, 2022-Q3, 2022-07 or 2022-07-01_2023-06-30");
    match period_meant(folder, years) {
        Some(period) => fault.help(format!("rename the folder to `{}`", period.folder())),
        None => fault.help(
            "a scorecard lives at `content/<organisation>/<period>/scorecard.yaml`; rename the folder",
        ),
    }
}
