//! Merging: the parts of a site become the site.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::standing::read_manifest;
use super::{Artifact, Entry, Options, Outcome, PublishError, Shard, Staging};
use crate::message::Message;
use crate::say;

/// Puts the parts in `folders` together in `output`: the same bytes as one
/// build of the whole. Every part must be there, once, whole, and of one site.
///
/// # Errors
/// A refusal that names the part and what is wrong with it, or a failure of the
/// machine; the output is then as it was.
pub fn merge(
    output: &Path,
    folders: &[PathBuf],
    options: &Options,
) -> Result<Outcome, PublishError> {
    let refuse = |folder: &Path, why: Message| PublishError::Part {
        folder: folder.to_path_buf(),
        why,
    };
    let mut parts: BTreeMap<u32, (&Path, Shard)> = BTreeMap::new();
    let mut entries: Vec<(&Path, Entry)> = Vec::new();
    let mut origin = None;
    for folder in folders {
        let manifest =
            read_manifest(folder).map_err(PublishError::machine(say!("read"), folder))?;
        let Some((manifest, _)) = manifest else {
            return Err(refuse(folder, say!("it has no manifest of a build")));
        };
        let Some(shard) = manifest.shard else {
            let why = say!("it holds a whole site, not a part made with `--shard`");
            return Err(refuse(folder, why));
        };
        if let Some((first, known)) = parts.values().next() {
            if known.of != shard.of {
                let why = say!(
                    "it is one of {of} parts, {first} one of {others}",
                    of = shard.of,
                    first = first.display().to_string(),
                    others = known.of
                );
                return Err(refuse(folder, why));
            }
            if known.site != shard.site {
                let why = say!(
                    "it was made from other sources or with other options than {first}",
                    first = first.display().to_string()
                );
                return Err(refuse(folder, why));
            }
        }
        if let Some((twin, _)) = parts.get(&shard.number) {
            let why = say!(
                "it is part {number}, like {twin}",
                number = shard.number,
                twin = twin.display().to_string()
            );
            return Err(refuse(folder, why));
        }
        parts.insert(shard.number, (folder, shard));
        if origin.get_or_insert_with(|| manifest.origin.clone()) != &manifest.origin {
            let why = say!("it was made from another commit than the others");
            return Err(refuse(folder, why));
        }
        entries.extend(
            manifest
                .files
                .into_iter()
                .map(|entry| (folder.as_path(), entry)),
        );
    }
    let of = parts.values().next().map_or(0, |(_, shard)| shard.of);
    let missing: Vec<_> = (1..=of)
        .filter(|number| !parts.contains_key(number))
        .map(|number| format!("{number}/{of}"))
        .collect();
    if of == 0 || !missing.is_empty() {
        return Err(PublishError::Parts { missing });
    }
    let options = Options {
        origin: origin.unwrap_or_default(),
        ..options.clone()
    };
    let staging = Staging::open(output, &options)?;
    for (_, entry) in &entries {
        staging.claim(&entry.path)?;
    }
    entries.into_par_iter().try_for_each(|(folder, entry)| {
        let place = entry.path.under(folder);
        let bytes = fs::read(&place).map_err(PublishError::machine(say!("read"), &place))?;
        let artifact = Artifact {
            path: entry.path.clone(),
            bytes,
            subject: entry.subject.clone(),
            sha256: None,
        };
        if Entry::of(&artifact) != entry {
            let path = entry.path.to_string();
            let why = say!("`{path}` is not what its manifest says", path);
            return Err(refuse(folder, why));
        }
        staging.write(&artifact)
    })?;
    staging.finish(super::Learnt::default())
}
