//! The checkout that a site's sources lie in, asked of `git` itself. Without
//! one, or without the program, a site is the same but says nothing of commits.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Where a checkout stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// Whether something below `content/` or `themes/` differs from it.
    pub modified: bool,
}

/// Where the checkout stands that `root` lies in.
#[must_use]
pub fn head(root: &Path) -> Option<Head> {
    let hash = ask(root, &["rev-parse", "--verify", "HEAD"])?;
    let commit = hash.trim();
    let is_hash = commit.len() >= 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
    let changes = ask(
        root,
        &[
            "status",
            "--porcelain",
            "--untracked-files=all",
            "--",
            "content",
            "themes",
        ],
    )?;
    is_hash.then(|| Head {
        commit: commit.to_owned(),
        modified: !changes.is_empty(),
    })
}

/// A file or folder of another commit could not be had.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// `git` cannot tell.
    #[error("`{revision}` names no commit here that holds content/: {why}")]
    NoCommit {
        /// What was asked for.
        revision: String,
        /// What `git` said.
        why: String,
    },
    /// A folder for it cannot be made.
    #[error("cannot make a folder for the content of an earlier commit: {0}")]
    Folder(#[from] std::io::Error),
}

/// The folder `content/` of a site as it was at a commit, in a folder that goes
/// when it is dropped. The checkout and its index are left alone.
///
/// # Errors
/// When there is no such commit, no `git`, or no room.
pub fn content_at(root: &Path, revision: &str) -> Result<TempDir, PastError> {
    let fault = |why: &[u8]| PastError::NoCommit {
        revision: revision.to_owned(),
        why: String::from_utf8_lossy(why).trim().to_owned(),
    };
    if revision.starts_with('-') {
        return Err(fault(b"a revision does not begin with a hyphen"));
    }
    let folder = TempDir::new()?;
    let content = folder.path().join("content");
    std::fs::create_dir(&content)?;
    let repository = ask(root, &["rev-parse", "--absolute-git-dir"])
        .ok_or_else(|| fault(b"the site lies in no checkout"))?;
    // An index of its own, and a tree that is checked out elsewhere.
    let index = folder.path().join("index");
    let run = |command: &mut Command| {
        let output = command.env("GIT_INDEX_FILE", &index).output()?;
        if output.status.success() {
            Ok(())
        } else {
            Err(fault(&output.stderr))
        }
    };
    let tree = format!("{revision}:./content");
    run(Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["read-tree", &tree]))?;
    run(Command::new("git")
        .arg("--git-dir")
        .arg(repository.trim_end())
        .arg("--work-tree")
        .arg(&content)
        .args(["checkout-index", "--all"])
        .current_dir(&content))?;
    Ok(folder)
}

/// What `git` answers in `root`.
fn ask(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        // A look at a checkout does not write into it, nor follow its hooks.
        .args(["--no-optional-locks", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}
