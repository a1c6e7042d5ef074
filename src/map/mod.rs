//! The strategy map as a drawing: objectives in their rows, declared causes and
//! effects as orthogonal lanes between them; and the organisation chart.
//! Geometry and markup only; nothing here knows the model or a language.

mod badge;
mod board;
mod columns;
mod hierarchy;
mod picture;
mod route;
mod rows;
mod tracks;

#[cfg(test)]
mod tests;

pub use board::{Board, Frame, Heading, Layout, Line, Node};
pub use hierarchy::{Branch, Hierarchy};
pub use picture::BOARD_CSS;
