//! Themes: templates, style sheet and words. The default theme is part of the
//! binary; a site's own theme replaces single files of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera};

use super::locale::Words;
use crate::chart::{self, Palette};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::entry;
use crate::map;
use crate::model::lang::Languages;
use crate::source::decode::Decode;
use crate::source::yaml;
use crate::span::{At, FileId, Sources, Span};

/// The default theme, as it stands in the repository.
static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The version of what templates are given. A theme states the one it was
/// written for; it grows when a theme would have to change.
pub const CONTRACT: u32 = 1;

/// Where the language's own words are missing, these stand in.
const FALLBACK: &str = "en";

entry! {
    /// A theme.
    pub struct ThemeFile ("theme.yaml") {
        /// The theme's name.
        required name: At<String>,
        /// The version of the template contract that it was written for.
        required contract: At<u32>,
    }
}

/// A theme, ready to render.
pub struct Theme {
    /// The templates.
    pub templates: Tera,
    /// The style sheet.
    pub style: String,
    /// Its colours, for pictures that leave their page.
    pub palette: Palette,
    /// The words of each language of the site.
    pub words: Vec<Words>,
    /// Where a site's own templates are written, by template name.
    own: BTreeMap<String, FileId>,
    /// Where the theme is chosen, for faults without a better place.
    chosen: Span,
}

/// Reads the theme that a site has chosen.
pub fn load(
    root: &Path,
    chosen: &At<String>,
    languages: &Languages,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Option<Theme> {
    let own = own_files(root, chosen, sources, faults)?;
    check_contract(&own, chosen, sources, faults);
    let read = |name: &str| -> Option<String> {
        let own = own.get(name).map(|file| sources.get(*file).text.clone());
        own.or_else(|| embedded(name).map(str::to_owned))
    };
    let mut style = read("style.css").unwrap_or_default();
    style.push_str(chart::PAINT_CSS);
    style.push_str(chart::SHAPE_CSS);
    style.push_str(chart::FRAME_CSS);
    style.push_str(map::BOARD_CSS);
    if let Some(extra) = own.get("extra.css") {
        style.push_str(&sources.get(*extra).text);
    }
    let words = languages
        .iter()
        .map(|(_, tag)| words(tag, &own, sources, faults))
        .collect();
    let mut templates = Tera::new();
    templates.autoescape_on([".html", ".svg", ".xml"]);
    templates.register_filter("fill", fill);
    let mut theme = Theme {
        templates,
        palette: palette(&style),
        style,
        words,
        own,
        chosen: chosen.span,
    };
    theme.add_templates(sources, faults);
    Some(theme)
}

/// TODO: replaced by the contrast module's reader.
fn palette(style: &str) -> Palette {
    let mut colours: Vec<(String, String, String)> = Vec::new();
    for piece in style.split("--").skip(1) {
        let Some((name, value)) = piece.split_once(": ") else {
            continue;
        };
        let Some((value, _)) = value.split_once(';') else {
            continue;
        };
        if !value.starts_with('#') {
            continue;
        }
        match colours.iter_mut().find(|(n, ..)| n == name) {
            Some(entry) => entry.2 = value.to_owned(),
            None => colours.push((name.to_owned(), value.to_owned(), value.to_owned())),
        }
    }
    Palette { colours }
}

/// A file of the default theme.
#[must_use]
pub fn embedded(name: &str) -> Option<&'static str> {
    DEFAULT.get_file(name)?.contents_utf8()
}

/// The names of all files of the default theme.
#[must_use]
pub fn embedded_names() -> Vec<String> {
    fn walk(dir: &Dir<'static>, names: &mut Vec<String>) {
        names.extend(
            dir.files()
                .map(|file| file.path().to_string_lossy().replace('\\', "/")),
        );
        dir.dirs().for_each(|dir| walk(dir, names));
    }
    let mut names = Vec::new();
    walk(&DEFAULT, &mut names);
    names.sort();
    names
}

impl Theme {
    fn add_templates(&mut self, sources: &Sources, faults: &mut Diagnostics) {
        let mut names: Vec<String> = embedded_names()
            .into_iter()
            .filter_map(|name| name.strip_prefix("templates/").map(str::to_owned))
            .collect();
        for name in self
            .own
            .keys()
            .filter_map(|name| name.strip_prefix("templates/"))
        {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        let texts: Vec<(String, String)> = names
            .into_iter()
            .map(|name| {
                let path = format!("templates/{name}");
                let own = self
                    .own
                    .get(&path)
                    .map(|file| sources.get(*file).text.as_str());
                let text = own.or_else(|| embedded(&path)).unwrap_or_default();
                (name, text.to_owned())
            })
            .collect();
        if let Err(error) = self.templates.add_raw_templates(texts) {
            faults.push(self.fault(&error, sources));
        }
    }

    /// A template's error as a diagnostic: at its line where the template is
    /// the site's own, else where the theme is chosen.
    #[must_use]
    pub fn fault(&self, error: &tera::Error, sources: &Sources) -> Diagnostic {
        let (report, message) = match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
                (Some(report), report.message().to_owned())
            }
            _ => (None, error.to_string()),
        };
        let place = report.and_then(|report| {
            let file = *self.own.get(&format!("templates/{}", report.filename()))?;
            let text = &sources.get(file).text;
            let range = report.span().range.clone();
            let end = range.end.min(text.len());
            Some(Span::new(file, range.start.min(end)..end))
        });
        let message = match (report, place) {
            (Some(report), None) => format!("template {}: {message}", report.filename()),
            _ => message,
        };
        Diagnostic::new(Rule::TemplateError, place.unwrap_or(self.chosen), message)
            .help("docs/theme.md lists what every template is given; `scorepress theme eject FILE` writes the default file to start from")
    }
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

