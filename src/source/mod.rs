//! Reading: files and folders become documents with spans.

pub mod markdown;
pub mod span;

pub use span::{At, FileId, Position, Source, Sources, Span};
