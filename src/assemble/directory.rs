//! The organisations and units that others name by their ids, and what was meant where
//! a text is none.

use super::organizations::Ids;
use crate::diagnostic::{Diagnostic, Guess, Rule, nearest};
use crate::message::Message;
use crate::model::Arena;
use crate::model::arena::OrganizationIx;
use crate::model::number::half_width;
use crate::model::organization::{Organization, Unit};
use crate::model::text::Text;
use crate::say;
use crate::span::{At, Span};

/// What may stand where an organisation is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// One organisation.
    One,
    /// One, or a list of them.
    Many,
    /// One, or one of its units.
    Owner,
}

/// The ids of organisations and their units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    ids: Ids,
    entries: Arena<OrganizationIx, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: String,
    names: Vec<Text>,
    units: Vec<Unit>,
}

impl Directory {
    /// The directory of the organisations of a site.
    pub fn new(organizations: &Arena<OrganizationIx, Organization>, ids: Ids) -> Self {
        let entries = organizations.map(|(_, organization)| Entry {
            id: organization.id.clone(),
            names: std::iter::once(&organization.name)
                .chain(&organization.short)
                .cloned()
                .collect(),
            units: organization.units.clone(),
        });
        Self { ids, entries }
    }

    /// The id of an organisation.
    pub fn id(&self, at: OrganizationIx) -> &str {
        &self.entries[at].id
    }

    /// The organisation with an id.
    pub fn find(&self, id: &str) -> Option<OrganizationIx> {
        self.ids.get(id)
    }

    /// Whether there is an organisation with that id.
    pub fn knows(&self, id: &str) -> bool {
        self.ids.get(id).is_some()
    }

    /// A unit of an organisation, at any depth.
    pub fn unit(&self, at: OrganizationIx, id: &str) -> Option<&Unit> {
        Unit::find(&self.entries[at].units, id)
    }

    /// The fault of a text that names no organisation; none where it may name one that
    /// was refused.
    pub fn unknown(&self, written: &At<String>, named: Named, guess: Guess) -> Option<Diagnostic> {
        let id = &written.value;
        if self.ids.covers(id) {
            return None;
        }
        let fault = Diagnostic::new(
            Rule::UnknownReference,
            written.span,
            say!("there is no organisation `{id}`", id),
        )
        .expected(say!("an id from organizations.yaml"));
        let near = || {
            let near = nearest(id, self.ids.all())?;
            Some(say!("did you mean `{near}`?", near))
        };
        let look = || {
            let meant = self.several(id, named);
            meant.or_else(|| self.by_name(id, named)).or_else(near)
        };
        let meant = (guess == Guess::Worth).then(look).flatten();
        let add = || say!("add the organisation to organizations.yaml");
        Some(fault.help(meant.unwrap_or_else(add)))
    }

    /// The fault of a text that names no unit of an organisation.
    pub fn unknown_unit(&self, at: OrganizationIx, unit: &str, span: Span) -> Diagnostic {
        let entry = &self.entries[at];
        let id = &entry.id;
        let fault = Diagnostic::new(
            Rule::UnknownReference,
            span,
            say!("the organisation `{id}` has no unit `{unit}`", id, unit),
        )
        .expected(say!("the id of a unit of `{id}`", id));
        let units = all(&entry.units);
        let named = units.iter().filter(|known| known.name.is_called(unit));
        let ids = units.iter().filter_map(|unit| unit.id.as_deref());
        fault.help(match only(named) {
            Some(known) => name_unit(id, known),
            None => match nearest(unit, ids) {
                Some(near) => say!("did you mean `{near}`?", near = format!("{id}/{near}")),
                None => say!("add the unit, with this id, to organizations.yaml"),
            },
        })
    }

    /// What to write where a text holds several ids, as lists are written elsewhere.
    fn several(&self, text: &str, named: Named) -> Option<Message> {
        let plain: String = text.chars().map(half_width).collect();
        let plain = plain.trim_matches(|c: char| c.is_whitespace() || "[]【】".contains(c));
        let parts: Vec<&str> = plain
            .split([',', '、', ';'])
            .flat_map(str::split_whitespace)
            .collect();
        let id = |part: &&str| {
            let known = self.ids.all().find(|id| id == part);
            let known = known.or_else(|| nearest(part, self.ids.all()));
            known.map(str::to_owned)
        };
        let found: Vec<Option<String>> = parts.iter().map(id).collect();
        // Between blanks may stand the words of a name.
        let is_row = plain.contains([',', '、', ';']) && found.iter().any(Option::is_some);
        if !is_row && found.contains(&None) {
            return None;
        }
        let ids: Vec<String> = (found.into_iter().zip(&parts))
            .map(|(id, part)| id.unwrap_or_else(|| (*part).to_owned()))
            .collect();
        match (ids.as_slice(), named) {
            ([], _) => None,
            ([one], _) => Some(say!("write `{meant}`", meant = one)),
            (several, Named::Many) => {
                let meant = format!("[{}]", several.join(", "));
                Some(say!("write `{meant}`", meant))
            }
            (_, Named::One | Named::Owner) => {
                Some(say!("name one of them alone: no list can stand here"))
            }
        }
        // A slip in a single id is told as such.
        .filter(|_| parts.len() > 1 || plain != text.trim())
    }

    /// What to write where a text is the name of an organisation or unit, or the bare id
    /// of a unit.
    fn by_name(&self, text: &str, named: Named) -> Option<Message> {
        let entries = || self.entries.iter();
        let called = |entry: &&Entry| entry.names.iter().any(|name| name.is_called(text));
        if let Some(entry) = only(entries().filter(called)) {
            return Some(say!("write its id, `{id}`", id = entry.id));
        }
        let units = entries().flat_map(|entry| {
            let units = all(&entry.units).into_iter();
            units.map(move |unit| (entry, unit))
        });
        let (entry, unit) =
            only(units.filter(|(_, unit)| {
                unit.id.as_deref() == Some(text) || unit.name.is_called(text)
            }))?;
        Some(match named {
            Named::Owner => name_unit(&entry.id, unit),
            Named::One | Named::Many => say!(
                "that is a unit of `{id}`; only an organisation can stand here",
                id = entry.id
            ),
        })
    }
}

/// How an owner names a unit.
fn name_unit(id: &str, unit: &Unit) -> Message {
    match &unit.id {
        Some(unit) => say!("write its id, `{id}`", id = format!("{id}/{unit}")),
        None => say!(
            "give the unit an `id` in organizations.yaml, and write `{id}/` and that",
            id
        ),
    }
}

/// Units with those below them.
fn all(units: &[Unit]) -> Vec<&Unit> {
    let mut found: Vec<&Unit> = Vec::new();
    for unit in units {
        found.push(unit);
        found.extend(all(&unit.units));
    }
    found
}

/// The only one of some.
fn only<T>(mut some: impl Iterator<Item = T>) -> Option<T> {
    let first = some.next()?;
    some.next().is_none().then_some(first)
}