/// The files of the site's own theme, by their names inside it.
fn own_files(
    root: &Path,
    chosen: &At<String>,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Option<BTreeMap<String, FileId>> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if chosen.value.is_empty() || !chosen.value.chars().all(plain) {
        faults.push(
            Diagnostic::new(
                Rule::BadTheme,
                chosen.span,
                format!("`{}` is not the name of a theme", chosen.value),
            )
            .expected("a folder under themes/, of letters, digits, `-` and `_`"),
        );
        return None;
    }
    let folder = root.join("themes").join(&chosen.value);
    let mut files = BTreeMap::new();
    if !folder.is_dir() {
        if chosen.value == "default" {
            return Some(files);
        }
        faults.push(
            Diagnostic::new(
                Rule::BadTheme,
                chosen.span,
                format!("there is no theme `themes/{}`", chosen.value),
            )
            .expected("a folder under themes/ with a theme.yaml, or `default`")
            .help(
                "`scorepress theme eject FILE` starts one with a single file of the default theme",
            ),
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
        let path = format!("themes/{}/{name}", chosen.value);
        match fs::read_to_string(entry.path()) {
            // A copy of the embedded file is the embedded file.
            Ok(text) if embedded(&name) == Some(&text) => {}
            Ok(text) => {
                files.insert(name, sources.add(path, text));
            }
            Err(error) => {
                let file = sources.add(path.clone(), String::new());
                faults.push(
                    Diagnostic::new(
                        Rule::UnreadableFile,
                        Span::start_of(file),
                        format!("`{path}` cannot be read: {error}"),
                    )
                    .help("theme files are UTF-8 text"),
                );
            }
        }
    }
    Some(files)
}

/// A theme of the site's own states the contract it was written for.
fn check_contract(
    own: &BTreeMap<String, FileId>,
    chosen: &At<String>,
    sources: &Sources,
    faults: &mut Diagnostics,
) {
    let Some(file) = own.get("theme.yaml").copied() else {
        if chosen.value != "default" {
            faults.push(
                Diagnostic::new(Rule::BadTheme, chosen.span, format!("themes/{} has no theme.yaml", chosen.value))
                    .expected(format!("a theme.yaml with `name:` and `contract: {CONTRACT}`"))
                    .help("the contract says which version of the template data the theme was written for"),
            );
        }
        return;
    };
    let node = match yaml::parse(sources.get(file), file) {
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
                format!(
                    "the theme was written for contract {}, this version keeps contract {CONTRACT}",
                    contract.value
                ),
            )
            .expected(format!("contract: {CONTRACT}"))
            .help(
                "read docs/theme.md for what changed, adapt the theme's files, then set the number",
            ),
        );
    }
}

/// The words of one language: the default theme's, then the site's own. A
/// language without a list gets its nearest relative's, or English.
fn words(
    tag: &str,
    own: &BTreeMap<String, FileId>,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Words {
    let mut words = Words::default();
    let primary = tag.split('-').next().unwrap_or(tag);
    let related = embedded_names().into_iter().find_map(|name| {
        let list = name.strip_prefix("locale/")?.strip_suffix(".yaml")?;
        (list.split('-').next() == Some(primary)).then(|| list.to_owned())
    });
    let lists = [Some(FALLBACK.to_owned()), related, Some(tag.to_owned())];
    let mut done: Vec<String> = Vec::new();
    for list in lists.into_iter().flatten() {
        if done.contains(&list) {
            continue;
        }
        let name = format!("locale/{list}.yaml");
        if let Some(text) = embedded(&name) {
            let file = sources.add(format!("themes/default/{name}"), text.to_owned());
            extend(&mut words, file, sources, faults);
        }
        if let Some(file) = own.get(&name) {
            extend(&mut words, *file, sources, faults);
        }
        done.push(list);
    }
    words
}

fn extend(words: &mut Words, file: FileId, sources: &Sources, faults: &mut Diagnostics) {
    match yaml::parse(sources.get(file), file) {
        Ok(node) => words.extend(&node, faults),
        Err(fault) => faults.push(*fault),
    }
}
