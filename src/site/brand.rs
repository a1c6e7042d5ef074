//! Accents: each becomes a class of the one style sheet, because the content
//! security policy allows no style of a page's own.
//!
//! A header has two rows and every page a light and a dark scheme. The first
//! row in light is the accent itself, the three other grounds are the accent
//! with a share of black mixed in: 15 % for the second row, 25 % for the first
//! row in dark, 40 % for the second row in dark. The default theme's own navy
//! is made the same way.

use std::fmt::Write as _;

use super::contrast::palette::{Palette, Scheme};
use super::contrast::ratio::ratio;
use crate::model::Publication;
use crate::model::arena::OrganizationIx;
use crate::model::colour::Colour;
use crate::span::At;

/// What a mark beside text has to keep.
const MARK: f64 = 3.0;

/// The two grounds of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// The first row: name, years, languages.
    pub head: Colour,
    /// The second row: navigation.
    pub head_2: Colour,
}

/// The grounds that an accent makes.
#[must_use]
pub fn grounds(accent: Colour, scheme: Scheme) -> Grounds {
    let (first, second) = match scheme {
        Scheme::Light => (0, 15),
        Scheme::Dark => (25, 40),
    };
    Grounds {
        head: accent.towards_black(first),
        head_2: accent.towards_black(second),
    }
}

/// The accents of a site, each once, in the order they are first set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brands {
    accents: Vec<At<Colour>>,
}

impl Brands {
    /// The accents that a publication sets.
    #[must_use]
    pub fn of(publication: &Publication) -> Self {
        let mut accents: Vec<At<Colour>> = Vec::new();
        for accent in publication.looks().filter_map(|look| look.accent) {
            if !accents.iter().any(|known| known.value == accent.value) {
                accents.push(accent);
            }
        }
        Self { accents }
    }

    /// The accents, each where it is first set.
    #[must_use]
    pub fn accents(&self) -> &[At<Colour>] {
        &self.accents
    }

    /// The class of the body of an organisation's pages; for `None`, of pages
    /// that belong to no organisation.
    #[must_use]
    pub fn class(&self, publication: &Publication, of: Option<OrganizationIx>) -> Option<String> {
        let accent = publication.accent(of)?;
        let place = self
            .accents
            .iter()
            .position(|known| known.value == accent.value)?;
        Some(format!("brand-{}", place + 1))
    }

    /// The rules of the style sheet.
    #[must_use]
    pub fn css(&self, palette: &Palette) -> String {
        let mut light = String::new();
        let mut dark = String::new();
        for (place, accent) in self.accents.iter().enumerate() {
            for (scheme, css) in [(Scheme::Light, &mut light), (Scheme::Dark, &mut dark)] {
                let Grounds { head, head_2 } = grounds(accent.value, scheme);
                // Writing to a String cannot fail.
                let _ = write!(
                    css,
                    ".brand-{} {{ --head: {head}; --head-2: {head_2};",
                    place + 1
                );
                if let Some(mark) = mark(accent.value, scheme, palette) {
                    let _ = write!(css, " --accent: {mark};");
                }
                css.push_str(" }\n");
            }
        }
        if light.is_empty() {
            return light;
        }
        format!(
            "\n/* Accents of organisations */\n{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
        )
    }
}

/// The mark under the current word of the navigation: the theme's own where it
/// can be seen on both rows, else the colour of the header's text. `None` where
/// the theme's colours cannot be read: they then stay as they are.
#[must_use]
pub fn mark(accent: Colour, scheme: Scheme, palette: &Palette) -> Option<Colour> {
    let own = palette.colour("--accent", scheme)?;
    let Grounds { head, head_2 } = grounds(accent, scheme);
    if ratio(own, head).min(ratio(own, head_2)) >= MARK {
        return Some(own);
    }
    palette.colour("--on-head", scheme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::theme::embedded;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    fn default_theme() -> Palette {
        let mut palette = Palette::default();
        palette.read(embedded("style.css").unwrap(), None);
        palette
    }

    #[test]
    fn the_default_headers_are_the_default_accent_darkened() {
        let palette = default_theme();
        let accent = palette.colour("--head", Scheme::Light).unwrap();
        for scheme in Scheme::ALL {
            let made = grounds(accent, scheme);
            for (made, name) in [(made.head, "--head"), (made.head_2, "--head-2")] {
                let written = palette.colour(name, scheme).unwrap();
                for (a, b) in made.channels.into_iter().zip(written.channels) {
                    assert!(a.abs_diff(b) <= 1, "{name}: {made} and {written}");
                }
            }
        }
    }

    #[test]
    fn the_mark_is_the_themes_where_it_shows_and_white_elsewhere() {
        let palette = default_theme();
        let gold = Some(colour("#f2c94c"));
        assert_eq!(mark(colour("#0b5d4e"), Scheme::Light, &palette), gold);
        // White text just passes on this green, gold does not.
        let light = mark(colour("#537f1f"), Scheme::Light, &palette);
        assert_eq!(light, Some(colour("#fff")));
        assert_eq!(mark(colour("#537f1f"), Scheme::Dark, &palette), gold);
    }

    #[test]
    fn each_accent_is_one_class_in_both_schemes() {
        let place =
            crate::span::Span::start_of(crate::span::Sources::default().add("x", String::new()));
        let brands = Brands {
            accents: vec![At::new(colour("#6b1f4a"), place)],
        };
        let css = brands.css(&default_theme());
        assert!(
            css.contains(".brand-1 { --head: #6b1f4a; --head-2: #5b1a3f; --accent: #f2c94c; }")
        );
        assert!(
            css.contains(".brand-1 { --head: #501738; --head-2: #40132c; --accent: #f2c94c; }")
        );
        assert_eq!(Brands::default().css(&default_theme()), "");
    }
}
