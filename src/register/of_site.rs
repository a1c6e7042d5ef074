//! Rules of scoring that a site changed for all its scorecards.

use jiff::civil::Date;

use super::chronicle::{Aspect, Episode, Turn};
use super::{Entry, Kind, Said, Sight};
use crate::model::arena::{Arena, ScorecardIx};
use crate::model::period::parse_date;
use crate::model::scorecard::Scorecard;

impl Sight<'_> {
    /// Tells of a rule of the site in every scorecard that goes by it.
    pub(super) fn rule_of_all(
        &self,
        episode: &Episode,
        date: Option<Date>,
        entries: &mut Arena<ScorecardIx, Vec<Entry>>,
    ) {
        let Turn::Plan(Aspect::Rule(key), before, after) = &episode.what else {
            return;
        };
        let key = *key;
        if key == "as_of" && !self.hides(before.as_deref(), after.as_deref()) {
            return;
        }
        let said = |value: &Option<String>| {
            let value = value.clone();
            Some(Said::Key { key, value })
        };
        for (at, scorecard) in self.publication.scorecards.entries() {
            if self.goes_by(scorecard, key) {
                entries[at].push(Entry {
                    date,
                    name: self.publication.settings.title.original().to_owned(),
                    before: said(before),
                    after: said(after),
                    ..Self::blank(episode, Kind::Rule)
                });
            }
        }
    }

    /// Whether another date of the site hides rows of the ledgers: one that is set back,
    /// or set for the first time before the last of them. That it goes on is no news.
    fn hides(&self, before: Option<&str>, after: Option<&str>) -> bool {
        let calendar = self.publication.settings.calendar;
        let date = |text: Option<&str>| parse_date(text?, calendar);
        let latest = || self.publication.scorecards.iter().filter_map(|s| s.latest);
        let before = match before {
            Some(_) => date(before),
            None => latest().max(),
        };
        date(after)
            .zip(before)
            .is_some_and(|(now, then)| now < then)
    }

    /// Whether a scorecard goes by a rule of the site.
    fn goes_by(&self, scorecard: &Scorecard, key: &str) -> bool {
        let (own, site) = (&scorecard.scoring, &self.publication.settings.scoring);
        match key {
            "bands" => own.bands == site.bands,
            "minimum_coverage" => own.minimum_coverage == site.minimum_coverage,
            "missing" => own.missing == site.missing,
            "reporting_days" => own.reporting_days == site.reporting_days,
            _ => true,
        }
    }
}
