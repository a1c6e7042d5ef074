//! The strategy map as a drawing: objectives in their rows, declared causes and
//! effects as orthogonal lanes between them. Geometry and markup only; nothing
//! here knows the model or a language.

mod relation;
mod route;

pub use relation::{Node, Relation};
