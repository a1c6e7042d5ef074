//! Privacy, checked on what is published: a page loads nothing from elsewhere,
//! runs nothing and keeps nothing in the reader's browser, whatever a theme, a
//! note or an attachment says. Looked at is all that the program did not write
//! itself: every page of a theme with templates or words of its own, every note as
//! it became markup, every style sheet and every attachment.
//!
//! The walk over the markup is ours because it is done on every byte of every
//! such page: it looks at nothing but tags, and builds nothing.

mod attachment;
mod leaks;
mod markup;

use std::borrow::Cow;

pub use attachment::scan as scan_attachment;
pub use leaks::Leaks;
use markup::{ATTRIBUTES, Tags};

use crate::message::Message;
use crate::say;

/// One way in which a file would not leave its reader alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// What it does.
    pub what: What,
    /// The text that does it, cut short.
    pub text: String,
    /// Where that stands in the file.
    pub at: usize,
}

/// What a file does that it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Loads something from another origin.
    Loads,
    /// Runs a script.
    Runs,
    /// Keeps something in the browser.
    Keeps,
    /// Sends something away.
    Sends,
    /// Is run by a host or a browser, whatever it holds.
    Active,
    /// Cannot be read for what it is: by its encoding, or words of its own.
    Hides,
}

impl What {
    /// What it does, for a sentence about the page.
    #[must_use]
    pub const fn words(self) -> Message {
        match self {
            Self::Loads => say!("loads something from elsewhere"),
            Self::Runs => say!("runs a script"),
            Self::Keeps => say!("keeps something in the reader's browser"),
            Self::Sends => say!("sends something away"),
            Self::Active => say!("is of a kind that hosts or browsers run or obey"),
            Self::Hides => say!("hides what it does"),
        }
    }
}

/// The longest text of a leak that is told, in characters.
const LONGEST: usize = 120;

/// What a file of this kind does that it should not; nothing for kinds that
/// browsers only show or hand on.
#[must_use]
pub fn scan(media_type: &str, bytes: &[u8]) -> Vec<Leak> {
    match media_type {
        "text/html"
        | "application/xhtml+xml"
        | "image/svg+xml"
        | "application/xml"
        | "text/xml" => markup(bytes),
        "text/css" => style(bytes, 0),
        "text/javascript" => script(bytes),
        _ => Vec::new(),
    }
}

/// Elements whose address is only followed by a reader.
const FOLLOWED: [&[u8]; 2] = [b"a", b"area"];
/// Relations of a `<link>` that no browser loads.
const NOT_LOADED: [&str; 8] = [
    "alternate",
    "author",
    "canonical",
    "help",
    "license",
    "next",
    "prev",
    "self",
];

fn markup(bytes: &[u8]) -> Vec<Leak> {
    let mut leaks = Vec::new();
    for tag in Tags::of(bytes) {
        let mut leak = |what| leaks.push(found(what, bytes, tag.start, tag.end));
        let name = tag.local_name();
        if let Some(what) = judge_script(&tag) {
            leak(what);
        }
        let attributes = (!tag.is_plain).then(|| tag.attributes());
        for (attribute, value) in attributes.into_iter().flatten() {
            if let Some(what) = judge(&tag, attribute, value) {
                leak(what);
            }
        }
        if name.eq_ignore_ascii_case(b"style") {
            leaks.extend(style(tag.content(), tag.end));
        }
    }
    leaks
}

/// What a tag does by being a script.
fn judge_script(tag: &markup::Tag<'_>) -> Option<What> {
    let is_script = tag.local_name().eq_ignore_ascii_case(b"script");
    (is_script && !is_data(tag)).then_some(What::Runs)
}

/// Elements that show what they load as a page of its own, scripts and all.
const FRAMES: [&[u8]; 6] = [b"iframe", b"frame", b"embed", b"object", b"applet", b"use"];

/// Whether an address is a document written into itself.
fn is_inside(address: &str) -> bool {
    scheme(&plain(address)).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data"))
}

/// Whether a script is data, which no browser runs.
fn is_data(tag: &markup::Tag<'_>) -> bool {
    let kind = tag.value(b"type");
    kind.is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("json"))
}

/// The longest attribute that matters, in bytes.
const LONGEST_ATTRIBUTE: usize = 11;

