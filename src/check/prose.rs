//! Notes belong to something, and every link in Markdown leads somewhere.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::message::Message;
use crate::model::Publication;
use crate::model::arena::ScorecardIx;
use crate::model::lang::{LangId, Languages, is_tag};
use crate::model::link::{LinkFault, LinkTarget, folder_of};
use crate::model::near::slip;
use crate::model::prose::{Excess, Outline, TooMuch};
use crate::model::scorecard::{Note, Scorecard};
use crate::say;
use crate::source::markdown;
use crate::span::{Sources, Span};

/// Notes that are about the scorecard as a whole.
pub const WHOLE: [&str; 4] = ["overview", "mission", "vision", "values"];

/// Checks notes and free pages.
pub fn check(publication: &Publication, sources: &Sources, faults: &mut Diagnostics) {
    let notes = |(at, scorecard): (ScorecardIx, &Arc<Scorecard>)| {
        let mut faults = Diagnostics::default();
        let place = Place {
            publication,
            sources,
            scorecard: Some(at),
        };
        for note in &scorecard.notes {
            orphan(
                scorecard,
                note,
                &publication.settings.languages,
                &mut faults,
            );
            place.links(note.body, &note.outline, &mut faults);
        }
        faults
    };
    let scorecards: Vec<_> = publication.scorecards.entries().collect();
    let found: Vec<_> = scorecards.into_par_iter().map(notes).collect();
    for found in found {
        faults.append(found);
    }
    let place = Place {
        publication,
        sources,
        scorecard: None,
    };
    for version in publication.pages.iter().flat_map(|page| &page.versions) {
        place.links(version.body, &version.outline, faults);
    }
}

fn orphan(scorecard: &Scorecard, note: &Note, languages: &Languages, faults: &mut Diagnostics) {
    let subject = note.subject.as_str();
    let is_known = |subject: &str| {
        WHOLE.contains(&subject)
            || scorecard.item(subject).is_some()
            || scorecard.doubt.covers(subject)
    };
    if is_known(subject) {
        return;
    }
    let fault = Diagnostic::new(
        Rule::OrphanNote,
        Span::start_of(note.file),
        say!(
            "the note `{subject}` belongs to nothing in {path}",
            subject,
            path = scorecard.folder
        ),
    )
    .expected(say!(
        "a file named after a code, or overview, mission, vision, values"
    ));
    let in_language = subject.rsplit_once('.').filter(|(subject, tag)| {
        is_tag(tag) && tag.starts_with(|c: char| c.is_ascii_lowercase()) && is_known(subject)
    });
    if let Some((subject, tag)) = in_language {
        faults.push(fault.help(other_language(subject, tag, languages)));
        return;
    }
    let codes = || scorecard.items().map(|item| scorecard.code(item).as_str());
    faults.push(
        match slip(subject, codes).or_else(|| nearest(subject, WHOLE)) {
            Some(near) => fault.help(say!("did you mean `{near}.md`?", near)),
            None => fault.help(say!(
                "rename the file after the code it is about, or remove it"
            )),
        },
    );
}

/// What to do about a note whose name ends in a language that the site has not: the
/// tag of one that it has may be meant, such as `zh-Hant` by `zh-TW`.
fn other_language(subject: &str, tag: &str, languages: &Languages) -> Message {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let akin = languages
        .iter()
        .find(|(_, own)| primary(own) == primary(tag));
    match akin {
        Some((LangId::DEFAULT, own)) => say!(
            "`{tag}` is not a language of this site; the note in `{own}` is `{subject}.md`",
            tag,
            own,
            subject
        ),
        Some((_, own)) => say!(
            "`{tag}` is not a language of this site; did you mean `{subject}.{own}.md`?",
            tag,
            subject,
            own
        ),
        None => say!(
            "`{tag}` is not a language of this site: add it to `languages:` in site.yaml, or remove the note",
            tag
        ),
    }
}

struct Place<'a> {
    publication: &'a Publication,
    sources: &'a Sources,
    scorecard: Option<ScorecardIx>,
}

