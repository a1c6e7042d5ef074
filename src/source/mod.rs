//! Reading: files and folders become documents with spans.

pub mod decode;
pub mod documents;
pub mod entry;
pub mod fingerprint;
pub mod folder;
pub mod glance;
pub mod listing;
pub mod markdown;
pub mod meant;
mod medium;
mod misnamed;
mod role;
pub(crate) mod stamp;
pub mod table;
pub mod tree;
pub mod yaml;

pub use crate::span::{self, At, FileId, Position, Source, Sources, Span};
