//! Verifying a published site: against its own manifest, which finds every file
//! that was changed, lost or added since it was built; and against its sources,
//! which are built again in memory and compared byte for byte.

mod listing;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use crate::message::Message;
use crate::publish::signature::{self, KnownKey, Signed};
use crate::publish::{
    Artifact, MANIFEST, Manifest, Origin, OutputPath, SIGNATURE, SUMS, sha256, sha256_of,
};
use crate::{Options, Prepared, render, say};
use listing::Listing;

/// No manifest and no sums are longer, in bytes: what is past it is not read, and so is
/// not what was published.
const LONGEST_OWN: u64 = 256 << 20;

/// One way in which a site is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, relative to the site.
    pub path: String,
    /// What happened to it.
    pub kind: Kind,
    /// More about it, for people; programs read it in English.
    #[serde(serialize_with = "english")]
    pub detail: Message,
}

fn english<S: Serializer>(detail: &Message, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(detail.english())
}

/// Puts findings in order.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (&a.path, a.kind).cmp(&(&b.path, b.kind)));
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Its bytes are others.
    Changed,
    /// It is not there.
    Missing,
    /// It is there and should not be.
    Added,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Added => "added",
        }
    }
}

/// What was found out about a site.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many files its manifest lists.
    pub files: usize,
    /// What is wrong, by path.
    pub findings: Vec<Finding>,
    /// The SHA-256 of `SHA256SUMS`, which stands for the whole site.
    pub root: String,
    /// Its signature, where it has one.
    pub signed: Option<Signed>,
    /// The program that built it.
    pub generator: String,
    /// What it was built from.
    pub origin: Origin,
}

