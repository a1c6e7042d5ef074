//! Codes against the scheme of their scorecard and the place where they stand.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::arena::{Arena, PerspectiveIx, ThemeIx};
use crate::model::code::{CROSS_CUTTING, Code};
use crate::model::doubt::Doubt;
use crate::model::scorecard::{Perspective, Scorecard};
use crate::model::settings::CodeScheme;
use crate::model::spelling;
use crate::say;
use crate::span::{At, Span};

/// What a code is the code of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// A row of the map.
    Perspective,
    /// A column of the map.
    Theme,
    /// An objective.
    Objective,
    /// A KPI.
    Kpi,
    /// An action plan.
    Action,
}

impl Rank {
    fn example(self) -> Message {
        match self {
            Self::Perspective => say!("one capital letter such as C"),
            Self::Theme => say!("one capital letter other than T, such as A"),
            Self::Objective => say!("theme, perspective and number, such as AC1"),
            Self::Kpi => say!("the objective's code, a dot and a number, such as AC1.1"),
            Self::Action => say!("the KPI's code, a dot and a number, such as AC1.1.1"),
        }
    }

    fn what(self) -> Message {
        match self {
            Self::Perspective => say!("a perspective"),
            Self::Theme => say!("a theme"),
            Self::Objective => say!("an objective"),
            Self::Kpi => say!("a KPI"),
            Self::Action => say!("an action plan"),
        }
    }
}

/// Reads a code of a given rank. A code that breaks the scheme is noted and
/// kept where it still can name a page, so that nothing under it is lost; the
/// others of its `family` are in doubt.
pub fn read(
    written: &At<String>,
    rank: Rank,
    scheme: CodeScheme,
    family: &str,
    doubt: &mut Doubt,
    faults: &mut Diagnostics,
) -> Option<Code> {
    let code = Code::new(&written.value);
    let fits = code
        .as_ref()
        .is_some_and(|code| scheme == CodeScheme::Free || is_strict(code, rank));
    if !fits {
        doubt.refuse(&written.value, family);
        faults.push(
            Diagnostic::new(
                Rule::BadCode,
                written.span,
                say!("`{value}` is not the code of {what}", value = written.value, what = rank.what()),
            )
            .expected(match scheme {
                CodeScheme::Strict => rank.example(),
                CodeScheme::Free => say!("letters, digits, `.`, `-` and `_`, beginning with a letter or digit"),
            })
            .help(match (scheme, meant(&written.value, rank, family)) {
                (CodeScheme::Strict, Some(meant)) => say!("write `{meant}`", meant),
                (CodeScheme::Strict, None) => say!("write it in the scheme, or put `codes: free` in scorecard.yaml if this publisher numbers differently"),
                (CodeScheme::Free, _) => say!("the code becomes a file name; keep to these characters"),
            }),
        );
    }
    code
}

fn is_strict(code: &Code, rank: Rank) -> bool {
    match (rank, code.parts()) {
        (Rank::Perspective, _) => is_letter(code),
        (Rank::Theme, _) => is_letter(code) && !code.as_str().starts_with(CROSS_CUTTING),
        (Rank::Objective, Some(parts)) => parts.kpi.is_none(),
        (Rank::Kpi, Some(parts)) => parts.kpi.is_some() && parts.action.is_none(),
        (Rank::Action, Some(parts)) => parts.action.is_some(),
        (_, None) => false,
    }
}

fn is_letter(code: &Code) -> bool {
    code.as_str().len() == 1 && code.as_str().starts_with(|c: char| c.is_ascii_uppercase())
}

/// The code that was most likely meant under a parent whose children's codes begin with `family`.
fn meant(written: &str, rank: Rank, family: &str) -> Option<Code> {
    let plain = spelling::code_meant(written);
    let parted = family
        .strip_suffix('.')
        .and_then(|parent| plain.strip_prefix(parent))
        .map(|rest| format!("{family}{rest}"));
    let fits = |text: &str| Code::new(text).filter(|code| is_strict(code, rank));
    fits(&plain).or_else(|| fits(&parted?))
}

