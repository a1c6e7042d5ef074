//! Numbers as people type them into cells and YAML: exact decimals, or a fault
//! that says why a number can be read in two ways or in none.

mod meant;

use std::fmt;

use crate::message::Message;
use crate::say;
use rust_decimal::Decimal;

/// The most digits before the decimal point: what a spreadsheet keeps.
const INTEGER_DIGITS: usize = 15;
/// The most digits after the decimal point: more than a binary float ever has.
const FRACTION_DIGITS: usize = 18;
/// The most digits in all that a decimal holds exactly.
const DIGITS: usize = 27;

/// A number and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The number in front of the percent sign, if there is one: `95%` is 95.
    pub value: Decimal,
    /// Whether a percent sign followed.
    pub percent: bool,
}

/// Why a text is no number, or not surely one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// There is nothing.
    Empty,
    /// A formula of a spreadsheet, without its result.
    Formula(String),
    /// What a spreadsheet shows where a formula failed.
    FormulaError(String),
    /// No digit at all.
    NotANumber(String),
    /// A letter that is easily mistaken for a digit.
    LookAlike {
        /// The whole text.
        text: String,
        /// The letter that stands there.
        letter: char,
        /// The digit it looks like.
        digit: char,
    },
    /// A power of ten.
    Exponent(String),
    /// The bookkeeper's brackets around a negative amount.
    Brackets(String),
    /// More than one sign, or a sign that is not in front.
    Sign(String),
    /// A percent sign that is not at the end.
    Percent(String),
    /// Blanks between digits: one number or two.
    Blank(String),
    /// A comma that does not part thousands.
    Comma(String),
    /// More than one decimal point.
    Points(String),
    /// A decimal point without digits on both sides.
    BarePoint(String),
    /// A character that belongs to no number.
    Character {
        /// The whole text.
        text: String,
        /// The first character that does not belong.
        character: char,
    },
    /// Too many digits before the point.
    TooLarge(String),
    /// Too many digits after the point.
    TooFine(String),
}

impl NumberFault {
    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::Empty => say!("there is no number here"),
            Self::Formula(text) => say!(
                "“{text}” is a formula that was saved without its result",
                text
            ),
            Self::FormulaError(text) => say!("“{text}” is the error of a formula", text),
            Self::NotANumber(text) => say!("“{text}” is not a number", text),
            Self::LookAlike {
                text,
                letter,
                digit,
            } => say!(
                "“{text}” has the letter {letter} where the digit {digit} may be meant",
                text,
                letter,
                digit
            ),
            Self::Exponent(text) => say!("“{text}” is written with an exponent", text),
            Self::Brackets(text) => say!(
                "“{text}” is in brackets, which may mean a negative number or a remark",
                text
            ),
            Self::Sign(text) => say!("“{text}” has a sign where none belongs", text),
            Self::Percent(text) => say!("“{text}” has a percent sign before its end", text),
            Self::Blank(text) => say!("“{text}” has a blank between its digits", text),
            Self::Comma(text) => say!(
                "“{text}” has a comma that does not part thousands, or is a decimal comma",
                text
            ),
            Self::Points(text) => say!("“{text}” has more than one decimal point", text),
            Self::BarePoint(text) => say!(
                "“{text}” has a decimal point without digits on both sides",
                text
            ),
            Self::Character { text, character } => say!(
                "“{text}” has “{character}”, which is not part of a number",
                text,
                character
            ),
            Self::TooLarge(text) => say!(
                "“{text}” has more than {integer_digits} digits before the decimal point",
                text,
                integer_digits = INTEGER_DIGITS
            ),
            Self::TooFine(text) => say!(
                "“{text}” has more than {fraction_digits} digits after the decimal point",
                text,
                fraction_digits = FRACTION_DIGITS
            ),
        }
    }
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for NumberFault {}

impl NumberFault {
    /// What was expected instead.
    #[must_use]
    pub fn expected(&self) -> Message {
        match self {
            Self::Empty | Self::NotANumber(_) | Self::LookAlike { .. } | Self::Character { .. } => {
                say!("a number such as 1234, 1,234.5, -3 or 95%")
            }
            Self::Formula(_) => {
                say!("a number; a spreadsheet program stores the results when it saves")
            }
            Self::FormulaError(_) => say!("the number that the formula should give"),
            Self::Exponent(_) => say!("the number written out, such as 100000 for 1e5"),
            Self::Brackets(_) | Self::Sign(_) => {
                say!("one sign in front of the digits, such as -5")
            }
            Self::Percent(_) => say!("the percent sign after the number, such as 95%"),
            Self::Blank(_) => say!("digits without blanks, such as 1234 or 1,234"),
            Self::Comma(_) => {
                say!("commas every three digits and a point before decimals, such as 1,234,567.5")
            }
            Self::Points(_) => say!("one decimal point at most, such as 1234.5"),
            Self::BarePoint(_) => {
                say!("digits on both sides of the decimal point, such as 0.5")
            }
            Self::TooLarge(_) => say!(
                "at most {integer_digits} digits before the point; choose a larger unit",
                integer_digits = INTEGER_DIGITS
            ),
            Self::TooFine(_) => say!(
                "at most {fraction_digits} digits after the point; round the number",
                fraction_digits = FRACTION_DIGITS
            ),
        }
    }
}

