//! Scorepress publishes an organisation's strategy map and balanced scorecard
//! as a static website, from plain text files.
//!
//! It is a compiler. Sources with places go in, a tree of files comes out, and
//! between them each phase is a plain function over plain data:
//!
//! ```text
//! read ──► assemble ──► check ──► evaluate ──► plan ──► render ──► publish
//! files     model       faults    statuses,    every    bytes      public/
//! + places  + links               scores       address
//! ```
//!
//! [`prepare_again`] tells the story as far as the plan, [`render`] makes the bytes,
//! and [`publish`] puts them where readers find them. A fault in the content
//! never stops a phase from finding the next one: all are told in one run.

pub mod assemble;
pub mod chart;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod evaluate;
pub mod git;
pub mod grounds;
pub mod interchange;
pub mod kept;
pub mod map;
pub mod message;
pub mod model;
pub mod provenance;
pub mod publish;
pub mod register;
pub mod serve;
pub mod site;
pub mod source;
pub mod span;
pub mod timing;
pub mod verify;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, RuleLevels};
use crate::evaluate::Evaluation;
use crate::git::{Checkout, Head};
use crate::kept::Kept;
use crate::message::Language;
use crate::model::Publication;
use crate::model::arena::{Arena, ScorecardIx};
use crate::model::lang::LangId;
use crate::model::settings::Settings;
use crate::model::watch::Seen;
use crate::provenance::{Past, Provenance};
use crate::publish::{Artifact, Origin, Share};
use crate::register::Register;
use crate::site::plan::Planned;
use crate::site::render::{Renderer, Shop};
use crate::site::theme::Theme;
use crate::source::tree::ReadError;
use crate::span::Sources;
use crate::timing::{Phase, Timings};

/// What a build goes by.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The date the site speaks of, before the site's own setting.
    pub as_of: Option<Date>,
    /// The address of the site, before the site's own setting.
    pub base_url: Option<String>,
    /// Whether drafts are pages too.
    pub drafts: bool,
    /// Where the checkout of the sources stands, for links to their lines and
    /// for the manifest.
    pub head: Option<Head>,
    /// Whether the history of that checkout is to be read, unless the site says not.
    pub asks_history: bool,
    /// What the history tells.
    pub past: Past,
    /// The language in which faults are told, before the site's own.
    pub language: Option<Language>,
    /// Whether the processor time and memory of each phase are measured.
    pub timings: bool,
}

impl Options {
    /// The commit of the sources, where it is known.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        self.head.as_ref().map(|head| head.commit.as_str())
    }

    /// Looks at the checkout of the sources: where it stands, and its history, if that
    /// is wanted. A history that is known already is not read again.
    #[must_use]
    pub fn look(&self) -> (Option<Head>, Past) {
        self.look_back(git::checkout(&self.root))
    }

    /// The same for a checkout that was asked already.
    #[must_use]
    pub fn look_back(&self, checkout: Option<Checkout>) -> (Option<Head>, Past) {
        let past = if self.asks_history {
            Past::look(&self.root, checkout.as_ref(), &self.past)
        } else {
            Past::NotAsked
        };
        (checkout.map(|checkout| checkout.head), past)
    }

    /// A fingerprint of all that a build with these options is told besides its files:
    /// where it is the same, and the files are, so is every byte of the site. Nothing
    /// where the checkout may come to tell more without another commit.
    #[must_use]
    pub fn fingerprint(
        &self,
        checkout: Option<&Checkout>,
        share: Option<Share>,
    ) -> Option<blake3::Hash> {
        let Self {
            // Its files have a fingerprint of their own.
            root: _,
            as_of,
            base_url,
            drafts,
            // What the checkout tells comes from the checkout.
            head: _,
            past: _,
            asks_history,
            // Neither changes a byte of the site.
            language: _,
            timings: _,
        } = self;
        if *asks_history && checkout.is_some_and(|checkout| checkout.is_shallow) {
            return None;
        }
        let told = (as_of, base_url, drafts, asks_history, checkout, share);
        let told = format!("{program} {told:?}", program = env!("SCOREPRESS_PROGRAM"));
        Some(blake3::hash(told.as_bytes()))
    }

    /// What the pages of a site are told besides its files; nothing where the checkout
    /// may come to tell them more without another commit. Builds with these options
    /// have looked at their checkout.
    #[must_use]
    pub fn told_to_pages(
        &self,
        checkout: Option<&Checkout>,
        share: Option<Share>,
        settings: &Settings,
    ) -> Option<String> {
        // A history that could not be read may be readable the next time, and a clone be
        // deepened.
        let may_tell_more = match &self.past {
            Past::NotAsked => false,
            Past::Absent => checkout.is_some(),
            Past::Known(_) => checkout.is_none_or(|checkout| checkout.is_shallow),
        };
        let is_known = self.past.known().is_some();
        let is_linked = (settings.repository.as_ref()).is_some_and(|r| r.contains("{commit}"));
        let commit = self.commit().filter(|_| is_known || is_linked);
        // Whether a text differs from its commit can be seen by it.
        let is_workbook =
            |path: &&String| matches!(path.rsplit_once('.'), Some((_, "xlsx" | "ods")));
        let workbooks: Vec<_> = (checkout.filter(|_| is_known).iter())
            .flat_map(|checkout| checkout.changed.iter().filter(is_workbook))
            .collect();
        let (as_of, base_url, drafts) = (self.as_of, &self.base_url, self.drafts);
        let told = (
            as_of,
            base_url,
            drafts,
            share,
            self.past.extent(),
            commit,
            workbooks,
        );
        let program = env!("SCOREPRESS_PROGRAM");
        (!may_tell_more).then(|| format!("{program} {told:?}"))
    }

    /// What a site built with these options is made from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin {
            commit: self.commit().map(str::to_owned),
            modified: self.head.as_ref().is_some_and(|head| head.modified),
            as_of: self.as_of.map(|date| date.to_string()),
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            history: self.past.extent().into(),
        }
    }
}

