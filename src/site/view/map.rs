//! The strategy map: rows are perspectives, columns are themes.

use crate::model::Position;
use crate::model::arena::{ObjectiveIx, PerspectiveIx, ScorecardIx, ThemeIx};
use crate::model::scorecard::Item;
use crate::site::context::plan::{MapCell, MapRow, MapView, ObjectiveCard, ThemeColumn};
use crate::site::plan::{Subject, has_edition, localized, map_picture};
use crate::site::press::Press;

/// How many of the last changes a map shows.
const LAST_CHANGES: usize = 5;
/// From how many themes on a map takes its compact form.
const COMPACT_FROM: usize = 5;

impl Press<'_> {
    /// The map of a scorecard.
    pub(super) fn map_view(&self, at: ScorecardIx) -> MapView {
        let (scorecard, results) = (self.scorecard(at), self.results(at));
        let themes: Vec<_> = scorecard
            .themes
            .positions()
            .map(|ix| self.theme_column(at, ix))
            .collect();
        let objectives: Vec<_> = scorecard.objectives.positions().collect();
        let loose: Vec<_> = scorecard.cross_cutting().map(|(ix, _)| ix).collect();
        MapView {
            title: self.label(&scorecard.title),
            period: self.period(scorecard.period),
            counts: self.plan_counts(at, None),
            mission: self.lines(scorecard.mission.as_ref()),
            vision: self.lines(scorecard.vision.as_ref()),
            values: scorecard
                .values
                .iter()
                .map(|value| self.label(value))
                .collect(),
            overview: self.note(at, "overview", 2),
            plan_only: scorecard.is_plan_only(),
            has_kpis: !scorecard.kpis.is_empty(),
            statuses: self.counts(&results.counts),
            counts_chart: self.counts_chart(&results.counts),
            score: self.score(&results.overall),
            rows: scorecard
                .perspectives
                .positions()
                .map(|row| self.map_row(at, row))
                .collect(),
            cross_cutting: loose
                .iter()
                .map(|ix| self.objective_card(at, *ix))
                .collect(),
            cross_cutting_url: (!loose.is_empty()).then(|| self.url(Subject::CrossCutting(at))),
            has_members: themes
                .iter()
                .any(|t| !t.lead.is_empty() || !t.members.is_empty()),
            compact: themes.len() >= COMPACT_FROM,
            themes,
            causes: self.causes_among(at, &objectives),
            effects: self.effects_among(at, &objectives),
            picture: self.map_picture(at),
            picture_url: self.href(localized(
                &map_picture(scorecard),
                self.lang,
                self.publication,
            )),
            edition_url: has_edition(scorecard).then(|| self.url(Subject::Edition(at))),
            contributes: self.all_contributions(at),
            receives: self.all_receipts(at),
            errata: scorecard.errata.len(),
            errata_url: self.url(Subject::Errata(at)),
            changes: self.change_rows(at, results.changes.iter(scorecard).take(LAST_CHANGES)),
            changes_url: self.url(Subject::Changes(at)),
            parent: self.publication.reach[at]
                .parent
                .map(|parent| self.scorecard_link(parent)),
        }
    }

    /// A theme as a column of the map.
    pub(super) fn theme_column(&self, at: ScorecardIx, ix: ThemeIx) -> ThemeColumn {
        let theme = &self.scorecard(at).themes[ix];
        ThemeColumn {
            theme: self.item(at, Item::Theme(ix)),
            counts: self.plan_counts(at, Some(ix)),
            statuses: self.statuses(at, &theme.objectives),
            score: self.score(&self.results(at).themes[ix]),
            lead: theme.lead.iter().map(|o| self.organization(*o)).collect(),
            members: theme
                .members
                .iter()
                .map(|o| self.organization(*o))
                .collect(),
        }
    }

    fn map_row(&self, at: ScorecardIx, row: PerspectiveIx) -> MapRow {
        let scorecard = self.scorecard(at);
        let cell = |(ix, theme): (ThemeIx, &crate::model::scorecard::Theme)| {
            let rows = || {
                let objectives = theme.objectives.iter();
                objectives.map(|ix| scorecard.objectives[*ix].perspective)
            };
            MapCell {
                theme: self.item(at, Item::Theme(ix)),
                objectives: theme
                    .objectives
                    .iter()
                    .filter(|ix| scorecard.objectives[**ix].perspective == row)
                    .map(|ix| self.objective_card(at, *ix))
                    .collect(),
                supports: rows().any(|of| of == row) && rows().any(|of| of.get() < row.get()),
            }
        };
        MapRow {
            perspective: self.perspective(at, row),
            question: self.optional(scorecard.perspectives[row].question.as_ref()),
            cells: scorecard.themes.entries().map(cell).collect(),
        }
    }

    /// An objective on the map.
    pub(super) fn objective_card(&self, at: ScorecardIx, ix: ObjectiveIx) -> ObjectiveCard {
        let scorecard = self.scorecard(at);
        let objective = &scorecard.objectives[ix];
        let counts = self.status_counts(at, &[ix]);
        let corrected = scorecard
            .erratum(objective.code.as_str(), "name")
            .is_some_and(|erratum| erratum.corrected.is_some());
        ObjectiveCard {
            objective: self.item(at, Item::Objective(ix)),
            status: self.status(Self::gravest(&counts)),
            kpis: match objective.kpis.len() {
                0 => String::new(),
                count => self.words.count("map.kpis", count),
            },
            statuses: self.counts(&counts),
            score: self.score(&self.results(at).objectives[ix]),
            corrected,
        }
    }
}
