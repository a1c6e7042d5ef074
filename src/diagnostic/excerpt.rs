//! The few lines of a source that a fault is shown in: short, harmless to a
//! terminal, and with each marked place moved along.

use std::ops::Range;

use super::visible;
use crate::span::Source;

/// A longer line is cut, with the marked place inside what is left.
const MOST_COLUMNS: usize = 200;
/// What is kept before the marked place of a line that is cut.
const COLUMNS_BEFORE: usize = 60;
/// The most lines that are shown of one place.
const MOST_LINES: usize = 4;
/// Places of one source that lie further apart than this stand in excerpts of
/// their own.
const MOST_LINES_APART: usize = 200;

/// A piece of a source made ready for the screen. Lines that no place touches
/// may be blank in it; they only keep the count.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines, joined by line breaks.
    pub text: String,
    /// The number of the first of them, from 1.
    pub first_line: usize,
    /// Where the given places lie in `text`, in the order they were given.
    pub places: Vec<Range<usize>>,
}

impl Excerpt {
    /// The lines of `source` around `places`, all byte ranges; what lies outside
    /// the source is clipped. `None` where there is no text to show.
    pub fn of(source: &Source, places: &[Range<usize>]) -> Option<Self> {
        let text = source.text.as_str();
        let begin = after_mark(text);
        if begin == text.len() {
            return None;
        }
        let places: Vec<Place> = places.iter().map(|range| Place::new(text, range)).collect();
        let first = places.iter().map(|p| line_start(text, p.start)).min()?;
        let last = places.iter().map(|p| p.end).max()?;

        let mut drawing = Drawing::new(source.sheet.is_some());
        let mut offset = first;
        for (index, line) in text.get(first..)?.split('\n').enumerate() {
            if index > 0 {
                drawing.text.push('\n');
            }
            let (start, end) = (offset, offset + line.len());
            let focus = places.iter().find_map(|p| p.within(start, end));
            // A neighbour may be shown to bridge a gap of one line.
            let near = |p: &Place| p.start <= end + 1 && p.end + 1 >= start;
            if focus.is_some() || places.iter().any(near) {
                let bare = line.strip_suffix('\r').unwrap_or(line);
                drawing.line(bare, start, focus.unwrap_or(0));
                if places.iter().any(|p| p.cut && p.end == start + bare.len()) {
                    drawing.text.push_str(" …");
                }
            }
            offset = end + 1;
            if offset > last {
                break;
            }
        }
        if drawing.text.is_empty() || drawing.text.ends_with('\n') {
            // An empty last line would not count as a line.
            drawing.text.push(' ');
        }
        Some(Self {
            first_line: source.position(first.max(begin)).line,
            places: places
                .iter()
                .map(|p| drawing.locate(p.start)..drawing.locate(p.end))
                .collect(),
            text: drawing.text,
        })
    }
}

/// Whether two places of one source are near enough to share an excerpt.
pub(super) fn share(source: &Source, one: usize, other: usize) -> bool {
    let line = |offset| source.position(offset).line;
    line(one).abs_diff(line(other)) <= MOST_LINES_APART
}

/// A place, clipped to its source and to the lines that are shown of it.
struct Place {
    start: usize,
    end: usize,
    cut: bool,
}

impl Place {
    fn new(text: &str, range: &Range<usize>) -> Self {
        let start = floor(text, range.start).max(after_mark(text));
        let end = floor(text, range.end).max(start);
        // A YAML block ends after its last line break; the caret should not.
        let written = text.get(start..end).unwrap_or_default().trim_end();
        let end = if written.is_empty() {
            end.min(line_end(text, start))
        } else {
            start + written.len()
        };
        let covered = text.get(start..end).unwrap_or_default();
        match covered.match_indices('\n').nth(MOST_LINES - 1) {
            None => Self {
                start,
                end,
                cut: false,
            },
            Some((at, _)) => {
                let shown = covered.get(..at).unwrap_or_default();
                let shown = shown.strip_suffix('\r').unwrap_or(shown);
                Self {
                    start,
                    end: start + shown.len(),
                    cut: true,
                }
            }
        }
    }

    /// The offset inside the line `start..end` that should stay in view, when
    /// the place touches that line.
    fn within(&self, start: usize, end: usize) -> Option<usize> {
        let line = start..=end;
        if line.contains(&self.start) {
            Some(self.start - start)
        } else if line.contains(&self.end) {
            Some(self.end - start)
        } else {
            (self.start < start && end < self.end).then_some(0)
        }
    }
}

/// An excerpt while it is drawn.
struct Drawing {
    text: String,
    /// Offsets of the source and where they are in `text`, both rising.
    offsets: Vec<(usize, usize)>,
    sheet: bool,
}

impl Drawing {
    fn new(sheet: bool) -> Self {
        Self {
            text: String::new(),
            offsets: Vec::new(),
            sheet,
        }
    }

