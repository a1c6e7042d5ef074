//! What the history tells: what was altered in place from one commit to the next.

use std::collections::HashMap;

use jiff::civil::Date;

use super::chronicle::{Aspect, Episode, Turn};
use super::facts::Level;
use super::gone;
use super::rows::Book;
use super::{Entry, Kind, Said, Seen, Sight};
use crate::assemble::value;
use crate::diagnostic::Diagnostics;
use crate::evaluate::value::Value;
use crate::model::Item;
use crate::model::arena::{Arena, KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::lang::Languages;
use crate::model::ledger::{Measure, Report};
use crate::model::period::{Period, parse_date};
use crate::model::quantity::Quantity;
use crate::model::revision::Shift;
use crate::model::scorecard::Scorecard;
use crate::span::{At, Span};

impl Sight<'_> {
    /// What commits altered, each in the scorecard it belongs to.
    pub(super) fn history(&self, entries: &mut Arena<ScorecardIx, Vec<Entry>>) {
        let Some(known) = self.past.known() else {
            return;
        };
        let mut indexes: HashMap<ScorecardIx, Index> = HashMap::new();
        for episode in known.episodes() {
            let date = known.history().commit(episode.commit).and_then(|c| c.date);
            let is_later = self
                .until
                .zip(date)
                .is_some_and(|(until, date)| date > until);
            if is_later {
                continue;
            }
            let at = self.publication.by_path.get(&episode.folder).copied();
            let entry = match (at, &episode.what) {
                (None, Turn::Gone) => gone::heir(self.publication, &episode.folder)
                    .map(|heir| (heir, Self::blank(episode, Kind::Gone))),
                (None, _) => None,
                (Some(at), _) => {
                    let scorecard = &self.publication.scorecards[at];
                    let index = indexes.entry(at).or_insert_with(|| Index::of(scorecard));
                    self.episode(index, episode).map(|entry| (at, entry))
                }
            };
            if let Some((at, entry)) = entry {
                entries[at].push(Entry { date, ..entry });
            }
        }
    }

    fn blank(episode: &Episode, kind: Kind) -> Entry {
        Entry {
            kind,
            seen: Seen::History(episode.commit),
            date: None,
            level: episode.level,
            item: None,
            code: episode.code.clone(),
            name: episode.name.clone(),
            last: None,
            period: None,
            before: None,
            after: None,
            shift: None,
            reason: None,
            span: None,
        }
    }

    fn episode(&self, index: &Index, episode: &Episode) -> Option<Entry> {
        let scorecard = index.scorecard;
        let item = index.find(episode);
        let kpi = match item {
            Some(Item::Kpi(ix)) => Some((ix, &scorecard.kpis[ix])),
            _ => None,
        };
        let with = |kind, before, after| Entry {
            item,
            before,
            after,
            span: item.map(|item| place(scorecard, item, kind)),
            ..Self::blank(episode, kind)
        };
        match &episode.what {
            // Whatever came back is not gone.
            Turn::Gone => (!index.has(episode)).then(|| Self::blank(episode, Kind::Gone)),
            Turn::Plan(Aspect::Target, before, after) => {
                let row = kpi.and_then(|(_, kpi)| {
                    let mut rows = kpi.targets.iter();
                    rows.find(|row| row.set_on.is_none() && row.period == scorecard.period)
                });
                let entry = with(
                    Kind::Target,
                    said_target(kpi, before.as_deref()),
                    said_target(kpi, after.as_deref()),
                );
                let rows = kpi.map_or_else(Vec::new, |(_, kpi)| {
                    today(Book::Targets, scorecard.period, kpi)
                });
                is_told(&entry, &rows).then(|| Entry {
                    period: Some(scorecard.period),
                    shift: shift(kpi, &entry),
                    span: row.map(|row| row.span).or(entry.span),
                    ..entry
                })
            }
            Turn::Plan(aspect, before, after) => {
                let kind = match aspect {
                    Aspect::Name => Kind::Name,
                    Aspect::Weight => Kind::Weight,
                    Aspect::Baseline => Kind::Baseline,
                    Aspect::Scale | Aspect::Target => Kind::Scale,
                };
                let said = |text: &Option<String>| {
                    let text = text.as_ref()?;
                    Some(match (kind, Quantity::parse(text)) {
                        (Kind::Weight, Ok(number)) => Said::Number(number),
                        (Kind::Baseline, Ok(number)) => Said::InUnit(number),
                        _ => Said::Words(text.clone()),
                    })
                };
                Some(with(kind, said(before), said(after)))
            }
            Turn::Row(book, key, before, after) => {
                let period = Period::parse(&key.period, self.publication.years());
                let rows = kpi
                    .zip(period)
                    .map_or_else(Vec::new, |((_, kpi), period)| today(*book, period, kpi));
                let (kind, before, after) = match book {
                    Book::Targets => (
                        Kind::Target,
                        said_target(kpi, Some(before)),
                        said_target(kpi, after.as_deref()),
                    ),
                    Book::Results => (
                        Kind::Result,
                        said_result(kpi, Some(before)),
                        said_result(kpi, after.as_deref()),
                    ),
                };
                let entry = with(kind, before, after);
                let date = parse_date(&key.date, self.publication.settings.calendar);
                let same = rows.iter().find(|row| row.date == date);
                is_told(&entry, &rows).then(|| Entry {
                    period,
                    shift: shift(kpi, &entry),
                    span: same.map(|row| row.span),
                    ..entry
                })
            }
        }
    }
}

/// A row of today's ledgers, or the target in the plan.
struct Today {
    date: Option<Date>,
    span: Span,
    said: Said,
}

