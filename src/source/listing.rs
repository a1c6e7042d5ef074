//! What lies below a folder. Listing is waiting for the system, folder by folder, so
//! several are listed at once.

use std::ffi::OsStr;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// What is looked for.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// How many folders deep to look.
    pub deepest: usize,
    /// Whether something of that name is listed, and looked into if it is a folder.
    pub name: fn(&OsStr) -> bool,
    /// Whether the state of what has that name and kind is told as well, which is cheaper than
    /// to ask for it later, by its path.
    pub state: fn(&OsStr, FileType) -> bool,
}

/// Something below a folder.
#[derive(Debug)]
pub struct Listed {
    /// How many folders deep it lies; 1 is right in the folder, which is 0 itself.
    pub depth: usize,
    /// Where it lies.
    pub path: PathBuf,
    /// What it is, or why that folder cannot be listed.
    pub found: io::Result<Found>,
}

/// What something is.
#[derive(Debug)]
pub struct Found {
    /// Its kind; links are not followed.
    pub kind: FileType,
    /// Its state, where it was asked for.
    pub state: Option<io::Result<Metadata>>,
}

/// Everything wanted below a folder: in the order of names, what lies in a folder right
/// after it.
#[must_use]
pub fn below(folder: &Path, wanted: Wanted) -> Vec<Listed> {
    within(folder, 1, wanted)
}

fn within(folder: &Path, depth: usize, wanted: Wanted) -> Vec<Listed> {
    let entries = match entries(folder, wanted) {
        Ok(entries) => entries,
        Err(error) => {
            return vec![Listed {
                depth: depth - 1,
                path: folder.to_owned(),
                found: Err(error),
            }];
        }
    };
    let is_folder = |found: &io::Result<Found>| found.as_ref().is_ok_and(|f| f.kind.is_dir());
    let inside: Vec<_> = (entries.par_iter())
        .map(|(path, found)| match found {
            found if depth < wanted.deepest && is_folder(found) => within(path, depth + 1, wanted),
            _ => Vec::new(),
        })
        .collect();
    (entries.into_iter().zip(inside))
        .flat_map(|((path, found), inside)| {
            let own = Listed { depth, path, found };
            std::iter::once(own).chain(inside)
        })
        .collect()
}

/// What is wanted right in a folder, in the order of names. The folder is held open while
/// states are asked for, and no longer: there may be more folders than may be open.
fn entries(folder: &Path, wanted: Wanted) -> io::Result<Vec<(PathBuf, io::Result<Found>)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if (wanted.name)(&name) {
            let kind = entry.file_type();
            let is_asked = |kind: &FileType| (wanted.state)(&name, *kind);
            let asked = kind.as_ref().is_ok_and(is_asked).then_some(entry);
            entries.push((name, kind, asked));
        }
    }
    entries.sort_unstable_by(|(one, ..), (other, ..)| one.cmp(other));
    let told = entries.into_par_iter().map(|(name, kind, asked)| {
        let state = asked.map(|entry| entry.metadata());
        (folder.join(name), kind.map(|kind| Found { kind, state }))
    });
    Ok(told.collect())
}

#[cfg(test)]
mod tests {
    use walkdir::WalkDir;

    use super::*;

    fn wanted(deepest: usize) -> Wanted {
        Wanted {
            deepest,
            name: |name| !name.to_string_lossy().starts_with('.'),
            state: |name, kind| name == "one" && kind.is_file(),
        }
    }

    #[test]
    fn everything_is_listed_as_one_walk_would() {
        let place = tempfile::tempdir().unwrap();
        for path in ["b/one", "a/two/three/four", "a/.git/x", "c", "a-1/x", "a.x"] {
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "12345").unwrap();
        }
        fs::create_dir(place.path().join("empty")).unwrap();
        for deepest in [1, 2, 3, 9] {
            let walk = WalkDir::new(place.path()).max_depth(deepest);
            let walk = walk.sort_by_file_name().into_iter();
            let is_open = |name: &OsStr| (wanted(deepest).name)(name);
            let walk = walk.filter_entry(|e| e.depth() == 0 || is_open(e.file_name()));
            let walk: Vec<_> = (walk.skip(1).map(Result::unwrap))
                .map(|entry| (entry.depth(), entry.path().to_owned(), entry.file_type()))
                .collect();
            let told: Vec<_> = (below(place.path(), wanted(deepest)).into_iter())
                .map(|one| (one.depth, one.path, one.found.unwrap().kind))
                .collect();
            assert_eq!(told, walk);
        }
        for one in below(place.path(), wanted(9)) {
            let state = one.found.unwrap().state.map(|state| state.unwrap().len());
            assert_eq!(state, one.path.ends_with("one").then_some(5));
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let place = tempfile::tempdir().unwrap();
        let found = below(&place.path().join("none"), wanted(9));
        assert!(matches!(
            found.as_slice(),
            [Listed {
                depth: 0,
                found: Err(_),
                ..
            }]
        ));
    }
}
