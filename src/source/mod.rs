//! Reading: files and folders become documents with spans.

pub mod span;
pub mod table;

pub use span::{At, FileId, Position, Source, Sources, Span};
