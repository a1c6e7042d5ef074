//! From YAML nodes to the entries an author writes, every fault noted on the
//! way: a key that is wrong never hides the next one.
//!
//! An entry type is declared once, with [`entry!`](crate::entry); its fields are
//! what the reader accepts and what `scorepress schema` tells an editor.

use serde_json::{Map, Value, json};

use super::meant;
use super::span::{At, Span};
use super::yaml::Node;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::message::{Message, Wording};
use crate::model::keyword::Keyword;
use crate::model::quantity::Quantity;
use crate::say;

/// The definitions a JSON Schema document gathers while it is written.
pub type Definitions = Map<String, Value>;

/// Something that can be read from a YAML node.
pub trait Decode: Sized {
    /// Reads the node; notes every fault; `None` when nothing usable is there.
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self>;

    /// What an empty value means: the same as an absent key, unless a type knows
    /// a slip that looks like one.
    fn decode_empty(_key: &At<String>, _faults: &mut Diagnostics) -> Option<Self> {
        None
    }

    /// The JSON Schema of what is accepted.
    fn schema(definitions: &mut Definitions) -> Value;
}

/// Keys whose items other files refer to: where one of them is not read, what
/// they name is not there.
const NAMED_ELSEWHERE: [&str; 7] = [
    "themes",
    "cross_cutting",
    "objectives",
    "kpis",
    "actions",
    "perspectives",
    "code",
];

/// Notes that a node has another shape than its key asks for.
pub fn wrong_type<T>(node: &At<Node>, expected: Message, faults: &mut Diagnostics) -> Option<T> {
    faults.push_hiding(
        Diagnostic::new(
            Rule::WrongType,
            node.span,
            say!(
                "{shape} stands where {expected} is needed",
                shape = node.value.shape(),
                expected
            ),
        )
        .help(say!("write {expected} here, or remove the key", expected))
        .expected(expected),
    );
    None
}

/// The text of a scalar node.
pub fn scalar<'a>(
    node: &'a At<Node>,
    expected: Message,
    faults: &mut Diagnostics,
) -> Option<&'a str> {
    match &node.value {
        Node::Scalar(scalar) => Some(&scalar.text),
        _ => wrong_type(node, expected, faults),
    }
}

impl Decode for At<String> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let text = scalar(node, say!("a text"), faults)?;
        Some(Self::new(text.trim().to_owned(), node.span))
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"type": ["string", "number", "boolean"]})
    }
}

impl Decode for At<Quantity> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let text = scalar(node, say!("a number"), faults)?;
        match Quantity::parse(text) {
            Ok(value) => Some(Self::new(value, node.span)),
            Err(fault) => {
                faults.push(
                    Diagnostic::new(Rule::BadNumber, node.span, fault.said())
                        .expected(fault.expected())
                        .help(fault.help()),
                );
                None
            }
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"type": ["number", "string"]})
    }
}

impl Decode for At<bool> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match scalar(node, say!("`true` or `false`"), faults)? {
            "true" => Some(Self::new(true, node.span)),
            "false" => Some(Self::new(false, node.span)),
            other => {
                faults.push(
                    Diagnostic::new(Rule::BadValue, node.span, say!("`{other}` is neither `true` nor `false`", other))
                        .expected(say!("`true` or `false`"))
                        .help(say!("YAML 1.2 reads `yes`, `no`, `on` and `off` as words; write `true` or `false`")),
                );
                None
            }
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "boolean"})
    }
}

impl Decode for At<u32> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let text = scalar(node, say!("a whole number"), faults)?;
        if let Ok(number) = text.trim().parse() {
            return Some(Self::new(number, node.span));
        }
        faults.push(
            Diagnostic::new(
                Rule::BadNumber,
                node.span,
                say!("`{text}` is not a whole number", text),
            )
            .expected(say!("a whole number such as 3"))
            .help(say!("write digits alone, without a point or a unit")),
        );
        None
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "integer", "minimum": 0})
    }
}

impl<K: Keyword> Decode for At<K> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let text = scalar(node, say!("a word"), faults)?;
        if let Some(word) = K::from_word(text) {
            return Some(Self::new(word, node.span));
        }
        let words = K::words();
        let mut fault = Diagnostic::new(
            Rule::BadValue,
            node.span,
            say!("`{text}` is not a {name}", text, name = K::name()),
        )
        .expected(say!("one of {known}", known = Wording::list(&words)));
        let near = nearest(text, words).map(|near| say!("did you mean `{near}`?", near));
        if let Some(help) = near.or_else(K::meaning) {
            fault = fault.help(help);
        }
        faults.push(fault);
        None
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({"enum": K::words()})
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        T::decode(node, faults).map(Self::new)
    }

    fn schema(definitions: &mut Definitions) -> Value {
        T::schema(definitions)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::List(items) => Some(
                items
                    .iter()
                    .filter_map(|item| T::decode(item, faults))
                    .collect(),
            ),
            _ => match meant::item_without_dash(node) {
                Some(fault) => {
                    faults.push_hiding(fault);
                    None
                }
                None => wrong_type(node, say!("a list"), faults),
            },
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({"type": "array", "items": T::schema(definitions)})
    }
}

