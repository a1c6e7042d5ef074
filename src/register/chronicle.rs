//! The chronicle: what was altered in place, and what disappeared, from one commit of
//! the sources to the next. It is written while the history is read, once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::facts::{Facts, Level};
use super::lost::Lost;
use super::reader::Reader;
use super::rows::{self, Book, Key, Rows};
use super::writer::Writer;
use crate::git::history::{CommitIx, Version, Witness};

/// Something that a commit changed without a revision in a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// The commit.
    pub commit: CommitIx,
    /// The scorecard, as `organisation/period`; that of the site for all of them.
    pub folder: String,
    /// What it is about.
    pub level: Level,
    /// Its code, as it was.
    pub code: String,
    /// Its id, if it had one.
    pub id: Option<String>,
    /// Its name, as it was.
    pub name: String,
    /// What changed.
    pub what: Turn,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// What the plan says: of which kind, from, to.
    Plan(Aspect, Option<String>, Option<String>),
    /// A row of a ledger: from, to; nothing where it was taken away.
    Row(Book, Key, String, Option<String>),
    /// Another cell of a row: its column, from, to.
    Cell(Book, Key, &'static str, [String; 2]),
    /// It is gone.
    Gone,
}

/// What a plan says of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Its name.
    Name,
    /// Its weight.
    Weight,
    /// Its baseline.
    Baseline,
    /// How values become scores.
    Scale,
    /// The target beside it.
    Target,
    /// A rule of scoring, by its key.
    Rule(&'static str),
    /// What it measures, by the key that says so.
    Meaning(&'static str),
}

/// Writes the chronicle.
#[derive(Debug, Default)]
pub struct Chronicler {
    reader: Reader,
    /// What each file of a plan says.
    plans: BTreeMap<String, Vec<Arc<Facts>>>,
    /// What the plans said before the commit that is read, by folder.
    before: BTreeMap<String, Vec<Arc<Facts>>>,
    /// Rows that the commit took away and brought, by folder.
    rows: BTreeMap<String, (Rows, Rows)>,
    /// What is gone, by folder.
    lost: BTreeMap<String, Lost>,
    /// Folders that the commit renamed.
    moved: BTreeMap<String, String>,
    episodes: Vec<Episode>,
}

/// What a file of a scorecard is.
enum Part<'a> {
    Plan(&'a str),
    Ledger(Book),
}

/// The folder of what is said of all scorecards.
pub(super) const SITE: &str = "";

/// The scorecard that a file belongs to, and what it is there.
fn part(path: &str) -> Option<(&str, Part<'_>)> {
    let inside = path.strip_prefix("content/")?;
    if inside == "site.yaml" {
        return Some((SITE, Part::Plan("site")));
    }
    let (organization, rest) = inside.split_once('/')?;
    let (period, rest) = rest.split_once('/')?;
    let folder = inside.get(..organization.len() + 1 + period.len())?;
    let part = match rest.rsplit_once('.')? {
        ("targets", "csv") => Part::Ledger(Book::Targets),
        ("measurements", "csv") => Part::Ledger(Book::Results),
        (stem, "yaml") => {
            let list = stem.split('/').next().unwrap_or(stem);
            let lists = ["scorecard", "themes", "objectives", "cross_cutting", "kpis"];
            Part::Plan(lists.into_iter().find(|known| *known == list)?)
        }
        _ => return None,
    };
    Some((folder, part))
}

impl Witness for Chronicler {
    fn wants(&self, path: &str) -> bool {
        part(path).is_some()
    }

    fn file(&mut self, version: &Version) {
        let places = [version.from, version.to].map(|path| path.and_then(part));
        for (folder, place) in places.iter().flatten() {
            if matches!(place, Part::Plan(_)) {
                self.remember(folder);
            }
        }
        if let [Some((from, Part::Plan("scorecard"))), Some((to, _))] = &places
            && from != to
        {
            self.moved.insert((*from).to_owned(), (*to).to_owned());
        }
        let [from, to] = places;
        let was = version.from.and_then(|path| self.plans.remove(path));
        if let (Some(path), Some((_, Part::Plan(list)))) = (version.to, &to) {
            let now = {
                let before = was.as_ref().map_or(0, Vec::len);
                self.reader.read(path, list, version.after, before)
            };
            // What cannot be read is mended by a later commit; until then nothing is gone.
            self.plans
                .insert(path.to_owned(), now.or(was).unwrap_or_default());
        }
        let header = |lines: &[Arc<str>]| {
            let first = lines.iter().find(|line| !line.trim().is_empty());
            first.map(ToString::to_string).unwrap_or_default()
        };
        if let Some((folder, Part::Ledger(book))) = from {
            let (gone, _) = self.rows.entry(folder.to_owned()).or_default();
            let ranges = version.hunks.iter().map(|(before, _)| before.clone());
            rows::read(book, &header(version.before), version.before, ranges, gone);
        }
        if let Some((folder, Part::Ledger(book))) = to {
            let (_, come) = self.rows.entry(folder.to_owned()).or_default();
            let ranges = version.hunks.iter().map(|(_, after)| after.clone());
            rows::read(book, &header(version.after), version.after, ranges, come);
        }
    }

    fn commit(&mut self, commit: CommitIx) {
        let moved = std::mem::take(&mut self.moved);
        for episode in &mut self.episodes {
            if let Some(to) = moved.get(&episode.folder) {
                episode.folder.clone_from(to);
            }
        }
        let mut before = std::mem::take(&mut self.before);
        let mut rows = std::mem::take(&mut self.rows);
        for (from, to) in &moved {
            if let Some(facts) = before.remove(from).filter(|facts| !facts.is_empty()) {
                before.insert(to.clone(), facts);
            }
            if let Some(lost) = self.lost.remove(from) {
                self.lost.insert(to.clone(), lost);
            }
            if let Some((gone, come)) = rows.remove(from) {
                let entry = rows.entry(to.clone()).or_default();
                entry.0.extend(gone);
                entry.1.extend(come);
            }
        }
        let folders: BTreeSet<_> = before.keys().chain(rows.keys()).cloned().collect();
        for folder in folders {
            let is_planned = before.contains_key(&folder);
            let has_lost = rows.get(&folder).is_some_and(|(gone, _)| !gone.is_empty());
            // Rows that were added are news, and tell of themselves.
            if !is_planned && !has_lost {
                continue;
            }
            let now = self.said(&folder);
            let then = before.remove(&folder).unwrap_or_else(|| now.clone());
            let (gone, come) = rows.remove(&folder).unwrap_or_default();
            let mut writer = Writer {
                commit,
                folder: &folder,
                language: &self.reader.language,
                episodes: &mut self.episodes,
                lost: self.lost.entry(folder.clone()).or_default(),
            };
            if is_planned {
                writer.plan(&then, &now, &come);
            }
            writer.rows(&then, &now, &gone, &come);
        }
    }
}

impl Chronicler {
    /// Begins a chronicle of a site whose content is in this language.
    #[must_use]
    pub fn new(language: String) -> Self {
        let mut chronicler = Self::default();
        chronicler.reader.language = language;
        chronicler
    }

    /// What was written.
    #[must_use]
    pub fn episodes(self) -> Vec<Episode> {
        self.episodes
    }

    /// Keeps what a plan said before the first of its files changed.
    fn remember(&mut self, folder: &str) {
        if !self.before.contains_key(folder) {
            let said = self.said(folder);
            self.before.insert(folder.to_owned(), said);
        }
    }

    /// What a plan says, in all its files.
    fn said(&self, folder: &str) -> Vec<Arc<Facts>> {
        let start = match folder {
            SITE => "content/site.yaml".to_owned(),
            _ => format!("content/{folder}/"),
        };
        let files = self.plans.range(start.clone()..);
        let files = files.take_while(|(path, _)| path.starts_with(&start));
        files.flat_map(|(_, facts)| facts.iter().cloned()).collect()
    }
}
