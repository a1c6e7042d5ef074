//! `scorepress explain`.

use super::arguments::Common;
use super::{Exit, complain, print, site};
use crate::diagnostic::{Rule, explain, nearest};

/// Prints a rule's page, or the list of rules, in the language of the site that one
/// stands in.
pub fn run(common: &Common, rule: Option<&str>) -> Exit {
    let language = common.lang.or_else(|| site::language(common));
    let language = language.unwrap_or_default();
    let Some(id) = rule else {
        for &rule in Rule::ALL {
            let level = rule.default_level().said();
            let (level, summary) = (level.text(language), explain::summary(rule, language));
            print(format!("{:22} {level:8} {summary}", rule.id()));
        }
        return Exit::Fine;
    };
    if let Some(rule) = Rule::from_id(id) {
        print(explain::page(rule, language).trim_end());
        return Exit::Fine;
    }
    let near = nearest(id, Rule::ALL.iter().map(|rule| rule.id()));
    let help = near.map_or_else(
        || "`scorepress explain` lists every rule".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    complain(Exit::Usage, format!("there is no rule `{id}`; {help}"))
}
