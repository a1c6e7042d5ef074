//! `scorepress schema`: JSON Schemas for editors, made from the same types
//! that read the files.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::Common;
use super::{Exit, complain, print, site};
use crate::say;
use crate::source::decode::{Decode, Definitions};
use crate::source::entry::{
    ActionEntry, ErratumEntry, KpiEntry, ObjectiveEntry, OrganizationEntry, PerspectiveEntry,
    ScorecardEntry, SiteEntry, ThemeEntry,
};

/// Writes the schemas.
pub fn run(common: &Common, folder: Option<&Path>) -> Exit {
    let language = site::speech(common);
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => match site::root(common) {
            Ok(root) => root.join(".vscode").join("schema"),
            Err(exit) => return exit,
        },
    };
    let path = folder.display().to_string();
    match write(&folder) {
        Ok(()) => {
            if !common.quiet {
                print(say!("The schemas are in {path}", path).text(language));
            }
            Exit::Fine
        }
        Err(error) => {
            let why = say!("cannot write {path}: {error}", path, error);
            complain(Exit::Machine, why.text(language))
        }
    }
}

/// Writes one schema for each kind of YAML file.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, schema) in schemas() {
        fs::write(
            folder.join(format!("{name}.schema.json")),
            format!("{schema:#}\n"),
        )?;
    }
    Ok(())
}

fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("site", document::<SiteEntry>()),
        ("organizations", document::<Vec<OrganizationEntry>>()),
        ("scorecard", document::<ScorecardEntry>()),
        ("perspectives", list::<PerspectiveEntry>()),
        ("cross_cutting", list::<ObjectiveEntry>()),
        ("themes", list::<ThemeEntry>()),
        ("objectives", list::<ObjectiveEntry>()),
        ("kpis", list::<KpiEntry>()),
        ("actions", list::<ActionEntry>()),
        ("errata", list::<ErratumEntry>()),
    ]
}

/// A file that holds one thing.
fn document<T: Decode>() -> Value {
    let mut definitions = Definitions::new();
    let root = T::schema(&mut definitions);
    finish(root, definitions)
}

/// A file that holds a list, or one item of it.
fn list<T: Decode>() -> Value {
    let mut definitions = Definitions::new();
    let one = T::schema(&mut definitions);
    finish(
        json!({"anyOf": [one.clone(), {"type": "array", "items": one}]}),
        definitions,
    )
}

fn finish(mut root: Value, definitions: Definitions) -> Value {
    if let Some(root) = root.as_object_mut() {
        root.insert(
            "$schema".to_owned(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
        root.insert("$defs".to_owned(), Value::Object(definitions));
    }
    root
}
