//! How the value of a cell reads as text.

use jiff::ToSpan;
use jiff::civil::date;

use super::number_format::NumberFormat;

/// The seconds of a day.
const DAY: f64 = 86_400.0;
/// The serial number of 9999-12-31, the last day a spreadsheet knows.
const LAST_DAY: f64 = 2_958_465.0;

/// A number stored as `text`, as its format shows it. What is no number stays as
/// it is, for the reader of the ledger to find.
pub(super) fn formatted(text: &str, format: NumberFormat, days_1904: bool) -> String {
    let Some(value) = text
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite())
    else {
        return text.to_owned();
    };
    let shown = match format {
        NumberFormat::Plain => None,
        NumberFormat::Percent => Some(percent(value)),
        NumberFormat::Date if value >= 1.0 => day(value, days_1904),
        NumberFormat::Date | NumberFormat::Time => time(value),
    };
    shown.unwrap_or_else(|| decimal(value))
}

/// The shortest decimal of a number: 96.3, 5, 0.1. Spreadsheets keep fifteen
/// digits of what is typed; the ones after that are what binary arithmetic leaves
/// of 0.1 + 0.2, so they are rounded away as the spreadsheet does on its screen.
pub(super) fn decimal(value: f64) -> String {
    let rounded = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        f64::to_string(&rounded)
    }
}

/// A share as the percentage its cell shows.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", decimal(share * 100.0))
}

/// The date of a day's serial number.
fn day(serial: f64, days_1904: bool) -> Option<String> {
    // Day 60 is a 29 February that 1900 never had. It is kept for the sake of
    // files of the 1980s, and puts the days before it one nearer to the epoch.
    let (epoch, phantom) = match (days_1904, serial.floor()) {
        (true, _) => (date(1904, 1, 1), false),
        (false, day) if day < 60.0 => (date(1899, 12, 31), false),
        (false, day) => (date(1899, 12, 30), (day - 60.0).abs() < 0.5),
    };
    if phantom {
        return Some("1900-02-29".to_owned());
    }
    if serial > LAST_DAY {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and LAST_DAY")]
    let days = serial.floor() as i64;
    epoch
        .checked_add(days.days())
        .ok()
        .map(|date| date.to_string())
}

/// A time of day or a duration, given in days.
fn time(days: f64) -> Option<String> {
    if !(0.0..=LAST_DAY).contains(&days) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most LAST_DAY in seconds"
    )]
    let seconds = (days * DAY).round() as i64;
    Some(format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    ))
}

/// A date in ISO 8601 without its time of day.
pub(super) fn iso_day(text: &str) -> &str {
    let text = text.trim();
    text.split_once('T').map_or(text, |(day, _)| day)
}

/// A text without tabs and line breaks, which part the cells of a sheet.
pub(super) fn one_line(text: &str) -> String {
    text.trim()
        .replace("\r\n", " ")
        .replace(['\t', '\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_shortest_decimals() {
        for (value, text) in [
            (5.0, "5"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (96.3, "96.3"),
            (0.1 + 0.2, "0.3"),
            (-1234.5, "-1234.5"),
            (123_456_789_012_345.0, "123456789012345"),
            (1e-7, "0.0000001"),
            (2.0 / 3.0, "0.666666666666667"),
        ] {
            assert_eq!(decimal(value), text);
        }
        assert_eq!(percent(0.963), "96.3%");
        assert_eq!(percent(0.07), "7%");
        assert_eq!(percent(1.1), "110%");
    }

    #[test]
    fn serial_numbers_are_days_of_either_epoch() {
        let shown = |text, days_1904| formatted(text, NumberFormat::Date, days_1904);
        assert_eq!(shown("44621", false), "2022-03-01");
        assert_eq!(shown("44621.75", false), "2022-03-01");
        assert_eq!(shown("43159", true), "2022-03-01");
        assert_eq!(shown("59", false), "1900-02-28");
        assert_eq!(shown("60", false), "1900-02-29");
        assert_eq!(shown("61", false), "1900-03-01");
        assert_eq!(shown("2958465", false), "9999-12-31");
        assert_eq!(shown("2958466", false), "2958466");
        assert_eq!(shown("-1", false), "-1");
        assert_eq!(shown("0.5", false), "12:00:00");
        assert_eq!(shown("1e300", false).len(), 301);
    }

    #[test]
    fn durations_may_pass_a_day() {
        assert_eq!(formatted("1.5", NumberFormat::Time, false), "36:00:00");
    }

    #[test]
    fn what_is_no_number_stays_as_it_is() {
        for text in ["NaN", "inf", "1,5", ""] {
            assert_eq!(formatted(text, NumberFormat::Date, false), text);
        }
    }
}
