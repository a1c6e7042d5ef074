//! Two sites for one output: every build replaces the one by the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::site::{Run, SCORECARD, Site, bytes, command};

/// Two sites with their bytes. They share pages that differ (each names its
/// site), files that do not (the style sheet), and each has folders of its own.
pub struct Twins {
    sources: [Site; 2],
    pub expected: [Vec<(String, Vec<u8>)>; 2],
}

/// A page that both have.
pub const KPI: &str = "org/2025/AC1.1.html";

impl Twins {
    pub fn new() -> Self {
        let site = |stamp: &str, year: &str| {
            let settings = format!("title: Stamp of {stamp}\nlanguages: [en]\nhome: org/2025\n");
            let longer = format!(
                "{SCORECARD}          - {{code: AC1.2, name: {stamp}, direction: higher}}\n"
            );
            Site::small()
                .file("content/site.yaml", settings)
                .file("content/org/2025/scorecard.yaml", longer)
                .file(&format!("content/org/{year}/scorecard.yaml"), SCORECARD)
        };
        let sources = [site("Alder", "2023"), site("Beech", "2024")];
        let expected = sources.each_ref().map(|site| {
            let folder = fast_folder();
            let output = folder.path().join("public");
            let run = site.run(&["build", "--output", &output.to_string_lossy()]);
            assert_eq!(run.code, 0, "{}", run.err);
            bytes(&output)
        });
        for path in ["index.html", KPI] {
            let [a, b] = expected.each_ref().map(|site| find(site, path));
            assert_ne!(a.unwrap(), b.unwrap(), "{path}");
        }
        Self { sources, expected }
    }

    /// The command that builds one of them.
    pub fn command(&self, which: usize, output: &Path) -> Command {
        let mut command = command(&["build", "--quiet", "--root"]);
        command
            .arg(self.sources[which].path(""))
            .arg("--output")
            .arg(output);
        command
    }

    /// Builds one of them.
    pub fn run(&self, which: usize, output: &Path) -> Run {
        Run::of(&self.command(which, output).output().unwrap())
    }

    /// Builds one of them, which must go well, and be exactly that site.
    pub fn build(&self, which: usize, output: &Path) {
        let run = self.run(which, output);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(self.standing(output), which);
    }

    /// Which of the two stands in the output, whole and with nothing else.
    #[track_caller]
    pub fn standing(&self, output: &Path) -> usize {
        let found = bytes(output);
        self.expected
            .iter()
            .position(|site| *site == found)
            .unwrap_or_else(|| panic!("neither site: {}", self.mixture(&found)))
    }

    /// The bytes of a file in one of them.
    pub fn file(&self, which: usize, path: &str) -> Option<&[u8]> {
        find(&self.expected[which], path)
    }

    /// Where each of the found files is from.
    pub fn mixture(&self, found: &[(String, Vec<u8>)]) -> String {
        let origin = |(path, bytes): &(String, Vec<u8>)| {
            let is = |which| self.file(which, path) == Some(bytes);
            let origin = match (is(0), is(1)) {
                (true, true) => "both",
                (true, false) => "A",
                (false, true) => "B",
                (false, false) => "neither",
            };
            format!("\n{path}: {origin}")
        };
        found.iter().map(origin).collect()
    }
}

fn find<'a>(site: &'a [(String, Vec<u8>)], path: &str) -> Option<&'a [u8]> {
    let found = site.binary_search_by(|(found, _)| found.as_str().cmp(path));
    found.ok().map(|at| site[at].1.as_slice())
}

/// A folder in memory where there is one: a disk that others keep busy makes
/// builds slow, and no more likely to be killed at an awkward moment.
pub fn fast_folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Everything in a folder, hidden or not, by name; the receipts aside that builds leave
/// for the next ones.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !(name.starts_with('.') && name.ends_with(".receipt")))
        .collect();
    names.sort();
    names
}

/// What builds have left beside or in an output.
pub fn stagings(folders: &[&Path]) -> Vec<PathBuf> {
    let staged = |folder: &&Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| path.to_string_lossy().contains(".staging-"))
            .collect()
    };
    folders.iter().flat_map(staged).collect()
}
