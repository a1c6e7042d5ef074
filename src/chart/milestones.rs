//! The milestones of an action plan on one line of time: planned and actual.

use super::axis::{Axis, Extent, drawable};
use super::document::{Document, standalone};
use super::legend::{self, Glyph};
use super::measure::{fitted, text_width};
use super::svg::{Anchor, Area, Phrase, Svg};
use super::{Drawing, Layout};

/// One milestone. Days are counted from any fixed day, the same for all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Milestone {
    /// What is to be reached.
    pub name: String,
    /// The language of the name, where it is not the page's.
    pub lang: Option<String>,
    /// The day it is planned for.
    pub planned: Option<f64>,
    /// The day it was reached.
    pub actual: Option<f64>,
    /// The days in words, such as 「111-03-15，晚 14 天」; may be empty.
    pub label: String,
}

/// The words of the key. An empty word leaves its entry out.
#[derive(Clone, Copy, Debug, Default)]
pub struct MilestoneWords<'a> {
    /// The planned day.
    pub planned: &'a str,
    /// The actual day.
    pub actual: &'a str,
}

/// Milestones in rows along a common line of time.
#[derive(Clone, Debug, Default)]
pub struct Milestones<'a> {
    /// The prefix of the ids, unique on the page.
    pub id: &'a str,
    /// What the chart is, in a line.
    pub title: Phrase<'a>,
    /// What the chart shows, in a sentence or two.
    pub desc: &'a str,
    /// The milestones, in the order to be shown.
    pub rows: Vec<Milestone>,
    /// Days to mark on the line of time, with their labels, ascending.
    pub ticks: Vec<(f64, String)>,
    /// The words of the key.
    pub words: MilestoneWords<'a>,
}

impl Milestones<'_> {
    /// Writes the chart in both layouts. Writes nothing and returns `false`
    /// if no milestone has a day.
    #[must_use]
    pub fn svg(&self, out: &mut String) -> bool {
        let drawn = self.has_days();
        if drawn {
            self.write("chart-box chart-milestones", out, &mut |_, _| ());
        }
        drawn
    }

    /// The chart as a document of its own; `None` if no milestone has a day.
    #[must_use]
    pub fn standalone(&self, document: &Document<'_>) -> Option<String> {
        self.has_days().then(|| standalone(self, document))
    }

    fn days(&self) -> impl Iterator<Item = f64> + '_ {
        self.rows
            .iter()
            .flat_map(|row| [row.planned, row.actual])
            .flatten()
            .filter_map(drawable)
    }

    fn has_days(&self) -> bool {
        self.days().next().is_some()
    }

    /// From the first day to the last; a single day has a day on each side.
    fn axis(&self) -> Option<Axis> {
        let ticks = self.ticks.iter().map(|tick| tick.0);
        let Extent { low, high } = Extent::of(self.days().chain(ticks))?;
        let side = if high > low {
            0.0
        } else {
            low.abs().max(1.0) * 0.01
        };
        Some(Axis {
            start: low - side,
            end: high + side,
            ticks: Vec::new(),
            decimals: 0,
        })
    }

    fn draw_row(
        row: &Milestone,
        layout: Layout,
        top: f64,
        x: &dyn Fn(f64) -> f64,
        svg: &mut Svg<'_>,
    ) {
        let Layout { font, width, .. } = layout;
        let baseline = top + font * 1.1;
        let label = fitted(&row.label, font, width * 0.5);
        let taken = if label.is_empty() {
            0.0
        } else {
            text_width(&label, font) + font
        };
        let bold = font * 1.08;
        let name = Phrase {
            text: &fitted(&row.name, bold, width - taken),
            lang: row.lang.as_deref(),
        };
        svg.phrase("strong", (0.0, baseline), Anchor::Start, name);
        if !label.is_empty() {
            svg.text("", (width, baseline), Anchor::End, &label);
        }
        let y = baseline + font * 0.95;
        svg.line("grid", (0.0, y), (width, y));
        let planned = row.planned.and_then(drawable).map(x);
        let actual = row.actual.and_then(drawable).map(x);
        if let (Some(planned), Some(actual)) = (planned, actual) {
            let (left, right) = (planned.min(actual), planned.max(actual));
            svg.rect(
                "value",
                Area {
                    left,
                    top: y - 2.5,
                    right,
                    bottom: y + 2.5,
                },
            );
        }
        if let Some(planned) = planned {
            svg.diamond("unmet", (planned, y), 6.0);
        }
        if let Some(actual) = actual {
            svg.circle("met", (actual, y), 5.0);
        }
    }

    /// Writes the days that fit under the line of time.
    fn draw_ticks(
        &self,
        layout: Layout,
        top: f64,
        x: &dyn Fn(f64) -> f64,
        svg: &mut Svg<'_>,
    ) -> f64 {
        let Layout { font, width, .. } = layout;
        let mut taken = 0.0;
        let mut bottom = top;
        for (day, text) in &self.ticks {
            let Some(day) = drawable(*day) else { continue };
            svg.line("tick", (x(day), top), (x(day), top + 6.0));
            let text = fitted(text, font, width / 2.0);
            let half = text_width(&text, font) / 2.0;
            let centre = x(day).min(width - half).max(half);
            if centre - half >= taken {
                svg.text("", (centre, top + 9.0 + font), Anchor::Middle, &text);
                taken = centre + half + font * 0.6;
            }
            bottom = top + 12.0 + font;
        }
        bottom
    }
}

impl Drawing for Milestones<'_> {
    fn id(&self) -> &str {
        self.id
    }

    fn title(&self) -> Phrase<'_> {
        self.title
    }

    fn desc(&self) -> &str {
        self.desc
    }

    fn wide(&self) -> Layout {
        Layout::wide(640.0, 15.0)
    }

    fn draw(&self, layout: Layout, svg: &mut Svg<'_>) -> f64 {
        let Some(axis) = self.axis() else { return 0.0 };
        let x = |day: f64| axis.place(day, 8.0, layout.width - 8.0);
        let row = (layout.font * 2.9).round();
        let mut top = 0.0;
        for milestone in &self.rows {
            Self::draw_row(milestone, layout, top, &x, svg);
            top += row;
        }
        let bottom = self.draw_ticks(layout, top, &x, svg);
        let any =
            |day: fn(&Milestone) -> Option<f64>| self.rows.iter().any(|row| day(row).is_some());
        let mut entries = Vec::new();
        if any(|row| row.planned) {
            entries.push((Glyph::Diamond, self.words.planned));
        }
        if any(|row| row.actual) {
            entries.push((Glyph::Disc, self.words.actual));
        }
        legend::draw(svg, &entries, (layout.font, layout.width, bottom))
    }
}
