//! Footnotes: taken out of the text, numbered as they are first referred to.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Spanned;

/// A document's footnotes.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    definitions: Vec<Definition<'a>>,
    by_label: BTreeMap<String, usize>,
    /// The definitions in the order of their numbers, with how often each was
    /// referred to.
    numbered: Vec<(usize, usize)>,
    numbers: BTreeMap<usize, usize>,
    /// Every definition before this one has a number.
    unnumbered: usize,
}

struct Definition<'a> {
    label: CowStr<'a>,
    events: Vec<Event<'a>>,
}

impl<'a> Footnotes<'a> {
    /// Parts a document into its text and its footnotes.
    pub(super) fn part(events: Vec<Spanned<'a>>) -> (Vec<Event<'a>>, Self) {
        let mut text = Vec::with_capacity(events.len());
        let mut notes = Self::default();
        let mut open: Vec<Definition> = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(Definition {
                        label,
                        events: Vec::new(),
                    });
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some(definition) = open.pop() {
                        let index = notes.definitions.len();
                        notes
                            .by_label
                            .entry(key(&definition.label))
                            .or_insert(index);
                        notes.definitions.push(definition);
                    }
                }
                event => open
                    .last_mut()
                    .map_or(&mut text, |note| &mut note.events)
                    .push(event),
            }
        }
        (text, notes)
    }

    /// Counts a reference: the footnote's number and which reference to it this
    /// is, both from 1; nothing when there is no such footnote.
    pub(super) fn refer(&mut self, label: &str) -> Option<(usize, usize)> {
        let definition = *self.by_label.get(&key(label))?;
        let number = self.number(definition);
        let (_, references) = self.numbered.get_mut(number.checked_sub(1)?)?;
        *references += 1;
        Some((number, *references))
    }

    fn number(&mut self, definition: usize) -> usize {
        *self.numbers.entry(definition).or_insert_with(|| {
            self.numbered.push((definition, 0));
            self.numbered.len()
        })
    }

    /// Takes the text of the footnote with a number. Once all that are referred
    /// to are taken, those that nothing refers to follow: nothing an author
    /// wrote is lost.
    pub(super) fn take(&mut self, number: usize) -> Option<Vec<Event<'a>>> {
        if number > self.numbered.len() {
            while self.numbers.contains_key(&self.unnumbered) {
                self.unnumbered += 1;
            }
            self.definitions.get(self.unnumbered)?;
            self.number(self.unnumbered);
        }
        let (definition, _) = *self.numbered.get(number.checked_sub(1)?)?;
        self.definitions
            .get_mut(definition)
            .map(|d| std::mem::take(&mut d.events))
    }

    /// How often the text refers to a footnote.
    pub(super) fn references(&self, number: usize) -> usize {
        let numbered = number
            .checked_sub(1)
            .and_then(|index| self.numbered.get(index));
        numbered.map_or(0, |(_, references)| *references)
    }
}

/// Labels are the same whatever their case.
fn key(label: &str) -> String {
    label.to_lowercase()
}

/// The id of a footnote, without prefix.
pub(super) fn id(number: usize) -> String {
    format!("fn:{number}")
}

/// The id of a reference to a footnote, without prefix.
pub(super) fn reference_id(number: usize, reference: usize) -> String {
    match reference {
        1 => format!("fnref:{number}"),
        _ => format!("fnref:{number}:{reference}"),
    }
}
