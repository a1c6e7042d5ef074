//! Scorepress.
pub mod assemble;
pub mod chart;
pub mod check;
pub mod diagnostic;
pub mod evaluate;
pub mod interchange;
pub mod model;
pub mod publish;
pub mod site;
pub mod source;
pub mod span;
