//! What was published stays published: a ledger of today holds every row that it
//! held at an earlier commit, as it was. Figures are corrected by a further row
//! with its date, so that readers can follow what changed.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::Publication;
use crate::model::kpi::{Kpi, Scale};
use crate::model::ledger::{Measure, Report, ResultRow, Target, TargetRow};
use crate::model::scorecard::Scorecard;
use crate::model::settings::Settings;
use crate::say;
use crate::span::Span;

/// What every fault advises.
fn advice() -> Message {
    say!(
        "put the row back as it was, and add one below it with the new figure, its date and the reason"
    )
}

/// Holds a publication against what it was at an earlier commit, `name`.
pub fn check(past: &Publication, now: &Publication, name: &str, faults: &mut Diagnostics) {
    for before in &past.scorecards {
        match now.by_path.get(&before.path) {
            Some(at) => {
                let scorecards = Versions {
                    before,
                    now: &now.scorecards[*at],
                    site: &now.settings,
                    name,
                };
                scorecards.check(faults);
            }
            None => faults.push(
                Diagnostic::new(
                    Rule::RewrittenHistory,
                    now.settings.theme.span,
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
    site: &'a Settings,
    name: &'a str,
}

impl Versions<'_> {
    fn check(&self, faults: &mut Diagnostics) {
        for before in &self.before.kpis {
            // A KPI keeps its id when it gets another code.
            let id = |kpi: &Kpi| kpi.id.as_ref().map(|id| id.value.clone());
            let named = id(before);
            let mut kpis = self.now.kpis.iter();
            let found = kpis.find(|kpi| named.is_some() && id(kpi) == named);
            let by_code = || self.now.kpis.iter().find(|kpi| kpi.code == before.code);
            match found.or_else(by_code) {
                Some(now) => self.rows(before, now, faults),
                None => faults.push(self.lost_kpi(before)),
            }
        }
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
        for old in &before.targets {
            let key = |row: &TargetRow| (row.period, row.set_on);
            let new = now.targets.iter().find(|row| key(row) == key(old));
            let what = say!(
                "target of {code} for {period}",
                code = now.code,
                period = old.period.named(self.site.calendar)
            );
            let of = |kpi, row| target_fields(kpi, row);
            let pair = (of(before, old), new.map(|row| (row.span, of(now, row))));
            faults.extend(self.row(now, &what, old.set_on, pair));
        }
        for old in &before.results {
            let key = |row: &ResultRow| (row.period, row.published_on);
            let new = now.results.iter().find(|row| key(row) == key(old));
            let what = say!(
                "result of {code} for {period}",
                code = now.code,
                period = old.period.named(self.site.calendar)
            );
            let of = |kpi, row| result_fields(kpi, row);
            let pair = (of(before, old), new.map(|row| (row.span, of(now, row))));
            faults.extend(self.row(now, &what, old.published_on, pair));
        }
    }

    /// The fault of one row, if it is not what it was.
    fn row(
        &self,
        kpi: &Kpi,
        what: &Message,
        date: Option<Date>,
        (old, new): (Fields, Option<(Span, Fields)>),
    ) -> Option<Diagnostic> {
        let name = self.name;
        let what = match date {
            Some(date) => say!(
                "{what} of {date}",
                what,
                date = self.site.calendar.day(date)
            ),
            None => what.clone(),
        };
        let Some((span, new)) = new else {
            let was: Vec<_> = old
                .iter()
                .map(|(key, was)| format!("{key} {was}"))
                .collect();
            let message = say!(
                "the {what}, published at {name}, is gone: {was}",
                what,
                name,
                was = was.join(", ")
            );
            return Some(
                Diagnostic::new(Rule::RewrittenHistory, kpi.span, message)
                    .expected(say!("every row that was published"))
                    .help(advice()),
            );
        };
        let changed: Vec<_> = (old.iter().zip(&new))
            .filter(|(old, new)| old != new)
            .map(|((key, was), (_, is))| {
                say!(
                    "{key} was {was}, is {is}",
                    key,
                    was = shown(was),
                    is = shown(is)
                )
            })
            .collect();
        if changed.is_empty() {
            return None;
        }
        let message = say!(
            "the {what} was altered since {name}: {changed}",
            what,
            name,
            changed = Message::list(changed)
        );
        Some(
            Diagnostic::new(Rule::RewrittenHistory, span, message)
                .expected(say!("the row as it was published"))
                .help(advice()),
        )
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
        Target::Level(at) => level(kpi, *at),
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
                Measure::Ratio(top, bottom) => format!("{top}/{bottom}"),
                Measure::Level(at) => level(kpi, *at),
                Measure::YesNo(yes) => yes.to_string(),
            };
            (value, if *provisional { "provisional" } else { "" })
        }
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let series = if row.starts_series { "true" } else { "" };
    vec![
        ("value", value),
        ("state", state.to_owned()),
        ("official_status", text(&row.official_status)),
        ("note", text(&row.note)),
        ("source", text(&row.source)),
        ("break", series.to_owned()),
    ]
}

/// A level by its name: its place among the levels may change.
fn level(kpi: &Kpi, at: usize) -> String {
    match &kpi.scale {
        Scale::Levels(levels) => levels.get(at).map_or_else(String::new, |l| l.name.clone()),
        _ => String::new(),
    }
}
