//! Where a file lies in the published site.

use crate::message::Message;
use crate::say;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::media_type;

/// The longest part (folder or file name) that common file systems take, in bytes.
const LONGEST_PART: usize = 255;
/// The longest whole path, in bytes: what object storage takes as a key.
const LONGEST_PATH: usize = 1024;

/// The path of an output file, relative to the output folder, with `/` between
/// its parts. It names the same file on every system, cannot leave the folder
/// and cannot be hidden; parsing is the only way to get one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputPath(String);

/// Why a text is no [`OutputPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// There is nothing, or nothing between two slashes, or a slash at an end.
    Empty,
    /// A `.` or `..` part.
    Relative(String),
    /// A part that starts with a dot: those belong to whoever keeps the folder.
    Dotfile(String),
    /// A character that some system refuses in file names.
    Character {
        /// The part it stands in.
        part: String,
        /// The character.
        character: char,
    },
    /// A part that ends with a dot or a space, which Windows drops.
    End(String),
    /// A name that means a device on Windows, whatever its extension.
    Device(String),
    /// A part, or the whole, is longer than file systems and stores take.
    Long {
        /// The beginning of the text that is too long.
        text: String,
        /// How many bytes it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
}

impl PathFault {
    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::Empty => {
                say!("an output path has a part that is empty; write it as `folder/file.html`")
            }
            Self::Relative(text) => say!(
                "an output path cannot hold the part `{text}`; write the path from the output folder down",
                text
            ),
            Self::Dotfile(text) => say!(
                "`{text}` starts with a dot, and dotfiles in the output are never touched; rename it",
                text
            ),
            Self::Character { part, character } => say!(
                "`{part}` holds {character}, which not every system allows or shows in a file name; remove it",
                part,
                character = format!("{character:?}")
            ),
            Self::End(text) => say!(
                "`{text}` ends with a dot or a space, which not every system keeps; remove it",
                text
            ),
            Self::Device(text) => say!(
                "`{text}` is the name of a device on Windows; rename it",
                text
            ),
            Self::Long { text, bytes, limit } => say!(
                "`{text}` has {bytes} bytes, more than {limit}; shorten it",
                text,
                bytes,
                limit
            ),
        }
    }
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for PathFault {}

impl OutputPath {
    /// Parses the path of an output file.
    ///
    /// # Errors
    /// The first [`PathFault`] found, from left to right.
    pub fn new(text: &str) -> Result<Self, PathFault> {
        check_length(text, LONGEST_PATH)?;
        text.split('/').try_for_each(check_part)?;
        Ok(Self(text.to_owned()))
    }

    /// The path, with `/` between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders the file lies in: how many `../` lead from it back to
    /// the root of the site.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The media type the file's name promises, without parameters.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        media_type::of(self.0.rsplit('/').next().unwrap_or_default())
    }

    /// The folders the file lies in, the nearest first.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            rest = rest.rsplit_once('/')?.0;
            Some(rest)
        })
    }

    /// The file's place under `folder` on this machine.
    #[must_use]
    pub fn under(&self, folder: &Path) -> PathBuf {
        let mut path = folder.to_path_buf();
        path.extend(self.0.split('/'));
        path
    }
}

fn check_length(text: &str, limit: usize) -> Result<(), PathFault> {
    if text.len() <= limit {
        return Ok(());
    }
    let beginning = text.chars().take(40).chain(std::iter::once('…')).collect();
    Err(PathFault::Long {
        text: beginning,
        bytes: text.len(),
        limit,
    })
}

