//! Putting the staged site in the place of the former one.

use std::fs;
use std::io;
use std::path::Path;

use super::PublishError;
use crate::say;

/// The ways to publish a staged site, from the safest to the most patient. Each
/// falls back on the next where the system refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Method {
    /// The two folders change places in one step: at every moment one whole
    /// site is served.
    Exchange,
    /// The former site steps aside, the new one takes its place. A build killed
    /// between the two leaves no site, until the next build brings the former
    /// one back.
    TwoRenames,
    /// The folder itself cannot be moved, so its files are replaced one by one:
    /// every file is old or new, never half, but a killed build leaves both kinds.
    InPlace,
}

impl Method {
    /// The first to try on this system.
    pub(super) const SAFEST: Self = if cfg!(any(target_os = "linux", target_vendor = "apple")) {
        Self::Exchange
    } else {
        Self::TwoRenames
    };
}

/// What a swap came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Swap {
    /// The new site stands; what is left of the former one, if anything, is
    /// where the staged one was, or at the place for the former site.
    Done,
    /// Nothing was changed, because this folder cannot be moved.
    Impossible,
}

/// Swaps the folders `staged` and `output`, with `former` as the place where the
/// old site may wait.
pub(super) fn swap(
    method: Method,
    staged: &Path,
    output: &Path,
    former: &Path,
) -> Result<Swap, PublishError> {
    let done = match method {
        _ if fs::symlink_metadata(output).is_err() => fs::rename(staged, output),
        Method::Exchange => match exchange(staged, output) {
            Err(error) if is_unsupported(&error) => two_renames(staged, output, former),
            done => done,
        },
        Method::TwoRenames => two_renames(staged, output, former),
        Method::InPlace => return Ok(Swap::Impossible),
    };
    match done {
        Ok(()) => Ok(Swap::Done),
        Err(error) if is_immovable(&error) => Ok(Swap::Impossible),
        Err(error) => Err(PublishError::machine(
            say!("put the new site in place of"),
            output,
        )(error)),
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(staged: &Path, output: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(
        CWD,
        staged,
        CWD,
        output,
        RenameFlags::EXCHANGE,
    )?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_staged: &Path, _output: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn two_renames(staged: &Path, output: &Path, former: &Path) -> io::Result<()> {
    fs::rename(output, former)?;
    fs::rename(staged, output).inspect_err(|_| {
        // If even this fails, the next build brings the former site back.
        let _ = fs::rename(former, output);
    })
}

/// Whether the kernel or the file system does not know how to exchange.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Whether the folder cannot be moved, though files in it may be: mount points,
/// folders of an image's lower layer, parents that belong to somebody else,
/// folders that another program has open.
fn is_immovable(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::CrossesDevices
            | io::ErrorKind::ResourceBusy
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    fn sites() -> (TempDir, PathBuf, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let place = |name| folder.path().join(name);
        let (staged, output, former) = (place("staged"), place("output"), place("former"));
        fs::create_dir(&staged).unwrap();
        fs::create_dir(&output).unwrap();
        fs::write(staged.join("index.html"), "new").unwrap();
        fs::write(output.join("index.html"), "old").unwrap();
        (folder, staged, output, former)
    }

    fn served(output: &Path) -> String {
        fs::read_to_string(output.join("index.html")).unwrap()
    }

    #[test]
    fn both_kinds_of_swap_put_the_new_site_in_place_and_keep_the_old_one_whole() {
        for method in [Method::Exchange, Method::TwoRenames] {
            let (_folder, staged, output, former) = sites();
            assert_eq!(swap(method, &staged, &output, &former).unwrap(), Swap::Done);
            assert_eq!(served(&output), "new");
            let old = if former.exists() { former } else { staged };
            assert_eq!(served(&old), "old");
        }
    }

    #[test]
    fn the_first_site_needs_no_swap() {
        let (_folder, staged, output, former) = sites();
        fs::remove_dir_all(&output).unwrap();
        assert_eq!(
            swap(Method::Exchange, &staged, &output, &former).unwrap(),
            Swap::Done
        );
        assert_eq!(served(&output), "new");
        assert!(!staged.exists());
    }

    #[test]
    fn a_second_rename_that_fails_is_rolled_back() {
        let (_folder, staged, output, former) = sites();
        fs::remove_dir_all(&staged).unwrap();
        let error = swap(Method::TwoRenames, &staged, &output, &former).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("cannot put the new site in place of"),
            "{error}"
        );
        assert_eq!(served(&output), "old");
        assert!(!former.exists());
    }

    #[test]
    fn refusals_lead_to_the_next_method_and_failures_do_not() {
        let error = |errno| io::Error::from_raw_os_error(errno);
        if cfg!(target_os = "linux") {
            let [einval, enosys, ebusy, exdev, eio, enospc] = [22, 38, 16, 18, 5, 28].map(error);
            assert!(is_unsupported(&einval) && is_unsupported(&enosys));
            assert!(is_immovable(&ebusy) && is_immovable(&exdev));
            for failure in [eio, enospc] {
                assert!(
                    !is_unsupported(&failure) && !is_immovable(&failure),
                    "{failure}"
                );
            }
        }
    }
}
