//! `git` as it may look at a checkout: it writes nothing, asks nobody and runs no
//! program that the repository's own configuration names.

use std::path::Path;
use std::process::{Command, Stdio};

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
    "GIT_GRAFT_FILE",
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
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What a command answers; nothing where it fails or answers in no text.
pub(super) fn answer(mut command: Command) -> Option<String> {
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// Switches off the filters that a repository's own configuration names: looking
/// for changed files would run them.
pub(super) fn without_filters(root: &Path, command: &mut Command) {
    let mut ask = look(root);
    ask.args([
        "config",
        "--includes",
        "--show-scope",
        "--null",
        "--name-only",
        "--get-regexp",
        r"^filter\..*\.(clean|smudge|process|required)$",
    ]);
    let listed = answer(ask).unwrap_or_default();
    let mut parts = listed.split('\0');
    let mut count = 0;
    while let (Some(scope), Some(name)) = (parts.next(), parts.next()) {
        if matches!(scope, "local" | "worktree") {
            let value = if name.ends_with(".required") {
                "false"
            } else {
                ""
            };
            command.env(format!("GIT_CONFIG_KEY_{count}"), name);
            command.env(format!("GIT_CONFIG_VALUE_{count}"), value);
            count += 1;
        }
    }
    if count > 0 {
        command.env("GIT_CONFIG_COUNT", count.to_string());
    }
}
