//! Where on the map an objective belongs: its column and its row, by its code or by what
//! it says.

use super::codes::{self, Rank};
use super::plan::{Plan, Setting};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Wording;
use crate::model::arena::{PerspectiveIx, Position, ThemeIx};
use crate::model::code::{CROSS_CUTTING, Code};
use crate::model::settings::CodeScheme;
use crate::say;
use crate::source::entry::ObjectiveEntry;
use crate::span::Span;

/// An objective that knows where it belongs.
pub(super) struct Placed {
    pub entry: ObjectiveEntry,
    pub code: Code,
    pub span: Span,
    pub theme: Option<ThemeIx>,
    pub perspective: PerspectiveIx,
}

/// Where on the map an objective belongs.
pub(super) enum Column {
    /// Under a theme.
    Theme(ThemeIx),
    /// Across all of them.
    All,
}

impl Column {
    pub const fn theme(&self) -> Option<ThemeIx> {
        match self {
            Self::Theme(at) => Some(*at),
            Self::All => None,
        }
    }
}

/// The column of an objective that stands in a list of its own.
pub(super) fn theme_of(
    setting: &Setting,
    entry: &ObjectiveEntry,
    plan: &Plan,
    faults: &mut Diagnostics,
) -> Option<Column> {
    let written = entry.theme.as_ref().or(entry.code.as_ref())?;
    let letter = match (&entry.theme, setting.scheme) {
        (Some(theme), _) => theme.value.clone(),
        (None, CodeScheme::Strict) => written.value.chars().take(1).collect(),
        (None, CodeScheme::Free) => {
            faults.push(
                Diagnostic::new(
                    Rule::MissingKey,
                    written.span,
                    say!("this objective does not say which theme it belongs to"),
                )
                .expected(say!("a key `theme` with the theme's code"))
                .help(say!(
                    "add `theme: …`, or `cross_cutting` as its list if it serves every theme"
                )),
            );
            return None;
        }
    };
    if setting.scheme == CodeScheme::Strict && letter.chars().eq([CROSS_CUTTING]) {
        return Some(Column::All);
    }
    let found = plan.themes.find(|theme| theme.code.as_str() == letter);
    if found.is_none() {
        faults.push(
            Diagnostic::new(
                Rule::UnknownReference,
                written.span,
                say!("there is no theme `{letter}`", letter),
            )
            .expected(say!("the code of a theme of this scorecard")),
        );
    }
    found.map(Column::Theme)
}

/// Finds the code, the column and the row of an objective.
pub(super) fn place(
    setting: &Setting,
    entry: ObjectiveEntry,
    theme: Option<ThemeIx>,
    plan: &mut Plan,
    placed: &mut Vec<Placed>,
    faults: &mut Diagnostics,
) {
    let Some(written) = &entry.code else { return };
    let column = theme.map(|ix| (ix, plan.themes[ix].code.clone(), plan.themes[ix].span));
    let family = match &column {
        Some((_, theme, _)) => theme.to_string(),
        None => CROSS_CUTTING.to_string(),
    };
    let doubt = &mut plan.doubt;
    let Some(code) = codes::read(
        written,
        Rank::Objective,
        setting.scheme,
        &family,
        doubt,
        faults,
    ) else {
        return;
    };
    let span = written.span;
    if setting.scheme == CodeScheme::Strict {
        let at = column.as_ref().map(|(ix, code, span)| (*ix, code, *span));
        codes::check_theme(&code, at, span, doubt, faults);
    }
    let perspective = match &entry.perspective {
        Some(stated) => {
            let found = setting
                .perspectives
                .find(|p| p.code.as_str() == stated.value);
            if found.is_none() {
                faults.push(no_perspective(setting, &stated.value, stated.span));
            }
            found
        }
        None if setting.scheme == CodeScheme::Strict => {
            let found = codes::perspective_of(&code, setting.perspectives);
            if let (None, Some(parts)) = (found, code.parts()) {
                plan.doubt.refuse(code.as_str(), &family);
                faults.push(no_perspective(
                    setting,
                    &parts.perspective.to_string(),
                    span,
                ));
            }
            found
        }
        None => {
            faults.push(
                Diagnostic::new(
                    Rule::MissingKey,
                    span,
                    say!("the objective `{code}` does not say its perspective", code),
                )
                .expected(say!("a key `perspective` with the perspective's code"))
                .help(say!(
                    "with `codes: free` the code cannot tell it; add `perspective: …`"
                )),
            );
            None
        }
    };
    // The fault is noted; the first row stands in, so that nothing under it is lost.
    let perspective = perspective.unwrap_or_else(|| PerspectiveIx::new(0));
    placed.push(Placed {
        entry,
        code,
        span,
        theme,
        perspective,
    });
}

fn no_perspective(setting: &Setting, code: &str, span: Span) -> Diagnostic {
    let known: Vec<_> = setting
        .perspectives
        .iter()
        .map(|p| p.code.as_str())
        .collect();
    Diagnostic::new(
        Rule::UnknownReference,
        span,
        say!("there is no perspective `{code}`", code),
    )
    .expected(say!("one of {known}", known = Wording::list(known)))
    .help(say!(
        "correct the letter, or add the perspective to `perspectives:` in scorecard.yaml"
    ))
}
