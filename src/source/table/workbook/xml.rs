//! The XML of a workbook's parts, as a stream that always ends.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use std::borrow::Cow;

use super::WorkbookFault;

/// What happens next in a part.
pub(super) enum Node<'a> {
    /// An element opens. One that is empty closes in the next step.
    Open(Element<'a>),
    /// An element closes.
    Close(Closed<'a>),
    /// Text, references resolved.
    Text(Cow<'a, str>),
}

/// How deep elements may lie in one another: a cell lies some ten deep.
const MAX_DEPTH: usize = 256;

/// The start of an element.
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
    part: &'a str,
}

/// The end of an element.
pub(super) struct Closed<'a>(BytesEnd<'a>);

/// A part of the workbook while it is read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Starts on the text of the part with that path.
    pub(super) fn new(part: &'a str, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part,
            depth: 0,
        }
    }

    /// The next node; `None` once, when every element is closed and the text is
    /// at its end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, WorkbookFault> {
        loop {
            let event = self
                .reader
                .read_event()
                .map_err(|error| self.damaged(&error))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(self.damaged(&format!(
                            "elements lie more than {MAX_DEPTH} deep in one another"
                        )));
                    }
                    Node::Open(Element {
                        start,
                        part: self.part,
                    })
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(Closed(end))
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Node::Text(self.resolve(&reference)?.into()),
                Event::Eof if self.depth > 0 => return Err(self.damaged(&"it is cut off")),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// Passes over the rest of an element that just opened.
    pub(super) fn skip(&mut self, element: &Element<'_>) -> Result<(), WorkbookFault> {
        // The reader's own way passes over any depth, which takes memory.
        let depth = self.depth;
        let name = element.name();
        while let Some(node) = self.next()? {
            if self.depth < depth && matches!(&node, Node::Close(closed) if closed.name() == name) {
                return Ok(());
            }
        }
        Ok(())
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<String, WorkbookFault> {
        if let Some(character) = reference.resolve_char_ref().map_err(|e| self.damaged(&e))? {
            return Ok(character.to_string());
        }
        let name = reference.xml10_content();
        resolve_predefined_entity(&name)
            .map(str::to_owned)
            .ok_or_else(|| self.damaged(&format!("unknown entity “{name}”")))
    }

    /// A fault of this part.
    pub(super) fn damaged(&self, reason: &dyn std::fmt::Display) -> WorkbookFault {
        WorkbookFault::Damaged {
            part: self.part.to_owned(),
            reason: reason.to_string(),
        }
    }
}

impl Element<'_> {
    /// The name with its prefix: `table:table-row`.
    pub(super) fn name(&self) -> &str {
        self.start.name().0
    }

    /// The name without its prefix: `row` of `x:row`.
    pub(super) fn local_name(&self) -> &str {
        local(self.name())
    }

    /// The value of an attribute, by its name with its prefix.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, WorkbookFault> {
        self.attribute_where(|key| key == name)
    }

    /// The value of an attribute that has a prefix, whichever it is.
    pub(super) fn attribute_of_any_prefix(
        &self,
        local: &str,
    ) -> Result<Option<String>, WorkbookFault> {
        self.attribute_where(|key| key.rsplit_once(':').is_some_and(|(_, name)| name == local))
    }

    fn attribute_where(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, WorkbookFault> {
        let damaged = |error: &dyn std::fmt::Display| WorkbookFault::Damaged {
            part: self.part.to_owned(),
            reason: error.to_string(),
        };
        for attribute in self.start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| damaged(&error))?;
            if wanted(attribute.key.0) {
                let value = attribute.normalized_value(XmlVersion::Explicit1_0);
                return value
                    .map(|v| Some(v.into_owned()))
                    .map_err(|error| damaged(&error));
            }
        }
        Ok(None)
    }

    /// The value of an attribute that counts something, as far as it is a number.
    pub(super) fn count(&self, name: &str) -> Result<Option<usize>, WorkbookFault> {
        Ok(self
            .attribute(name)?
            .and_then(|value| value.trim().parse().ok()))
    }
}

impl Closed<'_> {
    /// The name with its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.name().0
    }

    /// The name without its prefix.
    pub(super) fn local_name(&self) -> &str {
        local(self.name())
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
