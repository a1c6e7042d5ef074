//! What the number format of a cell makes of its number (ECMA-376, 18.8.30).

/// What a cell shows its number as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// A number; its decimals and separators are only looks.
    #[default]
    Plain,
    /// A share, shown times a hundred.
    Percent,
    /// A day, perhaps with a time.
    Date,
    /// A time of day or a duration.
    Time,
}

impl NumberFormat {
    /// The format with a number of its own, which no file spells out. 27–36 and
    /// 50–58 are the date formats of East Asian editions.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=17 | 22 | 27..=36 | 50..=58 => Self::Date,
            18..=21 | 45..=47 => Self::Time,
            _ => Self::Plain,
        }
    }

    /// The format that a code such as `yyyy/m/d` or `0.0%` describes.
    pub(super) fn of_code(code: &str) -> Self {
        let letters = significant(code).replace("general", "");
        let letters = letters.replace("am/pm", "h").replace("a/p", "h");
        let letters = letters.replace("e+", "").replace("e-", "");
        if letters.contains(['y', 'd', 'e', 'g']) {
            Self::Date
        } else if letters.contains(['h', 's']) {
            Self::Time
        } else if letters.contains('m') {
            Self::Date
        } else if letters.contains('%') {
            Self::Percent
        } else {
            Self::Plain
        }
    }
}

/// The characters of a code's first section that mean something, in lower case:
/// no quoted or escaped text, no colours, conditions and currencies in brackets,
/// but the `h`, `m` or `s` of a duration in brackets.
fn significant(code: &str) -> String {
    let mut kept = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            // Escapes the next, leaves room for it, or fills the cell with it.
            '\\' | '_' | '*' => drop(characters.next()),
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let unit = inside.to_ascii_lowercase();
                let is = |letter| !unit.is_empty() && unit.chars().all(|c| c == letter);
                if is('h') || is('m') || is('s') {
                    kept.push('h');
                }
            }
            _ => kept.push(character.to_ascii_lowercase()),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::NumberFormat::{self, Date, Percent, Plain, Time};

    #[test]
    fn a_code_tells_what_a_number_is_shown_as() {
        for (code, expected) in [
            ("General", Plain),
            ("[Red]General", Plain),
            ("#,##0.00", Plain),
            ("0.00E+00", Plain),
            ("#,##0.00\" days\"", Plain),
            ("[$NT$-404]#,##0", Plain),
            ("#,##0*y", Plain),
            ("0\\d", Plain),
            ("0;[Red]yyyy", Plain),
            ("0%", Percent),
            ("0.0%;[Red]-0.0%", Percent),
            ("General%", Percent),
            ("0\"%\"", Plain),
            ("yyyy-mm-dd", Date),
            ("[$-404]e/m/d", Date),
            ("ggge\"年\"m\"月\"d\"日\"", Date),
            ("mmm", Date),
            ("m/d/yy h:mm AM/PM", Date),
            ("h:mm AM/PM", Time),
            ("[h]:mm:ss", Time),
            ("[mm]", Time),
            ("", Plain),
            ("\"open", Plain),
            ("[open", Plain),
        ] {
            assert_eq!(NumberFormat::of_code(code), expected, "{code}");
        }
    }
}
