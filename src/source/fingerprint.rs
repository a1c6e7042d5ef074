//! The hashes of all the files that a site is made from.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use blake3::{Hash, Hasher};
use rayon::prelude::*;

use super::listing::{self, Listed, Wanted};
use super::tree::LARGEST_ATTACHMENT;
use crate::span::Sources;

/// The folders of a site that a build reads.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Whatever lies there, hidden or not, but no deeper than any build reads.
const EVERYTHING: Wanted = Wanted {
    deepest: 64,
    name: |_| true,
    state: |_, _| true,
};
/// How far the time of a last change may lie behind the clock: systems write it with the
/// time of their last tick, of which the slowest have 64 in a second.
const TICK: Duration = Duration::from_millis(20);
/// The same where a file system counts whole seconds, the coarsest of them by two.
const COARSE: Duration = Duration::from_secs(2);

/// What lies in the folders that a build reads, whatever it is for, and when it was last
/// changed.
pub struct Inventory {
    root: PathBuf,
    /// By their paths relative to the root of the site.
    found: Vec<(String, Found)>,
}

struct Found {
    kind: Kind,
    changed: Option<SystemTime>,
}

#[derive(Clone, Copy)]
enum Kind {
    File,
    Folder,
    /// Something that no build opens.
    Other,
}

impl Inventory {
    /// Looks at the files of the site in `root`.
    ///
    /// Nothing where it cannot be said what a build would read: where something cannot be
    /// listed or lies too deep, or a link leads to something that lies elsewhere and may
    /// change without it.
    #[must_use]
    pub fn of(root: &Path) -> Option<Self> {
        let mut found = Vec::new();
        for name in FOLDERS {
            let folder = root.join(name);
            match fs::symlink_metadata(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Ok(state) if state.is_dir() => found.push((name.to_owned(), Found::of(&state))),
                _ => return None,
            }
            for Listed {
                depth,
                path,
                found: one,
            } in listing::below(&folder, EVERYTHING)
            {
                let one = one.ok()?;
                if one.kind.is_symlink() || depth == EVERYTHING.deepest {
                    return None;
                }
                let path = path.strip_prefix(root).ok()?.to_str()?.to_owned();
                found.push((path, Found::of(&one.state?.ok()?)));
            }
        }
        let root = root.to_owned();
        Some(Self { root, found })
    }

    /// Whether nothing was changed after that moment, came or went, and nothing may have.
    #[must_use]
    pub fn is_settled(&self, by: SystemTime) -> bool {
        self.last_settled().is_some_and(|settled| settled < by)
    }

    /// When the last of it was settled, or will be; nothing where that is not told.
    fn last_settled(&self) -> Option<SystemTime> {
        let changed = self.found.iter().map(|(_, found)| found.changed);
        let settled = changed.map(|changed| settled(changed?));
        settled
            .reduce(|one, other| Some(one?.max(other?)))
            .unwrap_or(Some(SystemTime::UNIX_EPOCH))
    }

    /// Looks at the files of the site in `root` once what was changed just now is settled,
    /// and tells the moment before it looked. What counts whole seconds, or comes from the
    /// future, is not waited for.
    #[must_use]
    pub fn settled(root: &Path) -> (Option<Self>, SystemTime) {
        let now = SystemTime::now();
        let inventory = Self::of(root);
        let settled = inventory.as_ref().and_then(Self::last_settled);
        match settled.and_then(|settled| settled.duration_since(now).ok()) {
            Some(rest) if rest <= TICK => {
                thread::sleep(rest + Duration::from_millis(1));
                let now = SystemTime::now();
                (Self::of(root), now)
            }
            _ => (inventory, now),
        }
    }

    /// The hashes of what the files hold. Of what was read already they are those of the
    /// text that was read; nothing where a file cannot be read.
    #[must_use]
    pub fn hashed(&self, sources: &Sources) -> Option<Files> {
        let read: HashMap<_, _> = sources.exact().collect();
        let found = self.found.par_iter().map(|(path, found)| {
            let content = match (found.kind, read.get(path.as_str())) {
                (Kind::File, Some(text)) => Content::File(blake3::hash(text.as_bytes())),
                (Kind::File, None) => Content::File(content(&self.root.join(path)).ok()?),
                (Kind::Folder, _) => Content::Folder,
                (Kind::Other, _) => Content::Other,
            };
            Some((path.clone(), content))
        });
        let found = found.collect::<Option<_>>()?;
        Some(Files { found })
    }
}

impl Found {
    fn of(state: &Metadata) -> Self {
        let kind = match state {
            state if state.is_file() => Kind::File,
            state if state.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        let changed = changed(state);
        Self { kind, changed }
    }
}

/// The files of a site, each with a hash of what it holds.
pub struct Files {
    /// Those and their folders, by their paths relative to the root of the site.
    found: Vec<(String, Content)>,
}

enum Content {
    File(Hash),
    Folder,
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
                Content::File(hash) => hash.as_bytes(),
                Content::Folder => &[1; 32],
                Content::Other => &[0; 32],
            });
        }
        all.finalize()
    }

    /// Every file and the hash of what it holds.
    pub fn each(&self) -> impl Iterator<Item = (&str, &Hash)> {
        self.found.iter().filter_map(|(path, found)| match found {
            Content::File(hash) => Some((path.as_str(), hash)),
            Content::Folder | Content::Other => None,
        })
    }
}

/// The moment after which any change has another time than a change at that one.
fn settled(changed: SystemTime) -> Option<SystemTime> {
    let since_1970 = changed.duration_since(SystemTime::UNIX_EPOCH);
    let is_coarse = since_1970.is_ok_and(|time| time.subsec_nanos() == 0);
    changed.checked_add(if is_coarse { COARSE } else { TICK })
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
        let files = Inventory::of(root)?.hashed(&Sources::default());
        files.map(|files| files.fingerprint())
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

    #[test]
    fn whatever_comes_or_goes_is_seen_once_the_site_was_settled() {
        let site = tempfile::tempdir().unwrap();
        let path = site.path().join("content/a.csv");
        fs::create_dir(site.path().join("content")).unwrap();
        fs::write(&path, "1").unwrap();
        let inventory = || Inventory::of(site.path()).unwrap();
        let (_, began) = Inventory::settled(site.path());
        assert!(inventory().is_settled(began), "it was waited for");
        // Nothing is left of it but the time of its folder.
        fs::write(site.path().join("content/b.csv"), "2").unwrap();
        fs::remove_file(site.path().join("content/b.csv")).unwrap();
        assert!(!inventory().is_settled(began));
        let (_, began) = Inventory::settled(site.path());
        fs::write(&path, "2").unwrap();
        assert!(!inventory().is_settled(began));
        let years = Duration::from_secs(1 << 30);
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() + years).unwrap();
        let (_, began) = Inventory::settled(site.path());
        assert_eq!(inventory().is_settled(began), cfg!(unix));
    }

    #[test]
    fn what_was_read_counts_as_it_was_read() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("content")).unwrap();
        fs::write(site.path().join("content/a.csv"), "1").unwrap();
        let inventory = Inventory::of(site.path()).unwrap();
        let hashed = |sources: &Sources| inventory.hashed(sources).unwrap().fingerprint();
        let (none, mut added) = (Sources::default(), Sources::default());
        // What stands for a file that could not be read is no text of it.
        added.add("content/a.csv", String::new());
        assert_eq!(hashed(&added), hashed(&none));
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
