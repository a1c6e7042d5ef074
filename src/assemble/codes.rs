//! Codes against the scheme of their scorecard and the place where they stand.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::arena::{Arena, PerspectiveIx, ThemeIx};
use crate::model::code::{CROSS_CUTTING, Code};
use crate::model::doubt::Doubt;
use crate::model::scorecard::{Perspective, Scorecard};
use crate::model::settings::CodeScheme;
use crate::model::spelling;
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
    const fn example(self) -> &'static str {
        match self {
            Self::Perspective => "one capital letter such as C",
            Self::Theme => "one capital letter other than T, such as A",
            Self::Objective => "theme, perspective and number, such as AC1",
            Self::Kpi => "the objective's code, a dot and a number, such as AC1.1",
            Self::Action => "the KPI's code, a dot and a number, such as AC1.1.1",
        }
    }

    const fn what(self) -> &'static str {
        match self {
            Self::Perspective => "a perspective",
            Self::Theme => "a theme",
            Self::Objective => "an objective",
            Self::Kpi => "a KPI",
            Self::Action => "an action plan",
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
                format!("`{}` is not the code of {}", written.value, rank.what()),
            )
            .expected(match scheme {
                CodeScheme::Strict => rank.example(),
                CodeScheme::Free => "letters, digits, `.`, `-` and `_`, beginning with a letter or digit",
            })
            .help(match (scheme, meant(&written.value, rank, family)) {
                (CodeScheme::Strict, Some(meant)) => format!("write `{meant}`"),
                (CodeScheme::Strict, None) => "write it in the scheme, or put `codes: free` in scorecard.yaml if this publisher numbers differently".to_owned(),
                (CodeScheme::Free, _) => "the code becomes a file name; keep to these characters".to_owned(),
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
    doubt.refuse(code.as_str(), &String::from_iter(letter));
    doubt.refuse(code.as_str(), &family(code));
    let fault = match place {
        Some((_, theme, theme_span)) => Diagnostic::new(
            Rule::MisplacedCode,
            span,
            format!(
                "`{code}` stands under theme {theme} but its code names theme {}",
                parts.theme
            ),
        )
        .expected(format!("a code that begins with {theme}"))
        .related(theme_span, format!("theme {theme} begins here")),
        None => Diagnostic::new(
            Rule::MisplacedCode,
            span,
            format!(
                "`{code}` stands among the cross-cutting objectives but its code names theme {}",
                parts.theme
            ),
        )
        .expected(format!("a code that begins with {CROSS_CUTTING}")),
    };
    faults.push(fault.help("change the code, or move the objective to the theme it names"));
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
                format!("`{code}` stands under {parent} but its code belongs to {stem}"),
            )
            .expected(format!("a code that begins with {parent}."))
            .help(format!("change the code, or move it under {stem}"))
            .related(parent_span, format!("{parent} is here")),
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
