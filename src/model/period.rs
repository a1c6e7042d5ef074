//! Periods: what a plan covers and what a figure is measured over.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::kpi::Frequency;
use super::settings::Calendar;

/// How the years of a site run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The calendar in which years may be written.
    pub calendar: Calendar,
    /// The first month of a fiscal year, 1 to 12; a fiscal year has the name
    /// of the calendar year in which it ends.
    pub start: i8,
}

impl Default for Years {
    fn default() -> Self {
        Self {
            calendar: Calendar::Gregorian,
            start: 1,
        }
    }
}

/// A stretch of time with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    kind: Kind,
    start: Date,
    end: Date,
}

/// What a period is called after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A whole, possibly fiscal, year.
    Year(i16),
    /// Half a year: 1 or 2.
    Half(i16, i8),
    /// A quarter: 1 to 4.
    Quarter(i16, i8),
    /// A calendar month: 1 to 12.
    Month(i16, i8),
    /// From one day to another.
    Range,
}

impl Period {
    /// Reads `2022`, `2022-H1`, `2022-Q3`, `2022-07`,
    /// `2022-07-01/2023-06-30` (in folder names with `_` for `/`), and with the
    /// ROC calendar also `111`, `111-Q3` and so on.
    #[must_use]
    pub fn parse(text: &str, years: Years) -> Option<Self> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once(['/', '_']) {
            let (start, end) = (
                parse_date(from, years.calendar)?,
                parse_date(to, years.calendar)?,
            );
            return (start <= end).then_some(Self {
                kind: Kind::Range,
                start,
                end,
            });
        }
        let (year, part) = text
            .split_once('-')
            .map_or((text, None), |(y, p)| (y, Some(p)));
        let year = parse_year(year, years.calendar)?;
        let numbered = |text: &str, most: i8| {
            text.parse::<i8>()
                .ok()
                .filter(|n| text.len() == 1 && (1..=most).contains(n))
        };
        let kind = match part {
            None => Kind::Year(year),
            Some(part) => match part.split_at_checked(1)? {
                ("H" | "h", n) => Kind::Half(year, numbered(n, 2)?),
                ("Q" | "q", n) => Kind::Quarter(year, numbered(n, 4)?),
                _ if part.len() == 2 => {
                    Kind::Month(year, part.parse().ok().filter(|m| (1..=12).contains(m))?)
                }
                _ => return None,
            },
        };
        Self::of(kind, years.start)
    }

    /// The period of a kind, in years that begin in month `start`.
    fn of(kind: Kind, start: i8) -> Option<Self> {
        let (first, months) = match kind {
            Kind::Year(year) => (year_start(year, start)?, 12),
            Kind::Half(year, n) => (later(year_start(year, start)?, 6 * (i32::from(n) - 1))?, 6),
            Kind::Quarter(year, n) => (later(year_start(year, start)?, 3 * (i32::from(n) - 1))?, 3),
            Kind::Month(year, month) => (Date::new(year, month, 1).ok()?, 1),
            Kind::Range => return None,
        };
        let end = later(first, months)?.yesterday().ok()?;
        Some(Self {
            kind,
            start: first,
            end,
        })
    }

    /// The first day.
    #[must_use]
    pub const fn start(self) -> Date {
        self.start
    }

    /// The last day.
    #[must_use]
    pub const fn end(self) -> Date {
        self.end
    }

    /// What it is called after.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// How often a figure over this kind of period comes.
    #[must_use]
    pub const fn frequency(self) -> Option<Frequency> {
        match self.kind {
            Kind::Year(_) => Some(Frequency::Year),
            Kind::Half(..) => Some(Frequency::Half),
            Kind::Quarter(..) => Some(Frequency::Quarter),
            Kind::Month(..) => Some(Frequency::Month),
            Kind::Range => None,
        }
    }

    /// Whether every day of `other` is a day of this period.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The parts of a given frequency, in order; nothing when they do not fill
    /// the period exactly.
    #[must_use]
    pub fn parts(self, frequency: Frequency, years: Years) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut day = self.start;
        while day <= self.end {
            match Self::around(day, frequency, years)
                .filter(|p| p.start == day && p.end <= self.end)
            {
                Some(part) => {
                    parts.push(part);
                    match part.end.tomorrow() {
                        Ok(next) => day = next,
                        Err(_) => break,
                    }
                }
                None => return Vec::new(),
            }
        }
        parts
    }

    /// The period of a frequency that a day lies in.
    #[must_use]
    pub fn around(day: Date, frequency: Frequency, years: Years) -> Option<Self> {
        let passed = (i32::from(day.month()) - i32::from(years.start)).rem_euclid(12);
        let year = if day.month() >= years.start && years.start > 1 {
            day.year() + 1
        } else {
            day.year()
        };
        let nth = |months: i32| i8::try_from(passed / months + 1).ok();
        let kind = match frequency {
            Frequency::Year => Kind::Year(year),
            Frequency::Half => Kind::Half(year, nth(6)?),
            Frequency::Quarter => Kind::Quarter(year, nth(3)?),
            Frequency::Month => Kind::Month(day.year(), day.month()),
        };
        Self::of(kind, years.start)
    }

    /// The name as a folder has it: like [`Display`](fmt::Display), without `/`.
    #[must_use]
    pub fn folder(self) -> String {
        self.to_string().replace('/', "_")
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Year(year) => write!(f, "{year:04}"),
            Kind::Half(year, n) => write!(f, "{year:04}-H{n}"),
            Kind::Quarter(year, n) => write!(f, "{year:04}-Q{n}"),
            Kind::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Kind::Range => write!(f, "{}/{}", self.start, self.end),
        }
    }
}

