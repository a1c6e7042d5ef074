//! The lists of words: what each message is in another language.

use std::collections::HashMap;
use std::env;
use std::sync::LazyLock;

/// A language in which Scorepress speaks to those who make a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, in which messages are written in the code.
    #[default]
    English,
    /// 正體中文.
    TraditionalChinese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::TraditionalChinese];

    /// Its tag, after BCP 47.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::TraditionalChinese => "zh-Hant",
        }
    }

    /// The language of a tag, by its first parts: `zh-TW` and `zh-Hant-HK` are read
    /// in traditional characters, `en-GB` in English.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        match (parts.next()?, parts.next()) {
            ("en", _) => Some(Self::English),
            ("zh", Some("hant" | "tw" | "hk" | "mo")) => Some(Self::TraditionalChinese),
            _ => None,
        }
    }

    /// The language that the environment asks for: a command may have no site to go by.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        let set = |name| env::var(name).ok().filter(|locale| !locale.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(set)?;
        // `zh_TW.UTF-8`, `zh_TW@radical`
        Self::of_tag(locale.split(['.', '@']).next()?)
    }

    /// What a message is in this language, where it is not English.
    pub(super) fn translation(self, english: &str) -> Option<&'static str> {
        match self {
            Self::English => None,
            Self::TraditionalChinese => ZH_HANT.get(english).map(String::as_str),
        }
    }
}

/// English to 正體中文.
pub(super) const ZH_HANT_LIST: &str = include_str!("zh-Hant.yaml");

/// Read when the first message is said in it: most builds have nothing to say. The
/// list is a part of the program; a test reads it.
static ZH_HANT: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| serde_yaml::from_str(ZH_HANT_LIST).unwrap_or_default());
