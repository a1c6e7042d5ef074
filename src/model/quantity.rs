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

    /// The digits that write it exactly.
    #[must_use]
    pub fn digits(self) -> Digits {
        Digits::of(self.settled())
    }

    /// The digits that write it with exactly `places` decimals, rounded half to
    /// even.
    #[must_use]
    pub fn fixed_digits(self, places: u32) -> Digits {
        let mut digits = Digits::of(self.rounded(places).0);
        digits.pad(places);
        digits
    }

    /// Written with exactly `places` decimals, rounded half to even.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        self.fixed_digits(places).to_string()
    }

    /// The decimal nearest to a binary float, with so many places: for the round
    /// numbers of an axis, never for a figure. What is too large for a decimal,
    /// or no number, is 0.
    #[must_use]
    pub fn nearest(value: f64, places: u32) -> Self {
        let tens = 10_f64.powi(i32::try_from(places).unwrap_or_default());
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast saturates, and makes 0 of what is no number"
        )]
        let whole = (value * tens).round_ties_even() as i128;
        Decimal::try_from_i128_with_scale(whole, places).map_or(Self::ZERO, Self)
    }

    /// The nearest binary float: for the geometry of charts, never for a figure.
    #[must_use]
    pub fn approximate(self) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    fn settled(self) -> Decimal {
        let mut scale = self.0.scale();
        if scale == 0 {
            return self.0;
        }
        if scale <= SETTLED {
            // Figures that people write fit a machine word, where the zeros at their
            // end cost least.
            let Ok(mut mantissa) = i64::try_from(self.0.mantissa()) else {
                return self.0.normalize();
            };
            while scale > 0 && mantissa % 10 == 0 {
                (mantissa, scale) = (mantissa / 10, scale - 1);
            }
            return Decimal::new(mantissa, scale);
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
        // What has no dust is compared as it is.
        if self.0.scale().max(other.0.scale()) <= SETTLED {
            return self.0.cmp(&other.0);
        }
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
        fmt::Display::fmt(&self.digits(), f)
    }
}

/// The digits of a number: its sign, what stands before the point, and behind.
#[derive(Clone, Copy, Debug)]
pub struct Digits {
    /// Below zero as written; minus zero is zero.
    pub is_negative: bool,
    /// ASCII digits, right-aligned.
    ascii: [u8; Self::MOST],
    /// Where they begin.
    start: usize,
    /// How many of them stand behind the point.
    places: usize,
}

impl Digits {
    /// A decimal has up to 29 digits; padding adds zeros behind them.
    const MOST: usize = 64;

    fn of(value: Decimal) -> Self {
        let mut digits = Self {
            is_negative: value.is_sign_negative() && !value.is_zero(),
            ascii: [b'0'; Self::MOST],
            start: Self::MOST,
            places: usize::try_from(value.scale()).unwrap_or_default(),
        };
        let mantissa = value.mantissa().unsigned_abs();
        if let Ok(mut rest) = u64::try_from(mantissa) {
            while rest > 0 {
                digits.prepend(u8::try_from(rest % 10));
                rest /= 10;
            }
        } else {
            let mut rest = mantissa;
            while rest > 0 {
                digits.prepend(u8::try_from(rest % 10));
                rest /= 10;
            }
        }
        // At least one digit stands before the point.
        digits.start = digits.start.min(Self::MOST - digits.places - 1);
        digits
    }

    fn prepend<E>(&mut self, digit: Result<u8, E>) {
        self.start = self.start.saturating_sub(1);
        if let (Some(place), Ok(digit)) = (self.ascii.get_mut(self.start), digit) {
            *place = b'0' + digit;
        }
    }

    /// Writes zeros up to so many decimals.
    fn pad(&mut self, places: u32) {
        let places = usize::try_from(places).unwrap_or_default();
        let more = places.saturating_sub(self.places).min(self.start);
        self.ascii.copy_within(self.start.., self.start - more);
        self.start -= more;
        if let Some(zeros) = self.ascii.get_mut(Self::MOST - more..) {
            zeros.fill(b'0');
        }
        self.places += more;
    }

    /// What stands before the point.
    #[must_use]
    pub fn whole(&self) -> &str {
        self.between(self.start, Self::MOST - self.places)
    }

    /// What stands behind it; empty for a whole number.
    #[must_use]
    pub fn fraction(&self) -> &str {
        self.between(Self::MOST - self.places, Self::MOST)
    }

    fn between(&self, from: usize, to: usize) -> &str {
        let digits = self.ascii.get(from..to).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negative {
            f.write_str("-")?;
        }
        f.write_str(self.whole())?;
        if !self.fraction().is_empty() {
            f.write_str(".")?;
            f.write_str(self.fraction())?;
        }
        Ok(())
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

    proptest::proptest! {
        #[test]
        fn zeros_are_lost_in_a_machine_word_as_in_a_decimal(
            mantissa in proptest::prop_oneof![
                -10_000_i128..10_000,
                i128::from(i64::MIN)..=i128::from(i64::MAX),
                -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335,
            ],
            zeros in 0_u32..4,
            scale in 0_u32..=28,
        ) {
            let mantissa = mantissa / 10_i128.pow(zeros) * 10_i128.pow(zeros);
            let decimal = Decimal::from_i128_with_scale(mantissa, scale);
            let plain = decimal
                .round_dp_with_strategy(SETTLED, RoundingStrategy::MidpointNearestEven)
                .normalize();
            let settled = Quantity::new(decimal).settled();
            proptest::prop_assert_eq!(settled.serialize(), plain.serialize());
            let negative_zero = -Decimal::new(0, scale);
            proptest::prop_assert!(!Quantity::new(negative_zero).digits().is_negative);
        }
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
        assert_eq!(q("-0.5").to_string(), "-0.5");
        assert_eq!(q("0").fixed(2), "0.00");
        assert_eq!(q("1234.5").fixed(3), "1234.500");
        let third = Quantity::ONE.per(q("3")).unwrap();
        assert_eq!(third.fixed(20), format!("0.{}", "3".repeat(20)));
        assert_eq!(
            q("999999999999999.999999999").fixed(12),
            "999999999999999.999999999000"
        );
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
