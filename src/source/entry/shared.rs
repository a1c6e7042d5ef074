//! Entries that stand under many keys.

use serde_json::{Value, json};

use crate::diagnostic::Diagnostics;
use crate::entry;
use crate::model::quantity::Quantity;
use crate::say;
use crate::source::decode::{Decode, Definitions, Pairs, wrong_type};
use crate::source::meant;
use crate::source::span::{At, Span};
use crate::source::yaml::Node;

/// A human-readable text: a string in the site's first language, or a mapping
/// from language to string.
#[derive(Clone, Debug)]
pub enum LocalText {
    /// Written in the default language.
    Plain(At<String>),
    /// Written by language tag.
    ByLanguage(Span, Vec<(At<String>, At<String>)>),
}

impl LocalText {
    /// Where it stands.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Plain(text) => text.span,
            Self::ByLanguage(span, _) => *span,
        }
    }
}

impl Decode for LocalText {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::Scalar(scalar) => {
                faults.extend(meant::cut_off(scalar));
                At::<String>::decode(node, faults).map(Self::Plain)
            }
            Node::Map(_) => {
                let mended = meant::mended(node, meant::is_tag, faults);
                let node = mended.as_ref().unwrap_or(node);
                let Pairs(texts) = Pairs::<Prose>::decode(node, faults)?;
                let texts = texts.into_iter().map(|(tag, Prose(text))| (tag, text));
                Some(Self::ByLanguage(node.span, texts.collect()))
            }
            _ => wrong_type(
                node,
                say!("a text, or a mapping from language to text"),
                faults,
            ),
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"anyOf": [
            {"type": ["string", "number"]},
            {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
        ]})
    }
}

/// A text in one language.
struct Prose(At<String>);

impl Decode for Prose {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        if let Node::Scalar(scalar) = &node.value {
            faults.extend(meant::cut_off(scalar));
        }
        At::<String>::decode(node, faults).map(Self)
    }

    fn schema(definitions: &mut Definitions) -> Value {
        At::<String>::schema(definitions)
    }
}

/// A bare text, or a mapping that says more.
#[derive(Clone, Debug)]
pub enum TextOr<T> {
    /// The short form.
    Text(At<String>),
    /// The long form.
    Full(T),
}

impl<T: Decode> Decode for TextOr<T> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::Scalar(_) => At::<String>::decode(node, faults).map(Self::Text),
            _ => T::decode(node, faults).map(Self::Full),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({"anyOf": [{"type": ["string", "number"]}, T::schema(definitions)]})
    }
}

entry! {
    /// A named link.
    pub struct LinkEntry ("a link") {
        /// The words of the link.
        required name: LocalText,
        /// The address: `https:`, `mailto:`, or a file beside this one.
        required url: At<String>,
    }
}

entry! {
    /// Where statuses begin, as scores from 0 to 100; the lower bound is inclusive.
    pub struct BandsEntry ("bands") {
        /// The score from which a missed target counts as near (default 90).
        optional near: At<Quantity>,
        /// Up to five named levels that stand beside the status.
        list levels: BandLevelEntry,
    }
}

entry! {
    /// One named level.
    pub struct BandLevelEntry ("a level") {
        /// Its name.
        required name: LocalText,
        /// The score it begins at, inclusive.
        required from: At<Quantity>,
    }
}

/// `true`, or the words that label sample data.
#[derive(Clone, Debug)]
pub enum SampleEntry {
    /// `true` or `false`: the theme's own words, or none.
    Switch(At<bool>),
    /// The publisher's words.
    Words(LocalText),
}

impl Decode for SampleEntry {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::Scalar(word) if matches!(word.text.as_str(), "true" | "false") => {
                At::<bool>::decode(node, faults).map(Self::Switch)
            }
            _ => LocalText::decode(node, faults).map(Self::Words),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({"anyOf": [{"type": "boolean"}, LocalText::schema(definitions)]})
    }
}
