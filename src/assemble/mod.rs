//! Assembling: documents become the model. Codes, periods, figures and texts
//! get their types here, and every reference becomes a position.

mod codes;
mod columns;
mod errata;
mod folders;
mod kpi;
mod ledger;
mod loose;
mod misread;
mod organizations;
mod pages;
mod plan;
mod references;
mod scorecard;
mod settings;
mod site;
mod subject;
mod value;
mod when;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::misread::Misread;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, RuleLevels};
use crate::model::Publication;
use crate::model::arena::Arena;
use crate::source::Sources;
use crate::source::documents::Documents;
use crate::span::Span;

/// The model, and the levels the site gives to rules.
pub struct Assembly {
    /// The model.
    pub publication: Publication,
    /// The levels.
    pub levels: RuleLevels,
}

/// Assembles the documents of a site; every fault on the way is noted, and what
/// can be kept is kept, so that one run tells all of them.
pub fn assemble(
    documents: Documents,
    drafts: bool,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Assembly {
    let misread = Misread::of(faults, sources);
    let entry = documents.site;
    let languages = settings::languages(entry.as_ref(), faults);
    let years = settings::years(entry.as_ref(), faults);
    let levels = settings::rule_levels(entry.as_ref(), faults);
    let (organizations, ids) =
        organizations::organizations(documents.organizations, &languages, faults);
    let start = match &entry {
        Some(entry) => entry.span,
        None => Span::start_of(sources.add("content/site.yaml", String::new())),
    };
    let settings = settings::settings(entry, languages.clone(), years, &ids, start, faults);
    let site = site::Site {
        languages: &languages,
        years,
        organizations: &organizations,
        ids: &ids,
        misread: &misread,
    };
    let mut lost: BTreeSet<String> = documents.lost.into_iter().collect();
    let known = folders::known(documents.scorecards, &ids, &mut lost, faults);
    let parts: Vec<_> = known
        .into_par_iter()
        .map(|document| {
            let mut faults = Diagnostics::default();
            let folder = document.folder();
            let part = scorecard::scorecard(document, &site, &settings.scoring, &mut faults);
            (folder, part, faults)
        })
        .collect();
    let mut assembled = Vec::with_capacity(parts.len());
    for (folder, part, found) in parts {
        faults.append(found);
        match part {
            Some(scorecard) => assembled.push(scorecard),
            None => {
                lost.insert(folder);
            }
        }
    }
    assembled.sort_by(|a, b| {
        let key = |s: &crate::model::Scorecard| (s.organization, s.period);
        key(&a.scorecard).cmp(&key(&b.scorecard))
    });
    let pages = pages::pages(documents.pages, &languages, drafts, sources);
    let mut publication = Publication {
        settings,
        pages,
        scorecards: Arena::default(),
        by_path: BTreeMap::new(),
        lost,
        attachments: documents.attachments.into_iter().collect(),
        organizations,
    };
    let mut pending = Vec::new();
    for part in assembled {
        let (path, span) = (part.scorecard.path.clone(), part.scorecard.span);
        if let Some(first) = publication.by_path.get(&path) {
            let first = publication.scorecards[*first].span;
            faults.push(
                Diagnostic::new(
                    Rule::DuplicateId,
                    span,
                    format!("two folders hold the scorecard {path}"),
                )
                .expected("one folder for an organisation and period")
                .related(first, "the other one"),
            );
            continue;
        }
        let at = publication.scorecards.push(part.scorecard);
        publication.by_path.insert(path, at);
        pending.push((at, part.parent, part.pending));
    }
    for (at, parent, references) in pending {
        references::follow(&mut publication, at, parent, references, faults);
    }
    for scorecard in &mut publication.scorecards {
        references::check_ids(scorecard, faults);
        errata::apply(scorecard, &publication.organizations, faults);
    }
    Assembly {
        publication,
        levels,
    }
}
