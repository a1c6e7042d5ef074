//! YAML 1.2 as a tree that remembers where every node was written.
//!
//! The one place that knows the YAML library. Scalars keep the text the author
//! typed (`010`, `1.10`, `yes`), because their meaning depends on the key they
//! stand under, not on YAML's guess.

mod kept;
mod limit;
mod refusal;
mod slip;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Spanned};

use super::span::{At, FileId, Source, Span};
use crate::diagnostic::{Diagnostic, Rule};
use crate::message::Message;
use crate::say;
pub use kept::Kept;
use limit::{MAX_DEPTH, MAX_NODES, MAX_REPEATED, excess, limit_passed};

/// One node of a YAML document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// A list.
    List(Vec<At<Self>>),
    /// A mapping, in the author's order, repeated keys kept.
    Map(Vec<(At<String>, At<Self>)>),
}

/// A scalar, as the author typed it, quotes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text.
    pub text: String,
    /// What follows it on the line as a comment, where it looks like a part of the text:
    /// `Safety #1 goal`.
    pub cut: Option<Span>,
}

impl Node {
    /// The node's shape in words.
    #[must_use]
    pub const fn shape(&self) -> Message {
        match self {
            Self::Null => say!("nothing"),
            Self::Scalar(_) => say!("text"),
            Self::List(_) => say!("a list"),
            Self::Map(_) => say!("a mapping"),
        }
    }
}

/// Reads one document.
///
/// # Errors
/// The first fault of syntax: past it the rest of the file has no sure meaning.
pub fn parse(source: &Source, file: FileId) -> Result<Arc<At<Node>>, Box<Diagnostic>> {
    if let Some(tree) = source.tree.get(file) {
        return Ok(tree);
    }
    let tree = Arc::new(parse_slice(&source.text, file, 0)?);
    source.tree.read(file, &tree);
    Ok(tree)
}

/// Reads `text`, which stands at byte `offset` of `file`.
///
/// # Errors
/// The first fault of syntax.
pub fn parse_slice(text: &str, file: FileId, offset: usize) -> Result<At<Node>, Box<Diagnostic>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = offset + text.len() - body.len();
    let options = serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: MAX_REPEATED },
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            max_nodes: MAX_NODES,
            max_events: 2 * MAX_NODES,
            max_total_scalar_bytes: 16 << 20,
        },
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(body, options) {
        Ok(raw) => {
            let place = Place {
                text: body,
                file,
                base,
            };
            let node = place.node(raw);
            match excess(&node) {
                Some(fault) => Err(Box::new(fault)),
                None => Ok(node),
            }
        }
        Err(error) => Err(Box::new(syntax_fault(&error, body, file, base))),
    }
}

fn syntax_fault(error: &serde_yaml::Error, body: &str, file: FileId, base: usize) -> Diagnostic {
    let start = error
        .location()
        .map_or(0, |place| offset_of(body, place.line(), place.column()));
    let span = |range: Range<usize>| Span::new(file, base + range.start..base + range.end);
    if let Some((message, expected)) = limit_passed(&error.without_snippet().to_string()) {
        return Diagnostic::new(Rule::YamlSyntax, span(start..start), message)
            .expected(expected)
            .help(say!(
                "divide the file: every list of a scorecard may stand in files of its own"
            ));
    }
    if let Some(slip) = slip::slip(body, start) {
        let fault =
            Diagnostic::new(Rule::YamlSyntax, span(slip.range), slip.message).help(slip.help);
        return match slip.related {
            Some((range, message)) => fault.related(span(range), message),
            None => fault,
        };
    }
    let (message, help) = refusal::words(error);
    Diagnostic::new(Rule::YamlSyntax, span(start..start), message).help(help)
}

/// The byte offset of a line and column, both from 1: the library's errors
/// carry no offset of their own.
fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let index = |n: u64| usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
    let line_start: usize = text
        .split_inclusive('\n')
        .take(index(line))
        .map(str::len)
        .sum();
    let rest = text.get(line_start..).unwrap_or("");
    let within: usize = rest
        .chars()
        .take_while(|c| *c != '\n')
        .take(index(column))
        .map(char::len_utf8)
        .sum();
    line_start + within
}

/// What the library hands over, before places are made ours.
enum Raw {
    Null,
    /// A scalar whose type YAML guessed: only its source text counts.
    Guessed,
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<Self>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("YAML")
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Raw, E> {
                Ok(Raw::Text(text))
            }
            fn visit_bytes<E>(self, _: &[u8]) -> Result<Raw, E> {
                Ok(Raw::Guessed)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Raw::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    map.push(entry);
                }
                Ok(Raw::Map(map))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Turns the library's places into ours.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    file: FileId,
    base: usize,
}

