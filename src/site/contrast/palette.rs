//! The custom properties of a theme's style sheets, in either scheme.
//!
//! Read are the declarations of `:root` rules, alone or inside
//! `@media (prefers-color-scheme: …)` and `@media screen`. As in a browser the
//! last that applies wins, wherever it stands: a later `:root` outside of any
//! `@media` replaces what an earlier one said of the dark scheme, too. Print
//! and forced colours are no part of it. Where any other rule sets a property,
//! the place is kept: nobody has computed what comes of it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::chart;
use crate::message::Message;
use crate::model::colour::Colour;
use crate::say;
use crate::span::{FileId, Span};

/// How deep conditions may lie in one another, and properties refer to others.
const DEEPEST: usize = 8;

/// Which of the two colour schemes a reader has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];
}

impl Scheme {
    /// Its name.
    #[must_use]
    pub fn said(self) -> Message {
        match self {
            Self::Light => say!("light"),
            Self::Dark => say!("dark"),
        }
    }
}

/// What a custom property is in one scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Property {
    value: String,
    important: bool,
    /// Where, in a style sheet of the site's own.
    place: Option<Span>,
}

/// The custom properties of a theme.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    properties: BTreeMap<(String, Scheme), Property>,
    /// Properties that rules of the site's own style sheets set which are not followed.
    elsewhere: Vec<(String, Span)>,
}

impl Palette {
    /// Reads a style sheet over those read before. `file` is the site's own,
    /// or `None` for a part of the default theme.
    pub fn read(&mut self, css: &str, file: Option<FileId>) {
        let plain = without_comments_and_strings(css);
        let both = Scheme::ALL.to_vec();
        self.block(
            &plain,
            0..plain.len(),
            &Place {
                file,
                schemes: both,
                root: false,
            },
            0,
        );
    }

    /// The colour of a property; `None` where it is not set or not a colour
    /// that can be read here: `#rgb`, `#rrggbb`, or another property in `var()`.
    #[must_use]
    pub fn colour(&self, name: &str, scheme: Scheme) -> Option<Colour> {
        let mut name = name;
        for _ in 0..DEEPEST {
            let value = &self.properties.get(&(name.to_owned(), scheme))?.value;
            match value.strip_prefix("var(").and_then(|v| v.strip_suffix(')')) {
                Some(other) => name = other.trim(),
                None => return Colour::parse(value),
            }
        }
        None
    }

    /// Every property that is a colour on light ground, with its colour on both,
    /// for pictures that carry their colours with them.
    #[must_use]
    pub fn colours(&self) -> chart::Palette {
        let on_light = self
            .properties
            .keys()
            .filter(|(_, on)| *on == Scheme::Light);
        let colours = on_light.filter_map(|(name, _)| {
            let light = self.colour(name, Scheme::Light)?;
            let dark = self.colour(name, Scheme::Dark).unwrap_or(light);
            Some((name.clone(), light.to_string(), dark.to_string()))
        });
        chart::Palette::new(colours.collect())
    }

    /// What is written for a property.
    #[must_use]
    pub fn written(&self, name: &str, scheme: Scheme) -> Option<&str> {
        let property = self.properties.get(&(name.to_owned(), scheme))?;
        Some(&property.value)
    }

    /// Where a property is set in a style sheet of the site's own.
    #[must_use]
    pub fn place(&self, name: &str, scheme: Scheme) -> Option<Span> {
        self.properties.get(&(name.to_owned(), scheme))?.place
    }

    /// Properties that rules set which are not followed, and where.
    pub fn elsewhere(&self) -> impl Iterator<Item = (&str, Span)> {
        let places = self.elsewhere.iter();
        places.map(|(name, place)| (name.as_str(), *place))
    }

    /// Reads rules, or inside `:root` declarations.
    fn block(&mut self, css: &str, range: Range<usize>, place: &Place, depth: usize) {
        let mut at = range.start;
        while let Some(rest) = css.get(at..range.end) {
            let Some(next) = rest.find(['{', ';', '}']) else {
                self.declaration(css, at..range.end, place);
                return;
            };
            let end = at + next;
            if rest.as_bytes().get(next) != Some(&b'{') {
                self.declaration(css, at..end, place);
                at = end + 1;
                continue;
            }
            let prelude = css.get(at..end).unwrap_or_default().trim();
            let close = closing(css, end + 1, range.end);
            let inner = place.inside(prelude).filter(|_| depth < DEEPEST);
            match inner {
                Some(inner) => self.block(css, end + 1..close, &inner, depth + 1),
                None if is_for_others(prelude) => {}
                None => self.pass_over(css, end + 1..close, place.file, depth + 1),
            }
            at = close + 1;
        }
    }

