//! What is known of a Markdown text before it becomes markup.

use std::ops::Range;

use super::publication::Publication;
use crate::span::Span;

/// What the checks ask about a Markdown text. It is found out once, when the text is
/// read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Every link and image, in order.
    pub links: Vec<Link>,
    /// Addresses behind a link's text in full-width brackets, which make no link:
    /// `[name]（code:AC1）`.
    pub wide: Vec<Range<usize>>,
    /// What the text has too much of.
    pub excess: Option<Excess>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as the author means it: references resolved, escapes
    /// undone, `mailto:` before an address in angle brackets.
    pub target: String,
    /// The whole link, from its first bracket to its last, as a byte range of
    /// the body. Of a link in raw HTML: its start tag, or its line.
    pub range: Range<usize>,
    /// Whether it is an image.
    pub image: bool,
    /// Whether it has no text, so that a reader would see nothing; of an image,
    /// no text to stand for it, and no word that none is needed.
    pub empty_text: bool,
}

impl Link {
    /// Where it stands in its file, in a document with this body.
    #[must_use]
    pub fn place(&self, body: Span) -> Span {
        let start = body.range().start;
        Span::new(body.file, start + self.range.start..start + self.range.end)
    }
}

impl Publication {
    /// The body of every note and free page, with what is known of it.
    pub fn prose(&self) -> impl Iterator<Item = (Span, &Outline)> {
        let scorecards = self.scorecards.iter();
        let notes = scorecards.flat_map(|s| s.notes.iter().map(|note| (note.body, &note.outline)));
        let pages = self.pages.iter().flat_map(|page| &page.versions);
        notes.chain(pages.map(|version| (version.body, &version.outline)))
    }
}

/// What a document has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// It is longer than the limit.
    Text,
    /// Lists, quotes or emphasis lie deeper than the limit in one another.
    Nesting,
}

/// A limit that a document exceeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Which limit.
    pub kind: TooMuch,
    /// Where: what lies beyond the limit.
    pub range: Range<usize>,
}
