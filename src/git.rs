//! The checkout that a site's sources lie in, asked of `git` itself. Without
//! one, or without the program, a site is the same but says nothing of commits.

use std::path::Path;
use std::process::Command;

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
