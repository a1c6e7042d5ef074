//! What a code, date or period that is not written in the site's form most likely is.
//! Offered as a suggestion, never taken for granted.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::number::half_width;
use super::period::{Period, Years};

/// Months as spreadsheet programs abbreviate them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// Years of the Republic of China that plans of today can speak of.
const ROC_YEARS: std::ops::RangeInclusive<i16> = 80..=199;
/// What a spreadsheet program counts the days of dates from.
const SERIAL_START: Date = date(1899, 12, 30);
/// The years 2000 to 2099 as such counts; smaller numbers mean something else.
const SERIALS: std::ops::RangeInclusive<i32> = 36_526..=73_050;

/// A code in capitals of the Latin keyboard, its parts joined by dots.
#[must_use]
pub fn code_meant(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| {
            let is_quote = matches!(c, '“' | '”' | '‘' | '’' | '「' | '」' | '＂' | '"');
            !is_quote && !matches!(c, ' ' | '\u{200b}' | '\u{feff}')
        })
        .map(|c| match half_width(c) {
            '-' | '_' | ',' | '·' | '。' | '、' => '.',
            c => c.to_ascii_uppercase(),
        })
        .collect()
}

/// The days of the month that a date names, where it names one that the month has not.
#[must_use]
pub fn days_of_month(text: &str) -> Option<i8> {
    let parts = parts(text);
    let [Part::Number(year), Part::Number(month), Part::Number(day)] = parts.as_slice() else {
        return None;
    };
    let first = Date::new(year_of(year)?, month.parse().ok()?, 1).ok()?;
    let days = first.days_in_month();
    day.parse::<i8>()
        .ok()
        .filter(|day| *day > days)
        .map(|_| days)
}

/// The two days that a text such as `01/11/2025` may mean, the one that begins with the day first.
#[must_use]
pub fn either_date(text: &str) -> Option<[Date; 2]> {
    let parts = parts(text);
    let [Part::Number(one), Part::Number(other), Part::Number(year)] = parts.as_slice() else {
        return None;
    };
    let year = (year.len() == 4).then(|| year_of(year)).flatten();
    Some([date_of(year, other, one)?, date_of(year, one, other)?])
}

/// The day that a text most likely means.
#[must_use]
pub fn date_meant(text: &str) -> Option<Date> {
    let parts = parts(text);
    match parts.as_slice() {
        [Part::Number(digits)] => day_of_digits(digits),
        [Part::Number(year), Part::Number(month), Part::Number(day)] if year.len() != 2 => {
            date_of(year_of(year), month, day).or_else(|| day_first(year, month, day))
        }
        [
            Part::Number(first),
            Part::Number(second),
            Part::Number(year),
        ] => day_first(first, second, year),
        [Part::Number(day_of), Part::Month(month), Part::Number(year)]
        | [Part::Month(month), Part::Number(day_of), Part::Number(year)] => {
            date_of(year_of(year), &month.to_string(), day_of)
        }
        _ => None,
    }
}

/// The period that a text most likely means.
#[must_use]
pub fn period_meant(text: &str, years: Years) -> Option<Period> {
    let name = match parts(text).as_slice() {
        [Part::Number(digits)] => match digits.len() {
            2..=4 => format!("{:04}", year_of(digits)?),
            5 | 6 => {
                let (year, month) = digits.split_at(digits.len() - 2);
                format!("{:04}-{month}", year_of(year)?)
            }
            _ => return None,
        },
        [Part::Number(year), Part::Number(month)] if month.len() <= 2 => {
            format!("{:04}-{month:0>2}", year_of(year)?)
        }
        [Part::Number(year), Part::Month(month)] | [Part::Month(month), Part::Number(year)] => {
            format!("{:04}-{month:02}", year_of(year)?)
        }
        [Part::Number(year), Part::Quarter(n)] | [Part::Quarter(n), Part::Number(year)] => {
            format!("{:04}-Q{n}", year_of(year)?)
        }
        [Part::Number(year), Part::Half(n)] | [Part::Half(n), Part::Number(year)] => {
            format!("{:04}-H{n}", year_of(year)?)
        }
        // A spreadsheet program makes the first day of the month of `2025-03`.
        [Part::Number(_), Part::Number(_), Part::Number(_)] => {
            let day = date_meant(text).filter(|day| day.day() == 1)?;
            format!("{:04}-{:02}", day.year(), day.month())
        }
        _ => return None,
    };
    Period::parse(&name, years)
}