/// A site that is ready to be rendered, and everything found on the way.
pub struct Prepared {
    /// The files that were read.
    pub sources: Sources,
    /// The model.
    pub publication: Publication,
    /// Its results.
    pub evaluation: Evaluation,
    /// Its theme, when it could be read.
    pub theme: Option<Arc<Theme>>,
    /// Every file of the site.
    pub plan: Vec<Planned>,
    /// What was found, not yet settled: rendering may add to it.
    pub faults: Diagnostics,
    /// The levels that the site gives to rules.
    pub levels: RuleLevels,
    /// The language in which faults are told: the one that was asked for, or that
    /// of the content, or English.
    pub language: Language,
    /// What each phase took.
    pub timings: Timings,
}

/// Reads, assembles, checks, evaluates and plans a site.
///
/// # Errors
/// When the content folder cannot be listed; every lesser fault is a diagnostic.
pub fn prepare(options: &Options) -> Result<Prepared, ReadError> {
    prepare_again(options, &mut Kept::default())
}

/// Does the same for a site that was prepared before: what was kept of it and would
/// come out the same is not made anew.
///
/// # Errors
/// When the content folder cannot be listed.
pub fn prepare_again(options: &Options, kept: &mut Kept) -> Result<Prepared, ReadError> {
    let mut timings = Timings::start(options.timings);
    let mut sources = Sources::after(&kept.sources);
    let (mut reading, mut faults) = <(Diagnostics, Diagnostics)>::default();

    let before = &kept.sources;
    let mut documents = source::documents::read(&options.root, before, &mut sources, &mut reading)?;
    kept.sources.clone_from(&sources);
    let strays = std::mem::take(&mut documents.strays);
    timings.lap(Phase::Read);

    let assembly = assemble::assemble(
        documents,
        options.drafts,
        &mut kept.assembled,
        &mut sources,
        &mut reading,
        &mut faults,
    );
    let publication = assembly.publication;
    timings.lap(Phase::Assemble);

    check::check(&publication, &mut kept.checked, &sources, &mut faults);
    if options.as_of.is_none() {
        check::unseen::check(&publication, &mut faults);
    }
    timings.lap(Phase::Check);

    let evaluation = evaluate::evaluate(&publication, options.as_of, &mut kept.evaluated);
    timings.lap(Phase::Evaluate);

    let theme = site::theme::load(
        &options.root,
        &publication,
        &mut kept.theme,
        &mut sources,
        &mut faults,
    );
    site::pictures::check(&options.root, &publication, &sources, &mut faults);
    let attachments = site::attachments::used(&publication, &sources);
    site::attachments::check(strays, &attachments, &mut sources, &mut faults);
    let base_url = options
        .base_url
        .as_deref()
        .or(publication.settings.base_url.as_deref());
    let plan = site::plan::plan(
        &publication,
        &evaluation,
        &attachments,
        base_url,
        &sources,
        &mut faults,
    );
    timings.lap(Phase::Plan);

    // Where a part of the site cannot be read, whatever depends on it looks wrong as
    // well, and the cause would be lost among the consequences: they are not told.
    let levels = &assembly.levels;
    let is_told = |fault: &Diagnostic| levels.level(fault.rule).is_some();
    if !reading.iter().any(|fault| fault.hides && is_told(fault)) {
        reading.append(faults);
    }
    let faults = reading;
    let languages = &publication.settings.languages;
    let own = Language::of_tag(languages.tag(LangId::DEFAULT));
    let language = options.language.or(own).unwrap_or_default();
    Ok(Prepared {
        sources,
        publication,
        evaluation,
        theme,
        plan,
        faults,
        levels: assembly.levels,
        language,
        timings,
    })
}

