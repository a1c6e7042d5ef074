//! Rendering: every planned file becomes bytes, in parallel. Data comes first,
//! because pages state its size and hash.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tera::Context;

use super::address::Within;
use super::form::Forms;
use super::names::Names;
use super::links::Links;
use super::plan::{DataFile, Kind, Planned, Subject};
use super::press::Press;
use super::theme::Theme;
use super::view::Facts;
use super::view::kind;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::evaluate::Evaluation;
use crate::model::Publication;
use crate::model::arena::ScorecardIx;
use crate::model::lang::LangId;
use crate::publish::{Artifact, OutputPath};
use crate::span::{Sources, Span};

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
    /// Its theme.
    pub theme: &'a Theme,
    /// The address of the site, where it is known.
    pub base_url: Option<&'a str>,
    /// The commit of the sources, where it is known.
    pub commit: Option<&'a str>,
}

impl Renderer<'_> {
    /// Renders every planned file and hands it to `take` as soon as it is
    /// ready, from several threads; a page that fails is noted, the others go on.
    ///
    /// # Errors
    /// The first thing that `take` could not do.
    pub fn render<E: Send>(
        &self,
        plan: &[Planned],
        take: impl Fn(Artifact) -> Result<(), E> + Sync,
        faults: &mut Diagnostics,
    ) -> Result<(), E> {
        let links = Links::of(self.publication);
        let languages = || self.publication.settings.languages.iter();
        let names: Vec<Names> = languages().map(|_| Names::default()).collect();
        let forms: Vec<Forms> = languages()
            .zip(&names)
            .map(|((lang, _), names)| self.forms(lang, &links, names))
            .collect();
        let presses: Vec<Press> = languages()
            .zip(&names)
            .zip(&forms)
            .map(|(((lang, _), names), forms)| self.press(lang, &links, names, forms))
            .collect();
        let Some(default) = presses.first() else {
            return Ok(());
        };
        let (pages, data): (Vec<_>, Vec<_>) = plan
            .iter()
            .partition(|planned| matches!(planned.kind, Kind::Page(..)));
        let found = Mutex::new(Diagnostics::default());
        let keep = |rendered: Result<Artifact, Box<Diagnostic>>| match rendered {
            Ok(artifact) => Some(artifact),
            Err(fault) => {
                found
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(*fault);
                None
            }
        };
        let facts: HashMap<String, Facts> = data
            .par_iter()
            .filter_map(|planned| {
                let artifact = keep(self.file(planned, plan, default, &presses))?;
                let is_told = matches!(planned.kind, Kind::Data(..));
                let facts = is_told.then(|| (planned.path.clone(), facts(&artifact.bytes)));
                take(artifact).map(|()| facts).transpose()
            })
            .collect::<Result<_, E>>()?;
        pages
            .par_iter()
            .filter_map(|planned| keep(self.page(planned, &presses, &facts)))
            .try_for_each(&take)?;
        faults.append(found.into_inner().unwrap_or_else(PoisonError::into_inner));
        for error in forms.iter().flat_map(Forms::take_faults) {
            faults.push(self.theme.fault(&error, self.sources));
        }
        Ok(())
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
            links,
            lang,
            words: self.theme.words.get(lang.index()).unwrap_or(&NO_WORDS),
            brands: &self.theme.brands,
            base_url: self.base_url,
            commit: self.commit,
            within: None,
            names,
            forms,
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
        shared.insert("w", &press.words.nested());
        shared.insert("csp", CONTENT_SECURITY_POLICY);
        forms(shared)
    }

    fn page(
        &self,
        planned: &Planned,
        presses: &[Press],
        facts: &HashMap<String, Facts>,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let Kind::Page(subject, lang) = planned.kind else {
            return self.artifact(planned, Vec::new());
        };
        let Some(press) = presses.get(lang.index()) else {
            return self.artifact(planned, Vec::new());
        };
        if let Subject::Edition(at) = subject {
            return self.edition_page(planned, press, at);
        }
        let mut bytes = Vec::with_capacity(32 << 10);
        match press.at(subject).page(subject, facts, &mut bytes) {
            Ok(()) => self.artifact(planned, bytes),
            Err(error) => Err(Box::new(self.theme.fault(&error, self.sources))),
        }
    }

    /// A page that carries everything with it.
    fn edition_page(
        &self,
        planned: &Planned,
        press: &Press,
        at: ScorecardIx,
    ) -> Result<Artifact, Box<Diagnostic>> {
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
        shared.insert(
            "style_address",
            &super::edition::style_address(&self.theme.style),
        );
        shared.insert("csp", &super::edition::policy());
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
            return Err(Box::new(self.theme.fault(error, self.sources)));
        }
        let html = String::from_utf8_lossy(&bytes);
        let html = super::edition::embed(&html, &root, |path| self.attachment(path).ok());
        self.artifact(planned, html.into_bytes())
    }

    fn file(
        &self,
        planned: &Planned,
        plan: &[Planned],
        default: &Press,
        presses: &[Press],
    ) -> Result<Artifact, Box<Diagnostic>> {
        let bytes = match &planned.kind {
            Kind::Page(..) => Vec::new(),
            Kind::Data(at, file) => default.data(*at, *file),
            Kind::Feed(at, lang) => match presses.get(lang.index()) {
                Some(press) => press.feed_document(*at).into_bytes(),
                None => Vec::new(),
            },
            Kind::MapPicture(at, lang) => match presses.get(lang.index()) {
                Some(press) => press.map_document(*at, &self.theme.colours),
                None => String::new(),
            }
            .into_bytes(),
            Kind::ChartPicture(at, ix, lang) => presses
                .get(lang.index())
                .and_then(|press| press.chart_document(*at, *ix, &self.theme.colours))
                .unwrap_or_default()
                .into_bytes(),
            Kind::Catalogue => self.catalogue(default),
            Kind::Style => self.theme.style.clone().into_bytes(),
            Kind::Sitemap => self.sitemap(plan),
            Kind::Robots => self.robots(),
            Kind::Headers => headers(),
            Kind::Attachment(path) => self.attachment(path)?,
        };
        self.artifact(planned, bytes)
    }

    fn artifact(&self, planned: &Planned, bytes: Vec<u8>) -> Result<Artifact, Box<Diagnostic>> {
        let subject = match planned.kind {
            Kind::Page(subject, _) => Some(kind(subject).to_owned()),
            _ => None,
        };
        match OutputPath::new(&planned.path) {
            Ok(path) => Ok(Artifact {
                path,
                bytes,
                subject,
            }),
            Err(fault) => {
                let span = match planned.kind {
                    Kind::Page(subject, _) => subject.span(self.publication),
                    _ => None,
                };
                let place = span.unwrap_or(self.publication.settings.theme.span);
                let why = format!(
                    "`{}` cannot be the address of a file: {fault}",
                    planned.path
                );
                Err(Box::new(
                    Diagnostic::new(Rule::PathEscape, place, why)
                        .help("choose another code, id or file name"),
                ))
            }
        }
    }

    fn attachment(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        fs::read(self.root.join("content").join(path)).map_err(|error| {
            let place = Span::start_of(self.publication.settings.theme.span.file);
            let why = format!("the attachment content/{path} cannot be read: {error}");
            Box::new(
                Diagnostic::new(Rule::UnreadableFile, place, why)
                    .help("check the file's permissions"),
            )
        })
    }

    /// Every data file of the site.
    fn catalogue(&self, press: &Press) -> Vec<u8> {
        let scorecards: Vec<_> = self
            .publication
            .scorecards
            .entries()
            .map(|(at, scorecard)| {
                let files: Vec<_> = DataFile::ALL
                    .iter()
                    .map(|file| format!("{}/data/{}", scorecard.path, file.name()))
                    .collect();
                serde_json::json!({
                    "scorecard": scorecard.path,
                    "title": scorecard.title.original(),
                    "period": scorecard.period.to_string(),
                    "page": press.url(Subject::Map(at)),
                    "files": files,
                })
            })
            .collect();
        let catalogue = serde_json::json!({
            "title": self.publication.settings.title.original(),
            "as_of": self.evaluation.as_of.map(|day| day.to_string()),
            "licence": self.publication.settings.licence.as_ref().and_then(|l| l.id.clone()),
            "scorecards": scorecards,
        });
        let mut text = format!("{catalogue:#}");
        text.push('\n');
        text.into_bytes()
    }

    fn sitemap(&self, plan: &[Planned]) -> Vec<u8> {
        let base = self.base_url.unwrap_or_default();
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for planned in plan {
            if let Kind::Page(subject, _) = planned.kind
                && subject != Subject::NotFound
            {
                let address = crate::interchange::atom::escape(&format!(
                    "{base}{}",
                    super::address::encoded(planned.path.clone())
                ));
                text.extend(["<url><loc>", &address, "</loc></url>\n"]);
            }
        }
        text.push_str("</urlset>\n");
        text.into_bytes()
    }

    fn robots(&self) -> Vec<u8> {
        let mut text = String::from("User-agent: *\nAllow: /\n");
        if let Some(base) = self.base_url {
            text.extend(["Sitemap: ", base, "sitemap.xml\n"]);
        }
        text.into_bytes()
    }
}

fn facts(bytes: &[u8]) -> Facts {
    let hex = |byte: u8| format!("{byte:02x}");
    let sha256 = Sha256::digest(bytes)
        .iter()
        .map(|byte| hex(*byte))
        .collect();
    Facts {
        bytes: bytes.len(),
        sha256,
    }
}

/// Headers for hosts that read `_headers`.
fn headers() -> Vec<u8> {
    format!(
        "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n"
    )
    .into_bytes()
}
