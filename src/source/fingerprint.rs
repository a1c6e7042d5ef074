//! The hashes of all the files that a site is made from.

use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::listing::{self, Listed, Wanted};
use super::tree::LARGEST_ATTACHMENT;

/// The folders of a site that a build reads.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Whatever lies there, hidden or not, but no deeper than any build reads.
const EVERYTHING: Wanted = Wanted {
    deepest: 64,
    name: |_| true,
    state: |_| false,
};
/// How far the time of a file's last change may lie behind the clock: systems write it
/// with the time of their last tick.
const TICK: Duration = Duration::from_millis(4);
/// The same where a file system counts whole seconds, the coarsest of them by two.
const COARSE: Duration = Duration::from_secs(2);

/// The files of a site, each with a hash of what it holds.
pub struct Files {
    /// Those and their folders, by their paths relative to the root of the site.
    found: Vec<(String, Found)>,
}

enum Found {
    File(Hash),
    Folder,
    /// Something that no build opens.
    Other,
}

impl Files {
    /// The fingerprint of them all: where it is the same, so is everything that a build
    /// could read there.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let mut all = Hasher::new();
        for (path, found) in &self.found {
            all.update(&path.len().to_le_bytes());
            all.update(path.as_bytes());
            all.update(match found {
                Found::File(hash) => hash.as_bytes(),
                Found::Folder => &[1; 32],
                Found::Other => &[0; 32],
            });
        }
        all.finalize()
    }

    /// Every file and the hash of what it holds.
    pub fn each(&self) -> impl Iterator<Item = (&str, &Hash)> {
        self.found.iter().filter_map(|(path, found)| match found {
            Found::File(hash) => Some((path.as_str(), hash)),
            Found::Folder | Found::Other => None,
        })
    }
}

/// Every file below `content/` and `themes/`, whatever it is for.
///
/// Nothing where that cannot be said: where a file cannot be read or lies too deep, or a
/// link leads to something that lies elsewhere and may change without it.
#[must_use]
pub fn of(root: &Path) -> Option<Files> {
    let mut all = Vec::new();
    for folder in FOLDERS.map(|name| root.join(name)) {
        match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Ok(state) if state.is_dir() => {}
            _ => return None,
        }
        for Listed { depth, path, found } in listing::below(&folder, EVERYTHING) {
            let kind = found.ok()?.kind;
            if kind.is_symlink() || depth == EVERYTHING.deepest {
                return None;
            }
            all.push((path, kind));
        }
    }
    let found = all.into_par_iter().map(|(place, kind)| {
        let path = place.strip_prefix(root).ok()?.to_str()?.to_owned();
        let found = match kind {
            kind if kind.is_file() => Found::File(content(&place).ok()?),
            kind if kind.is_dir() => Found::Folder,
            _ => Found::Other,
        };
        Some((path, found))
    });
    let found = found.collect::<Option<_>>()?;
    Some(Files { found })
}

/// Whether no file was changed since some moment, and none that may have been.
#[must_use]
pub fn is_settled(root: &Path, since: SystemTime) -> bool {
    let entries = FOLDERS.map(|name| WalkDir::new(root.join(name)).into_iter());
    let mut entries = entries.into_iter().flatten().flatten();
    entries.all(|entry| {
        let changed = entry.metadata().ok().and_then(|state| changed(&state));
        changed.is_some_and(|changed| {
            let is_coarse = (changed.duration_since(SystemTime::UNIX_EPOCH))
                .is_ok_and(|time| time.subsec_nanos() == 0);
            changed + if is_coarse { COARSE } else { TICK } < since
        })
    })
}

/// When a file was last changed, in a way that nobody can set back where the system has
/// one.
#[cfg(unix)]
fn changed(state: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(state.ctime()).ok()?;
    let nanoseconds = u32::try_from(state.ctime_nsec()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds))
}

/// When a file was last changed.
#[cfg(not(unix))]
fn changed(state: &Metadata) -> Option<SystemTime> {
    state.modified().ok()
}

fn content(path: &Path) -> io::Result<Hash> {
    let file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length > LARGEST_ATTACHMENT {
        return Ok(blake3::keyed_hash(
            b"scorepress: a file by its length",
            &length.to_le_bytes(),
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(LARGEST_ATTACHMENT).read_to_end(&mut bytes)?;
    Ok(blake3::hash(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(root: &Path) -> Option<Hash> {
        of(root).map(|files| files.fingerprint())
    }

    #[test]
    fn a_fingerprint_tells_every_change_of_a_file_or_name() {
        let site = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("content/a/one.csv", "1");
        let mut seen = vec![fingerprint(site.path()).unwrap()];
        assert_eq!(
            fingerprint(site.path()),
            Some(seen[0]),
            "the same is the same"
        );
        let mut changes = || {
            let now = fingerprint(site.path()).unwrap();
            assert!(!seen.contains(&now));
            seen.push(now);
        };
        put("content/a/one.csv", "2");
        changes();
        put("content/a/.hidden", "");
        changes();
        put("content/b/one.csv", "2");
        changes();
        fs::create_dir(site.path().join("content/c")).unwrap();
        changes();
        put("themes/own/style.css", "");
        changes();
        fs::rename(
            site.path().join("themes/own"),
            site.path().join("themes/other"),
        )
        .unwrap();
        changes();
        put("public/index.html", "none of its files");
        assert_eq!(fingerprint(site.path()), seen.last().copied());
    }

    #[cfg(unix)]
    #[test]
    fn where_a_link_leads_elsewhere_nothing_is_said() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("content")).unwrap();
        assert!(fingerprint(site.path()).is_some());
        std::os::unix::fs::symlink("../a.csv", site.path().join("content/a.csv")).unwrap();
        assert_eq!(fingerprint(site.path()), None);
    }
}
