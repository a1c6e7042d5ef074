//! Changes in words: every target, every result, every name.

use crate::evaluate::changes::{Change, What};
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::ledger::Absence;
use crate::model::revision::Shift;
use crate::model::scorecard::Item;
use crate::site::context::lists::{ChangesView, ErrataView};
use crate::site::context::shared::ChangeRow;
use crate::site::form::Printed;
use crate::site::plan::{DataFile, localized};
use crate::site::press::Press;

/// How many changes the page of a scorecard's changes shows beside all revisions.
const MOST_CHANGES: usize = 2000;
/// How many the page of an objective shows beside them.
const MOST_OF_OBJECTIVE: usize = 20;

impl Press<'_> {
    /// The newest changes of some KPIs and all revisions, newest first, and whether
    /// there are more.
    pub(super) fn changes_of(&self, at: ScorecardIx, kpis: &[KpiIx]) -> (Printed, bool) {
        let changes = &self.results(at).changes;
        let mut all = 0;
        let counted = changes
            .of_kpis(self.scorecard(at), kpis)
            .inspect(|_| all += 1);
        let newest: Vec<Change> = newest(counted, MOST_OF_OBJECTIVE).collect();
        let is_cut = newest.len() < all;
        (self.change_rows(at, newest), is_cut)
    }

    /// Some changes of a scorecard, each with its KPI.
    pub(super) fn change_rows<'c>(
        &self,
        at: ScorecardIx,
        changes: impl IntoIterator<Item = Change<'c>>,
    ) -> Printed {
        // Collected, so that it is known how many rows there will be.
        let changes: Vec<_> = changes.into_iter().collect();
        self.rows("change_row", changes.iter().map(|c| self.change_row(at, c)))
    }

    /// One change, with its KPI.
    #[must_use]
    pub fn change_row(&self, at: ScorecardIx, change: &Change) -> ChangeRow {
        ChangeRow {
            kpi: Some(self.item(at, Item::Kpi(change.kpi))),
            ..self.own_change_row(at, change)
        }
    }

    /// One change, on the page of its KPI.
    pub(super) fn own_change_row(&self, at: ScorecardIx, change: &Change) -> ChangeRow {
        let (text, mark) = self.change_text(at, change);
        ChangeRow {
            date: change.date.map(|day| self.date(day)).unwrap_or_default(),
            datetime: change.date.map(|day| day.to_string()),
            kpi: None,
            text,
            mark_word: if mark.is_empty() {
                String::new()
            } else {
                self.words.get(&format!("change.mark_{mark}")).to_owned()
            },
            mark: mark.to_owned(),
            reason: change.reason.map(str::to_owned),
            reason_word: self.words.get(reason_key(&change.what)).to_owned(),
            source: self.source(change.span),
        }
    }

    fn change_text(&self, at: ScorecardIx, change: &Change) -> (String, &'static str) {
        let kpi = &self.scorecard(at).kpis[change.kpi];
        let period = change
            .period
            .map(|period| self.period(period))
            .unwrap_or_default();
        let target = |target| self.spoken(&self.target(kpi, target));
        let value = |value| self.spoken(&self.figure(kpi, value, None));
        let say = |key: &str, values: &[(&str, &str)]| {
            let mut all = vec![("period", period.as_str())];
            all.extend_from_slice(values);
            self.words.fill(&format!("change.{key}"), &all)
        };
        match &change.what {
            What::TargetSet(to) => (say("target_set", &[("to", &target(to))]), ""),
            What::TargetRevised {
                before,
                after,
                shift,
            } => {
                let key = if *shift == Shift::Confirmed {
                    "target_confirmed"
                } else {
                    "target_revised"
                };
                (
                    say(key, &[("from", &target(before)), ("to", &target(after))]),
                    shift.word(),
                )
            }
            What::ResultPublished(to, provisional) => {
                let key = if *provisional {
                    "result_provisional"
                } else {
                    "result_published"
                };
                (say(key, &[("to", &value(to))]), "")
            }
            What::ResultRevised {
                before: Some(before),
                after,
                ..
            } => {
                let key = if before == after {
                    "result_confirmed"
                } else {
                    "result_revised"
                };
                let mark = if before == after {
                    "confirmed"
                } else {
                    "revised"
                };
                (
                    say(key, &[("from", &value(before)), ("to", &value(after))]),
                    mark,
                )
            }
            What::ResultRevised {
                before: None,
                after,
                ..
            } => (say("result_published", &[("to", &value(after))]), ""),
            What::ResultAbsent(absence) => {
                let key = match absence {
                    Absence::Withheld => "withheld",
                    Absence::NotCollected => "not_collected",
                    Absence::Discontinued => "discontinued",
                };
                (say(key, &[]), "")
            }
            What::Renamed(former) => {
                let earlier = self.period(self.scorecard(former.scorecard).period);
                let name = self.label(&former.before).text;
                let values = [
                    ("period", earlier.as_str()),
                    ("from", &name),
                    ("code", &former.code),
                ];
                (self.words.fill("change.renamed", &values), "renamed")
            }
        }
    }

    /// The page of all changes.
    pub(super) fn changes_view(&self, at: ScorecardIx) -> ChangesView {
        let changes = &self.results(at).changes;
        let entries = &self.register.entries[at];
        let shifted = |to| entries.iter().filter(|e| e.shift == Some(to)).count();
        ChangesView {
            eased: shifted(Shift::Eased),
            tightened: shifted(Shift::Tightened),
            feed: self.feed(at),
            table: self.data_url(at, DataFile::Changes),
            heard: self.heard(),
            register: self.register_groups(at),
            originals: self.original_rows(at),
            total: self.words.integer(changes.total()),
            changes: {
                let all = changes.iter(self.scorecard(at));
                self.change_rows(at, newest(all, MOST_CHANGES))
            },
            cut: changes.total() > MOST_CHANGES,
        }
    }

    /// The address of a scorecard's feed.
    #[must_use]
    pub fn feed(&self, at: ScorecardIx) -> String {
        self.href(localized(
            &format!("{}/feed.xml", self.scorecard(at).path),
            self.lang,
            self.publication,
        ))
    }

    /// Published and corrected wording.
    pub(super) fn errata_view(&self, at: ScorecardIx) -> ErrataView {
        let rows = self
            .scorecard(at)
            .errata
            .iter()
            .filter_map(|e| self.erratum_row(at, e));
        let (corrected, doubtful) = rows.partition(|row| row.corrected.is_some());
        ErrataView {
            corrected,
            doubtful,
        }
    }
}

/// The newest changes: of what was published once, so many; of what was revised
/// afterwards all, because that is what readers look for.
pub(super) fn newest<'c>(
    changes: impl Iterator<Item = Change<'c>>,
    most: usize,
) -> impl Iterator<Item = Change<'c>> {
    let first = |what: &What| {
        matches!(
            what,
            What::TargetSet(_) | What::ResultPublished(..) | What::ResultAbsent(_)
        )
    };
    changes
        .enumerate()
        .filter(move |(at, change)| *at < most || !first(&change.what))
        .map(|(_, change)| change)
}

/// A target changes for a reason; a result comes with a note.
const fn reason_key(what: &What) -> &'static str {
    match what {
        What::TargetSet(_) | What::TargetRevised { .. } => "change.reason",
        _ => "change.note",
    }
}
