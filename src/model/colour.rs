//! Opaque colours, as style sheets and accents are written.

use std::fmt;

/// A colour of the sRGB space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour {
    /// Red, green and blue, 0 to 255.
    pub channels: [u8; 3],
}

impl Colour {
    /// A colour by its channels.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self {
            channels: [red, green, blue],
        }
    }

    /// Reads `#rgb` or `#rrggbb`, in letters of either case; nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
            .collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Self::new(r * 17, g * 17, b * 17)),
            [r1, r2, g1, g2, b1, b2] => Some(Self::new(r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2)),
            _ => None,
        }
    }

    /// The colour with `percent` of black mixed in: each channel loses that
    /// share of itself, rounded to the nearest step. 100 and more is black.
    #[must_use]
    pub fn towards_black(self, percent: u8) -> Self {
        let rest = u16::from(100_u8.saturating_sub(percent));
        let channel = |c: u8| u8::try_from((u16::from(c) * rest + 50) / 100).unwrap_or(c);
        Self {
            channels: self.channels.map(channel),
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn three_digits_stand_for_six() {
        let navy = Colour::new(0x11, 0x33, 0x55);
        assert_eq!(Colour::parse("#135"), Some(navy));
        assert_eq!(Colour::parse("#113355"), Some(navy));
        assert_eq!(Colour::parse("#ABCDEF").unwrap().to_string(), "#abcdef");
    }

    #[test]
    fn anything_else_is_no_colour() {
        for text in [
            "",
            "#",
            "123456",
            "#12",
            "#1234",
            "#12345g",
            "#12345b00",
            "navy",
            "#１２３",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn black_is_mixed_in_by_shares_of_each_channel() {
        let colour = Colour::new(200, 100, 0);
        assert_eq!(colour.towards_black(0), colour);
        assert_eq!(colour.towards_black(15), Colour::new(170, 85, 0));
        assert_eq!(colour.towards_black(100), Colour::new(0, 0, 0));
        assert_eq!(colour.towards_black(255), Colour::new(0, 0, 0));
    }
}
