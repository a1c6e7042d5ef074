//! `site.yaml` becomes the settings of the publication.

use super::directory::{Directory, Named};
use super::repository::commit_address;
use super::site::{bands, links, sample, text, within};
use super::when::bad_date;
use crate::diagnostic::{Diagnostic, Diagnostics, Guess, Level, Rule, RuleLevels, nearest};
use crate::model::lang::{LangId, Languages};
use crate::model::look::Look;
use crate::model::period::{Years, parse_date};
use crate::model::quantity::Quantity;
use crate::model::settings::{Badge, Calendar, Licence, RuleLevelWord, ScoringDefaults, Settings};
use crate::model::text::Text;
use crate::say;
use crate::source::entry::{AccessibilityEntry, LicenceEntry, SiteEntry, TextOr};
use crate::span::{At, Span};

/// How the years of the site run.
pub fn years(entry: Option<&SiteEntry>, faults: &mut Diagnostics) -> Years {
    let calendar = entry
        .and_then(|e| e.calendar)
        .map_or(Calendar::Gregorian, |c| c.value);
    let start = entry.and_then(|e| e.fiscal_year_start).and_then(|month| {
        let start = i8::try_from(month.value)
            .ok()
            .filter(|m| (1..=12).contains(m));
        if start.is_none() {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    month.span,
                    say!("{value} is not a month", value = month.value),
                )
                .expected(say!("a month from 1 to 12")),
            );
        }
        start
    });
    Years {
        calendar,
        start: start.unwrap_or(1),
    }
}

/// The levels that the site gives to rules.
pub fn rule_levels(entry: Option<&SiteEntry>, faults: &mut Diagnostics) -> RuleLevels {
    let mut levels = RuleLevels::default();
    let Some(pairs) = entry.and_then(|e| e.check.as_ref()) else {
        return levels;
    };
    for (id, word) in &pairs.0 {
        match Rule::from_id(&id.value) {
            Some(rule) if rule.protects_readers() && word.value != RuleLevelWord::Deny => {
                faults.push(
                    Diagnostic::new(
                        Rule::BadValue,
                        word.span,
                        say!("the rule `{value}` cannot be lowered", value = id.value),
                    )
                    .expected(say!("`deny`"))
                    .help(say!("mend what the rule finds: it keeps harm from readers")),
                );
            }
            Some(rule) => levels.set(
                rule,
                match word.value {
                    RuleLevelWord::Allow => None,
                    RuleLevelWord::Warn => Some(Level::Warning),
                    RuleLevelWord::Deny => Some(Level::Error),
                },
            ),
            None => faults.push(unknown_rule(id)),
        }
    }
    levels
}

fn unknown_rule(id: &At<String>) -> Diagnostic {
    let fault = Diagnostic::new(
        Rule::UnknownReference,
        id.span,
        say!("there is no rule `{value}`", value = id.value),
    )
    .expected(say!("the id of a rule"));
    match nearest(&id.value, Rule::ALL.iter().map(|rule| rule.id())) {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!("`scorepress explain` lists every rule")),
    }
}

