//! Exact decimal quantities.
//!
//! Inputs hold at most 15 digits before the point, 18 after it and 27 in all
//! (see [`number`]), results carry 28 significant digits and are
//! compared and shown as settled at 20 decimal places: so three thirds are one
//! again, a comparison with a band never hangs on the last digit of a
//! division, and no sum of a scorecard can overflow. No binary float takes part.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

use super::number::{self, NumberFault};

/// Decimal places that count in comparisons; those past them are the dust of divisions.
const SETTLED: u32 = 20;

/// An exact decimal number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quantity(Decimal);

impl Quantity {
    /// 0.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// 1.
    pub const ONE: Self = Self(Decimal::ONE);
    /// 100, the full score.
    pub const HUNDRED: Self = Self(Decimal::ONE_HUNDRED);

    /// Reads a number as authors write them.
    ///
    /// # Errors
    /// What makes the text no number, or one that can be read in two ways.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        number::number(text).map(|written| Self(written.value))
    }

    /// Takes over a decimal that was read elsewhere.
    #[must_use]
    pub const fn new(value: Decimal) -> Self {
        Self(value)
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self(Decimal::from(value))
    }

    /// How many there are of something.
    #[must_use]
    pub fn count(value: usize) -> Self {
        Self(Decimal::from(value))
    }

    /// The quotient, or nothing when dividing by zero.
    #[must_use]
    pub fn per(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Rounded half to even, for display only.
    #[must_use]
    pub fn rounded(self, places: u32) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven),
        )
    }

    /// How many decimal places it needs to be written exactly.
    #[must_use]
    pub fn places(self) -> u32 {
        self.settled().scale()
    }

    /// Below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// Written with exactly `places` decimals, rounded half to even.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        let rounded = self.rounded(places).0;
        let rounded = if rounded.is_zero() {
            Decimal::ZERO
        } else {
            rounded
        };
        format!("{rounded:.*}", places as usize)
    }

    /// The nearest binary float: for the geometry of charts, never for a figure.
    #[must_use]
    pub fn approximate(self) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    fn settled(self) -> Decimal {
        if self.0.scale() <= SETTLED {
            return self.0.normalize();
        }
        self.0
            .round_dp_with_strategy(SETTLED, RoundingStrategy::MidpointNearestEven)
            .normalize()
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Quantity {}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.settled().cmp(&other.settled())
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.settled())
    }
}

impl Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Quantity {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul for Quantity {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0.saturating_mul(other.0))
    }
}

impl Neg for Quantity {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn three_thirds_are_one() {
        let third = Quantity::ONE.per(q("3")).unwrap();
        assert_eq!(third + third + third, Quantity::ONE);
    }

    #[test]
    fn display_rounds_half_to_even_and_never_shows_minus_zero() {
        assert_eq!(q("0.25").fixed(1), "0.2");
        assert_eq!(q("0.35").fixed(1), "0.4");
        assert_eq!(q("-0.04").fixed(1), "0.0");
        assert_eq!(q("95").fixed(1), "95.0");
        assert_eq!(q("1.50").to_string(), "1.5");
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!(q("1").per(Quantity::ZERO), None);
    }

    #[test]
    fn the_largest_inputs_do_not_overflow() {
        let big = q("999999999999999.999999999");
        assert!(big * big > big);
        assert!((0..1000).map(|_| big).sum::<Quantity>() > big);
    }
}
