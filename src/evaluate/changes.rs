//! What changed: every target, every result, every name, with its date.
//!
//! A change is read off its row when it is asked for. There are as many changes as rows;
//! kept beside them they would take as much room again.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::time::is_known;
use super::value::Value;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::{Absence, Report, Target};
use crate::model::period::Period;
use crate::model::revision::Shift;
use crate::model::scorecard::Scorecard;
use crate::model::text::Text;
use crate::span::Span;

/// One change of a scorecard.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// When, where a date is stated.
    pub date: Option<Date>,
    /// The KPI it is about.
    pub kpi: KpiIx,
    /// The period it is about.
    pub period: Option<Period>,
    /// What changed.
    pub what: What<'a>,
    /// Why, in the publisher's words.
    pub reason: Option<&'a str>,
    /// Where it is written.
    pub span: Span,
}

/// What changed.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// A target was set for the first time.
    TargetSet(&'a Target),
    /// A target was revised.
    TargetRevised {
        /// From.
        before: &'a Target,
        /// To.
        after: &'a Target,
        /// Easier or harder.
        shift: Shift,
    },
    /// A result was published for the first time.
    ResultPublished(Value, bool),
    /// A result was revised.
    ResultRevised {
        /// From; nothing where it had been absent.
        before: Option<Value>,
        /// To.
        after: Value,
        /// Whether it may still change.
        provisional: bool,
    },
    /// No result, and why.
    ResultAbsent(Absence),
    /// The KPI had another name in an earlier scorecard.
    Renamed(&'a Renamed),
}

/// A KPI that had another name in an earlier scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The KPI.
    pub kpi: KpiIx,
    /// The name before.
    pub before: Text,
    /// The scorecard that used it.
    pub scorecard: ScorecardIx,
    /// The code there.
    pub code: Box<str>,
    /// Where its name is written today.
    pub span: Span,
}

/// The changes of one scorecard, newest first.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    as_of: Option<Date>,
    /// By KPI.
    renamed: Vec<Renamed>,
    places: Vec<Place>,
}

/// Where a change is written.
#[derive(Clone, Copy, Debug)]
struct Place {
    kpi: KpiIx,
    row: Row,
}

/// One of the rows of a KPI, or one of the names that changed.
#[derive(Clone, Copy, Debug)]
enum Row {
    Target(u32),
    Result(u32),
    Renamed(u32),
}

impl Changes {
    /// The changes known on a date, with the names that changed since earlier scorecards.
    #[must_use]
    pub fn of(scorecard: &Scorecard, as_of: Option<Date>, mut renamed: Vec<Renamed>) -> Self {
        renamed.sort_by_key(|renamed| renamed.kpi);
        let mut changes = Self {
            as_of,
            renamed,
            places: Vec::new(),
        };
        changes.places = changes.sorted(scorecard, scorecard.kpis.positions());
        changes
    }

    /// How many there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.places.len()
    }

    /// All of them; of the scorecard that they were made of.
    #[must_use]
    pub fn iter<'a>(
        &'a self,
        scorecard: &'a Scorecard,
    ) -> impl DoubleEndedIterator<Item = Change<'a>> {
        let places = self.places.iter();
        places.filter_map(|place| self.read(scorecard, *place))
    }

    /// Those of some KPIs.
    pub fn of_kpis<'a>(
        &'a self,
        scorecard: &'a Scorecard,
        kpis: &[KpiIx],
    ) -> impl Iterator<Item = Change<'a>> {
        let places = self.sorted(scorecard, kpis.iter().copied()).into_iter();
        places.filter_map(|place| self.read(scorecard, place))
    }

    /// Where the changes of these KPIs are written, newest first; of one day, period and
    /// KPI the targets before the results.
    fn sorted(&self, scorecard: &Scorecard, kpis: impl Iterator<Item = KpiIx>) -> Vec<Place> {
        let is_known = |date| is_known(self.as_of, date);
        let mut dated = Vec::new();
        for at in kpis {
            let kpi = &scorecard.kpis[at];
            let mut add = |date, period, row| {
                dated.push((Reverse(date), at, Reverse(period), row));
            };
            for (place, row) in (0..).zip(&kpi.targets) {
                if is_known(row.set_on) {
                    add(row.set_on, Some(row.period), Row::Target(place));
                }
            }
            for (place, row) in (0..).zip(&kpi.results) {
                if is_known(row.published_on) {
                    add(row.published_on, Some(row.period), Row::Result(place));
                }
            }
            let first = self.renamed.partition_point(|renamed| renamed.kpi < at);
            let own = |(_, renamed): &(_, &Renamed)| renamed.kpi == at;
            for (place, _) in (0..).zip(&self.renamed).skip(first).take_while(own) {
                add(None, None, Row::Renamed(place));
            }
        }
        dated.sort_by_key(|(date, kpi, period, _)| (*date, *kpi, *period));
        // Collecting would keep the room that the dates took.
        let mut places = Vec::with_capacity(dated.len());
        places.extend(dated.into_iter().map(|(_, kpi, _, row)| Place { kpi, row }));
        places
    }

    fn read<'a>(&'a self, scorecard: &'a Scorecard, place: Place) -> Option<Change<'a>> {
        let kpi = &scorecard.kpis[place.kpi];
        match place.row {
            Row::Target(row) => target(place.kpi, kpi, row as usize),
            Row::Result(row) => result(place.kpi, kpi, row as usize),
            Row::Renamed(row) => {
                let renamed = self.renamed.get(row as usize)?;
                Some(Change {
                    date: None,
                    kpi: place.kpi,
                    period: None,
                    what: What::Renamed(renamed),
                    reason: None,
                    span: renamed.span,
                })
            }
        }
    }
}

/// The row before one, where it is for the same period: rows lie by period and date, so
/// whoever knows the later one knows both.
fn before<T>(rows: &[T], at: usize, period: impl Fn(&T) -> Period) -> Option<&T> {
    let before = rows.get(at.checked_sub(1)?)?;
    (period(before) == period(rows.get(at)?)).then_some(before)
}

fn target(at: KpiIx, kpi: &Kpi, place: usize) -> Option<Change<'_>> {
    let row = kpi.targets.get(place)?;
    let what = match before(&kpi.targets, place, |row| row.period) {
        None => What::TargetSet(&row.target),
        Some(before) => What::TargetRevised {
            before: &before.target,
            after: &row.target,
            shift: Shift::between(kpi, &before.target, &row.target),
        },
    };
    Some(Change {
        date: row.set_on,
        kpi: at,
        period: Some(row.period),
        what,
        reason: row.reason.as_deref(),
        span: row.span,
    })
}

fn result(at: KpiIx, kpi: &Kpi, place: usize) -> Option<Change<'_>> {
    let row = kpi.results.get(place)?;
    let value = |report: &Report| match report {
        Report::Value { measure, .. } => Some(Value::of_measure(kpi, measure)),
        Report::Absent(_) => None,
    };
    let before = before(&kpi.results, place, |row| row.period);
    let what = match (&row.report, before) {
        (Report::Absent(absence), _) => What::ResultAbsent(*absence),
        (Report::Value { provisional, .. }, None) => {
            What::ResultPublished(value(&row.report)?, *provisional)
        }
        (Report::Value { provisional, .. }, Some(before)) => What::ResultRevised {
            before: value(&before.report),
            after: value(&row.report)?,
            provisional: *provisional,
        },
    };
    Some(Change {
        date: row.published_on,
        kpi: at,
        period: Some(row.period),
        what,
        reason: row.remarks.note(),
        span: row.span,
    })
}
