//! What every page is given: `site` and `page`.

use schemars::JsonSchema;
use serde::Serialize;

use super::shared::{Label, Link, SourceLine, StatusTag};

/// `site`: the same on every page of a language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SiteContext {
    /// The name of the site.
    pub title: Label,
    /// One sentence under it.
    pub tagline: Option<Label>,
    /// Who publishes it.
    pub publisher: Option<Link>,
    /// The language of these pages, for `lang`.
    pub lang: String,
    /// The language of the content.
    pub content_lang: String,
    /// The address of the site, ending in `/`, where it is known.
    pub base_url: Option<String>,
    /// The date the site speaks of, as shown.
    pub as_of: Option<String>,
    /// The licence of the content.
    pub licence: Option<Link>,
    /// Whether texts in this language have no official standing.
    pub unofficial: bool,
    /// How far the history goes that commits are told from, where that is not from the
    /// first commit on.
    pub provenance: Option<String>,
    /// The version of the program.
    pub version: String,
    /// Free pages and other links of the footer.
    pub navigation: Vec<Link>,
    /// The accessibility badge.
    pub badge: Option<Badge>,
    /// The address of the publisher's accessibility statement.
    pub accessibility_statement: Option<String>,
    /// Every status with its meaning, in the order of a legend.
    pub statuses: Vec<StatusTag>,
}

/// An accessibility badge.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Badge {
    /// The picture, relative to the root of the site.
    pub image: String,
    /// What it says.
    pub alt: Label,
    /// Where it leads.
    pub url: Option<String>,
}

/// `page`: this page and its surroundings.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PageContext {
    /// The kind of page; `page-` and it is the class of the body: `home`, `organization`,
    /// `map`, `theme`, `objective`, `kpi`, `action`, `perspective`, …
    pub kind: String,
    /// Its address relative to the root of the site.
    pub url: String,
    /// What leads from here to the root: `../../`, or nothing.
    pub root: String,
    /// Its title.
    pub title: Label,
    /// One sentence about it, for search engines.
    pub description: String,
    /// Whose page it is: the organisation in the header.
    pub owner: Option<Link>,
    /// The class of the body that brings the owner's accent, where one is set.
    pub brand: Option<String>,
    /// The owner's logo, relative to the root of the site, where one is set.
    pub logo: Option<String>,
    /// The words under the owner's name.
    pub subtitle: Label,
    /// The words of the header's row, at most seven.
    pub navigation: Vec<Link>,
    /// The way from the home page to here, this page left out.
    pub breadcrumb: Vec<Link>,
    /// The other years of this organisation's scorecard, this one among them.
    pub years: Vec<Link>,
    /// This page in the other languages.
    pub languages: Vec<LanguageLink>,
    /// The label that says the figures are samples.
    pub sample: Option<Label>,
    /// The page before this one by code.
    pub previous: Option<Link>,
    /// The page after this one by code.
    pub next: Option<Link>,
    /// Where the page comes from.
    pub source: Option<SourceLine>,
    /// The document the scorecard was taken from.
    pub document: Option<DocumentContext>,
    /// The scorecard's slogan, line by line.
    pub slogan: Vec<Label>,
    /// The scorecard's downloads.
    pub downloads: Vec<Link>,
    /// The feed of its changes.
    pub feed: Option<String>,
    /// Where to report a fault of this page.
    pub report: Option<String>,
    /// The list of all files with their hashes.
    pub manifest: String,
    /// The accessibility page.
    pub accessibility: String,
    /// The page's own address, where the site's is known.
    pub canonical: Option<String>,
}

/// A page in another language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LanguageLink {
    /// The language tag.
    pub tag: String,
    /// The language's name in itself.
    pub name: String,
    /// The page's address, relative to the root of the site.
    pub url: String,
    /// Its whole address, where the site's is known.
    pub canonical: Option<String>,
    /// Whether it is this page.
    pub current: bool,
}

/// The document a scorecard was taken from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentContext {
    /// Its title.
    pub title: Label,
    /// When it was published.
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Option<Link>,
    /// Where it is: relative to the root of the site, or a whole address where
    /// `outside` is true.
    pub url: Option<String>,
    /// Whether that leaves the site.
    pub outside: bool,
    /// What it does not contain.
    pub note: Option<Label>,
}
