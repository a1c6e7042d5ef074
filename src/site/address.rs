//! Where links lead: to pages and files of the site, or in an edition, where
//! everything is on one page, to its sections.

use std::fmt::Write as _;

use super::plan::{Subject, localized};
use super::press::Press;
use crate::model::arena::ScorecardIx;

/// An edition: a scorecard whose pages are sections of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The scorecard.
    pub scorecard: ScorecardIx,
    /// What stands before the address of any other file: the address of the
    /// site, or what leads from the edition to its root.
    pub root: String,
}

impl Press<'_> {
    /// The path of a page in this language, from the root of the site.
    #[must_use]
    pub fn path(&self, subject: Subject) -> String {
        localized(&subject.path(self.publication), self.lang, self.publication)
    }

    /// Where a link to a page in this language leads: from the root of the site,
    /// or in an edition to the section.
    #[must_use]
    pub fn url(&self, subject: Subject) -> String {
        let within = self.within.as_ref().map(|within| within.scorecard);
        let section = within.filter(|at| subject.scorecard() == Some(*at));
        match section.and_then(|_| self.section(subject)) {
            Some(section) => format!("#{section}"),
            None => self.href(self.path(subject)),
        }
    }

    /// A link to a file of the site.
    #[must_use]
    pub fn href(&self, path: String) -> String {
        let path = encoded(path);
        match &self.within {
            Some(within) => format!("{}{path}", within.root),
            None => path,
        }
    }

    /// The id of the section that stands for a page in an edition.
    fn section(&self, subject: Subject) -> Option<String> {
        let scorecard = self.scorecard(subject.scorecard()?);
        let code = match subject {
            Subject::Map(_) => return Some("map".to_owned()),
            Subject::Perspective(_, ix) => {
                return Some(format!("row-{}", scorecard.perspectives[ix].code));
            }
            Subject::Theme(_, ix) => &scorecard.themes[ix].code,
            Subject::Objective(_, ix) => &scorecard.objectives[ix].code,
            Subject::Kpi(_, ix) => &scorecard.kpis[ix].code,
            Subject::Action(_, ix) => &scorecard.actions[ix].code,
            Subject::CrossCutting(_) => return Some("c-T".to_owned()),
            _ => return None,
        };
        Some(format!("c-{code}"))
    }

    /// An id for something about a code: alone on its page, one of many in an edition.
    #[must_use]
    pub fn id(&self, name: &str, code: &str) -> String {
        match self.within {
            Some(_) => format!("{name}-{code}"),
            None => name.to_owned(),
        }
    }
}

/// The path of a file as an address: authors name files, and codes, as they
/// like, with spaces and in any script.
#[must_use]
pub fn encoded(path: String) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$()*+,;=@".contains(&byte);
    if path.bytes().all(is_plain) {
        return path;
    }
    let mut encoded = String::with_capacity(path.len() * 2);
    for byte in path.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encoded;
    use crate::model::link::decode;

    #[test]
    fn an_address_holds_only_what_addresses_may_and_leads_to_the_same_file() {
        let address = |path: &str| encoded(path.to_owned());
        assert_eq!(
            address("org/2025/AC1.1_a-b.html"),
            "org/2025/AC1.1_a-b.html"
        );
        assert_eq!(address("標 1.svg"), "%E6%A8%99%201.svg");
        for path in [
            "100% & 'more' #1?.pdf",
            "a/[b]{c}|d^`e`.svg",
            "%41.svg",
            "é",
        ] {
            let address = address(path);
            assert!(address.is_ascii() && !address.contains([' ', '&', '\'', '#', '?']));
            assert_eq!(decode(&address), path);
        }
    }
}