impl Place<'_> {
    fn node(self, raw: Spanned<Raw>) -> At<Node> {
        let written = self.range(raw.referenced);
        let defined = self.range(raw.defined);
        let (node, range) = match raw.value {
            Raw::Null => (Node::Null, written),
            Raw::Guessed => {
                let text = self.slice(&defined).to_owned();
                (Node::Scalar(Scalar { text, cut: None }), written)
            }
            Raw::Text(text) => {
                let range = self.trim(written);
                let cut = self.cut(&range);
                (Node::Scalar(Scalar { text, cut }), range)
            }
            Raw::List(items) => {
                let items: Vec<_> = items.into_iter().map(|item| self.node(item)).collect();
                let end = items
                    .last()
                    .map_or(written.end, |last| last.span.range().end - self.base);
                (Node::List(items), written.start..end.max(written.end))
            }
            Raw::Map(entries) => {
                let entries: Vec<_> = entries
                    .into_iter()
                    .map(|(key, value)| (self.key(key), self.node(value)))
                    .collect();
                let end = entries
                    .last()
                    .map_or(written.end, |(_, last)| last.span.range().end - self.base);
                (Node::Map(entries), written.start..end.max(written.end))
            }
        };
        At::new(
            node,
            Span::new(self.file, self.base + range.start..self.base + range.end),
        )
    }

    fn key(self, raw: Spanned<Raw>) -> At<String> {
        let At { value, span } = self.node(raw);
        let text = match value {
            Node::Scalar(Scalar { text, .. }) => text,
            Node::Null | Node::List(_) | Node::Map(_) => self
                .slice(&(span.range().start - self.base..span.range().end - self.base))
                .to_owned(),
        };
        At::new(text, span)
    }

    fn range(self, place: serde_yaml::Location) -> Range<usize> {
        let span = place.span();
        let at = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let start = at(span.byte_offset()).min(self.text.len());
        let end = start
            .saturating_add(at(span.byte_len()))
            .min(self.text.len());
        start..end
    }

    /// A block scalar's range runs on over the line break and the indentation
    /// of what follows; a caret should stop at its last letter.
    fn trim(self, range: Range<usize>) -> Range<usize> {
        let kept = self.slice(&range).trim_end().len();
        range.start..range.start + kept
    }

    /// The comment behind a text without quotes, where one blank parts them and none
    /// follows the `#`: comments are written with more room.
    fn cut(self, range: &Range<usize>) -> Option<Span> {
        let quoted = self.slice(range).starts_with(['"', '\'']);
        let rest = self.text.get(range.end..)?.strip_prefix(' ')?;
        let comment = rest.lines().next()?.trim_end();
        let next = comment.strip_prefix('#')?.chars().next()?;
        let start = self.base + range.end + 1;
        (!quoted && next.is_alphanumeric())
            .then(|| Span::new(self.file, start..start + comment.len()))
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Sources, At<Node>) {
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", text.to_owned());
        let node = parse(sources.get(file), file).unwrap();
        (sources, Arc::unwrap_or_clone(node))
    }

    fn entries(node: &At<Node>) -> &[(At<String>, At<Node>)] {
        match &node.value {
            Node::Map(entries) => entries,
            other => panic!("a mapping, not {other:?}"),
        }
    }

    #[test]
    fn scalars_keep_what_was_typed() {
        let (_, node) = read("a: 010\nb: 1.10\nc: no\nd: 1_000\ne: true\nf: \"q\"\ng: 95%\nh: ~\n");
        let values: Vec<_> = entries(&node)
            .iter()
            .map(|(_, v)| v.value.clone())
            .collect();
        let scalar = |s: &str| {
            Node::Scalar(Scalar {
                text: s.to_owned(),
                cut: None,
            })
        };
        assert_eq!(
            values,
            [
                scalar("010"),
                scalar("1.10"),
                scalar("no"),
                scalar("1_000"),
                scalar("true"),
                scalar("q"),
                scalar("95%"),
                Node::Null
            ]
        );
    }

    #[test]
    fn an_alias_stands_where_it_is_used_and_reads_what_it_names() {
        let (sources, node) = read("a: &x 1.50\nb: *x\n");
        let (_, value) = &entries(&node)[1];
        assert!(matches!(&value.value, Node::Scalar(scalar) if scalar.text == "1.50"));
        assert_eq!(sources.start(value.span).line, 2);
    }

    #[test]
    fn repeated_keys_are_all_kept() {
        let (sources, node) = read("名: 1\n名: 2\n");
        let lines: Vec<_> = entries(&node)
            .iter()
            .map(|(k, _)| sources.start(k.span).line)
            .collect();
        assert_eq!(lines, [1, 2]);
    }

    #[test]
    fn a_fault_of_syntax_has_its_place() {
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", "\u{feff}ok: 1\n名: b: 2\n".to_owned());
        let fault = parse(sources.get(file), file).unwrap_err();
        let at = sources.start(fault.span);
        assert_eq!((fault.rule, at.line, at.column), (Rule::YamlSyntax, 2, 5));
    }

    #[test]
    fn a_number_behind_a_hash_is_no_comment() {
        for (text, cut) in [
            ("a: Safety #1 goal\n", Some("#1 goal")),
            ("a: 目標 #一\nb: 1\n", Some("#一")),
            ("a: Safety # 1 goal\n", None),
            ("a: Safety   #1 goal\n", None),
            ("a: \"Safety\" #1 goal\n", None),
            ("a: |\n  Safety #1 goal\n", None),
            ("a: Safety ## goal\n", None),
        ] {
            let (sources, node) = read(text);
            let Node::Scalar(scalar) = &entries(&node)[0].1.value else {
                panic!("{text}");
            };
            assert_eq!(scalar.cut.map(|span| sources.text(span)), cut, "{text}");
        }
    }

    #[test]
    fn bombs_and_bottomless_nesting_are_refused() {
        let mut sources = Sources::default();
        let deep = sources.add("deep.yaml", "[".repeat(5000));
        assert!(parse(sources.get(deep), deep).is_err());
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for i in 1..10 {
            let uses = vec![format!("*a{}", i - 1); 10].join(",");
            bomb.extend([format!("a{i}: &a{i} [{uses}]\n")]);
        }
        let bomb = sources.add("bomb.yaml", bomb);
        assert!(parse(sources.get(bomb), bomb).is_err());
    }
}
