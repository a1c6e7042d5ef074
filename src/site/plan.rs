//! The plan: every file of the site and its address, known before anything is
//! rendered. Navigation, link check, sitemap and sharding derive from it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::attachments::Used;
pub use super::subject::Subject;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::evaluate::Evaluation;
use crate::evaluate::value::Value;
use crate::model::arena::{KpiIx, ScorecardIx};
use crate::model::lang::LangId;
use crate::model::{Publication, Scorecard};
use crate::say;
use crate::span::Sources;

/// A table of a scorecard's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataFile {
    /// Objectives, one a row.
    Objectives,
    /// KPIs with their headline figures, one a row.
    Kpis,
    /// Action plans, one a row.
    Actions,
    /// Every target and revision.
    Targets,
    /// Every result and revision.
    Measurements,
    /// Every goalpost that was moved.
    Changes,
    /// Everything, nested.
    Json,
}

impl DataFile {
    /// Every one of them.
    pub const ALL: [Self; 7] = [
        Self::Objectives,
        Self::Kpis,
        Self::Actions,
        Self::Targets,
        Self::Measurements,
        Self::Changes,
        Self::Json,
    ];

    /// The file's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Objectives => "objectives.csv",
            Self::Kpis => "kpis.csv",
            Self::Actions => "actions.csv",
            Self::Targets => "targets.csv",
            Self::Measurements => "measurements.csv",
            Self::Changes => "changes.csv",
            Self::Json => "scorecard.json",
        }
    }
}

/// What a planned file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Page(Subject, LangId),
    /// A scorecard's feed of changes.
    Feed(ScorecardIx, LangId),
    /// A scorecard's map as a picture.
    MapPicture(ScorecardIx, LangId),
    /// A KPI's chart as a picture.
    ChartPicture(ScorecardIx, KpiIx, LangId),
    /// A scorecard's data.
    Data(ScorecardIx, DataFile),
    /// The catalogue of all data.
    Catalogue,
    /// The style sheet.
    Style,
    /// The addresses of all pages, when the site's own address is known.
    Sitemap,
    /// What robots may do.
    Robots,
    /// HTTP headers for static hosts.
    Headers,
    /// A file from `content/`.
    Attachment(Box<Used>),
}

impl Kind {
    /// The scorecard whose file it is.
    #[must_use]
    pub const fn scorecard(&self) -> Option<ScorecardIx> {
        match self {
            Self::Page(subject, _) => subject.scorecard(),
            Self::Feed(at, _)
            | Self::MapPicture(at, _)
            | Self::ChartPicture(at, ..)
            | Self::Data(at, _) => Some(*at),
            Self::Catalogue
            | Self::Style
            | Self::Sitemap
            | Self::Robots
            | Self::Headers
            | Self::Attachment(_) => None,
        }
    }
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its address relative to the root of the site.
    pub path: String,
    /// What it is.
    pub kind: Kind,
}

