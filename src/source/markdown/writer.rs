//! Events become HTML as a person would write it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::cjk;
use super::footnote::Footnotes;
use super::limit::MAX_NESTING;
use super::reference::{Alternative, Fallback};
use super::rendering::{AlertKind, Rendering, Word};
use super::table::Columns;
use super::text::{push_attribute, push_text};

/// The page under construction.
pub(super) struct Writer<'a, 'r> {
    pub(super) rendering: &'r Rendering<'r>,
    /// The ids of the document's headings, without prefix.
    pub(super) ids: BTreeSet<String>,
    pub(super) notes: Footnotes<'a>,
    pub(super) out: String,
    pub(super) open: Vec<Open>,
    /// The table being written.
    pub(super) columns: Columns,
    /// The image whose text is being collected.
    pub(super) alternative: Option<Alternative>,
    /// How many texts a reader can see so far.
    pub(super) seen: usize,
    /// How many links are open: HTML allows one.
    pub(super) links: usize,
    /// The raw HTML block being collected.
    pub(super) block: String,
    /// Whether the author wrote HTML.
    pub(super) raw: bool,
    /// The depth from which on elements are too deep to be written.
    muted: Option<usize>,
    /// The last character of the text so far.
    last: Option<char>,
}

/// An open element.
pub(super) struct Open {
    /// What ends it.
    pub(super) end: Cow<'static, str>,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// An element of Markdown.
    Markdown,
    /// An element of raw HTML with this name.
    Raw(&'static str),
    /// A Markdown link: what was seen before it, and what it reads if empty.
    Link(usize, Fallback),
}

impl<'a, 'r> Writer<'a, 'r> {
    pub(super) fn new(
        rendering: &'r Rendering<'r>,
        ids: Vec<String>,
        notes: Footnotes<'a>,
    ) -> Self {
        Self {
            rendering,
            ids: ids.into_iter().collect(),
            notes,
            out: String::new(),
            open: Vec::new(),
            columns: Columns::default(),
            alternative: None,
            seen: 0,
            links: 0,
            block: String::new(),
            raw: false,
            muted: None,
            last: None,
        }
    }

    /// Writes the text and then its footnotes.
    pub(super) fn document(mut self, events: &[Event<'a>]) -> (String, bool) {
        self.events(events);
        self.close_raw();
        self.footnotes();
        (self.out, self.raw)
    }

    pub(super) fn events(&mut self, events: &[Event<'a>]) {
        let mut rest = events;
        while let Some((event, after)) = rest.split_first() {
            match event {
                Event::Start(tag) => self.start(tag, after),
                Event::End(tag) => self.end(*tag, after),
                Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                    self.text(text);
                }
                Event::Code(code) => self.code(code),
                Event::SoftBreak => self.soft_break(after),
                Event::HardBreak => self.inline("<br>\n"),
                Event::Rule => {
                    self.block("<hr>");
                    self.out.push('\n');
                }
                Event::Html(html) => self.block.push_str(html),
                Event::InlineHtml(html) => {
                    self.last = None;
                    self.html(html);
                }
                Event::FootnoteReference(label) => self.footnote_reference(label),
                Event::TaskListMarker(done) => self.task(*done),
            }
            rest = after;
        }
    }

    fn start(&mut self, tag: &Tag<'a>, after: &[Event<'a>]) {
        if let Some(alternative) = &mut self.alternative {
            alternative.depth += 1;
            return;
        }
        // A table is written whole or not at all.
        let needed = if matches!(tag, Tag::Table(_)) { 3 } else { 1 };
        if self.muted.is_some() || self.open.len() + needed > MAX_NESTING {
            self.muted.get_or_insert(self.open.len());
            self.last = None;
            self.push("");
            return;
        }
        match tag {
            Tag::Paragraph => self.element("<p>", "</p>\n"),
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                let level = self.heading_level(*level);
                self.block(&format!("<h{level}"));
                if let Some(id) = id {
                    self.id(id);
                }
                if !classes.is_empty() {
                    self.attribute("class", &classes.join(" "));
                }
                for (name, value) in attrs {
                    if let ("lang" | "dir", Some(value)) = (&**name, value) {
                        self.attribute(name, value);
                    }
                }
                self.out.push('>');
                self.push(format!("</h{level}>\n"));
            }
            Tag::BlockQuote(None) => self.element("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(alert_kind(*kind)),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(None) => self.element("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.element("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.element(&format!("<ol start=\"{first}\">\n"), "</ol>\n");
            }
            Tag::Item if begins_task(after) => self.element("<li class=\"task-item\">", "</li>\n"),
            Tag::Item => self.element("<li>", "</li>\n"),
            Tag::DefinitionList => self.element("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.element("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.element("<dd>", "</dd>\n"),
            Tag::Table(alignments) => self.table(alignments, after),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => self.table_row(),
            Tag::TableCell => self.table_cell(after),
            Tag::Emphasis => self.phrase("<em>", "</em>"),
            Tag::Strong => self.phrase("<strong>", "</strong>"),
            Tag::Strikethrough => self.phrase("<del>", "</del>"),
            Tag::Superscript => self.phrase("<sup>", "</sup>"),
            Tag::Subscript => self.phrase("<sub>", "</sub>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(*link_type, dest_url, title),
            Tag::Image {
                dest_url, title, ..
            } => {
                self.alternative = Some(Alternative::new(dest_url, title));
            }
            Tag::HtmlBlock | Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => self.push(""),
        }
    }

