//! The name of something, in the languages that a plan wrote it in.

use crate::source::yaml::Node;
use crate::span::At;

/// A name as a plan wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The words, each with the tag of its language; none where the plan said none.
    wordings: Vec<(Option<String>, String)>,
}

impl Name {
    /// The name that a node writes; `flow` makes words of it.
    pub fn of(node: &At<Node>, flow: impl Fn(&At<Node>) -> String) -> Self {
        let wordings = match &node.value {
            Node::Map(pairs) => {
                let tagged = pairs.iter();
                tagged
                    .map(|(tag, words)| (Some(tag.value.clone()), flow(words)))
                    .collect()
            }
            _ => vec![(None, flow(node))],
        };
        Self { wordings }
    }

    /// The words in a language, else those that stand first.
    pub fn words(&self, language: &str) -> &str {
        let words = self.wordings.iter();
        let mut own = words.filter(|(tag, _)| tag.as_deref() == Some(language));
        let found = own.next().or(self.wordings.first());
        found.map_or("", |(_, words)| words)
    }

    /// Whether two plans call something alike: in the language of the content where both
    /// have it, else in any. A translation that comes, goes or is mended changes no name,
    /// nor does the first language of a site that gets a second.
    pub fn is_same(&self, other: &Self, language: &str) -> bool {
        let has = |name: &Self| {
            let mut tags = name.wordings.iter();
            tags.any(|(tag, _)| tag.as_deref() == Some(language))
        };
        if has(self) && has(other) {
            return self.words(language) == other.words(language);
        }
        let words = |name: &Self, words: &str| name.wordings.iter().any(|(_, own)| own == words);
        self == other || self.wordings.iter().any(|(_, own)| words(other, own))
    }
}

impl Name {
    /// The words that a later plan gives in a language that both have, where those are
    /// others, each after what it said before.
    pub fn translated_anew(&self, later: &Self) -> Vec<(String, String)> {
        let again = |(tag, words): &(Option<String>, String)| {
            tag.as_ref()?;
            let mut others = later.wordings.iter();
            let (_, other) = others.find(|(other, _)| other == tag)?;
            (other != words && !words.is_empty()).then(|| (words.clone(), other.clone()))
        };
        self.wordings.iter().filter_map(again).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    fn name(wordings: &[(&str, &str)]) -> Name {
        let tagged = |(tag, words): &(&str, &str)| {
            let tag = (!tag.is_empty()).then(|| (*tag).to_owned());
            (tag, (*words).to_owned())
        };
        Name {
            wordings: wordings.iter().map(tagged).collect(),
        }
    }

    #[test]
    fn translations_change_no_name() {
        let plain = name(&[("", "Trust")]);
        let both = name(&[("zh-Hant", "信任"), ("en", "Trust")]);
        let mended = name(&[("zh-Hant", "信賴"), ("en", "Trust")]);
        let renamed = name(&[("zh-Hant", "信任"), ("en", "Faith")]);
        assert_eq!(both.words("en"), "Trust");
        assert_eq!(plain.words("en"), "Trust");
        assert!(plain.is_same(&both, "en") && both.is_same(&mended, "en"));
        assert!(!both.is_same(&renamed, "en"));
        // The content is in Chinese now.
        assert!(plain.is_same(&both, "zh-Hant"));
        assert!(!both.is_same(&mended, "zh-Hant"));
        assert!(!plain.is_same(&name(&[("en", "Faith")]), "en"));
    }
}
