//! The output as it stands before a build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Entry, OWN, sha256};
use super::places::Places;
use super::receipt::Receipt;
use super::{MANIFEST, Manifest, Options, OutputPath, PublishError, Shard};
use crate::say;

/// How many foreign files a refusal names.
const SAMPLES: usize = 5;
/// No manifest of ours is longer, which lists a million files; a longer file is somebody
/// else's.
const LONGEST_MANIFEST: u64 = 256 << 20;

/// What stands in the output folder.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Whether the folder is there at all.
    pub exists: bool,
    /// Whether something is mounted inside the folder, so that swapping it
    /// would carry the mount away.
    pub holds_mount: bool,
    /// What the former build says it wrote.
    pub manifest: Option<Manifest>,
    /// The SHA-256 of the text in which it says so.
    manifest_sha256: String,
    /// The files of the former build that are still there, with their length;
    /// without it where somebody replaced the file by something else.
    pub built: BTreeMap<OutputPath, Option<u64>>,
    /// Files that no build wrote, relative to the output.
    pub foreign: Vec<PathBuf>,
    /// Dotfiles and dot folders (whole), relative to the output.
    pub kept: Vec<PathBuf>,
}

impl Standing {
    /// Looks at the output folder.
    pub(super) fn look(places: &Places) -> Result<Self, PublishError> {
        let output = places.output.as_path();
        match fs::symlink_metadata(output) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(PublishError::machine(say!("look at"), output)(error)),
            Ok(found) if found.is_symlink() => {
                return Err(PublishError::Link {
                    output: output.to_path_buf(),
                });
            }
            Ok(found) if !found.is_dir() => {
                return Err(PublishError::NotAFolder {
                    output: output.to_path_buf(),
                });
            }
            Ok(_) => {}
        }
        let manifest =
            read_manifest(output).map_err(PublishError::machine(say!("read"), output))?;
        let (manifest, manifest_sha256) = manifest.unzip();
        let mut standing = Self {
            exists: true,
            manifest,
            manifest_sha256: manifest_sha256.unwrap_or_default(),
            ..Self::default()
        };
        let listed = standing.listed();
        let mut built = Vec::new();
        let mut entries = WalkDir::new(output)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|e| {
                let path = e.path().unwrap_or(output).to_path_buf();
                PublishError::machine(say!("look at"), &path)(e.into())
            })?;
            standing.holds_mount |= entry.file_type().is_dir() && is_mount(entry.path());
            let name = entry.file_name().to_string_lossy();
            let hidden = name.starts_with('.');
            if hidden && entry.file_type().is_dir() {
                standing.holds_mount |= holds_mount(entry.path());
                entries.skip_current_dir();
            }
            let relative = entry.path().strip_prefix(output).unwrap_or(entry.path());
            if places.is_staging(&name) {
                // What another build may be staging in there is no dotfile to keep.
            } else if hidden {
                standing.kept.push(relative.to_path_buf());
            } else if entry.file_type().is_dir() {
                // Folders come and go with the files in them.
            } else if let Some(path) = output_path(relative).filter(|path| listed.contains(path)) {
                built.push((path, entry));
            } else {
                standing.foreign.push(relative.to_path_buf());
            }
        }
        let built = built.into_par_iter().map(|(path, entry)| {
            let found = entry.metadata();
            let found = found
                .map_err(|e| PublishError::machine(say!("look at"), entry.path())(e.into()))?;
            Ok((path, found.is_file().then_some(found.len())))
        });
        standing.built = built.collect::<Result<_, PublishError>>()?;
        Ok(standing)
    }

    /// Every path that the former build wrote.
    fn listed(&self) -> BTreeSet<OutputPath> {
        let Some(manifest) = &self.manifest else {
            return BTreeSet::new();
        };
        let own = OWN.into_iter().filter_map(|own| OutputPath::new(own).ok());
        manifest
            .files
            .iter()
            .map(|file| file.path.clone())
            .chain(own)
            .collect()
    }

    /// Refuses an output whose files must not be deleted.
    pub(super) fn refuse_foreign(
        &self,
        output: &Path,
        options: &Options,
    ) -> Result<(), PublishError> {
        let output = output.to_path_buf();
        let held = self.manifest.as_ref().map(|manifest| &manifest.shard);
        if let (Some(held), Some(shard), false) = (held, &options.shard, options.force) {
            let same = |held: &Shard| (held.number, held.of) == (shard.number, shard.of);
            if !held.as_ref().is_some_and(same) {
                return Err(PublishError::OtherPart { output });
            }
        }
        if let Some(file) = self.foreign.iter().find(|file| file.ends_with("site.yaml")) {
            return Err(PublishError::Sources {
                output,
                file: slashed(file),
            });
        }
        if self.foreign.is_empty() || options.force {
            return Ok(());
        }
        let samples = self
            .foreign
            .iter()
            .take(SAMPLES)
            .map(|file| slashed(file))
            .collect();
        Err(PublishError::Foreign {
            output,
            count: self.foreign.len(),
            samples,
        })
    }

    /// Refuses to plan a file where a folder must stay for the dotfiles in it.
    pub(super) fn refuse_obstacles(
        &self,
        planned: &BTreeSet<OutputPath>,
    ) -> Result<(), PublishError> {
        for kept in &self.kept {
            let folders = kept.ancestors().skip(1).filter_map(output_path);
            if let Some(planned) = folders.into_iter().find_map(|folder| planned.get(&folder)) {
                return Err(PublishError::InTheWay {
                    kept: kept.clone(),
                    planned: planned.clone(),
                });
            }
        }
        Ok(())
    }

    /// Whether it is the site of a receipt, by its manifest.
    pub(super) fn is_of(&self, receipt: &Receipt) -> bool {
        receipt.is_of(&self.manifest_sha256)
    }

    /// Whether a file that the former build lists is still what the list says. It is read
    /// into `room`, which the next one can have.
    pub(super) fn has(&self, output: &Path, entry: &Entry, room: &mut Vec<u8>) -> bool {
        room.clear();
        let mut read = || {
            let file = fs::File::open(entry.path.under(output))?;
            // One that has grown since it was looked at is found out by a byte.
            let length = entry.bytes.saturating_add(1);
            room.reserve(usize::try_from(length).unwrap_or_default());
            file.take(length).read_to_end(room)
        };
        self.built.get(&entry.path) == Some(&Some(entry.bytes))
            && read().is_ok_and(|length| length as u64 == entry.bytes)
            && sha256(room) == entry.sha256
    }

    /// Whether the file at `path` was built before and holds exactly `bytes`.
    pub(super) fn holds(&self, output: &Path, path: &OutputPath, bytes: &[u8]) -> bool {
        self.built.get(path) == Some(&Some(bytes.len() as u64))
            // A file that cannot be read is written anew.
            && fs::read(path.under(output)).is_ok_and(|found| found == bytes)
    }
}

