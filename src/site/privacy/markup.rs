//! The tags of a page or a picture, one after the other, as browsers find them.

use std::borrow::Cow;

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    bytes: &'a [u8],
    name: &'a [u8],
    /// Where its attributes begin.
    inside: usize,
    /// Where it begins.
    pub start: usize,
    /// Past its `>`.
    pub end: usize,
    /// Whether none of its attributes is worth a look.
    pub is_plain: bool,
}

/// The start tags of some markup. Comments, the end tags and the content of
/// scripts and styles are passed over.
#[derive(Debug)]
pub struct Tags<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tags<'a> {
    /// The tags of `bytes`.
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + find(self.bytes.get(self.at..)?, b"<")?;
            let rest = self.bytes.get(start + 1..)?;
            match rest.first()? {
                b'!' if rest.starts_with(b"!--") => {
                    self.at = start + 1 + comment(rest);
                }
                b'!' if rest.starts_with(b"![CDATA[") => {
                    let end = find(rest, b"]]>").map_or(rest.len(), |end| end + 3);
                    self.at = start + 1 + end;
                }
                first if first.is_ascii_alphabetic() => {
                    let tag = Tag::at(self.bytes, start);
                    self.at = tag.end + raw_length(&tag);
                    return Some(tag);
                }
                _ => self.at = start + 1,
            }
        }
    }
}

/// Where a comment ends that begins at the `!`: `<!-->` and `<!--->` are whole.
fn comment(rest: &[u8]) -> usize {
    if rest.starts_with(b"!-->") {
        return 4;
    }
    if rest.starts_with(b"!--->") {
        return 5;
    }
    let ends = [b"-->".as_slice(), b"--!>"]
        .map(|end| find(rest.get(3..).unwrap_or_default(), end).map(|at| 3 + at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(rest.len())
}

/// How many bytes after a tag are no markup.
fn raw_length(tag: &Tag<'_>) -> usize {
    let raw: [&[u8]; 2] = [b"script", b"style"];
    if raw.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
        tag.content().len()
    } else {
        0
    }
}

impl<'a> Tag<'a> {
    /// The tag whose `<` stands at `start`, whatever stands around it.
    pub fn at(bytes: &'a [u8], start: usize) -> Self {
        let rest = bytes.get(start + 1..).unwrap_or_default();
        let is_end = |b: &u8| CLASSES[usize::from(*b)] & (SPACE | SLASH | CLOSE) != 0;
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        let inside = start + 1 + length;
        let mut tag = Self {
            bytes,
            name: rest.get(..length).unwrap_or_default(),
            inside,
            start,
            end: bytes.len(),
            is_plain: true,
        };
        let mut attributes = Raw { bytes, at: inside };
        for (name, _) in attributes.by_ref() {
            tag.is_plain &= !is_worth_a_look(name);
        }
        tag.end = attributes.at;
        tag
    }

    /// Its name without a prefix.
    pub fn local_name(&self) -> &'a [u8] {
        let colon = self.name.iter().rposition(|b| *b == b':');
        colon.map_or(self.name, |colon| {
            self.name.get(colon + 1..).unwrap_or_default()
        })
    }

    /// Its attributes as they are written.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        Raw {
            bytes: self.bytes,
            at: self.inside,
        }
    }

    /// The value of one attribute, as browsers read it.
    pub fn value(&self, name: &[u8]) -> Option<Cow<'a, str>> {
        let mut attributes = self.attributes();
        let found = attributes.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(decoded(found.1))
    }

    /// What stands between it and its end tag, or the end of everything.
    pub fn content(&self) -> &'a [u8] {
        let rest = self.bytes.get(self.end..).unwrap_or_default();
        let is_end = |at: &usize| {
            let after = rest.get(at + 2..).unwrap_or_default();
            after
                .get(..self.name.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(self.name))
        };
        let end = ends(rest).find(is_end).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }
}

/// Where `</` stands.
fn ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = at + find(bytes.get(at..)?, b"</")?;
        at = found + 2;
        Some(found)
    })
}

