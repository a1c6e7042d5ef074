//! The box of a code, before the name that it stands for.

use super::board::{FONT, PADDING};
use crate::chart::svg::{Anchor, Area, Svg};
use crate::chart::{bold_width, fitted_bold};

/// No box is narrower: room for one letter.
const NARROWEST: f64 = 19.0;
/// Left and right of the code, together.
const ASIDE: f64 = 8.0;
/// From the box to the name.
const GAP: f64 = 7.0;

/// The width of the box, in a column that leaves the name its part.
pub(super) fn width(code: &str, column: f64) -> f64 {
    let most = (column / 2.0 - PADDING).max(NARROWEST);
    (bold_width(code, FONT) + ASIDE).clamp(NARROWEST, most)
}

/// How far a name stands from the left edge of its column; one without a code
/// begins there.
pub(super) fn indent(code: &str, column: f64) -> f64 {
    if code.is_empty() {
        0.0
    } else {
        width(code, column) + GAP
    }
}

/// Draws the box and as much of the code as fits: classes of both, the left
/// edge and the base line, the code and the width of its column.
pub(super) fn draw(
    (class, class_of_code): (&str, &str),
    (left, line): (f64, f64),
    (code, column): (&str, f64),
    svg: &mut Svg<'_>,
) {
    let width = width(code, column);
    let area = Area {
        left,
        top: line - FONT - 1.0,
        right: left + width,
        bottom: line + 5.0,
    };
    svg.rect(class, area);
    let middle = (left + width / 2.0, line);
    draw_code(
        class_of_code,
        middle,
        Anchor::Middle,
        (code, width - 4.0),
        svg,
    );
}

/// Draws as much of a code as there is room for; one that is cut has a title.
pub(super) fn draw_code(
    class: &str,
    at: (f64, f64),
    anchor: Anchor,
    (code, room): (&str, f64),
    svg: &mut Svg<'_>,
) {
    let shown = fitted_bold(code, FONT, room);
    if shown == code {
        return svg.text(class, at, anchor, code);
    }
    svg.begin("g").end();
    svg.begin("title").end().characters(code).close("title");
    svg.text(class, at, anchor, &shown);
    svg.close("g");
}
