//! The strategy map as a drawing: objectives in their rows, declared causes and
//! effects as orthogonal lanes between them. Geometry and markup only; nothing
//! here knows the model or a language.

mod board;
mod picture;
mod route;
mod tracks;

#[cfg(test)]
mod tests;

pub use board::{Board, Frame, Heading, Layout, Node};
pub use picture::BOARD_CSS;