    /// Keeps the places of the properties that a rule sets which is not followed.
    fn pass_over(&mut self, css: &str, range: Range<usize>, file: Option<FileId>, depth: usize) {
        let Some(file) = file else { return };
        let mut at = range.start;
        while let Some(rest) = css.get(at..range.end).filter(|rest| !rest.is_empty()) {
            let next = rest.find(['{', ';', '}']).unwrap_or(rest.len());
            let end = at + next;
            let prelude = css.get(at..end).unwrap_or_default().trim();
            let opens = rest.as_bytes().get(next) == Some(&b'{');
            if opens && depth < DEEPEST && is_for_others(prelude) {
                at = closing(css, end + 1, range.end);
            } else if let Some((name, _, declared)) = property(css, at..end).filter(|_| !opens) {
                let place = Span::new(file, declared);
                self.elsewhere.push((name.to_owned(), place));
                at = end;
            } else {
                at = end;
            }
            at += 1;
        }
    }

    fn declaration(&mut self, css: &str, range: Range<usize>, place: &Place) {
        let Some((name, value, declared)) = property(css, range).filter(|_| place.root) else {
            return;
        };
        let (value, important) = match value.rsplit_once('!') {
            Some((before, "important")) => (before.trim_end(), true),
            _ => (value, false),
        };
        for scheme in &place.schemes {
            let key = (name.to_owned(), *scheme);
            if !important && self.properties.get(&key).is_some_and(|p| p.important) {
                continue;
            }
            let property = Property {
                value: value.to_owned(),
                important,
                place: place.file.map(|file| Span::new(file, declared.clone())),
            };
            self.properties.insert(key, property);
        }
    }
}

/// The custom property that a declaration sets, its value, and where all of it
/// stands, without the blanks around it.
fn property(css: &str, range: Range<usize>) -> Option<(&str, &str, Range<usize>)> {
    let text = css.get(range.clone())?;
    let (name, value) = text.split_once(':')?;
    let start = range.start + (text.len() - text.trim_start().len());
    let end = range.start + text.trim_end().len();
    let name = Some(name.trim()).filter(|name| name.starts_with("--"))?;
    Some((name, value.trim(), start..end))
}

/// Whether a rule is for paper or for colours that the reader has chosen:
/// neither has the colours that are computed.
fn is_for_others(prelude: &str) -> bool {
    let prelude = prelude.to_ascii_lowercase();
    let Some(queries) = prelude.strip_prefix("@media") else {
        return false;
    };
    queries.split(',').all(|query| {
        let query: Vec<&str> = query.split_whitespace().collect();
        let plain = query.concat();
        let forced = plain.contains("(forced-colors:active)") && !plain.contains("or(");
        query.first() == Some(&"print") || (forced && query.first() != Some(&"not"))
    })
}

/// Where in a style sheet the reading stands.
struct Place {
    file: Option<FileId>,
    /// For which schemes the rules hold.
    schemes: Vec<Scheme>,
    /// Whether this is the inside of a `:root` rule.
    root: bool,
}

impl Place {
    /// The inside of a block, if the palette has to do with it.
    fn inside(&self, prelude: &str) -> Option<Self> {
        let mut schemes = self.schemes.clone();
        let mut root = self.root;
        if let Some(query) = prelude.strip_prefix("@media") {
            for condition in query.to_ascii_lowercase().split(" and ") {
                let condition: String = condition.split_whitespace().collect();
                match condition.as_str() {
                    "screen" | "all" => {}
                    "(prefers-color-scheme:dark)" => schemes.retain(|s| *s == Scheme::Dark),
                    "(prefers-color-scheme:light)" => schemes.retain(|s| *s == Scheme::Light),
                    _ => return None,
                }
            }
        } else if !root
            && prelude
                .split(',')
                .any(|selector| selector.trim() == ":root")
        {
            root = true;
        } else {
            return None;
        }
        Some(Self {
            file: self.file,
            schemes,
            root,
        })
    }
}

/// The end of a block that opened just before `start`.
fn closing(css: &str, start: usize, end: usize) -> usize {
    let mut open = 1_usize;
    for (offset, byte) in css.bytes().enumerate().take(end).skip(start) {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return offset;
        }
    }
    end
}

/// The style sheet with blanks in place of comments and of what stands in
/// quotes, so that every byte keeps its place.
fn without_comments_and_strings(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    let blank = |plain: &mut String, text: &str| plain.extend(text.bytes().map(|_| ' '));
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, tail) = rest.split_at(at);
        plain.push_str(before);
        let length = if let Some(comment) = tail.strip_prefix("/*") {
            comment.find("*/").map_or(tail.len(), |end| end + 4)
        } else if tail.starts_with('/') {
            plain.push('/');
            rest = tail.get(1..).unwrap_or_default();
            continue;
        } else {
            quoted(tail)
        };
        let (hidden, tail) = tail.split_at(length);
        blank(&mut plain, hidden);
        rest = tail;
    }
    plain.push_str(rest);
    plain
}

