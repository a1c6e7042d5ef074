//! The files of a site's own theme: each stands in for one of the default theme's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::embedded;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::entry;
use crate::say;
use crate::source::decode::Decode;
use crate::source::yaml;
use crate::span::{At, FileId, Source, Sources, Span};

/// The version of what templates are given. A theme states the one it was
/// written for; it grows when a theme would have to change.
pub const CONTRACT: u32 = 1;

entry! {
    /// A theme.
    pub struct ThemeFile ("theme.yaml") {
        /// The theme's name.
        required name: At<String>,
        /// The version of the template contract that it was written for.
        required contract: At<u32>,
    }
}

/// Files, by their names inside the theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Own(BTreeMap<String, OwnFile>);

/// A file.
#[derive(Clone, Debug)]
pub(super) struct OwnFile {
    pub id: FileId,
    pub source: Arc<Source>,
}

impl PartialEq for OwnFile {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.source.says_what(&other.source)
    }
}

impl Own {
    /// The file of that name.
    pub(super) fn get(&self, name: &str) -> Option<&OwnFile> {
        self.0.get(name)
    }

    /// The names in a folder of the theme, without it.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .keys()
            .filter_map(move |name| name.strip_prefix(folder))
    }

    /// Whether something that becomes markup is among them.
    pub(super) fn has_markup(&self) -> bool {
        let mut folders = ["templates/", "locale/"].into_iter();
        folders.any(|folder| self.below(folder).next().is_some())
    }
}

/// Reads the files of the theme that a site has chosen; nothing where there is none of
/// that name.
pub(super) fn files(
    root: &Path,
    chosen: &At<String>,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Option<Own> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if chosen.value.is_empty() || !chosen.value.chars().all(plain) {
        faults.push(
            Diagnostic::new(
                Rule::BadTheme,
                chosen.span,
                say!("`{value}` is not the name of a theme", value = chosen.value),
            )
            .expected(say!(
                "a folder under themes/, of letters, digits, `-` and `_`"
            )),
        );
        return None;
    }
    let folder = root.join("themes").join(&chosen.value);
    let mut files = Own::default();
    if !folder.is_dir() {
        if chosen.value == "default" {
            return Some(files);
        }
        faults.push(
            Diagnostic::new(
                Rule::BadTheme,
                chosen.span,
                say!("there is no theme `themes/{value}`", value = chosen.value),
            )
            .expected(say!(
                "a folder under themes/ with a theme.yaml, or `default`"
            ))
            .help(say!(
                "`scorepress theme eject FILE` starts one with a single file of the default theme"
            )),
        );
        return None;
    }
    let walk = walkdir::WalkDir::new(&folder)
        .max_depth(4)
        .sort_by_file_name();
    for entry in walk
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
    {
        let Ok(name) = entry.path().strip_prefix(&folder) else {
            continue;
        };
        let name = name.to_string_lossy().replace('\\', "/");
        if !matches!(
            name.rsplit_once('.'),
            Some((_, "html" | "xml" | "svg" | "css" | "yaml"))
        ) {
            continue;
        }
        let path = format!("themes/{value}/{name}", value = chosen.value);
        match fs::read_to_string(entry.path()) {
            // A copy of the embedded file is the embedded file.
            Ok(text) if embedded(&name) == Some(&text) => {}
            Ok(text) => {
                let id = sources.add(path, text);
                files.0.insert(
                    name,
                    OwnFile {
                        id,
                        source: sources.share(id),
                    },
                );
            }
            Err(error) => {
                let file = sources.add(path.clone(), String::new());
                faults.push(
                    Diagnostic::new(
                        Rule::UnreadableFile,
                        Span::start_of(file),
                        say!("`{path}` cannot be read: {error}", path, error),
                    )
                    .help(say!("theme files are UTF-8 text")),
                );
            }
        }
    }
    Some(files)
}

/// A theme of the site's own states the contract it was written for.
pub(super) fn check_contract(own: &Own, chosen: &At<String>, faults: &mut Diagnostics) {
    let Some(file) = own.get("theme.yaml") else {
        if chosen.value != "default" {
            faults.push(
                Diagnostic::new(
                    Rule::BadTheme,
                    chosen.span,
                    say!("themes/{value} has no theme.yaml", value = chosen.value),
                )
                .expected(say!(
                    "a theme.yaml with `name:` and `contract: {contract}`",
                    contract = CONTRACT
                ))
                .help(say!(
                    "the contract says which version of the template data the theme was written for"
                )),
            );
        }
        return;
    };
    let node = match yaml::parse(&file.source, file.id) {
        Ok(node) => node,
        Err(fault) => return faults.push(*fault),
    };
    let Some(theme) = ThemeFile::decode(&node, faults) else {
        return;
    };
    if let Some(contract) = theme.contract.filter(|contract| contract.value != CONTRACT) {
        faults.push(
            Diagnostic::new(
                Rule::BadTheme,
                contract.span,
                say!("the theme was written for contract {value}, this version keeps contract {contract}", value = contract.value, contract = CONTRACT),
            )
            .expected(say!("contract: {contract}", contract = CONTRACT))
            .help(
                say!("read docs/theme.md for what changed, adapt the theme's files, then set the number"),
            ),
        );
    }
}
