//! What a plan said of its KPIs, objectives and themes at some commit: as much of it
//! as readers hold a publisher to, in the words of the author.
//!
//! An old plan may be written in an older format, or be broken: what is not
//! understood is passed over, never reported.

use std::collections::BTreeMap;

use super::name::Name;
use super::rules::{self, MEANINGS, Rules};
use crate::model::quantity::Quantity;
use crate::source::yaml::{Node, parse_slice};
use crate::span::{At, Sources};

/// What something with a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The site.
    Site,
    /// A scorecard.
    Scorecard,
    /// A theme.
    Theme,
    /// An objective.
    Objective,
    /// A KPI.
    Kpi,
}

impl Level {
    /// Its name in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Scorecard => "scorecard",
            Self::Theme => "theme",
            Self::Objective => "objective",
            Self::Kpi => "kpi",
        }
    }

    /// The key of a list of such items; of what is no item the name of its file.
    pub(super) const fn list(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Scorecard => "scorecard",
            Self::Theme => "themes",
            Self::Objective => "objectives",
            Self::Kpi => "kpis",
        }
    }

    /// What the items of a list are that stands under this key.
    pub(super) fn of_list(key: &str) -> Option<Self> {
        match key {
            "themes" => Some(Self::Theme),
            "objectives" | "cross_cutting" => Some(Self::Objective),
            "kpis" => Some(Self::Kpi),
            _ => None,
        }
    }
}

/// What a plan said of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it is.
    pub level: Level,
    /// Its code.
    pub code: String,
    /// Its id.
    pub id: Option<String>,
    /// Its name in the language of the content.
    pub name: String,
    /// Its name in every language.
    pub wording: Name,
    /// Its weight; 1 where none is stated.
    pub weight: String,
    /// Its baseline.
    pub baseline: Option<String>,
    /// Everything that makes scores of values.
    pub scale: Option<String>,
    /// Its target.
    pub target: Option<String>,
    /// By which rules it is scored.
    pub rules: Rules,
    /// What it measures.
    pub meaning: BTreeMap<&'static str, Name>,
    /// The objective that it names as its own.
    pub objective: Option<String>,
}

impl Facts {
    /// The code of the objective that a KPI measures: the one it names, else the one that
    /// its own code begins with.
    pub(super) fn objective(&self) -> Option<&str> {
        let own = || self.code.rsplit_once('.').map(|(objective, _)| objective);
        self.objective.as_deref().or_else(own)
    }

    /// What a key says of what is measured, in a language.
    pub(super) fn meaning(&self, key: &str, language: &str) -> Option<String> {
        let words = self.meaning.get(key)?.words(language);
        (!words.is_empty()).then(|| words.to_owned())
    }
}

/// What a file of a plan says; `list` is the list that it holds, or nothing for the
/// plan itself, and `language` that of the content. Nothing where it is no YAML.
#[must_use]
pub fn read(text: &str, list: &str, language: &str) -> Option<Vec<Facts>> {
    let file = Sources::default().add("", String::new());
    let node = parse_slice(text, file, 0).ok()?;
    let mut reading = Reading {
        language,
        facts: Vec::new(),
    };
    match Level::of_list(list) {
        Some(level) => reading.items(&node, level),
        None => reading.whole(&node, list),
    }
    Some(reading.facts)
}

/// A file that is read.
struct Reading<'a> {
    language: &'a str,
    facts: Vec<Facts>,
}

