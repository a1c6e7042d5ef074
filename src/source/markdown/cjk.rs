//! How Chinese, Japanese and Korean letters bear on `*` and `~~`.
//!
//! The specification lets `**` end bold after punctuation only where a space or
//! punctuation follows. Scripts without spaces have neither:
//! `達成率**90%**以上`. The amendment that implementations adopt
//! (github.com/tats-u/markdown-cjk-friendly) lets a CJK letter stand for the
//! space, and does not count CJK punctuation as punctuation.

/// What a run of delimiters may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flanks {
    /// It may start emphasis.
    pub(super) open: bool,
    /// It may end emphasis.
    pub(super) close: bool,
}

/// What a run between two characters may do by the specification. The ends
/// of the text count as spaces.
pub(super) fn plain(before: Option<char>, after: Option<char>) -> Flanks {
    flanks(before, after, |_| false)
}

/// What it may do by the amended rule.
pub(super) fn amended(before: Option<char>, after: Option<char>) -> Flanks {
    flanks(before, after, is_cjk)
}

fn flanks(before: Option<char>, after: Option<char>, cjk: impl Fn(char) -> bool) -> Flanks {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let punctuation = |c: Option<char>| c.is_some_and(|c| is_punctuation(c) && !cjk(c));
    let word = |c: Option<char>| !space(c) && !punctuation(c) && !c.is_some_and(&cjk);
    Flanks {
        open: !space(after) && (!punctuation(after) || !word(before)),
        close: !space(before) && (!punctuation(before) || !word(after)),
    }
}

/// Whether a line break beside this character is no space: Chinese and Japanese
/// put none between words, Korean does.
pub(super) fn joins_lines(c: char) -> bool {
    is_cjk(c)
        && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}')
}

/// Neither letter, digit, mark, space nor control: near enough to Unicode's
/// categories P and S, without their tables.
fn is_punctuation(c: char) -> bool {
    let combining =
        matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}');
    !(c.is_alphanumeric() || c.is_whitespace() || c.is_control() || combining)
}

/// Whether a character belongs to a script written without spaces between
/// words, its punctuation included: the wide, half-width and full-width ranges
/// of Unicode's East Asian Width, and Hangul.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7fb}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe19}'
        | '\u{fe30}'..='\u{fe6b}'
        | '\u{ff01}'..='\u{ffee}'
        | '\u{16fe0}'..='\u{1b2fb}'
        | '\u{1f200}'..='\u{1f265}'
        | '\u{20000}'..='\u{3fffd}'
        | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::{Flanks, amended, joins_lines, plain};

    const BOTH: Flanks = Flanks {
        open: true,
        close: true,
    };
    const OPEN: Flanks = Flanks {
        open: true,
        close: false,
    };
    const NEITHER: Flanks = Flanks {
        open: false,
        close: false,
    };

    #[test]
    fn a_cjk_letter_stands_for_the_space() {
        assert_eq!(plain(Some('%'), Some('以')), OPEN);
        assert_eq!(amended(Some('%'), Some('以')), BOTH);
        assert_eq!(plain(Some('」'), Some('與')), OPEN);
        assert_eq!(amended(Some('」'), Some('與')), BOTH);
    }

    #[test]
    fn only_chinese_and_japanese_lines_join() {
        assert!(joins_lines('臺') && joins_lines('。') && joins_lines('か'));
        assert!(!joins_lines('한') && !joins_lines('a'));
    }

    #[test]
    fn other_scripts_keep_the_rule_they_have() {
        for (before, after) in [('%', 'a'), ('a', '('), ('a', 'b'), (' ', '('), ('é', '“')] {
            assert_eq!(
                plain(Some(before), Some(after)),
                amended(Some(before), Some(after))
            );
        }
        assert_eq!(amended(Some(' '), Some(' ')), NEITHER);
        assert_eq!(amended(None, Some('以')), OPEN);
    }
}