/// The row that a strict objective code names.
pub fn perspective_of(
    code: &Code,
    perspectives: &Arena<PerspectiveIx, Perspective>,
) -> Option<PerspectiveIx> {
    let letter = code.parts()?.perspective;
    perspectives.find(|p| p.code.as_str().chars().eq([letter]))
}

/// Notes an objective whose code names another theme than the one it stands in.
pub fn check_theme(
    code: &Code,
    place: Option<(ThemeIx, &Code, Span)>,
    span: Span,
    doubt: &mut Doubt,
    faults: &mut Diagnostics,
) {
    let Some(parts) = code.parts() else { return };
    let letter = place.map_or(Some(CROSS_CUTTING), |(_, theme, _)| {
        theme.as_str().chars().next()
    });
    if letter == Some(parts.theme) {
        return;
    }
    if place.is_some_and(|(_, theme, _)| doubt.stands_twice(theme.as_str())) {
        doubt.doubt_family(&parts.theme.to_string());
        return;
    }
    doubt.refuse(code.as_str(), &String::from_iter(letter));
    doubt.refuse(code.as_str(), &family(code));
    let fault = match place {
        Some((_, theme, theme_span)) => Diagnostic::new(
            Rule::MisplacedCode,
            span,
            say!("`{code}` stands under theme {theme} but its code names theme {named}", code, theme, named = parts.theme),
        )
        .expected(say!("a code that begins with {theme}", theme))
        .related(theme_span, say!("theme {theme} begins here", theme)),
        None => Diagnostic::new(
            Rule::MisplacedCode,
            span,
            say!("`{code}` stands among the cross-cutting objectives but its code names theme {theme}", code, theme = parts.theme),
        )
        .expected(say!("a code that begins with {cross_cutting}", cross_cutting = CROSS_CUTTING)),
    };
    faults.push(fault.help(say!(
        "change the code, or move the objective to the theme it names"
    )));
}

/// Notes a KPI or action whose code is not its parent's and a number.
pub fn check_parent(
    code: &Code,
    parent: &Code,
    parent_span: Span,
    span: Span,
    doubt: &mut Doubt,
    faults: &mut Diagnostics,
) {
    // Under a parent whose own code is wrong, every child would seem misplaced.
    if doubt.refused(parent.as_str()) {
        return;
    }
    if doubt.stands_twice(parent.as_str()) {
        doubt.doubt_family(&family(code));
        return;
    }
    let Some(stem) = code.parts().and_then(|parts| parts.parent) else {
        return;
    };
    if stem != parent.as_str() {
        doubt.refuse(code.as_str(), &format!("{parent}."));
        doubt.refuse(code.as_str(), &family(code));
        faults.push(
            Diagnostic::new(
                Rule::MisplacedCode,
                span,
                say!(
                    "`{code}` stands under {parent} but its code belongs to {stem}",
                    code,
                    parent,
                    stem
                ),
            )
            .expected(say!("a code that begins with {parent}.", parent))
            .help(say!("change the code, or move it under {stem}", stem))
            .related(parent_span, say!("{parent} is here", parent)),
        );
    }
}

/// What the codes of a code's neighbours begin with, by the code itself.
pub fn family(code: &Code) -> String {
    match code.parts() {
        Some(parts) => match parts.parent {
            Some(parent) => format!("{parent}."),
            None => format!("{}{}", parts.theme, parts.perspective),
        },
        None => code.to_string(),
    }
}

/// Puts the neighbours of codes that stand twice in doubt.
pub fn doubt_duplicates(scorecard: &mut Scorecard) {
    let twice: Vec<String> = scorecard
        .items()
        .filter(|item| scorecard.item(scorecard.code(*item).as_str()) != Some(*item))
        .map(|item| family(scorecard.code(item)))
        .collect();
    for family in twice {
        scorecard.doubt.doubt_family(&family);
    }
}
