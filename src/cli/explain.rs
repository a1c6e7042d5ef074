//! `scorepress explain`.

use super::{Exit, complain, print};
use crate::diagnostic::{Rule, explain, nearest};

/// Prints a rule's page, or the list of rules.
pub fn run(rule: Option<&str>) -> Exit {
    let Some(id) = rule else {
        for rule in Rule::ALL {
            print(format!(
                "{:22} {:8} {}",
                rule.id(),
                rule.default_level(),
                rule.summary()
            ));
        }
        return Exit::Fine;
    };
    if let Some(rule) = Rule::from_id(id) {
        print(explain::page(rule).trim_end());
        return Exit::Fine;
    }
    let near = nearest(id, Rule::ALL.iter().map(|rule| rule.id()));
    let help = near.map_or_else(
        || "`scorepress explain` lists every rule".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    complain(Exit::Usage, format!("there is no rule `{id}`; {help}"))
}
