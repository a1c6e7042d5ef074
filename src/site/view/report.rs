//! The report link: a mail or an issue that already quotes the page.

use super::page::VERSION;
use crate::model::scorecard::Item;
use crate::site::context::shared::Label;
use crate::site::plan::Subject;
use crate::site::press::Press;

impl Press<'_> {
    /// Where to report a fault: a mail or an issue that already names the page
    /// and the version.
    pub(super) fn report(&self, page: Subject, url: &str, title: &Label) -> Option<String> {
        let contact = self.publication.settings.contact.as_deref()?;
        let (code, figure) = self.reported(page);
        let title = format!("{code} {}", title.text);
        let subject = self
            .words
            .fill("report.subject", &[("title", title.trim())]);
        let mut body = self
            .words
            .fill("report.body", &[("url", url), ("version", VERSION)]);
        if !figure.is_empty() {
            let result = self.words.fill("report.figure", &[("figure", &figure)]);
            body = format!("{result}\n{body}");
        }
        if contact.contains("://") {
            let mark = if contact.contains('?') { '&' } else { '?' };
            return Some(format!(
                "{contact}{mark}title={}&body={}",
                percent(&subject),
                percent(&body)
            ));
        }
        let address = contact.strip_prefix("mailto:").unwrap_or(contact);
        Some(format!(
            "mailto:{address}?subject={}&body={}",
            percent(&subject),
            percent(&body)
        ))
    }
}

impl Press<'_> {
    /// The code and the figure that a report about a page quotes.
    fn reported(&self, page: Subject) -> (String, String) {
        let (at, item) = match page {
            Subject::Theme(at, ix) => (at, Item::Theme(ix)),
            Subject::Objective(at, ix) => (at, Item::Objective(ix)),
            Subject::Kpi(at, ix) => (at, Item::Kpi(ix)),
            Subject::Action(at, ix) => (at, Item::Action(ix)),
            _ => return (String::new(), String::new()),
        };
        let code = self.scorecard(at).code(item).to_string();
        let Item::Kpi(ix) = item else {
            return (code, String::new());
        };
        let now = &self.results(at).kpis[ix].headline;
        let kpi = &self.scorecard(at).kpis[ix];
        let figure = now
            .value
            .as_ref()
            .map(|v| self.spoken_value(kpi, v, now.basis.as_ref()));
        (code, figure.unwrap_or_default())
    }
}

/// Percent-encodes a text for the query of an address.
fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
