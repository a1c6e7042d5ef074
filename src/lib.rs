//! Scorepress.
pub mod assemble;
pub mod check;
pub mod diagnostic;
pub mod evaluate;
pub mod model;
pub mod source;
pub mod span;
