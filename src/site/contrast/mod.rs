//! The contrast of every pair of colours that the design uses, computed at
//! build in both schemes: what cannot be read is not published.

pub mod pairs;
pub mod palette;
pub mod ratio;

use std::collections::{BTreeSet, HashSet};

use self::pairs::{HEADER, PAGE, Pair};
use self::palette::{Palette, Scheme};
use self::ratio::ratio;
use super::brand::{self, Brands};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::colour::Colour;
use crate::say;
use crate::span::{At, FileId, Span};

/// A pair that is too near.
#[derive(Clone, Debug)]
struct Failure {
    pair: Pair,
    scheme: Scheme,
    ink: Colour,
    ground: Colour,
}

/// The most pairs that the fault of an accent names.
const MOST_PAIRS: usize = 2;

impl Failure {
    /// How much of the contrast that is needed is there.
    fn share(&self) -> f64 {
        ratio(self.ink, self.ground) / self.pair.needs
    }

    /// The pair in a few words.
    fn brief(&self) -> Message {
        let found = shown(ratio(self.ink, self.ground), self.pair.needs);
        say!(
            "{what}, {ink} on {ground}, has a contrast of {found} in the {scheme} scheme, not {needs}",
            what = self.pair.said(),
            ink = self.ink,
            ground = self.ground,
            found,
            scheme = self.scheme.said(),
            needs = self.pair.needs.to_string()
        )
    }

    fn fault(&self, place: Span) -> Diagnostic {
        let Pair {
            ink, ground, needs, ..
        } = &self.pair;
        let what = self.pair.said();
        let found = shown(ratio(self.ink, self.ground), *needs);
        Diagnostic::new(
            Rule::LowContrast,
            place,
            say!("{what}: `{ink}` {ink_value} on `{ground}` {ground_value} has a contrast of {found} in the {scheme} scheme", what, ink, ink_value = self.ink, ground, ground_value = self.ground, found, scheme = self.scheme.said()),
        )
        .expected(say!("a contrast of at least {needs}", needs = needs.to_string()))
    }
}

/// A ratio to two places, which never reads as enough when it is not.
fn shown(ratio: f64, needs: f64) -> String {
    let nearest = (ratio * 100.0).round() / 100.0;
    if ratio < needs && nearest >= needs {
        return format!("{:.2}", (ratio * 100.0).floor() / 100.0);
    }
    format!("{nearest:.2}")
}

/// Computes every pair of the theme and of every accent. `style` is the site's
/// own style sheet where it replaces the default one, `chosen` the place where
/// the theme is chosen.
pub fn check(
    palette: &Palette,
    brands: &Brands,
    style: Option<FileId>,
    chosen: Span,
    faults: &mut Diagnostics,
) {
    for failure in theme_failures(palette) {
        let place = |name: &str| palette.place(name, failure.scheme);
        let (ink, ground) = (place(failure.pair.ink), place(&failure.pair.ground));
        let fault = failure.fault(ink.or(ground).unwrap_or(chosen)).help(say!(
            "make one of the two darker or lighter; `--` names are the properties of `:root`"
        ));
        faults.push(match ink.and(ground) {
            Some(ground) => fault.related(ground, say!("the ground is set here")),
            None => fault,
        });
    }
    for accent in brands.accents() {
        faults.extend(unfit(accent, palette));
    }
    unread(palette, style, faults);
}

