//! The page of an action plan.

use crate::model::action::{Action, Budget, Milestone};
use crate::model::arena::{ActionIx, ScorecardIx};
use crate::model::link::{LinkFault, LinkTarget, folder_of};
use crate::model::quantity::Quantity;
use crate::model::scorecard::Item;
use crate::site::context::plan::{ActionView, MilestoneRow};
use crate::site::context::shared::{Fact, Label, Link};
use crate::site::plan::Subject;
use crate::site::press::Press;
use crate::span::At;

impl Press<'_> {
    /// The page of an action plan.
    pub(super) fn action_view(&self, at: ScorecardIx, ix: ActionIx) -> ActionView {
        let scorecard = self.scorecard(at);
        let action = &scorecard.actions[ix];
        let result = &self.results(at).actions[ix];
        ActionView {
            row: self.action_row(at, ix),
            description: self.optional(action.description.as_ref()),
            note: self.note(at, action.code.as_str(), 6),
            objective: self.item(at, Item::Objective(scorecard.kpis[action.kpi].objective)),
            facts: self.action_facts(action),
            milestones: action
                .milestones
                .iter()
                .map(|m| self.milestone(action, m))
                .collect(),
            timeline: self.timeline(action),
            planned: result.planned.map(|share| self.words.percent(share)),
            documents: self.documents(action),
            erratum: self.erratum_of(at, Item::Action(ix)),
        }
    }

    fn documents(&self, action: &Action) -> Vec<Link> {
        action
            .documents
            .iter()
            .map(|document| self.outside(self.label(&document.name), &document.url))
            .collect()
    }

    /// A link that an author wrote: a whole address, or something of the site.
    pub(super) fn outside(&self, label: Label, url: &At<String>) -> Link {
        let (url, outside) = self.address(url);
        Link {
            label,
            url,
            outside,
            current: false,
        }
    }

    /// Where an author's address leads, and whether that is outside the site.
    /// Addresses inside are relative to its root.
    pub(super) fn address(&self, url: &At<String>) -> (String, bool) {
        let folder = folder_of(&self.sources.of(url.span).path);
        match LinkTarget::find(&url.value, folder, None, self.publication) {
            Ok(LinkTarget::Scorecard(at)) => (self.url(Subject::Map(at)), false),
            Ok(LinkTarget::Item(at, item)) => (self.url(Self::subject(at, item)), false),
            Ok(LinkTarget::Page(at, _)) => (self.url(Subject::Free(at)), false),
            Ok(LinkTarget::Attachment(path)) => (self.href(path), false),
            // A site may let links lead nowhere; it cannot let them run anything.
            Err(LinkFault::Scheme(_) | LinkFault::Escape(_)) => ("#".to_owned(), false),
            _ => (url.value.clone(), true),
        }
    }

    fn action_facts(&self, action: &Action) -> Vec<Fact> {
        let owner = self.owner(action.owner.as_ref());
        let owner_url = owner.as_ref().map(|owner| owner.url.clone());
        let money = |pick: fn(&Budget) -> Option<Quantity>| {
            let budget = action.budget.as_ref()?;
            let amount = self.words.exact(pick(budget)?);
            let currency = budget.currency.as_deref().unwrap_or_default();
            Some(self.own(format!("{amount} {currency}").trim()))
        };
        let mut facts = vec![
            self.fact("owner", owner.map(|owner| owner.label), owner_url),
            self.fact(
                "start",
                action.start.map(|day| self.own(self.date(day))),
                None,
            ),
            self.fact("end", action.end.map(|day| self.own(self.date(day))), None),
            self.fact("budget_planned", money(|b| b.planned), None),
            self.fact("budget_spent", money(|b| b.spent), None),
        ];
        if let Some(url) = &action.url {
            let page = self.own(url.value.as_str());
            facts.push(Fact {
                outside: true,
                ..self.fact("page", Some(page), Some(self.address(url).0))
            });
        }
        facts
    }

    /// What is stated, or that nothing is.
    pub(super) fn fact(&self, key: &str, value: Option<Label>, url: Option<String>) -> Fact {
        Fact {
            term: self.words.get(&format!("fact.{key}")).to_owned(),
            stated: value.is_some(),
            value: value.unwrap_or_else(|| self.own(self.words.get("word.not_stated"))),
            url,
            outside: false,
        }
    }

    fn milestone(&self, action: &Action, milestone: &Milestone) -> MilestoneRow {
        let today = self.evaluation.as_of;
        let done = milestone
            .done
            .filter(|day| today.is_none_or(|today| *day <= today));
        let passed = milestone
            .due
            .zip(today)
            .is_some_and(|(due, today)| due < today);
        let state = match (done, milestone.due) {
            (Some(_), _) => "done",
            (None, Some(_)) if passed => "late",
            (None, Some(_)) => "due",
            (None, None) => "open",
        };
        let all: Quantity = action.milestones.iter().map(|m| m.weight).sum();
        MilestoneRow {
            name: self.label(&milestone.name),
            due: milestone.due.map(|day| self.date(day)),
            done: done.map(|day| self.date(day)),
            state: state.to_owned(),
            word: self.words.get(&format!("milestone.{state}")).to_owned(),
            weight: milestone
                .weight
                .per(all)
                .map_or_else(String::new, |w| self.words.percent(w)),
        }
    }
}
