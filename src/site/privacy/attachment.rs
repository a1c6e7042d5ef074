//! Attachments. They are published as they are, and are opened on their own,
//! where no policy of a page holds: a file that a browser or a host may run is
//! refused.
//!
//! Which part of a page is a comment, a text or a tag depends on rules that differ
//! between web pages, XML and pictures, and on whether scripts are allowed. Here
//! every `<` before a letter begins a tag, wherever it stands. So nothing hides in
//! what one reader takes for a comment and another for a tag; what an author only
//! wrote about is refused along with it.

use super::markup::{Tag, comments_removed, decoded};
use super::{Leak, What, found, judge, judge_script, script, style};
use crate::publish::media_type;
use crate::site::pictures::style_unescaped;

/// Kinds that a browser or a host runs, whatever they hold.
const ACTIVE: [&str; 25] = [
    "asp", "aspx", "cgi", "fcgi", "hta", "htc", "jar", "jsp", "jspx", "mht", "mhtml", "phar",
    "php", "php3", "php4", "php5", "php7", "php8", "phps", "pht", "phtml", "shtm", "shtml", "svgz",
    "swf",
];
/// Names by which a host is told how to serve the site.
const OF_HOSTS: [&str; 5] = [
    "_headers",
    "_redirects",
    "_worker.js",
    "cname",
    "web.config",
];
/// Kinds that are read as markup.
const MARKUP: [&str; 10] = [
    "htm", "html", "rdf", "svg", "xht", "xhtm", "xhtml", "xml", "xsl", "xslt",
];
/// How many times its own length the tags of a file may have together: they lie
/// in one another only where somebody hides something.
const MOST_WORK: usize = 16;
/// How far into a file of no known kind a browser looks for what it is.
const SNIFFED: usize = 1500;

/// What an attachment does that it should not.
#[must_use]
pub fn scan(path: &str, bytes: &[u8]) -> Vec<Leak> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let extensions = || name.split('.').skip(1);
    let whole = |what| {
        vec![Leak {
            what,
            text: name.clone(),
            at: 0,
        }]
    };
    if OF_HOSTS.contains(&name.as_str()) || extensions().any(|one| ACTIVE.contains(&one)) {
        return whole(What::Active);
    }
    let last = extensions().last().unwrap_or_default();
    match media_type::of(&name) {
        "text/css" => style(bytes, 0),
        "text/javascript" => script(bytes),
        "application/octet-stream" if MARKUP.contains(&last) || is_markup(bytes) => markup(bytes),
        _ if MARKUP.contains(&last) => markup(bytes),
        _ => Vec::new(),
    }
}

/// Whether a browser that is not told what a file is would take it for a page.
fn is_markup(bytes: &[u8]) -> bool {
    let start = bytes.get(..SNIFFED).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let signs = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<script",
        "<svg",
        "<?xml",
        "<iframe",
        "<!--",
    ];
    signs.iter().any(|sign| start.contains(sign))
}

fn markup(bytes: &[u8]) -> Vec<Leak> {
    let mut leaks = hidden(bytes);
    let mut left = bytes.len().saturating_mul(MOST_WORK);
    for start in memchr::memchr_iter(b'<', bytes) {
        let Some(first) = bytes.get(start + 1) else {
            break;
        };
        if !(first.is_ascii_alphabetic() || matches!(first, b'_' | b':' | 0x80..)) {
            continue;
        }
        let tag = Tag::at(bytes, start);
        let is_style = tag.local_name().eq_ignore_ascii_case(b"style");
        let content: &[u8] = if is_style { tag.content() } else { b"" };
        let Some(rest) = left.checked_sub(tag.end - start + content.len()) else {
            leaks.push(found(What::Hides, bytes, start, start + super::LONGEST));
            break;
        };
        left = rest;
        let mut leak = |what| leaks.push(found(what, bytes, start, tag.end));
        if let Some(what) = judge_script(&tag) {
            leak(what);
        }
        for (attribute, value) in tag.attributes() {
            let colon = attribute.iter().rposition(|byte| *byte == b':');
            let local = colon.map_or(attribute, |at| attribute.get(at + 1..).unwrap_or_default());
            if let Some(what) = judge(&tag, local, value) {
                leak(what);
            } else if loads_as_style(&decoded(value)) {
                leak(What::Loads);
            }
        }
        if is_style {
            // In XML a style may have references, and pieces between comments.
            let css = comments_removed(content);
            if loads_as_style(&decoded(css.as_bytes())) {
                leak(What::Loads);
            }
        }
    }
    leaks
}

/// Whether a style, or an attribute taken for one, loads from elsewhere.
fn loads_as_style(css: &str) -> bool {
    if !css.contains(['(', '@']) {
        return false;
    }
    let css = style_unescaped(css);
    // It may list several addresses, of which the style's own check reads one.
    let lists = css.to_ascii_lowercase().contains("image-set(") && css.contains("//");
    lists || !style(css.as_bytes(), 0).is_empty()
}

