//! Rendering: planned files become bytes, all of them in parallel or one at a time.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tera::{Context, Value};

use super::address::Within;
use super::attachments::Used;
use super::desk::Desk;
use super::form::Forms;
use super::links::Links;
use super::names::Names;
use super::plan::{DataFile, Kind, Planned, Subject};
use super::press::Press;
use super::privacy::{self, Leaks};
use super::theme::Theme;
use super::view::Facts;
use super::view::kind;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::evaluate::Evaluation;
use crate::message::Message;
use crate::model::Publication;
use crate::model::arena::{Arena, ScorecardIx};
use crate::model::lang::LangId;
use crate::model::watch::{Seen, watch};
use crate::provenance::{Past, Provenance};
use crate::publish::{Artifact, OutputPath, sha256};
use crate::register::Register;
use crate::say;
use crate::source::tree::LARGEST_ATTACHMENT;
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
        work(&Shop {
            renderer: self,
            forms: &forms,
            presses: &presses,
            leaks: Leaks::default(),
            seen: (self.publication.scorecards).map(|_| Mutex::new(merged(&shared))),
        })
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
}

/// Everything set up: presses for all languages, ready to make any file.
pub struct Shop<'a> {
    renderer: &'a Renderer<'a>,
    forms: &'a [Forms<'a>],
    presses: &'a [Press<'a>],
    leaks: Leaks,
    /// What the files of each scorecard looked at.
    seen: Arena<ScorecardIx, Mutex<Seen>>,
}

impl Shop<'_> {
    /// Renders the planned files that are wanted and hands each to `take` as soon as it is ready,
    /// from several threads; one that fails is noted, the others go on. Tells what those of
    /// each scorecard looked at.
    ///
    /// # Errors
    /// The first thing that `take` could not do.
    pub fn all<E: Send>(
        &self,
        plan: &[Planned],
        wanted: impl Fn(&Planned) -> bool + Sync,
        take: impl Fn(&Artifact) -> Result<(), E> + Sync,
        faults: &mut Diagnostics,
    ) -> Result<Arena<ScorecardIx, Seen>, E> {
        let found = Mutex::new(Diagnostics::default());
        let keep = |rendered: Result<Artifact, Box<Diagnostic>>| match rendered {
            Ok(artifact) => Some(artifact),
            Err(fault) => {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.push(*fault);
                None
            }
        };
        // Data comes first, because pages state its size and hash.
        let told: HashSet<ScorecardIx> = plan
            .iter()
            .filter(|file| wanted(file))
            .filter_map(|file| match file.kind {
                Kind::Page(Subject::Data(at), _) => Some(at),
                _ => None,
            })
            .collect();
        let is_told = |file: &Planned| matches!(file.kind, Kind::Data(at, _) if told.contains(&at));
        let facts: HashMap<String, Facts> = plan
            .par_iter()
            .filter(|file| matches!(file.kind, Kind::Data(..)) && (wanted(file) || is_told(file)))
            .filter_map(|planned| {
                let mut artifact = keep(self.make(planned, plan, &HashMap::new(), None))?;
                let facts = facts(&artifact.bytes);
                artifact.sha256 = Some(facts.sha256.clone());
                let facts = (planned.path.clone(), facts);
                let taken = if wanted(planned) {
                    take(&artifact)
                } else {
                    Ok(())
                };
                Some(taken.map(|()| facts))
            })
            .collect::<Result<_, E>>()?;
        plan.par_iter()
            .filter(|file| !matches!(file.kind, Kind::Data(..)) && wanted(file))
            .try_for_each_init(Desk::default, |desk, planned| {
                let made = self.make(planned, plan, &facts, Some(desk));
                keep(made).map_or(Ok(()), |artifact| {
                    let taken = take(&artifact);
                    desk.clear(artifact.bytes);
                    taken
                })
            })?;
        faults.append(found.into_inner().unwrap_or_else(PoisonError::into_inner));
        faults.append(self.take_faults());
        Ok(self.seen.map(|(_, seen)| lock(seen).clone()))
    }

    /// Renders one planned file, and notes what the components of its rows did
    /// wrong.
    ///
    /// # Errors
    /// Why it cannot be rendered.
    pub fn one(
        &self,
        planned: &Planned,
        plan: &[Planned],
        faults: &mut Diagnostics,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let mut known = HashMap::new();
        if let Kind::Page(Subject::Data(at), _) = planned.kind {
            let told = plan
                .iter()
                .filter(|file| matches!(file.kind, Kind::Data(of, _) if of == at));
            for file in told {
                let artifact = self.make(file, plan, &known, None)?;
                known.insert(file.path.clone(), facts(&artifact.bytes));
            }
        }
        let made = self.make(planned, plan, &known, None);
        faults.append(self.take_faults());
        made
    }

    fn take_faults(&self) -> Diagnostics {
        let mut faults = Diagnostics::default();
        for error in self.forms.iter().flat_map(Forms::take_faults) {
            faults.push(self.renderer.fault(&error));
        }
        let theme = self.renderer.publication.settings.theme.span;
        let of_notes = self.forms.iter().map(|forms| &forms.leaks);
        for leaks in of_notes.chain([&self.leaks]) {
            leaks.tell(self.renderer.sources, theme, &mut faults);
        }
        faults
    }

    /// Makes a file, given the facts about the data files that it may state and what lies
    /// on the desk of its maker, and notes what a file of a scorecard looks at.
    fn make(
        &self,
        planned: &Planned,
        plan: &[Planned],
        facts: &HashMap<String, Facts>,
        desk: Option<&mut Desk>,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let work = || self.artifact(planned, plan, facts, desk);
        let Some(at) = planned.kind.scorecard() else {
            return work();
        };
        let (made, seen) = watch(work);
        lock(&self.seen[at]).merge(&seen);
        made
    }

    fn artifact(
        &self,
        planned: &Planned,
        plan: &[Planned],
        facts: &HashMap<String, Facts>,
        desk: Option<&mut Desk>,
    ) -> Result<Artifact, Box<Diagnostic>> {
        let renderer = self.renderer;
        let (drawn, paper) = match (desk, &planned.kind) {
            (Some(desk), Kind::Page(..)) => {
                let (drawn, paper) = desk.for_page();
                (Some(drawn), paper)
            }
            (desk, _) => (desk.map(|desk| desk.for_file()), Vec::new()),
        };
        let Some(default) = self.presses.first() else {
            return renderer.artifact(planned, Vec::new());
        };
        let press = |lang: LangId| self.presses.get(lang.index()).unwrap_or(default);
        let drawing = |lang: LangId| Press {
            drawn,
            ..press(lang).clone()
        };
        let colours = &renderer.theme.colours;
        let bytes = match &planned.kind {
            Kind::Page(Subject::Edition(at), lang) => {
                renderer.edition(planned, press(*lang), *at)?
            }
            Kind::Page(subject, lang) => renderer.page(&drawing(*lang), *subject, facts, paper)?,
            Kind::Data(at, file) => default.data(*at, *file),
            Kind::Feed(at, lang) => press(*lang).feed_document(*at).into_bytes(),
            Kind::MapPicture(at, lang) => press(*lang).map_document(*at, colours).into_bytes(),
            Kind::ChartPicture(at, ix, lang) => drawing(*lang)
                .chart_document(*at, *ix, colours)
                .unwrap_or_default()
                .into_bytes(),
            Kind::Catalogue => renderer.catalogue(default),
            Kind::Style => renderer.theme.style.clone().into_bytes(),
            Kind::Sitemap => renderer.sitemap(plan),
            Kind::Robots => renderer.robots(),
            Kind::Headers => headers(),
            Kind::Attachment(used) => renderer.attachment(used)?,
        };
        let artifact = renderer.artifact(planned, bytes)?;
        self.look(planned, &artifact);
        Ok(artifact)
    }

    /// Looks at what a theme made. The templates that come with the program, its
    /// pictures and its data are proven by its own tests; notes are looked at as they
    /// become markup, where their authors wrote some.
    fn look(&self, planned: &Planned, artifact: &Artifact) {
        let (path, theme) = (artifact.path.as_str(), &self.renderer.theme);
        let text = || String::from_utf8_lossy(&artifact.bytes);
        match planned.kind {
            Kind::Page(Subject::Edition(_), _) if theme.has_own_markup() => {
                // The style sheet that it carries is looked at where it is a file.
                let carried = super::edition::style_address(&theme.style);
                let text = text().replacen(&carried, "", 1);
                let policy = super::edition::policy();
                self.leaks.look(path, &text, Some(&policy));
            }
            Kind::Page(..) if theme.has_own_markup() => {
                self.leaks
                    .look(path, &text(), Some(CONTENT_SECURITY_POLICY));
            }
            Kind::Style => self.leaks.look_at_style(path, &text()),
            _ => {}
        }
    }
}

