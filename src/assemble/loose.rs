//! Items kept outside their parent, in a list of their own, until it takes them.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::doubt::Doubt;
use crate::model::near::slip;
use crate::say;
use crate::span::{At, Span};

/// Where an item that stands in a list of its own belongs.
pub struct Home {
    parent: String,
    span: Span,
}

impl Home {
    /// The stated parent, or what the code says before its last dot.
    pub fn of(code: Option<&At<String>>, stated: Option<&At<String>>) -> Option<Self> {
        if let Some(stated) = stated {
            return Some(Self {
                parent: stated.value.clone(),
                span: stated.span,
            });
        }
        let code = code?;
        let parent = code
            .value
            .rsplit_once('.')
            .map_or("", |(parent, _)| parent)
            .to_owned();
        Some(Self {
            parent,
            span: code.span,
        })
    }
}

/// Items that stand in a list of their own, until their parent takes them.
pub struct Loose<T> {
    by_parent: BTreeMap<String, Vec<(Span, T)>>,
}

impl<T> Loose<T> {
    /// Sorts items by the parent they name.
    pub fn new(items: Vec<T>, home: impl Fn(&T) -> Option<Home>) -> Self {
        let mut by_parent: BTreeMap<String, Vec<(Span, T)>> = BTreeMap::new();
        for item in items {
            if let Some(home) = home(&item) {
                by_parent
                    .entry(home.parent)
                    .or_default()
                    .push((home.span, item));
            }
        }
        Self { by_parent }
    }

    /// Hands over the items of a parent.
    pub fn take(&mut self, parent: &str) -> Vec<T> {
        let items = self.by_parent.remove(parent).unwrap_or_default();
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// Notes the items that no parent took, unless their parent may be there all the same.
    pub fn report(self, what: &Message, known: &[&str], doubt: &Doubt, faults: &mut Diagnostics) {
        for (parent, items) in self.by_parent {
            if doubt.covers(&parent) {
                continue;
            }
            for (span, _) in items {
                let fault = Diagnostic::new(
                    Rule::UnknownReference,
                    span,
                    say!(
                        "this belongs to `{parent}`, which is not in the scorecard",
                        parent
                    ),
                )
                .expected(say!("the code of {what}", what));
                faults.push(match slip(&parent, || known.iter().copied()) {
                    Some(near) => fault.help(say!("did you mean `{near}`?", near)),
                    None => fault.help(say!("add what it belongs to, or correct the code")),
                });
            }
        }
    }
}
