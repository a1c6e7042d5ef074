//! Views: for each kind of page, the model's facts put into the page's context.

mod action;
mod changes;
mod chart;
pub mod data;
mod home;
mod kpi;
mod lists;
mod map;
mod objective;
mod organization;
mod page;
mod prose;
mod rows;
mod sentence;
mod status;
mod theme;
