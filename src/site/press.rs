//! The press of one language: turns pieces of the model into the words, links
//! and figures that pages show.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use super::address::Within;
use super::brand::Brands;
use super::context::shared::{
    Count, ItemLink, Label, Link, Score, SourceLine, StatusCount, StatusTag,
};
use super::drawn::Drawn;
use super::form::{Forms, Printed};
use super::links::Links;
use super::locale::Words;
use super::names::Names;
use super::plan::Subject;
use crate::evaluate::rollup::Composite;
use crate::evaluate::status::{Counts, Status};
use crate::evaluate::{Evaluation, ScorecardResult};
use crate::git::history::Commit;
use crate::model::arena::{KpiIx, OrganizationIx, ScorecardIx, ThemeIx};
use crate::model::lang::LangId;
use crate::model::organization::Owner;
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::scorecard::{Item, Scorecard};
use crate::model::settings::Calendar;
use crate::model::text::Text;
use crate::model::{ObjectiveIx, Publication};
use crate::provenance::{Past, Provenance, SetBy};
use crate::register::Register;
use crate::span::{Sources, Span};

/// Everything pages of one language are made from.
#[derive(Clone)]
pub struct Press<'a> {
    /// The model.
    pub publication: &'a Publication,
    /// Its results.
    pub evaluation: &'a Evaluation,
    /// Its sources, for provenance and notes.
    pub sources: &'a Sources,
    /// Which commits set them.
    pub provenance: &'a Provenance<'a>,
    /// The history they come from.
    pub past: &'a Past,
    /// Every goalpost that was moved.
    pub register: &'a Register,
    /// Its links, read backwards.
    pub links: &'a Links<'a>,
    /// The language.
    pub lang: LangId,
    /// Its words.
    pub words: &'a Words,
    /// The classes of accents.
    pub brands: &'a Brands,
    /// The address of the site, ending in `/`, where it is known.
    pub base_url: Option<&'a str>,
    /// The commit the sources are at, where it is known.
    pub commit: Option<&'a str>,
    /// The edition that is made, where everything is to be on one page.
    pub within: Option<Within>,
    /// Periods and days as they were written before.
    pub names: &'a Names,
    /// The theme's components, for rows that are printed one by one.
    pub forms: &'a Forms<'a>,
    /// The chart that was drawn last, where files are made one after the other.
    pub drawn: Option<&'a Drawn>,
    /// What leads from the page that is made to the root of the site.
    pub root: Cow<'a, str>,
}

impl<'a> Press<'a> {
    /// The same press, set for one page.
    #[must_use]
    pub fn at(&self, subject: Subject) -> Self {
        Self {
            root: self.root_of(subject).into(),
            ..self.clone()
        }
    }

    /// Rows of a page, printed by the theme's component of that name.
    pub fn rows<T: Serialize>(
        &self,
        component: &str,
        rows: impl IntoIterator<Item = T>,
    ) -> Printed {
        self.forms.rows(component, &self.root, rows)
    }

