//! The one primitive of scoring: a piecewise-linear scale.
//!
//! A scale is a list of anchors (value, score), values strictly increasing,
//! scores from 0 to 100; linear between them, clamped outside. Every preset is
//! such a list, so that a reader can redo each score by hand.

use std::fmt;

use super::kpi::{Direction, Kpi, Scale, Worst};
use super::ledger::Target;
use super::quantity::Quantity;
use crate::message::Message;
use crate::say;

/// A scale that can score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors(Vec<(Quantity, Quantity)>);

/// Why target, direction and scale make no scale, and which key mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScaleFault {
    /// There is a target but nothing says which way is better.
    NoDirection,
    /// The preset needs a number and the target is something else.
    WrongTarget(&'static str),
    /// The anchors' values do not increase.
    NotIncreasing(Message),
    /// A `worst` that is no worse than the target.
    WorstSide(WorstSide),
    /// A preset around a target that is zero or negative.
    NeedsWorst(Quantity, &'static str),
    /// `progress` without a baseline.
    NeedsBaseline,
    /// A score outside 0 to 100.
    NotAScore(Quantity),
    /// Fewer than two anchors.
    TooFew,
}

/// A `worst` on the wrong side of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorstSide {
    /// It should lie below the target.
    Below(Quantity, Quantity),
    /// It should lie above the target.
    Above(Quantity, Quantity),
}

impl ScaleFault {
    /// Whether the mending is done where the scale is written, whatever the target.
    #[must_use]
    pub const fn is_of_scale(&self) -> bool {
        matches!(self, Self::WorstSide(_) | Self::NotIncreasing(_))
    }

    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::NoDirection => say!("there is a target, but nothing says which way is better"),
            Self::WrongTarget(text) => say!(
                "the direction `{text}` cannot use this kind of target",
                text
            ),
            Self::NotIncreasing(text) => say!("the scale's values do not increase: {text}", text),
            Self::WorstSide(WorstSide::Below(worst, target)) => say!(
                "`worst` {worst} is not below the target {target}",
                worst,
                target
            ),
            Self::WorstSide(WorstSide::Above(worst, target)) => say!(
                "`worst` {worst} is not above the target {target}",
                worst,
                target
            ),
            Self::NeedsWorst(text, other) => say!(
                "a target of {text} gives the direction `{other}` no scale from zero",
                text,
                other
            ),
            Self::NeedsBaseline => say!("the scale `progress` has no baseline to start from"),
            Self::NotAScore(text) => say!("{text} is not a score", text),
            Self::TooFew => say!("a scale needs at least two anchors"),
        }
    }
}

impl fmt::Display for ScaleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for ScaleFault {}

impl ScaleFault {
    /// Which key to add or change.
    #[must_use]
    pub fn help(&self) -> Message {
        match self {
            Self::NoDirection => {
                say!("add `direction: higher`, `lower`, `between`, `exactly`, `yes_no` or `levels`")
            }
            Self::WrongTarget(_) => {
                say!(
                    "a range `low..high` goes with `between`, a number with `higher`, `lower` and `exactly`; correct the target or the direction"
                )
            }
            Self::NotIncreasing(_) => {
                say!(
                    "write anchors with increasing values, a range from low to high, and a worst on the worse side of the target"
                )
            }
            Self::WorstSide(WorstSide::Below(_, target)) => say!(
                "write a `worst` below {target}: it is the value that scores 0; or correct the direction or the target",
                target
            ),
            Self::WorstSide(WorstSide::Above(_, target)) => say!(
                "write a `worst` above {target}: it is the value that scores 0; or correct the direction or the target",
                target
            ),
            Self::NeedsWorst(..) => {
                say!(
                    "add `worst:` with the value that scores 0 (two values for `between` and `exactly`)"
                )
            }
            Self::NeedsBaseline => say!("add `baseline:` with the value before the plan"),
            Self::NotAScore(_) => say!("write scores from 0 to 100"),
            Self::TooFew => say!("add anchors, for example `scale: [[0, 0], [80, 100]]`"),
        }
    }
}

fn is_below(worst: Quantity, target: Quantity) -> Result<(), ScaleFault> {
    let fault = ScaleFault::WorstSide(WorstSide::Below(worst, target));
    if worst < target { Ok(()) } else { Err(fault) }
}

fn is_above(worst: Quantity, target: Quantity) -> Result<(), ScaleFault> {
    let fault = ScaleFault::WorstSide(WorstSide::Above(worst, target));
    if worst > target { Ok(()) } else { Err(fault) }
}

