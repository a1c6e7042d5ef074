//! Reading: files and folders become documents with spans.

pub mod decode;
pub mod entry;
pub mod yaml;

pub use crate::span::{self, At, FileId, Position, Source, Sources, Span};
