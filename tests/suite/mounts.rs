//! File systems of a test's own, which nobody else sees.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A process that sees further file systems; through it, so does the test.
pub struct Mounts {
    holder: Child,
}

impl Mounts {
    /// Runs a shell script that mounts something; `$1` is the folder. `None`,
    /// and a word about it, where the system does not let us.
    pub fn new(script: &str, folder: &Path) -> Option<Self> {
        let script = format!("set -e\n{script}\necho ready\nexec cat");
        // As root, or as root of a name space of one's own.
        for rights in [&["--mount"][..], &["--mount", "--map-root-user"]] {
            let holder = Command::new("unshare")
                .args(rights)
                .args(["--propagation", "private", "sh", "-c", &script, "sh"])
                .arg(folder)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let Ok(mut holder) = holder else { continue };
            let mut line = String::new();
            BufReader::new(holder.stdout.take().unwrap())
                .read_line(&mut line)
                .unwrap();
            let mounts = Self { holder };
            if line == "ready\n" && mounts.path(folder).is_dir() {
                return Some(mounts);
            }
        }
        eprintln!("skipped: this system lets nobody mount a file system here");
        None
    }

    /// Where the test finds a path that the process sees.
    pub fn path(&self, path: &Path) -> PathBuf {
        let root = format!("/proc/{}/root", self.holder.id());
        Path::new(&root).join(path.strip_prefix("/").unwrap())
    }
}

impl Drop for Mounts {
    fn drop(&mut self) {
        // The file systems go with the last process that sees them.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
