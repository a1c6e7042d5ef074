//! Charts as accessible SVG: plain numbers and ready-made words in, markup
//! out. Nothing here knows the model, a language or a colour.
//!
//! A full chart is written twice in one box, laid out for a wide and for a
//! narrow column; `frame.css` shows the one that fits, so that text is never
//! scaled below a readable size. The paint is in `chart.css`, which a
//! downloaded chart carries with it.

mod axis;
mod bullet;
mod counts;
mod document;
mod legend;
mod measure;
mod milestones;
mod placement;
mod sparkline;
mod status;
pub(crate) mod svg;
mod trend;

#[cfg(test)]
mod gallery;
#[cfg(test)]
pub(crate) mod markup;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use axis::Limits;
pub use bullet::{Better, Bullet, BulletWords, Mark, TargetMark};
pub use counts::{Part, StatusCounts};
pub(crate) use document::terse;
pub use document::{Document, Palette, Wide};
pub(crate) use measure::{bold_width, fitted_bold, widest_word_bold, wrapped, wrapped_bold};
pub use milestones::{Milestone, MilestoneWords, Milestones};
pub use sparkline::Sparkline;
pub use status::StatusShape;
pub use svg::Phrase;
pub use trend::{Point, Trend, TrendWords, Verdict};

/// How the marks are painted. Colours are custom properties of the theme:
/// `--ink`, `--ink-2`, `--rule`, `--mark`, `--range-1` to `--range-3` and
/// `--surface`.
pub const PAINT_CSS: &str = include_str!("chart.css");

/// How the shapes of the statuses are painted, in the colour of the text.
pub const SHAPE_CSS: &str = include_str!("shape.css");

/// How a page shows charts: which of the two layouts, how large, and what
/// forced colours mean.
pub const FRAME_CSS: &str = include_str!("frame.css");

/// Writes a number as an axis label with so many decimals.
pub type TickLabel<'a> = dyn Fn(f64, u8) -> String + 'a;

/// One layout of a chart.
#[derive(Clone, Copy, Debug)]
struct Layout {
    class: &'static str,
    /// Distinguishes the ids of the two layouts.
    suffix: &'static str,
    /// The width in user units.
    width: f64,
    /// The size of all text in user units.
    font: f64,
    narrow: bool,
}

impl Layout {
    /// For columns up to 28 rem; at 300 CSS pixels text is 12 pixels high.
    const NARROW: Self = Self {
        class: "chart chart-narrow",
        suffix: "n",
        width: 320.0,
        font: 13.0,
        narrow: true,
    };

    const fn wide(width: f64, font: f64) -> Self {
        Self {
            class: "chart chart-wide",
            suffix: "w",
            width,
            font,
            narrow: false,
        }
    }
}

/// A chart that has two layouts and can stand alone.
trait Drawing {
    fn id(&self) -> &str;
    fn title(&self) -> Phrase<'_>;
    fn desc(&self) -> &str;
    fn wide(&self) -> Layout;
    /// Draws the content of the image and returns its height.
    fn draw(&self, layout: Layout, svg: &mut svg::Svg<'_>) -> f64;

    /// Both layouts in their box; `keep` is given what the wide one shows, and its height.
    fn write(&self, class: &str, out: &mut String, keep: &mut dyn FnMut(&str, f64)) {
        let mut svg = svg::Svg::new(out);
        svg.begin("div").class(class).end();
        for layout in [self.wide(), Layout::NARROW] {
            let title = format!("{}-{}", self.id(), layout.suffix);
            let desc = format!("{title}d");
            let height_at = svg.begin_image(layout.class, layout.width);
            svg.number("font-size", layout.font)
                .attribute("role", "img");
            svg.attribute("aria-labelledby", &title);
            svg.attribute("aria-describedby", &desc).end();
            svg.begin("title").attribute("id", &title);
            svg.lang(self.title().lang).end();
            svg.characters(self.title().text).close("title");
            svg.begin("desc").attribute("id", &desc).end();
            svg.characters(self.desc()).close("desc");
            let start = svg.length();
            let height = self.draw(layout, &mut svg);
            if !layout.narrow {
                keep(svg.since(start), height);
            }
            svg.close("svg");
            svg.set_height(height_at, height);
        }
        svg.close("div");
    }
}