impl Reading<'_> {
    /// A whole plan, or the settings of a site.
    fn whole(&mut self, node: &At<Node>, file: &str) {
        let level = match file {
            "site" => Level::Site,
            _ => Level::Scorecard,
        };
        let own = self.of(node, level, String::new());
        // Settings of a site say something by being there; a plan is known by its items.
        if matches!(node.value, Node::Map(_)) && (level == Level::Site || !own.rules.is_empty()) {
            self.facts.push(own);
        }
        if level == Level::Scorecard {
            self.lists(node);
        }
    }

    /// The lists of a mapping.
    fn lists(&mut self, node: &At<Node>) {
        for (key, value) in pairs(node) {
            if let Some(level) = Level::of_list(key) {
                self.items(value, level);
            }
        }
    }

    /// The items of a list, or the one item that stands in its place.
    fn items(&mut self, node: &At<Node>, level: Level) {
        let list = match &node.value {
            Node::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for item in list {
            if let Some(code) = text(item, "code") {
                let facts = self.of(item, level, code);
                self.facts.push(facts);
            }
            self.lists(item);
        }
    }

    /// What is said of one thing.
    fn of(&self, item: &At<Node>, level: Level, code: String) -> Facts {
        let scale: Vec<_> = SCALE
            .into_iter()
            .filter_map(|key| Some(format!("{key}: {}", text(item, key)?)))
            .collect();
        let wording = value(item, "name")
            .map(|node| Name::of(node, flow))
            .unwrap_or_default();
        let meaning = |key| Some((key, Name::of(value(item, key)?, flow)));
        let meanings = match level {
            Level::Kpi => MEANINGS.as_slice(),
            _ => &[],
        };
        Facts {
            level,
            code,
            id: text(item, "id"),
            name: wording.words(self.language).to_owned(),
            wording,
            weight: text(item, "weight").unwrap_or_else(|| "1".to_owned()),
            baseline: text(item, "baseline"),
            scale: (!scale.is_empty()).then(|| scale.join("; ")),
            target: text(item, "target"),
            rules: rules::of(level, self.language, |key| value(item, key), flow),
            objective: text(item, "objective"),
            meaning: meanings.iter().copied().filter_map(meaning).collect(),
        }
    }
}

/// Keys that make scores of values.
const SCALE: [&str; 4] = ["direction", "scale", "worst", "levels"];

fn value<'n>(item: &'n At<Node>, key: &str) -> Option<&'n At<Node>> {
    let mut pairs = pairs(item);
    pairs.find(|(name, _)| *name == key).map(|(_, node)| node)
}

fn text(item: &At<Node>, key: &str) -> Option<String> {
    value(item, key).map(flow).filter(|text| !text.is_empty())
}

fn pairs(node: &At<Node>) -> impl Iterator<Item = (&str, &At<Node>)> {
    let pairs = match &node.value {
        Node::Map(pairs) => pairs.as_slice(),
        _ => &[],
    };
    pairs.iter().map(|(key, value)| (key.value.as_str(), value))
}

/// A value on one line; numbers that mean the same are written the same.
fn flow(node: &At<Node>) -> String {
    match &node.value {
        Node::Null => String::new(),
        Node::Scalar(scalar) => plain(&scalar.text),
        Node::List(items) => {
            let items: Vec<_> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Map(pairs) => {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", key.value, flow(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A text in one spelling: `10`, `10.0` and ` 10` are one number.
#[must_use]
pub fn plain(text: &str) -> String {
    let text = text.trim();
    Quantity::parse(text).map_or_else(|_| text.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_tells_what_readers_hold_it_to() {
        let plan = "themes:\n  - code: A\n    name: {fr: Service public, en: Service}\n    weight: 2.0\n    objectives:\n      - code: AC1\n        name: O\n        kpis:\n          - {code: AC1.1, id: a, name: K, target: 90.0, baseline: 5, worst: [1, 2], scale: [[0, 0], [80, 100]]}\n";
        let facts = read(plan, "scorecard", "en").unwrap();
        let codes: Vec<_> = facts.iter().map(|facts| facts.code.as_str()).collect();
        assert_eq!(codes, ["A", "AC1", "AC1.1"]);
        assert_eq!(facts[0].name, "Service");
        assert_eq!(facts[0].weight, "2");
        let kpi = &facts[2];
        assert_eq!(kpi.target.as_deref(), Some("90"));
        assert_eq!(
            kpi.scale.as_deref(),
            Some("scale: [[0, 0], [80, 100]]; worst: [1, 2]")
        );
    }

    #[test]
    fn lists_stand_in_files_of_their_own_and_broken_ones_say_nothing() {
        let facts = read("code: AC1.1\nname: K\n", "kpis", "en").unwrap();
        assert_eq!(facts[0].level, Level::Kpi);
        assert_eq!(read("- {code: A", "themes", "en"), None);
        assert_eq!(read("5", "scorecard", "en"), Some(Vec::new()));
    }
}
