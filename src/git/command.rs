//! `git` as it may look at a checkout: it writes nothing, asks nobody and runs no
//! program that the repository's own configuration names.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use walkdir::WalkDir;

/// Settings of a repository that would run something, or change what is printed.
///
/// The settings of the machine and of its user stay: they are trusted, and may say
/// that a checkout of somebody else is safe to read.
const SETTINGS: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotepath=off",
    "core.alternateRefsCommand=",
    // What is larger is no source of a site.
    "core.bigFileThreshold=32m",
    "diff.external=",
    "diff.renameLimit=1000",
    "i18n.logOutputEncoding=UTF-8",
    "log.showRoot=true",
    "log.showSignature=false",
    "log.follow=false",
    "log.diffMerges=separate",
    "protocol.allow=never",
];

/// What an environment says of some repository, as in a hook, or of how to compare: it
/// is the checkout around the site that is looked at, and always in the same way.
const SURROUNDINGS: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// A command that looks at the checkout that `root` lies in.
pub(super) fn look(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root);
    command.args([
        "--no-optional-locks",
        "--no-pager",
        "--no-replace-objects",
        "--literal-pathspecs",
    ]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    for name in SURROUNDINGS {
        command.env_remove(name);
    }
    command
        // A partial clone would fetch what it lacks.
        .env("GIT_ALLOW_PROTOCOL", "none")
        // Grafts would give a commit other parents than its hash stands for.
        .env("GIT_GRAFT_FILE", "/dev/null")
        // Names are bytes in every locale.
        .env("LC_ALL", "C")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What a command answers; nothing where it fails or answers in no text.
pub(super) fn answer(command: Command) -> Option<String> {
    String::from_utf8(bytes(command)?).ok()
}

/// The same, text or not.
fn bytes(mut command: Command) -> Option<Vec<u8>> {
    let output = command.output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// Switches off the filters that a repository's own configuration names: looking
/// for changed files would run them. Nothing where it cannot be told which there are.
pub(super) fn without_filters(root: &Path, command: &mut Command) -> Option<()> {
    let mut ask = look(root);
    // Names need not be text, so they are not asked for by a pattern.
    ask.args([
        "config",
        "--includes",
        "--show-scope",
        "--null",
        "--name-only",
        "--list",
    ]);
    let listed = bytes(ask)?;
    let mut parts = listed.split(|byte| *byte == 0);
    // After those that the surroundings set.
    let own = std::env::var("GIT_CONFIG_COUNT").ok();
    let own: usize = own.and_then(|count| count.parse().ok()).unwrap_or(0);
    let mut count = own;
    while let (Some(scope), Some(name)) = (parts.next(), parts.next()) {
        let is_trusted = matches!(scope, b"system" | b"global" | b"command");
        if is_trusted || !name.starts_with(b"filter.") {
            continue;
        }
        let value = if name.ends_with(b".required") {
            "false"
        } else {
            ""
        };
        command.env(format!("GIT_CONFIG_KEY_{count}"), os_string(name)?);
        command.env(format!("GIT_CONFIG_VALUE_{count}"), value);
        count += 1;
    }
    if count > own {
        command.env("GIT_CONFIG_COUNT", count.to_string());
    }
    Some(())
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "where names are text, some bytes are none"
)]
fn os_string(name: &[u8]) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Some(OsString::from_vec(name.to_vec()))
}

#[cfg(not(unix))]
fn os_string(name: &[u8]) -> Option<OsString> {
    String::from_utf8(name.to_vec()).ok().map(OsString::from)
}

/// Whether `git` can look below `content/` and `themes/` without waiting for ever: it
/// opens whatever has the name of one of its own files.
pub(super) fn may_be_looked_at(root: &Path) -> bool {
    let is_open = |folder: &Path| {
        [".gitattributes", ".gitignore"].iter().all(|name| {
            fs::symlink_metadata(folder.join(name)).map_or(true, |found| {
                found.is_file() || found.is_symlink() || found.is_dir()
            })
        })
    };
    let below = ["content", "themes"].into_iter().flat_map(|folder| {
        let entries = WalkDir::new(root.join(folder)).into_iter().flatten();
        entries.filter(|entry| entry.file_type().is_dir())
    });
    let above = fs::canonicalize(root);
    above.is_ok_and(|above| above.ancestors().all(is_open))
        && below.into_iter().all(|folder| is_open(folder.path()))
}
