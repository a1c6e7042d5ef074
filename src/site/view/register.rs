//! The register of goalposts in words: its entries, and scores under first targets.

use crate::evaluate::status::Status;
use crate::git::history::Commit;
use crate::interchange::csv::Table;
use crate::interchange::json;
use crate::model::Item;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::keyword::Keyword as _;
use crate::model::kpi::Kpi;
use crate::model::ledger::Absence;
use crate::model::quantity::Quantity;
use crate::model::revision::Shift;
use crate::provenance::{Extent, Place};
use crate::register::{Entry, Kind, Said, Scores, Seen};
use crate::site::context::lists::{OriginalRow, RegisterGroup};
use crate::site::context::shared::{CommitLink, RegisterRow, SourceLine};
use crate::site::form::Printed;
use crate::site::press::Press;
use crate::span::Span;

/// How many entries of a kind the page shows; the table has all.
const MOST_OF_KIND: usize = 500;

/// The columns of `changes.csv`.
pub(super) const COLUMNS: &[&str] = &[
    "kind",
    "seen",
    "date",
    "level",
    "code",
    "name",
    "period",
    "from",
    "to",
    "shift",
    "reason",
    "original_score",
    "score",
    "earlier",
    "file",
    "line",
    "commit",
    "committed_on",
];

