//! The checkout that a site's sources lie in, asked of `git` itself. Without
//! one, or without the program, a site is the same but says nothing of commits.

mod command;
pub mod history;
mod lines;
mod patch;
mod replay;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::message::Message;
use crate::say;
use command::{answer, look, may_be_looked_at, without_filters};

/// Where a checkout stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// Whether something below `content/` or `themes/` differs from it.
    pub modified: bool,
}

/// A checkout, and what in it differs from its commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// Where it stands.
    pub head: Head,
    /// The files below `content/` and `themes/` that differ from the commit, relative
    /// to the site.
    pub changed: BTreeSet<String>,
    /// Whether it is a shallow clone, which may be deepened.
    pub is_shallow: bool,
}

/// The checkout that `root` lies in.
#[must_use]
pub fn checkout(root: &Path) -> Option<Checkout> {
    if !may_be_looked_at(root) {
        return None;
    }
    let told = ask(
        root,
        &[
            "rev-parse",
            "--is-shallow-repository",
            "--show-prefix",
            "HEAD",
        ],
    )?;
    let (is_shallow, told) = told.split_once('\n')?;
    let (prefix, hash) = told.split_once('\n')?;
    let commit = hash.trim();
    let is_hash = commit.len() >= 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
    let mut status = look(root);
    status.args([
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignore-submodules=dirty",
        "--",
        "content",
        "themes",
    ]);
    without_filters(root, &mut status)?;
    let listed = answer(status)?;
    // What the index was told to take for unchanged is not known to be so.
    let flagged = ask(root, &["ls-files", "-v", "-z", "--", "content", "themes"])?;
    let is_flagged = |entry: &str| entry.starts_with(|tag: char| tag == 'S' || tag.is_lowercase());
    let flagged = flagged.split('\0').filter(|entry| is_flagged(entry));
    let flagged: BTreeSet<_> = flagged
        .filter_map(|entry| entry.get(2..))
        .map(str::to_owned)
        .collect();
    let of_site = |entry: &str| entry.get(3..)?.strip_prefix(prefix).map(str::to_owned);
    let is_entry = |entry: &&str| !entry.is_empty();
    is_hash.then(|| Checkout {
        head: Head {
            commit: commit.to_owned(),
            modified: !flagged.is_empty() || listed.split('\0').any(|entry| !entry.is_empty()),
        },
        changed: (listed.split('\0').filter(is_entry))
            .filter_map(of_site)
            .chain(flagged)
            .collect(),
        is_shallow: is_shallow != "false",
    })
}

/// Where the checkout stands that `root` lies in.
#[must_use]
pub fn head(root: &Path) -> Option<Head> {
    checkout(root).map(|checkout| checkout.head)
}

/// A file or folder of another commit could not be had.
#[derive(Debug)]
pub enum PastError {
    /// `git` cannot tell.
    NoCommit {
        /// What was asked for.
        revision: String,
        /// What `git` said.
        why: Message,
    },
    /// A folder for it cannot be made.
    Folder(std::io::Error),
}

impl PastError {
    /// What is wrong.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::NoCommit { revision, why } => say!(
                "`{revision}` names no commit here that holds content/: {why}",
                revision,
                why
            ),
            Self::Folder(cause) => say!(
                "cannot make a folder for the content of an earlier commit: {cause}",
                cause
            ),
        }
    }
}

impl From<std::io::Error> for PastError {
    fn from(cause: std::io::Error) -> Self {
        Self::Folder(cause)
    }
}

/// The folder `content/` of a site as it was at a commit, in a folder that goes
/// when it is dropped. The checkout and its index are left alone.
///
/// # Errors
/// When there is no such commit, no `git`, or no room.
pub fn content_at(root: &Path, revision: &str) -> Result<TempDir, PastError> {
    let fault = |why: Message| PastError::NoCommit {
        revision: revision.to_owned(),
        why,
    };
    if revision.starts_with('-') {
        return Err(fault(say!("a revision does not begin with a hyphen")));
    }
    let folder = TempDir::new()?;
    let content = folder.path().join("content");
    std::fs::create_dir(&content)?;
    let repository = ask(root, &["rev-parse", "--absolute-git-dir"])
        .ok_or_else(|| fault(say!("the site lies in no checkout")))?;
    // An index of its own, and a tree that is checked out elsewhere.
    let index = folder.path().join("index");
    let run = |command: &mut Command| {
        without_filters(root, command)
            .ok_or_else(|| fault(say!("its configuration cannot be read")))?;
        let output = (command.env("GIT_INDEX_FILE", &index))
            .stderr(Stdio::piped())
            .output()?;
        if output.status.success() {
            Ok(())
        } else {
            let told = String::from_utf8_lossy(&output.stderr);
            Err(fault(Message::foreign(told.trim())))
        }
    };
    let tree = format!("{revision}:./content");
    run(look(root).args(["read-tree", &tree]))?;
    run(look(&content)
        .arg("--git-dir")
        .arg(repository.trim_end())
        .arg("--work-tree")
        .arg(&content)
        .args(["checkout-index", "--all"]))?;
    Ok(folder)
}

/// What `git` answers in `root`.
fn ask(root: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = look(root);
    command.args(arguments);
    answer(command)
}