/// One fault for an accent, whatever the number of pairs: it is mended in one place.
fn unfit(accent: &At<Colour>, palette: &Palette) -> Option<Diagnostic> {
    let mut failures = brand_failures(accent.value, palette);
    failures.sort_by(|a, b| a.share().total_cmp(&b.share()));
    let worst: Vec<_> = failures
        .iter()
        .take(MOST_PAIRS)
        .map(Failure::brief)
        .collect();
    let needs = &failures.first()?.pair.needs;
    let more = failures.len() - worst.len();
    let worst = Message::list(worst);
    let worst = match more {
        0 => worst,
        _ => say!("{worst}; and {more} more", worst, more),
    };
    let fault = Diagnostic::new(
        Rule::LowContrast,
        accent.span,
        say!(
            "the header cannot be read on the accent {value}: {worst}",
            value = accent.value,
            worst
        ),
    )
    .expected(say!(
        "an accent on which white text has a contrast of at least {needs}",
        needs = needs.to_string()
    ));
    Some(match enough(accent.value, palette) {
        Some(enough) => fault.help(say!(
            "write `{enough}`: the same accent, dark enough",
            enough
        )),
        None => fault.help(say!(
            "choose an accent that the header's text can be read on"
        )),
    })
}

fn theme_failures(palette: &Palette) -> Vec<Failure> {
    let pairs = || pairs::single(PAGE).chain(pairs::single(HEADER));
    Scheme::ALL
        .into_iter()
        .flat_map(|scheme| failures(pairs(), scheme, |name| palette.colour(name, scheme)))
        .collect()
}

fn brand_failures(accent: Colour, palette: &Palette) -> Vec<Failure> {
    Scheme::ALL
        .into_iter()
        .flat_map(|scheme| {
            let grounds = brand::grounds(accent, scheme);
            failures(pairs::single(HEADER), scheme, |name| match name {
                "--head" => Some(grounds.head),
                "--head-2" => Some(grounds.head_2),
                "--accent" => brand::mark(accent, scheme, palette),
                other => palette.colour(other, scheme),
            })
        })
        .collect()
}

/// The pairs that are too near; those of which a colour is not known are not
/// among them.
fn failures(
    pairs: impl Iterator<Item = Pair>,
    scheme: Scheme,
    colour: impl Fn(&str) -> Option<Colour>,
) -> Vec<Failure> {
    pairs
        .filter_map(|pair| {
            let (ink, ground) = (colour(pair.ink)?, colour(&pair.ground)?);
            (ratio(ink, ground) < pair.needs).then_some(Failure {
                pair,
                scheme,
                ink,
                ground,
            })
        })
        .collect()
}

/// The accent with just so much black that every pair of the header passes.
fn enough(accent: Colour, palette: &Palette) -> Option<Colour> {
    (1..100)
        .map(|percent| accent.towards_black(percent))
        .find(|darker| brand_failures(*darker, palette).is_empty())
}

