//! Prose: notes, free pages, and the pages whose words the theme brings.

use crate::evaluate::status::Status;
use crate::model::arena::ScorecardIx;
use crate::model::lang::LangId;
use crate::model::link::{LinkTarget, folder_of};
use crate::site::context::lists::{ProseView, Term};
use crate::site::plan::Subject;
use crate::site::press::Press;
use crate::source::markdown::{self, Rendering, Target, Word};
use crate::span::Span;

/// What ids of documents begin with, so that they never meet those of the page.
const ID_PREFIX: &str = "n-";

/// Terms of the glossary, by their place in the word list.
const TERMS: [&str; 14] = [
    "scorecard",
    "strategy_map",
    "mission",
    "vision",
    "perspective",
    "theme",
    "objective",
    "kpi",
    "target",
    "baseline",
    "action",
    "cascade",
    "score",
    "coverage",
];

/// Where a document stands.
struct Place<'a> {
    /// The scorecard whose codes it may link to by themselves.
    scorecard: Option<ScorecardIx>,
    /// What leads to the root of the site.
    root: &'a str,
    /// What its ids begin with.
    id_prefix: &'a str,
    /// The level of its highest headings.
    level: u8,
}

impl Press<'_> {
    /// The note about a code, or about the scorecard as a whole, as HTML. Its
    /// headings stand right under the page's own, in an edition at `level`.
    pub(super) fn note(&self, at: ScorecardIx, subject: &str, level: u8) -> Option<String> {
        let notes = &self.scorecard(at).notes;
        let in_lang = |lang| {
            notes
                .iter()
                .find(|n| n.subject == subject && n.lang == lang)
        };
        let note = in_lang(self.lang).or_else(|| in_lang(LangId::DEFAULT))?;
        let root = self.root_of(Subject::Map(at));
        let place = Place {
            scorecard: Some(at),
            root: &root,
            id_prefix: &self.id(ID_PREFIX, subject),
            level: if self.within.is_some() { level } else { 2 },
        };
        let html = self.html(note.body, &place);
        if note.lang == self.lang {
            return Some(html);
        }
        let tag = self.publication.settings.languages.tag(note.lang);
        Some(format!("<div lang=\"{tag}\">{html}</div>"))
    }

    /// The page of a Markdown file.
    pub(super) fn free_view(&self, at: usize) -> ProseView {
        let Some(page) = self.publication.pages.get(at) else {
            return ProseView::default();
        };
        let Some(version) = page.version(self.lang) else {
            return ProseView::default();
        };
        let root = self.root_of(Subject::Free(at));
        let folder = page.path.rsplit_once('/').map(|(folder, _)| folder);
        let siblings = self
            .publication
            .pages
            .iter()
            .enumerate()
            .filter(|(_, other)| {
                folder.is_some() && other.path.rsplit_once('/').map(|(folder, _)| folder) == folder
            });
        ProseView {
            html: self.html(
                version.body,
                &Place {
                    scorecard: None,
                    root: &root,
                    id_prefix: ID_PREFIX,
                    level: 2,
                },
            ),
            lang: (version.lang != self.lang).then(|| {
                self.publication
                    .settings
                    .languages
                    .tag(version.lang)
                    .to_owned()
            }),
            siblings: siblings
                .filter_map(|(at, other)| {
                    let title = other.version(self.lang)?.title.clone();
                    let mut link = self.link(self.own(title), Subject::Free(at));
                    link.current = other.path == page.path;
                    Some(link)
                })
                .collect(),
            terms: Vec::new(),
        }
    }

    /// The glossary: terms of the field, then every status.
    pub(super) fn glossary_view(&self) -> ProseView {
        let word = |key: String| self.words.get(&key).to_owned();
        let terms = TERMS.iter().map(|term| Term {
            term: word(format!("glossary.{term}.term")),
            meaning: word(format!("glossary.{term}.meaning")),
        });
        let statuses = Status::ALL.into_iter().map(|status| {
            let tag = self.status(status);
            Term {
                term: tag.word,
                meaning: tag.meaning,
            }
        });
        ProseView {
            terms: terms.chain(statuses).collect(),
            ..ProseView::default()
        }
    }

    /// Markdown as HTML.
    fn html(&self, body: Span, place: &Place) -> String {
        let text = self.sources.text(body);
        let folder = folder_of(&self.sources.of(body).path);
        let resolve = |link: &str| self.resolve(link, folder, place.scorecard, place.root);
        let words = |word: Word| self.markdown_word(word);
        let highest = markdown::top_level(text).unwrap_or(1);
        let html = markdown::to_html(
            text,
            &Rendering {
                id_prefix: place.id_prefix,
                heading_base: (place.level + 1).saturating_sub(highest),
                resolve: &resolve,
                words: &words,
            },
        );
        // What no author wrote as HTML is ours, tag by tag.
        if html.is_raw {
            let path = &self.sources.of(body).path;
            self.forms.leaks.look(path, &html.text, None);
        }
        html.text
    }

    fn markdown_word(&self, word: Word) -> String {
        let get = |key: &str| self.words.get(key).to_owned();
        let number = |key: &str, n: usize| self.words.fill(key, &[("n", &n.to_string())]);
        match word {
            Word::Alert(kind) => get(&format!("markdown.alert_{}", kind.name())),
            Word::Table(headings) => {
                let names = headings.join(self.words.get("format.list"));
                self.words.fill("markdown.table", &[("names", &names)])
            }
            Word::Done => get("markdown.done"),
            Word::NotDone => get("markdown.not_done"),
            Word::Footnotes => get("markdown.footnotes"),
            Word::Footnote(n) => number("markdown.footnote", n),
            Word::BackToText { footnote, .. } => number("markdown.back_to_text", footnote),
        }
    }

    fn resolve(
        &self,
        link: &str,
        folder: &str,
        scorecard: Option<ScorecardIx>,
        root: &str,
    ) -> Target {
        let to = |subject: Subject| format!("{root}{}", self.url(subject));
        // The checks refused what leads nowhere; here it would stay as written.
        let Ok(found) = LinkTarget::find(link, folder, scorecard, self.publication) else {
            return Target {
                href: link.to_owned(),
                text: None,
                lang: None,
            };
        };
        match found {
            LinkTarget::External => Target {
                href: link.to_owned(),
                text: None,
                lang: None,
            },
            LinkTarget::Fragment(fragment) => Target {
                href: format!("#{fragment}"),
                text: None,
                lang: None,
            },
            LinkTarget::Scorecard(at) => {
                let label = self.scorecard_link(at).label;
                Target {
                    href: to(Subject::Map(at)),
                    text: Some(label.text),
                    lang: label.lang,
                }
            }
            LinkTarget::Item(at, item) => {
                let name = self.label(self.scorecard(at).name(item));
                Target {
                    href: to(Self::subject(at, item)),
                    text: Some(name.text),
                    lang: name.lang,
                }
            }
            LinkTarget::Page(at, fragment) => {
                let page = self.publication.pages.get(at);
                let title = page
                    .and_then(|p| p.version(self.lang))
                    .map(|v| v.title.clone());
                let fragment = fragment
                    .map(|f| format!("#{ID_PREFIX}{f}"))
                    .unwrap_or_default();
                Target {
                    href: to(Subject::Free(at)) + &fragment,
                    text: title,
                    lang: None,
                }
            }
            LinkTarget::Attachment(path) => Target {
                href: format!("{root}{}", self.href(path)),
                text: None,
                lang: None,
            },
        }
    }
}
