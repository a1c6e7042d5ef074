//! A linear axis on round numbers.

/// The furthest magnitude that is drawn; anything beyond is a fault in the
/// data and treated as missing.
const LARGEST: f64 = 1e30;

/// A number that may be drawn.
#[must_use]
pub fn drawable(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= LARGEST).then_some(value)
}

/// Natural ends of a quantity, such as 0 and 100 for a share. The axis stays
/// inside them unless the data themselves do not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// No value can be less.
    pub low: Option<f64>,
    /// No value can be more.
    pub high: Option<f64>,
}

/// The least and greatest of some values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The least value.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
}

impl Extent {
    /// The extent of the drawable values; `None` if there are none.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        values
            .into_iter()
            .filter_map(drawable)
            .fold(None, |extent, value| {
                let Self { low, high } = extent.unwrap_or(Self {
                    low: value,
                    high: value,
                });
                Some(Self {
                    low: low.min(value),
                    high: high.max(value),
                })
            })
    }

    fn span(self) -> f64 {
        self.high - self.low
    }

    fn magnitude(self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    /// Whether all values are one, as far as a chart can tell.
    #[must_use]
    pub fn is_flat(self) -> bool {
        self.span() <= self.magnitude() * 1e-9
    }
}

/// What an axis has to respect besides the data.
#[derive(Clone, Copy, Debug)]
pub struct Demands {
    /// Natural ends.
    pub limits: Limits,
    /// The decimals of the figures; ticks never have more.
    pub decimals: u8,
    /// The most intervals between ticks.
    pub intervals: u8,
    /// Room below and above the data, in parts of their span.
    pub room: (f64, f64),
    /// Whether zero is included however far it is.
    pub zero: bool,
}

/// A linear axis: where it starts and ends, and its ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at the start.
    pub start: f64,
    /// The value at the end, greater than the start.
    pub end: f64,
    /// The ticks, ascending.
    pub ticks: Vec<f64>,
    /// The decimals a tick's label needs.
    pub decimals: u8,
}

impl Axis {
    /// An axis that shows all of `extent`. Zero is included when the data span
    /// at least half of their greatest magnitude.
    #[must_use]
    pub fn fitting(extent: Extent, demands: &Demands) -> Self {
        let bounds = bounds(extent, demands);
        let (step, decimals) = step(bounds, demands);
        let first = (bounds.low / step.size() + 1e-9).floor();
        let last = (bounds.high / step.size() - 1e-9).ceil().max(first + 1.0);
        let mut axis = Self {
            start: step.times(first),
            end: step.times(last),
            ticks: Vec::new(),
            decimals,
        };
        // A scale from 1 to 5 ends at 5, though the step may not land there.
        if let Some(low) = demands.limits.low.filter(|&low| low <= bounds.low) {
            axis.start = axis.start.max(low);
        }
        if let Some(high) = demands.limits.high.filter(|&high| high >= bounds.high) {
            axis.end = axis.end.min(high);
        }
        let mut index = first;
        while index <= last {
            let tick = step.times(index);
            if tick >= axis.start && tick <= axis.end {
                axis.ticks.push(tick);
            }
            index += 1.0;
        }
        axis
    }

    /// Whether zero is on the axis, so that a bar may be drawn from it.
    #[must_use]
    pub fn contains_zero(&self) -> bool {
        self.start <= 0.0 && self.end >= 0.0
    }

    /// The end nearest to zero, if zero is not on the axis.
    #[must_use]
    pub fn truncated(&self) -> Option<f64> {
        if self.contains_zero() {
            None
        } else if self.start > 0.0 {
            Some(self.start)
        } else {
            Some(self.end)
        }
    }

    /// Where a value lies between the coordinates `from` and `to`; a value
    /// off the axis lies at its end.
    #[must_use]
    pub fn place(&self, value: f64, from: f64, to: f64) -> f64 {
        let part = (value - self.start) / (self.end - self.start);
        let part = if part.is_finite() {
            part.clamp(0.0, 1.0)
        } else {
            0.0
        };
        from + part * (to - from)
    }
}

/// The stretch that must be shown: the data, room around them, zero if near.
fn bounds(extent: Extent, demands: &Demands) -> Extent {
    let Extent { mut low, mut high } = extent;
    let largest = extent.magnitude();
    if largest == 0.0 {
        high = 1.0;
    } else if extent.is_flat() {
        low -= largest * 0.05;
        high += largest * 0.05;
    } else {
        low -= extent.span() * demands.room.0;
        high += extent.span() * demands.room.1;
    }
    // Room must not make a count negative, nor a share more than the whole.
    let Limits {
        low: floor,
        high: ceiling,
    } = demands.limits;
    if extent.low >= 0.0 {
        low = low.max(0.0);
    }
    if extent.high <= 0.0 && largest > 0.0 {
        high = high.min(0.0);
    }
    if demands.zero || extent.span() >= largest * 0.5 && largest > 0.0 {
        low = low.min(0.0);
        high = high.max(0.0);
    }
    if let Some(floor) = floor
        .and_then(drawable)
        .filter(|&floor| floor <= extent.low)
    {
        low = low.max(floor);
    }
    if let Some(ceiling) = ceiling
        .and_then(drawable)
        .filter(|&ceiling| ceiling >= extent.high)
    {
        high = high.min(ceiling);
    }
    if high - low <= largest * 1e-9 {
        high = low + largest.max(1.0) * 0.05;
    }
    Extent { low, high }
}

