//! The lines of a sheet laid out as text.

use super::{Field, Line};

/// Every line of `text`, cells parted by tabs.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let mut fields = Vec::new();
        for cell in line.split('\t') {
            fields.push(Field::plain(text, start..start + cell.len()));
            start += cell.len() + 1;
        }
        lines.push(Line { fields });
    }
    lines
}
