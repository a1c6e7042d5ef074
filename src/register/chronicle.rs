//! The chronicle: what was altered in place, and what disappeared, from one commit of
//! the sources to the next. It is written while the history is read, once.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::facts::{Facts, Level};
use super::pairs::Pairs;
use super::reader::Reader;
use super::rows::{self, Book, Key};
use super::rules::{self, MEANINGS, Rules};
use crate::git::history::{CommitIx, Version, Witness};

/// Something that a commit changed without a revision in a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// The commit.
    pub commit: CommitIx,
    /// The scorecard, as `organisation/period`; [`SITE`] for all of them.
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
    rows: BTreeMap<String, (rows::Rows, rows::Rows)>,
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

struct Writer<'a> {
    commit: CommitIx,
    folder: &'a str,
    language: &'a str,
    episodes: &'a mut Vec<Episode>,
}

impl Writer<'_> {
    fn write(&mut self, facts: &Facts, what: Turn) {
        self.episodes.push(Episode {
            commit: self.commit,
            folder: self.folder.to_owned(),
            level: facts.level,
            code: facts.code.clone(),
            id: facts.id.clone(),
            name: facts.name.clone(),
            what,
        });
    }

    /// The period of the plan, as its folder is called.
    fn period(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or_default()
    }

    fn plan(&mut self, then: &[Arc<Facts>], now: &[Arc<Facts>], come: &rows::Rows) {
        // What was not read anew did not change.
        let places = |list: &[Arc<Facts>]| list.iter().map(Arc::as_ptr).collect::<HashSet<_>>();
        let (before, after) = (places(then), places(now));
        let other = |list: &[Arc<Facts>], places: &HashSet<_>| -> Vec<Arc<Facts>> {
            let is_other = |facts: &&Arc<Facts>| !places.contains(&Arc::as_ptr(facts));
            list.iter().filter(is_other).cloned().collect()
        };
        let is_new = then.is_empty();
        let (then, now) = (other(then, &after), other(now, &before));
        if !is_new {
            self.whole(&then, &now);
        }
        let pairs = Pairs::of(&then, &now);
        for old in then.iter().filter(|facts| !is_whole(facts)) {
            let Some(new) = pairs.find(old) else {
                if old.level == Level::Kpi {
                    self.write(old, Turn::Gone);
                }
                continue;
            };
            let name = |facts: &Facts| Some(facts.name.clone());
            let weight = |facts: &Facts| Some(facts.weight.clone());
            for (aspect, from, to) in [
                (Aspect::Name, name(old), name(new)),
                (Aspect::Weight, weight(old), weight(new)),
                (Aspect::Baseline, old.baseline.clone(), new.baseline.clone()),
                (Aspect::Scale, old.scale.clone(), new.scale.clone()),
                (Aspect::Target, old.target.clone(), new.target.clone()),
            ] {
                let is_same = match aspect {
                    Aspect::Name => old.wording.is_same(&new.wording, self.language),
                    // It went from the plan to the ledger.
                    Aspect::Target if to.is_none() => from.as_ref().is_some_and(|was| {
                        says(come, Book::Targets, &new.code, self.period(), was)
                    }),
                    _ => from == to,
                };
                // What is stated for the first time was not moved.
                if !is_same && from.is_some() {
                    self.write(new, Turn::Plan(aspect, from, to));
                }
            }
            self.meaning(old, new);
            self.rules(old, new);
        }
    }

    /// What is said of the site or scorecard as a whole; a plan that says nothing leaves
    /// the defaults.
    fn whole(&mut self, then: &[Arc<Facts>], now: &[Arc<Facts>]) {
        let own = |list: &[Arc<Facts>]| list.iter().find(|facts| is_whole(facts)).cloned();
        let (old, new) = (own(then), own(now));
        let Some(any) = old.as_ref().or(new.as_ref()) else {
            return;
        };
        let silent = Arc::new(Facts {
            rules: Rules::new(),
            ..Facts::clone(any)
        });
        let (old, new) = (old.as_ref(), new.as_ref());
        self.rules(old.unwrap_or(&silent), new.unwrap_or(&silent));
    }

    fn rules(&mut self, old: &Facts, new: &Facts) {
        let unit = |facts: &Facts| facts.meaning("unit", self.language).unwrap_or_default();
        let (unit_then, unit_now) = (unit(old), unit(new));
        let then = (&old.rules, unit_then.as_str());
        let now = (&new.rules, unit_now.as_str());
        for (key, from, to) in rules::changed(new.level, then, now) {
            self.write(new, Turn::Plan(Aspect::Rule(key), from, to));
        }
    }

    /// What is measured; a translation that comes, goes or is mended changes nothing.
    fn meaning(&mut self, old: &Facts, new: &Facts) {
        for key in MEANINGS {
            let (Some(was), Some(is)) = (old.meaning.get(key), new.meaning.get(key)) else {
                continue;
            };
            if !was.is_same(is, self.language) {
                let said = |facts: &Facts| facts.meaning(key, self.language);
                let turn = Turn::Plan(Aspect::Meaning(key), said(old), said(new));
                self.write(new, turn);
            }
        }
    }

    fn rows(
        &mut self,
        then: &[Arc<Facts>],
        now: &[Arc<Facts>],
        gone: &rows::Rows,
        come: &rows::Rows,
    ) {
        let pairs = Pairs::of(then, now);
        for ((book, key), was) in gone {
            let Some(before) = pairs.then.by_code.get(&(Level::Kpi, key.kpi.as_str())) else {
                continue;
            };
            let Some(after) = pairs.find(before) else {
                continue;
            };
            let same = Key {
                kpi: after.code.clone(),
                ..key.clone()
            };
            let is = come.get(&(*book, same.clone()));
            // With another day it is the same figure; and it may go to the plan.
            let is_in_plan = *book == Book::Targets
                && same.period == self.period()
                && after.target.as_ref() == Some(was);
            let is_still_said =
                is.is_none() && (is_in_plan || says(come, *book, &same.kpi, &same.period, was));
            if is != Some(was) && !is_still_said {
                self.write(after, Turn::Row(*book, same, was.clone(), is.cloned()));
            }
        }
    }
}

/// Whether something is the site or the scorecard as a whole.
fn is_whole(facts: &Facts) -> bool {
    matches!(facts.level, Level::Site | Level::Scorecard)
}

/// Whether some row, of whatever day, says this of a KPI and a period.
fn says(rows: &rows::Rows, book: Book, kpi: &str, period: &str, what: &str) -> bool {
    let first = Key {
        kpi: kpi.to_owned(),
        period: period.to_owned(),
        date: String::new(),
    };
    let mut of_period = rows
        .range((book, first)..)
        .take_while(|((other, key), _)| *other == book && key.kpi == kpi && key.period == period);
    of_period.any(|(_, said)| said == what)
}
