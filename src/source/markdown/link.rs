//! The links and images of a document, for the link check.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events;
use super::raw::{self, Part};
use crate::model::prose::Link;

/// Every link and image of a document in order: inline, by reference, in angle
/// brackets, and those in raw HTML.
#[must_use]
pub fn links(body: &str) -> Vec<Link> {
    let mut links = Vec::new();
    // Every link begins with one of the two.
    if !body.contains(['[', '<']) {
        return links;
    }
    let mut open: Vec<usize> = Vec::new();
    let mut html = HtmlBlock::default();
    for (event, range) in events(body) {
        match event {
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                open.push(links.len());
                links.push(of_markdown(body, &tag, range));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                open.pop();
            }
            Event::Text(text) | Event::Code(text) if !text.trim().is_empty() => {
                for index in open.drain(..) {
                    if let Some(link) = links.get_mut(index) {
                        link.empty_text = false;
                    }
                }
            }
            Event::InlineHtml(text) => of_html(&text, |_| range.clone(), &mut links),
            Event::Html(text) => html.push(&text, range),
            Event::End(TagEnd::HtmlBlock) => html.finish(&mut links),
            _ => {}
        }
    }
    links
}

/// The addresses that stand behind the text of a link in full-width brackets, and so are
/// printed as they are.
#[must_use]
pub fn wide(body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !body.contains(['（', '）']) || !body.contains("](") && !body.contains("]（") {
        return found;
    }
    for (event, range) in events(body) {
        let Event::Text(_) = event else { continue };
        let Some(text) = body.get(range.clone()) else {
            continue;
        };
        for (at, _) in text.match_indices(['(', '（']) {
            let start = range.start + at;
            let before = body.get(..start).unwrap_or_default();
            let rest = body.get(start..).unwrap_or_default();
            if let Some(length) = wide_address(rest).filter(|_| may_be_link(before, rest)) {
                found.push(start..start + length);
            }
        }
    }
    found
}

/// The longest address that is looked at, in characters.
const LONGEST_ADDRESS: usize = 500;

/// Whether the brackets before an address are those of a link: `[2]（https://…）` may
/// well be a note's number and its source.
fn may_be_link(before: &str, address: &str) -> bool {
    let Some(label) = before.strip_suffix(']') else {
        return false;
    };
    let no_digits = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_note = no_digits.len() < label.len() && no_digits.ends_with(['[', '^']);
    let is_code = address.trim_start_matches(['(', '（']).starts_with("code:");
    !label.ends_with('\\') && (is_code || !is_note)
}

/// How long an address in brackets is of which one at least is full-width.
fn wide_address(text: &str) -> Option<usize> {
    let inside = text.get(text.chars().next()?.len_utf8()..)?;
    let schemes = ["code:", "https://", "http://", "mailto:"];
    if !schemes.iter().any(|scheme| inside.starts_with(scheme)) {
        return None;
    }
    let end = |(_, c): &(usize, char)| matches!(c, ')' | '）') || c.is_whitespace();
    let (end, _) = inside.char_indices().take(LONGEST_ADDRESS).find(end)?;
    let close = inside.get(end..)?.chars().next()?;
    let is_wide = text.starts_with('（') || close == '）';
    (is_wide && !close.is_whitespace()).then(|| text.len() - inside.len() + end + close.len_utf8())
}

/// Where a Markdown link or image leads.
pub(super) fn target(kind: LinkType, destination: &str) -> String {
    match kind {
        LinkType::Email if !destination.starts_with("mailto:") => format!("mailto:{destination}"),
        _ => destination.to_owned(),
    }
}

fn of_markdown(body: &str, tag: &Tag, mut range: Range<usize>) -> Link {
    let (kind, destination, image) = match tag {
        Tag::Link {
            link_type,
            dest_url,
            ..
        } => (*link_type, &**dest_url, false),
        Tag::Image {
            link_type,
            dest_url,
            ..
        } => (*link_type, &**dest_url, true),
        _ => (LinkType::Inline, "", false),
    };
    // The parser leaves the brackets of `[name][]` out of the link.
    if kind == LinkType::Collapsed && body.get(range.end..).is_some_and(|s| s.starts_with("[]")) {
        range.end += "[]".len();
    }
    Link {
        target: target(kind, destination),
        range,
        image,
        empty_text: true,
    }
}

fn of_html(html: &str, place: impl Fn(Range<usize>) -> Range<usize>, links: &mut Vec<Link>) {
    for part in raw::parts(html) {
        let Part::Open(tag) = part else { continue };
        let image = tag.name == "img";
        let wanted = if image { "src" } else { "href" };
        if !image && tag.name != "a" {
            continue;
        }
        for (_, value) in tag
            .attributes
            .iter()
            .filter(|(name, _)| name == wanted)
            .take(1)
        {
            let target = raw::unescaped(value);
            // `alt=""` says that the picture only decorates.
            let is_described = tag.attributes.iter().any(|(name, _)| name == "alt");
            links.push(Link {
                target,
                range: place(tag.range.clone()),
                image,
                empty_text: image && !is_described,
            });
        }
    }
}

