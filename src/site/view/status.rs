//! The status page: counts, what is overdue, what was missed, and where the
//! publisher's own status says otherwise.

use crate::evaluate::status::{Counts, Status};
use crate::model::arena::{KpiIx, ObjectiveIx, ScorecardIx};
use crate::model::scorecard::Item;
use crate::site::context::lists::{Contradiction, StatusRow, StatusView};
use crate::site::context::shared::{ItemLink, Score};
use crate::site::form::Printed;
use crate::site::press::Press;

impl Press<'_> {
    /// The status page of a scorecard.
    pub(super) fn status_view(&self, at: ScorecardIx) -> StatusView {
        let (scorecard, results) = (self.scorecard(at), self.results(at));
        let columns: Vec<Status> = Status::ALL
            .into_iter()
            .filter(|s| results.counts.get(*s) > 0)
            .collect();
        let row = |item: ItemLink, objectives: &[ObjectiveIx], score: Score| {
            let counts = self.status_counts(at, objectives);
            status_row(item, &counts, &columns, score)
        };
        let mut themes: Vec<_> = scorecard
            .themes
            .entries()
            .map(|(ix, theme)| {
                let score = self.score(&results.themes[ix]);
                row(self.item(at, Item::Theme(ix)), &theme.objectives, score)
            })
            .collect();
        let loose: Vec<_> = scorecard.cross_cutting().map(|(ix, _)| ix).collect();
        if !loose.is_empty() {
            let score = self.score(&results.cross_cutting);
            themes.push(row(self.cross_cutting(at), &loose, score));
        }
        let perspectives = scorecard
            .perspectives
            .positions()
            .map(|ix| {
                let inside: Vec<_> = scorecard
                    .objectives
                    .entries()
                    .filter(|(_, objective)| objective.perspective == ix)
                    .map(|(objective, _)| objective)
                    .collect();
                row(
                    self.perspective(at, ix),
                    &inside,
                    self.score(&results.perspectives[ix]),
                )
            })
            .collect();
        StatusView {
            statuses: self.counts(&results.counts),
            counts_chart: self.counts_chart(&results.counts),
            total: results.counts.total(),
            score: self.score(&results.overall),
            columns: columns.iter().map(|status| self.status(*status)).collect(),
            themes,
            perspectives,
            late: self.kpis_with(at, Status::Late),
            missed: self.kpis_with(at, Status::Missed),
            contradictions: self.contradictions(at),
        }
    }

    /// The KPIs with a status, worst score first.
    fn kpis_with(&self, at: ScorecardIx, status: Status) -> Printed {
        let results = &self.results(at).kpis;
        let mut found: Vec<KpiIx> = results
            .entries()
            .filter(|(_, r)| r.status() == status)
            .map(|(ix, _)| ix)
            .collect();
        found.sort_by_key(|ix| results[*ix].score());
        self.rows("kpi_row", found.into_iter().map(|ix| self.kpi_row(at, ix)))
    }

    /// Periods whose official status is, in the theme's words, another one.
    fn contradictions(&self, at: ScorecardIx) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for (ix, result) in self.results(at).kpis.entries() {
            for period in &result.periods {
                let Some(official) = period.remarks.official_status() else {
                    continue;
                };
                if !self.agrees(official, period.status) {
                    found.push(Contradiction {
                        kpi: self.item(at, Item::Kpi(ix)),
                        period: self.period(period.period),
                        official: official.to_owned(),
                        computed: self.status(period.status),
                    });
                }
            }
        }
        found
    }

    /// Whether the publisher's word is the one for the computed status.
    fn agrees(&self, official: &str, status: Status) -> bool {
        let key = status.key();
        let same = |word: &str| word.trim().eq_ignore_ascii_case(official.trim());
        same(key)
            || self
                .words
                .get(&format!("status_also.{key}"))
                .split('|')
                .any(same)
    }
}

fn status_row(item: ItemLink, counts: &Counts, columns: &[Status], score: Score) -> StatusRow {
    StatusRow {
        item,
        counts: columns.iter().map(|status| counts.get(*status)).collect(),
        total: counts.total(),
        score,
    }
}
