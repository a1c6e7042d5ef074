//! The languages of a site: those that `site.yaml` lists, unless its texts plainly speak
//! of others.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::lang::{LangId, Languages, is_tag};
use crate::say;
use crate::source::entry::{LocalText, OrganizationEntry, SiteEntry};
use crate::span::{At, Span};

/// How many texts make a language of the content.
const TEXTS: usize = 2;

/// The languages of the site; English alone where none is stated.
pub fn languages(
    entry: Option<&SiteEntry>,
    organizations: &[OrganizationEntry],
    faults: &mut Diagnostics,
) -> Languages {
    let mut tags = listed(entry, faults);
    if let Some(entry) = entry {
        adopt(&mut tags, entry, organizations, faults);
    }
    let mut tags = tags.into_iter().map(|tag| tag.value);
    tags.next().map_or_else(Languages::default, |default| {
        Languages::new(default, tags.collect())
    })
}

/// The tags that the site lists. One that is no tag is noted and kept where texts may
/// stand under it.
fn listed(entry: Option<&SiteEntry>, faults: &mut Diagnostics) -> Vec<At<String>> {
    let mut tags: Vec<At<String>> = Vec::new();
    for tag in entry.map_or(&[][..], |e| &e.languages) {
        let is_sound = is_tag(&tag.value);
        if !is_sound {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    tag.span,
                    say!("`{value}` is not a language tag", value = tag.value),
                )
                .expected(say!("a BCP 47 tag such as zh-Hant, en or pt-BR")),
            );
        }
        let is_again = tags.iter().any(|known| known.value == tag.value);
        if is_sound && (is_again || tags.len() == Languages::MOST) {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    tag.span,
                    say!(
                        "the language `{value}` is listed twice, or one too many",
                        value = tag.value
                    ),
                )
                .expected(say!("each language once"))
                .help(say!("keep one of the two")),
            );
        }
        // `zh_TW` and `EN` may stand above texts as well.
        let is_nearly = is_tag(&tag.value.replace('_', "-").to_lowercase());
        if !is_again && is_nearly && tags.len() < Languages::MOST {
            tags.push(tag.clone());
        }
    }
    tags
}

/// Takes in the languages that texts are written in and the site does not list: one fault
/// in `site.yaml` in place of one at each text.
fn adopt(
    tags: &mut Vec<At<String>>,
    entry: &SiteEntry,
    organizations: &[OrganizationEntry],
    faults: &mut Diagnostics,
) {
    let written = written(entry, organizations);
    let default = Languages::default();
    let is_listed = |tags: &[At<String>], tag: &str| {
        tags.iter().any(|known| known.value == tag)
            || (tags.is_empty() && default.find(tag).is_some())
    };
    for (tag, count) in &written {
        if *count < TEXTS || !is_tag(tag) || is_listed(tags, tag) {
            continue;
        }
        // Written otherwise, and nothing is written so: that is what was meant.
        let kin = (tags.iter()).position(|known| primary(&known.value) == primary(tag));
        let Some(kin) = kin else {
            if tags.len() < Languages::MOST {
                let place = tags.last().map_or(entry.span, |last| last.span);
                faults.push(unlisted(place, tag));
                if tags.is_empty() {
                    tags.push(At::new(default.tag(LangId::DEFAULT).to_owned(), place));
                }
                tags.push(At::new((*tag).to_owned(), place));
            }
            continue;
        };
        if let Some(kin) = tags.get_mut(kin)
            && !written.contains_key(kin.value.as_str())
        {
            faults.push(misnamed(kin, tag));
            (*tag).clone_into(&mut kin.value);
        }
    }
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The tags above the texts of the site and of its organisations, counted.
fn written<'a>(
    entry: &'a SiteEntry,
    organizations: &'a [OrganizationEntry],
) -> BTreeMap<&'a str, usize> {
    let site = entry.title.iter().chain(&entry.tagline);
    let links = entry
        .navigation
        .iter()
        .filter_map(|link| link.name.as_ref());
    let names = organizations
        .iter()
        .flat_map(|o| o.name.iter().chain(&o.short));
    let mut counts = BTreeMap::new();
    for text in site.chain(links).chain(names) {
        if let LocalText::ByLanguage(_, texts) = text {
            for (tag, _) in texts {
                *counts.entry(tag.value.as_str()).or_default() += 1;
            }
        }
    }
    counts
}

fn misnamed(listed: &At<String>, written: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::UnknownLanguage,
        listed.span,
        say!(
            "the texts of this site are written in `{written}`, none in `{listed}`",
            written,
            listed = listed.value
        ),
    )
    .expected(say!("the tag that stands above the texts"))
    .help(say!(
        "write `{written}` here; the tag has to be the same in every file and in the names of notes and pages",
        written
    ))
}

fn unlisted(place: Span, written: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::UnknownLanguage,
        place,
        say!(
            "texts of this site are written in `{written}`, which it does not list",
            written
        ),
    )
    .expected(say!("every language of the texts in `languages:`"))
    .help(say!(
        "add `{written}` to `languages:`, or remove the texts in it",
        written
    ))
}
