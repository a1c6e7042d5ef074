//! Free pages: Markdown files outside the notes, language versions together.

use std::collections::BTreeMap;

use super::scorecard::language_of;
use crate::model::lang::{LangId, Languages};
use crate::model::publication::{FreePage, FreePageVersion};
use crate::source::documents::MarkdownDocument;
use crate::source::{Sources, markdown};

/// Assembles the free pages, in the order of their addresses.
pub fn pages(
    documents: Vec<MarkdownDocument>,
    languages: &Languages,
    drafts: bool,
    sources: &Sources,
) -> Vec<FreePage> {
    let mut pages: BTreeMap<String, FreePage> = BTreeMap::new();
    for document in documents {
        let draft = document
            .front
            .as_ref()
            .and_then(|front| front.draft)
            .is_some_and(|d| d.value);
        if draft && !drafts {
            continue;
        }
        let (path, lang) = language_of(&document.stem, languages);
        let path = path.to_owned();
        let page = pages.entry(path.clone()).or_insert_with(|| FreePage {
            path: path.clone(),
            versions: Vec::new(),
            order: u32::MAX,
        });
        if let Some(order) = document.front.as_ref().and_then(|front| front.order) {
            page.order = page.order.min(order.value);
        }
        page.versions.push(version(document, lang, &path, sources));
    }
    let mut pages: Vec<_> = pages.into_values().collect();
    for page in &mut pages {
        page.versions.sort_by_key(|version| version.lang);
    }
    pages
}

fn version(
    document: MarkdownDocument,
    lang: LangId,
    path: &str,
    sources: &Sources,
) -> FreePageVersion {
    let front = document.front.as_ref();
    let title = front
        .and_then(|front| front.title.clone())
        .map(|title| title.value)
        .or_else(|| markdown::first_heading(sources.text(document.body)))
        .unwrap_or_else(|| path.rsplit('/').next().unwrap_or(path).to_owned());
    FreePageVersion {
        lang,
        title,
        description: front
            .and_then(|front| front.description.clone())
            .map(|text| text.value),
        file: document.file,
        body: document.body,
        outline: document.outline,
    }
}
