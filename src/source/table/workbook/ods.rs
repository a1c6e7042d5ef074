//! `OpenDocument` spreadsheets (ODF 1.3 part 3, chapter 9), as far as the values of
//! their cells go. Every program writes the customary prefixes, so full names
//! decide.

use std::collections::BTreeSet;

use super::grid::Grid;
use super::package::Package;
use super::xml::{Element, Node, Xml};
use super::{Sheets, WorkbookFault, cell};

/// The most blanks that one `text:s` adds, which is fewer than it is long itself.
const BLANKS: usize = 16;

/// Reads the visible tables into `sheets`.
pub(super) fn read(
    package: &mut Package<'_>,
    sheets: &mut Sheets<'_>,
) -> Result<(), WorkbookFault> {
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("manifest:encryption-data") {
        return Err(WorkbookFault::Protected);
    }
    let text = package.required("content.xml")?;
    let mut xml = Xml::new("content.xml", &text);
    let mut hidden = HiddenStyles::default();
    let mut is_spreadsheet = false;
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "style:style" | "style:table-properties" => hidden.note(&element)?,
            "office:spreadsheet" => is_spreadsheet = true,
            // Deleted cells that are kept for the record.
            "table:tracked-changes" => xml.skip(&element)?,
            "table:table" if hidden.contains(&element)? => xml.skip(&element)?,
            "table:table" if is_spreadsheet => {
                let name = element.attribute("table:name")?.unwrap_or_default();
                let mut grid = sheets.begin(name)?;
                table(&mut xml, &element, &mut grid)?;
                sheets.finish(grid);
            }
            _ => {}
        }
    }
    if is_spreadsheet {
        Ok(())
    } else {
        Err(WorkbookFault::Missing("spreadsheet".to_owned()))
    }
}

/// The table styles that hide their table.
#[derive(Default)]
struct HiddenStyles {
    names: BTreeSet<String>,
    /// The style whose properties come next.
    current: Option<String>,
}

impl HiddenStyles {
    fn note(&mut self, element: &Element<'_>) -> Result<(), WorkbookFault> {
        if element.name() == "style:style" {
            self.current = element.attribute("style:name")?;
        } else if element.attribute("table:display")?.as_deref() == Some("false") {
            self.names.extend(self.current.take());
        }
        Ok(())
    }

    fn contains(&self, table: &Element<'_>) -> Result<bool, WorkbookFault> {
        let style = table.attribute("table:style-name")?;
        Ok(style.is_some_and(|style| self.names.contains(&style)))
    }
}

/// Reads the rows of a table that just opened, through groups and header rows.
fn table(
    xml: &mut Xml<'_>,
    element: &Element<'_>,
    grid: &mut Grid<'_>,
) -> Result<(), WorkbookFault> {
    let mut row = 0_usize;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(inner) => match inner.name() {
                "table:table-row" => {
                    let cells = cells(xml, &inner)?;
                    let repeated = repeats(&inner, "table:number-rows-repeated")?;
                    // Without content there is nothing to repeat: the empty rows
                    // to the end of a sheet are stated as one, repeated.
                    for at in (0..repeated).take_while(|_| !cells.is_empty()) {
                        for cell in &cells {
                            cell.put(grid, row.saturating_add(at))?;
                        }
                    }
                    row = row.saturating_add(repeated);
                }
                // Drawings and the source of the data; both may hold tables.
                "table:shapes" | "office:forms" | "table:table-source" => xml.skip(&inner)?,
                _ => {}
            },
            Node::Close(closed) if closed.name() == element.name() => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(())
}

/// A cell with content, as often as it stands in its row.
struct Cells {
    column: usize,
    repeated: usize,
    text: String,
}

impl Cells {
    fn put(&self, grid: &mut Grid<'_>, row: usize) -> Result<(), WorkbookFault> {
        for at in 0..self.repeated {
            grid.put(row, self.column.saturating_add(at), &self.text)?;
        }
        Ok(())
    }
}

/// The cells with content of a row that just opened.
fn cells(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Vec<Cells>, WorkbookFault> {
    let mut cells = Vec::new();
    let mut column = 0_usize;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(inner) => {
                let repeated = repeats(&inner, "table:number-columns-repeated")?;
                match inner.name() {
                    "table:table-cell" => {
                        let text = value(xml, &inner)?;
                        if !text.trim().is_empty() {
                            cells.push(Cells {
                                column,
                                repeated,
                                text,
                            });
                        }
                    }
                    // Under a merged cell, where nobody sees it.
                    "table:covered-table-cell" => xml.skip(&inner)?,
                    _ => {
                        xml.skip(&inner)?;
                        continue;
                    }
                }
                column = column.saturating_add(repeated);
            }
            Node::Close(closed) if closed.name() == element.name() => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(cells)
}

fn repeats(element: &Element<'_>, attribute: &str) -> Result<usize, WorkbookFault> {
    Ok(element.count(attribute)?.unwrap_or(1))
}

/// The text of a cell that just opened.
fn value(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<String, WorkbookFault> {
    let shown = paragraphs(xml, element)?;
    let stored = |name| element.attribute(name);
    // An error is stored as an empty text, or as the number 0.
    if stored("calcext:value-type")?.as_deref() == Some("error") {
        return Ok(shown);
    }
    let kind = stored("office:value-type")?.unwrap_or_default();
    let number = |text: String| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    let value = match kind.as_str() {
        "float" | "currency" => stored("office:value")?.and_then(number).map(cell::decimal),
        "percentage" => stored("office:value")?.and_then(number).map(cell::percent),
        "date" => stored("office:date-value")?.map(|date| cell::iso_day(&date).to_owned()),
        "boolean" => stored("office:boolean-value")?.map(|value| value.to_ascii_uppercase()),
        "string" => stored("office:string-value")?,
        _ => None,
    };
    match (value, stored("table:formula")?) {
        (Some(value), _) => Ok(value),
        // `of:` names the language of the formula.
        (None, Some(formula)) if kind.is_empty() && shown.is_empty() => {
            Ok(formula.strip_prefix("of:").unwrap_or(&formula).to_owned())
        }
        (None, _) => Ok(shown),
    }
}

/// What a cell that just opened shows: its paragraphs, without the comments and
/// drawings that hang on it.
fn paragraphs(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<String, WorkbookFault> {
    let mut text = String::new();
    let mut inside = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(inner) => match inner.name() {
                "text:p" | "text:h" => {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    inside = true;
                }
                "text:s" => {
                    let blanks = inner.count("text:c")?.unwrap_or(1).min(BLANKS);
                    text.extend(std::iter::repeat_n(' ', blanks));
                }
                "text:tab" | "text:line-break" => text.push(' '),
                "text:span" | "text:a" | "text:ruby" | "text:ruby-base" => {}
                name if inside && is_field(name) => {}
                _ => xml.skip(&inner)?,
            },
            Node::Text(part) if inside => text.push_str(&part),
            Node::Text(_) => {}
            Node::Close(closed) => match closed.name() {
                "text:p" | "text:h" => inside = false,
                name if name == element.name() => break,
                _ => {}
            },
        }
    }
    Ok(text)
}

/// Fields that stand for a text: the date, the sheet's name, a page number.
fn is_field(name: &str) -> bool {
    matches!(
        name,
        "text:date" | "text:time" | "text:sheet-name" | "text:title" | "text:meta-field"
    )
}