/// The manifest of an output, if it has one of ours, and the SHA-256 of its text.
pub(super) fn read_manifest(output: &Path) -> io::Result<Option<(Manifest, String)>> {
    let path = output.join(MANIFEST);
    let is_readable = |found: &Metadata| found.is_file() && found.len() <= LONGEST_MANIFEST;
    match fs::symlink_metadata(&path) {
        Ok(found) if is_readable(&found) => {
            let mut file = fs::File::open(&path)?.take(LONGEST_MANIFEST);
            let mut json = vec![0; Manifest::BEGINNING.len()];
            let begins = file.read_exact(&mut json);
            if begins.is_err() || json != Manifest::BEGINNING {
                return Ok(None);
            }
            json.reserve_exact(usize::try_from(found.len()).unwrap_or_default());
            file.read_to_end(&mut json)?;
            Ok(Manifest::parse(&json).map(|manifest| (manifest, sha256(&json))))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

/// The output path of a file found at `relative`, if it can have one.
pub(super) fn output_path(relative: &Path) -> Option<OutputPath> {
    OutputPath::new(&parts(relative)?.join("/")).ok()
}

fn parts(relative: &Path) -> Option<Vec<&str>> {
    relative.iter().map(|part| part.to_str()).collect()
}

fn slashed(relative: &Path) -> String {
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Whether something is mounted in a folder, at any depth. What lies there is
/// not a former site's to be cleared away.
fn holds_mount(folder: &Path) -> bool {
    let entries = WalkDir::new(folder).min_depth(1).into_iter().flatten();
    entries
        .filter(|entry| entry.file_type().is_dir())
        .any(|folder| is_mount(folder.path()))
}

/// Whether a file system is mounted at `folder`: such a folder cannot be
/// renamed. Where the system cannot tell, the failing swap will.
#[cfg(target_os = "linux")]
pub(super) fn is_mount(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

    statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Whether a file system is mounted at `folder`: such a folder cannot be
/// renamed. Where the system cannot tell, the failing swap will.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_mount(_folder: &Path) -> bool {
    false
}