    /// A scorecard of the model.
    #[must_use]
    pub fn scorecard(&self, at: ScorecardIx) -> &'a Scorecard {
        &self.publication.scorecards[at]
    }

    /// Its results.
    #[must_use]
    pub fn results(&self, at: ScorecardIx) -> &'a ScorecardResult {
        &self.evaluation.scorecards[at]
    }

    /// The calendar of the site.
    #[must_use]
    pub const fn calendar(&self) -> Calendar {
        self.publication.settings.calendar
    }

    /// The language as pages and pictures state it; traditional Chinese with the
    /// region whose glyphs it is written in.
    #[must_use]
    pub fn html_lang(&self) -> &'a str {
        match self.publication.settings.languages.tag(self.lang) {
            "zh-Hant" => "zh-Hant-TW",
            other => other,
        }
    }

    /// A text as a reader of this language gets it.
    #[must_use]
    pub fn label(&self, text: &Text) -> Label {
        let reading = text.read(self.lang);
        let foreign = reading.lang != self.lang && !reading.text.is_ascii_symbol();
        let tag = || {
            self.publication
                .settings
                .languages
                .tag(reading.lang)
                .to_owned()
        };
        Label {
            text: reading.text.to_owned(),
            lang: foreign.then(tag),
        }
    }

    /// The same for a text that may be absent.
    #[must_use]
    pub fn optional(&self, text: Option<&Text>) -> Option<Label> {
        text.map(|text| self.label(text))
    }

    /// A text of several lines, line by line.
    #[must_use]
    pub fn lines(&self, text: Option<&Text>) -> Vec<Label> {
        let Some(label) = self.optional(text) else {
            return Vec::new();
        };
        let line = |text: &str| Label {
            text: text.trim().to_owned(),
            lang: label.lang.clone(),
        };
        label
            .text
            .lines()
            .map(line)
            .filter(|line| !line.text.is_empty())
            .collect()
    }

    /// The subject of an item's page.
    #[must_use]
    pub const fn subject(at: ScorecardIx, item: Item) -> Subject {
        match item {
            Item::Theme(ix) => Subject::Theme(at, ix),
            Item::Objective(ix) => Subject::Objective(at, ix),
            Item::Kpi(ix) => Subject::Kpi(at, ix),
            Item::Action(ix) => Subject::Action(at, ix),
        }
    }

    /// Something with a code and a page.
    #[must_use]
    pub fn item(&self, at: ScorecardIx, item: Item) -> ItemLink {
        let scorecard = self.scorecard(at);
        ItemLink {
            code: scorecard.code(item).to_string(),
            name: self.label(scorecard.name(item)),
            url: self.url(Self::subject(at, item)),
            hue: self.hue(at, item),
        }
    }

    /// The hue of an item's theme: its place among the themes as a letter.
    fn hue(&self, at: ScorecardIx, item: Item) -> String {
        let scorecard = self.scorecard(at);
        let of_objective = |ix: ObjectiveIx| scorecard.objectives[ix].theme;
        let of_kpi = |ix: KpiIx| of_objective(scorecard.kpis[ix].objective);
        let theme = match item {
            Item::Theme(ix) => Some(ix),
            Item::Objective(ix) => of_objective(ix),
            Item::Kpi(ix) => of_kpi(ix),
            Item::Action(ix) => of_kpi(scorecard.actions[ix].kpi),
        };
        theme.map_or_else(|| "t".to_owned(), hue_of)
    }

    /// The cross-cutting objectives as if they were a theme.
    #[must_use]
    pub fn cross_cutting(&self, at: ScorecardIx) -> ItemLink {
        ItemLink {
            code: "T".to_owned(),
            name: self.own(self.words.get("map.cross_cutting")),
            url: self.url(Subject::CrossCutting(at)),
            hue: "t".to_owned(),
        }
    }

    /// The theme of an objective, or the cross-cutting ones.
    #[must_use]
    pub fn theme_of(&self, at: ScorecardIx, objective: ObjectiveIx) -> ItemLink {
        match self.scorecard(at).objectives[objective].theme {
            Some(theme) => self.item(at, Item::Theme(theme)),
            None => self.cross_cutting(at),
        }
    }

    /// A perspective.
    #[must_use]
    pub fn perspective(&self, at: ScorecardIx, row: crate::model::PerspectiveIx) -> ItemLink {
        let perspective = &self.scorecard(at).perspectives[row];
        ItemLink {
            code: perspective.code.to_string(),
            name: self.label(&perspective.name),
            url: self.url(Subject::Perspective(at, row)),
            hue: String::new(),
        }
    }

    /// Words in the page's own language.
    #[must_use]
    pub fn own(&self, text: impl Into<String>) -> Label {
        Label {
            text: text.into(),
            lang: None,
        }
    }

    /// A link to a page.
    #[must_use]
    pub fn link(&self, label: Label, subject: Subject) -> Link {
        Link {
            label,
            url: self.url(subject),
            outside: false,
            current: false,
        }
    }

    /// A link to an organisation by its short name.
    #[must_use]
    pub fn organization(&self, at: OrganizationIx) -> Link {
        let organization = &self.publication.organizations[at];
        self.link(
            self.label(organization.short_name()),
            Subject::Organization(at),
        )
    }

    /// A link to an organisation by its official name.
    #[must_use]
    pub fn organization_in_full(&self, at: OrganizationIx) -> Link {
        let organization = &self.publication.organizations[at];
        self.link(self.label(&organization.name), Subject::Organization(at))
    }

    /// Who is responsible.
    #[must_use]
    pub fn owner(&self, owner: Option<&Owner>) -> Option<Link> {
        let owner = owner?;
        let mut link = self.organization(owner.organization);
        if let Some(unit) = &owner.unit {
            link.label = self.label(unit);
        }
        Some(link)
    }

    /// A scorecard by organisation and year.
    #[must_use]
    pub fn scorecard_link(&self, at: ScorecardIx) -> Link {
        let scorecard = self.scorecard(at);
        let organization = self.organization(scorecard.organization).label;
        let period = self.period(scorecard.period);
        let label = Label {
            text: self.words.fill(
                "scorecard.of",
                &[("organization", &organization.text), ("period", &period)],
            ),
            // Beside the name there is little more than figures.
            lang: organization.lang,
        };
        self.link(label, Subject::Map(at))
    }

    /// A period's name.
    #[must_use]
    pub fn period(&self, period: Period) -> String {
        let name = || self.words.period(period, self.calendar());
        self.names.periods.get(period, name)
    }

    /// A period's name where room is scarce.
    #[must_use]
    pub fn short_period(&self, period: Period) -> String {
        let name = || self.words.short_period(period, self.calendar());
        self.names.short_periods.get(period, name)
    }

    /// A date.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let name = || self.words.date(date, self.calendar());
        self.names.dates.get(date, name)
    }

    /// A status.
    #[must_use]
    pub fn status(&self, status: Status) -> StatusTag {
        self.names.statuses.get(status, || {
            let key = status.key();
            let word = |name: &str| self.words.get(&format!("{name}.{key}")).to_owned();
            StatusTag {
                key,
                word: word("status"),
                meaning: word("status_meaning"),
            }
        })
    }

    /// Counts by status; statuses nobody has are left out.
    #[must_use]
    pub fn counts(&self, counts: &Counts) -> Vec<StatusCount> {
        Status::ALL
            .iter()
            .filter(|status| counts.get(**status) > 0)
            .map(|status| StatusCount {
                status: self.status(*status),
                count: counts.get(*status),
            })
            .collect()
    }

    /// A composite.
    #[must_use]
    pub fn score(&self, composite: &Composite) -> Score {
        let one = |score: Quantity| self.words.fixed(score, 1);
        Score {
            text: composite.score.map(one).unwrap_or_default(),
            state: composite.state.key().to_owned(),
            coverage: self.words.percent(composite.coverage),
            scored: composite.scored,
            children: composite.children,
            equal_weights: composite.equal_weights.map(one),
            missing_as_zero: composite.missing_as_zero.map(one),
        }
    }

    /// One count of a plan.
    #[must_use]
    pub fn count(&self, key: &str, found: usize, stated: bool, url: String) -> Count {
        let label = self.words.get(&format!("count.{key}")).to_owned();
        Count {
            label,
            found,
            stated: stated.then_some(found),
            url,
        }
    }

    /// A place in the sources, with its address in the repository.
    #[must_use]
    pub fn source(&self, span: Span) -> SourceLine {
        let (path, line) = (&self.sources.of(span).path, self.sources.start_line(span));
        let template = self.publication.settings.repository.as_deref();
        let url = template.and_then(|template| {
            if template.contains("{commit}") && self.commit.is_none() {
                return None;
            }
            Some(
                template
                    .replace("{path}", path)
                    .replace("{line}", &line.to_string())
                    .replace("{commit}", self.commit.unwrap_or_default()),
            )
        });
        let set_by = self.provenance.of(span, line);
        let day = |commit: &Commit| commit.date.map(|day| self.date(day)).unwrap_or_default();
        SourceLine {
            path: path.clone(),
            line,
            url,
            commit: (set_by.and_then(SetBy::commit)).map(|commit| self.commit_link(commit)),
            uncertain: match set_by {
                Some(SetBy::Pending) => Some(self.words.get("provenance.pending").to_owned()),
                Some(SetBy::Before(commit)) => Some(
                    self.words
                        .fill("provenance.before", &[("date", &day(commit))]),
                ),
                _ => None,
            },
        }
    }

    /// The address of a commit, where the site's repository has one.
    #[must_use]
    pub fn commit_url(&self, hash: &str) -> Option<String> {
        let template = self.publication.settings.commit_url.as_ref()?;
        Some(template.replace("{commit}", hash))
    }
}

/// The letter of a theme's hue: themes past the eighth begin again.
fn hue_of(theme: ThemeIx) -> String {
    use crate::model::Position;
    const HUES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
    HUES[theme.get() % HUES.len()].to_owned()
}

trait AsciiSymbol {
    fn is_ascii_symbol(&self) -> bool;
}

impl AsciiSymbol for str {
    /// Signs and figures are in no language.
    fn is_ascii_symbol(&self) -> bool {
        !self.chars().any(char::is_alphabetic)
    }
}
