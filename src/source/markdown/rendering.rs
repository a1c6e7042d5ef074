//! A document as HTML.

use super::footnote::Footnotes;
use super::writer::Writer;
use super::{events, heading, sanitise};

/// What a page asks of a document's HTML.
#[derive(Clone, Copy)]
pub struct Rendering<'a> {
    /// What every id starts with, so that several documents can share a page.
    pub id_prefix: &'a str,
    /// The level an h1 of the document has on the page; 2 makes it an h2. No
    /// level goes below h6.
    pub heading_base: u8,
    /// Where a link or an image leads, asked with the target as [`super::links`]
    /// gives it. Fragments of the document's own headings are not asked about.
    pub resolve: &'a dyn Fn(&str) -> Target,
    /// The words that no author writes, in the language of the page.
    pub words: &'a dyn Fn(Word) -> String,
}

/// What [`Rendering::resolve`] makes of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The address to write. An empty one makes no link: the text stays. So
    /// does one that is neither relative nor http, https, mailto or tel, and of
    /// an image one that is not relative.
    pub href: String,
    /// What the link reads when it has no text of its own: the name of what it
    /// leads to. Without it, the address.
    pub text: Option<String>,
    /// The language of `text`, when it is not the page's.
    pub lang: Option<String>,
}

/// Words that stand in a document's HTML without an author writing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word<'a> {
    /// The title of an alert.
    Alert(AlertKind),
    /// The name of a table that can be scrolled, made of its column headings.
    /// An empty one leaves the table without a frame to scroll it in.
    Table(&'a [String]),
    /// A task that is done.
    Done,
    /// A task that is not done.
    NotDone,
    /// The name of the list of footnotes.
    Footnotes,
    /// The name of the link to the footnote with this number.
    Footnote(usize),
    /// The name of the link from a footnote back to where it is referred to.
    BackToText {
        /// The footnote's number.
        footnote: usize,
        /// Which reference to it, from 1.
        reference: usize,
    },
}

/// The kinds of alert (`> [!NOTE]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertKind {
    /// Worth knowing.
    Note,
    /// Makes something easier.
    Tip,
    /// Must be known.
    Important,
    /// Needs attention.
    Warning,
    /// Has consequences.
    Caution,
}

impl AlertKind {
    /// The word in the alert's class: `alert-note`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// A document as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// The markup.
    pub text: String,
    /// Whether the author wrote some of it as HTML; else every tag is one of ours.
    pub is_raw: bool,
}

/// A document as HTML, safe whatever the author wrote: nothing in it runs, and
/// nothing is loaded from elsewhere.
#[must_use]
pub fn to_html(body: &str, rendering: &Rendering) -> Html {
    let (html, is_raw) = written(body, rendering);
    let text = if is_raw { sanitise::clean(&html) } else { html };
    Html { text, is_raw }
}

/// The HTML before sanitising, and whether the author wrote any of it.
pub(super) fn written(body: &str, rendering: &Rendering) -> (String, bool) {
    let mut events = events(body);
    let ids = heading::name_headings(&mut events);
    let (text, notes) = Footnotes::part(events);
    Writer::new(rendering, ids, notes).document(&text)
}
