//! The command line: thin commands over the library.

mod arguments;
mod build;
mod check;
mod completions;
mod explain;
mod init;
mod merge;
mod progress;
mod schema;
mod serve;
mod site;
mod summary;
mod theme;
mod verify;

use std::io::Write as _;
use std::process::ExitCode;

pub use arguments::Arguments;
use arguments::Command;
use clap::Parser;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// The content has faults.
    Faults,
    /// The command was used wrongly.
    Usage,
    /// The machine failed us: disk, permission.
    Machine,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Faults => Self::from(1),
            Exit::Usage => Self::from(2),
            Exit::Machine => Self::from(3),
        }
    }
}

/// Reads the command line, runs the command, says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.common.colour.write_global();
    let exit = match &arguments.command {
        Command::Build(options) => build::run(&arguments.common, options),
        Command::Merge {
            output,
            parts,
            force,
            sign,
        } => merge::run(&arguments.common, output, parts, *force, sign.as_deref()),
        Command::Verify(options) => verify::run(&arguments.common, options),
        Command::Serve(options) => serve::run(&arguments.common, options),
        Command::Check(options) => check::run(&arguments.common, options),
        Command::Init { folder } => init::run(&arguments.common, folder),
        Command::Explain { rule } => explain::run(&arguments.common, rule.as_deref()),
        Command::Schema { folder } => schema::run(&arguments.common, folder.as_deref()),
        Command::Theme(command) => theme::run(&arguments.common, command),
        Command::Completions { shell } => completions::completions(*shell),
        Command::Man => completions::man(),
    };
    exit.into()
}

/// Prints a line for whoever reads the output; when nobody does any more
/// (`scorepress explain | head -1`), there is nothing left to do.
fn print(text: impl std::fmt::Display) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// The same on standard error.
fn tell(text: impl std::fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Says what went wrong, and how to go on.
fn complain(exit: Exit, message: impl std::fmt::Display) -> Exit {
    tell(format_args!("{ERROR}error:{ERROR:#} {message}"));
    exit
}

/// The style of the word `error`.
const ERROR: anstyle::Style = anstyle::AnsiColor::BrightRed.on_default().bold();
