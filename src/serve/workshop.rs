//! The workshop: one thread that owns the site, prepares it anew when its
//! sources changed, and makes the files that are asked for.

use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::{oneshot, watch};

use super::Audience;
use crate::diagnostic::report::{self, Format};
use crate::diagnostic::{Diagnostics, Level};
use crate::kept::Kept;
use crate::message::Language;
use crate::publish::{Artifact, Entry, MANIFEST, Manifest, Origin, SUMS, media_type, sha256};
use crate::site::plan::Planned;
use crate::site::render::Shop;
use crate::source::glance::Glance;
use crate::span::Sources;
use crate::{Options, Prepared, prepare_again};

/// What the workshop is told.
pub(super) enum Message {
    /// A source changed.
    Changed,
    /// Somebody wants a file.
    Wanted(Wanted),
    /// It is over.
    Stop,
}

/// A file that somebody wants.
pub(super) struct Wanted {
    /// Its path in the site.
    pub path: String,
    /// Where it goes.
    pub reply: oneshot::Sender<Answer>,
}

/// What becomes of a wish.
#[derive(Debug)]
pub(super) enum Answer {
    /// The file.
    File {
        /// Its bytes as they would be published.
        bytes: Vec<u8>,
        /// Its media type.
        media_type: &'static str,
        /// The version of the site it belongs to.
        version: u64,
    },
    /// There is a folder of that name with an index.
    Folder,
    /// There is no such file. The page that says so, where there is one.
    Missing(Option<Vec<u8>>, u64),
    /// There is no site to show, or the page cannot be made: see the faults.
    Broken(u64),
}

/// What browsers are told.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct State {
    /// Which site is served; a higher one is newer, also after a restart.
    pub version: u64,
    /// What keeps the sources from being a site, as one JSON array.
    pub faults: Box<str>,
    /// The same for people.
    pub text: String,
    /// The address that opens a place in the author's editor.
    pub editor: String,
    /// The folder that paths are relative to.
    pub root: String,
}

impl State {
    /// Before anything is known.
    pub(super) fn blank() -> Self {
        Self {
            faults: "[]".into(),
            ..Self::default()
        }
    }
}

/// The thread's own.
pub(super) struct Workshop<A> {
    options: Options,
    audience: A,
    tell: watch::Sender<State>,
    state: State,
    /// What the next edit need not make anew.
    kept: Kept,
}

/// Why the workshop stopped answering.
enum Turn {
    Changed,
    Stop,
}

impl<A: Audience> Workshop<A> {
    pub(super) fn new(
        options: Options,
        editor: String,
        audience: A,
        tell: watch::Sender<State>,
    ) -> Self {
        let root = std::path::absolute(&options.root).unwrap_or_else(|_| options.root.clone());
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let version = now.map_or(0, |now| u64::try_from(now.as_millis()).unwrap_or_default());
        let state = State {
            version,
            editor,
            root: root.to_string_lossy().replace('\\', "/"),
            ..State::blank()
        };
        Self {
            options,
            audience,
            tell,
            state,
            kept: Kept::default(),
        }
    }

