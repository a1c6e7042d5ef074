//! The styles part: which number format each style of a cell has.

use std::collections::BTreeMap;

use super::super::WorkbookFault;
use super::super::number_format::NumberFormat;
use super::super::xml::{Node, Xml};

/// The number formats of a workbook's cell styles.
pub(super) struct Styles {
    formats: Vec<NumberFormat>,
}

impl Styles {
    pub(super) fn read(path: &str, text: &str) -> Result<Self, WorkbookFault> {
        let mut xml = Xml::new(path, text);
        let mut codes = BTreeMap::new();
        let mut formats = Vec::new();
        // `xf` stands in `cellStyleXfs` as well, where it is not a cell's.
        let mut of_cells = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => match element.local_name() {
                    "numFmt" => {
                        let code = element.attribute("formatCode")?.unwrap_or_default();
                        let id = element.count("numFmtId")?;
                        codes.insert(id, NumberFormat::of_code(&code));
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells => {
                        let id = element.count("numFmtId")?;
                        let built_in = || {
                            let id = id.and_then(|id| u32::try_from(id).ok());
                            id.map_or(NumberFormat::Plain, NumberFormat::built_in)
                        };
                        formats.push(codes.get(&id).copied().unwrap_or_else(built_in));
                    }
                    _ => {}
                },
                Node::Close(closed) if closed.local_name() == "cellXfs" => of_cells = false,
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok(Self { formats })
    }

    /// The number format of a style; a cell without one has the first.
    pub(super) fn format(&self, style: Option<usize>) -> NumberFormat {
        self.formats
            .get(style.unwrap_or(0))
            .copied()
            .unwrap_or_default()
    }
}
