//! A small SVG writer: every text escaped, every number finite and fixed to
//! one decimal, nothing but classes and geometry.

/// Where a text hangs on its x coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// A rectangle by its edges, in user units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// A text, and its language where it is not that of what is around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phrase<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language, such as `zh-Hant`.
    pub lang: Option<&'a str>,
}

impl<'a> From<&'a str> for Phrase<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, lang: None }
    }
}

/// Writes SVG markup at the end of a string.
#[derive(Debug)]
pub struct Svg<'o> {
    out: &'o mut String,
    /// The attribute that states a language: on a page, and in a document of its own.
    lang: &'static str,
}

impl<'o> Svg<'o> {
    /// A writer that appends to `out`, which is part of a page.
    pub fn new(out: &'o mut String) -> Self {
        Self { out, lang: "lang" }
    }

    /// A writer that appends to `out`, which is a document of its own.
    pub fn document(out: &'o mut String) -> Self {
        Self {
            out,
            lang: "xml:lang",
        }
    }

    /// How much is written so far, in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.out.len()
    }

    /// What was written since there were so many bytes.
    #[must_use]
    pub fn since(&self, length: usize) -> &str {
        self.out.get(length..).unwrap_or_default()
    }

    /// Begins a start tag: `<name`.
    pub fn begin(&mut self, name: &str) -> &mut Self {
        self.out.push('<');
        self.out.push_str(name);
        self
    }

    /// Adds an attribute to the start tag begun, escaped.
    pub fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.attribute_name(name);
        escape(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a class, unless it is empty.
    pub fn class(&mut self, class: &str) -> &mut Self {
        if class.is_empty() {
            self
        } else {
            self.attribute("class", class)
        }
    }

    /// States the language of the element, where it has one of its own.
    pub fn lang(&mut self, lang: Option<&str>) -> &mut Self {
        match lang {
            Some(lang) => self.attribute(self.lang, lang),
            None => self,
        }
    }

    /// Adds a number as an attribute.
    pub fn number(&mut self, name: &str, value: f64) -> &mut Self {
        self.attribute_name(name);
        number(self.out, value);
        self.out.push('"');
        self
    }

    /// Ends the start tag.
    pub fn end(&mut self) -> &mut Self {
        self.out.push('>');
        self
    }

    /// Ends the start tag of an element without content.
    pub fn end_empty(&mut self) -> &mut Self {
        self.out.push_str("/>");
        self
    }

    /// Writes an end tag.
    pub fn close(&mut self, name: &str) -> &mut Self {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }

    /// Writes text content, escaped.
    pub fn characters(&mut self, text: &str) -> &mut Self {
        escape(self.out, text);
        self
    }

    /// Writes trusted text, such as an embedded style sheet, as it is.
    pub fn verbatim(&mut self, text: &str) -> &mut Self {
        self.out.push_str(text);
        self
    }

    /// Begins an image whose height is not known yet; [`Svg::set_height`]
    /// fills it in at the place returned.
    pub fn begin_image(&mut self, class: &str, width: f64) -> usize {
        self.begin("svg").class(class);
        self.attribute_name("viewBox");
        self.out.push_str("0 0 ");
        number(self.out, width);
        self.out.push(' ');
        let height_at = self.out.len();
        self.out.push('"');
        height_at
    }

    /// Fills in the height left open by [`Svg::begin_image`].
    pub fn set_height(&mut self, at: usize, height: f64) {
        let mut text = String::new();
        number(&mut text, height.ceil());
        if self.out.is_char_boundary(at) {
            self.out.insert_str(at, &text);
        }
    }

    /// Fills in the height, and states it once more as the size of a document
    /// that no page gives one.
    pub fn set_size(&mut self, at: usize, height: f64) {
        let mut text = String::new();
        number(&mut text, height.ceil());
        if self.out.is_char_boundary(at) {
            self.out
                .insert_str(at, &format!("{text}\" height=\"{text}"));
        }
    }

    /// A filled rectangle.
    pub fn rect(&mut self, class: &str, area: Area) {
        self.path(class, |path| {
            path.move_to(area.left, area.top)
                .across_to(area.right)
                .down_to(area.bottom)
                .across_to(area.left)
                .close();
        });
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.path(class, |path| {
            path.move_to(from.0, from.1);
            if from.1.total_cmp(&to.1).is_eq() {
                path.across_to(to.0);
            } else if from.0.total_cmp(&to.0).is_eq() {
                path.down_to(to.1);
            } else {
                path.line_to(to.0, to.1);
            }
        });
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.begin("circle").class(class);
        self.number("cx", x).number("cy", y).number("r", radius);
        self.end_empty();
    }

    /// A square standing on its corner.
    pub fn diamond(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.path(class, |path| {
            path.move_to(x, y - radius)
                .line_to(x + radius, y)
                .line_to(x, y + radius)
                .line_to(x - radius, y)
                .close();
        });
    }

    /// A triangle around a point, as large to the eye as a diamond.
    pub fn delta(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.triangle(class, (x, y - radius * 1.1), radius * 1.8);
    }

    /// A triangle that points up, its apex at `(x, y)`.
    pub fn triangle(&mut self, class: &str, (x, y): (f64, f64), size: f64) {
        self.path(class, |path| {
            path.move_to(x, y)
                .line_to(x + size * 0.6, y + size)
                .across_to(x - size * 0.6)
                .close();
        });
    }

    /// A path of absolute commands.
    pub fn path(&mut self, class: &str, draw: impl FnOnce(&mut Path<'_>)) {
        self.begin("path").class(class);
        self.path_data(draw);
        self.end_empty();
    }

    /// The commands of the path begun, for a path with content of its own.
    pub fn path_data(&mut self, draw: impl FnOnce(&mut Path<'_>)) -> &mut Self {
        self.attribute_name("d");
        draw(&mut Path { out: self.out });
        self.out.push('"');
        self
    }

    /// A line of text; `y` is its baseline.
    pub fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str) {
        self.phrase(class, at, anchor, text.into());
    }

    /// The same for a text that may have a language of its own.
    pub fn phrase(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, phrase: Phrase<'_>) {
        self.begin("text").class(class).lang(phrase.lang);
        self.number("x", x).number("y", y);
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => drop(self.attribute("text-anchor", "middle")),
            Anchor::End => drop(self.attribute("text-anchor", "end")),
        }
        self.end().characters(phrase.text).close("text");
    }

    fn attribute_name(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }
}

