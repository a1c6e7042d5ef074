//! The code that was meant by one that nothing has. Codes differ in a letter or digit
//! because they are codes of different things: only a slip that changes none of them is
//! taken for one. Otherwise it helps to see what there is.

use super::scorecard::{Item, Scorecard};
use super::spelling::code_meant;
use crate::message::{Message, Wording};
use crate::say;

/// The most codes that are listed.
const MOST: usize = 8;

impl Scorecard {
    /// What to do about a code that nothing `wanted` has; `otherwise` where nothing is near.
    #[must_use]
    pub fn near(&self, code: &str, wanted: fn(Item) -> bool, otherwise: Message) -> Message {
        let codes = || self.codes(wanted);
        if let Some(near) = slip(code, codes) {
            return say!("did you mean `{near}`?", near);
        }
        let code = code_meant(code);
        match self.beside(&code, wanted) {
            Some((parent, codes)) => say!(
                "{parent} has {codes}: write one of these, or add what is missing",
                parent,
                codes = Wording::list(codes)
            ),
            None => otherwise,
        }
    }

    fn codes(&self, wanted: fn(Item) -> bool) -> impl Iterator<Item = &str> {
        let items = self.items().filter(move |item| wanted(*item));
        items.map(|item| self.code(item).as_str())
    }

    /// What has codes under the same parent, or under the one that the code itself is of.
    fn beside(&self, code: &str, wanted: fn(Item) -> bool) -> Option<(String, Vec<&str>)> {
        let theme = || code.chars().next().filter(char::is_ascii_uppercase);
        let stem = match code.rsplit_once('.') {
            Some((stem, _)) => Some(stem.to_owned()),
            None => theme().map(String::from),
        };
        let below = |parent: &str| -> Option<(String, Vec<&str>)> {
            let item = self.item(parent)?;
            let children = self.children(item).into_iter();
            let codes = children.filter(|child| wanted(*child));
            let codes: Vec<_> = codes.map(|child| self.code(child).as_str()).collect();
            (!codes.is_empty() && codes.len() <= MOST).then(|| (parent.to_owned(), codes))
        };
        below(code).or_else(|| below(&stem?))
    }

    /// What belongs to an item directly.
    fn children(&self, item: Item) -> Vec<Item> {
        match item {
            Item::Theme(theme) => {
                let own = self.themes[theme].objectives.iter();
                own.map(|at| Item::Objective(*at)).collect()
            }
            Item::Objective(objective) => {
                let own = self.objectives[objective].kpis.iter();
                own.map(|at| Item::Kpi(*at)).collect()
            }
            Item::Kpi(kpi) => {
                let own = self.kpis[kpi].actions.iter();
                own.map(|at| Item::Action(*at)).collect()
            }
            Item::Action(_) => Vec::new(),
        }
    }
}

/// The one code that a slip of the keyboard makes of another: its case or width, the
/// marks between its parts, zeros before a number, a letter for a digit; or theme and
/// perspective exchanged where no code has them so.
#[must_use]
pub fn slip<'a, I: Iterator<Item = &'a str>>(code: &str, known: impl Fn() -> I) -> Option<&'a str> {
    let meant = bare(code);
    let found = |meant: &str| {
        // Where a code begins and ends tells most of them apart, at no cost.
        let ends = ends(meant);
        let alike = known().filter(|known| self::ends(known) == ends);
        let mut fits = alike.filter(|known| bare(known) == meant);
        fits.next().filter(|_| fits.next().is_none())
    };
    found(&meant).or_else(|| {
        let mut letters = meant.chars();
        let (theme, row) = (letters.next()?, letters.next()?);
        let has = |at: usize, letter| known().any(|known| known.chars().nth(at) == Some(letter));
        let exchanged = || format!("{row}{theme}{}", letters.as_str());
        (row.is_ascii_uppercase() && !has(0, theme) && !has(1, row))
            .then(exchanged)
            .and_then(|exchanged| found(&exchanged))
    })
}

/// The first and the last character of a code, those that a slip confuses taken alike.
fn ends(code: &str) -> Option<(char, char)> {
    let alike = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    Some((
        code.chars().next().map(alike)?,
        code.chars().next_back().map(alike)?,
    ))
}

/// A code without what a slip may change of it.
fn bare(code: &str) -> String {
    let meant = code_meant(code);
    let (scheme, numbers) = meant.split_at_checked(2).unwrap_or((&meant, ""));
    // Any letter may stand in a code of another scheme.
    let is_strict = scheme.bytes().all(|b| b.is_ascii_uppercase())
        && numbers
            .chars()
            .all(|c| c.is_ascii_digit() || "OIL.".contains(c));
    let digit = |c| match c {
        'O' if is_strict => '0',
        'I' | 'L' if is_strict => '1',
        c => c,
    };
    let mut bare = scheme.replace('.', "");
    let mut in_number = false;
    let mut rest = numbers.chars().map(digit).peekable();
    while let Some(c) = rest.next() {
        let is_idle = c == '0' && !in_number && rest.peek().is_some_and(char::is_ascii_digit);
        in_number = c.is_ascii_digit() && (in_number || !is_idle);
        if c != '.' && !is_idle {
            bare.push(c);
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::slip;

    fn of(code: &str) -> Option<&'static str> {
        slip(code, || {
            ["AC1", "AC1.1", "AC1.2", "AC10", "BC1.2", "BP2"].into_iter()
        })
    }

    #[test]
    fn a_slip_changes_no_letter_and_no_digit() {
        for (code, meant) in [
            ("ac1.1", "AC1.1"),
            ("ＡＣ１．１", "AC1.1"),
            ("AC1-1", "AC1.1"),
            ("AC11", "AC1.1"),
            ("AC1.l", "AC1.1"),
            ("AC01", "AC1"),
            ("AC1O", "AC10"),
            ("PB2", "BP2"),
        ] {
            assert_eq!(of(code), Some(meant), "{code}");
        }
    }

    #[test]
    fn the_code_of_another_thing_is_no_slip() {
        for code in ["AC1.3", "CC1.2", "BC1.1", "AC2", "AC", "A", "BA1", "指標"] {
            assert_eq!(of(code), None, "{code}");
        }
    }
}
