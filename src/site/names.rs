//! Names of periods, days and statuses: few of them, on every page many times.

use std::hash::Hash;
use std::sync::{OnceLock, PoisonError, RwLock};

use ahash::AHashMap;
use jiff::civil::Date;

use crate::model::period::Period;
use crate::site::context::shared::StatusTag;

/// The names of one language, each made the first time it is asked for.
#[derive(Debug, Default)]
pub struct Names {
    /// Periods in a sentence or heading.
    pub periods: Memory<Period>,
    /// Periods where room is scarce.
    pub short_periods: Memory<Period>,
    /// Days.
    pub dates: Memory<Date>,
    /// Statuses, in the order of [`Status::ALL`].
    ///
    /// [`Status::ALL`]: crate::evaluate::status::Status::ALL
    pub statuses: OnceLock<Vec<StatusTag>>,
}

/// Texts that were made before.
#[derive(Debug)]
pub struct Memory<K> {
    known: RwLock<AHashMap<K, String>>,
}

impl<K> Default for Memory<K> {
    fn default() -> Self {
        Self {
            known: RwLock::default(),
        }
    }
}

impl<K: Eq + Hash> Memory<K> {
    /// The text of `key`, which always has the same.
    pub fn get(&self, key: K, make: impl FnOnce() -> String) -> String {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = known.get(&key) {
            return text.clone();
        }
        drop(known);
        let text = make();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, text.clone());
        text
    }
}
