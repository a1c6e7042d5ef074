//! Scorepress.
pub mod diagnostic;
pub mod publish;
pub mod source;
