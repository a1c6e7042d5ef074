//! Figures that contradict others: a share that was entered as a fraction of one, and a
//! figure of an earlier year that its own scorecard published otherwise.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::Publication;
use crate::model::arena::{KpiIx, OrganizationIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::ledger::{Measure, Report, ResultRow};
use crate::model::quantity::Quantity;
use crate::model::scorecard::Scorecard;
use crate::say;

/// How many figures of a KPI tell where its figures lie.
const FIGURES: usize = 3;
/// The least of a KPI's figures that leaves no doubt that one below 1 is of another kind.
const PERCENTAGE: i64 = 20;

/// Notes percentages that were entered as fractions, where all others of the KPI plainly
/// are percentages.
pub fn fractions(scorecard: &Scorecard, faults: &mut Diagnostics) {
    for kpi in &scorecard.kpis {
        if kpi.whole() != Some(Quantity::HUNDRED) {
            continue;
        }
        let figures = kpi.results.iter().filter_map(|row| match &row.report {
            Report::Value {
                measure: Measure::Number(value),
                ..
            } => Some((row, *value)),
            _ => None,
        });
        let is_fraction = |value: Quantity| value > Quantity::ZERO && value <= Quantity::ONE;
        let (small, others): (Vec<_>, Vec<_>) = figures.partition(|(_, value)| is_fraction(*value));
        let others: Vec<Quantity> = others.into_iter().map(|(_, value)| value).collect();
        let (Some(least), Some(most)) = (others.iter().min(), others.iter().max()) else {
            continue;
        };
        if others.len() < FIGURES.max(2 * small.len()) || *least < Quantity::whole(PERCENTAGE) {
            continue;
        }
        for (row, value) in small {
            let meant = value * Quantity::HUNDRED;
            if meant + meant >= *least && meant <= *most + *most {
                faults.push(fraction(row, value, meant, (*least, *most)));
            }
        }
    }
}

fn fraction(
    row: &ResultRow,
    value: Quantity,
    meant: Quantity,
    (least, most): (Quantity, Quantity),
) -> Diagnostic {
    Diagnostic::new(
        Rule::DoubtfulFigure,
        row.span,
        say!(
            "{value} % stands among figures from {least} % to {most} %",
            value,
            least,
            most
        ),
    )
    .expected(say!("a percentage, such as {meant}", meant))
    .help(say!(
        "write `{meant}` if the share was entered as a fraction of one",
        meant
    ))
}

/// Where the KPIs of an organisation that share an id are.
type Series<'a> = HashMap<(OrganizationIx, &'a str), Vec<(ScorecardIx, KpiIx)>>;

/// Notes figures of earlier years that the scorecards of those years publish otherwise.
pub fn contradictions(publication: &Publication, faults: &mut Diagnostics) {
    let mut series: Series = HashMap::new();
    for (at, scorecard) in publication.scorecards.entries() {
        for (ix, kpi) in scorecard.kpis.entries() {
            if let Some(id) = &kpi.id {
                let key = (scorecard.organization, id.value.as_str());
                series.entry(key).or_default().push((at, ix));
            }
        }
    }
    for (at, scorecard) in publication.scorecards.entries() {
        for kpi in &scorecard.kpis {
            let Some(id) = &kpi.id else { continue };
            let key = (scorecard.organization, id.value.as_str());
            let run = series.get(&key).map_or(&[][..], Vec::as_slice);
            let start = scorecard.period.start();
            for row in kpi.results.iter().filter(|row| row.period.end() < start) {
                let others = run.iter().filter(|(other, _)| *other != at);
                let heard = others.filter_map(|(other, ix)| {
                    let other = &publication.scorecards[*other];
                    contradiction((kpi, row), (other, &other.kpis[*ix]))
                });
                // Where one of them says the same, the others are those in doubt.
                let heard: Option<Vec<_>> = heard.map(Word::fault).collect();
                faults.extend(heard.and_then(|heard| heard.into_iter().next()));
            }
        }
    }
}

/// What another scorecard says to a row.
enum Word {
    /// The same, or an older figure.
    Agrees,
    /// Another figure.
    Contradicts(Box<Diagnostic>),
}

impl Word {
    fn fault(self) -> Option<Diagnostic> {
        match self {
            Self::Agrees => None,
            Self::Contradicts(fault) => Some(*fault),
        }
    }
}

/// What another scorecard, whose own year a row is about, says to it, if anything. A
/// row that is dated later revises, one that begins a series counts otherwise, and one
/// with fewer digits is rounded.
fn contradiction(
    (kpi, row): (&Kpi, &ResultRow),
    (other, published): (&Scorecard, &Kpi),
) -> Option<Word> {
    let is_same_kind = kpi.unit == published.unit && kpi.per == published.per;
    if !is_same_kind || row.starts_series || !other.period.contains(row.period) {
        return None;
    }
    let value = figure(kpi, row)?;
    let rows = published.results.iter();
    let rows: Vec<_> = rows.filter(|found| found.period == row.period).collect();
    let last = *rows.last()?;
    let figures: Option<Vec<_>> = rows.iter().map(|row| figure(published, row)).collect();
    let is_same = |figure: &Quantity| {
        // Rounded either way: they differ by half of the last digit of the shorter one.
        let places = figure.places().min(value.places());
        let digit = (0..places).fold(Quantity::ONE, |unit, _| unit * Quantity::whole(10));
        (*figure - value).abs() * digit * Quantity::whole(2) <= Quantity::ONE
    };
    let is_revised = row.published_on > last.published_on;
    if is_revised || figures?.iter().any(is_same) {
        return Some(Word::Agrees);
    }
    let fault = Diagnostic::new(
        Rule::DoubtfulFigure,
        row.span,
        say!(
            "{code} is {value} for {period} here, and {figure} in {path}",
            code = kpi.code,
            value,
            period = row.period,
            figure = figure(published, last)?,
            path = other.path
        ),
    )
    .expected(say!("the figure that {path} publishes", path = other.path))
    .help(say!(
        "correct the period or the figure; where it was revised, write the day in `published_on`"
    ))
    .related(last.span, say!("published here"));
    Some(Word::Contradicts(Box::new(fault)))
}

/// The final figure of a row.
fn figure(kpi: &Kpi, row: &ResultRow) -> Option<Quantity> {
    match &row.report {
        Report::Value {
            measure,
            provisional: false,
        } => match measure {
            Measure::Number(value) => Some(*value),
            Measure::Ratio(ratio) => (ratio.numerator * kpi.per).per(ratio.denominator),
            Measure::Level(_) | Measure::YesNo(_) => None,
        },
        _ => None,
    }
}
