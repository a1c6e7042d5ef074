//! Themes: templates, style sheet and words. The default theme is part of the
//! binary; a site's own theme replaces single files of it.

mod own;
mod templates;
mod words;

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{Tera, Value};

pub use self::own::{CONTRACT, ThemeFile};

use self::own::Own;
use super::brand::Brands;
use super::contrast;
use super::contrast::palette::Palette;
use super::form;
use super::locale::Words;
use crate::chart;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::kept::Made;
use crate::map;
use crate::message::Message;
use crate::model::Publication;
use crate::say;
use crate::span::{At, Sources, Span};

/// The default theme, as it stands in the repository.
static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme, ready to render.
pub struct Theme {
    /// The templates.
    pub templates: Arc<Tera>,
    /// The fields that they ask more about than whether they are there.
    pub kept: Arc<form::Kept>,
    /// The style sheet.
    pub style: String,
    /// Its colours, for pictures that leave their page.
    pub colours: chart::Palette,
    /// The classes of accents in it.
    pub brands: Brands,
    /// The words of each language of the site.
    pub words: Vec<Words>,
    /// The same as templates are given them.
    pub told: Vec<Value>,
    /// Where a site's own templates are written.
    own: Own,
    /// Where the theme is chosen, for faults without a better place.
    chosen: Span,
}

/// What a theme is made from.
#[derive(PartialEq)]
pub struct Ground {
    chosen: At<String>,
    languages: Vec<String>,
    brands: Brands,
    own: Own,
}

/// A theme and what is wrong with it.
pub struct Checked {
    theme: Arc<Theme>,
    faults: Diagnostics,
}

/// The theme as it was before.
pub type Kept = Option<Made<Ground, Checked>>;

/// Reads the theme that a site has chosen, and computes whether its colours
/// and the accents of organisations can be read.
pub fn load(
    root: &Path,
    publication: &Publication,
    kept: &mut Kept,
    sources: &mut Sources,
    faults: &mut Diagnostics,
) -> Option<Arc<Theme>> {
    let settings = &publication.settings;
    let ground = Ground {
        chosen: settings.theme.clone(),
        languages: (settings.languages.iter())
            .map(|(_, tag)| tag.to_owned())
            .collect(),
        brands: Brands::of(publication),
        own: own::files(root, &settings.theme, sources, faults)?,
    };
    let made = Made::again(kept.take(), ground, checked);
    let Checked {
        theme,
        faults: found,
    } = made.what();
    faults.append(found.clone());
    let theme = Arc::clone(theme);
    *kept = Some(made);
    Some(theme)
}

fn checked(ground: &Ground) -> Checked {
    let mut faults = Diagnostics::default();
    let (own, chosen) = (&ground.own, ground.chosen.span);
    own::check_contract(own, &ground.chosen, &mut faults);
    let (style, palette) = style(own, &ground.brands, chosen, &mut faults);
    let words = |tag: &String| words::words(tag, own, chosen, &mut faults);
    let words: Vec<_> = ground.languages.iter().map(words).collect();
    // Texts cannot fail to be taken over.
    let told = |words: &Words| Value::try_from_serializable(&words.nested());
    let told = (words.iter())
        .map(|words| told(words).unwrap_or_else(|_| Value::none()))
        .collect();
    let (compiled, fault) = templates::compiled(own);
    let theme = Theme {
        templates: compiled.templates,
        kept: compiled.kept,
        style,
        colours: palette.colours(),
        brands: ground.brands.clone(),
        words,
        told,
        own: own.clone(),
        chosen,
    };
    if let Some(fault) = fault {
        faults.push(theme.fault(&fault));
    }
    let theme = Arc::new(theme);
    Checked { theme, faults }
}

/// The style sheet: the theme's, the charts', the site's additions, and last
/// the accents, so that no theme changes what an organisation sets.
fn style(own: &Own, brands: &Brands, chosen: Span, faults: &mut Diagnostics) -> (String, Palette) {
    let sheet = |name: &str| {
        let file = own.get(name);
        let text = file.map(|file| file.source.text.as_str());
        let text = text.or_else(|| embedded(name)).unwrap_or_default();
        (text, file.map(|file| file.id))
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
    /// Whether something that becomes markup is the site's own.
    #[must_use]
    pub fn has_own_markup(&self) -> bool {
        self.own.has_markup()
    }

    /// A template's error as a diagnostic: at its line where the template is
    /// the site's own, else where the theme is chosen.
    #[must_use]
    pub fn fault(&self, error: &tera::Error) -> Diagnostic {
        let (report, message) = match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
                (Some(report), report.message().to_owned())
            }
            _ => (None, error.to_string()),
        };
        let place = report.and_then(|report| {
            let name = format!("templates/{filename}", filename = report.filename());
            let file = self.own.get(&name)?;
            let range = report.span().range.clone();
            let end = range.end.min(file.source.text.len());
            Some(Span::new(file.id, range.start.min(end)..end))
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
