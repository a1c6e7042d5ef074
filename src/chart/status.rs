//! The shapes of the statuses: told apart without colour.

use super::svg::{Path, Svg};

/// The shape of a status, 20 units square, in the colour of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusShape {
    /// Met: a disc with a tick.
    Met,
    /// Close to the target: a triangle with an exclamation mark.
    Near,
    /// Not met: a diamond with a cross.
    Missed,
    /// Not due yet: a ring with clock hands.
    NotDue,
    /// Overdue: a ring with an exclamation mark.
    Late,
    /// Not published: a dashed ring.
    None,
    /// Discontinued: a ring with a bar.
    Discontinued,
    /// Withheld: a ring with a lock.
    Withheld,
    /// A result without a target: a ring with a dot.
    NoTarget,
    /// Not collected: a ring struck through.
    NotCollected,
}

impl StatusShape {
    /// Every shape, in the order of the key.
    pub const ALL: [Self; 10] = [
        Self::Met,
        Self::Near,
        Self::Missed,
        Self::NotDue,
        Self::Late,
        Self::None,
        Self::Discontinued,
        Self::Withheld,
        Self::NoTarget,
        Self::NotCollected,
    ];

    /// Writes the shape. It is hidden from those who do not see it: the word
    /// of the status stands beside it.
    pub fn svg(self, out: &mut String) {
        let mut svg = Svg::new(out);
        let height_at = svg.begin_image("shape", 20.0);
        svg.attribute("aria-hidden", "true").end();
        self.draw(&mut svg);
        svg.close("svg");
        svg.set_height(height_at, 20.0);
    }

    /// Draws the shape inside another picture, `size` user units square.
    pub(crate) fn draw_at(self, (x, y): (f64, f64), size: f64, svg: &mut Svg<'_>) {
        let place = format!("translate({x:.1} {y:.1}) scale({:.2})", size / 20.0);
        svg.begin("g").class("shape");
        svg.attribute("transform", &place).end();
        self.draw(svg);
        svg.close("g");
    }

    fn draw(self, svg: &mut Svg<'_>) {
        let centre = (10.0, 10.0);
        match self {
            Self::Met => {
                svg.circle("", centre, 9.0);
                svg.path("cut", |path| {
                    path.move_to(5.8, 10.4)
                        .line_to(8.7, 13.2)
                        .line_to(14.2, 7.2);
                });
            }
            Self::Near => {
                svg.path("", |path| {
                    path.move_to(10.0, 1.5)
                        .line_to(19.0, 18.0)
                        .across_to(1.0)
                        .close();
                });
                svg.path("cut", |path| exclamation(path, 7.4, 12.0, 15.2));
            }
            Self::Missed => {
                svg.diamond("", centre, 9.5);
                svg.path("cut", |path| {
                    path.move_to(7.2, 7.2).line_to(12.8, 12.8);
                    path.move_to(12.8, 7.2).line_to(7.2, 12.8);
                });
            }
            Self::NotDue => {
                svg.circle("ring", centre, 8.0);
                svg.path("ring", |path| {
                    path.move_to(10.0, 5.0).down_to(10.4).line_to(13.4, 12.4);
                });
            }
            Self::Late => {
                svg.circle("ring", centre, 8.0);
                svg.path("ring", |path| exclamation(path, 5.6, 10.8, 14.2));
            }
            Self::None => svg.circle("ring dashed", centre, 8.0),
            Self::Discontinued => {
                svg.circle("ring", centre, 8.0);
                svg.path("ring", |path| {
                    path.move_to(5.6, 10.0).across_to(14.4);
                });
            }
            Self::NoTarget => {
                svg.circle("ring", centre, 8.0);
                svg.circle("", centre, 2.6);
            }
            Self::NotCollected => {
                svg.circle("ring", centre, 8.0);
                svg.path("ring", |path| {
                    path.move_to(5.4, 14.6).line_to(14.6, 5.4);
                });
            }
            Self::Withheld => {
                svg.circle("ring", centre, 8.6);
                svg.path("", |path| {
                    path.move_to(6.2, 9.4)
                        .across_to(13.8)
                        .down_to(14.6)
                        .across_to(6.2)
                        .close();
                });
                svg.path("ring", |path| {
                    path.move_to(7.8, 9.4).down_to(6.2).line_to(8.8, 5.0);
                    path.across_to(11.2).line_to(12.2, 6.2).down_to(9.4);
                });
            }
        }
    }
}

/// A stroke and a dot: round caps make a dot of a short line.
fn exclamation(path: &mut Path<'_>, top: f64, bottom: f64, dot: f64) {
    path.move_to(10.0, top)
        .down_to(bottom)
        .move_to(10.0, dot)
        .down_to(dot + 0.1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::markup::Markup;

    #[test]
    fn every_status_has_a_shape_of_its_own() {
        let mut seen = Vec::new();
        for shape in StatusShape::ALL {
            let mut out = String::new();
            shape.svg(&mut out);
            Markup::of(&out).assert_sound();
            assert!(!seen.contains(&out));
            seen.push(out);
        }
    }
}
