//! The paths of one build, which must be able to stand side by side.

use ahash::{AHashMap, AHashSet};

use super::manifest::is_own;
use super::{OutputPath, PublishError};

/// Every path claimed so far. Case does not count, because it does not on many
/// of the disks that a site is copied to.
#[derive(Debug, Default)]
pub(super) struct Claims {
    files: AHashMap<String, OutputPath>,
    folders: AHashSet<String>,
}

impl Claims {
    /// Sets room aside for so many files.
    pub(super) fn reserve(&mut self, files: usize) {
        self.files.reserve(files);
    }

    /// Claims a path for a file of the site.
    pub(super) fn claim(&mut self, path: &OutputPath) -> Result<(), PublishError> {
        let folded = path.as_str().to_lowercase();
        if is_own(&folded) {
            return Err(PublishError::Reserved { path: path.clone() });
        }
        if let Some(first) = self.files.get(&folded) {
            return Err(PublishError::SameFile {
                first: first.clone(),
                second: path.clone(),
            });
        }
        if self.folders.contains(&folded) {
            return Err(PublishError::FileAndFolder {
                path: path.to_string(),
            });
        }
        for folder in path.folders() {
            let folder_folded = folder.to_lowercase();
            if self.files.contains_key(&folder_folded) {
                return Err(PublishError::FileAndFolder {
                    path: folder.to_owned(),
                });
            }
            if !self.folders.insert(folder_folded) {
                break;
            }
        }
        self.files.insert(folded, path.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(paths: &[&str]) -> Result<(), String> {
        let mut claims = Claims::default();
        paths
            .iter()
            .try_for_each(|path| claims.claim(&OutputPath::new(path).unwrap()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn files_side_by_side_are_fine() {
        assert_eq!(claim(&["a.html", "a/b.html", "a/c/d.html", "ab"]), Ok(()));
    }

    #[test]
    fn two_files_with_one_path_are_not() {
        let fault = claim(&["kpi/AC1.html", "kpi/ac1.html"]).unwrap_err();
        assert!(
            fault.starts_with("`kpi/AC1.html` and `kpi/ac1.html` would be the same"),
            "{fault}"
        );
        assert!(claim(&["a", "a"]).is_err());
    }

    #[test]
    fn a_file_is_no_folder_in_either_order() {
        for paths in [["a/b", "a/b/c"], ["a/b/c", "a/b"], ["a/B/c/d", "A/b"]] {
            let fault = claim(&paths).unwrap_err();
            assert!(
                fault
                    .to_lowercase()
                    .starts_with("`a/b` is planned as a file and"),
                "{fault}"
            );
        }
    }

    #[test]
    fn the_publishers_own_names_are_taken() {
        assert!(claim(&["manifest.json"]).is_err());
        assert!(claim(&["sha256sums"]).is_err());
        assert_eq!(claim(&["data/manifest.json"]), Ok(()));
    }
}
