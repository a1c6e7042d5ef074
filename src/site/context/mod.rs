//! What templates are given: the theme author's interface. Plain data, one
//! type a page, documented here and nowhere else; `docs/theme.md` is made from
//! these types. A change that breaks a theme raises
//! [`CONTRACT`](super::theme::CONTRACT).

pub mod edition;
pub mod kpi;
pub mod lists;
pub mod page;
pub mod plan;
pub mod shared;
