//! Where the KPIs stand: how many have which status, as a sentence and a bar.

use crate::chart::{Part, StatusCounts, StatusShape};
use crate::evaluate::status::{Counts, Status};
use crate::site::context::shared::Chart;
use crate::site::press::Press;

impl Press<'_> {
    /// The bar of statuses; nothing while no KPI can be judged.
    pub(super) fn counts_chart(&self, counts: &Counts) -> Option<Chart> {
        let judged: usize = Status::ALL
            .into_iter()
            .filter(|status| status.is_scored())
            .map(|status| counts.get(status))
            .sum();
        if judged == 0 {
            return None;
        }
        let [met, judged, rest] = [counts.get(Status::Met), judged, counts.total() - judged]
            .map(|count| self.words.integer(count));
        let key = if counts.total() > counts.get(Status::Met) && rest != "0" {
            "chart.counts"
        } else {
            "chart.counts_all"
        };
        let values = [("met", &*met), ("judged", &judged), ("rest", &rest)];
        let headline = self.words.fill(key, &values);
        let classes: Vec<(Status, String)> = Status::ALL
            .into_iter()
            .map(|status| (status, format!("s-{}", status.key())))
            .collect();
        let parts = classes.iter().map(|(status, class)| Part {
            shape: shape(*status),
            class,
            count: counts.get(*status),
        });
        let mut svg = String::new();
        let drawn = StatusCounts {
            title: &headline,
            parts: parts.collect(),
        }
        .svg(&mut svg);
        drawn.then(|| Chart::new(headline, Vec::new(), svg))
    }
}

/// The shape of a status.
pub(super) const fn shape(status: Status) -> StatusShape {
    match status {
        Status::Met => StatusShape::Met,
        Status::Near => StatusShape::Near,
        Status::Missed => StatusShape::Missed,
        Status::NoTarget => StatusShape::NoTarget,
        Status::NotDue => StatusShape::NotDue,
        Status::Late => StatusShape::Late,
        Status::Withheld => StatusShape::Withheld,
        Status::NotCollected => StatusShape::NotCollected,
        Status::Discontinued => StatusShape::Discontinued,
        Status::None => StatusShape::None,
    }
}
