//! What changed from one year's scorecard of an organisation to the next.

use std::collections::{HashMap, HashSet};

use super::facts::Level;
use super::former;
use super::{Entry, Kind, Said, Seen, Sight};
use crate::model::Item;
use crate::model::arena::{Arena, KpiIx, ScorecardIx};
use crate::model::code::Code;
use crate::model::kpi::{Direction, Kpi, Scale, Worst};
use crate::model::quantity::Quantity;
use crate::model::revision::Shift;
use crate::model::scorecard::Scorecard;
use crate::model::text::Text;
use crate::span::Span;

impl Sight<'_> {
    /// What changed between the years of each organisation.
    pub(super) fn years(&self, entries: &mut Arena<ScorecardIx, Vec<Entry>>) {
        for (now_at, now) in self.publication.scorecards.entries() {
            let Some((before_at, before)) = self.before(now) else {
                continue;
            };
            let list = &mut entries[now_at];
            let pair = Pair {
                sight: *self,
                now_at,
                at: before_at,
                before,
                now,
            };
            pair.kpis(list);
            pair.weights(list);
        }
    }

    /// The scorecard before, of the same organisation and for a period as long.
    fn before(&self, now: &Scorecard) -> Option<(ScorecardIx, &Scorecard)> {
        let earlier = self.publication.heads_of(now.organization);
        let before = earlier
            .filter(|(_, other)| {
                other.period.frequency() == now.period.frequency()
                    && other.period.end() < now.period.start()
            })
            .max_by_key(|(_, other)| other.period.end());
        before.map(|(at, _)| (at, &*self.publication.scorecards[at]))
    }
}

/// Two scorecards, one after the other.
struct Pair<'a> {
    sight: Sight<'a>,
    now_at: ScorecardIx,
    at: ScorecardIx,
    before: &'a Scorecard,
    now: &'a Scorecard,
}

