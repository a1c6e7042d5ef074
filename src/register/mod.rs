//! The register of goalposts: every target, result, baseline, scale, weight and name
//! that was changed after it was published, and every KPI that is gone; by a revision
//! in a ledger, from one year's scorecard to the next, or in the history of the
//! sources.

pub mod chronicle;
pub mod facts;
mod former;
mod gone;
mod in_place;
mod ledger;
mod lost;
mod name;
mod of_site;
mod original;
mod pairs;
mod pieces;
mod reader;
mod rows;
mod rules;
mod subject;
mod writer;
mod years;

use ahash::AHashMap;
use jiff::civil::Date;

pub use original::Original;

use crate::evaluate::Evaluation;
use crate::evaluate::value::Value;
use crate::git::history::{Commit, CommitIx};
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::ledger::Target;
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::revision::Shift;
use crate::model::watch::ByScorecard;
use crate::model::{Item, Publication};
use crate::provenance::Past;
use crate::span::Span;
use facts::Level;

/// The register of a site.
#[derive(Clone, Debug)]
pub struct Register {
    /// The entries of each scorecard, newest first; those without a date last.
    pub entries: ByScorecard<Vec<Entry>>,
    /// The KPIs of each scorecard whose headline is held against another target than
    /// the first one.
    pub originals: ByScorecard<Vec<Original>>,
    /// Where in them stands what the ledgers do not say of a KPI.
    of_kpi: ByScorecard<AHashMap<KpiIx, Vec<usize>>>,
}

/// What was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A target.
    Target,
    /// A result.
    Result,
    /// A baseline.
    Baseline,
    /// How values become scores.
    Scale,
    /// Another rule by which figures become results, scores and statuses.
    Rule,
    /// What is measured.
    Definition,
    /// A weight.
    Weight,
    /// A name.
    Name,
    /// A KPI that is there no more.
    Gone,
}

impl Kind {
    /// Every one of them.
    pub const ALL: [Self; 9] = [
        Self::Gone,
        Self::Target,
        Self::Baseline,
        Self::Scale,
        Self::Rule,
        Self::Definition,
        Self::Weight,
        Self::Name,
        Self::Result,
    ];

    /// Its name in data files and word lists.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Result => "result",
            Self::Baseline => "baseline",
            Self::Scale => "scale",
            Self::Rule => "rule",
            Self::Definition => "definition",
            Self::Weight => "weight",
            Self::Name => "name",
            Self::Gone => "gone",
        }
    }
}

/// Where it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// In a ledger, as a revision.
    Ledger,
    /// Between this earlier scorecard and the one of the entry.
    Years(ScorecardIx),
    /// Between the commit before and this one.
    History(CommitIx),
}

impl Seen {
    /// Its name in data files and word lists.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Years(_) => "years",
            Self::History(_) => "history",
        }
    }
}

/// What was said before or after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A target of the KPI.
    Target(Target),
    /// A result of the KPI.
    Result(Value),
    /// A number in the unit of the KPI.
    InUnit(Quantity),
    /// A number without unit.
    Number(Quantity),
    /// Words of the author.
    Words(String),
    /// What a key or a column said; nothing where it said nothing.
    Key {
        /// The key.
        key: &'static str,
        /// Its value.
        value: Option<String>,
    },
}

/// An entry of the register.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was moved.
    pub kind: Kind,
    /// Where that was seen.
    pub seen: Seen,
    /// When, where that is known.
    pub date: Option<Date>,
    /// What it belongs to.
    pub level: Level,
    /// The same on the site of today; nothing where it is gone.
    pub item: Option<Item>,
    /// Its code, as it was where it is gone.
    pub code: String,
    /// Its name, as it was where it is gone.
    pub name: String,
    /// The last page of a KPI that is gone, in an earlier scorecard.
    pub last: Option<(ScorecardIx, KpiIx)>,
    /// The period it is about.
    pub period: Option<Period>,
    /// From.
    pub before: Option<Said>,
    /// To; nothing where it was taken away.
    pub after: Option<Said>,
    /// Whether a target became easier or harder.
    pub shift: Option<Shift>,
    /// What the KPI scores under what was said before, and what it scores today.
    pub scores: Option<Scores>,
    /// Why, in the publisher's words.
    pub reason: Option<String>,
    /// Where it is written today.
    pub span: Option<Span>,
}

/// The score of a KPI's headline under what was said before, beside the one of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Before.
    pub before: Option<Quantity>,
    /// Today.
    pub today: Option<Quantity>,
}

/// What the register is made from.
#[derive(Clone, Copy)]
struct Sight<'a> {
    publication: &'a Publication,
    evaluation: &'a Evaluation,
    past: &'a Past,
    /// Later commits do not exist.
    until: Option<Date>,
}

impl Register {
    /// Makes the register. Of the history only what was committed `until` a date
    /// counts, where one is named.
    #[must_use]
    pub fn new(
        publication: &Publication,
        evaluation: &Evaluation,
        past: &Past,
        until: Option<Date>,
    ) -> Self {
        let sight = Sight {
            publication,
            evaluation,
            past,
            until,
        };
        let mut entries = publication.scorecards.map(|(at, _)| sight.ledger(at));
        sight.years(&mut entries);
        sight.history(&mut entries);
        for list in &mut entries {
            // Those of one day stay in the order in which they happened, the last first.
            list.reverse();
            list.sort_by_key(|entry| std::cmp::Reverse(entry.date));
        }
        let originals = entries.map(|(at, list)| sight.originals(at, list));
        for (list, (at, originals)) in entries.iter_mut().zip(originals.entries()) {
            sight.score(at, list, originals);
        }
        let of_kpi = entries.map(|(_, list)| places(list));
        Self {
            entries: entries.into(),
            originals: originals.into(),
            of_kpi: of_kpi.into(),
        }
    }

    /// What the ledgers do not say: between years, and in the history.
    pub fn beside_ledgers(&self, at: ScorecardIx) -> impl Iterator<Item = &Entry> {
        let entries = self.entries[at].iter();
        entries.filter(|entry| entry.is_beside_ledgers())
    }

    /// The same of a KPI.
    pub fn of_kpi(&self, at: ScorecardIx, kpi: KpiIx) -> impl Iterator<Item = &Entry> {
        let places = self.of_kpi[at].get(&kpi).into_iter().flatten();
        places.filter_map(move |place| self.entries[at].get(*place))
    }
}

/// Where entries stand that a KPI's page tells, by KPI.
fn places(entries: &[Entry]) -> AHashMap<KpiIx, Vec<usize>> {
    let mut places = AHashMap::<_, Vec<_>>::new();
    for (place, entry) in entries.iter().enumerate() {
        if let Some(Item::Kpi(kpi)) = entry.item
            && entry.is_beside_ledgers()
        {
            places.entry(kpi).or_default().push(place);
        }
    }
    places
}

impl Entry {
    const fn is_beside_ledgers(&self) -> bool {
        !matches!(self.seen, Seen::Ledger)
    }
}

impl Seen {
    /// The commit, where it was seen in the history.
    #[must_use]
    pub fn commit(self, past: &Past) -> Option<&Commit> {
        match self {
            Self::History(at) => past.known()?.history().commit(at),
            Self::Ledger | Self::Years(_) => None,
        }
    }
}
