//! The past of a site's sources, read at most once for each commit.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::Extent;
use crate::git::Checkout;
use crate::git::history::{self, Diff, History, Trace};
use crate::register::chronicle::{Chronicler, Episode};
use crate::source::glance::Glance;
use crate::span::Source;

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
    /// The language of the content, in which names are told.
    language: String,
    history: Arc<History>,
    /// What its commits altered in place.
    episodes: Arc<[Episode]>,
    /// The files that differ from that commit.
    changed: BTreeSet<String>,
}

impl Past {
    /// The past of the sources below `root` that lie in a checkout, as far as the site
    /// wants it told. What is known of the same commit already is not read again.
    #[must_use]
    pub fn look(root: &Path, checkout: Option<&Checkout>, before: &Self) -> Self {
        let glance = Glance::at(root);
        if glance.wants_history {
            Self::read(root, checkout, glance, before)
        } else {
            Self::NotAsked
        }
    }

    /// The same, whatever the site wants today.
    #[must_use]
    pub fn insist(root: &Path, checkout: &Checkout) -> Self {
        Self::read(root, Some(checkout), Glance::at(root), &Self::NotAsked)
    }

    fn read(root: &Path, checkout: Option<&Checkout>, glance: Glance, before: &Self) -> Self {
        let Some(checkout) = checkout else {
            return Self::Absent;
        };
        let commit = &checkout.head.commit;
        let language = glance.language.unwrap_or_default();
        let known = before.known();
        let known = known.filter(|known| known.commit == *commit && known.language == language);
        if let Some(known) = known {
            return Self::Known(Remembered {
                changed: checkout.changed.clone(),
                ..known.clone()
            });
        }
        let tell = |diff| {
            let mut chronicler = Chronicler::new(language.clone());
            let history = history::read(root, commit, diff, &mut chronicler)?;
            Some((history, chronicler))
        };
        let Some(mut told) = tell(Diff::OfText) else {
            return Self::Absent;
        };
        // Whoever can say of a ledger that it is no text could hide what it said.
        if told.0.hides_text() {
            let Some(all) = tell(Diff::OfAll) else {
                return Self::Absent;
            };
            told = all;
        }
        let (history, chronicler) = told;
        Self::Known(Remembered {
            commit: commit.clone(),
            language,
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
