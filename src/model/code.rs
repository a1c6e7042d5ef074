//! Codes: the short names of themes, objectives, KPIs and action plans.
//!
//! The strict scheme is `A` for a theme, `AC1` for an objective (theme,
//! perspective, number), `AC1.1` for a KPI and `AC1.1.1` for an action plan;
//! `TC1` is an objective that serves every theme.

use std::cmp::Ordering;
use std::fmt;

/// A code. Holds only letters, digits, `.`, `-` and `_`, begins with a letter
/// or digit, and is short enough for a file name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Code(Box<str>);

/// The letter that stands for "every theme" in the strict scheme.
pub const CROSS_CUTTING: char = 'T';

/// The longest code in characters.
pub const LONGEST: usize = 60;

/// The parts of a strict code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// Theme letter, or [`CROSS_CUTTING`].
    pub theme: char,
    /// Perspective letter.
    pub perspective: char,
    /// The objective's number.
    pub objective: u32,
    /// The KPI's number.
    pub kpi: Option<u32>,
    /// The action plan's number.
    pub action: Option<u32>,
    /// The code of what it stands under, dots and all.
    pub parent: Option<&'a str>,
}

impl Code {
    /// Takes in a code of any scheme.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let fits = text.chars().count() <= LONGEST
            && text.len() <= 180
            && text.starts_with(char::is_alphanumeric)
            && !text.ends_with('.')
            && !text.contains("..")
            && text.chars().all(inner);
        fits.then(|| Self(text.into()))
    }

    /// The code as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts of a strict code; nothing for a theme's letter or a free code.
    #[must_use]
    pub fn parts(&self) -> Option<Parts<'_>> {
        let text = &*self.0;
        let mut letters = text.chars();
        let theme = letters.next().filter(char::is_ascii_uppercase)?;
        let perspective = letters.next().filter(char::is_ascii_uppercase)?;
        let mut numbers = letters.as_str().split('.').map(counting_number);
        let objective = numbers.next()??;
        let kpi = numbers.next().map_or(Some(None), |n| n.map(Some))?;
        let action = numbers.next().map_or(Some(None), |n| n.map(Some))?;
        if numbers.next().is_some() {
            return None;
        }
        let parent = text.rfind('.').and_then(|dot| text.get(..dot));
        Some(Parts {
            theme,
            perspective,
            objective,
            kpi,
            action,
            parent,
        })
    }
}

/// A number from 1, without leading zeros.
fn counting_number(text: &str) -> Option<u32> {
    let plain = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Ord for Code {
    /// Runs of digits compare as numbers: `AC10` after `AC9`.
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0, &other.0).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares text with its runs of digits taken as numbers.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (left, right) = (run(a), run(b));
        if left.is_empty() || right.is_empty() {
            return a.len().min(1).cmp(&b.len().min(1));
        }
        let order = if is_number(left) && is_number(right) {
            let (l, r) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
            l.len().cmp(&r.len()).then_with(|| l.cmp(r))
        } else {
            left.cmp(right)
        };
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (&a[left.len()..], &b[right.len()..]);
    }
}

/// The leading run of digits, or of anything else.
fn run(text: &str) -> &str {
    let digits = is_number(text);
    let end = text
        .find(|c: char| c.is_ascii_digit() != digits)
        .unwrap_or(text.len());
    &text[..end]
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Taken = (char, char, u32, Option<u32>, Option<u32>);

    fn parts(text: &str) -> Option<Taken> {
        let code = Code::new(text)?;
        let p = code.parts()?;
        Some((p.theme, p.perspective, p.objective, p.kpi, p.action))
    }

    #[test]
    fn strict_codes_come_apart() {
        assert_eq!(parts("AC1"), Some(('A', 'C', 1, None, None)));
        assert_eq!(parts("AC12.3"), Some(('A', 'C', 12, Some(3), None)));
        assert_eq!(parts("TC1.2.10"), Some(('T', 'C', 1, Some(2), Some(10))));
        for odd in [
            "A",
            "AC",
            "AC0",
            "AC01",
            "AC1.",
            "AC1.0",
            "AC1.1.1.1",
            "ac1",
            "A1",
            "AC1.x",
        ] {
            assert_eq!(parts(odd), None, "{odd}");
        }
    }

    #[test]
    fn codes_hold_nothing_that_could_leave_a_file_name() {
        for bad in [
            "",
            "..",
            "../x",
            "a/b",
            "a\\b",
            ".a",
            "a b",
            "a\u{202e}b",
            "a\u{200b}",
            "a..b",
        ] {
            assert_eq!(Code::new(bad), None, "{bad:?}");
        }
        assert!(Code::new(&"A".repeat(61)).is_none());
        assert!(Code::new("目標-1").is_some());
    }

    #[test]
    fn codes_sort_as_people_count() {
        let mut codes: Vec<_> = ["AC10", "AC9", "AC1.10", "AC1.2", "AC1"]
            .iter()
            .filter_map(|c| Code::new(c))
            .collect();
        codes.sort();
        let codes: Vec<_> = codes.iter().map(Code::as_str).collect();
        assert_eq!(codes, ["AC1", "AC1.2", "AC1.10", "AC9", "AC10"]);
    }
}