/// One thing, or a list of them.
#[derive(Clone, Debug, Default)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Decode> Decode for OneOrMany<T> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Node::List(_) => Vec::decode(node, faults).map(Self),
            _ => T::decode(node, faults).map(|one| Self(vec![one])),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        let one = T::schema(definitions);
        json!({"anyOf": [one.clone(), {"type": "array", "items": one}]})
    }
}

/// A mapping whose keys the author chooses.
#[derive(Clone, Debug)]
pub struct Pairs<T>(pub Vec<(At<String>, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Pairs<T> {
    fn decode(node: &At<Node>, faults: &mut Diagnostics) -> Option<Self> {
        let Node::Map(entries) = &node.value else {
            return wrong_type(node, say!("a mapping"), faults);
        };
        let mut seen = Vec::new();
        let mut pairs = Vec::new();
        for (key, value) in entries {
            if unseen(key, &mut seen, faults)
                && let Some(value) = T::decode(value, faults)
            {
                pairs.push((key.clone(), value));
            }
        }
        Some(Self(pairs))
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({"type": "object", "additionalProperties": T::schema(definitions)})
    }
}

/// Notes a key that stood before in the same mapping.
fn unseen<'a>(
    key: &'a At<String>,
    seen: &mut Vec<&'a At<String>>,
    faults: &mut Diagnostics,
) -> bool {
    if let Some(first) = seen.iter().find(|other| other.value == key.value) {
        faults.push(
            Diagnostic::new(
                Rule::DuplicateKey,
                key.span,
                say!("the key `{value}` stands twice", value = key.value),
            )
            .expected(say!("each key once"))
            .help(say!("keep one of the two"))
            .related(first.span, say!("first written here")),
        );
        return false;
    }
    seen.push(key);
    true
}

/// The keys of one mapping, handed out by name; what is left over is unknown.
pub struct Fields<'a> {
    entries: Vec<(&'a At<String>, &'a At<Node>)>,
    known: &'static [&'static str],
    span: Span,
}

impl<'a> Fields<'a> {
    /// Opens a mapping, noting keys that are unknown or repeated.
    pub fn open(
        node: &'a At<Node>,
        what: &Message,
        known: &'static [&'static str],
        faults: &mut Diagnostics,
    ) -> Option<Self> {
        let entries = match &node.value {
            Node::Map(entries) => entries.as_slice(),
            Node::Null => {
                faults.push(
                    Diagnostic::new(Rule::MissingKey, node.span, say!("{what} is empty", what))
                        .expected(say!(
                            "keys such as {keys}",
                            keys = Wording::list(known.iter().take(3))
                        ))
                        .help(say!("fill it in, or remove it")),
                );
                return None;
            }
            _ => return wrong_type(node, say!("a mapping that describes {what}", what), faults),
        };
        let end = meant::missing_dashes(node, entries, faults);
        let entries = entries.get(..end).unwrap_or(entries);
        let mut seen = Vec::new();
        let mut kept = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            if !known.contains(&key.value.as_str()) {
                let near = nearest(&key.value, known.iter().copied());
                let fault = unknown_key(key, what, near, known);
                if near.is_some_and(|near| NAMED_ELSEWHERE.contains(&near)) {
                    faults.push_hiding(fault);
                } else {
                    faults.push(fault);
                }
            } else if unseen(key, &mut seen, faults) {
                kept.push((key, value));
            }
        }
        Some(Self {
            entries: kept,
            known,
            span: node.span,
        })
    }

    /// Reads a key; an absent or empty one is `None`.
    pub fn read<T: Decode>(&self, key: &str, faults: &mut Diagnostics) -> Option<T> {
        debug_assert!(self.known.contains(&key));
        let (key, node) = self.entries.iter().find(|(k, _)| k.value == key)?;
        if node.value == Node::Null {
            return T::decode_empty(key, faults);
        }
        if let Some(fault) = meant::percent(&key.value, node) {
            faults.push(fault);
            return None;
        }
        match meant::in_straight_quotes(&key.value, node, faults) {
            Some(meant) => T::decode(&meant, faults),
            None => T::decode(node, faults),
        }
    }

    /// Notes a key that has to be there and is not, or is empty.
    pub fn require(&self, key: &str, what: &Message, faults: &mut Diagnostics) {
        let place = match self.entries.iter().find(|(k, _)| k.value == key) {
            Some((_, node)) if node.value != Node::Null => return,
            Some((k, _)) => k.span,
            None => self
                .entries
                .first()
                .map_or(self.span, |(first, _)| first.span),
        };
        let fault = Diagnostic::new(
            Rule::MissingKey,
            place,
            say!("{what} has no `{key}`", what, key),
        )
        .expected(say!("a key `{key}`", key))
        .help(say!("add `{key}: …` here", key));
        if NAMED_ELSEWHERE.contains(&key) {
            faults.push_hiding(fault);
        } else {
            faults.push(fault);
        }
    }
}

