//! `scorepress completions` and `scorepress man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Arguments, Exit, complain, print};

/// Prints completions for a shell.
pub fn completions(shell: Shell) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "scorepress", &mut text);
    print(String::from_utf8_lossy(&text).trim_end());
    Exit::Fine
}

/// Prints the manual page.
pub fn man() -> Exit {
    let mut text = Vec::new();
    match clap_mangen::Man::new(Arguments::command()).render(&mut text) {
        Ok(()) => {
            print(String::from_utf8_lossy(&text).trim_end());
            Exit::Fine
        }
        Err(error) => complain(Exit::Machine, format!("cannot print: {error}")),
    }
}
