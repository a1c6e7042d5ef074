//! Where the goalposts of something are written.

use super::Scorecard;
use super::scorecard::Item;
use crate::span::Span;

/// Where the name and the measures of a theme, an objective or a KPI are written, so
/// that a change of one leads to its own line; what is left out stands where the whole
/// is written.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// Its name.
    pub name: Span,
    /// Its weight.
    pub weight: Span,
    /// Its baseline.
    pub baseline: Span,
    /// How its values become scores.
    pub scale: Span,
}

impl Places {
    /// Everything at the place of the whole.
    #[must_use]
    pub const fn at(whole: Span) -> Self {
        Self {
            name: whole,
            weight: whole,
            baseline: whole,
            scale: whole,
        }
    }
}

impl Scorecard {
    /// Where the parts of an item are written.
    #[must_use]
    pub fn places(&self, item: Item) -> Places {
        match item {
            Item::Theme(at) => self.themes[at].places,
            Item::Objective(at) => self.objectives[at].places,
            Item::Kpi(at) => self.kpis[at].places,
            Item::Action(at) => Places::at(self.actions[at].span),
        }
    }
}
