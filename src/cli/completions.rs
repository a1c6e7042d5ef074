//! `scorepress completions` and `scorepress man`.

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Arguments, Exit, complain};

/// Prints completions for a shell.
pub fn completions(shell: Shell) -> Exit {
    clap_complete::generate(
        shell,
        &mut Arguments::command(),
        "scorepress",
        &mut io::stdout(),
    );
    Exit::Fine
}

/// Prints the manual page.
pub fn man() -> Exit {
    match clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout()) {
        Ok(()) => Exit::Fine,
        Err(error) => complain(Exit::Machine, format!("cannot print: {error}")),
    }
}