impl Place<'_> {
    /// The ids of a page's headings.
    fn headings(&self, page: usize) -> Vec<String> {
        let page = self.publication.pages.get(page);
        let body = page.and_then(|page| page.versions.first()).map(|v| v.body);
        body.map(|body| markdown::heading_ids(self.sources.text(body)))
            .unwrap_or_default()
    }

    fn links(&self, body: Span, outline: &Outline, faults: &mut Diagnostics) {
        let folder = folder_of(&self.sources.of(body).path);
        if let Some(excess) = &outline.excess {
            faults.push(too_much(excess, body));
            return;
        }
        for wide in &outline.wide {
            faults.push(self.wide(body, wide));
        }
        let mut ids: Option<Vec<String>> = None;
        let mut of_pages: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for link in &outline.links {
            let span = link.place(body);
            if link.image && link.empty_text {
                faults.push(undescribed(&link.target, span));
            }
            match LinkTarget::find(&link.target, folder, self.scorecard, self.publication) {
                Ok(LinkTarget::External) if link.image => faults.push(
                    Diagnostic::new(Rule::BrokenLink, span, say!("the picture `{target}` lies on another site", target = link.target))
                        .expected(say!("a file beside this one"))
                        .help(say!("put a copy of the picture beside this file: pages load nothing from elsewhere")),
                ),
                Ok(LinkTarget::Fragment(fragment)) => {
                    let ids = ids.get_or_insert_with(|| markdown::heading_ids(self.sources.text(body)));
                    let told = !faults.is_full(Rule::BrokenLink);
                    faults.extend(no_heading(&fragment, ids, &say!("this document"), span, told));
                }
                Ok(LinkTarget::Page(at, Some(fragment))) => {
                    let ids = of_pages.entry(at).or_insert_with(|| self.headings(at));
                    let told = !faults.is_full(Rule::BrokenLink);
                    faults.extend(no_heading(&fragment, ids, &say!("that page"), span, told));
                }
                Ok(_) => {}
                // The nearest of many codes is work that nobody would see.
                Err(fault @ LinkFault::UnknownCode(_)) if faults.is_full(Rule::BrokenLink) => {
                    faults.push(Diagnostic::new(Rule::BrokenLink, span, fault.said()));
                }
                Err(fault) => {
                    let link = Written {
                        text: &link.target,
                        is_picture: link.image,
                        span,
                    };
                    faults.extend(broken(&fault, &link, self.scorecard, self.publication));
                }
            }
        }
    }
}

impl Place<'_> {
    /// The fault of an address in full-width brackets.
    fn wide(&self, body: Span, range: &Range<usize>) -> Diagnostic {
        let start = body.range().start;
        let span = Span::new(body.file, start + range.start..start + range.end);
        let brackets = ['(', ')', '（', '）'];
        let target = self.sources.text(span).trim_matches(brackets);
        Diagnostic::new(
            Rule::BrokenLink,
            span,
            say!(
                "the brackets around `{target}` are full-width ones, so this is no link",
                target
            ),
        )
        .help(say!(
            "write `({target})` with the brackets of the Latin keyboard",
            target
        ))
    }
}

/// A picture that says nothing to those who do not see it.
fn undescribed(target: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::UndescribedPicture,
        span,
        say!("the picture `{target}` has no description", target),
    )
    .expected(say!("words that say what the picture shows"))
    .help(say!(
        "write `![what it shows]({target})`; for a picture that only decorates, write `<img src=\"{target}\" alt=\"\">`",
        target
    ))
}

/// The fault of a fragment that names no heading, with the nearest one where
/// somebody will be told.
fn no_heading(
    fragment: &str,
    ids: &[String],
    what: &Message,
    span: Span,
    told: bool,
) -> Option<Diagnostic> {
    if fragment.is_empty() || ids.iter().any(|id| id == fragment) {
        return None;
    }
    let fault = Diagnostic::new(
        Rule::BrokenLink,
        span,
        say!("{what} has no heading `#{fragment}`", what, fragment),
    )
    .expected(say!("the id of a heading"));
    let near = told.then(|| nearest(fragment, ids.iter().map(String::as_str)));
    Some(match near.flatten() {
        Some(near) => fault.help(say!("did you mean `#{near}`?", near)),
        None => fault.help(say!(
            "correct the link, or give the heading an id: `## Title {#id}`"
        )),
    })
}