/// What an attribute does that it should not.
fn judge(tag: &markup::Tag<'_>, attribute: &[u8], value: &[u8]) -> Option<What> {
    if let [b'o' | b'O', b'n' | b'N', _, ..] = attribute {
        return Some(What::Runs);
    }
    // Most attributes are none of these, and nothing is made for them.
    let mut lower = [0; LONGEST_ATTRIBUTE];
    let lower = lower.get_mut(..attribute.len())?;
    lower.copy_from_slice(attribute);
    lower.make_ascii_lowercase();
    if !ATTRIBUTES.contains(&&*lower) {
        return None;
    }
    let name = tag.local_name();
    let value = &*markup::decoded(value);
    let is_frame = FRAMES.iter().any(|frame| name.eq_ignore_ascii_case(frame));
    if is_frame && matches!(&*lower, b"src" | b"data" | b"href" | b"xlink:href") && is_inside(value)
    {
        return Some(What::Runs);
    }
    match &*lower {
        b"style" => (!style(value.as_bytes(), 0).is_empty()).then_some(What::Loads),
        b"srcdoc" => Some(What::Runs),
        b"ping" => Some(What::Sends),
        b"action" | b"formaction" => is_elsewhere(value).then_some(What::Sends),
        b"src" | b"poster" | b"background" | b"data" | b"codebase" | b"archive" | b"manifest" => {
            loads(value)
        }
        b"srcset" | b"imagesrcset" => value.split(',').find_map(loads),
        b"content" if name.eq_ignore_ascii_case(b"meta") => {
            let is_refresh = tag.value(b"http-equiv");
            let target = value.split_once('=').map_or("", |(_, target)| target);
            (is_refresh.is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
                && (is_elsewhere(target) || runs(target)))
            .then_some(What::Sends)
        }
        b"href" | b"xlink:href" => {
            if FOLLOWED.iter().any(|f| name.eq_ignore_ascii_case(f)) {
                return runs(value).then_some(What::Runs);
            }
            let relation = tag.value(b"rel").unwrap_or_default().to_ascii_lowercase();
            let is_link = name.eq_ignore_ascii_case(b"link");
            let mut relations = relation.split_ascii_whitespace();
            if is_link && relations.all(|one| NOT_LOADED.contains(&one)) {
                return None;
            }
            loads(value)
        }
        // An animation can set any attribute, an address among them.
        b"to" | b"from" | b"values" | b"by" => value.split(';').any(runs).then_some(What::Runs),
        _ => None,
    }
}

/// What loading from this address does that it should not.
fn loads(address: &str) -> Option<What> {
    if runs(address) {
        return Some(What::Runs);
    }
    is_elsewhere(address).then_some(What::Loads)
}

/// An address without the white space and control characters that browsers drop.
fn plain(address: &str) -> Cow<'_, str> {
    let is_dropped = |c: char| c.is_ascii_control() || c == ' ';
    let address = address.trim_matches(is_dropped);
    if address.contains(['\t', '\n', '\r']) {
        Cow::Owned(address.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(address)
    }
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then_some(scheme)
}

/// Whether an address leads to another origin, or may.
fn is_elsewhere(address: &str) -> bool {
    let address = plain(address);
    let slashes = address.bytes().take_while(|b| b"/\\".contains(b)).count();
    slashes >= 2 || scheme(&address).is_some_and(|scheme| !scheme.eq_ignore_ascii_case("data"))
}

/// Whether following an address runs something on the page.
fn runs(address: &str) -> bool {
    let address = plain(address);
    let Some(scheme) = scheme(&address) else {
        return false;
    };
    let is = |name| scheme.eq_ignore_ascii_case(name);
    if is("data") {
        let kind = address.get("data:".len()..).unwrap_or_default();
        let kind = kind.trim_start().to_ascii_lowercase();
        // Pictures only show, whatever they hold.
        let active = ["text/html", "text/xml", "application/"];
        return active.iter().any(|active| kind.starts_with(active));
    }
    is("javascript") || is("vbscript")
}

/// What a style sheet, which begins at `start`, loads from elsewhere.
fn style(bytes: &[u8], start: usize) -> Vec<Leak> {
    let text = String::from_utf8_lossy(bytes);
    let lower = text.to_ascii_lowercase();
    let mut leaks = Vec::new();
    let mut note = |at: usize, address: &str| {
        let address = address.trim_start().trim_start_matches(['"', '\'']);
        let end = address.find(['"', '\'', ')', ';']).unwrap_or(address.len());
        if is_elsewhere(address.get(..end).unwrap_or_default()) {
            leaks.push(found(What::Loads, bytes, at, at + LONGEST));
        }
    };
    for word in ["url(", "src(", "image-set(", "@import"] {
        for (at, _) in lower.match_indices(word) {
            note(at, lower.get(at + word.len()..).unwrap_or_default());
        }
    }
    for leak in &mut leaks {
        leak.at += start;
    }
    leaks
}

/// What a script that is published as a file keeps or sends.
fn script(bytes: &[u8]) -> Vec<Leak> {
    const WORDS: [(&str, What); 9] = [
        ("document.cookie", What::Keeps),
        ("cookieStore", What::Keeps),
        ("localStorage", What::Keeps),
        ("sessionStorage", What::Keeps),
        ("indexedDB", What::Keeps),
        ("serviceWorker", What::Keeps),
        ("sendBeacon", What::Sends),
        ("XMLHttpRequest", What::Sends),
        ("WebSocket", What::Sends),
    ];
    let text = String::from_utf8_lossy(bytes);
    let of = |(word, what): &(&str, What)| {
        let at = text.find(word)?;
        Some(found(*what, text.as_bytes(), at, at + word.len()))
    };
    WORDS.iter().filter_map(of).collect()
}

