//! Headings' ids: what `#fragment` links inside a document lead to.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Spanned;

/// Gives every heading its id (without the prefix of a rendering) and returns
/// them in the order of the document.
///
/// An id written by hand (`{#id}`) is kept; otherwise the heading's text is
/// made into one. Hand-written ids are given out first, so that a heading
/// before cannot take them away.
pub(super) fn name_headings(events: &mut [Spanned]) -> Vec<String> {
    let mut ids = Ids::default();
    let mut named = BTreeMap::new();
    for (index, (event, _)) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
            named.insert(index, ids.take(&custom(id)));
        }
    }
    let mut open: Option<(usize, String)> = None;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { id: None, .. }) => open = Some((index, String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((start, text)) = open.take() {
                    named.insert(start, ids.take(&slug(&text)));
                }
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, text)) = &mut open {
                    text.push_str(part);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, text)) = &mut open {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    for (index, name) in &named {
        if let Some((Event::Start(Tag::Heading { id, .. }), _)) = events.get_mut(*index) {
            *id = Some(CowStr::from(name.clone()));
        }
    }
    named.into_values().collect()
}

/// An id made of a heading's text: letters and digits of any script in lower
/// case, and `-` for what stands between them.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            slug.extend(c.to_lowercase());
        } else if (c.is_whitespace() || c == '-') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A hand-written id. The footnotes' own ids start with `fn:` and `fnref:`, so
/// no heading may.
fn custom(id: &str) -> String {
    let id: String = id
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    match id
        .strip_prefix("fn")
        .map(|rest| rest.strip_prefix("ref").unwrap_or(rest))
    {
        Some(rest) if rest.starts_with(':') => id.replacen(':', "-", 1),
        _ => id,
    }
}

/// The ids given out so far.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<String>,
    /// The next number to try for an id that was wanted before.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// `wanted`, or `wanted-2`, `wanted-3` … if it is taken.
    fn take(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let next = self.next.entry(wanted.to_owned()).or_insert(2);
        loop {
            let id = format!("{wanted}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::heading_ids;

    #[test]
    fn an_id_is_the_headings_text_made_plain() {
        assert_eq!(heading_ids("# 達成率 **90%** 以上？"), ["達成率-90-以上"]);
        assert_eq!(
            heading_ids("## What `it` Means -- Éa\n\nText\n=="),
            ["what-it-means-éa", "text"]
        );
        assert_eq!(
            heading_ids("# ！？\n# [名](a.html)[^1]\n\n[^1]: x"),
            ["section", "名"]
        );
    }

    #[test]
    fn ids_are_unique_and_those_written_by_hand_are_kept() {
        assert_eq!(
            heading_ids("# a\n# a\n# a-2\n# a"),
            ["a", "a-2", "a-2-2", "a-3"]
        );
        assert_eq!(heading_ids("# a\n# b {#a}"), ["a-2", "a"]);
        assert_eq!(
            heading_ids("# a {#fn:1}\n# b {#fnref:1}"),
            ["fn-1", "fnref-1"]
        );
    }
}