/// The settings as a whole.
pub fn settings(
    entry: Option<SiteEntry>,
    languages: Languages,
    years: Years,
    directory: &Directory,
    fallback: Span,
    faults: &mut Diagnostics,
) -> Settings {
    let scoring = scoring(entry.as_ref(), &languages, faults);
    let Some(entry) = entry else {
        return Settings {
            title: Text::default(),
            tagline: None,
            publisher: None,
            base_url: None,
            languages,
            unofficial: Vec::new(),
            calendar: years.calendar,
            fiscal_year_start: years.start,
            licence: None,
            contact: None,
            repository: None,
            commit_url: None,
            look: Look::default(),
            theme: At::new("default".to_owned(), fallback),
            as_of: None,
            scoring,
            home: None,
            navigation: Vec::new(),
            accessibility_statement: None,
            badge: None,
            sample: None,
        };
    };
    let mut local = |entry: Option<&_>| entry.map(|entry| text(&languages, entry, faults));
    let title = local(entry.title.as_ref()).unwrap_or_default();
    let tagline = local(entry.tagline.as_ref());
    let publisher = entry.publisher.and_then(|id| {
        let found = directory.find(&id.value);
        if found.is_none() {
            faults.extend(directory.unknown(&id, Named::One, Guess::Worth));
        }
        found
    });
    let unofficial = entry
        .unofficial
        .iter()
        .filter_map(|tag| language(&languages, tag, faults));
    let unofficial = unofficial.collect();
    let licence = entry
        .licence
        .map(|licence| self::licence(licence, &languages, faults));
    let as_of = entry.as_of.as_ref().and_then(|written| {
        let day = parse_date(&written.value, years.calendar);
        if day.is_none() {
            faults.push(bad_date(written, years.calendar));
        }
        day
    });
    let base_url = entry.base_url.and_then(|url| base_url(&url, faults));
    let repository = (entry.repository).and_then(|template| repository(template, faults));
    let commit_url = entry
        .commit_url
        .and_then(|template| commit_url(template, faults))
        .or_else(|| commit_address(repository.as_deref()?));
    let (accessibility_statement, badge) = accessibility(entry.accessibility, &languages, faults);
    Settings {
        title,
        tagline,
        publisher,
        base_url,
        unofficial,
        calendar: years.calendar,
        fiscal_year_start: years.start,
        licence,
        contact: entry
            .contact
            .and_then(|contact| contact_address(contact, faults)),
        repository,
        commit_url,
        look: Look {
            accent: entry.accent,
            logo: entry.logo,
        },
        theme: entry
            .theme
            .unwrap_or_else(|| At::new("default".to_owned(), fallback)),
        as_of,
        scoring,
        home: entry.home,
        navigation: links(&languages, &entry.navigation, faults),
        accessibility_statement,
        badge,
        sample: sample(&languages, entry.sample.as_ref(), faults),
        languages,
    }
}

