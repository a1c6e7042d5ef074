//! Removing folders that are no longer needed.

use std::fs;
use std::io;
use std::path::Path;

/// Removes a folder with everything in it, also where it or a folder in it is
/// closed to writing: a former site has the mode of the output, and folders of
/// dotfiles have modes of their own.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            open(folder);
            fs::remove_dir_all(folder)
        }
        done => done,
    }
}

/// Opens a folder and those in it to their owner, as far as the system lets us.
/// Files are left alone: the new site may have the same ones. So are links.
#[cfg(unix)]
fn open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(0o700));
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        folders.extend(
            entries
                .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
                .map(|entry| entry.path()),
        );
    }
}

#[cfg(not(unix))]
fn open(_folder: &Path) {}
