//! What a build leaves beside its output for the next one: what it was made from, and
//! which site came of that. Where a build would be made from the same and that very
//! site still stands, byte for byte, there is nothing to do.
//!
//! A receipt is believed in two things only: that these sources make this manifest, and
//! that these grounds make the files of a scorecard that it lists. What stands in the
//! output is looked at each time, file by file. It lies beside the output and not in it,
//! so that an output that came from elsewhere, such as a cache that others can write to,
//! brings none along.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::lock::Lock;
use super::places::Places;
use super::standing::Standing;
use super::{Options, Outcome, OutputPath, PublishError, SIGNATURE, SUMS, SigningKey};
use crate::grounds::Grounds;

/// The longest receipt that is read, in bytes.
const LONGEST: u64 = 1 << 26;

/// What a build is made from, and what it says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFrom {
    /// The fingerprint of its files.
    pub files: String,
    /// The fingerprint of everything else: the program, what it was told, the commit.
    pub told: String,
    /// How many pages there are.
    pub pages: usize,
}

/// What a build learnt of what its site was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learnt {
    /// What the whole of it was made from; nothing where there was something to tell,
    /// which has to be found again.
    pub made_from: Option<MadeFrom>,
    /// What the pages of each scorecard were made from.
    pub grounds: Grounds,
}

/// What the last build left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What it learnt.
    #[serde(flatten)]
    learnt: Learnt,
    /// The SHA-256 of the manifest that came of it.
    manifest: String,
}

impl Receipt {
    /// The receipt that lies beside an output; nothing where there is none that can be
    /// read.
    #[must_use]
    pub fn of(output: &Path) -> Option<Self> {
        let path = Places::of(output).ok()?.receipt;
        let found = fs::symlink_metadata(&path).ok()?;
        let is_readable = found.is_file() && found.len() <= LONGEST;
        serde_json::from_slice(&is_readable.then(|| fs::read(path).ok()).flatten()?).ok()
    }

    /// What the whole site was made from, where that is known.
    #[must_use]
    pub const fn made_from(&self) -> Option<&MadeFrom> {
        self.learnt.made_from.as_ref()
    }

    /// What the pages of each scorecard were made from.
    #[must_use]
    pub const fn grounds(&self) -> &Grounds {
        &self.learnt.grounds
    }

    /// Leaves a receipt for the site that stands now, by the SHA-256 of its manifest, or
    /// sees to it that none of a former site is there. A receipt only saves time: where
    /// it cannot be written, there is none.
    pub(super) fn leave(places: &Places, learnt: Learnt, manifest: String) {
        let has_learnt = learnt != Learnt::default();
        let write = || Self { learnt, manifest }.write(places);
        if !has_learnt || write().is_err() {
            let _ = fs::remove_file(&places.receipt);
        }
    }

    fn write(mut self, places: &Places) -> io::Result<()> {
        let mut json = serde_json::to_vec(&self)?;
        if json.len() as u64 > LONGEST {
            // That there is nothing to do can be told all the same.
            self.learnt.grounds = Grounds::new();
            json = serde_json::to_vec(&self)?;
        }
        let mut builder = tempfile::Builder::new();
        let mut file = (builder.prefix(&places.staging_prefix)).tempfile_in(&places.parent)?;
        file.write_all(&json)?;
        file.persist(&places.receipt)?;
        Ok(())
    }

    /// Holds the output against the receipt: what a build would do to it that is made
    /// from the same, where that is nothing. While it is looked at, no other build
    /// publishes there.
    ///
    /// # Errors
    /// What keeps a build from publishing there.
    pub fn confirm(
        &self,
        output: &Path,
        options: &Options,
    ) -> Result<Option<Outcome>, PublishError> {
        let places = Places::of(output)?;
        let lock = Lock::take(&places.lock, &places.output)?;
        if lock.is_exclusive() {
            places.recover()?;
        }
        let standing = Standing::look(&places)?;
        standing.refuse_foreign(&places.output, options)?;
        let unchanged = standing.built.len();
        Ok(self.covers(&places, &standing, options).then_some(Outcome {
            unchanged,
            ..Outcome::default()
        }))
    }

    /// Whether it is the receipt for the site whose manifest's text has that SHA-256.
    pub(super) fn is_of(&self, sha256: &str) -> bool {
        sha256 == self.manifest
    }

    /// Whether what stands there is the site of the receipt, and nothing else.
    fn covers(&self, places: &Places, standing: &Standing, options: &Options) -> bool {
        let Some(manifest) = &standing.manifest else {
            return false;
        };
        let signer = options.key.as_ref().map(SigningKey::fingerprint);
        let is_it = standing.is_of(self) && manifest.signed_by == signer;
        if !is_it || !standing.foreign.is_empty() {
            return false;
        }
        let sign = |key: &SigningKey| key.sign(&manifest.to_json()).unwrap_or_default();
        let own = [
            (SUMS, Some(manifest.to_sums(&self.manifest))),
            (SIGNATURE, options.key.as_ref().map(sign)),
        ];
        let is_own = |(name, bytes): &(&str, Option<Vec<u8>>)| {
            let Ok(path) = OutputPath::new(name) else {
                return false;
            };
            match bytes {
                Some(bytes) => standing.holds(&places.output, &path, bytes),
                None => !standing.built.contains_key(&path),
            }
        };
        own.iter().all(is_own)
            && (manifest.files.par_iter())
                .map_init(Vec::new, |room, file| {
                    standing.has(&places.output, file, room)
                })
                .all(|has| has)
    }
}
