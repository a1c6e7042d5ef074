//! Folders in which nothing may be created or removed, and builds that keep to
//! that, whoever runs the tests.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder that is closed until this is dropped.
pub struct Closed(PathBuf);

impl Closed {
    pub fn new(folder: &Path) -> Self {
        set_mode(folder, 0o555);
        Self(folder.to_owned())
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        set_mode(&self.0, 0o755);
    }
}

fn set_mode(folder: &Path, mode: u32) {
    fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
}

/// The same command, run so that the modes of files bind it: for root that
/// means without the right to ignore them. `None`, and a word about it, where
/// nobody can give up that right.
pub fn bound_by_modes(command: Command) -> Option<Command> {
    let folder = tempfile::tempdir().unwrap();
    let _closed = Closed::new(folder.path());
    let file = folder.path().join("file");
    if File::create_new(&file).is_err() {
        return Some(command);
    }
    fs::remove_file(&file).unwrap();
    let mut trial = wrapped(
        Command::new("sh")
            .args(["-c", "! touch \"$1\" && echo bound", "sh"])
            .arg(&file),
    );
    let trial = trial.stderr(Stdio::null()).output();
    if trial.is_ok_and(|trial| trial.stdout == b"bound\n") {
        return Some(wrapped(&command));
    }
    eprintln!("skipped: whoever runs this may write into closed folders");
    None
}

fn wrapped(command: &Command) -> Command {
    let mut wrapped = Command::new("setpriv");
    wrapped
        .args(["--bounding-set=-all", "--inh-caps=-all"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    wrapped
}
