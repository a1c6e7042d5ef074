//! The data behind the pages in open formats, for people and programs that
//! reuse it.

pub mod atom;
pub mod csv;
pub mod json;
