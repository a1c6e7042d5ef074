//! The key under a chart: each mark and its word, in rows.

use super::measure::{fitted, text_width};
use super::svg::{Anchor, Area, Svg};

/// A mark as it is drawn in the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A value from zero.
    Bar,
    /// A value on a truncated axis; a period that met its target.
    Disc,
    /// A period that came close to its target.
    Delta,
    /// A period that did not meet its target.
    Diamond,
    /// A period without a verdict.
    Ring,
    /// A target on a bullet.
    Tick,
    /// A target with a lower and an upper end.
    Band,
    /// The period before.
    Triangle,
    /// A range, 1 the worst to 3 the best.
    Range(u8),
    /// A stepped target.
    Step,
    /// A break in the series.
    Break,
}

/// Draws the entries in rows no wider than `width`, the first one's baseline
/// a line below `top`; returns where they end.
pub fn draw(
    svg: &mut Svg<'_>,
    entries: &[(Glyph, &str)],
    (font, width, top): (f64, f64, f64),
) -> f64 {
    let line = (font * 1.75).round();
    let mark = font + 7.0;
    let (mut x, mut baseline) = (0.0, top + line);
    for &(glyph, word) in entries.iter().filter(|entry| !entry.1.is_empty()) {
        let word = fitted(word, font, width - mark);
        let entry = mark + text_width(&word, font);
        if x > 0.0 && x + entry > width {
            x = 0.0;
            baseline += line;
        }
        draw_glyph(svg, glyph, (x + font / 2.0, baseline - font * 0.36), font);
        svg.text("", (x + mark, baseline), Anchor::Start, &word);
        x += entry + font * 1.1;
    }
    if x > 0.0 { baseline + font * 0.4 } else { top }
}

fn draw_glyph(svg: &mut Svg<'_>, glyph: Glyph, (x, y): (f64, f64), font: f64) {
    let half = font * 0.46;
    let high = |part: f64| Area {
        left: x - half,
        top: y - font * part,
        right: x + half,
        bottom: y + font * part,
    };
    match glyph {
        Glyph::Bar => svg.rect("value", high(0.22)),
        Glyph::Disc => svg.circle("met", (x, y), font * 0.36),
        Glyph::Diamond => svg.diamond("unmet", (x, y), font * 0.38),
        Glyph::Delta => svg.delta("unmet", (x, y), font * 0.38),
        Glyph::Ring => svg.circle("unmet", (x, y), font * 0.3),
        Glyph::Tick => svg.rect(
            "target",
            Area {
                left: x - 2.0,
                right: x + 2.0,
                ..high(0.45)
            },
        ),
        Glyph::Band => svg.rect("band", high(0.36)),
        Glyph::Triangle => svg.triangle("previous", (x, y - half * 0.8), half * 1.7),
        Glyph::Range(level) => svg.rect(range_class(level), high(0.36)),
        Glyph::Step => svg.line("step", (x - half, y), (x + half, y)),
        Glyph::Break => svg.line("break", (x, y - half), (x, y + half)),
    }
}

/// The class of a range, 1 the worst to 3 the best.
#[must_use]
pub fn range_class(level: u8) -> &'static str {
    match level {
        1 => "range-1",
        2 => "range-2",
        _ => "range-3",
    }
}