impl Press<'_> {
    /// The entries of a scorecard by kind.
    pub(super) fn register_groups(&self, at: ScorecardIx) -> Vec<RegisterGroup> {
        let entries = &self.register.entries[at];
        let of_kind = |kind: Kind| {
            let all = || entries.iter().filter(|entry| entry.kind == kind);
            let count = all().count();
            (count > 0).then(|| RegisterGroup {
                key: kind.key().to_owned(),
                heading: self
                    .words
                    .get(&format!("register.{}", kind.key()))
                    .to_owned(),
                total: self.words.integer(count),
                is_cut: count > MOST_OF_KIND,
                rows: self.register_rows(at, all().take(MOST_OF_KIND)),
            })
        };
        Kind::ALL.into_iter().filter_map(of_kind).collect()
    }

    /// What the register is made from, and so what it cannot tell.
    pub(super) fn heard(&self) -> String {
        let words = |key| self.words.get(key).to_owned();
        match self.provenance.extent() {
            Extent::Whole => words("register.heard_whole"),
            Extent::Cut(day) => {
                let day = day.map(|day| self.date(day)).unwrap_or_default();
                self.words.fill("register.heard_cut", &[("date", &day)])
            }
            Extent::Absent | Extent::NotAsked => words("register.heard_ledgers"),
        }
    }

    /// Some entries of a scorecard.
    fn register_rows<'e>(
        &self,
        at: ScorecardIx,
        entries: impl IntoIterator<Item = &'e Entry>,
    ) -> Printed {
        let rows = entries
            .into_iter()
            .map(|entry| self.register_row(at, entry));
        self.rows("register_row", rows)
    }

    /// What the register says of a KPI beside its ledgers, for its own page.
    pub(super) fn register_of(&self, at: ScorecardIx, ix: KpiIx) -> Printed {
        // Names of earlier years stand among the changes.
        let is_told =
            |entry: &&Entry| entry.kind == Kind::Name && matches!(entry.seen, Seen::Years(_));
        let entries = self.register.of_kpi(at, ix);
        let entries = entries.filter(|entry| !is_told(entry));
        let rows = entries.map(|entry| RegisterRow {
            item: None,
            code: String::new(),
            name: String::new(),
            ..self.register_row(at, entry)
        });
        self.rows("register_row", rows)
    }

    /// An entry in words.
    pub(super) fn register_row(&self, at: ScorecardIx, entry: &Entry) -> RegisterRow {
        let commit = entry.seen.commit(self.past);
        let mark = match (entry.shift, entry.kind) {
            (Some(shift), _) => shift.word(),
            (None, Kind::Gone) => "gone",
            _ => "",
        };
        let last = entry
            .last
            .map(|(other, ix)| self.item(other, Item::Kpi(ix)));
        RegisterRow {
            date: entry.date.map(|day| self.date(day)).unwrap_or_default(),
            datetime: entry.date.map(|day| day.to_string()),
            item: entry.item.map(|item| self.item(at, item)).or(last),
            code: entry.code.clone(),
            name: entry.name.clone(),
            text: self.register_text(at, entry),
            mark_word: match mark {
                "" => String::new(),
                mark => self.words.get(&format!("change.mark_{mark}")).to_owned(),
            },
            mark: mark.to_owned(),
            seen: self.seen_text(entry),
            scores: entry.scores.map(|scores| self.scores_text(scores)),
            commit: commit.map(|commit| self.commit_link(commit)),
            source: entry.span.map(|span| self.line_beside(span, commit)),
            reason: entry.reason.clone(),
        }
    }

    /// A line of the sources beside a commit that is told already.
    fn line_beside(&self, span: Span, told: Option<&Commit>) -> SourceLine {
        let mut line = self.source(span);
        line.commit = line
            .commit
            .filter(|set_by| told.is_none_or(|told| told.short() != set_by.short));
        line
    }

    /// A commit, with its day.
    pub(in crate::site) fn commit_link(&self, commit: &Commit) -> CommitLink {
        CommitLink {
            short: commit.short().to_owned(),
            url: self.commit_url(&commit.hash),
            date: commit.date.map(|day| self.date(day)).unwrap_or_default(),
            datetime: commit.date.map(|day| day.to_string()),
        }
    }

    fn register_text(&self, at: ScorecardIx, entry: &Entry) -> String {
        let period = entry.period.map(|p| self.period(p)).unwrap_or_default();
        let said = |said: &Option<Said>| {
            let said = said.as_ref()?;
            Some(match said {
                // Why there is no result.
                Said::Words(state) if entry.kind == Kind::Result => self.absence(state),
                said => self.said(self.kpi_of(at, entry), said),
            })
        };
        let from = said(&entry.before).unwrap_or_default();
        let to = said(&entry.after);
        if let Some(Said::Key { key, .. }) = entry.after.as_ref().or(entry.before.as_ref()) {
            let text = match entry.period {
                Some(_) => "register.cell_changed",
                None => "register.key_changed",
            };
            return self.words.fill(
                text,
                &[
                    ("period", period.as_str()),
                    ("what", self.words.get(&format!("register.key_{key}"))),
                    ("from", &from),
                    ("to", &to.unwrap_or_default()),
                ],
            );
        }
        let key = match (entry.kind, &to) {
            (Kind::Gone, _) => "was_gone".to_owned(),
            // A row that says so itself.
            (Kind::Result, Some(_)) if entry.seen == Seen::Ledger => "result_revised".to_owned(),
            (kind, Some(_)) => format!("{}_changed", kind.key()),
            (kind, None) => format!("{}_removed", kind.key()),
        };
        self.words.fill(
            &format!("register.{key}"),
            &[
                ("period", period.as_str()),
                ("from", &from),
                ("to", &to.unwrap_or_default()),
            ],
        )
    }

    /// A state of a ledger in words.
    fn absence(&self, state: &str) -> String {
        match Absence::from_word(state) {
            Some(absence) => {
                let status = Status::of_absence(absence).key();
                self.words.get(&format!("status.{status}")).to_owned()
            }
            None => state.to_owned(),
        }
    }

    fn seen_text(&self, entry: &Entry) -> String {
        match entry.seen {
            Seen::Ledger => self.words.get("register.in_ledger").to_owned(),
            Seen::Years(before) => {
                let earlier = self.period(self.scorecard(before).period);
                self.words
                    .fill("register.since_year", &[("period", &earlier)])
            }
            Seen::History(_) => self.words.get("register.in_history").to_owned(),
        }
    }

    /// The KPI of an entry, as it is today.
    fn kpi_of(&self, at: ScorecardIx, entry: &Entry) -> Option<&Kpi> {
        match entry.item? {
            Item::Kpi(ix) => Some(&self.scorecard(at).kpis[ix]),
            _ => None,
        }
    }

    fn said(&self, kpi: Option<&Kpi>, said: &Said) -> String {
        match (kpi, said) {
            (Some(kpi), Said::Target(target)) => self.spoken(&self.target(kpi, target)),
            (Some(kpi), Said::Result(value)) => self.spoken(&self.figure(kpi, value, None)),
            (Some(kpi), Said::InUnit(number)) => {
                let value = crate::evaluate::value::Value::Number(*number);
                self.spoken(&self.figure(kpi, &value, None))
            }
            (_, Said::Number(number) | Said::InUnit(number)) => self.words.exact(*number),
            (_, Said::Words(words)) => words.clone(),
            (_, Said::Key { key, value }) => self.key_value(key, value.as_deref()),
            // Only a KPI of today has typed figures.
            (None, Said::Target(_) | Said::Result(_)) => String::new(),
        }
    }

    /// What a key says: in words where there are any.
    fn key_value(&self, key: &str, value: Option<&str>) -> String {
        let Some(value) = value else {
            return self.words.get("register.unstated").to_owned();
        };
        let word = format!("{key}.{value}");
        if self.words.has(&word) {
            return self.words.get(&word).to_owned();
        }
        value.to_owned()
    }

    /// Both scores of an entry in words.
    fn scores_text(&self, scores: Scores) -> String {
        let score = |score: Option<Quantity>| match score {
            Some(score) => self.words.fixed(score, 1),
            None => self.words.get("register.no_score").to_owned(),
        };
        self.words.fill(
            "register.scores",
            &[
                ("before", &score(scores.before)),
                ("today", &score(scores.today)),
            ],
        )
    }

    /// KPIs whose first target was another than the one of today.
    pub(super) fn original_rows(&self, at: ScorecardIx) -> Vec<OriginalRow> {
        let originals = &self.register.originals[at];
        let score = |score| self.words.fixed(score, 1);
        let row = |original: &crate::register::Original| {
            let kpi = &self.scorecard(at).kpis[original.kpi];
            let now = &self.results(at).kpis[original.kpi].headline;
            OriginalRow {
                kpi: self.item(at, Item::Kpi(original.kpi)),
                period: self.period(now.period),
                original: self.target(kpi, &original.target),
                target: now.target().map(|target| self.target(kpi, target)),
                original_score: original.score.map(score),
                score: now.score().map(score),
            }
        };
        originals.iter().map(row).collect()
    }

    /// The register as a table of data.
    pub(super) fn register_csv(&self, at: ScorecardIx) -> Vec<u8> {
        let exact = |score: Quantity| score.rounded(10).to_string();
        let mut table = Table::new(COLUMNS);
        for entry in &self.register.entries[at] {
            let kpi = self.kpi_of(at, entry);
            let said = |said: &Option<Said>| {
                said.as_ref()
                    .map(|said| plain(kpi, said))
                    .unwrap_or_default()
            };
            let score = |of: fn(Scores) -> Option<Quantity>| {
                let score = entry.scores.and_then(of).map(exact);
                score.unwrap_or_default()
            };
            let earlier = match entry.seen {
                Seen::Years(before) => self.scorecard(before).path.clone(),
                _ => String::new(),
            };
            let place = entry.span.map(|span| self.provenance.place(span));
            let [file, line, mut hash, mut committed_on] = Place::cells(place);
            if let Some(commit) = entry.seen.commit(self.past) {
                hash.clone_from(&commit.hash);
                committed_on = commit.date.map(|day| day.to_string()).unwrap_or_default();
            }
            table.row(&[
                entry.kind.key().to_owned(),
                entry.seen.key().to_owned(),
                entry.date.map(|day| day.to_string()).unwrap_or_default(),
                entry.level.key().to_owned(),
                entry.code.clone(),
                entry.name.clone(),
                entry.period.map(|p| p.to_string()).unwrap_or_default(),
                said(&entry.before),
                said(&entry.after),
                entry.shift.map(Shift::word).unwrap_or_default().to_owned(),
                entry.reason.clone().unwrap_or_default(),
                score(|scores| scores.before),
                score(|scores| scores.today),
                earlier,
                file,
                line,
                hash,
                committed_on,
            ]);
        }
        table.finish()
    }
}

/// What was said, as data.
fn plain(kpi: Option<&Kpi>, said: &Said) -> String {
    match (kpi, said) {
        (Some(kpi), Said::Target(target)) => json::target(kpi, target),
        (Some(kpi), Said::Result(value)) => json::result(kpi, value),
        (_, Said::Number(number) | Said::InUnit(number)) => number.to_string(),
        (_, Said::Words(words)) => words.clone(),
        (_, Said::Key { key, value }) => match value {
            Some(value) => format!("{key}: {value}"),
            None => String::new(),
        },
        (None, Said::Target(_) | Said::Result(_)) => String::new(),
    }
}
