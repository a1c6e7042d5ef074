//! What tells without reading a file that it is the file it was.

use std::fs::Metadata;
use std::time::SystemTime;

/// The state of a file that the system changes with every change of its bytes, and
/// that nobody can set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    device: u64,
    inode: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// How old a state has to be before it tells anything, in seconds: two changes within
/// one tick of a file system's clock leave the same one. The coarsest clock in use
/// ticks every two seconds.
const SETTLED: i64 = 3;

impl Stamp {
    /// The stamp of a file, seen before it is read. There is none where the file was
    /// changed just now, or lies ahead of the clock, and none on systems that do not
    /// tell when a file's state changed.
    #[cfg(unix)]
    pub fn of(file: &Metadata, now: SystemTime) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
        let age = i64::try_from(now).ok()?.checked_sub(file.ctime())?;
        (age >= SETTLED).then(|| Self {
            length: file.len(),
            device: file.dev(),
            inode: file.ino(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        })
    }

    /// The stamp of a file: none, on a system that does not tell when a file's state
    /// changed. Such a file is read every time.
    #[cfg(not(unix))]
    pub fn of(_: &Metadata, _: SystemTime) -> Option<Self> {
        None
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_file_that_changed_just_now_has_no_stamp_yet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "kpi\n").unwrap();
        let now = SystemTime::now();
        let seen = fs::metadata(&path).unwrap();
        assert_eq!(Stamp::of(&seen, now), None);
        assert!(Stamp::of(&seen, now + Duration::from_secs(10)).is_some());
    }

    #[test]
    fn a_date_that_was_set_back_deceives_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let later = SystemTime::now() + Duration::from_secs(10);
        let stamp = || Stamp::of(&fs::metadata(&path).unwrap(), later);
        fs::write(&path, "91\n").unwrap();
        let (before, modified) = (stamp(), fs::metadata(&path).unwrap().modified().unwrap());
        std::thread::sleep(Duration::from_millis(20));
        fs::write(&path, "92\n").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(modified).unwrap();
        assert_ne!(before, stamp());
    }
}
