//! What can keep a site from being published.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::OutputPath;
use crate::message::Message;
use crate::say;

/// Whose fault an error is; the exit code follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The site plans files that cannot stand together (exit code 1).
    Content,
    /// The output was chosen wrongly (exit code 2).
    Usage,
    /// The disk or a permission failed us (exit code 3).
    Machine,
}

/// Why the site was not published. Each message says what to do.
#[derive(Debug)]
pub enum PublishError {
    /// Two files of the site have one path, at least where case does not count.
    SameFile {
        /// The path that was there first.
        first: OutputPath,
        /// The path that came later.
        second: OutputPath,
    },
    /// One path would have to be a file and a folder.
    FileAndFolder {
        /// The path.
        path: String,
    },
    /// The site plans a file whose name the publisher needs.
    Reserved {
        /// The path.
        path: OutputPath,
    },
    /// The output has no name of its own, such as `/`.
    Nameless {
        /// The output as it was given.
        output: PathBuf,
    },
    /// The key did not sign the manifest.
    Unsigned(ssh_key::Error),
    /// The output is a symbolic link, which a swap would replace.
    Link {
        /// The output.
        output: PathBuf,
    },
    /// Something other than a folder stands where the output should be.
    NotAFolder {
        /// The output.
        output: PathBuf,
    },
    /// The output holds files that no earlier build wrote.
    Foreign {
        /// The output.
        output: PathBuf,
        /// How many such files there are.
        count: usize,
        /// The first few, relative to the output.
        samples: Vec<String>,
    },
    /// The output holds the sources of a site, which no option may delete.
    Sources {
        /// The output.
        output: PathBuf,
        /// The file that gives it away, relative to the output.
        file: String,
    },
    /// A part of a site would replace the whole, or another part.
    OtherPart {
        /// The output.
        output: PathBuf,
    },
    /// A folder is not the part of a site that it should be.
    Part {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        why: Message,
    },
    /// Parts of a site are not there.
    Parts {
        /// Which, such as `2/8`.
        missing: Vec<String>,
    },
    /// A dotfile that must stay lies where the site plans a file.
    InTheWay {
        /// The dotfile, relative to the output.
        kept: PathBuf,
        /// The planned file.
        planned: OutputPath,
    },
    /// A folder inside an output that cannot be swapped is a symbolic link, so
    /// that writing through it would leave the output.
    LinkInside {
        /// The link.
        path: PathBuf,
    },
    /// Another build has been publishing to the same output for too long.
    Busy {
        /// The output.
        output: PathBuf,
    },
    /// The machine failed before anything was published.
    Machine {
        /// What was tried, as an infinitive.
        action: Message,
        /// With what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The machine failed while files were replaced one by one.
    Unfinished {
        /// What was tried, as an infinitive.
        action: Message,
        /// With what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl PublishError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::SameFile { first, second } => say!(
                "`{first}` and `{second}` would be the same file, at least where case does not count; give them different names",
                first = first.to_string(),
                second = second.to_string()
            ),
            Self::FileAndFolder { path } => say!(
                "`{path}` is planned as a file and, for other files, as a folder; rename one of them",
                path
            ),
            Self::Reserved { path } => say!(
                "`{path}` is written by every build itself; give your file another name",
                path = path.to_string()
            ),
            Self::Unsigned(cause) => say!(
                "the manifest cannot be signed: {cause}",
                cause = cause.to_string()
            ),
            Self::Part { folder, why } => say!(
                "{folder} cannot be merged: {why}; build that part again",
                folder = shown(folder),
                why
            ),
            Self::Parts { missing } => parts_missing(missing),
            Self::InTheWay { kept, planned } => say!(
                "{kept} lies in a folder of that name, but the site now has a file `{planned}`; move the dotfile away or rename the file",
                kept = shown(kept),
                planned = planned.to_string()
            ),
            Self::LinkInside { path } => say!(
                "{path} is a symbolic link inside the output; remove it and build again",
                path = shown(path)
            ),
            Self::Machine {
                action,
                path,
                cause,
            } => say!(
                "cannot {action} {path}: {cause}; the output is as it was; {remedy}",
                action,
                path = shown(path),
                cause,
                remedy = remedy(cause)
            ),
            Self::Unfinished {
                action,
                path,
                cause,
            } => say!(
                "cannot {action} {path}: {cause}; the output could not be swapped as a whole, and some of its files are still those of the former site; {remedy}",
                action,
                path = shown(path),
                cause,
                remedy = remedy(cause)
            ),
            Self::Nameless { output }
            | Self::Link { output }
            | Self::NotAFolder { output }
            | Self::OtherPart { output }
            | Self::Busy { output }
            | Self::Foreign { output, .. }
            | Self::Sources { output, .. } => self.of_output(&shown(output)),
        }
    }

    /// What is wrong with the output itself.
    fn of_output(&self, output: &str) -> Message {
        match self {
            Self::Nameless { .. } => say!(
                "{output} cannot be the output folder: give `--output` a folder with a name",
                output
            ),
            Self::Link { .. } => say!(
                "the output {output} is a symbolic link; give `--output` the folder it leads to, or remove the link",
                output
            ),
            Self::Foreign { count, samples, .. } => say!(
                "the output {output} holds {count} file(s) that no earlier build wrote, such as {samples}; move them away, give `--output` another folder, or build with `--force`, which deletes them (files and folders whose names start with a dot may stay)",
                output,
                count,
                samples = samples.join(", ")
            ),
            Self::Sources { file, .. } => say!(
                "the output {output} holds the sources of a site ({file}); give `--output` a folder of its own",
                output,
                file
            ),
            Self::OtherPart { .. } => say!(
                "the output {output} holds a whole site or another part of one; give `--output` a folder for each part, or build with `--force`",
                output
            ),
            Self::Busy { .. } => say!(
                "another build is publishing to {output}; wait for it to end, or end it, and build again",
                output
            ),
            _ => say!(
                "the output {output} is not a folder; move it away or give `--output` another place",
                output
            ),
        }
    }

    /// Whose fault it is.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::SameFile { .. } | Self::FileAndFolder { .. } | Self::Reserved { .. } => {
                Fault::Content
            }
            Self::Unsigned(_)
            | Self::Nameless { .. }
            | Self::Link { .. }
            | Self::NotAFolder { .. }
            | Self::Foreign { .. }
            | Self::Sources { .. }
            | Self::OtherPart { .. }
            | Self::Part { .. }
            | Self::Parts { .. }
            | Self::InTheWay { .. }
            | Self::LinkInside { .. } => Fault::Usage,
            Self::Busy { .. } | Self::Machine { .. } | Self::Unfinished { .. } => Fault::Machine,
        }
    }

    /// A failure of the machine to do `action` with `path`.
    pub(super) fn machine(action: Message, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |cause| Self::Machine {
            action,
            path,
            cause,
        }
    }

    /// The same failure, once files have begun to be replaced one by one.
    pub(super) fn unfinished(self) -> Self {
        match self {
            Self::Machine {
                action,
                path,
                cause,
            } => Self::Unfinished {
                action,
                path,
                cause,
            },
            other => other,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for PublishError {}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn parts_missing(missing: &[String]) -> Message {
    match missing {
        [] => say!("the site is not whole: every part is missing; give the folders of all parts"),
        [part] => say!(
            "the site is not whole: part {part} is missing; give the folders of all parts",
            part
        ),
        parts => say!(
            "the site is not whole: parts {parts} are missing; give the folders of all parts",
            parts = parts.join(", ")
        ),
    }
}

/// What to do about a failure of the machine.
fn remedy(cause: &io::Error) -> Message {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            say!("free some space on that disk and build again")
        }
        io::ErrorKind::PermissionDenied => {
            say!("see who may write there, or give `--output` another folder, and build again")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            say!("give `--output` a folder on a disk that can be written")
        }
        _ => say!("mend the cause and build again"),
    }
}
