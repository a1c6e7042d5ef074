//! The lines of a sheet laid out as text.

use super::{Field, Intake};

/// Reads every line of `text`, cells parted by tabs.
pub(super) fn lines(text: &str, intake: &mut Intake) {
    let mut start = 0;
    for line in text.split('\n') {
        for cell in line.split('\t') {
            if !intake.field(Field::plain(text, start..start + cell.len())) {
                return;
            }
            start += cell.len() + 1;
        }
        intake.end_line();
    }
}
