//! The past of a site's sources, read at most once for each commit.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::Extent;
use crate::git::Checkout;
use crate::git::history::{self, History, Trace};
use crate::register::chronicle::{Chronicler, Episode};
use crate::source::yaml::{self, Node};
use crate::span::{Source, Sources};

/// What is known of the past.
#[derive(Clone, Debug, Default)]
pub enum Past {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// There is none, or it cannot be read.
    Absent,
    /// It was read.
    Known(Remembered),
}

/// A past that was read.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// The commit it was read up to.
    commit: String,
    history: Arc<History>,
    /// What its commits altered in place.
    episodes: Arc<[Episode]>,
    /// The files that differ from that commit.
    changed: BTreeSet<String>,
}

impl Past {
    /// The past of the sources below `root` that lie in a checkout. What is known of
    /// the same commit already is not read again.
    #[must_use]
    pub fn read(root: &Path, checkout: Option<&Checkout>, before: &Self) -> Self {
        let Some(checkout) = checkout else {
            return Self::Absent;
        };
        let commit = &checkout.head.commit;
        let known = before.known().filter(|known| known.commit == *commit);
        if let Some(known) = known {
            return Self::Known(Remembered {
                changed: checkout.changed.clone(),
                ..known.clone()
            });
        }
        let mut chronicler = Chronicler::default();
        let Some(history) = history::read(root, commit, &mut chronicler) else {
            return Self::Absent;
        };
        Self::Known(Remembered {
            commit: commit.clone(),
            history: Arc::new(history),
            episodes: chronicler.episodes().into(),
            changed: checkout.changed.clone(),
        })
    }

    /// The past, where it was read.
    #[must_use]
    pub const fn known(&self) -> Option<&Remembered> {
        match self {
            Self::Known(known) => Some(known),
            Self::NotAsked | Self::Absent => None,
        }
    }

    /// How far it goes.
    #[must_use]
    pub fn extent(&self) -> Extent {
        match self {
            Self::NotAsked => Extent::NotAsked,
            Self::Absent => Extent::Absent,
            Self::Known(known) => match known.history.cut() {
                Some(commit) => Extent::Cut(commit.date),
                None => Extent::Whole,
            },
        }
    }
}

impl Remembered {
    /// The history.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What its commits altered in place, oldest first.
    #[must_use]
    pub fn episodes(&self) -> &[Episode] {
        &self.episodes
    }

    /// What each line of a file goes back to. A workbook has one line that speaks for
    /// all: its sheets were text to nobody but us.
    pub(super) fn traces(&self, source: &Source) -> Vec<Trace> {
        if source.sheet.is_none() {
            return self.history.trace(&source.path, &source.text);
        }
        let is_changed = self.changed.contains(&source.path);
        vec![if is_changed {
            Trace::Pending
        } else {
            self.history.trace_whole(&source.path)
        }]
    }
}

/// The largest `site.yaml` that is looked into.
const LARGEST: u64 = 1 << 20;

/// Whether a site wants its history told: it says `history: false` where not. Known
/// before all else is read, so that nothing is asked in vain.
#[must_use]
pub fn is_wanted(root: &Path) -> bool {
    let mut text = String::new();
    let path = root.join("content/site.yaml");
    let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
    if !is_file {
        return true;
    }
    let read = fs::File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text));
    let mut sources = Sources::default();
    let file = sources.add("content/site.yaml", String::new());
    let refuses = |key: &str, node: &Node| {
        key == "history" && matches!(node, Node::Scalar(word) if word == "false")
    };
    match read
        .ok()
        .and_then(|_| yaml::parse_slice(&text, file, 0).ok())
    {
        Some(node) => match node.value {
            Node::Map(pairs) => !pairs
                .iter()
                .any(|(key, node)| refuses(&key.value, &node.value)),
            _ => true,
        },
        None => true,
    }
}
