//! What was meant by a mapping or a value that YAML takes otherwise than it looks: a
//! comma inside of braces, a list without its dash, quotes of a word processor, a percent
//! sign where there is nothing to be a part of.

use super::span::{At, Span};
use super::yaml::{Node, Scalar};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::number::number;
use crate::model::quantity::Quantity;
use crate::say;

/// Keys whose value is no prose: no quotes belong to it.
const NO_PROSE: [&str; 45] = [
    "aggregate",
    "as_of",
    "base_url",
    "baseline",
    "calendar",
    "code",
    "codes",
    "confidence",
    "contact",
    "contributes_to",
    "currency",
    "data_url",
    "decimals",
    "direction",
    "done",
    "drives",
    "due",
    "end",
    "fiscal_year_start",
    "frequency",
    "home",
    "id",
    "indicator",
    "kpi",
    "languages",
    "lead",
    "logo",
    "may_exceed",
    "members",
    "minimum_coverage",
    "missing",
    "near",
    "objective",
    "owner",
    "parent",
    "per",
    "perspective",
    "planned",
    "publisher",
    "spent",
    "start",
    "to",
    "unit",
    "url",
    "weight",
];

/// Keys that the items of lists begin with.
const BEGIN_ITEMS: [&str; 5] = ["code", "from", "id", "name", "to"];

/// Numbers without a unit.
const NO_PERCENT: [&str; 5] = ["minimum_coverage", "per", "planned", "spent", "weight"];

/// Quotes that YAML does not know.
const QUOTES: [char; 13] = [
    '“', '”', '„', '‟', '‘', '’', '«', '»', '「', '」', '『', '』', '＂',
];

/// What stands in typographic quotes, nothing of it outside of them.
#[must_use]
pub fn without_quotes(text: &str) -> Option<&str> {
    let inside = text.trim().strip_prefix(QUOTES)?.strip_suffix(QUOTES)?;
    (!inside.trim().is_empty() && !inside.contains(QUOTES)).then_some(inside.trim())
}

/// The value of a key without the typographic quotes that are no part of it.
pub fn in_straight_quotes(
    key: &str,
    node: &At<Node>,
    faults: &mut Diagnostics,
) -> Option<At<Node>> {
    let is_quoted = |node: &At<Node>| matches!(&node.value, Node::Scalar(scalar) if without_quotes(&scalar.text).is_some());
    let is_found = match &node.value {
        Node::Scalar(_) => is_quoted(node),
        Node::List(items) => items.iter().any(is_quoted),
        Node::Map(entries) => key == "unit" && entries.iter().any(|(_, value)| is_quoted(value)),
        Node::Null => false,
    };
    if !is_found || !NO_PROSE.contains(&key) {
        return None;
    }
    let mut mended = node.clone();
    match &mut mended.value {
        Node::List(items) => items.iter_mut().for_each(|item| unquote(item, faults)),
        Node::Map(entries) => {
            for (_, value) in entries {
                unquote(value, faults);
            }
        }
        Node::Scalar(_) | Node::Null => unquote(&mut mended, faults),
    }
    Some(mended)
}

/// Takes off the typographic quotes of a text, with a fault.
fn unquote(node: &mut At<Node>, faults: &mut Diagnostics) {
    let Node::Scalar(scalar) = &mut node.value else {
        return;
    };
    let Some(bare) = without_quotes(&scalar.text) else {
        return;
    };
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    let meant = if bare.chars().all(is_word) {
        bare.to_owned()
    } else {
        format!("\"{bare}\"")
    };
    let bare = bare.to_owned();
    faults.push(
        Diagnostic::new(
            Rule::BadValue,
            node.span,
            say!(
                "`{text}` stands in typographic quotes, which YAML takes for a part of it",
                text = scalar.text
            ),
        )
        .help(say!("write `{meant}`", meant)),
    );
    scalar.text = bare;
}

