//! Reading version after version of the same plans.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::Arc;

use super::facts::{self, Facts, Level};
use super::pieces;

/// Reads plans, and keeps what pieces of them said.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The language of the content.
    pub language: String,
    known: HashMap<u64, Vec<Arc<Facts>>>,
    /// Files whose pieces say the same as the whole.
    regular: BTreeSet<String>,
    /// Files whose pieces do not.
    odd: BTreeSet<String>,
}

impl Reader {
    /// What a version of a file says, of which the one before told of `before` things; nothing
    /// where it is no YAML.
    pub fn read(
        &mut self,
        path: &str,
        list: &str,
        lines: &[Arc<str>],
        before: usize,
    ) -> Option<Vec<Arc<Facts>>> {
        // What is not UTF-8 was read by nobody.
        if lines.iter().any(|line| line.contains('\u{fffd}')) {
            return None;
        }
        if self.odd.contains(path) || list == Level::Site.list() {
            return self.whole(lines, list);
        }
        let by_pieces = self.pieces(lines, Level::of_list(list));
        // Where something is gone, the file may only be broken.
        let is_less = by_pieces.as_ref().is_none_or(|said| said.len() < before);
        if !is_less && self.regular.contains(path) {
            return by_pieces;
        }
        let whole = self.whole(lines, list)?;
        if by_pieces.as_ref() == Some(&whole) {
            self.regular.insert(path.to_owned());
            return by_pieces;
        }
        self.odd.insert(path.to_owned());
        Some(whole)
    }

    fn pieces(&mut self, lines: &[Arc<str>], list: Option<Level>) -> Option<Vec<Arc<Facts>>> {
        let mut said = Vec::new();
        for (level, text) in pieces::of(lines, list)? {
            let mut hasher = DefaultHasher::new();
            hasher.write_u8(level as u8);
            hasher.write(text.as_bytes());
            let hash = hasher.finish();
            if let Some(known) = self.known.get(&hash) {
                said.extend_from_slice(known);
                continue;
            }
            let facts = facts::read(&text, level.list(), &self.language)?;
            let facts: Vec<_> = facts.into_iter().map(Arc::new).collect();
            said.extend_from_slice(&facts);
            self.known.insert(hash, facts);
        }
        Some(said)
    }

    fn whole(&self, lines: &[Arc<str>], list: &str) -> Option<Vec<Arc<Facts>>> {
        let facts = facts::read(&lines.join("\n"), list, &self.language)?;
        Some(facts.into_iter().map(Arc::new).collect())
    }
}
