//! What the pages of each scorecard are made from, so that a build makes those pages
//! again only where that has changed.
//!
//! The pages of a scorecard show what its own files say, what the site settles for all,
//! and something of other scorecards. What that is nobody has to know beforehand: it is
//! noted while the pages are made ([`watch`](crate::model::watch)). Where everything
//! that was looked at is the same, the pages look at the same again, and come out the
//! same.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use ahash::AHashSet;
use blake3::{Hash, Hasher};
use serde::{Deserialize, Serialize};

use crate::evaluate::Evaluation;
use crate::model::Publication;
use crate::model::arena::{Arena, ScorecardIx};
use crate::model::watch::Seen;
use crate::site::links::Links;
use crate::source::fingerprint::Files;
use crate::source::tree::{is_passed_over, is_read};
use crate::span::Sources;

/// What the pages of a scorecard were made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The hash of it all.
    hash: String,
    /// The scorecards that they look at.
    scorecards: BTreeSet<String>,
    /// The scorecards whose links they follow.
    links: BTreeSet<String>,
}

/// The grounds of each scorecard, by its path.
pub type Grounds = BTreeMap<String, Ground>;

/// A site as the ground of its pages.
pub struct Soil {
    /// The paths of the scorecards.
    paths: Arena<ScorecardIx, String>,
    /// Where they are.
    by_path: BTreeMap<String, ScorecardIx>,
    /// Of all that any page may depend on.
    site: Hash,
    /// Of the files of each scorecard.
    files: Arena<ScorecardIx, Hash>,
    /// What else the model and the results of a scorecard are made from.
    kin: Arena<ScorecardIx, BTreeSet<ScorecardIx>>,
    /// What the links of a scorecard with others are made from.
    linked: Arena<ScorecardIx, Seen>,
}

impl Soil {
    /// Looks at a site that was prepared from these files, after `told` this.
    #[must_use]
    pub fn of(
        publication: &Publication,
        evaluation: &Evaluation,
        sources: &Sources,
        files: &Files,
        told: &str,
    ) -> Self {
        let (site, files) = hashes(publication, evaluation, sources, files, told);
        Self {
            paths: publication
                .scorecards
                .map(|(_, scorecard)| scorecard.path.clone()),
            by_path: publication.by_path.clone(),
            site,
            files,
            kin: kin(publication, evaluation),
            linked: linked(publication),
        }
    }

    /// The grounds of pages that looked at all this, as far as they can be told.
    #[must_use]
    pub fn grounds(&self, seen: &Arena<ScorecardIx, Seen>) -> Grounds {
        let ground = |(at, seen)| Some((self.paths[at].clone(), self.ground(at, seen)?));
        seen.entries().filter_map(ground).collect()
    }

    fn ground(&self, at: ScorecardIx, seen: &Seen) -> Option<Ground> {
        let path = |at: &ScorecardIx| self.paths[*at].clone();
        Some(Ground {
            hash: self.hash(at, seen)?,
            scorecards: seen.scorecards.iter().map(path).collect(),
            links: seen.links.iter().map(path).collect(),
        })
    }

    /// What was looked at for the pages of a scorecard, where their ground is the same.
    #[must_use]
    pub fn still(&self, at: ScorecardIx, before: &Grounds) -> Option<Seen> {
        let before = before.get(&self.paths[at])?;
        let find = |paths: &BTreeSet<String>| {
            let find = |path: &String| self.by_path.get(path).copied();
            paths.iter().map(find).collect::<Option<_>>()
        };
        let seen = Seen {
            scorecards: find(&before.scorecards)?,
            links: find(&before.links)?,
            all: false,
        };
        (self.hash(at, &seen)? == before.hash).then_some(seen)
    }

    /// The hash of all that pages of a scorecard depend on which looked at this.
    fn hash(&self, at: ScorecardIx, seen: &Seen) -> Option<String> {
        let mut met = BTreeSet::new();
        let mut look = |at: ScorecardIx| {
            met.insert(at);
            met.extend(&self.kin[at]);
        };
        iter::once(at)
            .chain(seen.scorecards.iter().copied())
            .for_each(&mut look);
        let mut all = seen.all;
        for linked in iter::once(&at).chain(&seen.links) {
            let linked = &self.linked[*linked];
            all |= linked.all;
            linked.scorecards.iter().copied().for_each(&mut look);
        }
        let mut hash = Hasher::new();
        hash.update(self.site.as_bytes());
        for at in met {
            take(&mut hash, &self.paths[at]);
            hash.update(self.files[at].as_bytes());
        }
        (!all).then(|| hash.finalize().to_string())
    }
}

