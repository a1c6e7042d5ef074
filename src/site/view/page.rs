//! What surrounds a page: header, navigation, breadcrumb, footer.

use crate::evaluate::status::Status;
use crate::model::arena::ScorecardIx;
use crate::model::kpi::Kpi;
use crate::model::lang::LangId;
use crate::model::settings::{Link as Named, Sample};
use crate::provenance::Extent;
use crate::site::address::encoded;
use crate::site::context::page::{Badge, DocumentContext, PageContext, SiteContext};
use crate::site::context::shared::{Label, Link};
use crate::site::plan::{DataFile, Subject};
use crate::site::press::Press;

/// The version of the program, shown in the footer.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Press<'_> {
    /// `site`: the same on every page of this language.
    #[must_use]
    pub fn site_context(&self) -> SiteContext {
        let settings = &self.publication.settings;
        SiteContext {
            title: self.label(&settings.title),
            tagline: self.optional(settings.tagline.as_ref()),
            publisher: settings.publisher.map(|at| self.organization_in_full(at)),
            lang: settings.languages.tag(self.lang).to_owned(),
            content_lang: settings.languages.tag(LangId::DEFAULT).to_owned(),
            base_url: self.base_url.map(str::to_owned),
            as_of: self.evaluation.as_of.map(|day| self.date(day)),
            licence: settings.licence.as_ref().map(|licence| Link {
                label: self.label(&licence.name),
                url: licence.url.clone().unwrap_or_default(),
                outside: true,
                current: false,
            }),
            unofficial: settings.unofficial.contains(&self.lang),
            provenance: self.extent_sentence(),
            version: VERSION.to_owned(),
            navigation: if settings.navigation.is_empty() {
                self.free_pages()
            } else {
                let link = |link: &Named| self.outside(self.label(&link.name), &link.url);
                settings.navigation.iter().map(link).collect()
            },
            badge: settings.badge.as_ref().map(|badge| Badge {
                image: self.address(&badge.image).0,
                alt: self.label(&badge.alt),
                url: badge.url.as_ref().map(|url| self.address(url).0),
            }),
            accessibility_statement: settings
                .accessibility_statement
                .as_ref()
                .map(|url| self.address(url).0),
            statuses: Status::ALL
                .into_iter()
                .map(|status| self.status(status))
                .collect(),
        }
    }

    /// That no commits are told, or not all of them.
    fn extent_sentence(&self) -> Option<String> {
        match self.provenance.extent() {
            Extent::NotAsked | Extent::Whole => None,
            Extent::Absent => Some(self.words.get("provenance.absent").to_owned()),
            Extent::Cut(day) => {
                let day = day.map(|day| self.date(day)).unwrap_or_default();
                Some(self.words.fill("provenance.cut", &[("date", &day)]))
            }
        }
    }

    /// `page`: this page and its surroundings.
    #[must_use]
    pub fn page_context(&self, subject: Subject) -> PageContext {
        let scorecard = subject.scorecard();
        let url = self.path(subject);
        let owner = scorecard
            .map(|at| self.scorecard(at).organization)
            .or(match subject {
                Subject::Organization(at) => Some(at),
                _ => self.publication.settings.publisher,
            })
            .map(|at| self.organization_in_full(at));
        let title = self.title(subject);
        let slogan = scorecard.and_then(|at| self.scorecard(at).slogan.as_ref());
        let (previous, next) = self.neighbours(subject);
        let canonical = self
            .base_url
            .map(|base| base.to_owned() + &encoded(url.clone()));
        PageContext {
            kind: kind(subject).to_owned(),
            root: self.root.to_string(),
            description: self.description(subject, &title),
            owner,
            brand: self.brand(subject),
            logo: self.logo(subject),
            subtitle: self.label(&self.publication.settings.title),
            navigation: self.navigation(subject),
            breadcrumb: self.breadcrumb(subject),
            years: scorecard
                .map(|at| self.years(self.scorecard(at).organization, Some(at)))
                .unwrap_or_default(),
            languages: self.languages(subject),
            sample: self
                .sample(scorecard)
                .map(|sample| self.without_label(sample)),
            previous,
            next,
            source: subject.span(self.publication).map(|span| self.source(span)),
            document: scorecard.and_then(|at| self.document(at)),
            slogan: self.lines(slogan),
            downloads: scorecard.map(|at| self.downloads(at)).unwrap_or_default(),
            feed: scorecard.map(|at| self.feed(at)),
            report: self.report(subject, &url, &title),
            manifest: self.href("manifest.json".to_owned()),
            accessibility: self.url(Subject::Accessibility),
            canonical,
            title,
            url,
        }
    }

    /// What leads from a page to the root. The page of errors is shown at any
    /// depth, so it speaks of the root itself.
    pub(in crate::site) fn root_of(&self, subject: Subject) -> String {
        if subject == Subject::NotFound {
            let after_host = self
                .base_url
                .and_then(|base| base.split_once("://")?.1.split_once('/'));
            return after_host.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"));
        }
        // Addresses in an edition are whole already.
        if self.within.is_some() {
            return String::new();
        }
        "../".repeat(self.path(subject).matches('/').count())
    }

    /// The title of a page.
    fn title(&self, subject: Subject) -> Label {
        let word = |key: &str| self.own(self.words.get(&format!("title.{key}")));
        match subject {
            Subject::Home => self.label(&self.publication.settings.title),
            Subject::Organization(at) => self.label(&self.publication.organizations[at].name),
            Subject::Map(_) => word("map"),
            Subject::Theme(at, ix) => self.label(&self.scorecard(at).themes[ix].name),
            Subject::CrossCutting(_) => self.own(self.words.get("map.cross_cutting")),
            Subject::Objective(at, ix) => self.label(&self.scorecard(at).objectives[ix].name),
            Subject::Kpi(at, ix) => self.label(&self.scorecard(at).kpis[ix].name),
            Subject::Action(at, ix) => self.label(&self.scorecard(at).actions[ix].name),
            Subject::Perspective(at, ix) => self.label(&self.scorecard(at).perspectives[ix].name),
            Subject::Free(at) => {
                let version = self
                    .publication
                    .pages
                    .get(at)
                    .and_then(|p| p.version(self.lang));
                version.map_or_else(Label::default, |v| Label {
                    text: v.title.clone(),
                    lang: (v.lang != self.lang)
                        .then(|| self.publication.settings.languages.tag(v.lang).to_owned()),
                })
            }
            other => word(kind(other)),
        }
    }

    fn description(&self, subject: Subject, title: &Label) -> String {
        let of = |at: ScorecardIx| {
            let scorecard = self.scorecard(at);
            let organization = &self.publication.organizations[scorecard.organization];
            let (name, period) = (
                self.label(&organization.name).text,
                self.period(scorecard.period),
            );
            self.words.fill(
                "description.scorecard",
                &[
                    ("title", title.text.as_str()),
                    ("organization", &name),
                    ("period", &period),
                ],
            )
        };
        match subject {
            Subject::Home => {
                let tagline = self.optional(self.publication.settings.tagline.as_ref());
                tagline.map_or_else(|| title.text.clone(), |tagline| tagline.text)
            }
            Subject::Free(at) => self
                .publication
                .pages
                .get(at)
                .and_then(|page| page.version(self.lang)?.description.clone())
                .unwrap_or_else(|| title.text.clone()),
            Subject::Kpi(at, ix) => {
                let kpi: &Kpi = &self.scorecard(at).kpis[ix];
                let status = self.status(self.results(at).kpis[ix].status()).word;
                self.words.fill(
                    "description.kpi",
                    &[
                        ("code", kpi.code.as_str()),
                        ("title", &of(at)),
                        ("status", &status),
                    ],
                )
            }
            other => other.scorecard().map_or_else(|| title.text.clone(), of),
        }
    }

    pub(super) fn sample(&self, scorecard: Option<ScorecardIx>) -> Option<Label> {
        let own = scorecard.and_then(|at| self.scorecard(at).sample.as_ref());
        match own.or(self.publication.settings.sample.as_ref())? {
            Sample::Plain => Some(self.own(self.words.get("sample.text"))),
            Sample::Words(words) => Some(self.label(words)),
        }
    }

    /// The words of the banner after its label, which many of them begin with.
    fn without_label(&self, mut sample: Label) -> Label {
        let label = self.words.get("sample.label");
        if let Some(rest) = sample.text.strip_prefix(label) {
            let mark = |c: char| c.is_whitespace() || ".:;,–—。：；，".contains(c);
            let rest = rest.trim_start_matches(mark).to_owned();
            if !rest.is_empty() {
                sample.text = rest;
            }
        }
        sample
    }

    fn document(&self, at: ScorecardIx) -> Option<DocumentContext> {
        let source = self.scorecard(at).source.as_ref()?;
        Some(DocumentContext {
            title: self.label(&source.title),
            published: source
                .published
                .map(|date| self.words.partial_date(date, self.calendar())),
            publisher: source.publisher.map(|at| self.organization_in_full(at)),
            outside: source.url.as_ref().is_some_and(|url| self.address(url).1),
            url: source.url.as_ref().map(|url| self.address(url).0),
            note: self.optional(source.note.as_ref()),
        })
    }

    fn downloads(&self, at: ScorecardIx) -> Vec<Link> {
        [("CSV", DataFile::Kpis), ("JSON", DataFile::Json)]
            .into_iter()
            .map(|(label, file)| Link {
                label: self.own(label),
                url: self.data_url(at, file),
                outside: false,
                current: false,
            })
            .collect()
    }
}

