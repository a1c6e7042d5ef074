//! Reads charts back with an XML parser, so that tests judge what a browser
//! would see.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::measure::text_width;
use super::svg::Area;

/// One element: its name, attributes and text, in document order.
#[derive(Clone, Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    /// Which `<svg>` it lies in, counted from 1.
    pub image: usize,
    /// How far the groups around it move it.
    pub moved: (f64, f64),
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|pair| pair.0 == name)
            .map(|pair| pair.1.as_str())
    }

    pub fn number(&self, name: &str) -> f64 {
        self.get(name)
            .unwrap_or_else(|| panic!("{name} in {self:?}"))
            .parse()
            .unwrap()
    }

    /// The points that a path's absolute commands visit.
    pub fn points(&self) -> Vec<(f64, f64)> {
        let d = self.get("d").unwrap();
        let mut points = Vec::new();
        let (mut x, mut y) = (0.0, 0.0);
        for piece in d.split('Z') {
            let mut rest = piece;
            while let Some(command) = rest.chars().next() {
                let after = &rest[1..];
                let end = after
                    .find(|c: char| c.is_ascii_uppercase())
                    .unwrap_or(after.len());
                let numbers: Vec<f64> = after[..end]
                    .split(' ')
                    .map(|number| number.parse().unwrap())
                    .collect();
                match command {
                    'M' | 'L' => (x, y) = (numbers[0], numbers[1]),
                    'H' => x = numbers[0],
                    'V' => y = numbers[0],
                    _ => panic!("command {command} in {d}"),
                }
                points.push((x, y));
                rest = &after[end..];
            }
        }
        points
    }

    /// The box of a text, by the same estimate that placed it.
    fn text_area(&self, font: f64) -> Area {
        // As the style sheets of charts and maps have it.
        let font = match self.get("class") {
            Some("strong") => font * 1.06,
            Some("word") => 12.0,
            _ => font,
        };
        let width = text_width(&self.text, font);
        let x = self.number("x") + self.moved.0;
        let left = match self.get("text-anchor") {
            Some("middle") => x - width / 2.0,
            Some("end") => x - width,
            _ => x,
        };
        let y = self.number("y") + self.moved.1;
        Area {
            left,
            top: y - font * 0.7,
            right: left + width,
            bottom: y,
        }
    }
}

/// The elements of some markup.
#[derive(Debug)]
pub struct Markup {
    pub elements: Vec<Element>,
}

impl Markup {
    /// Parses; fails the test if the markup is not well-formed.
    pub fn of(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut image = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    image += usize::from(start.name().as_ref() == "svg");
                    let around = open.last().map(|at| &elements[*at]);
                    let element = element(&start, image, around);
                    open.push(elements.len());
                    elements.push(element);
                }
                Event::Empty(start) => {
                    let around = open.last().map(|at| &elements[*at]);
                    elements.push(element(&start, image, around));
                }
                Event::End(_) => drop(open.pop()),
                Event::Text(text) => {
                    if let Some(&at) = open.last() {
                        elements[at].text.push_str(&text);
                    }
                }
                Event::GeneralRef(reference) => {
                    if let Some(&at) = open.last() {
                        let character = match &*reference {
                            "amp" => '&',
                            "lt" => '<',
                            "gt" => '>',
                            "quot" => '"',
                            other => panic!("reference {other}"),
                        };
                        elements[at].text.push(character);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(open.is_empty(), "unclosed elements in {text}");
        Self { elements }
    }

    pub fn with_class(&self, class: &str) -> Vec<&Element> {
        self.elements
            .iter()
            .filter(|element| element.get("class") == Some(class))
            .collect()
    }

    /// The texts of one image, counted from 1.
    pub fn texts(&self, image: usize) -> Vec<&str> {
        self.elements
            .iter()
            .filter(|element| element.name == "text" && element.image == image)
            .map(|element| element.text.as_str())
            .collect()
    }

    /// The texts of one image that have a class.
    pub fn texts_with_class(&self, image: usize, class: &str) -> Vec<&str> {
        let texts = self.with_class(class).into_iter();
        texts
            .filter(|text| text.image == image)
            .map(|text| text.text.as_str())
            .collect()
    }

    /// Every number is finite, every mark and text inside its image, no text
    /// on another, no `style`.
    pub fn assert_sound(&self) {
        let mut frame = (0.0, 0.0, 0.0);
        let mut texts: Vec<(Area, &str)> = Vec::new();
        for element in &self.elements {
            assert!(element.get("style").is_none(), "{element:?}");
            match element.name.as_str() {
                "svg" => {
                    let viewed: Vec<f64> = element
                        .get("viewBox")
                        .unwrap()
                        .split(' ')
                        .map(|number| number.parse().unwrap())
                        .collect();
                    let font = element
                        .get("font-size")
                        .map_or(0.0, |size| size.parse().unwrap());
                    frame = (viewed[2], viewed[3], font);
                    assert!(frame.0 > 0.0 && frame.1 > 0.0, "{element:?}");
                    texts.clear();
                }
                "path" => {
                    for (x, y) in element.points() {
                        inside(x, x, y, y, frame, element);
                    }
                }
                "circle" => {
                    let (x, y, r) = (
                        element.number("cx"),
                        element.number("cy"),
                        element.number("r"),
                    );
                    inside(x - r, x + r, y - r, y + r, frame, element);
                }
                "text" => {
                    let area = element.text_area(frame.2);
                    inside(area.left, area.right, area.top, area.bottom, frame, element);
                    for (other, text) in &texts {
                        let apart = area.left >= other.right - 0.5
                            || other.left >= area.right - 0.5
                            || area.top >= other.bottom - 0.5
                            || other.top >= area.bottom - 0.5;
                        assert!(apart, "{:?} lies on {text:?}", element.text);
                    }
                    texts.push((area, &element.text));
                }
                _ => {}
            }
        }
    }
}

/// Half a unit of tolerance: coordinates are rounded to a tenth.
fn inside(left: f64, right: f64, top: f64, bottom: f64, frame: (f64, f64, f64), element: &Element) {
    for value in [left, right, top, bottom] {
        assert!(value.is_finite(), "{element:?}");
    }
    let within = left >= -0.5 && right <= frame.0 + 0.5 && top >= -0.5 && bottom <= frame.1 + 0.5;
    assert!(within, "{element:?} is outside {frame:?}");
}

fn element(start: &BytesStart<'_>, image: usize, around: Option<&Element>) -> Element {
    let mut moved = around.map_or((0.0, 0.0), |group| group.moved);
    if let Some(by) = around.and_then(|group| group.get("transform")) {
        let by = by.strip_prefix("translate(").unwrap();
        let numbers = by.split([' ', ')']).take(2).map(|n| n.parse().unwrap());
        let by: Vec<f64> = numbers.collect();
        moved = (moved.0 + by[0], moved.1 + by[1]);
    }
    Element {
        moved,
        name: start.name().as_ref().to_owned(),
        attributes: start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                (
                    attribute.key.as_ref().to_owned(),
                    attribute.value.into_owned(),
                )
            })
            .collect(),
        text: String::new(),
        image,
    }
}
