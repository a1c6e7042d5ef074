//! Everything set up to render: files are made here, and handed out one by one.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::{CONTENT_SECURITY_POLICY, Renderer, whole};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::arena::{Arena, ScorecardIx};
use crate::model::lang::LangId;
use crate::model::watch::{Seen, watch};
use crate::publish::{Artifact, sha256};
use crate::site::desk::Desk;
use crate::site::edition;
use crate::site::form::Forms;
use crate::site::plan::{Kind, Planned, Subject};
use crate::site::press::Press;
use crate::site::privacy::Leaks;
use crate::site::view::Facts;

/// Everything set up: presses for all languages, ready to make any file.
pub struct Shop<'a> {
    renderer: &'a Renderer<'a>,
    forms: &'a [Forms<'a>],
    presses: &'a [Press<'a>],
    leaks: Leaks,
    /// What the files of each scorecard looked at.
    seen: Arena<ScorecardIx, Mutex<Seen>>,
}

impl<'a> Shop<'a> {
    /// Nothing is made yet; `shared` is what the parts of all pages looked at.
    pub(super) fn new(
        renderer: &'a Renderer<'a>,
        forms: &'a [Forms<'a>],
        presses: &'a [Press<'a>],
        shared: &[Seen],
    ) -> Self {
        Self {
            renderer,
            forms,
            presses,
            leaks: Leaks::default(),
            seen: (renderer.publication.scorecards).map(|_| Mutex::new(merged(shared))),
        }
    }

    /// Renders the planned files that are wanted and hands each to `take` as soon as it is ready,
    /// from several threads; one that fails is noted, the others go on. Tells what those of
    /// each scorecard looked at.
    ///
    /// # Errors
    /// The first thing that `take` could not do.
    pub fn all<E: Send>(
        &self,
        plan: &[Planned],
        wanted: impl Fn(&Planned) -> bool + Sync,
        take: impl Fn(&Artifact) -> Result<(), E> + Sync,
        faults: &mut Diagnostics,
    ) -> Result<Arena<ScorecardIx, Seen>, E> {
        let found = Mutex::new(Diagnostics::default());
        let keep = |rendered: Result<Artifact, Box<Diagnostic>>| match rendered {
            Ok(artifact) => Some(artifact),
            Err(fault) => {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.push(*fault);
                None
            }
        };
        // Data comes first, because pages state its size and hash.
        let told: HashSet<ScorecardIx> = plan
            .iter()
            .filter(|file| wanted(file))
            .filter_map(|file| match file.kind {
                Kind::Page(Subject::Data(at), _) => Some(at),
                _ => None,
            })
            .collect();
        let is_told = |file: &Planned| matches!(file.kind, Kind::Data(at, _) if told.contains(&at));
        let facts: HashMap<String, Facts> = plan
            .par_iter()
            .filter(|file| matches!(file.kind, Kind::Data(..)) && (wanted(file) || is_told(file)))
            .filter_map(|planned| {
                let mut artifact = keep(self.make(planned, plan, &HashMap::new(), None))?;
                let facts = facts(&artifact.bytes);
                artifact.sha256 = Some(facts.sha256.clone());
                let facts = (planned.path.clone(), facts);
                let taken = if wanted(planned) {
                    take(&artifact)
                } else {
                    Ok(())
                };
                Some(taken.map(|()| facts))
            })
            .collect::<Result<_, E>>()?;
        plan.par_iter()
            .filter(|file| !matches!(file.kind, Kind::Data(..)) && wanted(file))
            .try_for_each_init(Desk::default, |desk, planned| {
                let made = self.make(planned, plan, &facts, Some(desk));
                keep(made).map_or(Ok(()), |artifact| {
                    let taken = take(&artifact);
                    desk.clear(artifact.bytes);
                    taken
                })
            })?;
        faults.append(found.into_inner().unwrap_or_else(PoisonError::into_inner));
        faults.append(self.take_faults());
        Ok(self.seen.map(|(_, seen)| lock(seen).clone()))
    }

    /// Renders one planned file, and notes what the components of its rows did
    /// wrong.
    ///
    /// # Errors
    /// Why it cannot be rendered.
    pub fn one(
        &self,
        planned: &Planned,
        plan: &[Planned],
        faults: &mut Diagnostics,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let mut known = HashMap::new();
        if let Kind::Page(Subject::Data(at), _) = planned.kind {
            let told = plan
                .iter()
                .filter(|file| matches!(file.kind, Kind::Data(of, _) if of == at));
            for file in told {
                let artifact = self.make(file, plan, &known, None)?;
                known.insert(file.path.clone(), facts(&artifact.bytes));
            }
        }
        let made = self.make(planned, plan, &known, None);
        faults.append(self.take_faults());
        made
    }

    fn take_faults(&self) -> Diagnostics {
        let mut faults = Diagnostics::default();
        for error in self.forms.iter().flat_map(Forms::take_faults) {
            faults.push(self.renderer.fault(&error));
        }
        let theme = self.renderer.publication.settings.theme.span;
        let of_notes = self.forms.iter().map(|forms| &forms.leaks);
        for leaks in of_notes.chain([&self.leaks]) {
            leaks.tell(self.renderer.sources, theme, &mut faults);
        }
        faults
    }

    /// Makes a file, given the facts about the data files that it may state and what lies
    /// on the desk of its maker, and notes what a file of a scorecard looks at.
    fn make(
        &self,
        planned: &Planned,
        plan: &[Planned],
        facts: &HashMap<String, Facts>,
        desk: Option<&mut Desk>,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let work = || self.artifact(planned, plan, facts, desk);
        let Some(at) = planned.kind.scorecard() else {
            return work();
        };
        let (made, seen) = watch(work);
        lock(&self.seen[at]).merge(&seen);
        made
    }

    fn artifact(
        &self,
        planned: &Planned,
        plan: &[Planned],
        facts: &HashMap<String, Facts>,
        desk: Option<&mut Desk>,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let renderer = self.renderer;
        let (drawn, paper) = match (desk, &planned.kind) {
            (Some(desk), Kind::Page(subject, _)) if !matches!(subject, Subject::Edition(_)) => {
                let (drawn, paper) = desk.for_page();
                (Some(drawn), paper)
            }
            (desk, _) => (desk.map(|desk| desk.for_file()), Vec::new()),
        };
        let Some(default) = self.presses.first() else {
            return renderer.artifact(planned, Vec::new());
        };
        let press = |lang: LangId| self.presses.get(lang.index()).unwrap_or(default);
        let drawing = |lang: LangId| Press {
            drawn,
            ..press(lang).clone()
        };
        let colours = &renderer.theme.colours;
        let bytes = match &planned.kind {
            Kind::Page(Subject::Edition(at), lang) => {
                renderer.edition(planned, press(*lang), *at)?
            }
            Kind::Page(subject, lang) => renderer.page(&drawing(*lang), *subject, facts, paper)?,
            Kind::Data(at, file) => default.data(*at, *file),
            Kind::Feed(at, lang) => press(*lang).feed_document(*at).into_bytes(),
            Kind::MapPicture(at, lang) => press(*lang).map_document(*at, colours).into_bytes(),
            Kind::ChartPicture(at, ix, lang) => drawing(*lang)
                .chart_document(*at, *ix, colours)
                .unwrap_or_default()
                .into_bytes(),
            Kind::Catalogue => renderer.catalogue(default),
            Kind::Style => renderer.theme.style.clone().into_bytes(),
            Kind::Sitemap => renderer.sitemap(plan),
            Kind::Robots => renderer.robots(),
            Kind::Headers => whole::headers(),
            Kind::Attachment(used) => renderer.attachment(used)?,
        };
        let artifact = renderer.artifact(planned, bytes)?;
        self.look(planned, &artifact);
        Ok(artifact)
    }

    /// Looks at what a theme made. The templates that come with the program, its
    /// pictures and its data are proven by its own tests; notes are looked at as they
    /// become markup, where their authors wrote some.
    fn look(&self, planned: &Planned, artifact: &Artifact) {
        let (path, theme) = (artifact.path.as_str(), &self.renderer.theme);
        let text = || String::from_utf8_lossy(&artifact.bytes);
        match planned.kind {
            Kind::Page(Subject::Edition(_), _) if theme.has_own_markup() => {
                // The style sheet that it carries is looked at where it is a file.
                let carried = edition::style_address(&theme.style);
                let text = text().replacen(&carried, "", 1);
                let policy = edition::policy();
                self.leaks.look(path, &text, Some(&policy));
            }
            Kind::Page(..) if theme.has_own_markup() => {
                self.leaks
                    .look(path, &text(), Some(CONTENT_SECURITY_POLICY));
            }
            Kind::Style => self.leaks.look_at_style(path, &text()),
            _ => {}
        }
    }
}

/// Locks what files looked at; every change to it is one insertion after another.
fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What several pieces of work looked at.
fn merged(parts: &[Seen]) -> Seen {
    let mut all = Seen::default();
    for part in parts {
        all.merge(part);
    }
    all
}

fn facts(bytes: &[u8]) -> Facts {
    Facts {
        bytes: bytes.len(),
        sha256: sha256(bytes),
    }
}
