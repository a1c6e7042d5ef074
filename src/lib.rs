//! Scorepress.
pub mod chart;
pub mod diagnostic;
pub mod source;