/// The lines of a block of raw HTML, and where each came from: inside a quote
/// or a list the block is not one piece of the source.
#[derive(Default)]
struct HtmlBlock {
    text: String,
    lines: Vec<(usize, Range<usize>)>,
}

impl HtmlBlock {
    fn push(&mut self, line: &str, range: Range<usize>) {
        self.lines.push((self.text.len(), range));
        self.text.push_str(line);
    }

    fn finish(&mut self, links: &mut Vec<Link>) {
        let Self { text, lines } = std::mem::take(self);
        let place = |tag: Range<usize>| {
            let line = lines
                .partition_point(|(start, _)| *start <= tag.start)
                .saturating_sub(1);
            let Some((start, source)) = lines.get(line) else {
                return 0..0;
            };
            let at = source.start + (tag.start - start);
            at..(at + tag.len()).clamp(at, source.end.max(at))
        };
        of_html(&text, place, links);
    }
}

#[cfg(test)]
mod tests {
    use super::{links, wide};

    /// Target, source text, and flags of every link.
    fn told(body: &str) -> Vec<(String, &str, String)> {
        links(body)
            .into_iter()
            .map(|link| {
                let flags = [(link.image, "image"), (link.empty_text, "empty")];
                let flags: Vec<_> = flags.iter().filter(|f| f.0).map(|f| f.1).collect();
                (link.target, &body[link.range], flags.join(" "))
            })
            .collect()
    }

    fn row<'a>(target: &str, source: &'a str, flags: &str) -> (String, &'a str, String) {
        (target.to_owned(), source, flags.to_owned())
    }

    #[test]
    fn every_kind_of_link_is_found_in_order() {
        let body = "見[甲](code:AC1.1)、[](code:AC1.2)。\n\n> ![圖](a%20b.png) [r][], <https://a.tw> <x@a.tw>\n\n[r]: ../r.html 'T'\n";
        assert_eq!(
            told(body),
            [
                row("code:AC1.1", "[甲](code:AC1.1)", ""),
                row("code:AC1.2", "[](code:AC1.2)", "empty"),
                row("a%20b.png", "![圖](a%20b.png)", "image"),
                row("../r.html", "[r][]", ""),
                row("https://a.tw", "<https://a.tw>", ""),
                row("mailto:x@a.tw", "<x@a.tw>", ""),
            ]
        );
    }

    #[test]
    fn a_picture_without_words_leaves_its_link_empty() {
        let flags: Vec<_> = told("[![](a.png)](b) [![c](a.png)](b) [`c`](d) [ ](e)")
            .into_iter()
            .map(|(_, _, flags)| flags)
            .collect();
        assert_eq!(flags, ["empty", "image empty", "", "image", "", "empty"]);
    }

    #[test]
    fn a_picture_that_only_decorates_says_so() {
        let flags: Vec<_> = told("<img src=a.png alt=\"\"> <img src=b.png alt=c>")
            .into_iter()
            .map(|(_, _, flags)| flags)
            .collect();
        assert_eq!(flags, ["image", "image"]);
    }

    #[test]
    fn links_in_raw_html_and_footnotes_are_found_too() {
        let body = "a <a href=\"x?a&amp;b\">b</a>[^1]\n\n> <div>\n> <img src=y.png>\n> </div>\n\n[^1]: [z](z)\n";
        assert_eq!(
            told(body),
            [
                row("x?a&b", "<a href=\"x?a&amp;b\">", ""),
                row("y.png", "<img src=y.png>", "image empty"),
                row("z", "[z](z)", ""),
            ]
        );
    }

    #[test]
    fn addresses_in_full_width_brackets_are_found() {
        let body = "見[甲]（code:AC1.1）、[](code:AC1.2） [乙]（https://a.tw)。\n\n[註]（說明） [2]（https://a.tw）`[a]（code:A）`（code:A）[b](code:B)（丙） \\[c\\]（code:C）\n";
        let found: Vec<_> = wide(body).into_iter().map(|range| &body[range]).collect();
        assert_eq!(
            found,
            ["（code:AC1.1）", "(code:AC1.2）", "（https://a.tw)"]
        );
    }

    #[test]
    fn code_has_no_links() {
        assert_eq!(
            told("`[a](b)`\n\n    [a](b)\n\n```\n<a href=x>\n```\n\\[a](b)"),
            []
        );
    }
}
