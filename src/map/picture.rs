//! The picture: a board as SVG, inside a page or as a file of its own.

use std::fmt::Write as _;

use super::badge;
use super::board::{
    Board, EDGE, FONT, Frame, INDENT, LINE, Layout, Line, Node, PADDING, SHAPE, number,
};
use crate::chart::svg::{Anchor, Area, Svg};
use crate::chart::{Document, Phrase, SHAPE_CSS};

/// How the map is painted on a page. `--hue` and `--tint` belong to a theme,
/// `--s` to a status, the others to the site.
pub const BOARD_CSS: &str = include_str!("board.css");

/// The length of an arrow's head.
const HEAD: f64 = 6.0;
/// Room around a picture that stands alone.
const PAPER: f64 = 24.0;

impl Board<'_> {
    /// The picture for a page, with links to the pages of the objectives.
    #[must_use]
    pub fn svg(&self) -> String {
        let layout = self.layout();
        let mut out = String::new();
        let mut svg = Svg::new(&mut out);
        let class = if layout.prints_on(self.sheet) {
            "board"
        } else {
            "board screen-only"
        };
        let height_at = svg.begin_image(class, layout.size.0);
        svg.attribute("role", "group")
            .attribute("aria-label", self.title.text);
        svg.number("width", layout.size.0).end();
        self.draw(&layout, &mut svg);
        svg.close("svg");
        svg.set_size(height_at, layout.size.1);
        out
    }

    /// The picture as a document of its own, for slides and reports.
    #[must_use]
    pub fn standalone(&self, document: &Document<'_>) -> String {
        let layout = self.layout();
        let width = layout.size.0 + 2.0 * PAPER;
        let mut out = String::new();
        let mut svg = Svg::document(&mut out);
        let height_at = document.begin("board", (width, FONT), (self.title, ""), &mut svg);
        let css = format!("{BOARD_CSS}{SHAPE_CSS}{}", self.hue_css());
        document.paint(&css, &mut svg);
        let top =
            Document::heading(self.title, FONT * 1.3, (PAPER, layout.size.0), &mut svg) + FONT;
        svg.begin("g")
            .attribute("transform", &format!("translate({PAPER} {top:.1})"))
            .end();
        self.draw(&layout, &mut svg);
        svg.close("g");
        let end = document.footing(FONT, (PAPER, layout.size.0), top + layout.size.1, &mut svg);
        svg.close("svg");
        svg.set_size(height_at, end + PAPER);
        out
    }

    fn draw(&self, layout: &Layout, svg: &mut Svg<'_>) {
        self.draw_themes(layout, svg);
        self.draw_across(layout, svg);
        self.draw_bands(layout, svg);
        for line in &layout.lines {
            self.draw_line(line, svg);
        }
        let texts = layout.names.iter().zip(&layout.words);
        for ((node, frame), (name, word)) in self.nodes.iter().zip(&layout.boxes).zip(texts) {
            draw_node(node, *frame, (name, word), svg);
        }
    }

    fn draw_themes(&self, layout: &Layout, svg: &mut Svg<'_>) {
        for (theme, headed) in self.themes.iter().zip(&layout.themes) {
            let Frame { x, y, width, .. } = headed.frame;
            svg.begin("g").class(&hue(&theme.hue)).end();
            svg.rect("tint", area(headed.frame));
            svg.rect(
                "edge",
                Area {
                    left: x,
                    top: y,
                    right: x + width,
                    bottom: y + EDGE,
                },
            );
            let line = y + EDGE + PADDING + FONT;
            let code = (theme.code.as_str(), width);
            let left = x + PADDING + badge::indent(&theme.code, width);
            badge::draw(("edge", "letter"), (x + PADDING, line), code, svg);
            for (text, at) in headed.lines.iter().zip(0..) {
                svg.phrase(
                    "name",
                    (left, line + LINE * f64::from(at)),
                    Anchor::Start,
                    phrase(text, theme.lang.as_deref()),
                );
            }
            if self.links.is_empty() {
                self.draw_upwards(layout, x + width / 2.0, svg);
            }
            svg.close("g");
        }
    }

    /// The arrow between one perspective and the next, where no single link is declared.
    fn draw_upwards(&self, layout: &Layout, x: f64, svg: &mut Svg<'_>) {
        let below = layout.bands.iter().skip(1);
        for (at, (upper, lower)) in layout.bands.iter().zip(below).enumerate() {
            if self.is_across(at) {
                continue;
            }
            let from = lower.frame.y - 6.0;
            let to = upper.frame.y + upper.frame.height + 6.0;
            svg.path("upwards", |path| {
                path.move_to(x, from).down_to(to);
                path.move_to(x - 4.5, to + 5.0)
                    .line_to(x, to)
                    .line_to(x + 4.5, to + 5.0);
            });
        }
    }

    /// Objectives that stand across all themes have a ground of their own.
    fn draw_across(&self, layout: &Layout, svg: &mut Svg<'_>) {
        let ends = (layout.themes.first(), layout.themes.last());
        let (Some(first), Some(last)) = ends else {
            return;
        };
        for (at, headed) in layout.bands.iter().enumerate() {
            if self.is_across(at) {
                let Frame { y, height, .. } = headed.frame;
                let ground = Area {
                    left: first.frame.x,
                    top: y - PADDING,
                    right: last.frame.x + last.frame.width,
                    bottom: y + height + PADDING,
                };
                svg.begin("g").class(&hue("t")).end();
                svg.rect("tint", ground);
                svg.close("g");
            }
        }
    }

    /// Whether the objectives of a perspective stand across all themes.
    fn is_across(&self, band: usize) -> bool {
        let mut of_band = self
            .nodes
            .iter()
            .filter(|node| node.band == band)
            .peekable();
        of_band.peek().is_some() && of_band.all(|node| node.theme.is_none())
    }

    fn draw_bands(&self, layout: &Layout, svg: &mut Svg<'_>) {
        for (at, (band, headed)) in self.bands.iter().zip(&layout.bands).enumerate() {
            let frame = headed.frame;
            if at > 0 {
                let y = frame.y - layout.gutter / 2.0;
                svg.line("rule", (0.0, y), (frame.width - PADDING, y));
            }
            let middle = frame.y + frame.height / 2.0;
            let first = middle - LINE * (number(headed.lines.len()) - 1.0) / 2.0 + FONT * 0.36;
            let left = badge::indent(&band.code, frame.width);
            if !band.code.is_empty() {
                let code = (band.code.as_str(), frame.width);
                badge::draw(("badge", "code"), (0.5, first), code, svg);
            }
            for (text, at) in headed.lines.iter().zip(0..) {
                svg.phrase(
                    "name",
                    (left, first + LINE * f64::from(at)),
                    Anchor::Start,
                    phrase(text, band.lang.as_deref()),
                );
            }
        }
    }

    fn draw_line(&self, line: &Line, svg: &mut Svg<'_>) {
        let Line { from, to, corners } = line;
        let ([first, ..], [.., before, last]) = (&**corners, &**corners) else {
            return;
        };
        svg.begin("path").class(&self.way_class(*from));
        svg.path_data(|path| {
            path.move_to(first.0, first.1);
            for (corner, next) in corners.iter().zip(corners.iter().skip(1)) {
                if corner.0.total_cmp(&next.0).is_eq() {
                    path.down_to(next.1);
                } else {
                    path.across_to(next.0);
                }
            }
            head(path, last.0, last.1, before.1 > last.1);
        });
        svg.end();
        let code = |at: usize| self.nodes.get(at).map_or("", |node| node.code.as_str());
        svg.begin("title").end();
        svg.characters(&format!("{} → {}", code(*from), code(*to)));
        svg.close("title").close("path");
    }

    fn way_class(&self, from: usize) -> String {
        let of = self.nodes.get(from).map_or("", |node| node.hue.as_str());
        format!("way {}", hue(of))
    }

    /// The rules of the hues and statuses that occur, with their colours.
    fn hue_css(&self) -> String {
        let mut hues: Vec<&str> = self.themes.iter().map(|theme| theme.hue.as_str()).collect();
        hues.extend(self.nodes.iter().map(|node| node.hue.as_str()));
        hues.sort_unstable();
        hues.dedup();
        let mut css = String::new();
        // Writing to a String cannot fail.
        for hue in hues.into_iter().filter(|hue| !hue.is_empty()) {
            let _ = write!(
                css,
                ".hue-{hue} .tint{{fill:var(--{hue}-t)}}.hue-{hue} .edge,.hue-{hue} .code{{fill:var(--{hue})}}\
                 .hue-{hue} .upwards,.way.hue-{hue}{{stroke:var(--{hue})}}"
            );
        }
        css.push_str(".board [class^=s-]{color:var(--none)}");
        for status in ["met", "near", "missed"] {
            let _ = write!(css, ".board .s-{status}{{color:var(--{status})}}");
        }
        css.push_str(".board .s-not_due{color:var(--due)}.board .s-late{color:var(--near)}");
        css
    }
}