    /// Draws one line that begins at `start` in the source, with the offset
    /// `focus` of it in view.
    fn line(&mut self, line: &str, start: usize, focus: usize) {
        let window = self.window(line, focus);
        if window.start > 0 {
            self.offsets.push((start, self.text.len()));
            self.text.push('…');
        }
        let kept = line.get(window.clone()).unwrap_or_default();
        for (at, c) in kept.char_indices() {
            self.offsets
                .push((start + window.start + at, self.text.len()));
            if start + window.start + at == 0 && c == '\u{feff}' {
                continue;
            }
            if self.sheet && c == '\t' {
                self.text.push_str(" | ");
            } else {
                visible::push(&mut self.text, c);
            }
        }
        self.offsets.push((start + window.end, self.text.len()));
        if window.end < line.len() {
            self.text.push('…');
        }
    }

    /// The part of a line that is shown.
    fn window(&self, line: &str, focus: usize) -> Range<usize> {
        let whole = self.reach(line.chars(), MOST_COLUMNS);
        if whole == line.len() {
            return 0..whole;
        }
        let focus = floor(line, focus);
        let (before, _) = line.split_at(focus);
        let start = focus - self.reach(before.chars().rev(), COLUMNS_BEFORE);
        let (before, rest) = line.split_at(start);
        let end = start + self.reach(rest.chars(), MOST_COLUMNS);
        if end < line.len() {
            return start..end;
        }
        // The line ends inside the window: what is left over goes to its front.
        let spare = MOST_COLUMNS.saturating_sub(rest.chars().map(|c| self.columns(c)).sum());
        start - self.reach(before.chars().rev(), spare)..end
    }

    /// How many bytes of `chars` fit into `columns`.
    fn reach(&self, chars: impl Iterator<Item = char>, columns: usize) -> usize {
        let mut left = columns;
        chars
            .take_while(|c| {
                let fits = self.columns(*c) <= left;
                left = left.saturating_sub(self.columns(*c));
                fits
            })
            .map(char::len_utf8)
            .sum()
    }

    /// The columns a character takes up, or a little more: enough for cutting.
    fn columns(&self, c: char) -> usize {
        match c {
            '\t' if self.sheet => 3,
            '\t' => 4,
            c if visible::is_hidden(c) => 8,
            c if c.is_ascii() => 1,
            _ => 2,
        }
    }

    /// Where an offset of the source is in the drawing; what was cut off lies
    /// at the dots that stand for it.
    fn locate(&self, offset: usize) -> usize {
        let after = self.offsets.partition_point(|(from, _)| *from <= offset);
        let at = self.offsets.get(after.saturating_sub(1));
        at.map_or(0, |(_, to)| *to).min(self.text.len())
    }
}

/// The nearest offset at or before `offset` where a character begins.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Where the text begins after a byte order mark, which has no width.
fn after_mark(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len()
}

fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    let after = text.get(offset..).unwrap_or_default();
    offset + after.find('\n').unwrap_or(after.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Sources;

    fn excerpt(text: &str, place: Range<usize>) -> Excerpt {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text.to_owned());
        Excerpt::of(sources.get(file), &[place]).unwrap()
    }

    fn marked(excerpt: &Excerpt) -> &str {
        &excerpt.text[excerpt.places[0].clone()]
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}目標{}\n", "x".repeat(1_000_000), "y".repeat(1_000_000));
        let excerpt = excerpt(&text, 1_000_000..1_000_006);
        assert_eq!(marked(&excerpt), "目標");
        assert!(excerpt.text.starts_with("…x") && excerpt.text.ends_with("y…"));
        assert!(excerpt.text.chars().count() <= MOST_COLUMNS + 2);
    }

    #[test]
    fn the_end_of_a_long_line_is_shown_with_what_leads_to_it() {
        let text = format!("{}end", "x".repeat(1000));
        let excerpt = excerpt(&text, 1000..1003);
        assert_eq!(marked(&excerpt), "end");
        assert_eq!(excerpt.text.chars().count(), MOST_COLUMNS + 1);
    }

    #[test]
    fn a_place_over_many_lines_is_cut_to_the_first_few() {
        let text = "a:\r\n".to_owned() + &"  b: 1\r\n".repeat(1000);
        let excerpt = excerpt(&text, 0..text.len());
        assert_eq!(excerpt.text.lines().count(), MOST_LINES);
        assert!(excerpt.text.ends_with("b: 1 …"), "{:?}", excerpt.text);
        assert!(marked(&excerpt).ends_with("b: 1"));
    }

    #[test]
    fn places_outside_the_source_or_inside_a_character_are_clipped() {
        assert_eq!(marked(&excerpt("名稱", 1..4)), "名");
        assert_eq!(marked(&excerpt("a: 1", 3..99)), "1");
        assert_eq!(marked(&excerpt("a: 1\n", 99..99)), "");
        assert_eq!(marked(&excerpt("\u{feff}kpi", 0..4)), "k");
    }

    #[test]
    fn a_place_after_the_last_line_break_has_a_line_of_its_own() {
        let excerpt = excerpt("a: [\n", 5..5);
        assert_eq!((excerpt.first_line, excerpt.text.as_str()), (2, " "));
    }

    #[test]
    fn there_is_nothing_to_show_of_an_empty_source() {
        let mut sources = Sources::default();
        for text in ["", "\u{feff}"] {
            let file = sources.add("a.csv", text.to_owned());
            let places = vec![0..1, 2..3];
            assert_eq!(Excerpt::of(sources.get(file), &places), None);
        }
    }
}
