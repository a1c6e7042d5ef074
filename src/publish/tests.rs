//! What publishing promises, told on a small site.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::swap::Method;
use super::*;

mod failure;
mod protection;
mod site;
#[cfg(unix)]
mod unix;

const METHODS: [Method; 3] = [Method::Exchange, Method::TwoRenames, Method::InPlace];
const FORCE: Options = Options {
    origin: Origin::NONE,
    key: None,
    force: true,
    shard: None,
};

/// A folder with an output in it.
struct Place {
    folder: TempDir,
    method: Method,
}

impl Place {
    fn new(method: Method) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            method,
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        METHODS.into_iter().map(Self::new)
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    /// Writes a file as somebody else would.
    fn lay(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    fn publish(&self, site: &[(&str, &str)]) -> Outcome {
        self.try_publish(site, &Options::default()).unwrap()
    }

    fn try_publish(
        &self,
        site: &[(&str, &str)],
        options: &Options,
    ) -> Result<Outcome, PublishError> {
        let staging = Staging::open_for(&self.output(), options, self.method)?;
        artifacts(site)
            .iter()
            .try_for_each(|artifact| staging.put(artifact))?;
        staging.finish(Learnt::default())
    }

    /// Every file in the output with its content, but for the manifest and sums.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = files_in(&self.output());
        files.retain(|path, _| path != MANIFEST && path != SUMS);
        files
    }

    /// What lies beside the output, hidden or not.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = names
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn artifacts(site: &[(&str, &str)]) -> Vec<Artifact> {
    site.iter()
        .map(|(path, text)| Artifact {
            path: OutputPath::new(path).unwrap(),
            bytes: text.as_bytes().to_vec(),
            subject: None,
            sha256: None,
        })
        .collect()
}

fn files_in(folder: &Path) -> BTreeMap<String, String> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            (
                path.replace('\\', "/"),
                fs::read_to_string(entry.path()).unwrap_or_default(),
            )
        })
        .collect()
}

fn site(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn age(path: &Path) {
    File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(SystemTime::UNIX_EPOCH)
        .unwrap();
}

fn is_aged(path: &Path) -> bool {
    fs::metadata(path).unwrap().modified().unwrap() == SystemTime::UNIX_EPOCH
}
