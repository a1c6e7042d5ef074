//! Attachments. They are published as they are and opened on their own, where no
//! policy of a page holds, by hosts that may not say what they are: published is what
//! browsers only show or save, whatever is in it, and what is not something else.

use serde::de::IgnoredAny;

use super::svg;
use crate::message::Message;
use crate::say;

/// Why a file is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong with it.
    pub why: Message,
    /// What was expected.
    pub expected: Message,
    /// What to do.
    pub help: Message,
}

/// How a file shows that it is of its kind.
#[derive(Clone, Copy)]
enum Sign {
    /// It begins with one of these.
    Starts(&'static [&'static [u8]]),
    /// It has this at a place.
    Holds(usize, &'static [u8]),
    /// It is a picture of dots, of whichever kind: browsers look, too.
    Dots,
    /// It is a picture of shapes.
    Shapes,
    /// It is text that is no markup, and so.
    Text(fn(&str) -> bool),
}

/// Workbooks, documents and slides of today, and archives.
const ZIP: Sign = Sign::Starts(&[b"PK\x03\x04", b"PK\x05\x06"]);
/// Those of yesterday.
const OLE: Sign = Sign::Starts(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]);

/// What is published, by the end of the name.
const KINDS: [(&str, Sign); 28] = [
    ("avif", Sign::Dots),
    ("csv", Sign::Text(|_| true)),
    ("doc", OLE),
    ("docx", ZIP),
    ("geojson", Sign::Text(is_json)),
    ("gif", Sign::Dots),
    ("heic", Sign::Holds(4, b"ftyp")),
    (
        "ics",
        Sign::Text(|text| text.starts_with("BEGIN:VCALENDAR")),
    ),
    ("jpeg", Sign::Dots),
    ("jpg", Sign::Dots),
    ("json", Sign::Text(is_json)),
    (
        "mp3",
        Sign::Starts(&[b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2"]),
    ),
    ("mp4", Sign::Holds(4, b"ftyp")),
    ("odp", ZIP),
    ("ods", ZIP),
    ("odt", ZIP),
    ("pdf", Sign::Starts(&[b"%PDF"])),
    ("png", Sign::Dots),
    ("ppt", OLE),
    ("pptx", ZIP),
    ("svg", Sign::Shapes),
    ("tsv", Sign::Text(|_| true)),
    ("txt", Sign::Text(|_| true)),
    ("webm", Sign::Starts(&[b"\x1aE\xdf\xa3"])),
    ("webp", Sign::Dots),
    ("xls", OLE),
    ("xlsx", ZIP),
    ("zip", ZIP),
];

/// Ends of names that hosts run or serve as pages wherever they stand in a name.
const ACTIVE: [&str; 33] = [
    "asa", "asax", "asp", "aspx", "cer", "cfm", "cgi", "css", "fcgi", "hta", "htm", "html",
    "htaccess", "jhtml", "js", "jsp", "jspx", "mjs", "phar", "php", "phps", "pht", "phtml", "pl",
    "py", "rb", "shtm", "shtml", "svgz", "xht", "xhtml", "xml", "xsl",
];
/// Names by which a host is told how to serve the site.
const OF_HOSTS: [&str; 6] = [
    "_routes.json",
    "firebase.json",
    "now.json",
    "serve.json",
    "staticwebapp.config.json",
    "vercel.json",
];

/// Why the file at `path` is not published, if so.
#[must_use]
pub fn refusal(path: &str, bytes: &[u8]) -> Option<Refusal> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if OF_HOSTS.contains(&name.as_str()) {
        return Some(unpublished(say!(
            "hosts take a file of this name for their own settings"
        )));
    }
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return Some(unpublished(say!(
            "its name does not say of which kind it is"
        )));
    };
    let Some(sign) = sign(extension) else {
        return Some(unpublished(say!(
            "files of the kind `.{extension}` are not published",
            extension
        )));
    };
    let mut earlier = stem.split('.').skip(1);
    let is_active = |part: &&str| {
        let part = part.trim_end_matches(|c: char| c.is_ascii_digit());
        ACTIVE.contains(&part)
    };
    if let Some(part) = earlier.find(is_active) {
        return Some(Refusal {
            help: say!("rename the file"),
            ..unpublished(say!(
                "hosts run files with `.{part}` in their names, or show them as pages",
                part
            ))
        });
    }
    match sign {
        Sign::Starts(signs) => {
            let is_so = signs.iter().any(|sign| bytes.starts_with(sign));
            (!is_so).then(|| misnamed(extension))
        }
        Sign::Holds(at, sign) => {
            let is_so = bytes.get(at..).is_some_and(|rest| rest.starts_with(sign));
            (!is_so).then(|| misnamed(extension))
        }
        Sign::Dots => (!holds_picture(bytes)).then(|| misnamed(extension)),
        Sign::Shapes => svg::active_content(bytes).map(|(found, line)| Refusal {
            why: say!("line {line} holds {found}", line, found),
            expected: say!("an SVG of shapes and text alone"),
            help: say!("remove it from the file, or export the picture as a plain SVG or PNG"),
        }),
        Sign::Text(is_so) => text(bytes, is_so, extension),
    }
}

/// Whether a file begins as a picture of dots does that browsers show.
#[must_use]
pub fn holds_picture(head: &[u8]) -> bool {
    let has = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let starts: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"];
    let brands: [&[u8]; 3] = [b"ftypavif", b"ftypavis", b"ftypmif1"];
    starts.iter().any(|start| has(0, start))
        || (has(0, b"RIFF") && has(8, b"WEBP"))
        || brands.iter().any(|brand| has(4, brand))
}

fn sign(extension: &str) -> Option<Sign> {
    let mut kinds = KINDS.iter();
    let (_, sign) = kinds.find(|(kind, _)| *kind == extension)?;
    Some(*sign)
}

/// Whether a text is data that programs read.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Why a text is not published: a browser that is not told what it is would take it
/// for a page, or would have to guess its letters.
fn text(bytes: &[u8], is_so: fn(&str) -> bool, extension: &str) -> Option<Refusal> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(Refusal {
            why: say!("it is not text in UTF-8"),
            expected: say!("text in UTF-8"),
            help: say!("save it again with the encoding UTF-8"),
        });
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c.is_control());
    let is_markup = |rest: &str| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?' | '/'))
    };
    let is_page = first.strip_prefix('<').is_some_and(is_markup);
    (is_page || text.contains('\0') || !is_so(text)).then(|| misnamed(extension))
}

/// A file of another kind than its name says.
fn misnamed(extension: &str) -> Refusal {
    Refusal {
        why: say!("its content is not that of a `.{extension}`", extension),
        expected: say!("a file that is what its name says"),
        help: say!(
            "save or export it again as `.{extension}`; renaming alone does not convert a file",
            extension
        ),
    }
}

/// A file of no kind that is published.
fn unpublished(why: Message) -> Refusal {
    let kinds = KINDS.map(|(kind, _)| kind);
    Refusal {
        why,
        expected: say!(
            "a file of one of these kinds: {kinds}",
            kinds = kinds.join(", ")
        ),
        help: say!("put it into a .zip, or publish it elsewhere and link to it there"),
    }
}