    fn end(&mut self, tag: TagEnd, after: &[Event<'a>]) {
        if let Some(alternative) = self.alternative.take() {
            if alternative.depth == 0 {
                self.image(&alternative);
            } else {
                self.alternative = Some(alternative.shallower());
            }
            return;
        }
        if tag == TagEnd::HtmlBlock {
            self.open.pop();
            let block = std::mem::take(&mut self.block);
            self.html(&block);
            return;
        }
        self.close_raw();
        let Some(Open { end, kind }) = self.open.pop() else {
            return;
        };
        if self.muted == Some(self.open.len()) {
            self.muted = None;
        }
        if let Kind::Link(seen, fallback) = kind {
            self.end_link(seen, &fallback, !end.is_empty());
        }
        if end.ends_with('\n') {
            self.last = None;
        }
        self.out.push_str(&end);
        if tag == TagEnd::TableHead && self.muted.is_none() {
            self.end_head(after);
        }
    }

    /// Starts a block element on a line of its own.
    pub(super) fn element(&mut self, start: &str, end: &'static str) {
        self.block(start);
        self.push(end);
    }

    /// Starts an element inside a line.
    fn phrase(&mut self, start: &str, end: &'static str) {
        self.out.push_str(start);
        self.push(end);
    }

    pub(super) fn push(&mut self, end: impl Into<Cow<'static, str>>) {
        self.open.push(Open {
            end: end.into(),
            kind: Kind::Markdown,
        });
    }

    /// Appends the start of a block on a new line.
    pub(super) fn block(&mut self, markup: &str) {
        // In a list item or a definition the first block follows the tag.
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.last = None;
        self.out.push_str(markup);
    }

    fn inline(&mut self, markup: &str) {
        match &mut self.alternative {
            Some(alternative) => alternative.text.push(' '),
            None => self.out.push_str(markup),
        }
        self.last = None;
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(alternative) = &mut self.alternative {
            alternative.text.push_str(text);
            return;
        }
        if !text.trim().is_empty() {
            self.seen += 1;
        }
        self.last = text.chars().next_back().or(self.last);
        push_text(&mut self.out, text);
    }

    fn code(&mut self, code: &str) {
        if self.alternative.is_some() {
            return self.text(code);
        }
        self.out.push_str("<code>");
        self.text(code);
        self.out.push_str("</code>");
    }

    /// A line break in the source is a space, but not between Chinese or
    /// Japanese letters.
    fn soft_break(&mut self, after: &[Event]) {
        let next = after.iter().find_map(|event| match event {
            Event::Text(text) => Some(text.chars().next()),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {
                None
            }
            _ => Some(None),
        });
        let joins = |c: Option<char>| c.is_some_and(cjk::joins_lines);
        if !joins(self.last) || !joins(next.flatten()) {
            self.inline("\n");
        }
    }

    fn task(&mut self, done: bool) {
        let (mark, word) = if done {
            ("☑", Word::Done)
        } else {
            ("☐", Word::NotDone)
        };
        self.out.push_str("<span class=\"task\" role=\"img\"");
        self.label(word);
        self.out.push('>');
        self.out.push_str(mark);
        self.out.push_str("</span> ");
    }

    fn alert(&mut self, kind: AlertKind) {
        let name = kind.name();
        let start = format!("<div class=\"alert alert-{name}\" role=\"note\">\n");
        self.element(&start, "</div>\n");
        let title = (self.rendering.words)(Word::Alert(kind));
        if !title.is_empty() {
            self.out.push_str("<p class=\"alert-title\">");
            push_text(&mut self.out, &title);
            self.out.push_str("</p>\n");
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind) {
        self.block("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split_whitespace().next()
        {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        self.push("</code></pre>\n");
    }

    pub(super) fn id(&mut self, id: &str) {
        let id = format!("{}{id}", self.rendering.id_prefix);
        self.attribute("id", &id);
    }

    /// Names an element for screen readers.
    pub(super) fn label(&mut self, word: Word) {
        let word = (self.rendering.words)(word);
        if !word.is_empty() {
            self.attribute("aria-label", &word);
        }
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_attribute(&mut self.out, value);
        self.out.push('"');
    }

    /// A heading's level on the page.
    fn heading_level(&self, level: HeadingLevel) -> u8 {
        self.level(level as u8)
    }

    /// The level on the page of a heading that is `level` in the document.
    pub(super) fn level(&self, level: u8) -> u8 {
        self.rendering
            .heading_base
            .saturating_add(level.max(1) - 1)
            .clamp(1, 6)
    }
}

fn begins_task(after: &[Event]) -> bool {
    matches!(
        after,
        [Event::TaskListMarker(_), ..]
            | [Event::Start(Tag::Paragraph), Event::TaskListMarker(_), ..]
    )
}

fn alert_kind(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}