/// The part of a plan year that a text without a year most likely means: `Q1`, `第一季`,
/// `上半年`, `3月`.
#[must_use]
pub fn part_meant(text: &str, plan: Period, years: Years) -> Option<Period> {
    let part = match parts(text).as_slice() {
        [Part::Quarter(n)] => format!("Q{n}"),
        [Part::Half(n)] => format!("H{n}"),
        [Part::Month(month)] => format!("{month:02}"),
        [Part::Number(month)] if text.contains('月') => format!("{month:0>2}"),
        _ => return None,
    };
    let year = plan.to_string();
    let is_year = year.bytes().all(|digit| digit.is_ascii_digit());
    is_year.then(|| Period::parse(&format!("{year}-{part}"), years))?
}

/// What a date or period is made of, marks between the parts aside.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Number(String),
    Month(usize),
    Quarter(u8),
    Half(u8),
}

fn parts(text: &str) -> Vec<Part> {
    let plain = plain(text);
    let mut words = Vec::new();
    let mut word = String::new();
    let kind = |c: char| (c.is_ascii_digit(), c.is_ascii_alphabetic());
    for c in plain.chars() {
        if word
            .chars()
            .last()
            .is_some_and(|last| kind(last) != kind(c))
        {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphanumeric() {
            word.push(c);
        }
    }
    words.push(word);
    let mut parts = Vec::new();
    let mut mark: Option<String> = None;
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        let month = MONTHS.iter().position(|month| word.starts_with(month));
        match (mark.take(), number, month) {
            (Some(mark), true, _) => match marked(&mark, &word) {
                Some(part) => parts.push(part),
                None => return Vec::new(),
            },
            (None, true, _) => parts.push(Part::Number(word)),
            (None, false, Some(month)) if word.len() >= 3 => parts.push(Part::Month(month + 1)),
            (None, false, _) if matches!(word.as_str(), "q" | "h") => mark = Some(word),
            // A word that says nothing of a date: nothing is guessed.
            _ => return Vec::new(),
        }
    }
    if mark.is_some() {
        return Vec::new();
    }
    parts
}

fn marked(mark: &str, digits: &str) -> Option<Part> {
    let n = digits.parse().ok()?;
    match (mark, n) {
        ("q", 1..=4) => Some(Part::Quarter(n)),
        ("h", 1..=2) => Some(Part::Half(n)),
        _ => None,
    }
}

/// Full-width forms made half-width, Chinese names of periods made `q1`, `h2`.
fn plain(text: &str) -> String {
    let mut plain: String = text
        .trim()
        .chars()
        .map(half_width)
        .collect::<String>()
        .to_lowercase();
    for (from, to) in [
        ("民國", ""),
        ("西元", ""),
        ("年度", "-"),
        ("上半年", "h1"),
        ("下半年", "h2"),
        ("quarter", "q"),
    ] {
        plain = plain.replace(from, to);
    }
    for (n, digit) in ["一", "二", "三", "四"].iter().zip(1..) {
        plain = plain.replace(&format!("第{n}季"), &format!("q{digit}"));
        plain = plain.replace(&format!("第{digit}季"), &format!("q{digit}"));
        plain = plain.replace(&format!("{digit}季"), &format!("q{digit}"));
    }
    plain.replace(['年', '月', '日'], "-")
}