/// The fault of a percent sign behind a number that is a part of nothing.
#[must_use]
pub fn percent(key: &str, node: &At<Node>) -> Option<Diagnostic> {
    let Node::Scalar(Scalar { text, .. }) = &node.value else {
        return None;
    };
    if !text.trim_end().ends_with(['%', '％']) || !NO_PERCENT.contains(&key) {
        return None;
    }
    let written = number(text).ok()?;
    let number = Quantity::new(written.value);
    let share = number.per(Quantity::HUNDRED).unwrap_or(number);
    let help = match key {
        "weight" => say!(
            "write `{number}`, or shares such as `{share}`: only the proportion of the weights counts",
            number,
            share
        ),
        "minimum_coverage" => say!("write the share as a number from 0 to 1: `{share}`", share),
        _ => say!("write `{number}`", number),
    };
    Some(
        Diagnostic::new(
            Rule::BadNumber,
            node.span,
            say!(
                "`{text}` has a percent sign, which `{key}` does not take",
                text,
                key
            ),
        )
        .expected(say!("a number without a unit"))
        .help(help),
    )
}

/// The mapping as it was meant, where a comma or a full-width colon inside of braces made
/// keys of what is none.
pub fn mended(
    node: &At<Node>,
    is_key: impl Fn(&str) -> bool,
    faults: &mut Diagnostics,
) -> Option<At<Node>> {
    let Node::Map(entries) = &node.value else {
        return None;
    };
    let in_braces =
        |(key, _): &(At<String>, At<Node>)| key.span.range().start > node.span.range().start;
    let is_piece =
        |(key, value): &(At<String>, At<Node>)| value.value == Node::Null && !is_key(&key.value);
    if !entries.first().is_some_and(in_braces) || !entries.iter().any(is_piece) {
        return None;
    }
    let mut meant: Vec<(At<String>, At<Node>)> = Vec::with_capacity(entries.len());
    let mut parted = Vec::new();
    for entry in entries {
        if !is_piece(entry) {
            meant.push(entry.clone());
        } else if let Some(entry) = at_wide_colon(&entry.0, &is_key, faults) {
            meant.push(entry);
        } else if let Some((_, value)) = meant.last_mut()
            && let Node::Scalar(scalar) = &mut value.value
        {
            scalar.text = format!("{}, {}", scalar.text, entry.0.value);
            value.span = joined(value.span, entry.0.span);
            if parted.last() != Some(&(meant.len() - 1)) {
                parted.push(meant.len() - 1);
            }
        } else {
            meant.push(entry.clone());
        }
    }
    for at in parted {
        if let Some((key, value)) = meant.get_mut(at) {
            faults.push_hiding(parted_by_comma(key, value));
        }
    }
    Some(At::new(Node::Map(meant), node.span))
}

/// `{zh-Hant：事故}`
fn at_wide_colon(
    piece: &At<String>,
    is_key: impl Fn(&str) -> bool,
    faults: &mut Diagnostics,
) -> Option<(At<String>, At<Node>)> {
    let (key, text) = piece.value.split_once('：')?;
    let key = key.trim();
    if !is_key(key) {
        return None;
    }
    let range = piece.span.range();
    let at = range.start + piece.value.find('：').unwrap_or_default();
    let place = Span::new(piece.span.file, at..at + '：'.len_utf8());
    faults.push_hiding(
        Diagnostic::new(
            Rule::YamlSyntax,
            place,
            say!("the colon after `{key}` is a full-width one", key),
        )
        .help(say!(
            "write `{key}: ` with the colon of the Latin keyboard and a space",
            key
        )),
    );
    let value = scalar_at(text.trim().to_owned(), piece.span);
    Some((At::new(key.to_owned(), piece.span), value))
}

