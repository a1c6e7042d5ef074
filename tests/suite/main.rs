//! Scorepress as its users meet it: a small site goes in, the command runs,
//! the output is read back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    clippy::format_collect,
    clippy::similar_names,
    clippy::too_many_lines,
    clippy::items_after_statements,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that cannot go on should stop and say where"
)]

mod colours;
mod commands;
mod content;
mod demo;
mod determinism;
mod faults;
mod first_site;
mod hostile;
mod kept;
mod officers;
mod past;
mod privacy;
mod publishing;
mod scale;
mod scoring;
mod serve;
mod shards;
mod site;
mod theme;
mod verify;
mod words;
