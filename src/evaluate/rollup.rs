//! Roll-up: KPI → objective → theme → scorecard, weighted means level by level.

use crate::model::quantity::Quantity;
use crate::model::settings::{Missing, ScoringDefaults};

/// A child's part in a composite.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its weight.
    pub weight: Quantity,
    /// Its score, 0 to 100, where it has one.
    pub score: Option<Quantity>,
}

/// A composite: a weighted mean, and how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composite {
    /// The score, where there is one.
    pub score: Option<Quantity>,
    /// Why there is none.
    pub state: State,
    /// The share of weight, 0 to 1, that has a score.
    pub coverage: Quantity,
    /// How many children have a score.
    pub scored: usize,
    /// How many children there are.
    pub children: usize,
    /// The score with all weights equal, where it differs.
    pub equal_weights: Option<Quantity>,
    /// The score with missing children at 0, where it differs.
    pub missing_as_zero: Option<Quantity>,
}

/// Whether a composite has a score, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has.
    Scored,
    /// No child has a score.
    NoData,
    /// Too little of the weight has one, or a missing child rules it out.
    Insufficient,
}

impl State {
    /// Its name in data files and word lists.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scored => "scored",
            Self::NoData => "no_data",
            Self::Insufficient => "insufficient",
        }
    }
}

/// Σws/Σw over the children, under the scorecard's rule for missing ones.
#[must_use]
pub fn composite(parts: &[Part], scoring: &ScoringDefaults) -> Composite {
    let there: Vec<(Quantity, Quantity)> = parts
        .iter()
        .filter_map(|part| part.score.map(|score| (part.weight, score)))
        .collect();
    let all: Quantity = parts.iter().map(|part| part.weight).sum();
    let weight: Quantity = there.iter().map(|(weight, _)| *weight).sum();
    let points: Quantity = there.iter().map(|(weight, score)| *weight * *score).sum();
    let coverage = weight.per(all).unwrap_or(Quantity::ZERO);
    let none = |state| Composite {
        score: None,
        state,
        coverage,
        scored: there.len(),
        children: parts.len(),
        equal_weights: None,
        missing_as_zero: None,
    };
    let (Some(excluding), Some(as_zero)) = (points.per(weight), points.per(all)) else {
        return none(State::NoData);
    };
    let incomplete = there.len() < parts.len();
    if coverage < scoring.minimum_coverage || (incomplete && scoring.missing == Missing::Propagate)
    {
        return none(State::Insufficient);
    }
    let score = if scoring.missing == Missing::Zero {
        as_zero
    } else {
        excluding
    };
    let sum: Quantity = there.iter().map(|(_, score)| *score).sum();
    let equal = match scoring.missing {
        Missing::Zero => sum.per(Quantity::count(parts.len())),
        _ => sum.per(Quantity::count(there.len())),
    };
    Composite {
        score: Some(score),
        state: State::Scored,
        equal_weights: equal.filter(|equal| *equal != score),
        missing_as_zero: Some(as_zero).filter(|as_zero| *as_zero != score),
        ..none(State::Scored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn part(weight: &str, score: Option<&str>) -> Part {
        Part {
            weight: q(weight),
            score: score.map(q),
        }
    }

    #[test]
    fn a_weighted_mean_with_its_ranges() {
        let parts = [
            part("3", Some("100")),
            part("1", Some("50")),
            part("1", None),
        ];
        let result = composite(&parts, &ScoringDefaults::default());
        assert_eq!(result.score, Some(q("87.5")));
        assert_eq!(result.coverage, q("0.8"));
        assert_eq!(result.equal_weights, Some(q("75")));
        assert_eq!(result.missing_as_zero, Some(q("70")));
    }

    #[test]
    fn two_thirds_of_the_weight_are_enough_and_less_is_not() {
        let enough = [
            part("1", Some("90")),
            part("1", Some("90")),
            part("1", None),
        ];
        assert_eq!(
            composite(&enough, &ScoringDefaults::default()).score,
            Some(q("90"))
        );
        let less = [part("1", Some("90")), part("1", None)];
        assert_eq!(
            composite(&less, &ScoringDefaults::default()).state,
            State::Insufficient
        );
        let nothing = [part("1", None)];
        assert_eq!(
            composite(&nothing, &ScoringDefaults::default()).state,
            State::NoData
        );
        assert_eq!(
            composite(&[], &ScoringDefaults::default()).state,
            State::NoData
        );
    }

    #[test]
    fn a_missing_child_counts_as_the_scorecard_says() {
        let parts = [
            part("1", Some("90")),
            part("1", Some("90")),
            part("1", None),
        ];
        let with = |missing| {
            composite(
                &parts,
                &ScoringDefaults {
                    missing,
                    ..Default::default()
                },
            )
        };
        assert_eq!(with(Missing::Zero).score, Some(q("60")));
        assert_eq!(with(Missing::Propagate).state, State::Insufficient);
    }
}