/// The kind of a page: its class, and its words in the lists.
#[must_use]
pub const fn kind(subject: Subject) -> &'static str {
    names(subject).0
}

/// The template of a page.
#[must_use]
pub const fn template(subject: Subject) -> &'static str {
    names(subject).1
}

const fn names(subject: Subject) -> (&'static str, &'static str) {
    match subject {
        Subject::Home => ("home", "home.html"),
        Subject::Organization(_) => ("organization", "organization.html"),
        Subject::Map(_) => ("map", "map.html"),
        Subject::Theme(..) | Subject::CrossCutting(_) => ("theme", "theme.html"),
        Subject::Objective(..) => ("objective", "objective.html"),
        Subject::Kpi(..) => ("kpi", "kpi.html"),
        Subject::Action(..) => ("action", "action.html"),
        Subject::Perspective(..) => ("perspective", "perspective.html"),
        Subject::Table(_) => ("scorecard", "scorecard.html"),
        Subject::KpiList(_) => ("kpis", "kpis.html"),
        Subject::ActionList(_) => ("actions", "actions.html"),
        Subject::Status(_) => ("status", "status.html"),
        Subject::Edition(_) => ("edition", "edition.html"),
        Subject::Cascade(_) => ("cascade", "cascade.html"),
        Subject::Changes(_) => ("changes", "changes.html"),
        Subject::Errata(_) => ("errata", "errata.html"),
        Subject::Data(_) => ("data", "data.html"),
        Subject::Search => ("search", "search.html"),
        Subject::Method => ("method", "method.html"),
        Subject::Glossary => ("glossary", "glossary.html"),
        Subject::Accessibility => ("accessibility", "accessibility.html"),
        Subject::NotFound => ("not_found", "not_found.html"),
        Subject::Free(_) => ("page", "page.html"),
    }
}
