//! From rendered artifacts to the output folder, so that whoever is served the
//! site sees the former one or the new one, whole.
//!
//! 1. **Lock**: one build at a time publishes to an output (`lock`).
//! 2. **Look** at what stands there: files of the former build, dotfiles, files
//!    of somebody else (`standing`). Somebody else's files are a refusal.
//! 3. **Stage** every changed file in a fresh folder beside the output
//!    (`staging`); until here the output is untouched.
//! 4. **Complete** the staged site with links to the unchanged files, so that
//!    they keep their time stamps, and with the output's dotfiles (`carry`).
//! 5. **Flush** (`flush`), then **swap** in one step (`swap`).
//!
//! 6. **Leave a receipt** beside the output, by which the next build knows whether it
//!    would come out the same (`receipt`).
//!
//! Where the output cannot be swapped, because it is a mount point or nothing
//! may be created beside it, the files are staged inside it and then moved into
//! place one by one, in the order that breaks least (`in_place`).

mod carry;
mod claims;
mod clear;
mod error;
mod flush;
mod in_place;
mod lock;
mod manifest;
pub mod media_type;
mod merge;
mod output_path;
mod places;
mod receipt;
mod shard;
pub mod signature;
mod staging;
mod standing;
mod swap;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::path::Path;

use rayon::prelude::*;

pub use error::{Fault, PublishError};
pub use manifest::{Entry, Extent, MANIFEST, Manifest, Origin, SUMS, sha256, sha256_of};
pub use merge::merge;
pub use output_path::{OutputPath, PathFault};
pub use receipt::{Learnt, MadeFrom, Receipt};
pub use shard::{NoShare, Shard, Share};
pub use signature::{SIGNATURE, SigningKey};
pub use staging::Staging;

/// One rendered file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where it goes.
    pub path: OutputPath,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What it is about, such as the code of a KPI, for the manifest.
    pub subject: Option<Cow<'static, str>>,
    /// The SHA-256 of its bytes, where it is known already.
    pub sha256: Option<String>,
}

/// How to publish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Publish to a folder that holds files no earlier build wrote, and delete
    /// those files. Dotfiles stay even then.
    pub force: bool,
    /// The part of a site that is published, for the manifest.
    pub shard: Option<Shard>,
    /// What the site is made from, for the manifest.
    pub origin: Origin,
    /// The key that signs the manifest.
    pub key: Option<SigningKey>,
}

/// What a build did to the output, in files; `manifest.json` and `SHA256SUMS`
/// are counted like any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New, or different from what stood there.
    pub written: usize,
    /// Left as they were, time stamps included.
    pub unchanged: usize,
    /// No longer part of the site.
    pub removed: usize,
}

/// Publishes `artifacts`, with their manifest and hash sums, as the whole
/// content of the folder `output`, dotfiles aside.
///
/// # Errors
/// A refusal when the artifacts collide or the output must not be replaced; a
/// failure of the machine otherwise. After either the former site still stands,
/// except after [`PublishError::Unfinished`].
pub fn publish(
    output: &Path,
    mut artifacts: Vec<Artifact>,
    options: &Options,
) -> Result<Outcome, PublishError> {
    // Sorted, so that of several collisions the same one is always reported.
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    let staging = Staging::open(output, options)?;
    for artifact in &artifacts {
        staging.claim(&artifact.path)?;
    }
    artifacts
        .par_iter()
        .try_for_each(|artifact| staging.write(artifact))?;
    staging.finish(Learnt::default())
}
