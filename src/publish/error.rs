//! What can keep a site from being published.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::OutputPath;

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
#[derive(Debug, Error)]
pub enum PublishError {
    /// Two files of the site have one path, at least where case does not count.
    #[error(
        "`{first}` and `{second}` would be the same file, at least where case does not count; \
         give them different names"
    )]
    SameFile {
        /// The path that was there first.
        first: OutputPath,
        /// The path that came later.
        second: OutputPath,
    },
    /// One path would have to be a file and a folder.
    #[error("`{path}` is planned as a file and, for other files, as a folder; rename one of them")]
    FileAndFolder {
        /// The path.
        path: String,
    },
    /// The site plans a file whose name the publisher needs.
    #[error("`{path}` is written by every build itself; give your file another name")]
    Reserved {
        /// The path.
        path: OutputPath,
    },
    /// The output has no name of its own, such as `/`.
    #[error("{} cannot be the output folder: give `--output` a folder with a name", output.display())]
    Nameless {
        /// The output as it was given.
        output: PathBuf,
    },
    /// The key did not sign the manifest.
    #[error("the manifest cannot be signed: {0}")]
    Unsigned(ssh_key::Error),
    /// The output is a symbolic link, which a swap would replace.
    #[error(
        "the output {} is a symbolic link; give `--output` the folder it leads to, or remove the link",
        output.display()
    )]
    Link {
        /// The output.
        output: PathBuf,
    },
    /// Something other than a folder stands where the output should be.
    #[error(
        "the output {} is not a folder; move it away or give `--output` another place",
        output.display()
    )]
    NotAFolder {
        /// The output.
        output: PathBuf,
    },
    /// The output holds files that no earlier build wrote.
    #[error(
        "the output {} holds {count} file(s) that no earlier build wrote, such as {}; \
         move them away, give `--output` another folder, or build with `--force`, \
         which deletes them (files and folders whose names start with a dot may stay)",
        output.display(), samples.join(", ")
    )]
    Foreign {
        /// The output.
        output: PathBuf,
        /// How many such files there are.
        count: usize,
        /// The first few, relative to the output.
        samples: Vec<String>,
    },
    /// The output holds the sources of a site, which no option may delete.
    #[error(
        "the output {} holds the sources of a site ({file}); give `--output` a folder of its own",
        output.display()
    )]
    Sources {
        /// The output.
        output: PathBuf,
        /// The file that gives it away, relative to the output.
        file: String,
    },
    /// A part of a site would replace the whole, or another part.
    #[error(
        "the output {} holds a whole site or another part of one; give `--output` a folder \
         for each part, or build with `--force`",
        output.display()
    )]
    OtherPart {
        /// The output.
        output: PathBuf,
    },
    /// A folder is not the part of a site that it should be.
    #[error("{} cannot be merged: {why}; build that part again", folder.display())]
    Part {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Parts of a site are not there.
    #[error("the site is not whole: {} missing; give the folders of all parts", match missing.len() {
        0 => "every part is".to_owned(),
        1 => format!("part {} is", missing.join("")),
        _ => format!("parts {} are", missing.join(", ")),
    })]
    Parts {
        /// Which, such as `2/8`.
        missing: Vec<String>,
    },
    /// A dotfile that must stay lies where the site plans a file.
    #[error(
        "{} lies in a folder of that name, but the site now has a file `{planned}`; \
         move the dotfile away or rename the file",
        kept.display()
    )]
    InTheWay {
        /// The dotfile, relative to the output.
        kept: PathBuf,
        /// The planned file.
        planned: OutputPath,
    },
    /// A folder inside an output that cannot be swapped is a symbolic link, so
    /// that writing through it would leave the output.
    #[error("{} is a symbolic link inside the output; remove it and build again", path.display())]
    LinkInside {
        /// The link.
        path: PathBuf,
    },
    /// Another build has been publishing to the same output for too long.
    #[error(
        "another build is publishing to {}; wait for it to end, or end it, and build again",
        output.display()
    )]
    Busy {
        /// The output.
        output: PathBuf,
    },
    /// The machine failed before anything was published.
    #[error(
        "cannot {action} {}: {cause}; the output is as it was; {}",
        path.display(), remedy(cause)
    )]
    Machine {
        /// What was tried, as an infinitive.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The machine failed while files were replaced one by one.
    #[error(
        "cannot {action} {}: {cause}; the output could not be swapped as a whole, and some of its \
         files are still those of the former site; {}",
        path.display(), remedy(cause)
    )]
    Unfinished {
        /// What was tried, as an infinitive.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl PublishError {
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
    pub(super) fn machine(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
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

/// What to do about a failure of the machine.
fn remedy(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space on that disk and build again"
        }
        io::ErrorKind::PermissionDenied => {
            "see who may write there, or give `--output` another folder, and build again"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "give `--output` a folder on a disk that can be written"
        }
        _ => "mend the cause and build again",
    }
}
