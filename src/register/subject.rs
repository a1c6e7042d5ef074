//! What a commit altered, set beside what stands on the site of today.

use jiff::civil::Date;

use super::chronicle::{Aspect, Episode};
use super::facts::Level;
use super::former;
use super::rows::{Book, Key};
use super::{Entry, Kind, Said, Sight};
use crate::assemble::value;
use crate::diagnostic::Diagnostics;
use crate::evaluate::value::Value;
use crate::model::Item;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::lang::Languages;
use crate::model::ledger::{Measure, Ratio, Report};
use crate::model::period::{Period, parse_date};
use crate::model::quantity::Quantity;
use crate::model::revision::Shift;
use crate::model::scorecard::Scorecard;
use crate::span::{At, Span};

/// What an episode is about.
pub(super) struct Subject<'a> {
    pub sight: Sight<'a>,
    pub at: ScorecardIx,
    pub scorecard: &'a Scorecard,
    pub episode: &'a Episode,
    /// The same on the site of today.
    pub item: Option<Item>,
    /// It as a KPI, where it is one.
    pub kpi: Option<(KpiIx, &'a Kpi)>,
}

impl Subject<'_> {
    fn entry(&self, kind: Kind, before: Option<Said>, after: Option<Said>) -> Entry {
        Entry {
            item: self.item,
            before,
            after,
            span: self.item.map(|item| place(self.scorecard, item, kind)),
            ..Sight::blank(self.episode, kind)
        }
    }

    /// The target beside a KPI.
    pub fn target(&self, before: Option<&str>, after: Option<&str>) -> Option<Entry> {
        let period = self.scorecard.period;
        let row = self.kpi.and_then(|(_, kpi)| {
            let mut rows = kpi.targets.iter();
            rows.find(|row| row.set_on.is_none() && row.period == period)
        });
        let entry = self.entry(
            Kind::Target,
            said_target(self.kpi, before),
            said_target(self.kpi, after),
        );
        is_told(&entry, &self.today(Book::Targets, Some(period))).then(|| Entry {
            period: Some(period),
            shift: shift(self.kpi, &entry),
            span: row.map(|row| row.span).or(entry.span),
            ..entry
        })
    }

    /// Another key of a plan.
    pub fn plan(&self, aspect: Aspect, before: Option<&str>, after: Option<&str>) -> Entry {
        let kind = match aspect {
            Aspect::Name => Kind::Name,
            Aspect::Weight => Kind::Weight,
            Aspect::Baseline => Kind::Baseline,
            Aspect::Scale | Aspect::Target => Kind::Scale,
            Aspect::Rule(_) => Kind::Rule,
            Aspect::Meaning(_) => Kind::Definition,
        };
        let scores = || {
            let (ix, kpi) = self.kpi?;
            let former = former::kpi(kpi, aspect, before?)?;
            self.sight.scores_as(self.at, ix, &former)
        };
        let entry = Entry {
            scores: scores(),
            ..self.entry(
                kind,
                said_of_plan(aspect, before),
                said_of_plan(aspect, after),
            )
        };
        match self.episode.level {
            Level::Scorecard => Entry {
                name: self.scorecard.title.original().to_owned(),
                span: Some(self.scorecard.span),
                ..entry
            },
            _ => entry,
        }
    }

    /// What a row of a ledger says beside its figure.
    pub fn cell(
        &self,
        book: Book,
        key: &Key,
        column: &'static str,
        [before, after]: &[String; 2],
    ) -> Option<Entry> {
        let date = self.date(&key.date);
        // The same day, written otherwise.
        if column == book.day() && self.date(before) == date {
            return None;
        }
        let said = |text: &String| {
            let value = Some(text.clone()).filter(|text| !text.is_empty());
            Some(Said::Key { key: column, value })
        };
        let kind = match book {
            Book::Targets => Kind::Target,
            Book::Results => Kind::Result,
        };
        let period = self.period(key);
        let rows = self.today(book, period);
        Some(Entry {
            period,
            span: row_of(&rows, date).map(|row| row.span),
            ..self.entry(kind, said(before), said(after))
        })
    }

    /// The figure of a row of a ledger.
    pub fn row(&self, book: Book, key: &Key, before: &str, after: Option<&str>) -> Option<Entry> {
        let kpi = self.kpi;
        let entry = match book {
            Book::Targets => self.entry(
                Kind::Target,
                said_target(kpi, Some(before)),
                said_target(kpi, after),
            ),
            Book::Results => self.entry(
                Kind::Result,
                said_result(kpi, Some(before)),
                said_result(kpi, after),
            ),
        };
        let period = self.period(key);
        let rows = self.today(book, period);
        is_told(&entry, &rows).then(|| Entry {
            period,
            shift: shift(kpi, &entry),
            span: row_of(&rows, self.date(&key.date)).map(|row| row.span),
            ..entry
        })
    }

    fn period(&self, key: &Key) -> Option<Period> {
        Period::parse(&key.period, self.sight.publication.years())
    }

    fn date(&self, text: &str) -> Option<Date> {
        parse_date(text, self.sight.publication.settings.calendar)
    }

    fn today(&self, book: Book, period: Option<Period>) -> Vec<Today> {
        let told = self.kpi.zip(period);
        told.map_or_else(Vec::new, |((_, kpi), period)| today(book, period, kpi))
    }
}

/// The row of a day.
fn row_of(rows: &[Today], date: Option<Date>) -> Option<&Today> {
    rows.iter().find(|row| row.date == date)
}

/// What a plan said of something.
fn said_of_plan(aspect: Aspect, text: Option<&str>) -> Option<Said> {
    if let Aspect::Rule(key) | Aspect::Meaning(key) = aspect {
        let value = text.map(str::to_owned);
        return Some(Said::Key { key, value });
    }
    let text = text?;
    Some(match (aspect, Quantity::parse(text)) {
        (Aspect::Weight, Ok(number)) => Said::Number(number),
        (Aspect::Baseline, Ok(number)) => Said::InUnit(number),
        _ => Said::Words(text.to_owned()),
    })
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

/// Where the new words are written.
fn place(scorecard: &Scorecard, item: Item, kind: Kind) -> Span {
    let places = scorecard.places(item);
    match kind {
        Kind::Name => places.name,
        Kind::Weight => places.weight,
        Kind::Baseline => places.baseline,
        Kind::Scale => places.scale,
        _ => scorecard.span(item),
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
    let ratio = Ratio {
        numerator: top,
        denominator: bottom,
    };
    (bottom != Quantity::ZERO).then(|| Measure::Ratio(Box::new(ratio)))
}

fn shift(kpi: Option<(KpiIx, &Kpi)>, entry: &Entry) -> Option<Shift> {
    match (kpi, &entry.before, &entry.after) {
        (Some((_, kpi)), Some(Said::Target(before)), Some(Said::Target(after))) => {
            Some(Shift::between(kpi, before, after))
        }
        _ => None,
    }
}
