//! The new site, until it takes the place of the former one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tempfile::TempDir;

use super::carry::{carry_file, carry_tree};
use super::claims::Claims;
use super::clear::clear;
use super::flush::{flush, flush_names};
use super::in_place::InPlace;
use super::lock::{Lock, is_closed};
use super::manifest::sha256;
use super::places::Places;
use super::receipt::Receipt;
use super::standing::{Standing, is_mount, output_path};
use super::swap::{Method, Swap, swap};
use super::{
    Artifact, Entry, Learnt, MANIFEST, Manifest, Options, Outcome, OutputPath, PublishError,
    SIGNATURE, SUMS, SigningKey,
};
use crate::say;

/// A site that is being written. Artifacts may be put from many threads as they
/// are rendered, so that they need not all be in memory; the output changes in
/// [`finish`](Self::finish) only, and a staging that is dropped leaves no trace.
#[derive(Debug)]
pub struct Staging {
    folder: TempDir,
    method: Method,
    places: Places,
    standing: Standing,
    claims: Mutex<Claims>,
    files: Mutex<Vec<Staged>>,
    /// Files of the standing site that are files of the new one, sorted by path.
    kept: Vec<Entry>,
    options: Options,
    _lock: Lock,
}

/// One file of the new site.
#[derive(Debug)]
struct Staged {
    entry: Entry,
    is_unchanged: bool,
}

/// What has to be done to the output.
struct Changes {
    written: Vec<OutputPath>,
    unchanged: Vec<OutputPath>,
    /// Relative to the output.
    gone: Vec<PathBuf>,
}

impl Staging {
    /// Opens a staging for `output`, waiting for another build that is
    /// publishing there, and clearing away what a killed one left.
    ///
    /// # Errors
    /// Refuses an output that must not be replaced; fails if nothing can be
    /// written there.
    pub fn open(output: &Path, options: &Options) -> Result<Self, PublishError> {
        Self::open_for(output, options, Method::SAFEST)
    }

    /// The same, beginning with a given way to publish.
    pub(super) fn open_for(
        output: &Path,
        options: &Options,
        method: Method,
    ) -> Result<Self, PublishError> {
        let places = Places::of(output)?;
        fs::create_dir_all(&places.parent)
            .map_err(PublishError::machine(say!("create"), &places.parent))?;
        let lock = Lock::take(&places.lock, &places.output)?;
        if lock.is_exclusive() {
            places.recover()?;
        }
        let standing = Standing::look(&places)?;
        standing.refuse_foreign(&places.output, options)?;
        let (folder, method) = stage(&places, &standing, method)?;
        Ok(Self {
            folder,
            method,
            places,
            standing,
            claims: Mutex::default(),
            files: Mutex::default(),
            kept: Vec::new(),
            options: options.clone(),
            _lock: lock,
        })
    }

    /// Keeps files of the standing site as they are: those that still would be what they
    /// are, where what stands there is what a receipt's manifest lists. Without its
    /// receipt nothing is known of it, and nothing is kept.
    ///
    /// # Errors
    /// Refuses a path that collides with another one's.
    pub fn keep(
        &mut self,
        receipt: &Receipt,
        still_is: impl Fn(&OutputPath) -> bool + Sync,
    ) -> Result<(), PublishError> {
        let manifest = self.standing.manifest.as_ref();
        let Some(manifest) = manifest.filter(|_| self.standing.is_of(receipt)) else {
            return Ok(());
        };
        let output = self.places.output.as_path();
        self.kept = (manifest.files.par_iter())
            .map_init(Vec::new, |room, entry| {
                let is_kept = still_is(&entry.path) && self.standing.has(output, entry, room);
                is_kept.then(|| entry.clone())
            })
            .flatten()
            .collect();
        self.kept
            .iter()
            .try_for_each(|entry| self.claim(&entry.path))
    }

    /// Sets room aside for what is known of so many files.
    pub fn reserve(&self, files: usize) {
        lock(&self.files).reserve_exact(files);
        lock(&self.claims).reserve(files);
    }

