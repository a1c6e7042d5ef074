//! Keys of a plan beside the goalposts themselves: by which rules figures become
//! results, scores and statuses, and what it is that is measured.

use std::collections::BTreeMap;

use super::facts::Level;
use super::name::Name;
use crate::source::yaml::Node;
use crate::span::At;

/// What something says of its rules, by key.
pub(super) type Rules = BTreeMap<&'static str, String>;

/// The keys of rules at each level.
const fn keys(level: Level) -> &'static [&'static str] {
    match level {
        Level::Site => &[
            "bands",
            "minimum_coverage",
            "missing",
            "reporting_days",
            "as_of",
        ],
        Level::Scorecard => &["bands", "minimum_coverage", "missing", "reporting_days"],
        Level::Theme | Level::Objective => &[],
        Level::Kpi => &["aggregate", "per", "frequency", "bands", "reporting_days"],
    }
}

/// Keys that say what a KPI measures.
pub(super) const MEANINGS: [&str; 3] = ["unit", "definition", "formula"];

/// The rules that something states; `value` finds the value of a key, `flow` makes words
/// of it.
pub(super) fn of<'n>(
    level: Level,
    language: &str,
    value: impl Fn(&str) -> Option<&'n At<Node>>,
    flow: impl Fn(&At<Node>) -> String,
) -> Rules {
    let said = |key: &'static str| {
        let node = value(key)?;
        let words = if key == "bands" {
            bands(node, language, &flow)
        } else {
            flow(node)
        };
        (!words.is_empty()).then_some((key, words))
    };
    keys(level).iter().copied().filter_map(said).collect()
}

/// Bands in one line, their names in one language: a translation moves no band.
fn bands(node: &At<Node>, language: &str, flow: impl Fn(&At<Node>) -> String) -> String {
    let value = |node: &At<Node>, key: &str| match &node.value {
        Node::Map(pairs) => {
            let mut pairs = pairs.iter();
            let found = pairs.find(|(name, _)| name.value == key);
            found.map(|(_, value)| value.clone())
        }
        _ => None,
    };
    let near = value(node, "near").map(|near| format!("near: {}", flow(&near)));
    let levels = value(node, "levels").map(|levels| match &levels.value {
        Node::List(levels) => {
            let level = |level: &At<Node>| {
                let name = value(level, "name").map(|name| Name::of(&name, &flow));
                let from = value(level, "from").map(|from| flow(&from));
                let name = name.as_ref().map_or("", |name| name.words(language));
                format!("[{name}, {}]", from.unwrap_or_default())
            };
            let levels: Vec<_> = levels.iter().map(level).collect();
            format!("levels: [{}]", levels.join(", "))
        }
        _ => String::new(),
    });
    let parts: Vec<_> = near.into_iter().chain(levels).collect();
    parts.join("; ")
}

/// The keys of rules that differ, with what each said before and says now. What is left
/// out says what its default says.
pub(super) fn changed(
    level: Level,
    (then, unit_then): (&Rules, &str),
    (now, unit_now): (&Rules, &str),
) -> Vec<(&'static str, Option<String>, Option<String>)> {
    let differs = |key: &&'static str| {
        let said = |rules: &Rules, unit: &str| {
            let own = rules.get(key).cloned();
            own.or_else(|| default(level, key, unit).map(str::to_owned))
        };
        let (from, to) = (said(then, unit_then), said(now, unit_now));
        // Left out, it follows the unit, whose change is told.
        let follows = |rules: &Rules| *key == "per" && !rules.contains_key("per");
        let is_moved = from != to && !(follows(then) && follows(now));
        // How often a KPI is measured may be said later; the others had their effect.
        let is_news = *key == "frequency" && from.is_none();
        (is_moved && !is_news).then_some((*key, from, to))
    };
    keys(level).iter().filter_map(differs).collect()
}

/// What a key means that is left out, where that can be said.
fn default(level: Level, key: &str, unit: &str) -> Option<&'static str> {
    match (level, key) {
        (Level::Kpi, "aggregate") => Some("last"),
        (Level::Kpi, "per") => Some(match unit {
            "%" | "％" => "100",
            "‰" => "1000",
            _ => "1",
        }),
        (Level::Site, "missing") => Some("exclude"),
        (Level::Site, "reporting_days") => Some("0"),
        _ => None,
    }
}
