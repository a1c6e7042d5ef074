//! Where a link in Markdown leads.

use std::fmt;

use super::arena::ScorecardIx;
use super::period::Period;
use super::publication::Publication;
use super::scorecard::Item;
use crate::message::Message;
use crate::say;

/// A link that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the site.
    External,
    /// A place in the same document (without `#`).
    Fragment(String),
    /// A scorecard's strategy map.
    Scorecard(ScorecardIx),
    /// Something with a code.
    Item(ScorecardIx, Item),
    /// A free page, by its place in the publication, and a place in it.
    Page(usize, Option<String>),
    /// A file beside the pages, relative to `content/`.
    Attachment(String),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// `code:` with something that has no page.
    UnknownCode(String),
    /// A bare code where no scorecard is near.
    NoScorecard(String),
    /// A path to a file that is not there.
    NoFile(String),
    /// A path that climbs out of `content/`.
    Escape(String),
    /// A scheme that a public page does not link to.
    Scheme(String),
}

impl LinkFault {
    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::UnknownCode(text) => say!("nothing has the code `{text}`", text),
            Self::NoScorecard(text) => say!("`{text}` does not say in which scorecard", text),
            Self::NoFile(text) => say!("there is no file `{text}`", text),
            Self::Escape(text) => say!("`{text}` leads out of the site folder", text),
            Self::Scheme(text) => say!("links of the kind `{text}:` are not allowed", text),
        }
    }
}

impl fmt::Display for LinkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for LinkFault {}

impl LinkTarget {
    /// Finds where `link` leads from a Markdown file in `folder` (relative to
    /// `content/`), which belongs to `scorecard` if it is a note.
    ///
    /// # Errors
    /// Why it leads nowhere.
    pub fn find(
        link: &str,
        folder: &str,
        scorecard: Option<ScorecardIx>,
        publication: &Publication,
    ) -> Result<Self, LinkFault> {
        if let Some(code) = link.strip_prefix("code:") {
            return by_code(code, scorecard, publication);
        }
        if let Some(fragment) = link.strip_prefix('#') {
            return Ok(Self::Fragment(fragment.to_owned()));
        }
        if let Some((scheme, _)) = link.split_once(':')
            && !scheme.contains(['/', '.', '#', '?'])
        {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" | "mailto" | "tel" => Ok(Self::External),
                other => Err(LinkFault::Scheme(other.to_owned())),
            };
        }
        if link.starts_with("//") {
            return Ok(Self::External);
        }
        by_path(link, folder, publication)
    }
}

/// The folder of a source file, relative to `content/`.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    let path = path.strip_prefix("content/").unwrap_or(path);
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn by_code(
    code: &str,
    scorecard: Option<ScorecardIx>,
    publication: &Publication,
) -> Result<LinkTarget, LinkFault> {
    let unknown = || LinkFault::UnknownCode(code.to_owned());
    if let Some(at) = publication.find_scorecard(code) {
        return Ok(LinkTarget::Scorecard(at));
    }
    let (at, code) = match code.rsplit_once('/') {
        Some((path, code)) => (publication.find_scorecard(path).ok_or_else(unknown)?, code),
        None => (
            scorecard.ok_or_else(|| LinkFault::NoScorecard(code.to_owned()))?,
            code,
        ),
    };
    let item = publication.scorecards[at].item(code).ok_or_else(unknown)?;
    Ok(LinkTarget::Item(at, item))
}

fn by_path(link: &str, folder: &str, publication: &Publication) -> Result<LinkTarget, LinkFault> {
    let (path, fragment) = match link.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (link, None),
    };
    let path = decode(path);
    if path.starts_with('/') || path.contains(['\\', '\0']) {
        return Err(LinkFault::Escape(path));
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(|| LinkFault::Escape(path.clone()))?;
            }
            part => parts.push(part),
        }
    }
    let file = parts.join("/");
    if let Some(stem) = file.strip_suffix(".md")
        && let Some(at) = publication.pages.iter().position(|page| page.path == stem)
    {
        return Ok(LinkTarget::Page(at, fragment));
    }
    if publication.attachments.contains(&file) {
        return Ok(LinkTarget::Attachment(file));
    }
    Err(LinkFault::NoFile(file))
}

/// Undoes percent-encoding; what does not decode to text stays as written.
#[must_use]
pub fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok());
        let byte = hex
            .filter(|_| *first == b'%')
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

impl Publication {
    /// The scorecard that `organisation/period` names, in whichever calendar
    /// the period is written.
    #[must_use]
    pub fn find_scorecard(&self, path: &str) -> Option<ScorecardIx> {
        if let Some(at) = self.by_path.get(path) {
            return Some(*at);
        }
        let (organization, period) = path.split_once('/')?;
        let period = Period::parse(period, self.years())?;
        self.by_path
            .get(&format!("{organization}/{}", period.folder()))
            .copied()
    }
}