/// Attributes as they are written, up to the `>` of their tag.
struct Raw<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Raw<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(SPACE | SLASH);
        if self.peek()? == b'>' {
            self.at += 1;
            return None;
        }
        let start = self.at;
        // A name may begin with `=`.
        self.at += 1;
        self.skip(OTHER);
        let name = self.bytes.get(start..self.at)?;
        if let Some([b'=', b'"', rest @ ..]) = self.bytes.get(self.at..) {
            // As nearly all are written.
            let length = memchr::memchr(b'"', rest).unwrap_or(rest.len());
            self.at = (self.at + 3 + length).min(self.bytes.len());
            return Some((name, rest.get(..length)?));
        }
        self.skip(SPACE);
        if self.peek() != Some(b'=') {
            return Some((name, b""));
        }
        self.at += 1;
        self.skip(SPACE);
        let Some(quote) = self.peek() else {
            return Some((name, b""));
        };
        let from = self.at;
        if quote == b'"' || quote == b'\'' {
            let rest = self.bytes.get(from + 1..).unwrap_or_default();
            let length = find(rest, &[quote]);
            let value = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
            self.at = (from + 2 + value.len()).min(self.bytes.len());
            return Some((name, value));
        }
        self.skip(OTHER | SLASH | EQUALS);
        Some((name, self.bytes.get(from..self.at).unwrap_or_default()))
    }
}

impl Raw<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over bytes of some classes.
    fn skip(&mut self, classes: u8) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_over = |b: &u8| CLASSES[usize::from(*b)] & classes == 0;
        self.at += rest.iter().position(is_over).unwrap_or(rest.len());
    }
}

/// White space.
const SPACE: u8 = 1;
/// `/`.
const SLASH: u8 = 2;
/// `>`.
const CLOSE: u8 = 4;
/// `=`.
const EQUALS: u8 = 8;
/// Any other byte.
const OTHER: u8 = 16;

/// The class of every byte.
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut at = 0;
    while at < 5 {
        classes[b" \t\n\r\x0c"[at] as usize] = SPACE;
        at += 1;
    }
    classes[b'/' as usize] = SLASH;
    classes[b'>' as usize] = CLOSE;
    classes[b'=' as usize] = EQUALS;
    classes
};

/// Attributes that can do what they should not, apart from handlers.
pub const ATTRIBUTES: [&[u8]; 21] = [
    b"action",
    b"archive",
    b"background",
    b"by",
    b"codebase",
    b"content",
    b"data",
    b"formaction",
    b"from",
    b"href",
    b"imagesrcset",
    b"manifest",
    b"ping",
    b"poster",
    b"src",
    b"srcdoc",
    b"srcset",
    b"style",
    b"to",
    b"values",
    b"xlink:href",
];

/// For each first letter, the lengths of those attributes as a set of bits.
const LENGTHS: [u16; 256] = {
    let mut lengths = [0; 256];
    let mut at = 0;
    while at < ATTRIBUTES.len() {
        let name = ATTRIBUTES[at];
        let bit = 1 << name.len();
        lengths[name[0] as usize] |= bit;
        lengths[name[0].to_ascii_uppercase() as usize] |= bit;
        at += 1;
    }
    lengths
};

/// Whether an attribute may be one of those, or a handler: most are not, by their
/// first letter and their length.
fn is_worth_a_look(name: &[u8]) -> bool {
    let Some(first) = name.first() else {
        return false;
    };
    let lengths = LENGTHS[usize::from(*first)];
    (name.len() < 16 && lengths & (1 << name.len()) != 0) || matches!(first, b'o' | b'O')
}

/// The text of a style in XML: without its comments and the marks of sections.
pub fn comments_removed(content: &[u8]) -> String {
    let text = String::from_utf8_lossy(content);
    let text = text.replace("<![CDATA[", "").replace("]]>", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

/// A value with its character references resolved.
pub fn decoded(value: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(value);
    if !text.contains('&') {
        return text;
    }
    Cow::Owned(resolve(&text))
}

/// Resolves numeric references, and of the named ones those that can hide an
/// address.
fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (character, length) = reference(after).unwrap_or(('&', 0));
        out.push(character);
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The character that a reference stands for, and how long it is after its `&`.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 9] = [
        ("amp", '&'),
        ("colon", ':'),
        ("sol", '/'),
        ("bsol", '\\'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
        ("lt", '<'),
        ("quot", '"'),
        ("period", '.'),
    ];
    let closed = |length: usize| length + usize::from(text[length..].starts_with(';'));
    if let Some(digits) = text.strip_prefix('#') {
        let (digits, radix, skipped) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 2),
            None => (digits, 10, 1),
        };
        let length = digits
            .find(|c: char| !c.is_digit(radix))
            .unwrap_or(digits.len());
        let number = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let character = char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER);
        return Some((character, closed(skipped + length)));
    }
    let (name, character) = NAMED.iter().find(|(name, _)| text.starts_with(name))?;
    Some((*character, closed(name.len())))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    match what {
        [byte] => memchr::memchr(*byte, bytes),
        _ => memchr::memmem::find(bytes, what),
    }
}