fn draw_node(node: &Node, frame: Frame, (name, word): (&[String], &[String]), svg: &mut Svg<'_>) {
    let tag = if node.url.is_some() { "a" } else { "g" };
    svg.begin(tag).class(&hue(&node.hue));
    if let Some(url) = &node.url {
        svg.attribute("href", url);
    }
    svg.end();
    svg.rect("box", area(frame));
    svg.rect(
        "edge",
        area(Frame {
            width: EDGE,
            ..frame
        }),
    );
    let left = frame.x + EDGE + PADDING;
    let mut line = frame.y + PADDING + FONT;
    let room = frame.width - EDGE - 2.0 * PADDING;
    let code = (node.code.as_str(), room);
    badge::draw_code("code", (left, line), Anchor::Start, code, svg);
    for text in name {
        line += LINE;
        let name = phrase(text, node.lang.as_deref());
        svg.phrase("name", (left, line), Anchor::Start, name);
    }
    if let Some((shape, key, _)) = &node.status {
        line += LINE;
        svg.begin("g").class(&format!("s-{key}")).end();
        shape.draw_at((left, line - SHAPE + 1.5), SHAPE, svg);
        for (text, at) in word.iter().zip(0..) {
            let y = line + LINE * f64::from(at);
            svg.text("word", (left + INDENT, y), Anchor::Start, text);
        }
        svg.close("g");
    }
    svg.close(tag);
}

pub(super) const fn phrase<'a>(text: &'a str, lang: Option<&'a str>) -> Phrase<'a> {
    Phrase { text, lang }
}

/// The open head of an arrow whose point is at `(x, y)`.
fn head(path: &mut crate::chart::svg::Path<'_>, x: f64, y: f64, upwards: bool) {
    let back = if upwards { y + HEAD } else { y - HEAD };
    path.move_to(x - HEAD * 0.6, back)
        .line_to(x, y)
        .line_to(x + HEAD * 0.6, back);
}

fn hue(letter: &str) -> String {
    if letter.is_empty() {
        String::new()
    } else {
        format!("hue-{letter}")
    }
}

pub(super) fn area(frame: Frame) -> Area {
    Area {
        left: frame.x,
        top: frame.y,
        right: frame.x + frame.width,
        bottom: frame.y + frame.height,
    }
}
