//! Periods and days as the authors of a site write them, in its calendar, and as people
//! say them.

use jiff::civil::Date;

use super::period::{Kind, Period};
use super::settings::Calendar;
use crate::message::{Language, Wording};

/// The year before the first of the Republic of China.
const BEFORE_ROC: i16 = 1911;

impl Calendar {
    /// A year as it is written in this calendar.
    #[must_use]
    pub fn year(self, year: i16) -> String {
        match self {
            Self::Roc if year > BEFORE_ROC => (year - BEFORE_ROC).to_string(),
            Self::Roc | Self::Gregorian => format!("{year:04}"),
        }
    }

    /// A day as it is written in this calendar.
    #[must_use]
    pub fn day(self, day: Date) -> String {
        format!(
            "{}-{:02}-{:02}",
            self.year(day.year()),
            day.month(),
            day.day()
        )
    }
}

impl Period {
    /// The name by which files of a site with this calendar call it.
    #[must_use]
    pub fn written(self, calendar: Calendar) -> String {
        match self.kind() {
            Kind::Year(year) => calendar.year(year),
            Kind::Half(year, n) => format!("{}-H{n}", calendar.year(year)),
            Kind::Quarter(year, n) => format!("{}-Q{n}", calendar.year(year)),
            Kind::Month(year, month) => format!("{}-{month:02}", calendar.year(year)),
            Kind::Range => format!(
                "{}/{}",
                calendar.day(self.start()),
                calendar.day(self.end())
            ),
        }
    }

    /// The same as people say it in a sentence.
    #[must_use]
    pub fn named(self, calendar: Calendar) -> Wording {
        let chinese = match self.kind() {
            Kind::Year(year) => format!("{} 年", calendar.year(year)),
            Kind::Half(year, 1) => format!("{} 年上半年", calendar.year(year)),
            Kind::Half(year, _) => format!("{} 年下半年", calendar.year(year)),
            Kind::Quarter(year, n) => format!("{} 年第 {n} 季", calendar.year(year)),
            Kind::Month(year, month) => format!("{} 年 {month} 月", calendar.year(year)),
            Kind::Range => format!(
                "{} 至 {}",
                calendar.day(self.start()),
                calendar.day(self.end())
            ),
        };
        Wording::new(self.written(calendar)).or_in(Language::TraditionalChinese, chinese)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::period::Years;

    #[test]
    fn what_is_written_in_a_calendar_is_read_in_it() {
        for calendar in [Calendar::Gregorian, Calendar::Roc] {
            let years = Years { calendar, start: 1 };
            for name in [
                "2025",
                "2025-H1",
                "2025-Q3",
                "2025-07",
                "2025-07-01/2026-06-30",
                "1911",
            ] {
                let period = Period::parse(name, years).unwrap();
                let written = period.written(calendar);
                assert_eq!(Period::parse(&written, years), Some(period), "{written}");
            }
        }
        let years = Years::default();
        let quarter = Period::parse("2025-Q1", years).unwrap();
        assert_eq!(quarter.written(Calendar::Roc), "114-Q1");
        assert_eq!(quarter.named(Calendar::Roc).to_string(), "114-Q1");
    }
}
