//! Somebody who reads a site while builds replace it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::twins::{KPI, Twins};

/// How long a reader takes for a page.
const PAUSE: Duration = Duration::from_millis(5);

/// What a reader met with.
#[derive(Debug, Default)]
pub struct Reads {
    /// Pages that were asked for by their address.
    pub pages: usize,
    /// Those that had to be asked for twice.
    pub twice: usize,
    /// Folders that were read to the end, each one whole site.
    pub sites: usize,
    /// Folders that were cleared away meanwhile, because a newer one stood.
    pub former: usize,
}

/// What the site promises its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// At every moment the output is one whole site.
    WholeSites,
    /// At every moment each page is of one site or the other.
    WholePages,
}

/// Reads the site for as long as `work` goes on, also when that fails.
pub fn while_reading<T>(
    twins: &Twins,
    output: &Path,
    promise: Promise,
    work: impl FnOnce(&dyn Fn() -> bool) -> T,
) -> (T, Reads) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| read(twins, output, promise, &done));
        let watcher = scope.spawn(|| watch(output, &done));
        let end = End(&done);
        let result = work(&|| !reader.is_finished() && !watcher.is_finished());
        drop(end);
        watcher.join().unwrap();
        (result, reader.join().unwrap())
    })
}

struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sees to it that there is always an output. Whoever looks only now and then
/// would miss the moment between two steps.
fn watch(output: &Path, done: &AtomicBool) {
    while !done.load(Ordering::Relaxed) {
        let found = fs::symlink_metadata(output);
        assert!(found.is_ok_and(|found| found.is_dir()), "there was no site");
        thread::yield_now();
    }
}

fn read(twins: &Twins, output: &Path, promise: Promise, done: &AtomicBool) -> Reads {
    let mut reads = Reads::default();
    while !done.load(Ordering::Relaxed) {
        for path in ["index.html", KPI] {
            reads.pages += 1;
            let mut found = File::open(output.join(path));
            let is_lost = |e: &io::Error| e.kind() == ErrorKind::NotFound;
            if promise == Promise::WholeSites && found.as_ref().is_err_and(is_lost) {
                // The system had found the former folder, and the page in it was
                // cleared away before it looked further. Whoever asks again has
                // the new one.
                reads.twice += 1;
                found = File::open(output.join(path));
            }
            let mut file = found.unwrap();
            let found = read_again(&mut file);
            assert!(
                (0..2).any(|which| twins.file(which, path) == Some(&found)),
                "{path} is of neither site"
            );
            thread::sleep(PAUSE);
            let again = read_again(&mut file);
            assert!(found == again, "{path} changed under its reader");
        }
        if promise == Promise::WholeSites {
            let is_whole = read_folder(twins, output);
            *(if is_whole {
                &mut reads.sites
            } else {
                &mut reads.former
            }) += 1;
        }
    }
    reads
}

/// Reads an opened file from its beginning.
fn read_again(file: &mut File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut bytes).unwrap();
    bytes
}

/// Whoever opened the folder once finds all files of one site in it, as its
/// sums say, however long that takes; only when another site stands already, the
/// former one is cleared away, and tells so by being gone. Tells whether all was
/// there.
fn read_folder(twins: &Twins, output: &Path) -> bool {
    let folder = File::open(output).unwrap();
    let opened = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
    let read = |path: &str| match fs::read(opened.join(path)) {
        Ok(found) => Some(found),
        Err(error) => {
            let place = |found: fs::Metadata| (found.dev(), found.ino());
            let (now, then) = (fs::metadata(output).unwrap(), folder.metadata().unwrap());
            assert_ne!(place(now), place(then), "the site lacks {path}: {error}");
            None
        }
    };
    let Some(sums) = read("SHA256SUMS") else {
        return false;
    };
    let which = (0..2).find(|&which| twins.file(which, "SHA256SUMS") == Some(&sums));
    assert!(which.is_some(), "the sums are of neither site");
    for (path, bytes) in &twins.expected[which.unwrap()] {
        match read(path) {
            Some(found) => assert!(found == *bytes, "{path} is not what the sums say"),
            None => return false,
        }
    }
    true
}
