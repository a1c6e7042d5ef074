//! Names of periods, days and statuses: few of them, on every page many times.

use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use ahash::AHashMap;
use jiff::civil::Date;

use crate::evaluate::status::Status;
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
    /// Statuses, in words.
    pub statuses: Memory<Status, StatusTag>,
}

/// Texts that were made before.
#[derive(Debug)]
pub struct Memory<K, V = String> {
    known: RwLock<AHashMap<K, V>>,
}

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        Self {
            known: RwLock::default(),
        }
    }
}

impl<K: Eq + Hash, V: Clone> Memory<K, V> {
    /// The text of `key`, which always has the same.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> V {
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
