//! Figures of one language: values and targets as numbers with their unit, or as words.

use super::context::shared::Figure;
use super::press::Press;
use crate::evaluate::value::{Basis, Value};
use crate::model::kpi::{Aggregate, Kpi};
use crate::model::ledger::Target;
use crate::model::quantity::Quantity;

impl Press<'_> {
    /// The unit of a KPI.
    #[must_use]
    pub fn unit(&self, kpi: &Kpi) -> String {
        kpi.unit
            .as_ref()
            .map(|unit| unit.read(self.lang).text.to_owned())
            .unwrap_or_default()
    }

    /// A value with its unit: as published, or for a computed value with the
    /// KPI's decimals.
    #[must_use]
    pub fn figure(&self, kpi: &Kpi, value: &Value, basis: Option<&Basis>) -> Figure {
        match value {
            Value::Number(number) => {
                let text = self.number(kpi, *number, basis);
                self.in_unit(kpi, text)
            }
            Value::Level(at) => word_figure(kpi.level_name(*at)),
            Value::YesNo(yes) => word_figure(self.yes_no(*yes)),
        }
    }

    /// The number of a value, without its unit.
    #[must_use]
    pub fn number(&self, kpi: &Kpi, number: Quantity, basis: Option<&Basis>) -> String {
        let computed = match basis {
            Some(Basis::Aggregated(w) | Basis::ToDate(w)) => {
                matches!(w.aggregate, Aggregate::Mean | Aggregate::Ratio)
            }
            _ => false,
        };
        match stated_places(number) {
            Some(places) if !computed => self.words.exact(number.rounded(places)),
            _ => self.words.fixed(number, kpi.decimals),
        }
    }

    /// A target with its unit.
    #[must_use]
    pub fn target(&self, kpi: &Kpi, target: &Target) -> Figure {
        match target {
            Target::Value(number) => self.in_unit(kpi, self.number(kpi, *number, None)),
            Target::Range(low, high) => {
                let (low, high) = (self.words.exact(*low), self.words.exact(*high));
                self.in_unit(
                    kpi,
                    self.words
                        .fill("format.range", &[("low", &low), ("high", &high)]),
                )
            }
            Target::Level(at) => word_figure(kpi.level_name(*at)),
            Target::YesNo(yes) => word_figure(self.yes_no(*yes)),
        }
    }

    fn in_unit(&self, kpi: &Kpi, text: String) -> Figure {
        let unit = self.unit(kpi);
        Figure {
            text,
            tight: is_tight(&unit),
            unit,
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn yes_no(&self, yes: bool) -> &str {
        self.words.get(if yes { "word.yes" } else { "word.no" })
    }

    /// A figure in one piece, for sentences.
    #[must_use]
    pub fn spoken(&self, figure: &Figure) -> String {
        match (figure.unit.is_empty(), figure.tight) {
            (true, _) => figure.text.clone(),
            (false, true) => format!("{}{}", figure.text, figure.unit),
            (false, false) => format!("{}\u{a0}{}", figure.text, figure.unit),
        }
    }

    /// A figure as a label in a chart, whose caption states the unit: a long
    /// one is left out.
    #[must_use]
    pub fn brief(&self, figure: &Figure) -> String {
        if figure.unit.chars().count() > BRIEF_UNIT {
            figure.text.clone()
        } else {
            self.spoken(figure)
        }
    }
}

/// The longest unit that the labels of a chart repeat.
const BRIEF_UNIT: usize = 8;

/// The decimal places of a number that somebody wrote; `None` for a quotient,
/// which never ends. What lies past the twelfth place is the noise of a
/// spreadsheet's conversion.
#[must_use]
pub fn stated_places(number: Quantity) -> Option<u32> {
    let places = number.places();
    if places <= 9 {
        return Some(places);
    }
    let stated = number.rounded(9);
    (stated == number.rounded(12)).then(|| stated.places())
}

/// A value that is a word.
fn word_figure(text: &str) -> Figure {
    Figure {
        text: text.to_owned(),
        unit: String::new(),
        tight: false,
    }
}

/// Units that follow their number without a space.
fn is_tight(unit: &str) -> bool {
    unit.chars().all(|c| !c.is_ascii_alphabetic())
}