fn found(what: What, bytes: &[u8], start: usize, end: usize) -> Leak {
    let text = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
    let text = String::from_utf8_lossy(text);
    let line = text.lines().next().unwrap_or_default();
    Leak {
        what,
        text: line.chars().take(LONGEST).collect(),
        at: start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(kind: &str, text: &str) -> Vec<What> {
        let leaks = scan(kind, text.as_bytes());
        leaks.iter().map(|leak| leak.what).collect()
    }

    #[test]
    fn what_a_good_page_has_is_no_leak() {
        let page = r##"<!doctype html><!-- <script>x</script> --><html><head>
            <link rel="stylesheet" href="../assets/style.css"><link rel="canonical" href="https://example.org/x">
            <link rel="icon" href="data:,"><link rel="alternate" href="https://example.org/feed.xml">
            <script type="application/ld+json">{"a": "<img src=http://x>"}</script></head>
            <body><a href="https://example.org">x</a><a href="mailto:a@b">y</a> on="x" onclick=
            <img src="a.png" srcset="a.png 1x, b.png 2x"><svg><use href="#x"/><a href="http://x"></a></svg>
            <form action="search.html"></form><p>javascript:alert(1) 1 < 2 <b title="a > b">z</b></p></body></html>"##;
        assert_eq!(whats("text/html", page), []);
        assert_eq!(
            whats("text/css", "a{background:url(x.png)} b{src:url('data:,x')}"),
            []
        );
    }

    #[test]
    fn every_way_of_loading_is_found() {
        for page in [
            "<img src=http://x/a.png>",
            "<IMG SRC='//x/a.png'>",
            "<img src=\" \thttps://x\">",
            "<img src='ht\ntps://x'>",
            "<img src='\\\\x/a'>",
            "<img srcset='a.png, https://x/b.png 2x'>",
            "<link rel=stylesheet href=https://x/a.css>",
            "<link rel='preconnect alternate' href=https://x>",
            "<iframe src=https://x></iframe>",
            "<object data=https://x></object>",
            "<video poster=https://x></video>",
            "<svg><image xlink:href='https://x'/></svg>",
            "<svg:image href='https://x'/>",
            "<style>@import 'https://x';</style>",
            "<p style=\"background:url('//x')\">",
            "<img alt='>' src=https://x>",
            "<base href=https://x>",
            "<img src=&#104;ttps://x>",
            "<img src='&#x2f;/x'>",
            "<img/src=https://x>",
            "<img\nsrc\n=\nhttps://x>",
        ] {
            assert_eq!(whats("text/html", page), [What::Loads], "{page}");
        }
        for css in [
            "@import url(https://x)",
            "a{background:URL( \"//x\" )}",
            "@import \"https://x\"",
        ] {
            assert!(!whats("text/css", css).is_empty(), "{css}");
        }
    }

    #[test]
    fn every_way_of_running_is_found() {
        for page in [
            "<script>x()</script>",
            "<script src=a.js></script>",
            "<ScRiPt >x</sCrIpT>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<svg ONLOAD='x'>",
            "<a href='javascript:alert(1)'>",
            "<a href='  JaVa\tscript:x'>",
            "<a href='&#106;avascript&colon;x'>",
            "<a href='data:text/html,x'>",
            "<iframe srcdoc='x'>",
            "<svg><animate attributeName=href to='javascript:x'/></svg>",
            "<!--> <script>x</script>",
            "<textarea></textarea><script>x</script>",
        ] {
            assert_eq!(whats("text/html", page), [What::Runs], "{page}");
        }
        assert_eq!(
            whats("image/svg+xml", "<svg onload='x'><script>y</script></svg>").len(),
            2
        );
    }

    #[test]
    fn sending_and_keeping_are_found() {
        for page in [
            "<a ping=https://x>",
            "<form action=https://x>",
            "<meta http-equiv=refresh content='0; url=https://x'>",
        ] {
            assert_eq!(whats("text/html", page), [What::Sends], "{page}");
        }
        assert_eq!(
            whats("text/javascript", "localStorage.x = 1"),
            [What::Keeps]
        );
    }

    proptest::proptest! {
        #[test]
        fn no_input_stops_the_scan(text in "[<>/=!\"'a-z\\- &;:#x\\n\\[\\]]{0,200}") {
            for kind in ["text/html", "text/css", "image/svg+xml"] {
                let _ = scan(kind, text.as_bytes());
            }
        }

        #[test]
        fn a_script_is_found_wherever_it_stands(before in "[a-z \\n>]{0,40}", after in ".{0,40}") {
            let page = format!("<p>{before}</p><script>{after}");
            proptest::prop_assert_eq!(whats("text/html", &page), [What::Runs]);
        }
    }
}
