//! Privacy, checked on what is published: a page loads nothing from elsewhere,
//! runs nothing and keeps nothing in the reader's browser, whatever a theme, a
//! note or an attachment says. Looked at is all that the program did not write
//! itself: every page of a theme with templates or words of its own, every note in
//! which its author wrote HTML, every style sheet and every attachment. (Without HTML of
//! its author every tag of a note is ours; `fuzz/targets.rs` holds those to the same.)
//!
//! Pages and style sheets are read by the parsers of a browser engine, so that what
//! is judged is what a browser sees. Attachments are opened on their own, where no
//! policy of a page holds: only kinds that browsers show or save are published.

mod address;
mod attachment;
mod leaks;
mod page;
mod style;
mod svg;

pub use attachment::{Refusal, holds_picture, refusal};
pub use leaks::Leaks;
pub use page::scan;
pub use svg::active_content;

use crate::message::Message;
use crate::say;

/// One way in which a file would not leave its reader alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// What it does.
    pub what: What,
    /// The text that does it, cut short.
    pub text: String,
    /// The line of the file in which it stands.
    pub line: usize,
}

/// What a file does that it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Loads something from another origin.
    Loads,
    /// Runs a script.
    Runs,
    /// Sends something away, or the reader.
    Sends,
    /// Tells the browser something in place of the server.
    Orders,
    /// Lacks the policy of all pages.
    Unguarded,
    /// Cannot be read for what it is.
    Hides,
}

impl What {
    /// What it does, for a sentence about the page.
    #[must_use]
    pub const fn words(self) -> Message {
        match self {
            Self::Loads => say!("loads something from elsewhere"),
            Self::Runs => say!("runs a script"),
            Self::Sends => say!("sends something away"),
            Self::Orders => say!("gives the browser an order of its own"),
            Self::Unguarded => say!("lacks the policy before everything else"),
            Self::Hides => say!("hides what it does"),
        }
    }

    /// What to do about it.
    const fn help(self) -> Message {
        match self {
            Self::Unguarded => say!(
                "write `<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">` right after `<head>`, as base.html of the default theme does"
            ),
            _ => say!("take it out, or serve a copy from the site itself"),
        }
    }
}

/// The longest text of a leak that is told, in characters.
const LONGEST: usize = 120;

impl Leak {
    fn new(what: What, text: &str, line: usize) -> Self {
        let text = text.lines().next().unwrap_or_default();
        Self {
            what,
            text: text.chars().take(LONGEST).collect(),
            line,
        }
    }
}
