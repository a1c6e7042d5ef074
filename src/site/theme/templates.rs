//! Compiling templates.

use std::sync::{Arc, OnceLock};

use tera::{Kwargs, State, Tera};

use super::own::Own;
use super::{embedded, embedded_names};
use crate::site::form::Kept;

/// Templates, ready to print.
#[derive(Clone, Default)]
pub(super) struct Compiled {
    pub templates: Arc<Tera>,
    /// The fields that they ask more about than whether they are there.
    pub kept: Arc<Kept>,
}

/// Compiles the templates of a theme; tells what is wrong with them. Those of the default
/// theme are always the same, and compiled once.
pub(super) fn compiled(own: &Own) -> (Compiled, Option<tera::Error>) {
    static DEFAULT: OnceLock<Compiled> = OnceLock::new();
    let has_own = own.below("templates/").next().is_some();
    if let Some(compiled) = DEFAULT.get().filter(|_| !has_own) {
        return (compiled.clone(), None);
    }
    let (compiled, fault) = compile(own);
    if !has_own {
        let _ = DEFAULT.set(compiled.clone());
    }
    (compiled, fault)
}

fn compile(own: &Own) -> (Compiled, Option<tera::Error>) {
    let mut names: Vec<String> = embedded_names()
        .into_iter()
        .filter_map(|name| name.strip_prefix("templates/").map(str::to_owned))
        .collect();
    for name in own.below("templates/") {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let texts: Vec<(String, String)> = names
        .into_iter()
        .map(|name| {
            let path = format!("templates/{name}");
            let own = own.get(&path).map(|file| file.source.text.as_str());
            let text = own.or_else(|| embedded(&path)).unwrap_or_default();
            (name, text.to_owned())
        })
        .collect();
    let kept = Arc::new(Kept::of(texts.iter().map(|(_, text)| text.as_str())));
    let mut templates = Tera::new();
    templates.autoescape_on([".html", ".svg", ".xml"]);
    templates.register_filter("fill", fill);
    let fault = templates.add_raw_templates(texts).err();
    let templates = Arc::new(templates);
    (Compiled { templates, kept }, fault)
}

/// `{{ words | fill(name=value) }}`: puts values where a sentence has `{name}`.
/// The result is escaped like any other text.
#[expect(clippy::needless_pass_by_value, reason = "the signature of a filter")]
fn fill(text: &str, values: Kwargs, _: &State) -> String {
    let mut filled = text.to_owned();
    for (name, value) in values.iter() {
        filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
    }
    filled
}
