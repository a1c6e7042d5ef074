//! The milestones of an action plan on a line of time.

use jiff::civil::Date;

use crate::chart::{self, MilestoneWords};
use crate::model::action::{Action, Milestone};
use crate::site::context::shared::{Chart, Label};
use crate::site::press::Press;

impl Press<'_> {
    /// The milestones on a line of time, once any of them has a day.
    pub(super) fn timeline(&self, action: &Action) -> Option<Chart> {
        let headline = self.milestone_headline(action);
        let rows: Vec<chart::Milestone> = action
            .milestones
            .iter()
            .map(|milestone| self.timed(milestone))
            .collect();
        let name = self.label(&action.name);
        let mut svg = String::new();
        let drawn = chart::Milestones {
            id: &self.id("timeline", action.code.as_str()),
            title: name.phrase(),
            desc: &headline,
            rows,
            ticks: self.ticks(action),
            words: MilestoneWords {
                planned: self.words.get("word.due"),
                actual: self.words.get("word.done"),
            },
        }
        .svg(&mut svg);
        drawn.then(|| Chart::new(headline, Vec::new(), svg))
    }

    /// How many are done, and what comes next or is late.
    fn milestone_headline(&self, action: &Action) -> String {
        let all = &action.milestones;
        let done = all.iter().filter(|m| self.done(m).is_some()).count();
        let open = all.iter().filter(|m| self.done(m).is_none());
        let next = open.filter_map(|m| m.due).min();
        let (done, total) = (self.words.integer(done), self.words.integer(all.len()));
        let (key, date) = match (next, self.evaluation.as_of) {
            (Some(due), Some(today)) if due < today => ("milestone.headline_late", due),
            (Some(due), _) => ("milestone.headline_next", due),
            (None, _) => ("milestone.headline", Date::ZERO),
        };
        let date = self.date(date);
        let values = [("done", &*done), ("total", &total), ("date", &date)];
        self.words.fill(key, &values)
    }

    /// The day a milestone was reached, as far as the site's day knows.
    fn done(&self, milestone: &Milestone) -> Option<Date> {
        let known = |day: &Date| self.evaluation.as_of.is_none_or(|today| *day <= today);
        milestone.done.filter(known)
    }

    fn timed(&self, milestone: &Milestone) -> chart::Milestone {
        let done = self.done(milestone);
        let label = match (milestone.due, done) {
            (Some(due), Some(done)) if done > due => {
                let late = self
                    .words
                    .count("milestone.days_late", whole_days(due, done));
                self.words.fill(
                    "milestone.reached_late",
                    &[("date", &self.date(done)), ("late", &late)],
                )
            }
            (_, Some(done)) => self.date(done),
            (Some(due), None) => self.date(due),
            (None, None) => String::new(),
        };
        let Label { text: name, lang } = self.label(&milestone.name);
        chart::Milestone {
            name,
            lang,
            planned: milestone.due.map(position),
            actual: done.map(position),
            label,
        }
    }

    /// The first and the last day, and the day the site speaks of between them.
    fn ticks(&self, action: &Action) -> Vec<(f64, String)> {
        let of_milestones = action.milestones.iter().flat_map(|m| [m.due, self.done(m)]);
        let days = of_milestones.chain([action.start, action.end]).flatten();
        let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
            return Vec::new();
        };
        let today = self
            .evaluation
            .as_of
            .filter(|day| first < *day && *day < last);
        let mut ticks = vec![first, last];
        ticks.extend(today);
        ticks.sort_unstable();
        ticks.dedup();
        ticks
            .into_iter()
            .map(|day| (position(day), self.date(day)))
            .collect()
    }
}

/// A day on the line of time, counted from the year 0.
fn position(day: Date) -> f64 {
    f64::from(Date::ZERO.until(day).map_or(0, |span| span.get_days()))
}

/// How many days lie between two days.
fn whole_days(from: Date, to: Date) -> usize {
    let days = from.until(to).map_or(0, |span| span.get_days());
    usize::try_from(days).unwrap_or(0)
}