/// The hash of all that any page may depend on, and that of the files of each scorecard.
///
/// Of the files in the folder of a scorecard, those are its own that were read as text;
/// others, such as pictures, may be shown anywhere. A text counts as it was read, whatever
/// its file has become since: what is kept and what is made tell of one state.
fn hashes(
    publication: &Publication,
    evaluation: &Evaluation,
    sources: &Sources,
    files: &Files,
    told: &str,
) -> (Hash, Arena<ScorecardIx, Hash>) {
    let scorecards = &publication.scorecards;
    let folders: BTreeMap<&str, ScorecardIx> = (scorecards.entries())
        .map(|(at, scorecard)| (scorecard.folder.as_str(), at))
        .collect();
    let versions = publication.pages.iter().flat_map(|page| &page.versions);
    let of_pages: BTreeSet<_> = versions.map(|v| &*sources.get(v.file).path).collect();
    let owner = |path: &str| {
        let is_own = is_read(path) && !of_pages.contains(path);
        folders.get(folder(path).filter(|_| is_own)?).copied()
    };
    let mut site = Hasher::new();
    take(&mut site, told);
    let latest = scorecards.iter().filter_map(|s| s.latest).max();
    take(&mut site, &format!("{:?} {latest:?}", evaluation.as_of));
    for at in scorecards.positions() {
        let head = scorecards.head(at);
        take(&mut site, head.path);
        take(&mut site, &publication.organizations[head.organization].id);
        take(&mut site, &head.period.to_string());
    }
    let mut of_scorecards = scorecards.map(|_| Hasher::new());
    let mut read = AHashSet::new();
    // One without text was not read, or says nothing.
    for source in sources.iter().filter(|source| !source.text.is_empty()) {
        let hasher = match owner(&source.path) {
            Some(at) => &mut of_scorecards[at],
            None => &mut site,
        };
        take(hasher, &source.path);
        take(hasher, source.sheet.as_deref().unwrap_or_default());
        take(hasher, &source.text);
        read.insert(source.path.as_str());
    }
    let rest = files.each().filter(|(path, _)| !read.contains(path));
    for (path, hash) in rest.filter(|(path, _)| !is_passed_over(path)) {
        take(&mut site, path);
        site.update(hash.as_bytes());
    }
    let of_scorecards = of_scorecards.iter().map(Hasher::finalize).collect();
    (site.finalize(), of_scorecards)
}

/// The folder of a scorecard that a file may lie in, relative to `content/`.
fn folder(path: &str) -> Option<&str> {
    let path = path.strip_prefix("content/")?;
    let (end, _) = path.match_indices('/').nth(1)?;
    path.get(..end)
}

/// The scorecards of its organisation that a scorecard is held against: every earlier
/// one, for what has changed since, and those that share a KPI with it.
fn kin(
    publication: &Publication,
    evaluation: &Evaluation,
) -> Arena<ScorecardIx, BTreeSet<ScorecardIx>> {
    let mut kin = publication.scorecards.map(|_| BTreeSet::new());
    for run in evaluation.series.values() {
        let all: BTreeSet<_> = run.iter().map(|(at, _)| *at).collect();
        for at in &all {
            kin[*at].extend(&all);
        }
    }
    for at in publication.scorecards.positions() {
        let head = publication.scorecards.head(at);
        let earlier = publication.heads_of(head.organization);
        let earlier = earlier.filter(|(_, other)| other.period.end() < head.period.end());
        kin[at].extend(earlier.map(|(at, _)| at));
    }
    kin
}

/// For each scorecard, those that say what it contributes to, and what contributes to it.
fn linked(publication: &Publication) -> Arena<ScorecardIx, Seen> {
    let reach = &publication.reach;
    let mut linked = publication
        .scorecards
        .map(|(at, _)| reach[at].looked_at.clone());
    for link in Links::of(publication).all() {
        linked[link.cascade.scorecard]
            .scorecards
            .insert(link.scorecard);
    }
    linked
}

fn take(hash: &mut Hasher, text: &str) {
    hash.update(&text.len().to_le_bytes());
    hash.update(text.as_bytes());
}