/// A year as people write it: four digits, or one of the Republic of China.
fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => (1000..=9998).contains(&year).then_some(year),
        // `Mar-25`, as spreadsheet programs show a month.
        2 if !ROC_YEARS.contains(&year) => Some(2000 + year),
        2 | 3 => ROC_YEARS.contains(&year).then_some(year + 1911),
        _ => None,
    }
}

fn date_of(year: Option<i16>, month: &str, day: &str) -> Option<Date> {
    let short = month.len() <= 2 && day.len() <= 2;
    let date = Date::new(year?, month.parse().ok()?, day.parse().ok()?).ok();
    date.filter(|_| short)
}

/// `31/12/2025`: only where no month can be meant by the first number, or by
/// the second, so that there is one way to read it.
fn day_first(first: &str, second: &str, year: &str) -> Option<Date> {
    let year = (year.len() == 4).then(|| year_of(year)).flatten();
    let (one, other): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    match (one > 12, other > 12) {
        (true, false) => date_of(year, second, first),
        (false, true) => date_of(year, first, second),
        (false, false) if one == other => date_of(year, first, second),
        _ => None,
    }
}

/// `20250301`, `1140301`, or the number that a spreadsheet program keeps a day as.
fn day_of_digits(digits: &str) -> Option<Date> {
    match digits.len() {
        7 | 8 => {
            let (year, rest) = digits.split_at(digits.len() - 4);
            let (month, day_of) = rest.split_at(2);
            date_of(year_of(year), month, day_of)
        }
        5 => {
            let count: i32 = digits.parse().ok()?;
            let count = SERIALS.contains(&count).then_some(count)?;
            SERIAL_START.checked_add(count.days()).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> String {
        period_meant(text, Years::default()).map_or("-".to_owned(), |p| p.to_string())
    }

    fn day(text: &str) -> String {
        date_meant(text).map_or("-".to_owned(), |d| d.to_string())
    }

    #[test]
    fn dates_as_people_and_spreadsheets_write_them() {
        for text in [
            "2025/3/1",
            "2025年3月1日",
            "114/3/1",
            "民國114年3月1日",
            "114.03.01",
            "２０２５／３／１",
            "20250301",
            "1140301",
            "45717",
            "1 March 2025",
            "Mar 1, 2025",
        ] {
            assert_eq!(day(text), "2025-03-01", "{text}");
        }
        assert_eq!(day("31/12/2025"), "2025-12-31");
        assert_eq!(day("12/31/2025"), "2025-12-31");
    }

    #[test]
    fn periods_as_people_and_spreadsheets_write_them() {
        for text in [
            "2025Q1",
            "2025 Q1",
            "Q1 2025",
            "2025/Q1",
            "114年第1季",
            "114年第一季",
            "2025年第一季",
        ] {
            assert_eq!(period(text), "2025-Q1", "{text}");
        }
        for text in [
            "2025-3",
            "2025/3",
            "2025/03",
            "2025年3月",
            "114年3月",
            "Mar-25",
            "2025-03-01",
            "202503",
            "11403",
            "March 2025",
        ] {
            assert_eq!(period(text), "2025-03", "{text}");
        }
        assert_eq!(period("114年"), "2025");
        assert_eq!(period("114"), "2025");
        assert_eq!(period("2025年"), "2025");
        assert_eq!(period("2025年度"), "2025");
        assert_eq!(period("114年上半年"), "2025-H1");
        assert_eq!(period("2025H2"), "2025-H2");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_guessed() {
        for text in [
            "01/03/2025",
            "soon",
            "",
            "5",
            "2025-13-01",
            "25/3/1x",
            "91.5",
        ] {
            assert_eq!(day(text), "-", "{text}");
        }
        for text in ["2025-Q5", "next", "", "2025-13", "2025-03-17", "1"] {
            assert_eq!(period(text), "-", "{text}");
        }
    }
}