    /// How many files were kept.
    #[must_use]
    pub const fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Whether the file at a path was kept.
    #[must_use]
    pub fn has_kept(&self, path: &str) -> bool {
        let found = (self.kept).binary_search_by(|entry| entry.path.as_str().cmp(path));
        found.is_ok()
    }

    /// Adds one file to the site.
    ///
    /// # Errors
    /// Refuses a path that collides with another one's; fails if the file
    /// cannot be written.
    pub fn put(&self, artifact: &Artifact) -> Result<(), PublishError> {
        self.claim(&artifact.path)?;
        self.write(artifact)
    }

    pub(super) fn claim(&self, path: &OutputPath) -> Result<(), PublishError> {
        lock(&self.claims).claim(path)
    }

    pub(super) fn write(&self, artifact: &Artifact) -> Result<(), PublishError> {
        let is_unchanged =
            self.standing
                .holds(&self.places.output, &artifact.path, &artifact.bytes);
        if !is_unchanged {
            self.stage_file(&artifact.path, &artifact.bytes)?;
        }
        lock(&self.files).push(Staged {
            entry: Entry::of(artifact),
            is_unchanged,
        });
        Ok(())
    }

    fn stage_file(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), PublishError> {
        let place = path.under(self.folder.path());
        create(&place)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(PublishError::machine(say!("write"), &place))
    }

    /// Adds the manifest and the sums, and puts the site in the place of the
    /// former one. When nothing changed, nothing is touched. What the build learnt of
    /// what it was made from it leaves for the next one.
    ///
    /// # Errors
    /// Refuses if a dotfile of the output is in the way; fails if the machine
    /// does.
    pub fn finish(mut self, learnt: Learnt) -> Result<Outcome, PublishError> {
        let files = std::mem::take(&mut *lock(&self.files));
        let kept = std::mem::take(&mut self.kept);
        *lock(&self.claims) = Claims::default();
        let unchanged = files.iter().filter(|file| file.is_unchanged);
        let unchanged: BTreeSet<OutputPath> = (kept.iter())
            .chain(unchanged.map(|file| &file.entry))
            .map(|entry| entry.path.clone())
            .collect();
        let entries = files.into_iter().map(|file| file.entry);
        let entries = kept.into_iter().chain(entries).collect();
        let Options {
            origin, shard, key, ..
        } = &self.options;
        let manifest = Manifest {
            signed_by: key.as_ref().map(SigningKey::fingerprint),
            ..Manifest::new(origin.clone(), shard.clone(), entries)
        };
        let json = manifest.to_json();
        let hash = sha256(&json);
        let changes = self.changes(unchanged, &manifest, json, &hash)?;
        let outcome = Outcome {
            written: changes.written.len(),
            unchanged: changes.unchanged.len(),
            removed: changes.gone.len(),
        };
        if outcome.written + outcome.removed > 0 {
            self.replace(&manifest, &changes)?;
        }
        // Beside the output no more than one thing lies about at a time, should it end here.
        let _ = clear(self.folder.path());
        Receipt::leave(&self.places, learnt, hash);
        Ok(outcome)
    }

    /// Stages the publisher's own files, the manifest's text with that hash among them, and
    /// sums up what is to be done.
    fn changes(
        &self,
        mut unchanged: BTreeSet<OutputPath>,
        manifest: &Manifest,
        json: Vec<u8>,
        hash: &str,
    ) -> Result<Changes, PublishError> {
        let mut planned: BTreeSet<_> = manifest
            .files
            .iter()
            .map(|file| file.path.clone())
            .collect();
        let sums = manifest.to_sums(hash);
        let signature = match &self.options.key {
            Some(key) => Some(key.sign(&json).map_err(PublishError::Unsigned)?),
            None => None,
        };
        let own = [
            (MANIFEST, Some(json)),
            (SUMS, Some(sums)),
            (SIGNATURE, signature),
        ];
        for (name, bytes) in own {
            let Some(bytes) = bytes else {
                continue;
            };
            let Ok(path) = OutputPath::new(name) else {
                continue;
            };
            if self.standing.holds(&self.places.output, &path, &bytes) {
                unchanged.insert(path.clone());
            } else {
                self.stage_file(&path, &bytes)?;
            }
            planned.insert(path);
        }
        self.standing.refuse_obstacles(&planned)?;
        let stale = self
            .standing
            .built
            .keys()
            .filter(|path| !planned.contains(path));
        let foreign = self
            .standing
            .foreign
            .iter()
            .filter(|file| output_path(file).is_none_or(|path| !planned.contains(&path)));
        let gone = stale
            .map(|path| path.as_str().into())
            .chain(foreign.cloned())
            .collect();
        let written = planned
            .into_iter()
            .filter(|path| !unchanged.contains(path))
            .collect();
        Ok(Changes {
            written,
            unchanged: unchanged.into_iter().collect(),
            gone,
        })
    }

