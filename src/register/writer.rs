//! What a commit altered in a scorecard, written into the chronicle.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::sync::Arc;

use super::chronicle::{Aspect, Episode, Turn};
use super::facts::{Facts, Level};
use super::lost::Lost;
use super::pairs::Pairs;
use super::rows::{self, Book, Cells, Key};
use super::rules::{self, MEANINGS, Rules};
use crate::git::history::CommitIx;

/// Writes down what a commit altered in a scorecard.
pub(super) struct Writer<'a> {
    pub commit: CommitIx,
    pub folder: &'a str,
    /// The language of the content.
    pub language: &'a str,
    pub episodes: &'a mut Vec<Episode>,
    pub lost: &'a mut Lost,
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

    /// What the plan says.
    pub fn plan(&mut self, then: &[Arc<Facts>], now: &[Arc<Facts>], come: &rows::Rows) {
        // What was not read anew did not change.
        let places = |list: &[Arc<Facts>]| list.iter().map(Arc::as_ptr).collect::<HashSet<_>>();
        let (before, after) = (places(then), places(now));
        let other = |list: &[Arc<Facts>], places: &HashSet<_>| -> Vec<Arc<Facts>> {
            let is_other = |facts: &&Arc<Facts>| !places.contains(&Arc::as_ptr(facts));
            list.iter().filter(is_other).cloned().collect()
        };
        let is_new = then.is_empty();
        let all = LazyCell::new(|| Pairs::of(then, now));
        let (then, now) = (&other(then, &after), &other(now, &before));
        if !is_new {
            self.whole(then, now);
        }
        let pairs = Pairs::of(then, now);
        let mut known = HashSet::new();
        for old in then.iter().filter(|facts| !is_whole(facts)) {
            if let Some(new) = pairs.find(old) {
                known.insert(std::ptr::from_ref(new));
                self.pair(old, new, come, &all);
                continue;
            }
            if old.level == Level::Kpi {
                self.write(old, Turn::Gone);
            }
            self.lost.facts.push(Arc::clone(old));
        }
        let news = now
            .iter()
            .filter(|facts| !known.contains(&Arc::as_ptr(facts)));
        for new in news {
            if let Some((old, rows)) = self.lost.take(new) {
                self.pair(&old, new, come, &all);
                for ((book, key), was) in rows {
                    self.lost_row(new, book, &key, &was, come);
                }
            }
        }
    }

    /// The same thing, before and now.
    fn pair(&mut self, old: &Facts, new: &Facts, come: &rows::Rows, all: &Pairs) {
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
                    says(come, Book::Targets, &new.code, self.period(), was).is_some()
                }),
                _ => from == to,
            };
            // What is stated for the first time was not moved.
            if !is_same && from.is_some() {
                self.write(new, Turn::Plan(aspect, from, to));
            }
        }
        self.translations(old, new);
        if old.objective() != new.objective() && is_moved(old, new, all) {
            let own = |facts: &Facts| facts.objective().map(str::to_owned);
            let turn = Turn::Plan(Aspect::Rule("objective"), own(old), own(new));
            self.write(new, turn);
        }
        self.meaning(old, new);
        self.rules(old, new);
    }

    /// A name that is another in another language alone.
    fn translations(&mut self, old: &Facts, new: &Facts) {
        if old.name != new.name {
            return;
        }
        for (from, to) in old.wording.translated_anew(&new.wording) {
            self.write(new, Turn::Plan(Aspect::Name, Some(from), Some(to)));
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

    /// What the ledgers say.
    pub fn rows(
        &mut self,
        then: &[Arc<Facts>],
        now: &[Arc<Facts>],
        gone: &rows::Rows,
        come: &rows::Rows,
    ) {
        let pairs = Pairs::of(then, now);
        for ((book, key), was) in gone {
            let before = pairs.then.by_code.get(&(Level::Kpi, key.kpi.as_str()));
            match before.and_then(|before| pairs.find(before)) {
                Some(after) => self.lost_row(after, *book, key, was, come),
                None => self.lost.row(*book, key, was),
            }
        }
    }

    /// A row that is not where it was: `facts` are those of its KPI.
    fn lost_row(&mut self, facts: &Facts, book: Book, key: &Key, was: &Cells, come: &rows::Rows) {
        let same = Key {
            kpi: facts.code.clone(),
            ..key.clone()
        };
        if let Some(is) = come.get(&(book, same.clone())) {
            self.row(facts, (book, same), was, is);
            return;
        }
        let is_in_plan = book == Book::Targets
            && same.period == self.period()
            && facts.target.as_ref() == Some(&was.figure);
        // With another day it is the same figure; and it may go to the plan.
        match says(come, book, &same.kpi, &same.period, &was.figure) {
            Some(moved) if !key.date.is_empty() => {
                let days = [key.date.clone(), moved.date.clone()];
                let turn = Turn::Cell(book, moved.clone(), book.day(), days);
                self.write(facts, turn);
            }
            Some(_) => {}
            None if is_in_plan => {}
            None => self.write(facts, Turn::Row(book, same, was.figure.clone(), None)),
        }
    }

    /// A row that says something else.
    fn row(&mut self, facts: &Facts, (book, key): (Book, Key), was: &Cells, is: &Cells) {
        if was.figure != is.figure {
            let turn = Turn::Row(book, key, was.figure.clone(), Some(is.figure.clone()));
            return self.write(facts, turn);
        }
        for (column, from, to) in [
            ("state", &was.state, &is.state),
            ("official_status", &was.official, &is.official),
        ] {
            if from != to {
                let cells = [from.clone(), to.clone()];
                self.write(facts, Turn::Cell(book, key.clone(), column, cells));
            }
        }
    }
}

/// Whether something is the site or the scorecard as a whole.
fn is_whole(facts: &Facts) -> bool {
    matches!(facts.level, Level::Site | Level::Scorecard)
}

/// Whether a KPI went to another objective, and so to another weight; not where the
/// objectives were given other codes, or where it cannot be told which they are.
fn is_moved(old: &Facts, new: &Facts, all: &Pairs) -> bool {
    let objective = |of: &Facts, code| {
        let code = (of.level == Level::Kpi).then_some(code).flatten()?;
        Some((Level::Objective, code))
    };
    let (from, to) = (
        objective(old, old.objective()),
        objective(new, new.objective()),
    );
    let Some((from, to)) = from.zip(to).filter(|(from, to)| from != to) else {
        return false;
    };
    let known = all.then.by_code.get(&from).zip(all.now.by_code.get(&to));
    known.is_some_and(|(from, to)| {
        let same = all.find(from);
        same.is_none_or(|same| same.code != to.code)
    })
}

/// The row, of whatever day, that says this of a KPI and a period.
fn says<'r>(
    rows: &'r rows::Rows,
    book: Book,
    kpi: &str,
    period: &str,
    figure: &str,
) -> Option<&'r Key> {
    let first = Key {
        kpi: kpi.to_owned(),
        period: period.to_owned(),
        date: String::new(),
    };
    let mut of_period = rows
        .range((book, first)..)
        .take_while(|((other, key), _)| *other == book && key.kpi == kpi && key.period == period);
    let found = of_period.find(|(_, said)| said.figure == figure);
    found.map(|((_, key), _)| key)
}