/// What is said today of a KPI and a period, in whatever form that is written.
fn today(book: Book, period: Period, kpi: &Kpi) -> Vec<Today> {
    let days = |period: Period| (period.start(), period.end());
    let is_of = |other: Period| days(other) == days(period);
    match book {
        Book::Targets => {
            let rows = kpi.targets.iter().filter(|row| is_of(row.period));
            rows.map(|row| Today {
                date: row.set_on,
                span: row.span,
                said: Said::Target(row.target.clone()),
            })
            .collect()
        }
        Book::Results => {
            let rows = kpi.results.iter().filter(|row| is_of(row.period));
            rows.map(|row| Today {
                date: row.published_on,
                span: row.span,
                said: match &row.report {
                    Report::Value { measure, .. } => Said::Result(Value::of_measure(kpi, measure)),
                    Report::Absent(absence) => Said::Words(absence.word().to_owned()),
                },
            })
            .collect()
        }
    }
}

/// Whether an entry tells of a change: not of another way to write the same, nor of a
/// figure that only went to another place, or to a row of another day.
fn is_told(entry: &Entry, rows: &[Today]) -> bool {
    let is_said = |row: &Today| entry.before.as_ref() == Some(&row.said);
    match &entry.after {
        Some(after) => entry.before.as_ref() != Some(after),
        None => !rows.iter().any(is_said),
    }
}

/// Where the KPIs of a scorecard are found today.
struct Index<'a> {
    scorecard: &'a Scorecard,
    by_id: HashMap<&'a str, KpiIx>,
    /// Those that have no id to be found by.
    by_name: HashMap<&'a str, KpiIx>,
}

impl<'a> Index<'a> {
    fn of(scorecard: &'a Scorecard) -> Self {
        let kpis = || scorecard.kpis.entries();
        let id = |kpi: &'a Kpi| kpi.id.as_ref().map(|id| id.value.as_str());
        Self {
            scorecard,
            by_id: kpis()
                .filter_map(|(at, kpi)| Some((id(kpi)?, at)))
                .collect(),
            by_name: kpis()
                .filter(|(_, kpi)| kpi.id.is_none())
                .map(|(at, kpi)| (kpi.name.original(), at))
                .collect(),
        }
    }

    /// Whether a KPI that was gone is there: its code alone may be another's.
    fn has(&self, episode: &Episode) -> bool {
        let by_id = (episode.id.as_deref()).is_some_and(|id| self.by_id.contains_key(id));
        let named = || match self.find(episode) {
            Some(item) => self.scorecard.name(item).original() == episode.name,
            None => false,
        };
        by_id || named()
    }

    /// What an episode is about, as it is on the site of today.
    fn find(&self, episode: &Episode) -> Option<Item> {
        let by_id = || self.by_id.get(episode.id.as_deref()?).copied();
        let by_name = || self.by_name.get(episode.name.as_str()).copied();
        let item = self.scorecard.item(&episode.code);
        match (episode.level, item) {
            (Level::Theme, item) => item.filter(|item| matches!(item, Item::Theme(_))),
            (Level::Objective, item) => item.filter(|item| matches!(item, Item::Objective(_))),
            (Level::Kpi, item) => {
                // The code may have gone to another KPI, which says so by its id.
                let is_same = |item: &Item| match item {
                    Item::Kpi(at) => episode.id.is_none() || self.scorecard.kpis[*at].id.is_none(),
                    _ => false,
                };
                let named = || by_name().map(Item::Kpi);
                let by_id = by_id().map(Item::Kpi);
                by_id.or_else(|| item.filter(is_same)).or_else(named)
            }
        }
    }
}

/// Where the new words are written.
fn place(scorecard: &Scorecard, item: Item, kind: Kind) -> Span {
    let places = scorecard.places(item);
    match kind {
        Kind::Name => places.name,
        Kind::Weight => places.weight,
        Kind::Baseline => places.baseline,
        Kind::Scale => places.scale,
        Kind::Target | Kind::Result | Kind::Gone => scorecard.span(item),
    }
}

fn said_target(kpi: Option<(KpiIx, &Kpi)>, text: Option<&str>) -> Option<Said> {
    let text = text?;
    let typed = kpi.and_then(|(_, kpi)| {
        let written = At::new(text.to_owned(), kpi.span);
        value::target(
            kpi,
            &written,
            &Languages::default(),
            &mut Diagnostics::default(),
        )
    });
    Some(typed.map_or_else(|| Said::Words(text.to_owned()), Said::Target))
}

fn said_result(kpi: Option<(KpiIx, &Kpi)>, text: Option<&str>) -> Option<Said> {
    let text = text?;
    let typed = kpi.and_then(|(_, kpi)| {
        let written = At::new(text.to_owned(), kpi.span);
        let number = || {
            value::measure(
                kpi,
                &written,
                &Languages::default(),
                &mut Diagnostics::default(),
            )
        };
        let measure = ratio(text).or_else(number)?;
        Some(Value::of_measure(kpi, &measure))
    });
    Some(typed.map_or_else(|| Said::Words(text.to_owned()), Said::Result))
}

/// Numerator and denominator, as a row of a ledger is told.
fn ratio(text: &str) -> Option<Measure> {
    let (top, bottom) = text.split_once('/')?;
    let (top, bottom) = (Quantity::parse(top).ok()?, Quantity::parse(bottom).ok()?);
    (bottom != Quantity::ZERO).then_some(Measure::Ratio(top, bottom))
}

fn shift(kpi: Option<(KpiIx, &Kpi)>, entry: &Entry) -> Option<Shift> {
    match (kpi, &entry.before, &entry.after) {
        (Some((_, kpi)), Some(Said::Target(before)), Some(Said::Target(after))) => {
            Some(Shift::between(kpi, before, after))
        }
        _ => None,
    }
}
