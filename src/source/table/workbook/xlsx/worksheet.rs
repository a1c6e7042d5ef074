//! The worksheet part: rows of cells, each with its address, type and value.

use super::super::grid::Grid;
use super::super::xml::{Element, Node, Xml};
use super::super::{WorkbookFault, cell};
use super::styles::Styles;
use super::text;

/// What the worksheets of a workbook have in common.
pub(super) struct Shared<'a> {
    pub(super) styles: &'a Styles,
    pub(super) strings: &'a [String],
    /// Whether days count from 1904, as they did on the first Macintosh.
    pub(super) days_1904: bool,
}

/// Reads the cells of a worksheet into `grid`.
pub(super) fn read(
    path: &str,
    text: &str,
    shared: &Shared<'_>,
    grid: &mut Grid<'_>,
) -> Result<(), WorkbookFault> {
    let mut xml = Xml::new(path, text);
    // Where the next row and cell lie if they do not say.
    let (mut row, mut column) = (0, 0);
    let mut next_row = 0_usize;
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.local_name() {
            "row" => {
                row = element
                    .count("r")?
                    .map_or(next_row, |r| r.saturating_sub(1));
                next_row = row.saturating_add(1);
                column = 0;
            }
            "c" => {
                if let Some(address) = element.attribute("r")? {
                    (row, column) = position(&address)
                        .ok_or_else(|| xml.damaged(&format!("“{address}” is not a cell")))?;
                }
                let value = value(&mut xml, &element, shared)?;
                grid.put(row, column, &value)?;
                column = column.saturating_add(1);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The text of a cell that just opened.
fn value(
    xml: &mut Xml<'_>,
    element: &Element<'_>,
    shared: &Shared<'_>,
) -> Result<String, WorkbookFault> {
    let kind = element.attribute("t")?.unwrap_or_default();
    let format = shared.styles.format(element.count("s")?);
    let (mut stored, mut formula, mut inline) = (None, None, None);
    // What the text that comes next belongs to.
    let mut inside = None;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(inner) => match inner.local_name() {
                "v" => inside = Some(stored.insert(String::new())),
                "f" => inside = Some(formula.insert(String::new())),
                "is" => inline = Some(text::item(xml, &inner)?),
                _ => xml.skip(&inner)?,
            },
            Node::Text(part) => {
                if let Some(text) = &mut inside {
                    text.push_str(&part);
                }
            }
            Node::Close(closed) if closed.name() == element.name() => break,
            Node::Close(_) => inside = None,
        }
    }
    let stored = match (stored, formula) {
        (None, Some(formula)) => return Ok(format!("={formula}")),
        // Libraries that calculate nothing write an empty result. Of a text it is one.
        (Some(stored), Some(formula)) if stored.is_empty() && kind != "str" => {
            return Ok(format!("={formula}"));
        }
        (stored, _) => stored.unwrap_or_default(),
    };
    Ok(match kind.as_str() {
        "inlineStr" => inline.unwrap_or_default(),
        "s" => {
            let index = stored.trim().parse::<usize>().ok();
            let string = index.and_then(|index| shared.strings.get(index));
            string
                .cloned()
                .ok_or_else(|| xml.damaged(&format!("there is no text {stored}")))?
        }
        "str" => text::unescaped(&stored),
        "b" => if stored.trim() == "0" {
            "FALSE"
        } else {
            "TRUE"
        }
        .to_owned(),
        "d" => cell::iso_day(&stored).to_owned(),
        "e" => stored,
        _ => cell::formatted(&stored, format, shared.days_1904),
    })
}

/// Row and column of an address such as `C5`, from 0.
fn position(address: &str) -> Option<(usize, usize)> {
    let split = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = address.split_at_checked(split)?;
    if letters.is_empty() || letters.len() > 3 || row.len() > 7 {
        return None;
    }
    let column = letters.bytes().try_fold(0_usize, |sum, letter| {
        let letter = letter.to_ascii_uppercase();
        letter
            .is_ascii_uppercase()
            .then(|| sum * 26 + usize::from(letter - b'A') + 1)
    })?;
    let row: usize = row.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn addresses_are_rows_and_columns_from_zero() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("AA10"), Some((9, 26)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for address in [
            "",
            "A",
            "1",
            "A0",
            "A-1",
            "Ａ1",
            "A1B",
            "AAAA1",
            "A12345678",
        ] {
            assert_eq!(position(address), None, "{address}");
        }
    }
}
