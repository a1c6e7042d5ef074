//! `scorepress explain`.

use super::arguments::Common;
use super::{Exit, complain, print, site};
use crate::diagnostic::{Rule, explain, nearest};
use crate::message::Message;
use crate::say;

/// Prints a rule's page, or the list of rules.
pub fn run(common: &Common, rule: Option<&str>) -> Exit {
    let language = site::speech(common);
    let Some(id) = rule else {
        for &rule in Rule::ALL {
            let level = rule.default_level().said();
            let (level, summary) = (level.text(language), explain::summary(rule, language));
            print(format!("{:22} {level:8} {summary}", rule.id()));
        }
        return Exit::Fine;
    };
    if let Some(rule) = Rule::from_id(id) {
        print(explain::page_in_terminal(rule, language).trim_end());
        return Exit::Fine;
    }
    let near = nearest(id, Rule::ALL.iter().map(|rule| rule.id()));
    let help = near.map_or_else(
        || say!("`scorepress explain` lists every rule"),
        |near| say!("did you mean `{near}`?", near),
    );
    let why = say!("there is no rule `{value}`", value = id);
    let why = Message::list([why, help]);
    complain(Exit::Usage, why.text(language))
}
