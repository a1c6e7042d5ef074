//! A site in a checkout, with as many commits as a test wants.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::site::Site;

/// A site in a checkout of its own.
pub struct Checkout {
    pub site: Site,
    commits: u32,
}

impl Checkout {
    /// A site whose files are not committed yet.
    pub fn of(site: Site) -> Self {
        let checkout = Self { site, commits: 0 };
        checkout.git(&["init", "--quiet", "--initial-branch=main"]);
        checkout
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        self.site.write(path, text);
        self
    }

    /// Commits everything; the commits are a month apart, from February 2024 on.
    /// Tells the hash.
    pub fn commit(&mut self) -> String {
        self.commits += 1;
        let (year, month) = (2024 + self.commits / 12, self.commits % 12 + 1);
        self.git(&["add", "--all"]);
        self.dated(
            &format!("{year}-{month:02}-15T12:00:00+0800"),
            &["commit", "--quiet", "--allow-empty", "--message", "Next"],
        );
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs `git` and tells what it prints.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.dated("2024-01-01T00:00:00+0000", arguments)
    }

    fn dated(&self, date: &str, arguments: &[&str]) -> String {
        let run = Command::new("git")
            .arg("-C")
            .arg(self.site.path(""))
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(["-c", "commit.gpgSign=false", "-c", "core.autocrlf=false"])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", date)
            .env("GIT_COMMITTER_DATE", date)
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{arguments:?}: {error}");
        String::from_utf8_lossy(&run.stdout).trim().to_owned()
    }
}

/// A `git` that notes what it is asked, and then asks the real one.
#[cfg(unix)]
pub struct Overheard {
    folder: TempDir,
}

#[cfg(unix)]
impl Overheard {
    pub fn new() -> Self {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = env::var_os("PATH").unwrap();
        let real = env::split_paths(&path).map(|folder| folder.join("git"));
        let real = real.into_iter().find(|git| git.is_file()).unwrap();
        let (notes, git) = (folder.path().join("notes"), folder.path().join("git"));
        let script = format!(
            "#!/bin/sh\necho \"$*\" >> '{}'\nexec '{}' \"$@\"\n",
            notes.display(),
            real.display()
        );
        fs::write(&git, script).unwrap();
        fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    /// The search path that leads to it first.
    pub fn path(&self) -> OsString {
        let old = env::var_os("PATH").unwrap();
        let folders: Vec<PathBuf> = std::iter::once(self.folder.path().to_owned())
            .chain(env::split_paths(&old))
            .collect();
        env::join_paths(folders).unwrap()
    }

    /// How often it was asked for a history since the last time.
    pub fn histories(&self) -> usize {
        let notes = self.folder.path().join("notes");
        let told = fs::read_to_string(&notes).unwrap_or_default();
        let _ = fs::remove_file(notes);
        told.lines().filter(|line| line.contains(" log ")).count()
    }
}
