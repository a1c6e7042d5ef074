//! Raw HTML, taken apart into tags and the text between them.
//!
//! This is no HTML parser. It reads tags strictly enough to write them anew in
//! one canonical form, balanced by the writer; the sanitiser then judges the
//! result with a real parser.

use std::ops::Range;

/// A part of a stretch of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Text with its entities as they were written.
    Text(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag: the element's name in lower case.
    Close(String),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The element's name in lower case.
    pub(super) name: String,
    /// The attributes: names in lower case, values with their entities.
    pub(super) attributes: Vec<(String, &'a str)>,
    /// Where the tag stands in the stretch.
    pub(super) range: Range<usize>,
}

/// The parts of a stretch of raw HTML in order. Comments, declarations and the
/// content of `script` and `style` are left out.
pub(super) fn parts(html: &str) -> Vec<Part<'_>> {
    let mut scanner = Scanner { html, at: 0 };
    let mut parts = Vec::new();
    while let Some(rest) = scanner.rest().filter(|rest| !rest.is_empty()) {
        let text = rest
            .get(..rest.find('<').unwrap_or(rest.len()))
            .unwrap_or(rest);
        if !text.is_empty() {
            parts.push(Part::Text(text));
            scanner.at += text.len();
        } else if rest.starts_with("<!--") {
            scanner.skip_past("-->");
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            scanner.skip_past(">");
        } else if rest.get(1..).is_some_and(|s| s.starts_with('/')) && starts_name(rest, 2) {
            scanner.at += 2;
            let name = scanner.name();
            scanner.skip_past(">");
            parts.push(Part::Close(name));
        } else if starts_name(rest, 1) {
            let Some(tag) = scanner.tag() else {
                // The tag never ends, so neither would any after it: text.
                parts.push(Part::Text(rest));
                break;
            };
            if matches!(&*tag.name, "script" | "style") {
                scanner.skip_content(&tag.name);
            } else {
                parts.push(Part::Open(tag));
            }
        } else {
            parts.push(Part::Text(rest.get(..1).unwrap_or(rest)));
            scanner.at += 1;
        }
    }
    parts
}

/// An attribute's value with the entities undone that occur in addresses.
pub(super) fn unescaped(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn starts_name(rest: &str, at: usize) -> bool {
    rest.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic)
}

struct Scanner<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> Option<&'a str> {
        self.html.get(self.at..)
    }

    /// What comes next as long as `wanted` holds.
    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest().unwrap_or("");
        let taken = rest
            .get(..rest.find(|c| !wanted(c)).unwrap_or(rest.len()))
            .unwrap_or("");
        self.at += taken.len();
        taken
    }

    fn name(&mut self) -> String {
        self.take_while(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>'))
            .to_ascii_lowercase()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.rest().is_some_and(|rest| rest.starts_with(c));
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn skip_past(&mut self, end: &str) {
        let rest = self.rest().unwrap_or("");
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
    }

    fn skip_content(&mut self, name: &str) {
        let rest = self.rest().unwrap_or("").as_bytes();
        let end = rest.windows(name.len() + 2).position(|w| {
            w.starts_with(b"</")
                && w.get(2..)
                    .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        });
        self.at += end.unwrap_or(rest.len());
    }

    /// The start tag that begins here, or nothing if it never ends.
    fn tag(&mut self) -> Option<Tag<'a>> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        let mut attributes: Vec<(String, &str)> = Vec::new();
        loop {
            self.take_while(|c| c.is_ascii_whitespace() || c == '/');
            if self.eat('>') {
                return Some(Tag {
                    name,
                    attributes,
                    range: start..self.at,
                });
            }
            let attribute = self
                .take_while(|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>' | '='))
                .to_ascii_lowercase();
            self.take_while(|c| c.is_ascii_whitespace());
            let value = if self.eat('=') { self.value()? } else { "" };
            if self.rest()?.is_empty() {
                return None;
            }
            attributes.push((attribute, value));
        }
    }

    fn value(&mut self) -> Option<&'a str> {
        self.take_while(|c| c.is_ascii_whitespace());
        for quote in ['"', '\''] {
            if self.eat(quote) {
                let value = self.take_while(|c| c != quote);
                return self.eat(quote).then_some(value);
            }
        }
        Some(self.take_while(|c| !c.is_ascii_whitespace() && c != '>'))
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};
    use proptest::prelude::*;

    fn told(html: &str) -> String {
        parts(html)
            .iter()
            .map(|part| match part {
                Part::Text(text) => format!("[{text}]"),
                Part::Close(name) => format!("(/{name})"),
                Part::Open(tag) => format!("({} {:?})", tag.name, tag.attributes),
            })
            .collect()
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        assert_eq!(
            told("<A HREF='x>y' Class=b disabled>a &lt; 臺</a >"),
            r#"(a [("href", "x>y"), ("class", "b"), ("disabled", "")])[a &lt; 臺](/a)"#
        );
        assert_eq!(told("1 < 2<br/>"), "[1 ][<][ 2](br [])");
    }

    #[test]
    fn comments_and_code_are_left_out() {
        assert_eq!(
            told("a<!-- <b> -->b<script>if (a<b) {}</SCRIPT>c<!DOCTYPE x>"),
            "[a][b](/script)[c]"
        );
        assert_eq!(told("a<!-- never closed"), "[a]");
    }

    #[test]
    fn a_tag_that_never_ends_is_text() {
        assert_eq!(told("<b><a href='x"), "(b [])[<a href='x]");
        assert_eq!(told("<a <a <a"), "[<a <a <a]");
    }

    proptest! {
        #[test]
        fn any_text_can_be_taken_apart(html in "(<|/|!--|-->|script|a|=|\"|'|>| |臺){0,40}") {
            parts(&html);
        }
    }
}
