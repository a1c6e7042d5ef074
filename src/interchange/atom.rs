//! Atom feeds (RFC 4287).

use std::fmt::Write as _;

/// A feed.
pub struct Feed {
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: String,
    /// Who publishes it.
    pub author: String,
    /// The address of the page it follows, relative to the feed or whole.
    pub page: String,
    /// Its own address, where the site's is known.
    pub own: Option<String>,
    /// When it last changed, as `2022-03-15`.
    pub updated: String,
    /// What it tells, newest first.
    pub entries: Vec<Entry>,
}

/// One piece of news.
pub struct Entry {
    /// What makes it itself; the same text is the same entry for ever.
    pub identity: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub summary: String,
    /// The address of its page, relative to the feed or whole.
    pub page: String,
    /// The day, as `2022-03-15`.
    pub updated: String,
}

impl Feed {
    /// The feed as a document.
    #[must_use]
    pub fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        line(format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
            escape(&self.lang)
        ));
        line(format!("  <title>{}</title>", escape(&self.title)));
        line(format!(
            "  <id>{}</id>",
            urn(&format!("feed {} {}", self.lang, self.page))
        ));
        line(format!(
            "  <updated>{}T00:00:00Z</updated>",
            escape(&self.updated)
        ));
        line(format!(
            "  <author><name>{}</name></author>",
            escape(&self.author)
        ));
        line(format!(
            "  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
            escape(&self.page)
        ));
        if let Some(own) = &self.own {
            line(format!(
                "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
                escape(own)
            ));
        }
        for entry in &self.entries {
            line("  <entry>".to_owned());
            line(format!("    <title>{}</title>", escape(&entry.title)));
            line(format!("    <id>{}</id>", urn(&entry.identity)));
            line(format!(
                "    <updated>{}T00:00:00Z</updated>",
                escape(&entry.updated)
            ));
            line(format!(
                "    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
                escape(&entry.page)
            ));
            line(format!("    <summary>{}</summary>", escape(&entry.summary)));
            line("  </entry>".to_owned());
        }
        line("</feed>".to_owned());
        out
    }
}

/// A name that never changes, made from what a thing is (RFC 9562, version 8).
fn urn(identity: &str) -> String {
    let hash = blake3::hash(identity.as_bytes());
    let mut hex = String::from("urn:uuid:");
    for (index, byte) in hash.as_bytes().iter().take(16).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        let byte = match index {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Text for XML; characters that XML cannot hold are left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
