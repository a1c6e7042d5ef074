//! Lists whose positions have a type of their own, so that a KPI's index can
//! never be used on an objective.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A typed position.
pub trait Position: Copy {
    /// The position as a number.
    fn get(self) -> usize;
    /// The position for a number.
    fn new(index: usize) -> Self;
}

/// Declares typed positions.
macro_rules! positions {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Position for $name {
            fn get(self) -> usize {
                self.0 as usize
            }
            fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )+};
}

positions! {
    /// An organisation of the publication.
    OrganizationIx;
    /// A scorecard of the publication.
    ScorecardIx;
    /// A perspective of its scorecard.
    PerspectiveIx;
    /// A theme of its scorecard.
    ThemeIx;
    /// An objective of its scorecard.
    ObjectiveIx;
    /// A KPI of its scorecard.
    KpiIx;
    /// An action plan of its scorecard.
    ActionIx;
    /// A level of its KPI.
    LevelIx;
}

/// A list reached by one kind of position only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arena<I, T> {
    items: Vec<T>,
    kind: PhantomData<fn() -> I>,
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            kind: PhantomData,
        }
    }
}

impl<I: Position, T> Arena<I, T> {
    /// Adds an item and says where it went.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// The items in order, to be changed side by side.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// The items in order, each with its position.
    #[must_use]
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items
            .iter()
            .enumerate()
            .map(|(index, item)| (I::new(index), item))
    }

    /// The positions in order.
    pub fn positions(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// The first position whose item fits.
    pub fn find(&self, fits: impl Fn(&T) -> bool) -> Option<I> {
        self.items.iter().position(fits).map(I::new)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// An arena of the same positions over other items.
    pub fn map<U>(&self, change: impl FnMut((I, &T)) -> U) -> Arena<I, U> {
        self.entries().map(change).collect()
    }
}

impl<I, T> FromIterator<T> for Arena<I, T> {
    fn from_iter<Iter: IntoIterator<Item = T>>(items: Iter) -> Self {
        Self {
            items: items.into_iter().collect(),
            kind: PhantomData,
        }
    }
}

impl<I: Position, T> Index<I> for Arena<I, T> {
    type Output = T;

    fn index(&self, at: I) -> &T {
        &self.items[at.get()]
    }
}

impl<I: Position, T> IndexMut<I> for Arena<I, T> {
    fn index_mut(&mut self, at: I) -> &mut T {
        &mut self.items[at.get()]
    }
}

impl<I, T> IntoIterator for Arena<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Arena<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<'a, I, T> IntoIterator for &'a Arena<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
