//! Views: for each kind of page, the model's facts put into the page's context.

mod action;
mod board;
mod brand;
mod changes;
mod chart;
mod data;
mod edition;
mod feed;
mod home;
mod kpi;
mod lists;
mod map;
mod milestones;
mod objective;
mod organization;
mod page;
mod prose;
mod report;
mod rows;
mod sentence;
mod standing;
mod status;
mod theme;
mod trend;

use std::collections::HashMap;

use serde::Serialize;
use tera::Value;

pub use data::Facts;
pub use page::kind;

use super::context::lists::ProseView;
use super::plan::Subject;
use super::press::Press;

impl Press<'_> {
    /// `view`: what the page itself shows.
    pub(super) fn view(&self, subject: Subject, facts: &HashMap<String, Facts>) -> Value {
        fn value(view: &impl Serialize) -> Value {
            Value::from_serializable(view)
        }
        match subject {
            Subject::Home => value(&self.home_view()),
            Subject::Organization(at) => value(&self.organization_view(at)),
            Subject::Map(at) => value(&self.map_view(at)),
            Subject::Theme(at, ix) => value(&self.theme_view(at, ix)),
            Subject::CrossCutting(at) => value(&self.cross_cutting_view(at)),
            Subject::Objective(at, ix) => value(&self.objective_view(at, ix)),
            Subject::Kpi(at, ix) => value(&self.kpi_view(at, ix)),
            Subject::Action(at, ix) => value(&self.action_view(at, ix)),
            Subject::Perspective(at, ix) => value(&self.perspective_view(at, ix)),
            Subject::Table(at) => value(&self.table_view(at)),
            Subject::KpiList(at) => value(&self.kpi_list_view(at)),
            Subject::ActionList(at) => value(&self.action_list_view(at)),
            Subject::Status(at) => value(&self.status_view(at)),
            Subject::Edition(at) => value(&self.edition_view(at)),
            Subject::Cascade(at) => value(&self.cascade_view(at)),
            Subject::Changes(at) => value(&self.changes_view(at)),
            Subject::Errata(at) => value(&self.errata_view(at)),
            Subject::Data(at) => value(&self.data_view(at, &|url| facts.get(url).cloned())),
            Subject::Search => value(&self.search_view()),
            Subject::Glossary => value(&self.glossary_view()),
            Subject::Method | Subject::Accessibility | Subject::NotFound => {
                value(&ProseView::default())
            }
            Subject::Free(at) => value(&self.free_view(at)),
        }
    }
}