/// Plans every file of the site, sorted by address; notes addresses that two
/// of them share.
pub fn plan(
    publication: &Publication,
    evaluation: &Evaluation,
    attachments: &[Used],
    base_url: Option<&str>,
    sources: &Sources,
    faults: &mut Diagnostics,
) -> Vec<Planned> {
    // Each scorecard's files in a row of their own, sorted: what is in rows already is
    // soon in one.
    let scorecards: Vec<_> = publication.scorecards.positions().collect();
    let rows: Vec<_> = scorecards
        .into_par_iter()
        .map(|at| of_scorecard(at, publication, evaluation))
        .collect();
    let mut files: Vec<_> = (publication.settings.languages.iter())
        .flat_map(|(lang, _)| {
            subjects(publication).map(move |subject| page(subject, lang, publication))
        })
        .collect();
    files.extend(rows.into_iter().flatten());
    let mut fixed = vec![
        ("data.json", Kind::Catalogue),
        ("assets/style.css", Kind::Style),
        ("robots.txt", Kind::Robots),
        ("_headers", Kind::Headers),
    ];
    if base_url.is_some() {
        fixed.push(("sitemap.xml", Kind::Sitemap));
    }
    files.extend(fixed.into_iter().map(|(path, kind)| Planned {
        path: path.to_owned(),
        kind,
    }));
    files.extend(attachments.iter().map(|used| Planned {
        path: used.path.clone(),
        kind: Kind::Attachment(Box::new(used.clone())),
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    collisions(&files, publication, sources, faults);
    files
}

/// How many KPIs an edition holds. More of them on one page are no use: nobody
/// could load it.
const MOST_IN_EDITION: usize = 250;

/// Whether a scorecard has an edition.
#[must_use]
pub fn has_edition(scorecard: &Scorecard) -> bool {
    scorecard.kpis.len() <= MOST_IN_EDITION
}

/// The address of a scorecard's map as a picture, in the default language.
#[must_use]
pub fn map_picture(scorecard: &Scorecard) -> String {
    format!("{path}/map.svg", path = scorecard.path)
}

/// The address of a KPI's chart as a picture, in the default language. A KPI
/// whose headline is a number has one.
#[must_use]
pub fn chart_picture(scorecard: &Scorecard, ix: KpiIx) -> String {
    format!(
        "{path}/{code}.svg",
        path = scorecard.path,
        code = scorecard.kpis[ix].code
    )
}

/// An address in a language: the default one lives at the root.
#[must_use]
pub fn localized(path: &str, lang: LangId, publication: &Publication) -> String {
    if lang == LangId::DEFAULT {
        return path.to_owned();
    }
    format!(
        "{tag}/{path}",
        tag = publication.settings.languages.tag(lang)
    )
}

fn page(subject: Subject, lang: LangId, publication: &Publication) -> Planned {
    Planned {
        path: localized(&subject.path(publication), lang, publication),
        kind: Kind::Page(subject, lang),
    }
}

/// The pages that belong to no scorecard.
fn subjects(publication: &Publication) -> impl Iterator<Item = Subject> {
    let fixed = [
        Subject::Home,
        Subject::Search,
        Subject::Method,
        Subject::Glossary,
        Subject::Accessibility,
        Subject::NotFound,
    ];
    let free = (0..publication.pages.len()).map(Subject::Free);
    let organizations = publication.organizations.positions();
    (fixed.into_iter().chain(free)).chain(organizations.map(Subject::Organization))
}

/// Every file of a scorecard, sorted by address.
fn of_scorecard(
    at: ScorecardIx,
    publication: &Publication,
    evaluation: &Evaluation,
) -> Vec<Planned> {
    let scorecard = &publication.scorecards[at];
    let subjects = subjects_of(at, scorecard);
    let mut files = Vec::new();
    for (lang, _) in publication.settings.languages.iter() {
        let mut add = |path: &str, kind| {
            files.push(Planned {
                path: localized(path, lang, publication),
                kind,
            });
        };
        for subject in &subjects {
            add(&subject.path(publication), Kind::Page(*subject, lang));
        }
        add(
            &format!("{path}/feed.xml", path = scorecard.path),
            Kind::Feed(at, lang),
        );
        add(&map_picture(scorecard), Kind::MapPicture(at, lang));
        for (ix, result) in evaluation.scorecards[at].kpis.entries() {
            let number = result.headline.value.as_ref().and_then(Value::number);
            if number.is_some() {
                add(
                    &chart_picture(scorecard, ix),
                    Kind::ChartPicture(at, ix, lang),
                );
            }
        }
    }
    files.extend(DataFile::ALL.map(|data| Planned {
        path: format!(
            "{path}/data/{name}",
            path = scorecard.path,
            name = data.name()
        ),
        kind: Kind::Data(at, data),
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn subjects_of(at: ScorecardIx, scorecard: &Scorecard) -> Vec<Subject> {
    let mut subjects = vec![
        Subject::Map(at),
        Subject::Table(at),
        Subject::KpiList(at),
        Subject::ActionList(at),
        Subject::Status(at),
        Subject::Cascade(at),
        Subject::Changes(at),
        Subject::Errata(at),
        Subject::Data(at),
    ];
    if has_edition(scorecard) {
        subjects.push(Subject::Edition(at));
    }
    if scorecard.cross_cutting().next().is_some() {
        subjects.push(Subject::CrossCutting(at));
    }
    subjects.extend(
        scorecard
            .themes
            .positions()
            .map(|ix| Subject::Theme(at, ix)),
    );
    subjects.extend(
        scorecard
            .perspectives
            .positions()
            .map(|ix| Subject::Perspective(at, ix)),
    );
    subjects.extend(
        scorecard
            .objectives
            .positions()
            .map(|ix| Subject::Objective(at, ix)),
    );
    subjects.extend(scorecard.kpis.positions().map(|ix| Subject::Kpi(at, ix)));
    subjects.extend(
        scorecard
            .actions
            .positions()
            .map(|ix| Subject::Action(at, ix)),
    );
    subjects
}

/// Two files at one address would overwrite each other in silence; on file
/// systems that ignore case, addresses that differ in case alone as well.
fn collisions(
    files: &[Planned],
    publication: &Publication,
    sources: &Sources,
    faults: &mut Diagnostics,
) {
    for (first, file) in alike(files) {
        // Codes used twice were reported where they stand.
        let repeated = |f: &Planned| match &f.kind {
            Kind::Page(subject, lang) => {
                *lang == LangId::DEFAULT && subject.span(publication).is_some()
            }
            _ => true,
        };
        if file.path == first.path && same_code(first, file, publication) || !repeated(file) {
            continue;
        }
        let span = |f: &Planned| match &f.kind {
            Kind::Page(subject, _) => subject.span(publication),
            _ => None,
        };
        let fallback = publication.settings.theme.span;
        let place = span(file).or_else(|| span(first)).unwrap_or(fallback);
        let fault = Diagnostic::new(
            Rule::UrlCollision,
            place,
            say!("two pages have the address `{path}`", path = file.path),
        )
        .expected(say!(
            "an address of its own for each page, upper and lower case taken alike"
        ))
        .help(say!("change the code or the file name of one of them"));
        faults.push(match span(first).filter(|other| *other != place) {
            Some(other) => fault.related(
                other,
                say!("the other one, in {path}", path = sources.of(other).path),
            ),
            None => fault,
        });
    }
}

/// Files whose addresses differ in case at most, each with the one before it.
fn alike(files: &[Planned]) -> Vec<(&Planned, &Planned)> {
    let lower = |buffer: &mut String, path: &str| {
        buffer.clear();
        if path.is_ascii() {
            buffer.push_str(path);
            buffer.make_ascii_lowercase();
        } else {
            buffer.push_str(&path.to_lowercase());
        }
        let mut hasher = DefaultHasher::new();
        buffer.hash(&mut hasher);
        hasher.finish()
    };
    let mut hashes: Vec<(u64, usize)> = files
        .par_iter()
        .enumerate()
        .map_init(String::new, |buffer, (place, file)| {
            (lower(buffer, &file.path), place)
        })
        .collect();
    hashes.par_sort_unstable();
    let mut alike = Vec::new();
    for group in hashes.chunk_by(|a, b| a.0 == b.0).filter(|g| g.len() > 1) {
        let mut seen: BTreeMap<String, &Planned> = BTreeMap::new();
        for file in group.iter().filter_map(|(_, place)| files.get(*place)) {
            if let Some(first) = seen.insert(file.path.to_lowercase(), file) {
                alike.push((first, file));
            }
        }
    }
    alike
}

/// Whether two pages are about items of one scorecard with the same code.
fn same_code(a: &Planned, b: &Planned, publication: &Publication) -> bool {
    let code = |f: &Planned| match f.kind {
        Kind::Page(Subject::Objective(at, ix), _) => {
            Some(publication.scorecards[at].objectives[ix].code.clone())
        }
        Kind::Page(Subject::Kpi(at, ix), _) => {
            Some(publication.scorecards[at].kpis[ix].code.clone())
        }
        Kind::Page(Subject::Action(at, ix), _) => {
            Some(publication.scorecards[at].actions[ix].code.clone())
        }
        Kind::Page(Subject::Theme(at, ix), _) => {
            Some(publication.scorecards[at].themes[ix].code.clone())
        }
        _ => None,
    };
    code(a).is_some() && code(a) == code(b)
}