/// Locks what files looked at; every change to it is one insertion after another.
fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What several pieces of work looked at.
fn merged(parts: &[Seen]) -> Seen {
    let mut all = Seen::default();
    for part in parts {
        all.merge(part);
    }
    all
}

impl Renderer<'_> {
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
            return Err(Box::new(self.fault(error)));
        }
        let html = String::from_utf8_lossy(&bytes);
        // Anything else below `content/` is nobody's picture, whatever an author wrote.
        let attached = |path: &str| self.publication.attachments.contains(path);
        let read = |path: &str| attached(path).then(|| self.read(path).ok()).flatten();
        let html = super::edition::embed(&html, &root, read);
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

    fn attachment(&self, used: &Used) -> Result<Vec<u8>, Box<Diagnostic>> {
        let path = &used.path;
        let refused = |why: Message, help: Message| {
            let why = say!(
                "the attachment content/{path} cannot be read: {why}",
                path,
                why
            );
            Box::new(Diagnostic::new(Rule::UnreadableFile, used.link, why).help(help))
        };
        let bytes = self.read(path).map_err(|error| {
            refused(
                Message::foreign(error),
                say!("check the file's permissions"),
            )
        })?;
        if bytes.len() as u64 > LARGEST_ATTACHMENT {
            let why = say!(
                "it has more than {largest_attachment} MiB",
                largest_attachment = LARGEST_ATTACHMENT >> 20
            );
            return Err(refused(
                why,
                say!("publish it elsewhere and link to it there"),
            ));
        }
        let Some(refusal) = privacy::refusal(path, &bytes) else {
            return Ok(bytes);
        };
        let why = say!(
            "the attachment content/{path} is not published: {why}",
            path,
            why = refusal.why
        );
        Err(Box::new(
            Diagnostic::new(Rule::Privacy, used.link, why)
                .expected(refusal.expected)
                .help(refusal.help),
        ))
    }

    /// Reads a file under `content/`, as far as one that is published may be long.
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs::File::open(self.root.join("content").join(path))?;
        file.take(LARGEST_ATTACHMENT + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
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
                    .map(|file| {
                        format!(
                            "{path}/data/{name}",
                            path = scorecard.path,
                            name = file.name()
                        )
                    })
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
                    "{base}{clone}",
                    clone = super::address::encoded(planned.path.clone())
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
    Facts {
        bytes: bytes.len(),
        sha256: sha256(bytes),
    }
}

/// Headers for hosts that read `_headers`.
fn headers() -> Vec<u8> {
    format!("/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n")
    .into_bytes()
}
