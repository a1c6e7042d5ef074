//! The downloads: tables of data, their columns, and the page that lists them.

use crate::evaluate::result::PeriodResult;
use crate::evaluate::time::is_known;
use crate::interchange::csv::Table;
use crate::interchange::json::{self, Source};
use crate::model::arena::ScorecardIx;
use crate::model::ledger::{Absence, Measure, Report};
use crate::model::reach::Cascade;
use crate::model::scorecard::Item;
use crate::provenance::Place;
use crate::publish::sha256;
use crate::site::context::lists::{DataRow, DataView, FieldRow};
use crate::site::plan::DataFile;
use crate::site::press::Press;

/// Size and hash of a file that is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its size.
    pub bytes: usize,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Where a row is written, and what set it.
const FILE: &str = "file";
const LINE: &str = "line";
const COMMIT: &str = "commit";
const COMMITTED_ON: &str = "committed_on";

const OBJECTIVES: &[&str] = &[
    "code",
    "name",
    "theme",
    "perspective",
    "weight",
    "score",
    "coverage",
    "drives",
    "contributes_to",
];
const KPIS: &[&str] = &[
    "code",
    "id",
    "name",
    "objective",
    "unit",
    "direction",
    "frequency",
    "aggregate",
    "weight",
    "owner",
    "scope",
    "period",
    "value",
    "basis",
    "target",
    "score",
    "status",
    "official_status",
    "trend",
    "contributes_to",
    FILE,
    LINE,
    COMMIT,
    COMMITTED_ON,
];
const ACTIONS: &[&str] = &[
    "code",
    "name",
    "kpi",
    "owner",
    "start",
    "end",
    "progress",
    "completion",
    "planned_completion",
    "budget_planned",
    "budget_spent",
    "currency",
];
const TARGETS: &[&str] = &[
    "kpi",
    "period",
    "target",
    "set_on",
    "reason",
    FILE,
    LINE,
    COMMIT,
    COMMITTED_ON,
];
const MEASUREMENTS: &[&str] = &[
    "kpi",
    "period",
    "value",
    "numerator",
    "denominator",
    "published_on",
    "state",
    "official_status",
    "note",
    "source",
    "break",
    FILE,
    LINE,
    COMMIT,
    COMMITTED_ON,
];

/// The columns of a table.
const fn columns(file: DataFile) -> &'static [&'static str] {
    match file {
        DataFile::Objectives => OBJECTIVES,
        DataFile::Kpis => KPIS,
        DataFile::Actions => ACTIONS,
        DataFile::Targets => TARGETS,
        DataFile::Measurements => MEASUREMENTS,
        DataFile::Changes => super::register::COLUMNS,
        DataFile::Json => &[],
    }
}

