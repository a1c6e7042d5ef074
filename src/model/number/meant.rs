//! What to write instead of a text that is no number, told as exactly as the
//! text allows.

use super::{NumberFault, half_width, number};

/// The marks that people put where there is no figure.
const NOTHING: [&str; 10] = [
    "-",
    "--",
    "—",
    "–",
    "/",
    "n/a",
    "na",
    "無",
    "未提供",
    "尚無資料",
];

impl NumberFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty => "write a number, or leave the whole key or cell out".to_owned(),
            Self::Formula(_) => {
                "write the result itself, or save the file once in a spreadsheet program".to_owned()
            }
            Self::FormulaError(_) => {
                "mend the formula in the spreadsheet, or leave the cell empty and say why in the column `state`"
                    .to_owned()
            }
            Self::NotANumber(text) if is_nothing(text) => {
                "leave it empty where there is no figure; a ledger says why in the column `state`"
                    .to_owned()
            }
            Self::NotANumber(_) => {
                "write the figure in digits; words about it belong in a note".to_owned()
            }
            Self::LookAlike {
                text,
                letter,
                digit,
            } => write(&text.replace(*letter, &digit.to_string()), "the digit"),
            Self::Exponent(text) => rust_decimal::Decimal::from_scientific(text.trim())
                .map_or_else(
                    |_| "write the number out".to_owned(),
                    |value| format!("write `{}`", value.normalize()),
                ),
            Self::Brackets(text) => {
                let inner = text.trim_matches(|c: char| "()（）".contains(c));
                format!(
                    "write `-{inner}` if it is negative, `{inner}` if the brackets are a remark"
                )
            }
            Self::Sign(text) | Self::Character { text, .. } | Self::Points(text)
                if super::super::spelling::date_meant(text).is_some() =>
            {
                "this is a date where a figure belongs: see whether two columns are swapped"
                    .to_owned()
            }
            Self::Sign(text) => match figures(text).as_slice() {
                [low, high] => range(low, high),
                _ => "put one sign in front of the digits".to_owned(),
            },
            Self::Percent(text) => {
                let bare = text.replace(['%', '％'], "");
                write(&format!("{}%", bare.trim()), "the percent sign at the end")
            }
            Self::Blank(text) => {
                let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                write(&joined, "the digits together")
            }
            Self::Comma(text) => decimal_comma(text),
            Self::Points(text) => {
                let joined = text.replace('.', "");
                let thousands = text.split('.').skip(1).all(|group| group.len() == 3);
                if thousands {
                    write(&joined, "the digits together")
                } else {
                    "keep the point before the decimals only".to_owned()
                }
            }
            Self::BarePoint(text) => {
                let text = text.trim();
                let whole = if text.starts_with('.') {
                    format!("0{text}")
                } else {
                    text.trim_end_matches('.').to_owned()
                };
                write(&whole, "a digit on either side of the point")
            }
            Self::Character { text, .. } => number_and_unit(text),
            Self::TooLarge(_) => "state the figure in a larger unit".to_owned(),
            Self::TooFine(_) => "round the figure".to_owned(),
        }
    }
}

fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.to_lowercase().as_str())
}

/// `write` and the text, where that is a number; else the advice in words.
fn write(text: &str, otherwise: &str) -> String {
    if number(text).is_ok() {
        format!("write `{text}`")
    } else {
        format!("write {otherwise}")
    }
}

/// `85,5` and `1.234,5`, as much of Europe writes them.
fn decimal_comma(text: &str) -> String {
    let plain: String = text.chars().map(half_width).collect();
    match plain.rsplit_once(',') {
        Some((whole, decimals)) if !whole.contains(',') => {
            let meant = format!("{}.{decimals}", whole.replace('.', ""));
            write(&meant, "a point before the decimals")
        }
        _ => "put commas every three digits, or leave them out".to_owned(),
    }
}

/// `320 people`, `約 320`, `NT$ 320`, `3萬`: the number goes here, the rest elsewhere.
fn number_and_unit(text: &str) -> String {
    const MULTIPLES: [char; 8] = ['十', '百', '千', '萬', '万', '億', '亿', '兆'];
    match figures(text).as_slice() {
        [_] if text.contains(MULTIPLES) => {
            "write the figure out in digits, or make the larger measure the `unit`, such as 萬元"
                .to_owned()
        }
        [only] => format!("write `{only}` alone; what it counts belongs in the KPI's `unit`"),
        [low, high] => range(low, high),
        _ => "write one number alone".to_owned(),
    }
}

fn range(low: &str, high: &str) -> String {
    format!("write one number; only a target may be a range, written `{low}..{high}`")
}

/// The numbers that a text holds.
fn figures(text: &str) -> Vec<String> {
    let plain: String = text.chars().map(half_width).collect();
    plain
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .filter(|run| number(run).is_ok())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::number;

    fn help(text: &str) -> String {
        number(text).unwrap_err().help()
    }

    #[test]
    fn the_number_that_was_meant_is_named_where_it_can_be_told() {
        for (text, meant) in [
            ("320 people", "`320`"),
            ("約 320", "`320`"),
            ("85,5", "`85.5`"),
            ("1.234,5", "`1234.5`"),
            ("1.234.567", "`1234567`"),
            ("12 345", "`12345`"),
            ("1O5", "`105`"),
            ("1e5", "`100000`"),
            ("(5)", "`-5`"),
            ("%85", "`85%`"),
            (".5", "`0.5`"),
            ("70-80", "`70..80`"),
            ("5-", "one sign"),
            ("70～80", "`70..80`"),
            ("N/A", "`state`"),
            ("-", "`state`"),
            ("3萬", "`unit`"),
            ("many", "in digits"),
            ("#DIV/0!", "mend the formula"),
            ("2025-02-08", "columns are swapped"),
        ] {
            assert!(help(text).contains(meant), "{text}: {}", help(text));
        }
    }
}