/// Properties that the site's own theme has set to something that cannot be
/// computed, or has left out.
fn unread(palette: &Palette, style: Option<FileId>, faults: &mut Diagnostics) {
    let names: BTreeSet<String> = pairs::single(PAGE)
        .chain(pairs::single(HEADER))
        .flat_map(|pair| [pair.ink.to_owned(), pair.ground])
        .collect();
    let mut missing = Vec::new();
    let mut told = HashSet::new();
    for name in &names {
        for scheme in Scheme::ALL {
            let Some(written) = palette.written(name, scheme) else {
                if scheme == Scheme::Light {
                    missing.push(format!("`{name}`"));
                }
                continue;
            };
            let place = palette.place(name, scheme);
            if let Some(place) = place.filter(|_| palette.colour(name, scheme).is_none())
                && told.insert(place)
            {
                faults.push(
                    Diagnostic::new(
                        Rule::UncheckedColour,
                        place,
                        say!(
                            "`{name}` is `{written}`, of which no contrast is computed",
                            name,
                            written
                        ),
                    )
                    .expected(say!("`#rgb`, `#rrggbb`, or `var()` with another property"))
                    .help(say!(
                        "write the colour in one of these forms, or check its contrast yourself"
                    )),
                );
            }
        }
    }
    for (name, place) in palette.elsewhere() {
        if names.contains(name) {
            faults.push(
                Diagnostic::new(
                    Rule::UncheckedColour,
                    place,
                    say!(
                        "`{name}` is set by a rule that no contrast is computed for",
                        name
                    ),
                )
                .expected(say!(
                    "`:root`, alone or inside `@media (prefers-color-scheme: …)`"
                ))
                .help(say!("set it there, or check its contrast yourself")),
            );
        }
    }
    if let Some(style) = style.filter(|_| !missing.is_empty()) {
        faults.push(
            Diagnostic::new(
                Rule::UncheckedColour,
                Span::start_of(style),
                say!("the style sheet does not set {missing}", missing = missing.join(", ")),
            )
            .expected(say!("every property that the default style sheet sets in `:root`"))
            .help(say!("their contrast is not computed, and charts may be without colour; set them, or change single properties in `extra.css`")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::theme::embedded;
    use crate::span::Sources;

    fn with(extra: &str) -> Palette {
        let mut palette = Palette::default();
        palette.read(embedded("style.css").unwrap(), None);
        palette.read(extra, None);
        palette
    }

    fn told(failures: &[Failure]) -> Vec<String> {
        let line =
            |f: &Failure| format!("{} on {}, {}", f.pair.ink, f.pair.ground, f.scheme.said());
        failures.iter().map(line).collect()
    }

    #[test]
    fn the_default_theme_keeps_every_pair() {
        let palette = with("");
        assert_eq!(told(&theme_failures(&palette)), Vec::<String>::new());
        for pair in pairs::single(PAGE).chain(pairs::single(HEADER)) {
            for scheme in Scheme::ALL {
                assert!(palette.colour(pair.ink, scheme).is_some(), "{}", pair.ink);
                assert!(
                    palette.colour(&pair.ground, scheme).is_some(),
                    "{}",
                    pair.ground
                );
            }
        }
    }

    #[test]
    fn a_copy_of_the_default_theme_sets_every_checked_property_where_it_is_read() {
        let mut sources = Sources::default();
        let css = embedded("style.css").unwrap();
        let file = sources.add("style.css", css.to_owned());
        let mut palette = Palette::default();
        palette.read(css, Some(file));
        let mut faults = Diagnostics::default();
        unread(&palette, None, &mut faults);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_colour_changed_for_light_alone_is_found_in_dark() {
        let palette = with(":root { --link: #0a4f8f }");
        let found = told(&theme_failures(&palette));
        assert!(
            found.contains(&"--link on --bg, dark".to_owned()),
            "{found:?}"
        );
        assert!(found.iter().all(|pair| pair.ends_with("dark")), "{found:?}");
    }

    #[test]
    fn a_letter_is_read_on_its_hue() {
        let found = told(&theme_failures(&with(
            "@media (prefers-color-scheme: light) { :root { --a: #6aa0d8 } }",
        )));
        assert!(
            found.contains(&"--surface on --a, light".to_owned()),
            "{found:?}"
        );
        assert!(
            found.contains(&"--a on --a-t, light".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_hue_is_seen_on_every_ground_that_it_meets() {
        let found = told(&theme_failures(&with(
            "@media (prefers-color-scheme: light) { :root { --b-t: #b97fa0; --sunken: #777 } }",
        )));
        for pair in ["--a on --b-t, light", "--a on --sunken, light"] {
            assert!(found.contains(&pair.to_owned()), "{found:?}");
        }
    }

    #[test]
    fn an_accent_bears_white_text_or_a_darker_one_is_named() {
        let palette = with("");
        let colour = |text: &str| Colour::parse(text).unwrap();
        assert!(brand_failures(colour("#0b5d4e"), &palette).is_empty());
        let pale = colour("#f2c94c");
        let found = told(&brand_failures(pale, &palette));
        assert!(
            found.contains(&"--on-head on --head, light".to_owned()),
            "{found:?}"
        );
        let darker = enough(pale, &palette).unwrap();
        assert!(brand_failures(darker, &palette).is_empty());
    }

    #[test]
    fn what_is_not_enough_never_reads_as_enough() {
        assert_eq!(shown(4.478, 4.5), "4.48");
        assert_eq!(shown(4.4996, 4.5), "4.49");
        assert_eq!(shown(6.999, 7.0), "6.99");
    }
}
