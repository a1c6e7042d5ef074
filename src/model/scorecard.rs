//! Scorecards: perspectives, themes, objectives and what hangs from them.

use std::collections::HashMap;

use jiff::civil::Date;

use super::action::Action;
use super::arena::{ActionIx, Arena, KpiIx, ObjectiveIx, OrganizationIx, PerspectiveIx, ThemeIx};
use super::code::Code;
use super::doubt::Doubt;
use super::kpi::Kpi;
use super::organization::Owner;
use super::period::{PartialDate, Period};
use super::places::Places;
use super::prose::Outline;
use super::quantity::Quantity;
use super::settings::{CodeScheme, Confidence, Sample, ScoringDefaults};
use super::text::Text;
use crate::model::lang::LangId;
use crate::span::{At, FileId, Span};

/// One organisation's plan for one period.
#[derive(Clone, Debug)]
pub struct Scorecard {
    /// Whose it is.
    pub organization: OrganizationIx,
    /// The plan period.
    pub period: Period,
    /// Its address and name in references: `organisation/period`.
    pub path: String,
    /// The same as its folder is called, in whichever calendar.
    pub folder: String,
    /// Its title.
    pub title: Text,
    /// How its codes are made.
    pub codes: CodeScheme,
    /// What the organisation is for.
    pub mission: Option<Text>,
    /// What it wants to become.
    pub vision: Option<Text>,
    /// Its core values.
    pub values: Vec<Text>,
    /// Its slogan.
    pub slogan: Option<Text>,
    /// The document it was taken from.
    pub source: Option<SourceDocument>,
    /// What the plan says of its own counts.
    pub expects: Expects,
    /// Rows of the map, top first.
    pub perspectives: Arena<PerspectiveIx, Perspective>,
    /// Columns of the map.
    pub themes: Arena<ThemeIx, Theme>,
    /// All objectives: theme by theme in map order, the cross-cutting ones last.
    pub objectives: Arena<ObjectiveIx, Objective>,
    /// All KPIs, in the order of their objectives.
    pub kpis: Arena<KpiIx, Kpi>,
    /// All action plans, in the order of their KPIs.
    pub actions: Arena<ActionIx, Action>,
    /// The latest date that a row of its ledgers carries.
    pub latest: Option<Date>,
    /// Misprints and doubts.
    pub errata: Vec<Erratum>,
    /// Narrative.
    pub notes: Vec<Note>,
    /// How it is scored.
    pub scoring: ScoringDefaults,
    /// Its sample label.
    pub sample: Option<Sample>,
    /// What of it could not be read.
    pub doubt: Doubt,
    /// Where it is written.
    pub span: Span,
    /// Where its title is written.
    pub title_span: Span,
    /// Where each code is; of two with one code, the first.
    pub by_code: HashMap<Box<str>, Item>,
}

/// Something of a scorecard that has a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A theme.
    Theme(ThemeIx),
    /// An objective.
    Objective(ObjectiveIx),
    /// A KPI.
    Kpi(KpiIx),
    /// An action plan.
    Action(ActionIx),
}

impl Scorecard {
    /// The item with that code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<Item> {
        self.by_code.get(code).copied()
    }

    /// Makes every code findable; of two with one code, the first counts.
    pub fn index(&mut self) {
        let mut by_code = HashMap::new();
        for item in self.items() {
            by_code
                .entry(Box::from(self.code(item).as_str()))
                .or_insert(item);
        }
        self.by_code = by_code;
    }

    /// The code of an item.
    #[must_use]
    pub fn code(&self, item: Item) -> &Code {
        match item {
            Item::Theme(at) => &self.themes[at].code,
            Item::Objective(at) => &self.objectives[at].code,
            Item::Kpi(at) => &self.kpis[at].code,
            Item::Action(at) => &self.actions[at].code,
        }
    }

    /// The name of an item.
    #[must_use]
    pub fn name(&self, item: Item) -> &Text {
        match item {
            Item::Theme(at) => &self.themes[at].name,
            Item::Objective(at) => &self.objectives[at].name,
            Item::Kpi(at) => &self.kpis[at].name,
            Item::Action(at) => &self.actions[at].name,
        }
    }

    /// Where an item is written.
    #[must_use]
    pub fn span(&self, item: Item) -> Span {
        match item {
            Item::Theme(at) => self.themes[at].span,
            Item::Objective(at) => self.objectives[at].span,
            Item::Kpi(at) => self.kpis[at].span,
            Item::Action(at) => self.actions[at].span,
        }
    }

    /// Every code, in the order of the plan.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let themes = self.themes.positions().map(Item::Theme);
        let objectives = self.objectives.positions().map(Item::Objective);
        let kpis = self.kpis.positions().map(Item::Kpi);
        let actions = self.actions.positions().map(Item::Action);
        themes.chain(objectives).chain(kpis).chain(actions)
    }

    /// The objectives that serve every theme.
    pub fn cross_cutting(&self) -> impl Iterator<Item = (ObjectiveIx, &Objective)> {
        self.objectives.entries().filter(|(_, o)| o.theme.is_none())
    }

    /// The misprint or doubt about a field of an item.
    #[must_use]
    pub fn erratum(&self, code: &str, field: &str) -> Option<&Erratum> {
        self.errata
            .iter()
            .find(|e| e.code == code && e.field == field)
    }

    /// The latest date that a row of its ledgers carries, found by looking at them all.
    #[must_use]
    pub fn latest_row(&self) -> Option<Date> {
        let dates = self.kpis.iter().flat_map(|kpi| {
            let targets = kpi.targets.iter().filter_map(|row| row.set_on);
            targets.chain(kpi.results.iter().filter_map(|row| row.published_on))
        });
        dates.max()
    }

    /// Whether it has neither targets nor results.
    #[must_use]
    pub fn is_plan_only(&self) -> bool {
        self.kpis
            .iter()
            .all(|k| k.targets.is_empty() && k.results.is_empty())
    }
}

