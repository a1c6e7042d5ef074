//! Rows and blocks that several pages share.

use std::collections::HashSet;

use crate::evaluate::status::{Counts, Status};
use crate::model::arena::{ActionIx, KpiIx, ObjectiveIx, ScorecardIx, ThemeIx};
use crate::model::reach::Cascade;
use crate::model::scorecard::{Drive, Erratum, Item};
use crate::site::context::plan::{ErratumRow, KpiBlock, KpiCard, ObjectiveBlock};
use crate::site::context::shared::{
    ActionRow, CascadeRow, CauseRow, Count, Figure, ItemLink, KpiRow, Section, StatusCount,
};
use crate::site::plan::Subject;
use crate::site::press::Press;

impl Press<'_> {
    /// One row of a list of KPIs.
    pub(super) fn kpi_row(&self, at: ScorecardIx, ix: KpiIx) -> KpiRow {
        let kpi = &self.scorecard(at).kpis[ix];
        let result = &self.results(at).kpis[ix];
        let headline = &result.headline;
        let trend = result.trend.map_or("", crate::evaluate::result::Trend::key);
        KpiRow {
            kpi: self.item(at, Item::Kpi(ix)),
            objective: self.item(at, Item::Objective(kpi.objective)),
            period: self.period(headline.period),
            scope: result.scope.key().to_owned(),
            value: self.headline_figure(at, ix),
            target: self
                .shown_target(at, ix)
                .map(|target| self.target(kpi, target)),
            score: headline.score().map(|score| self.words.fixed(score, 1)),
            status: self.status(headline.status),
            bullet: self.small_bullet(at, ix),
            spark: self.sparkline(at, ix),
            trend: trend.to_owned(),
            trend_word: if trend.is_empty() {
                String::new()
            } else {
                self.words.get(&format!("trend.{trend}")).to_owned()
            },
            owner: self.owner(kpi.owner.as_ref()),
        }
    }

    /// One row of a list of action plans.
    pub(super) fn action_row(&self, at: ScorecardIx, ix: ActionIx) -> ActionRow {
        let action = &self.scorecard(at).actions[ix];
        let result = &self.results(at).actions[ix];
        let progress = result.progress.key();
        ActionRow {
            action: self.item(at, Item::Action(ix)),
            kpi: self.item(at, Item::Kpi(action.kpi)),
            owner: self.owner(action.owner.as_ref()),
            end: action.end.map(|day| self.date(day)),
            progress: progress.to_owned(),
            progress_word: self.words.get(&format!("progress.{progress}")).to_owned(),
            completion: result.completion.map(|share| self.words.percent(share)),
            budget_used: result.budget_used.map(|share| self.words.percent(share)),
            overdue: result.overdue,
        }
    }

    /// A KPI with its action plans.
    pub(super) fn kpi_block(&self, at: ScorecardIx, ix: KpiIx) -> KpiBlock {
        let actions: Vec<_> = self.scorecard(at).kpis[ix]
            .actions
            .iter()
            .map(|a| self.action_row(at, *a))
            .collect();
        let headline = &self.results(at).kpis[ix].headline;
        KpiBlock {
            kpi: self.item(at, Item::Kpi(ix)),
            status: self.status(headline.status),
            value: self.headline_figure(at, ix),
            rows: actions.len().max(1),
            actions,
        }
    }

    /// A KPI on the page of its objective.
    pub(super) fn kpi_card(&self, at: ScorecardIx, ix: KpiIx) -> KpiCard {
        let actions = self.scorecard(at).kpis[ix].actions.iter();
        KpiCard {
            row: self.kpi_row(at, ix),
            actions: actions.map(|a| self.action_row(at, *a)).collect(),
        }
    }

    /// The result that a KPI is shown with.
    fn headline_figure(&self, at: ScorecardIx, ix: KpiIx) -> Option<Figure> {
        let kpi = &self.scorecard(at).kpis[ix];
        let headline = &self.results(at).kpis[ix].headline;
        let value = headline.value.as_ref()?;
        Some(self.figure(kpi, value, headline.basis.as_ref()))
    }

    /// An objective with everything that hangs from it.
    pub(super) fn objective_block(&self, at: ScorecardIx, ix: ObjectiveIx) -> ObjectiveBlock {
        let kpis: Vec<_> = self.scorecard(at).objectives[ix]
            .kpis
            .iter()
            .map(|k| self.kpi_block(at, *k))
            .collect();
        ObjectiveBlock {
            objective: self.item(at, Item::Objective(ix)),
            rows: kpis.iter().map(|kpi| kpi.rows).sum::<usize>().max(1),
            kpis,
            plain: self.scorecard(at).kpis.is_empty(),
        }
    }

    /// Objectives under a heading, as rows of the plan.
    pub(super) fn plan_section<'o>(
        &self,
        at: ScorecardIx,
        heading: ItemLink,
        objectives: impl IntoIterator<Item = &'o ObjectiveIx>,
    ) -> Section {
        let blocks = objectives.into_iter();
        let blocks = blocks.map(|ix| self.objective_block(at, *ix));
        Section {
            heading,
            rows: self.rows("objective_rows", blocks),
        }
    }

    /// The themes of a scorecard with their objectives, the cross-cutting ones last.
    pub(super) fn by_theme(&self, at: ScorecardIx) -> Vec<(ItemLink, Vec<ObjectiveIx>)> {
        let scorecard = self.scorecard(at);
        let mut groups: Vec<_> = scorecard
            .themes
            .entries()
            .map(|(ix, theme)| (self.item(at, Item::Theme(ix)), theme.objectives.clone()))
            .collect();
        let loose: Vec<_> = scorecard.cross_cutting().map(|(ix, _)| ix).collect();
        if !loose.is_empty() {
            groups.push((self.cross_cutting(at), loose));
        }
        groups
    }

    /// The same with a block for each objective.
    pub(super) fn blocks_by_theme(&self, at: ScorecardIx) -> Vec<Section> {
        self.by_theme(at)
            .into_iter()
            .map(|(heading, objectives)| self.plan_section(at, heading, &objectives))
            .collect()
    }

    /// The KPIs of some objectives by status.
    pub(super) fn status_counts(&self, at: ScorecardIx, objectives: &[ObjectiveIx]) -> Counts {
        let (scorecard, results) = (self.scorecard(at), self.results(at));
        Counts::of(
            objectives
                .iter()
                .flat_map(|ix| &scorecard.objectives[*ix].kpis)
                .map(|kpi| results.kpis[*kpi].status()),
        )
    }

    /// The same, ready to be shown.
    pub(super) fn statuses(&self, at: ScorecardIx, objectives: &[ObjectiveIx]) -> Vec<StatusCount> {
        self.counts(&self.status_counts(at, objectives))
    }

    /// The counts of a theme, or of the whole scorecard.
    pub(super) fn plan_counts(&self, at: ScorecardIx, theme: Option<ThemeIx>) -> Vec<Count> {
        let scorecard = self.scorecard(at);
        let (expects, objectives) = match theme {
            None => {
                let loose = scorecard.cross_cutting().count();
                (&scorecard.expects, scorecard.objectives.len() - loose)
            }
            Some(theme) => (
                &scorecard.themes[theme].expects,
                scorecard.themes[theme].objectives.len(),
            ),
        };
        let (kpis, actions) = match theme {
            None => (scorecard.kpis.len(), scorecard.actions.len()),
            Some(theme) => {
                let kpis = || {
                    let objectives = scorecard.themes[theme].objectives.iter();
                    objectives.flat_map(|ix| &scorecard.objectives[*ix].kpis)
                };
                (
                    kpis().count(),
                    kpis().map(|ix| scorecard.kpis[*ix].actions.len()).sum(),
                )
            }
        };
        let page = |subject| self.url(subject);
        let table = theme.map_or(Subject::Table(at), |theme| Subject::Theme(at, theme));
        let mut counts = Vec::new();
        if theme.is_none() {
            let stated = expects.themes.is_some();
            counts.push(self.count(
                "themes",
                scorecard.themes.len(),
                stated,
                page(Subject::Map(at)),
            ));
        }
        counts.push(self.count(
            "objectives",
            objectives,
            expects.objectives.is_some(),
            page(table),
        ));
        let list = theme.map_or(Subject::KpiList(at), |_| table);
        if kpis > 0 || expects.kpis.is_some() {
            counts.push(self.count("kpis", kpis, expects.kpis.is_some(), page(list)));
        }
        let list = theme.map_or(Subject::ActionList(at), |_| table);
        if actions > 0 || expects.actions.is_some() {
            counts.push(self.count("actions", actions, expects.actions.is_some(), page(list)));
        }
        let loose = scorecard.cross_cutting().count();
        if theme.is_none() && loose > 0 {
            let stated = expects.cross_cutting.is_some();
            counts.push(self.count(
                "cross_cutting",
                loose,
                stated,
                page(Subject::CrossCutting(at)),
            ));
        }
        counts
    }

    /// The status that stands for several KPIs: the gravest.
    pub(super) fn gravest(counts: &Counts) -> Status {
        const GRAVEST_FIRST: [Status; 10] = [
            Status::Missed,
            Status::Late,
            Status::Near,
            Status::Met,
            Status::NotDue,
            Status::NoTarget,
            Status::Withheld,
            Status::NotCollected,
            Status::Discontinued,
            Status::None,
        ];
        GRAVEST_FIRST
            .into_iter()
            .find(|s| counts.get(*s) > 0)
            .unwrap_or(Status::None)
    }

    /// The declared links whose cause is one of `objectives` and whose effect too.
    pub(super) fn causes_among(
        &self,
        at: ScorecardIx,
        objectives: &[ObjectiveIx],
    ) -> Vec<CauseRow> {
        let among: HashSet<_> = objectives.iter().collect();
        let drives = |cause: &ObjectiveIx| {
            let drives = self.scorecard(at).objectives[*cause].drives.iter();
            drives.map(|drive| (*cause, drive)).collect::<Vec<_>>()
        };
        let drives = objectives.iter().flat_map(drives);
        drives
            .filter(|(_, drive)| among.contains(&drive.to))
            .map(|(cause, drive)| self.cause_row(at, cause, drive))
            .collect()
    }

    /// The declared effects of an objective.
    pub(super) fn effects_of(&self, at: ScorecardIx, cause: ObjectiveIx) -> Vec<CauseRow> {
        let drives = self.scorecard(at).objectives[cause].drives.iter();
        drives
            .map(|drive| self.cause_row(at, cause, drive))
            .collect()
    }

    /// The declared causes of an objective.
    pub(super) fn causes_of(&self, at: ScorecardIx, effect: ObjectiveIx) -> Vec<CauseRow> {
        let causes = self.links.causes(at, effect);
        causes
            .iter()
            .map(|(cause, drive)| self.cause_row(at, *cause, drive))
            .collect()
    }

    fn cause_row(&self, at: ScorecardIx, cause: ObjectiveIx, drive: &Drive) -> CauseRow {
        CauseRow {
            cause: self.item(at, Item::Objective(cause)),
            effect: self.item(at, Item::Objective(drive.to)),
            because: self.optional(drive.because.as_ref()),
        }
    }

    /// What an item contributes to.
    pub(super) fn contributes(&self, at: ScorecardIx, from: Item) -> Vec<CascadeRow> {
        let cascades = self.publication.reach[at].of(from);
        cascades
            .iter()
            .map(|cascade| self.cascade_row(at, from, cascade))
            .collect()
    }

    /// What contributes to an item.
    pub(super) fn receives(&self, at: ScorecardIx, item: Item) -> Vec<CascadeRow> {
        let contributions = self.links.contributions(at, item);
        contributions
            .iter()
            .map(|c| self.cascade_row(c.scorecard, c.from, c.cascade))
            .collect()
    }

    /// Everything a scorecard contributes to.
    pub(super) fn all_contributions(&self, at: ScorecardIx) -> Vec<CascadeRow> {
        let scorecard = self.scorecard(at);
        let objectives = scorecard
            .objectives
            .positions()
            .flat_map(|ix| self.contributes(at, Item::Objective(ix)));
        let kpis = scorecard
            .kpis
            .positions()
            .flat_map(|ix| self.contributes(at, Item::Kpi(ix)));
        objectives.chain(kpis).collect()
    }

    /// Everything that contributes to a scorecard.
    pub(super) fn all_receipts(&self, at: ScorecardIx) -> Vec<CascadeRow> {
        self.scorecard(at)
            .items()
            .flat_map(|item| self.receives(at, item))
            .collect()
    }

    fn cascade_row(&self, at: ScorecardIx, from: Item, cascade: &Cascade) -> CascadeRow {
        let to = self.item(cascade.scorecard, cascade.item);
        CascadeRow {
            from: self.item(at, from),
            from_scorecard: self.scorecard_link(at),
            exact: to.code == cascade.named,
            named: cascade.named.clone(),
            to,
            to_scorecard: self.scorecard_link(cascade.scorecard),
        }
    }

    /// A misprint or doubt.
    pub(super) fn erratum_row(&self, at: ScorecardIx, erratum: &Erratum) -> Option<ErratumRow> {
        let item = self.scorecard(at).item(&erratum.code)?;
        let confidence = erratum
            .confidence
            .map_or("", crate::model::settings::Confidence::word);
        Some(ErratumRow {
            item: self.item(at, item),
            field: erratum.field.clone(),
            field_word: self
                .words
                .get(&format!("errata.field_{}", erratum.field))
                .to_owned(),
            published: erratum.published.clone(),
            corrected: erratum.corrected.clone(),
            suspected: self.optional(erratum.suspected.as_ref()),
            confidence: confidence.to_owned(),
            confidence_word: if confidence.is_empty() {
                String::new()
            } else {
                self.words
                    .get(&format!("errata.confidence_{confidence}"))
                    .to_owned()
            },
            reason: self.optional(erratum.reason.as_ref()),
        })
    }

    /// The misprint or doubt about an item's name.
    pub(super) fn erratum_of(&self, at: ScorecardIx, item: Item) -> Option<ErratumRow> {
        let scorecard = self.scorecard(at);
        let erratum = scorecard.erratum(scorecard.code(item).as_str(), "name")?;
        self.erratum_row(at, erratum)
    }
}
