//! Assembling: documents become the model. Codes, periods, figures and texts
//! get their types here, and every reference becomes a position.

mod codes;
pub(crate) mod columns;
mod dates;
mod directory;
mod errata;
mod folders;
pub(crate) mod kpi;
mod languages;
mod ledger;
mod loose;
mod misread;
mod organizations;
mod pages;
mod placing;
mod plan;
mod references;
mod repository;
mod scorecard;
mod settings;
mod site;
mod subject;
pub(crate) mod value;
mod when;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::directory::Directory;
use self::misread::Misread;
use self::scorecard::Assembled;
use self::site::Site;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, RuleLevels};
use crate::kept::{ByName, Made, Same};
use crate::model::Publication;
use crate::model::reach::{Reach, Reaches};
use crate::model::watch::{ByScorecard, watch};
use crate::say;
use crate::source::Sources;
use crate::source::documents::Documents;
use crate::source::folder::Folder;
use crate::span::Span;

/// The model, and the levels the site gives to rules.
pub struct Assembly {
    /// The model.
    pub publication: Publication,
    /// The levels.
    pub levels: RuleLevels,
}

/// The scorecards as they were assembled before, by folder.
#[derive(Default)]
pub struct Kept {
    site: Option<Same<Site>>,
    parts: ByName<Ground, Part>,
}

/// All that a scorecard is made from.
#[derive(PartialEq)]
struct Ground {
    folder: Folder,
    site: Same<Site>,
}

/// What was made of a folder.
struct Part {
    /// What was found when its files were read.
    reading: Diagnostics,
    /// What was found when they were assembled.
    faults: Diagnostics,
    /// The scorecard, where its place in the site is known.
    scorecard: Option<Assembled>,
}

impl Part {
    fn of(ground: &Ground) -> Self {
        let (mut reading, mut faults) = Default::default();
        let document = ground.folder.read(&mut reading);
        let misread = Misread::of(&reading);
        let known = document.filter(|document| ground.site.directory.knows(&document.organization));
        let scorecard = known.and_then(|document| {
            scorecard::scorecard(document, &ground.site, &misread, &mut faults)
        });
        Self {
            reading,
            faults,
            scorecard,
        }
    }
}

impl Kept {
    /// Assembles the scorecards whose files changed, or all where the site did.
    fn renew(&mut self, folders: Vec<Folder>, site: Site) {
        let unchanged = self.site.take().filter(|before| **before == site);
        let site = unchanged.unwrap_or_else(|| Same(Arc::new(site)));
        let mut before = std::mem::take(&mut self.parts);
        let work: Vec<_> = folders
            .into_iter()
            .map(|folder| (before.remove(&folder.name), folder))
            .collect();
        let parts = work.into_par_iter().map(|(before, folder)| {
            let name = folder.name.clone();
            let site = site.clone();
            let ground = Ground { folder, site };
            (name, Made::again(before, ground, Part::of))
        });
        self.parts = parts.collect();
        self.site = Some(site);
    }
}

/// Assembles the documents of a site; every fault on the way is noted, and what
/// can be kept is kept, so that one run tells all of them. What was found while
/// reading the files of scorecards goes to `reading`, all else to `faults`.
pub fn assemble(
    documents: Documents,
    drafts: bool,
    kept: &mut Kept,
    sources: &mut Sources,
    reading: &mut Diagnostics,
    faults: &mut Diagnostics,
) -> Assembly {
    let mut entry = documents.site;
    let listed = documents.organizations.as_deref().unwrap_or_default();
    let languages = languages::languages(entry.as_ref(), listed, faults);
    let years = settings::years(entry.as_ref(), faults);
    let levels = settings::rule_levels(entry.as_ref(), faults);
    let is_listed = documents.organizations.is_some();
    let listed = documents.organizations.unwrap_or_default();
    let (organizations, ids) = organizations::organizations(listed, &languages, faults);
    let start = match &entry {
        Some(entry) => entry.span,
        None => Span::start_of(sources.add("content/site.yaml", String::new())),
    };
    let mut lost = BTreeSet::new();
    if is_listed {
        folders::check(&documents.scorecards, &ids, &mut lost, faults);
    } else {
        // Whatever names an organisation would seem wrong.
        let publisher = entry.as_mut().and_then(|entry| entry.publisher.take());
        let publisher = publisher.map(|id| id.value);
        faults.extend(folders::no_list(&documents.scorecards, publisher, start));
    }
    let directory = Directory::new(&organizations, ids);
    let settings = settings::settings(entry, languages.clone(), years, &directory, start, faults);
    let pages = pages::pages(documents.pages, &languages, drafts, sources);
    let site = Site {
        languages,
        years,
        directory,
        scoring: settings.scoring.clone(),
    };
    kept.renew(documents.scorecards, site);
    let mut assembled = Vec::with_capacity(kept.parts.len());
    for (folder, part) in &kept.parts {
        let part = part.what();
        reading.append(part.reading.clone());
        faults.append(part.faults.clone());
        match &part.scorecard {
            Some(scorecard) => assembled.push(scorecard),
            None => {
                lost.extend(folders::may_be(folder, years));
            }
        }
    }
    assembled.sort_by_key(|part| (part.scorecard.organization, part.scorecard.period));
    let mut publication = Publication {
        settings,
        pages,
        scorecards: ByScorecard::default(),
        reach: Reaches::default(),
        by_path: BTreeMap::new(),
        lost,
        attachments: documents.attachments.into_iter().collect(),
        organizations,
    };
    let mut contributing = Vec::new();
    for part in assembled {
        let (path, span) = (&part.scorecard.path, part.scorecard.span);
        if let Some(first) = publication.by_path.get(path) {
            let first = publication.scorecards[*first].span;
            faults.push(
                Diagnostic::new(
                    Rule::DuplicateId,
                    span,
                    say!("two folders hold the scorecard {path}", path),
                )
                .expected(say!("one folder for an organisation and period"))
                .related(first, say!("the other one")),
            );
            continue;
        }
        let at = publication.scorecards.push(Arc::clone(&part.scorecard));
        publication.by_path.insert(path.clone(), at);
        contributing.push((at, part));
    }
    for (at, part) in contributing {
        let follow = || references::reach(&publication, at, part, faults);
        let (reach, looked_at) = watch(follow);
        publication.reach.push(Reach { looked_at, ..reach });
        errata::check_agencies(&part.scorecard, &publication.organizations, faults);
    }
    Assembly {
        publication,
        levels,
    }
}
