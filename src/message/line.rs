//! A message in the making. Chinese is written with a space between a Han character and
//! a Latin letter, digit or backquote, and with none between two Han characters or beside
//! a full-width mark. What a value begins or ends with is known only when it is put in.

use super::Language;

/// The text so far.
pub(super) struct Line {
    pub text: String,
    /// Whether the language has this rule.
    spaced: bool,
    /// Whether what follows is quoted, and has to stand as it is.
    quoted: bool,
    /// Whether a value ends the text.
    after_value: bool,
}

impl Line {
    pub fn new(language: Language, capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            spaced: language == Language::TraditionalChinese,
            quoted: false,
            after_value: false,
        }
    }

    /// Adds words of the list.
    pub fn template(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if self.after_value {
            let bare = words.trim_start_matches(' ');
            self.join(bare, words.len() - bare.len());
        } else {
            self.text.push_str(words);
        }
        self.quoted ^= words.matches('`').count() % 2 == 1;
        self.after_value = false;
    }

    /// Adds a value.
    pub fn value(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        let bare = if self.after_value {
            self.text.len()
        } else {
            self.text.trim_end_matches(' ').len()
        };
        let spaces = self.text.len() - bare;
        self.text.truncate(bare);
        self.join(value, spaces);
        self.after_value = true;
    }

    /// Joins what follows to the text, between which the list has so many spaces.
    fn join(&mut self, next: &str, spaces: usize) {
        let (left, right) = (self.text.chars().next_back(), next.chars().next());
        let spaces = match (left.map(Side::of), right.map(Side::of)) {
            _ if self.quoted || !self.spaced => spaces,
            (Some(Side::Han), Some(Side::Latin)) | (Some(Side::Latin), Some(Side::Han)) => 1,
            (Some(Side::Han), Some(Side::Han)) | (Some(Side::Full), _) | (_, Some(Side::Full)) => 0,
            _ => spaces,
        };
        self.text.extend(std::iter::repeat_n(' ', spaces));
        self.text.push_str(next);
    }
}

/// What a character is, for the space beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// A Han character.
    Han,
    /// A full-width mark.
    Full,
    /// A letter or digit, or what is written close to one.
    Latin,
    /// Any other mark.
    Other,
}

impl Side {
    pub fn of(character: char) -> Self {
        match character {
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                Self::Han
            }
            '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}' => Self::Full,
            '`' | '%' | '‰' => Self::Latin,
            c if c.is_alphanumeric() => Self::Latin,
            _ => Self::Other,
        }
    }
}
