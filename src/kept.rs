//! What a preview keeps from one edit to the next, so that an edit costs what it
//! changes and not what the site holds.
//!
//! Nothing here knows what depends on what. A thing is kept beside *all* it was made
//! from, and used again where it would be made from the same; that it was made from
//! nothing else is for the compiler to see ([`Made::again`]). Whatever is made for a
//! site is kept in place of what was made for the one before: a store holds one site.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::assemble;
use crate::check;
use crate::evaluate;
use crate::site::theme;
use crate::span::Sources;

/// What was made for the site as it was before.
#[derive(Default)]
pub struct Kept {
    /// The files as they were read.
    pub sources: Sources,
    /// Scorecards by their folders.
    pub assembled: assemble::Kept,
    /// What was found in each of them.
    pub checked: check::Kept,
    /// Their results.
    pub evaluated: evaluate::Kept,
    /// The theme.
    pub theme: theme::Kept,
}

/// Something made, beside all that it was made from.
pub struct Made<From, What> {
    from: From,
    what: What,
}

impl<From: PartialEq, What> Made<From, What> {
    /// What was made before, where it was made from the same; else it is made anew.
    /// `make` is a plain function, not a closure: it can depend on nothing but `from`.
    pub fn again(before: Option<Self>, from: From, make: fn(&From) -> What) -> Self {
        match before {
            Some(before) if before.from == from => before,
            _ => {
                let what = make(&from);
                Self { from, what }
            }
        }
    }
}

impl<From, What> Made<From, What> {
    /// What was made.
    pub const fn what(&self) -> &What {
        &self.what
    }
}

/// Things that were made, by a name that finds them again.
pub type ByName<From, What> = BTreeMap<String, Made<From, What>>;

/// Something shared that equals itself alone: as good as equal contents for asking
/// whether anything changed, and told by a glance.
pub struct Same<T>(pub Arc<T>);

impl<T> Same<T> {
    /// Another hold on the same thing.
    pub fn of(thing: &Arc<T>) -> Self {
        Self(Arc::clone(thing))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Same<T> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_from_the_same_is_not_made_again() {
        let length = |text: &String| Arc::new(text.len());
        let first = Made::again(None, "four".to_owned(), length);
        let kept = Arc::clone(first.what());
        let second = Made::again(Some(first), "four".to_owned(), length);
        assert!(Arc::ptr_eq(&kept, second.what()));
        let third = Made::again(Some(second), "seventh".to_owned(), length);
        assert_eq!(**third.what(), 7);
    }

    #[test]
    fn a_copy_of_something_is_not_the_same_thing() {
        let (one, other) = (Arc::new(1), Arc::new(1));
        assert_ne!(Same::of(&one), Same::of(&other));
        assert_eq!(Same::of(&one), Same::of(&one));
    }
}