/// What keeps a file from being read for what it is.
fn hidden(bytes: &[u8]) -> Vec<Leak> {
    let mut leaks = Vec::new();
    let Ok(text) = std::str::from_utf8(bytes) else {
        let at = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
        return vec![found(What::Hides, bytes, at, at + 1)];
    };
    // Escapes of ISO-2022 and the like, and what is skipped by some readers.
    if let Some(at) = text.find(['\0', '\u{1b}', '\u{e}', '\u{f}']) {
        leaks.push(found(What::Hides, bytes, at, at + 1));
    }
    let lower = text.to_ascii_lowercase();
    for word in ["<!entity", "<!attlist", "<!element", "<!notation"] {
        if let Some(at) = lower.find(word) {
            leaks.push(found(What::Hides, bytes, at, at + super::LONGEST));
        }
    }
    if let Some(at) = lower.find("<?xml-stylesheet") {
        leaks.push(found(What::Loads, bytes, at, at + super::LONGEST));
    }
    for word in ["encoding", "charset"] {
        for (at, _) in lower.match_indices(word) {
            let after = lower.get(at + word.len()..).unwrap_or_default();
            let Some(named) = after.trim_start().strip_prefix('=') else {
                continue;
            };
            let named = named.trim_start().trim_start_matches(['"', '\'']);
            let known = ["utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252"];
            // An attribute of another meaning has no name of an encoding.
            let is_name = named.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_name && !known.iter().any(|one| named.starts_with(one)) {
                leaks.push(found(What::Hides, bytes, at, at + super::LONGEST));
            }
        }
    }
    leaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(name: &str, text: impl AsRef<[u8]>) -> Vec<What> {
        let leaks = scan(name, text.as_ref());
        leaks.iter().map(|leak| leak.what).collect()
    }

    #[test]
    fn a_page_a_picture_and_data_that_only_show_are_fine() {
        for (name, text) in [
            (
                "a.html",
                "<!doctype html><html><head><meta charset=\"utf-8\"><title>x</title><style>p{color:red}</style></head><body><p class=x>1 < 2 <a href='https://example.org'>y</a><img src=a.png></body></html>",
            ),
            (
                "a.svg",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"><style><![CDATA[p>a{fill:url(#a)}]]></style><path fill=\"url(#b)\"/><image href=\"data:image/png;base64,AA\"/></svg>",
            ),
            ("a.xml", "<rows><row value=\"1\"/></rows>"),
            ("a.csv", "a,<script>\n"),
            ("a.pdf", "%PDF-1.7 <script>"),
            (
                "a.bin",
                [0xFF_u8, 0xFE, 0]
                    .map(char::from)
                    .iter()
                    .collect::<String>()
                    .as_str(),
            ),
        ] {
            assert_eq!(whats(name, text), [], "{name}: {text}");
        }
    }

    #[test]
    fn what_one_reader_skips_and_another_runs_is_found() {
        for (name, text) in [
            ("a.svg", "<svg><style><script>x()</script></style></svg>"),
            (
                "a.svg",
                "<svg><!--> <![CDATA[ --> <script>x()</script> <!-- ]]> --></svg>",
            ),
            (
                "a.svg",
                "<svg><\u{e9}:script xmlns:\u{e9}='http://www.w3.org/1999/xhtml'>x()</\u{e9}:script></svg>",
            ),
            (
                "a.svg",
                "<svg xmlns:y='http://www.w3.org/1999/xlink'><a y:href='javascript:x()'/></svg>",
            ),
            ("a.html", "<![CDATA[><img src=x onerror=x()>]]>"),
            (
                "a.html",
                "<svg><style><img src=x onerror=x()></style></svg>",
            ),
            (
                "a.html",
                "<noscript><p title=\"</noscript><img src=x onerror=x()>\"></noscript>",
            ),
            (
                "a.html",
                "<textarea><p title=\"</textarea><script>x()</script>\">",
            ),
            (
                "a.html",
                "<iframe src=\"data:image/svg+xml,%3Csvg onload='x()'%3E\"></iframe>",
            ),
            (
                "a.html",
                "<object data='data:image/svg+xml;base64,AA'></object>",
            ),
            ("a.xhtml", "<script>x()</script>"),
            (
                "a.xml",
                "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>x()</x:script>",
            ),
            ("a", "<!doctype html><script>x()</script>"),
            ("a.unknown", "  <svg onload=x()>"),
        ] {
            let found = whats(name, text);
            assert!(found.contains(&What::Runs), "{name}: {text}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_for_what_it_is_is_refused() {
        let utf16: Vec<u8> = "<svg onload='x()'/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(whats("a.svg", utf16).contains(&What::Hides));
        for text in [
            "<!DOCTYPE svg [<!ENTITY x '&#60;script>x()&#60;/script>'>]><svg>&x;</svg>",
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]><svg/>",
            "<?xml version='1.0' encoding='utf-7'?><svg/>",
            "<meta charset=iso-2022-jp>",
            "<p>\u{1b}$B",
            "<a\0>",
        ] {
            assert!(whats("a.svg", text).contains(&What::Hides), "{text}");
        }
        assert_eq!(
            whats("a.svg", "<?xml-stylesheet href='a.xsl'?><svg/>"),
            [What::Loads]
        );
        for text in [
            "<svg><style>@im<!-- -->port 'https://x'</style></svg>",
            "<svg><style>&#64;import 'https://x'</style></svg>",
            "<svg><path fill='url(https://x/a#b)'/></svg>",
        ] {
            assert!(whats("a.svg", text).contains(&What::Loads), "{text}");
        }
    }

    #[test]
    fn kinds_that_are_run_are_refused_by_name() {
        for name in [
            "a.php",
            "a.PHP.txt",
            "a.svgz",
            "x/_redirects",
            "CNAME",
            "a.mht",
            "a.hta",
        ] {
            assert_eq!(whats(name, ""), [What::Active], "{name}");
        }
    }

    #[test]
    fn tags_in_one_another_do_not_stop_the_scan() {
        let found = whats("a.svg", "<a b=\"".repeat(200_000));
        assert!(found.contains(&What::Hides), "{found:?}");
        let found = whats("a.svg", "<style>".repeat(200_000));
        assert!(found.contains(&What::Hides), "{found:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_stop_the_scan(bytes: Vec<u8>) {
            for name in ["a.html", "a.svg", "a.css", "a.js", "a"] {
                let _ = scan(name, &bytes);
            }
        }
    }
}