impl Press<'_> {
    /// A scorecard's data as a file. Words are those of the default language.
    #[must_use]
    pub fn data(&self, at: ScorecardIx, file: DataFile) -> Vec<u8> {
        match file {
            DataFile::Objectives => self.objectives_csv(at),
            DataFile::Kpis => self.kpis_csv(at),
            DataFile::Actions => self.actions_csv(at),
            DataFile::Targets => self.targets_csv(at),
            DataFile::Measurements => self.measurements_csv(at),
            DataFile::Changes => self.register_csv(at),
            DataFile::Json => {
                let source = Source {
                    publication: self.publication,
                    evaluation: self.evaluation,
                    provenance: self.provenance,
                };
                source.scorecard(at)
            }
        }
    }

    fn objectives_csv(&self, at: ScorecardIx) -> Vec<u8> {
        let scorecard = self.scorecard(at);
        let mut table = Table::new(OBJECTIVES);
        for (ix, objective) in scorecard.objectives.entries() {
            let composite = &self.results(at).objectives[ix];
            let drives: Vec<_> = objective
                .drives
                .iter()
                .map(|drive| scorecard.objectives[drive.to].code.to_string())
                .collect();
            table.row(&[
                objective.code.to_string(),
                objective.name.original().to_owned(),
                objective
                    .theme
                    .map_or_else(|| "T".to_owned(), |t| scorecard.themes[t].code.to_string()),
                scorecard.perspectives[objective.perspective]
                    .code
                    .to_string(),
                objective.weight.to_string(),
                composite
                    .score
                    .map(|s| s.rounded(10).to_string())
                    .unwrap_or_default(),
                composite.coverage.rounded(10).to_string(),
                drives.join(" "),
                self.cascade_cell(at, Item::Objective(ix)),
            ]);
        }
        table.finish()
    }

    fn kpis_csv(&self, at: ScorecardIx) -> Vec<u8> {
        let scorecard = self.scorecard(at);
        let mut table = Table::new(KPIS);
        for (ix, kpi) in scorecard.kpis.entries() {
            let result = &self.results(at).kpis[ix];
            let now: &PeriodResult = &result.headline;
            let owner = kpi.owner.as_ref();
            let row = self.figure_row(kpi, now);
            let [file, line, commit, committed_on] =
                Place::cells(row.map(|row| self.provenance.place(row.span)));
            table.row(&[
                kpi.code.to_string(),
                kpi.id
                    .as_ref()
                    .map(|id| id.value.clone())
                    .unwrap_or_default(),
                kpi.name.original().to_owned(),
                scorecard.objectives[kpi.objective].code.to_string(),
                kpi.unit
                    .as_ref()
                    .map(|unit| unit.original().to_owned())
                    .unwrap_or_default(),
                kpi.direction
                    .map(|d| d.word().to_owned())
                    .unwrap_or_default(),
                kpi.frequency
                    .map(|f| f.word().to_owned())
                    .unwrap_or_default(),
                kpi.aggregate.word().to_owned(),
                kpi.weight.to_string(),
                owner
                    .map(|o| self.publication.organizations[o.organization].id.clone())
                    .unwrap_or_default(),
                result.scope.key().to_owned(),
                now.period.to_string(),
                now.value
                    .as_ref()
                    .map(|v| json::result(kpi, v))
                    .unwrap_or_default(),
                now.basis
                    .as_ref()
                    .map(|b| b.key().to_owned())
                    .unwrap_or_default(),
                now.target()
                    .map(|t| json::target(kpi, t))
                    .unwrap_or_default(),
                now.score()
                    .map(|s| s.rounded(10).to_string())
                    .unwrap_or_default(),
                now.status.key().to_owned(),
                now.remarks.official_status().unwrap_or_default().to_owned(),
                result.trend.map(|t| t.key().to_owned()).unwrap_or_default(),
                self.cascade_cell(at, Item::Kpi(ix)),
                file,
                line,
                commit,
                committed_on,
            ]);
        }
        table.finish()
    }

    fn cascade_cell(&self, at: ScorecardIx, from: Item) -> String {
        let named = |c: &Cascade| format!("{}/{}", self.scorecard(c.scorecard).path, c.named);
        let cascades = self.publication.reach[at].of(from);
        cascades.iter().map(named).collect::<Vec<_>>().join(" ")
    }

    fn actions_csv(&self, at: ScorecardIx) -> Vec<u8> {
        let scorecard = self.scorecard(at);
        let mut table = Table::new(ACTIONS);
        for (ix, action) in scorecard.actions.entries() {
            let result = &self.results(at).actions[ix];
            let budget = action.budget.as_ref();
            let text = |q: Option<crate::model::quantity::Quantity>| {
                q.map(|q| q.rounded(10).to_string()).unwrap_or_default()
            };
            let owner = action.owner.as_ref();
            table.row(&[
                action.code.to_string(),
                action.name.original().to_owned(),
                scorecard.code(Item::Kpi(action.kpi)).to_string(),
                owner
                    .map(|o| self.publication.organizations[o.organization].id.clone())
                    .unwrap_or_default(),
                action.start.map(|d| d.to_string()).unwrap_or_default(),
                action.end.map(|d| d.to_string()).unwrap_or_default(),
                result.progress.key().to_owned(),
                text(result.completion),
                text(result.planned),
                text(budget.and_then(|b| b.planned)),
                text(budget.and_then(|b| b.spent)),
                budget.and_then(|b| b.currency.clone()).unwrap_or_default(),
            ]);
        }
        table.finish()
    }

    fn targets_csv(&self, at: ScorecardIx) -> Vec<u8> {
        let mut table = Table::new(TARGETS);
        for kpi in &self.scorecard(at).kpis {
            for row in kpi.targets.iter().filter(|row| self.is_known(row.set_on)) {
                let [file, line, commit, committed_on] =
                    Place::cells(Some(self.provenance.place(row.span)));
                table.row(&[
                    kpi.code.to_string(),
                    row.period.to_string(),
                    json::target(kpi, &row.target),
                    row.set_on.map(|d| d.to_string()).unwrap_or_default(),
                    row.reason.clone().unwrap_or_default(),
                    file,
                    line,
                    commit,
                    committed_on,
                ]);
            }
        }
        table.finish()
    }

    fn measurements_csv(&self, at: ScorecardIx) -> Vec<u8> {
        let mut table = Table::new(MEASUREMENTS);
        for kpi in &self.scorecard(at).kpis {
            for row in kpi
                .results
                .iter()
                .filter(|row| self.is_known(row.published_on))
            {
                let (value, top, bottom) = match &row.report {
                    Report::Value {
                        measure: Measure::Ratio(ratio),
                        ..
                    } => (
                        String::new(),
                        ratio.numerator.to_string(),
                        ratio.denominator.to_string(),
                    ),
                    Report::Value { measure, .. } => {
                        let value = crate::evaluate::value::Value::of_measure(kpi, measure);
                        (json::result(kpi, &value), String::new(), String::new())
                    }
                    Report::Absent(_) => Default::default(),
                };
                let state = match &row.report {
                    Report::Value {
                        provisional: true, ..
                    } => "provisional",
                    Report::Value { .. } => "",
                    Report::Absent(absence) => Absence::word(*absence),
                };
                let [file, line, commit, committed_on] =
                    Place::cells(Some(self.provenance.place(row.span)));
                table.row(&[
                    kpi.code.to_string(),
                    row.period.to_string(),
                    value,
                    top,
                    bottom,
                    row.published_on.map(|d| d.to_string()).unwrap_or_default(),
                    state.to_owned(),
                    row.remarks.official_status().unwrap_or_default().to_owned(),
                    row.remarks.note().unwrap_or_default().to_owned(),
                    row.remarks.source().unwrap_or_default().to_owned(),
                    if row.starts_series { "true" } else { "" }.to_owned(),
                    file,
                    line,
                    commit,
                    committed_on,
                ]);
            }
        }
        table.finish()
    }

    /// Whether a row of this date existed on the date the site speaks of.
    fn is_known(&self, date: Option<jiff::civil::Date>) -> bool {
        is_known(self.evaluation.as_of, date)
    }

    /// The address of a table.
    pub(super) fn data_url(&self, at: ScorecardIx, file: DataFile) -> String {
        self.href(format!("{}/data/{}", self.scorecard(at).path, file.name()))
    }

    /// The page of the downloads.
    pub(super) fn data_view(
        &self,
        at: ScorecardIx,
        facts: &dyn Fn(&str) -> Option<Facts>,
    ) -> DataView {
        let file = |file: DataFile| {
            let url = format!("{}/data/{}", self.scorecard(at).path, file.name());
            let facts = facts(&url)?;
            let (stem, format) = file.name().split_once('.').unwrap_or((file.name(), ""));
            Some(DataRow {
                name: file.name().to_owned(),
                description: self.words.get(&format!("data.{stem}")).to_owned(),
                format: format.to_uppercase(),
                bytes: self.words.integer(facts.bytes),
                sha256: facts.sha256,
                fields: columns(file)
                    .iter()
                    .map(|name| FieldRow {
                        name: (*name).to_owned(),
                        description: self.words.get(&format!("field.{name}")).to_owned(),
                    })
                    .collect(),
                url,
            })
        };
        let files: Vec<DataRow> = DataFile::ALL.into_iter().filter_map(file).collect();
        DataView {
            root: root(&files),
            files,
        }
    }
}

/// One hash for some files: of the lines that `sha256sum` prints for them.
fn root(files: &[DataRow]) -> String {
    let mut lines: Vec<_> = files
        .iter()
        .map(|file| (file.name.as_str(), file.sha256.as_str()))
        .collect();
    lines.sort_unstable();
    let lines: Vec<_> = lines
        .iter()
        .map(|(name, hash)| format!("{hash}  {name}\n"))
        .collect();
    sha256(lines.concat().as_bytes())
}
