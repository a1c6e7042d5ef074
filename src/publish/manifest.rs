//! The list of everything that was published, for readers who verify the site
//! and for the next build, which knows its own files by it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::signature::SIGNATURE;
use super::{Artifact, OutputPath, Shard};
use crate::provenance;

/// The manifest's own place in the site.
pub const MANIFEST: &str = "manifest.json";
/// The place of the list that `sha256sum -c` reads.
pub const SUMS: &str = "SHA256SUMS";
/// The files that describe the others.
pub(super) const OWN: [&str; 3] = [MANIFEST, SUMS, SIGNATURE];
/// What the generator of every manifest of ours starts with.
const GENERATOR: &str = "scorepress ";

/// What `manifest.json` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program and version that published the site.
    pub generator: String,
    /// What it was made from.
    #[serde(default)]
    pub origin: Origin,
    /// Which part of a site it is; nothing for a whole one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// The fingerprint of the key that signs it; nothing where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// Every published file but the manifest and the sums, by path.
    pub files: Vec<Entry>,
}

/// What a site was made from, so that anybody can make it again and compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The commit that the sources were checked out at.
    pub commit: Option<String>,
    /// Whether something below `content/` or `themes/` differed from that commit.
    #[serde(default)]
    pub modified: bool,
    /// The date that the build was told to speak of.
    pub as_of: Option<String>,
    /// The address that the build was told the site has.
    pub base_url: Option<String>,
    /// Whether drafts were published.
    #[serde(default)]
    pub drafts: bool,
    /// How far the history goes that pages tell commits from.
    #[serde(default)]
    pub history: Extent,
}

/// How far the history goes that pages tell commits from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// It was not asked for.
    #[default]
    Off,
    /// There is none, or it could not be read.
    Absent,
    /// It is that of a shallow clone.
    Cut,
    /// It is all there.
    Whole,
}

impl From<provenance::Extent> for Extent {
    fn from(extent: provenance::Extent) -> Self {
        match extent {
            provenance::Extent::NotAsked => Self::Off,
            provenance::Extent::Absent => Self::Absent,
            provenance::Extent::Cut(_) => Self::Cut,
            provenance::Extent::Whole => Self::Whole,
        }
    }
}

impl Origin {
    /// Nothing is known.
    pub const NONE: Self = Self {
        commit: None,
        modified: false,
        as_of: None,
        base_url: None,
        drafts: false,
        history: Extent::Off,
    };
}

/// About how many bytes of `manifest.json` tell of a file, beside its path.
const PER_ENTRY: usize = 220;

/// One published file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it lies.
    pub path: OutputPath,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256 hash, as 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its media type, without parameters.
    pub media_type: Cow<'static, str>,
    /// What it is about, such as the code of a KPI.
    pub subject: Option<Cow<'static, str>>,
}

impl Entry {
    /// Describes one artifact.
    #[must_use]
    pub fn of(artifact: &Artifact) -> Self {
        let known = artifact.sha256.as_ref();
        debug_assert!(known.is_none_or(|known| *known == sha256(&artifact.bytes)));
        Self {
            path: artifact.path.clone(),
            bytes: artifact.bytes.len() as u64,
            sha256: (artifact.sha256.clone()).unwrap_or_else(|| sha256(&artifact.bytes)),
            media_type: artifact.path.media_type().into(),
            subject: artifact.subject.clone(),
        }
    }
}

impl Manifest {
    /// How the text of each one begins.
    pub(super) const BEGINNING: &[u8] = b"{\n  \"generator\": \"scorepress ";

