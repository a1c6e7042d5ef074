//! What the history tells: what was altered in place from one commit to the next.

use std::collections::HashMap;

use super::chronicle::{self, Aspect, Episode, Turn};
use super::facts::Level;
use super::gone;
use super::subject::Subject;
use super::{Entry, Kind, Seen, Sight};
use crate::model::Item;
use crate::model::arena::{Arena, KpiIx, ScorecardIx};
use crate::model::kpi::Kpi;
use crate::model::scorecard::Scorecard;

impl Sight<'_> {
    /// What commits altered, each in the scorecard it belongs to.
    pub(super) fn history(&self, entries: &mut Arena<ScorecardIx, Vec<Entry>>) {
        let Some(known) = self.past.known() else {
            return;
        };
        let mut indexes: HashMap<ScorecardIx, Index> = HashMap::new();
        let gone = last_gone(known.episodes());
        for (place, episode) in known.episodes().iter().enumerate() {
            let date = known.history().commit(episode.commit).and_then(|c| c.date);
            let is_later = self
                .until
                .zip(date)
                .is_some_and(|(until, date)| date > until);
            if is_later {
                continue;
            }
            if episode.folder == chronicle::SITE {
                self.rule_of_all(episode, date, entries);
                continue;
            }
            let at = self.publication.by_path.get(&episode.folder).copied();
            let entry = match (at, &episode.what) {
                (None, Turn::Gone) => gone::heir(self.publication, &episode.folder)
                    .map(|heir| (heir, Self::blank(episode, Kind::Gone))),
                (None, _) => None,
                (Some(at), _) => {
                    let scorecard = &self.publication.scorecards[at];
                    let index = indexes.entry(at).or_insert_with(|| Index::of(scorecard));
                    // What was gone later is none of today's things that has its code.
                    let code = (episode.folder.as_str(), episode.code.as_str());
                    let is_gone = gone.get(&code).is_some_and(|last| place < *last);
                    let item = index.find(episode, !is_gone);
                    self.episode(at, index, item, episode)
                        .map(|entry| (at, entry))
                }
            };
            if let Some((at, entry)) = entry {
                entries[at].push(Entry { date, ..entry });
            }
        }
    }

    pub(super) fn blank(episode: &Episode, kind: Kind) -> Entry {
        Entry {
            kind,
            seen: Seen::History(episode.commit),
            date: None,
            level: episode.level,
            item: None,
            code: episode.code.clone(),
            name: episode.name.clone(),
            last: None,
            period: None,
            before: None,
            after: None,
            shift: None,
            scores: None,
            reason: None,
            span: None,
        }
    }

    fn episode(
        &self,
        at: ScorecardIx,
        index: &Index,
        item: Option<Item>,
        episode: &Episode,
    ) -> Option<Entry> {
        let scorecard = index.scorecard;
        let kpi = match item {
            Some(Item::Kpi(ix)) => Some((ix, &scorecard.kpis[ix])),
            _ => None,
        };
        let subject = Subject {
            sight: *self,
            at,
            scorecard,
            episode,
            item,
            kpi,
        };
        match &episode.what {
            // Whatever came back is not gone.
            Turn::Gone => (!index.has(episode)).then(|| Self::blank(episode, Kind::Gone)),
            Turn::Plan(Aspect::Target, before, after) => {
                subject.target(before.as_deref(), after.as_deref())
            }
            Turn::Plan(aspect, before, after) => {
                Some(subject.plan(*aspect, before.as_deref(), after.as_deref()))
            }
            Turn::Cell(book, key, column, cells) => subject.cell(*book, key, column, cells),
            Turn::Row(book, key, before, after) => {
                subject.row(*book, key, before, after.as_deref())
            }
        }
    }
}

/// By folder and code the place of the last episode in which a KPI was gone.
fn last_gone(episodes: &[Episode]) -> HashMap<(&str, &str), usize> {
    let all = episodes.iter().enumerate();
    let gone = all.filter(|(_, episode)| episode.what == Turn::Gone);
    gone.map(|(place, episode)| ((episode.folder.as_str(), episode.code.as_str()), place))
        .collect()
}

/// Where the KPIs of a scorecard are found today.
struct Index<'a> {
    scorecard: &'a Scorecard,
    by_id: HashMap<&'a str, KpiIx>,
    /// Those that have no id to be found by.
    by_name: HashMap<&'a str, KpiIx>,
}

impl<'a> Index<'a> {
    fn of(scorecard: &'a Scorecard) -> Self {
        let kpis = || scorecard.kpis.entries();
        let id = |kpi: &'a Kpi| kpi.id.as_ref().map(|id| id.value.as_str());
        Self {
            scorecard,
            by_id: kpis()
                .filter_map(|(at, kpi)| Some((id(kpi)?, at)))
                .collect(),
            by_name: kpis()
                .filter(|(_, kpi)| kpi.id.is_none())
                .map(|(at, kpi)| (kpi.name.original(), at))
                .collect(),
        }
    }

    /// Whether a KPI that was gone is there: its code alone may be another's.
    fn has(&self, episode: &Episode) -> bool {
        let by_id = (episode.id.as_deref()).is_some_and(|id| self.by_id.contains_key(id));
        let named = || match self.find(episode, true) {
            Some(item) => self.scorecard.name(item).original() == episode.name,
            None => false,
        };
        by_id || named()
    }

    /// What an episode is about, as it is on the site of today: by its id, its code and
    /// name, its name, and last by its code, where that may tell.
    fn find(&self, episode: &Episode, may_code_tell: bool) -> Option<Item> {
        let by_id = || self.by_id.get(episode.id.as_deref()?).copied();
        let by_name = || self.by_name.get(episode.name.as_str()).copied();
        let item = self.scorecard.item(&episode.code);
        match (episode.level, item) {
            (Level::Site | Level::Scorecard, _) => None,
            (Level::Theme, item) => item.filter(|item| matches!(item, Item::Theme(_))),
            (Level::Objective, item) => item.filter(|item| matches!(item, Item::Objective(_))),
            (Level::Kpi, item) => {
                // The code may have gone to another KPI, which says so by its id.
                let is_same = |item: &Item| match item {
                    Item::Kpi(at) => episode.id.is_none() || self.scorecard.kpis[*at].id.is_none(),
                    _ => false,
                };
                let coded = item.filter(is_same);
                let has_name = |item: &Item| self.scorecard.name(*item).original() == episode.name;
                let named = || by_name().map(Item::Kpi);
                let by_id = by_id().map(Item::Kpi);
                let by_both = || coded.filter(has_name);
                let by_code = || coded.filter(|_| may_code_tell);
                by_id.or_else(by_both).or_else(named).or_else(by_code)
            }
        }
    }
}