impl<'a> Pair<'a> {
    fn entry(&self, level: Level, kind: Kind, code: &Code, name: &Text) -> Entry {
        Entry {
            kind,
            seen: Seen::Years(self.at),
            date: None,
            level,
            item: None,
            code: code.to_string(),
            name: name.original().to_owned(),
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

    fn kpis(&self, list: &mut Vec<Entry>) {
        let now = || self.now.kpis.entries();
        let by_id: HashMap<&str, KpiIx> = now()
            .filter_map(|(at, kpi)| Some((kpi.id.as_ref()?.value.as_str(), at)))
            .collect();
        let both = |kpi: &'a Kpi| (kpi.name.original(), kpi.code.as_str());
        let by_both: HashMap<_, KpiIx> = now().map(|(at, kpi)| (both(kpi), at)).collect();
        let before: HashSet<_> = self.before.kpis.iter().map(both).collect();
        let by_name: HashMap<&str, KpiIx> = now()
            .filter(|(_, kpi)| !before.contains(&both(kpi)))
            .map(|(at, kpi)| (kpi.name.original(), at))
            .collect();
        for (old_at, old) in self.before.kpis.entries() {
            let id = old.id.as_ref().map(|id| id.value.as_str());
            // Codes are given anew each year; without ids only names tell.
            let named = || by_both.get(&both(old)).or(by_name.get(old.name.original()));
            let is_free = |at: &&KpiIx| id.is_none() || self.now.kpis[**at].id.is_none();
            let found = id.and_then(|id| by_id.get(id));
            let found = found.or_else(|| named().filter(is_free));
            match found {
                Some(at) => self.kpi(old, *at, list),
                None => list.push(Entry {
                    last: Some((self.at, old_at)),
                    span: Some(old.span),
                    ..self.entry(Level::Kpi, Kind::Gone, &old.code, &old.name)
                }),
            }
        }
    }

    fn kpi(&self, old: &Kpi, at: KpiIx, list: &mut Vec<Entry>) {
        let new = &self.now.kpis[at];
        let mut push = |kind, before, after, span: Span, former: Option<Kpi>| {
            let former = former.filter(|_| unit(old) == unit(new));
            list.push(Entry {
                item: Some(Item::Kpi(at)),
                before,
                after,
                scores: former.and_then(|was| self.sight.scores_as(self.now_at, at, &was)),
                span: Some(span),
                ..self.entry(Level::Kpi, kind, &new.code, &new.name)
            });
        };
        if old.baseline.is_some() && old.baseline != new.baseline {
            let said = |baseline: Option<Quantity>| baseline.map(Said::InUnit);
            push(
                Kind::Baseline,
                said(old.baseline),
                said(new.baseline),
                new.places.baseline,
                Some(Kpi {
                    baseline: old.baseline,
                    ..new.clone()
                }),
            );
        }
        let has_scale = |kpi: &Kpi| kpi.direction.is_some() || !scale_words(kpi).is_empty();
        if has_scale(old) && (old.direction, &old.scale) != (new.direction, &new.scale) {
            let said = |kpi| Some(Said::Words(scale_words(kpi)));
            push(
                Kind::Scale,
                said(old),
                said(new),
                new.places.scale,
                former::with_scale(new, old.direction, &old.scale),
            );
        }
        if old.aggregate != new.aggregate {
            let said = |kpi: &Kpi| {
                let value = Some(kpi.aggregate.word().to_owned());
                let key = "aggregate";
                Some(Said::Key { key, value })
            };
            let aggregate = old.aggregate;
            push(
                Kind::Rule,
                said(old),
                said(new),
                new.span,
                Some(Kpi {
                    aggregate,
                    ..new.clone()
                }),
            );
        }
        if old.weight != new.weight {
            let said = |kpi: &Kpi| Some(Said::Number(kpi.weight));
            push(Kind::Weight, said(old), said(new), new.places.weight, None);
        }
        self.targets(old, at, list);
    }

    /// A period whose target both years state, and not the same.
    fn targets(&self, old: &Kpi, at: KpiIx, list: &mut Vec<Entry>) {
        let new = &self.now.kpis[at];
        let mut told = None;
        for row in &new.targets {
            // The first row of a period; later ones are revisions of the ledger.
            if told == Some(row.period) {
                continue;
            }
            told = Some(row.period);
            let was = old.targets.iter().rfind(|old| old.period == row.period);
            let Some(was) = was.filter(|was| was.target != row.target) else {
                continue;
            };
            list.push(Entry {
                item: Some(Item::Kpi(at)),
                period: Some(row.period),
                before: Some(Said::Target(was.target.clone())),
                after: Some(Said::Target(row.target.clone())),
                shift: Some(Shift::between(new, &was.target, &row.target)),
                reason: row.reason.clone(),
                date: row.set_on,
                span: Some(row.span),
                ..self.entry(Level::Kpi, Kind::Target, &new.code, &new.name)
            });
        }
    }

    /// Weights of themes and objectives that kept code and name.
    fn weights(&self, list: &mut Vec<Entry>) {
        let themes = self.now.themes.entries().map(|(at, theme)| {
            let mut before = self.before.themes.iter();
            let same = before
                .find(|old| old.code == theme.code && old.name.original() == theme.name.original());
            let was = same.map(|old| old.weight);
            let of = (Level::Theme, Item::Theme(at), &theme.code, &theme.name);
            (of, was, theme.weight, theme.places.weight)
        });
        let by_code: HashMap<_, _> = (self.before.objectives.iter())
            .map(|old| ((old.code.as_str(), old.name.original()), old.weight))
            .collect();
        let objectives = self.now.objectives.entries().map(|(at, objective)| {
            let key = (objective.code.as_str(), objective.name.original());
            let was = by_code.get(&key).copied();
            let item = Item::Objective(at);
            let of = (Level::Objective, item, &objective.code, &objective.name);
            (of, was, objective.weight, objective.places.weight)
        });
        for ((level, item, code, name), was, is, span) in themes.chain(objectives) {
            let Some(was) = was.filter(|was| *was != is) else {
                continue;
            };
            list.push(Entry {
                item: Some(item),
                before: Some(Said::Number(was)),
                after: Some(Said::Number(is)),
                span: Some(span),
                ..self.entry(level, Kind::Weight, code, name)
            });
        }
    }
}

fn unit(kpi: &Kpi) -> Option<&str> {
    kpi.unit.as_ref().map(Text::original)
}

/// A scale as an author writes it, in the words that the history is told in, too.
pub(super) fn scale_words(kpi: &Kpi) -> String {
    let mut words = Vec::new();
    if let Some(direction) = kpi.direction {
        words.push(format!("direction: {}", Direction::word(direction)));
    }
    let pairs = |pairs: Vec<String>| format!("[{}]", pairs.join(", "));
    match &kpi.scale {
        Scale::Preset { worst: None } => {}
        Scale::Preset {
            worst: Some(Worst::One(worst)),
        } => words.push(format!("worst: {worst}")),
        Scale::Preset {
            worst: Some(Worst::Two(low, high)),
        } => words.push(format!("worst: [{low}, {high}]")),
        Scale::Progress => words.push("scale: progress".to_owned()),
        Scale::RedFlag { red_flag, goal } => {
            words.push(format!("scale: {{red_flag: {red_flag}, goal: {goal}}}"));
        }
        Scale::Anchors(anchors) => {
            let anchors = anchors
                .iter()
                .map(|(value, score)| format!("[{value}, {score}]"));
            words.push(format!("scale: {}", pairs(anchors.collect())));
        }
        Scale::Levels(levels) => {
            let levels = levels
                .iter()
                .map(|level| format!("[{}, {}]", level.name, level.score));
            words.push(format!("levels: {}", pairs(levels.collect())));
        }
    }
    words.join("; ")
}
