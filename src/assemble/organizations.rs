//! `organizations.yaml` becomes the organisations of the publication.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::{Directory, Named};
use super::site::{links, text};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::arena::{Arena, OrganizationIx};
use crate::model::lang::Languages;
use crate::model::look::Look;
use crate::model::organization::{Organization, Unit};
use crate::model::text::Text;
use crate::say;
use crate::source::entry::{OrganizationEntry, TextOr, UnitEntry};
use crate::span::At;

/// Organisations and where each id is.
pub type Organizations = (Arena<OrganizationIx, Organization>, Ids);

/// The ids of organisations, and what of them is in doubt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    known: BTreeMap<String, OrganizationIx>,
    /// Ids that are no ids, in small letters.
    refused: BTreeSet<String>,
    /// Whether an organisation has no id, or that of another: it may have any.
    any: bool,
}

impl Ids {
    /// The organisation with that id.
    pub fn get(&self, id: &str) -> Option<OrganizationIx> {
        self.known.get(id).copied()
    }

    /// Every id.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// Whether an organisation may have that id, for a fault told where it is listed.
    pub fn covers(&self, id: &str) -> bool {
        self.any || self.refused.contains(&id.to_lowercase())
    }
}

/// Folder names that the site itself uses.
const RESERVED: &[&str] = &["assets", "compare", "data"];

/// Assembles the organisations, then ties each to its parent.
pub fn organizations(
    entries: Vec<OrganizationEntry>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> Organizations {
    let mut arena: Arena<OrganizationIx, Organization> = Arena::default();
    let mut ids = Ids::default();
    let mut parents = Vec::new();
    for entry in entries {
        let Some(id) = entry.id else {
            ids.any = true;
            continue;
        };
        let Some(id) = check_id(id, languages, &mut ids.refused, faults) else {
            continue;
        };
        if let Some(first) = ids.get(&id.value) {
            ids.any = true;
            faults.push(
                Diagnostic::new(
                    Rule::DuplicateId,
                    id.span,
                    say!("the id `{value}` is used twice", value = id.value),
                )
                .expected(say!("an id of its own for each organisation"))
                .help(say!(
                    "give one of the two the name of its own folder under content/"
                ))
                .related(arena[first].span, say!("first used here")),
            );
            continue;
        }
        let organization = Organization {
            id: id.value.clone(),
            name: entry
                .name
                .map(|name| text(languages, &name, faults))
                .unwrap_or_default(),
            short: entry.short.map(|name| text(languages, &name, faults)),
            parent: None,
            units: units(entry.units, languages, faults),
            links: links(languages, &entry.links, faults),
            look: Look {
                accent: entry.accent,
                logo: entry.logo,
            },
            span: id.span,
        };
        let at = arena.push(organization);
        ids.known.insert(id.value, at);
        if let Some(parent) = entry.parent {
            parents.push((at, parent));
        }
    }
    let mut unknown = Vec::new();
    for (child, parent) in parents {
        match ids.get(&parent.value) {
            None => unknown.push(parent),
            Some(at) if is_under(&arena, at, child) => faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    parent.span,
                    say!(
                        "`{id}` belongs to itself through `{value}`",
                        id = arena[child].id,
                        value = parent.value
                    ),
                )
                .expected(say!("a parent that does not belong to its own child")),
            ),
            Some(at) => arena[child].parent = Some(at),
        }
    }
    if !unknown.is_empty() {
        let directory = Directory::new(&arena, ids.clone());
        for parent in &unknown {
            let fault = |guess| directory.unknown(parent, Named::One, guess);
            faults.work_out(Rule::UnknownReference, fault);
        }
    }
    cut_deep(&mut arena, faults);
    (arena, ids)
}

/// The most organisations and units that may lie in one another. A page shows
/// them so, and each level takes some of its width.
const MOST_LEVELS: usize = 12;

/// Unties what lies too deep, so that nothing after this has to count.
fn cut_deep(arena: &mut Arena<OrganizationIx, Organization>, faults: &mut Diagnostics) {
    let above = |at: OrganizationIx| {
        let up = |at: &OrganizationIx| arena[*at].parent;
        let chain = std::iter::successors(Some(at), up);
        chain.take(MOST_LEVELS + 1).count()
    };
    let deep: Vec<_> = (arena.entries())
        .filter(|(at, organization)| above(*at) + levels(&organization.units) > MOST_LEVELS)
        .map(|(at, _)| at)
        .collect();
    for at in deep {
        let organization = &mut arena[at];
        organization.parent = None;
        organization.units.clear();
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                organization.span,
                say!("with the organisations above it and its units, `{id}` makes more than {most_levels} levels", id = organization.id, most_levels = MOST_LEVELS),
            )
            .expected(say!("at most {most_levels} levels", most_levels = MOST_LEVELS))
            .help(say!("leave out a level between")),
        );
    }
}

/// How deep units lie in one another.
fn levels(units: &[Unit]) -> usize {
    let deepest = units.iter().map(|unit| levels(&unit.units)).max();
    deepest.map_or(0, |deepest| deepest + 1)
}

/// Whether `at` is `ancestor` or belongs to it.
fn is_under(
    arena: &Arena<OrganizationIx, Organization>,
    at: OrganizationIx,
    ancestor: OrganizationIx,
) -> bool {
    let mut place = Some(at);
    while let Some(current) = place {
        if current == ancestor {
            return true;
        }
        place = arena[current].parent;
    }
    false
}

fn check_id(
    id: At<String>,
    languages: &Languages,
    refused: &mut BTreeSet<String>,
    faults: &mut Diagnostics,
) -> Option<At<String>> {
    let reserved = RESERVED.contains(&id.value.as_str()) || languages.find(&id.value).is_some();
    if has_form(&id.value) && !reserved {
        return Some(id);
    }
    let value = &id.value;
    let message = if reserved {
        say!("`{value}` is a folder of the site itself", value)
    } else {
        say!("`{value}` is not an id", value)
    };
    let small = value.to_lowercase();
    let fault = Diagnostic::new(Rule::BadValue, id.span, message).expected(say!(
        "small letters, digits and hyphens, beginning with a letter"
    ));
    faults.push(if !reserved && has_form(&small) {
        fault.help(say!("write `{meant}`", meant = small))
    } else {
        fault.help(say!(
            "the id becomes a folder and part of addresses; choose a short Latin name"
        ))
    });
    refused.insert(small);
    None
}

fn has_form(id: &str) -> bool {
    id.len() <= 60
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn units(
    entries: Vec<TextOr<UnitEntry>>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> Vec<Unit> {
    entries
        .into_iter()
        .map(|entry| match entry {
            TextOr::Text(name) => Unit {
                id: None,
                name: Text::new(name.value, Vec::new()),
                units: Vec::new(),
            },
            TextOr::Full(unit) => Unit {
                id: unit.id.map(|id| id.value),
                name: unit
                    .name
                    .map(|name| text(languages, &name, faults))
                    .unwrap_or_default(),
                units: units(unit.units, languages, faults),
            },
        })
        .collect()
}
