//! The `scorepress` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    scorepress::cli::run()
}
