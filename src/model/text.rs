//! Text in the languages of the site.

use super::lang::LangId;

/// A human-readable text. Every language reads something: where a translation
/// is missing, the default language stands in and is marked as such.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    default: Box<str>,
    others: Box<[(LangId, Box<str>)]>,
}

/// A text as one language reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The words.
    pub text: &'a str,
    /// The language they are in.
    pub lang: LangId,
}

impl Text {
    /// A text with its translations.
    #[must_use]
    pub fn new(default: impl Into<Box<str>>, others: Vec<(LangId, Box<str>)>) -> Self {
        Self {
            default: default.into(),
            others: others.into(),
        }
    }

    /// The words a reader of `lang` gets, and the language they are in.
    #[must_use]
    pub fn read(&self, lang: LangId) -> Reading<'_> {
        match self.others.iter().find(|(id, _)| *id == lang) {
            Some((lang, text)) => Reading { text, lang: *lang },
            None => Reading {
                text: &self.default,
                lang: LangId::DEFAULT,
            },
        }
    }

    /// The words in the default language.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.default
    }

    /// Whether `lang` has words of its own.
    #[must_use]
    pub fn has(&self, lang: LangId) -> bool {
        lang == LangId::DEFAULT || self.others.iter().any(|(id, _)| *id == lang)
    }

    /// Whether these are its words in some language, case aside.
    #[must_use]
    pub fn is_called(&self, words: &str) -> bool {
        let others = self.others.iter().map(|(_, text)| text);
        let (words, mut all) = (words.trim(), others.chain([&self.default]));
        !words.is_empty() && all.any(|own| own.trim().eq_ignore_ascii_case(words))
    }

    /// Changes the words of the default language, keeps the translations.
    #[must_use]
    pub fn corrected(&self, words: &str) -> Self {
        Self {
            default: words.into(),
            others: self.others.clone(),
        }
    }
}
