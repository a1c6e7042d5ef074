//! Taking files of the former output into the staged one without touching them.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use walkdir::WalkDir;

/// Makes `to` the same file as `from`; where the file system or its rules
/// refuse links, a copy with the same time stamp. Folders are made as needed.
pub(super) fn carry_file(from: &Path, to: &Path) -> io::Result<()> {
    match link_or_copy(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            link_or_copy(from, to)
        }
        done => done,
    }
}

/// Carries a file, or a folder with everything in it. Links are carried as
/// links and never followed.
pub(super) fn carry_tree(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from).follow_root_links(false) {
        let entry = entry?;
        let target = match entry.path().strip_prefix(from) {
            Ok(relative) if !relative.as_os_str().is_empty() => to.join(relative),
            _ => to.to_path_buf(),
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            carry_file(entry.path(), &target)?;
        }
    }
    // The modes come last and from the leaves up: a read-only folder could not
    // have been filled.
    for entry in WalkDir::new(from)
        .follow_root_links(false)
        .contents_first(true)
    {
        let entry = entry?;
        if let (true, Ok(relative)) = (entry.file_type().is_dir(), entry.path().strip_prefix(from))
        {
            fs::set_permissions(to.join(relative), entry.metadata()?.permissions())?;
        }
    }
    Ok(())
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists | io::ErrorKind::StorageFull
            ) =>
        {
            copy(from, to)
        }
        done => done,
    }
}

/// Copies content, mode and time stamp.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    if found.is_symlink() {
        return copy_link(&fs::read_link(from)?, to);
    }
    fs::copy(from, to)?;
    let modified = found.modified()?;
    match File::options().write(true).open(to) {
        Ok(file) => file.set_modified(modified),
        // A read-only file: its owner may set its times all the same.
        Err(_) => File::open(to)?.set_modified(modified),
    }
}

#[cfg(unix)]
fn copy_link(target: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(not(unix))]
fn copy_link(_target: &Path, _to: &Path) -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "a symbolic link cannot be carried over",
    ))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_copy_keeps_content_and_time_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, "old").unwrap();
        let past = SystemTime::now() - Duration::from_secs(86_400);
        File::options()
            .write(true)
            .open(&from)
            .unwrap()
            .set_modified(past)
            .unwrap();
        copy(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"old");
        let modified = |path| fs::metadata(path).unwrap().modified().unwrap();
        assert_eq!(modified(&to), modified(&from));
    }

    #[cfg(unix)]
    #[test]
    fn a_tree_keeps_its_links_and_modes() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join(".git"), folder.path().join("new/.git"));
        fs::create_dir_all(from.join("objects/ab")).unwrap();
        fs::write(from.join("objects/ab/cd"), "blob").unwrap();
        symlink("/nowhere", from.join("dangling")).unwrap();
        fs::set_permissions(from.join("objects/ab"), fs::Permissions::from_mode(0o500)).unwrap();

        carry_tree(&from, &to).unwrap();

        let found = fs::metadata(to.join("objects/ab/cd")).unwrap();
        assert_eq!(
            found.ino(),
            fs::metadata(from.join("objects/ab/cd")).unwrap().ino()
        );
        assert_eq!(
            fs::read_link(to.join("dangling")).unwrap(),
            Path::new("/nowhere")
        );
        for tree in [&from, &to] {
            let objects = tree.join("objects/ab");
            assert_eq!(fs::metadata(&objects).unwrap().mode() & 0o777, 0o500);
            fs::set_permissions(objects, fs::Permissions::from_mode(0o700)).unwrap();
        }
    }
}
