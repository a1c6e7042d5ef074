//! What was published stays published: a ledger of today holds every row that it
//! held at an earlier commit, as it was. Figures are corrected by a further row
//! with its date, so that readers can follow what changed.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::Publication;
use crate::model::kpi::Kpi;
use crate::model::ledger::{Measure, Report, ResultRow, Target, TargetRow};
use crate::model::period::Period;
use crate::model::scorecard::Scorecard;
use crate::model::settings::Settings;
use crate::say;
use crate::span::{Source, Sources, Span};

/// What every fault advises.
fn advice() -> Message {
    say!(
        "put the row back as it was, and add one below it with the new figure, its date and the reason"
    )
}

/// A publication and the files it was read from.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// The publication.
    pub publication: &'a Publication,
    /// Its files.
    pub sources: &'a Sources,
}

/// Holds a publication against what it was at an earlier commit, `name`.
pub fn check(past: Edition, now: Edition, name: &str, faults: &mut Diagnostics) {
    for before in &past.publication.scorecards {
        match now.publication.by_path.get(&before.path) {
            Some(at) => {
                let scorecards = Versions {
                    before,
                    now: &now.publication.scorecards[*at],
                    files: [past.sources, now.sources],
                    site: &now.publication.settings,
                    name,
                };
                scorecards.check(faults);
            }
            None => faults.push(
                Diagnostic::new(
                    Rule::RewrittenHistory,
                    now.publication.settings.theme.span,
                    say!(
                        "the scorecard {path}, published at {name}, is gone",
                        path = before.folder,
                        name
                    ),
                )
                .expected(say!("every scorecard that was published"))
                .help(say!("put its folder back; readers link to its pages")),
            ),
        }
    }
}

/// A scorecard then and now.
struct Versions<'a> {
    before: &'a Scorecard,
    now: &'a Scorecard,
    /// The files then and now.
    files: [&'a Sources; 2],
    site: &'a Settings,
    name: &'a str,
}

impl<'a> Versions<'a> {
    fn check(&self, faults: &mut Diagnostics) {
        for before in &self.before.kpis {
            match self.same(before) {
                Some(now) => self.rows(before, now, faults),
                None => faults.push(self.lost_kpi(before)),
            }
        }
    }

    /// A KPI as it is now: by its id, where it kept one; else by its code and name, by
    /// its name, where the codes were given anew, and last by its code.
    fn same(&self, before: &Kpi) -> Option<&'a Kpi> {
        fn id(kpi: &Kpi) -> Option<&str> {
            kpi.id.as_ref().map(|id| id.value.as_str())
        }
        let has_name = |kpi: &Kpi, name: &Kpi| kpi.name.original() == name.name.original();
        let is_both = |kpi: &Kpi, other: &Kpi| kpi.code == other.code && has_name(kpi, other);
        let now = || self.now.kpis.iter();
        if id(before).is_some()
            && let Some(same) = now().find(|kpi| id(kpi) == id(before))
        {
            return Some(same);
        }
        // What has another id is something else.
        let free = || now().filter(|kpi| id(kpi).is_none() || id(before).is_none());
        let was_there = |kpi: &Kpi| self.before.kpis.iter().any(|old| is_both(old, kpi));
        let named = || free().find(|kpi| has_name(kpi, before) && !was_there(kpi));
        let keeps_name = |kpi: &Kpi| self.before.kpis.iter().any(|old| has_name(old, kpi));
        let coded = || free().find(|kpi| kpi.code == before.code && !keeps_name(kpi));
        let both = free().find(|kpi| is_both(kpi, before));
        both.or_else(named).or_else(coded)
    }

    fn lost_kpi(&self, kpi: &Kpi) -> Diagnostic {
        let message = say!(
            "the KPI {code} ({original}), published at {name}, is gone from {path}",
            code = kpi.code,
            original = self.site.languages.said(&kpi.name),
            name = self.name,
            path = self.now.folder
        );
        Diagnostic::new(Rule::RewrittenHistory, self.now.span, message)
            .expected(say!("every KPI that was published"))
            .help(say!("put it back; a KPI that is measured no more gets a row with the state `discontinued`, one with another code keeps its `id`"))
    }

    fn rows(&self, before: &Kpi, now: &Kpi, faults: &mut Diagnostics) {
        let targets = |kpi: &Kpi| -> Vec<Row> {
            let row = |row: &TargetRow| Row {
                period: row.period,
                date: row.set_on,
                fields: target_fields(kpi, row),
                span: row.span,
            };
            kpi.targets.iter().map(row).collect()
        };
        let results = |kpi: &Kpi| -> Vec<Row> {
            let row = |row: &ResultRow| Row {
                period: row.period,
                date: row.published_on,
                fields: result_fields(kpi, row),
                span: row.span,
            };
            kpi.results.iter().map(row).collect()
        };
        let (old, new) = (targets(before), targets(now));
        for row in &old {
            let what = say!(
                "target of {code} for {period}",
                code = now.code,
                period = row.period.named(self.site.calendar)
            );
            // The target beside the KPI may go to the ledger, where it gets its date.
            let moved = || new.iter().any(|new| new.says_the_same(row));
            if !(self.is_of_plan(row) && moved()) {
                faults.extend(self.row(now, &what, "set_on", row, [&old, &new]));
            }
        }
        let (old, new) = (results(before), results(now));
        for row in &old {
            let what = say!(
                "result of {code} for {period}",
                code = now.code,
                period = row.period.named(self.site.calendar)
            );
            faults.extend(self.row(now, &what, "published_on", row, [&old, &new]));
        }
    }

    /// Whether a row was the target that the plan states beside the KPI.
    fn is_of_plan(&self, row: &Row) -> bool {
        let [then, _] = self.files;
        row.date.is_none() && !is_ledger(then.of(row.span))
    }

    /// The fault of one row, if it is not what it was.
    fn row(
        &self,
        kpi: &Kpi,
        what: &Message,
        dated: &'static str,
        old: &Row,
        [before, now]: [&[Row]; 2],
    ) -> Option<Diagnostic> {
        let what = match old.date {
            Some(date) => say!(
                "{what} of {date}",
                what,
                date = self.site.calendar.day(date)
            ),
            None => what.clone(),
        };
        let Some(new) = now.iter().find(|row| row.is_at(old)) else {
            let is_new = |row: &&Row| !before.iter().any(|old| old.is_at(row));
            let mut news = now.iter().filter(is_new);
            return Some(match news.find(|row| row.says_the_same(old)) {
                Some(row) => self.altered(&what, row, vec![(dated, old.day(), row.day())]),
                None => self.lost(kpi, &what, old),
            });
        };
        let changed: Vec<_> = (old.fields.iter().zip(&new.fields))
            .filter(|(old, new)| old != new)
            .map(|((key, was), (_, is))| (*key, was.clone(), is.clone()))
            .collect();
        (!changed.is_empty()).then(|| self.altered(&what, new, changed))
    }

    /// A row that says something else: key, what it was, what it is.
    fn altered(
        &self,
        what: &Message,
        row: &Row,
        changed: Vec<(&'static str, String, String)>,
    ) -> Diagnostic {
        let changed = changed.into_iter().map(|(key, was, is)| {
            say!(
                "{key} was {was}, is {is}",
                key,
                was = shown(&was),
                is = shown(&is)
            )
        });
        let message = say!(
            "the {what} was altered since {name}: {changed}",
            what,
            name = self.name,
            changed = Message::list(changed)
        );
        Diagnostic::new(Rule::RewrittenHistory, row.span, message)
            .expected(say!("the row as it was published"))
            .help(advice())
    }

    /// A row that is there no more, told where it stood.
    fn lost(&self, kpi: &Kpi, what: &Message, old: &Row) -> Diagnostic {
        let filled = old.fields.iter().filter(|(_, was)| !was.is_empty());
        let was: Vec<_> = filled.map(|(key, was)| format!("{key} {was}")).collect();
        let message = say!(
            "the {what}, published at {name}, is gone: {was}",
            what,
            name = self.name,
            was = was.join(", ")
        );
        let place = self.place(old);
        Diagnostic::new(
            Rule::RewrittenHistory,
            place.unwrap_or(kpi.span),
            message,
        )
        .expected(say!("every row that was published"))
        .help(match place {
            Some(_) => {
                let [then, _] = self.files;
                say!(
                    "put the row back, which stood in line {line}, and add one below it with the new figure, its date and the reason",
                    line = then.start(old.span).line
                )
            }
            None => advice(),
        })
    }

    /// The line of today's ledger next to where a row stood.
    fn place(&self, old: &Row) -> Option<Span> {
        let [then, now] = self.files;
        if self.is_of_plan(old) {
            return None;
        }
        let was = then.of(old.span);
        let mut files = now.entries();
        let (id, file) =
            files.find(|(_, file)| (&file.path, &file.sheet) == (&was.path, &was.sheet))?;
        Some(Span::new(id, file.line(then.start(old.span).line)))
    }
}