/// The fault of a value that commas parted; a number becomes whole again.
fn parted_by_comma(key: &At<String>, value: &mut At<Node>) -> Diagnostic {
    let Node::Scalar(scalar) = &mut value.value else {
        return Diagnostic::new(
            Rule::YamlSyntax,
            value.span,
            say!("a comma parts this text"),
        );
    };
    let fault = Diagnostic::new(
        Rule::YamlSyntax,
        value.span,
        say!("inside of braces a comma parts entries, and here it parts a value"),
    );
    let key = &key.value;
    let mut groups = scalar.text.split(", ");
    let is_number = groups
        .next()
        .is_some_and(|first| first.len() <= 3 && is_digits(first))
        && groups.all(|group| group.len() == 3 && is_digits(group));
    if is_number {
        scalar.text = scalar.text.replace(", ", "");
        let number = scalar.text.as_str();
        return fault.help(say!("write `{key}: {number}`", key, number));
    }
    let text = scalar.text.as_str();
    fault.help(say!(
        "put the text in quotes: `{key}: \"{text}\"`",
        key,
        text
    ))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a key looks like the tag of a language: `en`, `zh-Hant`.
#[must_use]
pub fn is_tag(key: &str) -> bool {
    let (language, rest) = key.split_once('-').unwrap_or((key, ""));
    let is_short = (2..=3).contains(&language.len()) && (language.len() == 2 || !rest.is_empty());
    let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
    is_short && language.bytes().all(|c| c.is_ascii_alphabetic()) && rest.bytes().all(plain)
}

/// Where a mapping begins anew for want of a dash, with a fault for each place: its first
/// key, and another one at least, stand there again.
pub fn missing_dashes(
    node: &At<Node>,
    entries: &[(At<String>, At<Node>)],
    faults: &mut Diagnostics,
) -> usize {
    let Some((first, _)) = entries.first() else {
        return entries.len();
    };
    let is_first = |(key, _): &(At<String>, At<Node>)| key.value == first.value;
    let in_braces = first.span.range().start > node.span.range().start;
    if in_braces || !BEGIN_ITEMS.contains(&first.value.as_str()) {
        return entries.len();
    }
    let again = entries.iter().skip(1).position(is_first).map(|at| at + 1);
    let Some(again) = again else {
        return entries.len();
    };
    let (own, others) = entries.split_at_checked(again).unwrap_or((entries, &[]));
    let repeats =
        |(key, _): &&(At<String>, At<Node>)| own.iter().any(|(k, _)| k.value == key.value);
    if others.iter().filter(repeats).count() < 2 {
        return entries.len();
    }
    for (key, _) in others.iter().filter(|entry| is_first(entry)) {
        faults.push_hiding(
            Diagnostic::new(
                Rule::DuplicateKey,
                key.span,
                say!("a dash is missing before this `{key}`", key = key.value),
            )
            .expected(say!("each key once"))
            .help(say!("write `- {key}: …`: every item of a list begins with a dash, in the column of the other dashes", key = key.value))
            .related(first.span, say!("the item before it begins here")),
        );
    }
    again
}

/// The fault of a list whose only item has no dash.
#[must_use]
pub fn item_without_dash(node: &At<Node>) -> Option<Diagnostic> {
    let Node::Map(entries) = &node.value else {
        return None;
    };
    let (key, value) = entries.first()?;
    let in_braces = key.span.range().start > node.span.range().start;
    if in_braces || !matches!(value.value, Node::Scalar(_)) {
        return None;
    }
    let fault = Diagnostic::new(
        Rule::WrongType,
        key.span,
        say!("a dash is missing before this `{key}`", key = key.value),
    );
    let fault = fault.expected(say!("a list"));
    Some(fault.help(say!(
        "begin every item of the list with a dash, the first as well: `- {key}: …`",
        key = key.value
    )))
}

/// The warning of a text that a comment cuts off: `Safety #1 goal`.
#[must_use]
pub fn cut_off(scalar: &Scalar) -> Option<Diagnostic> {
    let text = scalar.text.as_str();
    let fault = Diagnostic::new(
        Rule::CutOffText,
        scalar.cut?,
        say!(
            "a blank and `#` begin a comment: only `{text}` is published",
            text
        ),
    );
    Some(fault.help(say!(
        "put the whole text in quotes; if it is a comment, write a blank behind the `#`"
    )))
}

fn joined(from: Span, to: Span) -> Span {
    Span::new(from.file, from.range().start..to.range().end)
}

fn scalar_at(text: String, span: Span) -> At<Node> {
    At::new(Node::Scalar(Scalar { text, cut: None }), span)
}
