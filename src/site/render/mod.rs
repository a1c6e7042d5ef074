//! Rendering: planned files become bytes, all of them in parallel or one at a time.

mod attachment;
mod shop;
mod whole;

use std::collections::HashMap;
use std::path::Path;

use tera::{Context, Value};

pub use self::shop::Shop;
use super::address::Within;
use super::edition;
use super::form::Forms;
use super::links::Links;
use super::names::Names;
use super::plan::{Kind, Planned, Subject};
use super::press::Press;
use super::theme::Theme;
use super::view::{Facts, kind};
use crate::diagnostic::{Diagnostic, Rule};
use crate::evaluate::Evaluation;
use crate::model::Publication;
use crate::model::arena::ScorecardIx;
use crate::model::lang::LangId;
use crate::model::watch::{Seen, watch};
use crate::provenance::{Past, Provenance};
use crate::publish::{Artifact, OutputPath};
use crate::register::Register;
use crate::say;
use crate::span::Sources;

/// What every page allows itself: its own style sheet, its own pictures,
/// nothing else. `connect-src` lets auditing tools read `robots.txt`.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// Everything rendering needs.
pub struct Renderer<'a> {
    /// The folder of the site.
    pub root: &'a Path,
    /// The model.
    pub publication: &'a Publication,
    /// Its results.
    pub evaluation: &'a Evaluation,
    /// Its sources.
    pub sources: &'a Sources,
    /// Which commits set them.
    pub provenance: &'a Provenance<'a>,
    /// The history they come from.
    pub past: &'a Past,
    /// Every goalpost that was moved.
    pub register: &'a Register,
    /// Its theme.
    pub theme: &'a Theme,
    /// The address of the site, where it is known.
    pub base_url: Option<&'a str>,
    /// The commit of the sources, where it is known.
    pub commit: Option<&'a str>,
}

impl Renderer<'_> {
    /// Sets up what all pages share, once, and does some work with it.
    pub fn open<T>(&self, work: impl FnOnce(&Shop) -> T) -> T {
        let links = Links::of(self.publication);
        let languages = || self.publication.settings.languages.iter();
        let names: Vec<Names> = languages().map(|_| Names::default()).collect();
        let (forms, shared): (Vec<Forms>, Vec<Seen>) = languages()
            .zip(&names)
            .map(|((lang, _), names)| watch(|| self.forms(lang, &links, names)))
            .unzip();
        let presses: Vec<Press> = languages()
            .zip(&names)
            .zip(&forms)
            .map(|(((lang, _), names), forms)| self.press(lang, &links, names, forms))
            .collect();
        work(&Shop::new(self, &forms, &presses, &shared))
    }

    fn press<'a>(
        &'a self,
        lang: LangId,
        links: &'a Links<'a>,
        names: &'a Names,
        forms: &'a Forms<'a>,
    ) -> Press<'a> {
        static NO_WORDS: std::sync::LazyLock<super::locale::Words> =
            std::sync::LazyLock::new(super::locale::Words::default);
        Press {
            publication: self.publication,
            evaluation: self.evaluation,
            sources: self.sources,
            provenance: self.provenance,
            past: self.past,
            register: self.register,
            links,
            lang,
            words: self.theme.words.get(lang.index()).unwrap_or(&NO_WORDS),
            brands: &self.theme.brands,
            base_url: self.base_url,
            commit: self.commit,
            within: None,
            names,
            forms,
            drawn: None,
            root: "".into(),
        }
    }

    /// The theme's forms in a language, with what all pages share.
    fn forms<'a>(&'a self, lang: LangId, links: &'a Links<'a>, names: &'a Names) -> Forms<'a> {
        let forms = |shared| Forms::new(&self.theme.templates, &self.theme.kept, shared);
        let blank = forms(Context::new());
        let press = self.press(lang, links, names, &blank);
        let mut shared = Context::new();
        shared.insert("site", &press.site_context());
        let told = self.theme.told.get(lang.index()).cloned();
        shared.insert_value("w", told.unwrap_or_else(Value::none));
        shared.insert("csp", CONTENT_SECURITY_POLICY);
        forms(shared)
    }

    fn fault(&self, error: &tera::Error) -> Diagnostic {
        self.theme.fault(error)
    }

    fn page(
        &self,
        press: &Press,
        subject: Subject,
        facts: &HashMap<String, Facts>,
        mut bytes: Vec<u8>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        match press.at(subject).page(subject, facts, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Box::new(self.fault(&error))),
        }
    }

    /// A page that carries everything with it.
    fn edition(
        &self,
        planned: &Planned,
        press: &Press,
        at: ScorecardIx,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let to_root = || "../".repeat(planned.path.matches('/').count());
        let root = self.base_url.map_or_else(to_root, str::to_owned);
        let within = Within {
            scorecard: at,
            root: root.clone(),
        };
        let around = Press {
            within: Some(within.clone()),
            ..press.clone()
        };
        let mut shared = press.forms.shared().clone();
        shared.insert("site", &around.site_context());
        shared.insert("style_address", &edition::style_address(&self.theme.style));
        shared.insert("csp", &edition::policy());
        let forms = Forms::new(&self.theme.templates, &self.theme.kept, shared);
        let press = Press {
            within: Some(within),
            forms: &forms,
            ..press.clone()
        };
        let mut bytes = Vec::new();
        let printed = press.page(Subject::Edition(at), &HashMap::new(), &mut bytes);
        let faults = forms.take_faults();
        if let Some(error) = printed.err().as_ref().or(faults.first()) {
            return Err(Box::new(self.fault(error)));
        }
        let html = String::from_utf8_lossy(&bytes);
        // Anything else below `content/` is nobody's picture, whatever an author wrote.
        let attached = |path: &str| self.publication.attachments.contains(path);
        let read = |path: &str| attached(path).then(|| self.read(path).ok()).flatten();
        let html = edition::embed(&html, &root, read);
        Ok(html.into_bytes())
    }

    fn artifact(&self, planned: &Planned, bytes: Vec<u8>) -> Result<Artifact, Box<Diagnostic>> {
        let subject = match planned.kind {
            Kind::Page(subject, _) => Some(kind(subject).into()),
            _ => None,
        };
        match OutputPath::new(&planned.path) {
            Ok(path) => Ok(Artifact {
                path,
                bytes,
                subject,
                sha256: None,
            }),
            Err(fault) => {
                let span = match &planned.kind {
                    Kind::Page(subject, _) => subject.span(self.publication),
                    Kind::Attachment(used) => Some(used.link),
                    _ => None,
                };
                let place = span.unwrap_or(self.publication.settings.theme.span);
                let why = say!(
                    "`{path}` cannot be the address of a file: {fault}",
                    path = planned.path,
                    fault = fault.said()
                );
                Err(Box::new(
                    Diagnostic::new(Rule::PathEscape, place, why)
                        .help(say!("choose another code, id or file name")),
                ))
            }
        }
    }
}