/// Whether a file holds rows, as text or in a workbook.
fn is_ledger(file: &Source) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    file.sheet.is_some() || name == "targets.csv" || name == "measurements.csv"
}

/// A row of a ledger, or the target beside a KPI.
struct Row {
    period: Period,
    date: Option<Date>,
    fields: Fields,
    span: Span,
}

impl Row {
    /// Whether both are the same row, whatever it says.
    fn is_at(&self, other: &Self) -> bool {
        (self.period, self.date) == (other.period, other.date)
    }

    /// Whether both say the same of a period, on whatever day.
    fn says_the_same(&self, other: &Self) -> bool {
        self.period == other.period && self.fields == other.fields
    }

    /// Its day, as it is written.
    fn day(&self) -> String {
        self.date.map(|date| date.to_string()).unwrap_or_default()
    }
}

/// What a row says, by column.
type Fields = Vec<(&'static str, String)>;

fn shown(text: &str) -> Message {
    if text.is_empty() {
        say!("empty")
    } else {
        say!("`{text}`", text)
    }
}

fn target_fields(kpi: &Kpi, row: &TargetRow) -> Fields {
    let target = match &row.target {
        Target::Value(number) => number.to_string(),
        Target::Range(low, high) => format!("{low}..{high}"),
        Target::Level(at) => kpi.level_name(*at).to_owned(),
        Target::YesNo(yes) => yes.to_string(),
    };
    vec![
        ("target", target),
        ("reason", row.reason.clone().unwrap_or_default()),
    ]
}

fn result_fields(kpi: &Kpi, row: &ResultRow) -> Fields {
    let (value, state) = match &row.report {
        Report::Absent(absence) => (String::new(), absence.word()),
        Report::Value {
            measure,
            provisional,
        } => {
            let value = match measure {
                Measure::Number(number) => number.to_string(),
                Measure::Ratio(ratio) => format!("{}/{}", ratio.numerator, ratio.denominator),
                Measure::Level(at) => kpi.level_name(*at).to_owned(),
                Measure::YesNo(yes) => yes.to_string(),
            };
            (value, if *provisional { "provisional" } else { "" })
        }
    };
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let series = if row.starts_series { "true" } else { "" };
    vec![
        ("value", value),
        ("state", state.to_owned()),
        ("official_status", text(row.remarks.official_status())),
        ("note", text(row.remarks.note())),
        ("source", text(row.remarks.source())),
        ("break", series.to_owned()),
    ]
}
