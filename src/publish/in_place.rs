//! Publishing into a folder that cannot be swapped: its files are replaced one
//! by one, each in one step.
//!
//! The order keeps the site usable at every moment and mendable after every
//! failure: new folders come first, then a manifest of both the former and the
//! new files, so that the next build knows all of them for its own; then files
//! that nobody links to yet, then what pages are made of, then pages, the home
//! page last; then what is gone goes; the final manifest and sums end it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::is_own;
use super::places::Places;
use super::standing::Standing;
use super::{MANIFEST, Manifest, OutputPath, PublishError};
use crate::say;

/// One site to be moved into the output file by file.
#[derive(Debug)]
pub(super) struct InPlace<'a> {
    /// Where the output is.
    pub places: &'a Places,
    /// What stands there.
    pub standing: &'a Standing,
    /// The folder of the staged files.
    pub staged: &'a Path,
    /// What the new site consists of.
    pub manifest: &'a Manifest,
    /// The staged files.
    pub written: &'a [OutputPath],
    /// What is to be removed, relative to the output.
    pub gone: &'a [PathBuf],
}

impl InPlace<'_> {
    /// Replaces and removes files, in the order told above.
    pub(super) fn publish(&self) -> Result<(), PublishError> {
        self.refuse_links()?;
        let made = self.make_folders()?;
        self.announce().inspect_err(|_| remove_folders(&made))?;
        self.replace().map_err(PublishError::unfinished)
    }

    /// Makes the folders that are missing and tells which. Nothing after this
    /// and the manifest needs much space, so that a disk that is full refuses
    /// the new site before any file of the former one is replaced.
    fn make_folders(&self) -> Result<Vec<PathBuf>, PublishError> {
        let folders: BTreeSet<&str> = self.written.iter().flat_map(OutputPath::folders).collect();
        let mut made = Vec::new();
        // Sorted, a folder comes before those in it.
        for folder in folders {
            let path = self.places.output.join(folder);
            match fs::create_dir(&path) {
                Ok(()) => made.push(path),
                // It is there; or a file that will go is, or a folder of that file's.
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory
                    ) => {}
                Err(error) => {
                    remove_folders(&made);
                    return Err(PublishError::machine(say!("create"), &path)(error));
                }
            }
        }
        Ok(made)
    }

    /// Refuses to write or remove anything through a symbolic link.
    fn refuse_links(&self) -> Result<(), PublishError> {
        let written = self
            .written
            .iter()
            .flat_map(OutputPath::folders)
            .map(Path::new);
        let gone = self.gone.iter().flat_map(|file| file.ancestors().skip(1));
        let folders: BTreeSet<&Path> = written.chain(gone).collect();
        for folder in folders
            .into_iter()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            let path = self.places.output.join(folder);
            if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
                return Err(PublishError::LinkInside { path });
            }
        }
        Ok(())
    }

    fn replace(&self) -> Result<(), PublishError> {
        let (own, mut files): (Vec<_>, Vec<_>) =
            self.written.iter().partition(|path| is_own(path.as_str()));
        let planned: BTreeSet<&Path> = files.iter().map(|path| Path::new(path.as_str())).collect();
        let folders: BTreeSet<&Path> = files
            .iter()
            .flat_map(|path| path.folders())
            .map(Path::new)
            .collect();
        // A file where a folder is planned, or in a folder where a file is
        // planned, must go before that can come.
        let (obstacles, gone): (Vec<_>, Vec<_>) = self.gone.iter().partition(|gone| {
            folders.contains(gone.as_path())
                || gone
                    .ancestors()
                    .skip(1)
                    .any(|folder| planned.contains(folder))
        });
        for file in obstacles {
            self.remove(file)?;
        }
        files.sort_by_cached_key(|path| {
            let is_page = path.media_type() == "text/html";
            (
                self.standing.built.contains_key(path),
                is_page,
                Reverse(path.depth()),
                path.as_str(),
            )
        });
        for path in files {
            self.place(path)?;
        }
        for file in gone {
            self.remove(file)?;
        }
        own.into_iter().try_for_each(|path| self.place(path))
    }

    /// Publishes a manifest of everything that may stand in the output until
    /// the last step is done.
    fn announce(&self) -> Result<(), PublishError> {
        let new: BTreeSet<&OutputPath> =
            self.manifest.files.iter().map(|file| &file.path).collect();
        let former = self
            .standing
            .manifest
            .iter()
            .flat_map(|manifest| &manifest.files);
        let going = former.filter(|file| !new.contains(&file.path));
        let both = Manifest::new(
            self.manifest.origin.clone(),
            self.manifest.shard.clone(),
            self.manifest.files.iter().chain(going).cloned().collect(),
        );
        let json = both.to_json();
        let (from, to) = (
            self.staged.join(".manifest"),
            self.places.output.join(MANIFEST),
        );
        if fs::read(&to).is_ok_and(|found| found == json) {
            return Ok(());
        }
        fs::write(&from, json).map_err(PublishError::machine(say!("write"), &from))?;
        self.move_file(&from, &to)
            .map_err(PublishError::machine(say!("write"), &to))
    }

    fn place(&self, path: &OutputPath) -> Result<(), PublishError> {
        let (from, to) = (path.under(self.staged), path.under(&self.places.output));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(PublishError::machine(say!("create"), folder))?;
        }
        if fs::symlink_metadata(&to).is_ok_and(|found| found.is_dir()) {
            // An empty folder stands there; one with dotfiles was refused before.
            fs::remove_dir(&to).map_err(PublishError::machine(say!("remove"), &to))?;
        }
        self.move_file(&from, &to)
            .map_err(PublishError::machine(say!("write"), &to))
    }

    /// Moves a staged file to its place in one step, also from another disk.
    fn move_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                // Beside its place: something may be mounted inside the output.
                let near = self
                    .places
                    .stage_in(to.parent().unwrap_or(&self.places.output))?;
                let copy = near.path().join("copy");
                fs::copy(from, &copy)?;
                fs::File::options().write(true).open(&copy)?.sync_all()?;
                fs::rename(copy, to)
            }
            done => done,
        }
    }

    /// Removes a file, and the folders that are empty without it.
    fn remove(&self, file: &Path) -> Result<(), PublishError> {
        let path = self.places.output.join(file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(PublishError::machine(say!("remove"), &path)(error));
            }
            _ => {}
        }
        let folders = file
            .ancestors()
            .skip(1)
            .filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            if fs::remove_dir(self.places.output.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Removes folders that were made for nothing, the inner ones first.
fn remove_folders(made: &[PathBuf]) {
    for path in made.iter().rev() {
        // One that stays is empty and in nobody's way.
        let _ = fs::remove_dir(path);
    }
}
