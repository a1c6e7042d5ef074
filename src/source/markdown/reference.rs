//! What leads elsewhere: links, images, footnote marks and the way back.

use pulldown_cmark::LinkType;

use super::address;
use super::footnote;
use super::link;
use super::rendering::{Target, Word};
use super::text::push_attribute;
use super::writer::{Kind, Open, Writer};

/// What a link reads when it has no text of its own.
#[derive(Default)]
pub(super) struct Fallback {
    text: String,
    lang: Option<String>,
}

/// An image whose text is being collected.
pub(super) struct Alternative {
    target: String,
    title: String,
    pub(super) text: String,
    /// How many elements are open inside its text.
    pub(super) depth: usize,
}

impl Alternative {
    pub(super) fn new(target: &str, title: &str) -> Self {
        Self {
            target: target.into(),
            title: title.into(),
            text: String::new(),
            depth: 0,
        }
    }

    pub(super) fn shallower(self) -> Self {
        Self {
            depth: self.depth.saturating_sub(1),
            ..self
        }
    }
}

impl Writer<'_, '_> {
    /// Where a target leads. The document's own headings are looked up first.
    pub(super) fn resolve(&self, target: &str) -> Target {
        let own = target.strip_prefix('#').map(address::decoded);
        match own.filter(|id| self.ids.contains(id)) {
            Some(id) => {
                let href = format!("#{}{id}", self.rendering.id_prefix);
                Target {
                    href,
                    ..Target::default()
                }
            }
            None => (self.rendering.resolve)(target),
        }
    }

    pub(super) fn link(&mut self, kind: LinkType, destination: &str, title: &str) {
        let target = self.resolve(&link::target(kind, destination));
        let href = address::link(&target.href);
        let text = target.text.or_else(|| href.clone()).unwrap_or_default();
        let end = self.anchor(href.filter(|_| self.links == 0).as_deref(), title);
        let fallback = Fallback {
            text,
            lang: target.lang,
        };
        self.open.push(Open {
            end: end.into(),
            kind: Kind::Link(self.seen, fallback),
        });
    }

    /// Starts a link, if it leads somewhere, and returns what ends it.
    fn anchor(&mut self, href: Option<&str>, title: &str) -> &'static str {
        let Some(href) = href else { return "" };
        self.links += 1;
        self.out.push_str("<a");
        self.attribute("href", href);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.push('>');
        "</a>"
    }

    pub(super) fn end_link(&mut self, seen: usize, fallback: &Fallback, anchored: bool) {
        if self.seen == seen && !fallback.text.is_empty() {
            match &fallback.lang {
                Some(lang) => {
                    self.out.push_str("<span");
                    self.attribute("lang", lang);
                    self.out.push('>');
                    self.text(&fallback.text);
                    self.out.push_str("</span>");
                }
                None => self.text(&fallback.text),
            }
        }
        if anchored {
            self.links = self.links.saturating_sub(1);
        }
    }

    /// Writes an image. One from elsewhere becomes a link to it, since pages
    /// load nothing from other origins.
    pub(super) fn image(&mut self, image: &Alternative) {
        let target = self.resolve(&image.target);
        let Some(src) = address::image(&target.href) else {
            let href = address::link(&target.href).filter(|_| self.links == 0);
            let end = self.anchor(href.as_deref(), &image.title);
            let text = Some(&*image.text).filter(|text| !text.trim().is_empty());
            self.text(text.or(href.as_deref()).unwrap_or(""));
            if href.is_some() {
                self.links = self.links.saturating_sub(1);
            }
            self.out.push_str(end);
            return;
        };
        self.out.push_str("<img");
        self.attribute("src", &src);
        self.attribute("alt", image.text.trim());
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        self.out.push('>');
        if !image.text.trim().is_empty() {
            self.seen += 1;
        }
    }

    /// Writes the footnotes after the text. A footnote may refer to others, so
    /// the list can grow while it is written.
    pub(super) fn footnotes(&mut self) {
        let mut number = 1;
        while let Some(events) = self.notes.take(number) {
            if number == 1 {
                self.block("<div class=\"footnotes\" role=\"group\"");
                self.label(Word::Footnotes);
                self.out.push_str(">\n<ol>\n");
            }
            self.out.push_str("<li");
            self.id(&footnote::id(number));
            self.out.push_str(">\n");
            self.push("");
            self.events(&events);
            self.close_raw();
            self.open.pop();
            self.back_links(number);
            self.out.push_str("</li>\n");
            number += 1;
        }
        if number > 1 {
            self.out.push_str("</ol>\n</div>\n");
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        if self.alternative.is_some() {
            return;
        }
        let Some((number, reference)) = self.notes.refer(label) else {
            return self.text(&format!("[^{label}]"));
        };
        self.out.push_str("<sup class=\"footnote-mark\"");
        self.id(&footnote::reference_id(number, reference));
        self.out.push('>');
        let linked = self.links == 0;
        if linked {
            self.fragment_link(&footnote::id(number), Word::Footnote(number));
        }
        self.text(&number.to_string());
        self.out
            .push_str(if linked { "</a></sup>" } else { "</sup>" });
    }

    /// Ends a footnote with links to where it is referred to.
    fn back_links(&mut self, number: usize) {
        let references = self.notes.references(number);
        if references == 0 {
            return;
        }
        if self.out.ends_with("</p>\n") {
            self.out.truncate(self.out.len() - "</p>\n".len());
        } else {
            self.block("<p>");
        }
        for reference in 1..=references {
            if !self.out.ends_with("<p>") {
                self.out.push(' ');
            }
            let id = footnote::reference_id(number, reference);
            self.fragment_link(
                &id,
                Word::BackToText {
                    footnote: number,
                    reference,
                },
            );
            self.out.push_str("↩</a>");
        }
        self.out.push_str("</p>\n");
    }

    fn fragment_link(&mut self, id: &str, name: Word) {
        self.out.push_str("<a href=\"#");
        push_attribute(&mut self.out, self.rendering.id_prefix);
        self.out.push_str(id);
        self.out.push('"');
        self.label(name);
        self.out.push('>');
    }
}
