//! Words from a fixed set, each set written down once.

use crate::message::Message;

/// A type whose values an author names with a word.
pub trait Keyword: Copy + 'static {
    /// Every word with its value, the preferred spelling of a value first.
    const WORDS: &'static [(&'static str, Self)];

    /// What the set is called in messages (`direction`, `calendar`, …).
    #[must_use]
    fn name() -> Message;

    /// What the words mean, where they do not say it themselves.
    #[must_use]
    fn meaning() -> Option<Message> {
        None
    }

    /// The value a word stands for.
    #[must_use]
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(w, _)| *w == word.trim())
            .map(|(_, value)| *value)
    }

    /// Every accepted word.
    #[must_use]
    fn words() -> Vec<&'static str> {
        Self::WORDS.iter().map(|(word, _)| *word).collect()
    }
}

/// Declares an enum and its words together.
#[macro_export]
macro_rules! keywords {
    ($(#[doc = $doc:literal])+ $name:ident ($what:literal $(, $meaning:literal)?) { $($(#[doc = $d:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $d])+ $variant,)+ }

        impl $crate::model::keyword::Keyword for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];

            fn name() -> $crate::message::Message {
                $crate::say!($what)
            }

            $(fn meaning() -> Option<$crate::message::Message> {
                Some($crate::say!($meaning))
            })?
        }

        impl $name {
            /// The word an author writes for it, also its name in data files.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}