/// The document a scorecard was taken from.
#[derive(Clone, Debug)]
pub struct SourceDocument {
    /// Its title.
    pub title: Text,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Who published it.
    pub publisher: Option<OrganizationIx>,
    /// Where it is.
    pub url: Option<At<String>>,
    /// What it does not contain.
    pub note: Option<Text>,
}

/// Counts that a plan states, each with the place where it does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Expects {
    /// Themes.
    pub themes: Option<At<u32>>,
    /// Objectives inside themes.
    pub objectives: Option<At<u32>>,
    /// Cross-cutting objectives.
    pub cross_cutting: Option<At<u32>>,
    /// KPIs.
    pub kpis: Option<At<u32>>,
    /// Action plans.
    pub actions: Option<At<u32>>,
}

/// A row of the map.
#[derive(Clone, Debug)]
pub struct Perspective {
    /// Its letter.
    pub code: Code,
    /// Its name.
    pub name: Text,
    /// The question it answers.
    pub question: Option<Text>,
    /// Where it is written, when it is not one of the defaults.
    pub span: Option<Span>,
}

/// A column of the map.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its letter.
    pub code: Code,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub description: Option<Text>,
    /// What the plan says of its counts.
    pub expects: Expects,
    /// Organisations that lead it.
    pub lead: Vec<OrganizationIx>,
    /// Organisations that take part.
    pub members: Vec<OrganizationIx>,
    /// Its weight in the scorecard.
    pub weight: Quantity,
    /// Where its parts are written.
    pub places: Places,
    /// Its objectives, in map order.
    pub objectives: Vec<ObjectiveIx>,
    /// Where it is written.
    pub span: Span,
}

/// A strategic objective.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub description: Option<Text>,
    /// Its theme; none when it serves every theme.
    pub theme: Option<ThemeIx>,
    /// Its row.
    pub perspective: PerspectiveIx,
    /// Who is responsible.
    pub owner: Option<Owner>,
    /// Its weight in its theme.
    pub weight: Quantity,
    /// Where its parts are written.
    pub places: Places,
    /// Its declared effects.
    pub drives: Vec<Drive>,
    /// Its KPIs.
    pub kpis: Vec<KpiIx>,
    /// Where it is written.
    pub span: Span,
}

/// A declared cause-and-effect link.
#[derive(Clone, Debug)]
pub struct Drive {
    /// The effect.
    pub to: ObjectiveIx,
    /// Why.
    pub because: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// A misprint of the source, or a doubt about its wording.
#[derive(Clone, Debug)]
pub struct Erratum {
    /// What it is about.
    pub code: String,
    /// Which field of it.
    pub field: String,
    /// The wording as published.
    pub published: String,
    /// The wording shown instead; none for a doubt.
    pub corrected: Option<String>,
    /// What a doubtful wording may have been.
    pub suspected: Option<Text>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// Why.
    pub reason: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// Narrative for whatever carries a code.
#[derive(Clone, Debug)]
pub struct Note {
    /// The code, or `mission`, `vision`, `values`, `overview`.
    pub subject: String,
    /// Its language.
    pub lang: LangId,
    /// The file it stands in.
    pub file: FileId,
    /// The Markdown, after the front matter.
    pub body: Span,
    /// What is known of it.
    pub outline: Outline,
}
