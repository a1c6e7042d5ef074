//! Which thing of one plan is which of another: by id where both have one; else what
//! kept code and name is the same, then what kept its name, then what kept its code.

use std::collections::HashMap;
use std::sync::Arc;

use super::facts::{Facts, Level};

/// Two versions of a plan.
pub(super) struct Pairs<'a> {
    /// The one before.
    pub then: Known<'a>,
    /// The later one.
    pub now: Known<'a>,
}

/// What a plan says, to be found.
#[expect(
    clippy::struct_field_names,
    reason = "they say what a thing is found by"
)]
pub(super) struct Known<'a> {
    by_id: HashMap<(Level, &'a str), &'a Facts>,
    /// By code.
    pub by_code: HashMap<(Level, &'a str), &'a Facts>,
    by_name: HashMap<(Level, &'a str), &'a Facts>,
    by_both: HashMap<(Level, &'a str, &'a str), &'a Facts>,
}

impl<'a> Known<'a> {
    fn of(facts: &'a [Arc<Facts>]) -> Self {
        let all = || facts.iter().map(|facts| &**facts);
        Self {
            by_id: all()
                .filter_map(|facts| Some(((facts.level, facts.id.as_deref()?), facts)))
                .collect(),
            by_code: all()
                .map(|facts| ((facts.level, facts.code.as_str()), facts))
                .collect(),
            by_name: all()
                .map(|facts| ((facts.level, facts.name.as_str()), facts))
                .collect(),
            by_both: all()
                .map(|facts| {
                    (
                        (facts.level, facts.code.as_str(), facts.name.as_str()),
                        facts,
                    )
                })
                .collect(),
        }
    }

    fn has_id(&self, facts: &Facts) -> bool {
        let id = facts.id.as_deref();
        id.is_some_and(|id| self.by_id.contains_key(&(facts.level, id)))
    }

    fn has_both(&self, facts: &Facts) -> bool {
        let key = (facts.level, facts.code.as_str(), facts.name.as_str());
        self.by_both.contains_key(&key)
    }
}

impl<'a> Pairs<'a> {
    /// Sets two versions side by side.
    pub fn of(then: &'a [Arc<Facts>], now: &'a [Arc<Facts>]) -> Self {
        Self {
            then: Known::of(then),
            now: Known::of(now),
        }
    }

    /// What a thing of the version before is in the later one.
    pub fn find(&self, old: &Facts) -> Option<&'a Facts> {
        let level = old.level;
        if let Some(id) = old.id.as_deref()
            && let Some(same) = self.now.by_id.get(&(level, id))
        {
            return Some(same);
        }
        // What has an id of its own that was there before is something else.
        let is_free =
            |new: &&&Facts| (old.id.is_none() || new.id.is_none()) && !self.then.has_id(new);
        let both = (level, old.code.as_str(), old.name.as_str());
        let by_both = || self.now.by_both.get(&both).filter(is_free);
        let is_nobodys = |new: &&&Facts| is_free(new) && !self.then.has_both(new);
        let by_name = || {
            let named = self.now.by_name.get(&(level, old.name.as_str()));
            named.filter(is_nobodys)
        };
        let by_code = || {
            let coded = self.now.by_code.get(&(level, old.code.as_str()));
            let keeps_name =
                |new: &&&Facts| (self.then.by_name).contains_key(&(level, new.name.as_str()));
            coded.filter(|new| is_nobodys(new) && !keeps_name(new))
        };
        by_both().or_else(by_name).or_else(by_code).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::{Facts, read};
    use super::{Arc, Pairs};

    fn kpis(list: &[(&str, &str, &str)]) -> Vec<Arc<Facts>> {
        let item = |(code, name, id): &(&str, &str, &str)| {
            let id = if id.is_empty() {
                String::new()
            } else {
                format!(", id: {id}")
            };
            format!("- {{code: {code}, name: {name}{id}}}\n")
        };
        let text: String = list.iter().map(item).collect();
        let facts = read(&text, "kpis", "en").unwrap();
        facts.into_iter().map(Arc::new).collect()
    }

    fn found(then: &[(&str, &str, &str)], now: &[(&str, &str, &str)]) -> Vec<String> {
        let (then, now) = (kpis(then), kpis(now));
        let pairs = Pairs::of(&then, &now);
        let code = |old: &Arc<Facts>| {
            pairs
                .find(old)
                .map_or("gone".to_owned(), |new| new.code.clone())
        };
        then.iter().map(code).collect()
    }

    #[test]
    fn things_are_the_same_by_id_by_name_and_by_code() {
        let two = [("A", "Safe", ""), ("B", "Clean", "")];
        assert_eq!(found(&two, &two), ["A", "B"]);
        assert_eq!(
            found(&two, &[("A", "Clean", ""), ("B", "Safe", "")]),
            ["B", "A"]
        );
        assert_eq!(
            found(&two, &[("A", "Safer", ""), ("B", "Clean", "")]),
            ["A", "B"]
        );
        assert_eq!(found(&two, &[("A", "Clean", "")]), ["gone", "A"]);
        let ids = [("A", "Safe", "s"), ("B", "Clean", "")];
        assert_eq!(
            found(&ids, &[("B", "Sure", "s"), ("A", "Clean", "")]),
            ["B", "A"]
        );
        assert_eq!(found(&ids, &[("A", "Safe", "other")]), ["gone", "gone"]);
        assert_eq!(
            found(&two, &[("A", "Safe", "new"), ("B", "Clean", "c")]),
            ["A", "B"]
        );
    }

    #[test]
    fn one_of_two_with_the_same_name_can_be_gone() {
        let two = [("A", "Rate", ""), ("B", "Rate", "")];
        assert_eq!(found(&two, &[("B", "Rate", "")]), ["gone", "B"]);
    }
}