    /// Works until it is told to stop.
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        let mut good: Option<Prepared> = None;
        loop {
            // What changed meanwhile is prepared with the rest, and whoever asked
            // meanwhile is answered from that.
            let mut waiting = Vec::new();
            while let Ok(message) = inbox.try_recv() {
                match message {
                    Message::Changed => {}
                    Message::Wanted(wanted) => waiting.push(wanted),
                    Message::Stop => return,
                }
            }
            self.prepare(&mut good);
            let options = self.options.clone();
            let turn = match &good {
                None => self.apologize(waiting, inbox),
                Some(site) => {
                    let answer = |shop: &Shop| self.answer(shop, site, waiting, inbox);
                    crate::open(&options, site, answer).unwrap_or(Turn::Stop)
                }
            };
            if matches!(turn, Turn::Stop) {
                return;
            }
        }
    }

    /// Prepares the site anew; a broken one leaves the last good one in its place.
    fn prepare(&mut self, good: &mut Option<Prepared>) {
        let begun = Instant::now();
        self.state.version += 1;
        let (told, prepared) = thread::scope(|scope| {
            let told = scope.spawn(|| self.options.look());
            let prepared = prepare_again(&self.options, &mut self.kept);
            (told.join(), prepared)
        });
        (self.options.head, self.options.past) = told.unwrap_or_default();
        match prepared {
            Ok(mut site) => {
                let is_good = site.settle();
                self.note(&site.faults, &site.sources, site.language);
                self.audience.prepared(&site, begun.elapsed().as_millis());
                if is_good && let Some(old) = good.replace(site) {
                    // Nobody waits until a large site is forgotten.
                    rayon::spawn(move || drop(old));
                }
            }
            Err(error) => {
                let language = self
                    .options
                    .language
                    .or_else(|| Language::of_tag(&Glance::at(&self.options.root).language?));
                let why = error.said().text(language.unwrap_or_default()).into_owned();
                self.audience.unreadable(&why);
                self.state.faults = "[]".into();
                self.state.text = why;
            }
        }
        self.tell.send_replace(self.state.clone());
    }

    /// Keeps the errors for the browsers.
    fn note(&mut self, faults: &Diagnostics, sources: &Sources, language: Language) {
        let mut errors = Diagnostics::default();
        let found = faults.iter().filter(|fault| fault.level == Level::Error);
        found.for_each(|fault| errors.push(fault.clone()));
        let print = |format| {
            let mut out = Vec::new();
            // Writing to memory cannot fail.
            let _ = report::write(format, &errors, sources, language, false, &mut out);
            String::from_utf8(out).unwrap_or_default()
        };
        self.state.faults = print(Format::Json).into();
        self.state.text = if errors.errors() == 0 {
            String::new()
        } else {
            print(Format::Human)
        };
    }

    /// Answers from a site until its sources change.
    fn answer(
        &mut self,
        shop: &Shop,
        site: &Prepared,
        waiting: Vec<Wanted>,
        inbox: &Receiver<Message>,
    ) -> Turn {
        let mut give = |Wanted { path, reply }| {
            let answer = self.make(shop, site, &path);
            // Whoever asked may have left.
            let _ = reply.send(answer);
        };
        waiting.into_iter().for_each(&mut give);
        loop {
            match inbox.recv() {
                Ok(Message::Wanted(wanted)) => give(wanted),
                Ok(Message::Changed) => return Turn::Changed,
                Ok(Message::Stop) | Err(_) => return Turn::Stop,
            }
        }
    }

    /// Answers while there has never been a good site.
    fn apologize(&self, waiting: Vec<Wanted>, inbox: &Receiver<Message>) -> Turn {
        let give = |wanted: Wanted| {
            let _ = wanted.reply.send(Answer::Broken(self.state.version));
        };
        waiting.into_iter().for_each(give);
        loop {
            match inbox.recv() {
                Ok(Message::Wanted(wanted)) => give(wanted),
                Ok(Message::Changed) => return Turn::Changed,
                Ok(Message::Stop) | Err(_) => return Turn::Stop,
            }
        }
    }

    fn make(&mut self, shop: &Shop, site: &Prepared, path: &str) -> Answer {
        let version = self.state.version;
        if let Some(planned) = planned(site, path) {
            return match self.render(shop, site, planned) {
                Some(bytes) => Answer::File {
                    bytes,
                    media_type: media_type::of(path.rsplit('/').next().unwrap_or(path)),
                    version,
                },
                None => Answer::Broken(version),
            };
        }
        if path == MANIFEST || path == SUMS {
            return match inventory(shop, site, self.options.origin(), path) {
                Some(bytes) => Answer::File {
                    bytes,
                    media_type: media_type::of(path.rsplit('/').next().unwrap_or(path)),
                    version,
                },
                None => Answer::Broken(version),
            };
        }
        if planned(site, &format!("{path}/index.html")).is_some() {
            return Answer::Folder;
        }
        let page = planned(site, "404.html").and_then(|page| self.render(shop, site, page));
        Answer::Missing(page, version)
    }

    /// Renders a file; what is wrong with it is told to the browsers.
    fn render(&mut self, shop: &Shop, site: &Prepared, planned: &Planned) -> Option<Vec<u8>> {
        let mut faults = Diagnostics::default();
        let made = shop.one(planned, &site.plan, &mut faults);
        let made = made.map_err(|fault| faults.push(*fault)).ok();
        if faults.is_empty() {
            return made.map(|artifact| artifact.bytes);
        }
        self.note(&faults, &site.sources, site.language);
        self.tell.send_replace(self.state.clone());
        None
    }
}

/// The planned file at a path; the plan is sorted by them.
fn planned<'a>(site: &'a Prepared, path: &str) -> Option<&'a Planned> {
    let at = site
        .plan
        .binary_search_by(|file| file.path.as_str().cmp(path));
    site.plan.get(at.ok()?)
}

/// The manifest or the sums, for which every file has to be made.
fn inventory(shop: &Shop, site: &Prepared, origin: Origin, path: &str) -> Option<Vec<u8>> {
    let entries = std::sync::Mutex::new(Vec::new());
    let mut faults = Diagnostics::default();
    let take = |artifact: &Artifact| {
        let entry = Entry::of(artifact);
        let mut entries = entries
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        entries.push(entry);
        Ok::<(), std::convert::Infallible>(())
    };
    shop.all(&site.plan, |_| true, take, &mut faults).ok()?;
    let entries = entries
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let manifest = Manifest::new(origin, None, entries);
    let json = manifest.to_json();
    Some(if path == MANIFEST {
        json
    } else {
        manifest.to_sums(&sha256(&json))
    })
}
