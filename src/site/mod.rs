//! The site: what readers get, planned page by page and rendered by a theme.

pub mod address;
pub mod attachments;
pub mod brand;
pub mod context;
pub mod contrast;
mod desk;
mod drawn;
pub mod edition;
mod figure;
pub mod form;
pub mod guide;
pub mod links;
pub mod locale;
mod names;
pub mod pictures;
pub mod plan;
pub mod press;
pub mod privacy;
pub mod render;
pub mod subject;
pub mod theme;
mod view;
