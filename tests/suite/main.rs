//! Scorepress as its users meet it: a small site goes in, the command runs,
//! the output is read back.

mod commands;
mod content;
mod demo;
mod determinism;
mod faults;
mod first_site;
mod publishing;
mod scale;
mod scoring;
mod site;
mod theme;
