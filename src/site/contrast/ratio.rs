//! The contrast ratio of WCAG 2.2.

use crate::model::colour::Colour;

/// The contrast ratio of two colours, from 1 to 21, whichever is the lighter:
/// `(L1 + 0.05) / (L2 + 0.05)` with the relative luminance L of each
/// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
#[must_use]
pub fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, from 0 for black to 1 for white
/// (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.channels.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    /// To two places, as contrast checkers and the notes to WCAG publish them.
    #[test]
    fn agrees_with_published_ratios() {
        for (one, other, published) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#777", "#fff", 4.48),
            ("#767676", "#fff", 4.54),
            ("#949494", "#fff", 3.03),
            ("#959595", "#fff", 2.99),
            ("#595959", "#fff", 7.0),
            ("#f00", "#fff", 4.0),
            ("#00f", "#fff", 8.59),
            ("#0f0", "#fff", 1.37),
        ] {
            let [one, other] = [one, other].map(|text| Colour::parse(text).unwrap());
            let found = ratio(one, other);
            assert!((found - published).abs() < 0.006, "{one} {other}: {found}");
            assert!((found - ratio(other, one)).abs() < f64::EPSILON);
        }
    }
}