/// Reads an exact decimal: `1234`, `1,234,567.5`, `95%`, `+3`, `−2`, and the
/// full-width forms of all of these (`１２３．５％`). Blanks around the number,
/// its sign and its percent sign are of no account.
///
/// # Errors
///
/// Whatever could be read in two ways is a fault, not a guess.
pub fn number(text: &str) -> Result<Written, NumberFault> {
    let shown = || excerpt(text);
    let plain: String = text.trim().chars().map(half_width).collect();
    if plain.is_empty() {
        return Err(NumberFault::Empty);
    }
    if plain.starts_with('=') {
        return Err(NumberFault::Formula(shown()));
    }
    if plain.starts_with('#') {
        return Err(NumberFault::FormulaError(shown()));
    }
    let (unsigned, negative) = match plain.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (plain.strip_prefix('+').unwrap_or(&plain), false),
    };
    let (digits, percent) = match unsigned.strip_suffix('%') {
        Some(rest) => (rest, true),
        None => (unsigned, false),
    };
    let digits = digits.trim();
    if let Some(fault) = odd_character(digits, &shown) {
        return Err(fault);
    }
    let (integer, fraction) = match digits.split_once('.') {
        None => (digits, None),
        Some((_, fraction)) if fraction.contains('.') => return Err(NumberFault::Points(shown())),
        Some((_, fraction)) if fraction.contains(',') => return Err(NumberFault::Comma(shown())),
        Some((integer, fraction)) if integer.is_empty() || fraction.is_empty() => {
            return Err(NumberFault::BarePoint(shown()));
        }
        Some((integer, fraction)) => (integer, Some(fraction)),
    };
    if !commas_part_thousands(integer) {
        return Err(NumberFault::Comma(shown()));
    }
    let value = decimal(integer, fraction.unwrap_or_default(), negative, &shown)?;
    Ok(Written { value, percent })
}

/// The ASCII form of a full-width or typographic character.
#[must_use]
pub fn half_width(character: char) -> char {
    match character {
        // U+2212, the sign that typesetting makes of a hyphen; the small forms.
        '−' | '﹣' => '-',
        '﹢' => '+',
        '﹪' => '%',
        // The block of full-width forms repeats ASCII, 0xFEE0 further on.
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ if character.is_whitespace() => ' ',
        _ => character,
    }
}

/// The fault that the first character other than a digit, comma or point is.
fn odd_character(digits: &str, shown: &impl Fn() -> String) -> Option<NumberFault> {
    if digits.starts_with('(') && digits.ends_with(')') {
        return Some(NumberFault::Brackets(shown()));
    }
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return Some(NumberFault::NotANumber(shown()));
    }
    let odd = |&(_, c): &(usize, char)| !matches!(c, '0'..='9' | ',' | '.');
    // Blanks are the fault only where nothing worse stands behind them.
    let worse = digits.char_indices().find(|at| odd(at) && at.1 != ' ');
    let (at, character) = worse.or_else(|| digits.char_indices().find(odd))?;
    let before = digits.get(..at).unwrap_or_default();
    let after = digits.get(at + character.len_utf8()..).unwrap_or_default();
    let digit = match character {
        'O' | 'o' | '〇' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    };
    Some(match (character, digit) {
        (letter, Some(digit)) => NumberFault::LookAlike {
            text: shown(),
            letter,
            digit,
        },
        ('e' | 'E', _) if is_exponent(before, after) => NumberFault::Exponent(shown()),
        ('+' | '-', _) => NumberFault::Sign(shown()),
        ('%', _) => NumberFault::Percent(shown()),
        (' ', _) => NumberFault::Blank(shown()),
        _ => NumberFault::Character {
            text: shown(),
            character,
        },
    })
}

fn is_exponent(before: &str, after: &str) -> bool {
    let power = after.strip_prefix(['+', '-']).unwrap_or(after);
    !before.is_empty() && !power.is_empty() && power.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the commas, if any, stand every three digits. `0,123` is none of
/// those: only a decimal comma comes after a lone zero.
fn commas_part_thousands(integer: &str) -> bool {
    let mut groups = integer.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_none()
        || ((1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.all(|group| group.len() == 3))
}

fn decimal(
    integer: &str,
    fraction: &str,
    negative: bool,
    shown: &impl Fn() -> String,
) -> Result<Decimal, NumberFault> {
    let integer = integer
        .trim_start_matches('0')
        .bytes()
        .filter(u8::is_ascii_digit);
    if integer.clone().count() > INTEGER_DIGITS {
        return Err(NumberFault::TooLarge(shown()));
    }
    let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    if fraction.len() > FRACTION_DIGITS || integer.clone().count() + fraction.len() > DIGITS {
        return Err(NumberFault::TooFine(shown()));
    }
    // At most 27 digits: inside what an i128 and a Decimal hold.
    let magnitude = integer
        .chain(fraction.bytes())
        .fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    let signed = if negative { -magnitude } else { magnitude };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| NumberFault::TooLarge(shown()))
}

/// Enough of a text to recognise it by in a message.
fn excerpt(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests;
