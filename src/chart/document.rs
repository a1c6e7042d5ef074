//! A chart as a file of its own, for slides and reports.

use std::sync::OnceLock;

use super::measure::{wrapped, wrapped_bold};
use super::svg::{Anchor, Phrase, Svg};
use super::{Drawing, Layout, PAINT_CSS};

/// What a picture needs besides itself once it leaves its page.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The language of the text, for the choice of glyphs, such as `zh-Hant-TW`.
    pub lang: &'a str,
    /// A line of provenance under the picture; empty for none.
    pub note: &'a str,
    /// The colours of the site.
    pub palette: &'a Palette,
}

/// The custom properties of the theme that are colours, on light and on dark
/// ground. In a document they are written out: many programs that open SVG
/// know no custom properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// Name, such as `--ink`, colour on light ground, colour on dark ground.
    colours: Vec<(String, String, String)>,
    /// The paint of charts in these colours, made for the first of them.
    chart_style: OnceLock<String>,
}

impl Palette {
    /// Colours by name, such as `--ink`: on light ground, and on dark.
    #[must_use]
    pub fn new(colours: Vec<(String, String, String)>) -> Self {
        Self {
            colours,
            chart_style: OnceLock::new(),
        }
    }

    /// Paint with its colours written out, for light, dark and forced colours.
    fn style(&self, css: &str) -> String {
        let rules = format!(".paper{{fill:var(--surface)}}{}", terse(css));
        let colour = |choose: &dyn Fn(&(String, String, String)) -> String| {
            self.colours.iter().fold(rules.clone(), |rules, entry| {
                rules.replace(&format!("var({})", entry.0), &choose(entry))
            })
        };
        format!(
            "text{{font-family:{FONTS}}}{}@media screen and (prefers-color-scheme:dark){{{}}}\
             @media (forced-colors:active){{{}}}",
            colour(&|(_, light, _)| light.clone()),
            colour(&|(_, _, dark)| dark.clone()),
            colour(&|(name, ..)| system_colour(name).to_owned()),
        )
    }
}

/// The site's fonts: those with ideographs first, or figures and words clash.
const FONTS: &str = "'PingFang TC','Microsoft JhengHei UI','Microsoft JhengHei','Noto Sans TC',\
                     'Noto Sans CJK TC',system-ui,sans-serif";

const MARGIN: f64 = 24.0;

/// One self-contained SVG document: title, the wide layout, note, and paint for light
/// and dark.
pub(super) fn standalone(chart: &dyn Drawing, document: &Document<'_>) -> String {
    let layout = chart.wide();
    let words = (chart.title(), chart.desc());
    document.around(layout, words, |svg| chart.draw(layout, svg))
}

/// What the wide layout of a chart shows, kept from its page for its picture.
#[derive(Clone, Debug)]
pub struct Wide {
    pub(super) layout: Layout,
    pub(super) markup: String,
    pub(super) height: f64,
    pub(super) desc: String,
}

impl Wide {
    /// The chart as a document of its own, as it would be drawn for it.
    #[must_use]
    pub fn standalone(&self, title: Phrase<'_>, document: &Document<'_>) -> String {
        document.around(self.layout, (title, &self.desc), |svg| {
            svg.verbatim(&self.markup);
            self.height
        })
    }
}

impl Document<'_> {
    /// A document around what `draw` writes, which returns its height.
    fn around(
        &self,
        layout: Layout,
        (title, desc): (Phrase<'_>, &str),
        draw: impl FnOnce(&mut Svg<'_>) -> f64,
    ) -> String {
        let (column, font) = ((MARGIN, layout.width), layout.font);
        let mut out = String::with_capacity(8 << 10);
        let mut svg = Svg::document(&mut out);
        let size = (layout.width + 2.0 * MARGIN, font);
        let height_at = self.begin("chart", size, (title, desc), &mut svg);
        let palette = self.palette;
        let style = palette.chart_style.get_or_init(|| palette.style(PAINT_CSS));
        Self::style(style, &mut svg);
        let mut bottom = Self::heading(title, font * 1.06, column, &mut svg);
        for text in wrapped(desc, font, layout.width) {
            bottom += font * 1.5;
            svg.text("", (MARGIN, bottom - font * 0.4), Anchor::Start, &text);
        }
        bottom += font;
        svg.begin("g")
            .attribute("transform", &format!("translate({MARGIN} {bottom:.1})"))
            .end();
        bottom += draw(&mut svg);
        svg.close("g");
        bottom = self.footing(font, column, bottom, &mut svg);
        svg.close("svg");
        svg.set_size(height_at, bottom + MARGIN);
        out
    }

    /// Begins a document of some class, width and font size with its title and
    /// description; returns where its height is to be filled in.
    pub(crate) fn begin(
        &self,
        class: &str,
        (width, font): (f64, f64),
        (title, desc): (Phrase<'_>, &str),
        svg: &mut Svg<'_>,
    ) -> usize {
        let height_at = svg.begin_image(class, width);
        svg.number("font-size", font);
        svg.attribute("xmlns", "http://www.w3.org/2000/svg")
            .number("width", width);
        if !self.lang.is_empty() {
            svg.attribute("xml:lang", self.lang);
        }
        svg.attribute("role", "img")
            .attribute("aria-labelledby", "title");
        if !desc.is_empty() {
            svg.attribute("aria-describedby", "desc");
        }
        svg.end();
        for (name, phrase) in [("title", title), ("desc", desc.into())] {
            if !phrase.text.is_empty() {
                svg.begin(name).attribute("id", name).lang(phrase.lang);
                svg.end().characters(phrase.text).close(name);
            }
        }
        height_at
    }

    /// Writes paint with its colours written out, and the paper that it stands on.
    pub(crate) fn paint(&self, css: &str, svg: &mut Svg<'_>) {
        Self::style(&self.palette.style(css), svg);
    }

    fn style(style: &str, svg: &mut Svg<'_>) {
        svg.begin("style").end().verbatim(style).close("style");
        svg.verbatim("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>");
    }

    /// Writes the title in a column given by its left edge and width; returns
    /// where it ends.
    pub(crate) fn heading(
        title: Phrase<'_>,
        font: f64,
        (left, width): (f64, f64),
        svg: &mut Svg<'_>,
    ) -> f64 {
        let mut bottom = left;
        for text in wrapped_bold(title.text, font, width) {
            bottom += font * 1.4;
            let line = Phrase {
                text: &text,
                ..title
            };
            svg.phrase("strong", (left, bottom - font * 0.4), Anchor::Start, line);
        }
        bottom
    }

    /// Writes the note under a picture that ends at `bottom`; returns where it ends.
    pub(crate) fn footing(
        &self,
        font: f64,
        (left, width): (f64, f64),
        bottom: f64,
        svg: &mut Svg<'_>,
    ) -> f64 {
        let mut bottom = bottom + font * 0.4;
        for text in wrapped(self.note, font, width) {
            bottom += font * 1.5;
            svg.text("note", (left, bottom), Anchor::Start, &text);
        }
        bottom
    }
}

fn system_colour(name: &str) -> &'static str {
    match name {
        "--mark" => "Highlight",
        "--rule" => "GrayText",
        "--bg" | "--surface" | "--sunken" | "--range-1" | "--range-2" | "--range-3" => "Canvas",
        name if name.ends_with("-t") => "Canvas",
        _ => "CanvasText",
    }
}

/// One of our own style sheets without comments, indentation and empty lines.
pub(crate) fn terse(css: &str) -> String {
    let mut terse = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        terse.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    terse.push_str(rest);
    let lines = terse.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}
