//! Tables: alignment as classes, column headings with a scope, and a frame to
//! scroll wide ones in.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::rendering::Word;
use super::writer::Writer;

/// The columns of the table being written.
#[derive(Default)]
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    /// The column of the next cell.
    next: usize,
    in_head: bool,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn table(&mut self, alignments: &[Alignment], after: &[Event<'a>]) {
        self.columns = Columns {
            alignments: alignments.to_vec(),
            next: 0,
            in_head: false,
        };
        let (headings, rows) = overview(after);
        let name = (self.rendering.words)(Word::Table(&headings));
        let (start, end) = match (name.is_empty(), rows) {
            (true, true) => ("<table>\n", "</tbody>\n</table>\n"),
            (true, false) => ("<table>\n", "</table>\n"),
            (false, true) => (">\n<table>\n", "</tbody>\n</table>\n</div>\n"),
            (false, false) => (">\n<table>\n", "</table>\n</div>\n"),
        };
        if name.is_empty() {
            self.block(start);
        } else {
            // A group, not a region: regions are landmarks, and a page of
            // tables would drown the others.
            self.block("<div class=\"scroll\" role=\"group\"");
            self.attribute("aria-label", &name);
            self.attribute("tabindex", "0");
            self.out.push_str(start);
        }
        self.push(end);
    }

    pub(super) fn table_head(&mut self) {
        self.columns.in_head = true;
        self.element("<thead>\n<tr>", "</tr>\n</thead>\n");
        self.columns.next = 0;
    }

    pub(super) fn table_row(&mut self) {
        self.columns.next = 0;
        self.element("<tr>", "</tr>\n");
    }

    pub(super) fn table_cell(&mut self, after: &[Event<'a>]) {
        // An empty heading is no heading: screen readers would announce it.
        let empty = matches!(after, [Event::End(TagEnd::TableCell), ..]);
        let end = if self.columns.in_head && !empty {
            self.out.push_str("<th scope=\"col\"");
            "</th>"
        } else {
            self.out.push_str("<td");
            "</td>"
        };
        let class = match self.columns.alignments.get(self.columns.next) {
            Some(Alignment::Left) => Some("align-left"),
            Some(Alignment::Center) => Some("align-center"),
            Some(Alignment::Right) => Some("align-right"),
            Some(Alignment::None) | None => None,
        };
        if let Some(class) = class {
            self.attribute("class", class);
        }
        self.out.push('>');
        self.push(end);
        self.columns.next += 1;
    }

    /// The head of the table has ended.
    pub(super) fn end_head(&mut self, after: &[Event<'a>]) {
        self.columns.in_head = false;
        if matches!(after, [Event::Start(Tag::TableRow), ..]) {
            self.out.push_str("<tbody>\n");
        }
    }
}

/// A table's column headings as plain text, and whether it has any rows.
fn overview(events: &[Event]) -> (Vec<String>, bool) {
    let mut headings = Vec::new();
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::TableCell) => headings.push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = headings.last_mut() {
                    heading.push_str(text);
                }
            }
            Event::End(TagEnd::TableHead) => {
                headings.retain(|heading| !heading.trim().is_empty());
                return (
                    headings,
                    matches!(events.get(index + 1), Some(Event::Start(Tag::TableRow))),
                );
            }
            _ => {}
        }
    }
    (headings, false)
}
