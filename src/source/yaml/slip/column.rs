//! Lines that do not begin in the column of what they belong to.

use std::cmp::Reverse;

use super::layout::{Layout, Level};
use super::{Line, Slip, is_key_line, line_at};
use crate::say;

/// How far from its neighbours a line may stand to be taken for one of theirs.
const NEAR: usize = 3;

/// A line to the left or right of its neighbours, or without what it belongs to.
pub fn uneven(text: &str, line: &Line) -> Option<Slip> {
    let levels = Layout::upto(text, line.start).levels;
    let found = line.indent();
    let body = line.text.get(found..)?;
    let is_item = body.starts_with("- ") || body == "-";
    let above = text.get(..line.start)?.trim_end();
    let above = line_at(text, above.len());
    if let Some(slip) = bare_item(line, &above, is_item, &levels) {
        return Some(slip);
    }
    // The first line of what a key begins may stand in any column.
    if above.text.ends_with(':') && found > above.indent() {
        return None;
    }
    if !is_item && !is_key_line(line.text) {
        return None;
    }
    if let Some(slip) = is_item.then(|| no_dash(text, line, &levels)).flatten() {
        return Some(slip);
    }
    let neighbour = levels
        .iter()
        .filter(|level| level.is_list == is_item)
        .min_by_key(|level| (level.column.abs_diff(found), Reverse(level.column)))
        .filter(|level| level.column.abs_diff(found) <= NEAR);
    match neighbour {
        // In the right column, so something else is wrong.
        Some(level) if level.column == found => None,
        Some(level) => Some(moved(text, line, level)),
        None if is_item => no_key(line, &levels),
        None => None,
    }
}

/// An item in braces without its dash, beside one that has it.
fn bare_item(line: &Line, above: &Line, is_item: bool, levels: &[Level]) -> Option<Slip> {
    let in_braces = |line: &Line| line.text.trim_start().starts_with('{');
    let found = line.indent();
    let is_beside = |column: usize| column == found || column == found + 2;
    let beside =
        |level: &Level| level.is_list && (level.column == found || level.column + 2 == found);
    let bare = if is_item && in_braces(above) && is_beside(above.indent()) {
        above
    } else if in_braces(line) && levels.iter().any(beside) {
        line
    } else {
        return None;
    };
    let at = bare.indent();
    Some(bare.slip(
        at..at + 1,
        say!("a dash is missing before this entry"),
        say!("write `- {`: every item of a list begins with a dash, in the column of the other dashes"),
    ))
}

/// A line beside the column of the nearest list or mapping.
fn moved(text: &str, line: &Line, level: &Level) -> Slip {
    let (found, wanted) = (line.indent() + 1, level.column + 1);
    let mut slip = line.slip(
        0..line.text.len(),
        say!(
            "this line begins in column {found}, its neighbours in column {wanted}",
            found,
            wanted
        ),
        say!("let it begin in column {wanted}: the keys of one thing, and the dashes of one list, stand in the same column", wanted),
    );
    let end = line_at(text, level.last).end();
    slip.related = Some((level.last..end, say!("its nearest neighbour")));
    slip
}

/// The first item of a list has no dash, so that the second has no list.
fn no_dash(text: &str, line: &Line, levels: &[Level]) -> Option<Slip> {
    let found = line.indent();
    let at = levels.iter().position(|level| level.column >= found)?;
    let first = levels.get(at)?;
    let around = levels.get(at.checked_sub(1)?)?;
    if first.is_list || around.is_list || levels.iter().any(|l| l.is_list && l.column == found) {
        return None;
    }
    let own = line_at(text, first.first);
    let (_, key, _) = own.key()?;
    let range = first.first..first.first + key.len();
    let mut slip = Slip::new(
        range,
        say!("a dash is missing before this `{key}`", key),
        say!(
            "write `- {key}: …`: every item of a list begins with a dash, in the column of the other dashes",
            key
        ),
    );
    let at = line.start + found;
    slip.related = Some((at..line.end(), say!("the next item of the list")));
    Some(slip)
}

/// Items under a key that has its value already.
fn no_key(line: &Line, levels: &[Level]) -> Option<Slip> {
    let found = line.indent();
    let deepest = levels.last()?;
    (!deepest.is_list && deepest.column < found).then(|| {
        line.slip(
            found..line.text.len(),
            say!("a list begins here, but the line above does not say of what"),
            say!("write the key of the list on a line of its own above it, such as `kpis:`, or give the line the indentation of its neighbours"),
        )
    })
}
