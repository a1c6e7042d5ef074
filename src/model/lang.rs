//! The languages of a site.

use super::text::Text;
use crate::message::{Language, Wording};

/// A language of the site, by its place in `languages:`; 0 is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LangId(u8);

impl LangId {
    /// The language of the content.
    pub const DEFAULT: Self = Self(0);

    /// The place in the list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The languages of a site, the default first. There is always one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages {
    default: String,
    others: Vec<String>,
}

impl Default for Languages {
    fn default() -> Self {
        Self {
            default: "en".to_owned(),
            others: Vec::new(),
        }
    }
}

impl Languages {
    /// The most languages a site can have.
    pub const MOST: usize = 200;

    /// The default language and the others.
    #[must_use]
    pub const fn new(default: String, others: Vec<String>) -> Self {
        Self { default, others }
    }

    /// Every language in order.
    pub fn iter(&self) -> impl Iterator<Item = (LangId, &str)> {
        std::iter::once(&self.default)
            .chain(&self.others)
            .enumerate()
            .map(|(index, tag)| (LangId(u8::try_from(index).unwrap_or(u8::MAX)), tag.as_str()))
    }

    /// The language with that tag.
    #[must_use]
    pub fn find(&self, tag: &str) -> Option<LangId> {
        self.iter()
            .find(|(_, known)| *known == tag)
            .map(|(id, _)| id)
    }

    /// The tag of a language.
    #[must_use]
    pub fn tag(&self, id: LangId) -> &str {
        id.index()
            .checked_sub(1)
            .and_then(|i| self.others.get(i))
            .unwrap_or(&self.default)
    }

    /// A text of the content as messages quote it: each in its own language, where the
    /// text has it.
    #[must_use]
    pub fn said(&self, text: &Text) -> Wording {
        let own = self.iter().filter(|(id, _)| text.has(*id));
        own.fold(
            Wording::new(text.original()),
            |words, (id, tag)| match Language::of_tag(tag) {
                Some(language) => words.or_in(language, text.read(id).text),
                None => words,
            },
        )
    }

    /// How many there are; at least one.
    #[must_use]
    pub const fn count(&self) -> usize {
        1 + self.others.len()
    }
}

/// Whether a text has the form of a BCP 47 tag (`zh-Hant`, `en`, `pt-BR`).
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
