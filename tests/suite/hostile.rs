//! Input of somebody who means harm: nothing of it runs, nothing outside is read
//! or written, nothing hangs, and each refusal names its place.

#[cfg(target_os = "linux")]
mod checkouts;
mod corpus;
mod fields;
mod limits;
mod outputs;
mod paths;
mod tables;