impl Anchors {
    /// Takes in anchors of an author's own.
    ///
    /// # Errors
    /// When there are fewer than two, values do not increase, or a score is
    /// outside 0 to 100.
    pub fn new(anchors: Vec<(Quantity, Quantity)>) -> Result<Self, ScaleFault> {
        if anchors.len() < 2 {
            return Err(ScaleFault::TooFew);
        }
        if let Some(pair) = anchors.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
            return Err(ScaleFault::NotIncreasing(say!(
                "{one} is not below {next}",
                one = pair[0].0,
                next = pair[1].0
            )));
        }
        let in_range = Quantity::ZERO..=Quantity::HUNDRED;
        match anchors.iter().find(|(_, score)| !in_range.contains(score)) {
            Some((_, score)) => Err(ScaleFault::NotAScore(*score)),
            None => Ok(Self(anchors)),
        }
    }

    /// The scale of a KPI against one of its targets; nothing where its values
    /// are words (levels, yes/no), which carry their scores themselves, and
    /// where neither a target nor a scale of its own is there.
    ///
    /// # Errors
    /// When the three together give no increasing anchors.
    pub fn of(kpi: &Kpi, target: Option<&Target>) -> Result<Option<Self>, ScaleFault> {
        match &kpi.scale {
            Scale::Levels(_) => Ok(None),
            Scale::Anchors(anchors) => Self::new(anchors.clone()).map(Some),
            Scale::RedFlag { red_flag, goal } => Self::red_flag(*red_flag, *goal).map(Some),
            Scale::Progress => match (target, kpi.baseline) {
                (None, _) => Ok(None),
                (Some(Target::Value(_)), None) => Err(ScaleFault::NeedsBaseline),
                (Some(Target::Value(target)), Some(baseline)) => {
                    Self::line((baseline, Quantity::ZERO), (*target, Quantity::HUNDRED)).map(Some)
                }
                (Some(_), _) => Err(ScaleFault::WrongTarget("progress")),
            },
            Scale::Preset { worst } => match (kpi.direction, target) {
                (Some(Direction::YesNo), _) | (_, None) => Ok(None),
                (None, Some(_)) => Err(ScaleFault::NoDirection),
                (Some(direction), Some(target)) => {
                    Self::preset(direction, target, *worst).map(Some)
                }
            },
        }
    }

    /// Spider Impact's goal and red flag: a third of the score at the red flag,
    /// two thirds at the goal, the same slope on both sides
    /// (Spider Impact help, “Scoring types: goal / red flag”).
    fn red_flag(red_flag: Quantity, goal: Quantity) -> Result<Self, ScaleFault> {
        let step = goal - red_flag;
        Self::line(
            (red_flag - step, Quantity::ZERO),
            (goal + step, Quantity::HUNDRED),
        )
    }

    /// Two anchors in either order.
    fn line(zero: (Quantity, Quantity), full: (Quantity, Quantity)) -> Result<Self, ScaleFault> {
        if zero.0 <= full.0 {
            Self::new(vec![zero, full])
        } else {
            Self::new(vec![full, zero])
        }
    }

    fn preset(
        direction: Direction,
        target: &Target,
        worst: Option<Worst>,
    ) -> Result<Self, ScaleFault> {
        let (zero, full) = (Quantity::ZERO, Quantity::HUNDRED);
        let word = direction.word();
        let needs_worst = |target: Quantity| Err(ScaleFault::NeedsWorst(target, word));
        match (direction, target, worst) {
            (Direction::Higher, Target::Value(t), Some(Worst::One(w))) => {
                is_below(w, *t)?;
                Self::new(vec![(w, zero), (*t, full)])
            }
            (Direction::Higher | Direction::Lower, Target::Value(t), None) if *t <= zero => {
                needs_worst(*t)
            }
            (Direction::Higher, Target::Value(t), None) => {
                Self::new(vec![(zero, zero), (*t, full)])
            }
            (Direction::Lower, Target::Value(t), Some(Worst::One(w))) => {
                is_above(w, *t)?;
                Self::new(vec![(*t, full), (w, zero)])
            }
            (Direction::Lower, Target::Value(t), None) => {
                Self::new(vec![(*t, full), (*t + *t, zero)])
            }
            (Direction::Between, Target::Range(low, high), worst) => {
                let width = *high - *low;
                let (a, b) = match worst {
                    Some(Worst::Two(a, b)) => (a, b),
                    None if width > zero => (*low - width, *high + width),
                    _ => return needs_worst(*low),
                };
                is_below(a, *low)?;
                is_above(b, *high)?;
                if low == high {
                    return Self::new(vec![(a, zero), (*low, full), (b, zero)]);
                }
                Self::new(vec![(a, zero), (*low, full), (*high, full), (b, zero)])
            }
            (Direction::Exactly, Target::Value(t), worst) => {
                let (a, b) = match worst {
                    Some(Worst::Two(a, b)) => (a, b),
                    None if *t != zero => (*t - t.abs(), *t + t.abs()),
                    _ => return needs_worst(*t),
                };
                is_below(a, *t)?;
                is_above(b, *t)?;
                Self::new(vec![(a, zero), (*t, full), (b, zero)])
            }
            (Direction::Higher | Direction::Lower, Target::Value(t), Some(Worst::Two(..))) => {
                needs_worst(*t)
            }
            _ => Err(ScaleFault::WrongTarget(word)),
        }
    }

    /// The anchors, values increasing.
    #[must_use]
    pub fn points(&self) -> &[(Quantity, Quantity)] {
        &self.0
    }

    /// The score of a value, from 0 to 100.
    #[must_use]
    pub fn score(&self, value: Quantity) -> Quantity {
        let above = self.0.partition_point(|(v, _)| *v <= value);
        let below = above.checked_sub(1).and_then(|i| self.0.get(i));
        match (below, self.0.get(above)) {
            (None, Some((_, first))) => *first,
            (Some((_, last)), None) => *last,
            (Some((v0, s0)), Some((v1, s1))) => {
                // Multiplied before it is divided: the quotient is exact wherever one exists.
                let rise = (*s1 - *s0) * (value - *v0);
                rise.per(*v1 - *v0).map_or(*s0, |rise| *s0 + rise)
            }
            (None, None) => Quantity::ZERO,
        }
    }

    /// The values at which the score crosses `score`, increasing: the edges of
    /// a band on the value's own axis.
    #[must_use]
    pub fn values_at(&self, score: Quantity) -> Vec<Quantity> {
        let mut values = Vec::new();
        for pair in self.0.windows(2) {
            let ((v0, s0), (v1, s1)) = (pair[0], pair[1]);
            let between = (s0 < score && score <= s1) || (s1 < score && score <= s0);
            if between && let Some(along) = ((score - s0) * (v1 - v0)).per(s1 - s0) {
                values.push(v0 + along);
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    fn line(zero: &str, full: &str) -> Anchors {
        Anchors::line((q(zero), Quantity::ZERO), (q(full), Quantity::HUNDRED)).unwrap()
    }

    /// BSC Designer, manual, “Performance and progress of an indicator”.
    #[test]
    fn bsc_designer_examples() {
        assert_eq!(line("0", "200").score(q("50")), q("25"));
        assert_eq!(line("0", "100").score(q("16")), q("16"));
        assert_eq!(line("15", "45").score(q("16")).fixed(2), "3.33");
    }

    /// Spider Impact help, “Goal / red flag”: scores out of 10.
    #[test]
    fn spider_impact_examples() {
        let scale = Anchors::red_flag(q("500"), q("700")).unwrap();
        let out_of_ten = |value: &str| scale.score(q(value)).per(q("10")).unwrap();
        assert_eq!(out_of_ten("300"), q("0"));
        assert_eq!(out_of_ten("500").fixed(1), "3.3");
        // The manual cuts 6.66… to 6.6; rounded half to even it is 6.7.
        assert!(out_of_ten("700") > q("6.6") && out_of_ten("700") < q("6.67"));
        assert_eq!(out_of_ten("900"), q("10"));
        let lower = Anchors::red_flag(q("700"), q("500")).unwrap();
        assert_eq!(lower.score(q("900")), Quantity::ZERO);
        assert_eq!(lower.score(q("300")), Quantity::HUNDRED);
    }

    #[test]
    fn presets_follow_the_table() {
        let preset = |d, t: Target, w| Anchors::preset(d, &t, w);
        let higher = preset(Direction::Higher, Target::Value(q("80")), None).unwrap();
        assert_eq!(higher.score(q("60")), q("75"));
        assert_eq!(higher.score(q("120")), q("100"));
        let lower = preset(Direction::Lower, Target::Value(q("50")), None).unwrap();
        assert_eq!(lower.score(q("60")), q("80"));
        let between = preset(Direction::Between, Target::Range(q("10"), q("20")), None).unwrap();
        assert_eq!(between.score(q("25")), q("50"));
        assert_eq!(between.score(q("10")), q("100"));
        let exactly = preset(Direction::Exactly, Target::Value(q("-4")), None).unwrap();
        assert_eq!(exactly.score(q("-2")), q("50"));
        for (direction, target) in [
            (Direction::Higher, Target::Value(q("0"))),
            (Direction::Lower, Target::Value(q("0"))),
            (Direction::Exactly, Target::Value(q("0"))),
            (Direction::Higher, Target::Value(q("-5"))),
        ] {
            let fault = preset(direction, target, None).unwrap_err();
            assert!(matches!(fault, ScaleFault::NeedsWorst(..)), "{fault}");
        }
        assert!(
            preset(
                Direction::Lower,
                Target::Value(q("0")),
                Some(Worst::One(q("10")))
            )
            .is_ok()
        );
        assert!(
            preset(
                Direction::Higher,
                Target::Value(q("5")),
                Some(Worst::One(q("10")))
            )
            .is_err()
        );
    }

    #[test]
    fn bands_can_be_drawn_on_the_values_axis() {
        let exactly = Anchors::preset(Direction::Exactly, &Target::Value(q("10")), None).unwrap();
        assert_eq!(exactly.values_at(q("90")), [q("9"), q("11")]);
    }
}