/// Why a site cannot be verified at all.
#[derive(Debug)]
pub enum VerifyError {
    /// It is no site of ours.
    NoSite(PathBuf),
    /// A folder or file could not be read.
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl VerifyError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::NoSite(path) => say!(
                "{path} holds neither manifest.json nor SHA256SUMS of a build; give the folder of a published site",
                path = path.display().to_string()
            ),
            Self::Unreadable { path, cause } => say!(
                "cannot read {path}: {cause}",
                path = path.display().to_string(),
                cause = cause.to_string()
            ),
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for VerifyError {}

/// Holds the site in `folder` against its manifest, and its signature against a
/// key, if one is named.
///
/// Files and folders whose names begin with a dot belong to the host, not to the
/// site, and are passed over.
///
/// # Errors
/// When there is no site, or it cannot be read.
pub fn verify(folder: &Path, known: Option<&KnownKey>) -> Result<Report, VerifyError> {
    let listing = Listing::of(folder)?;
    let own = |name: &str| listing.read_own(name, LONGEST_OWN);
    let (json, sums, signature) = (own(MANIFEST)?, own(SUMS)?, own(SIGNATURE)?);
    let manifest = json.as_deref().and_then(Manifest::parse);
    let summed = sums.as_deref().map(listed).unwrap_or_default();
    if manifest.is_none() && !summed.contains_key(MANIFEST) {
        return Err(VerifyError::NoSite(folder.to_path_buf()));
    }
    let mut findings = own_findings(manifest.as_ref(), json.as_deref(), sums.as_deref(), &summed);
    let is_signed = (manifest.as_ref()).is_some_and(|manifest| manifest.signed_by.is_some());
    if is_signed && signature.is_none() {
        findings.push(Finding {
            path: SIGNATURE.to_owned(),
            kind: Kind::Missing,
            detail: say!("the manifest says that the site is signed"),
        });
    }
    // Where the manifest cannot be read, the sums still tell of the other files.
    let hashes: BTreeMap<String, String> = match &manifest {
        Some(manifest) => (manifest.files.iter())
            .map(|file| (file.path.to_string(), file.sha256.clone()))
            .collect(),
        None => (summed.into_iter())
            .filter(|(path, _)| path != MANIFEST)
            .collect(),
    };
    let found: Vec<_> = (hashes.par_iter())
        .map(|(path, hash)| compare(&listing, path, hash))
        .collect::<Result<_, _>>()?;
    findings.extend(found.into_iter().flatten());
    findings.extend(listing.added(|path| hashes.contains_key(path), &say!("no build wrote it")));
    sort(&mut findings);
    let signed = signature.map(|bytes| {
        let json = json.as_deref().unwrap_or_default();
        signature::check(&bytes, json, known)
    });
    Ok(Report {
        files: hashes.len(),
        findings,
        root: sha256(&sums.unwrap_or_default()),
        signed,
        generator: (manifest.as_ref()).map_or_else(String::new, |m| m.generator.clone()),
        origin: manifest.map_or_else(Origin::default, |m| m.origin),
    })
}

/// What is wrong with the files that describe the others.
fn own_findings(
    manifest: Option<&Manifest>,
    json: Option<&[u8]>,
    sums: Option<&[u8]>,
    summed: &BTreeMap<String, String>,
) -> Vec<Finding> {
    let finding = |path: &str, kind, detail| Finding {
        path: path.to_owned(),
        kind,
        detail,
    };
    let Some(json) = json else {
        return vec![finding(
            MANIFEST,
            Kind::Missing,
            say!("SHA256SUMS lists it"),
        )];
    };
    let Some(sums) = sums else {
        return vec![finding(SUMS, Kind::Missing, say!("every build writes it"))];
    };
    let fits = manifest.is_some_and(|manifest| manifest.to_sums(&sha256(json)) == sums);
    if fits {
        return Vec::new();
    }
    if summed.get(MANIFEST) == Some(&sha256(json)) {
        return vec![finding(
            SUMS,
            Kind::Changed,
            say!("it does not say what manifest.json says"),
        )];
    }
    vec![finding(
        MANIFEST,
        Kind::Changed,
        say!("it is not the one that SHA256SUMS lists"),
    )]
}

/// What `SHA256SUMS` lists.
fn listed(sums: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(sums);
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines
        .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
        .collect()
}

fn compare(listing: &Listing, path: &str, hash: &str) -> Result<Option<Finding>, VerifyError> {
    let finding = |kind, detail| {
        Some(Finding {
            path: path.to_owned(),
            kind,
            detail,
        })
    };
    // Sums that were tampered with may name anything; nothing outside is read.
    if OutputPath::new(path).is_err() {
        return Ok(finding(
            Kind::Changed,
            say!("no build writes to such a path"),
        ));
    }
    Ok(match listing.open(path)? {
        None => finding(Kind::Missing, say!("the manifest lists it")),
        Some(mut file) => {
            let is = sha256_of(&mut file).map_err(listing.unreadable(path))?;
            if is == hash {
                None
            } else {
                finding(
                    Kind::Changed,
                    say!("its SHA-256 is {is}, not {hash}", is, hash),
                )
            }
        }
    })
}

/// Builds the site again from its sources, and says which files of `folder` do
/// not come from them; nothing where the sources make no site.
///
/// # Errors
/// When a file of the site cannot be read.
pub fn hold_against_sources(
    folder: &Path,
    options: &Options,
    prepared: &mut Prepared,
) -> Result<Option<Vec<Finding>>, VerifyError> {
    let listing = Listing::of(folder)?;
    let made = Mutex::new((BTreeSet::new(), Vec::new()));
    let take = |artifact: &Artifact| {
        let most = artifact.bytes.len() as u64 + 1;
        let found = listing.read(artifact.path.as_str(), most)?;
        let finding = differs(artifact, found.as_deref());
        let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
        made.1.extend(finding);
        made.0.insert(artifact.path.to_string());
        Ok(())
    };
    if render(options, prepared, |_| true, take)?.is_none() {
        return Ok(None);
    }
    let (made, mut findings) = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    let detail = say!("these sources do not make it");
    findings.extend(listing.added(|path| made.contains(path), &detail));
    sort(&mut findings);
    Ok(Some(findings))
}

/// How a file of the site differs from the one that the sources make.
fn differs(artifact: &Artifact, found: Option<&[u8]>) -> Option<Finding> {
    let path = artifact.path.to_string();
    let Some(found) = found else {
        return Some(Finding {
            path,
            kind: Kind::Missing,
            detail: say!("these sources make it"),
        });
    };
    if found == artifact.bytes {
        return None;
    }
    let same = (found.iter().zip(&artifact.bytes))
        .take_while(|(a, b)| a == b)
        .count();
    let before = found.get(..same).unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    Some(Finding {
        path,
        kind: Kind::Changed,
        detail: say!(
            "from line {line} on it is not what these sources make",
            line
        ),
    })
}
