//! Raw HTML in the page: written anew, so that whatever the author left open is
//! closed where the Markdown around it ends.

use super::allowed;
use super::limit::MAX_NESTING;
use super::raw::{self, Part, Tag};
use super::reference::Alternative;
use super::writer::{Kind, Open, Writer};

impl Writer<'_, '_> {
    /// Writes a stretch of raw HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.raw = true;
        if self.alternative.is_some() {
            return;
        }
        for part in raw::parts(html) {
            match part {
                Part::Text(text) => {
                    if !text.trim().is_empty() {
                        self.seen += 1;
                    }
                    self.out.push_str(&text.replace('<', "&lt;"));
                }
                Part::Open(tag) => self.open_raw(&tag),
                Part::Close(name) => self.close(&name),
            }
        }
    }

    /// Ends the raw elements that were opened since the last Markdown element.
    pub(super) fn close_raw(&mut self) {
        while matches!(
            self.open.last(),
            Some(Open {
                kind: Kind::Raw(_),
                ..
            })
        ) {
            self.pop_raw();
        }
    }

    fn open_raw(&mut self, tag: &Tag) {
        let Some((name, own)) = allowed::element(&tag.name) else {
            return;
        };
        while let Some(Open {
            kind: Kind::Raw(last),
            ..
        }) = self.open.last()
            && allowed::implied_ends(name).contains(last)
        {
            self.pop_raw();
        }
        if name == "img" {
            return self.raw_image(tag);
        }
        let void = allowed::is_void(name);
        if !void && self.open.len() >= MAX_NESTING {
            return;
        }
        let written = self.shifted(name);
        let href = (name == "a").then(|| self.raw_address(tag)).flatten();
        let anchored = name == "a" && href.is_some() && self.links == 0;
        if name == "a" && !anchored {
            self.open.push(Open {
                end: "".into(),
                kind: Kind::Raw(name),
            });
            return;
        }
        self.out.push('<');
        self.out.push_str(&written);
        if let Some(href) = href {
            self.links += 1;
            self.attribute("href", &href);
        }
        let mut seen = vec!["href"];
        for (attribute, value) in &tag.attributes {
            let known = allowed::EVERYWHERE
                .iter()
                .chain(own)
                .find(|known| *known == attribute);
            if let Some(known) = known.filter(|known| !seen.contains(known)) {
                seen.push(known);
                self.raw_attribute(known, value);
            }
        }
        self.out.push('>');
        if !void {
            let end = format!("</{written}>").into();
            self.open.push(Open {
                end,
                kind: Kind::Raw(name),
            });
        }
    }

    /// Where a raw link leads, if it may lead there.
    fn raw_address(&self, tag: &Tag) -> Option<String> {
        let target = raw::unescaped(value(tag, "href")?);
        super::address::link(&self.resolve(&target).href)
    }

    fn raw_image(&mut self, tag: &Tag) {
        let text = |name| raw::unescaped(value(tag, name).unwrap_or(""));
        let mut image = Alternative::new(&text("src"), &text("title"));
        image.text = text("alt");
        self.image(&image);
    }

    /// Ends the innermost open element of that name, and what is open in it; an
    /// end tag cannot reach past the Markdown element it stands in.
    fn close(&mut self, name: &str) {
        let raw = self.open.iter().rev().map_while(|open| match open.kind {
            Kind::Raw(name) => Some(name),
            Kind::Markdown | Kind::Link(..) => None,
        });
        let Some(inside) = raw
            .enumerate()
            .find(|(_, open)| *open == name)
            .map(|(i, _)| i)
        else {
            return;
        };
        for _ in 0..=inside {
            self.pop_raw();
        }
    }

    fn pop_raw(&mut self) {
        if let Some(Open { end, .. }) = self.open.pop() {
            if end == "</a>" {
                self.links = self.links.saturating_sub(1);
            }
            self.out.push_str(&end);
        }
    }

    /// The element's name on the page: headings are shifted like those of
    /// Markdown.
    fn shifted(&self, name: &str) -> String {
        match name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            Some(level) => format!("h{}", self.level(level)),
            None => name.to_owned(),
        }
    }

    /// An attribute with its entities as they were written.
    fn raw_attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.push_str(
            &value
                .replace('"', "&quot;")
                .replace('<', "&lt;")
                .replace('>', "&gt;"),
        );
        self.out.push('"');
    }
}

fn value<'a>(tag: &Tag<'a>, name: &str) -> Option<&'a str> {
    tag.attributes
        .iter()
        .find(|(attribute, _)| attribute == name)
        .map(|(_, value)| *value)
}
