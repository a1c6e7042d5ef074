//! Themes: templates, style sheet and words. The default theme is part of the
//! binary; a site's own theme replaces single files of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera};

use super::brand::Brands;
use super::contrast;
use super::contrast::palette::Palette;
use super::form::Kept;
use super::locale::Words;
use crate::chart;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::entry;
use crate::map;
use crate::message::Message;
use crate::model::Publication;
use crate::say;
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
    pub templates: Arc<Tera>,
    /// The fields that they ask more about than whether they are there.
    pub kept: Arc<Kept>,
    /// The style sheet.
    pub style: String,
    /// Its colours, for pictures that leave their page.
    pub colours: chart::Palette,
    /// The classes of accents in it.
    pub brands: Brands,
    /// The words of each language of the site.
    pub words: Vec<Words>,
    /// Where a site's own templates are written, by template name.
    own: BTreeMap<String, FileId>,
    /// Where the theme is chosen, for faults without a better place.
    chosen: Span,
}

/// Reads the theme that a site has chosen, and computes whether its colours
/// and the accents of organisations can be read.
pub fn load(
    root: &Path,
    publication: &Publication,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Option<Theme> {
    let settings = &publication.settings;
    let (chosen, languages) = (&settings.theme, &settings.languages);
    let own = own_files(root, chosen, sources, faults)?;
    check_contract(&own, chosen, sources, faults);
    let brands = Brands::of(publication);
    let (style, palette) = style(&own, &brands, chosen.span, sources, faults);
    let words = languages
        .iter()
        .map(|(_, tag)| words(tag, &own, chosen.span, sources, faults))
        .collect();
    let mut theme = Theme {
        templates: Arc::default(),
        kept: Arc::default(),
        style,
        colours: palette.colours(),
        brands,
        words,
        own,
        chosen: chosen.span,
    };
    theme.add_templates(sources, faults);
    Some(theme)
}

/// The style sheet: the theme's, the charts', the site's additions, and last
/// the accents, so that no theme changes what an organisation sets.
fn style(
    own: &BTreeMap<String, FileId>,
    brands: &Brands,
    chosen: Span,
    sources: &Sources,
    faults: &mut Diagnostics,
) -> (String, Palette) {
    let sheet = |name: &str| {
        let file = own.get(name).copied();
        let text = file.map(|file| sources.get(file).text.as_str());
        (text.or_else(|| embedded(name)).unwrap_or_default(), file)
    };
    let (style, extra) = (sheet("style.css"), sheet("extra.css"));
    let charts = [
        chart::PAINT_CSS,
        chart::SHAPE_CSS,
        chart::FRAME_CSS,
        map::BOARD_CSS,
    ];
    let mut palette = Palette::default();
    let mut css = String::new();
    let charts = charts.into_iter().map(|css| (css, None));
    for (text, file) in [style].into_iter().chain(charts).chain([extra]) {
        palette.read(text, file);
        match file {
            Some(_) => css.push_str(text),
            None => css.push_str(&chart::terse(text)),
        }
    }
    contrast::check(&palette, brands, style.1, chosen, faults);
    css.push_str(&brands.css(&palette));
    (css, palette)
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
    /// Compiles the templates. Those of the default theme are always the same:
    /// a preview compiles them once.
    fn add_templates(&mut self, sources: &Sources, faults: &mut Diagnostics) {
        static DEFAULT: OnceLock<(Arc<Tera>, Arc<Kept>)> = OnceLock::new();
        let has_own = self.own.keys().any(|name| name.starts_with("templates/"));
        if let Some((templates, kept)) = DEFAULT.get().filter(|_| !has_own) {
            self.templates = Arc::clone(templates);
            self.kept = Arc::clone(kept);
            return;
        }
        self.compile(sources, faults);
        if !has_own {
            let _ = DEFAULT.set((Arc::clone(&self.templates), Arc::clone(&self.kept)));
        }
    }

    fn compile(&mut self, sources: &Sources, faults: &mut Diagnostics) {
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
        self.kept = Arc::new(Kept::of(texts.iter().map(|(_, text)| text.as_str())));
        let mut templates = Tera::new();
        templates.autoescape_on([".html", ".svg", ".xml"]);
        templates.register_filter("fill", fill);
        if let Err(error) = templates.add_raw_templates(texts) {
            faults.push(self.fault(&error, sources));
        }
        self.templates = Arc::new(templates);
    }

    /// Whether something that becomes markup is the site's own.
    #[must_use]
    pub fn has_own_markup(&self) -> bool {
        let mut names = self.own.keys();
        names.any(|name| name.starts_with("templates/") || name.starts_with("locale/"))
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
            let file = *self.own.get(&format!(
                "templates/{filename}",
                filename = report.filename()
            ))?;
            let text = &sources.get(file).text;
            let range = report.span().range.clone();
            let end = range.end.min(text.len());
            Some(Span::new(file, range.start.min(end)..end))
        });
        let message = match (report, place) {
            (Some(report), None) => say!(
                "template {filename}: {message}",
                filename = report.filename(),
                message
            ),
            _ => Message::foreign(message),
        };
        Diagnostic::new(Rule::TemplateError, place.unwrap_or(self.chosen), message)
            .help(say!("docs/theme.md lists what every template is given; `scorepress theme eject FILE` writes the default file to start from"))
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
                say!("`{value}` is not the name of a theme", value = chosen.value),
            )
            .expected(say!(
                "a folder under themes/, of letters, digits, `-` and `_`"
            )),
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
                files.insert(name, sources.add(path, text));
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
fn check_contract(
    own: &BTreeMap<String, FileId>,
    chosen: &At<String>,
    sources: &Sources,
    faults: &mut Diagnostics,
) {
    let Some(file) = own.get("theme.yaml").copied() else {
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
                say!("the theme was written for contract {value}, this version keeps contract {contract}", value = contract.value, contract = CONTRACT),
            )
            .expected(say!("contract: {contract}", contract = CONTRACT))
            .help(
                say!("read docs/theme.md for what changed, adapt the theme's files, then set the number"),
            ),
        );
    }
}

/// The words of one language: the default theme's, then the site's own. A
/// language without a list gets its nearest relative's, or English.
fn words(
    tag: &str,
    own: &BTreeMap<String, FileId>,
    chosen: Span,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Words {
    let mut words = Words::default();
    let primary = tag.split('-').next().unwrap_or(tag);
    let related = embedded_names().into_iter().find_map(|name| {
        let list = name.strip_prefix("locale/")?.strip_suffix(".yaml")?;
        (list.split('-').next() == Some(primary)).then(|| list.to_owned())
    });
    let own_list = own.contains_key(&format!("locale/{tag}.yaml"));
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
            extend(&mut words, *file, sources, faults);
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
    extend(&mut words, file, &sources, &mut faults);
    let words = Arc::new(words);
    read.insert(list.to_owned(), Arc::clone(&words));
    Some(words)
}

fn extend(words: &mut Words, file: FileId, sources: &Sources, faults: &mut Diagnostics) {
    match yaml::parse(sources.get(file), file) {
        Ok(node) => words.extend(&node, faults),
        Err(fault) => faults.push(*fault),
    }
}