    /// Lists `files`, sorted by path.
    #[must_use]
    pub fn new(origin: Origin, shard: Option<Shard>, mut files: Vec<Entry>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            generator: format!("{GENERATOR}{}", env!("CARGO_PKG_VERSION")),
            origin,
            shard,
            signed_by: None,
            files,
        }
    }

    /// Reads a manifest that some version of this program wrote; `None` for
    /// anything else, such as a web application's manifest of the same name.
    #[must_use]
    pub fn parse(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json)
            .ok()
            .filter(|m: &Self| m.generator.starts_with(GENERATOR))
    }

    /// How long a text of all files is that takes so many bytes beside each path: a long
    /// text that grows lies there twice while it is moved.
    fn room(&self, beside: usize) -> usize {
        let paths = self.files.iter().map(|file| file.path.as_str().len());
        paths.map(|path| path + beside).sum()
    }

    /// The text of `manifest.json`.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(self.room(PER_ENTRY));
        // Strings, numbers and lists cannot fail to serialize.
        serde_json::to_writer_pretty(&mut json, self).unwrap_or_default();
        json.push(b'\n');
        json
    }

    /// The text of `SHA256SUMS`: every listed file, and the manifest itself, whose text
    /// has the SHA-256 `own`. Output paths hold nothing that `sha256sum` escapes.
    #[must_use]
    pub fn to_sums(&self, own: &str) -> Vec<u8> {
        let beside = own.len() + "  \n".len();
        let room = self.room(beside) + MANIFEST.len() + beside;
        let mut lines: Vec<(&str, &str)> = self
            .files
            .iter()
            .map(|f| (f.path.as_str(), f.sha256.as_str()))
            .collect();
        lines.push((MANIFEST, own));
        lines.sort_unstable();
        lines
            .iter()
            .fold(String::with_capacity(room), |mut text, (path, sum)| {
                let _ = writeln!(text, "{sum}  {path}");
                text
            })
            .into_bytes()
    }
}

/// Whether `path`, case aside, is one of the files that the publisher writes of
/// its own.
pub(super) fn is_own(path: &str) -> bool {
    OWN.iter().any(|own| path.eq_ignore_ascii_case(own))
}

/// The SHA-256 of some bytes, as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of all that can be read, a piece at a time.
///
/// # Errors
/// Whatever keeps it from being read.
pub fn sha256_of(read: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match read.read(&mut piece)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            length => hash.update(piece.get(..length).unwrap_or_default()),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    let mut text = String::with_capacity(2 * bytes.len());
    text.extend(digits);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let artifact = |path: &str, bytes: &str, subject: Option<&'static str>| Artifact {
            path: OutputPath::new(path).unwrap(),
            bytes: bytes.into(),
            subject: subject.map(Into::into),
            sha256: None,
        };
        Manifest::new(
            Origin::default(),
            None,
            vec![
                Entry::of(&artifact("kpi/AC1.1.html", "abc", Some("AC1.1"))),
                Entry::of(&artifact("a.css", "", None)),
            ],
        )
    }

    #[test]
    fn lists_files_by_path_with_hash_type_and_subject() {
        let expected = r#"{
  "generator": "scorepress VERSION",
  "origin": {
    "commit": null,
    "modified": false,
    "as_of": null,
    "base_url": null,
    "drafts": false,
    "history": "off"
  },
  "files": [
    {
      "path": "a.css",
      "bytes": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "media_type": "text/css",
      "subject": null
    },
    {
      "path": "kpi/AC1.1.html",
      "bytes": 3,
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "media_type": "text/html",
      "subject": "AC1.1"
    }
  ]
}
"#;
        let json = String::from_utf8(manifest().to_json()).unwrap();
        assert_eq!(json, expected.replace("VERSION", env!("CARGO_PKG_VERSION")));
        assert_eq!(Manifest::parse(json.as_bytes()), Some(manifest()));
    }

    #[test]
    fn sums_cover_the_manifest_and_are_sorted() {
        let sums = manifest().to_sums(&sha256(b"abc"));
        assert_eq!(sums.capacity(), sums.len(), "its room is known");
        let sums = String::from_utf8(sums).unwrap();
        assert_eq!(
            sums,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.css\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  kpi/AC1.1.html\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  manifest.json\n"
        );
    }

    #[test]
    fn is_not_fooled_by_the_manifest_of_another_program() {
        for json in [
            r#"{"name": "Some app", "icons": []}"#,
            r#"{"generator": "other 1.0", "files": []}"#,
            r#"{"generator": "scorepress 0.1.0", "files": [{"path": "../x"}]}"#,
            "",
        ] {
            assert_eq!(Manifest::parse(json.as_bytes()), None, "{json}");
        }
        let escaping = String::from_utf8(manifest().to_json())
            .unwrap()
            .replace("a.css", "../a.css");
        assert_eq!(Manifest::parse(escaping.as_bytes()), None);
    }
}