/// How long the string is that `css` begins with; one that is not closed ends
/// with its line.
fn quoted(css: &str) -> usize {
    let mut characters = css.char_indices();
    let quote = characters.next().map(|(_, quote)| quote);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == '\n' {
            return at;
        } else if Some(character) == quote {
            return at + character.len_utf8();
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Sources;

    fn palette(css: &str) -> Palette {
        let mut palette = Palette::default();
        palette.read(css, None);
        palette
    }

    fn colours(css: &str, name: &str) -> [String; 2] {
        let palette = palette(css);
        Scheme::ALL.map(|scheme| {
            let colour = palette.colour(name, scheme);
            colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string())
        })
    }

    #[test]
    fn a_property_holds_in_both_schemes_until_the_dark_one_replaces_it() {
        assert_eq!(colours(":root { --ink: #123 }", "--ink"), ["#112233"; 2]);
        let css =
            ":root{--ink:#123;--bg:#fff}@media (prefers-color-scheme: dark){:root{--ink:#eee}}";
        assert_eq!(colours(css, "--ink"), ["#112233", "#eeeeee"]);
        assert_eq!(colours(css, "--bg"), ["#ffffff"; 2]);
        let nested =
            ":root { --ink: #123; @media screen and (prefers-color-scheme:dark) { --ink: #eee; } }";
        assert_eq!(colours(nested, "--ink"), ["#112233", "#eeeeee"]);
    }

    #[test]
    fn the_last_that_applies_wins_as_in_a_browser() {
        let dark = "@media (prefers-color-scheme: dark) { :root { --ink: #eee } }";
        let css = format!("{dark} :root {{ --ink: #123 }}");
        assert_eq!(colours(&css, "--ink"), ["#112233"; 2]);
        let css = format!(":root {{ --ink: #123 !important }} {dark}");
        assert_eq!(colours(&css, "--ink"), ["#112233"; 2]);
    }

    #[test]
    fn other_rules_and_media_are_passed_over() {
        let css = ":root { --ink: #123 } .ours { --ink: #456 } @import url(x.css); \
                   @media print { :root { --ink: #000 } } @supports (x: y) { :root { --ink: #000 } } \
                   /* :root { --ink: #000 } */ .q::before { content: \"} :root { --ink: #000 }\" }";
        assert_eq!(colours(css, "--ink"), ["#112233"; 2]);
    }

    #[test]
    fn what_a_rule_sets_that_is_not_followed_is_told_with_its_place() {
        let elsewhere = |css: &str| {
            let mut sources = Sources::default();
            let file = sources.add("extra.css", css.to_owned());
            let mut palette = Palette::default();
            palette.read(css, Some(file));
            let places = palette.elsewhere();
            let told: Vec<String> = places
                .map(|(name, place)| format!("{name} at {}", sources.text(place)))
                .collect();
            told.join(", ")
        };
        for css in [
            "@media (min-width: 40em) { :root { --ink: #777 } }",
            "@media screen, print { :root { --ink: #777 } }",
            "@media not print { :root { --ink: #777 } }",
            "@media not (forced-colors: active) { :root { --ink: #777 } }",
            "@supports (x: y) { @media screen { :root { --ink: #777 } } }",
            "@layer ours { :root { color: red; --ink: #777 } }",
            ":root:root { --ink: #777 }",
            "html { & { --ink: #777 } }",
            "body{--ink: #777}",
            ":root { .ours { --ink: #777; } }",
            "@media all{@media all{@media all{@media all{@media all{@media all{@media all{@media all{\
             @media all{:root{--ink: #777}}}}}}}}}}",
        ] {
            assert_eq!(elsewhere(css), "--ink at --ink: #777", "{css}");
        }
        for css in [
            ":root { --ink: #777 }",
            "@media print { :root { --ink: #000 } body { --ink: #000 } }",
            "@media screen and (forced-colors: active) { :root { --ink: #000 } }",
            ".ours { color: red; @media print { --ink: #000 } }",
            "a:hover { color: var(--ink) }",
        ] {
            assert_eq!(elsewhere(css), "", "{css}");
        }
    }

    #[test]
    fn a_property_may_name_another_but_not_itself() {
        let css = ":root, .x { --a: var( --b ); --b: #abc; --c: var(--d); --d: var(--c); --e: rebeccapurple }";
        assert_eq!(colours(css, "--a"), ["#aabbcc"; 2]);
        assert_eq!(colours(css, "--c"), ["none"; 2]);
        assert_eq!(colours(css, "--e"), ["none"; 2]);
    }

    #[test]
    fn a_place_is_the_whole_declaration() {
        let css = "/* 說明 */\n:root {\n  --ink: #777;\n}\n";
        let mut sources = Sources::default();
        let file = sources.add("extra.css", css.to_owned());
        let mut palette = Palette::default();
        palette.read(css, Some(file));
        let place = palette.place("--ink", Scheme::Dark).unwrap();
        assert_eq!(sources.text(place), "--ink: #777");
        assert_eq!(sources.start(place).line, 3);
    }

    proptest! {
        #[test]
        fn no_text_stops_the_reading(css in "[\\{\\}:;!@/*\"'\\\\ a\u{7b56}-]{0,80}(:root *\\{ *--x: *#fff *)?[\\{\\}:;!@/*\"' a-]{0,80}") {
            let mut sources = Sources::default();
            let file = sources.add("x.css", css.clone());
            let mut palette = Palette::default();
            palette.read(&css, Some(file));
            if let Some(place) = palette.place("--x", Scheme::Light) {
                prop_assert!(sources.text(place).starts_with("--x"));
            }
        }
    }
}
