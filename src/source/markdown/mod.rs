//! Markdown: notes, free pages and their front matter.
//!
//! `CommonMark` with tables, footnotes, strikethrough (`~~` only), task lists,
//! definition lists, heading attributes and alerts; no smart punctuation. A
//! document is read for three ends: [`links`] and [`heading_ids`]
//! for the checks, [`excess`] for the limits, [`to_html`] for the page. All
//! agree, because all start from the same events.
//!
//! # Ids and fragments
//! Inside a document an id has no prefix: `# 目標` is `#目標` and `# Goal {#g}`
//! is `#g`, and that is what [`heading_ids`] returns. On a page every id gets
//! the rendering's prefix, hand-written ones included, and so do the links of
//! the document that lead to its own headings.
//!
//! # Raw HTML
//! Tags are written anew, balanced, without ids, with headings shifted and
//! addresses resolved like those of Markdown links; then the allow-list has the
//! last word. A document without raw HTML is not sanitised: all that stands in
//! the output is written here, escaped. A test holds the two ways to be the
//! same.

mod address;
mod allowed;
mod cjk;
mod emphasis;
mod footnote;
mod front_matter;
mod heading;
mod html;
mod limit;
mod link;
mod pairing;
mod raw;
mod reference;
mod rendering;
mod sanitise;
mod table;
mod text;
mod writer;

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::model::prose::Outline;

pub use front_matter::{split_front_matter, unclosed_front_matter};
pub use limit::{MAX_BYTES, MAX_NESTING, excess};
pub use link::links;
pub use rendering::{AlertKind, Html, Rendering, Target, Word, to_html};

/// An event and where it stands in the body.
type Spanned<'a> = (Event<'a>, Range<usize>);

/// What the checks ask about a document.
#[must_use]
pub fn outline(body: &str) -> Outline {
    Outline {
        links: links(body),
        wide: link::wide(body),
        excess: excess(body),
    }
}

/// The ids of a document's headings, in order and without prefix: what a
/// `#fragment` inside the document, or after a link to it, may name.
#[must_use]
pub fn heading_ids(body: &str) -> Vec<String> {
    heading::name_headings(&mut events(body))
}

/// The text of a document's first heading.
#[must_use]
pub fn first_heading(body: &str) -> Option<String> {
    let mut inside = false;
    let mut text = String::new();
    for (event, _) in events(body) {
        match event {
            Event::Start(Tag::Heading { .. }) => inside = true,
            Event::End(TagEnd::Heading(_)) => return Some(text),
            Event::Text(part) | Event::Code(part) if inside => text.push_str(&part),
            _ => {}
        }
    }
    None
}

/// The highest level of heading in a document, 1 to 6.
#[must_use]
pub fn top_level(body: &str) -> Option<u8> {
    // Every heading has one of these, or a line that ends with `-` under it.
    let underlined = || body.lines().any(|line| line.trim_end().ends_with('-'));
    if !body.contains(['#', '=']) && !underlined() {
        return None;
    }
    let level = |(event, _): Spanned| match event {
        Event::Start(Tag::Heading { level, .. }) => u8::try_from(level as usize).ok(),
        _ => None,
    };
    events(body).into_iter().filter_map(level).min()
}

/// The events of a document as every reader of it sees them.
fn events(body: &str) -> Vec<Spanned<'_>> {
    emphasis::mend(body, parsed(body))
}

fn parsed(body: &str) -> Vec<Spanned<'_>> {
    if limit::hopeless_line(body).is_some() {
        return vec![(Event::Text(body.into()), 0..body.len())];
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    // Prose has an event for some twenty bytes; the parser cannot say how many.
    let mut events = Vec::with_capacity(body.len() / 16 + 8);
    events.extend(Parser::new_ext(body, options).into_offset_iter());
    events
}
