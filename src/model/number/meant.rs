//! What to write instead of a text that is no number, told as exactly as the
//! text allows.

use super::{NumberFault, half_width, number};
use crate::message::Message;
use crate::say;

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
    pub fn help(&self) -> Message {
        match self {
            Self::Percent(text) | Self::NotANumber(text) | Self::Character { text, .. }
                if bound(text).is_some() =>
            {
                let only = bound(text).unwrap_or_default();
                say!(
                    "write `{only}` alone; whether more or less is better is said by the KPI's `direction`",
                    only
                )
            }
            Self::Empty => say!("write a number, or leave the whole key or cell out"),
            Self::Formula(_) => {
                say!("write the result itself, or save the file once in a spreadsheet program")
            }
            Self::FormulaError(_) => {
                say!(
                    "mend the formula in the spreadsheet, or leave the cell empty and say why in the column `state`"
                )
            }
            Self::NotANumber(text) if is_nothing(text) => {
                say!(
                    "leave it empty where there is no figure; a ledger says why in the column `state`"
                )
            }
            Self::NotANumber(_) => {
                say!("write the figure in digits; words about it belong in a note")
            }
            Self::LookAlike {
                text,
                letter,
                digit,
            } => write(
                &text.replace(*letter, &digit.to_string()),
                &say!("the digit"),
            ),
            Self::Exponent(text) => rust_decimal::Decimal::from_scientific(text.trim())
                .map_or_else(
                    |_| say!("write the number out"),
                    |value| say!("write `{value}`", value = value.normalize().to_string()),
                ),
            Self::Brackets(text) => {
                let inner = text.trim_matches(|c: char| "()（）".contains(c));
                say!(
                    "write `-{inner}` if it is negative, `{inner}` if the brackets are a remark",
                    inner
                )
            }
            Self::Sign(text) | Self::Character { text, .. } | Self::Points(text)
                if super::super::spelling::date_meant(text).is_some() =>
            {
                say!("this is a date where a figure belongs: see whether two columns are swapped")
            }
            Self::Sign(text) => match figures(text).as_slice() {
                [low, high] => range(low, high),
                _ => say!("put one sign in front of the digits"),
            },
            Self::Percent(text) => {
                let bare = text.replace(['%', '％'], "");
                write(
                    &format!("{}%", bare.trim()),
                    &say!("the percent sign at the end"),
                )
            }
            Self::Blank(text) => {
                let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                write(&joined, &say!("the digits together"))
            }
            Self::Comma(text) => decimal_comma(text),
            Self::Points(text) => {
                let joined = text.replace('.', "");
                let thousands = text.split('.').skip(1).all(|group| group.len() == 3);
                if thousands {
                    write(&joined, &say!("the digits together"))
                } else {
                    say!("keep the point before the decimals only")
                }
            }
            Self::BarePoint(text) => {
                let text = text.trim();
                let whole = if text.starts_with('.') {
                    format!("0{text}")
                } else {
                    text.trim_end_matches('.').to_owned()
                };
                write(&whole, &say!("a digit on either side of the point"))
            }
            Self::Character { text, .. } => number_and_unit(text),
            Self::TooLarge(_) => say!("state the figure in a larger unit"),
            Self::TooFine(_) => say!("round the figure"),
        }
    }
}

fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text.to_lowercase().as_str())
}

/// `write` and the text, where that is a number; else the advice in words.
fn write(text: &str, otherwise: &Message) -> Message {
    if number(text).is_ok() {
        say!("write `{text}`", text)
    } else {
        say!("write {otherwise}", otherwise)
    }
}

/// `85,5` and `1.234,5`, as much of Europe writes them.
fn decimal_comma(text: &str) -> Message {
    let plain: String = text.chars().map(half_width).collect();
    match plain.rsplit_once(',') {
        Some((whole, decimals)) if !whole.contains(',') => {
            let meant = format!("{}.{decimals}", whole.replace('.', ""));
            write(&meant, &say!("a point before the decimals"))
        }
        _ => say!("put commas every three digits, or leave them out"),
    }
}

/// `320 people`, `約 320`, `NT$ 320`, `3萬`: the number goes here, the rest elsewhere.
fn number_and_unit(text: &str) -> Message {
    const MULTIPLES: [char; 8] = ['十', '百', '千', '萬', '万', '億', '亿', '兆'];
    match figures(text).as_slice() {
        [_] if text.contains(MULTIPLES) => {
            say!(
                "write the figure out in digits, or make the larger measure the `unit`, such as 萬元"
            )
        }
        [only] if text.contains(CURRENCIES) || has_currency_code(text) => say!(
            "write `{only}` alone; the currency belongs in the budget's `currency`, or in the KPI's `unit`",
            only
        ),
        [only] => say!(
            "write `{only}` alone; what it counts belongs in the KPI's `unit`",
            only
        ),
        [low, high] => range(low, high),
        _ => say!("write one number alone"),
    }
}

/// The marks of currencies, whichever way they are written.
const CURRENCIES: [char; 8] = ['$', '＄', '€', '£', '¥', '￥', '元', '圓'];

fn has_currency_code(text: &str) -> bool {
    let letters = |c: char| !c.is_ascii_alphabetic();
    let mut words = text.split(letters);
    words.any(|word| {
        matches!(
            word.to_ascii_uppercase().as_str(),
            "NTD" | "TWD" | "USD" | "EUR"
        )
    })
}

/// The one figure of a text such as `95%以上` or `>=95`, which says more than a figure.
fn bound(text: &str) -> Option<String> {
    const BOUNDS: [&str; 20] = [
        "以上",
        "以下",
        "以內",
        "至少",
        "至多",
        "不低於",
        "不少於",
        "不超過",
        "不高於",
        "未滿",
        ">",
        "<",
        "＞",
        "＜",
        "≥",
        "≤",
        "≧",
        "≦",
        "at least",
        "at most",
    ];
    let lower = text.to_lowercase();
    let is_bound = BOUNDS.iter().any(|bound| lower.contains(bound));
    let found = figures(text);
    let [only] = found.as_slice() else {
        return None;
    };
    let percent = if text.contains(['%', '％']) { "%" } else { "" };
    is_bound.then(|| format!("{only}{percent}"))
}

fn range(low: &str, high: &str) -> Message {
    say!(
        "write one number; only a target may be a range, written `{low}..{high}`",
        low,
        high
    )
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
        number(text).unwrap_err().help().to_string()
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
            ("95%以上", "`95%` alone; whether more"),
            (">=95", "`95` alone; whether more"),
            ("至少 90％", "`90%` alone; whether more"),
            ("NT$2400000", "the budget's `currency`"),
            ("240元", "the budget's `currency`"),
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