/// The statement's address and the badge.
fn accessibility(
    entry: Option<AccessibilityEntry>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> (Option<At<String>>, Option<Badge>) {
    match entry {
        None => (None, None),
        Some(accessibility) => {
            let badge = accessibility.badge.and_then(|badge| {
                Some(Badge {
                    alt: badge
                        .alt
                        .map(|alt| text(languages, &alt, faults))
                        .unwrap_or_default(),
                    image: badge.image?,
                    url: badge.url,
                })
            });
            (accessibility.statement, badge)
        }
    }
}

/// A licence by its SPDX id, or by name and address.
fn licence(
    entry: TextOr<LicenceEntry>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> Licence {
    match entry {
        TextOr::Text(id) => Licence {
            name: Text::new(id.value.as_str(), Vec::new()),
            url: spdx_url(&id.value),
            id: Some(id.value),
        },
        TextOr::Full(full) => Licence {
            id: full.id.map(|id| id.value),
            name: full
                .name
                .map(|name| text(languages, &name, faults))
                .unwrap_or_default(),
            url: full.url.and_then(|url| web_address(url, faults)),
        },
    }
}

fn language(languages: &Languages, tag: &At<String>, faults: &mut Diagnostics) -> Option<LangId> {
    let found = languages.find(&tag.value);
    if found.is_none() {
        faults.push(
            Diagnostic::new(
                Rule::UnknownLanguage,
                tag.span,
                say!(
                    "`{value}` is not a language of this site",
                    value = tag.value
                ),
            )
            .expected(say!("a tag from `languages:`")),
        );
    }
    found
}

fn scoring(
    entry: Option<&SiteEntry>,
    languages: &Languages,
    faults: &mut Diagnostics,
) -> ScoringDefaults {
    let mut scoring = ScoringDefaults::default();
    let Some(entry) = entry else { return scoring };
    if let Some(entry) = &entry.bands {
        scoring.bands = bands(languages, entry, &scoring.bands, faults);
    }
    if let Some(coverage) = entry.minimum_coverage {
        scoring.minimum_coverage = within(
            coverage,
            Quantity::ZERO,
            Quantity::ONE,
            &say!("a share"),
            faults,
        )
        .unwrap_or(scoring.minimum_coverage);
    }
    if let Some(missing) = entry.missing {
        scoring.missing = missing.value;
    }
    if let Some(days) = entry.reporting_days {
        scoring.reporting_days = days.value;
    }
    scoring
}

fn base_url(url: &At<String>, faults: &mut Diagnostics) -> Option<String> {
    let address = url
        .value
        .strip_prefix("https://")
        .or_else(|| url.value.strip_prefix("http://"));
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '?' | '#' | '\\');
    match address {
        Some(rest) if !rest.is_empty() && rest.chars().all(plain) => {
            Some(format!("{}/", url.value.trim_end_matches('/')))
        }
        _ => {
            faults.push(
                Diagnostic::new(
                    Rule::BadValue,
                    url.span,
                    say!("`{value}` is not the address of a site", value = url.value),
                )
                .expected(say!("an address such as https://plan.example.org/")),
            );
            None
        }
    }
}

/// Where the text of a licence with an SPDX id is.
fn spdx_url(id: &str) -> Option<String> {
    let plain = id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+'));
    (plain && !id.is_empty()).then(|| format!("https://spdx.org/licenses/{id}.html"))
}

/// An address on the web; no other kind can be followed from every page.
fn web_address(url: At<String>, faults: &mut Diagnostics) -> Option<String> {
    if is_web(&url.value) {
        return Some(url.value);
    }
    faults.push(
        Diagnostic::new(
            Rule::BadValue,
            url.span,
            say!("`{value}` is not a web address", value = url.value),
        )
        .expected(say!(
            "an address such as https://creativecommons.org/licenses/by/4.0/"
        )),
    );
    None
}

/// A mail address, or the web address of an issue tracker.
fn contact_address(contact: At<String>, faults: &mut Diagnostics) -> Option<String> {
    let text = contact.value.as_str();
    let plain = !text.contains([' ', '"', '<', '>', '\\']);
    let mail = text.strip_prefix("mailto:").unwrap_or(text);
    if plain && (is_web(text) || (mail.contains('@') && !mail.contains([':', '?', '/']))) {
        return Some(contact.value);
    }
    faults.push(
        Diagnostic::new(
            Rule::BadValue,
            contact.span,
            say!("`{text}` is neither a mail address nor a web address", text),
        )
        .expected(say!(
            "an address such as office@example.org or https://example.org/issues/new"
        )),
    );
    None
}

/// The address of a source line, with places for path and line.
fn repository(template: At<String>, faults: &mut Diagnostics) -> Option<String> {
    if is_web(&template.value) && template.value.contains("{path}") {
        return Some(template.value);
    }
    faults.push(
        Diagnostic::new(
            Rule::BadValue,
            template.span,
            say!("`{value}` is not the address of a source line", value = template.value),
        )
        .expected(say!("an https address with {path} and {line} in it, such as https://example.org/blob/{commit}/{path}#L{line}")),
    );
    None
}

/// The address of a commit, with a place for it.
fn commit_url(template: At<String>, faults: &mut Diagnostics) -> Option<String> {
    if is_web(&template.value) && template.value.contains("{commit}") {
        return Some(template.value);
    }
    faults.push(
        Diagnostic::new(
            Rule::BadValue,
            template.span,
            say!(
                "`{value}` is not the address of a commit",
                value = template.value
            ),
        )
        .expected(say!(
            "an https address with {commit} in it, such as https://example.org/commit/{commit}"
        )),
    );
    None
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
