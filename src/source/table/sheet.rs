//! The sheet of a workbook that holds a ledger, and its lines, laid out as text.

use super::columns::columns_of;
use super::heading::Heading;
use super::{Field, Intake, Layout, Sheet, take_in};
use crate::message::Message;
use crate::say;

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

/// The sheet of a workbook that holds a ledger.
pub struct Chosen {
    /// The sheet.
    pub sheet: Sheet,
    /// What is wrong where it seems to be another, and what to do.
    pub fault: Option<(Message, Message)>,
}

/// Chooses the sheet named `stem`, or else the first.
#[must_use]
pub fn choose(mut sheets: Vec<Sheet>, stem: &str) -> Option<Chosen> {
    let is_named = |sheet: &Sheet| sheet.name.trim().to_lowercase() == stem;
    if let Some(named) = sheets.iter().position(is_named) {
        let sheet = sheets.swap_remove(named);
        return Some(Chosen { sheet, fault: None });
    }
    let columns = columns_of(stem);
    let is_ledger = |sheet: &Sheet| {
        let lines = take_in(&sheet.text, Layout::Sheet).lines;
        Heading::of(&lines, columns).is_there()
    };
    let first = sheets.first()?;
    let fault = (sheets.len() > 1 && !is_ledger(first)).then(|| {
        let message = say!(
            "no sheet of this workbook is named `{stem}`, and its first, “{first}”, is no ledger",
            stem,
            first = first.name
        );
        let help = match sheets.iter().find(|sheet| is_ledger(sheet)) {
            Some(other) => say!(
                "rename the sheet “{other}” to `{stem}`",
                other = other.name,
                stem
            ),
            None => say!("rename the sheet that holds the ledger to `{stem}`", stem),
        };
        (message, help)
    });
    let sheet = sheets.swap_remove(0);
    Some(Chosen { sheet, fault })
}
