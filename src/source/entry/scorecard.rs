//! `scorecard.yaml`: one organisation's plan for one period.

use super::plan::{ActionEntry, KpiEntry, ObjectiveEntry, ThemeEntry};
use super::shared::{BandsEntry, LocalText, SampleEntry};
use crate::entry;
use crate::model::quantity::Quantity;
use crate::model::settings::{CodeScheme, Confidence, Missing};
use crate::source::span::At;

entry! {
    /// A scorecard. Any of its lists may stand in a file of its own beside it
    /// (`kpis.yaml`) or in a folder of files (`themes/a.yaml`).
    pub struct ScorecardEntry ("scorecard.yaml") {
        /// The plan's title.
        required title: LocalText,
        /// The plan period, the same as the folder's name; may be left out.
        optional period: At<String>,
        /// `strict` (theme, perspective, number) or `free`.
        optional codes: At<CodeScheme>,
        /// What the organisation is for.
        optional mission: LocalText,
        /// What it wants to become.
        optional vision: LocalText,
        /// Its core values.
        list values: LocalText,
        /// Its slogan.
        optional slogan: LocalText,
        /// The document the scorecard was taken from.
        optional source: SourceDocumentEntry,
        /// What the plan itself says of its counts; the build proves it.
        optional expects: ExpectsEntry,
        /// The scorecard above this one, as `organisation/period`.
        optional parent: At<String>,
        /// Rows of the map, top first; the four classic ones by default.
        list perspectives: PerspectiveEntry,
        /// Objectives that serve every theme.
        list cross_cutting: ObjectiveEntry,
        /// Columns of the map.
        list themes: ThemeEntry,
        /// Objectives kept outside their theme; the code (or `theme:`) says where they belong.
        list objectives: ObjectiveEntry,
        /// KPIs kept outside their objective; the code (or `objective:`) says where they belong.
        list kpis: KpiEntry,
        /// Action plans kept outside their KPI; the code (or `kpi:`) says where they belong.
        list actions: ActionEntry,
        /// Wording that the source misprints.
        list errata: ErratumEntry,
        /// Where statuses begin.
        optional bands: BandsEntry,
        /// The share of weight (0 to 1) that must have a score before a composite is shown.
        optional minimum_coverage: At<Quantity>,
        /// What a child without a score does to its parent.
        optional missing: At<Missing>,
        /// Days after the end of a period in which its result may still be published without being late.
        optional reporting_days: At<u32>,
        /// Labels this scorecard's pages as sample data: `true`, or the words of the label.
        optional sample: SampleEntry,
    }
}

entry! {
    /// The document a scorecard was taken from.
    pub struct SourceDocumentEntry ("a source") {
        /// Its title.
        required title: LocalText,
        /// When it was published: a year, a month or a day.
        optional published: At<String>,
        /// Who published it: an id of organizations.yaml.
        optional publisher: At<String>,
        /// Where it is.
        optional url: At<String>,
        /// What the document does not contain, or how it was read.
        optional note: LocalText,
    }
}

entry! {
    /// Counts that a plan states of itself.
    pub struct ExpectsEntry ("expects") {
        /// Themes.
        optional themes: At<u32>,
        /// Objectives, the cross-cutting ones not counted.
        optional objectives: At<u32>,
        /// Cross-cutting objectives.
        optional cross_cutting: At<u32>,
        /// KPIs.
        optional kpis: At<u32>,
        /// Action plans.
        optional actions: At<u32>,
    }
}

entry! {
    /// A row of the map.
    pub struct PerspectiveEntry ("a perspective") {
        /// Its letter in codes.
        required code: At<String>,
        /// Its name.
        required name: LocalText,
        /// The question it answers.
        optional question: LocalText,
    }
}

entry! {
    /// A misprint of the source, or a doubt about its wording.
    pub struct ErratumEntry ("an erratum") {
        /// The code of what it is about.
        required code: At<String>,
        /// The field: `name` unless stated.
        optional field: At<String>,
        /// The wording as published.
        required published: At<String>,
        /// The wording the page shows instead. Without it the published wording stays and is listed as doubtful.
        optional corrected: At<String>,
        /// What a doubtful wording may have been.
        optional suspected: LocalText,
        /// How sure that is.
        optional confidence: At<Confidence>,
        /// Why.
        optional reason: LocalText,
    }
}
