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
mod register;
mod report;
mod rows;
mod sentence;
mod standing;
mod status;
mod theme;
mod trend;
mod ways;

use std::collections::HashMap;

use serde::Serialize;

pub use data::Facts;
pub use page::{kind, template};

use super::context::lists::ProseView;
use super::context::page::PageContext;
use super::plan::Subject;
use super::press::Press;

/// What a template is given of its page.
#[derive(Serialize)]
struct Given<'a, V> {
    page: &'a PageContext,
    view: V,
}

impl Press<'_> {
    /// Prints a page into `out`.
    ///
    /// # Errors
    /// What the template does wrong.
    pub(super) fn page(
        &self,
        subject: Subject,
        facts: &HashMap<String, Facts>,
        out: &mut Vec<u8>,
    ) -> Result<(), tera::Error> {
        let page = self.page_context(subject);
        let mut print = Print {
            press: self,
            page: &page,
            template: template(subject),
            out,
        };
        match subject {
            Subject::Home => print.view(self.home_view()),
            Subject::Organization(at) => print.view(self.organization_view(at)),
            Subject::Map(at) => print.view(self.map_view(at)),
            Subject::Theme(at, ix) => print.view(self.theme_view(at, ix)),
            Subject::CrossCutting(at) => print.view(self.cross_cutting_view(at)),
            Subject::Objective(at, ix) => print.view(self.objective_view(at, ix)),
            Subject::Kpi(at, ix) => print.view(self.kpi_view(at, ix)),
            Subject::Action(at, ix) => print.view(self.action_view(at, ix)),
            Subject::Perspective(at, ix) => print.view(self.perspective_view(at, ix)),
            Subject::Table(at) => print.view(self.table_view(at)),
            Subject::KpiList(at) => print.view(self.kpi_list_view(at)),
            Subject::ActionList(at) => print.view(self.action_list_view(at)),
            Subject::Status(at) => print.view(self.status_view(at)),
            Subject::Edition(at) => print.view(self.edition_view(at)),
            Subject::Cascade(at) => print.view(self.cascade_view(at)),
            Subject::Changes(at) => print.view(self.changes_view(at)),
            Subject::Errata(at) => print.view(self.errata_view(at)),
            Subject::Data(at) => print.view(self.data_view(at, &|url| facts.get(url).cloned())),
            Subject::Search => print.view(self.search_view()),
            Subject::Glossary => print.view(self.glossary_view()),
            Subject::Method | Subject::Accessibility | Subject::NotFound => {
                print.view(ProseView::default())
            }
            Subject::Free(at) => print.view(self.free_view(at)),
        }
    }
}

/// A page that is printed as soon as its view is there.
struct Print<'a, 'p> {
    press: &'a Press<'p>,
    page: &'a PageContext,
    template: &'static str,
    out: &'a mut Vec<u8>,
}

impl Print<'_, '_> {
    fn view(&mut self, view: impl Serialize) -> Result<(), tera::Error> {
        let given = Given {
            page: self.page,
            view,
        };
        let forms = self.press.forms;
        forms.page(self.template, &given, self.out)
    }
}