impl Prepared {
    /// What tells this site from another: a hash of its sources and of what the
    /// build was told.
    #[must_use]
    pub fn identity(&self, options: &Options) -> String {
        let mut hash = blake3::Hasher::new();
        let mut take = |text: &str| {
            hash.update(&text.len().to_le_bytes());
            hash.update(text.as_bytes());
        };
        take(env!("CARGO_PKG_VERSION"));
        take(&format!("{:?} {:?}", options.as_of, options.drafts));
        take(options.base_url.as_deref().unwrap_or_default());
        take(options.commit().unwrap_or_default());
        take(&format!("{:?}", options.past.extent()));
        let mut sources: Vec<_> = self.sources.iter().collect();
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        for source in sources {
            take(&source.path);
            take(&source.text);
        }
        for file in &self.plan {
            take(&file.path);
        }
        hash.finalize().to_hex().to_string()
    }

    /// Applies the site's rule levels to what was found, and says whether
    /// nothing forbids the site.
    pub fn settle(&mut self) -> bool {
        self.faults = std::mem::take(&mut self.faults).settle(&self.levels, &self.sources);
        self.faults.errors() == 0 && self.theme.is_some()
    }
}

/// Sets up the rendering of a prepared site and does some work with it; nothing
/// without a theme.
pub fn open<T>(options: &Options, prepared: &Prepared, work: impl FnOnce(&Shop) -> T) -> Option<T> {
    let settings = &prepared.publication.settings;
    let provenance = Provenance::new(&options.past, &prepared.sources);
    let (publication, evaluation) = (&prepared.publication, &prepared.evaluation);
    let register = Register::new(publication, evaluation, &options.past, options.as_of);
    let renderer = Renderer {
        provenance: &provenance,
        past: &options.past,
        register: &register,
        root: &options.root,
        publication: &prepared.publication,
        evaluation: &prepared.evaluation,
        sources: &prepared.sources,
        theme: prepared.theme.as_ref()?,
        base_url: options.base_url.as_deref().or(settings.base_url.as_deref()),
        commit: options.commit(),
    };
    Some(renderer.open(work))
}

/// Renders what is wanted of a prepared site that nothing forbids, file by file into `take`;
/// tells what the pages of each scorecard looked at, or nothing where not every page could
/// be rendered. What could not is among the faults.
///
/// # Errors
/// The first thing that `take` could not do.
pub fn render<E: Send>(
    options: &Options,
    prepared: &mut Prepared,
    wanted: impl Fn(&Planned) -> bool + Sync,
    take: impl Fn(&Artifact) -> Result<(), E> + Sync,
) -> Result<Option<Arena<ScorecardIx, Seen>>, E> {
    let mut found = Diagnostics::default();
    let rendered = open(options, prepared, |shop| {
        shop.all(&prepared.plan, wanted, take, &mut found)
    });
    let Some(rendered) = rendered else {
        return Ok(None);
    };
    let seen = rendered?;
    prepared.timings.lap(Phase::Render);
    prepared.faults.append(found);
    Ok(prepared.settle().then_some(seen))
}
