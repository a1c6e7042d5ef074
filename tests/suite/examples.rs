//! The page of each rule keeps its word: its example triggers the rule, and its cure
//! silences it.

mod stage;

use serde_json::Value;

use crate::site::{Site, command};
use stage::stage;

/// A piece of code on a page.
pub struct Block {
    /// What stands behind the fence: `yaml`, `csv`, …
    pub kind: String,
    /// The code.
    pub text: String,
}

/// A site in which a block stands where it belongs.
pub struct Staged {
    /// The site.
    pub site: Site,
    /// What `check` is asked beyond.
    pub options: &'static [&'static str],
}

impl Staged {
    /// The rules that `check` finds broken, and how gravely.
    fn broken(&self) -> Vec<(String, String)> {
        let run = self
            .site
            .run(&[&["check", "--format", "json"], self.options].concat());
        let faults: Vec<Value> = serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
        let word = |fault: &Value, key: &str| fault[key].as_str().unwrap().to_owned();
        let both = |fault| (word(fault, "rule"), word(fault, "level"));
        faults.iter().map(both).collect()
    }

    /// Whether a rule is broken and nothing else is wrong.
    fn breaks_only(&self, rule: &str) -> bool {
        let broken = self.broken();
        let is_other = |(id, level): &(String, String)| id != rule && level == "error";
        broken.iter().any(|(id, _)| id == rule) && !broken.iter().any(is_other)
    }

    /// Whether a rule is kept and nothing is wrong.
    fn is_sound(&self, rule: &str) -> bool {
        let broken = self.broken();
        !broken
            .iter()
            .any(|(id, level)| id == rule || level == "error")
    }
}

/// The ids of all rules, as the program lists them.
fn rules() -> Vec<String> {
    let listed = command(&["explain", "--lang", "en"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let id = |line: &str| line.split_whitespace().next().unwrap().to_owned();
    listed.lines().map(id).collect()
}

/// The first block under the headings `Example` and `Cure`, and all others of the page.
fn blocks(rule: &str) -> (Block, Block, Vec<Block>) {
    let page = command(&["explain", rule, "--lang", "en"])
        .output()
        .unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    let (mut example, mut cure, mut others) = (None, None, Vec::new());
    let mut heading = "";
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            heading = line;
        } else if let Some(kind) = line.strip_prefix("```") {
            let code = lines.by_ref().take_while(|line| *line != "```");
            let block = Block {
                kind: kind.to_owned(),
                text: code.map(|line| format!("{line}\n")).collect(),
            };
            match heading {
                "## Example" if example.is_none() => example = Some(block),
                "## Cure" if cure.is_none() => cure = Some(block),
                _ => others.push(block),
            }
        }
    }
    (example.unwrap(), cure.unwrap(), others)
}

#[test]
fn every_example_triggers_its_rule_and_every_cure_silences_it() {
    let rules = rules();
    assert!(rules.len() > 40, "{rules:?}");
    let mut wrong = Vec::new();
    for rule in &rules {
        let (example, cure, _) = blocks(rule);
        let (example, cure) = (stage(rule, &example), stage(rule, &cure));
        if !example.breaks_only(rule) {
            wrong.push(format!("the example of {rule}: {:?}", example.broken()));
        }
        if !cure.is_sound(rule) {
            wrong.push(format!("the cure of {rule}: {:?}", cure.broken()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The second pair on the page of `low-contrast`: an accent, and the shade that the
/// fault names.
#[test]
fn further_examples_keep_their_word_too() {
    let (_, _, accents) = blocks("low-contrast");
    let [light, dark] = accents.as_slice() else {
        panic!("two accents");
    };
    let light = stage("low-contrast", light);
    assert!(light.breaks_only("low-contrast"), "{:?}", light.broken());
    let named = light.site.run(&["check"]).err;
    let shade = dark.text.split('"').nth(1).unwrap();
    assert!(named.contains(shade), "{named}");
    assert!(stage("low-contrast", dark).is_sound("low-contrast"));
}

/// What would pass anything proves nothing.
#[test]
fn an_example_that_is_none_is_noticed() {
    let (example, cure, _) = blocks("bad-date");
    assert!(!stage("bad-date", &cure).breaks_only("bad-date"));
    assert!(!stage("bad-date", &example).is_sound("bad-date"));
    // Another fault beside the one that is shown misleads.
    let more = Block {
        text: example.text + "AC1.2,2025,5,\n",
        ..example
    };
    assert!(!stage("bad-date", &more).breaks_only("bad-date"));
}
