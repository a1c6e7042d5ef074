//! Codes are unique and, in the strict scheme, numbered without a gap.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::scorecard::{Item, Scorecard};
use crate::model::settings::CodeScheme;
use crate::say;
use crate::span::Span;

/// Checks the codes of one scorecard.
pub fn check(scorecard: &Scorecard, faults: &mut Diagnostics) {
    duplicates(scorecard, faults);
    if scorecard.codes == CodeScheme::Strict {
        gaps(scorecard, faults);
    }
}

fn duplicates(scorecard: &Scorecard, faults: &mut Diagnostics) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for item in scorecard.items() {
        let (code, span) = (scorecard.code(item).as_str(), scorecard.span(item));
        if scorecard.doubt.refused(code) {
            continue;
        }
        if let Some(first) = seen.get(code) {
            faults.push(
                Diagnostic::new(
                    Rule::DuplicateCode,
                    span,
                    say!("the code `{code}` is used twice", code),
                )
                .expected(say!("a code of its own"))
                .help(say!(
                    "number one of the two anew; codes are unique inside a scorecard"
                ))
                .related(*first, say!("first used here")),
            );
        } else {
            seen.insert(code, span);
        }
    }
}

fn gaps(scorecard: &Scorecard, faults: &mut Diagnostics) {
    let mut families: BTreeMap<String, Vec<(u32, Item)>> = BTreeMap::new();
    for item in scorecard.items() {
        let code = scorecard.code(item);
        let Some(parts) = code
            .parts()
            .filter(|_| !scorecard.doubt.refused(code.as_str()))
        else {
            continue;
        };
        let number = parts.action.or(parts.kpi).unwrap_or(parts.objective);
        let family = match parts.parent {
            Some(parent) => format!("{parent}."),
            None => format!("{}{}", parts.theme, parts.perspective),
        };
        families.entry(family).or_default().push((number, item));
    }
    for (family, mut members) in families {
        if scorecard.doubt.covers(&family) {
            continue;
        }
        members.sort_unstable();
        members.dedup_by_key(|(number, _)| *number);
        let mut next = 1;
        for (number, item) in members {
            if number != next {
                let missing = match number - next {
                    1 => say!("{family}{next}", family, next),
                    _ => say!(
                        "{family}{next} to {family}{number}",
                        family,
                        next,
                        number = number - 1
                    ),
                };
                faults.push(
                    Diagnostic::new(
                        Rule::NumberingGap,
                        scorecard.span(item),
                        say!("`{code}` stands here, but there is no {missing}", code = scorecard.code(item), missing),
                    )
                    .expected(say!("{family}{next}", family, next))
                    .help(say!("number without gaps, or add what is missing; where the plan itself leaves gaps, put `check: {numbering-gap: allow}` into content/site.yaml")),
                );
            }
            next = number + 1;
        }
    }
}
