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

mod checkout;
mod colours;
mod commands;
mod content;
mod demo;
mod determinism;
mod edits;
mod examples;
mod faults;
mod first_site;
#[cfg(target_os = "linux")]
mod full_disk;
mod grounds;
mod harmless;
mod history;
mod hostile;
mod kept;
#[cfg(target_os = "linux")]
mod killer;
#[cfg(target_os = "linux")]
mod kills;
#[cfg(target_os = "linux")]
mod meant;
mod mounts;
mod officers;
#[cfg(target_os = "linux")]
mod outputs;
mod past;
mod pictures;
mod privacy;
mod provenance;
mod publishing;
#[cfg(target_os = "linux")]
mod reader;
mod reading;
mod receipts;
mod register;
#[cfg(target_os = "linux")]
mod rights;
mod sarif;
mod scale;
mod scoring;
mod serve;
mod shards;
mod site;
mod slips;
mod slips_of_codes;
mod theme;
#[cfg(target_os = "linux")]
mod turns;
#[cfg(target_os = "linux")]
mod twins;
mod verify;
mod words;