impl Ord for Period {
    /// By first day; of two that begin together, the shorter first.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end, self.kind).cmp(&(other.start, other.end, other.kind))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn year_start(year: i16, month: i8) -> Option<Date> {
    let calendar_year = if month > 1 { year - 1 } else { year };
    Date::new(calendar_year, month, 1).ok()
}

fn later(day: Date, months: i32) -> Option<Date> {
    day.checked_add(months.months()).ok()
}

/// A year as written: 1000 to 9998, or with the ROC calendar also 1 to 999.
fn parse_year(text: &str, calendar: Calendar) -> Option<i16> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match text.parse::<i16>().ok()? {
        year @ 1000..=9998 if text.len() == 4 => Some(year),
        year @ 1..=999 if calendar == Calendar::Roc && text.len() <= 3 => Some(year + 1911),
        _ => None,
    }
}

/// Reads a day: year, month, day, parted by `-`, `/` or `.`, the year in the
/// site's calendar.
#[must_use]
pub fn parse_date(text: &str, calendar: Calendar) -> Option<Date> {
    let text = text.trim();
    let mut parts = text.split(['-', '/', '.']);
    let year = parse_year(parts.next()?, calendar)?;
    let mut number = || {
        let part = parts.next()?;
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<i8>().ok()).flatten()
    };
    let (month, day) = (number()?, number()?);
    parts
        .next()
        .is_none()
        .then(|| Date::new(year, month, day).ok())
        .flatten()
}

/// A day, a month or a year: how exactly a document's date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialDate {
    /// A year.
    Year(i16),
    /// A month.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl PartialDate {
    /// Reads `2022`, `2022-03` or `2022-03-15`.
    #[must_use]
    pub fn parse(text: &str, calendar: Calendar) -> Option<Self> {
        if let Some(day) = parse_date(text, calendar) {
            return Some(Self::Day(day));
        }
        match text.trim().split_once(['-', '.', '/']) {
            None => parse_year(text.trim(), calendar).map(Self::Year),
            Some((year, month)) => {
                let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
                Some(Self::Month(parse_year(year, calendar)?, month))
            }
        }
    }
}

/// The first day any site can speak of.
pub const BEGINNING: Date = date(1, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;

    const ROC: Years = Years {
        calendar: Calendar::Roc,
        start: 1,
    };

    fn days(text: &str, years: Years) -> Option<(String, String)> {
        Period::parse(text, years).map(|p| (p.start().to_string(), p.end().to_string()))
    }

    #[test]
    fn every_form_names_its_days() {
        let plain = Years::default();
        assert_eq!(
            days("2022", plain),
            Some(("2022-01-01".to_owned(), "2022-12-31".to_owned()))
        );
        assert_eq!(
            days("2022-H2", plain),
            Some(("2022-07-01".to_owned(), "2022-12-31".to_owned()))
        );
        assert_eq!(
            days("2022-Q3", plain),
            Some(("2022-07-01".to_owned(), "2022-09-30".to_owned()))
        );
        assert_eq!(
            days("2024-02", plain),
            Some(("2024-02-01".to_owned(), "2024-02-29".to_owned()))
        );
        assert_eq!(
            days("2022-07-01/2023-06-30", plain),
            Some(("2022-07-01".to_owned(), "2023-06-30".to_owned()))
        );
        assert_eq!(
            days("111-Q3", ROC),
            Some(("2022-07-01".to_owned(), "2022-09-30".to_owned()))
        );
        for bad in [
            "111",
            "2022-Q5",
            "2022-13",
            "2022-H3",
            "22",
            "2022-Q",
            "2022-",
            "x",
            "2022-02-30/2022-03-01",
            "2023-01-01/2022-01-01",
            "2022-1",
        ] {
            assert_eq!(days(bad, plain), None, "{bad}");
        }
    }

    #[test]
    fn a_fiscal_year_is_named_after_the_year_it_ends_in() {
        let july = Years {
            calendar: Calendar::Gregorian,
            start: 7,
        };
        assert_eq!(
            days("2023", july),
            Some(("2022-07-01".to_owned(), "2023-06-30".to_owned()))
        );
        assert_eq!(
            days("2023-Q1", july),
            Some(("2022-07-01".to_owned(), "2022-09-30".to_owned()))
        );
        let year = Period::parse("2023", july).unwrap();
        assert_eq!(year.parts(Frequency::Quarter, july).len(), 4);
        assert_eq!(year.parts(Frequency::Month, july).len(), 12);
        assert_eq!(
            year.parts(Frequency::Quarter, july)[3].to_string(),
            "2023-Q4"
        );
    }

    #[test]
    fn parts_fill_a_period_exactly_or_not_at_all() {
        let plain = Years::default();
        let range = Period::parse("2022-07-01/2023-06-30", plain).unwrap();
        assert_eq!(range.parts(Frequency::Quarter, plain).len(), 4);
        assert!(range.parts(Frequency::Year, plain).is_empty());
    }

    #[test]
    fn dates_are_real_and_year_first() {
        let parse = |text| parse_date(text, Calendar::Roc).map(|d| d.to_string());
        assert_eq!(parse("111-03-15").as_deref(), Some("2022-03-15"));
        assert_eq!(parse("2022/3/5").as_deref(), Some("2022-03-05"));
        for bad in [
            "2022-02-30",
            "15/03/2022",
            "2022-3",
            "2022-03-15-1",
            "2022-003-01",
            "",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