fn check_part(part: &str) -> Result<(), PathFault> {
    match part {
        "" => return Err(PathFault::Empty),
        "." | ".." => return Err(PathFault::Relative(part.to_owned())),
        _ if part.starts_with('.') => return Err(PathFault::Dotfile(part.to_owned())),
        _ => {}
    }
    if let Some(character) = part
        .chars()
        .find(|c| c.is_control() || is_deceiving(*c) || r#"\:<>"|?*"#.contains(*c))
    {
        return Err(PathFault::Character {
            part: part.to_owned(),
            character,
        });
    }
    if part.ends_with(['.', ' ']) {
        return Err(PathFault::End(part.to_owned()));
    }
    if is_device(part) {
        return Err(PathFault::Device(part.to_owned()));
    }
    check_length(part, LONGEST_PART)
}

/// Characters that turn the direction of what follows, or that nobody sees. The
/// joiners of Persian and Indian words are not among them.
const fn is_deceiving(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether Windows would open a device instead of a file: it looks at what
/// stands before the first dot only, ignores case and spaces, and takes
/// superscript digits for digits.
fn is_device(part: &str) -> bool {
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let numbered = ["COM", "LPT"]
        .iter()
        .filter_map(|device| stem.strip_prefix(device))
        .any(|rest| {
            let mut digits = rest.chars();
            matches!(
                (digits.next(), digits.next()),
                (Some('0'..='9' | '¹' | '²' | '³'), None)
            )
        });
    numbered
        || matches!(
            stem.as_str(),
            "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
        )
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for OutputPath {
    type Error = PathFault;

    fn try_from(text: String) -> Result<Self, PathFault> {
        Self::new(&text)
    }
}

impl From<OutputPath> for String {
    fn from(path: OutputPath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_what_every_system_can_store() {
        for text in [
            "index.html",
            "臺北市/2026/AC1.html",
            "zh-Hant/a b.html",
            "_headers",
            "SHA256SUMS",
            "console.html",
            "com10.csv",
            &format!("{}/x", "a".repeat(LONGEST_PART)),
        ] {
            assert_eq!(OutputPath::new(text), Ok(OutputPath(text.into())), "{text}");
        }
    }

    #[test]
    fn refuses_what_leaves_the_folder_or_is_no_file_name_somewhere() {
        let character = |part: &str, character| PathFault::Character {
            part: part.into(),
            character,
        };
        for (text, fault) in [
            ("", PathFault::Empty),
            ("/etc/passwd", PathFault::Empty),
            ("a//b", PathFault::Empty),
            ("a/", PathFault::Empty),
            (".", PathFault::Relative(".".into())),
            ("a/../../b", PathFault::Relative("..".into())),
            (".git/config", PathFault::Dotfile(".git".into())),
            ("a/.hidden", PathFault::Dotfile(".hidden".into())),
            ("a\\b", character("a\\b", '\\')),
            ("c:/x", character("c:", ':')),
            ("a\0b", character("a\0b", '\0')),
            ("a/b\n", character("b\n", '\n')),
            ("a?b", character("a?b", '?')),
            ("a*", character("a*", '*')),
            ("a\"", character("a\"", '"')),
            ("a<b>", character("a<b>", '<')),
            ("a|b", character("a|b", '|')),
            ("a./b", PathFault::End("a.".into())),
            ("a ", PathFault::End("a ".into())),
            ("CON", PathFault::Device("CON".into())),
            ("a/nul.html", PathFault::Device("nul.html".into())),
            ("Com1.tar.gz", PathFault::Device("Com1.tar.gz".into())),
            ("lpt².csv", PathFault::Device("lpt².csv".into())),
            ("aux .html", PathFault::Device("aux .html".into())),
        ] {
            assert_eq!(OutputPath::new(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_is_too_long() {
        let part = "字".repeat(86);
        let fault = OutputPath::new(&part).unwrap_err();
        assert!(
            matches!(
                fault,
                PathFault::Long {
                    bytes: 258,
                    limit: 255,
                    ..
                }
            ),
            "{fault}"
        );
        let whole = "abc/".repeat(256) + "d";
        let fault = OutputPath::new(&whole).unwrap_err();
        assert!(
            matches!(
                fault,
                PathFault::Long {
                    bytes: 1025,
                    limit: 1024,
                    ..
                }
            ),
            "{fault}"
        );
    }

    #[test]
    fn knows_its_depth_its_folders_and_its_media_type() {
        let path = OutputPath::new("a/b/chart.SVG").unwrap();
        assert_eq!(path.depth(), 2);
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(path.media_type(), "image/svg+xml");
        assert_eq!(
            path.under(Path::new("out")),
            Path::new("out").join("a").join("b").join("chart.SVG")
        );
        assert_eq!(OutputPath::new("index.html").unwrap().depth(), 0);
    }

    proptest! {
        /// Whatever is accepted stays under the output folder, on this system's
        /// own reading of it, and is written back as it was read.
        #[test]
        fn never_leaves_the_folder(text in r"([a-zA-Z.~ /\\:\u{0}-\u{1f}字$]|\.\./|nul|com1){0,12}") {
            if let Ok(path) = OutputPath::new(&text) {
                prop_assert_eq!(path.to_string(), text.clone());
                let place = path.under(Path::new(""));
                prop_assert!(place.components().all(|c| matches!(c, Component::Normal(_))));
                prop_assert_eq!(place.components().count(), path.depth() + 1);
                prop_assert_eq!(path.folders().count(), path.depth());
                prop_assert!(!text.split('/').any(|part| part.starts_with('.')));
            }
        }

        /// Plain words joined by slashes are always fine.
        #[test]
        fn takes_plain_words(parts in prop::collection::vec("[a-z]{5,9}\\.html", 1..6)) {
            prop_assert!(OutputPath::new(&parts.join("/")).is_ok());
        }
    }
}