/// A link as its author wrote it.
pub struct Written<'a> {
    /// Where it is to lead.
    pub text: &'a str,
    /// Whether it shows a picture.
    pub is_picture: bool,
    /// Where it stands.
    pub span: Span,
}

/// The address of a web page or mailbox that was written without what marks it as one.
fn address_meant(text: &str) -> Option<String> {
    const ENDS: [&str; 9] = ["tw", "org", "com", "net", "gov", "edu", "int", "info", "eu"];
    let host = text.split(['/', '?', '#']).next()?;
    let (mailbox, host) = match host.split_once('@') {
        Some((mailbox, host)) => (Some(mailbox), host),
        None => (None, host),
    };
    let (_, end) = host.rsplit_once('.')?;
    let is_host = host.starts_with("www.") || ENDS.contains(&end.to_ascii_lowercase().as_str());
    let scheme = match mailbox {
        Some("") => return None,
        Some(_) => "mailto:",
        None => "https://",
    };
    is_host.then(|| format!("{scheme}{text}"))
}

/// The fault of a link that leads nowhere; none where it does so only because of
/// a fault that is told elsewhere.
pub fn broken(
    fault: &LinkFault,
    link: &Written,
    scorecard: Option<ScorecardIx>,
    publication: &Publication,
) -> Option<Diagnostic> {
    let rule = match fault {
        LinkFault::Escape(_) => Rule::PathEscape,
        _ => Rule::BrokenLink,
    };
    let diagnostic = Diagnostic::new(rule, link.span, fault.said());
    Some(match fault {
        LinkFault::UnknownCode(whole) => {
            let (path, code) = whole
                .rsplit_once('/')
                .map_or((None, whole.as_str()), |(p, c)| (Some(p), c));
            let at = path.map_or(scorecard, |path| publication.find_scorecard(path));
            let doubt = at.map(|at| &publication.scorecards[at].doubt);
            if publication.is_lost(whole) || doubt.is_some_and(|doubt| doubt.covers(code)) {
                return None;
            }
            let otherwise = say!(
                "correct the code; for another scorecard write `code:organisation/period/code`"
            );
            let help = match at {
                Some(at) => publication.scorecards[at].near(code, |_| true, otherwise),
                None => otherwise,
            };
            diagnostic
                .expected(say!("`code:` and the code of something that has a page"))
                .help(help)
        }
        LinkFault::NoScorecard(_) => diagnostic
            .expected(say!("`code:organisation/period/code`"))
            .help(say!(
                "a free page belongs to no scorecard; write the code with its scorecard"
            )),
        LinkFault::NoFile(_) => diagnostic
            .expected(if link.is_picture {
                say!("a picture under content/, its path relative to this file")
            } else {
                say!("a file beside this one, or another page's `.md` file")
            })
            .help(match address_meant(link.text) {
                Some(meant) if !link.is_picture => say!("write `{meant}`", meant),
                _ => say!("put the file there, or correct the path (upper and lower case differ)"),
            }),
        LinkFault::Escape(_) => diagnostic
            .expected(say!("a path inside `content/`, relative to this file"))
            .help(say!("put a copy of the file beside this one")),
        LinkFault::Scheme(_) => diagnostic
            .expected(say!("https, http, mailto, tel, `code:` or a path"))
            .help(say!("correct the address, or remove the link")),
    })
}

fn too_much(excess: &Excess, body: Span) -> Diagnostic {
    let start = body.range().start;
    let span = Span::new(
        body.file,
        start + excess.range.start..start + excess.range.end,
    );
    let (message, expected) = match excess.kind {
        TooMuch::Text => (
            say!("the document is too long"),
            say!("at most {max_bytes} bytes", max_bytes = markdown::MAX_BYTES),
        ),
        TooMuch::Nesting => (
            say!("lists, quotes or emphasis lie too deep in one another"),
            say!(
                "at most {max_nesting} levels",
                max_nesting = markdown::MAX_NESTING
            ),
        ),
    };
    Diagnostic::new(Rule::UnreadableFile, span, message)
        .expected(expected)
        .help(say!("divide the document, or make its structure flatter"))
}