/// The commands of one path.
#[derive(Debug)]
pub struct Path<'o> {
    out: &'o mut String,
}

impl Path<'_> {
    /// Starts a new piece.
    pub fn move_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.command('M', &[x, y])
    }

    /// A straight line.
    pub fn line_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.command('L', &[x, y])
    }

    /// A horizontal line.
    pub fn across_to(&mut self, x: f64) -> &mut Self {
        self.command('H', &[x])
    }

    /// A vertical line.
    pub fn down_to(&mut self, y: f64) -> &mut Self {
        self.command('V', &[y])
    }

    /// Closes the piece.
    pub fn close(&mut self) -> &mut Self {
        self.command('Z', &[])
    }

    fn command(&mut self, letter: char, numbers: &[f64]) -> &mut Self {
        self.out.push(letter);
        for (index, &value) in numbers.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            number(self.out, value);
        }
        self
    }
}

/// One decimal at most; what is not finite becomes 0, so that no fault of
/// arithmetic can reach a reader's parser.
fn number(out: &mut String, value: f64) {
    // Tenths as a whole number are written far faster than a float, and most of
    // what a chart consists of are numbers.
    let tenths = (value * 10.0).round_ties_even();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast saturates, and makes 0 of what is no number"
    )]
    let tenths = if value.is_finite() { tenths as i64 } else { 0 };
    // A sign, nineteen digits and a point; written from the last to the first.
    let mut buffer = [0; 24];
    let mut start = buffer.len();
    let mut put = |byte: u8| {
        start -= 1;
        buffer[start] = byte;
    };
    let mut rest = tenths.unsigned_abs();
    if rest % 10 > 0 {
        put(digit(rest % 10));
        put(b'.');
    }
    loop {
        rest /= 10;
        put(digit(rest % 10));
        if rest < 10 {
            break;
        }
    }
    if tenths < 0 {
        put(b'-');
    }
    out.push_str(std::str::from_utf8(&buffer[start..]).unwrap_or_default());
}

fn digit(value: u64) -> u8 {
    b'0' + u8::try_from(value).unwrap_or_default()
}

/// Escapes for text and quoted attributes alike; characters XML 1.0 forbids
/// become U+FFFD.
fn escape(out: &mut String, text: &str) {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"&<>\"".contains(&byte);
    if text.bytes().all(is_plain) {
        return out.push_str(text);
    }
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(value: f64) -> String {
        let mut out = String::new();
        number(&mut out, value);
        out
    }

    #[test]
    fn numbers_have_at_most_one_decimal_and_no_negative_zero() {
        assert_eq!(numbered(12.0), "12");
        assert_eq!(numbered(12.34), "12.3");
        assert_eq!(numbered(-0.04), "0");
        assert_eq!(numbered(-0.5), "-0.5");
        assert_eq!(numbered(10.0), "10");
        assert_eq!(numbered(0.4), "0.4");
        assert_eq!(numbered(-1234.56), "-1234.6");
        assert_eq!(numbered(1e30), "922337203685477580.7");
    }

    #[test]
    fn numbers_that_are_not_finite_never_appear() {
        assert_eq!(numbered(f64::NAN), "0");
        assert_eq!(numbered(f64::NEG_INFINITY), "0");
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut out = String::new();
        Svg::new(&mut out)
            .begin("g")
            .attribute("class", "a\"b&c")
            .end();
        Svg::new(&mut out).characters("<\u{1}>\n");
        assert_eq!(out, "<g class=\"a&quot;b&amp;c\">&lt;\u{fffd}&gt; ");
    }

    #[test]
    fn a_height_is_filled_in_afterwards() {
        let mut out = String::from("before");
        let mut svg = Svg::new(&mut out);
        let at = svg.begin_image("chart", 320.0);
        svg.end().close("svg");
        svg.set_height(at, 99.2);
        assert_eq!(
            out,
            "before<svg class=\"chart\" viewBox=\"0 0 320 100\"></svg>"
        );
    }
}
