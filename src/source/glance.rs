//! What `content/site.yaml` says that has to be known before anything is read.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::yaml::{self, Node};
use crate::span::Sources;

/// The largest `site.yaml` that is looked into.
const LARGEST: u64 = 1 << 20;

/// What a site says at a glance; what cannot be read says nothing, and is told of when
/// the site is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Whether the history of its sources is to be told: it says `history: false` where
    /// not.
    pub wants_history: bool,
    /// The tag of the language it is written in, the first of `languages:`.
    pub language: Option<String>,
}

impl Glance {
    /// Looks at the site in `root`.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        let mut glance = Self {
            wants_history: true,
            language: None,
        };
        for (key, node) in pairs(root).unwrap_or_default() {
            match (key.as_str(), &node) {
                ("history", Node::Scalar(word)) => glance.wants_history = word.text != "false",
                ("languages", Node::List(tags)) => {
                    let first = tags.first().map(|tag| &tag.value);
                    if let Some(Node::Scalar(tag)) = first {
                        glance.language = Some(tag.text.clone());
                    }
                }
                _ => {}
            }
        }
        glance
    }
}

fn pairs(root: &Path) -> Option<Vec<(String, Node)>> {
    let path = root.join("content").join("site.yaml");
    // A pipe or a device is never opened.
    let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
    let file = is_file.then(|| fs::File::open(path).ok()).flatten()?;
    let mut text = String::new();
    file.take(LARGEST).read_to_string(&mut text).ok()?;
    let file = Sources::default().add("", String::new());
    match yaml::parse_slice(&text, file, 0).ok()?.value {
        Node::Map(pairs) => {
            let pairs = pairs.into_iter();
            Some(pairs.map(|(key, node)| (key.value, node.value)).collect())
        }
        _ => None,
    }
}
