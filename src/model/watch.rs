//! Which scorecards a piece of work looks at.
//!
//! What is held for each scorecard is held in a [`ByScorecard`], and nobody can look at
//! an item there without its being noted. So a page need not say what it shows: it is
//! known, and where none of that has changed, neither has the page.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Index;
use std::sync::Arc;

use super::arena::{Arena, OrganizationIx, ScorecardIx};
use super::period::Period;
use super::scorecard::Scorecard;

/// What a piece of work looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Scorecards, their results and what else is held for each.
    pub scorecards: BTreeSet<ScorecardIx>,
    /// Scorecards whose links with others were followed.
    pub links: BTreeSet<ScorecardIx>,
    /// Whether it looked at whatever there is, so that nothing can be left out.
    pub all: bool,
}

impl Seen {
    /// Adds what another piece of work looked at.
    pub fn merge(&mut self, other: &Self) {
        self.scorecards.extend(&other.scorecards);
        self.links.extend(&other.links);
        self.all |= other.all;
    }
}

/// What the work of a thread looked at so far.
#[derive(Default)]
struct Watched {
    seen: Seen,
    /// The scorecard that was looked at last: mostly it is looked at again.
    last: Option<ScorecardIx>,
}

thread_local! {
    /// What the work of this thread looked at, while somebody wants to know.
    static WATCHED: RefCell<Option<Watched>> = const { RefCell::new(None) };
}

/// Does some work on this thread, and tells what it looked at.
pub fn watch<T>(work: impl FnOnce() -> T) -> (T, Seen) {
    let before = WATCHED.replace(Some(Watched::default()));
    let done = work();
    let watched = WATCHED.replace(before).unwrap_or_default();
    (done, watched.seen)
}

fn note(note: impl FnOnce(&mut Watched)) {
    WATCHED.with_borrow_mut(|watched| {
        if let Some(watched) = watched {
            note(watched);
        }
    });
}

fn looks_at(at: ScorecardIx) {
    note(|watched| {
        if watched.last != Some(at) {
            watched.last = Some(at);
            watched.seen.scorecards.insert(at);
        }
    });
}

/// Notes that the links of a scorecard with others are followed.
pub fn follows_links(at: ScorecardIx) {
    note(|watched| {
        watched.seen.links.insert(at);
    });
}

/// Notes that the work depends on all there is, such as on there being nothing of a
/// name.
pub fn looks_everywhere() {
    note(|watched| watched.seen.all = true);
}

/// What is held for each scorecard of a publication.
#[derive(Clone, Debug)]
pub struct ByScorecard<T>(Arena<ScorecardIx, T>);

impl<T> Default for ByScorecard<T> {
    fn default() -> Self {
        Self(Arena::default())
    }
}

impl<T> ByScorecard<T> {
    /// Adds an item and says where it went.
    pub fn push(&mut self, item: T) -> ScorecardIx {
        self.0.push(item)
    }

    /// The positions in order, which tell nothing of what is there.
    #[must_use]
    pub fn positions(
        &self,
    ) -> impl DoubleEndedIterator<Item = ScorecardIx> + ExactSizeIterator + use<T> {
        self.0.positions()
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        looks_everywhere();
        self.0.iter()
    }

    /// The items in order, each with its position.
    #[must_use]
    pub fn entries(
        &self,
    ) -> impl DoubleEndedIterator<Item = (ScorecardIx, &T)> + ExactSizeIterator {
        looks_everywhere();
        self.0.entries()
    }

    /// The same positions over other items.
    pub fn map<U>(&self, change: impl FnMut((ScorecardIx, &T)) -> U) -> Arena<ScorecardIx, U> {
        looks_everywhere();
        self.0.map(change)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What the place of a scorecard says of it: its organisation and its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// `organisation/period`.
    pub path: &'a str,
    /// The organisation.
    pub organization: OrganizationIx,
    /// The period.
    pub period: Period,
}

impl ByScorecard<Arc<Scorecard>> {
    /// What the place of a scorecard says. It is the same whatever the scorecard holds,
    /// so nobody depends on that who asks for nothing else.
    #[must_use]
    pub fn head(&self, at: ScorecardIx) -> Head<'_> {
        let scorecard = &self.0[at];
        Head {
            path: &scorecard.path,
            organization: scorecard.organization,
            period: scorecard.period,
        }
    }
}

impl<T> Index<ScorecardIx> for ByScorecard<T> {
    type Output = T;

    fn index(&self, at: ScorecardIx) -> &T {
        looks_at(at);
        &self.0[at]
    }
}

impl<T> FromIterator<T> for ByScorecard<T> {
    fn from_iter<Iter: IntoIterator<Item = T>>(items: Iter) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> From<Arena<ScorecardIx, T>> for ByScorecard<T> {
    fn from(items: Arena<ScorecardIx, T>) -> Self {
        Self(items)
    }
}

impl<'a, T> IntoIterator for &'a ByScorecard<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::arena::Position;
    use super::*;

    fn at(index: usize) -> ScorecardIx {
        ScorecardIx::new(index)
    }

    #[test]
    fn whatever_is_looked_at_is_noted() {
        let held: ByScorecard<_> = ["a", "b", "c"].into_iter().collect();
        let (read, seen) = watch(|| [held[at(2)], held[at(0)], held[at(0)]].concat());
        assert_eq!(read, "caa");
        assert_eq!(seen.scorecards, [at(0), at(2)].into());
        assert!(seen.links.is_empty() && !seen.all);
        let all = |work: &dyn Fn() -> usize| watch(work).1.all;
        assert!(all(&|| held.iter().count()));
        assert!(all(&|| held.entries().count()));
        assert!(all(&|| held.map(|_| ()).len()));
        assert!(all(&|| (&held).into_iter().count()));
        assert!(!all(&|| held.len() + held.positions().count()));
        let ((), seen) = watch(|| follows_links(at(1)));
        assert_eq!(seen.links, [at(1)].into());
    }

    #[test]
    fn work_inside_other_work_is_told_apart() {
        let held: ByScorecard<_> = [1, 2].into_iter().collect();
        let ((_, inner), mut outer) = watch(|| {
            let first = held[at(0)];
            (first, watch(|| held[at(1)]).1)
        });
        assert_eq!(outer.scorecards, [at(0)].into());
        assert_eq!(inner.scorecards, [at(1)].into());
        outer.merge(&inner);
        assert_eq!(outer.scorecards, [at(0), at(1)].into());
    }
}
