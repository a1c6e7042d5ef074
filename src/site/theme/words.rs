//! The words of a language: those of the default theme, and the site's own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::own::Own;
use super::{embedded, embedded_names};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::say;
use crate::site::locale::Words;
use crate::source::yaml;
use crate::span::{FileId, Source, Sources, Span};

/// Where the language's own words are missing, these stand in.
const FALLBACK: &str = "en";

/// The words of one language: the default theme's, then the site's own. A
/// language without a list gets its nearest relative's, or English.
pub(super) fn words(tag: &str, own: &Own, chosen: Span, faults: &mut Diagnostics) -> Words {
    let mut words = Words::default();
    let primary = tag.split('-').next().unwrap_or(tag);
    let related = embedded_names().into_iter().find_map(|name| {
        let list = name.strip_prefix("locale/")?.strip_suffix(".yaml")?;
        (list.split('-').next() == Some(primary)).then(|| list.to_owned())
    });
    let own_list = own.get(&format!("locale/{tag}.yaml")).is_some();
    if related.is_none() && !own_list {
        faults.push(
            Diagnostic::new(
                Rule::MissingTranslation,
                chosen,
                say!("the theme has no words in `{tag}`, so its pages have headings and labels in English", tag),
            )
            .expected(say!("a list `locale/{tag}.yaml` in a theme of the site's own", tag))
            .help(say!("`scorepress theme eject locale/en.yaml` copies the list to start from")),
        );
    }
    let lists = [Some(FALLBACK.to_owned()), related, Some(tag.to_owned())];
    let mut done: Vec<String> = Vec::new();
    for list in lists.into_iter().flatten() {
        if done.contains(&list) {
            continue;
        }
        let name = format!("locale/{list}.yaml");
        if let Some(known) = embedded_words(&list) {
            words.merge(&known);
        }
        if let Some(file) = own.get(&name) {
            extend(&mut words, &file.source, file.id, faults);
        }
        done.push(list);
    }
    words
}

/// A word list of the default theme, read once.
fn embedded_words(list: &str) -> Option<Arc<Words>> {
    static READ: Mutex<BTreeMap<String, Arc<Words>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(words) = read.get(list) {
        return Some(Arc::clone(words));
    }
    let text = embedded(&format!("locale/{list}.yaml"))?;
    let mut words = Words::default();
    // The binary's own lists are without fault: a test reads them all.
    let (mut sources, mut faults) = (Sources::default(), Diagnostics::default());
    let file = sources.add(
        format!("themes/default/locale/{list}.yaml"),
        text.to_owned(),
    );
    extend(&mut words, sources.get(file), file, &mut faults);
    let words = Arc::new(words);
    read.insert(list.to_owned(), Arc::clone(&words));
    Some(words)
}

fn extend(words: &mut Words, source: &Source, file: FileId, faults: &mut Diagnostics) {
    match yaml::parse(source, file) {
        Ok(node) => words.extend(&node, faults),
        Err(fault) => faults.push(*fault),
    }
}