    fn replace(&self, manifest: &Manifest, changes: &Changes) -> Result<(), PublishError> {
        let (staged, output) = (self.folder.path(), self.places.output.as_path());
        if self.method < Method::InPlace {
            self.complete(&changes.unchanged)?;
        }
        flush(staged, &changes.written).map_err(PublishError::machine(say!("flush"), staged))?;
        match swap(self.method, staged, output, &self.places.former)? {
            Swap::Done => {
                flush_names(&self.places.parent);
                // The former site is only in the way of the next build, which
                // would clear it away too.
                let _ = clear(&self.places.former);
            }
            Swap::Impossible => {
                let in_place = InPlace {
                    places: &self.places,
                    standing: &self.standing,
                    staged,
                    manifest,
                    written: &changes.written,
                    gone: &changes.gone,
                };
                in_place.publish()?;
                flush_names(output);
            }
        }
        Ok(())
    }

    /// Makes the staged folder the whole site: with the unchanged files and the
    /// dotfiles of the former one, and its mode.
    fn complete(&self, unchanged: &[OutputPath]) -> Result<(), PublishError> {
        let (staged, output) = (self.folder.path(), self.places.output.as_path());
        unchanged.par_iter().try_for_each(|path| {
            let from = path.under(output);
            carry_file(&from, &path.under(staged))
                .map_err(PublishError::machine(say!("keep"), &from))
        })?;
        for kept in &self.standing.kept {
            let from = output.join(kept);
            carry_tree(&from, &staged.join(kept))
                .map_err(PublishError::machine(say!("keep"), &from))?;
        }
        if self.standing.exists {
            fs::metadata(output)
                .and_then(|found| fs::set_permissions(staged, found.permissions()))
                .map_err(PublishError::machine(say!("keep the mode of"), output))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// Clears the folder away, or the former site if the two changed places,
    /// while the lock is still held.
    fn drop(&mut self) {
        let _ = clear(self.folder.path());
    }
}

/// Makes the staging folder: beside the output if that can be swapped, inside
/// it otherwise, so that moving files into place needs no further space.
fn stage(
    places: &Places,
    standing: &Standing,
    method: Method,
) -> Result<(TempDir, Method), PublishError> {
    let (parent, output) = (&places.parent, &places.output);
    let is_movable = !standing.exists || !(standing.holds_mount || is_mount(output));
    if method < Method::InPlace && is_movable {
        match places.stage_in(parent) {
            Ok(folder) => return Ok((folder, method)),
            Err(error) if standing.exists && is_closed(&error) => {}
            Err(error) => {
                return Err(PublishError::machine(say!("create a folder in"), parent)(
                    error,
                ));
            }
        }
    }
    fs::create_dir_all(output).map_err(PublishError::machine(say!("create"), output))?;
    let folder = places
        .stage_in(output)
        .map_err(PublishError::machine(say!("create a folder in"), output))?;
    Ok((folder, Method::InPlace))
}

/// Creates a file, and the folders it lies in where they are missing.
fn create(place: &Path) -> io::Result<File> {
    match File::create_new(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create_new(place)
        }
        done => done,
    }
}

/// Locks a mutex. What it guards stays whole even if a thread died holding it:
/// every change to it is one insertion.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
