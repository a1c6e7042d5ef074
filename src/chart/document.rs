//! A chart as a file of its own, for slides and reports.

use super::measure::wrapped;
use super::svg::{Anchor, Svg};
use super::{Drawing, PAINT_CSS};

/// What a chart needs besides itself once it leaves its page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Document<'a> {
    /// The language of the text, for the choice of glyphs, such as `zh-Hant-TW`.
    pub lang: &'a str,
    /// A line of provenance under the chart; empty for none.
    pub note: &'a str,
}

/// The custom properties of the paint, and what they are on light and on dark
/// ground. They are written out: many programs that open SVG know no custom
/// properties.
const PALETTE: [(&str, &str, &str); 8] = [
    // The longer names first, so that `--ink` does not replace part of `--ink-2`.
    ("var(--ink-2)", "#4a5663", "#a9b5c0"),
    ("var(--ink)", "#16202b", "#e8edf1"),
    ("var(--rule)", "#7b8794", "#7c8a97"),
    ("var(--mark)", "#1c5d99", "#7db8f0"),
    ("var(--range-1)", "#c3cbd2", "#465461"),
    ("var(--range-2)", "#dde3e7", "#38444f"),
    ("var(--range-3)", "#eef1f4", "#28323b"),
    ("var(--surface)", "#ffffff", "#18212a"),
];

/// The site's fonts: those with ideographs first, or figures and words clash.
const FONTS: &str = "'PingFang TC','Microsoft JhengHei UI','Microsoft JhengHei','Noto Sans TC',\
                     'Noto Sans CJK TC',system-ui,sans-serif";

const MARGIN: f64 = 24.0;

/// One self-contained SVG document: title, the wide layout, note, and paint for light
/// and dark.
pub(super) fn standalone(chart: &dyn Drawing, document: &Document<'_>) -> String {
    let layout = chart.wide();
    let width = layout.width + 2.0 * MARGIN;
    let mut out = String::new();
    let mut svg = Svg::new(&mut out);
    let height_at = svg.begin_image("chart", width);
    svg.number("font-size", layout.font);
    svg.attribute("xmlns", "http://www.w3.org/2000/svg")
        .number("width", width);
    if !document.lang.is_empty() {
        svg.attribute("xml:lang", document.lang);
    }
    svg.attribute("role", "img")
        .attribute("aria-labelledby", "title");
    svg.attribute("aria-describedby", "desc").end();
    svg.begin("title")
        .attribute("id", "title")
        .end()
        .characters(chart.title())
        .close("title");
    svg.begin("desc")
        .attribute("id", "desc")
        .end()
        .characters(chart.desc())
        .close("desc");
    svg.begin("style").end().verbatim(&style()).close("style");
    svg.verbatim("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>");

    let line = layout.font * 1.5;
    let mut bottom = MARGIN;
    for text in wrapped(chart.title(), layout.font * 1.06, layout.width) {
        bottom += line;
        svg.text(
            "strong",
            (MARGIN, bottom - layout.font * 0.4),
            Anchor::Start,
            &text,
        );
    }
    bottom += layout.font;
    svg.begin("g")
        .attribute("transform", &format!("translate({MARGIN} {bottom:.1})"))
        .end();
    bottom += chart.draw(layout, &mut svg);
    svg.close("g");
    bottom += layout.font * 0.4;
    for text in wrapped(document.note, layout.font, layout.width) {
        bottom += line;
        svg.text("", (MARGIN, bottom), Anchor::Start, &text);
    }
    svg.close("svg");
    svg.set_size(height_at, bottom + MARGIN);
    out
}

/// The paint with its colours written out: light, dark, and forced colours.
fn style() -> String {
    let paint = terse(PAINT_CSS);
    let mut style = format!("text{{font-family:{FONTS}}}.paper{{fill:var(--surface)}}");
    style.push_str(&paint);
    let mut light = style;
    let mut dark = format!(".paper{{fill:var(--surface)}}{paint}");
    let mut forced = dark.clone();
    for (name, on_light, on_dark) in PALETTE {
        light = light.replace(name, on_light);
        dark = dark.replace(name, on_dark);
        forced = forced.replace(name, system_colour(name));
    }
    format!(
        "{light}@media screen and (prefers-color-scheme:dark){{{dark}}}\
         @media (forced-colors:active){{{forced}}}"
    )
}

fn system_colour(name: &str) -> &'static str {
    match name {
        "var(--mark)" => "Highlight",
        "var(--rule)" => "GrayText",
        "var(--ink)" | "var(--ink-2)" => "CanvasText",
        _ => "Canvas",
    }
}

/// The style sheet without comments and line breaks.
fn terse(css: &str) -> String {
    let mut terse = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        terse.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    terse.push_str(rest);
    terse.lines().map(str::trim).collect()
}