/// A step of 1, 2 or 5 times a power of ten.
#[derive(Clone, Copy)]
struct Step {
    mantissa: f64,
    exponent: i32,
}

impl Step {
    fn size(self) -> f64 {
        self.times(1.0)
    }

    /// Divides by the power of ten where the step is a fraction: 3 × 0.1 is
    /// not 0.3, but 3 ÷ 10 is.
    fn times(self, count: f64) -> f64 {
        let power = 10f64.powi(self.exponent.abs());
        if self.exponent < 0 {
            count * self.mantissa / power
        } else {
            count * self.mantissa * power
        }
    }
}

/// The smallest step that needs no more intervals than demanded, and the
/// decimals of its multiples.
fn step(bounds: Extent, demands: &Demands) -> (Step, u8) {
    let finest = -i32::from(demands.decimals.min(15));
    let intervals = f64::from(demands.intervals.max(1));
    let mut exponent = finest;
    // Sixty powers of ten lie between the finest step and the largest value.
    for _ in 0..60 {
        for mantissa in [1.0, 2.0, 5.0] {
            let step = Step { mantissa, exponent };
            let first = (bounds.low / step.size() + 1e-9).floor();
            let last = (bounds.high / step.size() - 1e-9).ceil();
            if last - first <= intervals {
                return (step, u8::try_from(-exponent).unwrap_or(0));
            }
        }
        exponent += 1;
    }
    (
        Step {
            mantissa: 1.0,
            exponent,
        },
        0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Demands = Demands {
        limits: Limits {
            low: None,
            high: None,
        },
        decimals: 2,
        intervals: 6,
        room: (0.0, 0.0),
        zero: false,
    };

    fn axis(low: f64, high: f64) -> Axis {
        Axis::fitting(Extent { low, high }, &PLAIN)
    }

    #[test]
    fn ticks_are_one_two_or_five_times_a_power_of_ten() {
        assert_eq!(axis(90.4, 97.3).ticks, [90.0, 92.0, 94.0, 96.0, 98.0]);
        assert_eq!(axis(0.0, 7.0).ticks, [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(axis(0.0, 0.3).ticks, [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
    }

    #[test]
    fn zero_is_included_when_the_data_span_half_of_their_maximum() {
        assert_eq!(axis(50.0, 100.0).truncated(), None);
        assert_eq!(axis(51.0, 100.0).truncated(), Some(50.0));
        assert_eq!(axis(-60.0, -100.0 + 45.0).truncated(), Some(-55.0));
    }

    #[test]
    fn ticks_have_no_more_decimals_than_the_figures() {
        let demands = Demands {
            decimals: 0,
            ..PLAIN
        };
        let axis = Axis::fitting(
            Extent {
                low: 3.0,
                high: 3.0,
            },
            &demands,
        );
        assert_eq!((axis.ticks, axis.decimals), (vec![2.0, 3.0, 4.0], 0));
    }

    #[test]
    fn an_axis_stays_inside_natural_limits() {
        let limits = Limits {
            low: Some(1.0),
            high: Some(5.0),
        };
        let demands = Demands {
            limits,
            room: (0.5, 0.5),
            ..PLAIN
        };
        let axis = Axis::fitting(
            Extent {
                low: 1.5,
                high: 4.9,
            },
            &demands,
        );
        assert!(axis.start >= 1.0 && axis.end <= 5.0, "{axis:?}");
        let beyond = Axis::fitting(
            Extent {
                low: 80.0,
                high: 120.0,
            },
            &demands,
        );
        assert!(beyond.end >= 120.0);
    }

    #[test]
    fn extremes_keep_an_axis_finite_and_ascending() {
        for (low, high) in [
            (0.0, 0.0),
            (-1e30, 1e30),
            (1e12, 1e12 + 1.0),
            (1e-6, 2e-6),
            (-5.0, -5.0),
        ] {
            let axis = axis(low, high);
            assert!(
                axis.start < axis.end && axis.ticks.len() >= 2,
                "{low} {high} {axis:?}"
            );
            assert!(axis.ticks.len() <= 8);
        }
    }
}
