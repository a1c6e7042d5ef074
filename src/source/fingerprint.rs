//! One hash of all the files that a site is made from.

use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::tree::LARGEST_ATTACHMENT;

/// The folders of a site that a build reads.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How far the time of a file's last change may lie behind the clock: systems write it
/// with the time of their last tick.
const TICK: Duration = Duration::from_millis(4);
/// The same where a file system counts whole seconds, the coarsest of them by two.
const COARSE: Duration = Duration::from_secs(2);

/// The fingerprint of every file below `content/` and `themes/`, whatever it is for:
/// where it is the same, so is everything that a build could read there.
///
/// Nothing where that cannot be said: where a file cannot be read, or a link leads to
/// something that lies elsewhere and may change without it.
#[must_use]
pub fn of(root: &Path) -> Option<Hash> {
    let mut found = Vec::new();
    for folder in FOLDERS.map(|name| root.join(name)) {
        match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Ok(state) if state.is_dir() => {}
            _ => return None,
        }
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.ok()?;
            if entry.path_is_symlink() {
                return None;
            }
            found.push(entry);
        }
    }
    let hashes: Vec<_> = (found.par_iter())
        .map(|entry| {
            if entry.file_type().is_file() {
                content(entry.path()).ok()
            } else {
                // A folder, or something that no build opens.
                Some(Hash::from_bytes([u8::from(entry.file_type().is_dir()); 32]))
            }
        })
        .collect();
    let mut all = Hasher::new();
    for (entry, hash) in found.iter().zip(hashes) {
        let path = entry.path().strip_prefix(root).ok()?.to_str()?;
        all.update(&path.len().to_le_bytes());
        all.update(path.as_bytes());
        all.update(hash?.as_bytes());
    }
    Some(all.finalize())
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

    #[test]
    fn a_fingerprint_tells_every_change_of_a_file_or_name() {
        let site = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("content/a/one.csv", "1");
        let mut seen = vec![of(site.path()).unwrap()];
        assert_eq!(of(site.path()), Some(seen[0]), "the same is the same");
        let mut changes = || {
            let now = of(site.path()).unwrap();
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
        assert_eq!(of(site.path()), seen.last().copied());
    }

    #[cfg(unix)]
    #[test]
    fn where_a_link_leads_elsewhere_nothing_is_said() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("content")).unwrap();
        assert!(of(site.path()).is_some());
        std::os::unix::fs::symlink("../a.csv", site.path().join("content/a.csv")).unwrap();
        assert_eq!(of(site.path()), None);
    }
}