fn unknown_key(
    key: &At<String>,
    what: &Message,
    near: Option<&str>,
    known: &'static [&'static str],
) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::UnknownKey,
        key.span,
        say!("{what} has no key `{value}`", what, value = key.value),
    )
    .expected(say!("one of {known}", known = Wording::list(known)));
    match near {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!("remove the key, or move it to where it belongs")),
    }
}

/// Declares an entry: what an author may write in one mapping.
///
/// Each field is `required`, `optional` or a `list`; its doc comment is what an
/// editor shows beside the key. Required fields are still `Option`s: their
/// absence is noted and reading goes on.
#[macro_export]
macro_rules! entry {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident ($what:literal) {
            $( $(#[doc = $field_doc:literal])+ $kind:ident $field:ident : $type:ty, )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where the mapping stands.
            pub span: $crate::source::Span,
            $( $(#[doc = $field_doc])+ pub $field: $crate::entry!(@type $kind $type), )+
        }

        impl $crate::source::decode::Decode for $name {
            fn decode(
                node: &$crate::source::At<$crate::source::yaml::Node>,
                faults: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                const KEYS: &[&str] = &[$(stringify!($field)),+];
                let what = $crate::say!($what);
                let mended = $crate::source::meant::mended(node, |key| KEYS.contains(&key), faults);
                let node = mended.as_ref().unwrap_or(node);
                let fields = $crate::source::decode::Fields::open(node, &what, KEYS, faults)?;
                $( $crate::entry!(@require $kind fields $field what faults); )+
                Some(Self {
                    span: node.span,
                    $( $field: $crate::entry!(@read $kind fields $field faults), )+
                })
            }

            fn schema(definitions: &mut $crate::source::decode::Definitions) -> serde_json::Value {
                let name = stringify!($name).trim_end_matches("Entry").to_owned();
                if !definitions.contains_key(&name) {
                    definitions.insert(name.clone(), serde_json::Value::Null);
                    let mut properties = serde_json::Map::new();
                    let mut required: Vec<&str> = Vec::new();
                    $(
                        let mut property = <$crate::entry!(@schema $kind $type)
                            as $crate::source::decode::Decode>::schema(definitions);
                        if let Some(property) = property.as_object_mut() {
                            property.insert(
                                "description".to_owned(),
                                concat!($($field_doc),+).trim().into(),
                            );
                        }
                        properties.insert(stringify!($field).to_owned(), property);
                        if stringify!($kind) == "required" {
                            required.push(stringify!($field));
                        }
                    )+
                    definitions.insert(name.clone(), serde_json::json!({
                        "type": "object",
                        "description": concat!($($doc),+).trim(),
                        "properties": properties,
                        "required": required,
                        "additionalProperties": false,
                    }));
                }
                serde_json::json!({"$ref": format!("#/$defs/{name}")})
            }
        }
    };
    (@type list $type:ty) => { Vec<$type> };
    (@type $kind:ident $type:ty) => { Option<$type> };
    (@schema list $type:ty) => { Vec<$type> };
    (@schema $kind:ident $type:ty) => { $type };
    (@require required $fields:ident $field:ident $what:ident $faults:ident) => {
        $fields.require(stringify!($field), &$what, $faults)
    };
    (@require $kind:ident $fields:ident $field:ident $what:ident $faults:ident) => {};
    (@read list $fields:ident $field:ident $faults:ident) => {
        $fields.read(stringify!($field), $faults).unwrap_or_default()
    };
    (@read $kind:ident $fields:ident $field:ident $faults:ident) => {
        $fields.read(stringify!($field), $faults)
    };
}
