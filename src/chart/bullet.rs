//! A value against its target and ranges, on one linear scale.

mod plot;

use super::axis::{Axis, Demands, Extent, Limits, drawable};
use super::document::{Document, standalone};
use super::svg::{Phrase, Svg};
use super::{Drawing, Layout, TickLabel};
use plot::{Plot, widest};

/// Which values are better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Better {
    /// The more the better: ranges run from worst to best.
    #[default]
    Higher,
    /// The less the better: the ranges are mirrored, the axis is not.
    Lower,
    /// The nearer to a band the better: ranges are worst at both ends.
    Within,
}

/// A value and the text that stands at it, such as 「實績 96.3%」.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it lies on the scale.
    pub at: f64,
    /// The text, complete with word and unit.
    pub label: String,
}

/// A target: one value, or a band.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetMark {
    /// One value.
    Point(Mark),
    /// A band between two values.
    Band {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// The text, complete with word and unit.
        label: String,
    },
}

impl TargetMark {
    /// The ends, ascending; one value twice. `None` if one cannot be drawn.
    fn ends(&self) -> Option<(f64, f64)> {
        let (one, other) = match self {
            Self::Point(mark) => (mark.at, mark.at),
            Self::Band { low, high, .. } => (*low, *high),
        };
        let (one, other) = (drawable(one)?, drawable(other)?);
        Some((one.min(other), one.max(other)))
    }

    fn label(&self) -> &str {
        match self {
            Self::Point(mark) => &mark.label,
            Self::Band { label, .. } => label,
        }
    }
}

/// The words of the key. An empty word leaves its entry out.
#[derive(Clone, Debug, Default)]
pub struct BulletWords<'a> {
    /// The value.
    pub value: &'a str,
    /// The target.
    pub target: &'a str,
    /// The ranges, worst first.
    pub ranges: Vec<&'a str>,
}

/// A bullet chart. The key names the previous period by its label.
pub struct Bullet<'a> {
    /// The prefix of the ids, unique on the page.
    pub id: &'a str,
    /// What the chart is, in a line.
    pub title: Phrase<'a>,
    /// What the chart shows, in a sentence or two.
    pub desc: &'a str,
    /// The value. Without one there is no chart.
    pub value: Option<Mark>,
    /// The target.
    pub target: Option<TargetMark>,
    /// The value of the period before.
    pub previous: Option<Mark>,
    /// The boundaries between the ranges, ascending.
    pub ranges: Vec<f64>,
    /// Which values are better.
    pub better: Better,
    /// Natural ends of the quantity.
    pub limits: Limits,
    /// The decimals of the figures.
    pub decimals: u8,
    /// The words of the key.
    pub words: BulletWords<'a>,
    /// Writes an axis label, with its unit.
    pub tick_label: &'a TickLabel<'a>,
}

impl Bullet<'_> {
    /// Writes the chart in both layouts. Writes nothing and returns `false`
    /// if there is no value to draw.
    #[must_use]
    pub fn svg(&self, out: &mut String) -> bool {
        let drawn = self.value().is_some();
        if drawn {
            self.write("chart-box chart-bullet", out, &mut |_, _| ());
        }
        drawn
    }

    /// The chart as a document of its own; `None` if there is no value.
    #[must_use]
    pub fn standalone(&self, document: &Document<'_>) -> Option<String> {
        self.value().map(|_| standalone(self, document))
    }

    /// Writes the small form for lists: no text, the `name` for those who do
    /// not see it. With an empty name it is hidden from them, for rows that
    /// state the same figures. Returns `false` if there is no value to draw.
    #[must_use]
    pub fn compact(&self, name: &str, out: &mut String) -> bool {
        let (Some(value), Some(axis)) = (self.value(), self.axis()) else {
            return false;
        };
        let mut svg = Svg::new(out);
        let plot = Plot {
            axis: &axis,
            left: 6.0,
            right: 114.0,
            top: 2.0,
            bottom: 18.0,
        };
        let height_at = svg.begin_image("chart chart-small", 120.0);
        if name.is_empty() {
            svg.attribute("aria-hidden", "true").end();
        } else {
            svg.attribute("role", "img").end();
            svg.begin("title").end().characters(name).close("title");
        }
        self.draw_ranges(&plot, &mut svg);
        self.draw_marks(&plot, value, 0.4, &mut svg);
        svg.close("svg");
        svg.set_height(height_at, 20.0);
        true
    }

    /// The label of the scale's start, if the scale does not contain zero and
    /// the subtitle has to say so.
    #[must_use]
    pub fn truncated(&self) -> Option<String> {
        let axis = self.axis()?;
        axis.truncated()
            .map(|start| (self.tick_label)(start, axis.decimals))
    }

    fn value(&self) -> Option<f64> {
        self.value.as_ref().and_then(|mark| drawable(mark.at))
    }

    fn previous(&self) -> Option<(f64, &str)> {
        let mark = self.previous.as_ref()?;
        Some((drawable(mark.at)?, &mark.label))
    }

    fn target(&self) -> Option<(f64, f64)> {
        self.target.as_ref().and_then(TargetMark::ends)
    }

    fn axis(&self) -> Option<Axis> {
        let marks = self
            .value()
            .into_iter()
            .chain(self.previous().map(|mark| mark.0));
        let target = self
            .target()
            .into_iter()
            .flat_map(|(low, high)| [low, high]);
        let extent = Extent::of(marks.chain(target).chain(self.ranges.iter().copied()))?;
        // The worst range needs room to be seen as a range.
        let room = match self.better {
            Better::Higher => (0.5, 0.1),
            Better::Lower => (0.1, 0.5),
            Better::Within => (0.25, 0.25),
        };
        Some(Axis::fitting(
            extent,
            &Demands {
                limits: self.limits,
                decimals: self.decimals,
                intervals: 5,
                room,
                // A single figure has no scale of its own but its size.
                zero: extent.is_flat(),
            },
        ))
    }
}

impl Drawing for Bullet<'_> {
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
        Layout::wide(760.0, 15.0)
    }

    fn draw(&self, layout: Layout, svg: &mut Svg<'_>) -> f64 {
        let (Some(value), Some(axis)) = (self.value(), self.axis()) else {
            return 0.0;
        };
        let half = widest(&self.ticks(&axis, layout), layout.font) / 2.0;
        let side = half.clamp(10.0, layout.width * 0.12);
        let mut plot = Plot {
            axis: &axis,
            left: side,
            right: layout.width - side,
            top: 0.0,
            bottom: 0.0,
        };
        plot.top = self.draw_labels(&plot, layout, svg);
        plot.bottom = plot.top + if layout.narrow { 36.0 } else { 44.0 };
        self.draw_ranges(&plot, svg);
        let baseline = self.draw_ticks(&plot, layout, svg);
        if let Some((at, _)) = self.previous() {
            svg.triangle("previous", (plot.x(at), plot.bottom + 1.0), 11.0);
        }
        self.draw_marks(&plot, value, 0.33, svg);
        self.draw_key(&axis, layout, baseline + 6.0, svg)
    }
}
